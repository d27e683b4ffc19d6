package doithoai

import "doithoai/calendar"

// HandOver gives the work on a petition to another unit (chuyển đơn vị chủ trì), for a reason.
type HandOver struct {
	To     ID
	Reason string
}

// The fields of a hand-over's form.
const (
	FieldHandOverTo     = "chuyen-den"
	FieldHandOverReason = "chuyen-ly-do"
)

// HandOver gives the petition to another unit. Nothing of its clock changes, so that no order of acts makes late work
// timely; it is counted for good.
//
// In this order: a unit has the work ([Petition.InUnit]); the other is one of the authority's that is in force, and not
// the same; the opinion is not about one of its officers, and one on conduct goes to the office; a reason is given. to
// is the authority's unit of the hand-over's id, the zero one where there is none.
func (p Petition) HandOver(h HandOver, to Unit, s Subject, today calendar.Date) (Petition, Facts, error) {
	switch {
	case p.LeadUnitID == "" && p.Open():
		return p, Facts{}, Refuse(Conflict, "petition.hand_over.problem.by_chair")
	case !p.InUnit():
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "petition.hand_over.problem."}
	ps.fits(FieldHandOverTo, p, to, s, today)
	ps.text(FieldHandOverReason, "reason", h.Reason, MaxMatter)
	if err := ps.refuse(); err != nil {
		return p, Facts{}, err
	}
	facts := Facts{FromUnit: p.LeadUnitID, Unit: to.ID, HandedOver: true}
	p = p.ledBy(to.ID)
	p.HandedOver++
	return p, facts, nil
}

// fits adds a problem where the unit can't have the petition from the one that leads it.
func (ps *problems) fits(field string, p Petition, to Unit, s Subject, today calendar.Date) {
	switch {
	case to.ID == "":
		ps.add(field, "unit")
	case !calendar.Within(today, to.From, to.To):
		ps.add(field, "over", "unit", to.Name)
	case to.ID == p.LeadUnitID:
		ps.add(field, "same", "unit", to.Name)
	case oneOf(to.ID, s.ConcernedUnits):
		ps.add(field, "concerned", "unit", to.Name)
	case s.Conduct && !to.Office:
		ps.add(field, "conduct")
	}
}

// InUnit reports whether a unit has the work: nobody signs or dispatches its answer now.
func (p Petition) InUnit() bool {
	return oneOf(p.State, []PetitionState{PetitionProcessing, PetitionReturned, PetitionPaused})
}

// ruledOver counts a hand-over that another ruling makes: a petition that had a lead is led by another one, be it that
// it was ended between.
func (p Petition) ruledOver(old *Petition, facts *Facts) Petition {
	if old != nil && old.LeadUnitID != p.LeadUnitID {
		p.HandedOver++
		facts.FromUnit, facts.HandedOver = old.LeadUnitID, true
	}
	return p
}

// ActHandOverPetition gives a petition to another unit, for a reason.
const ActHandOverPetition Act = "hand_over_petition"

var handOverActs = []actRow{
	{ActHandOverPetition, law{
		"the work on a petition goes to another unit, for a reason; the clock goes on, and it is counted",
		"Luật Tiếp công dân 42/2013 Đ.26 by analogy (L); house rule: one lead, no passing back and forth", ""},
		[]grant{{RoleOffice, always}, {RoleChair, always}}},
}
