package doithoai

import "doithoai/calendar"

// ForOthers is a ruling as the other opinions of the same matter get it, in the act that rules one of them. Whether
// each of their askers agreed was not asked, and each keeps its own headline.
//
// A complaint or a denunciation is one person's: it takes nobody else's opinion with it.
func (r Ruling) ForOthers() (Ruling, error) {
	if r.Code == RulingComplaint || r.Code == RulingDenunciation {
		return r, Refuse(Conflict, "same.ruling.problem.one")
	}
	r.Headline, r.Class, r.Runs, r.PutBack = "", nil, nil, calendar.Date{}
	r.Agreement = AgreementNotAsked
	return r.Asked(), nil
}

// AsRuled is how an opinion of the same matter is ruled as this one stands ruled: the same code, lead, units that
// coordinate, words, body to which people are sent and ground of refusal. said, by and to are the ruling's text, who
// answered and that body; petition is its own, nil where it has none; co are the units that coordinate.
//
// The due date is the same while the term of the ruling allows it today, else the one that the term proposes. False:
// there is no ruling, or one that takes nobody else's opinion with it ([Ruling.ForOthers]).
func (o Opinion) AsRuled(
	said, by string, to OutsideBody, refused Refusal, petition *Petition, co []ID, today calendar.Date, rules Rules,
) (Ruling, bool) {
	rule, ok := RuleOf(o.Ruling)
	if !ok {
		return Ruling{}, false
	}
	r := Ruling{
		Code: o.Ruling, Text: said, AnsweredBy: by, Body: to, Refusal: refused, OutOfScope: o.OutOfScope,
		FieldCode: o.FieldCode, CoUnits: co,
	}
	if rule.OpensPetition && petition != nil {
		r.LeadUnitID, r.Due, r.ByChair = petition.LeadUnitID, petition.Due, petition.LeadUnitID == ""
		proposed, known := rules.Propose(rule, today)
		r.Proposed = r.Due.Before(today) || known && r.Due.After(proposed.Rolled)
	}
	r, err := r.ForOthers()
	return r, err == nil
}
