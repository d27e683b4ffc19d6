package calendar

import (
	"slices"
	"strings"
	"testing"
)

// What the law proposes is what was decided in the years whose decisions are known, days swapped by decision apart.
func TestProposedHolidaysAreThoseDecided(t *testing.T) {
	rules := shipped(t, "holidays.json", ParseHolidays)
	c := shipped(t, "calendar.json", ParseCalendar)
	for year := 2024; year <= 2026; year++ {
		var want, got []string
		for _, day := range c.Days() {
			if day.Date.Year == year && day.Kind == DayOff && !rests(day.Date) && !strings.Contains(day.Name, "hoán đổi") {
				want = append(want, day.Date.String())
			}
		}
		for _, day := range rules.Propose(year) {
			if !rests(day.Date) {
				got = append(got, day.Date.String())
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d: proposed %v, decided %v", year, got, want)
		}
		if lacks := c.Lacks(rules.Propose(year)); len(lacks) > 0 {
			t.Errorf("%d: proposed beside what was decided: %v", year, lacks)
		}
	}
}

func TestProposeHolidays(t *testing.T) {
	rules := shipped(t, "holidays.json", ParseHolidays)
	days := func(year int) map[Date]Day {
		m := map[Date]Day{}
		for _, d := range rules.Propose(year) {
			m[d.Date] = d
		}
		return m
	}
	for year := 2024; year <= 2040; year++ {
		m := days(year)
		if day := m[NewYear(year)]; day.Name != "Tết Nguyên đán" || day.Certainty != Unverified {
			t.Errorf("%d: the lunar new year is %+v", year, day)
		}
		for d, day := range m {
			if d.Year != year || day.Kind != DayOff || day.Name == "" || day.Source == "" {
				t.Errorf("%d: %+v", year, day)
			}
		}
		if _, ok := m[DateOf(year, 11, 24)]; ok != (year >= 2026) {
			t.Errorf("%d: 24/11 is off: %v", year, ok)
		}
		c, err := NewCalendar("x", rules.Propose(year))
		if err != nil || !c.Covers(year) {
			t.Errorf("%d: a calendar of the proposals doesn't cover it (%v)", year, err)
		}
		if len(c.Lacks(rules.Propose(year))) != 0 {
			t.Errorf("%d: lacks what it has", year)
		}
	}
	ancestors := days(2026)
	if day := ancestors[DateOf(2026, 4, 27)]; day.Name != "Nghỉ bù Giỗ Tổ Hùng Vương (ngày 26/04/2026)" ||
		day.Certainty != Certain || !strings.Contains(day.Source, "Điều 111") {
		t.Errorf("compensation %+v", day)
	}
	if _, ok := days(2025)[DateOf(2025, 4, 8)]; ok {
		t.Error("a holiday on a Monday is compensated")
	}
	// 30/4 is a Saturday and 1/5 a Sunday: each is made up for.
	for _, d := range []Date{{2033, 5, 2}, {2033, 5, 3}} {
		if _, ok := days(2033)[d]; !ok {
			t.Errorf("%s is worked", d)
		}
	}
}

func TestMissingYear(t *testing.T) {
	c := shipped(t, "calendar.json", ParseCalendar) // knows 2024 to 2026
	for day, want := range map[Date]int{
		{2023, 12, 31}: 2023, {2024, 1, 1}: 0, {2026, 9, 30}: 0, {2026, 10, 1}: 2027, {2026, 12, 31}: 2027,
		{2027, 1, 1}: 2027, {2025, 11, 1}: 0,
	} {
		if year, missing := c.MissingYear(day); year != want || missing != (want != 0) {
			t.Errorf("on %s the year %d is missing, want %d", day, year, want)
		}
	}
}

func TestParseHolidaysRefuses(t *testing.T) {
	const row = `{"name":"A","month":1,"day":1,"lunar":false,"days":1,"earliest":0,"latest":0,` +
		`"from":"2021-01-01","to":null,"source":"B","certainty":"certain"}`
	file := func(row string) []byte {
		return []byte(`{"rules":[` + row + `],"made_up":{"name":"C","source":"D"}}`)
	}
	if _, err := ParseHolidays(file(row)); err != nil {
		t.Fatal(err)
	}
	if _, err := ParseHolidays([]byte(`{"rules":[]}`)); err == nil {
		t.Error("accepted without a day made up")
	}
	for _, change := range [][2]string{
		{`"A"`, `""`}, {`"B"`, `""`}, {`"days":1`, `"days":0`}, {`"day":1`, `"day":32`}, {`"latest":0`, `"latest":-1`},
		{`"2021-01-01"`, `null`}, {`"certain"`, `"x"`}, {`"name"`, `"names"`},
		{`"month":1,"day":1,"lunar":false`, `"month":12,"day":1,"lunar":true`},
	} {
		if _, err := ParseHolidays(file(strings.Replace(row, change[0], change[1], 1))); err == nil {
			t.Errorf("%s: accepted", change[1])
		}
	}
}
