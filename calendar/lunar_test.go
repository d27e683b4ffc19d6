package calendar

import "testing"

// The first day of the lunar year and the day of the Hùng kings (10th of the 3rd month), as published for Viet Nam; the
// latter is not known for all years, and is checked by the way back in each.
func TestNewYearAndHungKings(t *testing.T) {
	for year, want := range map[int][2]string{
		2023: {"2023-01-22", "2023-04-29"}, // after a leap second month
		2024: {"2024-02-10", "2024-04-18"},
		2025: {"2025-01-29", "2025-04-07"},
		2026: {"2026-02-17", "2026-04-26"},
		2027: {"2027-02-06", "2027-04-16"},
		2028: {"2028-01-26", "2028-04-04"},
		2029: {"2029-02-13", "2029-04-23"},
		2030: {"2030-02-02", "2030-04-12"}, // the new moon falls before midnight here, after it in Beijing
		2031: {"2031-01-23", "2031-04-01"},
		2032: {"2032-02-11", "2032-04-19"},
		2033: {"2033-01-31", ""},
		2034: {"2034-02-19", "2034-04-28"}, // after a leap eleventh month
		2035: {"2035-02-08", ""},
		2036: {"2036-01-28", ""},
		2037: {"2037-02-15", ""},
		2038: {"2038-02-04", ""},
		2039: {"2039-01-24", ""},
		2040: {"2040-02-12", ""},
		2053: {"2053-02-18", ""}, // as in 2030, a day before the Chinese one
	} {
		if got := NewYear(year).String(); got != want[0] {
			t.Errorf("new year %d: %s, want %s", year, got, want[0])
		}
		kings, ok := Lunar{Day: 10, Month: 3, Year: year}.Civil()
		if !ok || want[1] != "" && kings.String() != want[1] {
			t.Errorf("10/3 of %d: %s %v, want %s", year, kings, ok, want[1])
		}
		if got := LunarOf(kings); got != (Lunar{10, 3, year, false}) {
			t.Errorf("%s is %+v", kings, got)
		}
	}
}

func TestLunarOf(t *testing.T) {
	for _, c := range []struct {
		civil Date
		want  Lunar
	}{
		{DateOf(2026, 10, 25), Lunar{16, 9, 2026, false}},
		{DateOf(2024, 1, 8), Lunar{27, 11, 2023, false}},
		{DateOf(2025, 7, 24), Lunar{30, 6, 2025, false}},
		{DateOf(2025, 7, 25), Lunar{1, 6, 2025, true}},
		{DateOf(2025, 8, 22), Lunar{29, 6, 2025, true}},
		{DateOf(2025, 8, 23), Lunar{1, 7, 2025, false}},
		{DateOf(2025, 1, 28), Lunar{29, 12, 2024, false}},
		{DateOf(1968, 1, 29), Lunar{1, 1, 1968, false}}, // the first by the meridian of UTC+7
		{DateOf(1985, 1, 21), Lunar{1, 1, 1985, false}}, // a month before the Chinese one
		{DateOf(2007, 2, 17), Lunar{1, 1, 2007, false}}, // a day before the Chinese one
	} {
		if got := LunarOf(c.civil); got != c.want {
			t.Errorf("%s is %+v, want %+v", c.civil, got, c.want)
		}
	}
}

func TestLeapMonths(t *testing.T) {
	want := map[int]int{1985: 2, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2024: 0, 2025: 6, 2026: 0, 2027: 0, 2028: 5,
		2029: 0, 2030: 0, 2031: 3, 2032: 0, 2033: 11}
	for year, leap := range want {
		for month := 1; month <= 12; month++ {
			if _, ok := (Lunar{1, month, year, true}).Civil(); ok != (month == leap) {
				t.Errorf("leap month %d of %d: %v", month, year, ok)
			}
		}
	}
}

// Each day follows the day before it: within the month, or as first day of the
// next; months have 29 or 30 days; each lunar date leads back to its day.
func TestLunarDaysFollowEachOther(t *testing.T) {
	d := DateOf(1984, 1, 1)
	prev := LunarOf(d)
	for end := DateOf(2034, 12, 31); d.Before(end); {
		d = d.AddDays(1)
		got := LunarOf(d)
		switch {
		case got.Day == prev.Day+1 && got.Month == prev.Month && got.Year == prev.Year && got.Leap == prev.Leap:
		case got.Day != 1 || prev.Day < 29 || prev.Day > 30:
			t.Fatalf("%s: %+v follows %+v", d, got, prev)
		case got.Leap && (got.Month != prev.Month || prev.Leap || got.Year != prev.Year):
			t.Fatalf("%s: leap month %+v follows %+v", d, got, prev)
		case !got.Leap && (got.Month != prev.Month%12+1 || got.Year != prev.Year+prev.Month/12):
			t.Fatalf("%s: month %+v follows %+v", d, got, prev)
		}
		if got.Day == 15 {
			if back, ok := got.Civil(); !ok || back != d {
				t.Fatalf("%+v leads to %s, %v; want %s", got, back, ok, d)
			}
		}
		prev = got
	}
}

func TestLunarDayThatDoesNotExist(t *testing.T) {
	for _, l := range []Lunar{{}, {0, 1, 2025, false}, {31, 1, 2025, false}, {30, 12, 2024, false}, {1, 13, 2025, false}} {
		if d, ok := l.Civil(); ok {
			t.Errorf("%+v is %s", l, d)
		}
	}
}
