package calendar

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
	c, err := NewCalendar("hours", fixture(t).Days(),
		officeWeek(DateOf(2026, 1, 1), 7*60+30, 17*60), officeWeek(DateOf(2016, 1, 1), 7*60, 16*60+30))
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

// Over random moments: the opening never lies before them, doesn't wait again, keeps their order, is on a working day.
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
	if err != nil || again.Version() != c.Version() || !slices.Equal(again.Days(), c.Days()) ||
		!slices.EqualFunc(again.Hours(), c.Hours(), WeekHours.same) {
		t.Errorf("came back as %+v, %v", again, err)
	}
}

// TestReadClock reads hours as people type them.
func TestReadClock(t *testing.T) {
	for typed, want := range map[string]string{
		"08:30": "08:30", "8:30": "08:30", "8h30": "08:30", " 8H30 ": "08:30", "8 giờ 30 phút": "08:30", "8.30": "08:30",
		"8h": "08:00", "8 giờ": "08:00", "17g05": "17:05", "0:00": "00:00", "23:59": "23:59",
		"24:00": "", "8:60": "", "8": "", "": "", "8h5": "", "sáng": "", "-1:00": "", "08:30:00": "",
	} {
		got, err := ReadClock(typed)
		if (err != nil) != (want == "") || err == nil && got.String() != want {
			t.Errorf("%q reads as %v, %v, want %q", typed, got, err, want)
		}
	}
}
