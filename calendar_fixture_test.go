package doithoai

import (
	"os"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

// fixture is the calendar of the deadline vectors.
func fixture(t *testing.T) calendar.Calendar {
	t.Helper()
	b, err := os.ReadFile("calendar/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.ParseCalendar(b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustDate(t *testing.T, s string) calendar.Date {
	t.Helper()
	parse := calendar.ParseDate
	if strings.Contains(s, "/") {
		parse = calendar.ParseDateVN
	}
	d, err := parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// officeWeek is open from Monday to Friday, and shut at noon.
func officeWeek(from calendar.Date, opens, closes calendar.Clock) calendar.WeekHours {
	w := calendar.WeekHours{From: from, Certainty: calendar.Unverified}
	for day := time.Monday; day <= time.Friday; day++ {
		w.Hours = append(w.Hours,
			calendar.OpenHours{Weekday: day, Opens: 13*60 + 30, Closes: closes},
			calendar.OpenHours{Weekday: day, Opens: opens, Closes: 11*60 + 30})
	}
	return w
}

func withHours(t *testing.T) calendar.Calendar {
	t.Helper()
	c, err := calendar.NewCalendar("hours", fixture(t).Days(), officeWeek(calendar.DateOf(2026, 1, 1), 7*60+30, 17*60),
		officeWeek(calendar.DateOf(2016, 1, 1), 7*60, 16*60+30))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
