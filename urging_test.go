package doithoai

import (
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// The ladder follows its parameters, in working days: 1 October 2026 is a Thursday.
func TestRungOf(t *testing.T) {
	c, err := calendar.NewCalendar("test", nil)
	if err != nil {
		t.Fatal(err)
	}
	from := calendar.DateOf(2016, 1, 1)
	days := func(key, n string) Parameter {
		return Parameter{Key: key, Value: n, Unit: UnitWorkdays, From: from}
	}
	rules := Rules{Calendar: c, Parameters: Parameters{
		days("urging.before", "2"), days("urging.level1", "1"), days("urging.level2", "5"), days("urging.level3", "10"),
	}}
	today := calendar.DateOf(2026, 10, 1)
	for due, want := range map[string]Rung{
		"": RungNone, "2026-10-08": RungNone, "2026-10-05": RungBefore, "2026-10-02": RungBefore, "2026-10-01": RungDue,
		"2026-09-30": RungFirst, "2026-09-25": RungFirst, "2026-09-24": RungSecond, "2026-09-17": RungThird,
		"2026-01-05": RungThird,
	} {
		d, _ := calendar.ParseDate(due)
		if got := RungOf(d, today, rules); got != want {
			t.Errorf("due %s: %q, want %q", due, got, want)
		}
	}
	// A due date on a Sunday runs to Monday; no parameter, no step.
	if got := RungOf(calendar.DateOf(2026, 10, 4), calendar.DateOf(2026, 10, 5), rules); got != RungDue {
		t.Errorf("the Monday after: %q", got)
	}
	rules.Parameters = nil
	if got := RungOf(calendar.DateOf(2026, 9, 1), today, rules); got != RungNone {
		t.Errorf("without parameters: %q", got)
	}
}

// ladder are the rules as they are shipped, by the days off of the fixture.
func ladder(t *testing.T) Rules {
	t.Helper()
	return Rules{Calendar: fixture(t), Parameters: shipped(t, "parameters.json", ParseParameters)}
}

// The spans of the ladder are those of its single days, by the real days off of 2024 and around Tết.
func TestRungSpans(t *testing.T) {
	rules := ladder(t)
	for _, today := range []calendar.Date{
		calendar.DateOf(2024, 2, 7), calendar.DateOf(2024, 2, 16), calendar.DateOf(2024, 5, 4), calendar.DateOf(2024, 10, 23),
		calendar.DateOf(2024, 10, 26),
	} {
		spans := RungSpans(today, rules)
		if rules.Calendar.Works(today) && len(spans) != len(Rungs) {
			t.Fatalf("%s: spans %+v", today, spans)
		}
		for day := today.AddDays(-60); day.Before(today.AddDays(30)); day = day.AddDays(1) {
			i := slices.IndexFunc(spans, func(s RungSpan) bool { return !day.After(s.To) && !day.Before(s.From) })
			got := RungNone
			if i >= 0 {
				got = spans[i].Rung
			}
			if want := RungOf(day, today, rules); got != want {
				t.Errorf("%s, due %s: %q, want %q", today, day, got, want)
			}
		}
	}
	rules.Parameters = nil
	if spans := RungSpans(calendar.DateOf(2024, 10, 23), rules); len(spans) != 1 || spans[0].Rung != RungDue {
		t.Errorf("without parameters: %+v", spans)
	}
}

// The ladder goes by working days: five of them over Tết are two weeks (domain, annex B).
func TestRungOverTet(t *testing.T) {
	rules := ladder(t)
	due := calendar.DateOf(2024, 2, 7) // the last working day before Tết
	for day, want := range map[string]Rung{
		"2024-02-05": RungBefore, "2024-02-07": RungDue, "2024-02-10": RungNone, "2024-02-15": RungFirst,
		"2024-02-20": RungFirst, "2024-02-21": RungSecond, "2024-02-28": RungThird,
	} {
		d, err := calendar.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := RungOf(due, d, rules); got != want {
			t.Errorf("on %s: %q, want %q", day, got, want)
		}
	}
}

// urged is a paper that urges on a day.
func urged(day calendar.Date) Urging {
	return Urging{Route: RoutePaper, DocNumber: "57/UBND-VP", Dated: day, Words: "Đề nghị báo cáo."}
}

func TestUrgePetition(t *testing.T) {
	rules := ladder(t)
	monday := calendar.DateOf(2024, 10, 14)
	now := calendar.InstantAt(calendar.DateOf(2024, 10, 23), 9, 0)
	paper := urged(now.Date())
	said := func(route UrgingRoute, change func(*Urging)) Urging {
		u := Urging{Route: route, HeldAt: now.Add(-1e9), TakenBy: "Bùi Văn Tưởng Tượng", Words: "Đề nghị báo cáo."}
		change(&u)
		return u
	}
	same := func(*Urging) {}
	for _, tt := range []struct {
		name  string
		due   calendar.Date // the 15th where it is zero: six working days late
		state PetitionState
		lead  ID
		urged int
		u     Urging
		rung  Rung
		want  string
	}{
		{name: "by a paper", u: paper, rung: RungSecond},
		{name: "by telephone", u: said(RoutePhone, same), rung: RungSecond},
		{name: "what was returned", state: PetitionReturned, u: said(RouteVisit, same), rung: RungSecond},
		{name: "by message, to nobody", u: said(RouteMessage, func(u *Urging) { u.TakenBy = "" }), rung: RungSecond},
		{name: "before the due date", due: calendar.DateOf(2024, 10, 25), u: paper, rung: RungBefore},
		{name: "on it", due: now.Date(), u: paper, rung: RungDue},
		{name: "once more", urged: 3, u: paper, rung: RungSecond},
		{name: "too early", due: calendar.DateOf(2024, 10, 28), u: paper, want: "urging.problem.early"},
		{name: "submitted", state: PetitionSubmitted, u: paper, want: "urging.problem.no_unit"},
		{name: "paused", state: PetitionPaused, u: paper, want: "urging.problem.no_unit"},
		{name: "answered", state: PetitionAnswered, u: paper, want: "urging.problem.no_unit"},
		{name: "led by the chair", lead: "-", u: paper, want: "urging.problem.no_unit"},
		{name: "too often", urged: MaxUrgings, u: paper, want: "urging.problem.many"},
		{name: "no way", u: Urging{Words: "Đề nghị."}, want: FieldUrgingRoute},
		{name: "without a number", u: Urging{Route: RoutePaper, Dated: now.Date(), Words: "x"}, want: FieldUrgingNumber},
		{name: "of tomorrow", u: urged(now.Date().AddDays(1)), want: FieldUrgingDated},
		{name: "of before it got the work", u: urged(monday.AddDays(-1)), want: FieldUrgingDated},
		{name: "to nobody", u: said(RoutePhone, func(u *Urging) { u.TakenBy = "" }), want: FieldUrgingTaken},
		{name: "in a minute", u: said(RoutePhone, func(u *Urging) { u.HeldAt = now.Add(6e10) }), want: FieldUrgingDay},
		{name: "no moment", u: said(RoutePhone, func(u *Urging) { u.HeldAt = calendar.Instant{} }), want: FieldUrgingDay},
		{name: "said before it got the work", u: said(RoutePhone, func(u *Urging) {
			u.HeldAt = calendar.InstantAt(monday, 8, 0)
		}), want: FieldUrgingDay},
		{name: "without words", u: said(RouteVisit, func(u *Urging) { u.Words = "" }), want: FieldUrgingWords},
		{name: "with too many", u: said(RouteVisit, func(u *Urging) { u.Words = strings.Repeat("a", MaxMatter+1) }),
			want: FieldUrgingWords},
	} {
		p := Petition{LeadUnitID: "land", State: PetitionProcessing, AssignedAt: calendar.InstantAt(monday, 9, 0),
			Due: calendar.DateOf(2024, 10, 15)}
		if tt.state != "" {
			p.State = tt.state
		}
		if !tt.due.IsZero() {
			p.Due = tt.due
		}
		if tt.lead == "-" {
			p.LeadUnitID = ""
		}
		before := p
		u, facts, err := p.Urge(tt.u, tt.urged, now, rules)
		list := ProblemsOf(err)
		switch {
		case p != before:
			t.Errorf("%s: the petition has changed", tt.name)
		case tt.want == "" && (err != nil || u.Rung != tt.rung || u.Number != tt.urged+1 || u.UnitID != "land" ||
			u.Due != p.Due || facts.UnitUrging != u.Number || facts.Rung != tt.rung):
			t.Errorf("%s: %+v, %+v, %v", tt.name, u, facts, err)
		case tt.want != "" && refusal(err) != tt.want && (len(list) != 1 || list[0].Field != tt.want):
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// An urging waits for its reply while the unit has the work, by the due date for which it was urged.
func TestUrgingWaits(t *testing.T) {
	due := calendar.DateOf(2024, 10, 15)
	p := Petition{LeadUnitID: "land", State: PetitionProcessing, Due: due}
	u := Urging{UnitID: "land", Due: due}
	for name, tt := range map[string]struct {
		change func(*Petition, *Urging)
		want   bool
	}{
		"as it was":       {func(*Petition, *Urging) {}, true},
		"replied":         {func(_ *Petition, u *Urging) { u.Replies = []UrgingReply{{}} }, false},
		"another unit's":  {func(p *Petition, _ *Urging) { p.LeadUnitID = "money" }, false},
		"put off":         {func(p *Petition, _ *Urging) { p.Due = due.AddDays(7) }, false},
		"submitted":       {func(p *Petition, _ *Urging) { p.State = PetitionSubmitted }, false},
		"came back again": {func(p *Petition, _ *Urging) { p.State = PetitionReturned }, true},
	} {
		p, u := p, u
		tt.change(&p, &u)
		if got := u.Waits(&p); got != tt.want {
			t.Errorf("%s: waits %v", name, got)
		}
	}
}

func TestReplyUrging(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2024, 10, 23), 9, 0)
	p := &Petition{LeadUnitID: "land", State: PetitionProcessing, Due: calendar.DateOf(2024, 10, 15)}
	r := UrgingReply{Cause: "Chờ đo đạc.", Until: now.Date().AddDays(2)}
	full := Urging{Number: 1, Replies: make([]UrgingReply, MaxUrgings)}
	for _, tt := range []struct {
		name   string
		u      Urging
		state  PetitionState
		told   bool
		change func(*UrgingReply)
		want   string
	}{
		{name: "the unit's"},
		{name: "once more", u: Urging{Number: 1, Replies: []UrgingReply{r}}},
		{name: "while it waits for a signature", state: PetitionSubmitted},
		{name: "as the office was told", told: true, change: func(r *UrgingReply) { r.From = "Trưởng bộ phận" }},
		{name: "by nobody", told: true, want: FieldReplyFrom},
		{name: "answered", state: PetitionAnswered, want: "urging.problem.over"},
		{name: "too often", u: full, want: "urging.problem.many"},
		{name: "without a word", change: func(r *UrgingReply) { r.Cause = "" }, want: FieldReplyCause},
		{name: "without a day", change: func(r *UrgingReply) { r.Until = calendar.Date{} }, want: FieldReplyUntil},
		{name: "yesterday", change: func(r *UrgingReply) { r.Until = now.Date().AddDays(-1) }, want: FieldReplyUntil},
	} {
		p, typed := *p, r
		if tt.state != "" {
			p.State = tt.state
		}
		if tt.change != nil {
			tt.change(&typed)
		}
		before := p
		got, facts, err := tt.u.Reply(&p, typed, tt.told, now)
		list := ProblemsOf(err)
		switch {
		case p != before:
			t.Errorf("%s: the petition has changed", tt.name)
		case tt.want == "" && (err != nil || got.Number != len(tt.u.Replies)+1 || facts.Until != r.Until ||
			!facts.Due.IsZero()):
			t.Errorf("%s: %+v, %+v, %v", tt.name, got, facts, err)
		case tt.want != "" && refusal(err) != tt.want && (len(list) != 1 || list[0].Field != tt.want):
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if _, _, err := (Urging{}).Reply(nil, r, false, now); refusal(err) != "urging.problem.over" {
		t.Errorf("without a petition: %v", err)
	}
}
