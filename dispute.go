package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// Dispute is the word of a unit that the petition it leads is another's matter (đề nghị chuyển đơn vị chủ trì). The
// work goes on until the chair decides.
type Dispute struct {
	Unit      ID   // whose matter it is; empty where it is another body's
	Elsewhere bool // another body's
	Reason    string
	By        ID
	At        calendar.Instant
	Waits     bool // for the chair
}

// The fields of the forms of a dispute.
const (
	FieldDisputeUnit   = "cua-don-vi"
	FieldDisputeReason = "de-nghi-chuyen-ly-do"
	FieldKeepReason    = "giu-ly-do"
)

// ParameterDispute is the term within which a unit may dispute, from the day on which it got the work.
const ParameterDispute = "dispute.within"

// DisputeUntil is the last day on which the lead may dispute that the matter is its own.
func (p Petition) DisputeUntil(within calendar.Term, c calendar.Calendar) calendar.Date {
	return c.Due(p.AssignedAt.Date(), within)
}

// Disputable reports why the lead can't dispute now; nil: it can. last is the last dispute on the petition, nil where
// there was none.
//
// In this order: a unit has the work; nobody disputed since it got it; the term is not over.
func (p Petition) Disputable(last *Dispute, within calendar.Term, today calendar.Date, c calendar.Calendar) error {
	switch {
	case !p.InUnit() || p.LeadUnitID == "":
		return Refuse(Conflict, "error.conflict")
	case last != nil && !last.At.Before(p.AssignedAt):
		return Refuse(Conflict, "petition.dispute.problem.again")
	case today.After(p.DisputeUntil(within, c)):
		return Refuse(Conflict, "petition.dispute.problem.late")
	}
	return nil
}

// Dispute says that the matter is another unit's, or another body's. Nothing of the petition changes by that.
//
// In this order: it is disputable now ([Petition.Disputable]); the unit that is meant could have the petition
// ([Petition.HandOver]), or another body is meant; a reason is given.
func (p Petition) Dispute(
	d Dispute, last *Dispute, meant Unit, s Subject, within calendar.Term, today calendar.Date, c calendar.Calendar,
) (Facts, error) {
	if err := p.Disputable(last, within, today, c); err != nil {
		return Facts{}, err
	}
	ps := problems{of: "petition.hand_over.problem."}
	if !d.Elsewhere {
		ps.fits(FieldDisputeUnit, p, meant, s, today)
	}
	ps.text(FieldDisputeReason, "reason", d.Reason, MaxMatter)
	if err := ps.refuse(); err != nil {
		return Facts{}, err
	}
	return Facts{FromUnit: p.LeadUnitID, Unit: meant.ID}, nil
}

// KeepLead leaves a disputed petition where it is, with a word why.
func (p Petition) KeepLead(last *Dispute, reason string) (Facts, error) {
	if last == nil || !last.Waits {
		return Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "petition.dispute.problem."}
	ps.text(FieldKeepReason, "keep_reason", reason, MaxMatter)
	return Facts{Unit: p.LeadUnitID}, ps.refuse()
}

// Acts on disputes.
const (
	ActDisputePetition Act = "dispute_petition"
	ActKeepLead        Act = "keep_lead"
)

// SettlesDispute reports whether the act ends a dispute that waits: the chair decided, another ruling came, or the unit
// answered after all.
func (a Act) SettlesDispute() bool {
	return slices.Contains([]Act{ActKeepLead, ActHandOverPetition, ActSubmitAnswer}, a) || a.Rules()
}

var disputeActs = []actRow{
	{ActDisputePetition, law{
		"the lead says once, within the term, that the matter is another's, and whose; the clock goes on",
		"house rule; no article", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, ofLeadUnit}}},
	{ActKeepLead, law{"the chair decides that a disputed petition stays with its unit, with a word why",
		"house rule: who gave the work decides whose it is", ""},
		[]grant{{RoleChair, always}}},
}
