package template

import (
	"maps"
	"slices"
	"strings"

	"doithoai/doc"
	"doithoai/text"
)

// Content is the name of the field that is the whole text of a document.
const Content = "noi_dung"

// Names of the fields of a document's head and foot. Those with 2 are of the one who signs at the left of two.
const (
	fieldSuperior   = "co_quan_chu_quan"
	fieldAuthority  = "co_quan"
	fieldNumber     = "so"
	fieldSymbol     = "ky_hieu"
	fieldBoth       = "so_ky_hieu"
	fieldPlace      = "dia_danh"
	fieldDate       = "ngay"
	fieldType       = "loai"
	fieldAbstract   = "trich_yeu"
	fieldUrgency    = "do_khan"
	fieldTo         = "kinh_gui"
	fieldFor        = "quyen_han"
	fieldTitle      = "chuc_vu"
	fieldSigner     = "nguoi_ky"
	fieldRecipients = "noi_nhan"
)

// order is in which fields are listed; parts of the text and lists follow by their names.
var order = []string{
	fieldSuperior, fieldAuthority, fieldNumber, fieldSymbol, fieldBoth, fieldPlace, fieldDate, fieldType, fieldAbstract,
	fieldUrgency, fieldTo, Content, fieldFor, fieldTitle, fieldSigner, fieldFor + "_2", fieldTitle + "_2",
	fieldSigner + "_2", fieldRecipients,
}

// Value is what stands in the place of a field.
type Value struct {
	Field   string              // which of the data it shows, as a [doc.Passage] names it
	Line    string              // of a field that is one line
	Blocks  []doc.Block         // of one that is paragraphs: nil where it has none
	Rows    []map[string]string // of a list, by the names of its columns
	Columns []string            // of a list
	Part    bool                // it is the document's text, or a part of it
	Also    []string            // the fields that show the same
	block   bool
}

// List reports whether the field is a list, whose rows are repeated.
func (v Value) List() bool { return v.Columns != nil }

// Says is what stands there, on one line; "" where nothing does. Tables are left out.
func (v Value) Says() string { return text.CleanLine(v.lines()) }

// Fields are what a document says, by the names of fields.
type Fields map[string]Value

// Names are the names of the fields, those of head and foot in the order of a document.
func (f Fields) Names() []string {
	names := slices.Sorted(maps.Keys(f))
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	return names
}

func rank(name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}

// Of are the fields of a document. Of its text there are, beside the whole, the parts that show a field of the data,
// each by the name of that; and the tables that have a name, as lists.
func Of(d doc.Doc) Fields {
	number, _, _ := strings.Cut(strings.TrimPrefix(d.NumberLine(), "Số: "), "/")
	place, date := "", d.PlaceAndDate
	if i := strings.LastIndex(d.PlaceAndDate, ", "); i >= 0 {
		place, date = d.PlaceAndDate[:i], d.PlaceAndDate[i+2:]
	}
	both := number + "/" + d.Symbol
	if d.Symbol == "" {
		number, both = "", ""
	}
	fields := Fields{
		fieldSuperior:  paragraphs("", d.Superior),
		fieldAuthority: {Line: d.Authority},
		fieldNumber:    {Field: doc.FieldNumber, Line: number, Also: []string{fieldBoth}},
		fieldSymbol:    {Field: doc.FieldNumber, Line: d.Symbol, Also: []string{fieldBoth}},
		fieldBoth:      {Field: doc.FieldNumber, Line: both, Also: []string{fieldNumber}},
		fieldPlace:     {Field: doc.FieldDate, Line: place},
		fieldDate:      {Field: doc.FieldDate, Line: date},
		fieldType:      paragraphs("", d.Type),
		fieldAbstract:  {Field: doc.FieldAbstract, Line: d.Abstract},
		fieldUrgency:   paragraphs("", string(d.Urgency)),
		fieldTo:        recipients(doc.FieldTo, ended(d.To)),
		fieldRecipients: recipients(doc.FieldRecipients,
			d.Recipients.Items),
		Content: {Blocks: d.Body, Part: true, block: true},
	}
	signers := slices.Clone(d.Signers)
	slices.Reverse(signers) // who presides stands at the right, and comes first here
	if len(signers) == 0 {
		signers = []doc.Signer{{}}
	}
	for i, s := range signers[:min(len(signers), 2)] {
		suffix := map[int]string{1: "_2"}[i]
		fields[fieldFor+suffix] = paragraphs(doc.FieldSigner, s.For)
		fields[fieldTitle+suffix] = paragraphs(doc.FieldSigner, s.Title)
		fields[fieldSigner+suffix] = Value{Field: doc.FieldSigner, Line: s.Name}
	}
	for _, b := range d.Body {
		switch b := b.(type) {
		case doc.Paragraph:
			if name := named(b.Part); name != "" {
				v := fields[name]
				fields[name] = Value{Field: b.Field, Blocks: append(v.Blocks, b), Part: true, block: true}
			}
		case doc.Table:
			if b.Part != "" {
				fields[named(b.Part)] = listOf(b)
			}
		}
	}
	return fields
}

// paragraphs are lines as paragraphs.
func paragraphs(field, s string) Value {
	v := Value{Field: field, block: true}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(line) != "" {
			v.Blocks = append(v.Blocks, doc.Text(line))
		}
	}
	return v
}

// recipients are those whom a document addresses or reaches: each after a dash where they are several.
func recipients(field string, items []string) Value {
	v := Value{Field: field, block: true}
	for _, item := range items {
		v.Blocks = append(v.Blocks, doc.Paragraph{Runs: []doc.Run{{Text: item}}, Dash: len(items) > 1})
	}
	return v
}

// ended are those whom a document addresses, with their punctuation where they are several.
func ended(to []string) []string {
	if len(to) < 2 {
		return to
	}
	list := make([]string, len(to))
	for i, s := range to {
		list[i] = strings.TrimRight(s, ";. ") + map[bool]string{true: ".", false: ";"}[i == len(to)-1]
	}
	return list
}

// listOf is a table as a list.
func listOf(t doc.Table) Value {
	v := Value{Columns: t.Names, Part: true}
	rows := t.Data
	if rows == nil {
		rows = (doc.Table{Columns: t.Columns, Rows: t.Rows}).Cells()
	}
	for _, row := range rows {
		item := map[string]string{}
		for i, name := range t.Names {
			if i < len(row) {
				item[name] = row[i]
			}
		}
		v.Rows = append(v.Rows, item)
	}
	return v
}

// lines is a value within a line of other words: paragraphs on lines of their own.
func (v Value) lines() string {
	if !v.block {
		return v.Line
	}
	var list []string
	for _, b := range v.Blocks {
		if p, ok := b.(doc.Paragraph); ok {
			s := ""
			if p.Dash {
				s = "- "
			}
			for _, r := range p.Runs {
				s += r.Text
			}
			list = append(list, s)
		}
	}
	return strings.Join(list, "\n")
}
