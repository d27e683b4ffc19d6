package doithoai

import (
	"slices"
	"testing"

	"doithoai/calendar"
)

// TestCoUnits: who may coordinate with the lead of a petition that a ruling opens.
func TestCoUnits(t *testing.T) {
	today := calendar.DateOf(2024, 10, 25)
	units := []Unit{
		{ID: "land"}, {ID: "justice"}, {ID: "office", Office: true}, {ID: "second office", Office: true},
		{ID: "over", To: today.AddDays(-1)}, {ID: "to come", From: today.AddDays(1)}, {ID: "today", From: today, To: today},
	}
	unit := func(id ID) Unit { return units[slices.IndexFunc(units, func(u Unit) bool { return u.ID == id })] }
	for _, tt := range []struct {
		name    string
		lead    ID
		co      []ID
		subject Subject
		byChair bool
		want    []ID
		problem string
	}{
		{name: "none", lead: "land"},
		{name: "two, in the order named", lead: "land", co: []ID{"office", "justice"}, want: []ID{"office", "justice"}},
		{name: "one named twice", lead: "land", co: []ID{"justice", "justice"}, want: []ID{"justice"}},
		{name: "in force for a day", lead: "land", co: []ID{"today"}, want: []ID{"today"}},
		{name: "the lead", lead: "land", co: []ID{"land"}, problem: "co_lead"},
		{name: "over", lead: "land", co: []ID{"over"}, problem: "co_unit"},
		{name: "to come", lead: "land", co: []ID{"to come"}, problem: "co_unit"},
		{name: "of nobody here", lead: "land", co: []ID{"elsewhere"}, problem: "co_unit"},
		{name: "of whom it is", lead: "office", co: []ID{"second office"},
			subject: Subject{Conduct: true, ConcernedUnits: []ID{"second office"}}, problem: "co_concerned"},
		{name: "on conduct, not the office", lead: "office", co: []ID{"land"}, subject: Subject{Conduct: true},
			problem: "conduct"},
		{name: "on conduct, the office", lead: "office", co: []ID{"second office"}, subject: Subject{Conduct: true},
			want: []ID{"second office"}},
		{name: "with the chair", co: []ID{"office"}, subject: Subject{Conduct: true}, byChair: true, problem: "co_chair"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Ruling{Code: RulingLater, Due: today, ByChair: tt.byChair, CoUnits: tt.co}
			lead := Unit{}
			if tt.lead != "" {
				lead = unit(tt.lead)
			}
			_, _, facts, err := Opinion{ID: "o"}.Rule(r.Asked(), lead, units, tt.subject, nil, today, answering(t))
			if tt.problem == "" {
				if err != nil || !slices.Equal(facts.CoUnits, tt.want) {
					t.Errorf("coordinate %v, %v, want %v", facts.CoUnits, err, tt.want)
				}
				return
			}
			p := ProblemsOf(err)
			if len(p) != 1 || p[0].Field != FieldCoUnits || p[0].Key != "petition.ruling.problem."+tt.problem {
				t.Errorf("problems %v, want %s", p, tt.problem)
			}
		})
	}
	if r := (Ruling{Code: RulingOnTheSpot, CoUnits: []ID{"land"}}).Asked(); r.CoUnits != nil {
		t.Errorf("what opens nothing has units that coordinate: %v", r.CoUnits)
	}
}

// TestAsRuled: an opinion of the same matter is ruled as the one before it.
func TestAsRuled(t *testing.T) {
	rules, today := answering(t), calendar.DateOf(2024, 10, 25)
	rule, _ := RuleOf(RulingLater)
	proposed, _ := rules.Propose(rule, today)
	for _, tt := range []struct {
		name     string
		due      calendar.Date
		proposed bool
	}{
		{"as proposed", proposed.Rolled, false},
		{"earlier", today, false},
		{"past", today.AddDays(-1), true},
		{"put off since", proposed.Rolled.AddDays(1), true},
	} {
		p := Petition{LeadUnitID: "land", Due: tt.due, State: PetitionProcessing}
		o := Opinion{Ruling: RulingLater, OutOfScope: true, FieldCode: "dat-dai", Headline: "Đất"}
		r, ok := o.AsRuled("", "", OutsideBody{}, Refusal{}, &p, []ID{"justice"}, today, rules)
		if !ok || r.LeadUnitID != "land" || !slices.Equal(r.CoUnits, []ID{"justice"}) || r.Proposed != tt.proposed ||
			!r.OutOfScope || r.FieldCode != "dat-dai" || r.Headline != "" || r.Agreement != "" {
			t.Errorf("%s: %+v, %v", tt.name, r, ok)
		}
	}
	r, ok := Opinion{Ruling: RulingOnTheSpot}.AsRuled(
		"Không cần giấy này.", "Bà Minh Họa", OutsideBody{}, Refusal{}, nil, nil, today, rules)
	if !ok || r.Text != "Không cần giấy này." || r.AnsweredBy != "Bà Minh Họa" || !r.Due.IsZero() ||
		r.Agreement != AgreementNotAsked {
		t.Errorf("answered on the spot: %+v, %v", r, ok)
	}
	for _, code := range []RulingCode{"", RulingComplaint, RulingDenunciation} {
		if r, ok := (Opinion{Ruling: code}).AsRuled("", "", OutsideBody{}, Refusal{}, nil, nil, today, rules); ok {
			t.Errorf("%q takes another opinion with it: %+v", code, r)
		}
	}
}

func TestSummarise(t *testing.T) {
	long := make([]rune, MaxShown+1)
	for i := range long {
		long[i] = 'ộ'
	}
	o, err := Opinion{Content: "Nói"}.Summarise(string(long[1:]))
	if err != nil || o.Summary == "" || o.Content != "Nói" {
		t.Errorf("%+v, %v", o, err)
	}
	if o, err = o.Summarise(""); err != nil || o.Summary != "" {
		t.Errorf("taken away: %+v, %v", o, err)
	}
	if _, err = o.Summarise(string(long)); KindOf(err) != Invalid || ProblemsOf(err)[0].Field != FieldSummary {
		t.Errorf("too long: %v", err)
	}
}
