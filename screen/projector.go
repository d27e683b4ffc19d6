package screen

import (
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// projectorLife is how long a browser stays a projector: the day of the dialogue.
const projectorLife = 24 * time.Hour

// projectorPage is the picture on the wall.
type projectorPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Dark     bool
	State    string // as it is drawn for all
}

// pairingPage asks for the code that the console shows.
type pairingPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Problems web.Problems
}

// pairForm is the code as it was typed.
type pairForm struct {
	Code string `form:"ma" line:"true"`
}

// projector answers GET /man-hinh/{dialogue}: the picture where the browser was opened as a projector, else the field
// for the code. ?nen=toi has it on a dark ground.
func (s *site) projector(r *web.Request) error {
	r.Private()
	d, paired, err := s.paired(r)
	if err != nil {
		return err
	}
	if !paired {
		return r.Page(http.StatusOK, pairingPage{Reader: r.Reader, Dialogue: d}.view())
	}
	state, err := s.hub.room(r.Authority, d.ID).state(r.Context(), view{forProjector, r.Text.Lang()})
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, projectorPage{
		Reader: r.Reader, Dialogue: d, Dark: r.URL.Query().Get("nen") == "toi", State: string(state.html),
	}.view())
}

// paired finds the dialogue, and whether the browser was opened as its projector.
func (s *site) paired(r *web.Request) (d doithoai.Dialogue, paired bool, err error) {
	if d, err = s.dialogue(r); err != nil {
		return d, false, err
	}
	of, code, ok := strings.Cut(r.GetCookie(web.ProjectorCookie), ":")
	if !ok || of != string(d.ID) {
		return d, false, nil
	}
	paired, err = s.db.OpensProjector(r.Context(), r.Authority.ID, d.ID, code)
	return d, paired, err
}

// pair answers POST /man-hinh/{dialogue}: a right code opens the projector. It stands in no address.
func (s *site) pair(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f pairForm
	if err := r.Form(&f); err != nil {
		return err
	}
	code := strings.ToUpper(text.CodeCharacters(f.Code))
	right, err := s.db.OpensProjector(r.Context(), r.Authority.ID, d.ID, code)
	if err != nil {
		return err
	}
	if right {
		r.SetCookie(web.ProjectorCookie, string(d.ID)+":"+code, projectorLife)
		return r.Redirect(projectorPath(d))
	}
	err = doithoai.RefuseForm([]doithoai.Problem{{Field: "ma", Key: "screen.pair.problem.code"}})
	if wait := r.WrongCode(); wait > 0 {
		err = web.TooMany("ma", "screen.pair.problem.busy", wait)
	}
	r.Private()
	r.RetryAfter(err)
	return r.Page(web.StatusOf(err), pairingPage{Reader: r.Reader, Dialogue: d, Problems: r.Problems(err)}.view())
}

// projectorStream answers GET /man-hinh/{dialogue}/luong.
func (s *site) projectorStream(r *web.Request) error {
	d, err := s.projects(r)
	if err != nil {
		return err
	}
	return s.hub.watch(r, d.ID, forProjector)
}

// projectorCurrent answers GET /man-hinh/{dialogue}/hien-tai.
func (s *site) projectorCurrent(r *web.Request) error {
	d, err := s.projects(r)
	if err != nil {
		return err
	}
	r.Private()
	return s.part(r, d, forProjector)
}

// projects refuses a browser that is no projector of the dialogue.
func (s *site) projects(r *web.Request) (doithoai.Dialogue, error) {
	d, paired, err := s.paired(r)
	if err == nil && !paired {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return d, err
}

// projected is a dialogue as the projector shows it.
type projected struct {
	*web.Reader
	doithoai.Live
}

// form is which of the pictures it is.
type form string

const (
	formTitle    form = "title"
	formStep     form = "step"
	formSpeaker  form = "speaker"
	formQuestion form = "question"
	formLong     form = "long"
	formRuling   form = "ruling"
	formList     form = "list"
)

// largeQuestion is how many letters a question may have to stand in the large form.
const largeQuestion = 110

// form is the picture that what was released asks for: the title while the screens are blank or the dialogue does not
// run; after it, what is answered in writing; else what was decided, the question, the speaker, the step.
func (p projected) form() form {
	switch {
	case p.Blank, p.Dialogue.State.Coming():
		return formTitle
	case p.Dialogue.State != doithoai.DialogueRunning:
		if p.Unheard > 0 && p.Dialogue.State == doithoai.DialogueClosed {
			return formList
		}
		return formTitle
	case p.Question != "" && p.Ruling != nil:
		return formRuling
	case utf8.RuneCountInString(p.Question) > largeQuestion:
		return formLong
	case p.Question != "":
		return formQuestion
	case p.Speaker != nil:
		return formSpeaker
	case p.Step.Number > 0:
		return formStep
	}
	return formTitle
}

// classes are the picture's, in the style sheet.
func (p projected) classes() string {
	f := p.form()
	switch {
	case f == formQuestion:
		return "dt-screen dt-show"
	case f == formStep && (len(p.Promises) > 0 || utf8.RuneCountInString(p.Step.Title) > longTitle):
		return "dt-screen dt-show dt-show--step dt-show--wordy"
	}
	return "dt-screen dt-show dt-show--" + string(f)
}

// promiseWords is how much of a promise stands on the wall, in characters.
const promiseWords = 80

// titleParts is the dialogue's title as it stands on the wall: what it is, large, and what it is about.
func titleParts(title string) (what, about string) {
	for _, begin := range []string{"Hội nghị đối thoại", "Buổi đối thoại", "Đối thoại"} {
		if rest, ok := strings.CutPrefix(title, begin+" "); ok {
			return begin, rest
		}
	}
	return title, ""
}

// when is place and day, as an invitation says them.
func (p projected) when() string {
	day := p.Dialogue.StartsAt.Date()
	if p.Authority.Place == "" {
		return p.DateLong(day)
	}
	return p.Authority.Place + ", " + p.DateIn(day)
}

// step is the line on the step that runs: "Bước 4 trên 7: Lắng nghe ý kiến".
func (p projected) step() string {
	if p.Step.Number == 0 {
		return p.DateLong(p.Dialogue.StartsAt.Date())
	}
	return p.stepNumber() + ": " + stepTitle(p.Step.Title)
}

// line is the line under the authority's name: the step that runs, unless the whole picture is about it.
func (p projected) line(f form) string {
	if f != formStep {
		return p.step()
	}
	what, about := titleParts(p.Dialogue.Title)
	if about == "" {
		what = p.T("screen.dialogue")
	}
	return what + ", " + p.DateIn(p.Dialogue.StartsAt.Date())
}

// stepTitle is a step's title as a heading: a plan writes some as sentences.
func stepTitle(title string) string { return strings.TrimSuffix(strings.TrimSpace(title), ".") }

// ruledQuestion is how many letters a question may have to stand whole over what was decided on it: of a longer one the
// sentence that asks does. longUnit is from how many letters on a unit's name stands smaller.
const (
	ruledQuestion = 160
	longUnit      = 28
)

// longTitle is from how many letters on a step's title has two lines or more in the large form.
const longTitle = 70

func (p projected) stepNumber() string {
	return p.T("screen.step", "step", p.Step.Step, "steps", max(len(p.Dialogue.Programme), p.Step.Step))
}

// hours are the steps around the one that runs, with the hours at which they begin.
func (p projected) hours() []hour {
	const most = 9
	times := p.Dialogue.StepTimes()
	from := max(0, min(p.Step.Step-1-most/2, len(times)-most))
	var list []hour
	for i, t := range times {
		if i < from || i >= from+most {
			continue
		}
		list = append(list, hour{
			Number: i + 1, Title: stepTitle(t.Title), Hour: clock(t.At), Done: i+1 < p.Step.Step, Now: i+1 == p.Step.Step,
		})
	}
	return list
}

// hour is a step of the programme with its hour.
type hour struct {
	Number      int
	Title, Hour string
	Done, Now   bool
}

// presenter is who presents the step that runs.
func (p projected) presenter() string {
	if i := p.Step.Step - 1; i >= 0 && i < len(p.Dialogue.Programme) {
		return p.Dialogue.Programme[i].Presenter
	}
	return ""
}

// following is the step after the one that runs, and when this one ends: reckoned from when it really began.
func (p projected) following() (title string, ends calendar.Instant) {
	i := p.Step.Step
	if i < len(p.Dialogue.Programme) {
		title = stepTitle(p.Dialogue.Programme[i].Title)
	}
	if i >= 1 && i <= len(p.Dialogue.Programme) && p.Dialogue.Programme[i-1].Minutes > 0 {
		ends = p.Step.BeganAt.Add(time.Duration(p.Dialogue.Programme[i-1].Minutes) * time.Minute)
	}
	return title, ends
}

func clock(at calendar.Instant) string { return calendar.ClockOf(at).String() }

// person is who speaks or comes next: "Bà Trần Thị Ví Dụ, thôn 1"; nobody's name is known of who raises what screens
// don't show.
func person(r *web.Reader, who *doithoai.LiveSpeaker) (name, village string) {
	switch {
	case who == nil:
		return "", ""
	case who.Name == "" && who.Village == "":
		return r.T("screen.somebody"), ""
	}
	return who.Name, text.LowerFirst(who.Village)
}

// next is the line on what comes next.
func (p projected) next() string {
	name, village := person(p.Reader, p.Next)
	if name == "" {
		return ""
	}
	if village != "" {
		name += ", " + village
	}
	return p.T("screen.next", "what", name)
}

// asks parts a long question before the sentence that asks: the last one.
func asks(question string) (before, asked string) {
	runes := []rune(strings.TrimSpace(question))
	for i := len(runes) - 3; i > 0; i-- {
		if strings.ContainsRune(".!?…\n", runes[i]) && (runes[i] == '\n' || runes[i+1] == ' ' || runes[i+1] == '\n') {
			return string(runes[:i+1]), strings.TrimSpace(string(runes[i+1:]))
		}
	}
	return "", string(runes)
}

// timer is a speaker's time as the script goes on with it.
func timer(r *web.Reader, who *doithoai.LiveSpeaker) ui.Attrs {
	a := ui.Attrs{
		"data-spoken": strconv.FormatInt(who.Spoken.Milliseconds(), 10),
		"data-limit":  strconv.FormatInt(who.Limit.Milliseconds(), 10), "data-over": r.T("screen.over", "time", "{time}"),
	}
	if !who.Since.IsZero() {
		a["data-since"] = strconv.FormatInt(who.Since.Milli(), 10)
	}
	return a
}

// spoken is a speaker's time now: "01:40 / 03:00", "quá 00:20".
func spoken(r *web.Reader, who *doithoai.LiveSpeaker) string {
	elapsed := doithoai.Turn{Spoken: who.Spoken, Since: who.Since}.Elapsed(r.Now)
	switch {
	case who.Limit <= 0:
		return text.Stopwatch(elapsed)
	case elapsed > who.Limit:
		return r.T("screen.over", "time", text.Stopwatch(elapsed-who.Limit))
	}
	return text.Stopwatch(elapsed) + " / " + text.Stopwatch(who.Limit)
}

// due is the last of the days on which what was not heard is answered.
func (p projected) due() calendar.Date { return lastDue(p.Live) }

func lastDue(l doithoai.Live) (last calendar.Date) {
	for _, s := range l.Written {
		if s.Due.After(last) {
			last = s.Due
		}
	}
	return last
}
