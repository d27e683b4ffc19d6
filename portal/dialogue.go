package portal

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
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

// past reports whether the dialogue's day is over: on the day itself people still come and ask. One that was postponed
// has no day.
func past(r *web.Reader, d doithoai.Dialogue) bool {
	return d.State != doithoai.DialoguePostponed && d.StartsAt.Date().Before(r.Today())
}

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
	case d.State.Dayless():
		return ui.Tag{Text: r.T("plan.dialogue.state." + string(d.State)), Colour: ui.Yellow}
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

// dialoguePage announces a dialogue; once its day is past, it leads to what was answered. One that was held and has
// ended has a page of its own for that ([afterPage]), and this one beside it.
type dialoguePage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Moves    []doithoai.DialogueMove // the last first
	Rules    bool                    // its house rules have a page
	Plan     *plan.Plan              // nil where the plan has no page
	PlanSlug string
	setting
	Office  doithoai.Unit
	Answers []store.Published
	More    bool // there are further answers
	Signed  signedList
}

// dialogue answers GET /doi-thoai/{slug}.
func (s *site) dialogue(r *web.Request) error {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if d.State.Over() {
		return s.after(r, d)
	}
	return s.announcement(r, d)
}

func (s *site) announcement(r *web.Request, d doithoai.Dialogue) (err error) {
	ctx := r.Context()
	p := dialoguePage{Reader: r.Reader, Dialogue: d}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if p.Signed, err = s.signedOf(r, d.ID); err != nil {
		return err
	}
	if d.Moves > 0 {
		if p.Moves, err = s.DB.DialogueMoves(ctx, r.Authority.ID, d.ID); err != nil {
			return err
		}
	}
	_, err = s.DB.HouseRules(ctx, r.Authority.ID, d.ID)
	if p.Rules = err == nil; err != nil && doithoai.KindOf(err) != doithoai.NotFound {
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
	if !d.State.Over() {
		found, err := s.DB.Search(ctx, r.Authority.ID, store.Search{Dialogue: d.ID, Limit: answersOfDialogue})
		if err != nil {
			return err
		}
		p.Answers, p.More = found.Answers, found.More
	}
	return r.Page(http.StatusOK, p.view())
}

// answersOfDialogue is how many of its answers a dialogue's page shows, the newest; the rest are found by searching.
const answersOfDialogue = 10

// back is where the page leads back to.
func (p dialoguePage) back() ui.BackLink {
	if p.Dialogue.State.Over() {
		return ui.BackLink{Text: p.T("survey.back.dialogue"), Href: dialoguePath(p.Dialogue.Slug)}
	}
	return ui.BackLink{Text: p.T("portal.dialogue.list"), Href: dialoguesPath}
}

// open reports whether people can still ask for it.
func (p dialoguePage) open() bool {
	return !past(p.Reader, p.Dialogue) && p.Dialogue.State != doithoai.DialogueCancelled
}

// rulesPage shows the house rules of a dialogue.
type rulesPage struct {
	*web.Reader
	setting
	Dialogue doithoai.Dialogue
	Text     plan.Text
}

// houseRules answers GET /doi-thoai/{slug}/noi-quy.
func (s *site) houseRules(r *web.Request) error {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	p := rulesPage{Reader: r.Reader, Dialogue: d}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if p.Text, err = s.DB.HouseRules(r.Context(), r.Authority.ID, d.ID); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func rulesPath(slug string) string { return dialoguePath(slug) + "/noi-quy" }

func (p rulesPage) lines() []string { return strings.Split(p.Text.Body, "\n") }

// kinds are what the dialogue is held for, as people read it.
func (p dialoguePage) kinds() string {
	list := make([]string, len(p.Dialogue.Kinds))
	for i, k := range p.Dialogue.Kinds {
		list[i] = p.T("plan.dialogue.kind." + string(k))
	}
	return strings.Join(list, "; ")
}

// cluster are the villages that the dialogue is for; empty: the whole commune.
func (p dialoguePage) cluster() string {
	var names []string
	for _, v := range p.Villages {
		if slices.Contains(p.Dialogue.Villages, v.ID) {
			names = append(names, v.Name)
		}
	}
	return strings.Join(names, ", ")
}

// moved says how the dialogue was moved, postponed or cancelled.
func (p dialoguePage) moved(m doithoai.DialogueMove) string {
	return p.T("portal.dialogue.moved."+string(m.Act), "from", p.DateTime(m.FromStart), "from_venue", m.FromVenue,
		"to", p.DateTime(m.ToStart), "to_venue", m.ToVenue, "day", p.Date(m.At.Date()), "reason", m.Reason)
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
	if d.Form != doithoai.FormDirect && d.Form != "" {
		add(p.T("portal.dialogue.form"), p.T("plan.dialogue.form."+string(d.Form)))
	}
	if d.Link != "" && !p.Authority.Offline && p.open() {
		facts = append(facts, ui.Fact{Name: p.T("portal.dialogue.link"), Rich: ui.Link{Text: d.Link, Href: d.Link}})
	}
	add(p.T("portal.dialogue.cluster"), p.cluster())
	add(p.T("portal.dialogue.chair"), d.Chair)
	add(p.T("portal.dialogue.co_chair"), d.CoChair)
	if p.open() && !d.State.Dayless() && !d.SlipsUntil.IsZero() {
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
