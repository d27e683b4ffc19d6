package doithoai

import (
	"testing"
	"time"

	"doithoai/calendar"
)

func TestCalendarChange(t *testing.T) {
	c, on := withHours(t), calendar.DateOf(2026, 12, 1)
	good := calendar.Day{
		Date: calendar.DateOf(2027, 2, 8), Kind: calendar.DayOff, Name: "Tết Nguyên đán", Source: "Quyết định",
		Certainty: calendar.Likely,
	}
	with := func(change func(*calendar.Day)) CalendarChange {
		day := good
		change(&day)
		return CalendarChange{Days: []calendar.Day{day}, Hours: c.Hours(), Note: "Lịch năm 2027"}
	}
	if next, err := with(func(*calendar.Day) {}).Apply(c, "next", on); err != nil || next.Version() != "next" ||
		next.Works(good.Date) || !c.Works(good.Date) {
		t.Errorf("changed to %+v, %v", next, err)
	}
	for name, tt := range map[string]struct {
		to    CalendarChange
		field string
	}{
		"no such day":        {with(func(d *calendar.Day) { d.Date = calendar.Date{Year: 2027, Month: 2, Day: 30} }), "ngay"},
		"unknown kind":       {with(func(d *calendar.Day) { d.Kind = "half" }), "loai"},
		"worked on a Monday": {with(func(d *calendar.Day) { d.Kind = calendar.DayWorked }), "loai"},
		"no name":            {with(func(d *calendar.Day) { d.Name = "" }), "ten"},
		"no source":          {with(func(d *calendar.Day) { d.Source = "" }), "nguon"},
		"twice":              {CalendarChange{Days: []calendar.Day{good, good}, Note: "x"}, "ngay"},
		"no reason":          {CalendarChange{Days: []calendar.Day{good}}, "ly-do"},
		"no span": {CalendarChange{Hours: []calendar.WeekHours{
			{From: calendar.DateOf(2027, 1, 1), Certainty: calendar.Likely},
		}, Note: "x"}, "gio"},
		"two weeks at once": {CalendarChange{Hours: append(c.Hours(), c.Hours()...), Note: "x"}, "gio"},
		"overlapping hours": {CalendarChange{Hours: []calendar.WeekHours{{From: calendar.DateOf(2027, 1, 1),
			Certainty: calendar.Likely,
			Hours: []calendar.OpenHours{
				{Weekday: time.Monday, Opens: 420, Closes: 700}, {Weekday: time.Monday, Opens: 690, Closes: 1020},
			}}}, Note: "x"}, "gio"},
		"nothing new": {CalendarChange{Days: c.Days(), Hours: c.Hours(), Note: "x"}, "ngay"},
	} {
		if name == "nothing new" { // the fixture's days have no source
			for i := range tt.to.Days {
				tt.to.Days[i].Source, tt.to.Days[i].Certainty = "thử", calendar.Likely
			}
			full, err := calendar.NewCalendar("full", tt.to.Days, c.Hours()...)
			if err != nil {
				t.Fatal(err)
			}
			_, err = tt.to.Apply(full, "next", on)
			if p := ProblemsOf(err); len(p) != 1 || p[0].Field != tt.field {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		_, err := tt.to.Apply(c, "next", on)
		if p := ProblemsOf(err); len(p) != 1 || p[0].Field != tt.field {
			t.Errorf("%s: %v, want a problem at %s", name, err, tt.field)
		}
	}
}
