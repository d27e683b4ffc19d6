package doithoai

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

// answering are the terms of answers and the limits of extensions, over the calendar of the deadline vectors.
func answering(t *testing.T) Rules {
	t.Helper()
	rules := Rules{Calendar: fixture(t)}
	for _, p := range []Parameter{
		{Key: "answer.complex", Value: "10", Unit: UnitWorkdays},
		{Key: "answer.verify", Value: "20", Unit: UnitWorkdays},
		{Key: ParameterExtensionTerm, Value: "10", Unit: UnitWorkdays},
		{Key: ParameterExtensionTimes, Value: "1", Unit: UnitCount},
	} {
		p.From = calendar.DateOf(2016, 1, 1)
		rules.Parameters = append(rules.Parameters, p)
	}
	return rules
}

// TestRulingDue is the first due date of a petition. Ruled on Friday, 25 October 2024, it is due on Friday, 8 November;
// ten working days more are Friday, 22 November.
func TestRulingDue(t *testing.T) {
	rules, today := answering(t), calendar.DateOf(2024, 10, 25)
	for _, tt := range []struct {
		name     string
		due      string // as typed, "" where nothing was
		reason   string
		want     string // the due date, or the field of the problem
		problem  string
		extended int
	}{
		{"as proposed, typed by nobody", "", "", "08/11/2024", "", 0},
		{"as proposed, typed", "08/11/2024", "", "08/11/2024", "", 0},
		{"earlier", "29/10/2024", "", "29/10/2024", "", 0},
		{"today", "25/10/2024", "", "25/10/2024", "", 0},
		{"yesterday", "24/10/2024", "", "han", "petition.ruling.problem.due_past", 0},
		{"on a Saturday", "02/11/2024", "", "han", "petition.due.problem.day_off", 0},
		{"on a Sunday beyond the term", "10/11/2024", "Phải đo đạc", "han", "petition.due.problem.day_off", 0},
		{"beyond the term without a word", "11/11/2024", "", "han-ly-do", "petition.ruling.problem.reason", 0},
		{"beyond the term, with too many", "11/11/2024", strings.Repeat("a", MaxMatter+1), "han-ly-do",
			"error.problem.too_long", 0},
		{"beyond the term with the reason", "11/11/2024", "Phải đo đạc", "11/11/2024", "", 1},
		{"as far as an extension goes", "22/11/2024", "Phải đo đạc", "22/11/2024", "", 1},
		{"farther than any extension", "25/11/2024", "Phải đo đạc", "han", "petition.ruling.problem.too_far", 0},
		{"in 75 years", "30/12/2099", "Phải đo đạc", "han", "petition.ruling.problem.too_far", 0},
	} {
		r := Ruling{Code: RulingLater, Proposed: tt.due == "", Reason: tt.reason, Signer: true}
		if tt.due != "" {
			r.Due = mustDate(t, tt.due)
		}
		_, p, facts, err := Opinion{ID: "o"}.Rule(r, Unit{ID: "land"}, nil, Subject{}, nil, today, rules)
		if tt.problem != "" {
			if list := ProblemsOf(err); len(list) != 1 || list[0].Field != tt.want || list[0].Key != tt.problem {
				t.Errorf("%s: %v, want %s at %s", tt.name, list, tt.problem, tt.want)
			}
			continue
		}
		if err != nil || p.Due != mustDate(t, tt.want) || p.Extended != tt.extended || p.Start != today ||
			p.CalendarVersion != rules.Calendar.Version() || facts.Due != p.Due || facts.Start != today ||
			(p.Term != calendar.Term{}) != (tt.want == "08/11/2024") {
			t.Errorf("%s: %+v, facts %+v, %v", tt.name, p, facts, err)
		}
	}
	// What lies beyond the term is for who signs answers; what lies within it is for who rules.
	for due, problem := range map[string]string{
		"08/11/2024": "", "11/11/2024": "petition.ruling.problem.signer", "22/11/2024": "petition.ruling.problem.signer",
		"25/11/2024": "petition.ruling.problem.signer", "10/11/2024": "petition.ruling.problem.signer", // a Sunday
		"09/11/2025": "petition.ruling.problem.signer",
	} {
		r := Ruling{Code: RulingLater, Due: mustDate(t, due), Reason: "Phải đo đạc"}
		_, _, _, err := Opinion{ID: "o"}.Rule(r, Unit{ID: "land"}, nil, Subject{}, nil, today, rules)
		if list := ProblemsOf(err); problem == "" && err != nil ||
			problem != "" && (len(list) != 1 || list[0].Field != "han" || list[0].Key != problem) {
			t.Errorf("due %s of who does not sign: %v, want %q", due, err, problem)
		}
	}
	days := rules
	days.Parameters = append(Parameters{{
		Key: "answer.complex", Value: "8", Unit: UnitDays, From: calendar.DateOf(2024, 1, 1),
	}}, rules.Parameters...)
	r := Ruling{Code: RulingLater, Proposed: true}
	_, p, _, err := Opinion{}.Rule(r, Unit{ID: "land"}, nil, Subject{}, nil, today, days)
	if err != nil || p.Due != mustDate(t, "04/11/2024") || p.Term.Unit != calendar.Days {
		t.Errorf("eight days end on a Saturday; due %+v, %v", p, err)
	}
}

// TestRulingKeepsTheClock is what a changed ruling may not do to a petition's clock: it was due on Friday, 18 October
// 2024, and has been extended once.
func TestRulingKeepsTheClock(t *testing.T) {
	rules := answering(t)
	due := calendar.DateOf(2024, 10, 18)
	old := Petition{
		ID: "p", LeadUnitID: "money", State: PetitionProcessing, Start: calendar.DateOf(2024, 10, 4), Due: due,
		Term: calendar.Term{N: 10, Unit: calendar.Workdays}, CalendarVersion: "older", CalendarKept: "old", Extended: 1,
	}
	ended := old
	ended.State = PetitionEnded
	missed, returned := ended, old
	missed.Missed, returned.State = true, PetitionReturned
	for _, tt := range []struct {
		name   string
		was    Petition
		before RulingCode
		today  string
		code   RulingCode
		due    string // as typed, "" where nothing was
		want   string // the due date, or the problem
		missed bool
	}{
		{"the unit corrected in time", old, RulingLater, "16/10/2024", RulingLater, "", "18/10/2024", false},
		{"the unit corrected, overdue", old, RulingLater, "23/10/2024", RulingLater, "", "18/10/2024", true},
		{"the old date typed, overdue", old, RulingLater, "23/10/2024", RulingLater, "18/10/2024", "18/10/2024", true},
		{"another term", old, RulingLater, "16/10/2024", RulingSuperior, "", "18/10/2024", false},
		{"a later date", old, RulingLater, "16/10/2024", RulingLater, "21/10/2024", "petition.ruling.problem.later", false},
		{"a later date, overdue", old, RulingLater, "23/10/2024", RulingLater, "30/12/2024",
			"petition.ruling.problem.later", false},
		{"an earlier date", old, RulingLater, "16/10/2024", RulingLater, "17/10/2024", "17/10/2024", false},
		{"an earlier date, past", old, RulingLater, "23/10/2024", RulingLater, "17/10/2024",
			"petition.ruling.problem.due_past", false},
		{"an earlier Sunday", old, RulingLater, "11/10/2024", RulingLater, "13/10/2024", "petition.due.problem.day_off",
			false},

		{"not accepted, in time", old, RulingLater, "18/10/2024", RulingNotAccepted, "", "18/10/2024", false},
		{"not accepted, overdue", old, RulingLater, "21/10/2024", RulingNotAccepted, "", "18/10/2024", true},
		{"answered on the spot, overdue", old, RulingLater, "21/10/2024", RulingOnTheSpot, "", "18/10/2024", true},
		{"to another body, overdue", old, RulingLater, "21/10/2024", RulingOtherBody, "", "18/10/2024", true},
		{"and back in time", ended, RulingNotAccepted, "17/10/2024", RulingLater, "", "18/10/2024", false},
		{"and back with a later date", ended, RulingNotAccepted, "17/10/2024", RulingLater, "01/11/2024",
			"petition.ruling.problem.later", false},
		{"and back when it is past", ended, RulingNotAccepted, "04/11/2024", RulingLater, "", "18/10/2024", true},
		{"not accepted in time, answered when it is past", ended, RulingNotAccepted, "04/11/2024", RulingOnTheSpot, "",
			"18/10/2024", true},
		{"answered in time, a word mended later", ended, RulingOnTheSpot, "04/11/2024", RulingOnTheSpot, "", "18/10/2024",
			false},
		{"returned, to another unit", returned, RulingLater, "16/10/2024", RulingLater, "", "18/10/2024", false},
		{"returned, overdue", returned, RulingLater, "21/10/2024", RulingLater, "", "18/10/2024", true},
		{"missed once", missed, RulingOnTheSpot, "04/11/2024", RulingOnTheSpot, "", "18/10/2024", true},
	} {
		r := Ruling{Code: tt.code, Proposed: tt.due == "", Text: "Lời", Reason: "Phải đo đạc", Signer: true}
		r.Refusal, r.Refuses, r.Refusers = Refusal{Ground: RefusedUnclear, By: "chair"}, true, []Signer{{ID: "chair"}}
		if tt.due != "" {
			r.Due = mustDate(t, tt.due)
		}
		was := tt.was
		_, p, facts, err := Opinion{Ruling: tt.before}.Rule(
			r.Asked(), Unit{ID: "land"}, nil, Subject{}, &was, mustDate(t, tt.today), rules)
		if strings.HasPrefix(tt.want, "petition.") {
			if list := ProblemsOf(err); len(list) != 1 || list[0].Field != "han" || list[0].Key != tt.want {
				t.Errorf("%s: %v, want %s", tt.name, list, tt.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		want, state := tt.was, PetitionEnded
		if rule, _ := RuleOf(tt.code); rule.OpensPetition {
			state, want.LeadUnitID, want.HandedOver = PetitionProcessing, "land", 1
		}
		want.State, want.Missed = state, tt.missed
		if moved := mustDate(t, tt.want); moved != due {
			want.Due, want.Start, want.Term = moved, mustDate(t, tt.today), calendar.Term{}
			want.CalendarVersion, want.CalendarKept = rules.Calendar.Version(), ""
		}
		if *p != want || facts.Late != tt.missed || facts.Start.IsZero() != (want.Due == due) {
			t.Errorf("%s: %+v, want %+v, facts %+v", tt.name, *p, want, facts)
		}
	}
}

// TestNothingMakesLateTimely tries every act on the clock of a petition that is late.
func TestNothingMakesLateTimely(t *testing.T) {
	p, c := at(t)
	today := mustDate(t, "30/11/2026") // due on Friday, 27 November
	next, err := calendar.NewCalendar("next", append(c.Days(), calendar.Day{Date: p.Due, Kind: calendar.DayOff}))
	if err != nil {
		t.Fatal(err)
	}
	next = next.After(c, today)
	if !p.Late(today, c) || !p.Late(today, next) {
		t.Error("it isn't late, or a day off declared afterwards excuses it")
	}
	if _, _, err := p.Pause(paper, paper.Dated, today, c, next); KindOf(err) != Conflict {
		t.Errorf("paused: %v", err)
	}
	limits := ExtensionLimits{calendar.Term{N: 10, Unit: calendar.Workdays}, 1}
	e := Extension{To: mustDate(t, "11/12/2026"), Reason: "Phải đo đạc lại"}
	if _, _, err := p.Extend(e, limits, today, next); KindOf(err) != Conflict {
		t.Errorf("extended: %v", err)
	}
	if _, err := p.ProposeExtension(e, nil, limits, today, next); KindOf(err) != Conflict {
		t.Errorf("proposed: %v", err)
	}
	if due, ok := p.Proposal(c, next, today); ok {
		t.Errorf("a newer calendar proposes %s", due)
	}
	moved, _, err := p.Transfer(Unit{ID: "heir"})
	if err != nil || moved.Due != p.Due || !moved.Late(today, next) {
		t.Errorf("after a merger %+v, %v", moved, err)
	}
	for act, m := range petitionMoves {
		if oneOf(act, []Act{ActPausePetition, ActResumePetition, ActDispatchAnswer}) {
			continue // by rules of their own
		}
		for _, from := range m.From {
			p.State = from
			if moved, _, err := p.Move(act); err != nil || moved.Due != p.Due || !moved.Late(today, next) {
				t.Errorf("%s from %s: %+v, %v", act, from, moved, err)
			}
		}
	}
	// Declared before it was past, the day off is one.
	if p.State = PetitionProcessing; p.Late(today, next.After(c, p.Due)) {
		t.Error("a due date that has become a day off does not run to the next working day")
	}
}

func TestProposeExtension(t *testing.T) {
	p, c := at(t)
	today := mustDate(t, "20/11/2026")
	limits := ExtensionLimits{calendar.Term{N: 10, Unit: calendar.Workdays}, 1}
	e := Extension{To: mustDate(t, "11/12/2026"), Reason: "Phải đo đạc lại"}
	facts, err := p.ProposeExtension(e, nil, limits, today, c)
	if err != nil || facts.Due != e.To || facts.From != "2026-11-27" {
		t.Errorf("facts %+v, %v", facts, err)
	}
	for _, tt := range []struct {
		name    string
		change  func(*Petition, *Extension)
		waiting *ExtensionProposal
		want    string
	}{
		{"twice", func(*Petition, *Extension) {}, &ExtensionProposal{}, "petition.extension.problem.waiting"},
		{"after the due date", func(p *Petition, _ *Extension) { p.Due = mustDate(t, "19/11/2026") }, nil,
			"petition.extension.problem.late"},
		{"once more", func(p *Petition, _ *Extension) { p.Extended = 1 }, nil, "petition.extension.problem.again"},
		{"to a Sunday", func(_ *Petition, e *Extension) { e.To = mustDate(t, "06/12/2026") }, nil, "gia-han-den"},
		{"without a reason", func(_ *Petition, e *Extension) { e.Reason = "" }, nil, "gia-han-ly-do"},
		{"of what is answered", func(p *Petition, _ *Extension) { p.State = PetitionAnswered }, nil, "error.conflict"},
	} {
		p, e := p, e
		tt.change(&p, &e)
		if _, err := p.ProposeExtension(e, tt.waiting, limits, today, c); refusal(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// TestPutBack is a due date mistyped as tomorrow on Friday, 25 October 2024, where 8 November was proposed.
func TestPutBack(t *testing.T) {
	rules, today := answering(t), calendar.DateOf(2024, 10, 25)
	at := calendar.InstantAt(today, 9, 0)
	_, p, facts, err := Opinion{ID: "o"}.Rule(
		Ruling{Code: RulingLater, Due: mustDate(t, "28/10/2024")}, Unit{ID: "land"}, nil, Subject{}, nil, today, rules)
	if err != nil {
		t.Fatal(err)
	}
	received := Event{At: at, ActorID: "secretary", Act: ActRecordOpinion}
	ruled := Event{At: at, ActorID: "secretary", Act: ActRuleOpinion, Facts: facts}
	named := Event{At: at, ActorID: "secretary", Act: ActSetHeadline}
	forward := ruled
	forward.Facts.Due = mustDate(t, "29/10/2024")
	beyond := ruled
	beyond.Facts.Due = mustDate(t, "11/11/2024")
	other, before := ruled, ruled
	other.ActorID, before.At = "office", calendar.InstantAt(today.AddDays(-1), 23, 59)
	before.Facts.Due = mustDate(t, "01/11/2024")
	for _, tt := range []struct {
		name   string
		events []Event
		want   string // how far it may be put back, "" not at all
	}{
		{"at once", []Event{received, ruled}, "08/11/2024"},
		{"with a headline", []Event{received, named, ruled}, "08/11/2024"},
		{"after another wrong one", []Event{received, ruled, forward}, "08/11/2024"},
		{"brought forward by mistake", []Event{received, before, ruled}, "01/11/2024"},
		{"ruled by another", []Event{received, other}, ""},
		{"ruled the day before", []Event{received, before}, ""},
		{"paused since", []Event{received, ruled, {At: at, ActorID: "secretary", Act: ActPausePetition}}, ""},
		{"looked at since", []Event{received, ruled, {At: at, ActorID: "secretary", Act: ActViewPetitioner}}, ""},
		{"begun beyond the term, which the person was told", []Event{received, beyond, ruled}, ""},
		{"not ruled", []Event{received}, ""},
	} {
		got := PutBackTo(tt.events, "secretary", today, rules)
		if want := tt.want; want == "" && !got.IsZero() || want != "" && got != mustDate(t, want) {
			t.Errorf("%s: as far as %s, want %q", tt.name, got, want)
		}
	}
	if got := PutBackTo([]Event{ruled}, "secretary", today.AddDays(1), rules); !got.IsZero() {
		t.Errorf("the day after: as far as %s", got)
	}

	limit := PutBackTo([]Event{received, ruled}, "secretary", today, rules)
	submitted, missed := *p, *p
	submitted.State, missed.Missed = PetitionSubmitted, true
	for _, tt := range []struct {
		name string
		was  Petition
		due  string
		day  calendar.Date
		want string // the problem, "" none
	}{
		{"within the term", *p, "29/10/2024", today, ""},
		{"to its end", *p, "08/11/2024", today, ""},
		{"to a day off", *p, "02/11/2024", today, "petition.due.problem.day_off"},
		{"beyond it", *p, "11/11/2024", today, "petition.ruling.problem.later"},
		{"when it is past", *p, "08/11/2024", mustDate(t, "29/10/2024"), "petition.ruling.problem.later"},
		{"missed before", missed, "08/11/2024", today, "petition.ruling.problem.later"},
	} {
		r := Ruling{Code: RulingLater, Due: mustDate(t, tt.due), PutBack: limit, Reason: "Phải đo", Signer: true}
		_, next, facts, err := Opinion{ID: "o", Ruling: RulingLater}.Rule(
			r, Unit{ID: "land"}, nil, Subject{}, &tt.was, tt.day, rules)
		if list := ProblemsOf(err); tt.want != "" {
			if len(list) != 1 || list[0].Key != tt.want {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
			continue
		}
		if err != nil || next.Due != r.Due || next.Extended != 0 || facts.PutBack != p.Due || facts.Due != r.Due ||
			next.Term.Valid() != (r.Due == limit) {
			t.Errorf("%s: %+v, facts %+v, %v", tt.name, next, facts, err)
			continue
		}
		put := Event{At: at, ActorID: "secretary", Act: ActRuleOpinion, Facts: facts}
		if first := FirstDue([]Event{received, ruled, put}); first != r.Due {
			t.Errorf("%s: the first due date is %s", tt.name, first)
		}
	}
	if _, _, _, err := (Opinion{ID: "o", Ruling: RulingLater}).Rule(
		Ruling{Code: RulingLater, Due: limit, PutBack: limit}, Unit{ID: "land"}, nil, Subject{}, &submitted, today, rules,
	); KindOf(err) != Conflict {
		t.Errorf("put back with the chair: %v", err)
	}
}
