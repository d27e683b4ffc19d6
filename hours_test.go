package doithoai

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// officeWeek is open from Monday to Friday, and shut at noon.
func officeWeek(from Date, opens, closes Clock) WeekHours {
	w := WeekHours{From: from, Certainty: Unverified}
	for day := time.Monday; day <= time.Friday; day++ {
		w.Hours = append(w.Hours, OpenHours{day, 13*60 + 30, closes}, OpenHours{day, opens, 11*60 + 30})
	}
	return w
}

func withHours(t *testing.T) Calendar {
	t.Helper()
	c, err := NewCalendar("hours", fixture(t).Days(), officeWeek(DateOf(2026, 1, 1), 7*60+30, 17*60), officeWeek(DateOf(2016, 1, 1), 7*60, 16*60+30))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOpening(t *testing.T) {
	c := withHours(t)
	at := func(day string, hour, minute int) Instant { return InstantAt(mustDate(t, day), hour, minute) }
	for _, tt := range []struct {
		name     string
		at, want Instant
	}{
		{"in the morning's hours", at("20/11/2026", 9, 12), at("20/11/2026", 9, 12)},
		{"as the office opens", at("20/11/2026", 7, 30), at("20/11/2026", 7, 30)},
		{"before it opens", at("20/11/2026", 6, 59), at("20/11/2026", 7, 30)},
		{"at noon", at("20/11/2026", 12, 0), at("20/11/2026", 13, 30)},
		{"as it closes", at("19/11/2026", 17, 0), at("20/11/2026", 7, 30)},
		{"on Friday evening", at("20/11/2026", 20, 0), at("23/11/2026", 7, 30)},
		{"before a holiday", at("23/11/2026", 17, 1), at("25/11/2026", 7, 30)},
		{"on a Saturday that is worked", at("22/08/2026", 9, 0), at("22/08/2026", 9, 0)},
		{"on a Saturday", at("21/11/2026", 9, 0), at("23/11/2026", 7, 30)},
		{"by the hours of its year", at("05/05/2025", 16, 45), at("06/05/2025", 7, 0)},
		{"in Tết", at("14/02/2026", 9, 0), at("23/02/2026", 7, 30)},
	} {
		if got := c.Opening(tt.at); got != tt.want {
			t.Errorf("%s: %s counts from %s, want %s", tt.name, tt.at, got, tt.want)
		}
	}
	if got := fixture(t).Opening(at("21/11/2026", 3, 0)); got != at("21/11/2026", 3, 0) {
		t.Errorf("without office hours a moment waits until %s", got)
	}
}

// Over random moments: the opening never lies before them, doesn't wait again, keeps their order, and is on a working day.
func TestOpeningProperties(t *testing.T) {
	c := withHours(t)
	random := rand.New(rand.NewPCG(2026, 11))
	for range 2000 {
		at := InstantAt(DateOf(2024, 1, 1).AddDays(random.IntN(1000)), random.IntN(24), random.IntN(60))
		opening := c.Opening(at)
		if opening.Before(at) || c.Opening(opening) != opening || !c.Works(opening.Date()) {
			t.Fatalf("%s opens %s", at, opening)
		}
		if later := c.Opening(at.Add(time.Duration(random.IntN(5000)) * time.Minute)); later.Before(opening) {
			t.Fatalf("%s opens %s, a later moment %s", at, opening, later)
		}
	}
}

func TestClock(t *testing.T) {
	for s, want := range map[string]Clock{"00:00": 0, "07:30": 450, "24:00": 1440} {
		if got, err := ParseClock(s); err != nil || got != want || got.String() != s {
			t.Errorf("%s: %v %v", s, got, err)
		}
	}
	for _, s := range []string{"", "7:30", "07.30", "07:60", "24:01", "25:00", "-1:00", "07:30x"} {
		if got, err := ParseClock(s); err == nil {
			t.Errorf("%q was read as %s", s, got)
		}
	}
}

func TestCalendarIsWrittenAsItIsRead(t *testing.T) {
	c := withHours(t)
	days := c.Days()
	for i := range days {
		days[i].Source, days[i].Certainty = "thử", Likely
	}
	c, err := NewCalendar(c.Version(), days, c.Hours()...)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseCalendar(b)
	if err != nil || again.Version() != c.Version() || !slices.Equal(again.Days(), c.Days()) || !slices.EqualFunc(again.Hours(), c.Hours(), WeekHours.same) {
		t.Errorf("came back as %+v, %v", again, err)
	}
}

func TestCalendarChange(t *testing.T) {
	c := withHours(t)
	good := Day{DateOf(2027, 2, 8), DayOff, "Tết Nguyên đán", "Quyết định", Likely}
	with := func(change func(*Day)) CalendarChange {
		day := good
		change(&day)
		return CalendarChange{Days: []Day{day}, Hours: c.Hours(), Note: "Lịch năm 2027"}
	}
	if next, err := c.Change("next", with(func(*Day) {})); err != nil || next.Version() != "next" || next.Works(good.Date) || !c.Works(good.Date) {
		t.Errorf("changed to %+v, %v", next, err)
	}
	for name, tt := range map[string]struct {
		to    CalendarChange
		field string
	}{
		"no such day":        {with(func(d *Day) { d.Date = Date{2027, 2, 30} }), "ngay"},
		"unknown kind":       {with(func(d *Day) { d.Kind = "half" }), "loai"},
		"worked on a Monday": {with(func(d *Day) { d.Kind = DayWorked }), "loai"},
		"no name":            {with(func(d *Day) { d.Name = "" }), "ten"},
		"no source":          {with(func(d *Day) { d.Source = "" }), "nguon"},
		"twice":              {CalendarChange{Days: []Day{good, good}, Note: "x"}, "ngay"},
		"no reason":          {CalendarChange{Days: []Day{good}}, "ly-do"},
		"no span":            {CalendarChange{Hours: []WeekHours{{From: DateOf(2027, 1, 1), Certainty: Likely}}, Note: "x"}, "gio"},
		"two weeks at once":  {CalendarChange{Hours: append(c.Hours(), c.Hours()...), Note: "x"}, "gio"},
		"overlapping hours": {CalendarChange{Hours: []WeekHours{{From: DateOf(2027, 1, 1), Certainty: Likely,
			Hours: []OpenHours{{time.Monday, 420, 700}, {time.Monday, 690, 1020}}}}, Note: "x"}, "gio"},
		"nothing new": {CalendarChange{Days: c.Days(), Hours: c.Hours(), Note: "x"}, "ngay"},
	} {
		if name == "nothing new" { // the fixture's days have no source
			for i := range tt.to.Days {
				tt.to.Days[i].Source, tt.to.Days[i].Certainty = "thử", Likely
			}
			full, err := NewCalendar("full", tt.to.Days, c.Hours()...)
			if err != nil {
				t.Fatal(err)
			}
			_, err = full.Change("next", tt.to)
			if p := ProblemsOf(err); len(p) != 1 || p[0].Field != tt.field {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		_, err := c.Change("next", tt.to)
		if p := ProblemsOf(err); len(p) != 1 || p[0].Field != tt.field {
			t.Errorf("%s: %v, want a problem at %s", name, err, tt.field)
		}
	}
}

func TestCountsFrom(t *testing.T) {
	c := withHours(t)
	ps := Parameters{
		{Key: ParameterAfterHours, Value: "same_day", Unit: UnitWord, From: DateOf(2016, 1, 1), To: DateOf(2026, 10, 31)},
		{Key: ParameterAfterHours, Value: AfterHoursNextOpening, Unit: UnitWord, From: DateOf(2026, 11, 1)},
	}
	friday := mustDate(t, "20/11/2026")
	for at, want := range map[Instant]Instant{
		InstantAt(friday, 20, 0):                     InstantAt(friday.AddDays(3), 7, 30),
		InstantAt(friday, 9, 0):                      InstantAt(friday, 9, 0),
		InstantAt(mustDate(t, "30/10/2026"), 20, 0):  InstantAt(mustDate(t, "30/10/2026"), 20, 0), // by the rule of its day
		InstantAt(mustDate(t, "31/10/2026"), 23, 59): InstantAt(mustDate(t, "31/10/2026"), 23, 59),
		InstantAt(mustDate(t, "01/11/2026"), 0, 0):   InstantAt(mustDate(t, "02/11/2026"), 7, 30),
	} {
		if got := c.CountsFrom(at, ps); got != want {
			t.Errorf("%s counts from %s, want %s", at, got, want)
		}
		if got := c.CountsFrom(at, nil); got != at {
			t.Errorf("without a rule %s counts from %s", at, got)
		}
	}
	// What is received before CountedUntil counts from that day or before; what is received then, from a later one.
	random := rand.New(rand.NewPCG(17, 30))
	for range 1000 {
		day := DateOf(2026, 11, 5).AddDays(random.IntN(50))
		until := c.CountedUntil(day, ps)
		if c.CountsFrom(until.Add(-time.Minute), ps).Date().After(day) || !c.CountsFrom(until, ps).Date().After(day) {
			t.Fatalf("%s is counted until %s", day, until)
		}
	}
	if got := c.CountedUntil(friday, nil); got != InstantAt(friday, 24, 0) {
		t.Errorf("without a rule the day is counted until %s", got)
	}
}
