package doithoai

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

var workdays10 = calendar.Term{N: 10, Unit: calendar.Workdays}

func TestAskSupplement(t *testing.T) {
	monday := calendar.DateOf(2024, 10, 14)
	rules := answering(t)
	good := Supplement{Asked: "Bản sao sổ đỏ.", Why: "Chưa rõ thửa nào."}
	answered := Supplement{Number: 1, Answer: SupplementAnswer{At: calendar.InstantAt(monday, 9, 0)}}
	paused := answered
	paused.Paused = true
	for _, tt := range []struct {
		name  string
		state PetitionState
		round int
		past  []Supplement
		s     Supplement
		want  string
	}{
		{name: "once", state: PetitionProcessing, s: good},
		{name: "after a draft came back", state: PetitionReturned, s: good},
		{name: "while paused for somebody else", state: PetitionPaused, s: good},
		{name: "while the draft waits", state: PetitionSubmitted, s: good, want: "supplement.problem.not_in_unit"},
		{name: "after the answer", state: PetitionAnswered, s: good, want: "supplement.problem.not_in_unit"},
		{name: "while one waits", state: PetitionProcessing, past: []Supplement{{Number: 1}}, s: good,
			want: "supplement.problem.waits"},
		{name: "twice", state: PetitionProcessing, past: []Supplement{answered}, s: good, want: "supplement.problem.once"},
		{name: "after a pause that asked", state: PetitionProcessing, past: []Supplement{paused}, s: good},
		{name: "in another round", state: PetitionProcessing, round: 1, past: []Supplement{{Number: 1}}, s: good},
		{name: "without what", state: PetitionProcessing, s: Supplement{Asked: " ", Why: "x"}, want: "asked"},
		{name: "without why", state: PetitionProcessing, s: Supplement{Asked: "x"}, want: "why"},
		{name: "too long", state: PetitionProcessing, s: Supplement{Asked: strings.Repeat("x", MaxMatter+1), Why: "x"},
			want: "too_long"},
	} {
		p := Petition{State: tt.state, Round: tt.round, Due: monday.AddDays(9)}
		s, facts, err := p.AskSupplement(tt.s, tt.past, workdays10, monday, rules.Calendar)
		wantProblem(t, tt.name, err, tt.want)
		if err != nil {
			continue
		}
		if s.Number != len(tt.past)+1 || s.Until != rules.Calendar.Due(monday, workdays10) || facts.AnswerBy != s.Until ||
			facts.Supplement != s.Number || s.Round != tt.round {
			t.Errorf("%s: %+v, %+v", tt.name, s, facts)
		}
	}
	if late := (Supplement{Until: monday}); late.Overdue(monday) || !late.Overdue(monday.AddDays(1)) {
		t.Error("overdue the day after, not before")
	}
}

func TestAnswerSupplement(t *testing.T) {
	monday := calendar.DateOf(2024, 10, 14)
	waits := Supplement{Number: 2, Asked: "Bản sao."}
	closed := waits
	closed.Closed = calendar.InstantAt(monday, 9, 0)
	for _, tt := range []struct {
		name   string
		state  PetitionState
		round  int
		past   []Supplement
		number int
		a      SupplementAnswer
		want   string
	}{
		{name: "what waits", state: PetitionProcessing, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: "Gửi kèm."}},
		{name: "while the draft waits", state: PetitionSigned, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: "Gửi kèm."}},
		{name: "another one", state: PetitionProcessing, past: []Supplement{waits}, number: 1,
			a: SupplementAnswer{Said: "x"}, want: "supplement.problem.not_awaited"},
		{name: "nothing waits", state: PetitionProcessing, number: 1, a: SupplementAnswer{Said: "x"},
			want: "supplement.problem.not_awaited"},
		{name: "the clock went on", state: PetitionProcessing, past: []Supplement{closed}, number: 2,
			a: SupplementAnswer{Said: "x"}, want: "supplement.problem.not_awaited"},
		{name: "after the answer", state: PetitionAnswered, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: "x"}, want: "supplement.problem.not_awaited"},
		{name: "of a round before", state: PetitionProcessing, round: 1, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: "x"}, want: "supplement.problem.not_awaited"},
		{name: "no words", state: PetitionProcessing, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: " \n"}, want: "said"},
		{name: "typed without how", state: PetitionProcessing, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: "x", By: "o"}, want: "channel"},
		{name: "typed from a call", state: PetitionProcessing, past: []Supplement{waits}, number: 2,
			a: SupplementAnswer{Said: "x", By: "o", Channel: ChannelPhone}},
	} {
		p := Petition{State: tt.state, Round: tt.round}
		s, facts, err := p.AnswerSupplement(tt.number, tt.a, tt.past)
		wantProblem(t, tt.name, err, tt.want)
		if err == nil && (s.Answer != tt.a || facts.Supplement != 2 || p.State != tt.state) {
			t.Errorf("%s: %+v, %+v", tt.name, s, facts)
		}
	}
}

// A pause that waits for the person asks them, but for what waits already; one for somebody else asks nothing.
func TestPauseAsks(t *testing.T) {
	p := Petition{State: PetitionProcessing}
	doc := Pause{Kind: PauseSupplement, Awaited: "Bản sao."}
	if s, ok := doc.Asks(p, nil); !ok || !s.Paused || s.Asked != doc.Awaited || s.Record() != doc.Awaited {
		t.Errorf("%+v, %v", s, ok)
	}
	if _, ok := doc.Asks(p, []Supplement{{Number: 1}}); ok {
		t.Error("it is asked twice")
	}
	doc.Kind = PauseSuperior
	if _, ok := doc.Asks(p, nil); ok {
		t.Error("the person is asked for the superior's word")
	}
}
