package settings

import (
	"net/http"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// Kinds of a day as the form offers them.
const (
	kindHoliday = "le"       // off: a holiday or its compensation
	kindSwapped = "hoan-doi" // off, and another day is worked for it
	kindWorked  = "lam-bu"   // a day of rest that is worked
)

// dayForm is a day as it was typed.
type dayForm struct {
	Version   string `form:"phien-ban" line:"true"`
	Date      string `form:"ngay" line:"true" day:"true"`
	Kind      string `form:"loai" line:"true"`
	Worked    string `form:"ngay-lam-bu" line:"true" day:"true"` // worked for a day swapped off
	Name      string `form:"ten" line:"true"`
	Source    string `form:"nguon" line:"true"`
	Certainty string `form:"do-chac" line:"true"`
	Reason    string `form:"ly-do" line:"true"` // why the day goes
}

// dayPage is the form of one day of the calendar.
type dayPage struct {
	calendarPage
	Day  calendar.Day // as it stands; zero: a new one
	Form dayForm
}

// day shows the form of a day that the calendar has, or of a new one where the address names none.
func (s *site) day(r *web.Request) error {
	p, err := s.loadDay(r)
	if err != nil {
		return err
	}
	p.Form = dayForm{Kind: kindHoliday, Certainty: string(calendar.Unverified)}
	if d := p.Day; !d.Date.IsZero() {
		p.Form = dayForm{
			Date: r.Date(d.Date), Kind: kindHoliday, Name: d.Name, Source: d.Source, Certainty: string(d.Certainty),
		}
		if d.Kind == calendar.DayWorked {
			p.Form.Kind = kindWorked
		}
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadDay(r *web.Request) (p dayPage, err error) {
	year := r.Today().Year
	var date calendar.Date
	if typed := r.PathValue("date"); typed != "" {
		if date, err = calendar.ParseDate(typed); err != nil {
			return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		year = date.Year
	}
	if p.calendarPage, err = s.loadCalendar(r, year); err != nil || date.IsZero() {
		return p, err
	}
	days := p.Calendar.Days()
	i := slices.IndexFunc(days, func(d calendar.Day) bool { return d.Date == date })
	if i < 0 {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Day = days[i]
	return p, nil
}

// days are those that the form describes: one, or two where one is worked for another.
func (f dayForm) days() []calendar.Day {
	day := calendar.Day{
		Date: web.TypedDate(f.Date), Kind: calendar.DayOff, Name: f.Name, Source: f.Source,
		Certainty: calendar.Certainty(f.Certainty),
	}
	if f.Kind == kindWorked {
		day.Kind = calendar.DayWorked
	}
	if f.Kind != kindSwapped {
		return []calendar.Day{day}
	}
	worked := day
	worked.Kind, worked.Date = calendar.DayWorked, web.TypedDate(f.Worked)
	worked.Name = vietnamese("settings.calendar.name.worked", "date", f.Date)
	if day.Name == "" {
		day.Name = vietnamese("settings.calendar.name.swapped", "date", f.Worked)
	}
	return []calendar.Day{day, worked}
}

// setDay writes a day into the calendar: a new one, or one anew.
func (s *site) setDay(r *web.Request) error {
	var f dayForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadDay(r)
	if err != nil {
		return err
	}
	list := f.problems()
	refusal := doithoai.RefuseForm(list)
	if len(list) == 0 {
		added := f.days()
		days := append(p.others(), added...)
		change := doithoai.CalendarChange{Days: days, Hours: p.Calendar.Hours(), Note: added[0].Name + ", " + f.Date}
		refusal = s.changeCalendar(r, f.Version, change, added[0].Date.Year)
		if refusal == nil {
			return nil
		}
	}
	return s.dayRefused(r, p, f, refusal)
}

// problems are those that the calendar's own rule can't name a field for.
func (f dayForm) problems() (list []doithoai.Problem) {
	if f.Kind == kindSwapped && web.TypedDate(f.Worked).IsZero() {
		list = append(list, doithoai.Problem{Field: "ngay-lam-bu", Key: "rules.calendar.problem.date"})
	}
	if web.TypedDate(f.Date).IsZero() {
		list = append(list, doithoai.Problem{Field: "ngay", Key: "rules.calendar.problem.date"})
	}
	return list
}

// dropDay takes a day out of the calendar: it is as any other of its week again.
func (s *site) dropDay(r *web.Request) error {
	var f dayForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadDay(r)
	if err != nil {
		return err
	}
	change := doithoai.CalendarChange{Days: p.others(), Hours: p.Calendar.Hours(), Note: f.Reason}
	refusal := s.changeCalendar(r, f.Version, change, p.Day.Date.Year)
	if refusal == nil {
		return nil
	}
	stored := p.Day
	f.Date, f.Kind, f.Name = r.Date(stored.Date), kindHoliday, stored.Name
	f.Source, f.Certainty = stored.Source, string(stored.Certainty)
	if stored.Kind == calendar.DayWorked {
		f.Kind = kindWorked
	}
	return s.dayRefused(r, p, f, refusal)
}

func (s *site) dayRefused(r *web.Request, p dayPage, f dayForm, refusal error) error {
	if !web.Mendable(refusal) {
		return refusal
	}
	p.Form = f
	p.refused(refusal)
	return r.Page(web.StatusOf(refusal), p.view())
}

// others are the calendar's days without the one of the page.
func (p dayPage) others() []calendar.Day {
	return slices.DeleteFunc(p.Calendar.Days(), func(d calendar.Day) bool { return d.Date == p.Day.Date })
}

// path is where the form of the day posts to.
func (p dayPage) path() string {
	if p.Day.Date.IsZero() {
		return web.CalendarPath + "/ngay-moi"
	}
	return web.CalendarPath + "/ngay/" + p.Day.Date.String()
}
