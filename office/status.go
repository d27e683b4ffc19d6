package office

import (
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

func (s *site) tellStatus(r *web.Request, id doithoai.ID, _ int) error {
	return s.db.TellStatus(r.Context(), r.Actor(), id)
}

// tellingStatus reports whether the officer may tell the person here how the opinion stands, which nobody has yet.
func (p opinionPage) tellingStatus() bool {
	if p.StatusTold || !p.can(doithoai.ActTellStatus) {
		return false
	}
	_, err := p.Opinion.TellStatus(p.Petition, p.statusWaits())
	return err == nil
}

// statusWaits reports whether a notice of how the opinion stands is still to be made.
func (p opinionPage) statusWaits() bool {
	return slices.ContainsFunc(p.Deliveries, func(d doithoai.Delivery) bool {
		return d.Kind == doithoai.DeliveryStatus && (d.ToTell() || d.State == doithoai.DeliveryQueued)
	})
}

// statusWords are what the person is told: how the opinion stands now.
func (p opinionPage) statusWords() string {
	unit, due := "", calendar.Date{}
	if p.Petition != nil {
		unit, due = p.Unit.Name, p.Petition.Due
	}
	return vietnamese.T("mail.status."+string(doithoai.StatusOf(p.Opinion, p.Petition)),
		"authority", p.Authority.Name, "numbers", string(p.Opinion.Number), "unit", unit, "due", p.Date(due))
}

// statusTasks are the opinions of which the office is to tell who raised them how they stand, the oldest first; more
// reports whether there are others.
func (s *site) statusTasks(r *web.Request, l outlook) (tasks []task, more bool, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActTellStatus) {
		return nil, false, nil
	}
	rows, beyond, err := s.db.Register(r.Context(), r.Actor(), store.Filter{Tab: store.TabStatus, Limit: deskTasks})
	for _, row := range rows {
		tasks = append(tasks, task{
			Mine:  true,
			Title: row.Title(), Number: row.Opinion.Number, Act: doithoai.ActTellStatus, Turn: "status",
			Href: web.OpinionPath(row.Opinion.Number) + partStatus, Unit: leadName(r.Reader, row.Unit, row.Petition),
			Village: row.Village, Due: l.rules.StatusBy(row.Opinion),
		})
	}
	return tasks, beyond.More, err
}
