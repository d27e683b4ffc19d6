package office

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
)

// answerForm is a unit's draft answer.
type answerForm struct {
	Version int    `form:"phien-ban"`
	Body    string `form:"tra-loi"`
	Basis   string `form:"can-cu" line:"true"`
	Asked   string `form:"da-hoi" line:"true"` // the empty phrases of which the officer was asked already

	With     []string `form:"cung-tra-loi"` // other opinions to which the answer goes
	SetAsked bool     `form:"da-hoi-cung"`  // the officer chose them
	web.PromisedForm
}

func (f answerForm) answer() doithoai.Answer {
	return doithoai.Answer{Body: f.Body, Basis: f.Basis, Promises: doithoai.PromisesOf(f.Promised()...)}
}

// asked reports whether the officer was asked already of all these phrases.
func (f answerForm) asked(phrases []doithoai.Phrase) bool {
	asked := strings.Split(f.Asked, phraseSign)
	return !slices.ContainsFunc(phrases, func(p doithoai.Phrase) bool { return !slices.Contains(asked, p.Text) })
}

// citations say what is doubtful about the bases that an answer of today rests on or names: they warn, and forbid
// nothing.
func citations(r *web.Reader, bases doithoai.LegalBases, a doithoai.Answer) []string {
	return web.Doubtful(r, bases, r.Today(), a.Basis+"\n"+a.Body)
}

// doubtful is what the clerk sees of that who gives an answer its number and day, as they were typed.
func (p opinionPage) doubtful(a doithoai.Answer) docfile.Doubtful {
	on := web.TypedDate(p.Forms.Dispatch.Dated)
	if !on.Valid() {
		on = p.Today()
	}
	return docfile.Doubtful{Reader: p.Reader, On: on, List: web.Doubtful(p.Reader, p.Bases, on, a.Basis+"\n"+a.Body)}
}

// reasonForm sends something back with a reason.
type reasonForm struct {
	Version int      `form:"phien-ban"`
	Reason  string   `form:"ly-do"`
	With    []string `form:"cung-tra-loi"`
}

// dispatchForm gives a signed answer its number and date. The symbol follows the number where that has none of its own.
type dispatchForm struct {
	Version int      `form:"phien-ban"`
	Number  string   `form:"so" line:"true"`
	Symbol  string   `form:"ky-hieu" line:"true"`
	Dated   string   `form:"ngay" line:"true" day:"true"`
	With    []string `form:"cung-tra-loi"`
}

// number is that of the document: "214/UBND-VP".
func (f dispatchForm) number() string {
	if f.Number == "" || f.Symbol == "" || strings.Contains(f.Number, "/") {
		return f.Number
	}
	return f.Number + "/" + f.Symbol
}

// submitAnswer hands the draft to the chair. Of each empty phrase in it the officer is asked once: the draft is kept,
// and its page asks before it takes the phrase.
func (s *site) submitAnswer(r *web.Request, a pageAct) error {
	typed := forms{typed: a.act}
	f := &typed.Answer
	if err := r.Form(f); err != nil {
		return err
	}
	f.Compact()
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if !f.asked(f.answer().EmptyIn(emptyPhrases())) {
		if questioned, err := s.question(r, id, *f); questioned || err != nil {
			return err
		}
	}
	return s.run(r, typed, a, func(id doithoai.ID) error {
		return s.db.SubmitAnswer(r.Context(), r.Actor(), id, f.Version, f.answer(), others(f.With)...)
	})
}

// question keeps the draft and goes back to its page, which asks of the empty phrases in it. Of a draft that the page
// does not show, or that is too long to keep, nothing is asked: the act refuses it.
func (s *site) question(r *web.Request, id doithoai.ID, f answerForm) (questioned bool, err error) {
	p, err := s.load(r, id, forms{})
	if err != nil {
		return false, err
	}
	if !p.drafting() || p.Petition.Version != f.Version {
		return false, nil
	}
	_, err = s.db.SaveDraft(r.Context(), r.Actor(), store.DraftAnswer, string(id), f.fields())
	if doithoai.KindOf(err) == doithoai.Invalid {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, r.Redirect(p.path("?soat" + partAnswer))
}

func (s *site) returnAnswer(r *web.Request, id doithoai.ID, f reasonForm) error {
	return s.db.ReturnAnswer(r.Context(), r.Actor(), id, f.Version, f.Reason, others(f.With)...)
}

func (s *site) signAnswer(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.SignAnswer(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
}

// dispatchAnswer dispatches the signed answer; a date that is none is asked for again by the rule.
func (s *site) dispatchAnswer(r *web.Request, id doithoai.ID, f dispatchForm) error {
	return s.db.DispatchAnswer(
		r.Context(), r.Actor(), id, f.Version, f.number(), web.TypedDate(f.Dated), others(f.With)...,
	)
}
