package office

import (
	"fmt"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
)

// planTurns are the states of a plan in which somebody has to go on with it, by the act that goes on.
var planTurns = []struct {
	act   doithoai.Act
	state plan.State
}{
	{doithoai.ActSignPlan, plan.StateSubmitted},
	{doithoai.ActIssuePlan, plan.StateSigned},
	{doithoai.ActSubmitPlan, plan.StateReturned},
}

// fillPlans reads the editions of plans that wait for the officer.
func (s *site) fillPlans(r *web.Request, p *deskPage) error {
	for _, turn := range planTurns {
		if !doithoai.MayEver(r.Actor(), turn.act) {
			continue
		}
		waiting, err := s.db.OpenPlans(r.Context(), r.Actor(), turn.state)
		if err != nil {
			return err
		}
		p.Plans = append(p.Plans, waiting...)
	}
	return nil
}

// planName is what waits: the plan, or an amendment of it.
func planName(r *web.Reader, e plan.Edition) string {
	if e.Number == 0 {
		return r.T("plans.of_year", "year", e.Plan.Year)
	}
	return r.T("plans.of_year", "year", e.Plan.Year) + ", " + r.T("plans.amendment", "number", e.Number)
}

// planHref is the page of an edition.
func planHref(e plan.Edition) string {
	return fmt.Sprintf("%s/%s/%d", web.PlansPath, e.PlanID, e.Number)
}
