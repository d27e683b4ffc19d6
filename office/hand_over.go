package office

import (
	"slices"

	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// handOverForm gives the work on an opinion to another unit.
type handOverForm struct {
	Version int    `form:"phien-ban"`
	To      string `form:"chuyen-den" line:"true"`
	Reason  string `form:"chuyen-ly-do"`
}

func (s *site) handOverPetition(r *web.Request, id doithoai.ID, f handOverForm) error {
	h := doithoai.HandOver{To: doithoai.ID(f.To), Reason: f.Reason}
	return s.db.HandOverPetition(r.Context(), r.Actor(), id, f.Version, h)
}

// handingOver reports whether the form is shown that gives the work to another unit.
func (p opinionPage) handingOver() bool {
	return p.Petition != nil && p.Petition.InUnit() && p.Petition.LeadUnitID != "" &&
		p.can(doithoai.ActHandOverPetition)
}

// takers are the units that may receive the work: all but the one that has it, and those of whom the opinion is; on
// conduct, the office's.
func (p opinionPage) takers() []ui.Option {
	list := []ui.Option{{Text: p.T("opinion.ruling.choose_unit")}}
	for _, u := range p.Units {
		if u.ID != p.Petition.LeadUnitID && (u.Office || !p.conduct()) &&
			!slices.Contains(p.Subject.ConcernedUnits, u.ID) {
			list = append(list, ui.Option{Value: string(u.ID), Text: u.Name})
		}
	}
	return list
}

func (p opinionPage) handOverFacts(f doithoai.Facts) []string {
	from, to := p.unitName(f.FromUnit), p.unitName(f.Unit)
	return []string{p.T("opinion.timeline.handed_over", "from", from, "to", to)}
}

// unitName names a unit, or the chair where none led.
func (p opinionPage) unitName(id doithoai.ID) string {
	if id == "" {
		return p.T("opinion.conduct.by_chair")
	}
	return p.OpinionFile.Units[id]
}

// handedOverWords say how often a petition went to another unit; "" where it never did.
func handedOverWords(r *web.Reader, p *doithoai.Petition) string {
	if p == nil || p.HandedOver == 0 {
		return ""
	}
	return r.T("opinion.hand_over.times", "count", p.HandedOver)
}
