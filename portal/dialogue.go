package portal

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const dialoguesPath = "/doi-thoai"

func dialoguePath(slug string) string { return dialoguesPath + "/" + slug }

func calendarPath(slug string) string { return dialoguePath(slug) + "/lich.ics" }

// dialoguesPage lists dialogues: those to come, the next one first, then those that are past, the latest first.
type dialoguesPage struct {
	*web.Reader
	setting
	Coming, Past []doithoai.Dialogue
}

func (s *site) dialogues(r *web.Request) error {
	all, err := s.DB.Dialogues(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p := dialoguesPage{Reader: r.Reader}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	for _, d := range all {
		if past(r.Reader, d) {
			p.Past = append(p.Past, d)
		} else {
			p.Coming = append(p.Coming, d)
		}
	}
	slices.SortFunc(p.Coming, func(a, b doithoai.Dialogue) int { return a.StartsAt.Compare(b.StartsAt) })
	return r.Page(http.StatusOK, p.view())
}

// past reports whether the dialogue's day is over: on the day itself people still come and ask.
func past(r *web.Reader, d doithoai.Dialogue) bool { return d.StartsAt.Date().Before(r.Today()) }

// dialogueRows are dialogues as a list to choose from.
func dialogueRows(r *web.Reader, list []doithoai.Dialogue) ui.Rows {
	var rows ui.Rows
	for _, d := range list {
		rows = append(rows, ui.Row{
			Title: d.Title, Lang: "vi", Href: dialoguePath(d.Slug), Facts: dialogueFacts(r, d), State: dialogueTag(r, d),
		})
	}
	return rows
}

// dialogueTag says how far off the dialogue is.
func dialogueTag(r *web.Reader, d doithoai.Dialogue) ui.Tag {
	switch days := r.Today().DaysUntil(d.StartsAt.Date()); {
	case days < 0:
		return ui.Tag{Text: r.T("portal.dialogue.held"), Colour: ui.Grey}
	case days == 0:
		return ui.Tag{Text: r.T("portal.dialogue.today"), Colour: ui.Green}
	default:
		return ui.Tag{Text: r.Text.DueDays(days)}
	}
}

// calendarSheet is a day as a sheet of the wall calendar, red on Sundays and holidays.
func calendarSheet(r *web.Reader, day calendar.Date, c calendar.Calendar) ui.CalendarSheet {
	lunar := calendar.LunarOf(day)
	key := "portal.dialogue.lunar"
	if lunar.Leap {
		key = "portal.dialogue.lunar_leap"
	}
	holiday := slices.ContainsFunc(c.Days(), func(d calendar.Day) bool {
		return d.Date == day && d.Kind == calendar.DayOff
	})
	return ui.CalendarSheet{
		Month: r.Text.MonthYear(day.Time()), Day: strconv.Itoa(day.Day), Weekday: r.Text.Weekday(day.Time()),
		Lunar: r.T(key, "day", lunar.Day, "month", lunar.Month),
		Red:   day.Weekday() == time.Sunday || holiday,
	}
}

// dialoguePage announces a dialogue and, after it, leads to what was answered.
type dialoguePage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Plan     *plan.Plan // nil where the plan has no page
	PlanSlug string
	setting
	Office  doithoai.Unit
	Answers []store.Published
	More    bool // there are further answers
}

func (s *site) dialogue(r *web.Request) error {
	ctx := r.Context()
	d, err := s.DB.DialogueBySlug(ctx, r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	p := dialoguePage{Reader: r.Reader, Dialogue: d}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	plan, err := s.DB.PlanByID(ctx, r.Authority.ID, d.PlanID)
	if err == nil {
		p.Plan, p.PlanSlug = &plan.Plan, plan.Slug
	} else if doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	units, err := s.DB.Units(ctx, r.Authority.ID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(units, func(u doithoai.Unit) bool { return u.Office }); i >= 0 {
		p.Office = units[i]
	}
	found, err := s.DB.Search(ctx, r.Authority.ID, store.Search{Dialogue: d.ID, Limit: answersOfDialogue})
	if err != nil {
		return err
	}
	p.Answers, p.More = found.Answers, found.More
	return r.Page(http.StatusOK, p.view())
}

// answersOfDialogue is how many of its answers a dialogue's page shows, the newest; the rest are found by searching.
const answersOfDialogue = 10

func (p dialoguePage) open() bool { return !past(p.Reader, p.Dialogue) }

// programmeTime is one step of the programme with the hour at which it begins.
type programmeTime struct {
	doithoai.ProgrammeStep
	At calendar.Instant
}

// programme reckons when each step begins. The first step begins when the dialogue does; where it is the reception of
// those who come, that is, where it lasts exactly from the opening of the doors to the start, it begins with the doors.
func programme(d doithoai.Dialogue) []programmeTime {
	at := d.StartsAt
	if len(d.Programme) > 0 && !d.DoorsAt.IsZero() && d.DoorsAt.Add(minutes(d.Programme[0].Minutes)) == d.StartsAt {
		at = d.DoorsAt
	}
	times := make([]programmeTime, len(d.Programme))
	for i, step := range d.Programme {
		times[i] = programmeTime{step, at}
		at = at.Add(minutes(step.Minutes))
	}
	return times
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// endOf is when the last step ends; the start where there is no programme.
func endOf(d doithoai.Dialogue) calendar.Instant {
	times := programme(d)
	if len(times) == 0 {
		return d.StartsAt
	}
	last := times[len(times)-1]
	return last.At.Add(minutes(last.Minutes))
}

// clock is an hour of the day, "08:30".
func clock(at calendar.Instant) ui.Time {
	civil := calendar.Civil(at)
	return ui.Time{Machine: civil.Format(time.RFC3339), Text: civil.Format("15:04")}
}

// facts are time, place and chair, as the announcement says them.
func (p dialoguePage) facts() ui.Facts {
	d := p.Dialogue
	facts := ui.Facts{{Name: p.T("portal.dialogue.time"), Rich: p.when()}}
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, ui.Fact{Name: name, Value: value, Lang: "vi"})
		}
	}
	if d.DoorsAt.Before(d.StartsAt) && !d.DoorsAt.IsZero() {
		facts = append(facts, ui.Fact{
			Name: p.T("portal.dialogue.doors"), Value: p.T("portal.dialogue.doors_at", "time", p.Time(d.DoorsAt)),
		})
	}
	add(p.T("portal.dialogue.venue"), d.Venue)
	add(p.T("portal.dialogue.chair"), d.Chair)
	if p.open() && !d.SlipsUntil.IsZero() {
		facts = append(facts, ui.Fact{Name: p.T("portal.dialogue.slips"), Rich: p.slipsUntil()})
	}
	return facts
}

// notice is how many days before it the dialogue was announced, beside what the law asked for on its day.
type notice struct {
	Given int
	Least int    // 0: no rule was in force
	Basis string // "": a house rule
}

func (n notice) late() bool { return n.Given < n.Least }

func (n notice) sentence(r *web.Reader) string {
	switch {
	case n.Least == 0:
		return r.T("portal.dialogue.notice_given", "count", n.Given)
	case n.Basis == "":
		return r.T("portal.dialogue.notice_house", "count", n.Given, "least", n.Least)
	}
	return r.T("portal.dialogue.notice_law", "count", n.Given, "least", n.Least, "basis", n.Basis)
}

func (p dialoguePage) notice() (notice, error) {
	n := notice{Given: p.Dialogue.NoticeDays()}
	rule, ok := p.Parameters.At("notice.days", p.Dialogue.StartsAt.Date())
	if !ok {
		return n, nil
	}
	least, err := rule.Int()
	n.Least, n.Basis = least, rule.Basis
	return n, err
}
