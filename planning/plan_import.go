package planning

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/plan/reading"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// planFilePage asks for the plan as a file or as text.
type planFilePage struct {
	*web.Reader
	Text     string
	Problems web.Problems
}

func (s *site) newPlanFile(r *web.Request) error {
	return r.Page(http.StatusOK, planFilePage{Reader: r.Reader}.view())
}

// readPlanFile keeps what was handed in and leads to what is understood of it. What can't be read comes back by its
// name, pasted text with it.
func (s *site) readPlanFile(r *web.Request) error {
	var f struct {
		Text string `form:"van-ban"`
	}
	body, err := r.Upload(&f, reading.FileField, reading.MaxFile)
	if err == nil {
		kept := store.PlanFile{Body: body}
		if body != nil {
			kept.Name = r.MultipartForm.File[reading.FileField][0].Filename
			_, err = reading.File(body)
		} else {
			// As it came: cleaning would take away the soft hyphen, which is a letter of an old font.
			kept.Body = []byte(strings.Join(r.MultipartForm.Value["van-ban"], "\n"))
			_, err = reading.Text(string(kept.Body))
		}
		if err == nil {
			if err = s.db.KeepPlanFile(r.Context(), r.Actor(), kept); err == nil {
				return r.Redirect(importPlanPath + "/xem")
			}
		}
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return err
	}
	p := planFilePage{Reader: r.Reader, Text: f.Text, Problems: r.Problems(err)}
	if !p.Problems.Any() { // of the form as a whole
		p.Problems = r.Problems(doithoai.RefuseForm([]doithoai.Problem{{
			Field: reading.FileField, Key: "plan.file.problem.too_large", Args: []any{"size", reading.MaxFile >> 20},
		}}))
	}
	return r.Page(web.StatusOf(err), p.view())
}

// previewPage shows the document that was handed in, and beside it what is understood of it.
type previewPage struct {
	planPage
	File     store.PlanFile
	Kind     reading.Kind
	Font     text.Damage // from which it was converted
	Original []originalLine
	Doubts   []reading.Doubt
	Form     previewForm
}

// originalLine is a paragraph of the document, with why it is doubtful.
type originalLine struct {
	Number int
	Text   string
	Why    []reading.Reason
}

// previewForm takes the plan over.
type previewForm struct {
	Year   string `form:"nam" line:"true"`
	Number string `form:"so" line:"true"`
	Symbol string `form:"ky-hieu" line:"true"`
	Date   string `form:"ngay" line:"true" day:"true"`
	As     string `form:"nhap" line:"true"` // "da-ban-hanh": it was issued on paper
}

func (s *site) previewPlan(r *web.Request) error {
	p, err := s.loadPreview(r)
	if doithoai.KindOf(err) == doithoai.NotFound { // nothing is kept any more
		return r.Redirect(importPlanPath)
	}
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.preview())
}

func (s *site) loadPreview(r *web.Request) (*previewPage, error) {
	p := &previewPage{planPage: planPage{Reader: r.Reader}}
	var err error
	if p.File, err = s.db.KeptPlanFile(r.Context(), r.Actor()); err != nil {
		return nil, err
	}
	got, err := understood(p.File)
	if err != nil {
		return nil, err
	}
	if p.Listed, err = s.db.LegalBases(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return nil, err
	}
	p.Units = o.UnitsOn(r.Today())
	p.Kind, p.Font = got.Kind, got.Converted()
	p.State = plan.StateDraft
	p.Plan, p.Doubts = got.Plan(p.Units, p.Listed)
	if p.Plan.Year == 0 {
		p.Plan.Year = r.Today().Year
	}
	if p.Plan.Authority == "" { // text without its letterhead: nobody else's plan is taken over here
		p.Plan.Authority = o.NameOn(p.Plan.LawDay(r.Today())).Name
	}
	p.Bases = p.Plan.CheckBases(p.Listed, p.Plan.LawDay(r.Today()))
	p.Form = previewForm{Year: strconv.Itoa(p.Plan.Year), Number: p.Plan.Number, Symbol: p.Plan.Symbol}
	if p.Plan.Date.Valid() {
		p.Form.Date = r.Date(p.Plan.Date)
	}
	p.original(got)
	return p, nil
}

// understood reads a file that was kept.
func understood(f store.PlanFile) (reading.Reading, error) {
	if f.Name == "" {
		return reading.Text(string(f.Body))
	}
	return reading.File(f.Body)
}

// original are the document's paragraphs with the doubts of each.
func (p *previewPage) original(got reading.Reading) {
	why := map[int][]reading.Reason{}
	for _, d := range p.Doubts {
		why[d.Line] = append(why[d.Line], d.Why)
	}
	for _, l := range got.Original() {
		p.Original = append(p.Original, originalLine{l.Number, l.Text, why[l.Number]})
	}
}

// importPlan takes the plan over as a draft, or as it was issued on paper.
func (s *site) importPlan(r *web.Request) error {
	p, err := s.loadPreview(r)
	if doithoai.KindOf(err) == doithoai.NotFound { // a second click
		return r.Redirect(web.PlansPath)
	}
	if err != nil {
		return err
	}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	taken, act := p.Plan, doithoai.ActDraftPlan
	taken.Year, _ = strconv.Atoi(p.Form.Year) // what is none is refused as a year
	taken.Number, taken.Date, taken.Symbol = "", web.TypedDate(""), p.Form.Symbol
	if p.Form.As == "da-ban-hanh" {
		act = doithoai.ActTakeOverPlan
		taken.Number, taken.Date = p.Form.Number, web.TypedDate(p.Form.Date)
	}
	e, refusal := s.db.ImportPlan(r.Context(), r.Actor(), act, taken)
	if refusal == nil {
		return r.Redirect(editionPath(e) + "?xong=" + string(act))
	}
	if doithoai.KindOf(refusal) == doithoai.NotFound {
		return r.Redirect(web.PlansPath)
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p.refused(r, refusal)
	return r.Page(web.StatusOf(refusal), p.preview())
}

// refused shows what is wrong at the fields that the page has, and says the rest in a sentence.
func (p *previewPage) refused(r *web.Request, refusal error) {
	var here []doithoai.Problem
	var rest []string
	for _, problem := range doithoai.ProblemsOf(refusal) {
		switch problem.Field {
		case "year":
			problem.Field = "nam"
			here = append(here, problem)
		case "symbol":
			problem.Field = "ky-hieu"
			here = append(here, problem)
		case "nam", "so", "ngay":
			here = append(here, problem)
		default:
			rest = append(rest, r.T(problem.Key, problem.Args...))
		}
	}
	if len(here) > 0 {
		p.Problems = r.Problems(doithoai.RefuseForm(here))
	}
	switch {
	case len(rest) > 0:
		p.Refusal = r.T("plans.problem.not_whole", "problems", strings.Join(rest, "; "))
	case len(here) == 0:
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
}

// planSource sends the file that a plan was taken from.
func (s *site) planSource(r *web.Request) error {
	f, err := s.db.PlanSource(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	name, kind := f.Name, "application/octet-stream"
	if name == "" {
		name, kind = "ke-hoach.txt", "text/plain; charset=utf-8"
	}
	if bytes.HasPrefix(f.Body, []byte("PK")) {
		kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	}
	h := r.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": text.CleanLine(name)}))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = r.W.Write(f.Body) // a reader who went away is nobody's error
	return nil
}
