package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// HolidayRule is a public holiday as the law names it (BLLĐ 2019 Đ.112): on a day
// of the civil or of the lunar year, for one or more days.
type HolidayRule struct {
	Name  string     `json:"name"` // "Tết Nguyên đán"
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
	Lunar bool       `json:"lunar"` // the day is one of the lunar year that begins in the civil one
	Days  int        `json:"days"`  // how many days in a row are off
	// Earliest and Latest are the days on which they may begin, counted from the
	// day itself: where they differ, a decision of the year chooses.
	Earliest  int       `json:"earliest"`
	Latest    int       `json:"latest"`
	From      Date      `json:"from"`   // first day in force
	To        Date      `json:"to"`     // last day in force; absent: still is
	Source    string    `json:"source"` // the article
	Certainty Certainty `json:"certainty"`
}

// Holidays are the days off of every year.
type Holidays struct {
	Rules []HolidayRule `json:"rules"` // in the order of the year
	// MadeUp is the working day off for a holiday on a weekly day of rest.
	MadeUp struct {
		Name   string `json:"name"` // "Nghỉ bù {name} (ngày {date})"
		Source string `json:"source"`
	} `json:"made_up"`
}

// ParseHolidays reads holidays from JSON. It refuses fields it doesn't know, days
// that don't exist, and rules without name, source or days.
func ParseHolidays(b []byte) (Holidays, error) {
	var all Holidays
	if err := decode(b, &all); err != nil {
		return Holidays{}, fmt.Errorf("holidays: %w", err)
	}
	if all.MadeUp.Name == "" || all.MadeUp.Source == "" {
		return Holidays{}, errors.New("holidays without name and source of a day made up")
	}
	const leapYear = 2024
	for _, h := range all.Rules {
		civil := h.Lunar || Date{leapYear, h.Month, h.Day}.Valid()
		// The 11th and 12th month may end in the next year.
		lunar := !h.Lunar || h.Month >= 1 && h.Month <= 10 && h.Day >= 1 && h.Day <= 29
		if h.Name == "" || h.Source == "" || !h.Certainty.Known() || h.From.IsZero() ||
			h.Days < 1 || h.Earliest > h.Latest || !civil || !lunar {
			return Holidays{}, fmt.Errorf("holiday %q is incomplete", h.Name)
		}
	}
	return all, nil
}

// On returns the holiday's own day in a year, false where it isn't in force on it.
func (h HolidayRule) On(year int) (Date, bool) {
	d := DateOf(year, h.Month, h.Day)
	if h.Lunar {
		var ok bool
		if d, ok = (Lunar{Day: h.Day, Month: int(h.Month), Year: year}).Civil(); !ok {
			return Date{}, false
		}
	}
	return d, Within(d, h.From, h.To)
}

// Propose returns the days off of a year as the law has them, in order, for
// somebody to confirm by the year's decision.
//
// Each holiday is placed on its day. Where the law leaves open which days around it are off, those are proposed that
// make the longest run with the days of rest and their compensation, of such the one with fewest days to be made up
// for, then the earliest; they are unverified until a decision is named. A holiday on a weekly day of rest is made up
// for on the next working day (BLLĐ 2019 Đ.111 k.3).
func (all Holidays) Propose(year int) []Day {
	days := map[Date]Day{}
	place := func(h HolidayRule, first Date) {
		for i := range h.Days {
			day := Day{Date: first.AddDays(i), Kind: DayOff, Name: h.Name, Source: h.Source, Certainty: h.Certainty}
			if h.Earliest != h.Latest {
				day.Certainty = Unverified
			}
			if _, taken := days[day.Date]; !taken {
				days[day.Date] = day
			}
		}
	}
	for _, h := range all.Rules {
		if d, ok := h.On(year); ok {
			place(h, all.longest(h, d))
		}
	}
	all.makeUp(days)
	list := make([]Day, 0, len(days))
	for _, day := range days {
		if day.Date.Year == year {
			list = append(list, day)
		}
	}
	slices.SortFunc(list, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return list
}

// longest returns the first day of the span that leaves most days off in a row, of such the one with fewest on days of
// rest, then the earliest.
func (all Holidays) longest(h HolidayRule, d Date) Date {
	best, most, fewest := d.AddDays(h.Earliest), 0, h.Days+1
	for offset := h.Earliest; offset <= h.Latest; offset++ {
		days := map[Date]Day{}
		first, made := d.AddDays(offset), 0
		for i := range h.Days {
			days[first.AddDays(i)] = Day{Date: first.AddDays(i), Kind: DayOff}
			if rests(first.AddDays(i)) {
				made++
			}
		}
		all.makeUp(days)
		if n := runOf(days, d); n > most || n == most && made < fewest {
			best, most, fewest = first, n, made
		}
	}
	return best
}

// runOf counts the days off in a row around a day.
func runOf(days map[Date]Day, d Date) int {
	off := func(d Date) bool { _, ok := days[d]; return ok || rests(d) }
	first, last := d, d
	for off(first.AddDays(-1)) {
		first = first.AddDays(-1)
	}
	for off(last.AddDays(1)) {
		last = last.AddDays(1)
	}
	return first.DaysUntil(last) + 1
}

// makeUp adds the next working day for each holiday on a weekly day of rest.
func (all Holidays) makeUp(days map[Date]Day) {
	var resting []Day
	for _, day := range days {
		if rests(day.Date) {
			resting = append(resting, day)
		}
	}
	slices.SortFunc(resting, func(a, b Day) int { return a.Date.Compare(b.Date) })
	for _, day := range resting {
		d := day.Date.AddDays(1)
		for _, taken := days[d]; taken || rests(d); _, taken = days[d] {
			d = d.AddDays(1)
		}
		day.Name = strings.NewReplacer("{name}", day.Name, "{date}", day.Date.Words()).Replace(all.MadeUp.Name)
		day.Source = all.MadeUp.Source
		day.Date = d
		days[d] = day
	}
}

// rests reports whether d is a weekly day of rest.
func rests(d Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// Lacks returns the proposed days of which the calendar says nothing: neither off
// nor worked.
func (c Calendar) Lacks(proposed []Day) []Day {
	return slices.DeleteFunc(slices.Clone(proposed), func(day Day) bool {
		_, known := c.days[day.Date]
		return known
	})
}

// MissingYear returns the first year whose days off should be known on the day and
// aren't: the year itself, and from its last quarter on the next one, whose list
// comes out late in the year before. False: none is missing.
func (c Calendar) MissingYear(on Date) (int, bool) {
	switch {
	case !c.Covers(on.Year):
		return on.Year, true
	case on.Quarter() == 4 && !c.Covers(on.Year+1):
		return on.Year + 1, true
	}
	return 0, false
}
