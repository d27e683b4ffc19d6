package doithoai

import (
	_ "embed" // of the grounds
	"encoding/json"
	"slices"

	"doithoai/calendar"
)

// RefusalGround is why an opinion is not accepted (không tiếp nhận), in a word. More is said in the words that the
// person reads.
type RefusalGround string

const (
	RefusedUnclear   RefusalGround = "unclear"   // what is meant can't be told, also after the person was asked
	RefusedAnonymous RefusalGround = "anonymous" // without name and address, and without evidence to follow
	RefusedRepeated  RefusalGround = "repeated"  // answered before; nothing new is said
	RefusedSettled   RefusalGround = "settled"   // a court's judgment or a final decision has settled it
	RefusedElsewhere RefusalGround = "elsewhere" // a complaint, a denunciation or a suit about it is being dealt with
	RefusedAbuse     RefusalGround = "abuse"     // insults or threatens
	RefusedScope     RefusalGround = "scope"     // nothing that an office decides on; explained to the person
)

// A RefusalRow is a ground with the legal bases that it has had, the newest first. One without any is a house ground:
// who refuses on it names the basis.
type RefusalRow struct {
	Ground RefusalGround  `json:"ground"`
	Bases  []RefusalBasis `json:"bases"`
}

// RefusalBasis is the legal basis of a ground from a day on, absent where it is older than what is dealt with.
type RefusalBasis struct {
	From      calendar.Date      `json:"from"`
	Text      string             `json:"text"`
	Certainty calendar.Certainty `json:"certainty"`
}

//go:embed refusal_grounds.json
var refusalGrounds []byte

// RefusalGrounds in the order in which forms offer them, with bases of NĐ 20/2008 Đ.1, Đ.7, Luật 42/2013 Đ.9 and NĐ
// 154/2026 Đ.4 k.1.
var RefusalGrounds = func() (rows []RefusalRow) {
	if err := json.Unmarshal(refusalGrounds, &rows); err != nil {
		panic("the grounds of refusals: " + err.Error())
	}
	return rows
}()

// BasisOn is the legal basis of the ground on a day, "" of a house ground.
func (r RefusalRow) BasisOn(day calendar.Date) string {
	for _, b := range r.Bases {
		if !day.Before(b.From) {
			return b.Text
		}
	}
	return ""
}

// refusalRow finds a ground.
func refusalRow(g RefusalGround) (RefusalRow, bool) {
	i := slices.IndexFunc(RefusalGrounds, func(r RefusalRow) bool { return r.Ground == g })
	if i < 0 {
		return RefusalRow{}, false
	}
	return RefusalGrounds[i], true
}

// Refusal is that an opinion is not accepted: on which ground, by which legal basis, and who decided so. What the
// person reads is the text of the ruling.
type Refusal struct {
	Ground RefusalGround
	Basis  string // as typed; empty: that of the ground
	By     ID     // who decided: one who may refuse
}

// Filled is the refusal with the basis of its ground on a day, where none was typed.
func (f Refusal) Filled(day calendar.Date) Refusal {
	if row, ok := refusalRow(f.Ground); ok && f.Basis == "" {
		f.Basis = row.BasisOn(day)
	}
	return f
}

// The fields of a refusal in the forms of a ruling.
const (
	FieldRefusal      = "ly-do-khong-nhan"
	FieldRefusalBasis = "can-cu-khong-nhan"
	FieldRefusalBy    = "nguoi-quyet-dinh"
)

// MaxRefusalBasis bounds the legal basis of a refusal, in characters.
const MaxRefusalBasis = 5 * MaxLine

// grounded adds what is wrong with ground and basis.
func (ps *problems) grounded(f Refusal) {
	_, known := refusalRow(f.Ground)
	of := problems{of: "refusal.problem."}
	of.need(known, FieldRefusal, "ground")
	of.need(!known || f.Basis != "", FieldRefusalBasis, "basis")
	of.long(FieldRefusalBasis, f.Basis, MaxRefusalBasis)
	ps.join(of.list)
}

// refuses adds what is wrong with a ruling by which an opinion is not accepted.
//
// In this order: who rules may refuse it, or keys what was decided at a dialogue, whose minutes the chair has yet to
// sign; the ground is one of [RefusalGrounds]; a legal basis is named; who decided is one of those who may refuse it.
func (ps *problems) refuses(r Ruling) {
	of := problems{of: "refusal.problem."}
	if !r.Refuses && !r.AtDialogue {
		of.add("huong", "chair")
		ps.join(of.list)
		return
	}
	ps.grounded(r.Refusal)
	may := slices.ContainsFunc(r.Refusers, func(s Signer) bool { return s.ID == r.Refusal.By })
	of.need(may, FieldRefusalBy, "by")
	ps.join(of.list)
}

// RefusersOf are those of some officers, with roles and seats of a day, who may decide that an opinion is not accepted.
func RefusersOf(officers []Officer, s Subject) []Signer { return seated(officers, ActRefuseOpinion, s) }

// RefusalProposal asks the chair not to accept an opinion. Nothing is decided by it, and the person is told nothing.
type RefusalProposal struct {
	Refusal        // By is who proposes it
	Words   string // that the person is to read
	At      calendar.Instant
}

// ProposeRefusal asks the chair not to accept the opinion.
//
// In this order: it may be ruled on ([Petition.Rulable]), and is not refused already; the ground is one of
// [RefusalGrounds]; a legal basis is named; the words that the person is to read are there. Another proposal takes the
// place of one that waits; any ruling settles it.
func (o Opinion) ProposeRefusal(p RefusalProposal, petition *Petition) (Facts, error) {
	switch {
	case petition != nil && !petition.Rulable():
		return Facts{}, Refuse(Conflict, "petition.ruling.problem."+string(petition.State))
	case o.Ruling == RulingNotAccepted || o.Ruling == RulingWithdrawn:
		return Facts{}, Refuse(Conflict, "refusal.problem.over")
	}
	ps := problems{of: "petition.ruling.problem."}
	ps.grounded(p.Refusal)
	ps.text("tra-loi", "text_ktn", p.Words, MaxMatter)
	if err := ps.refuse(); err != nil {
		return Facts{}, err
	}
	return Facts{From: string(o.Ruling), Refusal: p.Ground}, nil
}

// DeclineRefusal leaves the opinion to be dealt with, against what was proposed: why is said to who proposed it.
func (p RefusalProposal) DeclineRefusal(why string) (Facts, error) {
	return Facts{Refusal: p.Ground}, RefuseForm(ReasonProblems(FieldRefusalDeclined, why))
}

// FieldRefusalDeclined is the field in which is said why an opinion is to be dealt with.
const FieldRefusalDeclined = "vi-sao-tiep-nhan"

// Record is the proposal's text in its event.
func (p RefusalProposal) Record() string { return p.Words + " [" + p.Basis + "]" }

// RefusalIn is the refusal by which an opinion stands as it is, as its events have it; the basis is not among them.
func RefusalIn(events []Event) (f Refusal, at calendar.Instant) {
	for _, e := range slices.Backward(events) {
		if e.Act.Rules() {
			return Refusal{Ground: e.Facts.Refusal, By: e.Facts.DecidedBy}, e.At
		}
	}
	return f, at
}

// Acts of not accepting an opinion. The refusal itself is a ruling.
const (
	ActRefuseOpinion  Act = "refuse_opinion"
	ActProposeRefusal Act = "propose_refusal"
	ActDeclineRefusal Act = "decline_refusal"
)

const refusalLaw = "NĐ 20/2008 Đ.1, Đ.6–7 (C); Luật 42/2013 Đ.9; NĐ 154/2026 Đ.4 k.1, k.3, k.4 from 1/7/2026 (C)"

var refusalActs = []actRow{
	{ActRefuseOpinion, law{
		"an opinion is not accepted only by who may decide so: with a ground, a legal basis and words which the person " +
			"reads; the secretary keys it as decided at a dialogue, by whom",
		refusalLaw, "TestRefuseOpinion"}, []grant{{RoleChair, always}}},
	{ActProposeRefusal, law{
		"office and secretary ask the chair not to accept an opinion; nothing is decided by that", refusalLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActDeclineRefusal, law{
		"the chair has an opinion dealt with that was proposed not to be accepted, and says why",
		"NĐ 154/2026 Đ.4 k.4 (C)", ""}, []grant{{RoleChair, always}}},
}
