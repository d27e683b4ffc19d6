package planning

import (
	"net/http"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// coursePage is how a dialogue goes on from its day: it begins, ends, its results are published and reported. It says
// what has happened, and asks for the hour of what comes next.
type coursePage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Results  store.DialogueResults
	Form     courseForm
	Problems web.Problems
	Refusal  string
	Done     string
}

type courseForm struct {
	Version int    `form:"phien-ban"`
	Act     string `form:"viec"`
	Day     string `form:"ngay" line:"true" day:"true"`
	Hour    string `form:"luc" line:"true"`
}

// courseActs are what follows each other from the day of a dialogue on.
var courseActs = []doithoai.Act{
	doithoai.ActStartDialogue, doithoai.ActCloseDialogue, doithoai.ActPublishResults, doithoai.ActReportDialogue,
}

func (s *site) loadCourse(r *web.Request) (p coursePage, err error) {
	p.Reader = r.Reader
	if p.Results, err = s.db.ResultsOf(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	p.Dialogue = p.Results.Dialogue
	p.Form = courseForm{Version: p.Dialogue.Version, Day: r.Date(r.Today()), Hour: hourOf(r.Now)}
	return p, nil
}

func (s *site) course(r *web.Request) error {
	p, err := s.loadCourse(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	return r.Page(http.StatusOK, p.view())
}

// goOn does what comes next; the form says what that was when the page was opened.
func (s *site) goOn(r *web.Request) error {
	p, err := s.loadCourse(r)
	if err != nil {
		return err
	}
	p.Form = courseForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	f := p.Form
	at := momentOf(f.Day, f.Hour)
	act := doithoai.Act(f.Act)
	switch {
	case at.IsZero():
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "luc", Key: "plan.dialogue.problem.moment"}})
	case act == doithoai.ActStartDialogue:
		_, err = s.db.StartDialogue(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, at)
	case act == doithoai.ActCloseDialogue:
		_, err = s.db.CloseDialogue(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, at)
	case act == doithoai.ActPublishResults:
		_, err = s.db.PublishResults(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, at)
	case act == doithoai.ActReportDialogue:
		_, err = s.db.ReportDialogue(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, at)
	default:
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err == nil {
		return r.Redirect(dialoguePath(p.Dialogue.ID, "/dien-bien") + "?xong=" + f.Act)
	}
	if !web.Mendable(err) {
		return err
	}
	p.Problems = r.Problems(err)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	p.Form.Version = p.Dialogue.Version
	return r.Page(web.StatusOf(err), p.view())
}

// next is the act that comes next, and whether the officer may do it now: nobody begins a dialogue before its day.
func (p coursePage) next() (act doithoai.Act, may bool) {
	for _, act := range courseActs {
		if p.Dialogue.May(act) {
			early := act == doithoai.ActStartDialogue && p.Today().Before(p.Dialogue.StartsAt.Date())
			return act, mayDo(p.Reader, act) && !early
		}
	}
	return "", false
}
