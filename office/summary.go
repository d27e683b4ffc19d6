package office

import (
	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// neutralForm is what the opinion says in neutral words; empty: there are none.
type neutralForm struct {
	Version int    `form:"phien-ban"`
	Summary string `form:"trung-lap"`
}

// neutral reports whether the form of the neutral summary is shown.
func (p opinionPage) neutral() bool { return p.can(doithoai.ActSummariseOpinion) }

func (s *site) summarise(r *web.Request, id doithoai.ID, f neutralForm) error {
	return s.db.SummariseOpinion(r.Context(), r.Actor(), id, f.Version, f.Summary)
}

func neutralOf(f *forms) *neutralForm { return &f.Neutral }

func neutralTexts(f forms) []keptText {
	return []keptText{{"opinion.neutral.title", f.Neutral.Summary}}
}

func (p opinionPage) neutralField() ui.Textarea {
	return ui.Textarea{
		Field: web.Field(
			p.Reader, p.Problems, doithoai.FieldSummary, p.T("opinion.neutral.title"), p.T("opinion.neutral.hint"),
		),
		Value: p.Forms.Neutral.Summary, Rows: 4, Autocomplete: "off",
	}
}
