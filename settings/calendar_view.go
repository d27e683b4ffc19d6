package settings

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// weekdayOf is the n-th day of a week that begins on Monday.
func weekdayOf(n int) time.Weekday { return time.Weekday((n + 1) % 7) }

// hoursField is the field of the n-th day of the week.
func hoursField(n int) string { return "gio-" + strconv.Itoa(int(weekdayOf(n))) }

// spans are the hours of a day of the week: "07:00–11:30, 13:30–17:00".
func spans(w calendar.WeekHours, day time.Weekday) string {
	var list []string
	for _, h := range w.Hours {
		if h.Weekday == day {
			list = append(list, h.Opens.String()+"–"+h.Closes.String())
		}
	}
	return strings.Join(list, ", ")
}

// monday is any Monday: its week names the days of the week.
var monday = calendar.DateOf(2024, time.January, 1)

func (p calendarPage) weekdays() (all [7]ui.Weekday) {
	for n := range all {
		d := monday.AddDays(n)
		short, _, _ := strings.Cut(p.DateShort(d), ",")
		all[n] = ui.Weekday{Short: short, Long: p.Text.Weekday(d.Time())}
	}
	return all
}

// year lays the months out in weeks.
func (p calendarPage) year() ui.YearCalendar {
	y := ui.YearCalendar{Weekdays: p.weekdays()}
	marked := map[calendar.Date]calendar.Day{}
	for _, d := range p.Calendar.Days() {
		marked[d.Date] = d
	}
	for m := time.January; m <= time.December; m++ {
		month := ui.YearMonth{Name: p.T("settings.calendar.month", "month", int(m))}
		var week [7]ui.YearDay
		for d := calendar.DateOf(p.Year, m, 1); d.Month == m; d = d.AddDays(1) {
			n := (int(d.Weekday()) + 6) % 7
			week[n] = p.yearDay(d, marked[d])
			if n == 6 || d.AddDays(1).Month != m {
				month.Weeks = append(month.Weeks, week)
				week = [7]ui.YearDay{}
			}
		}
		y.Months = append(y.Months, month)
	}
	return y
}

func (p calendarPage) yearDay(d calendar.Date, marked calendar.Day) ui.YearDay {
	day := ui.YearDay{
		Number: d.Day, Name: marked.Name,
		Rest: d.Weekday() == time.Saturday || d.Weekday() == time.Sunday, Today: d == p.Today(),
	}
	switch marked.Kind {
	case calendar.DayOff:
		day.Off, day.Mark = true, p.T("settings.calendar.mark.off")
	case calendar.DayWorked:
		day.Worked, day.Mark = true, p.T("settings.calendar.mark.worked")
	default:
		return day
	}
	if p.may(doithoai.ActChangeCalendar) {
		day.Href = dayPath(d)
	}
	return day
}

// days are those of the year that depart from the plain week.
func (p calendarPage) days() []calendar.Day {
	return slices.DeleteFunc(p.Calendar.Days(), func(d calendar.Day) bool { return d.Date.Year != p.Year })
}

// lunar is the lunar date of a day that the law names by it, "" for others.
func (p calendarPage) lunar(day calendar.Day) string {
	for _, h := range p.Holidays.Rules {
		if h.Lunar && h.Name == day.Name {
			l := calendar.LunarOf(day.Date)
			return p.T("settings.calendar.lunar", "day", l.Day, "month", l.Month)
		}
	}
	return ""
}

// runs are the days in groups that follow each other and say the same of each day.
func runs(days []calendar.Day) (all [][]calendar.Day) {
	for i, d := range days {
		if i > 0 {
			before := days[i-1]
			next := before.Date.AddDays(1)
			if before.Date = d.Date; next == d.Date && before == d {
				all[len(all)-1] = append(all[len(all)-1], d)
				continue
			}
		}
		all = append(all, []calendar.Day{d})
	}
	return all
}

// dayRows are the days of the year, those that follow each other and rest on the same in one row:
// "T5, 08/02/2024 – T4, 14/02/2024".
func (p calendarPage) dayRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, run := range runs(p.days()) {
		d, last := run[0], run[len(run)-1]
		row := ui.WorkRow{Title: p.DateShort(d.Date), Under: p.lunar(d), Cells: []ui.WorkCell{
			{Text: d.Name}, {Rich: p.kind(d)}, {Rich: ui.Lines{ui.Text(d.Source), certainty(p.Reader, d.Certainty)}},
		}}
		may := p.may(doithoai.ActChangeCalendar)
		switch {
		case len(run) > 1:
			row.Title += " – " + p.DateShort(last.Date)
			if row.Under != "" {
				row.Under += " – " + p.lunar(last)
			}
			if may {
				row.Cells[0] = ui.WorkCell{Rich: ui.Lines{ui.Text(d.Name), p.dayLinks(run)}}
			}
		case may:
			row.Href = dayPath(d.Date)
		}
		rows = append(rows, row)
	}
	return rows
}

// dayMonth is a date without its year, "08/02", as it stands in a row that names the year.
func dayMonth(r *web.Reader, d calendar.Date) string {
	return strings.TrimSuffix(r.Date(d), "/"+strconv.Itoa(d.Year))
}

// dayPath is the page of a day.
func dayPath(d calendar.Date) string { return web.CalendarPath + "/ngay/" + d.String() }

func (p calendarPage) kind(d calendar.Day) templ.Component {
	if d.Kind == calendar.DayWorked {
		return ui.Tag{Text: p.T("settings.calendar.kind.worked"), Colour: ui.Blue}
	}
	return ui.Tag{Text: p.T("settings.calendar.kind.off"), Colour: ui.Red}
}

// proposedChoices are the days that the law proposes, to be taken over or left.
func (p calendarPage) proposedChoices() []ui.Choice {
	var list []ui.Choice
	for _, d := range p.lacks() {
		words := p.DateShort(d.Date) + ": " + d.Name
		if lunar := p.lunar(d); lunar != "" {
			words += " (" + lunar + ")"
		}
		c := ui.Choice{Value: d.Date.String(), Text: words, Checked: slices.Contains(p.Form.Days, d.Date.String())}
		if d.Certainty == calendar.Unverified {
			c.Hint.Text = p.T("settings.calendar.proposed.open")
		}
		list = append(list, c)
	}
	return list
}

// dueRows are the petitions whose due dates the calendar in force would move.
func (p calendarPage) dueRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, d := range p.Proposals {
		rows = append(rows, ui.WorkRow{
			Title: text.Headline(d.Opinion.Headline, d.Opinion.Content), Href: web.OpinionPath(d.Opinion.Number),
			Under: string(d.Opinion.Number),
			Cells: []ui.WorkCell{
				{Text: d.Unit}, {Rich: web.Day(p.Reader, d.Petition.Due)}, {Rich: web.Day(p.Reader, d.To)},
				{Rich: p.decision(d)},
			},
		})
	}
	return rows
}

// hourRows are the office hours of a week, as a list of facts.
func (p calendarPage) hourRows(w calendar.WeekHours) ui.Facts {
	var facts ui.Facts
	for n := range 7 {
		hours := spans(w, weekdayOf(n))
		if hours == "" {
			hours = p.T("settings.calendar.hours.shut")
		}
		facts = append(facts, ui.Fact{Name: p.Text.Weekday(monday.AddDays(n).Time()), Value: hours})
	}
	return facts
}

// hoursNow are the office hours of today.
func (p calendarPage) hoursNow() (now calendar.WeekHours) {
	for _, w := range p.Calendar.Hours() {
		if !w.From.After(p.Today()) {
			now = w
		}
	}
	return now
}

// hoursBasis is what office hours rest on.
func (p calendarPage) hoursBasis(w calendar.WeekHours) templ.Component {
	since := p.T("settings.period.from", "from", p.Date(w.From))
	if w.Source == "" {
		return muted(since + ". " + p.T("settings.parameters.house_default"))
	}
	return ui.Lines{muted(since + ". " + w.Source), certainty(p.Reader, w.Certainty)}
}
