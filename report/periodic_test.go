package report

import (
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Spans follow each other without a gap, also where the day on which they close changes.
func TestSpans(t *testing.T) {
	from := calendar.DateOf(2026, time.July, 1)
	parameters := doithoai.Parameters{
		{Key: "roll_up.cutoff", Value: "14", From: calendar.DateOf(2016, 1, 1), To: from.AddDays(-1)},
		{Key: "roll_up.cutoff", Value: "20", From: from},
	}
	for day := calendar.DateOf(2024, 1, 1); day.Year < 2028; day = day.AddDays(1) {
		s := SpanOn(day, parameters)
		first, last := s.Days(parameters)
		if day.Before(first) || day.After(last) {
			t.Fatalf("%s is not in %+v, %s to %s", day, s, first, last)
		}
		if next, _ := s.After().Days(parameters); next != last.AddDays(1) || s.After().Before() != s {
			t.Fatalf("after %s comes %s", last, next)
		}
		if again, ok := ParseSpan(s.Word()); !ok || again != s {
			t.Fatalf("%s is read as %+v", s.Word(), again)
		}
	}
	q3 := Span{2026, 3}
	if first, last := q3.Days(parameters); first.String() != "2026-06-15" || last.String() != "2026-09-20" {
		t.Errorf("%s to %s", first, last)
	}
	if first, last := q3.Whole().Days(parameters); first.String() != "2025-12-15" || last.String() != "2026-12-20" {
		t.Errorf("the year is %s to %s", first, last)
	}
	if _, last := (Span{2026, 2}).Days(nil); last.String() != "2026-06-30" {
		t.Errorf("without a parameter it closes on %s", last)
	}
}

// What became of a matter by a day follows from the acts until then alone.
func TestStoodOn(t *testing.T) {
	day := func(d int) calendar.Date { return calendar.DateOf(2026, time.March, d) }
	rule := func(d int, to doithoai.RulingCode) Step {
		return Step{On: day(d), Act: doithoai.ActRuleOpinion, To: to}
	}
	late := Step{On: day(9), Act: doithoai.ActDispatchAnswer, Late: true}
	again := Step{On: day(20), Act: doithoai.ActDispatchAnswer}
	tooLate := Stood{Became: BecameAnswered, On: day(9), Late: true}
	ruledAgain := []Step{rule(2, doithoai.RulingNotAccepted), rule(5, doithoai.RulingLater)}
	public := Step{On: day(4), Act: doithoai.ActApprovePublication}
	told := func(public bool) Stood { return Stood{Became: BecameAnswered, On: day(2), Public: public} }
	for name, c := range map[string]struct {
		steps []Step
		on    int
		want  Stood
	}{
		"nothing yet":     {nil, 1, Stood{Became: BecameOpen}},
		"told":            {[]Step{rule(2, doithoai.RulingOnTheSpot)}, 2, Stood{Became: BecameAnswered, On: day(2)}},
		"the day before":  {[]Step{rule(2, doithoai.RulingOnTheSpot)}, 1, Stood{Became: BecameOpen}},
		"passed on":       {[]Step{rule(2, doithoai.RulingOtherBody)}, 3, Stood{Became: BecamePassed, On: day(2)}},
		"not accepted":    {[]Step{rule(2, doithoai.RulingNotAccepted)}, 3, Stood{Became: BecameClosed, On: day(2)}},
		"worked on":       {[]Step{rule(2, doithoai.RulingLater)}, 3, Stood{Became: BecameOpen}},
		"answered late":   {[]Step{rule(2, doithoai.RulingLater), late}, 9, tooLate},
		"before that":     {[]Step{rule(2, doithoai.RulingLater), late}, 8, Stood{Became: BecameOpen}},
		"ruled again":     {ruledAgain, 6, Stood{Became: BecameOpen}},
		"before it was":   {ruledAgain, 4, Stood{Became: BecameClosed, On: day(2)}},
		"answered again":  {[]Step{rule(2, doithoai.RulingLater), late, again}, 21, tooLate},
		"public":          {[]Step{rule(2, doithoai.RulingOnTheSpot), public}, 4, told(true)},
		"not public then": {[]Step{rule(2, doithoai.RulingOnTheSpot), public}, 3, told(false)},
	} {
		if got := StoodOn(c.steps, day(c.on)); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
