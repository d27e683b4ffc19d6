package planning

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

const bulletinPath = "/phat-thanh"

func (s *site) bulletinRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + bulletinPath
	script := s.printedRoutes(web.DialoguesPath+"/{id}"+scriptAt, doithoai.ActSeeDialogues, s.script)
	return append(script, []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActSeeDialogues, Do: s.bulletin},
		{Pattern: "POST " + at, Act: doithoai.ActWriteBulletin, Do: s.saveBulletin},
		{Pattern: "POST " + at + "/san-sang", Act: doithoai.ActReleaseBulletin, Do: s.releaseBulletin},
		{Pattern: "POST " + at + "/lich", Act: doithoai.ActPlanBroadcast, Do: s.scheduleBroadcasts},
		{Pattern: "GET " + at + "/nhat-ky", Act: doithoai.ActLogBroadcast, Do: s.broadcast},
		{Pattern: "POST " + at + "/nhat-ky", Act: doithoai.ActLogBroadcast, Do: s.logBroadcast},
		{Pattern: "GET " + at + "/nhat-ky/{item}", Act: doithoai.ActLogBroadcast, Do: s.broadcast},
		{Pattern: "POST " + at + "/nhat-ky/{item}", Act: doithoai.ActLogBroadcast, Do: s.logBroadcast},
		{Pattern: "POST " + at + "/nhat-ky/{item}/bo", Act: doithoai.ActPlanBroadcast, Do: s.dropBroadcast},
	}...)
}

// bulletinPage is the text for the loudspeakers, how it is read, and when it was and will be.
type bulletinPage struct {
	dialoguePage
	Bulletins  []plan.Bulletin // the last one first
	Broadcasts []plan.Broadcast
	Rules      doithoai.Rules
	Form       bulletinForm
	SavedAt    calendar.Instant // of the draft from which the form was filled
}

// bulletinForm are the fields of the page's forms as they were typed.
type bulletinForm struct {
	Version int    `form:"phien-ban"`
	Body    string `form:"bai"`
	From    string `form:"tu-ngay" line:"true" day:"true"`
	Days    string `form:"so-ngay" line:"true"`
	Clocks  string `form:"gio" line:"true"`
}

// last is the dialogue's last bulletin; one without number where there is none.
func (p bulletinPage) last() plan.Bulletin {
	if len(p.Bulletins) == 0 {
		return plan.Bulletin{}
	}
	return p.Bulletins[0]
}

// drafting reports whether the last bulletin is one that is still being written.
func (p bulletinPage) drafting() bool {
	b := p.last()
	return b.State == plan.BulletinDraft && b.Moves == p.Dialogue.Moves
}

// version is the one that saving names: that of the draft, 0 where saving begins the next text.
func (p bulletinPage) version() int {
	if p.drafting() {
		return p.last().Version
	}
	return 0
}

// least is on how many days without a break the law asks for it to be read out.
func (p bulletinPage) least() int {
	return parameterInt(p.Rules, "loudspeaker.days", p.Dialogue.StartsAt.Date())
}

// parameterInt is the value of a parameter that counts, 0 where none is in force.
func parameterInt(rules doithoai.Rules, key string, on calendar.Date) int {
	row, ok := rules.Parameters.At(key, on)
	if !ok {
		return 0
	}
	n, err := row.Int()
	if err != nil {
		return 0
	}
	return n
}

// minutes is how long a script takes, in tenths of a minute, and the most that it should; 0 where that is not known.
func (p bulletinPage) minutes(script text.Script) (tenths, most int) {
	on := p.Today()
	return plan.Minutes(script.Words(), parameterInt(p.Rules, "loudspeaker.words", on)),
		10 * parameterInt(p.Rules, "loudspeaker.minutes", on)
}

func (s *site) loadBulletin(r *web.Request) (p bulletinPage, err error) {
	if p.dialoguePage, err = s.ofDialogue(r); err != nil {
		return p, err
	}
	id := p.Dialogue.ID
	if p.Bulletins, err = s.db.Bulletins(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Broadcasts, err = s.db.Broadcasts(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID)
	return p, err
}

// fill proposes the text and the schedule.
func (p *bulletinPage) fill() {
	p.Form = bulletinForm{
		Version: p.version(), Body: p.last().Body, From: p.Date(p.Today().AddDays(1)),
		Days: strconv.Itoa(max(p.least(), 1)), Clocks: "05:30, 17:00",
	}
	if !p.drafting() && !p.last().Holds(p.Dialogue.Moves) {
		p.Form.Body = plan.ComposeBulletin(p.Dialogue, p.Authority)
	}
}

func (s *site) bulletin(r *web.Request) error {
	p, err := s.loadBulletin(r)
	if err != nil {
		return err
	}
	p.fill()
	draft, err := s.db.Draft(r.Context(), r.Actor(), store.DraftBulletin, string(p.Dialogue.ID))
	if err != nil {
		return err
	}
	if body := draft.Fields["bai"]; len(body) == 1 {
		p.Form.Body, p.SavedAt = body[0], draft.SavedAt
	}
	return r.Page(http.StatusOK, p.view())
}

// scriptAt is what the announcer reads out, as a paper.
const scriptAt = bulletinPath + "/ban-doc"

func (s *site) script(r *web.Request) (printed, error) {
	p, err := s.loadBulletin(r)
	if err == nil && p.last().Number == 0 {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err != nil {
		return printed{}, err
	}
	spoken := text.Aloud(p.last().Body)
	facts := vietnamese.T("bulletin.words", "count", spoken.Words())
	if tenths, _ := p.minutes(spoken); tenths > 0 {
		facts += " · " + vietnamese.T("bulletin.minutes", "minutes", vietnamese.Decimal(float64(tenths)/10, 1))
	}
	lines := []string{facts}
	if times := p.planned(); times != "" {
		lines = append(lines, vietnamese.T("bulletin.read_at", "times", times))
	}
	paper := docform.Bulletin(docform.Head{Authority: r.Authority}, p.Dialogue, spoken, lines...)
	page := p.printed(r.T("bulletin.script"), scriptAt, "bai-phat-thanh", paper)
	if p.last().Withdrawn(p.Dialogue.Moves) {
		page.About = r.T("bulletin.withdrawn")
	}
	return page, nil
}

// postedBulletin reads a form of the page and loads the page; act then does what the form asks for.
func (s *site) postedBulletin(r *web.Request, act func(p *bulletinPage) (doithoai.Act, error)) error {
	p, err := s.loadBulletin(r)
	if err != nil {
		return err
	}
	p.fill()
	p.Form.Version = 0 // it comes with the form alone
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	done, err := act(&p)
	if err == nil {
		return r.Redirect(p.done(bulletinPath, done))
	}
	if !p.refused(err) {
		return err
	}
	p.Form.Version = p.version()
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) saveBulletin(r *web.Request) error {
	return s.postedBulletin(r, func(p *bulletinPage) (doithoai.Act, error) {
		_, err := s.db.SaveBulletin(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, p.Form.Body)
		return doithoai.ActWriteBulletin, err
	})
}

func (s *site) releaseBulletin(r *web.Request) error {
	return s.postedBulletin(r, func(p *bulletinPage) (doithoai.Act, error) {
		_, err := s.db.ReleaseBulletin(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version)
		return doithoai.ActReleaseBulletin, err
	})
}

func (s *site) scheduleBroadcasts(r *web.Request) error {
	return s.postedBulletin(r, func(p *bulletinPage) (doithoai.Act, error) {
		err := s.db.ScheduleBroadcasts(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.schedule())
		return doithoai.ActPlanBroadcast, err
	})
}

// schedule reads the fields of a schedule; what is none is left for the rule to refuse.
func (f bulletinForm) schedule() plan.Schedule {
	s := plan.Schedule{From: web.TypedDate(f.From)}
	if days, err := strconv.Atoi(f.Days); err == nil {
		s.Days = days
	}
	for _, typed := range strings.FieldsFunc(f.Clocks, func(r rune) bool { return r == ',' || r == ';' }) {
		clock := typedClock(typed)
		if clock < 0 {
			return plan.Schedule{From: s.From, Days: s.Days}
		}
		s.Clocks = append(s.Clocks, clock)
	}
	return s
}

// broadcastForm is what became of a broadcast, as it was typed.
type broadcastForm struct {
	Version int    `form:"phien-ban"`
	Outcome string `form:"ket-qua" line:"true"`
	Day     string `form:"ngay" line:"true" day:"true"`
	Clock   string `form:"gio" line:"true"`
	Reader  string `form:"nguoi-doc" line:"true"`
	Note    string `form:"ghi-chu"`
}

// broadcastPage is the form in which a broadcast is entered: one of the schedule, or one that was not planned.
type broadcastPage struct {
	bulletinPage
	Broadcast plan.Broadcast // without id: not planned
	Form      broadcastForm
}

func (s *site) loadBroadcast(r *web.Request) (p broadcastPage, err error) {
	if p.bulletinPage, err = s.loadBulletin(r); err != nil {
		return p, err
	}
	id := r.PathValue("item")
	i := slices.IndexFunc(p.Broadcasts, func(b plan.Broadcast) bool { return string(b.ID) == id })
	switch {
	case i >= 0:
		p.Broadcast = p.Broadcasts[i]
	case id != "":
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	default:
		p.Broadcast = plan.Broadcast{Day: p.Today(), Clock: clockOf(p.Now)}
	}
	b := p.Broadcast
	p.Form = broadcastForm{
		Outcome: string(plan.BroadcastAired), Day: p.Date(b.Day), Clock: b.Clock.String(), Reader: b.Reader, Note: b.Note,
		Version: b.Version,
	}
	if slices.Contains(plan.BroadcastOutcomes, b.State) {
		p.Form.Outcome = string(b.State)
	}
	if p.Form.Reader == "" {
		p.Form.Reader = r.Officer.Name
	}
	return p, nil
}

func (s *site) broadcast(r *web.Request) error {
	p, err := s.loadBroadcast(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// postedBroadcast reads the form and loads its page; act then does what the form asks for.
func (s *site) postedBroadcast(r *web.Request, done doithoai.Act, act func(p *broadcastPage) error) error {
	p, err := s.loadBroadcast(r)
	if err != nil {
		return err
	}
	p.Form.Version = 0 // it comes with the form alone
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	if err = act(&p); err == nil {
		return r.Redirect(p.done(bulletinPath, done))
	}
	if !p.refused(err) {
		return err
	}
	p.Form.Version = p.Broadcast.Version
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) logBroadcast(r *web.Request) error {
	return s.postedBroadcast(r, doithoai.ActLogBroadcast, func(p *broadcastPage) error {
		f := p.Form
		return s.db.LogBroadcast(r.Context(), r.Actor(), p.Dialogue.ID, p.Broadcast.ID, f.Version, plan.Broadcast{
			State: plan.BroadcastState(f.Outcome), Day: web.TypedDate(f.Day), Clock: typedClock(f.Clock), Reader: f.Reader,
			Note: f.Note,
		})
	})
}

func (s *site) dropBroadcast(r *web.Request) error {
	return s.postedBroadcast(r, doithoai.ActPlanBroadcast, func(p *broadcastPage) error {
		return s.db.DropBroadcast(r.Context(), r.Actor(), p.Dialogue.ID, p.Broadcast.ID, p.Form.Version)
	})
}

// withDuty makes the loudspeakers' line that of the notice in the media too: it says when people were first told so,
// with the way to what proves it, and blocks while nothing does.
func (l *workLine) withDuty(duty workLine, proofs string) {
	l.Duty, l.Title = duty.Duty, duty.Title
	if len(duty.Proof) > 0 {
		l.Proof = append(l.Proof, ui.Text("·"), ui.Link{Text: proofs, Hidden: duty.Title, Href: duty.Href})
	} else if duty.Blocks && !l.Blocks {
		l.Blocks, l.Block = true, duty.Block
	}
	if l.State == plan.StepWaits && duty.State == plan.StepDone {
		l.State = plan.StepDoing // told once; the days running are still to come
	}
}

// bulletinArea is the loudspeakers' line of the workspace: how many days of those that the law asks for. By the last
// lawful day of the notice people are to have been told once; until the days are over, the line is not done.
func bulletinArea(s *site, r *web.Request, p *workspacePage) error {
	d := p.Dialogue
	all, err := s.db.Broadcasts(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return err
	}
	bulletins, err := s.db.Bulletins(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return err
	}
	if len(bulletins) == 0 && !d.State.Coming() {
		return nil
	}
	held := d.StartsAt.Date()
	least := parameterInt(p.Rules, "loudspeaker.days", held)
	days := plan.AiredDays(all, d.Moves)
	run, _ := plan.Run(days)
	line := workLine{
		Step:  plan.BroadcastStep(all, d.Moves, least, plan.DayBefore(p.Rules, "notice.days", held)),
		Title: r.T("bulletin.work", "count", max(least, 1)), Href: web.WorkspacePath(d.ID) + bulletinPath,
		Owner: r.T("bulletin.owner"),
	}
	proof := r.T("bulletin.progress", "done", run, "all", max(least, 1))
	switch {
	case len(bulletins) == 0:
		proof = r.T("bulletin.none_yet")
	case bulletins[0].Withdrawn(d.Moves):
		proof = r.T("bulletin.state.withdrawn")
		line.Blocks, line.Block = d.State.Coming(), r.T("bulletin.block.withdrawn")
	case bulletins[0].State == plan.BulletinDraft && len(days) == 0:
		proof = r.T("bulletin.state.draft")
	}
	if !d.Public() {
		line.State = plan.StepLater
	}
	line.Proof = ui.Words{ui.Text(proof)}
	if duty, ok := p.takeDuty(plan.DutyNoticeMedia); ok {
		line.withDuty(duty, text.LowerFirst(r.T("planning.duty.proofs")))
		if duty.State == plan.StepDone && !duty.Step.Late(p.Today()) { // told in time: the days are to be over before it
			line.Due, line.ByLaw = held.AddDays(-1), false
		}
	}
	p.Lines = append(p.Lines, line)
	return nil
}
