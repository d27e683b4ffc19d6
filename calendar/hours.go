package calendar

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Clock is a time of day in minutes after midnight. It is written "07:30".
type Clock int

// ParseClock reads "07:30", from 00:00 to 24:00.
func ParseClock(s string) (Clock, error) {
	var hour, minute int
	if n, err := fmt.Sscanf(s, "%d:%d", &hour, &minute); n != 2 || err != nil ||
		fmt.Sprintf("%02d:%02d", hour, minute) != s {
		return 0, fmt.Errorf("time of day %.20q isn't like 07:30", s)
	}
	c := Clock(hour*60 + minute)
	if minute < 0 || minute > 59 || c < 0 || c > 24*60 {
		return 0, fmt.Errorf("there is no time of day %.20q", s)
	}
	return c, nil
}

// String returns "07:30".
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// On is the minute of the clock on a day.
func (c Clock) On(d Date) Instant { return InstantAt(d, int(c)/60, int(c)%60) }

// ClockOf is the minute of an instant's day, on the clocks of Viet Nam.
func ClockOf(i Instant) Clock {
	t := Civil(i)
	return Clock(t.Hour()*60 + t.Minute())
}

// MarshalText implements encoding.TextMarshaler.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Clock) UnmarshalText(b []byte) (err error) {
	*c, err = ParseClock(string(b))
	return err
}

// OpenHours is a span of a day of the week in which the office is open.
type OpenHours struct {
	Weekday time.Weekday `json:"weekday"` // 0 is Sunday
	Opens   Clock        `json:"opens"`
	Closes  Clock        `json:"closes"`
}

// WeekHours are the office hours of a week from a day on, until the next of the calendar's weeks begin.
type WeekHours struct {
	From      Date        `json:"from"`
	Hours     []OpenHours `json:"hours"`
	Source    string      `json:"source"` // the decision that sets them; "" is a house default without legal basis
	Certainty Certainty   `json:"certainty"`
}

// Check returns an error where the hours are unfit: no first day, no hours, an unknown certainty, a span that ends
// before it begins, two that overlap.
func (w WeekHours) Check() error {
	if w.From.IsZero() || len(w.Hours) == 0 || !w.Certainty.Known() {
		return fmt.Errorf("office hours from %q: first day, hours or certainty is missing", w.From)
	}
	for i, h := range w.Hours {
		if h.Weekday < time.Sunday || h.Weekday > time.Saturday || h.Opens < 0 || h.Closes > 24*60 || h.Opens >= h.Closes {
			return fmt.Errorf("office hours from %s: %s to %s of weekday %d isn't a span", w.From, h.Opens, h.Closes, h.Weekday)
		}
		for _, other := range w.Hours[:i] {
			if other.Weekday == h.Weekday && h.Opens < other.Closes && other.Opens < h.Closes {
				return fmt.Errorf("office hours from %s: two spans of weekday %d overlap", w.From, h.Weekday)
			}
		}
	}
	return nil
}

// same reports whether both weeks say the same.
func (w WeekHours) same(other WeekHours) bool {
	return w.From == other.From && w.Source == other.Source && w.Certainty == other.Certainty &&
		slices.Equal(w.Hours, other.Hours)
}

// Same reports whether both calendars have the same days and hours, whatever their versions.
func (c Calendar) Same(other Calendar) bool {
	return slices.Equal(c.Days(), other.Days()) && slices.EqualFunc(c.hours, other.hours, WeekHours.same)
}

// Hours returns the calendar's office hours, in order of their first days.
func (c Calendar) Hours() []WeekHours { return slices.Clone(c.hours) }

// HoursOn returns the hours in which the office is open on the day, in order; none on a day off, and where none are
// known. A day of rest that is worked has its own weekday's hours, or else Monday's.
func (c Calendar) HoursOn(d Date) []OpenHours {
	if !c.Works(d) {
		return nil
	}
	var week WeekHours
	for _, w := range c.hours {
		if !d.Before(w.From) {
			week = w
		}
	}
	of := func(day time.Weekday) (list []OpenHours) {
		for _, h := range week.Hours {
			if h.Weekday == day {
				list = append(list, h)
			}
		}
		slices.SortFunc(list, func(a, b OpenHours) int { return int(a.Opens - b.Opens) })
		return list
	}
	if list := of(d.Weekday()); len(list) > 0 || c.reason(d) != DaySwappedIn {
		return list
	}
	return of(time.Monday)
}

// LongestShut bounds the search for the next opening, in days.
const LongestShut = 366

// Opening returns the moment from which something handed in at a moment counts as received where a receipt outside
// office hours waits for them: the moment itself in office hours, else the next opening. Where no office hours are
// known, it is the moment itself.
func (c Calendar) Opening(at Instant) Instant {
	civil := Civil(at)
	now := Clock(civil.Hour()*60 + civil.Minute())
	day := at.Date()
	for range LongestShut {
		for _, h := range c.HoursOn(day) {
			switch {
			case now < h.Opens:
				return h.Opens.On(day)
			case now < h.Closes:
				return at
			}
		}
		day, now = day.AddDays(1), -1
	}
	return at
}

// typedClock is a time of day as people type it: "8:30", "8h30", "8 giờ 30 phút", "8h", "08.30".
var typedClock = regexp.MustCompile(`^(\d{1,2})\s*(?:[:.hg]|giờ)\s*(?:(\d{2})\s*(?:phút|p|')?)?$`)

// ReadClock reads a time of day as people type it, from 00:00 to 23:59; an hour alone is its beginning.
func ReadClock(s string) (Clock, error) {
	m := typedClock.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return 0, fmt.Errorf("no time of day in %.20q", s)
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if hour > 23 || minute > 59 {
		return 0, fmt.Errorf("there is no time of day %.20q", s)
	}
	return Clock(hour*60 + minute), nil
}
