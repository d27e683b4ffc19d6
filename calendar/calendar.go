// Package calendar reckons days in Viet Nam: instants and civil days, the lunar calendar, public holidays with days
// swapped and made up for, office hours, and terms in working days or calendar days with the explanation of each, day
// by day. It uses the standard library alone and knows nothing of opinions.
package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"
)

// DayKind says how a day departs from the plain week, in which Monday to
// Friday are worked.
type DayKind string

const (
	DayOff    DayKind = "off"    // a public holiday, its compensation, or a day swapped off
	DayWorked DayKind = "worked" // a Saturday or Sunday worked in exchange for a day off
)

// Certainty says how well a fact of law is known to those who entered it.
type Certainty string

const (
	Certain    Certainty = "certain"    // read in the text itself
	Likely     Certainty = "likely"     // from a good secondary source
	Unverified Certainty = "unverified" // to be checked before anyone relies on it
)

// Known reports whether c is one of the three.
func (c Certainty) Known() bool { return c == Certain || c == Likely || c == Unverified }

// Day is one day that departs from the plain week.
type Day struct {
	Date      Date      `json:"date"`
	Kind      DayKind   `json:"kind"`
	Name      string    `json:"name"`   // "Tết Nguyên đán", "làm bù ngày 29/4/2024"
	Source    string    `json:"source"` // the decision or the article it rests on
	Certainty Certainty `json:"certainty"`
}

// Calendar knows which days are worked. The zero Calendar knows the plain week
// and covers no year. Calendars are read-only and safe for concurrent use.
type Calendar struct {
	version string
	days    map[Date]Day
	covered map[int]bool
	hours   []WeekHours // in order of their first days
	late    map[Date]bool
}

// NewCalendar builds a calendar of the given version from its days, in any
// order. It refuses days that don't exist or come twice, and unknown kinds. Two
// calendars of one version must have the same days: the version is kept with
// each deadline reckoned by it. Office hours may be given too, in any order.
func NewCalendar(version string, days []Day, hours ...WeekHours) (Calendar, error) {
	c := Calendar{
		version: version, days: make(map[Date]Day, len(days)), covered: make(map[int]bool), hours: slices.Clone(hours),
	}
	slices.SortFunc(c.hours, func(a, b WeekHours) int { return a.From.Compare(b.From) })
	for i, week := range c.hours {
		if err := week.Check(); err != nil {
			return Calendar{}, fmt.Errorf("calendar %s: %w", version, err)
		}
		if i > 0 && c.hours[i-1].From == week.From {
			return Calendar{}, fmt.Errorf("calendar %s: two office hours from %s", version, week.From)
		}
	}
	for _, day := range days {
		_, twice := c.days[day.Date]
		switch {
		case !day.Date.Valid():
			return Calendar{}, fmt.Errorf("calendar %s: day %v doesn't exist", version, day.Date)
		case twice:
			return Calendar{}, fmt.Errorf("calendar %s: %s comes twice", version, day.Date)
		case day.Kind != DayOff && day.Kind != DayWorked:
			return Calendar{}, fmt.Errorf("calendar %s: %s is of unknown kind %q", version, day.Date, day.Kind)
		}
		c.days[day.Date] = day
	}
	for _, day := range days {
		year := day.Date.Year
		if _, known := c.covered[year]; !known {
			c.covered[year] = c.days[NewYear(year)].Kind == DayOff
		}
	}
	return c, nil
}

// calendarFile is a calendar as it is written.
type calendarFile struct {
	Version string      `json:"version"`
	Days    []Day       `json:"days"`
	Hours   []WeekHours `json:"hours"`
	Late    []Date      `json:"late,omitempty"`
}

// ParseCalendar reads a calendar from JSON: {"version": …, "days": […],
// "hours": […], "late": […]}, of which late are the days of which it says
// otherwise too late ([Calendar.After]). It refuses fields it doesn't know, a missing version, and days
// without a name, source or certainty: they could not be explained to those who
// wait.
func ParseCalendar(b []byte) (Calendar, error) {
	var file calendarFile
	if err := decode(b, &file); err != nil {
		return Calendar{}, fmt.Errorf("calendar: %w", err)
	}
	if file.Version == "" {
		return Calendar{}, errors.New("calendar without a version")
	}
	for _, day := range file.Days {
		if day.Name == "" || day.Source == "" || !day.Certainty.Known() {
			return Calendar{}, fmt.Errorf("calendar %s: %s lacks a name, source or certainty", file.Version, day.Date)
		}
	}
	c, err := NewCalendar(file.Version, file.Days, file.Hours...)
	for _, d := range file.Late {
		c.sayLate(d)
	}
	return c, err
}

// MarshalJSON writes what ParseCalendar reads.
func (c Calendar) MarshalJSON() ([]byte, error) {
	return json.Marshal(calendarFile{c.version, c.Days(), c.Hours(), slices.SortedFunc(maps.Keys(c.late), Date.Compare)})
}

// Words returns "20/10/2026", as problems say a date.
func (d Date) Words() string { return d.Time().Format("02/01/2006") }

// Version names the state of the days, "2026-01".
func (c Calendar) Version() string { return c.version }

// Days returns the days that depart from the plain week, in order.
func (c Calendar) Days() []Day {
	return slices.SortedFunc(maps.Values(c.days), func(a, b Day) int { return a.Date.Compare(b.Date) })
}

// Changed returns the first and the last day on which this calendar works otherwise than an older one; zero where there
// is none.
func (c Calendar) Changed(old Calendar) (first, last Date) {
	for _, days := range []map[Date]Day{c.days, old.days} {
		for d := range days {
			if c.Works(d) == old.Works(d) {
				continue
			}
			if first.IsZero() || d.Before(first) {
				first = d
			}
			if d.After(last) {
				last = d
			}
		}
	}
	return first, last
}

// Covers reports whether the days off of the year are known. The list of a year
// comes out late in the year before; it has come when it names the first day
// of the lunar year, which every yearly list does.
func (c Calendar) Covers(year int) bool { return c.covered[year] }

// Works reports whether d is a working day: one that the calendar says is
// worked, else Monday to Friday unless it says off.
func (c Calendar) Works(d Date) bool {
	r := c.reason(d)
	return r == DayPlain || r == DaySwappedIn
}

// reason returns why d is worked or off; a row of the calendar comes before
// the day of the week.
func (c Calendar) reason(d Date) DayReason {
	rest := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	switch kind := c.days[d].Kind; {
	case kind == DayWorked && rest:
		return DaySwappedIn
	case kind == DayOff:
		return DayHoliday
	case rest && kind != DayWorked:
		return DayWeekend
	}
	return DayPlain
}

// AddWorkdays returns the n-th working day after d; d itself is never counted,
// whether worked or not. For n < 0 it is the n-th working day before d. For
// n = 0 it is d, or the next working day where d is off: a term of nothing
// ends at once, but never on a day off (BLDS 2015 Đ.148 k.5).
func (c Calendar) AddWorkdays(d Date, n int) Date {
	if n == 0 {
		return c.Roll(d)
	}
	step, left := 1, n
	if n < 0 {
		step, left = -1, -n
	}
	for left > 0 {
		if d = d.AddDays(step); c.Works(d) {
			left--
		}
	}
	return d
}

// WorkdaysBetween returns how many working days remain from a to b: a isn't
// counted, b is. It is negative when b lies before a, so that for a due date b
// and today a, n > 0 means "n working days left" and n < 0 "-n overdue".
func (c Calendar) WorkdaysBetween(a, b Date) int {
	if b.Before(a) {
		return -c.WorkdaysBetween(b, a)
	}
	n := 0
	for d := a.AddDays(1); !d.After(b); d = d.AddDays(1) {
		if c.Works(d) {
			n++
		}
	}
	return n
}

// Roll returns d, or the next working day where d is off.
func (c Calendar) Roll(d Date) Date {
	for !c.Works(d) {
		d = d.AddDays(1)
	}
	return d
}

// After returns the calendar as the one that took the place of an old one on a day. Whether a day was worked is what
// the calendar said that was in force when it ended: of days before on, what the old one says or was told of them.
func (c Calendar) After(old Calendar, on Date) Calendar {
	c.late = nil
	known := old.AsKnown()
	for _, days := range []iter.Seq[Date]{maps.Keys(c.days), maps.Keys(old.days), maps.Keys(old.late)} {
		for d := range days {
			if d.Before(on) && c.Works(d) != known.Works(d) {
				c.sayLate(d)
			}
		}
	}
	return c
}

func (c *Calendar) sayLate(d Date) {
	if c.late == nil {
		c.late = map[Date]bool{}
	}
	c.late[d] = true
}

// AsKnown returns the calendar with each day that is past as it was known when it ended ([Calendar.After]): a day off
// that was declared later was worked, and one that was withdrawn later was off.
func (c Calendar) AsKnown() Calendar {
	if len(c.late) == 0 {
		return c
	}
	known := c
	known.days, known.late = maps.Clone(c.days), nil
	for d := range c.late {
		switch rest := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday; {
		case c.Works(d) == rest: // else it is as the plain week has it
			delete(known.days, d)
		case c.Works(d):
			known.days[d] = Day{Date: d, Kind: DayOff}
		default:
			known.days[d] = Day{Date: d, Kind: DayWorked}
		}
	}
	return known
}

// Overdue returns the first day that is not overdue on the day today: due dates before it are. A due date that is off
// runs to the end of the next working day (BLDS 2015 Đ.148 k.5). A day off that was declared when the day was past
// excuses nothing, and one that was withdrawn then still does ([Calendar.After]).
func (c Calendar) Overdue(today Date) Date {
	return c.AsKnown().AddWorkdays(today, -1).AddDays(1)
}

// DaysLate is how many working days a due date is past on the day today, since the last day on which it was not; 0
// where it is not overdue.
func (c Calendar) DaysLate(due, today Date) int {
	if !due.Before(c.Overdue(today)) {
		return 0
	}
	last := c.Roll(due)
	if due.Before(c.Overdue(last)) { // the day off came too late to excuse it
		last = due
	}
	return c.WorkdaysBetween(last, today)
}

// Ends returns the day on which the term t of an event on the day start ends for whoever is to act: that of Due, or
// the next working day where it is off. It panics unless t is Valid.
func (c Calendar) Ends(start Date, t Term) Date { return c.Roll(c.Due(start, t)) }

// Due returns the last day of the term t of an event on the day start. The start
// is not counted, worked or not (BLDS 2015 Đ.147 k.2). A term in working days
// ends on a working day. It panics unless t is Valid.
func (c Calendar) Due(start Date, t Term) Date {
	if !t.Valid() {
		panic(fmt.Sprintf("deadline of %v", t))
	}
	if t.Unit == Workdays {
		return c.AddWorkdays(start, t.N)
	}
	return start.AddDays(t.N)
}

// beyond reports whether a year from a to b isn't covered.
func (c Calendar) beyond(a, b Date) bool {
	for year := a.Year; year <= b.Year; year++ {
		if !c.Covers(year) {
			return true
		}
	}
	return false
}

// LatestBefore returns the last day on which something may be done that must be
// done "at the latest t before" the event. The day of the event is day 0: 7
// days before the 25th is the 18th. Offices are shut on a day off, so that the
// advice is the working day before it. It panics unless t is Valid.
func (c Calendar) LatestBefore(event Date, t Term) BackwardLimit {
	if !t.Valid() {
		panic(fmt.Sprintf("limit %v before %s", t, event))
	}
	latest := event.AddDays(-t.N)
	if t.Unit == Workdays && t.N > 0 {
		latest = c.AddWorkdays(event, -t.N)
	}
	advised := latest
	if !c.Works(latest) {
		advised = c.AddWorkdays(latest, -1)
	}
	limit := BackwardLimit{
		Event: event, Term: t, Latest: latest, Advised: advised, Beyond: c.beyond(advised, event), Version: c.version,
	}
	limit.Steps = c.stepsBack(limit)
	return limit
}

// decode reads one JSON value and nothing after it. Unknown fields are refused: a misspelt one would be lost silently.
func decode(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the end of the value")
	}
	return nil
}
