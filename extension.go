package doithoai

import (
	"unicode/utf8"

	"doithoai/calendar"
)

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
	case p.Late(today, c):
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
	default:
		ps.works("gia-han-den", e.To, c)
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

// ExtensionProposal is the extension that somebody who works on a petition asks of who signs its answer.
type ExtensionProposal struct {
	Extension
	By ID
	At calendar.Instant
}

// ProposeExtension asks for an extension. waiting is what was asked before and waits; nil: nothing does.
//
// In this order: nothing waits; the extension is one that could be made at once ([Petition.Extend]).
func (p Petition) ProposeExtension(
	e Extension, waiting *ExtensionProposal, limits ExtensionLimits, today calendar.Date, c calendar.Calendar,
) (Facts, error) {
	if waiting != nil {
		return Facts{}, Refuse(Conflict, "petition.extension.problem.waiting")
	}
	if _, _, err := p.Extend(e, limits, today, c); err != nil {
		return Facts{}, err
	}
	return Facts{From: p.Due.String(), Due: e.To}, nil
}

// Acts on extensions.
const (
	ActExtendPetition    Act = "extend_petition" // also as it was proposed
	ActProposeExtension  Act = "propose_extension"
	ActDeclineExtension  Act = "decline_extension"
	ActWithdrawExtension Act = "withdraw_extension"
)

var extensionAsked = condition{"extension_asked", "the actor proposed the extension that waits, or waited last",
	func(a Actor, _ Seat, s Subject) bool {
		return a.ID != "" && a.ID == s.ExtensionBy
	}}

var extensionActs = []actRow{
	{ActProposeExtension, law{
		"who works on the petition asks who signs for a later due date, with the reason; nothing moves by that",
		"house rule; no article", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}}},
	{ActExtendPetition, law{
		"who signs answers puts the due date off, of their own or as proposed, before it, with a reason that the person " +
			"is told",
		"Luật Tiếp công dân 42/2013 Đ.28 by analogy (L); limits are house defaults", ""},
		[]grant{{RoleChair, always}}}, // who signs the answer
	{ActDeclineExtension, law{"who signs leaves the due date where it is, with a word why", "house rule; no article", ""},
		[]grant{{RoleChair, always}}},
	{ActWithdrawExtension, law{"who proposed an extension takes it back while it waits", "house rule; no article", ""},
		[]grant{{RoleUnitOfficer, extensionAsked}, {RoleOffice, extensionAsked}}},
}
