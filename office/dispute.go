package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// elsewhere is the choice of another body in the form of a dispute.
const elsewhere = "co-quan-khac"

// disputeForm says that an opinion is another's matter.
type disputeForm struct {
	Version int    `form:"phien-ban"`
	Unit    string `form:"cua-don-vi" line:"true"`
	Reason  string `form:"de-nghi-chuyen-ly-do"`
}

// keepForm leaves a disputed opinion with its unit.
type keepForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"giu-ly-do"`
}

func (s *site) disputePetition(r *web.Request, id doithoai.ID, f disputeForm) error {
	d := doithoai.Dispute{Unit: doithoai.ID(f.Unit), Reason: f.Reason}
	if f.Unit == elsewhere {
		d.Unit, d.Elsewhere = "", true
	}
	return s.db.DisputePetition(r.Context(), r.Actor(), id, f.Version, d)
}

func (s *site) keepLead(r *web.Request, id doithoai.ID, f keepForm) error {
	return s.db.KeepLead(r.Context(), r.Actor(), id, f.Version, f.Reason)
}

// disputed reports whether a dispute waits for the chair.
func (p opinionPage) disputed() bool { return p.Petition != nil && p.Dispute != nil && p.Dispute.Waits }

// disputing reports whether the form is shown by which the lead says that the matter is another's.
func (p opinionPage) disputing() bool {
	if p.Petition == nil || !p.can(doithoai.ActDisputePetition) {
		return false
	}
	within, err := p.disputeTerm()
	return err == nil && p.Petition.Disputable(p.Dispute, within, p.Today(), p.outlook.rules.Calendar) == nil
}

func (p opinionPage) disputeTerm() (calendar.Term, error) {
	return p.outlook.rules.Parameters.TermAt(doithoai.ParameterDispute, p.Today())
}

// disputeUntil is the last day on which the lead may say so.
func (p opinionPage) disputeUntil() string {
	within, err := p.disputeTerm()
	if err != nil {
		return ""
	}
	return p.DateShort(p.Petition.DisputeUntil(within, p.outlook.rules.Calendar))
}

// keeping reports whether the officer decides on a dispute.
func (p opinionPage) keeping() bool { return p.disputed() && p.can(doithoai.ActKeepLead) }

// others are the units of whom the matter may be, and another body.
func (p opinionPage) others() []ui.Option {
	return append(p.takers(), ui.Option{Value: elsewhere, Text: p.T("opinion.dispute.elsewhere")})
}

// disputeWords say who says so, and whose the matter is.
func (p opinionPage) disputeWords() string {
	return p.T("opinion.dispute.said", "who", p.person(p.Dispute.By), "unit", p.meant(p.Dispute.Unit))
}

func (p opinionPage) meant(unit doithoai.ID) string {
	if unit == "" {
		return p.T("opinion.dispute.elsewhere")
	}
	return p.OpinionFile.Units[unit]
}

func (p opinionPage) disputeFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.disputed", "unit", p.meant(f.Unit))}
}

func (p opinionPage) keptLeadFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.kept_lead", "unit", p.unitName(f.Unit))}
}

// disputeTasks are the opinions on which a unit says that they are another's matter: the chair's to decide, and the
// office's to see; more reports whether there are others.
func (s *site) disputeTasks(r *web.Request) (mine, waiting []task, more bool, err error) {
	authority := doithoai.Subject{AuthorityID: r.Authority.ID}
	if doithoai.Can(r.Actor(), doithoai.ActHandOverPetition, authority) != nil {
		return nil, nil, false, nil
	}
	all, more, err := s.db.Disputes(r.Context(), r.Actor())
	for _, d := range all {
		t := task{
			Title: d.Title(), Number: d.Opinion.Number, Act: doithoai.ActKeepLead, Turn: "dispute",
			Href: web.OpinionPath(d.Opinion.Number) + partDispute,
			Unit: leadName(r.Reader, d.Unit, d.Petition), Village: d.Village, Since: d.Since.Date(),
		}
		if doithoai.Can(r.Actor(), doithoai.ActKeepLead, authority) == nil {
			mine = append(mine, t)
		} else {
			waiting = append(waiting, t)
		}
	}
	return mine, waiting, more, err
}

// disputedWords say of a row that its unit wants it to be another's; "" where it does not.
func disputedWords(r *web.Reader, row store.Row) string {
	if !row.Disputed {
		return ""
	}
	return r.T("opinion.dispute.tag")
}
