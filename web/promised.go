package web

import (
	"strings"

	"doithoai"
	"doithoai/web/ui"
)

// PromisedForm are the lines of what an answer or a conclusion promises as they were typed; the i-th of each list is
// the i-th line's.
type PromisedForm struct {
	Units []string `form:"hua-don-vi" line:"true"`
	Whats []string `form:"hua-viec" line:"true"`
	Dues  []string `form:"hua-han" line:"true" day:"true"`
}

// PromisedLine is one line of the form.
type PromisedLine struct{ Unit, What, Due string }

// PromisedOf are lines as they stand in a form.
func PromisedOf(r *Reader, list []doithoai.Promised) (f PromisedForm) {
	for _, l := range list {
		f.Units, f.Whats = append(f.Units, string(l.UnitID)), append(f.Whats, l.What)
		f.Dues = append(f.Dues, r.Date(l.Due))
	}
	return f
}

// Into adds the lines to the fields of a draft, or of a form that posts them.
func (f PromisedForm) Into(fields map[string][]string) {
	fields[doithoai.FieldPromiseUnit], fields[doithoai.FieldPromiseWhat] = f.Units, f.Whats
	fields[doithoai.FieldPromiseDue] = f.Dues
}

// Lines are the lines as they were typed, as many as the longest form has.
func (f PromisedForm) Lines() (lines []PromisedLine) {
	at := func(list []string, i int) string {
		if i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	for i := range min(max(len(f.Units), len(f.Whats), len(f.Dues)), doithoai.MaxConcluded) {
		lines = append(lines, PromisedLine{at(f.Units, i), at(f.Whats, i), at(f.Dues, i)})
	}
	return lines
}

// Compact takes out the lines in which nothing was typed, so that problems stand at the lines which have them.
func (f *PromisedForm) Compact() {
	lines := f.Lines()
	*f = PromisedForm{}
	for _, l := range lines {
		if l != (PromisedLine{}) {
			f.Units, f.Whats, f.Dues = append(f.Units, l.Unit), append(f.Whats, l.What), append(f.Dues, l.Due)
		}
	}
}

// Promised are the lines in which something was typed; a day that is none is asked for again by the rule.
func (f PromisedForm) Promised() (list []doithoai.Promised) {
	f.Compact()
	for _, l := range f.Lines() {
		list = append(list, doithoai.Promised{UnitID: doithoai.ID(l.Unit), What: l.What, Due: TypedDate(l.Due)})
	}
	return list
}

// PromisedFields are the lines of a form: who does what until when. What was typed and one more line stand open, the
// others are folded away.
type PromisedFields struct {
	*Reader
	Form     PromisedForm
	Problems Problems
	Doers    []ui.Option // the units that may do it
	Title    string
	About    string
	Most     int // lines
}

// field is one of the n-th line.
func (p PromisedFields) field(field string, n int, key string) ui.Field {
	id := doithoai.PromiseField(field, n)
	f := Field(p.Reader, p.Problems, id, p.T(key, "n", n), "")
	f.Name, f.ID = field, id
	return f
}

// foldedHas reports whether something is wrong with a line that is folded away.
func (p PromisedFields) foldedHas(from int) bool {
	for n := from; n <= p.Most; n++ {
		for _, field := range []string{
			doithoai.FieldPromiseUnit, doithoai.FieldPromiseWhat, doithoai.FieldPromiseDue,
		} {
			if p.Problems.Of(doithoai.PromiseField(field, n)) != "" {
				return true
			}
		}
	}
	return false
}
