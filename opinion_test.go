package doithoai

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

func TestRuleOpinion(t *testing.T) {
	today := calendar.DateOf(2024, 10, 25)
	land, office := Unit{ID: "land"}, Unit{ID: "office", Office: true}
	later := Ruling{Code: RulingLater, LeadUnitID: "land", Due: calendar.DateOf(2024, 11, 8)}
	tests := []struct {
		name      string
		ruling    Ruling
		lead      Unit
		conduct   bool
		petition  *Petition
		problems  []string
		concerned []ID
		opens     bool
	}{
		{name: "answered on the spot", ruling: Ruling{Code: RulingOnTheSpot, Text: "Được ngay."}},
		{name: "answered on the spot, nothing said", ruling: Ruling{Code: RulingOnTheSpot},
			problems: []string{"tra-loi petition.ruling.problem.text_tl_ngay"}},
		{name: "later", ruling: later, lead: land, opens: true},
		{name: "later, due today", ruling: Ruling{Code: RulingLater, Due: today}, lead: land, opens: true},
		{name: "later without unit and date", ruling: Ruling{Code: RulingLater},
			problems: []string{"don-vi petition.ruling.problem.unit", "han petition.ruling.problem.due"}},
		{name: "due yesterday", ruling: Ruling{Code: RulingLater, Due: today.AddDays(-1)}, lead: land,
			problems: []string{"han petition.ruling.problem.due_past"}},
		{name: "coordinate", ruling: Ruling{Code: RulingCoordinate, Due: today.AddDays(21)}, lead: land, opens: true},
		{name: "to the superior", ruling: Ruling{Code: RulingSuperior, Due: today.AddDays(21)}, lead: office, opens: true},
		{name: "conduct to a unit", ruling: later, lead: land, conduct: true,
			problems: []string{"don-vi petition.ruling.problem.conduct"}},
		{name: "conduct to the office", ruling: later, lead: office, conduct: true, opens: true},
		{name: "conduct to the office, of which it is", ruling: later, lead: office, conduct: true,
			concerned: []ID{office.ID}, problems: []string{"don-vi petition.ruling.problem.concerned"}},
		{name: "conduct to the chair", ruling: Ruling{Code: RulingLater, Due: later.Due, ByChair: true}, conduct: true,
			concerned: []ID{office.ID}, opens: true},
		{name: "the chair leads nothing else", ruling: Ruling{Code: RulingLater, Due: later.Due, ByChair: true},
			problems: []string{"don-vi petition.ruling.problem.unit"}},
		{name: "another body, not said which", ruling: Ruling{Code: RulingOtherBody},
			problems: []string{"tra-loi petition.ruling.problem.text_cq_khac"}},
		{name: "complaint", ruling: Ruling{Code: RulingComplaint}},
		{name: "denunciation", ruling: Ruling{Code: RulingDenunciation, HandedOver: true}},
		{name: "denunciation not handed over", ruling: Ruling{Code: RulingDenunciation},
			problems: []string{"da-chuyen petition.ruling.problem.handed_over"}},
		{name: "not accepted without ground", ruling: Ruling{Code: RulingNotAccepted},
			problems: []string{"huong refusal.problem.chair", "tra-loi petition.ruling.problem.text_ktn"}},
		{name: "no such ruling", ruling: Ruling{Code: "XX"}, problems: []string{"huong petition.ruling.problem.code"}},
		{name: "corrected while processing", ruling: Ruling{Code: RulingComplaint},
			petition: &Petition{State: PetitionProcessing, Due: later.Due}},
		{name: "corrected when the answer came back", ruling: Ruling{Code: RulingComplaint},
			petition: &Petition{State: PetitionReturned, Due: later.Due}},
		{name: "never too late for a denunciation", ruling: Ruling{Code: RulingDenunciation, HandedOver: true},
			petition: &Petition{State: PetitionSigned}},
		{name: "text too long", ruling: Ruling{Code: RulingOnTheSpot, Text: strings.Repeat("a", MaxMatter+1)},
			problems: []string{"tra-loi error.problem.too_long"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := Opinion{ID: "o", AuthorityID: "a"}
			next, opened, facts, err := o.Rule(tt.ruling, tt.lead, nil,
				Subject{Conduct: tt.conduct, ConcernedUnits: tt.concerned}, tt.petition, today, answering(t))
			var got []string
			for _, p := range ProblemsOf(err) {
				got = append(got, p.Field+" "+p.Key)
			}
			switch {
			case !slices.Equal(got, tt.problems):
				t.Fatalf("problems %q, want %q", got, tt.problems)
			case len(tt.problems) > 0 && KindOf(err) != Invalid, len(tt.problems) == 0 && err != nil:
				t.Fatalf("error %v", err)
			case err != nil && next != o:
				t.Error("a refused ruling changed the opinion")
			case err == nil && tt.petition != nil && !tt.opens && opened.State != PetitionEnded:
				t.Errorf("the petition goes on: %+v", opened)
			case err == nil && (next.Ruling != tt.ruling.Code || facts.To != string(tt.ruling.Code)):
				t.Errorf("ruled %q, facts %q", next.Ruling, facts.To)
			case (opened != nil && opened.State == PetitionProcessing) != tt.opens:
				t.Errorf("opens a petition: %+v", opened)
			case tt.opens &&
				(opened.LeadUnitID != tt.lead.ID || opened.Due != tt.ruling.Due || opened.State != PetitionProcessing):
				t.Errorf("petition %+v", opened)
			}
		})
	}
}

// TestRulingTooLate: each state in which a ruling stays as it is says its own why.
func TestRulingTooLate(t *testing.T) {
	rulable := []PetitionState{PetitionProcessing, PetitionReturned, PetitionEnded}
	for _, state := range PetitionStates {
		p := Petition{State: state, Due: calendar.DateOf(2024, 11, 8)}
		_, _, _, err := Opinion{}.Rule(
			Ruling{Code: RulingComplaint}, Unit{}, nil, Subject{}, &p, calendar.DateOf(2024, 10, 25), answering(t))
		want := ""
		if !slices.Contains(rulable, state) {
			want = "petition.ruling.problem." + string(state)
		}
		if got := refusal(err); got != want || want != "" && KindOf(err) != Conflict {
			t.Errorf("%s: %v, want %q", state, err, want)
		}
	}
}

// TestRulingAsked takes of a form filled in for every choice only what the chosen one asks for.
func TestRulingAsked(t *testing.T) {
	all := Ruling{
		LeadUnitID: "land", Due: calendar.DateOf(2024, 11, 8), Text: "Lời", AnsweredBy: "Ông Mẫu", Agreement: AgreementNo,
		OutOfScope: true, HandedOver: true, Proposed: true, Reason: "Phải đo đạc", CoUnits: []ID{"justice"},
		Refusal: Refusal{Ground: RefusedScope, By: "chair"}, Guidance: Guidance{Kind: GuidedToComplain},
	}
	refused := Ruling{
		Text: "Lời", AnsweredBy: "Ông Mẫu", OutOfScope: true, Refusal: Refusal{Ground: RefusedScope, By: "chair"},
	}
	guided := Ruling{AnsweredBy: "Ông Mẫu", OutOfScope: true, Guidance: Guidance{Kind: GuidedToComplain}}
	answered := Ruling{Text: "Lời", AnsweredBy: "Ông Mẫu", Agreement: AgreementNo, OutOfScope: true}
	assigned := Ruling{
		LeadUnitID: "land", Due: calendar.DateOf(2024, 11, 8), Proposed: true, Reason: "Phải đo đạc", OutOfScope: true,
		CoUnits: []ID{"justice"},
	}
	for code, want := range map[RulingCode]Ruling{
		RulingOnTheSpot: answered, RulingOtherBody: answered, RulingLater: assigned, RulingCoordinate: assigned,
		RulingSuperior: assigned, RulingComplaint: guided, RulingNotAccepted: refused,
		RulingDenunciation: {OutOfScope: true, HandedOver: true},
	} {
		r := all
		r.Code, want.Code = code, code
		if got := r.Asked(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", code, got, want)
		}
	}
	if got := (Ruling{Code: RulingOnTheSpot, Agreement: "x"}).Asked().Agreement; got != AgreementNotAsked {
		t.Errorf("an agreement that is none became %q", got)
	}
}

func TestRegisterNumber(t *testing.T) {
	for want, n := range map[RegisterNumber]int64{"ND-26-0417": 417, "ND-26-12345": 12345} {
		if got := NewRegisterNumber("ND", 2026, n); got != want {
			t.Errorf("number %s, want %s", got, want)
		}
	}
}
