package hall

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) queueRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}"
	return []web.Route{
		{Pattern: "GET " + at + "/dang-noi", Act: doithoai.ActRecordOpinion, Do: s.speaker},
		{Pattern: "POST " + at + "/bat-dau", Act: doithoai.ActStartDialogue, Do: s.start},
		{Pattern: "POST " + at + "/buoc", Act: doithoai.ActEnterStep, Do: s.enterStep},
		{Pattern: "POST " + at + "/gio-tay", Act: doithoai.ActJoinQueue, Do: s.joinQueue},
		{Pattern: "POST " + at + "/luot/{turn}", Act: doithoai.ActCallTurn, Do: s.turn},
	}
}

// run is what runs: the step of the programme, who speaks and who waits. It stands on every state of the console.
type run struct {
	*web.Reader
	Dialogue doithoai.Dialogue // with its programme
	store.Run
	Villages []doithoai.Village
	Screen   doithoai.Screen
	Rehearse bool // the dialogue can be rehearsed
}

func (s *site) runOf(r *web.Request, d doithoai.Dialogue) (u run, err error) {
	u = run{Reader: r.Reader, Dialogue: d, Rehearse: s.rehearsals != nil && d.Rehearsable() == nil}
	if u.Run, err = s.db.Run(r.Context(), r.Actor(), d.ID); err != nil {
		return u, err
	}
	if u.Screen, err = s.db.Screen(r.Context(), r.Actor(), d.ID); err != nil {
		return u, err
	}
	u.Villages, err = s.db.Villages(r.Context(), r.Authority.ID)
	return u, err
}

// turnForm is what is done about a turn.
type turnForm struct {
	Version int    `form:"phien-ban"`
	Do      string `form:"viec" line:"true"` // "xep:3" gives the third place
}

// turnActs are what the buttons of a turn do, by their values.
var turnActs = map[string]func(*store.DB, *web.Request, doithoai.ID, doithoai.ID, turnForm) error{
	"moi": func(db *store.DB, r *web.Request, d, t doithoai.ID, f turnForm) error {
		return db.CallTurn(r.Context(), r.Actor(), d, t, f.Version)
	},
	"moi-tiep": func(db *store.DB, r *web.Request, d, t doithoai.ID, _ turnForm) error {
		_, err := db.CallNext(r.Context(), r.Actor(), d, t)
		return err
	},
	"vang": func(db *store.DB, r *web.Request, d, t doithoai.ID, f turnForm) error {
		return db.MissTurn(r.Context(), r.Actor(), d, t, f.Version)
	},
	"xong": func(db *store.DB, r *web.Request, d, t doithoai.ID, f turnForm) error {
		return db.EndTurn(r.Context(), r.Actor(), d, t, f.Version)
	},
	"rut": func(db *store.DB, r *web.Request, d, t doithoai.ID, f turnForm) error {
		return db.WithdrawTurn(r.Context(), r.Actor(), d, t, f.Version)
	},
	"tra-lai": func(db *store.DB, r *web.Request, d, t doithoai.ID, f turnForm) error {
		return db.ReturnTurn(r.Context(), r.Actor(), d, t, f.Version)
	},
	placeTurn: func(db *store.DB, r *web.Request, d, t doithoai.ID, f turnForm) error {
		_, typed, _ := strings.Cut(f.Do, ":")
		place, err := strconv.Atoi(typed)
		if err != nil {
			return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
		}
		return db.MoveTurn(r.Context(), r.Actor(), d, t, f.Version, place)
	},
	"chay":      timed(store.TurnRuns),
	"dung":      timed(store.TurnStands),
	"them-phut": timed(store.TurnLengthened),
}

// placeTurn gives a place in the queue: "xep:3" the third, "xep:0" back to the rule.
const placeTurn = "xep"

func placing(place int) string { return placeTurn + ":" + strconv.Itoa(place) }

func timed(how store.TurnTime) func(*store.DB, *web.Request, doithoai.ID, doithoai.ID, turnForm) error {
	return func(db *store.DB, r *web.Request, d, t doithoai.ID, _ turnForm) error {
		return db.TimeTurn(r.Context(), r.Actor(), d, t, how)
	}
}

// turn answers POST /hoi-truong/{dialogue}/luot/{turn}: what a button of a turn says, and then the page of who speaks.
// What somebody else has done meanwhile is seen there.
func (s *site) turn(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	f := turnForm{}
	if err := r.Form(&f); err != nil {
		return err
	}
	name, _, _ := strings.Cut(f.Do, ":")
	do := turnActs[name]
	if do == nil {
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	return s.queueDone(r, d, do(s.db, r, d.ID, doithoai.ID(r.PathValue("turn")), f))
}

// queueDone leads on after an act on the queue. Where it was refused, the console says so; nobody is told of a turn
// that is gone: somebody was quicker.
func (s *site) queueDone(r *web.Request, d doithoai.Dialogue, err error) error {
	if err == nil {
		return r.Redirect(pathOf(d) + "/dang-noi")
	}
	if doithoai.KindOf(err) == doithoai.NotFound {
		err = &doithoai.Error{Kind: doithoai.Conflict, Key: "error.conflict", Cause: err}
	}
	if !web.Mendable(err) {
		return err
	}
	p, loaded := s.load(r)
	if loaded != nil {
		return loaded
	}
	p.Warning = web.RefusalWords(p.Reader, err)
	if k := keyOf(err); k == "error.conflict" {
		p.Warning = p.T("hall.turn.conflict")
	}
	return r.Page(web.StatusOf(err), p.view())
}

// joinQueue answers POST /hoi-truong/{dialogue}/gio-tay: somebody raised a hand.
func (s *site) joinQueue(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f handForm
	if err := r.Form(&f); err != nil {
		return err
	}
	t := doithoai.Turn{ID: doithoai.ID(f.ID), DialogueID: d.ID, Name: f.Name, VillageID: doithoai.ID(f.Village)}
	err = s.db.JoinQueue(r.Context(), r.Actor(), t)
	if err == nil || doithoai.KindOf(err) != doithoai.Invalid {
		return s.queueDone(r, d, err)
	}
	p, loaded := s.load(r)
	if loaded != nil {
		return loaded
	}
	f.Problems = p.Reader.Problems(err)
	p.Hand = f
	return r.Page(web.StatusOf(err), p.view())
}

// handForm is who raised a hand.
type handForm struct {
	ID       string `form:"khoa-gio-tay" line:"true"`
	Name     string `form:"ho-ten-gio-tay" line:"true"`
	Village  string `form:"thon-gio-tay" line:"true"`
	Problems web.Problems
}

// start answers POST /hoi-truong/{dialogue}/bat-dau: the dialogue begins, now or at the hour that was typed.
func (s *site) start(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f struct {
		Version int    `form:"phien-ban"`
		At      string `form:"gio" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	at := r.Now
	if clock, wrong := calendar.ReadClock(f.At); wrong == nil {
		at = clock.On(d.StartsAt.Date())
	} else if f.At != "" {
		return s.queueDone(r, d, doithoai.RefuseForm([]doithoai.Problem{{Field: "luc", Key: "hall.run.problem.hour"}}))
	}
	_, err = s.db.StartDialogue(r.Context(), r.Actor(), d.ID, f.Version, at)
	return s.queueDone(r, d, err)
}

// enterStep answers POST /hoi-truong/{dialogue}/buoc: a step of the programme begins.
func (s *site) enterStep(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f struct {
		Number int `form:"lan"`
		Step   int `form:"buoc"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.queueDone(r, d, s.db.EnterStep(r.Context(), r.Actor(), d.ID, f.Number, f.Step))
}

// speaker answers GET /hoi-truong/{dialogue}/dang-noi: it leads to where who speaks is taken down.
func (s *site) speaker(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	u, err := s.runOf(r, d)
	if err != nil {
		return err
	}
	return r.Redirect(u.speakerPath())
}

// speakerPath is where who speaks is taken down: their slip's opinion that waits for a ruling, else a new one.
func (u *run) speakerPath() string {
	if s := u.Speaking; s != nil && s.Unruled > 0 {
		return pathOfOpinion(u.Dialogue, s.Number)
	}
	return pathOf(u.Dialogue)
}

// onward goes on after an opinion was recorded or ruled in a turn: the next one is called where the form says so. It
// returns where the work goes on. That somebody else has gone on already is no mistake.
func (s *site) onward(r *web.Request, d doithoai.Dialogue, f form) (string, error) {
	if f.Then == thenCall && f.Turn != "" {
		_, err := s.db.CallNext(r.Context(), r.Actor(), d.ID, doithoai.ID(f.Turn))
		if err != nil && doithoai.KindOf(err) != doithoai.Conflict && doithoai.KindOf(err) != doithoai.NotFound {
			return "", err
		}
	}
	u, err := s.runOf(r, d)
	if err != nil {
		return "", err
	}
	if f.Then == thenCall {
		return u.speakerPath(), nil
	}
	return pathOf(d), nil
}

// timer words a speaker's time: "02:10 / 03:00", and over the limit how long it is over.
func (u *run) timer(t doithoai.Turn) string {
	spoken := t.Elapsed(u.Now)
	if t.Limit > 0 && spoken > t.Limit {
		return u.T("hall.turn.over", "time", text.Stopwatch(spoken-t.Limit))
	}
	if t.Limit == 0 {
		return text.Stopwatch(spoken)
	}
	return text.Stopwatch(spoken) + " / " + text.Stopwatch(t.Limit)
}

// timerAttrs tell turn.ts how the time goes on, in milliseconds.
func (u *run) timerAttrs(t doithoai.Turn) ui.Attrs {
	running := "0"
	if !t.Since.IsZero() {
		running = "1"
	}
	return ui.Attrs{
		"data-timer": running, "data-spoken": fmt.Sprint(t.Elapsed(u.Now).Milliseconds()),
		"data-limit": fmt.Sprint(t.Limit.Milliseconds()), "data-over": u.T("hall.turn.over", "time", "{time}"),
	}
}

// villageOf names a village.
func (u *run) villageOf(id doithoai.ID) string {
	for _, v := range u.Villages {
		if v.ID == id {
			return v.Name
		}
	}
	return ""
}

// who names somebody with the organisation for which they speak.
func (u *run) who(q store.QueueRow) string {
	if q.Organisation != "" {
		return q.Organisation + " (" + q.Name + ")"
	}
	return q.Name
}

// came words where somebody is from and how they came into the queue.
func (u *run) came(q store.QueueRow) string {
	var parts []string
	if v := u.villageOf(q.VillageID); v != "" {
		parts = append(parts, v)
	}
	how := u.T("hall.turn.source." + string(q.Source))
	if q.Number != "" {
		how += " " + serial(q.Number)
	}
	return strings.Join(append(parts, how), " · ")
}

// why words why somebody comes where they do, as the published rule has it.
func (u *run) why(q store.QueueRow) string {
	switch {
	case q.Place > 0:
		return u.T("hall.turn.why.placed")
	case !q.Here:
		return u.T("hall.turn.why.away")
	case q.Before > 0:
		return u.T("hall.turn.why.before", "count", q.Before)
	case q.VillageID == "":
		return u.T("hall.turn.why.joined")
	case q.Village == 0:
		return u.T("hall.turn.why.first")
	}
	return u.T("hall.turn.why.village", "count", q.Village)
}

// perVillage counts the turns of each village, in the order of the villages, then of those from elsewhere.
func (u *run) perVillage() (all []ui.Count) {
	n := map[doithoai.ID]int{}
	spoken := map[doithoai.ID]time.Duration{}
	count := func(t doithoai.Turn) {
		if t.State == doithoai.TurnSpoken || t.State == doithoai.TurnSpeaking {
			n[t.VillageID]++
			spoken[t.VillageID] += t.Elapsed(u.Now)
		}
	}
	for _, q := range u.Over {
		count(q.Turn)
	}
	if u.Speaking != nil {
		count(u.Speaking.Turn)
	}
	for _, v := range append(slices.Clone(u.Villages), doithoai.Village{Name: u.T("hall.turn.elsewhere")}) {
		if v.ID == "" && n[v.ID] == 0 {
			continue
		}
		all = append(all, ui.Count{
			Text:   v.Name,
			Number: u.T("hall.turn.per_village", "count", n[v.ID], "time", text.Stopwatch(spoken[v.ID])),
		})
	}
	return all
}

// stepNow is the step that runs, with its hours: planned, and when it really began.
func (u *run) stepNow() string {
	s := u.Step()
	if s.Number == 0 {
		return ""
	}
	times := u.Dialogue.StepTimes()
	planned := ""
	if s.Step <= len(times) {
		planned = u.Time(times[s.Step-1].At)
	}
	return u.T("hall.run.step", "n", s.Step, "of", len(times), "title", strings.TrimRight(s.Title, "."),
		"real", u.Time(s.BeganAt), "planned", planned)
}

// stepNext is the number of the step that follows, 0 after the last.
func (u *run) stepNext() int {
	if n := u.Step().Step + 1; n <= len(u.Dialogue.Programme) {
		return n
	}
	return 0
}

// isRunning reports whether the dialogue runs.
func (u *run) isRunning() bool { return u.Dialogue.State == doithoai.DialogueRunning }

// queueOpen reports whether somebody can come into the queue.
func (u *run) queueOpen() bool { return u.Dialogue.QueueOpen(doithoai.ActJoinQueue, u.Now) == nil }

// mine reports whether an opinion is what the speaker's turn is about: one of their slip, or said in it.
func (u *run) mine(o doithoai.Opinion) bool {
	return u.Speaking != nil && (o.SlipID == u.Speaking.ID || o.TurnID == u.Speaking.ID)
}
