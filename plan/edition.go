package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// State is where an edition of a plan stands.
type State string

const (
	StateDraft     State = "draft"     // being written
	StateSubmitted State = "submitted" // waits for who signs
	StateReturned  State = "returned"  // came back with a note, and is written on
	StateSigned    State = "signed"    // waits for its number and day
	StateIssued    State = "issued"    // in force until an amendment is
	StateDropped   State = "dropped"   // given up before it was signed; it stays for the trace
)

// States in the order of an edition's life.
var States = []State{StateDraft, StateSubmitted, StateReturned, StateSigned, StateIssued, StateDropped}

// Open reports whether the edition is still on its way.
func (s State) Open() bool { return s != StateIssued && s != StateDropped }

// Written reports whether the office may write in the edition.
func (s State) Written() bool { return s == StateDraft || s == StateReturned }

// move is what an act does to the state of an edition.
type move struct {
	from []State
	to   State
}

// moves are all ways of an edition: the only table of them.
var moves = map[doithoai.Act]move{
	doithoai.ActDraftPlan:    {[]State{StateDraft, StateReturned}, ""}, // stays where it is
	doithoai.ActSubmitPlan:   {[]State{StateDraft, StateReturned}, StateSubmitted},
	doithoai.ActWithdrawPlan: {[]State{StateSubmitted}, StateDraft},
	doithoai.ActReturnPlan:   {[]State{StateSubmitted}, StateReturned},
	doithoai.ActSignPlan:     {[]State{StateSubmitted}, StateSigned},
	doithoai.ActIssuePlan:    {[]State{StateSigned}, StateIssued},
	doithoai.ActDropPlan:     {[]State{StateDraft, StateReturned}, StateDropped},
}

// Edition is a plan as it was first written (number 0), or an amendment of it.
type Edition struct {
	PlanID      doithoai.ID
	AuthorityID doithoai.ID
	Number      int
	State       State
	Plan        Plan
	Reason      string // of an amendment
	Note        string // of who returned it last
	SubmittedBy doithoai.ID
	SubmittedAt calendar.Instant
	SignedBy    doithoai.ID // empty: on paper
	SignedAt    calendar.Instant
	IssuedAt    calendar.Instant
	Version     int
}

// Move returns the edition in the state to which the act brings it; Conflict where it stands elsewhere.
func (e Edition) Move(act doithoai.Act) (Edition, error) {
	m, ok := moves[act]
	if !ok || !slices.Contains(m.from, e.State) {
		return e, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if m.to != "" {
		e.State = m.to
	}
	return e, nil
}

// May reports whether the act is possible in the edition's state.
func (e Edition) May(act doithoai.Act) bool { return slices.Contains(moves[act].from, e.State) }

// maxNote bounds notes and reasons, in characters.
const maxNote = 2000

// NoteProblems are the problems of a note or reason typed in a field: it is there and not too long.
func NoteProblems(field, key, note string) []doithoai.Problem {
	switch {
	case note == "":
		return []doithoai.Problem{{Field: field, Key: key}}
	case utf8.RuneCountInString(note) > maxNote:
		return []doithoai.Problem{{Field: field, Key: "error.problem.too_long", Args: []any{"max", maxNote}}}
	}
	return nil
}

// IssueProblems are the reasons why an edition can't be issued with a number and a day: both as the clerk gives them;
// the day neither before the signature, where it was given in the program, nor to come, nor before the edition that is
// amended.
func (e Edition) IssueProblems(number string, date, today, last calendar.Date) []doithoai.Problem {
	list := doithoai.NumberProblems("so", "plan.problem.number", number)
	switch {
	case !date.Valid():
		list = append(list, doithoai.Problem{Field: "ngay", Key: "plan.problem.date"})
	case date.After(today):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "plan.problem.date_future"})
	case e.SignedBy != "" && date.Before(e.SignedAt.Date()):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "plan.problem.date_unsigned"})
	case !last.IsZero() && date.Before(last):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "plan.problem.date_before"})
	}
	return list
}

// Copied returns a plan for another year: its bases are to be checked, number and day are blank, planned days are gone,
// the window moves with the year, and so does the year where the text names it. Keys stay, so that the tasks of both
// years can be compared.
func (p Plan) Copied(year int) Plan {
	from := p.Year
	p.Year, p.Number, p.Date = year, "", calendar.Date{}
	p.When.Days = nil
	if w := p.When.Window; w.Valid() {
		shift := func(d calendar.Date) calendar.Date { return calendar.DateOf(d.Year+year-from, d.Month, d.Day) }
		p.When.Window = Window{shift(w.From), shift(w.To)}
	}
	p.Abstract = inYear(p.Abstract, from, year)
	p.Closing = mapped(p.Closing, func(s string) string { return inYear(s, from, year) })
	p.Sections = copied(p.Sections, from, year)
	return p
}

func copied(sections []Section, from, year int) []Section {
	return mapped(sections, func(s Section) Section {
		s.Title = inYear(s.Title, from, year)
		s.Points = mapped(s.Points, func(p Point) Point {
			p.Text = inYear(p.Text, from, year)
			if p.Task.Manner == MannerDay {
				p.Task = TaskRule{}
			}
			return p
		})
		s.Parts = copied(s.Parts, from, year)
		return s
	})
}

func mapped[T any](list []T, f func(T) T) []T {
	all := make([]T, len(list))
	for i, v := range list {
		all[i] = f(v)
	}
	return all
}

// inYear returns a text in which another year stands for a year that it names as "năm 2024".
func inYear(s string, from, to int) string {
	for _, space := range []string{" ", "\u00a0"} {
		s = strings.ReplaceAll(s, fmt.Sprintf("năm%s%d", space, from), fmt.Sprintf("năm%s%d", space, to))
	}
	return s
}
