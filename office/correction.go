package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// partCorrection is the part of an opinion's page where its answer is replaced.
const partCorrection = "#muc-thay-the"

// Turns of the correction of an answer, as the catalogues name them.
const (
	turnSignCorrection = "sign_correction"
	turnSummary        = "correct_summary" // the public one is of an answer that was replaced
)

// correctionForm is another answer in the place of one that went out, with the reason.
type correctionForm struct {
	Version int    `form:"phien-ban"`
	Body    string `form:"tra-loi"`
	Basis   string `form:"can-cu" line:"true"`
	Reason  string `form:"ly-do"`

	With     []string `form:"cung-tra-loi"` // other opinions whose answer is corrected with it
	SetAsked bool     `form:"da-hoi-cung"`  // the officer chose them
	web.PromisedForm
}

func (f correctionForm) answer() doithoai.Answer {
	return doithoai.Answer{Body: f.Body, Basis: f.Basis, Promises: doithoai.PromisesOf(f.Promised()...)}
}

// fields are what the form posts, as its draft keeps it.
func (f correctionForm) fields() map[string][]string {
	fields := answerForm{
		Body: f.Body, Basis: f.Basis, With: f.With, SetAsked: f.SetAsked, PromisedForm: f.PromisedForm,
	}.fields()
	fields["ly-do"] = []string{f.Reason}
	return fields
}

// correctionBackForm sends a correction back with a reason.
type correctionBackForm struct {
	Version int      `form:"phien-ban"`
	Reason  string   `form:"tra-ly-do"`
	With    []string `form:"cung-tra-loi"`
}

// correctionDropForm leaves the answer as it is, with a reason.
type correctionDropForm struct {
	Version int      `form:"phien-ban"`
	Reason  string   `form:"thoi-ly-do"`
	With    []string `form:"cung-tra-loi"`
}

func correctionOf(f *forms) *correctionForm { return &f.Correction }

func correctionBackOf(f *forms) *correctionBackForm { return &f.CorrectionBack }

func correctionDropOf(f *forms) *correctionDropForm { return &f.CorrectionDrop }

func correctionTexts(f forms) []keptText {
	texts := []keptText{
		{"correction.body", f.Correction.Body}, {"opinion.answer.basis", f.Correction.Basis},
		{"correction.reason", f.Correction.Reason},
	}
	return append(texts, promisedTexts(f.Correction.PromisedForm)...)
}

func correctionBackTexts(f forms) []keptText {
	return []keptText{{"opinion.answer.reason", f.CorrectionBack.Reason}}
}

func correctionDropTexts(f forms) []keptText {
	return []keptText{{"correction.why_not", f.CorrectionDrop.Reason}}
}

func (s *site) proposeCorrection(r *web.Request, id doithoai.ID, f correctionForm) error {
	return s.db.ProposeCorrection(
		r.Context(), r.Actor(), id, f.Version, f.answer(), f.Reason, others(f.With)...,
	)
}

func (s *site) withdrawCorrection(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.WithdrawCorrection(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
}

func (s *site) returnCorrection(r *web.Request, id doithoai.ID, f correctionBackForm) error {
	return s.db.ReturnCorrection(r.Context(), r.Actor(), id, f.Version, f.Reason, others(f.With)...)
}

func (s *site) dropCorrection(r *web.Request, id doithoai.ID, f correctionDropForm) error {
	return s.db.DropCorrection(r.Context(), r.Actor(), id, f.Version, f.Reason, others(f.With)...)
}

func (s *site) signCorrection(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.SignCorrection(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
}

func (s *site) dispatchCorrection(r *web.Request, id doithoai.ID, f dispatchForm) error {
	return s.db.DispatchCorrection(
		r.Context(), r.Actor(), id, f.Version, f.number(), web.TypedDate(f.Dated), others(f.With)...,
	)
}

// fillCorrection fills the form of the correction, where it was not typed: with what came back, else with the answer
// that stands, unless the officer has typed something since and not sent it.
func (s *site) fillCorrection(r *web.Request, p *opinionPage) error {
	if p.Forms.typed == doithoai.ActProposeCorrection || !p.replacing() {
		return nil
	}
	p.Forms.Correction = correctionForm{
		Body: p.Submitted.Body, Basis: p.Submitted.Basis, PromisedForm: web.PromisedOf(p.Reader, p.openPromises()),
	}
	if c := p.OpinionFile.Correction; c.InHand() {
		p.Forms.Correction = correctionForm{
			Body: c.Answer.Body, Basis: c.Answer.Basis, Reason: c.Reason, PromisedForm: web.PromisedOf(p.Reader, p.NextPromised),
		}
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftCorrection, string(p.Opinion.ID))
	if err != nil || d.Fields == nil || d.SavedAt.Before(p.last(doithoai.ActProposeCorrection)) {
		return err
	}
	p.Forms.Correction = correctionForm{
		Body: first(d.Fields["tra-loi"]), Basis: first(d.Fields["can-cu"]), Reason: first(d.Fields["ly-do"]),
		With: d.Fields[doithoai.FieldAnswerSet], SetAsked: first(d.Fields[fieldSetAsked]) != "",
		PromisedForm: promisedDraft(d),
	}
	p.CorrectionSaved = d.SavedAt
	return nil
}

// correctable reports whether the opinion's answer went out, so that it may be replaced.
func (p opinionPage) correctable() bool {
	return p.Petition != nil && p.Petition.State == doithoai.PetitionAnswered
}

// correcting reports whether the officer may do an act on the correction of the answer now.
func (p opinionPage) correcting(act doithoai.Act) bool {
	return p.correctable() && p.OpinionFile.Correction.CanMove(act) && p.can(act)
}

// replacing reports whether the form of the correction is shown.
func (p opinionPage) replacing() bool { return p.correcting(doithoai.ActProposeCorrection) }

func (p opinionPage) returningCorrection() bool { return p.correcting(doithoai.ActReturnCorrection) }

func (p opinionPage) droppingCorrection() bool { return p.correcting(doithoai.ActDropCorrection) }

func (p opinionPage) withdrawingCorrection() bool {
	return p.correcting(doithoai.ActWithdrawCorrection)
}

func (p opinionPage) dispatchingCorrection() bool {
	return p.correcting(doithoai.ActDispatchCorrection)
}

// correctionVersion is that of the last correction, 0 where there is none.
func (p opinionPage) correctionVersion() int { return p.OpinionFile.Correction.Version }

// correctionReturnedFor is why the correction came back, while it is back.
func (p opinionPage) correctionReturnedFor() string {
	if p.OpinionFile.Correction.State != doithoai.CorrectionReturned {
		return ""
	}
	return p.textOf(doithoai.ActReturnCorrection)
}

// correctionRows are what a correction rests on, why it is made and who signed it.
func (p opinionPage) correctionRows() []ui.SummaryRow {
	c := p.OpinionFile.Correction
	rows := []ui.SummaryRow{{Key: p.T("correction.reason"), Value: c.Reason}}
	if c.Answer.Basis != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.answer.basis"), Value: c.Answer.Basis})
	}
	rows = append(rows, p.promisedRows(p.NextPromised)...)
	rows = append(rows, ui.SummaryRow{Key: p.T("opinion.drafted_by"), Value: p.person(c.HandedIn.By)})
	if c.Answer.SignedBy != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.answer.signer"), RichValue: p.signatureOf(c.Answer)})
	}
	return rows
}

// replacedRows are what is kept of an answer that was replaced.
func (p opinionPage) replacedRows(a doithoai.ReplacedAnswer) []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Key: p.T("correction.replaced_by"), Value: p.paperOf(a.By)},
		{Key: p.T("correction.reason"), Value: a.Reason},
	}
	if a.Answer.Basis != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.answer.basis"), Value: a.Answer.Basis})
	}
	rows = append(rows,
		ui.SummaryRow{Key: p.T("opinion.answer.signer"), RichValue: p.signatureOf(a.Answer)},
		ui.SummaryRow{Key: p.T("correction.sent"), RichValue: web.Moment(p.Reader, a.SentAt)})
	if a.Rating != nil {
		rows = append(rows, ui.SummaryRow{
			Key: p.T("opinion.rating"), Value: p.rating(a.Rating.Solved, a.Rating.Satisfied),
		})
	}
	return rows
}

// paperOf names the document of an answer.
func (p opinionPage) paperOf(a doithoai.Answer) string {
	return p.T("opinion.answer.document", "number", a.Number, "date", p.Date(a.Dated))
}

// correctingWords say in a list that an answer, or what the public reads of it, is being corrected; "" where nothing
// is.
func correctingWords(r *web.Reader, x doithoai.Correcting) string {
	switch {
	case x.State != "":
		return r.T("correction.state." + string(x.State))
	case x.Summary != "":
		return r.T("correction.summary")
	}
	return ""
}

// correctionTasks are what the correction of answers waits for: the officer's own, and others'; more reports whether
// there may be others.
func (s *site) correctionTasks(r *web.Request, l outlook) (mine, waiting []task, more bool, err error) {
	rows, more, err := s.db.Corrections(r.Context(), r.Actor())
	if err != nil {
		return nil, nil, false, err
	}
	tells := doithoai.MayEver(r.Actor(), doithoai.ActRecordDelivery)
	for _, row := range rows {
		turns := l.turns(row.Opinion, row.Petition, row.Publication, row.Correcting, row.ToTell)
		if len(turns) == 0 || turns[0].act == doithoai.ActRecordDelivery && tells { // then it is among those by hand
			continue
		}
		t := newTask(row, turns[0], l)
		t.Unit, t.Since, t.opinion = leadName(r.Reader, row.Unit, row.Petition), since(row), row.Opinion.ID
		if waitsFor(r.Actor(), turns[0], row.Subject()) {
			mine = append(mine, t)
		} else {
			waiting = append(waiting, t)
		}
	}
	if mine, err = s.sets(r, mine); err == nil {
		waiting, err = s.sets(r, waiting)
	}
	return mine, waiting, more, err
}

// since is when the answer was replaced of which a summary is public, else when the answer went out that is being
// corrected.
func since(row store.Row) calendar.Date {
	switch {
	case row.Correcting.State == "":
		return row.Correcting.Since
	case row.Petition != nil:
		return row.Petition.SentAt().Date()
	}
	return calendar.Date{}
}

// waitsPublicly reports whether what becomes public waits meanwhile: nothing is public yet, or only what is outdated.
func (p opinionPage) waitsPublicly() bool {
	return p.Publish == nil || p.Publish.State != doithoai.PublicationPublished
}

// answerTitle heads the answer that stands: while another one is to replace it, it says so.
func (p opinionPage) answerTitle() string {
	if p.correctable() && p.OpinionFile.Correction.Open() {
		return p.T("correction.stands")
	}
	return p.T("opinion.answer.title")
}

// outdated reports whether the public summary is of an answer that was replaced.
func (p opinionPage) outdated() bool { return p.Publish != nil && p.Publish.Correction > 0 }
