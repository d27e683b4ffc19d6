package hall

import (
	"context"
	"io"
	"net/http"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

// Rehearsals begin and end rehearsals: copies of a dialogue with pretended people, each for the browser that has its
// token, which are wiped when they end. Nothing of what is done in one is kept.
type Rehearsals struct {
	// Begin makes one; console is where it goes on.
	Begin func(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (token, console string, err error)
	// End wipes one; dialogue is the real one, "" where there is no such rehearsal any more.
	End func(token string) (dialogue doithoai.ID)
}

// rehearsalCookieLife is how long a browser keeps the token: longer than any rehearsal lasts, so that who comes back
// late is told that it is over.
const rehearsalCookieLife = 12 * time.Hour

// Rehearsal is a rehearsal that goes on.
type Rehearsal struct {
	Dialogue doithoai.ID      // the copy
	Began    calendar.Instant // by the clock of the rehearsal: what happened before is pretended
}

func rehearsalPath(d doithoai.Dialogue) string { return web.ConsolePath(d.ID) + web.RehearsalPart }

// rehearsing adds to the routes of a real site those on which a rehearsal begins and ends. On those of a rehearsal's
// site the guide stands, and every other address says that it is not of the rehearsal.
func (s *site) rehearsing(of web.Site) web.Site {
	const at = "/hoi-truong/{dialogue}" + web.RehearsalPart
	if s.rehearsals != nil {
		of.Routes = append(of.Routes,
			web.Route{Pattern: "GET " + at, Act: doithoai.ActRehearse, Do: s.offerRehearsal},
			web.Route{Pattern: "POST " + at, Act: doithoai.ActRehearse, Do: s.beginRehearsal},
			web.Route{Pattern: "GET " + web.RehearsalPath, Act: doithoai.ActRehearse, Do: s.rehearsalOver},
			web.Route{Pattern: "POST " + web.RehearsalPath, Act: doithoai.ActRehearse, Do: s.endRehearsal},
		)
	}
	if s.rehearsal == nil {
		return of
	}
	of.Routes = append(of.Routes, web.Route{Pattern: "/{path...}", Act: doithoai.ActRehearse, Do: s.notRehearsed})
	for i, route := range of.Routes {
		of.Routes[i].Do = func(r *web.Request) error {
			r.Guide = guideOf{r.Reader, s}
			return route.Do(r)
		}
	}
	return of
}

// rehearsalPage offers a rehearsal.
type rehearsalPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Warning  string
}

// rehearsable finds a dialogue by its slug or id, also one that nobody was told of yet.
func (s *site) rehearsable(r *web.Request, name string) (doithoai.Dialogue, error) {
	d, err := s.db.DialogueBySlug(r.Context(), r.Authority.ID, name)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(name))
	}
	return d, err
}

// offerRehearsal answers GET /hoi-truong/{dialogue}/dien-tap: what a rehearsal is.
func (s *site) offerRehearsal(r *web.Request) error {
	d, err := s.rehearsable(r, r.PathValue("dialogue"))
	if err != nil {
		return err
	}
	p := rehearsalPage{Reader: r.Reader, Dialogue: d}
	if err := d.Rehearsable(); err != nil {
		p.Warning = web.RefusalWords(p.Reader, err)
	}
	return r.Page(http.StatusOK, p.view())
}

// beginRehearsal answers POST /hoi-truong/{dialogue}/dien-tap: of the dialogue as the page had it.
func (s *site) beginRehearsal(r *web.Request) error {
	d, err := s.rehearsable(r, r.PathValue("dialogue"))
	if err != nil {
		return err
	}
	var f struct {
		Version int `form:"phien-ban"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	token, console := "", ""
	err = error(doithoai.Refuse(doithoai.Conflict, "error.conflict"))
	if f.Version == d.Version {
		token, console, err = s.rehearsals.Begin(r.Context(), r.Actor(), d.ID)
	}
	switch doithoai.KindOf(err) {
	case doithoai.Conflict, doithoai.TooMany:
		r.RetryAfter(err)
		p := rehearsalPage{Reader: r.Reader, Dialogue: d, Warning: web.RefusalWords(r.Reader, err)}
		return r.Page(web.StatusOf(err), p.view())
	}
	if err != nil {
		return err
	}
	r.SetCookie(web.RehearsalCookie, token, rehearsalCookieLife)
	return r.Redirect(console)
}

// endRehearsal answers POST /noi-bo/dien-tap: it is wiped.
func (s *site) endRehearsal(r *web.Request) error {
	of := s.rehearsals.End(r.GetCookie(web.RehearsalCookie))
	r.SetCookie(web.RehearsalCookie, "", 0)
	return r.Redirect(web.RehearsalOverPath(true, of))
}

// rehearsalOverPage says that a rehearsal was wiped.
type rehearsalOverPage struct {
	*web.Reader
	Ended    bool               // by who was in it; else its time was up, or the program stopped
	Dialogue *doithoai.Dialogue // the real one, where it is known
}

// rehearsalOver answers GET /noi-bo/dien-tap.
func (s *site) rehearsalOver(r *web.Request) error {
	p := rehearsalOverPage{Reader: r.Reader, Ended: r.FormValue("xong") != ""}
	if of := r.FormValue("buoi"); of != "" {
		d, err := s.rehearsable(r, of)
		switch {
		case err == nil:
			p.Dialogue = &d
		case doithoai.KindOf(err) != doithoai.NotFound:
			return err
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// notRehearsedPage is every page that a rehearsal does not have.
type notRehearsedPage struct{ *web.Reader }

func (s *site) notRehearsed(r *web.Request) error {
	return r.Page(http.StatusNotFound, notRehearsedPage{r.Reader}.view())
}

// guideOf is the guide of a rehearsal, made when a page is: it says what the rehearsal's database says happened.
type guideOf struct {
	*web.Reader
	site *site
}

// Render implements [templ.Component].
func (g guideOf) Render(ctx context.Context, w io.Writer) error {
	p, err := g.load(ctx)
	if err != nil {
		return err
	}
	return p.view().Render(ctx, w)
}

// played is what happened in a rehearsal so far.
type played struct {
	dialogue  doithoai.Dialogue
	came      bool // somebody was noted as present
	run       store.Run
	opinions  []doithoai.Opinion
	minutes   bool // were composed
	concluded bool
}

// has reports whether some opinion is as said.
func (p played) has(is func(doithoai.Opinion) bool) bool { return slices.ContainsFunc(p.opinions, is) }

// called reports whether somebody was called whose turn is as said.
func (p played) called(is func(doithoai.Turn) bool) bool {
	return p.run.Speaking != nil && is(p.run.Speaking.Turn) ||
		slices.ContainsFunc(p.run.Over, func(q store.QueueRow) bool { return is(q.Turn) })
}

// guideTasks are what is tried in a rehearsal, in the order of the day. Who may not do one is not asked to.
var guideTasks = []struct {
	key  string
	act  doithoai.Act
	part string // of the address, behind the dialogue's
	done func(played) bool
}{
	{"check_in", doithoai.ActCheckIn, web.ReceptionPart, func(p played) bool { return p.came }},
	{"start", doithoai.ActStartDialogue, "", func(p played) bool { return !p.dialogue.StartedAt.IsZero() }},
	{"call", doithoai.ActCallTurn, "", func(p played) bool {
		return p.called(func(t doithoai.Turn) bool { return !t.CalledAt.IsZero() })
	}},
	{"record", doithoai.ActRecordOpinion, "", func(p played) bool {
		return p.has(func(o doithoai.Opinion) bool { return o.TurnID != "" || o.Channel == doithoai.ChannelHall })
	}},
	{"rule", doithoai.ActRecordOpinion, "", ruledOne},
	{"rule_chair", doithoai.ActRuleOpinion, web.ChairPart, ruledOne},
	{"miss", doithoai.ActMissTurn, "", func(p played) bool {
		return p.called(func(t doithoai.Turn) bool { return t.State == doithoai.TurnAbsent })
	}},
	{"later", doithoai.ActAnswerLater, laterPart, func(p played) bool {
		return p.has(func(o doithoai.Opinion) bool { return o.Unheard != "" })
	}},
	{"close", doithoai.ActCloseDialogue, web.ClosePart, func(p played) bool { return !p.dialogue.ClosedAt.IsZero() }},
	{"conclude", doithoai.ActWriteConclusion, web.ConclusionPart, func(p played) bool { return p.concluded }},
	{"minutes", doithoai.ActComposeMinutes, web.MinutesPart, func(p played) bool { return p.minutes }},
}

func ruledOne(p played) bool {
	return p.has(func(o doithoai.Opinion) bool { return o.Ruling != "" })
}

// chairTasks are tried by who does not keep the console, the others by who does.
var chairTasks = []string{"rule_chair", "conclude"}

// guide is what is tried in a rehearsal, and how far it is.
type guide struct {
	*web.Reader
	Tasks []guideTask
}

// guideTask is one thing to try.
type guideTask struct {
	Key  string
	Href string
	Here bool // the page that is open is where it is done
	Done bool
}

// next is the first task that was not done yet, with its number; nil where none is left.
func (g guide) next() (*guideTask, int) {
	for i := range g.Tasks {
		if !g.Tasks[i].Done {
			return &g.Tasks[i], i + 1
		}
	}
	return nil, 0
}

func (g guideOf) load(ctx context.Context) (p guide, err error) {
	p.Reader = g.Reader
	so, err := g.site.played(ctx, g.Actor())
	if err != nil {
		return p, err
	}
	console := doithoai.MayEver(g.Actor(), doithoai.ActRecordOpinion)
	for _, t := range guideTasks {
		if slices.Contains(chairTasks, t.key) == console || !doithoai.MayEver(g.Actor(), t.act) {
			continue
		}
		task := guideTask{Key: t.key, Href: pathOf(so.dialogue) + t.part, Done: t.done(so)}
		task.Here = g.Path == task.Href
		p.Tasks = append(p.Tasks, task)
	}
	return p, nil
}

// played reads what happened in the rehearsal, as far as the actor may see it.
func (s *site) played(ctx context.Context, actor doithoai.Actor) (p played, err error) {
	if p.dialogue, err = s.db.DialogueByID(ctx, actor.AuthorityID, s.rehearsal.Dialogue); err != nil {
		return p, err
	}
	d := p.dialogue.ID
	if !doithoai.MayEver(actor, doithoai.ActRecordOpinion) {
		card, err := s.db.ChairCard(ctx, actor, d, "")
		if err != nil {
			return p, err
		}
		for _, row := range card.Ruled {
			p.opinions = append(p.opinions, row.Opinion)
		}
		said, err := s.db.Conclusion(ctx, actor, d)
		p.concluded = said.Kept.Version > 0
		return p, err
	}
	rows, err := s.db.DialogueOpinions(ctx, actor, d)
	if err != nil {
		return p, err
	}
	for _, row := range rows {
		p.opinions = append(p.opinions, row.Opinion)
	}
	if p.run, err = s.db.Run(ctx, actor, d); err != nil {
		return p, err
	}
	rec, err := s.db.Reception(ctx, actor, d)
	if err != nil {
		return p, err
	}
	p.came = slices.ContainsFunc(rec.Present, func(a doithoai.Attendance) bool {
		return !a.ArrivedAt.Before(s.rehearsal.Began)
	})
	m, err := s.db.Minutes(ctx, actor, d)
	p.minutes = m.Minutes.Version > 0
	return p, err
}
