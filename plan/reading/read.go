package reading

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/text"
)

// FileField is the field at which [File] and [Text] say what is wrong.
const FileField = "file"

// MaxFile bounds a file, in bytes, and MaxText a text.
const (
	MaxFile = 10 << 20
	MaxText = 1 << 20
)

// File reads a plan from a Word file (DOCX) or a text file. It refuses, as [doithoai.Invalid] at [FileField]: an empty
// or too large file; what is neither; a file of the old Word, a PDF, each by its name; and text which [Text] refuses.
func File(b []byte) (Reading, error) {
	if err := readable(b); err != nil {
		return Reading{}, err
	}
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return word(b)
	}
	b = text.FromFile(b)
	if bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) }) {
		return Reading{}, refuse("plan.file.problem.unknown")
	}
	if !utf8.Valid(b) {
		s := latin1(b) // as a file of a program without Unicode is, typed with an old font
		if font := text.Illegible(s); font != text.DamageTCVN3 && font != text.DamageVNI {
			return Reading{}, refuse("plan.file.problem.encoding")
		}
		return Text(s)
	}
	return Text(string(b))
}

// readable refuses what is too large, and what other programs wrote, each by its name.
func readable(b []byte) error {
	switch {
	case len(b) > MaxFile:
		return refuse("plan.file.problem.too_large", "size", MaxFile>>20)
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return refuse("plan.file.problem.old_word")
	case bytes.HasPrefix(b, []byte("%PDF")):
		return refuse("plan.file.problem.pdf")
	case bytes.HasPrefix(b, []byte(`{\rtf`)):
		return refuse("plan.file.problem.rtf")
	}
	return nil
}

// latin1 is the text of bytes of which each is a character.
func latin1(b []byte) string {
	s := make([]rune, len(b))
	for i, c := range b {
		s[i] = rune(c)
	}
	return string(s)
}

// Text reads a plan from plain text, as people paste it or save it from Word. Text that was typed with an old font
// (VNI, .VnTime) as a whole is converted, which [Reading.Converted] says. It refuses text of more than [MaxText] bytes,
// text that says nothing, and text of which a part was typed so.
func Text(s string) (Reading, error) {
	if len(s) > MaxText {
		return Reading{}, refuse("plan.file.problem.too_large", "size", MaxText>>20)
	}
	font := text.Illegible(s)
	s = text.FromOldFont(s, font)
	got, err := read(textLines(s))
	if font == text.DamageTCVN3 || font == text.DamageVNI {
		got.converted = font
	}
	return got, err
}

func read(lines []line) (Reading, error) {
	if len(lines) == 0 {
		return Reading{}, refuse("plan.file.problem.empty")
	}
	for _, l := range lines {
		if damage := damaged(l); damage != "" {
			return Reading{}, refuse("plan.file.problem."+string(damage), "line", l.at)
		}
	}
	r := &reader{}
	r.read(lines)
	r.got.source = lines
	return r.got, nil
}

// damaged returns how a paragraph can't be read: each is looked at, since only a part may be in an old font.
func damaged(l line) text.Damage {
	s := l.bare
	for _, c := range l.cells {
		s += " " + strings.Join(c, " ")
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return text.DamageLost
	}
	return text.Illegible(s)
}

func refuse(key string, args ...any) error {
	return doithoai.RefuseForm([]doithoai.Problem{{Field: FileField, Key: key, Args: args}})
}

// maxUnpacked bounds what a part of a Word file may unpack to, in bytes.
const maxUnpacked = 32 << 20

func word(b []byte) (Reading, error) {
	parts, err := wordParts(b)
	if err != nil {
		return Reading{}, err
	}
	lines, err := docxLines(parts)
	if err != nil {
		return Reading{}, err
	}
	return read(lines)
}

// wordParts are the parts of a Word file.
func wordParts(b []byte) (map[string]*zip.File, error) {
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, refuse("plan.file.problem.broken")
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		if _, twice := parts[f.Name]; twice {
			return nil, refuse("plan.file.problem.broken")
		}
		if strings.EqualFold(f.Name, "word/vbaProject.bin") {
			return nil, refuse("plan.file.problem.macros")
		}
		parts[f.Name] = f
	}
	if parts["word/document.xml"] == nil {
		return nil, refuse("plan.file.problem.unknown")
	}
	return parts, nil
}

// Paragraph is one of a Word file as it stands, or a row of a table.
type Paragraph struct {
	Text  string   // with its mark, also one that Word sets by itself: "3. ", "- "
	Cells []string // of a row; nil where it is none
}

// IsWord reports whether a file is one of Word, which may be refused all the same.
func IsWord(b []byte) bool {
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	return err == nil && slices.ContainsFunc(archive.File, func(f *zip.File) bool { return f.Name == "word/document.xml" })
}

// Paragraphs returns the paragraphs of a Word file that is no plan. It refuses what [File] refuses of a Word file.
func Paragraphs(b []byte) ([]Paragraph, error) {
	if err := readable(b); err != nil {
		return nil, err
	}
	parts, err := wordParts(b)
	if err != nil {
		return nil, err
	}
	lines, err := docxParagraphs(parts)
	if err != nil {
		return nil, err
	}
	var all []Paragraph
	n := 0 // of the list that Word numbers
	for _, l := range lines {
		if damage := damaged(l); damage != "" {
			return nil, refuse("plan.file.problem."+string(damage), "line", l.at)
		}
		p := Paragraph{Text: l.bare}
		for _, c := range l.cells {
			p.Cells = append(p.Cells, strings.Join(c, " "))
		}
		switch {
		case l.mark == noMark || l.text != l.bare: // the mark was typed
		case l.mark == markDecimal:
			n++
			p.Text = fmt.Sprintf("%d. %s", n, l.bare)
		default:
			p.Text = "- " + l.bare
		}
		if l.gap && len(all) > 0 {
			all = append(all, Paragraph{})
		}
		all = append(all, p)
	}
	return all, nil
}
