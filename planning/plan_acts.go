package planning

import (
	"cmp"
	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// actForm is what an act on an edition asks for.
type actForm struct {
	Act     doithoai.Act `form:"-"`
	Version int          `form:"phien-ban"`
	Note    string       `form:"ghi-chu"`
	Reason  string       `form:"ly-do"`
	Number  string       `form:"so" line:"true"`
	Date    string       `form:"ngay" line:"true" day:"true"`
}

// planMove is an act on an edition of a plan.
type planMove struct {
	act doithoai.Act
	do  func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error)
}

var (
	submitPlan = planMove{doithoai.ActSubmitPlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.SubmitPlan(r.Context(), r.Actor(), e.PlanID, e.Number, f.Version)
		}}
	withdrawPlan = planMove{doithoai.ActWithdrawPlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.WithdrawPlan(r.Context(), r.Actor(), e.PlanID, e.Number, f.Version)
		}}
	returnPlan = planMove{doithoai.ActReturnPlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.ReturnPlan(r.Context(), r.Actor(), e.PlanID, e.Number, f.Version, f.Note)
		}}
	signPlan = planMove{doithoai.ActSignPlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.SignPlan(r.Context(), r.Actor(), e.PlanID, e.Number, f.Version)
		}}
	issuePlan = planMove{doithoai.ActIssuePlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.IssuePlan(r.Context(), r.Actor(), e.PlanID, e.Number, f.Version, f.Number, web.TypedDate(f.Date))
		}}
	dropPlan = planMove{doithoai.ActDropPlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.DropPlan(r.Context(), r.Actor(), e.PlanID, e.Number, f.Version, f.Note)
		}}
	amendPlan = planMove{doithoai.ActAmendPlan,
		func(s *site, r *web.Request, e plan.Edition, f actForm) (plan.Edition, error) {
			return s.db.AmendPlan(r.Context(), r.Actor(), e.PlanID, f.Reason)
		}}
)

// movePlan answers the form of an act on an edition. What was refused comes back with what was typed.
func (s *site) movePlan(m planMove) web.Handler {
	return func(r *web.Request) error {
		var f actForm
		if err := r.Form(&f); err != nil {
			return err
		}
		p, err := s.loadPlan(r)
		if err != nil {
			return err
		}
		e, refusal := m.do(s, r, p.Edition, f)
		if refusal == nil {
			return r.Redirect(editionPath(e) + "?xong=" + string(m.act))
		}
		if !web.Mendable(refusal) {
			return refusal
		}
		if p, err = s.loadPlan(r); err != nil { // as it is by now
			return err
		}
		p.Acting, p.Acting.Act = f, m.act
		switch {
		case m.act == doithoai.ActSubmitPlan, m.act == doithoai.ActSignPlan:
			if p.Refusal = web.RefusalWords(r.Reader, refusal); len(doithoai.ProblemsOf(refusal)) > 0 {
				p.Refusal = r.T("plans.problem.incomplete") // the rows say what
			}
		default:
			if p.Problems = r.Problems(refusal); !p.Problems.Any() {
				p.Refusal = web.RefusalWords(r.Reader, refusal)
			}
		}
		return r.Page(web.StatusOf(refusal), p.view())
	}
}

// open counts what keeps the edition from being submitted.
func (p *planPage) open() int { return len(p.Plan.Problems()) }

// next says whose turn it is.
func (p *planPage) next() string {
	switch p.State {
	case plan.StateDraft, plan.StateReturned:
		if n := p.open(); n > 0 {
			return p.T("plans.next.complete", "count", n)
		}
		if n := p.replacing(); n > 0 {
			return p.T("plans.next.replace", "count", n)
		}
		return p.T("plans.next.submit")
	case plan.StateSubmitted:
		return p.T("plans.next.sign")
	case plan.StateSigned:
		return p.T("plans.next.issue")
	}
	return ""
}

// replacing counts the documents of the bases that are over.
func (p *planPage) replacing() (n int) {
	for _, b := range p.Bases {
		if b.State == plan.BasisReplace {
			n++
		}
	}
	return n
}

// issueNumber is the field of the number under which an edition is issued: without the symbol, which the plan has, or
// that alone where the system gives the number.
func (p *planPage) issueNumber() ui.Input {
	number := docfile.NumberField{
		Name: "so", Label: p.T("plans.issue.number"), Value: p.Acting.Number, Width: 10,
		Symbol: cmp.Or(p.Plan.Symbol, doithoai.DocumentPlan.Symbol()), Optional: p.Problems.Any(),
	}.Input(p.Reader, p.Problems, p.Numbering)
	if !p.Numbering.Here {
		number.Suffix = "/" + p.Plan.Symbol
	}
	return number
}
