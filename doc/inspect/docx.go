// Package inspect looks at finished files of documents as a strict clerk does, and says what is wrong with them. It
// knows nothing of how they were made.
package inspect

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Finding is one thing that is wrong, in words.
type Finding string

// The form that Nghị định 30/2020/NĐ-CP, Phụ lục I asks for, in twentieths of a point: A4, and the margins.
const (
	a4Short, a4Long = 11906, 16838
	perMillimetre   = 1440 / 25.4
)

// margins are the least and the most of each, in millimetres.
var margins = map[string][2]float64{"top": {20, 25}, "bottom": {20, 25}, "left": {30, 35}, "right": {15, 20}}

// font is the only one that an official document may name.
const font = "Times New Roman"

// leastQR is the smallest side of a code that telephones read from paper, in millimetres; QRName begins its words.
const (
	leastQR = 20
	QRName  = "Mã QR"
)

// part is an element of XML with its attributes and what stands in it.
type part struct {
	name  string
	attrs map[string]string
	kids  []*part
	text  string
}

// DOCX looks at a Word file: its parts are well-formed and named, pages and margins and fonts are those of the law, the
// number is on all pages but the first, tables and cells are apart as Word needs them, and each phrase stands in its
// text.
func DOCX(file []byte, phrases ...string) (list []Finding) {
	add := func(format string, args ...any) { list = append(list, Finding(fmt.Sprintf(format, args...))) }
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return []Finding{Finding("no archive: " + err.Error())}
	}
	parts := map[string]*part{}
	names := map[string]bool{}
	for _, f := range z.File {
		names["/"+f.Name] = true
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		p, err := readPart(f)
		if err != nil {
			add("%s is not well-formed: %v", f.Name, err)
			continue
		}
		parts[f.Name] = p
	}
	document, types := parts["word/document.xml"], parts["[Content_Types].xml"]
	if document == nil || types == nil {
		add("no document in it")
		return list
	}
	for p := range types.all("Override") {
		if !names[p.attrs["PartName"]] {
			add("%s is named and isn't there", p.attrs["PartName"])
		}
	}
	list = append(list, fonts(parts)...)
	list = append(list, sections(document, parts)...)
	list = append(list, tables(document)...)
	list = append(list, pictures(document)...)
	return append(list, words(text(document), phrases)...)
}

func readPart(f *zip.File) (*part, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // it is only read
	return parse(r)
}

func parse(r io.Reader) (*part, error) {
	d := xml.NewDecoder(r)
	root := &part{}
	stack := []*part{root}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			if len(stack) != 1 || len(root.kids) != 1 {
				return nil, errors.New("not one element")
			}
			return root.kids[0], nil
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			p := &part{name: t.Name.Local, attrs: map[string]string{}}
			for _, a := range t.Attr {
				p.attrs[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, p)
			stack = append(stack, p)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
}

// all walks the elements of a name within a part.
func (p *part) all(name string) func(func(*part) bool) {
	return func(yield func(*part) bool) { p.walk(name, yield) }
}

func (p *part) walk(name string, yield func(*part) bool) bool {
	for _, k := range p.kids {
		if k.name == name && !yield(k) || !k.walk(name, yield) {
			return false
		}
	}
	return true
}

func (p *part) has(name string) bool {
	for range p.all(name) {
		return true
	}
	return false
}

// TextOfDOCX is the text of a Word file, a paragraph a line, without its headers.
func TextOfDOCX(file []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return "", err
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it is only read
	document, err := parse(f)
	if err != nil {
		return "", err
	}
	return text(document), nil
}

func text(document *part) string {
	var lines []string
	for p := range document.all("p") {
		var b strings.Builder
		for run := range p.all("r") {
			for _, k := range run.kids {
				switch k.name {
				case "t":
					b.WriteString(k.text)
				case "br":
					b.WriteString(" ")
				}
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

func fonts(parts map[string]*part) (list []Finding) {
	named := false
	for name, p := range parts {
		for f := range p.all("rFonts") {
			named = true
			for _, value := range f.attrs {
				if value != font {
					list = append(list, Finding(fmt.Sprintf("%s names the font %q", name, value)))
				}
			}
		}
	}
	if !named {
		list = append(list, "no font is named")
	}
	return list
}

func sections(document *part, parts map[string]*part) (list []Finding) {
	add := func(format string, args ...any) { list = append(list, Finding(fmt.Sprintf(format, args...))) }
	targets := map[string]string{}
	if rels := parts["word/_rels/document.xml.rels"]; rels != nil {
		for r := range rels.all("Relationship") {
			targets[r.attrs["Id"]] = "word/" + r.attrs["Target"]
		}
	}
	count := 0
	for s := range document.all("sectPr") {
		count++
		if !s.has("titlePg") {
			add("section %d shows a number on its first page (no titlePg)", count)
		}
		for size := range s.all("pgSz") {
			w, h := size.attrs["w"], size.attrs["h"]
			if size.attrs["orient"] == "landscape" {
				w, h = h, w
			}
			if w != strconv.Itoa(a4Short) || h != strconv.Itoa(a4Long) {
				add("section %d is %s × %s, not A4", count, w, h)
			}
		}
		for m := range s.all("pgMar") {
			for side, allowed := range margins {
				n, err := strconv.Atoi(m.attrs[side])
				if mm := float64(n) / perMillimetre; err != nil || mm < allowed[0]-0.05 || mm > allowed[1]+0.05 {
					add("section %d has a margin %s of %.0f mm", count, side, mm)
				}
			}
		}
		numbered := false
		for r := range s.all("headerReference") {
			header := parts[targets[r.attrs["id"]]]
			page := false
			if header != nil {
				for i := range header.all("instrText") {
					page = page || strings.TrimSpace(i.text) == "PAGE"
				}
			}
			switch {
			case r.attrs["type"] == "default":
				numbered = page
			case page:
				add("section %d has a number in its first header", count)
			}
		}
		if !numbered {
			add("section %d has no page numbers", count)
		}
	}
	if count == 0 {
		add("no section")
	}
	return list
}

// tables finds tables that Word would join, and cells that don't end in a paragraph.
func tables(document *part) (list []Finding) {
	var look func(p *part)
	look = func(p *part) {
		for i, k := range p.kids {
			if k.name == "tbl" && i > 0 && p.kids[i-1].name == "tbl" {
				list = append(list, "two tables touch")
			}
			look(k)
		}
		if p.name == "tc" && (len(p.kids) == 0 || p.kids[len(p.kids)-1].name != "p") {
			list = append(list, "a cell doesn't end in a paragraph")
		}
	}
	look(document)
	return list
}

func pictures(document *part) (list []Finding) {
	for inline := range document.all("inline") {
		mm, alt := 0.0, ""
		for _, k := range inline.kids {
			switch k.name {
			case "extent":
				n, err := strconv.Atoi(k.attrs["cx"])
				if err == nil {
					mm = float64(n) / 36000
				}
			case "docPr":
				alt = k.attrs["descr"]
			}
		}
		if alt == "" {
			list = append(list, "a picture has no words")
		}
		if strings.HasPrefix(alt, QRName) && mm < leastQR {
			list = append(list, Finding(fmt.Sprintf("a QR of %.0f mm is too small to be read", mm)))
		}
	}
	return list
}

// words finds phrases that aren't there, and characters that mustn't be.
func words(text string, phrases []string) (list []Finding) {
	if !utf8.ValidString(text) {
		list = append(list, "text is not UTF-8")
	}
	if !norm.NFC.IsNormalString(text) {
		list = append(list, "text is not composed (NFC)")
	}
	for _, r := range text {
		if r != '\n' && r != '\f' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) {
			list = append(list, Finding(fmt.Sprintf("text has the control character %U", r)))
			break
		}
	}
	text = oneSpace(text)
	for _, p := range phrases {
		if !strings.Contains(text, oneSpace(p)) {
			list = append(list, Finding(fmt.Sprintf("text lacks %q", p)))
		}
	}
	return list
}

// oneSpace is text with one space for each run of white space.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
