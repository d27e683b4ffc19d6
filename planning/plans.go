package planning

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/docfile"
)

// planPath is the address of a plan's page, with the edition that is worked on, or is in force.
func planPath(id doithoai.ID) string { return web.PlansPath + "/" + string(id) }

// editionPath is the address of one edition, and of the acts on it under it.
func editionPath(e plan.Edition) string { return web.EditionPath(e.PlanID, e.Number) }

const (
	newPlanPath    = web.PlansPath + "/moi"
	importPlanPath = web.PlansPath + "/nhap"
)

func (s *site) planRoutes() []web.Route {
	see, draft := doithoai.ActSeePlans, doithoai.ActDraftPlan
	one := web.PlansPath + "/{id}/{ban}"
	return append(docfile.Routes(one+planFile, web.Route{Act: see, Do: s.planFile}), []web.Route{
		{Pattern: "GET " + web.PlansPath, Act: see, Do: s.plans},
		{Pattern: "GET " + newPlanPath, Act: draft, Do: s.newPlan},
		{Pattern: "POST " + newPlanPath, Act: draft, Do: s.beginPlan},
		{Pattern: "GET " + importPlanPath, Act: draft, Do: s.newPlanFile},
		{Pattern: "POST " + importPlanPath, Act: draft, Do: s.readPlanFile},
		{Pattern: "GET " + importPlanPath + "/xem", Act: draft, Do: s.previewPlan},
		{Pattern: "POST " + importPlanPath + "/xem", Act: draft, Do: s.importPlan},
		{Pattern: "GET " + web.PlansPath + "/{id}", Act: see, Do: s.latestPlan},
		{Pattern: "GET " + web.PlansPath + "/{id}/van-ban-goc", Act: see, Do: s.planSource},
		{Pattern: "GET " + one, Act: see, Do: s.plan},
		{Pattern: "POST " + one + "/sua", Act: draft, Do: s.savePlan},
		{Pattern: "POST " + one + "/muc", Act: draft, Do: s.arrangePlan},
		{Pattern: "POST " + one + "/can-cu", Act: draft, Do: s.rebasePlan},
		{Pattern: "POST " + one + "/trinh", Act: doithoai.ActSubmitPlan, Do: s.movePlan(submitPlan)},
		{Pattern: "POST " + one + "/rut", Act: doithoai.ActWithdrawPlan, Do: s.movePlan(withdrawPlan)},
		{Pattern: "POST " + one + "/tra-lai", Act: doithoai.ActReturnPlan, Do: s.movePlan(returnPlan)},
		{Pattern: "POST " + one + "/ky", Act: doithoai.ActSignPlan, Do: s.movePlan(signPlan)},
		{Pattern: "POST " + one + "/ban-hanh", Act: doithoai.ActIssuePlan, Do: s.movePlan(issuePlan)},
		{Pattern: "POST " + one + "/bo", Act: doithoai.ActDropPlan, Do: s.movePlan(dropPlan)},
		{Pattern: "POST " + one + "/dieu-chinh", Act: doithoai.ActAmendPlan, Do: s.movePlan(amendPlan)},
	}...)
}

// planFile is where an edition of a plan is a file, below its page.
const planFile = web.PlanFile

// plansPage lists the plans by year, each with its amendments.
type plansPage struct {
	*web.Reader
	Plans  [][]plan.Edition // of each plan its editions, the latest first
	Before int              // the year before which there are more; 0: there are none
}

func (s *site) plans(r *web.Request) error {
	before, _ := strconv.Atoi(r.FormValue("truoc")) // anything else: from the top
	all, more, err := s.db.PlanEditions(r.Context(), r.Actor(), max(before, 0))
	if err != nil {
		return err
	}
	p := plansPage{Reader: r.Reader, Plans: byPlan(all)}
	if more {
		p.Before = all[len(all)-1].Plan.Year
	}
	return r.Page(http.StatusOK, p.view())
}

// byPlan parts editions by their plan; those of a plan follow each other.
func byPlan(all []plan.Edition) (plans [][]plan.Edition) {
	for _, e := range all {
		if n := len(plans); n > 0 && plans[n-1][0].PlanID == e.PlanID {
			plans[n-1] = append(plans[n-1], e)
			continue
		}
		plans = append(plans, []plan.Edition{e})
	}
	return plans
}

// inForce is the edition of a plan that is in force: the latest that was issued.
func inForce(editions []plan.Edition) (found plan.Edition, ok bool) {
	for _, e := range editions {
		if e.State == plan.StateIssued && (!ok || e.Number > found.Number) {
			found, ok = e, true
		}
	}
	return found, ok
}

// current is the edition that is worked on, else the one in force, else the last.
func current(editions []plan.Edition) plan.Edition {
	if i := slices.IndexFunc(editions, func(e plan.Edition) bool { return e.State.Open() }); i >= 0 {
		return editions[i]
	}
	if e, ok := inForce(editions); ok {
		return e
	}
	return slices.MaxFunc(editions, func(a, b plan.Edition) int { return cmp.Compare(a.Number, b.Number) })
}

// newPlanForm begins a plan: the usual one, or a copy.
type newPlanForm struct {
	Year string `form:"nam" line:"true"`
	From string `form:"tu" line:"true"` // "": the usual plan; else the plan that is copied
}

// newPlanPage asks for which year, and from what.
type newPlanPage struct {
	*web.Reader
	Form     newPlanForm
	Plans    []plan.Edition // that can be copied
	Problems web.Problems
}

func (s *site) newPlan(r *web.Request) error {
	p, err := s.loadNewPlan(r)
	if err != nil {
		return err
	}
	p.Form = newPlanForm{Year: strconv.Itoa(p.nextYear()), From: r.FormValue("tu")}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadNewPlan(r *web.Request) (p newPlanPage, err error) {
	p.Reader = r.Reader
	all, _, err := s.db.PlanEditions(r.Context(), r.Actor(), 0)
	for _, editions := range byPlan(all) {
		if e := current(editions); e.State != plan.StateDropped {
			p.Plans = append(p.Plans, e)
		}
	}
	return p, err
}

// nextYear is this year where it has no plan yet, else the next that has none.
func (p newPlanPage) nextYear() int {
	year := p.Today().Year
	for slices.ContainsFunc(p.Plans, func(e plan.Edition) bool { return e.Plan.Year == year }) {
		year++
	}
	return year
}

func (s *site) beginPlan(r *web.Request) error {
	p, err := s.loadNewPlan(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	year, _ := strconv.Atoi(p.Form.Year) // what is none is refused as a year
	draft, err := s.firstDraft(r, p, year)
	var e plan.Edition
	if err == nil {
		e, err = s.db.DraftPlan(r.Context(), r.Actor(), draft)
	}
	if err == nil {
		return r.Redirect(editionPath(e) + "?xong=" + string(doithoai.ActDraftPlan))
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return err
	}
	p.Problems = r.Problems(err)
	return r.Page(web.StatusOf(err), p.view())
}

// firstDraft is the plan that the form begins with.
func (s *site) firstDraft(r *web.Request, p newPlanPage, year int) (plan.Plan, error) {
	if p.Form.From != "" {
		i := slices.IndexFunc(p.Plans, func(e plan.Edition) bool { return string(e.PlanID) == p.Form.From })
		if i < 0 {
			return plan.Plan{}, doithoai.RefuseForm([]doithoai.Problem{{Field: "tu", Key: "plans.problem.from"}})
		}
		from := p.Plans[i]
		if year == from.Plan.Year {
			return plan.Plan{}, doithoai.RefuseForm([]doithoai.Problem{{
				Field: "nam", Key: "plan.problem.year_taken", Args: []any{"year", strconv.Itoa(year)},
			}})
		}
		return from.Plan.Copied(year), nil
	}
	if year < 2000 || year >= 2100 {
		return plan.Plan{}, doithoai.RefuseForm([]doithoai.Problem{{Field: "nam", Key: "plan.problem.year"}})
	}
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return plan.Plan{}, err
	}
	bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
	if err != nil {
		return plan.Plan{}, err
	}
	on := plan.Plan{Year: year}.LawDay(r.Today())
	draft, err := plan.Usual(o.NameOn(on), year, o.UnitsOn(r.Today()), usualBases(bases, on))
	if err != nil {
		return plan.Plan{}, err
	}
	draft.Signatory.Name, err = s.chairName(r)
	return draft, err
}

// chairName is who signs plans: the chair, where the authority has one such account.
func (s *site) chairName(r *web.Request) (name string, err error) {
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	for _, o := range officers {
		if !slices.Contains(o.Roles, doithoai.RoleChair) {
			continue
		}
		if name != "" {
			return "", nil // which one, the office says
		}
		name = o.Name
	}
	return name, err
}

// usualBasis are the documents on which plans of dialogues rest, by their keys in the list that authorities begin with.
// What an authority's list doesn't have is left out; what is over gives way to what the list has in its place.
var usualBasis = []string{"luat-77-2015-qh13", "luat-10-2022-qh15", "nd-59-2023-nd-cp", "nd-20-2008-nd-cp"}

func usualBases(ls doithoai.LegalBases, on calendar.Date) (list []plan.Basis) {
	for _, key := range usualBasis {
		l, ok := ls.ByKey(key)
		for _, w := range ls.Cite(on, key) {
			l, ok = w.Instead, w.Instead.Key != ""
		}
		if ok {
			list = append(list, plan.BasisOf(l))
		}
	}
	return list
}
