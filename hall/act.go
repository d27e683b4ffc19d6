package hall

import (
	"errors"
	"maps"
	"net/url"
	"slices"

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
	s.drop(r, store.DraftOpinion, string(p.Dialogue.ID))
	keepReceipt(r, receipt{o.Number, got.Code})
	if f.Code == "" {
		if err := s.headline(r, o.ID, got.Repeated, f.Headline); err != nil {
			return s.refusedAt(r, o.Number, f, doneRecordedOnly, err)
		}
		return s.goOn(r, p, f, doneRecorded, o.Number)
	}
	f.Version = o.Version
	if got.Repeated {
		f.Version = 1 // as it was when the form came first
	}
	if err := s.apply(r, p, o.ID, f); err != nil {
		return s.refusedAt(r, o.Number, f, doneRecordedOnly, err)
	}
	if f.Code == string(doithoai.RulingDenunciation) {
		return s.goOn(r, p, f, doneDenounced, "")
	}
	return s.goOn(r, p, f, doneRecordedRuled, o.Number)
}

// drop forgets the draft of a form that was sent: what counts is recorded, whatever becomes of the draft.
func (s *site) drop(r *web.Request, form, subject string) {
	if err := s.db.DropDraft(r.Context(), r.Actor(), form, subject); err != nil {
		r.Host.Log.Error("draft of a form that was sent stays", "form", form, "error", err)
	}
}

// headline gives an opinion that was just recorded the headline that was typed. What the form's first submit has given
// already is no conflict.
func (s *site) headline(r *web.Request, id doithoai.ID, repeated bool, headline string) error {
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

// refusedAt shows the form of a refused ruling, or of a refused name, on an opinion. done says which act of the same
// form was done all the same.
func (s *site) refusedAt(r *web.Request, n doithoai.RegisterNumber, f form, done string, cause error) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	if err := s.open(r.Context(), p, n); err != nil {
		return err
	}
	p.say(r, done, string(n))
	return s.refused(r, p, f, cause)
}

// posted reads the form on an opinion that was taken down before; row is nil where it has left the list.
func (s *site) posted(r *web.Request) (p *page, row *store.HallRow, f form, err error) {
	if p, err = s.load(r); err != nil {
		return nil, nil, f, err
	}
	if err = r.Form(&f); err != nil {
		return nil, nil, f, err
	}
	if found, ok := p.row(web.NumberOf(r)); ok {
		row = &found
	}
	return p, row, f, nil
}

// name answers POST /hoi-truong/{dialogue}/y-kien/{number}/ho-ten: who raised an opinion that was taken down without a
// name. What the form holds of a ruling becomes a draft.
func (s *site) name(r *web.Request) error {
	p, row, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if row == nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	n := row.Opinion.Number
	if row.Name == "" || row.Name != f.Name { // else this is the second click
		if _, err := s.named(r, *row, f); err != nil {
			return s.refusedAt(r, n, f, "", err)
		}
	}
	if err := s.open(r.Context(), p, n); err != nil {
		return err
	}
	if !maps.EqualFunc(f.draft(), p.Form.draft(), slices.Equal) {
		_, err := s.db.SaveDraft(r.Context(), r.Actor(), store.DraftRuling, string(row.Opinion.ID), f.draft())
		if err != nil {
			return err
		}
	}
	return r.Redirect(pathOfOpinion(p.Dialogue, n) + doneAt(doneNamed, n))
}

func (s *site) named(r *web.Request, row store.HallRow, f form) (doithoai.Opinion, error) {
	return s.db.NamePetitioner(r.Context(), r.Actor(), row.Opinion.ID, f.Version, f.Name, doithoai.ID(f.Village))
}

// rule answers POST /hoi-truong/{dialogue}/y-kien/{number}: the ruling on an opinion that was taken down before. Where
// the form says who raised it, and nobody knew, that is said first, by an act of its own.
func (s *site) rule(r *web.Request) error {
	p, row, f, err := s.posted(r)
	if err != nil {
		return err
	}
	// The second click: the opinion has left the list with the first.
	if row == nil && f.Code == string(doithoai.RulingDenunciation) && f.HandedOver {
		return r.Redirect(pathOf(p.Dialogue))
	}
	if row == nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	n, done := row.Opinion.Number, ""
	if row.Name == "" && f.Name != "" {
		o, err := s.named(r, *row, f)
		if err != nil {
			return s.refusedAt(r, n, f, "", err)
		}
		f.Version, done = o.Version, doneNamed
	}
	if err := s.apply(r, p, row.Opinion.ID, f); err != nil {
		return s.refusedAt(r, n, f, done, err)
	}
	s.drop(r, store.DraftRuling, string(row.Opinion.ID))
	did, of := doneRuled, n
	if f.Code == string(doithoai.RulingDenunciation) {
		did, of = doneDenounced, ""
	}
	if next, ok := p.next(n); ok && f.Then == thenUnruled {
		return r.Redirect(pathOfOpinion(p.Dialogue, next) + doneAt(did, of))
	}
	return s.goOn(r, p, f, did, of)
}

// apply rules an opinion as the form says. What is ruled just so already, by the form's first submit, is no conflict.
func (s *site) apply(r *web.Request, p *page, id doithoai.ID, f form) error {
	ruling, own := f.ruling(p.leads(), p.people())
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
	if file.RuledAs(ruling) {
		return nil
	}
	return err
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

// goOn leads on after an act, which the next page names with the row.
func (s *site) goOn(r *web.Request, p *page, f form, done string, n doithoai.RegisterNumber) error {
	to, err := s.onward(r, p.Dialogue, f)
	if err != nil {
		return err
	}
	return r.Redirect(to + doneAt(done, n))
}

// doneAt is what an address says of the act that led to it.
func doneAt(done string, n doithoai.RegisterNumber) string {
	q := url.Values{"xong": {done}}
	if n != "" {
		q.Set("so", string(n))
	}
	return "?" + q.Encode()
}

// keyOf is the sentence of a refusal.
func keyOf(err error) string {
	var e *doithoai.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Key
}
