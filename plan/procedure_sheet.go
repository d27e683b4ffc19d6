package plan

import (
	"strconv"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// ProcedureFigures are how a unit handled the procedures of one field in a period, in files.
type ProcedureFigures struct {
	FieldCode   string `json:"field"`
	CarriedOver int    `json:"carried_over"` // open when the period began
	Received    int    `json:"received"`
	Early       int    `json:"early"` // resolved before the due date
	InTime      int    `json:"in_time"`
	Late        int    `json:"late"`
	Pending     int    `json:"pending"`      // open, their due date is to come
	PendingLate int    `json:"pending_late"` // open, and late
	Note        string `json:"note,omitempty"`
}

// ToResolve is what there was to resolve.
func (f ProcedureFigures) ToResolve() int { return f.CarriedOver + f.Received }

// Resolved is what was resolved.
func (f ProcedureFigures) Resolved() int { return f.Early + f.InTime + f.Late }

// Open is what is still open.
func (f ProcedureFigures) Open() int { return f.Pending + f.PendingLate }

// Plus adds the figures of another field or unit.
func (f ProcedureFigures) Plus(g ProcedureFigures) ProcedureFigures {
	f.CarriedOver += g.CarriedOver
	f.Received += g.Received
	f.Early += g.Early
	f.InTime += g.InTime
	f.Late += g.Late
	f.Pending += g.Pending
	f.PendingLate += g.PendingLate
	return f
}

// TimelyTenths is which part of what was resolved was resolved in time or before, in tenths of a per cent, rounded down
// so that one late file is never hidden; false where nothing was resolved.
func (f ProcedureFigures) TimelyTenths() (tenths int, ok bool) {
	if f.Resolved() == 0 {
		return 0, false
	}
	return (f.Early + f.InTime) * 1000 / f.Resolved(), true
}

// SheetState is where a unit's sheet of figures stands.
type SheetState string

const (
	SheetDraft     SheetState = "draft"
	SheetSubmitted SheetState = "submitted"
	SheetReturned  SheetState = "returned"
)

// Sheet are the figures of one unit for a dialogue.
type Sheet struct {
	DialogueID  doithoai.ID
	UnitID      doithoai.ID
	AuthorityID doithoai.ID
	From, To    calendar.Date // the period, both days in it
	State       SheetState
	Rows        []ProcedureFigures
	Reason      string // why it was given back
	SavedBy     doithoai.ID
	SavedAt     calendar.Instant
	SubmittedAt calendar.Instant
	Version     int // 0: nothing was typed yet
}

// sheetMoves are all ways of a sheet: the only table of them.
var sheetMoves = map[doithoai.Act]struct {
	from []SheetState
	to   SheetState
}{
	doithoai.ActKeepFigures:   {[]SheetState{"", SheetDraft, SheetReturned}, SheetDraft},
	doithoai.ActSubmitFigures: {[]SheetState{SheetDraft, SheetReturned}, SheetSubmitted},
	doithoai.ActReturnFigures: {[]SheetState{SheetSubmitted}, SheetReturned},
}

// May reports whether the act is possible where the sheet stands.
func (s Sheet) May(act doithoai.Act) bool {
	for _, from := range sheetMoves[act].from {
		if s.State == from {
			return true
		}
	}
	return false
}

// Move returns the sheet in the state to which the act brings it; Conflict where it stands elsewhere.
func (s Sheet) Move(act doithoai.Act) (Sheet, error) {
	if !s.May(act) {
		return s, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	s.State = sheetMoves[act].to
	return s, nil
}

// Total is the sum of the sheet's rows.
func (s Sheet) Total() (sum ProcedureFigures) {
	for _, f := range s.Rows {
		sum = sum.Plus(f)
	}
	return sum
}

// Bounds of a sheet: of one figure, which no commune reaches, and of a note in characters.
const (
	MaxFigure     = 1_000_000
	MaxFigureNote = 500
)

// FigureField is the id of a figure in forms: the name of the column and the number of the row, from 0.
func FigureField(column string, row int) string { return column + "-" + strconv.Itoa(row) }

// KeepProblems are the reasons why a sheet can't be kept: figures are numbers within bounds, notes not too long, and a
// period that was typed ends after it begins. It need not add up yet.
func (s Sheet) KeepProblems() (list []doithoai.Problem) {
	if !s.From.IsZero() && !s.To.IsZero() && s.To.Before(s.From) {
		list = append(list, doithoai.Problem{Field: "den-ngay", Key: "prepare.figures.problem.period"})
	}
	for i, f := range s.Rows {
		for _, c := range f.columns() {
			if c.n < 0 || c.n > MaxFigure {
				list = append(list, doithoai.Problem{Field: FigureField(c.name, i), Key: "prepare.figures.problem.number"})
			}
		}
		if utf8.RuneCountInString(f.Note) > MaxFigureNote {
			list = append(list, doithoai.Problem{
				Field: FigureField("ghi-chu", i), Key: "error.problem.too_long", Args: []any{"max", MaxFigureNote},
			})
		}
	}
	return list
}

// column is a figure with the name of its column in forms.
type column struct {
	name string
	n    int
}

func (f ProcedureFigures) columns() []column {
	return []column{
		{"ton-cu", f.CarriedOver}, {"tiep-nhan", f.Received}, {"truoc-han", f.Early}, {"dung-han", f.InTime},
		{"tre-han", f.Late}, {"chua-den-han", f.Pending}, {"qua-han", f.PendingLate},
	}
}

// SubmitProblems are the reasons why a sheet can't be handed in, beside those of keeping it: the period is said and is
// past; a figure is there at all; and each row adds up: what was carried over and received is what was resolved and
// what is open.
func (s Sheet) SubmitProblems(today calendar.Date) []doithoai.Problem {
	list := s.KeepProblems()
	switch {
	case s.From.IsZero():
		list = append(list, doithoai.Problem{Field: "tu-ngay", Key: "prepare.figures.problem.from"})
	case s.To.IsZero():
		list = append(list, doithoai.Problem{Field: "den-ngay", Key: "prepare.figures.problem.to"})
	case s.To.After(today):
		list = append(list, doithoai.Problem{Field: "den-ngay", Key: "prepare.figures.problem.future"})
	}
	if s.Total().ToResolve() == 0 && s.Total().Resolved()+s.Total().Open() == 0 && !s.explained() {
		list = append(list, doithoai.Problem{Field: FigureField("tiep-nhan", 0), Key: "prepare.figures.problem.none"})
	}
	for i, f := range s.Rows {
		if f.ToResolve() != f.Resolved()+f.Open() {
			list = append(list, doithoai.Problem{
				Field: FigureField("tiep-nhan", i), Key: "prepare.figures.problem.sum", Args: []any{
					"row", i + 1, "in", f.ToResolve(), "resolved", f.Resolved(), "open", f.Open(), "out", f.Resolved() + f.Open(),
				},
			})
		}
	}
	return list
}

// explained reports whether a sheet without figures says why.
func (s Sheet) explained() bool {
	for _, f := range s.Rows {
		if f.Note != "" {
			return true
		}
	}
	return false
}
