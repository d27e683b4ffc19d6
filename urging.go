package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// Rung is how pressing work is: a step of the ladder of urging.
type Rung string

const (
	RungNone   Rung = ""
	RungBefore Rung = "before" // it is due soon
	RungDue    Rung = "due"    // today
	RungFirst  Rung = "late1"
	RungSecond Rung = "late2" // with a word to the vice chair in charge
	RungThird  Rung = "late3" // the chair's, named in the weekly briefing
)

// Rungs in their order, the lowest first.
var Rungs = []Rung{RungBefore, RungDue, RungFirst, RungSecond, RungThird}

// lateRungs are those after the due date with their parameters, the highest first.
var lateRungs = []struct {
	rung Rung
	key  string
}{
	{RungThird, "urging.level3"}, {RungSecond, "urging.level2"}, {RungFirst, "urging.level1"},
}

// Level is how often what is at the rung should have been urged; 0 before it is late.
func (r Rung) Level() int { return max(0, slices.Index([]Rung{RungFirst, RungSecond, RungThird}, r)+1) }

// From are the rung and those above it.
func (r Rung) From() []Rung { return Rungs[max(0, slices.Index(Rungs, r)):] }

// RungOf is the step of the ladder that a due date has reached on a day, by the parameters of that day: those of the
// group urging, in working days. A step whose parameter is not in force is left out.
func RungOf(due, today calendar.Date, rules Rules) Rung {
	if due.IsZero() {
		return RungNone
	}
	c := rules.Calendar.AsKnown()
	if due.Before(c.Overdue(today)) {
		late := c.WorkdaysBetween(c.Roll(due), today)
		for _, r := range lateRungs {
			if n, ok := rules.workdays(r.key, today); ok && late >= n {
				return r.rung
			}
		}
		return RungNone
	}
	left := c.WorkdaysBetween(today, c.Roll(due))
	n, ok := rules.workdays("urging.before", today)
	switch {
	case left <= 0:
		return RungDue
	case ok && left <= n:
		return RungBefore
	}
	return RungNone
}

// workdays is the number of a parameter on a day.
func (r Rules) workdays(key string, on calendar.Date) (int, bool) {
	p, ok := r.Parameters.At(key, on)
	if !ok {
		return 0, false
	}
	n, err := p.Int()
	return n, err == nil
}

// RungSpan is the due dates that have reached a rung on a day: from From on, from ever where it is zero, to To.
type RungSpan struct {
	Rung     Rung
	From, To calendar.Date
}

// RungSpans are the due dates that have reached a rung of the ladder on a day, the latest first: what lists ask, where
// [RungOf] asks of one due date.
func RungSpans(today calendar.Date, rules Rules) (spans []RungSpan) {
	top := RungNone
	for _, r := range lateRungs {
		if _, ok := rules.workdays(r.key, today); ok {
			top = r.rung
			break
		}
	}
	last := rules.Calendar.AsKnown().AddWorkdays(today, 1)
	if n, ok := rules.workdays("urging.before", today); ok {
		last = rules.Calendar.AsKnown().AddWorkdays(today, min(n, calendar.MaxTerm)+1)
	}
	for day := last; ; day = day.AddDays(-1) {
		r, n := RungOf(day, today, rules), len(spans)
		switch {
		case r == RungNone && day.Before(today) && top == RungNone, day.DaysUntil(today) > calendar.MaxTerm:
			return spans
		case r == RungNone:
		case n > 0 && spans[n-1].Rung == r:
			spans[n-1].From = day
		default:
			spans = append(spans, RungSpan{r, day, day})
		}
		if r != RungNone && r == top {
			spans[len(spans)-1].From = calendar.Date{}
			return spans
		}
	}
}

// Rung is the step of the ladder that a petition has reached on a day: none where no unit has the work, or its clock
// stands still. Whose answer waits for a signature, or to be dispatched, is not urged: its unit has done its part.
func (r Rules) Rung(p *Petition, today calendar.Date) Rung {
	if p == nil || !p.Urgeable() {
		return RungNone
	}
	return RungOf(p.Due, today, r)
}

// Urgeable reports whether a unit has the work and its clock runs.
func (p Petition) Urgeable() bool { return p.InUnit() && p.Running() && p.LeadUnitID != "" }

// UrgingRoute is how somebody urged.
type UrgingRoute string

const (
	RoutePaper   UrgingRoute = "paper" // công văn
	RoutePhone   UrgingRoute = "phone"
	RouteVisit   UrgingRoute = "visit"
	RouteMessage UrgingRoute = "message"
)

// UrgingRoutes in the order in which forms offer them.
var UrgingRoutes = []UrgingRoute{RoutePaper, RoutePhone, RouteVisit, RouteMessage}

// Urging is one time that somebody urged the unit which leads a petition (đôn đốc). It is kept for good and moves no
// due date. Its words, and who took it, stand outside the event.
type Urging struct {
	OpinionID ID
	Number    int // on this petition, from 1
	Rung      Rung
	Due       calendar.Date // for which it was done
	UnitID    ID            // that led
	Route     UrgingRoute
	DocNumber string           // of the paper
	Dated     calendar.Date    // of the paper
	HeldAt    calendar.Instant // of what was said: when
	TakenBy   string           // who took it; may be empty of a paper and of a message
	Words     string
	By        ID
	At        calendar.Instant
	Replies   []UrgingReply
}

// UrgingReply is what the unit says to an urging. The day that it names binds nobody: no due date follows it.
type UrgingReply struct {
	Number int // on this urging, from 1
	Cause  string
	Until  calendar.Date // by which the unit means to be done
	From   string        // who told the office; empty: the unit wrote it
	By     ID
	At     calendar.Instant
}

// MaxUrgings bounds the urgings on a petition, and the replies to each.
const MaxUrgings = 50

// The fields of the forms of urging.
const (
	FieldUrgingRoute  = "don-doc-cach"
	FieldUrgingNumber = "don-doc-so"
	FieldUrgingDated  = "don-doc-ngay-van-ban"
	FieldUrgingDay    = "don-doc-ngay"
	FieldUrgingTaken  = "don-doc-nguoi-nhan"
	FieldUrgingWords  = "don-doc-noi-dung"
	FieldReplyCause   = "tra-loi-don-doc"
	FieldReplyUntil   = "tra-loi-don-doc-hen"
	FieldReplyFrom    = "tra-loi-don-doc-nguoi"
)

// Problems are the reasons why an urging can't be as it was typed, whichever petition it is on: a paper has its number
// and a date that is past; what was said has its moment, and by telephone or face to face who took it; there are words.
func (u Urging) Problems(now calendar.Instant) []Problem {
	ps := problems{of: "urging.problem."}
	ps.need(oneOf(u.Route, UrgingRoutes), FieldUrgingRoute, "route")
	switch u.Route {
	case RoutePaper:
		ps.number(FieldUrgingNumber, "number", u.DocNumber)
		ps.need(!u.Dated.IsZero() && !u.Dated.After(now.Date()), FieldUrgingDated, "dated")
	case RoutePhone, RouteVisit, RouteMessage:
		ps.need(!u.HeldAt.IsZero() && !u.HeldAt.After(now), FieldUrgingDay, "held_at")
		ps.need(u.TakenBy != "" || u.Route == RouteMessage, FieldUrgingTaken, "taken")
	}
	ps.long(FieldUrgingTaken, u.TakenBy, MaxLine)
	ps.text(FieldUrgingWords, "words", u.Words, MaxMatter)
	return ps.list
}

// Urge urges the unit that leads a petition. Nothing of the petition changes by that.
//
// In this order: a unit has the work and the clock runs; the due date has reached a step of the ladder; there is room
// for another urging; it is as it should be ([Urging.Problems]); it was done since the unit got the work. urged is how
// often it was urged before.
func (p Petition) Urge(u Urging, urged int, now calendar.Instant, rules Rules) (Urging, Facts, error) {
	rung := rules.Rung(&p, now.Date())
	switch {
	case !p.Urgeable():
		return u, Facts{}, Refuse(Conflict, "urging.problem.no_unit")
	case rung == RungNone:
		return u, Facts{}, Refuse(Conflict, "urging.problem.early")
	case urged >= MaxUrgings:
		return u, Facts{}, Refuse(Conflict, "urging.problem.many")
	}
	ps := problems{of: "urging.problem.", list: u.Problems(now)}
	if u.Route == RoutePaper {
		u.HeldAt = calendar.Instant{}
		ps.need(len(ps.list) > 0 || !u.Dated.Before(p.AssignedAt.Date()), FieldUrgingDated, "before")
	} else {
		u.DocNumber, u.Dated = "", calendar.Date{}
		ps.need(len(ps.list) > 0 || !u.HeldAt.Before(p.AssignedAt), FieldUrgingDay, "before")
	}
	if err := ps.refuse(); err != nil {
		return u, Facts{}, err
	}
	u.Number, u.Rung, u.Due, u.UnitID, u.At = urged+1, rung, p.Due, p.LeadUnitID, now
	return u, u.Facts(), nil
}

// Facts are what the urging's event says of it.
func (u Urging) Facts() Facts {
	return Facts{
		UnitUrging: u.Number, Rung: u.Rung, Due: u.Due, Unit: u.UnitID, Route: u.Route, Number: u.DocNumber, Dated: u.Dated,
		HeldAt: u.HeldAt,
	}
}

// Text is what the urging's event keeps beyond that.
func (u Urging) Text() string { return said(u.TakenBy, u.Words) }

// said puts who it was before what was said.
func said(who, words string) string {
	if who == "" {
		return words
	}
	return who + ": " + words
}

// Waits reports whether a reply to the urging is awaited: there is none, and the unit has the work still, by the due
// date for which it was urged.
func (u Urging) Waits(p *Petition) bool {
	return len(u.Replies) == 0 && p != nil && p.Urgeable() && p.LeadUnitID == u.UnitID && p.Due == u.Due
}

// Reply keeps what the unit says to an urging.
//
// In this order: somebody still has to answer the person; there is room for another reply; it says what delays the
// answer, and a day by which it is done that is not past; for an office that was told so, by whom. told reports whether
// the actor writes down what another said.
func (u Urging) Reply(p *Petition, r UrgingReply, told bool, now calendar.Instant) (UrgingReply, Facts, error) {
	switch {
	case p == nil || !p.Open():
		return r, Facts{}, Refuse(Conflict, "urging.problem.over")
	case len(u.Replies) >= MaxUrgings:
		return r, Facts{}, Refuse(Conflict, "urging.problem.many")
	}
	ps := problems{of: "urging.problem."}
	ps.text(FieldReplyCause, "cause", r.Cause, MaxMatter)
	ps.need(!r.Until.IsZero() && !r.Until.Before(now.Date()), FieldReplyUntil, "until")
	if told {
		ps.text(FieldReplyFrom, "from", r.From, MaxLine)
	} else {
		r.From = ""
	}
	if err := ps.refuse(); err != nil {
		return r, Facts{}, err
	}
	r.Number, r.At = len(u.Replies)+1, now
	return r, r.Facts(u), nil
}

// Facts are what the event of a reply says of it.
func (r UrgingReply) Facts(u Urging) Facts {
	return Facts{UnitUrging: u.Number, UnitReply: r.Number, Until: r.Until, Unit: u.UnitID}
}

// Text is what the event of a reply keeps beyond that.
func (r UrgingReply) Text() string { return said(r.From, r.Cause) }

// TellsUrging reports whether the actor, who replies to an urging of the petition, writes down what its unit said: the
// actor is not of it.
func TellsUrging(a Actor, s Subject) bool {
	return s.LeadUnitID == "" || !slices.Contains(a.UnitIDs(), s.LeadUnitID)
}

// Acts of urging.
const (
	ActUrgePetition Act = "urge_petition"
	ActReplyUrging  Act = "reply_urging"
	ActSeeWeek      Act = "see_week"
)

const urgingLaw = "plan 2024, IV.2 (đôn đốc); the levels: house rule (U)"

var urgingActs = []actRow{
	{ActUrgePetition, law{
		"who leads a petition that is nearly due or late is urged, by people; each urging is kept and moves no due date",
		urgingLaw, ""},
		[]grant{{RoleOffice, always}, {RoleChair, always}, {RoleViceChair, always}}},
	{ActReplyUrging, law{"the unit says what delays its answer, and by when it means to be done; that binds no due date",
		urgingLaw, ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}}},
	{ActSeeWeek, law{"what is late, by unit, for the weekly briefing", "plan 2024, IV.2 (đôn đốc)", "TestWeek"},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}}},
}
