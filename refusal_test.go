package doithoai

import (
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// Each ground has a basis that was in force on the day, but for those of the house, of which who refuses names one.
func TestRefusalGrounds(t *testing.T) {
	before, after := calendar.DateOf(2024, 10, 25), calendar.DateOf(2026, 7, 1)
	for _, row := range RefusalGrounds {
		house := row.Ground == RefusedScope
		if (row.BasisOn(before) == "") != house || (row.BasisOn(after) == "") != house {
			t.Errorf("%s rests on %q, then on %q", row.Ground, row.BasisOn(before), row.BasisOn(after))
		}
	}
	repeated := Refusal{Ground: RefusedRepeated}
	if got := repeated.Filled(before).Basis; strings.Contains(got, "154/2026") {
		t.Errorf("a refusal of 2024 rests on %q", got)
	}
	if got := repeated.Filled(after).Basis; !strings.Contains(got, "Điểm h") {
		t.Errorf("a refusal of today rests on %q", got)
	}
	own := Refusal{Ground: RefusedRepeated, Basis: "Quy chế đối thoại"}
	if got := own.Filled(after); got != own {
		t.Errorf("the basis that was typed became %q", got.Basis)
	}
}

func TestRefuseOpinion(t *testing.T) {
	today := calendar.DateOf(2024, 10, 25)
	chairs := []Signer{{ID: "chair"}}
	fit := Ruling{
		Code: RulingNotAccepted, Text: "Đã trả lời.", Refuses: true, Refusers: chairs,
		Refusal: Refusal{Ground: RefusedRepeated, By: "chair"},
	}
	for _, tt := range []struct {
		name   string
		change func(*Ruling)
		want   []string
	}{
		{"by the chair", func(*Ruling) {}, nil},
		{"keyed at a dialogue", func(r *Ruling) { r.Refuses, r.AtDialogue = false, true }, nil},
		{"by the office", func(r *Ruling) { r.Refuses = false }, []string{"huong refusal.problem.chair"}},
		{"no ground", func(r *Ruling) { r.Refusal.Ground = "" }, []string{FieldRefusal + " refusal.problem.ground"}},
		{"a ground that is none", func(r *Ruling) { r.Refusal.Ground = "lazy" },
			[]string{FieldRefusal + " refusal.problem.ground"}},
		{"a house ground without basis", func(r *Ruling) { r.Refusal.Ground = RefusedScope },
			[]string{FieldRefusalBasis + " refusal.problem.basis"}},
		{"a house ground with one", func(r *Ruling) { r.Refusal.Ground, r.Refusal.Basis = RefusedScope, "Quy chế" }, nil},
		{"basis too long", func(r *Ruling) { r.Refusal.Basis = strings.Repeat("a", MaxRefusalBasis+1) },
			[]string{FieldRefusalBasis + " error.problem.too_long"}},
		{"nobody decided", func(r *Ruling) { r.Refusal.By = "" }, []string{FieldRefusalBy + " refusal.problem.by"}},
		{"decided by who may not", func(r *Ruling) { r.Refusal.By = "secretary" },
			[]string{FieldRefusalBy + " refusal.problem.by"}},
		{"no words", func(r *Ruling) { r.Text = "" }, []string{"tra-loi petition.ruling.problem.text_ktn"}},
	} {
		r := fit
		tt.change(&r)
		o, _, facts, err := Opinion{ID: "o"}.Rule(r.Asked(), Unit{}, nil, Subject{}, nil, today, answering(t))
		var got []string
		for _, p := range ProblemsOf(err) {
			got = append(got, p.Field+" "+p.Key)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if err == nil && (o.Ruling != RulingNotAccepted || facts.Refusal != r.Refusal.Ground || facts.DecidedBy != "chair") {
			t.Errorf("%s: %+v, facts %+v", tt.name, o, facts)
		}
	}
	if r := (Ruling{Code: RulingOnTheSpot, Refusal: fit.Refusal}).Asked(); r.Refusal != (Refusal{}) {
		t.Errorf("an answer keeps the ground of a refusal: %+v", r.Refusal)
	}
}

func TestProposeRefusal(t *testing.T) {
	fit := RefusalProposal{
		Refusal: Refusal{Ground: RefusedUnclear, Basis: "Điều 7", By: "office"}, Words: "Không rõ đề nghị gì.",
	}
	for _, tt := range []struct {
		name     string
		ruling   RulingCode
		petition *Petition
		change   func(*RefusalProposal)
		want     string
	}{
		{"before any ruling", "", nil, nil, ""},
		{"while a unit has the work", RulingLater, &Petition{State: PetitionProcessing}, nil, ""},
		{"handed in for signature", RulingLater, &Petition{State: PetitionSubmitted}, nil,
			"petition.ruling.problem.submitted"},
		{"refused already", RulingNotAccepted, nil, nil, "refusal.problem.over"},
		{"withdrawn", RulingWithdrawn, nil, nil, "refusal.problem.over"},
		{"no ground", "", nil, func(p *RefusalProposal) { p.Ground = "" }, FieldRefusal + " ground"},
		{"no basis", "", nil, func(p *RefusalProposal) { p.Basis = "" }, FieldRefusalBasis + " basis"},
		{"no words", "", nil, func(p *RefusalProposal) { p.Words = "" }, "tra-loi text_ktn"},
	} {
		p := fit
		if tt.change != nil {
			tt.change(&p)
		}
		facts, err := Opinion{Ruling: tt.ruling}.ProposeRefusal(p, tt.petition)
		if got := problemKey(err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if err == nil && (facts.Refusal != fit.Ground || facts.DecidedBy != "" || facts.To != "") {
			t.Errorf("%s: facts %+v", tt.name, facts)
		}
	}
}

func TestDeclineRefusal(t *testing.T) {
	p := RefusalProposal{Refusal: Refusal{Ground: RefusedAbuse}}
	facts, err := p.DeclineRefusal("Nội dung vẫn phải trả lời.")
	if err != nil || facts.Refusal != RefusedAbuse {
		t.Errorf("facts %+v, %v", facts, err)
	}
	if _, err := p.DeclineRefusal(""); problemKey(err) != FieldRefusalDeclined+" reason" {
		t.Errorf("declined without a word: %v", err)
	}
}

// What is left of a complaint is where and when the person was guided to, whatever else was typed.
func TestGuidance(t *testing.T) {
	today := calendar.DateOf(2024, 10, 25)
	o := Opinion{ReceivedAt: calendar.InstantAt(today.AddDays(-3), 9, 0)}
	for _, tt := range []struct {
		name string
		g    Guidance
		want string
	}{
		{"nothing typed", Guidance{}, ""},
		{"to complain, the day before", Guidance{GuidedToComplain, today.AddDays(-1)}, ""},
		{"to nothing known", Guidance{"home", today}, FieldGuidance + " guidance"},
		{"tomorrow", Guidance{GuidedToComplain, today.AddDays(1)}, FieldGuidedDay + " date_future"},
		{"before it came", Guidance{GuidedToComplain, today.AddDays(-4)}, FieldGuidedDay + " date_early"},
	} {
		r := Ruling{Code: RulingComplaint, Guidance: tt.g, Text: "Giải quyết như sau."}.Asked()
		if r.Text != "" {
			t.Errorf("%s: a complaint keeps %q", tt.name, r.Text)
		}
		_, _, facts, err := o.Rule(r, Unit{}, nil, Subject{}, nil, today, answering(t))
		if got := problemKey(err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		want := tt.g.filled(today)
		if err == nil && (facts.Guidance != want.Kind || facts.Guided != want.On) {
			t.Errorf("%s: facts %+v", tt.name, facts)
		}
	}
	a := Authority{Address: "Thôn 1", Phone: "02553123456", Hours: "Giờ hành chính"}
	if b := ReceptionOf(a, "Nơi tiếp công dân"); b.Hours != a.Hours || b.Address != a.Address {
		t.Errorf("citizens are received at %+v", b)
	}
}
