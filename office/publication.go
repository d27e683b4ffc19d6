package office

import (
	"net/http"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// summaryForm is the public summary as it was typed. Version is 0 before the first proposal.
type summaryForm struct {
	Version  int    `form:"phien-ban"`
	Title    string `form:"tieu-de" line:"true"`
	Question string `form:"cau-hoi"`
	Answer   string `form:"tom-tat"`
	Why      string `form:"vi-sao"` // it is corrected
}

// summaryLabels are the labels of its fields.
var summaryLabels = map[string]string{
	"tieu-de": "opinion.publication.title_field", "cau-hoi": "opinion.publication.question",
	"tom-tat": "opinion.publication.answer", doithoai.FieldWhy: "opinion.publication.why",
}

func (f summaryForm) publication() doithoai.Publication {
	return doithoai.Publication{Title: f.Title, Question: f.Question, Answer: f.Answer, Why: f.Why}
}

func summaryOfDraft(d store.Draft) summaryForm {
	return summaryForm{
		Title: first(d.Fields["tieu-de"]), Question: first(d.Fields["cau-hoi"]), Answer: first(d.Fields["tom-tat"]),
		Why: first(d.Fields[doithoai.FieldWhy]),
	}
}

// storedSummary is the summary as it stands, or what a first proposal begins with: the words of the question and of the
// answer, from which the officer takes the names.
func (p opinionPage) storedSummary() summaryForm {
	if p.Publish != nil {
		f := summaryForm{
			Title: p.Publish.Title, Question: p.Publish.Question, Answer: p.Publish.Answer, Why: p.Publish.Why,
		}
		if p.outdated() && f.Why == "" && p.Replaces() != nil {
			f.Why = p.Replaces().Reason
		}
		return f
	}
	f := summaryForm{
		Title:    text.Headline(p.Opinion.Headline, p.Opinion.Content),
		Question: p.Opinion.Content,
		Answer:   p.Answer.Body,
	}
	if p.Petition == nil || p.Petition.State != doithoai.PetitionAnswered {
		f.Answer = p.RulingText
	}
	return f
}

// unpublished is the summary that this officer proposes, or that waits for approval where they may settle it or
// proposed it.
func (p opinionPage) unpublished() (doithoai.Publication, bool) {
	switch {
	case p.proposing():
		shown := p.Forms.Summary.publication()
		if p.outdated() {
			shown.Correction = p.Publish.Correction
		}
		return shown, true
	case p.Publish == nil || p.Publish.State != doithoai.PublicationProposed:
		return doithoai.Publication{}, false
	}
	return *p.Publish, p.can(doithoai.ActProposePublication) || p.can(doithoai.ActReturnPublication)
}

// summaryVersion is the version of the publication that a proposal replaces; for the first one the number of answers
// that were replaced.
func (p opinionPage) summaryVersion() int {
	if p.Publish == nil {
		return p.Before()
	}
	return p.Publish.Version
}

func (s *site) proposePublication(r *web.Request, id doithoai.ID, f summaryForm) error {
	return s.db.ProposePublication(r.Context(), r.Actor(), id, f.Version, f.publication())
}

// draftPreview keeps what was typed as a draft and shows it as the public would see it. Of an opinion that the officer
// may not see nothing is kept.
func (s *site) draftPreview(r *web.Request) error {
	var f summaryForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if _, err := s.db.OpinionFile(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	fields := map[string][]string{"tieu-de": {f.Title}, "cau-hoi": {f.Question}, "tom-tat": {f.Answer},
		doithoai.FieldWhy: {f.Why}}
	if _, err := s.db.SaveDraft(r.Context(), r.Actor(), store.DraftPublication, string(id), fields); err != nil {
		return s.giveBack(r, id, forms{Summary: f, typed: doithoai.ActProposePublication}, err)
	}
	return r.Redirect(web.OpinionPath(web.NumberOf(r)) + pagePreview)
}

// previewPage shows a summary as the public would see it: the officer's draft, or the proposal that waits for approval.
type previewPage struct {
	opinionPage
	Shown    doithoai.Publication
	Approves bool // the officer may approve it
	Returns  bool // the officer may send it back
	Proposes bool // it is the officer's draft
}

func (s *site) preview(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	s.markRead(r, p)
	if p.Done, err = s.done(r, &p); err != nil {
		return err
	}
	return s.showPreview(r, p, http.StatusOK)
}

// showPreview shows what there is to preview; without anything there is no such page.
func (s *site) showPreview(r *web.Request, p opinionPage, status int) error {
	v := previewPage{opinionPage: p}
	switch {
	case p.Publish != nil && !p.Publish.InHand():
		v.Shown = *p.Publish
		if p.Publish.State == doithoai.PublicationProposed {
			v.Approves = p.can(doithoai.ActApprovePublication) && !p.OpinionFile.Correction.Open()
			v.Returns = p.can(doithoai.ActReturnPublication)
		}
	case p.proposing():
		v.Shown, v.Proposes = p.Forms.Summary.publication(), true
	default:
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return r.Page(status, v.view())
}

func (s *site) approvePublication(r *web.Request, id doithoai.ID, version int) error {
	return s.db.ApprovePublication(r.Context(), r.Actor(), id, version)
}

// returnPublication sends a proposed summary back. A refusal for want of a reason comes back to the preview.
func (s *site) returnPublication(r *web.Request, a pageAct) error {
	var f reasonForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	err = s.db.ReturnPublication(r.Context(), r.Actor(), id, f.Version, f.Reason)
	if err == nil {
		return s.goOn(r, a)
	}
	typed := forms{Return: f, typed: doithoai.ActReturnPublication}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return s.giveBack(r, id, typed, err)
	}
	p, loadErr := s.load(r, id, typed)
	if loadErr != nil {
		return loadErr
	}
	p.Problems = r.Problems(err)
	return s.showPreview(r, p, web.StatusOf(err))
}
