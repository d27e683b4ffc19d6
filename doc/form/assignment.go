package form

import (
	"cmp"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// Assignment is the work on an opinion, as the slip tells of it to the unit that gets it. What is empty is left out.
type Assignment struct {
	Code     string // the register number
	Received calendar.Date
	Summary  string
	Content  string // all that was said, a paragraph a line
	Kind     string
	Field    string
	Lead     string // "" where the chair leads: By says so
	CoUnits  []string
	Officer  string // of the lead, who works on it
	Asked    string // what the unit has to do
	Due      calendar.Date
	Paused   string // why there is no due date now
	Basis    string // from what the due date was reckoned
	Files    string // what came with it
	Moves    []AssignmentMove
	Person   string // who raised it and how they are reached; "": room for it
	Withheld bool   // on conduct: the slip has neither a name nor room for one
	// Registered: it gets a number, though it may have none yet.
	Registered bool
}

// AssignmentMove is one step on the way of the work: given, handed over, said to be another's.
type AssignmentMove struct {
	On                  calendar.Date
	What, From, To, Why string
	By                  string
}

// Slip is the paper that goes with the work (phiếu giao xử lý): one sheet, signed by who gives it and who takes it. It
// says what the register knows; where Văn thư gives it no number, it has that of the opinion alone.
func (a Assignment) Slip(h Head) doc.Doc {
	paper := h.document(doc.Sheet, "")
	if h.Number == "" && !a.Registered {
		paper.PlaceAndDate = ""
	} else {
		paper = h.document(doc.Named, doithoai.DocumentAssignment.Symbol())
	}
	paper.Form = string(doithoai.PaperAssignment)
	paper.Superior = ""
	paper.Type = vietnamese.T("assignment.paper.title")
	paper.Abstract = vietnamese.T("assignment.paper.subject", "number", a.Code)
	paper.Recipients = doc.Recipients{}
	paper.Signers = []doc.Signer{
		{Title: strings.ToUpper(vietnamese.T("assignment.paper.takes"))},
		{Title: strings.ToUpper(vietnamese.T("assignment.paper.gives")), Name: h.Signer.Name},
	}
	facts := doc.Table{
		Caption: vietnamese.T("assignment.paper.facts"), Columns: []float64{2, 5}, Size: assignmentSize,
	}
	for _, row := range a.rows() {
		bold := row.key == "due" || row.key == "lead"
		facts.Rows = append(facts.Rows, doc.Row{
			{Blocks: []doc.Block{doc.Text(vietnamese.T("assignment.paper." + row.key))}, Label: true},
			{Blocks: []doc.Block{doc.Paragraph{Runs: []doc.Run{{Text: row.value, Bold: bold}}}}},
		})
	}
	paper.Body = append(paper.Body, facts, doc.Heading(doc.Section, vietnamese.T("assignment.paper.content")))
	paper.Body = append(paper.Body, lines(a.Content)...)
	if len(a.Moves) > 0 {
		paper.Body = append(paper.Body, doc.Heading(doc.Section, vietnamese.T("assignment.paper.moves")), a.moves())
	}
	return paper
}

// assignmentSize is of the letters in the slip's tables: an opinion of usual length stays on one sheet.
const assignmentSize = 12

type assignmentRow struct{ key, value string }

// rows are what stands in the slip's table, in the order in which a unit asks for it.
func (a Assignment) rows() (rows []assignmentRow) {
	due := a.Paused
	if due == "" && !a.Due.IsZero() {
		due = text.UpperFirst(vietnamese.DateIn(a.Due.Time()))
	}
	person := cmp.Or(a.Person, strings.Repeat("…", 24))
	if a.Withheld {
		person = vietnamese.T("assignment.paper.person_withheld")
	}
	for _, row := range []assignmentRow{
		{"received", a.Received.Words()}, {"summary", a.Summary},
		{"kind", strings.Join(text.NonEmpty(a.Kind, a.Field), "; ")}, {"lead", a.Lead},
		{"co_units", strings.Join(a.CoUnits, "; ")}, {"officer", a.Officer}, {"asked", a.Asked},
		{"due", due}, {"basis", a.Basis}, {"files", a.Files}, {"person", person},
	} {
		if row.value != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// moves is the table of how the work came to the unit.
func (a Assignment) moves() doc.Table {
	t := doc.Table{
		Caption: vietnamese.T("assignment.paper.moves"), Columns: []float64{3, 2, 6, 4, 4}, Size: assignmentSize,
		Head: []doc.Row{doc.Cells(
			vietnamese.T("assignment.paper.move_on"), vietnamese.T("assignment.paper.move_what"),
			vietnamese.T("assignment.paper.move_units"), vietnamese.T("assignment.paper.move_why"),
			vietnamese.T("assignment.paper.move_by"),
		)},
	}
	for _, m := range a.Moves {
		units := m.To
		if m.From != "" && m.To != "" {
			units = vietnamese.T("assignment.paper.move_from_to", "from", m.From, "to", m.To)
		}
		t.Rows = append(t.Rows, doc.Cells(
			vietnamese.Date(m.On.Time()), m.What, cmp.Or(units, m.From), m.Why, m.By))
	}
	return t
}
