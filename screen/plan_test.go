package screen

import "doithoai/plan"

// parsePlan reads the plan that a dialogue needs to be announced.
func parsePlan(b []byte) (plan.Plan, error) { return plan.Parse(b) }
