package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"rsc.io/qr/coding"

	"doithoai"
	"doithoai/calendar"
	"doithoai/table"
	"doithoai/web"
	"doithoai/web/ui"
)

// surveyResultPath is the result of a survey question by question: of a dialogue with its path before it, of procedures
// with the quarter behind. That of another kind has resultPart behind the kind's path.
const (
	resultPart       = "/ket-qua"
	surveyResultPath = web.SurveyPath + resultPart
)

// Marks in the address of a survey's page.
const (
	markSurveyed = "da-gui"    // a slip was just sent
	markUnasked  = "khong-hoi" // the survey is for others
)

// surveyForm is a slip of a survey as it was typed, beside the answers, whose fields are those of its form.
type surveyForm struct {
	Screening string `form:"sang-loc" line:"true"`
	Comment   string `form:"y-kien"`
}

// keptSurvey is a slip that could not be taken, with why.
type keptSurvey struct {
	Form     surveyForm
	Answers  []int
	Problems []doithoai.Problem
}

// surveyed is the survey that an address names: a dialogue's, or one of a quarter.
type surveyed struct {
	Of       doithoai.Survey
	Dialogue *doithoai.Dialogue // nil: of a quarter
	Form     doithoai.SurveyForm
	Until    calendar.Date
	Refused  error // why it takes no slips now; nil: it does
}

// path is the address of its page.
func (v surveyed) path() string {
	if v.Dialogue == nil {
		return web.QuarterSurveyPath(v.Of.Kind)
	}
	return web.PublicSurveyPath(v.Dialogue.Slug)
}

// resultPath is the address of its result.
func (v surveyed) resultPath() string {
	if v.Dialogue == nil {
		return v.path() + resultPart + "/" + v.Of.QuarterWord()
	}
	return v.path() + resultPart
}

func (v surveyed) filePath() string {
	if v.Dialogue == nil {
		return v.resultPath() + "/so-lieu.csv"
	}
	return v.resultPath() + ".csv"
}

// surveyed finds the survey that the address names.
func (s *site) surveyed(r *web.Request) (v surveyed, err error) {
	known, err := s.setting(r)
	if err != nil {
		return v, err
	}
	slug, quarter, kind := r.PathValue("slug"), r.PathValue("quarter"), doithoai.SurveyProcedures
	if strings.HasPrefix(r.URL.Path, web.AnswersSurveyPath) {
		kind = doithoai.SurveyAnswers
	}
	switch {
	case slug != "":
		d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, slug)
		if err != nil {
			return v, err
		}
		v.Of, v.Dialogue, v.Refused = doithoai.DialogueSurvey(d.ID), &d, d.TakesSurvey(known.Parameters, r.Today())
		v.Until, _ = d.SurveyUntil(known.Parameters)
	case quarter != "":
		var ok bool
		if v.Of, ok = doithoai.ParseQuarterSurvey(kind, quarter); !ok {
			return v, doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		v.Until = v.Of.Ends()
	default:
		v.Of = doithoai.QuarterSurvey(kind, r.Today())
		v.Until = v.Of.Ends()
	}
	v.Form, err = s.DB.SurveyFormOf(r.Context(), r.Authority.ID, v.Of)
	return v, err
}

// surveyPage asks the questions of a survey, or says that it is not open.
type surveyPage struct {
	*web.Reader
	setting
	surveyed
	Said     bool // a slip of this browser is there
	Slip     doithoai.SurveySlip
	Typed    surveyForm
	Done     string // what was just done, as the address says
	Block    surveyBlock
	Past     []surveyed // surveys of a quarter's kind that have results
	Problems web.Problems
}

// askSurvey answers GET /doi-thoai/{slug}/khao-sat, GET /khao-sat and GET /khao-sat/tra-loi.
func (s *site) askSurvey(r *web.Request) error {
	v, err := s.surveyed(r)
	if err != nil {
		return err
	}
	var wrong keptSurvey
	if _, err := s.kept(r, &wrong); err != nil {
		return err
	}
	p, err := s.surveyPage(r, v, wrong)
	if err != nil {
		return err
	}
	r.Private() // it shows what this browser said
	return r.Page(http.StatusOK, p.view())
}

func (s *site) surveyPage(r *web.Request, v surveyed, wrong keptSurvey) (p surveyPage, err error) {
	p = surveyPage{Reader: r.Reader, surveyed: v, Problems: r.Problems(doithoai.RefuseForm(wrong.Problems))}
	if p.setting, err = s.setting(r); err != nil {
		return p, err
	}
	for _, mark := range []string{markSurveyed, markUnasked} {
		if r.URL.Query().Has(mark) {
			p.Done = mark
		}
	}
	if own, ok := r.Telephone(); ok {
		p.Slip, err = s.DB.SurveySlip(r.Context(), r.Authority.ID, v.Of, own.Survey(v.Of))
		if p.Said = err == nil; err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return p, err
		}
	}
	p.Typed.Comment = p.Slip.Comment
	if p.Said {
		p.Typed.Screening = "co"
	}
	if wrong.Problems != nil {
		p.Typed, p.Slip.Answers = wrong.Form, wrong.Answers
	}
	if v.Dialogue != nil {
		p.Block, err = s.surveyBlock(r, *v.Dialogue, p.Parameters)
		return p, err
	}
	p.Past, err = s.pastSurveys(r, v.Of.Kind)
	return p, err
}

// pastQuarters is how many quarters back results are linked.
const pastQuarters = 4

// pastSurveys are the surveys of a kind of the last quarters, of which enough was said.
func (s *site) pastSurveys(r *web.Request, kind doithoai.SurveyKind) (all []surveyed, err error) {
	day := r.Today()
	for range pastQuarters {
		day = doithoai.QuarterSurvey(kind, day).Quarter.AddDays(-1)
		of := doithoai.QuarterSurvey(kind, day)
		result, err := s.DB.PublicSurveyResult(r.Context(), r.Authority.ID, of)
		if err != nil {
			return nil, err
		}
		if result.Total().Valid > 0 {
			all = append(all, surveyed{Of: of, Form: result.Form})
		}
	}
	return all, nil
}

// takeSurvey answers POST /doi-thoai/{slug}/khao-sat, POST /khao-sat and POST /khao-sat/tra-loi.
func (s *site) takeSurvey(r *web.Request) error {
	v, err := s.surveyed(r)
	if err != nil {
		return err
	}
	var f surveyForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if v.Form.Screening != "" && f.Screening == "khong" {
		return r.Redirect(v.path() + "?" + markUnasked)
	}
	slip := doithoai.SurveySlip{Answers: r.SurveyAnswers(v.Form), Comment: f.Comment}
	own := r.NewTelephone()
	if err = s.sendSurvey(r, v, own, f, slip); err == nil {
		own.Keep(r)
		return r.Redirect(v.path() + "?" + markSurveyed)
	}
	if doithoai.KindOf(err) == doithoai.Conflict { // it ended meanwhile: its page says so
		return r.Redirect(v.path())
	}
	if doithoai.KindOf(err) != doithoai.Invalid && passing(err) == nil {
		return err
	}
	wrong := keptSurvey{f, slip.Answers, told(err)}
	return s.leadOn(r, next{
		what: wrong, path: v.path(), refusal: passing(err), page: func(string) (templ.Component, error) {
			p, err := s.surveyPage(r, v, wrong)
			return p.view(), err
		},
	})
}

func (s *site) sendSurvey(
	r *web.Request, v surveyed, own web.Telephone, f surveyForm, slip doithoai.SurveySlip,
) error {
	if v.Form.Screening != "" && f.Screening != "co" {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "sang-loc", Key: "survey.problem.screening"}})
	}
	if err := r.AllowIntake(); err != nil {
		return err
	}
	return s.DB.AnswerSurvey(r.Context(), r.Actor(), v.Of, own.Survey(v.Of), slip)
}

// about says what is asked about, and how much.
func (p surveyPage) about() string {
	if p.Dialogue == nil {
		return p.T("survey."+string(p.Of.Kind)+".about",
			"quarter", p.SurveyQuarter(p.Of), "count", len(p.Form.Questions))
	}
	return p.T("survey.dialogue.about", "day", p.DateIn(p.Dialogue.StartsAt.Date()), "count", len(p.Form.Questions))
}

// open reports whether the page shows the form.
func (p surveyPage) open() bool { return p.Refused == nil && p.Done == "" }

func (p surveyPage) back() ui.BackLink {
	if p.Dialogue == nil {
		return ui.BackLink{Text: p.T("survey.back.home"), Href: "/"}
	}
	return ui.BackLink{Text: p.T("survey.back.dialogue"), Href: dialoguePath(p.Dialogue.Slug)}
}

// surveyBlock is what the page of a dialogue says of its survey.
type surveyBlock struct {
	*web.Reader
	surveyed
	Result *doithoai.SurveyResult // nil: it has not ended
}

func (s *site) surveyBlock(
	r *web.Request, d doithoai.Dialogue, rules doithoai.Parameters,
) (b surveyBlock, err error) {
	b.Reader = r.Reader
	b.Of, b.Dialogue, b.Refused = doithoai.DialogueSurvey(d.ID), &d, d.TakesSurvey(rules, r.Today())
	b.Until, _ = d.SurveyUntil(rules)
	result, err := s.DB.PublicSurveyResult(r.Context(), r.Authority.ID, b.Of)
	switch doithoai.KindOf(err) {
	case 0:
		b.Result = &result
	case doithoai.Conflict:
		err = nil
	}
	b.Form = result.Form
	return b, err
}

// title is the heading of the block: with the index, where there is one.
func (b surveyBlock) title() string {
	if b.Result != nil {
		if x, ok := b.Result.Overall(); ok {
			return b.T("survey.result.title_index", "index", b.SurveyIndex(x))
		}
	}
	return b.T("survey.result.title")
}

// surveyResultPage is the result of a survey that has ended, question by question.
type surveyResultPage struct {
	*web.Reader
	setting
	surveyBlock
}

// endedSurvey finds the survey that the address names with its result, as the public may see it.
func (s *site) endedSurvey(r *web.Request) (b surveyBlock, err error) {
	b.Reader = r.Reader
	if b.surveyed, err = s.surveyed(r); err != nil {
		return b, err
	}
	result, err := s.DB.PublicSurveyResult(r.Context(), r.Authority.ID, b.Of)
	if err == nil {
		b.Result = &result
	}
	return b, err
}

// surveyResult answers GET /doi-thoai/{slug}/khao-sat/ket-qua and, of a kind, GET …/ket-qua/{quarter}. Before the
// survey has ended, it says when there will be one.
func (s *site) surveyResult(r *web.Request) error {
	b, err := s.endedSurvey(r)
	if err != nil && doithoai.KindOf(err) != doithoai.Conflict {
		return err
	}
	p := surveyResultPage{Reader: r.Reader, surveyBlock: b}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// surveyFile answers with the counts of the page as a file.
func (s *site) surveyFile(r *web.Request) error {
	b, err := s.endedSurvey(r)
	if err != nil {
		return err
	}
	var failed error
	name := "khao-sat-" + url.PathEscape(b.Of.Subject())
	return r.Download("text/csv; charset=utf-8", name+".csv", func(w http.ResponseWriter) error {
		return table.WriteCSV(w, slices.Values(r.SurveyRows(*b.Result)))
	}, &failed)
}

// surveySheetPage is the sheet for the door, from which telephones open the survey of a dialogue.
type surveySheetPage struct {
	*web.Reader
	setting
	Dialogue doithoai.Dialogue
	Link     string // "" where the site can't be reached
	QR       ui.QR
}

// surveySheet answers GET /doi-thoai/{slug}/khao-sat/qr.
func (s *site) surveySheet(r *web.Request) error {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	p := surveySheetPage{Reader: r.Reader, Dialogue: d, Link: r.Link(web.PublicSurveyPath(d.Slug))}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if p.Link != "" {
		code, err := ui.NewQR(p.Link, coding.M)
		if err == nil { // an address longer than any code holds stands there in letters alone
			p.QR = ui.QR{Code: code, Title: r.T("survey.sheet.qr")}
		}
	}
	return r.Page(http.StatusOK, p.view())
}
