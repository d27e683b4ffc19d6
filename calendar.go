package doithoai

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"
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

// Known tells whether c is one of the three.
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
}

// NewCalendar builds a calendar of the given version from its days, in any
// order. It refuses days that don't exist or come twice, and unknown kinds. Two
// calendars of one version must have the same days: the version is kept with
// each deadline reckoned by it. Office hours may be given too, in any order.
func NewCalendar(version string, days []Day, hours ...WeekHours) (Calendar, error) {
	c := Calendar{version: version, days: make(map[Date]Day, len(days)), covered: make(map[int]bool), hours: slices.Clone(hours)}
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
	Version string        `json:"version"`
	Days    []Day `json:"days"`
	Hours   []WeekHours   `json:"hours"`
}

// ParseCalendar reads a calendar from JSON: {"version": …, "days": […],
// "hours": […]}. It refuses fields it doesn't know, a missing version, and days
// without a name, source or certainty: they could not be explained to those who
// wait.
func ParseCalendar(b []byte) (Calendar, error) {
	var file calendarFile
	if err := DecodeStrict(b, &file); err != nil {
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
	return NewCalendar(file.Version, file.Days, file.Hours...)
}

// MarshalJSON writes what ParseCalendar reads.
func (c Calendar) MarshalJSON() ([]byte, error) {
	return json.Marshal(calendarFile{c.version, c.Days(), c.Hours()})
}

// Words gives "20/10/2026", for problems.
func (d Date) Words() string { return d.Time().Format("02/01/2006") }

// CalendarChange is what somebody makes of a calendar: all of its days and
// office hours, and why.
type CalendarChange struct {
	Days  []Day
	Hours []WeekHours
	Note  string // the decision or the mistake that is the reason
}

// Change gives the calendar of the next version. In this order: each day exists
// and comes once, is off or worked, and is worked only where it is a Saturday
// or Sunday; each has a name, a source and a certainty; the hours are spans;
// there is a reason; something is different from before.
func (c Calendar) Change(version string, to CalendarChange) (Calendar, error) {
	ps := problems{of: "rules.calendar.problem."}
	seen := make(map[Date]bool, len(to.Days))
	for _, day := range to.Days {
		switch {
		case !day.Date.Valid():
			ps.add("ngay", "date")
			continue
		case seen[day.Date]:
			ps.add("ngay", "twice", "date", day.Date.Words())
		case day.Kind != DayOff && day.Kind != DayWorked:
			ps.add("loai", "kind")
		case day.Kind == DayWorked && day.Date.Weekday() != time.Saturday && day.Date.Weekday() != time.Sunday:
			ps.add("loai", "worked", "date", day.Date.Words())
		}
		seen[day.Date] = true
		if day.Name == "" || utf8.RuneCountInString(day.Name) > MaxLine {
			ps.add("ten", "name", "date", day.Date.Words(), "max", MaxLine)
		}
		if day.Source == "" || utf8.RuneCountInString(day.Source) > 2*MaxLine || !day.Certainty.Known() {
			ps.add("nguon", "source", "date", day.Date.Words(), "max", 2*MaxLine)
		}
	}
	for _, week := range to.Hours {
		if week.Check() != nil {
			ps.add("gio", "hours")
		}
	}
	if to.Note == "" || utf8.RuneCountInString(to.Note) > 2*MaxLine {
		ps.add("ly-do", "note", "max", 2*MaxLine)
	}
	if err := ps.refuse(); err != nil {
		return c, err
	}
	next, err := NewCalendar(version, to.Days, to.Hours...)
	if err != nil {
		return c, RefuseForm([]Problem{{Field: "gio", Key: "rules.calendar.problem.hours"}})
	}
	if slices.Equal(next.Days(), c.Days()) && slices.EqualFunc(next.hours, c.hours, WeekHours.same) {
		return c, RefuseForm([]Problem{{Field: "ngay", Key: "rules.calendar.problem.same"}})
	}
	return next, nil
}

// Version names the state of the days, "2026-01".
func (c Calendar) Version() string { return c.version }

// Days gives the days that depart from the plain week, in order.
func (c Calendar) Days() []Day {
	return slices.SortedFunc(maps.Values(c.days), func(a, b Day) int { return a.Date.Compare(b.Date) })
}

// Changed gives the first and the last day on which this calendar works otherwise than an older one; zero where there is none.
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

// Covers tells whether the days off of the year are known. The list of a year
// comes out late in the year before; it has come when it names the first day
// of the lunar year, which every yearly list does.
func (c Calendar) Covers(year int) bool { return c.covered[year] }

// Works tells whether d is a working day: one that the calendar says is
// worked, else Monday to Friday unless it says off.
func (c Calendar) Works(d Date) bool {
	r := c.reason(d)
	return r == DayPlain || r == DaySwappedIn
}

// DayReason says why a day counts, or doesn't, in working days.
type DayReason string

const (
	DayPlain     DayReason = "workday"    // Monday to Friday
	DaySwappedIn DayReason = "swapped_in" // a day of rest that is worked
	DayWeekend   DayReason = "weekend"    // Saturday or Sunday
	DayHoliday   DayReason = "holiday"    // off by the calendar
	DayStart     DayReason = "start"      // the day of the event isn't counted (BLDS 2015 Đ.147 k.2)
	DayCounted   DayReason = "calendar"   // every day counts in calendar days
)

// reason gives how d stands in working days; a row of the calendar comes
// before the day of the week.
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

// AddWorkdays gives the n-th working day after d; d itself is never counted,
// whether worked or not. For n < 0 it gives the n-th working day before d. For
// n = 0 it gives d, or the next working day where d is off: a term of nothing
// ends at once, but never on a day off (BLDS 2015 Đ.148 k.5).
func (c Calendar) AddWorkdays(d Date, n int) Date {
	if n == 0 {
		return c.roll(d)
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

// WorkdaysBetween gives how many working days remain from a to b: a isn't
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

// roll gives d, or the next working day where d is off.
func (c Calendar) roll(d Date) Date {
	for !c.Works(d) {
		d = d.AddDays(1)
	}
	return d
}

// TermUnit is what a term is counted in. "Ngày" in a law without "làm việc"
// means calendar days.
type TermUnit string

const (
	Workdays TermUnit = "workdays"
	Days     TermUnit = "days"
)

// Term is a length of time that a rule grants.
type Term struct {
	N    int      `json:"n"`
	Unit TermUnit `json:"unit"`
}

// MaxTerm is the longest term that is reckoned, in its unit.
const MaxTerm = 3660

// Valid tells whether t has a known unit and lies between 0 and [MaxTerm].
func (t Term) Valid() bool {
	return (t.Unit == Workdays || t.Unit == Days) && t.N >= 0 && t.N <= MaxTerm
}

// String gives "5 workdays", for logs.
func (t Term) String() string { return fmt.Sprintf("%d %s", t.N, t.Unit) }

// Deadline is when a term ends, and why then.
type Deadline struct {
	Start   Date
	Term    Term
	Due     Date   // the target: the day at whose end (24:00) the term ends
	Rolled  Date   // the next working day where Due is off, else Due. Information only: being early is never wrong
	Beyond  bool   // the days off of a year it runs through aren't known yet: Due may still move
	Version string // of the calendar
	Steps   []DayStep
}

// DayStep explains one day on the way from the start to the deadline. A day
// after Due, up to Rolled, isn't counted.
type DayStep struct {
	Date   Date
	N      int // the ordinal of a counted day from 1, 0 of one that isn't counted
	Reason DayReason
	Name   string // what the calendar calls the day, "" where it says nothing
}

// Counted tells whether the day uses up the term.
func (s DayStep) Counted() bool { return s.N > 0 }

// Due gives the last day of the term t of an event on the day start. The start
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

// Deadline explains, day by day, when the term t of an event on the day start
// ends: on the day Due; where that day of a term in calendar days is off, Đ.148
// k.5 lets it run to the end of the next working day, Rolled. It panics unless
// t is Valid.
func (c Calendar) Deadline(start Date, t Term) Deadline {
	due := c.Due(start, t)
	dl := Deadline{Start: start, Term: t, Due: due, Rolled: c.roll(due), Version: c.version}
	dl.Beyond = c.beyond(start, dl.Rolled)
	dl.Steps = c.steps(dl)
	return dl
}

// beyond tells whether a year from a to b isn't covered.
func (c Calendar) beyond(a, b Date) bool {
	for year := a.Year; year <= b.Year; year++ {
		if !c.Covers(year) {
			return true
		}
	}
	return false
}

// steps explains each day from the start to the rolled end.
func (c Calendar) steps(dl Deadline) []DayStep {
	steps := []DayStep{{Date: dl.Start, Reason: DayStart, Name: c.days[dl.Start].Name}}
	n := 0
	for d := dl.Start.AddDays(1); !d.After(dl.Rolled); d = d.AddDays(1) {
		step := DayStep{Date: d, Reason: c.reason(d), Name: c.days[d].Name}
		inTerm := !d.After(dl.Due) && n < dl.Term.N
		if inTerm && dl.Term.Unit == Days {
			step.Reason = DayCounted
		}
		if inTerm && (dl.Term.Unit == Days || c.Works(d)) {
			n++
			step.N = n
		}
		steps = append(steps, step)
	}
	return steps
}

// BackwardLimit is the last day for something that must happen before an event.
type BackwardLimit struct {
	Event   Date
	Term    Term
	Latest  Date      // the last lawful day
	Advised Date      // the working day before it where Latest is off, else Latest
	Beyond  bool      // the days off of a year it runs through aren't known yet
	Version string    // of the calendar
	Steps   []DayStep // from the event back to Advised
}

// LatestBefore gives the last day on which something may be done that must be
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
	limit := BackwardLimit{Event: event, Term: t, Latest: latest, Advised: advised, Beyond: c.beyond(advised, event), Version: c.version}
	limit.Steps = c.stepsBack(limit)
	return limit
}

// stepsBack explains each day from the event back to the advised day.
func (c Calendar) stepsBack(l BackwardLimit) []DayStep {
	steps := []DayStep{{Date: l.Event, Reason: DayStart, Name: c.days[l.Event].Name}}
	n := 0
	for d := l.Event.AddDays(-1); !d.Before(l.Advised); d = d.AddDays(-1) {
		step := DayStep{Date: d, Reason: c.reason(d), Name: c.days[d].Name}
		inTerm := !d.Before(l.Latest) && n < l.Term.N
		if inTerm && l.Term.Unit == Days {
			step.Reason = DayCounted
		}
		if inTerm && (l.Term.Unit == Days || c.Works(d)) {
			n++
			step.N = n
		}
		steps = append(steps, step)
	}
	return steps
}

// The act of changing the working calendar.
const (
	ActChangeCalendar Act = "change_calendar"
)

var calendarActs = []actRow{
	{ActChangeCalendar, law{"a new version of days off, make-up days and office hours; due dates that stand stay", "BLLĐ 2019 Đ.111–112 (C); yearly decisions (L)", ""},
		[]grant{{RoleOffice, always}}},
}
