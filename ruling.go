package doithoai

import (
	"slices"
	"strings"

	"doithoai/calendar"
)

// RulingCode is the ruling on an opinion (hướng xử lý), with the codes of the register.
type RulingCode string

const (
	RulingOnTheSpot    RulingCode = "TL-NGAY"     // answered on the spot
	RulingLater        RulingCode = "TL-SAU"      // to be verified, answered later
	RulingCoordinate   RulingCode = "PH"          // with other bodies
	RulingSuperior     RulingCode = "BC-CAP-TREN" // beyond competence: reported to the superior
	RulingOtherBody    RulingCode = "CQ-KHAC"     // another agency's: explained where to go
	RulingComplaint    RulingCode = "KN"          // leaves this flow: complaint
	RulingDenunciation RulingCode = "TC"          // leaves this flow: denunciation, seen by nobody here
	RulingNotAccepted  RulingCode = "KTN"         // not accepted, with ground
)

// Key is the code as the last part of a catalogue key: "TL-NGAY" gives "tl_ngay".
func (c RulingCode) Key() string { return strings.ToLower(strings.ReplaceAll(string(c), "-", "_")) }

// RulingRule is what a ruling asks for and leads to.
type RulingRule struct {
	Code          RulingCode
	OpensPetition bool   // a unit must answer by a date
	Term          string // parameter that proposes the date
	NeedsText     bool   // the answer given, where to go, or the ground of refusal
	ByWhom        bool   // who answered in the hall is asked for
	Publishes     bool   // there is something to publish at once
}

// RulingRules are the rulings in the order of the forms and of the keys Alt+1 … Alt+8. The plan of 2024, IV.1, names
// the first five; complaints and denunciations are kept out by NĐ 20/2008 Đ.1.
var RulingRules = []RulingRule{
	{Code: RulingOnTheSpot, NeedsText: true, ByWhom: true, Publishes: true},
	{Code: RulingLater, OpensPetition: true, Term: "answer.complex"},
	{Code: RulingCoordinate, OpensPetition: true, Term: "answer.verify"},
	{Code: RulingSuperior, OpensPetition: true, Term: "answer.verify"},
	{Code: RulingOtherBody, NeedsText: true, ByWhom: true, Publishes: true},
	{Code: RulingComplaint},
	{Code: RulingDenunciation},
	{Code: RulingNotAccepted, NeedsText: true},
}

// Says reports whether something is said to the person with the ruling: the answer, where to go, how to complain, why
// it is not accepted. A denunciation leaves no words here.
func (r RulingRule) Says() bool { return !r.OpensPetition && r.Code != RulingDenunciation }

// RuleOf returns what a ruling asks for.
func RuleOf(code RulingCode) (RulingRule, bool) {
	for _, r := range RulingRules {
		if r.Code == code {
			return r, true
		}
	}
	return RulingRule{}, false
}

// Agreement is whether the asker agreed with what was answered on the spot, or was not asked.
type Agreement string

const (
	AgreementNotAsked Agreement = "not_asked"
	AgreementYes      Agreement = "yes"
	AgreementNo       Agreement = "no"
)

// Agreements in the order in which forms offer them.
var Agreements = []Agreement{AgreementYes, AgreementNo, AgreementNotAsked}

// Ruling is what the chair decided on an opinion, as the secretary keys it.
type Ruling struct {
	Code       RulingCode
	LeadUnitID ID
	Due        calendar.Date
	Text       string // the answer on the spot, where to go, or the ground
	AnsweredBy string // who answered on the spot
	Agreement  Agreement
	OutOfScope bool
	Headline   string // empty: as it stands
	FieldCode  string // empty: as it stands
	HandedOver bool   // a denunciation: its file is with who receives denunciations; it can't be opened here again
	ByChair    bool   // an opinion on conduct: the chair leads it, no unit does
}

// Asked is the ruling without what its code does not ask for: a form still holds what was typed for another choice.
// Whether the asker agreed is one of Agreements where it is asked.
func (r Ruling) Asked() Ruling {
	rule, _ := RuleOf(r.Code) // Rule refuses an unknown code
	if !rule.OpensPetition {
		r.LeadUnitID, r.Due, r.ByChair = "", calendar.Date{}, false
	}
	if !rule.Says() {
		r.Text, r.AnsweredBy = "", ""
	}
	if !rule.ByWhom {
		r.Agreement = ""
	} else if !oneOf(r.Agreement, Agreements) {
		r.Agreement = AgreementNotAsked
	}
	r.HandedOver = r.HandedOver && r.Code == RulingDenunciation
	return r
}

// Rule applies a ruling to an opinion.
//
// In this order: the code is one of the eight; an opinion whose petition has gone further than processing keeps its
// ruling, unless it turns out to be a denunciation, which leaves from everywhere; what the ruling needs is there (unit
// and due date where a petition opens, a text where something was answered, explained or refused; for a denunciation,
// the word that it was handed over); the due date is not past; no unit leads an opinion that is about one of its
// officers; an opinion on conduct is led by the office, or by the chair and then by no unit. A headline that comes with
// the ruling replaces the one that stands. s is what permission
// depends on for the opinion. The new opinion, the petition to open (nil where nothing is left to do) and the event's
// facts come back.
func (o Opinion) Rule(
	r Ruling, lead Unit, s Subject, petition *Petition, today calendar.Date,
) (Opinion, *Petition, Facts, error) {
	rule, ok := RuleOf(r.Code)
	if !ok {
		return o, nil, Facts{}, RefuseForm([]Problem{{Field: "huong", Key: "petition.ruling.problem.code"}})
	}
	if petition != nil && petition.State != PetitionProcessing && r.Code != RulingDenunciation {
		return o, nil, Facts{}, Refuse(Conflict, "petition.ruling.problem.too_late")
	}
	ps := problems{of: "petition.ruling.problem."}
	if rule.OpensPetition {
		switch {
		case s.Conduct && r.ByChair:
			lead = Unit{}
		case lead.ID == "":
			ps.add("don-vi", "unit")
		case slices.Contains(s.ConcernedUnits, lead.ID):
			ps.add("don-vi", "concerned")
		case s.Conduct && !lead.Office:
			ps.add("don-vi", "conduct")
		}
		switch {
		case r.Due.IsZero():
			ps.add("han", "due")
		case r.Due.Before(today):
			ps.add("han", "due_past")
		}
	}
	if r.Code == RulingDenunciation && !r.HandedOver {
		ps.add("da-chuyen", "handed_over")
	}
	if rule.NeedsText && r.Text == "" {
		ps.add("tra-loi", "text_"+r.Code.Key())
	}
	ps.long("tra-loi", r.Text, MaxMatter)
	ps.long(FieldHeadline, r.Headline, MaxHeadline)
	if err := ps.refuse(); err != nil {
		return o, nil, Facts{}, err
	}
	facts := Facts{From: string(o.Ruling), To: string(r.Code), Agreement: r.Agreement, OutOfScope: r.OutOfScope}
	o.Ruling, o.OutOfScope = r.Code, r.OutOfScope
	if r.Headline != "" {
		o.Headline = r.Headline
	}
	if !rule.OpensPetition {
		return o, nil, facts, nil
	}
	facts.Unit, facts.Due = lead.ID, r.Due
	return o, &Petition{
		OpinionID: o.ID, AuthorityID: o.AuthorityID, LeadUnitID: lead.ID, Due: r.Due, State: PetitionProcessing,
	}, facts, nil
}

// The act of ruling.
const (
	ActRuleOpinion Act = "rule_opinion"
)

var rulingActs = []actRow{
	{ActRuleOpinion, law{
		"how the opinion is dealt with; unit and due date",
		"plan 2024, IV.1; NĐ 154/2026 Đ.25 k.3 from 1/7/2026 (C); complaint and denunciation leave: NĐ 20/2008 Đ.1 (C)", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}, {RoleChair, always}}},
}
