package form

import (
	"strings"

	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// Submission is a draft of an answer for who signs on paper.
type Submission struct {
	Code     string
	Received calendar.Date
	Summary  string // the matter in a line
	Content  string
	Unit     string // that drafted it
	Officer  string
	Due      calendar.Date
	Draft    string // a paragraph a line
	Bases    string
	Tasks    []ReplyTask
}

// Sheet is the sheet that goes with it (phiếu trình): the matter in short, the draft, what it rests on, and room for
// the word of the unit's head and for the chair's. It has no number, and nobody who raised anything is named.
func (s Submission) Sheet(h Head) doc.Doc {
	h.To = nil
	paper := h.document(doc.Sheet, "")
	paper.Superior = ""
	paper.Type = vietnamese.T("casework.submission.type")
	paper.Abstract = vietnamese.T("casework.submission.subject", "number", s.Code)
	paper.To = []string{vietnamese.T("casework.submission.to", "authority", h.Authority.FullName)}
	facts := doc.Table{
		Caption: vietnamese.T("casework.submission.type"), Columns: []float64{2, 7}, Size: assignmentSize,
	}
	row := func(key string, blocks ...doc.Block) {
		facts.Rows = append(facts.Rows, doc.Row{
			{Blocks: []doc.Block{doc.Text(vietnamese.T("casework.submission." + key))}, Label: true}, {Blocks: blocks},
		})
	}
	row("received", doc.Text(s.Received.Words()))
	matter := []doc.Block{}
	if s.Summary != "" {
		matter = append(matter, doc.Paragraph{Runs: []doc.Run{{Text: s.Summary, Bold: true}}})
	}
	row("matter", append(matter, lines(s.Content)...)...)
	row("unit", doc.Text(strings.Join(text.NonEmpty(s.Unit, s.Officer), "; ")))
	if !s.Due.IsZero() {
		row("due", doc.Paragraph{Runs: []doc.Run{{Text: text.UpperFirst(vietnamese.DateIn(s.Due.Time())), Bold: true}}})
	}
	row("draft", lines(s.Draft)...)
	if s.Bases != "" {
		row("bases", doc.Text(s.Bases))
	}
	if tasks := (Reply{Tasks: s.Tasks}).tasks(); len(tasks) > 0 {
		row("tasks", tasks[1:]...)
	}
	row("head", doc.FillIn{Lines: 2, High: 7})
	row("chair", doc.FillIn{Lines: 2, High: 7})
	paper.Body = []doc.Block{facts, doc.Paragraph{
		Runs: []doc.Run{{Text: paper.PlaceAndDate, Italic: true}}, Align: doc.Right,
	}}
	paper.Signers = []doc.Signer{
		{Title: vietnamese.T("casework.submission.signs")},
		{Title: vietnamese.T("document.signer.head")},
	}
	return paper
}
