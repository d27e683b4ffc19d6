package office

import (
	"doithoai"
	"doithoai/web"
)

// splitForm makes a part of an opinion one of its own.
type splitForm struct {
	Version int    `form:"phien-ban"`
	Said    string `form:"noi-dung-tach"`
}

func (s *site) split(r *web.Request, id doithoai.ID, f splitForm) error {
	_, err := s.db.SplitOpinion(r.Context(), r.Actor(), id, f.Version, f.Said)
	return err
}

func splitOf(f *forms) *splitForm { return &f.Split }

func splitTexts(f forms) []keptText { return []keptText{{"classify.split.said", f.Split.Said}} }

// splitting reports whether the form is shown.
func (p opinionPage) splitting() bool {
	parts := len(p.Parts)
	if p.Opinion.PartOf != "" {
		parts++ // itself
	}
	return p.can(doithoai.ActSplitOpinion) &&
		p.Opinion.Splittable(p.Petition, parts, len(p.Came), p.Locked) == nil
}

// runningDue is the due date that a part of the opinion carries on; "" where no clock runs.
func (p opinionPage) runningDue() string {
	switch {
	case p.Petition != nil && p.Petition.Open():
		return p.DateShort(p.Petition.Due)
	case p.Petition == nil && p.Runs != nil:
		return p.DateShort(p.Runs.Due)
	}
	return ""
}

func (p opinionPage) splitFacts(f doithoai.Facts) []string {
	return []string{p.T("classify.split.timeline.into", "number", p.otherNumber(f.With))}
}

func (p opinionPage) partFacts(f doithoai.Facts) []string {
	list := []string{p.T("classify.split.timeline.of", "number", p.otherNumber(f.With), "date", p.Date(f.Since.Date()))}
	if !f.Due.IsZero() {
		list = append(list, p.T("classify.split.timeline.clock", "due", p.DateShort(f.Due)))
	}
	return list
}
