package portal

import (
	"net/http"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const plansPath = "/ke-hoach"

func planPath(slug string) string { return plansPath + "/" + slug }

// editionPath is the address of an edition that is not in force any more.
func editionPath(slug string, number int) string {
	return planPath(slug) + "/ban/" + strconv.Itoa(number)
}

// plansPage lists the plans of an authority.
type plansPage struct {
	*web.Reader
	setting
	Plans []store.PublicPlan
}

func (s *site) plans(r *web.Request) error {
	plans, err := s.DB.Plans(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, plansPage{r.Reader, known, plans}.view())
}

func (p plansPage) rows() ui.Rows {
	var rows ui.Rows
	for _, of := range p.Plans {
		rows = append(rows, ui.Row{Title: p.title(of.Plan), Href: planPath(of.Slug), Facts: planFacts(p.Reader, of.Plan)})
	}
	return rows
}

func (p plansPage) title(of plan.Plan) string {
	return p.T("portal.plan.title", "year", of.Year)
}

// planPage shows an edition of a plan as it stands on paper, and beside it the dialogues held under it and the other
// editions.
type planPage struct {
	*web.Reader
	setting
	store.PublicPlan
	InForce   int // the edition in force
	Issues    []store.IssuedEdition
	Dialogues []doithoai.Dialogue
	Signed    signedList // of the edition shown
}

func (s *site) plan(r *web.Request) error {
	found, err := s.DB.PlanBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.planEdition(r, found, found.Edition)
}

// earlierPlan shows an edition that is not in force any more; the one in force has its own address.
func (s *site) earlierPlan(r *web.Request) error {
	number, err := strconv.Atoi(r.PathValue("edition"))
	if err != nil || number < 0 {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	now, err := s.DB.PlanBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if number == now.Edition {
		return r.Redirect(planPath(now.Slug))
	}
	found, err := s.DB.PlanIssued(r.Context(), r.Authority.ID, r.PathValue("slug"), number)
	if err != nil {
		return err
	}
	return s.planEdition(r, found, now.Edition)
}

func (s *site) planEdition(r *web.Request, found store.PublicPlan, inForce int) error {
	issues, err := s.DB.PlanIssues(r.Context(), r.Authority.ID, found.ID)
	if err != nil {
		return err
	}
	all, err := s.DB.Dialogues(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	p := planPage{Reader: r.Reader, setting: known, PublicPlan: found, InForce: inForce, Issues: issues}
	if p.Signed, err = s.signedOf(r, found.ID); err != nil {
		return err
	}
	p.Signed.All = slices.DeleteFunc(p.Signed.All, func(d store.PublicSigned) bool { return d.Part != found.Edition })
	for _, d := range all {
		if d.PlanID == found.ID {
			p.Dialogues = append(p.Dialogues, d)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

func (p planPage) title() string { return p.T("portal.plan.title", "year", p.Plan.Year) }

// edition names an edition: the plan itself, or which amendment it is.
func (p planPage) edition(number int) string {
	if number == 0 {
		return p.T("portal.plan.first")
	}
	return p.T("portal.plan.amendment", "number", number)
}

// others are the editions besides the one shown, the latest first.
func (p planPage) others() ui.Rows {
	var rows ui.Rows
	for _, i := range slices.Backward(p.Issues) {
		if i.Number == p.Edition {
			continue
		}
		href := editionPath(p.Slug, i.Number)
		if i.Number == p.InForce {
			href = planPath(p.Slug)
		}
		rows = append(rows, ui.Row{Title: p.edition(i.Number), Href: href, Facts: p.issued(i)})
	}
	return rows
}
