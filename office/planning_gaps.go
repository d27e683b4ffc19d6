package office

import (
	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// maxGaps is how many gaps a desk shows; the rest stand on the workspaces.
const maxGaps = 12

// fillGaps reads what is missing in the preparation of dialogues, for the desks of the chair and of the office.
func (s *site) fillGaps(r *web.Request, p *deskPage) (err error) {
	if r.Actor().Has(doithoai.RoleChair) || r.Actor().Has(doithoai.RoleOffice) {
		p.Gaps, err = s.db.PlanningGaps(r.Context(), r.Actor())
		p.Gaps = p.Gaps[:min(len(p.Gaps), maxGaps)]
	}
	return err
}

// gapLink words one thing that is missing, with where it is mended.
func gapLink(p *web.Reader, g store.Gap) ui.Link {
	l := ui.Link{Text: p.T("desk.gap." + string(g.Kind)), Href: web.WorkspacePath(g.Dialogue.ID)}
	switch g.Kind {
	case store.GapPlan:
		l.Text, l.Href = p.T("desk.gap.plan", "year", g.Year.Year), web.PlansPath
	case store.GapYear:
		l.Text = p.T("desk.gap.year", "year", g.Year.Year, "held", g.Year.Held, "least", g.Year.Least)
		l.Href = web.DialoguesPath
	case store.GapRequest:
		l.Text = p.T("desk.gap.request", "share", g.Request.ShareWords(), "date", p.Date(g.Request.On))
		l.Href = web.RequestsPath
	case store.GapDuty:
		l.Text = p.T("planning.duty.name." + string(g.Duty.Key))
		l.Href += "/moc/" + string(g.Duty.Key)
	}
	return l
}
