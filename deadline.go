package doithoai

import (
	"unicode/utf8"

	"doithoai/calendar"
)

// PauseKind is what a petition waits for while its clock stands still. Nothing else stops the clock, least of all
// ordinary delay.
type PauseKind string

const (
	PauseSupplement PauseKind = "supplement" // what the person has to add
	PauseSuperior   PauseKind = "superior"   // the superior's word
	PauseAgency     PauseKind = "agency"     // another agency's word
)

// PauseKinds in the order in which forms offer them.
var PauseKinds = []PauseKind{PauseSupplement, PauseSuperior, PauseAgency}

// Pause is the document that stops the clock of an answer, and what is waited for.
type Pause struct {
	Kind    PauseKind
	Number  string // "57/UBND-VP"
	Dated   calendar.Date
	Awaited string // in words which the person reads too
}

// problems are the reasons why the document can't stop the clock of an opinion that was received on a day.
func (d Pause) problems(received, today calendar.Date) []Problem {
	ps := problems{of: "petition.pause.problem."}
	if !oneOf(d.Kind, PauseKinds) {
		ps.add("tam-dung-ly-do", "kind")
	}
	ps.number("tam-dung-so", "number", d.Number)
	switch {
	case d.Dated.IsZero():
		ps.add("tam-dung-ngay", "date")
	case d.Dated.After(today):
		ps.add("tam-dung-ngay", "date_future")
	case d.Dated.Before(received):
		ps.add("tam-dung-ngay", "date_early", "received", received.Words())
	}
	if n := utf8.RuneCountInString(d.Awaited); n == 0 || n > MaxMatter {
		ps.add("tam-dung-noi-dung", "awaited", "max", MaxMatter)
	}
	return ps.list
}

// Pause stops the answering clock from today on. The clock from receipt to answer never stops.
//
// In this order: the unit has the petition in hand; the due date isn't past by the calendar in force, now, for a pause
// makes no late answer timely; the document is named, is neither of a day to come nor from before the day on which the
// opinion was received, and what is awaited is said. c is the calendar by which the due date was reckoned. Term becomes
// what is left after today, and Start the day from which the clock stands still.
func (p Petition) Pause(
	doc Pause, received, today calendar.Date, c, now calendar.Calendar,
) (Petition, Facts, error) {
	next, facts, err := p.Move(ActPausePetition)
	if err != nil {
		return p, Facts{}, err
	}
	if p.Late(today, now) {
		return p, Facts{}, Refuse(Conflict, "petition.pause.problem.late")
	}
	if err := RefuseForm(doc.problems(received, today)); err != nil {
		return p, Facts{}, err
	}
	left := calendar.Term{N: c.WorkdaysBetween(today, p.Due), Unit: calendar.Workdays}
	if p.Term.Unit == calendar.Days {
		left = calendar.Term{N: today.DaysUntil(p.Due), Unit: calendar.Days}
	}
	left.N = max(0, min(left.N, calendar.MaxTerm)) // past where the due date has become a day off
	next.Start, next.Term = today, left
	facts.Start, facts.Term, facts.Calendar = today, left, c.Version()
	facts.Awaits, facts.Number, facts.Dated = doc.Kind, doc.Number, doc.Dated
	return next, facts, nil
}

// Resume lets the clock of a paused petition go on: what was left of the term runs from today, by the calendar c, and
// ends on a working day.
func (p Petition) Resume(today calendar.Date, c calendar.Calendar) (Petition, Facts, error) {
	next, facts, err := p.Move(ActResumePetition)
	if err != nil {
		return p, Facts{}, err
	}
	next.Start, next.Due = today, c.Ends(today, p.Term)
	next.CalendarVersion, next.CalendarKept = c.Version(), ""
	return next, next.reckoned(facts), nil
}

// reckoned adds to facts what the due date was reckoned from.
func (p Petition) reckoned(f Facts) Facts {
	f.Start, f.Term, f.Due, f.Calendar = p.Start, p.Term, p.Due, p.CalendarVersion
	return f
}

// works adds a problem at a field where its date, typed by hand, is a day off by the calendar c: the next working day
// is offered. A date that is reckoned never is one.
func (ps *problems) works(field string, date calendar.Date, c calendar.Calendar) {
	if !c.Works(date) {
		ps.list = append(ps.list, Problem{field, "petition.due.problem.day_off", []any{
			"date", date.Words(), "next", c.Roll(date).Words(),
		}})
	}
}

// Proposal returns the due date by the newer calendar c, and whether it is another one that may be taken: the clock
// runs and isn't late, nobody decided on that calendar yet, and the day isn't past. old is the calendar by which the
// due date was reckoned. A date that was set by hand differs only where that day was worked by the old calendar and is
// off by the new one.
func (p Petition) Proposal(old, c calendar.Calendar, today calendar.Date) (calendar.Date, bool) {
	if !p.Running() || p.Late(today, c) || p.CalendarVersion == c.Version() || p.CalendarKept == c.Version() {
		return p.Due, false
	}
	due := p.Due
	switch {
	case p.Term.Unit != "":
		due = c.Ends(p.Start, p.Term)
	case old.Works(p.Due):
		due = c.Roll(p.Due)
	}
	return due, due != p.Due && !due.Before(today)
}

// MoveDue takes the due date that a newer calendar proposes. It is a Conflict where there is no proposal.
func (p Petition) MoveDue(old, c calendar.Calendar, today calendar.Date) (Petition, Facts, error) {
	due, ok := p.Proposal(old, c, today)
	if !ok {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	facts := Facts{From: p.Due.String()}
	p.Due, p.CalendarVersion, p.CalendarKept = due, c.Version(), ""
	return p, p.reckoned(facts), nil
}

// KeepDue leaves the due date where it is, though a newer calendar proposes another one.
func (p Petition) KeepDue(old, c calendar.Calendar, today calendar.Date) (Petition, Facts, error) {
	if _, ok := p.Proposal(old, c, today); !ok {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	p.CalendarKept = c.Version()
	return p, Facts{Due: p.Due, Calendar: c.Version()}, nil
}

// dueActs are the acts that set, stop, move or keep a due date.
var dueActs = []Act{
	ActRuleOpinion, ActAnswerLater, ActPausePetition, ActResumePetition, ActExtendPetition, ActMoveDue, ActKeepDue,
	ActReopenPetition, ActAllowReopening,
}

// DueEvents are the events that made the due date of a petition what it is, oldest first. A ruling that opens no
// petition, or leaves its due date where it is, is none of them.
func DueEvents(events []Event) []Event {
	var list []Event
	for _, e := range events {
		if oneOf(e.Act, dueActs) && (e.Act != ActRuleOpinion || !e.Facts.Start.IsZero()) {
			list = append(list, e)
		}
	}
	return list
}

// FirstDue is the due date that a petition was opened with, put right where it was mistyped, whatever moved it since;
// zero where none was.
func FirstDue(events []Event) (due calendar.Date) {
	for i, e := range DueEvents(events) {
		if i > 0 && (e.Facts.PutBack.IsZero() || e.Facts.PutBack != due) {
			break
		}
		due = e.Facts.Due
	}
	return due
}

// Acts on the clock of a petition.
const (
	ActPausePetition  Act = "pause_petition"
	ActResumePetition Act = "resume_petition"
	ActMoveDue        Act = "move_due" // as a newer calendar proposes
	ActKeepDue        Act = "keep_due" // against what a newer calendar proposes
)

var (
	movingLaw = law{
		"the due date follows a newer calendar, or stays on purpose; it never moves by itself",
		"BLDS 2015 Đ.148 k.5 (C)", "TestMoveDue"}
)

var deadlineActs = []actRow{
	{ActPausePetition, law{
		"the clock of an answer stands still, by a document, while the person, the superior or another agency is " +
			"awaited; the time since receipt goes on",
		"house rule (C5); no article", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}}},
	{ActResumePetition, law{"what was left of the term goes on", "house rule; no article", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}}},
	{ActMoveDue, movingLaw,
		[]grant{{RoleOffice, always}, {RoleChair, always}}},
	{ActKeepDue, movingLaw,
		[]grant{{RoleOffice, always}, {RoleChair, always}}},
}
