package doithoai

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

// answeredPetition is a petition whose first answer went out late on a day.
func answeredPetition(on calendar.Date) Petition {
	return Petition{
		LeadUnitID: "land", State: PetitionAnswered, AnsweredAt: calendar.InstantAt(on, 9, 0), Missed: true,
		Due: on.AddDays(-3), Extended: 1,
	}
}

// again says that somebody does not agree.
func again(
	t *testing.T, p Petition, r Reopening, past []Reopening, on calendar.Date,
) (Petition, Reopening, Facts, error) {
	t.Helper()
	rules := answering(t)
	rule, _ := RuleOf(RulingLater)
	within := calendar.Term{N: 30, Unit: calendar.Days}
	return p.Reopen(r, past, 0, "land", rule, within, on, rules)
}

func TestReopenPetition(t *testing.T) {
	monday := calendar.DateOf(2024, 10, 14)
	for _, tt := range []struct {
		name  string
		state PetitionState
		asked bool
		past  []Reopening
		days  int
		r     Reopening
		want  string
	}{
		{name: "the same day", r: Reopening{Said: "Chưa xong."}},
		{name: "on the last day", days: 30, r: Reopening{Said: "Chưa xong."}},
		{name: "a day after", days: 31, r: Reopening{Said: "Chưa xong."}, want: "reopening.problem.late"},
		{name: "a second time", past: []Reopening{{State: ReopeningOpened}}, r: Reopening{Said: "Chưa xong."},
			want: "reopening.problem.again"},
		{name: "while a request waits", asked: true, r: Reopening{Said: "Chưa xong."}, want: "reopening.problem.waits"},
		{name: "before it is answered", state: PetitionSigned, r: Reopening{Said: "Chưa xong."},
			want: "reopening.problem.not_answered"},
		{name: "of an answer that was replaced", r: Reopening{Said: "Chưa xong.", Answer: 1},
			want: "reopening.problem.replaced"},
		{name: "without words", r: Reopening{Said: " \n"}, want: "said"},
		{name: "too many words", r: Reopening{Said: strings.Repeat("x", MaxMatter+1)}, want: "too_long"},
		{name: "typed, without how it came", r: Reopening{Said: "Chưa xong.", By: "x"}, want: "channel"},
		{name: "typed from a call", r: Reopening{Said: "Chưa xong.", By: "x", Channel: ChannelPhone}},
	} {
		p := answeredPetition(monday)
		if tt.state != "" {
			p.State = tt.state
		}
		p.Asked = tt.asked
		next, r, facts, err := again(t, p, tt.r, tt.past, monday.AddDays(tt.days))
		wantProblem(t, tt.name, err, tt.want)
		if tt.want != "" {
			continue
		}
		if next.State != PetitionProcessing || next.Round != 1 || next.Due.Before(monday.AddDays(tt.days+1)) ||
			next.Extended != 0 || next.LeadUnitID != "land" || r.State != ReopeningOpened || r.Number != 1 {
			t.Errorf("%s: %+v, %+v", tt.name, next, r)
		}
		if !next.Missed || next.AnsweredAt != p.AnsweredAt || facts.Due != next.Due || facts.Round != 1 {
			t.Errorf("%s: the first answer is %v at %v; %+v", tt.name, next.Missed, next.AnsweredAt, facts)
		}
		if next.Late(monday.AddDays(tt.days), answering(t).Calendar) || !StageAnswered.Timely(Petition{Round: 1}) ||
			StageProcessing.Timely(next) {
			t.Errorf("%s: the round is late, or what the first answer was is not kept", tt.name)
		}
	}
}

// wantProblem wants a refusal, or one problem, whose key ends so; "" none.
func wantProblem(t *testing.T, name string, err error, want string) {
	t.Helper()
	list := ProblemsOf(err)
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: %v", name, err)
	case want != "" && refusal(err) != want && (len(list) != 1 || !strings.HasSuffix(list[0].Key, "."+want)):
		t.Errorf("%s: %v, want %s", name, err, want)
	}
}

func TestRequestReopening(t *testing.T) {
	monday := calendar.DateOf(2024, 10, 14)
	facts := Reopening{Said: "Có giấy mới.", NewFacts: true}
	p := answeredPetition(monday)
	_, _, _, err := again(t, p, facts, nil, monday)
	wantProblem(t, "while nothing new is needed", err, "reopening.problem.needs_none")
	past := []Reopening{{Number: 1, State: ReopeningOpened}, {Number: 2, NewFacts: true, State: ReopeningRefused}}
	for range 3 { // any number of times
		next, r, told, err := again(t, p, facts, past, monday.AddDays(400))
		wantProblem(t, "later", err, "")
		if !next.Asked || next.State != PetitionAnswered || r.State != ReopeningWaits || told.Reopening != len(past)+1 {
			t.Errorf("%+v, %+v, %+v", next, r, told)
		}
		_, _, _, err = again(t, next, facts, past, monday.AddDays(400))
		wantProblem(t, "while one waits", err, "reopening.problem.waits")
		past = append(past, Reopening{Number: r.Number, NewFacts: true, State: ReopeningRefused})
	}
	_, _, _, err = again(t, p, Reopening{NewFacts: true}, past, monday)
	wantProblem(t, "without words", err, "new_facts")
}

func TestAllowReopening(t *testing.T) {
	monday := calendar.DateOf(2024, 10, 14)
	rules := answering(t)
	rule, _ := RuleOf(RulingCoordinate)
	p := answeredPetition(monday)
	waits := Reopening{Number: 3, NewFacts: true, State: ReopeningWaits}
	if _, _, _, err := p.Allow(waits, "land", rule, monday, rules); refusal(err) != "error.conflict" {
		t.Errorf("nothing was asked: %v", err)
	}
	p.Asked, p.Round, p.RoundMissed = true, 1, true
	if _, _, _, err := p.Allow(Reopening{}, "land", rule, monday, rules); refusal(err) != "error.conflict" {
		t.Errorf("nothing waits: %v", err)
	}
	next, r, facts, err := p.Allow(waits, "office", rule, monday, rules)
	if err != nil || next.Asked || next.Round != 2 || next.RoundMissed || !next.Missed || next.LeadUnitID != "office" ||
		next.Term.N != 20 || r.State != ReopeningAllowed || facts.Reopening != 3 || facts.Round != 2 {
		t.Errorf("%+v, %+v, %+v, %v", next, r, facts, err)
	}
}

func TestRefuseReopening(t *testing.T) {
	whole := ReopeningDecision{Ground: GroundNoNewFacts, Basis: "NĐ 154/2026 Đ.4", Words: "Nội dung đã được trả lời."}
	for _, tt := range []struct {
		name   string
		state  ReopeningState
		change func(*ReopeningDecision)
		want   string
	}{
		{"whole", ReopeningWaits, func(*ReopeningDecision) {}, ""},
		{"nothing waits", ReopeningOpened, func(*ReopeningDecision) {}, "error.conflict"},
		{"no ground", ReopeningWaits, func(d *ReopeningDecision) { d.Ground = "" }, "ground"},
		{"a ground of its own", ReopeningWaits, func(d *ReopeningDecision) { d.Ground = "x" }, "ground"},
		{"no basis", ReopeningWaits, func(d *ReopeningDecision) { d.Basis = "" }, "basis"},
		{"no words", ReopeningWaits, func(d *ReopeningDecision) { d.Words = "" }, "words"},
	} {
		d := whole
		tt.change(&d)
		r, facts, err := Reopening{Number: 2, State: tt.state}.Refuse(d)
		wantProblem(t, tt.name, err, tt.want)
		if tt.want == "" && (r.State != ReopeningRefused || r.Decision != d || facts.Ground != GroundNoNewFacts) {
			t.Errorf("%s: %+v, %+v", tt.name, r, facts)
		}
	}
}

func TestLeadAgain(t *testing.T) {
	monday := calendar.DateOf(2024, 10, 14)
	land, office := Unit{ID: "land"}, Unit{ID: "office", Office: true}
	over := Unit{ID: "land", To: monday.AddDays(-1)}
	p := Petition{LeadUnitID: "land"}
	for _, tt := range []struct {
		name  string
		p     Petition
		units []Unit
		s     Subject
		want  ID
	}{
		{"the same unit", p, []Unit{office, land}, Subject{}, "land"},
		{"one that is over", p, []Unit{over, office}, Subject{}, "office"},
		{"one whom it is about", p, []Unit{land, office}, Subject{ConcernedUnits: []ID{"land"}}, "office"},
		{"on conduct now", p, []Unit{land, office}, Subject{Conduct: true}, "office"},
		{"about the office too", p, []Unit{land, office}, Subject{ConcernedUnits: []ID{"land", "office"}}, ""},
		{"led by the chair", Petition{}, []Unit{land, office}, Subject{Conduct: true}, ""},
	} {
		if got := tt.p.LeadAgain(tt.units, tt.s, monday); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
