package form

import (
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Preparation asks units to prepare what is answered at a dialogue.
type Preparation struct {
	Dialogue doithoai.Dialogue
	Basis    string // "Thực hiện Kế hoạch số 01/KH-UBND ngày 12/01/2026"; "" where no plan is issued
	Office   string // the unit to which drafts go
	Units    []PreparationUnit
}

// PreparationUnit is a unit with the questions that it prepares.
type PreparationUnit struct {
	Name      string
	Questions []PreparationQuestion
}

// PreparationQuestion is a question as the unit gets it: no name, and what is about conduct in neutral words.
type PreparationQuestion struct {
	Number, Content, Village, Field, Note string
	Due                                   calendar.Date
}

// due is by when all drafts are due; absent where they are not due on one day.
func (p Preparation) due() (day calendar.Date) {
	for _, u := range p.Units {
		for _, q := range u.Questions {
			if !day.IsZero() && q.Due != day {
				return calendar.Date{}
			}
			day = q.Due
		}
	}
	return day
}

func (p Preparation) count() (n int) {
	for _, u := range p.Units {
		n += len(u.Questions)
	}
	return n
}

// Letter is the letter (công văn) to the units, with the table of their questions as its annex.
func (p Preparation) Letter(h Head) doc.Doc {
	paper := h.document(doc.Letter, "UBND-VP")
	paper.Form = string(doithoai.PaperPreparation)
	time, date := hour(p.Dialogue.StartsAt)
	day := vietnamese.Date(p.Dialogue.StartsAt.Date().Time())
	paper.Abstract = vietnamese.T("document.preparation.abstract", "date", "ngày\u00a0"+day)
	for _, u := range p.Units {
		paper.To = append(paper.To, u.Name)
	}
	key := "document.preparation.opening"
	if p.Basis != "" {
		key = "document.preparation.opening_plan"
	}
	by := say("document.preparation.send_each", "office", p.Office)
	if due := p.due(); !due.IsZero() {
		by = say("document.preparation.send", "office", p.Office, "due", due.Words())
	}
	paper.Body = []doc.Block{
		say(key, "plan", p.Basis, "authority", h.Authority.FullName, "title", lowerTitle(p.Dialogue), "time", time,
			"date", date, "venue", p.Dialogue.Venue),
		say("document.preparation.asks", "authority", h.Authority.FullName, "count", counted(p.count())),
		say("document.preparation.answer"), by, say("document.preparation.come"),
		say("document.preparation.not_ours", "office", p.Office),
		say("document.preparation.office", "office", p.Office),
		say("document.preparation.closing", "authority", h.Authority.FullName),
	}
	paper.Annexes = []doc.Annex{{
		Mark: vietnamese.T("document.annex"), Title: vietnamese.T("document.preparation.annex"), Landscape: true,
		With: vietnamese.T("document.annex_of_letter", "number", paper.Numbered(), "date", paperDay(h.Date),
			"authority", h.Authority.Name),
		Body: []doc.Block{p.table()},
	}}
	return paper
}

// table are the questions, those of each unit below its name.
func (p Preparation) table() doc.Table {
	t := doc.Table{
		Caption: vietnamese.T("document.preparation.annex"), Columns: []float64{11, 27, 118, 20, 34, 26, 21},
		Head: []doc.Row{{}},
	}
	for _, key := range []string{"n", "number", "content", "village", "field", "due", "note"} {
		t.Head[0] = append(t.Head[0], doc.Cells(vietnamese.T("document.preparation.head."+key))...)
	}
	all := 0
	for _, u := range p.Units {
		name := vietnamese.T("document.preparation.unit", "unit", u.Name, "count", counted(len(u.Questions)))
		t.Rows = append(t.Rows, doc.Row{{Across: len(t.Columns), Label: true, Blocks: []doc.Block{
			doc.Paragraph{KeepWithNext: true, Runs: []doc.Run{{Text: name, Bold: true}}},
		}}})
		for _, q := range u.Questions {
			all++
			due := vietnamese.Date(q.Due.Time())
			row := doc.Cells(strconv.Itoa(all), q.Number, q.Content, q.Village, q.Field, due, q.Note)
			row[0].Align = doc.Center
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
