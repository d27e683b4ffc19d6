package form

import (
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/report"
	"doithoai/text"
)

// ResultColumns are the columns of the annexes of a result report (domain of NĐ 30/2020: a table of one's own), by
// their keys, with their shares of the width.
var ResultColumns = []struct {
	Key   string
	Width float64
}{
	{"n", 12}, {"matter", 56}, {"who", 17}, {"field", 20}, {"unit", 25}, {"answer", 60}, {"paper", 31}, {"state", 23},
	{"due", 26},
}

// ResultRow is a row of an annex: as the paper and the workbook have it.
func ResultRow(n int, m report.Matter) []string {
	matter := m.Words
	if matter == "" {
		matter = vietnamese.T("conclusion.paper.conduct")
	}
	who := vietnamese.T("report.who.person")
	if m.Organisation {
		who = vietnamese.T("report.who.organisation")
	}
	if m.Person == 0 {
		who = vietnamese.T("report.who.unknown")
	}
	unit := strings.Join(text.NonEmpty(m.Unit, strings.Join(m.With, ", ")), "; ")
	paper := ""
	if m.Document.Number != "" {
		paper = m.Document.Number + "\n" + vietnamese.Date(m.Document.Dated.Time())
	}
	for _, l := range m.To {
		if l.Number != "" && m.Document.Number == "" {
			paper = strings.TrimPrefix(paper+"\n"+l.Number+"\n"+vietnamese.Date(l.Dated.Time()), "\n")
		}
	}
	return []string{
		strconv.Itoa(n), matter + " (" + string(m.Number) + ")", who, m.Field, unit, resultAnswer(m), paper,
		vietnamese.T("report.figure.time." + string(m.Time)), dayOrNone(m.Due),
	}
}

// resultAnswer is what was answered, as it is public, or what became of the matter.
func resultAnswer(m report.Matter) string {
	switch {
	case m.Answer != "":
		return strings.Join(text.NonEmpty(strings.Split(m.Answer, "\n")...), "\n")
	case m.Time == report.AtOnce && len(m.To) == 0:
		return vietnamese.T("report.answer.at_once")
	case m.Answers() && len(m.To) == 0:
		return vietnamese.T("report.answer.not_public")
	case m.Waits() && len(m.To) == 0:
		return vietnamese.T("report.answer.waits")
	}
	var to []string
	for _, l := range m.To {
		to = append(to, vietnamese.T("report.answer."+string(l.Kind), "body", l.Body))
	}
	if len(to) == 0 {
		return FigureName(vietnamese, report.Figure{Key: report.GroupOutcome + "/" + string(m.Outcome)})
	}
	return strings.Join(to, "; ")
}

func dayOrNone(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return vietnamese.Date(d.Time())
}

// annexes are the two of the report.
func (w *resultWriter) annexes(h Head) []doc.Annex {
	with := vietnamese.T("report.annex.with", "authority", w.Authority)
	if h.Number != "" {
		with = vietnamese.T("report.annex.with_number", "number", Symbolled(h.Number, doithoai.DocumentResult.Symbol()),
			"date", paperDay(h.Date), "authority", w.Authority)
	}
	first := doc.Annex{
		Mark: "Phụ lục I", Title: vietnamese.T("report.annex.1"), With: with, Landscape: true,
		Body: []doc.Block{resultTable(vietnamese.T("report.annex.1"), w.Book.Matters)},
	}
	if n := w.Book.Count(report.DenouncedKey); n > 0 {
		first.Body = append(first.Body, say("report.annex.denounced", "count", counted(n)))
	}
	second := doc.Annex{
		Mark: "Phụ lục II", Title: vietnamese.T("report.annex.2"), With: with, Landscape: true,
	}
	for _, e := range w.Earlier {
		title := vietnamese.T("report.annex.earlier", "title", e.Title, "date", vietnamese.Date(e.Held.Time()))
		second.Body = append(second.Body, doc.Heading(doc.Section, title), resultTable(title, e.Matters))
	}
	if len(w.Earlier) == 0 {
		second.Body = append(second.Body, say("report.annex.no_earlier"))
	}
	if len(w.Promises) > 0 {
		title := vietnamese.T("report.annex.promises")
		second.Body = append(second.Body, doc.Heading(doc.Section, title), promiseTable(title, w.Promises))
	}
	return []doc.Annex{first, second}
}

// resultTable is the table of an annex.
func resultTable(caption string, all []report.Matter) doc.Table {
	var keys []string
	var widths []float64
	for _, c := range ResultColumns {
		keys, widths = append(keys, c.Key), append(widths, c.Width)
	}
	t := listOf("report.annex.head.", caption, widths, keys...)
	t.Size = 11
	for i, m := range all {
		cells := doc.Cells(ResultRow(i+1, m)...)
		cells[0].Align, cells[8].Align = doc.Center, doc.Center
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// promiseTable is the table of what was promised.
func promiseTable(caption string, all []report.Promise) doc.Table {
	t := listOf("report.promise.head.", caption, []float64{12, 88, 32, 26, 34, 70},
		"n", "what", "unit", "due", "state", "said")
	t.Size = 11
	for i, p := range all {
		what := p.What
		if p.Number != "" {
			what += " (" + string(p.Number) + ")"
		}
		state := vietnamese.T("report.promise." + p.Stand())
		if !p.Done.IsZero() {
			state += " " + vietnamese.Date(p.Done.Time())
		}
		cells := doc.Cells(strconv.Itoa(i+1), what, p.Unit, vietnamese.Date(p.Due.Time()), state, p.Said)
		cells[0].Align, cells[3].Align = doc.Center, doc.Center
		t.Rows = append(t.Rows, cells)
	}
	return t
}
