package hall

import (
	"errors"
	"net/url"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// record answers POST /hoi-truong/{dialogue}: it takes an opinion down and, where a ruling was chosen, rules it.
//
// The two are two acts. Once the opinion is recorded it stays so, whatever becomes of the ruling.
func (s *site) record(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	f := form{}
	if err := r.Form(&f); err != nil {
		return err
	}
	key, err := f.intakeKey()
	if err != nil {
		return err
	}
	got, err := s.db.RecordOpinion(r.Context(), r.Actor(), key, f.slip(p.Dialogue))
	if err != nil {
		return s.again(r, p, f, err)
	}
	o := got.Opinions[0]
	if err := s.db.DropDraft(r.Context(), r.Actor(), store.DraftOpinion, string(p.Dialogue.ID)); err != nil {
		r.Host.Log.Error("draft of a recorded opinion stays", "error", err) // what counts is recorded
	}
	rc := receipt{o.Number, got.Code}
	rc.keep(r)
	if f.Code == "" {
		if err := s.name(r, o.ID, got.Repeated, f.Headline); err != nil {
			return s.recordedOnly(r, o.Number, f, rc, err)
		}
		return r.Redirect(backTo(p.Dialogue, doneRecorded, o.Number))
	}
	f.Version = o.Version
	if got.Repeated {
		f.Version = 1 // as it was when the form came first
	}
	if err := s.apply(r, p, o.ID, f); err != nil {
		return s.recordedOnly(r, o.Number, f, rc, err)
	}
	if f.Code == string(doithoai.RulingDenunciation) {
		return r.Redirect(backTo(p.Dialogue, doneDenounced, ""))
	}
	return r.Redirect(backTo(p.Dialogue, doneRuled, o.Number))
}

// name gives an opinion that was just recorded the headline that was typed. What the form's first submit has named
// already is no conflict.
func (s *site) name(r *web.Request, id doithoai.ID, repeated bool, headline string) error {
	if headline == "" {
		return nil
	}
	err := s.db.SetHeadline(r.Context(), r.Actor(), id, 1, headline)
	if repeated && doithoai.KindOf(err) == doithoai.Conflict {
		return nil
	}
	return err
}

// again shows a refused new opinion with everything that was typed. A form that was sent before with other words gets a
// key of its own: sent once more, it is another opinion.
func (s *site) again(r *web.Request, p *page, f form, err error) error {
	switch doithoai.KindOf(err) {
	case doithoai.Invalid:
	case doithoai.Conflict:
		f.Key = newForm().Key
		p.Warning = p.T(keyOf(err))
	case doithoai.Unavailable:
		p.Warning = p.T(keyOf(err))
	default:
		return err
	}
	p.Form, p.Problems = f, p.Reader.Problems(err)
	return r.Page(web.StatusOf(err), p.view())
}

// recordedOnly shows an opinion that was recorded but not ruled, as the ruling was refused: its number, then the form.
func (s *site) recordedOnly(r *web.Request, n doithoai.RegisterNumber, f form, rc receipt, cause error) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	if err := s.open(r.Context(), p, n); err != nil {
		return err
	}
	p.Receipt = &rc
	p.Notice = p.T("hall.done.recorded_only", "number", n)
	return s.refused(r, p, f, cause)
}

// rule answers POST /hoi-truong/{dialogue}/y-kien/{number}: the ruling on an opinion that was taken down before.
func (s *site) rule(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	f := form{}
	if err := r.Form(&f); err != nil {
		return err
	}
	n := web.NumberOf(r)
	row, ok := p.row(n)
	// The second click: the opinion has left the list with the first.
	if !ok && f.Code == string(doithoai.RulingDenunciation) && f.HandedOver {
		return r.Redirect(pathOf(p.Dialogue))
	}
	if !ok {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err := s.apply(r, p, row.Opinion.ID, f); err != nil {
		if err := s.open(r.Context(), p, n); err != nil {
			return err
		}
		return s.refused(r, p, f, err)
	}
	to := backTo(p.Dialogue, doneRuled, n)
	if f.Code == string(doithoai.RulingDenunciation) {
		to = backTo(p.Dialogue, doneDenounced, "")
	}
	if next, ok := p.next(n); ok && f.Then == thenUnruled {
		to = pathOfOpinion(p.Dialogue, next) + to[len(pathOf(p.Dialogue)):]
	}
	return r.Redirect(to)
}

// apply rules an opinion as the form says. What is ruled just so already, by the form's first submit, is no conflict.
func (s *site) apply(r *web.Request, p *page, id doithoai.ID, f form) error {
	ruling, own := f.ruling(p.leads(), p.Rules, p.Today())
	_, err := s.db.RuleOpinion(r.Context(), r.Actor(), id, f.Version, ruling)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid:
		return mend(err, own)
	case doithoai.Conflict, doithoai.NotFound:
	default:
		return err
	}
	file, again := s.db.OpinionFile(r.Context(), r.Actor(), id)
	if doithoai.KindOf(again) == doithoai.NotFound && ruling.Code == doithoai.RulingDenunciation {
		return nil
	}
	if again != nil {
		return again
	}
	if sameRuling(file, ruling.Asked()) {
		return nil
	}
	return err
}

// sameRuling reports whether an opinion is ruled just as asked.
func sameRuling(file store.OpinionFile, r doithoai.Ruling) bool {
	o := file.Opinion
	if o.Ruling != r.Code || o.OutOfScope != r.OutOfScope || file.RulingText != r.Text || file.AnsweredBy != r.AnsweredBy {
		return false
	}
	if r.Headline != "" && o.Headline != r.Headline {
		return false
	}
	if file.Petition == nil {
		return r.LeadUnitID == "" && !r.ByChair
	}
	return file.Petition.LeadUnitID == r.LeadUnitID && file.Petition.Due == r.Due
}

// refused shows the form of a refused ruling: what was typed stays, what the opinion is now stands above it, and the
// form carries the new version, so that sending it again is a decision.
func (s *site) refused(r *web.Request, p *page, f form, err error) error {
	switch doithoai.KindOf(err) {
	case doithoai.Invalid:
	case doithoai.Conflict:
		p.Warning = p.T(keyOf(err))
		if keyOf(err) == "error.conflict" {
			p.Warning = p.T("hall.conflict", "state", p.state(p.Opened.OpinionFile))
		}
	case doithoai.Unavailable:
		p.Warning = p.T(keyOf(err))
	default:
		return err
	}
	f.Version = p.Opened.Opinion.Version
	p.Form, p.Problems = f, p.Reader.Problems(err)
	return r.Page(web.StatusOf(err), p.view())
}

// backTo is the console after an act, which it names with the row.
func backTo(d doithoai.Dialogue, done string, n doithoai.RegisterNumber) string {
	q := url.Values{"xong": {done}}
	if n != "" {
		q.Set("so", string(n))
	}
	return pathOf(d) + "?" + q.Encode()
}

// keyOf is the sentence of a refusal.
func keyOf(err error) string {
	var e *doithoai.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Key
}
