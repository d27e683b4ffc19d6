package planning

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
	"doithoai/web/ui"
)

// surveyRoutes are the pages of surveys: a dialogue's in its workspace, those of a quarter beside the dialogues; their
// stacks of paper and the forms by which they ask.
func (s *site) surveyRoutes() []web.Route {
	var routes []web.Route
	for _, at := range []string{web.DialoguesPath + "/{id}" + web.SurveyPath, surveysPath + "/{survey}"} {
		routes = append(routes, []web.Route{
			{Pattern: "GET " + at, Act: doithoai.ActSeeSurvey, Do: s.survey},
			{Pattern: "GET " + at + "/so-lieu.csv", Act: doithoai.ActSeeSurvey, Do: s.surveyFile},
			{Pattern: "GET " + at + "/tap-moi", Act: doithoai.ActOpenSurveyStack, Do: s.newStack},
			{Pattern: "POST " + at + "/tap-moi", Act: doithoai.ActOpenSurveyStack, Do: s.openStack},
		}...)
	}
	routes = append(routes, s.printedRoutes(web.DialoguesPath+"/{id}"+web.SurveyPath+surveySlipAt,
		doithoai.ActSeeSurvey, s.surveySlip)...)
	routes = append(routes, s.printedRoutes(surveysPath+"/{survey}"+surveySlipAt, doithoai.ActSeeSurvey, s.surveySlip)...)
	return append(routes, []web.Route{
		{Pattern: "GET " + surveysPath, Act: doithoai.ActSeeSurvey, Do: s.surveys},
		{Pattern: "GET " + stacksPath + "/{stack}", Act: doithoai.ActTypeSurveySlip, Do: s.stack},
		{Pattern: "POST " + stacksPath + "/{stack}", Act: doithoai.ActTypeSurveySlip, Do: s.typeSlip},
		{Pattern: "GET " + stacksPath + "/{stack}/sua", Act: doithoai.ActCorrectSurvey, Do: s.editStack},
		{Pattern: "POST " + stacksPath + "/{stack}/sua", Act: doithoai.ActCorrectSurvey, Do: s.correctStack},
		{Pattern: "GET " + stacksPath + "/{stack}/phieu/{number}", Act: doithoai.ActCorrectSurvey, Do: s.editStackSlip},
		{Pattern: "POST " + stacksPath + "/{stack}/phieu/{number}", Act: doithoai.ActCorrectSurvey, Do: s.correctSlip},
		{Pattern: "GET " + surveyFormsPath + "/{kind}", Act: doithoai.ActSeeSurvey, Do: s.surveyForms},
		{Pattern: "POST " + surveyFormsPath + "/{kind}", Act: doithoai.ActSetSurveyForm, Do: s.setSurveyForm},
	}...)
}

// Paths of surveys.
const (
	surveysPath     = "/noi-bo/khao-sat"
	stacksPath      = "/noi-bo/tap-khao-sat"
	surveyFormsPath = "/noi-bo/mau-khao-sat"
	surveySlipAt    = "/phieu"

	slipsBefore = "truoc" // of a stack's address: the slips before that number
)

// surveyWords stand before the quarter in the address of a survey of their kind.
var surveyWords = map[doithoai.SurveyKind]string{
	doithoai.SurveyProcedures: "thu-tuc-", doithoai.SurveyAnswers: "tra-loi-",
}

// surveyed is a survey with what its pages show of it everywhere.
type surveyed struct {
	*web.Reader
	Of       doithoai.Survey
	Dialogue doithoai.Dialogue // zero: of a quarter
}

// pathOfSurvey is the address of a survey's page.
func pathOfSurvey(of doithoai.Survey) string {
	if of.Kind == doithoai.SurveyDialogue {
		return web.WorkspacePath(of.Dialogue) + web.SurveyPath
	}
	return surveysPath + "/" + surveyWords[of.Kind] + of.QuarterWord()
}

func (v surveyed) path() string { return pathOfSurvey(v.Of) }

// surveyed finds the survey that the address names.
func (s *site) surveyed(r *web.Request) (v surveyed, err error) {
	v.Reader = r.Reader
	if id := r.PathValue("id"); id != "" {
		v.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(id))
		v.Of = doithoai.DialogueSurvey(v.Dialogue.ID)
		return v, err
	}
	for kind, before := range surveyWords {
		if word, named := strings.CutPrefix(r.PathValue("survey"), before); named {
			if of, ok := doithoai.ParseQuarterSurvey(kind, word); ok {
				v.Of = of
				return v, nil
			}
		}
	}
	return v, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// title is what the survey is called.
func (v surveyed) title() string {
	if v.Of.Kind == doithoai.SurveyDialogue {
		return v.T("survey.title")
	}
	return v.T("survey.staff.title."+string(v.Of.Kind), "quarter", v.SurveyQuarter(v.Of))
}

// surveys answers GET /noi-bo/khao-sat with the survey on procedures of this quarter.
func (s *site) surveys(r *web.Request) error {
	return r.Redirect(pathOfSurvey(doithoai.QuarterSurvey(doithoai.SurveyProcedures, r.Today())))
}

// surveyPage is the result of a survey, its stacks of paper, and what people wrote.
type surveyPage struct {
	surveyed
	Result   doithoai.SurveyResult
	Stacks   []doithoai.SurveyStack
	Villages map[doithoai.ID]string
	Comments []string
	Done     bool
}

func (s *site) survey(r *web.Request) error {
	v, err := s.surveyed(r)
	if err != nil {
		return err
	}
	p := surveyPage{surveyed: v, Done: r.URL.Query().Has("xong")}
	ctx, actor := r.Context(), r.Actor()
	if p.Result, err = s.db.SurveyResult(ctx, actor, v.Of); err != nil {
		return err
	}
	if p.Stacks, err = s.db.SurveyStacks(ctx, actor, v.Of); err != nil {
		return err
	}
	if p.Villages, err = s.villageNames(r); err != nil {
		return err
	}
	if mayDo(r.Reader, doithoai.ActReadSurveyComments) {
		if p.Comments, err = s.db.SurveyComments(ctx, actor, v.Of); err != nil {
			return err
		}
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) villageNames(r *web.Request) (map[doithoai.ID]string, error) {
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	names := map[doithoai.ID]string{}
	for _, v := range o.Villages {
		names[v.ID] = v.Name
	}
	return names, err
}

// surveyFile answers with the counts of the page as a file.
func (s *site) surveyFile(r *web.Request) error {
	v, err := s.surveyed(r)
	if err != nil {
		return err
	}
	result, err := s.db.SurveyResult(r.Context(), r.Actor(), v.Of)
	if err != nil {
		return err
	}
	var failed error
	name := "khao-sat-" + url.PathEscape(v.Of.Subject()) + ".csv"
	return r.Download("text/csv; charset=utf-8", name, func(w http.ResponseWriter) error {
		return table.WriteCSV(w, slices.Values(r.SurveyRows(result)))
	}, &failed)
}

// stacksOpen reports whether stacks of the survey can be opened.
func (v surveyed) stacksOpen() bool {
	if v.Of.Kind == doithoai.SurveyDialogue {
		return v.Dialogue.State.Over()
	}
	return !v.Today().Before(v.Of.Quarter)
}

// place says where a stack is of.
func (p surveyPage) place(s doithoai.SurveyStack) string {
	if s.Village == "" {
		return p.T("survey.no_village")
	}
	return p.Villages[s.Village]
}

// stackRows are the stacks in the list.
func (p surveyPage) stackRows() (rows []ui.WorkRow) {
	for _, s := range p.Stacks {
		state := ui.Tag{Text: p.T("survey.stack.typed"), Colour: ui.Green}
		if s.Origin == doithoai.OriginPaper && s.Left() > 0 {
			state = ui.Tag{Text: p.T("survey.stack.left", "count", s.Left()), Colour: ui.Yellow}
		}
		row := ui.WorkRow{Title: stackTitle(p.Reader, s), Cells: []ui.WorkCell{
			{Text: p.place(s)}, {Text: p.T("survey.stack.counts", "issued", s.Issued, "returned", s.Returned,
				"invalid", s.Invalid)}, {Rich: state},
		}}
		if mayDo(p.Reader, doithoai.ActTypeSurveySlip) {
			row.Href = stackPath(s.ID)
		}
		rows = append(rows, row)
	}
	return rows
}

func stackTitle(r *web.Reader, s doithoai.SurveyStack) string {
	return r.T("survey.stack.title."+string(s.Origin), "number", s.Number)
}

func stackPath(id doithoai.ID) string { return stacksPath + "/" + string(id) }

// stackForm is a stack as it was typed.
type stackForm struct {
	ID       string `form:"khoa" line:"true"`
	Village  string `form:"thon" line:"true"`
	Issued   string `form:"phat-ra" line:"true"`
	Returned string `form:"thu-ve" line:"true"`
	Invalid  string `form:"khong-hop-le" line:"true"`
	Version  int    `form:"ban"`
	Reason   string `form:"ly-do" line:"true"`
	Counts   [][]string
}

// slipCount reads a count, none from an empty field; what is no number is -1, which the rule refuses.
func slipCount(typed string) int {
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}

// readCounts takes what was counted from the form.
func (f *stackForm) readCounts(r *web.Request, form doithoai.SurveyForm) {
	for q := range form.Questions {
		f.Counts = append(f.Counts, make([]string, form.Scale))
		for v := range form.Scale {
			f.Counts[q][v] = r.PostForm.Get(doithoai.TallyField(q, v))
		}
	}
}

func (f stackForm) stack() (s doithoai.SurveyStack) {
	s.Issued, s.Returned, s.Invalid = slipCount(f.Issued), slipCount(f.Returned), slipCount(f.Invalid)
	for _, row := range f.Counts {
		counts := make([]int, len(row))
		for v, typed := range row {
			counts[v] = slipCount(typed)
		}
		s.Counts = append(s.Counts, counts)
	}
	return s
}

// stackFormPage is a form of a stack's counts: of a new one, or to correct them.
type stackFormPage struct {
	surveyed
	Origin   doithoai.SurveyOrigin
	Stack    *store.SurveyStackFile // nil: a new one
	Form     doithoai.SurveyForm
	Villages []doithoai.Village
	Typed    stackForm
	Problems web.Problems
	Refusal  string
}

func (s *site) stackFormPage(r *web.Request) (p stackFormPage, err error) {
	if p.surveyed, err = s.surveyed(r); err != nil {
		return p, err
	}
	p.Origin = doithoai.OriginPaper
	if r.URL.Query().Get("nguon") == "thon" {
		p.Origin = doithoai.OriginTally
	}
	p.Typed.ID = string(store.NewID())
	if p.Form, err = s.db.SurveyFormOf(r.Context(), r.Authority.ID, p.Of); err != nil {
		return p, err
	}
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	p.Villages = o.VillagesOn(r.Today())
	return p, err
}

func (s *site) newStack(r *web.Request) error {
	p, err := s.stackFormPage(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) openStack(r *web.Request) error {
	p, err := s.stackFormPage(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Typed); err != nil {
		return err
	}
	p.Typed.readCounts(r, p.Form)
	stack := p.Typed.stack()
	stack.ID, stack.Survey, stack.Origin, stack.Village = doithoai.ID(p.Typed.ID), p.Of, p.Origin,
		doithoai.ID(p.Typed.Village)
	stack, err = s.db.OpenSurveyStack(r.Context(), r.Actor(), stack)
	if err != nil {
		return p.again(r, err)
	}
	return r.Redirect(stackPath(stack.ID))
}

// again shows the form once more with what was typed, where the store refused it.
func (p stackFormPage) again(r *web.Request, refusal error) error {
	if !web.Mendable(refusal) {
		return refusal
	}
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// villageOptions are where the stack is of.
func (p stackFormPage) villageOptions() []ui.Option {
	options := []ui.Option{{Text: p.T("survey.no_village")}}
	for _, v := range p.Villages {
		options = append(options, ui.Option{Value: string(v.ID), Text: v.Name})
	}
	return options
}

func (p stackFormPage) count(q, v int) string {
	if q >= len(p.Typed.Counts) || v >= len(p.Typed.Counts[q]) {
		return ""
	}
	return p.Typed.Counts[q][v]
}

// action is where the form goes.
func (p stackFormPage) action() string {
	if p.Stack != nil {
		return stackPath(p.Stack.ID) + "/sua"
	}
	if p.Origin == doithoai.OriginTally {
		return p.path() + "/tap-moi?nguon=thon"
	}
	return p.path() + "/tap-moi"
}

// stackPage is a stack, with the form in which its slips are typed one after the other.
type stackPage struct {
	surveyed
	File     store.SurveyStackFile
	Place    string
	Digits   string
	Comment  string
	Number   int // of the slip in the form: the next one, or the one that is corrected
	Editing  bool
	Reason   string
	Typed    bool // a slip was just typed
	Fixed    bool // something was just corrected
	Problems web.Problems
	Refusal  string
}

// slipForm is a slip of paper as it was typed.
type slipForm struct {
	Number  int    `form:"so"`
	Digits  string `form:"phieu" line:"true"`
	Comment string `form:"y-kien"`
	Reason  string `form:"ly-do" line:"true"`
	Version int    `form:"ban"`
}

func (f slipForm) slip() doithoai.SurveySlip {
	return doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(f.Digits), Comment: f.Comment}
}

func (s *site) stackPage(r *web.Request) (p stackPage, err error) {
	p.Reader = r.Reader
	id := doithoai.ID(r.PathValue("stack"))
	before, _ := strconv.Atoi(r.URL.Query().Get(slipsBefore)) // what is no number asks for the last ones
	if p.File, err = s.db.SurveyStack(r.Context(), r.Actor(), id, before); err != nil {
		return p, err
	}
	p.Of = p.File.Survey
	if p.Of.Kind == doithoai.SurveyDialogue {
		if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), p.Of.Dialogue); err != nil {
			return p, err
		}
	}
	names, err := s.villageNames(r)
	if p.Place = names[p.File.Village]; p.Place == "" {
		p.Place = r.T("survey.no_village")
	}
	p.Number = p.File.Typed + 1
	p.Typed, p.Fixed = r.URL.Query().Has("da-nhap"), r.URL.Query().Has("da-sua")
	return p, err
}

func (s *site) stack(r *web.Request) error {
	p, err := s.stackPage(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) typeSlip(r *web.Request) error {
	var f slipForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("stack"))
	if err := s.db.TypeSurveySlip(r.Context(), r.Actor(), id, f.Number, f.slip()); err != nil {
		return s.slipAgain(r, f, false, err)
	}
	return r.Redirect(stackPath(id) + "?da-nhap#phieu")
}

// slipAgain shows the page of a stack once more with the slip that was typed, where the store refused it: as the next
// one, or the one that is corrected.
func (s *site) slipAgain(r *web.Request, f slipForm, editing bool, refusal error) error {
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.stackPage(r)
	if err != nil {
		return err
	}
	p.Digits, p.Comment, p.Reason, p.Editing = f.Digits, f.Comment, f.Reason, editing
	if editing {
		p.Number, _ = strconv.Atoi(r.PathValue("number"))
	}
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// editStack answers GET …/sua: the counts of a stack, to be corrected.
func (s *site) editStack(r *web.Request) error {
	p, err := s.stackToCorrect(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) stackToCorrect(r *web.Request) (p stackFormPage, err error) {
	stack, err := s.stackPage(r)
	if err != nil {
		return p, err
	}
	f := stack.File
	p = stackFormPage{surveyed: stack.surveyed, Origin: f.Origin, Stack: &f, Form: f.AskedBy}
	p.Typed = stackForm{
		Issued: strconv.Itoa(f.Issued), Returned: strconv.Itoa(f.Returned), Invalid: strconv.Itoa(f.Invalid),
		Version: f.Version,
	}
	for _, counts := range f.Counts {
		row := make([]string, len(counts))
		for v, n := range counts {
			row[v] = strconv.Itoa(n)
		}
		p.Typed.Counts = append(p.Typed.Counts, row)
	}
	return p, nil
}

func (s *site) correctStack(r *web.Request) error {
	p, err := s.stackToCorrect(r)
	if err != nil {
		return err
	}
	p.Typed = stackForm{}
	if err := r.Form(&p.Typed); err != nil {
		return err
	}
	p.Typed.readCounts(r, p.Form)
	f := p.Typed
	if err := s.db.CorrectSurveyStack(r.Context(), r.Actor(), p.Stack.ID, f.Version, f.stack(), f.Reason); err != nil {
		return p.again(r, err)
	}
	return r.Redirect(stackPath(p.Stack.ID) + "?da-sua")
}

// editStackSlip answers GET …/phieu/{number}: a slip that was typed, to be corrected.
func (s *site) editStackSlip(r *web.Request) error {
	p, err := s.stackPage(r)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	slip, err := s.db.SurveySlipOfStack(r.Context(), r.Actor(), p.File.ID, n)
	if err != nil {
		return err
	}
	p.Editing, p.Number, p.Digits, p.Comment = true, n, slip.Digits(p.File.AskedBy), slip.Comment
	return r.Page(http.StatusOK, p.view())
}

func (s *site) correctSlip(r *web.Request) error {
	var f slipForm
	if err := r.Form(&f); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	id := doithoai.ID(r.PathValue("stack"))
	if err := s.db.CorrectSurveySlip(r.Context(), r.Actor(), id, f.Version, n, f.slip(), f.Reason); err != nil {
		return s.slipAgain(r, f, true, err)
	}
	return r.Redirect(stackPath(id) + "?da-sua")
}

// digitHint says how a slip is typed.
func (p stackPage) digitHint() string {
	return p.T("survey.stack.hint", "count", len(p.File.AskedBy.Questions), "max", p.File.AskedBy.Scale)
}

// slipRows are the slips typed last.
func (p stackPage) slipRows() (rows []ui.WorkRow) {
	for _, s := range p.File.Slips {
		row := ui.WorkRow{
			Title: p.T("survey.stack.slip", "number", s.Number), Below: s.Comment,
			Cells: []ui.WorkCell{{Text: s.Digits(p.File.AskedBy)}},
		}
		if mayDo(p.Reader, doithoai.ActCorrectSurvey) {
			row.Href = stackPath(p.File.ID) + "/phieu/" + strconv.Itoa(s.Number)
		}
		rows = append(rows, row)
	}
	return rows
}

// correctionRows are what was corrected.
func (p stackPage) correctionRows() (rows []ui.WorkRow) {
	for _, c := range p.File.Corrections {
		what := p.T("survey.stack.counts_were")
		if c.Slip > 0 {
			what = p.T("survey.stack.slip", "number", c.Slip)
		}
		rows = append(rows, ui.WorkRow{Title: what, Below: c.Before, Cells: []ui.WorkCell{
			{Text: c.Reason}, {Text: c.By}, {Text: p.DateTime(c.At)},
		}})
	}
	return rows
}

// surveySlip is the slip of a survey to print: no name, no number.
func (s *site) surveySlip(r *web.Request) (p printed, err error) {
	v, err := s.surveyed(r)
	if err != nil {
		return p, err
	}
	f, err := s.db.SurveyFormOf(r.Context(), r.Authority.ID, v.Of)
	if err != nil {
		return p, err
	}
	at := web.QuarterSurveyPath(v.Of.Kind)
	if v.Of.Kind == doithoai.SurveyDialogue {
		at = web.PublicSurveyPath(v.Dialogue.Slug)
	}
	head := docform.Head{Authority: r.Authority}
	return printed{
		Reader: r.Reader, Dialogue: v.Dialogue, Title: r.T("survey.slip.title"), About: r.T("survey.slip.about"),
		At: v.path() + surveySlipAt, File: "phieu-khao-sat", Back: ui.BackLink{Text: v.title(), Href: v.path()},
		Papers: append(p.Papers, docform.SurveySlip(head, v.Dialogue, f, r.PublicLink(at))),
	}, nil
}

// surveyArea puts the survey on a dialogue's workspace, once it was held.
func surveyArea(s *site, r *web.Request, p *workspacePage) error {
	if !p.Dialogue.State.Over() {
		return nil
	}
	result, err := s.db.SurveyResult(r.Context(), r.Actor(), doithoai.DialogueSurvey(p.Dialogue.ID))
	if err != nil {
		return err
	}
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePublish, State: plan.StepWaits},
		Title: r.T("survey.title"), Href: pathOfSurvey(result.Survey), Owner: r.T("prepare.work.office"),
	}
	if n := result.Total().Valid; n > 0 {
		line.State = plan.StepDoing
		line.Proof = ui.Words{ui.Text(r.T("survey.work.slips", "count", n))}
		if !result.Until.IsZero() && r.Today().After(result.Until) {
			line.State, line.DoneOn = plan.StepDone, result.Until
		}
	}
	p.Lines = append(p.Lines, line)
	return nil
}
