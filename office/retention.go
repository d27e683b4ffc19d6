package office

import (
	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// eraseForm ends what is known of who raised the opinion, because they ask.
type eraseForm struct {
	Much   doithoai.Erasure `form:"xoa-gi" line:"true"`
	Reason string           `form:"xoa-ly-do"`
}

func eraseOf(f *forms) *eraseForm { return &f.Erase }

func eraseTexts(f forms) []keptText { return []keptText{{"retention.reason", f.Erase.Reason}} }

func (s *site) erase(r *web.Request, id doithoai.ID, f eraseForm) error {
	return s.db.ErasePersonalData(r.Context(), r.Actor(), id, f.Much, f.Reason)
}

// erasing reports whether the form is shown by which data are erased on request: something is left, and the matter is
// over.
func (p opinionPage) erasing() bool {
	much, _ := doithoai.ErasedBy(p.Events)
	return p.can(doithoai.ActErasePersonalData) && much != doithoai.ErasureAll && p.Opinion.JoinedTo == "" &&
		doithoai.StageOf(p.Opinion.Ruling, p.state(), p.Publication).Over()
}

// state is that of the petition; empty where there is none.
func (p opinionPage) state() doithoai.PetitionState {
	if p.Petition == nil {
		return ""
	}
	return p.Petition.State
}

// erasures are how much can still be erased.
func (p opinionPage) erasures() []ui.Choice {
	had, _ := doithoai.ErasedBy(p.Events)
	var list []ui.Choice
	for _, e := range doithoai.Erasures {
		if had == "" || e == doithoai.ErasureAll {
			list = append(list, ui.Choice{Value: string(e), Text: p.T("retention.much." + string(e))})
		}
	}
	return list
}

// erased says what was erased, and when; "" where nothing was.
func (p opinionPage) erased() string {
	much, at := doithoai.ErasedBy(p.Events)
	if much == "" {
		return ""
	}
	return p.T("retention.done."+string(much), "date", p.Date(at.Date()))
}

func (p opinionPage) eraseFacts(f doithoai.Facts) []string {
	return []string{p.T("retention.much." + string(f.Erased))}
}

// titleOf is what lists and headings call an opinion; where nothing is left of it, that it was erased.
func titleOf(r *web.Reader, title string) string {
	if title == "" {
		return r.T("retention.title")
	}
	return title
}

func rowTitle(r *web.Reader, row store.Row) string { return titleOf(r, row.Title()) }
