package office

import (
	"doithoai"
	"doithoai/web"
)

// answerForm is a unit's draft answer.
type answerForm struct {
	Version int    `form:"phien-ban"`
	Body    string `form:"tra-loi"`
	Basis   string `form:"can-cu" line:"true"`
}

// citations say what is doubtful about the bases that a text names, in a document of today: they warn, and forbid
// nothing.
func citations(r *web.Reader, bases doithoai.LegalBases, named string) []string {
	var list []string
	for _, w := range bases.Cite(r.Today(), bases.NamedIn(named)...) {
		list = append(list, r.T("opinion.answer.citation", "basis", w.Basis.Title(), "fault", web.CitationWords(r, w)))
	}
	return list
}

// reasonForm sends something back with a reason.
type reasonForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do"`
}

// dispatchForm gives a signed answer its number and date.
type dispatchForm struct {
	Version int    `form:"phien-ban"`
	Number  string `form:"so" line:"true"`
	Dated   string `form:"ngay" line:"true" day:"true"`
}

func (s *site) submitAnswer(r *web.Request, id doithoai.ID, f answerForm) error {
	return s.db.SubmitAnswer(r.Context(), r.Actor(), id, f.Version, doithoai.Answer{Body: f.Body, Basis: f.Basis})
}

func (s *site) returnAnswer(r *web.Request, id doithoai.ID, f reasonForm) error {
	return s.db.ReturnAnswer(r.Context(), r.Actor(), id, f.Version, f.Reason)
}

func (s *site) signAnswer(r *web.Request, id doithoai.ID, version int) error {
	return s.db.SignAnswer(r.Context(), r.Actor(), id, version)
}

// dispatchAnswer dispatches the signed answer; a date that is none is asked for again by the rule.
func (s *site) dispatchAnswer(r *web.Request, id doithoai.ID, f dispatchForm) error {
	return s.db.DispatchAnswer(r.Context(), r.Actor(), id, f.Version, f.Number, web.TypedDate(f.Dated))
}

// recordDelivery notes that the office told the person by hand.
func (s *site) recordDelivery(r *web.Request, _ doithoai.ID, version int) error {
	return s.db.RecordDelivery(r.Context(), r.Actor(), doithoai.ID(r.PathValue("delivery")), version)
}
