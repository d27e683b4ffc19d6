package calendar

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// fixture is the calendar of the deadline vectors: its own, so that a correction of the data shipped can't change what
// is tested here.
func fixture(t *testing.T) Calendar { return read(t, "testdata/vectors.json", ParseCalendar) }

// shipped reads the data that come with the program.
func shipped[T any](t *testing.T, name string, parse func([]byte) (T, error)) T {
	t.Helper()
	return read(t, "../store/defaults/"+name, parse)
}

func read[T any](t *testing.T, path string, parse func([]byte) (T, error)) T {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v, err := parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustDate(t *testing.T, s string) Date {
	t.Helper()
	parse := ParseDate
	if strings.Contains(s, "/") {
		parse = ParseDateVN
	}
	d, err := parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDeadlineInWorkdays(t *testing.T) {
	c := fixture(t)
	for _, v := range []struct {
		start string
		n     int
		due   string
	}{
		{"08/01/2024", 5, "15/01/2024"},
		{"07/02/2024", 5, "21/02/2024"}, // across Tết
		{"24/04/2024", 5, "04/05/2024"}, // 29/4 off, Saturday 04/5 worked for it
		{"04/05/2024", 1, "06/05/2024"},
		{"24/01/2025", 10, "14/02/2025"},
		{"25/04/2025", 3, "29/04/2025"}, // Saturday 26/4 worked
		{"13/02/2026", 5, "27/02/2026"},
		{"21/08/2026", 5, "27/08/2026"}, // Saturday 22/8 worked
		{"20/11/2026", 5, "30/11/2026"}, // 24/11 off
		{"31/12/2026", 1, "04/01/2027"}, // 01/01/2027 off
		{"10/02/2024", 1, "15/02/2024"}, // from a day off
		{"08/01/2024", 0, "08/01/2024"},
		{"10/02/2024", 0, "15/02/2024"}, // nothing to wait for, but never on a day off
	} {
		start, due := mustDate(t, v.start), mustDate(t, v.due)
		dl := c.Deadline(start, Term{v.n, Workdays})
		if dl.Due != due || dl.Rolled != due {
			t.Errorf("%s + %d workdays: due %s, rolled %s, want %s", v.start, v.n, dl.Due, dl.Rolled, due)
		}
		if dl.Version != "fixture" || dl.Start != start || dl.Term.N != v.n {
			t.Errorf("%s + %d workdays: %+v doesn't say what it was reckoned from", v.start, v.n, dl)
		}
	}
}

func TestDeadlineInCalendarDays(t *testing.T) {
	c := fixture(t)
	for _, v := range []struct {
		start       string
		n           int
		due, rolled string
	}{
		{"25/10/2023", 10, "04/11/2023", "06/11/2023"}, // ends on a Saturday
		{"06/02/2026", 10, "16/02/2026", "23/02/2026"}, // ends in Tết
		{"12/11/2026", 10, "22/11/2026", "23/11/2026"},
		{"13/11/2026", 10, "23/11/2026", "23/11/2026"},
		{"01/03/2026", 0, "01/03/2026", "02/03/2026"},
	} {
		dl := c.Deadline(mustDate(t, v.start), Term{v.n, Days})
		if dl.Due != mustDate(t, v.due) || dl.Rolled != mustDate(t, v.rolled) {
			t.Errorf("%s + %d days: due %s, rolled %s, want %s, %s", v.start, v.n, dl.Due, dl.Rolled, v.due, v.rolled)
		}
	}
}

func TestLatestBefore(t *testing.T) {
	c := fixture(t)
	for _, v := range []struct {
		event           string
		term            Term
		latest, advised string
	}{
		{"25/10/2023", Term{7, Days}, "18/10/2023", "18/10/2023"},
		{"01/03/2026", Term{7, Days}, "22/02/2026", "13/02/2026"}, // the last day of the Tết break
		{"25/02/2026", Term{5, Workdays}, "11/02/2026", "11/02/2026"},
		{"01/03/2026", Term{0, Days}, "01/03/2026", "27/02/2026"},
		{"01/03/2026", Term{0, Workdays}, "01/03/2026", "27/02/2026"},
	} {
		got := c.LatestBefore(mustDate(t, v.event), v.term)
		if got.Latest != mustDate(t, v.latest) || got.Advised != mustDate(t, v.advised) {
			t.Errorf("%v before %s: %s, advised %s, want %s, %s", v.term, v.event, got.Latest, got.Advised, v.latest, v.advised)
		}
	}
}

func TestLatestBeforeSteps(t *testing.T) {
	c := fixture(t)
	compareSteps(t, c.LatestBefore(mustDate(t, "02/03/2026"), Term{2, Workdays}).Steps, []DayStep{
		{DateOf(2026, 3, 2), 0, DayStart, ""},
		{DateOf(2026, 3, 1), 0, DayWeekend, ""},
		{DateOf(2026, 2, 28), 0, DayWeekend, ""},
		{DateOf(2026, 2, 27), 1, DayPlain, ""},
		{DateOf(2026, 2, 26), 2, DayPlain, ""},
	})
	compareSteps(t, c.LatestBefore(mustDate(t, "16/11/2026"), Term{2, Days}).Steps, []DayStep{
		{DateOf(2026, 11, 16), 0, DayStart, ""},
		{DateOf(2026, 11, 15), 1, DayCounted, ""},
		{DateOf(2026, 11, 14), 2, DayCounted, ""}, // a Saturday: the last lawful day
		{DateOf(2026, 11, 13), 0, DayPlain, ""},   // the advised one
	})
}

func TestDeadlineBeyondTheCalendar(t *testing.T) {
	c := fixture(t)
	for year, want := range map[int]bool{2023: false, 2024: true, 2025: true, 2026: true, 2027: false, 2028: false} {
		if c.Covers(year) != want {
			t.Errorf("covers %d: %v: one day of a year doesn't make its list", year, !want)
		}
	}
	for _, v := range []struct {
		start  string
		beyond bool
	}{{"01/12/2026", false}, {"25/12/2026", true}, {"31/12/2026", true}, {"29/12/2023", true}, {"29/12/2025", false}} {
		start := mustDate(t, v.start)
		if got := c.Deadline(start, Term{5, Workdays}).Beyond; got != v.beyond {
			t.Errorf("5 workdays from %s: beyond %v", v.start, got)
		}
	}
	if !c.LatestBefore(mustDate(t, "04/01/2027"), Term{5, Workdays}).Beyond {
		t.Error("a limit before a day of 2027 isn't marked")
	}
}

func TestDeadlineSteps(t *testing.T) {
	c := fixture(t)
	dl := c.Deadline(mustDate(t, "26/04/2024"), Term{3, Workdays})
	want := []DayStep{
		{DateOf(2024, 4, 26), 0, DayStart, ""},
		{DateOf(2024, 4, 27), 0, DayWeekend, ""},
		{DateOf(2024, 4, 28), 0, DayWeekend, ""},
		{DateOf(2024, 4, 29), 0, DayHoliday, "nghỉ hoán đổi"},
		{DateOf(2024, 4, 30), 0, DayHoliday, "Ngày Chiến thắng"},
		{DateOf(2024, 5, 1), 0, DayHoliday, "Quốc tế Lao động"},
		{DateOf(2024, 5, 2), 1, DayPlain, ""},
		{DateOf(2024, 5, 3), 2, DayPlain, ""},
		{DateOf(2024, 5, 4), 3, DaySwappedIn, "làm bù"},
	}
	compareSteps(t, dl.Steps, want)

	dl = c.Deadline(mustDate(t, "12/11/2026"), Term{2, Days})
	want = []DayStep{
		{DateOf(2026, 11, 12), 0, DayStart, ""},
		{DateOf(2026, 11, 13), 1, DayCounted, ""},
		{DateOf(2026, 11, 14), 2, DayCounted, ""},
		{DateOf(2026, 11, 15), 0, DayWeekend, ""},
		{DateOf(2026, 11, 16), 0, DayPlain, ""}, // the rolled end: open, but no part of the term
	}
	compareSteps(t, dl.Steps, want)
}

func compareSteps(t *testing.T, got, want []DayStep) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d steps %+v, want %d", len(got), got, len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("step %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestWorkdaysBetween(t *testing.T) {
	c := fixture(t)
	for _, v := range []struct {
		a, b string
		n    int
	}{
		{"08/01/2024", "15/01/2024", 5},
		{"08/01/2024", "08/01/2024", 0},
		{"15/01/2024", "08/01/2024", -5},
		{"16/01/2024", "15/01/2024", -1}, // a day late
		{"12/01/2024", "14/01/2024", 0},  // the week-end between
		{"03/05/2024", "05/05/2024", 1},  // Saturday worked
	} {
		if got := c.WorkdaysBetween(mustDate(t, v.a), mustDate(t, v.b)); got != v.n {
			t.Errorf("from %s to %s: %d workdays, want %d", v.a, v.b, got, v.n)
		}
	}
}

// Over random starts and terms: deadlines in working days end on a working
// day, grow with the start and with the term, count back to the term, and have
// as many counted steps as the term is long.
func TestDeadlineProperties(t *testing.T) {
	c := fixture(t)
	random := rand.New(rand.NewPCG(2024, 1))
	for range 3000 {
		start := DateOf(2023, 10, 1).AddDays(random.IntN(1300))
		n := random.IntN(40)
		due := c.AddWorkdays(start, n)
		if !c.Works(due) {
			t.Fatalf("%s + %d ends on %s, a day off", start, n, due)
		}
		if next := c.AddWorkdays(start, n+1); next.Before(due) || (n > 0 && next == due) {
			t.Fatalf("%s + %d ends %s, + %d ends %s", start, n, due, n+1, next)
		}
		if later := c.AddWorkdays(start.AddDays(1), n); later.Before(due) {
			t.Fatalf("%s + %d ends %s, a day later it ends %s", start, n, due, later)
		}
		if n > 0 {
			if got := c.WorkdaysBetween(start, due); got != n {
				t.Fatalf("%d workdays from %s to %s, want %d", got, start, due, n)
			}
			back := c.AddWorkdays(due, -n)
			if got := c.WorkdaysBetween(back, due); got != n || !c.Works(back) {
				t.Fatalf("%s - %d is %s: %d workdays", due, n, back, got)
			}
		}
		for _, unit := range []TermUnit{Workdays, Days} {
			dl := c.Deadline(start, Term{n, unit})
			counted := 0
			for _, step := range dl.Steps {
				if step.Counted() {
					counted++
				}
			}
			if counted != n || !c.Works(dl.Rolled) || dl.Rolled.Before(dl.Due) {
				t.Fatalf("%v from %s: %d counted, due %s, rolled %s", dl.Term, start, counted, dl.Due, dl.Rolled)
			}
			if len(dl.Steps) != start.DaysUntil(dl.Rolled)+1 {
				t.Fatalf("%v from %s to %s explains %d days", dl.Term, start, dl.Rolled, len(dl.Steps))
			}
		}
	}
}

func TestPlainWeek(t *testing.T) {
	var c Calendar
	for d := DateOf(2026, 11, 16); d.Before(DateOf(2026, 11, 23)); d = d.AddDays(1) {
		if want := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday; c.Works(d) != want {
			t.Errorf("%s works: %v", d.Weekday(), !want)
		}
	}
	if !c.Deadline(DateOf(2026, 11, 16), Term{1, Days}).Beyond {
		t.Error("a calendar without days covers a year")
	}
}

func TestCalendarRefuses(t *testing.T) {
	day := Day{Date: DateOf(2026, 1, 1), Kind: DayOff}
	for name, days := range map[string][]Day{
		"twice":        {day, day},
		"no day":       {{Kind: DayOff}},
		"no such day":  {{Date: Date{2026, 2, 30}, Kind: DayOff}},
		"unknown kind": {{Date: DateOf(2026, 1, 1), Kind: "half"}},
	} {
		if _, err := NewCalendar("x", days); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	const good = `{"version":"1","days":[{"date":"2026-01-01","kind":"off",` +
		`"name":"a","source":"b","certainty":"certain"}]}`
	if c, err := ParseCalendar([]byte(good)); err != nil || c.Version() != "1" || c.Works(DateOf(2026, 1, 1)) {
		t.Errorf("read %+v, %v", c, err)
	}
	for name, change := range map[string][2]string{
		"unknown field":   {"name", "nom"},
		"text after":      {"]}", "]} x"},
		"no version":      {`"1"`, `""`},
		"no source":       {`"source":"b",`, ""},
		"no certainty":    {`"certain"`, `"perhaps"`},
		"date as written": {"2026-01-01", "01/01/2026"},
	} {
		file := strings.Replace(good, change[0], change[1], 1)
		if _, err := ParseCalendar([]byte(file)); err == nil || file == good {
			t.Errorf("%s: accepted", name)
		}
	}
	for _, term := range []Term{{-1, Workdays}, {1, "weeks"}, {MaxTerm + 1, Days}, {1, ""}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a deadline of %v was reckoned", term)
				}
			}()
			fixture(t).Deadline(DateOf(2026, 1, 1), term)
		}()
	}
}

// Two calendars differ from the first to the last day that one of them works and the other doesn't, whatever they say
// of the others.
func TestCalendarChanged(t *testing.T) {
	day := func(d Date, kind DayKind) Day {
		return Day{Date: d, Kind: kind, Name: "Ngày", Source: "QĐ"}
	}
	make := func(version string, days ...Day) Calendar {
		c, err := NewCalendar(version, days)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	monday, friday, saturday := DateOf(2026, 11, 2), DateOf(2026, 11, 6), DateOf(2026, 11, 7)
	plain := make("1")
	for _, tt := range []struct {
		name        string
		old, next   Calendar
		first, last Date
	}{
		{"nothing", plain, plain, Date{}, Date{}},
		{"a Saturday off says nothing new", plain, make("2", day(saturday, DayOff)), Date{}, Date{}},
		{"a day off more", plain, make("2", day(monday, DayOff)), monday, monday},
		{"a day off less", make("2", day(monday, DayOff)), plain, monday, monday},
		{"several", make("2", day(monday, DayOff)), make("3", day(friday, DayOff), day(saturday, DayWorked)),
			monday, saturday},
	} {
		if first, last := tt.next.Changed(tt.old); first != tt.first || last != tt.last {
			t.Errorf("%s: %s to %s, want %s to %s", tt.name, first, last, tt.first, tt.last)
		}
	}
}

// A day counts as the calendar had it when the day ended, whatever versions came after. Monday, 2 November 2026, begins
// the week.
func TestOverdueAsKnown(t *testing.T) {
	nov := func(d int) Date { return DateOf(2026, 11, d) }
	off := func(days ...Date) (all []Day) {
		for _, d := range days {
			all = append(all, Day{Date: d, Kind: DayOff, Name: "Nghỉ", Source: "QĐ", Certainty: Certain})
		}
		return all
	}
	friday, saturday, christmas := nov(6), nov(7), DateOf(2026, 12, 25)
	worked := []Day{{Date: saturday, Kind: DayWorked, Name: "Làm bù", Source: "QĐ", Certainty: Certain}}
	type version struct {
		on   Date
		days []Day
	}
	for _, tt := range []struct {
		name        string
		versions    []version
		today, want Date
	}{
		{"the plain week", nil, nov(9), saturday},
		{"off, declared before", []version{{nov(3), off(friday)}}, nov(9), friday},
		{"off, declared on the day", []version{{friday, off(friday)}}, nov(9), friday},
		{"off, declared when it was past", []version{{nov(9), off(friday)}}, nov(9), saturday},
		{"and a day of no matter after it", []version{{nov(3), off(friday)}, {nov(9), off(friday, christmas)}},
			nov(9), friday},
		{"and a day of no matter before it", []version{{nov(2), off(christmas)}, {nov(3), off(friday, christmas)}},
			nov(9), friday},
		{"a day of no matter after what came too late",
			[]version{{saturday, off(friday)}, {nov(9), off(friday, christmas)}}, nov(9), saturday},
		{"withdrawn before", []version{{nov(3), off(friday)}, {nov(5), nil}}, nov(9), saturday},
		{"withdrawn when it was past", []version{{nov(3), off(friday)}, {nov(9), nil}}, nov(9), friday},
		{"withdrawn when it was past, and declared again",
			[]version{{nov(3), off(friday)}, {saturday, nil}, {nov(9), off(friday)}}, nov(9), friday},
		{"too late, withdrawn, and declared again",
			[]version{{saturday, off(friday)}, {nov(8), nil}, {nov(9), off(friday)}}, nov(9), saturday},
		{"a Saturday worked", []version{{nov(3), worked}}, nov(9), nov(8)},
		{"a Saturday worked, declared when it was past", []version{{nov(9), worked}}, nov(9), saturday},
		{"a Saturday worked, withdrawn when it was past", []version{{nov(3), worked}, {nov(9), nil}}, nov(9), nov(8)},
		{"off that everybody knew, in a long row", []version{{nov(3), off(friday, nov(9), nov(10))},
			{nov(10), off(friday, nov(9), nov(10), christmas)}}, nov(11), friday},
	} {
		var c Calendar
		for i, v := range tt.versions {
			next, err := NewCalendar(string(rune('1'+i)), v.days)
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(next.After(c, v.on))
			if err != nil {
				t.Fatal(err)
			}
			if c, err = ParseCalendar(b); err != nil { // as it is kept
				t.Fatal(err)
			}
			for d := nov(1); d.Before(nov(12)); d = d.AddDays(1) {
				if c.Works(d) != next.Works(d) {
					t.Errorf("%s: %s works: %v", tt.name, d, c.Works(d))
				}
			}
		}
		if got := c.Overdue(tt.today); got != tt.want {
			t.Errorf("%s: on %s what was due before %s is late, want %s", tt.name, tt.today, got, tt.want)
		}
	}
}

// Forward and backward undo each other on working days, in both directions and for calendar days too.
func TestForwardAndBackward(t *testing.T) {
	c := fixture(t)
	random := rand.New(rand.NewPCG(3, 1))
	for range 3000 {
		d := c.Roll(DateOf(2024, 1, 1).AddDays(random.IntN(1000)))
		n := 1 + random.IntN(40)
		if back := c.AddWorkdays(c.AddWorkdays(d, n), -n); back != d {
			t.Fatalf("%s + %d - %d is %s", d, n, n, back)
		}
		if forth := c.AddWorkdays(c.AddWorkdays(d, -n), n); forth != d {
			t.Fatalf("%s - %d + %d is %s", d, n, n, forth)
		}
		if back := c.LatestBefore(c.Deadline(d, Term{n, Days}).Due, Term{n, Days}).Latest; back != d {
			t.Fatalf("%s + %d days - %d days is %s", d, n, n, back)
		}
		limit := c.LatestBefore(d, Term{n, Days})
		if limit.Advised.After(limit.Latest) || !c.Works(limit.Advised) {
			t.Fatalf("%d days before %s: %s, advised %s", n, d, limit.Latest, limit.Advised)
		}
	}
}

// The shipped calendar and the fixture of the deadline vectors were written
// apart: on the years covered they must agree about each day.
func TestShippedCalendar(t *testing.T) {
	c := shipped(t, "calendar.json", ParseCalendar)
	f := fixture(t)
	for d := DateOf(2024, 1, 1); d.Year < 2027; d = d.AddDays(1) {
		if c.Works(d) != f.Works(d) {
			t.Errorf("%s (%s) works: shipped %v, fixture %v", d, d.Weekday(), c.Works(d), f.Works(d))
		}
	}
	for year, want := range map[int]bool{2023: false, 2024: true, 2025: true, 2026: true, 2027: false} {
		if c.Covers(year) != want {
			t.Errorf("covers %d: %v", year, !want)
		}
	}
	for _, day := range c.Days() {
		rest := day.Date.Weekday() == time.Saturday || day.Date.Weekday() == time.Sunday
		if day.Kind == DayWorked && !rest {
			t.Errorf("%s is a %s: it is worked anyway", day.Date, day.Date.Weekday())
		}
	}
}
