package office

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// citeForm is what is chosen beside the draft of an answer: a basis by its name, with article and clause.
type citeForm struct {
	Key     string `form:"can-cu-chon" line:"true"`
	Article string `form:"can-cu-dieu" line:"true"`
	Clause  string `form:"can-cu-khoan" line:"true"`
}

// draftingForm is the form of the draft with what is chosen beside it.
type draftingForm struct {
	answerForm
	citeForm
}

// citeBasis adds a basis to those of the draft, which is kept, and goes back to it.
func (s *site) citeBasis(r *web.Request) error {
	return s.helpDraft(r, func(p opinionPage, f *draftingForm) error {
		var c doithoai.Citation
		c.Article, c.Clause = f.Article, f.Clause
		for _, l := range p.Bases {
			if l.Key == f.Key && l.InForce(r.Today()) {
				c.Basis = l
			}
		}
		if err := doithoai.RefuseForm(c.Problems()); err != nil {
			return err
		}
		f.Basis = c.Cited(f.Basis)
		return nil
	})
}

// insertAnswer puts the words of an earlier answer at the end of the draft, which is kept, and goes back to it.
func (s *site) insertAnswer(r *web.Request) error {
	return s.helpDraft(r, func(p opinionPage, f *draftingForm) error {
		typed, _ := text.RegisterNumber(r.PathValue("from"))
		a, err := s.db.AlikeAnswer(r.Context(), r.Actor(), p.Opinion.ID, doithoai.RegisterNumber(typed))
		if err != nil {
			return err
		}
		f.Body = strings.TrimLeft(strings.TrimRight(f.Body, "\n ")+"\n\n"+a.Answer.Body, "\n ")
		return nil
	})
}

// helpDraft changes the draft of an answer as typed, keeps it, and goes back to its page. What can't be done gives the
// page back with everything typed.
func (s *site) helpDraft(r *web.Request, change func(opinionPage, *draftingForm) error) error {
	var f draftingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	typed := forms{typed: doithoai.ActSubmitAnswer, Answer: f.answerForm, Cite: f.citeForm}
	p, err := s.load(r, id, typed)
	if err != nil {
		return err
	}
	if err := doithoai.Can(r.Actor(), doithoai.ActSubmitAnswer, p.Subject); err != nil {
		return err
	}
	if !p.drafting() || p.Petition.Version != f.Version {
		return s.giveBack(r, id, typed, doithoai.Refuse(doithoai.Conflict, "error.conflict"))
	}
	if err := change(p, &f); err != nil {
		return s.giveBack(r, id, typed, err)
	}
	if _, err := s.db.SaveDraft(r.Context(), r.Actor(), store.DraftAnswer, string(id), f.fields()); err != nil {
		return s.giveBack(r, id, typed, err)
	}
	return r.Redirect(p.path(partAnswer))
}

// fields are those of the form that a draft keeps.
func (f answerForm) fields() map[string][]string {
	fields := map[string][]string{"tra-loi": {f.Body}, "can-cu": {f.Basis}}
	f.Into(fields)
	if f.SetAsked {
		fields[doithoai.FieldAnswerSet], fields[fieldSetAsked] = f.With, []string{"1"}
	}
	return fields
}

// basisOptions are the bases in force by their names and numbers.
func (p opinionPage) basisOptions() []ui.Option {
	options := []ui.Option{{Text: p.T("citation.choose")}}
	for _, l := range web.ByTitle(p.Bases) {
		if l.InForce(p.Today()) {
			words := l.Title()
			if !strings.Contains(words, l.Abstract) && l.Abstract != "" {
				words += ", " + text.Brief(l.Abstract, maxAbstract)
			}
			options = append(options, ui.Option{Value: l.Key, Text: words})
		}
	}
	return options
}

// maxAbstract is how much of what a basis is about stands beside its number, in characters.
const maxAbstract = 60

// opening is how an earlier answer begins: behind whom it is addressed to.
func opening(body string) string {
	all := slices.DeleteFunc(lines(body), func(l string) bool { return strings.HasPrefix(l, "Kính gửi") })
	const most = 160
	return text.Brief(strings.Join(all, " "), most)
}
