package planning

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

const estimatePath = web.EstimatePart

func (s *site) estimateRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + estimatePath
	of, see := web.DialoguesPath+"/{id}", doithoai.ActSeeDialogues
	papers := slices.Concat(s.printedRoutes(of+estimatePaperAt, see, s.estimatePaper),
		s.numberedRoutes(of+web.ProposalPart, see, s.proposal))
	return append(papers, []web.Route{
		{Pattern: "GET " + at, Act: see, Do: s.estimate},
		{Pattern: "POST " + at, Act: doithoai.ActDraftEstimate, Do: s.saveEstimate},
		{Pattern: "POST " + at + "/rut", Act: doithoai.ActWithdrawEstimate, Do: s.withdrawEstimate},
		{Pattern: "POST " + at + "/quyet-dinh", Act: doithoai.ActApproveEstimate, Do: s.decideEstimate},
		{Pattern: "POST " + at + "/kinh-phi", Act: doithoai.ActFundEstimate, Do: s.fundEstimate},
		{Pattern: "POST " + at + "/da-chi", Act: doithoai.ActRecordSpending, Do: s.recordSpending},
	}...)
}

// estimatePage shows what the dialogue is to cost, what was decided, and what was spent; who has the next step finds
// its form in it.
type estimatePage struct {
	dialoguePage
	Estimate plan.Estimate
	Form     estimateForm
	Names    map[doithoai.ID]string // of officers
	Officers map[doithoai.ID]doithoai.Officer
	Staff    []doithoai.Officer // the same in their order
}

// estimateForm are the fields of all forms of the page, as they were typed. Those of lines come once a line.
type estimateForm struct {
	Version int    `form:"phien-ban"`
	Step    string `form:"buoc" line:"true"` // the button

	Content  []string `form:"noi-dung" line:"true"`
	Unit     []string `form:"don-vi" line:"true"`
	Quantity []string `form:"so-luong" line:"true"`
	Price    []string `form:"don-gia" line:"true"`
	Basis    []string `form:"can-cu" line:"true"`
	Note     []string `form:"ghi-chu" line:"true"`
	Spent    []string `form:"da-chi" line:"true"`
	Papers   []string `form:"chung-tu" line:"true"`

	Reason string `form:"ly-do"`
	Source string `form:"nguon" line:"true"`
	Sum    string `form:"so-tien" line:"true"`
	Number string `form:"so" line:"true"`
	Date   string `form:"ngay" line:"true" day:"true"`
}

// Buttons of the forms.
const (
	stepSubmit = "trinh"
	stepRefuse = "khong"
)

func (s *site) estimate(r *web.Request) error {
	p, err := s.loadEstimate(r)
	if err != nil {
		return err
	}
	p.fill()
	return r.Page(http.StatusOK, p.view())
}

// The estimate, and the letter that submits it, as papers.
const (
	estimatePaperAt = estimatePath + "/ban-in"
)

// loadEstimatePaper loads an estimate that somebody has begun.
func (s *site) loadEstimatePaper(r *web.Request) (p estimatePage, err error) {
	p, err = s.loadEstimate(r)
	if err == nil && p.Estimate.Version == 0 {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return p, err
}

// estimatePaper is the estimate with who made it and who approves it: names where that happened.
func (s *site) estimatePaper(r *web.Request) (printed, error) {
	p, err := s.loadEstimatePaper(r)
	if err != nil {
		return printed{}, err
	}
	approver := ""
	if p.Estimate.State != plan.EstimateRefused {
		approver = p.Officers[p.Estimate.DecidedBy].Name
	}
	maker := p.Officers[p.Estimate.SubmittedBy].Name
	return p.printed(r.T("estimate.title"), estimatePaperAt, "du-toan", docform.Estimate(
		docform.Head{Authority: r.Authority}, p.Dialogue, p.Estimate.EstimateBody, maker, approver)), nil
}

// proposal is the letter with which the office submits the estimate.
func (s *site) proposal(r *web.Request) (printed, error) {
	p, err := s.loadEstimatePaper(r)
	if err != nil {
		return printed{}, err
	}
	c, err := s.composer(r, p.Dialogue)
	if err != nil {
		return printed{}, err
	}
	basis := ""
	if c.Plan != nil {
		basis = c.planned()
	}
	head := docform.Head{
		Authority: r.Authority, Signer: p.submitter(),
		To: []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("document.archive")},
	}
	paper := p.printed(r.T("estimate.proposal"), web.ProposalPart, "to-trinh-du-toan")
	if paper.Number, err = s.number(r, paper.At, p.Dialogue, doithoai.DocumentProposal, 0); err != nil {
		return paper, err
	}
	paper.Papers = []doc.Doc{docform.EstimateProposal(
		head.Numbered(paper.Number.Printed()), c.Office.Name, basis, p.Dialogue, p.Estimate.EstimateBody)}
	return paper, nil
}

// submitter is who signs the letter: who heads the office whose letter it is; where nobody does, who submitted it.
func (p estimatePage) submitter() doc.Signer {
	if signer, found := docform.OfficeSigner(p.Staff); found {
		return signer
	}
	by := p.Officers[p.Estimate.SubmittedBy]
	return doc.Signer{
		Title: cmp.Or(doithoai.SigningTitle(by.Post), vietnamese.T("document.proposal.submits")), Name: by.Name,
	}
}

func (s *site) loadEstimate(r *web.Request) (p estimatePage, err error) {
	if p.dialoguePage, err = s.ofDialogue(r); err != nil {
		return p, err
	}
	if p.Estimate, err = s.db.Estimate(r.Context(), r.Actor(), p.Dialogue.ID); err != nil {
		return p, err
	}
	p.Staff, err = s.db.Officers(r.Context(), r.Authority.ID)
	p.Names, p.Officers = map[doithoai.ID]string{}, map[doithoai.ID]doithoai.Officer{}
	for _, o := range p.Staff {
		p.Names[o.ID], p.Officers[o.ID] = o.Signature(), o
	}
	return p, err
}

// fill puts what is kept into the fields; an estimate that nobody has begun has the usual lines.
func (p *estimatePage) fill() {
	e, f := p.Estimate, &p.Form
	f.Version = e.Version
	lines := e.Lines
	if e.Version == 0 {
		lines = plan.UsualEstimate(p.Dialogue.Form)
	}
	for _, l := range lines {
		f.Content, f.Unit = append(f.Content, l.Content), append(f.Unit, l.Unit)
		f.Quantity, f.Price = append(f.Quantity, p.quantity(l.Quantity)), append(f.Price, p.dong(l.Price))
		f.Basis, f.Note = append(f.Basis, l.Basis), append(f.Note, l.Note)
		spent := ""
		if l.Spent != nil {
			spent = p.Text.Dong(*l.Spent)
		}
		f.Spent, f.Papers = append(f.Spent, spent), append(f.Papers, l.Papers)
	}
	if e.State == plan.EstimateApproved {
		f.Sum, f.Date = p.Text.Dong(e.Approved()), p.Date(p.Today())
	}
	if e.State == plan.EstimateSpent {
		f.Reason = e.Overspent
	}
}

// quantity and dong are amounts in fields: none is an empty field.
func (p estimatePage) quantity(n int64) string {
	if n == 0 {
		return ""
	}
	return text.For("vi").Quantity(n)
}

func (p estimatePage) dong(n int64) string {
	if n == 0 {
		return ""
	}
	return text.For("vi").Dong(n)
}

// blank is how many empty lines follow those that are filled.
const blank = 3

// rows is how many lines of fields the form has.
func (f estimateForm) rows() int { return len(f.Content) + blank }

// of is the n-th value of a field that comes once a line.
func of(values []string, n int) string {
	if n < len(values) {
		return values[n]
	}
	return ""
}

// compact drops the lines in which nothing stands, so that problems are found at the lines that are shown again.
func (f *estimateForm) compact() {
	columns := []*[]string{&f.Content, &f.Unit, &f.Quantity, &f.Price, &f.Basis, &f.Note}
	most := 0
	for _, c := range columns {
		most = max(most, len(*c))
	}
	kept := make([][]string, len(columns))
	for n := range most {
		if !slices.ContainsFunc(columns, func(c *[]string) bool { return of(*c, n) != "" }) {
			continue
		}
		for i, c := range columns {
			kept[i] = append(kept[i], of(*c, n))
		}
	}
	for i, c := range columns {
		*c = kept[i]
	}
}

// amounts reads a column of amounts; nothing is 0, what is no amount is a problem of its field.
func amounts(
	typed []string, n int, field, key string, read func(string) (int64, error),
) (all []int64, list []doithoai.Problem) {
	all = make([]int64, n)
	for i := range n {
		if of(typed, i) == "" {
			continue
		}
		v, err := read(typed[i])
		if err != nil {
			list = append(list, doithoai.Problem{Field: field + "-" + strconv.Itoa(i), Key: key})
		}
		all[i] = v
	}
	return all, list
}

// costs are the quantities and prices of n lines.
func (f estimateForm) costs(n int) ([]plan.Cost, []doithoai.Problem) {
	quantities, list := amounts(f.Quantity, n, "so-luong", "estimate.problem.quantity", text.Quantity)
	prices, more := amounts(f.Price, n, "don-gia", "estimate.problem.price", text.Dong)
	costs := make([]plan.Cost, n)
	for i := range n {
		costs[i] = plan.Cost{Quantity: quantities[i], Price: prices[i]}
	}
	return costs, append(list, more...)
}

// lines are the lines of an estimate that were typed.
func (f estimateForm) lines() ([]plan.EstimateLine, []doithoai.Problem) {
	costs, list := f.costs(len(f.Content))
	var lines []plan.EstimateLine
	for i, content := range f.Content {
		lines = append(lines, plan.EstimateLine{
			Content: content, Unit: of(f.Unit, i), Cost: costs[i], Basis: of(f.Basis, i), Note: of(f.Note, i),
		})
	}
	return lines, list
}

// postedEstimate reads a form of the page and loads the page; act then does what the form asks for.
func (s *site) postedEstimate(
	r *web.Request, act func(p *estimatePage) (doithoai.Act, error),
) error {
	p, err := s.loadEstimate(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	done, err := act(&p)
	if err == nil {
		return r.Redirect(p.done(estimatePath, done))
	}
	if !p.refused(err) {
		return err
	}
	if now, loading := s.db.Estimate(r.Context(), r.Actor(), p.Dialogue.ID); loading == nil {
		p.Estimate, p.Form.Version = now, now.Version // a conflict is shown on what stands now
	}
	return r.Page(web.StatusOf(err), p.view())
}

// saveEstimate keeps what was typed, and submits it where that was asked for: then what was typed is kept first,
// whatever is missing.
func (s *site) saveEstimate(r *web.Request) error {
	return s.postedEstimate(r, func(p *estimatePage) (doithoai.Act, error) {
		p.Form.compact()
		lines, list := p.Form.lines()
		if err := doithoai.RefuseForm(list); err != nil {
			return "", err
		}
		e, err := s.db.SaveEstimate(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, lines)
		if err != nil || p.Form.Step != stepSubmit {
			return doithoai.ActDraftEstimate, err
		}
		p.Form.Version = e.Version
		_, err = s.db.SubmitEstimate(r.Context(), r.Actor(), p.Dialogue.ID, e.Version)
		return doithoai.ActSubmitEstimate, err
	})
}

func (s *site) withdrawEstimate(r *web.Request) error {
	return s.postedEstimate(r, func(p *estimatePage) (doithoai.Act, error) {
		_, err := s.db.WithdrawEstimate(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version)
		return doithoai.ActWithdrawEstimate, err
	})
}

// decideEstimate refuses what was submitted, approves it as it is, or, where a quantity or price was typed over, with
// that change.
func (s *site) decideEstimate(r *web.Request) error {
	return s.postedEstimate(r, func(p *estimatePage) (doithoai.Act, error) {
		id, f := p.Dialogue.ID, p.Form
		if f.Step == stepRefuse {
			_, err := s.db.RefuseEstimate(r.Context(), r.Actor(), id, f.Version, f.Reason)
			return doithoai.ActRefuseEstimate, err
		}
		costs, list := f.costs(len(p.Estimate.Lines))
		if err := doithoai.RefuseForm(list); err != nil {
			return "", err
		}
		same := true
		for i, l := range p.Estimate.Lines {
			same = same && costs[i] == l.Cost
		}
		if same {
			_, err := s.db.ApproveEstimate(r.Context(), r.Actor(), id, f.Version)
			return doithoai.ActApproveEstimate, err
		}
		_, err := s.db.ChangeEstimate(r.Context(), r.Actor(), id, f.Version, costs, f.Reason)
		return doithoai.ActChangeEstimate, err
	})
}

func (s *site) fundEstimate(r *web.Request) error {
	return s.postedEstimate(r, func(p *estimatePage) (doithoai.Act, error) {
		f := p.Form
		sum, err := text.Dong(f.Sum)
		if err != nil {
			sum = 0 // the rule asks for it
		}
		_, err = s.db.FundEstimate(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, plan.Funding{
			Source: f.Source, Sum: sum, Number: f.Number, Date: web.TypedDate(f.Date), Reason: f.Reason,
		})
		return doithoai.ActFundEstimate, err
	})
}

func (s *site) recordSpending(r *web.Request) error {
	return s.postedEstimate(r, func(p *estimatePage) (doithoai.Act, error) {
		n := len(p.Estimate.Lines)
		sums, list := amounts(p.Form.Spent, n, "da-chi", "estimate.problem.sum", text.Dong)
		if err := doithoai.RefuseForm(list); err != nil {
			return "", err
		}
		spent := make([]plan.Spending, n)
		for i := range n {
			spent[i] = plan.Spending{Sum: sums[i], Papers: of(p.Form.Papers, i)}
		}
		_, err := s.db.RecordSpending(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, spent, p.Form.Reason)
		return doithoai.ActRecordSpending, err
	})
}

// estimateTag says where an estimate stands.
func estimateTag(r *web.Reader, e plan.Estimate) ui.Tag {
	colour := ui.Grey
	switch e.State {
	case plan.EstimateDraft, plan.EstimateSubmitted:
		colour = ui.Yellow
	case plan.EstimateRefused:
		colour = ui.Red
	case plan.EstimateApproved, plan.EstimateFunded:
		colour = ui.Blue
	case plan.EstimateSpent:
		colour = ui.Green
	}
	return ui.Tag{Text: estimateState(r, e), Colour: colour}
}

// estimateState is the state in words; one that was approved with changes says so.
func estimateState(r *web.Reader, e plan.Estimate) string {
	switch {
	case e.State == "":
		return r.T("estimate.state.none")
	case e.State == plan.EstimateApproved && e.IsChanged():
		return r.T("estimate.state.changed")
	}
	return r.T("estimate.state." + string(e.State))
}

// estimateArea is the estimate's line of the workspace. There is no line of it once the dialogue is over and nobody has
// begun one.
func estimateArea(s *site, r *web.Request, p *workspacePage) error {
	e, err := s.db.Estimate(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	if e.State == "" && !p.Dialogue.State.Coming() {
		return nil
	}
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepDoing},
		Title: r.T("estimate.title"), Href: web.WorkspacePath(p.Dialogue.ID) + estimatePath,
		Owner: r.T("estimate.owner"), Proof: ui.Words{ui.Text(estimateState(r.Reader, e))},
	}
	switch e.State {
	case "":
		line.State = plan.StepWaits
	case plan.EstimateFunded, plan.EstimateSpent:
		line.State, line.DoneOn = plan.StepDone, e.FundedAt.Date()
	}
	if e.State != "" {
		sum := e.Approved()
		line.Proof = append(line.Proof, ui.Text(r.T("estimate.sum", "sum", r.Text.Dong(sum))))
	}
	p.Lines = append(p.Lines, line)
	return nil
}
