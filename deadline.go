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

// problems are the reasons why the document can't stop a clock.
func (d Pause) problems(today calendar.Date) []Problem {
	ps := problems{of: "petition.pause.problem."}
	if !oneOf(d.Kind, PauseKinds) {
		ps.add("tam-dung-ly-do", "kind")
	}
	if n := utf8.RuneCountInString(d.Number); n == 0 || n > maxNumber {
		ps.add("tam-dung-so", "number", "max", maxNumber)
	}
	switch {
	case d.Dated.IsZero():
		ps.add("tam-dung-ngay", "date")
	case d.Dated.After(today):
		ps.add("tam-dung-ngay", "date_future")
	}
	if n := utf8.RuneCountInString(d.Awaited); n == 0 || n > MaxMatter {
		ps.add("tam-dung-noi-dung", "awaited", "max", MaxMatter)
	}
	return ps.list
}

// maxNumber bounds the number of a document, in characters.
const maxNumber = 40

// Pause stops the answering clock from today on. The clock from receipt to answer never stops.
//
// In this order: the unit has the petition in hand; the due date isn't past, for a pause makes no late answer timely;
// the document is named, is not of a day to come, and what is awaited is said. c is the calendar by which the due date
// was reckoned. Term becomes what is left after today, and Start the day from which the clock stands still.
func (p Petition) Pause(doc Pause, today calendar.Date, c calendar.Calendar) (Petition, Facts, error) {
	next, facts, err := p.Move(ActPausePetition)
	if err != nil {
		return p, Facts{}, err
	}
	if today.After(p.Due) {
		return p, Facts{}, Refuse(Conflict, "petition.pause.problem.late")
	}
	if err := RefuseForm(doc.problems(today)); err != nil {
		return p, Facts{}, err
	}
	left := calendar.Term{N: min(c.WorkdaysBetween(today, p.Due), calendar.MaxTerm), Unit: calendar.Workdays}
	if p.Term.Unit == calendar.Days {
		left = calendar.Term{N: min(today.DaysUntil(p.Due), calendar.MaxTerm), Unit: calendar.Days}
	}
	next.Start, next.Term = today, left
	facts.Start, facts.Term, facts.Calendar = today, left, c.Version()
	facts.Awaits, facts.Number, facts.Dated = doc.Kind, doc.Number, doc.Dated
	return next, facts, nil
}

// Resume lets the clock of a paused petition go on: what was left of the term runs from today, by the calendar c.
func (p Petition) Resume(today calendar.Date, c calendar.Calendar) (Petition, Facts, error) {
	next, facts, err := p.Move(ActResumePetition)
	if err != nil {
		return p, Facts{}, err
	}
	next.Start, next.Due = today, c.Due(today, p.Term)
	next.CalendarVersion, next.CalendarKept = c.Version(), ""
	return next, next.reckoned(facts), nil
}

// reckoned adds to facts what the due date was reckoned from.
func (p Petition) reckoned(f Facts) Facts {
	f.Start, f.Term, f.Due, f.Calendar = p.Start, p.Term, p.Due, p.CalendarVersion
	return f
}

// Extension is a later due date, allowed by who signs answers, and why.
type Extension struct {
	To     calendar.Date
	Reason string // in words which the person reads too
}

// ExtensionLimits are the parameters that bound extensions.
type ExtensionLimits struct {
	Term  calendar.Term // at most so long after the due date
	Times int           // at most so often
}

// The parameters of ExtensionLimits.
const (
	ParameterExtensionTerm  = "extension.term"
	ParameterExtensionTimes = "extension.times"
)

// ExtensionLimitsAt returns the limits in force on the day, and an error where a parameter has no value then.
func (ps Parameters) ExtensionLimitsAt(on calendar.Date) (l ExtensionLimits, err error) {
	if l.Term, err = ps.TermAt(ParameterExtensionTerm, on); err != nil {
		return l, err
	}
	times, _ := ps.At(ParameterExtensionTimes, on)
	l.Times, err = times.Int()
	return l, err
}

// Latest is the last day to which the due date may be put off.
func (l ExtensionLimits) Latest(due calendar.Date, c calendar.Calendar) calendar.Date {
	return c.Due(due, l.Term)
}

// Extend puts the due date off.
//
// In this order: the petition is open and its clock runs; the due date isn't past; it was not put off too often; the
// new date is there, later than the old, a working day by the calendar c, within the limits; a reason is given.
func (p Petition) Extend(
	e Extension, limits ExtensionLimits, today calendar.Date, c calendar.Calendar,
) (Petition, Facts, error) {
	switch {
	case !p.Running():
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	case today.After(p.Due):
		return p, Facts{}, Refuse(Conflict, "petition.extension.problem.late")
	case p.Extended >= limits.Times:
		return p, Facts{}, Refuse(Conflict, "petition.extension.problem.again")
	}
	ps := problems{of: "petition.extension.problem."}
	latest := limits.Latest(p.Due, c)
	switch {
	case e.To.IsZero():
		ps.add("gia-han-den", "date")
	case !e.To.After(p.Due):
		ps.add("gia-han-den", "not_later", "due", p.Due.Words())
	case e.To.After(latest):
		ps.add("gia-han-den", "too_far", "latest", latest.Words())
	case !c.Works(e.To):
		ps.add("gia-han-den", "day_off", "date", e.To.Words())
	}
	if n := utf8.RuneCountInString(e.Reason); n == 0 || n > MaxMatter {
		ps.add("gia-han-ly-do", "reason", "max", MaxMatter)
	}
	if err := ps.refuse(); err != nil {
		return p, Facts{}, err
	}
	facts := Facts{From: p.Due.String()}
	p.Due, p.Term, p.Extended = e.To, calendar.Term{}, p.Extended+1
	p.CalendarVersion, p.CalendarKept = c.Version(), ""
	return p, p.reckoned(facts), nil
}

// Running reports whether the answering clock runs: somebody has to answer, and the clock doesn't stand still.
func (p Petition) Running() bool { return p.Open() && p.State != PetitionPaused }

// Proposal returns the due date by the newer calendar c, and whether it is another one that may be taken: the clock
// runs, nobody decided on that calendar yet, and the day isn't past. old is the calendar by which the due date was
// reckoned. A date that was set by hand differs only where that day was worked by the old calendar and is off by the
// new one.
func (p Petition) Proposal(old, c calendar.Calendar, today calendar.Date) (calendar.Date, bool) {
	if !p.Running() || p.CalendarVersion == c.Version() || p.CalendarKept == c.Version() {
		return p.Due, false
	}
	due := p.Due
	switch {
	case p.Term.Unit != "":
		due = c.Due(p.Start, p.Term)
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
var dueActs = []Act{ActRuleOpinion, ActPausePetition, ActResumePetition, ActExtendPetition, ActMoveDue, ActKeepDue}

// DueEvents are the events that made the due date of a petition what it is, oldest first: from the last ruling on.
func DueEvents(events []Event) []Event {
	var list []Event
	for _, e := range events {
		if e.Act == ActRuleOpinion {
			list = nil
		}
		if oneOf(e.Act, dueActs) {
			list = append(list, e)
		}
	}
	return list
}

// Acts on the clock of a petition.
const (
	ActPausePetition  Act = "pause_petition"
	ActResumePetition Act = "resume_petition"
	ActExtendPetition Act = "extend_petition"
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
	{ActExtendPetition, law{
		"who signs answers puts the due date off, before it, with a reason that the person is told",
		"Luật Tiếp công dân 42/2013 Đ.28 by analogy (L); limits are house defaults", ""},
		[]grant{{RoleChair, always}}}, // who signs the answer
	{ActMoveDue, movingLaw,
		[]grant{{RoleOffice, always}, {RoleChair, always}}},
	{ActKeepDue, movingLaw,
		[]grant{{RoleOffice, always}, {RoleChair, always}}},
}
