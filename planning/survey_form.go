package planning

import (
	"net/http"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// surveyFormsPage is what surveys of a kind ask, and asked, with the form that lays down what they ask from a day on.
type surveyFormsPage struct {
	*web.Reader
	Kind     doithoai.SurveyKind
	Forms    []doithoai.SurveyForm // the newest first
	Typed    typedSurveyForm
	Problems web.Problems
	Refusal  string
	Done     bool
}

// typedSurveyForm is a form of surveys as it was typed.
type typedSurveyForm struct {
	Version   int    `form:"ban"`
	From      string `form:"tu-ngay" line:"true" day:"true"`
	Scale     string `form:"thang-do" line:"true"`
	Source    string `form:"can-cu" line:"true"`
	Screening string `form:"cau-loc" line:"true"`
	Questions []doithoai.SurveyQuestion
}

// emptyLines is how many lines for further questions the form has.
const emptyLines = 3

func (s *site) surveyFormsPage(r *web.Request) (p surveyFormsPage, err error) {
	p.Reader, p.Kind = r.Reader, doithoai.SurveyKind(r.PathValue("kind"))
	if !slices.Contains(doithoai.SurveyKinds, p.Kind) {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if p.Forms, err = s.db.SurveyForms(r.Context(), r.Authority.ID, p.Kind); err != nil || len(p.Forms) == 0 {
		return p, err
	}
	newest := p.Forms[0]
	p.Typed = typedSurveyForm{
		Version: newest.Number, From: r.Date(r.Today().AddDays(1)), Scale: strconv.Itoa(newest.Scale),
		Screening: newest.Screening, Questions: newest.Questions,
	}
	return p, nil
}

func (s *site) surveyForms(r *web.Request) error {
	p, err := s.surveyFormsPage(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Has("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) setSurveyForm(r *web.Request) error {
	p, err := s.surveyFormsPage(r)
	if err != nil {
		return err
	}
	typed := typedSurveyForm{}
	if err := r.Form(&typed); err != nil {
		return err
	}
	for i := range doithoai.MaxSurveyQuestions {
		field := doithoai.SurveyQuestionField(i)
		if text := r.PostForm.Get(field); text != "" { // an empty line asks nothing
			short := r.PostForm.Get(shortField(i)) != ""
			typed.Questions = append(typed.Questions, doithoai.SurveyQuestion{Text: text, Short: short})
		}
	}
	p.Typed = typed
	f := doithoai.SurveyForm{
		Kind: p.Kind, From: web.TypedDate(typed.From), Source: typed.Source, Screening: typed.Screening,
		Questions: typed.Questions,
	}
	f.Scale = slipCount(typed.Scale)
	if _, err = s.db.SetSurveyForm(r.Context(), r.Actor(), typed.Version, f); err == nil {
		return r.Redirect(surveyFormsPath + "/" + string(p.Kind) + "?xong")
	}
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// shortField is the field of whether the i-th question is asked on telephones, from 0.
func shortField(i int) string {
	if i == 0 {
		return "ngan" // problems lead there
	}
	return doithoai.LineField("ngan", i)
}

// lines are the questions of the form, with empty ones behind.
func (p surveyFormsPage) lines() []doithoai.SurveyQuestion {
	lines := slices.Clone(p.Typed.Questions)
	for range min(emptyLines, doithoai.MaxSurveyQuestions-len(lines)) {
		lines = append(lines, doithoai.SurveyQuestion{})
	}
	return lines
}

// may reports whether the officer lays down what surveys ask.
func (p surveyFormsPage) may() bool { return mayDo(p.Reader, doithoai.ActSetSurveyForm) }

// title is what the form is of.
func (p surveyFormsPage) title() string { return p.T("survey.form.title." + string(p.Kind)) }

// facts are what a form rests on; one of the program's says so in its source.
func (p surveyFormsPage) facts(f doithoai.SurveyForm) ui.Facts {
	facts := ui.Facts{
		{Name: p.T("survey.form.from"), Value: p.Date(f.From)},
		{Name: p.T("survey.form.scale"), Value: p.T("survey.form.levels", "count", f.Scale)},
		{Name: p.T("survey.form.source"), Value: f.Source, Lang: "vi"},
	}
	if f.Screening != "" {
		facts = append(facts, ui.Fact{Name: p.T("survey.form.screening"), Value: f.Screening, Lang: "vi"})
	}
	return facts
}

// scales are the scales that a form may have.
func (p surveyFormsPage) scales() (items []ui.Choice) {
	for _, scale := range doithoai.SurveyScales {
		items = append(items, ui.Choice{
			Value: strconv.Itoa(scale), Text: p.T("survey.form.levels", "count", scale),
			Hint: ui.Hint{Text: p.T("survey.form.levels." + strconv.Itoa(scale))},
		})
	}
	return items
}
