package doithoai

import (
	"time"
	"unicode/utf8"

	"doithoai/calendar"
)

// CalendarChange is what somebody makes of a calendar: all of its days and
// office hours, and why.
type CalendarChange struct {
	Days  []calendar.Day
	Hours []calendar.WeekHours
	Note  string // the decision or the mistake that is the reason
}

// Apply returns the calendar of the next version, made on a day. In this order: each day exists
// and comes once, is off or worked, and is worked only where it is a Saturday
// or Sunday; each has a name, a source and a certainty; the hours are spans;
// there is a reason; something is different from before.
func (to CalendarChange) Apply(c calendar.Calendar, version string, on calendar.Date) (calendar.Calendar, error) {
	ps := problems{of: "rules.calendar.problem."}
	seen := make(map[calendar.Date]bool, len(to.Days))
	for _, day := range to.Days {
		switch {
		case !day.Date.Valid():
			ps.add("ngay", "date")
			continue
		case seen[day.Date]:
			ps.add("ngay", "twice", "date", day.Date.Words())
		case day.Kind != calendar.DayOff && day.Kind != calendar.DayWorked:
			ps.add("loai", "kind")
		case day.Kind == calendar.DayWorked && day.Date.Weekday() != time.Saturday && day.Date.Weekday() != time.Sunday:
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
	next, err := calendar.NewCalendar(version, to.Days, to.Hours...)
	if err != nil {
		return c, RefuseForm([]Problem{{Field: "gio", Key: "rules.calendar.problem.hours"}})
	}
	if next.Same(c) {
		return c, RefuseForm([]Problem{{Field: "ngay", Key: "rules.calendar.problem.same"}})
	}
	return next.After(c, on), nil
}

// The act of changing the working calendar.
const (
	ActChangeCalendar Act = "change_calendar"
)

var calendarActs = []actRow{
	{ActChangeCalendar, law{
		"a new version of days off, make-up days and office hours; due dates that stand stay",
		"BLLĐ 2019 Đ.111–112 (C); yearly decisions (L)", ""},
		[]grant{{RoleOffice, always}}},
}
