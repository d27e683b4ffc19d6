// Package template fills a commune's own Word file with what a document says.
//
// A template is a DOCX in which fields stand in double braces: {{so}}, {{trich_yeu}}, {{noi_dung}}; in the text, in
// tables, headers, footers and text boxes. The name of a field may be written with marks and blanks ({{Trích yếu}});
// in capitals, what stands there is in capitals too. A Word field MERGEFIELD so is the same as {{so}}. A field looks as
// its first letter does, also where Word has split it.
//
// What has several paragraphs (noi_dung, noi_nhan, kinh_gui) takes the place of its paragraph, and each of them looks
// as that one; beside other words its lines are broken instead. A paragraph that has nothing but such fields goes where
// all are empty. The rows of a table from the one with {{#viec}} to the one with {{/viec}} stand once for each row of
// the list.
//
// The same template and the same document give the same bytes.
package template

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"doithoai"
	"doithoai/file"
)

// FileField is the field at which [Open] and [Template.Check] say what is wrong.
const FileField = "tep"

// MaxFile bounds a template, in bytes.
const MaxFile = 5 << 20

// Bounds of what a template unpacks to, in bytes, and of its parts with text: a form has some pages.
const (
	maxUnpacked = 24 << 20
	maxParts    = 400
	maxXML      = 4 << 20
	maxElements = 150_000
	maxDepth    = 200
)

// Template is a Word file whose fields can be filled.
type Template struct {
	parts []part // in the order of the file
	used  []Use
	wrong []doithoai.Problem
}

// part is a part of a Word file.
type part struct {
	name    string
	content []byte
	text    bool // it has paragraphs, and fields in them
	main    bool
}

// Open reads a template. It refuses, as [doithoai.Invalid] at [FileField]: what is no Word file, or a locked or broken
// one; macros; what is drawn in from elsewhere or embedded, save links to pages and addresses; changes that are still
// marked, and comments; what is too large. Fields are not looked at: [Template.Check] does.
func Open(b []byte) (*Template, error) {
	if len(b) > MaxFile {
		return nil, refuse("too_large", "size", MaxFile>>20)
	}
	archive, err := file.Word(b)
	if err != nil {
		return nil, refuse(reason(err))
	}
	t := &Template{}
	if err := t.unpack(archive); err != nil {
		return nil, err
	}
	if err := t.recognise(); err != nil {
		return nil, err
	}
	s := scan{t: t}
	for _, p := range t.parts {
		if p.text {
			root, err := parse(p.content)
			if err != nil {
				return nil, err
			}
			s.part(root, p.main)
		}
	}
	if s.refused != "" {
		return nil, refuse(s.refused)
	}
	return t, nil
}

func refuse(why string, args ...any) error {
	return doithoai.RefuseForm([]doithoai.Problem{problem(why, args...)})
}

func problem(why string, args ...any) doithoai.Problem {
	return doithoai.Problem{Field: FileField, Key: "template.problem." + why, Args: args}
}

// reason is why a file is no Word file that can be read.
func reason(err error) string {
	var refused *doithoai.Error
	if errors.As(err, &refused) {
		switch why := strings.TrimPrefix(refused.Key, "file.problem."); why {
		case "macros", "not_word":
			return why
		case "bomb":
			return "unpacked"
		}
	}
	return "broken"
}

// unpack reads all parts into memory.
func (t *Template) unpack(archive *zip.Reader) error {
	if len(archive.File) > maxParts {
		return refuse("unpacked")
	}
	seen, left := map[string]bool{}, int64(maxUnpacked)
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if name := strings.ToLower(f.Name); seen[name] {
			return refuse("broken")
		} else {
			seen[name] = true
		}
		r, err := f.Open()
		if err != nil {
			return refuse("broken")
		}
		content, err := io.ReadAll(io.LimitReader(r, left+1))
		if err := errors.Join(err, r.Close()); err != nil {
			return refuse("broken")
		}
		if left -= int64(len(content)); left < 0 {
			return refuse("unpacked")
		}
		t.parts = append(t.parts, part{name: f.Name, content: content})
	}
	return nil
}

const (
	wordPart = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	mainPart = wordPart + "document.main+xml"
)

// textParts are the kinds of parts that have paragraphs.
var textParts = []string{
	mainPart, wordPart + "header+xml", wordPart + "footer+xml", wordPart + "footnotes+xml", wordPart + "endnotes+xml",
}

// embedded are folders of what a Word file has in it that is none of its own.
var embedded = []string{"/embeddings/", "/activex/", "/customui/", "/afchunk"}

// recognise finds what each part is, and refuses what a template must not have.
func (t *Template) recognise() error {
	kinds := map[string]string{}
	for _, p := range t.parts {
		if strings.EqualFold(p.name, "[content_types].xml") {
			root, err := parse(p.content)
			if err != nil {
				return err
			}
			for _, e := range root.ChildElements() {
				if e.Tag == "Override" {
					kinds[strings.ToLower(strings.TrimPrefix(e.SelectAttrValue("PartName", ""), "/"))] =
						e.SelectAttrValue("ContentType", "")
				}
			}
		}
	}
	mains := 0
	for i := range t.parts {
		p := &t.parts[i]
		name := strings.ToLower(p.name)
		kind := kinds[name]
		if p.text = slices.Contains(textParts, kind); kind == mainPart {
			p.main = true
			mains++
		}
		if slices.ContainsFunc(embedded, func(folder string) bool { return strings.Contains("/"+name, folder) }) {
			return refuse("embedded")
		}
		if strings.HasSuffix(kind, "comments+xml") {
			return refuse("marks")
		}
		if path.Ext(name) == ".rels" {
			if err := checkRelations(p.content); err != nil {
				return err
			}
		}
	}
	if mains != 1 {
		return refuse("not_word")
	}
	return t.dropThumbnail()
}

// dropThumbnail leaves out the small picture of the first page: it shows whatever stood in the file before.
func (t *Template) dropThumbnail() error {
	const relations = "_rels/.rels"
	for _, p := range t.parts {
		if p.name != relations {
			continue
		}
		root, err := parse(p.content)
		if err != nil {
			return err
		}
		for _, e := range root.ChildElements() {
			if path.Base(e.SelectAttrValue("Type", "")) != "thumbnail" {
				continue
			}
			root.RemoveChild(e)
			name := strings.TrimPrefix(e.SelectAttrValue("Target", ""), "/")
			t.parts = slices.DeleteFunc(slices.Clone(t.parts), func(p part) bool {
				return p.name == name && !p.text && path.Ext(name) != ".rels"
			})
		}
		at := slices.IndexFunc(t.parts, func(p part) bool { return p.name == relations })
		if t.parts[at].content, err = written(root); err != nil {
			return err
		}
	}
	return nil
}

// carried are kinds of relationships that bring in what is none of the file's own.
var carried = []string{
	"oleObject", "package", "control", "aFChunk", "subDocument", "frame", "vbaProject", "attachedTemplate",
}

// checkRelations refuses what a part draws in from elsewhere. A link to a page or an address to write to stays a link.
func checkRelations(content []byte) error {
	root, err := parse(content)
	if err != nil {
		return err
	}
	for _, e := range root.ChildElements() {
		kind := path.Base(e.SelectAttrValue("Type", ""))
		target := strings.ToLower(strings.TrimSpace(e.SelectAttrValue("Target", "")))
		outside := strings.EqualFold(e.SelectAttrValue("TargetMode", ""), "External") || strings.Contains(target, ":")
		link := kind == "hyperlink" && slices.ContainsFunc([]string{"https://", "http://", "mailto:"},
			func(begin string) bool { return strings.HasPrefix(target, begin) })
		switch {
		case outside && !link:
			return refuse("external")
		case slices.Contains(carried, kind):
			return refuse("embedded")
		}
	}
	return nil
}

// parse reads a part of XML within bounds. No part of a Word file has directives: none declares entities.
func parse(content []byte) (*etree.Element, error) {
	if len(content) > maxXML {
		return nil, refuse("unpacked")
	}
	d := xml.NewDecoder(bytes.NewReader(content))
	depth, count := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse("broken")
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth, count = depth+1, count+1+len(token.Attr)
		case xml.EndElement:
			depth--
		case xml.Directive:
			return nil, refuse("broken")
		case xml.ProcInst, xml.Comment:
			count++
		}
		if depth > maxDepth || count > maxElements {
			return nil, refuse("unpacked")
		}
	}
	document := etree.NewDocument()
	if err := document.ReadFromBytes(content); err != nil || document.Root() == nil {
		return nil, refuse("broken")
	}
	return document.Root(), nil
}
