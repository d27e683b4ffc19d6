package doithoai

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

func TestHandOverPetition(t *testing.T) {
	today := calendar.DateOf(2024, 10, 25)
	term := calendar.Term{N: 10, Unit: calendar.Workdays}
	due := today.AddDays(-3)
	money := Unit{ID: "money", Name: "Tài chính"}
	office := Unit{ID: "office", Office: true}
	for _, tt := range []struct {
		name    string
		state   PetitionState
		lead    ID
		to      Unit
		subject Subject
		reason  string
		want    string // key of the refusal, or the end of the problem's; empty: handed over
	}{
		{name: "to another unit", to: money},
		{name: "returned", state: PetitionReturned, to: money},
		{name: "paused", state: PetitionPaused, to: money},
		{name: "submitted", state: PetitionSubmitted, to: money, want: "error.conflict"},
		{name: "signed", state: PetitionSigned, to: money, want: "error.conflict"},
		{name: "answered", state: PetitionAnswered, to: money, want: "error.conflict"},
		{name: "ended", state: PetitionEnded, to: money, want: "error.conflict"},
		{name: "the chair leads", lead: "-", to: money, want: "petition.hand_over.problem.by_chair"},
		{name: "to nobody", want: "unit"},
		{name: "to the same", to: Unit{ID: "land"}, want: "same"},
		{name: "to one that is over", to: Unit{ID: "x", To: today.AddDays(-1)}, want: "over"},
		{name: "to one to come", to: Unit{ID: "x", From: today.AddDays(1)}, want: "over"},
		{name: "to whom it is about", to: office, want: "concerned",
			subject: Subject{Conduct: true, ConcernedUnits: []ID{"office"}}},
		{name: "on conduct, not the office", to: money, want: "conduct", subject: Subject{Conduct: true}},
		{name: "on conduct, the office", to: office, subject: Subject{Conduct: true}},
		{name: "without a reason", to: money, reason: "-", want: "reason"},
		{name: "for too many", to: money, reason: strings.Repeat("a", MaxMatter+1), want: "too_long"},
	} {
		p := Petition{
			LeadUnitID: "land", State: PetitionProcessing, Start: today.AddDays(-20), Term: term, Due: due, Extended: 1,
			CalendarVersion: "2024", Missed: true, HandedOver: 1,
		}
		h := HandOver{To: tt.to.ID, Reason: "Thuộc lĩnh vực tài chính."}
		if tt.state != "" {
			p.State = tt.state
		}
		if tt.lead == "-" {
			p.LeadUnitID = ""
		}
		if tt.reason != "" {
			h.Reason = strings.TrimPrefix(tt.reason, "-")
		}
		next, facts, err := p.HandOver(h, tt.to, tt.subject, today)
		if tt.want != "" {
			list := ProblemsOf(err)
			if refusal(err) != tt.want && (len(list) != 1 || !strings.HasSuffix(list[0].Key, "."+tt.want)) || next != p {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
			continue
		}
		want := p
		want.LeadUnitID, want.HandedOver = tt.to.ID, 2
		if err != nil || next != want || facts.FromUnit != "land" || facts.Unit != tt.to.ID || !facts.HandedOver {
			t.Errorf("%s: %+v, %+v, %v", tt.name, next, facts, err)
		}
	}
}

// Another ruling with another lead is a hand-over that counts, also after one that ended the petition; its clock stays.
func TestRulingCountsHandOver(t *testing.T) {
	rules, today := answering(t), calendar.DateOf(2024, 10, 25)
	rule, _ := RuleOf(RulingLater)
	proposed, _ := rules.Propose(rule, today)
	old := Petition{ID: "p", LeadUnitID: "land", State: PetitionProcessing, Due: proposed.Rolled, HandedOver: 1}
	for _, tt := range []struct {
		name  string
		state PetitionState
		lead  ID
		want  int
	}{
		{"the same", PetitionProcessing, "land", 1},
		{"another", PetitionProcessing, "money", 2},
		{"another, returned", PetitionReturned, "money", 2},
		{"another, after it was ended", PetitionEnded, "money", 2},
		{"the same, after it was ended", PetitionEnded, "land", 1},
	} {
		p := old
		p.State = tt.state
		r := Ruling{Code: RulingLater, LeadUnitID: tt.lead, Proposed: true}
		_, next, facts, err := Opinion{ID: "o", Ruling: RulingLater}.Rule(r.Asked(), Unit{ID: tt.lead}, nil, Subject{}, &p,
			today, rules)
		if err != nil || next.HandedOver != tt.want || facts.HandedOver != (tt.want > 1) || next.Due != old.Due ||
			facts.HandedOver && facts.FromUnit != "land" {
			t.Errorf("%s: %+v, %+v, %v", tt.name, next, facts, err)
		}
	}
	_, next, facts, err := Opinion{ID: "o"}.Rule(Ruling{Code: RulingLater, LeadUnitID: "land", Proposed: true}.Asked(),
		Unit{ID: "land"}, nil, Subject{}, nil, today, rules)
	if err != nil || next.HandedOver != 0 || facts.HandedOver {
		t.Errorf("the first ruling: %+v, %v", next, err)
	}
}
