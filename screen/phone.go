package screen

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// What the form of a telephone asks for.
const (
	doRaise = "gio-tay"
	doLower = "thoi"
	doRate  = "danh-gia"
)

// phoneForm is what a telephone sends.
type phoneForm struct {
	Do      string `form:"viec" line:"true"`
	Name    string `form:"ho-ten" line:"true"`
	Village string `form:"thon" line:"true"`
}

// phonePage is a dialogue on somebody's telephone.
type phonePage struct {
	*web.Reader
	Live     doithoai.Live
	State    string // as it is drawn for all
	Villages []doithoai.Village
	Turn     doithoai.Turn // the telephone's own; State "" where it has none
	Survey   doithoai.SurveyForm
	Open     bool                // the survey takes answers
	Said     doithoai.SurveySlip // in the survey; none where the telephone has said nothing
	Chosen   []int               // as posted, where it could not be taken
	Form     phoneForm
	Problems web.Problems
	Phone    string
}

// phone answers GET /truc-tiep/{dialogue}.
func (s *site) phone(r *web.Request) error {
	p, err := s.phonePage(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) phonePage(r *web.Request) (p phonePage, err error) {
	r.Private() // who raised a hand sees their own turn
	ctx := r.Context()
	d, err := s.dialogue(r)
	if err != nil {
		return p, err
	}
	p.Reader = r.Reader
	state, err := s.hub.room(r.Authority, d.ID).state(ctx, view{forPeople, r.Text.Lang()})
	if err != nil {
		return p, err
	}
	p.State, p.Live = string(state.html), state.live
	if p.Villages, err = s.db.Villages(ctx, r.Authority.ID); err != nil {
		return p, err
	}
	p.Phone = r.Authority.Phone
	survey := doithoai.DialogueSurvey(d.ID)
	if p.over() {
		rules, err := s.db.Rules(ctx, r.Authority.ID)
		if err != nil {
			return p, err
		}
		p.Open = d.TakesSurvey(rules.Parameters, r.Today()) == nil
		if p.Survey, err = s.db.SurveyFormOf(ctx, r.Authority.ID, survey); err != nil {
			return p, err
		}
	}
	own, ok := r.Telephone()
	if !ok {
		return p, nil
	}
	p.Turn, err = s.db.HandRaised(ctx, r.Actor(), d.ID, own.Hand(d))
	if err == nil || doithoai.KindOf(err) == doithoai.NotFound {
		p.Said, err = s.db.SurveySlip(ctx, r.Authority.ID, survey, own.Survey(survey))
	}
	if doithoai.KindOf(err) == doithoai.NotFound {
		err = nil
	}
	return p, err
}

// act answers POST /truc-tiep/{dialogue}: a hand is raised or taken down, or the dialogue rated.
func (s *site) act(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f phoneForm
	if err := r.Form(&f); err != nil {
		return err
	}
	own := r.NewTelephone()
	if err = r.AllowIntake(); err == nil {
		err = s.do(r, d, &own, f)
	}
	if err == nil {
		own.Keep(r)
		return r.Redirect(followPath(d) + map[string]string{doRaise: "#luot", doRate: "#danh-gia"}[f.Do])
	}
	if !web.Mendable(err) && doithoai.KindOf(err) != doithoai.TooMany {
		return err
	}
	p, wrong := s.phonePage(r)
	if wrong != nil {
		return wrong
	}
	p.Form, p.Problems = f, r.Problems(err)
	if f.Do == doRate {
		p.Chosen = r.SurveyAnswers(p.Survey)
	}
	if !p.Problems.Any() { // it belongs to no field
		return err
	}
	r.RetryAfter(err)
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) do(r *web.Request, d doithoai.Dialogue, own *web.Telephone, f phoneForm) error {
	ctx, actor := r.Context(), r.Actor()
	switch f.Do {
	case doRaise:
		had, err := s.db.HandRaised(ctx, actor, d.ID, own.Hand(d))
		if err == nil && had.State != doithoai.TurnWaiting && had.State != doithoai.TurnSpeaking {
			own.Hands++ // that turn is over: this is another one
		} else if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return err
		}
		village := doithoai.ID(f.Village)
		if f.Village == elsewhere {
			village = ""
		} else if f.Village == "" {
			village = "?" // nobody's: the store asks for one
		}
		_, err = s.db.RaiseHand(ctx, actor, d.ID, own.Hand(d), f.Name, village)
		return err
	case doLower:
		return s.db.LowerHand(ctx, actor, d.ID, own.Hand(d))
	case doRate:
		return s.rate(r, d, *own)
	}
	return doithoai.Refuse(doithoai.Invalid, "error.invalid")
}

// rate takes the answers to the short questions of the dialogue's survey. What the telephone said there otherwise
// stays.
func (s *site) rate(r *web.Request, d doithoai.Dialogue, own web.Telephone) error {
	survey := doithoai.DialogueSurvey(d.ID)
	form, err := s.db.SurveyFormOf(r.Context(), r.Authority.ID, survey)
	if err != nil {
		return err
	}
	slip, err := s.db.SurveySlip(r.Context(), r.Authority.ID, survey, own.Survey(survey))
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	if slip.Answers == nil {
		slip.Answers = make([]int, len(form.Questions))
	}
	chosen := r.SurveyAnswers(form)
	for _, i := range form.Shorts() {
		slip.Answers[i] = chosen[i]
	}
	return s.db.AnswerSurvey(r.Context(), r.Actor(), survey, own.Survey(survey), slip)
}

// elsewhere is the answer of who does not live in the commune.
const elsewhere = "noi-khac"

// running reports whether the dialogue is being held: hands can be raised.
func (p phonePage) running() bool { return p.Live.Dialogue.State == doithoai.DialogueRunning }

// over reports whether it was.
func (p phonePage) over() bool { return p.Live.Dialogue.State.Held() && !p.running() }

// said are the answers that the page shows: those that could not be taken, or else those that were.
func (p phonePage) said() doithoai.SurveySlip {
	if p.Chosen != nil {
		return doithoai.SurveySlip{Answers: p.Chosen}
	}
	return p.Said
}

// inLine reports whether the telephone's own turn waits or runs.
func (p phonePage) inLine() bool {
	return p.running() && (p.Turn.State == doithoai.TurnWaiting || p.Turn.State == doithoai.TurnSpeaking)
}

// ahead is how many speak before the telephone's own turn, and whether it is in the line at all.
func (p phonePage) ahead() (int, bool) {
	n := slices.Index(p.Live.Line, p.Turn.Ticket)
	return n, n >= 0
}

// turnWords are what the page says of one's own turn, also as the script goes on with it.
func (p phonePage) turnWords() ui.Attrs {
	return ui.Attrs{
		"data-ticket": strconv.Itoa(p.Turn.Ticket), "data-limit": strconv.FormatInt(p.Live.Limit.Milliseconds(), 10),
		"data-ahead": p.T("screen.turn.ahead", "count", "{n}"), "data-next": p.T("screen.turn.next"),
		"data-about": p.T("screen.turn.about", "minutes", "{n}"), "data-mine": p.T("screen.turn.mine"),
		"data-soon": p.T("screen.turn.soon"), "data-over": p.T("screen.turn.over"), "data-you": p.T("screen.turn.you"),
		"data-speaking": p.T("screen.turn.speaking"),
	}
}

// turnNumber and turnWhen are those words now.
func (p phonePage) turnNumber() string {
	n, waits := p.ahead()
	switch {
	case p.Turn.State == doithoai.TurnSpeaking:
		return p.T("screen.turn.mine")
	case !waits:
		return p.T("screen.turn.over")
	case n == 0:
		return p.T("screen.turn.next")
	}
	return p.T("screen.turn.ahead", "count", n)
}

func (p phonePage) turnWhen() string {
	n, waits := p.ahead()
	if !waits || p.Turn.State == doithoai.TurnSpeaking {
		return ""
	}
	if p.Live.Speaker != nil {
		n++
	}
	if m := int(p.Live.Wait(n) / time.Minute); m > 0 {
		return p.T("screen.turn.about", "minutes", m)
	}
	return p.T("screen.turn.soon")
}

// rule is by which rule hands are called.
func (p phonePage) rule() string {
	return p.T("screen.raise.rule", "count", int(p.Live.Limit/time.Minute))
}

// villageChoices are where somebody may live.
func (p phonePage) villageChoices() []ui.Choice {
	var list []ui.Choice
	for _, v := range p.Villages {
		list = append(list, ui.Choice{Value: string(v.ID), Text: v.Name})
	}
	return append(list, ui.Choice{Value: elsewhere, Text: p.T("screen.raise.elsewhere")})
}

func (p phonePage) villageOptions() []ui.Option {
	list := []ui.Option{{Text: p.T("screen.raise.choose")}}
	for _, c := range p.villageChoices() {
		list = append(list, ui.Option{Value: c.Value, Text: c.Text})
	}
	return list
}

// manyVillages fill a telephone's screen as radios: more stand in a select.
const manyVillages = 8

// longQuestion is from how many letters on a question stands smaller on a telephone.
const longQuestion = 220

// followed is a dialogue as people follow it.
type followed struct {
	*web.Reader
	doithoai.Live
}

// running reports whether it is being held.
func (p followed) running() bool { return p.Dialogue.State == doithoai.DialogueRunning }

// status is the first line: that it runs, when it begins, or when it was closed.
func (p followed) status() string {
	d := p.Dialogue
	switch {
	case p.running():
		return p.T("screen.live.running")
	case d.State.Dayless():
		return p.T("plan.dialogue.state." + string(d.State))
	case d.State.Held():
		return p.T("screen.live.closed", "time", p.Time(d.ClosedAt))
	}
	return p.T("screen.live.coming")
}

// shownQuestion is what was released and is not blanked.
func (p followed) shownQuestion() string {
	if p.Blank || !p.running() {
		return ""
	}
	return p.Question
}

// stepEnds is when the step that runs ends: reckoned from when it really began.
func (p followed) stepEnds() string {
	_, ends := projected(p).following()
	if ends.IsZero() {
		return ""
	}
	return p.T("screen.live.until", "time", p.Time(ends))
}

// asker is whose question it is, without a name.
func (p followed) asker() string {
	var parts []string
	if p.Number > 0 {
		parts = append(parts, p.T("screen.number", "number", p.Number))
	}
	if p.Asker != nil && p.Asker.Village != "" {
		parts = append(parts, p.T("screen.live.from", "village", text.LowerFirst(p.Asker.Village)))
	}
	return strings.Join(parts, ", ")
}

// decided are the released questions on which something was decided, but for the one on the screens.
func (p followed) decided() []doithoai.LiveRuling {
	return slices.DeleteFunc(slices.Clone(p.Rulings), func(v doithoai.LiveRuling) bool {
		return v.Ruling == "" || v.Number == p.Number && p.shownQuestion() != ""
	})
}

// line is the numbers of who waits, for the script.
func (p followed) line() string {
	words := make([]string, len(p.Line))
	for i, n := range p.Line {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}

// speaking is the number of who speaks: 0 is somebody who raised no hand by telephone, "" nobody.
func (p followed) speaking() string {
	if p.Speaker == nil {
		return ""
	}
	return strconv.Itoa(p.Speaker.Ticket)
}

// waiting says how long the line is.
func (p followed) waiting() string {
	if p.Waiting == 0 {
		return p.T("screen.live.nobody_waits")
	}
	ahead := p.Waiting
	if p.Speaker != nil {
		ahead++
	}
	if m := int(p.Wait(ahead) / time.Minute); m > 0 {
		return p.T("screen.live.waiting_about", "count", p.Waiting, "minutes", m)
	}
	return p.T("screen.live.waiting", "count", p.Waiting)
}
