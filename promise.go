package doithoai

import (
	"slices"
	"strconv"

	"doithoai/calendar"
)

// PromiseState is where a promise stands that went out (việc giao sau đối thoại; công khai: cam kết). Whether it is or
// was late stands beside it ([Promise.Late]).
type PromiseState string

const (
	PromiseOpen     PromiseState = "open"
	PromiseKept     PromiseState = "kept"
	PromiseBroken   PromiseState = "broken"   // who signs answers said that it will not be done, and why
	PromiseReplaced PromiseState = "replaced" // a correction of the answer promises something else, or nothing
)

// PromiseStates in the order of a promise's life.
var PromiseStates = []PromiseState{PromiseOpen, PromiseKept, PromiseBroken, PromiseReplaced}

// promiseMoves is the state machine of a promise: which act leads from which states to which. The empty state is that
// of words in a draft: they promise nothing before the paper that holds them goes out, or of those in a conclusion,
// before the minutes that hold them are locked. docs/states.md draws it.
var promiseMoves = []struct {
	Act  Act
	From PromiseState
	To   PromiseState
}{
	{ActDispatchAnswer, "", PromiseOpen},
	{ActDispatchCorrection, "", PromiseOpen},
	{ActLockMinutes, "", PromiseOpen},
	{ActDispatchCorrection, PromiseOpen, PromiseReplaced},
	{ActKeepPromise, PromiseOpen, PromiseKept},
	{ActBreakPromise, PromiseOpen, PromiseBroken},
	{ActWithdrawKept, PromiseKept, PromiseOpen},
}

// Promised is what an answer or a conclusion promises, a line of it: who does what until when.
type Promised struct {
	UnitID ID
	What   string
	Due    calendar.Date
}

// MaxPromises is how many promises an answer has at most; MaxPromise bounds the words of one, in characters.
const (
	MaxPromises = 5
	MaxPromise  = 300
)

// Promises are the lines of an answer, the empty ones last.
type Promises [MaxPromises]Promised

// PromisesOf are the lines, [MaxPromises] at most.
func PromisesOf(lines ...Promised) (p Promises) {
	copy(p[:], lines)
	return p
}

// Lines are the lines in which something is promised.
func (p Promises) Lines() (lines []Promised) {
	for _, l := range p {
		if l != (Promised{}) {
			lines = append(lines, l)
		}
	}
	return lines
}

// Promise is a line of an answer that went out, or of a conclusion whose minutes are locked: it is to be kept until
// Due, which no act moves.
type Promise struct {
	ID          ID
	AuthorityID ID
	OpinionID   ID // whose answer made it; empty: a conclusion did
	DialogueID  ID // of which the chair concluded it; empty: an answer made it
	Promised
	State      PromiseState
	Missed     bool             // for good: Due was past when it was kept, given up or replaced
	MadeAt     calendar.Instant // when the answer went out; of a conclusion, when its dialogue ended
	Correction int              // of the answer that made it; 0: the first answer; below: of a round ([Petition.Paper])
	EndedAt    calendar.Instant // when it was kept, broken or replaced; zero while it is open
	EndedBy    ID               // who recorded that
	DoneOn     calendar.Date    // of a kept one, as recorded
	Said       string           // what was done and what shows it, or why it will not be done; people read it
	ReplacedBy int              // number of the correction of the answer that replaced it; 0: none did
	Version    int
}

// Late reports whether the promise was not kept in time, or is past its due date while it is open. c is the calendar in
// force. What is late once, no act makes timely.
func (p Promise) Late(today calendar.Date, c calendar.Calendar) bool {
	return p.Missed || p.State == PromiseOpen && p.Due.Before(c.Overdue(today))
}

// Fields of the forms of promises. Those of a line of an answer are followed by its number, from 1.
const (
	FieldPromiseUnit = "hua-don-vi"
	FieldPromiseWhat = "hua-viec"
	FieldPromiseDue  = "hua-han"

	FieldKeptOn     = "xong-ngay"
	FieldKeptSaid   = "da-lam"
	FieldBrokenSaid = "vi-sao-khong-lam"
)

// PromiseField is the name of a field of the n-th line, from 1.
func PromiseField(field string, n int) string { return field + "-" + strconv.Itoa(n) }

// Promising is what the promises of an answer or a conclusion are judged by.
type Promising struct {
	Units    []Unit           // of the authority, in force on the day
	Stands   []Promise        // that were made before, but for those that were replaced; of a conclusion: as it stands
	Since    calendar.Instant // what was promised before the matter was looked at again stays; zero: it never was
	Several  bool             // the answer goes to several opinions
	Subject  Subject
	Gates    Gates
	Calendar calendar.Calendar
	Today    calendar.Date
}

// Problems are the reasons why an answer can't promise this.
//
// One answer to several opinions promises nothing; no line stands twice. Of each, in this order: it goes on as it
// stands where the answer that is corrected promised the same; the unit is one of the authority's in force, and not one
// that the opinion is about; the words are there, within bounds, and don't tell who the person is: they become public;
// the day is there, not past, and a working day.
func (p Promising) Problems(lines []Promised) []Problem {
	ps := problems{of: "promise.problem."}
	if p.Several && len(lines) > 0 {
		ps.add(PromiseField(FieldPromiseWhat, 1), "set")
		return ps.list
	}
	for i, l := range lines {
		unit, what, due := PromiseField(FieldPromiseUnit, i+1), PromiseField(FieldPromiseWhat, i+1),
			PromiseField(FieldPromiseDue, i+1)
		if slices.Contains(lines[:i], l) {
			ps.add(what, "twice")
			continue
		}
		if p.goesOn(l) {
			continue
		}
		switch {
		case !slices.ContainsFunc(p.Units, func(u Unit) bool { return u.ID == l.UnitID }):
			ps.add(unit, "unit")
		case oneOf(l.UnitID, p.Subject.ConcernedUnits):
			ps.add(unit, "concerned")
		}
		ps.words(what, "what", l.What, MaxPromise, p.Gates)
		switch {
		case l.Due.IsZero():
			ps.add(due, "due")
		case l.Due.Before(p.Today):
			ps.add(due, "due_past")
		default:
			ps.works(due, l.Due, p.Calendar)
		}
	}
	return ps.list
}

// words adds a problem at a field whose words become public: they are not there, too long, or tell who somebody is.
func (ps *problems) words(field, missing, s string, max int, g Gates) {
	ps.text(field, missing, s, max)
	if g.Refuses(s) {
		ps.add(field, "names")
	}
}

// goesOn reports whether a line is a promise that stands.
func (p Promising) goesOn(l Promised) bool {
	return slices.ContainsFunc(p.Stands, func(o Promise) bool { return o.Promised == l })
}

// left are the open promises that the lines do not go on with. Those of an answer with which the person did not agree
// stay as they are.
func (p Promising) left(lines []Promised) (all []Promise) {
	for _, o := range p.Stands {
		if o.State == PromiseOpen && !o.MadeAt.Before(p.Since) && !slices.Contains(lines, o.Promised) {
			all = append(all, o)
		}
	}
	return all
}

// Changes reports whether the lines promise something else than what is open.
func (p Promising) Changes(lines []Promised) bool {
	begins := func(l Promised) bool { return !p.goesOn(l) }
	return len(p.left(lines)) > 0 || slices.ContainsFunc(lines, begins)
}

// PastDue reports whether a line that would begin is past already: then nobody signs it. One that stands goes on,
// however late it is.
func (p Promising) PastDue(lines []Promised) bool {
	return slices.ContainsFunc(lines, func(l Promised) bool { return !p.goesOn(l) && l.Due.Before(p.Today) })
}

// Settle says what an answer, or its correction of a number, makes of promises when it goes out: lines that stand go on
// as they are, also where they were kept meanwhile; the other lines begin; open promises that are not among the lines
// are replaced, with their lateness kept.
func (p Promising) Settle(lines []Promised, correction int, by ID, at calendar.Instant) (
	begin []Promised, replaced []Promise,
) {
	for _, l := range lines {
		if !p.goesOn(l) {
			begin = append(begin, l)
		}
	}
	for _, o := range p.left(lines) {
		next := o.end(PromiseReplaced, by, at, p.Calendar)
		next.ReplacedBy = correction
		replaced = append(replaced, next)
	}
	return begin, replaced
}

// end takes the promise out of what is open.
func (p Promise) end(to PromiseState, by ID, at calendar.Instant, c calendar.Calendar) Promise {
	p.Missed = p.Late(at.Date(), c)
	p.State, p.EndedAt, p.EndedBy = to, at, by
	return p
}

// facts are those of an act on the promise, which stood at from.
func (p Promise) facts(from PromiseState) Facts {
	return Facts{From: string(from), To: string(p.State), Promise: p.ID, Late: p.Missed}
}

// Keep records that what was promised is done: on which day, and in words that people read what was done and what shows
// it. That never says that the matter is solved.
//
// In this order: the promise is open; the day is there, not to come, and not before the promise was made; the words are
// there, within bounds, and don't tell who the person is. It was kept in time where it is recorded in time: a day typed
// afterwards makes nothing timely.
func (p Promise) Keep(done calendar.Date, said string, by ID, g Gates, at calendar.Instant, c calendar.Calendar) (
	Promise, Facts, error,
) {
	if p.State != PromiseOpen {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "promise.problem."}
	switch {
	case done.IsZero():
		ps.add(FieldKeptOn, "done")
	case done.After(at.Date()):
		ps.add(FieldKeptOn, "done_future")
	case done.Before(p.MadeAt.Date()):
		ps.add(FieldKeptOn, "done_before", "date", p.MadeAt.Date().Words())
	}
	ps.words(FieldKeptSaid, "said", said, MaxMatter, g)
	if err := ps.refuse(); err != nil {
		return p, Facts{}, err
	}
	next := p.end(PromiseKept, by, at, c)
	next.DoneOn, next.Said = done, said
	facts := next.facts(p.State)
	facts.Dated, facts.Calendar = done, c.Version()
	return next, facts, nil
}

// Break says that what was promised will not be done, and why, in words that people read. What was late before stays
// late.
func (p Promise) Break(why string, by ID, g Gates, at calendar.Instant, c calendar.Calendar) (Promise, Facts, error) {
	if p.State != PromiseOpen {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "promise.problem."}
	ps.words(FieldBrokenSaid, "why", why, MaxMatter, g)
	if err := ps.refuse(); err != nil {
		return p, Facts{}, err
	}
	next := p.end(PromiseBroken, by, at, c)
	next.Said = why
	facts := next.facts(p.State)
	facts.Calendar = c.Version()
	return next, facts, nil
}

// WithdrawableBy reports whether an officer may take back on a day that the promise was kept: who recorded it, on the
// day on which they did.
func (p Promise) WithdrawableBy(officer ID, today calendar.Date) bool {
	return p.State == PromiseKept && officer != "" && p.EndedBy == officer && p.EndedAt.Date() == today
}

// WithdrawKept takes back that the promise was kept: it is open again, and what was late stays so.
func (p Promise) WithdrawKept(by ID, today calendar.Date) (Promise, Facts, error) {
	if p.State != PromiseKept {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	if !p.WithdrawableBy(by, today) {
		return p, Facts{}, Refuse(NotAllowed, "promise.problem.another_day")
	}
	from := p.State
	p.State, p.EndedAt, p.EndedBy, p.DoneOn, p.Said = PromiseOpen, calendar.Instant{}, "", calendar.Date{}, ""
	return p, p.facts(from), nil
}

// PromiseFact is a promise in the facts of the event by which it began or was replaced.
type PromiseFact struct {
	ID       ID            `json:"id"`
	Unit     ID            `json:"unit,omitempty"` // of one that began
	Due      calendar.Date `json:"due,omitzero"`
	Replaced bool          `json:"replaced,omitempty"`
	Late     bool          `json:"late,omitempty"` // of one that was replaced
}

// PromiseFacts are the facts of promises that began and that were replaced.
func PromiseFacts(began, replaced []Promise) (facts []PromiseFact) {
	for _, p := range began {
		facts = append(facts, PromiseFact{ID: p.ID, Unit: p.UnitID, Due: p.Due})
	}
	for _, p := range replaced {
		facts = append(facts, PromiseFact{ID: p.ID, Replaced: true, Late: p.Missed})
	}
	return facts
}

// Acts on promises that went out.
const (
	ActSeePromises  Act = "see_promises"
	ActKeepPromise  Act = "keep_promise"
	ActWithdrawKept Act = "withdraw_kept"
	ActBreakPromise Act = "break_promise"
)

var ofPromisedUnit = condition{"promised_unit", "the unit of the post does what was promised",
	func(_ Actor, seat Seat, s Subject) bool { return seat.UnitID != "" && seat.UnitID == s.PromisedUnitID }}

var promiseActs = []actRow{
	{ActSeePromises, law{"what answers and conclusions promised is listed, with who does it and until when",
		"house rules", "TestCan"},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleUnitOfficer, ofPromisedUnit}}},
	{ActKeepPromise, law{
		"what an answer or a conclusion promised is done: on which day, and what shows it; recorded after its day it " +
			"stays late, and that it is kept never says that the matter is solved",
		"plan 2024, IV.1 (việc giao sau đối thoại); house rules", ""},
		[]grant{{RoleUnitOfficer, ofPromisedUnit}, {RoleOffice, always}}},
	{ActWithdrawKept, law{
		"who recorded that a promise was kept takes it back on the same day; what was late stays late",
		"house rules", ""},
		[]grant{{RoleUnitOfficer, ofPromisedUnit}, {RoleOffice, always}}},
	{ActBreakPromise, law{
		"who signs answers says that what was promised will not be done, and why, in words that people read",
		"house rules", ""},
		[]grant{{RoleChair, always}}},
}
