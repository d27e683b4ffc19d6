package doithoai

import (
	"math/rand/v2"
	"testing"
	"time"

	"doithoai/calendar"
)

func TestCountsFrom(t *testing.T) {
	c := withHours(t)
	ps := Parameters{
		{Key: ParameterAfterHours, Value: "same_day", Unit: UnitWord, From: calendar.DateOf(2016, 1, 1),
			To: calendar.DateOf(2026, 10, 31)},
		{Key: ParameterAfterHours, Value: AfterHoursNextOpening, Unit: UnitWord, From: calendar.DateOf(2026, 11, 1)},
	}
	friday := mustDate(t, "20/11/2026")
	for at, want := range map[calendar.Instant]calendar.Instant{
		calendar.InstantAt(friday, 20, 0): calendar.InstantAt(friday.AddDays(3), 7, 30),
		calendar.InstantAt(friday, 9, 0):  calendar.InstantAt(friday, 9, 0),
		// By the rule of its day.
		calendar.InstantAt(mustDate(t, "30/10/2026"), 20, 0):  calendar.InstantAt(mustDate(t, "30/10/2026"), 20, 0),
		calendar.InstantAt(mustDate(t, "31/10/2026"), 23, 59): calendar.InstantAt(mustDate(t, "31/10/2026"), 23, 59),
		calendar.InstantAt(mustDate(t, "01/11/2026"), 0, 0):   calendar.InstantAt(mustDate(t, "02/11/2026"), 7, 30),
	} {
		if got := ps.CountsFrom(c, at); got != want {
			t.Errorf("%s counts from %s, want %s", at, got, want)
		}
		if got := Parameters(nil).CountsFrom(c, at); got != at {
			t.Errorf("without a rule %s counts from %s", at, got)
		}
	}
	// What is received before CountedUntil counts from that day or before; what is received then, from a later one.
	random := rand.New(rand.NewPCG(17, 30))
	for range 1000 {
		day := calendar.DateOf(2026, 11, 5).AddDays(random.IntN(50))
		until := ps.CountedUntil(c, day)
		if ps.CountsFrom(c, until.Add(-time.Minute)).Date().After(day) || !ps.CountsFrom(c, until).Date().After(day) {
			t.Fatalf("%s is counted until %s", day, until)
		}
	}
	if got := Parameters(nil).CountedUntil(c, friday); got != calendar.InstantAt(friday, 24, 0) {
		t.Errorf("without a rule the day is counted until %s", got)
	}
}
