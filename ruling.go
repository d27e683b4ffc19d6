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
	RulingWithdrawn    RulingCode = "RUT"         // who raised it has withdrawn it: no decision of the chair
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
	ByAsker       bool   // who raised it decided so; no form offers it among the others
}

// RulingRules are the rulings in the order of the forms and of the keys Alt+1 … Alt+8, and last what no form offers.
// The plan of 2024, IV.1, names the first five; complaints and denunciations are kept out by NĐ 20/2008 Đ.1.
var RulingRules = []RulingRule{
	{Code: RulingOnTheSpot, NeedsText: true, ByWhom: true, Publishes: true},
	{Code: RulingLater, OpensPetition: true, Term: "answer.complex"},
	{Code: RulingCoordinate, OpensPetition: true, Term: "answer.verify"},
	{Code: RulingSuperior, OpensPetition: true, Term: "answer.verify"},
	{Code: RulingOtherBody, NeedsText: true, ByWhom: true, Publishes: true},
	{Code: RulingComplaint},
	{Code: RulingDenunciation},
	{Code: RulingNotAccepted, NeedsText: true},
	{Code: RulingWithdrawn, NeedsText: true, ByAsker: true},
}

// OfferedRulings are the rulings among which the chair decides, in their order.
func OfferedRulings() []RulingRule {
	return slices.DeleteFunc(slices.Clone(RulingRules), func(r RulingRule) bool { return r.ByAsker })
}

// Says reports whether something is said to the person with the ruling: the answer, where to go, why it is not
// accepted. Nothing is said here of the matter of a complaint, and a denunciation leaves no words at all.
func (r RulingRule) Says() bool {
	return !r.OpensPetition && !r.Guides() && r.Code != RulingDenunciation
}

// Guides reports whether the ruling leaves nothing here but where the person was guided to ([Guidance]).
func (r RulingRule) Guides() bool { return r.Code == RulingComplaint }

// SendsTo reports whether the ruling names a body to which the person is to go.
func (r RulingRule) SendsTo() bool { return r.Code == RulingOtherBody || r.Guides() }

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
	CoUnits    []ID // that coordinate with the lead, in the order named; none where nobody has to
	Due        calendar.Date
	Proposed   bool        // no date was typed: the one that stands, else the one that the ruling's term proposes
	Reason     string      // why the date lies beyond what is proposed, in words which the person reads too
	Text       string      // the answer on the spot, where to go, or the ground
	AnsweredBy string      // who answered on the spot, or guided who raised a complaint
	Body       OutsideBody // to which the person is sent; the zero one where it is in the words alone
	Guidance   Guidance    // of a complaint
	Refusal    Refusal     // of what is not accepted
	Agreement  Agreement
	OutOfScope bool
	Headline   string // empty: as it stands
	FieldCode  string // empty: as it stands
	// Class is what the opinion is said to be with the ruling, but for its field; nil: as it stands.
	Class      *Classification
	HandedOver bool // a denunciation: its file is with who receives denunciations; it can't be opened here again
	ByChair    bool // an opinion on conduct: the chair leads it, no unit does
	Signer     bool // who rules may put due dates off too ([ActExtendPetition])
	// Of what is not accepted: who may decide so ([ActRefuseOpinion]), whether who rules is one of them, and whether it
	// was raised at a dialogue that has begun and whose minutes are open.
	Refusers            []Signer
	Refuses, AtDialogue bool
	Unheard             Unheard // why it was not heard in the hall, where that is why it is answered later
	// WholeLeft: of a part, what was said whole has left as a denunciation before.
	WholeLeft bool
	// Runs is the clock that runs already, of a part whose whole a unit had got before it was split; nil: none does.
	Runs *Petition
	// PutBack is how far the due date may be put back that who rules has mistyped today ([PutBackTo]); zero: not at all.
	PutBack calendar.Date
}

// Asked is the ruling without what its code does not ask for: a form still holds what was typed for another choice.
// Whether the asker agreed is one of Agreements where it is asked.
func (r Ruling) Asked() Ruling {
	rule, _ := RuleOf(r.Code) // Rule refuses an unknown code
	if !rule.OpensPetition {
		r.LeadUnitID, r.Due, r.Proposed, r.Reason, r.ByChair = "", calendar.Date{}, false, "", false
		r.CoUnits = nil
	}
	if !rule.Says() {
		r.Text = ""
	}
	if !rule.Says() && !rule.Guides() {
		r.AnsweredBy = ""
	}
	if !rule.SendsTo() {
		r.Body = OutsideBody{}
	}
	if !rule.Guides() {
		r.Guidance = Guidance{}
	}
	if r.Code != RulingNotAccepted {
		r.Refusal = Refusal{}
	}
	if !rule.ByWhom {
		r.Agreement = ""
	} else if !oneOf(r.Agreement, Agreements) {
		r.Agreement = AgreementNotAsked
	}
	r.HandedOver = r.HandedOver && r.Code == RulingDenunciation
	if r.Code == RulingDenunciation { // nothing more is said of it
		r.Class = nil
	}
	if r.Code != RulingLater {
		r.Unheard = ""
	}
	return r
}

// Filled is the ruling with what stands on a day for what was not typed: where and when a complainant was guided to,
// and the legal basis of a refusal.
func (r Ruling) Filled(today calendar.Date) Ruling {
	if r.Code == RulingComplaint {
		r.Guidance = r.Guidance.filled(today)
	}
	r.Refusal = r.Refusal.Filled(today)
	return r
}

// Rule applies a ruling to an opinion.
//
// In this order: the code is one of [OfferedRulings]; a part is no denunciation before the whole has left as one, which
// still says it ([Opinion.Split]); an opinion whose petition is not [Petition.Rulable] keeps its
// ruling, unless it turns out to be a denunciation, which leaves from everywhere; what the ruling needs is there (unit
// and due date where a petition opens, a text where something was answered, explained or refused; for a denunciation,
// the word that it was handed over; for a complaint, to what and when the person was guided; what is not accepted is
// refused by who may, on a ground); no unit leads an opinion that is about one of its officers; an opinion on conduct
// is led by the office, or by the chair and then by no unit; units that coordinate are fit for it
// ([Ruling.coordinate]); the due date is that of [Petition.dueBy]. A headline that comes with the ruling replaces the
// one that stands. lead and co are the authority's units of the ruling's ids, as far as there are such; s is what
// permission depends on for the opinion; petition is its own, also an ended one, nil where none was ever opened.
//
// A part of an opinion that a unit had got already goes by the clock that runs ([Ruling.Runs]): as one whose petition
// was opened before, and where it was missed, that stays also without anything to answer.
//
// The new opinion, the petition as it stands then (nil where there is none) and the event's facts come back. A petition
// that was overdue is missed for good, whatever it is changed to; one that another unit leads then was handed over.
func (o Opinion) Rule(
	r Ruling, lead Unit, co []Unit, s Subject, petition *Petition, today calendar.Date, rules Rules,
) (Opinion, *Petition, Facts, error) {
	r = r.Filled(today)
	rule, ok := RuleOf(r.Code)
	if !ok || rule.ByAsker {
		return o, nil, Facts{}, RefuseForm([]Problem{{Field: "huong", Key: "petition.ruling.problem.code"}})
	}
	if r.Code == RulingDenunciation && o.PartOf != "" && !r.WholeLeft {
		return o, nil, Facts{}, RefuseForm([]Problem{{Field: "huong", Key: "classify.problem.whole_left"}})
	}
	if petition != nil && r.Code != RulingDenunciation && !petition.Rulable() {
		return o, nil, Facts{}, Refuse(Conflict, "petition.ruling.problem."+string(petition.State))
	}
	ps := problems{of: "petition.ruling.problem."}
	next := Petition{OpinionID: o.ID, AuthorityID: o.AuthorityID}
	switch {
	case petition != nil:
		next = *petition
	case r.Runs != nil:
		next = r.Runs.runOn(next)
	}
	if r.Runs != nil && r.PutBack.After(r.Runs.Due) {
		r.PutBack = r.Runs.Due
	}
	before, _ := RuleOf(o.Ruling)
	facts := Facts{From: string(o.Ruling), To: string(r.Code), Agreement: r.Agreement, OutOfScope: r.OutOfScope}
	facts.Unheard = r.Unheard
	if rule.OpensPetition {
		next = next.ledBy(r.lead(&ps, lead, s))
		facts.Unit = next.LeadUnitID
		next = next.ruledOver(petition, &facts)
		facts.CoUnits = r.coordinate(&ps, lead, co, s, today)
		next = next.dueBy(&ps, r, rule, &facts, today, rules)
	}
	if r.Code == RulingDenunciation && !r.HandedOver {
		ps.add("da-chuyen", "handed_over")
	}
	if r.Code == RulingNotAccepted {
		ps.refuses(r)
		facts.Refusal, facts.DecidedBy = r.Refusal.Ground, r.Refusal.By
	}
	if rule.Guides() {
		ps.guides(r.Guidance, o.ReceivedAt.Date(), today)
		facts.Guidance, facts.Guided = r.Guidance.Kind, r.Guidance.On
	}
	if rule.NeedsText && r.Text == "" {
		ps.add("tra-loi", "text_"+r.Code.Key())
	}
	ps.long("tra-loi", r.Text, MaxMatter)
	ps.redirects(r.Body)
	ps.long(FieldHeadline, r.Headline, MaxHeadline)
	if err := ps.refuse(); err != nil {
		return o, nil, Facts{}, err
	}
	o.Ruling, o.OutOfScope = r.Code, r.OutOfScope
	if r.Unheard != "" || r.Code == RulingOnTheSpot { // what is answered on the spot was heard after all
		o.Unheard = r.Unheard
	}
	if r.Headline != "" {
		o.Headline = r.Headline
	}
	if petition == nil && r.Runs != nil {
		next.Missed = next.Missed || next.overdue(today, rules.Calendar)
		facts.Late = next.Missed
	}
	if petition == nil && !rule.OpensPetition && !next.Missed {
		return o, nil, facts, nil
	}
	next.State = PetitionEnded
	if rule.OpensPetition {
		next.State = PetitionProcessing
	}
	if petition != nil {
		told := petition.State == PetitionEnded && before.Publishes // the person was answered, and in time
		next = next.miss(!told && petition.overdue(today, rules.Calendar) &&
			petition.State != PetitionPaused && petition.State != PetitionAnswered)
		facts.Late, next.Asked = next.missed(), false
	}
	return o, &next, facts, nil
}

// Rulable reports whether another ruling may be given: while the unit has the work, or there is none.
func (p Petition) Rulable() bool {
	return oneOf(p.State, []PetitionState{PetitionProcessing, PetitionReturned, PetitionEnded})
}

// lead is the unit that leads the petition of a ruling; empty where the chair does.
func (r Ruling) lead(ps *problems, lead Unit, s Subject) ID {
	switch {
	case s.Conduct && r.ByChair:
		return ""
	case lead.ID == "":
		ps.add("don-vi", "unit")
	case slices.Contains(s.ConcernedUnits, lead.ID):
		ps.add("don-vi", "concerned")
	case s.Conduct && !lead.Office:
		ps.add("don-vi", "conduct")
	}
	return lead.ID
}

// coordinate are the units that coordinate with the lead of a petition, each once, in the order named. Each is one of
// the authority's that is in force and not the lead; what keeps a unit from leading an opinion on conduct keeps it from
// coordinating, too, and with the chair nobody does.
func (r Ruling) coordinate(ps *problems, lead Unit, co []Unit, s Subject, today calendar.Date) (ids []ID) {
	for _, id := range r.CoUnits {
		i := slices.IndexFunc(co, func(u Unit) bool { return u.ID == id })
		switch {
		case slices.Contains(ids, id):
			continue
		case s.Conduct && r.ByChair:
			ps.add(FieldCoUnits, "co_chair")
		case i < 0 || !calendar.Within(today, co[i].From, co[i].To):
			ps.add(FieldCoUnits, "co_unit")
		case id == lead.ID:
			ps.add(FieldCoUnits, "co_lead", "unit", lead.Name)
		case slices.Contains(s.ConcernedUnits, id):
			ps.add(FieldCoUnits, "co_concerned", "unit", co[i].Name)
		case s.Conduct && !co[i].Office:
			ps.add(FieldCoUnits, "conduct")
		}
		ids = append(ids, id)
	}
	return ids
}

// FieldCoUnits is the field of forms in which the units are named that coordinate.
const FieldCoUnits = "phoi-hop"

// dueBy gives a petition the due date of a ruling.
//
// The clock of a petition starts once. One that was opened before, even where another ruling ended it, keeps its due
// date, also a past one: nobody makes late work timely by ruling again. The date may only be brought forward, to a
// working day that is not past, or put back where it was mistyped ([PutBackTo]); to put it off is [Petition.Extend]. A
// new petition's date is a working day, not past, and not after the end of the term that the ruling's parameter
// proposes; beyond that end it is an extension, and uses one up: it is for who signs answers, a reason is given, and
// the bounds are those of extensions.
func (p Petition) dueBy(
	ps *problems, r Ruling, rule RulingRule, facts *Facts, today calendar.Date, rules Rules,
) Petition {
	opened := !p.Due.IsZero()
	proposed, known := rules.Propose(rule, today)
	due := r.Due
	switch {
	case r.Proposed && opened:
		due = p.Due
	case r.Proposed && known:
		due = proposed.Rolled
	}
	facts.Due = due
	switch {
	case due.IsZero():
		ps.add("han", "due")
		return p
	case due == p.Due:
		if p.ID == "" { // a clock that ran before there was this petition
			*facts = p.reckoned(*facts)
		}
		return p
	case opened && due.After(p.Due) &&
		(due.After(r.PutBack) || p.State != PetitionProcessing || p.Late(today, rules.Calendar)):
		ps.add("han", "later", "due", p.Due.Words())
		return p
	case due.Before(today):
		ps.add("han", "due_past")
		return p
	}
	back := opened && due.After(p.Due)
	if back {
		facts.PutBack = p.Due
	}
	p.Start, p.Due, p.Term = today, due, calendar.Term{}
	p.CalendarVersion, p.CalendarKept = rules.Calendar.Version(), ""
	if known && (!opened || back) && due == proposed.Rolled {
		p.Term = proposed.Term
	}
	found := len(ps.list)
	if known && !opened && due.After(proposed.Rolled) {
		p.Extended += r.beyond(ps, due, proposed.Rolled, today, rules)
	}
	if !slices.ContainsFunc(ps.list[found:], func(q Problem) bool { return q.Field == "han" }) {
		ps.works("han", due, rules.Calendar)
	}
	*facts = p.reckoned(*facts)
	return p
}

// PutBackTo is how far an officer may put back the due date that they mistyped: until the end of today, while nothing
// but their own rulings has happened to the opinion since, so that nobody was told of it. It is the date that stood
// before them, else the one that the term of the first of them proposed. Neither was past today, and no date that is
// past can be typed: what is put back was never late. Zero: not at all. events are the opinion's, oldest first.
func PutBackTo(events []Event, officer ID, today calendar.Date, rules Rules) calendar.Date {
	n := len(events)
	theirs := []Act{ActRuleOpinion, ActSetHeadline, ActSummariseOpinion, ActClassifyOpinion}
	for n > 0 && oneOf(events[n-1].Act, theirs) && events[n-1].ActorID == officer && events[n-1].At.Date() == today {
		n--
	}
	before, own := DueEvents(events[:n]), DueEvents(events[n:])
	switch {
	case officer == "" || len(own) == 0:
		return calendar.Date{}
	case len(before) > 0:
		return before[len(before)-1].Facts.Due
	}
	first := own[0].Facts
	rule, _ := RuleOf(RulingCode(first.To))
	proposed, known := rules.Propose(rule, first.Start)
	if !known || first.Calendar != rules.Calendar.Version() || first.Due.After(proposed.Rolled) {
		return calendar.Date{}
	}
	return proposed.Rolled
}

// runOn gives a petition the clock that runs.
func (p Petition) runOn(next Petition) Petition {
	next.Start, next.Term, next.Due = p.Start, p.Term, p.Due
	next.CalendarVersion, next.Extended, next.Missed = p.CalendarVersion, p.Extended, p.Missed
	return next
}

// beyond checks a due date after the proposed one, and says how many extensions it uses up.
func (r Ruling) beyond(ps *problems, due, proposed, today calendar.Date, rules Rules) int {
	limits, err := rules.Parameters.ExtensionLimitsAt(today)
	latest := proposed
	if err == nil && limits.Times > 0 {
		latest = limits.Latest(proposed, rules.Calendar)
	}
	switch {
	case !r.Signer:
		ps.add("han", "signer", "proposed", proposed.Words())
	case due.After(latest):
		ps.add("han", "too_far", "proposed", proposed.Words(), "latest", latest.Words())
	case r.Reason == "":
		ps.add("han-ly-do", "reason", "proposed", proposed.Words())
	}
	ps.long("han-ly-do", r.Reason, MaxMatter)
	return 1
}

// MaxWithdrawn bounds in characters why an opinion was withdrawn.
const MaxWithdrawn = 500

// FieldWithdrawn is the field in which is said who withdraws the opinion, when and how they said so.
const FieldWithdrawn = "rut-ly-do"

// Withdraw ends an opinion because who raised it has withdrawn it, and said so: reason has in words who said it, when
// and how.
//
// In this order: it has no ruling, or one by which a unit has the work ([Petition.Rulable], and not ended); another one
// has answered it already, or somebody is about to sign the answer. Then the reason is there. A petition ends, and one
// that was overdue stays missed for good, as with any ruling.
func (o Opinion) Withdraw(
	reason string, petition *Petition, today calendar.Date, rules Rules,
) (Opinion, *Petition, Facts, error) {
	switch ended := petition != nil && petition.State == PetitionEnded; {
	case ended || petition == nil && o.Ruling != "":
		return o, nil, Facts{}, Refuse(Conflict, "petition.withdraw.problem.ruled")
	case petition != nil && !petition.Rulable():
		return o, nil, Facts{}, Refuse(Conflict, "petition.ruling.problem."+string(petition.State))
	}
	ps := problems{of: "petition.withdraw.problem."}
	ps.need(len(strings.Fields(reason)) >= leastReason, FieldWithdrawn, "reason")
	ps.long(FieldWithdrawn, reason, MaxWithdrawn)
	if err := ps.refuse(); err != nil {
		return o, nil, Facts{}, err
	}
	facts := Facts{From: string(o.Ruling), To: string(RulingWithdrawn), OutOfScope: o.OutOfScope}
	o.Ruling = RulingWithdrawn
	if petition == nil {
		return o, nil, facts, nil
	}
	next := *petition
	next = next.miss(petition.overdue(today, rules.Calendar))
	next.State, facts.Late = PetitionEnded, next.missed()
	return o, &next, facts, nil
}

// Withdrawable reports whether the opinion may be withdrawn as it stands.
func (o Opinion) Withdrawable(petition *Petition) bool {
	if petition == nil {
		return o.Ruling == ""
	}
	return petition.State != PetitionEnded && petition.Rulable()
}

// Acts of ruling.
const (
	ActRuleOpinion     Act = "rule_opinion"
	ActWithdrawOpinion Act = "withdraw_opinion" // who raised it, who told the office or the secretary
)

// Rules reports whether the act's event on an opinion is a ruling.
func (a Act) Rules() bool {
	return a == ActRuleOpinion || a == ActWithdrawOpinion || a == ActAnswerLater
}

var rulingActs = []actRow{
	{ActRuleOpinion, law{
		"how the opinion is dealt with; unit and due date",
		"plan 2024, IV.1; NĐ 154/2026 Đ.25 k.3 from 1/7/2026 (C); complaint and denunciation leave: NĐ 20/2008 Đ.1 (C)", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}, {RoleChair, always}}},
	{ActWithdrawOpinion, law{
		"who raised an opinion takes it back: who said so, when and how is kept",
		"Luật 02/2011 Đ.10 by analogy (L); house rules", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}}},
}
