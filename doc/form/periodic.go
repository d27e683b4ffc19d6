package form

import (
	"strconv"

	"doithoai/doc"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/text"
)

// SpanName is what a span of periodic figures is called: "quý III/2026".
func SpanName(t text.Printer, s report.Span) string {
	if s.Quarter == 0 {
		return t.T("periodic.span.year", "year", s.Year)
	}
	return t.T("periodic.span.quarter", "quarter", plan.Quarter{Year: s.Year, Quarter: s.Quarter}.Roman(), "year", s.Year)
}

// SpanDays are the days of periodic figures: "từ ngày 15/06/2026 đến hết ngày 14/09/2026", and up to which day they
// are counted where that is to come.
func SpanDays(t text.Printer, p report.Periodic) string {
	days := t.T("periodic.days", "from", t.Date(p.From.Time()), "to", t.Date(p.To.Time()))
	if p.At.Before(p.To) {
		days += t.T("periodic.until", "date", t.Date(p.At.Time()))
	}
	return days
}

// PeriodicTable are the figures as files have them: a row of headings, a row for each field, the last one of all.
func PeriodicTable(t text.Printer, p report.Periodic) (rows [][]string) {
	head := []string{t.T("periodic.field")}
	for _, c := range p.Form.Columns {
		words := c.Text
		if c.Group != "" {
			words = c.Group + ": " + c.Text
		}
		head = append(head, words)
	}
	rows = append(rows, head)
	for _, r := range p.Rows() {
		rows = append(rows, counts(PeriodicField(t, r.Field), r.Counts))
	}
	return append(rows, counts(t.T("periodic.sum"), p.Sums()))
}

// PeriodicField is what the row of a field is called.
func PeriodicField(t text.Printer, field string) string {
	if field == "" {
		return t.T("periodic.no_field")
	}
	return field
}

func counts(first string, all []int) []string {
	row := []string{first}
	for _, n := range all {
		row = append(row, strconv.Itoa(n))
	}
	return row
}

// Periodic are periodic figures as a paper: the table of their form, with who made it and who signs.
func Periodic(h Head, p report.Periodic) doc.Doc {
	paper := sheetOf(h, p.Form.Title,
		vietnamese.T("periodic.paper.span", "span", SpanName(vietnamese, p.Span), "days", SpanDays(vietnamese, p)))
	paper.Landscape = true
	heading := doc.Table{Plain: true, Columns: []float64{1, 1}, Rows: []doc.Row{
		doc.Cells(vietnamese.T("periodic.paper.by", "authority", h.Authority.FullName),
			vietnamese.T("periodic.paper.to", "superior", h.Authority.Superior)),
	}}
	if p.Form.Mark != "" {
		heading.Rows = append([]doc.Row{doc.Cells(p.Form.Mark, "")}, heading.Rows...)
	}
	paper.Body = []doc.Block{heading, periodicTable(p)}
	for _, line := range PeriodicNotes(vietnamese, p) {
		paper.Body = append(paper.Body, doc.Paragraph{
			Align: doc.Left, Flush: true, Size: 11, KeepWithNext: true, Runs: []doc.Run{{Text: line}},
		})
	}
	paper.Body = append(paper.Body, doc.Paragraph{Align: doc.Right, Runs: []doc.Run{
		{Text: plan.PlaceAndDate(h.Authority.Place, h.Date), Italic: true},
	}})
	paper.Signers = []doc.Signer{{Title: vietnamese.T("periodic.paper.maker")}, h.Signer}
	return paper
}

// PeriodicNotes are what stands below the figures.
func PeriodicNotes(t text.Printer, p report.Periodic) (all []string) {
	if p.Denounced > 0 {
		all = append(all, t.T("periodic.note.denounced", "count", p.Denounced))
	}
	if n := p.EnteredLater(); n > 0 {
		all = append(all, t.T("periodic.note.later", "count", n, "date", t.Date(p.To.Time())))
	}
	return append(all, t.T("periodic.note.source", "source", p.Form.Source))
}

// periodicTable is the table in the paper: groups above their columns, the numbers of the columns under them.
func periodicTable(p report.Periodic) doc.Table {
	const whole, first = 247.0, 50.0
	words := func(s string, across, down int) doc.Cell {
		return doc.Cell{Blocks: []doc.Block{doc.Text(s)}, Across: across, Down: down, Middle: true, Align: doc.Center}
	}
	t := doc.Table{Caption: p.Form.Title, Columns: []float64{first}, Size: 11}
	groups, under := doc.Row{words(vietnamese.T("periodic.field"), 1, 2)}, doc.Row{}
	numbers := doc.Row{words("(1)", 1, 1)}
	for i, c := range p.Form.Columns {
		t.Columns = append(t.Columns, (whole-first)/float64(len(p.Form.Columns)))
		numbers = append(numbers, words("("+strconv.Itoa(i+2)+")", 1, 1))
		switch {
		case c.Group == "":
			groups = append(groups, words(c.Text, 1, 2))
			continue
		case i == 0 || p.Form.Columns[i-1].Group != c.Group:
			groups = append(groups, words(c.Group, p.Form.Spans(i), 1))
		}
		under = append(under, words(c.Text, 1, 1))
	}
	if t.Head = []doc.Row{groups, under, numbers}; len(under) == 0 {
		for i := range groups {
			groups[i].Down = 1
		}
		t.Head = []doc.Row{groups, numbers}
	}
	rows := PeriodicTable(vietnamese, p)[1:]
	for i, r := range rows {
		row := doc.Cells(r...)
		for j := range row[1:] {
			row[j+1].Align = doc.Center
		}
		if row[0].Label = true; i == len(rows)-1 {
			for j, s := range r {
				row[j].Blocks = []doc.Block{doc.Paragraph{Align: row[j].Align, Runs: []doc.Run{{Text: s, Bold: true}}}}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
