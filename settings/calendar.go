package settings

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// calendarPage shows a year: days off and days made up for, what the law proposes that is not in it, and the due dates
// that a change would move.
type calendarPage struct {
	*web.Reader
	Calendar  calendar.Calendar
	Holidays  calendar.Holidays
	Versions  []store.CalendarVersion
	Proposals []store.DueProposal
	Year      int
	Form      proposedForm
	Problems  web.Problems
	Refusal   string
	Done      string
}

// proposedForm is what somebody takes over of the days that the law proposes.
type proposedForm struct {
	Version   string   `form:"phien-ban" line:"true"`
	Year      int      `form:"nam"`
	Days      []string `form:"ngay"`
	Source    string   `form:"nguon" line:"true"`
	Certainty string   `form:"do-chac" line:"true"`
}

// The years that the page shows: those of which dates can be written.
const firstYear, lastYear = 2000, 2100

func (s *site) calendar(r *web.Request) error {
	q := r.URL.Query()
	p, err := s.loadCalendar(r, yearOf(r))
	if err != nil {
		return err
	}
	p.Done = q.Get("xong")
	p.Form = proposedForm{Certainty: string(calendar.Unverified)}
	for _, day := range p.lacks() {
		p.Form.Days = append(p.Form.Days, day.Date.String())
	}
	return r.Page(http.StatusOK, p.view())
}

// yearOf is the year that an address names, this one where it names none.
func yearOf(r *web.Request) int {
	year, err := strconv.Atoi(r.URL.Query().Get("nam"))
	if err != nil || year < firstYear || year > lastYear {
		return r.Today().Year
	}
	return year
}

func (s *site) loadCalendar(r *web.Request, year int) (p calendarPage, err error) {
	p = calendarPage{Reader: r.Reader, Year: year}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Calendar = rules.Calendar
	if p.Holidays, err = store.Holidays(); err != nil {
		return p, err
	}
	if p.Versions, err = s.db.CalendarVersions(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if doithoai.MayEver(r.Actor(), doithoai.ActMoveDue) {
		p.Proposals, err = s.db.DueProposals(r.Context(), r.Actor())
	}
	return p, err
}

// lacks are the days that the law proposes for the year and the calendar says nothing of.
func (p calendarPage) lacks() []calendar.Day {
	return p.Calendar.Lacks(p.Holidays.Propose(p.Year))
}

func (p calendarPage) may(act doithoai.Act) bool {
	return doithoai.Can(p.Actor(), act, doithoai.Subject{AuthorityID: p.Authority.ID}) == nil
}

// confirmHolidays takes proposed days over into the calendar. Those which a decision of the year chooses take that
// decision for their source.
func (s *site) confirmHolidays(r *web.Request) error {
	var f proposedForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadCalendar(r, min(max(f.Year, firstYear), lastYear))
	if err != nil {
		return err
	}
	days := p.Calendar.Days()
	for _, day := range p.lacks() {
		if !slices.Contains(f.Days, day.Date.String()) {
			continue
		}
		if f.Source != "" && day.Certainty == calendar.Unverified {
			day.Source, day.Certainty = day.Source+"; "+f.Source, calendar.Certainty(f.Certainty)
		}
		days = append(days, day)
	}
	p.Form = f
	change := doithoai.CalendarChange{
		Days: days, Hours: p.Calendar.Hours(), Note: vietnamese("settings.calendar.note.year", "year", p.Year),
	}
	if err := s.changeCalendar(r, f.Version, change, p.Year); err != nil {
		if !web.Mendable(err) {
			return err
		}
		p.refused(err)
		return r.Page(web.StatusOf(err), p.view())
	}
	return nil
}

// refused keeps why a form came back.
func (p *calendarPage) refused(err error) {
	if p.Problems = p.Reader.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(p.Reader, err)
	}
}

// changeCalendar makes the next version and goes back to the year.
func (s *site) changeCalendar(r *web.Request, version string, change doithoai.CalendarChange, year int) error {
	if _, err := s.db.ChangeCalendar(r.Context(), r.Actor(), version, change); err != nil {
		return err
	}
	return r.Redirect(fmt.Sprintf("%s?nam=%d&xong=lich", web.CalendarPath, year))
}

// vietnamese words what is kept as data, whatever the officer reads.
func vietnamese(key string, args ...any) string { return text.For("vi").T(key, args...) }

// acceptDue moves a due date as the calendar in force proposes.
func (s *site) acceptDue(r *web.Request) error { return s.decideDue(r, "doi-han", s.db.MoveDue) }

// refuseDue leaves a due date where it is.
func (s *site) refuseDue(r *web.Request) error { return s.decideDue(r, "giu-han", s.db.KeepDue) }

func (s *site) decideDue(
	r *web.Request, done string,
	act func(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string) error,
) error {
	var f web.MoveForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), web.NumberOf(r))
	if err != nil {
		return err
	}
	err = act(r.Context(), r.Actor(), id, f.Version, f.Calendar)
	if err != nil && !web.Mendable(err) {
		return err
	}
	if err == nil {
		return r.Redirect(web.CalendarPath + "?xong=" + done)
	}
	p, loading := s.loadCalendar(r, r.Today().Year)
	if loading != nil {
		return loading
	}
	p.refused(err)
	return r.Page(web.StatusOf(err), p.view())
}

// hoursForm are the office hours of a week as they were typed.
type hoursForm struct {
	Version   string `form:"phien-ban" line:"true"`
	Monday    string `form:"gio-1" line:"true"`
	Tuesday   string `form:"gio-2" line:"true"`
	Wednesday string `form:"gio-3" line:"true"`
	Thursday  string `form:"gio-4" line:"true"`
	Friday    string `form:"gio-5" line:"true"`
	Saturday  string `form:"gio-6" line:"true"`
	Sunday    string `form:"gio-0" line:"true"`
	From      string `form:"tu-ngay" line:"true" day:"true"`
	Source    string `form:"nguon" line:"true"`
	Certainty string `form:"do-chac" line:"true"`
}

// week are the fields of the days of a week, from Monday.
func (f *hoursForm) week() []*string {
	return []*string{&f.Monday, &f.Tuesday, &f.Wednesday, &f.Thursday, &f.Friday, &f.Saturday, &f.Sunday}
}

type hoursPage struct {
	calendarPage
	Form hoursForm
}

func (s *site) hours(r *web.Request) error {
	p, err := s.loadCalendar(r, r.Today().Year)
	if err != nil {
		return err
	}
	f := hoursForm{From: r.Date(r.Today().AddDays(1)), Certainty: string(calendar.Unverified)}
	for n, field := range f.week() {
		*field = spans(p.lastHours(), weekdayOf(n))
	}
	return r.Page(http.StatusOK, hoursPage{p, f}.view())
}

// lastHours are the office hours that begin last.
func (p calendarPage) lastHours() calendar.WeekHours {
	all := p.Calendar.Hours()
	if len(all) == 0 {
		return calendar.WeekHours{}
	}
	return all[len(all)-1]
}

func (s *site) changeHours(r *web.Request) error {
	var f hoursForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadCalendar(r, r.Today().Year)
	if err != nil {
		return err
	}
	week, list := f.hours()
	if !week.From.IsZero() && !week.From.After(r.Today()) {
		list = append(list, doithoai.Problem{Field: "tu-ngay", Key: "rules.parameter.problem.past"})
	}
	refusal := doithoai.RefuseForm(list)
	if len(list) == 0 {
		all := slices.DeleteFunc(p.Calendar.Hours(), func(w calendar.WeekHours) bool { return w.From == week.From })
		change := doithoai.CalendarChange{
			Days: p.Calendar.Days(), Hours: append(all, week),
			Note: vietnamese("settings.calendar.note.hours", "date", r.Date(week.From)),
		}
		if refusal = s.changeCalendar(r, f.Version, change, r.Today().Year); refusal == nil {
			return nil
		}
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p.refused(atHours(refusal))
	return r.Page(web.StatusOf(refusal), hoursPage{p, f}.view())
}

// atHours names the fields of this form for what the calendar's rule says of hours and of a calendar as a whole.
func atHours(refusal error) error {
	names := map[string]string{"gio": hoursField(0), "ngay": "tu-ngay"}
	list := slices.Clone(doithoai.ProblemsOf(refusal))
	for i, p := range list {
		list[i].Field = cmp.Or(names[p.Field], p.Field)
	}
	if len(list) == 0 {
		return refusal
	}
	return doithoai.RefuseForm(list)
}

// hours reads what was typed: "07:00–11:30, 13:30–17:00" for each day of the week, nothing where it is shut.
func (f *hoursForm) hours() (w calendar.WeekHours, list []doithoai.Problem) {
	w = calendar.WeekHours{From: web.TypedDate(f.From), Source: f.Source, Certainty: calendar.Certainty(f.Certainty)}
	if w.Source == "" {
		w.Certainty = calendar.Unverified
	}
	if w.From.IsZero() {
		list = append(list, doithoai.Problem{Field: "tu-ngay", Key: "rules.parameter.problem.from"})
	}
	for n, typed := range f.week() {
		for span := range strings.SplitSeq(*typed, ",") {
			if span = strings.TrimSpace(span); span == "" {
				continue
			}
			h, err := parseSpan(span)
			if err != nil || h.Opens >= h.Closes {
				list = append(list, doithoai.Problem{Field: hoursField(n), Key: "settings.calendar.problem.span"})
				break
			}
			h.Weekday = weekdayOf(n)
			w.Hours = append(w.Hours, h)
		}
	}
	if len(w.Hours) == 0 && len(list) == 0 {
		list = append(list, doithoai.Problem{Field: hoursField(0), Key: "settings.calendar.problem.span"})
	}
	return w, list
}

func parseSpan(s string) (h calendar.OpenHours, err error) {
	opens, closes, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	if !ok {
		return h, fmt.Errorf("span %.20q", s)
	}
	if h.Opens, err = calendar.ParseClock(strings.TrimSpace(opens)); err != nil {
		return h, err
	}
	h.Closes, err = calendar.ParseClock(strings.TrimSpace(closes))
	return h, err
}
