package doithoai

// FieldOfficer is the field of the form in which the officer of a petition is chosen.
const FieldOfficer = "can-bo-xu-ly"

// Give says which officer of the unit that leads works on the petition (cán bộ xử lý); empty: nobody any more. The work
// stays the unit's, and every officer of it may go on with it.
//
// In this order: a unit has the work ([Petition.InUnit]); that somebody else has it, or nobody, is no change; the
// officer works in the unit today, and the opinion is not about them. of are the officers of the unit today.
func (p Petition) Give(to ID, of []ID, s Subject) (Petition, Facts, error) {
	switch {
	case !p.InUnit() || p.LeadUnitID == "":
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	case to == p.OfficerID:
		return p, Facts{}, RefuseForm([]Problem{{Field: FieldOfficer, Key: "petition.officer.problem.same"}})
	}
	ps := problems{of: "petition.officer.problem."}
	if to != "" {
		ps.need(oneOf(to, of), FieldOfficer, "elsewhere")
		ps.need(!oneOf(to, s.Concerned), FieldOfficer, "concerned")
	}
	if err := ps.refuse(); err != nil {
		return p, Facts{}, err
	}
	p.OfficerID = to
	return p, Facts{Unit: p.LeadUnitID, Officer: to}, nil
}

// ledBy makes a unit the lead. What an officer of another one had is nobody's.
func (p Petition) ledBy(unit ID) Petition {
	if p.LeadUnitID != unit {
		p.LeadUnitID, p.OfficerID = unit, ""
	}
	return p
}

// ActGivePetition says which officer of the lead works on a petition.
const ActGivePetition Act = "give_petition"

var petitionOfficerActs = []actRow{
	{ActGivePetition, law{
		"one officer of the unit that leads works on the petition: takes it, or is given it; the work stays the unit's",
		"house rules; who takes a post over takes this over too", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}, {RoleChair, always}, {RoleSystem, always}}},
}
