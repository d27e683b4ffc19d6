package office

import (
	"net/http"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// deskPage is the first page after signing in: what waits for whom, the most pressing first.
type deskPage struct {
	*web.Reader
	Calendar      calendar.Calendar
	Sections      []deskSection
	First         *task
	Waiting       []task // for others
	More          bool   // than the desk shows
	Units         []store.UnitLoad
	Denunciations doithoai.Count
	Next          *doithoai.Dialogue
	Content       bool // the officer sees content at all
	Explanations  []doithoai.Explanation
	Figures       *store.Figures // for whom nothing but figures is
	Plans         []plan.Edition // that wait for the officer
	Done          *doneLine
	Loads         []store.TaskLoad // tasks of the plan, for who urges
	Missing       *missing         // of the next dialogue
	Gaps          []store.Gap      // in the preparation of dialogues, for the chair and the office
	Urge          []task           // what the office is to urge today
	UrgeMore      bool             // than that
	Untold        []task           // of whose standing the office is to tell who raised them
	UntoldMore    bool             // than that
	Asked         []task           // what people ask of the office by their codes
	AskedMore     bool             // than that
}

// task is one row of the desk.
type task struct {
	Title   string
	Number  doithoai.RegisterNumber
	With    []doithoai.RegisterNumber // others with the same answer, on which it is done at once
	Act     doithoai.Act
	Turn    string // name of the turn
	Href    string
	Unit    string         // who works on it
	Village string         // of whom it is for
	Ways    []doithoai.Way // in which the person is still to be told
	Failed  []doithoai.Way // in which the news could not be sent
	Due     calendar.Date
	Since   calendar.Date // where there is no due date
	Hall    bool          // to be ruled on in the hall
	Mine    bool          // the officer's own to do
	Undated bool          // nothing says by when
	Rung    doithoai.Rung // of what is to be urged
	opinion doithoai.ID

	proposed bool // something was proposed for the public
}

// deskSection is a part of the desk: what is due in a span of days.
type deskSection struct {
	ID, Key string
	Late    bool
	Tasks   []task
}

func (s *site) desk(r *web.Request) error {
	p := deskPage{Reader: r.Reader, Content: doithoai.MayEver(r.Actor(), doithoai.ActSeeOpinions)}
	other, err := s.otherWork(r)
	if err != nil {
		return err
	}
	if p.Content || len(other.mine)+len(other.waiting) > 0 {
		if err = s.fillDesk(r, &p, other); err != nil {
			return err
		}
	}
	if err = s.fillApart(r, &p); err != nil {
		return err
	}
	if err = s.fillPlans(r, &p); err != nil {
		return err
	}
	if err = s.fillGaps(r, &p); err != nil {
		return err
	}
	if p.Done, err = s.done(r, nil); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// fillApart reads what a desk shows apart from opinions: what the officer is to explain, denunciations for who receives
// citizens, the year's figures for who supervises.
func (s *site) fillApart(r *web.Request, p *deskPage) (err error) {
	if p.Explanations, err = s.db.Explanations(r.Context(), r.Actor()); err != nil {
		return err
	}
	if len(p.Explanations) > 0 && !p.Content {
		rules, err := s.db.Rules(r.Context(), r.Authority.ID)
		if err != nil {
			return err
		}
		p.Calendar = rules.Calendar
	}
	if doithoai.MayEver(r.Actor(), doithoai.ActSeeDenunciations) {
		if p.Denunciations, err = s.db.Denunciations(r.Context(), r.Actor()); err != nil {
			return err
		}
	}
	if !p.Content && doithoai.MayEver(r.Actor(), doithoai.ActSeeFigures) {
		f, err := s.db.YearFigures(r.Context(), r.Authority.ID, r.Today().Year)
		if err != nil {
			return err
		}
		p.Figures = &f
	}
	return nil
}

// fillDesk puts opinions and the other work into the parts of the one list, and for who sees to all what units have
// left.
func (s *site) fillDesk(r *web.Request, p *deskPage, other deskWork) error {
	l, err := s.outlook(r)
	if err != nil {
		return err
	}
	w, err := s.work(r, l)
	if err != nil {
		return err
	}
	p.Calendar, p.More = w.rules.Calendar, w.more || other.more
	p.Waiting = append(w.waiting, other.waiting...)
	p.divide(append(w.mine, other.mine...))
	if doithoai.MayEver(r.Actor(), doithoai.ActUrgeTask) {
		if p.Loads, err = s.db.TaskLoads(r.Context(), r.Actor()); err != nil {
			return err
		}
		if p.Missing, err = s.missingOf(r); err != nil {
			return err
		}
	}
	if err = s.fillUrging(r, p); err != nil {
		return err
	}
	if p.Asked, p.AskedMore, err = s.ownTasks(r); err != nil {
		return err
	}
	if p.Untold, p.UntoldMore, err = s.statusTasks(r, l); err != nil {
		return err
	}
	if r.Actor().Has(doithoai.RoleChair) {
		if p.Units, err = s.db.UnitLoads(r.Context(), r.Actor()); err != nil {
			return err
		}
	}
	if r.Actor().Has(doithoai.RoleChair) || r.Actor().Has(doithoai.RoleOffice) {
		if p.Denunciations, err = s.db.Denunciations(r.Context(), r.Actor()); err != nil {
			return err
		}
	}
	p.Next = nextDialogue(l)
	return nil
}

func newTask(row store.Row, t turn, l outlook) task {
	d, inDialogue := l.dialogues[row.Opinion.DialogueID]
	var since calendar.Date
	if row.Petition != nil && !row.Petition.Running() {
		since = row.Petition.Start
	}
	return task{
		Title: row.Title(), Number: row.Opinion.Number, Act: t.act, Turn: t.name,
		Href: web.OpinionPath(row.Opinion.Number) + t.at,
		Unit: row.Unit, Village: row.Village, Due: t.due, Since: since,
		Hall: t.act == doithoai.ActRuleOpinion && inDialogue && t.due == d.StartsAt.Date(),
	}
}

// handTasks are the answers, and the news of due dates, that the office must bring to people by hand, one an opinion;
// more reports whether there are others.
func (s *site) handTasks(r *web.Request) (tasks []task, more bool, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActRecordDelivery) {
		return nil, false, nil
	}
	all, more, err := s.db.HandDeliveries(r.Context(), r.Actor())
	if err != nil {
		return nil, false, err
	}
	t := turnOf(doithoai.Step{Act: doithoai.ActRecordDelivery})
	at := map[doithoai.ID]int{}
	for _, h := range all {
		i, known := at[h.Opinion.ID]
		if !known {
			i = len(tasks)
			at[h.Opinion.ID] = i
			tasks = append(tasks, task{
				Title:  text.Headline(h.Opinion.Headline, h.Opinion.Content),
				Number: h.Opinion.Number, Act: t.act, Turn: t.name,
				Href: web.OpinionPath(h.Opinion.Number) + t.at, Village: h.Village, Since: h.Delivery.CreatedAt.Date(),
			})
		}
		if h.Delivery.State == doithoai.DeliveryFailed {
			tasks[i].Failed = append(tasks[i].Failed, h.Delivery.Way)
		} else {
			tasks[i].Ways = append(tasks[i].Ways, h.Delivery.Way)
		}
	}
	return tasks, more, nil
}

// turnCalendar is the turn of the days off of a year, which are of no opinion.
const turnCalendar = "calendar"

// calendarTasks is the year whose days off are missing, for who keeps the calendar; due on the last day before it.
func calendarTasks(r *web.Request, c calendar.Calendar) []task {
	year, missing := c.MissingYear(r.Today())
	if !missing || !doithoai.MayEver(r.Actor(), doithoai.ActChangeCalendar) {
		return nil
	}
	return []task{{
		Title: r.T("settings.calendar.missing", "year", year), Turn: turnCalendar, Href: web.YearPath(year),
		Due: calendar.DateOf(year-1, time.December, 31),
	}}
}

// chairTurns are what waits for the chair's decision.
var chairTurns = []string{"sign", turnSignCorrection, "extension", "dispute", turnReopening, turnRefusal}

// divide puts the tasks into the desk's parts: what waits for the chair's signature; the officer's own by their due
// dates, one without a due date being for today; and with what is late, for who sees to all, what is late with others.
func (p *deskPage) divide(tasks []task) {
	const toSign, late, now, week, later = 0, lateSection, 2, 3, 4
	p.Sections = []deskSection{
		{ID: "cho-ky", Key: "desk.to_sign"}, {ID: "qua-han", Key: "desk.late", Late: true},
		{ID: "hom-nay", Key: "desk.today"}, {ID: "tuan-nay", Key: "desk.week"}, {ID: "sau-do", Key: "desk.later"},
	}
	put := func(n int, t task) { p.Sections[n].Tasks = append(p.Sections[n].Tasks, t) }
	today, sunday, chair := p.Today(), endOfWeek(p.Today()), p.Actor().Has(doithoai.RoleChair)
	for _, t := range tasks {
		t.Mine = true
		switch due := t.when(today); {
		case chair && slices.Contains(chairTurns, t.Turn):
			put(toSign, t)
		case p.late(t):
			put(late, t)
		case t.Undated:
			put(later, t)
		case due.Before(today): // a day off: it runs to the next working day
			put(now, t)
		case due == today:
			put(now, t)
		case !due.After(sunday):
			put(week, t)
		default:
			put(later, t)
		}
	}
	if chair || p.Actor().Has(doithoai.RoleOffice) || p.Actor().Has(doithoai.RoleViceChair) {
		p.Waiting = slices.DeleteFunc(p.Waiting, func(t task) bool {
			if p.late(t) {
				put(late, t)
			}
			return p.late(t)
		})
	}
	for _, s := range p.Sections {
		sortTasks(s.Tasks, today)
		if i := slices.IndexFunc(s.Tasks, func(t task) bool { return t.Mine }); i >= 0 && p.First == nil {
			p.First = &s.Tasks[i]
		}
	}
	sortTasks(p.Waiting, today)
}

// when is the day by which a task is sorted.
func (t task) when(today calendar.Date) calendar.Date {
	switch {
	case t.Undated:
		return calendar.DateOf(today.Year+1, time.December, 31) // after all that has a day
	case t.Due.IsZero():
		return today
	}
	return t.Due
}

// lateSection is the place of what is late among the desk's parts; after it the chair sees the units.
const lateSection = 1

func endOfWeek(d calendar.Date) calendar.Date {
	return d.AddDays((7 - int(d.Weekday()-time.Sunday)) % 7)
}

// nextDialogue is today's dialogue or the next one, nil where none is announced.
func nextDialogue(l outlook) *doithoai.Dialogue {
	var next *doithoai.Dialogue
	for _, d := range l.dialogues {
		coming := !d.State.Dayless() && !d.StartsAt.Date().Before(l.now.Date())
		if coming && (next == nil || d.StartsAt.Before(next.StartsAt)) {
			next = &d
		}
	}
	return next
}
