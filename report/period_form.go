package report

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// PeriodForm is the table of periodic figures (biểu): its columns, from a day on. A form is never altered: another one
// follows it.
type PeriodForm struct {
	Number  int            `json:"-"`    // from 1; 0: the program's own
	From    calendar.Date  `json:"from"` // the first day on which a span may end that it holds for
	Mark    string         `json:"mark"` // "Biểu số II.05/VPCP/KSTT"; may be empty
	Title   string         `json:"title"`
	Source  string         `json:"source"` // what it rests on, in words
	House   bool           `json:"house"`  // it is the program's: nobody has compared it with a document
	Columns []PeriodColumn `json:"columns"`
}

// PeriodColumn is a column of the table: its words, and the condition on what it counts. Each part that is empty asks
// nothing.
type PeriodColumn struct {
	Group  string `json:"group"` // stands above it and its neighbours of the same group; may be empty
	Text   string `json:"text"`
	Origin Origin `json:"origin"`
	About  About  `json:"about"`
	Became Became `json:"became"` // or [BecameDone]
	Time   string `json:"time"`   // [TimeInTime] or [TimeLate]: of what was done with
	Public string `json:"public"` // [PublicYes]
}

// BecameDone asks for anything but open.
const BecameDone Became = "done"

// What columns ask of when a matter was done with, and whether it is public.
const (
	TimeInTime = "in_time"
	TimeLate   = "late"
	PublicYes  = "yes"
)

// What the parts of a column's condition may ask, in the order of forms; each may be empty, too.
var (
	Origins = []string{string(OriginNew), string(OriginCarried)}
	Abouts  = []string{string(AboutConduct), string(AboutRules), string(AboutBoth), string(AboutOther)}
	Becames = []string{
		string(BecameDone), string(BecameAnswered), string(BecamePassed), string(BecameClosed), string(BecameOpen),
	}
	Times   = []string{TimeInTime, TimeLate}
	Publics = []string{PublicYes}
)

// Counts reports whether a column counts a matter.
func (c PeriodColumn) Counts(m Counted) bool {
	done := m.Became != BecameOpen
	return (c.Origin == "" || c.Origin == m.Origin) && (c.About == "" || c.About == m.About) &&
		(c.Became == "" || c.Became == m.Became || c.Became == BecameDone && done) &&
		(c.Time == "" || done && (c.Time == TimeLate) == m.Late) && (c.Public == "" || m.Public)
}

// Limits of forms. They bound what is stored, they are no law.
const (
	MaxPeriodColumns = 20
	MaxPeriodForms   = 100
	MaxPeriodText    = 120 // characters of a column's words, or of what stands above it
)

// Fields of the form that lays down the columns.
const (
	FieldPeriodFrom   = "tu-ngay"
	FieldPeriodMark   = "ky-hieu"
	FieldPeriodTitle  = "ten-bieu"
	FieldPeriodSource = "can-cu"
)

// PeriodColumnField is the field of the words of the i-th column, from 0.
func PeriodColumnField(i int) string { return doithoai.LineField("cot", i) }

// Problems are the reasons why a form can't be laid down today: it holds from a day that is not past; its title and
// source, and the words of each column, are there and within bounds; a column asks what columns can ask; there is one
// that counts all, against which the others are read.
func (f PeriodForm) Problems(today calendar.Date) (all []doithoai.Problem) {
	add := func(field, key string, args ...any) {
		all = append(all, doithoai.Problem{Field: field, Key: "periodic.problem." + key, Args: args})
	}
	text := func(field, key, s string, max int, needed bool) {
		switch {
		case s == "" && needed:
			add(field, key)
		case utf8.RuneCountInString(s) > max:
			all = append(all, doithoai.Problem{Field: field, Key: "error.problem.too_long", Args: []any{"max", max}})
		}
	}
	switch {
	case f.From.IsZero():
		add(FieldPeriodFrom, "from")
	case f.From.Before(today):
		add(FieldPeriodFrom, "past")
	}
	text(FieldPeriodMark, "", f.Mark, doithoai.MaxLine, false)
	text(FieldPeriodTitle, "title", f.Title, doithoai.MaxLine, true)
	text(FieldPeriodSource, "source", f.Source, doithoai.MaxLine, true)
	whole := false
	for i, c := range f.Columns {
		text(PeriodColumnField(i), "text", c.Text, MaxPeriodText, true)
		text(PeriodColumnField(i), "", c.Group, MaxPeriodText, false)
		if !c.known() {
			add(PeriodColumnField(i), "condition")
		}
		whole = whole || c == (PeriodColumn{Group: c.Group, Text: c.Text})
	}
	switch {
	case len(f.Columns) > MaxPeriodColumns:
		add(PeriodColumnField(0), "many", "max", MaxPeriodColumns)
	case !whole:
		add(PeriodColumnField(0), "whole")
	}
	return all
}

// known reports whether a column asks what columns can ask.
func (c PeriodColumn) known() bool {
	of := func(s string, known []string) bool { return s == "" || slices.Contains(known, s) }
	return of(string(c.Origin), Origins) && of(string(c.About), Abouts) && of(string(c.Became), Becames) &&
		of(c.Time, Times) && of(c.Public, Publics)
}

// Spans is how many columns from the i-th on stand under the same group; 1 where it has none.
func (f PeriodForm) Spans(i int) int {
	n := 1
	for f.Columns[i].Group != "" && i+n < len(f.Columns) && f.Columns[i+n].Group == f.Columns[i].Group {
		n++
	}
	return n
}

// ParsePeriodForm reads a form from JSON; it refuses what [PeriodForm.Problems] names.
func ParsePeriodForm(b []byte) (f PeriodForm, err error) {
	if err := doithoai.DecodeStrict(b, &f); err != nil {
		return f, fmt.Errorf("form of periodic figures: %w", err)
	}
	if ps := f.Problems(f.From); len(ps) > 0 {
		return f, fmt.Errorf("form of periodic figures: %+v", ps)
	}
	return f, nil
}
