package hall

import (
	"cmp"
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
	same, err := s.same(r, p, f)
	if err != nil {
		return s.again(r, p, f, err)
	}
	if _, err := (doithoai.Opinion{}).Summarise(f.Summary); err != nil {
		return s.again(r, p, f, err)
	}
	got, err := s.db.RecordOpinion(r.Context(), r.Actor(), key, f.slip(p.Dialogue, same))
	if err != nil {
		return s.again(r, p, f, err)
	}
	o := got.Opinions[0]
	s.drop(r, store.DraftOpinion, string(p.Dialogue.ID))
	keepReceipt(r, receipt{o.Number, got.Code})
	s.linkShown(r, p.Dialogue, f, o.ID)
	f.Version = 1 // as it was when the form came first
	done, err := s.further(r, p, o.ID, &f, same, got.Repeated)
	if err != nil {
		return s.refusedAt(r, o.Number, f, doneRecordedOnly, err)
	}
	if done == doneDenounced {
		return s.goOn(r, p, f, done, "")
	}
	return s.goOn(r, p, f, done, o.Number)
}

// further does with an opinion that was just recorded what else its form says, each by an act of its own: it stands
// with the one that says the same, has its summary, and is ruled as typed, else as that one is.
func (s *site) further(
	r *web.Request, p *page, id doithoai.ID, f *form, same *store.OpinionFile, repeated bool,
) (done string, err error) {
	if same != nil {
		if err := s.group(r, id, same.Opinion.ID); err != nil {
			return "", err
		}
		f.Summary = cmp.Or(f.Summary, same.Opinion.Summary)
	}
	if f.Summary != "" {
		err := s.db.SummariseOpinion(r.Context(), r.Actor(), id, f.Version, f.Summary)
		if err != nil && !(repeated && doithoai.KindOf(err) == doithoai.Conflict) {
			return "", err
		}
		f.Version++
	}
	if f.Code == string(doithoai.RulingDenunciation) {
		return doneDenounced, s.apply(r, p, id, *f, nil)
	}
	if f.Code != "" {
		return doneRecordedRuled, s.apply(r, p, id, *f, nil)
	}
	if same != nil {
		ruling, ok := same.AsRuled(p.Today(), p.Rules)
		if ok {
			ruling.Headline, ruling.FieldCode = f.Headline, cmp.Or(f.Field, ruling.FieldCode)
			return doneRecordedRuled, s.give(r, id, f.Version, ruling, nil)
		}
	}
	return doneRecorded, s.headline(r, id, f.Version, repeated, f.Headline)
}

// drop forgets the draft of a form that was sent: what counts is recorded, whatever becomes of the draft.
func (s *site) drop(r *web.Request, form, subject string) {
	if err := s.db.DropDraft(r.Context(), r.Actor(), form, subject); err != nil {
		r.Host.Log.Error("draft of a form that was sent stays", "form", form, "error", err)
	}
}

// headline gives an opinion that was just recorded the headline that was typed. What the form's first submit has given
// already is no conflict.
func (s *site) headline(r *web.Request, id doithoai.ID, version int, repeated bool, headline string) error {
	if headline == "" {
		return nil
	}
	err := s.db.SetHeadline(r.Context(), r.Actor(), id, version, headline)
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
	if err := s.keepRuling(r, p, n, f); err != nil {
		return err
	}
	return r.Redirect(pathOfOpinion(p.Dialogue, n) + doneAt(doneNamed, n))
}

// keepRuling makes a draft of what the form holds of a ruling that was not sent with it.
func (s *site) keepRuling(r *web.Request, p *page, n doithoai.RegisterNumber, f form) error {
	if err := s.open(r.Context(), p, n); err != nil {
		return err
	}
	subject := string(p.Opened.Opinion.ID)
	if maps.EqualFunc(f.draft(), p.Form.draft(), slices.Equal) {
		return s.db.DropDraft(r.Context(), r.Actor(), store.DraftRuling, subject)
	}
	_, err := s.db.SaveDraft(r.Context(), r.Actor(), store.DraftRuling, subject, f.draft())
	return err
}

func (s *site) named(r *web.Request, row store.HallRow, f form) (doithoai.Opinion, error) {
	return s.db.NamePetitioner(r.Context(), r.Actor(), row.Opinion.ID, f.Version, f.Name, doithoai.ID(f.Village))
}

// rule answers POST /hoi-truong/{dialogue}/y-kien/{number}: the ruling on an opinion that was taken down before, and on
// those of the same matter that the form names. Where the form says who raised it, and nobody knew, or sums it up in
// other words, that is done first, by an act of its own; a summary may be all that it says.
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
	summed, err := s.summarise(r, *row, &f)
	if err != nil {
		return s.refusedAt(r, n, f, done, err)
	}
	if summed {
		done = doneSummarised
		if said, err := s.saysNoMore(r, p, *row, f); err != nil || said {
			return err
		}
	}
	others, err := s.others(r, f)
	if err == nil {
		err = s.apply(r, p, row.Opinion.ID, f, others)
	}
	if err != nil {
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

// saysNoMore answers a form that says nothing new beside a summary, and reports whether it did.
func (s *site) saysNoMore(r *web.Request, p *page, row store.HallRow, f form) (bool, error) {
	to := pathOfOpinion(p.Dialogue, row.Opinion.Number) + doneAt(doneSummarised, row.Opinion.Number)
	if f.Code == "" && row.Opinion.Ruling == "" {
		if err := s.keepRuling(r, p, row.Opinion.Number, f); err != nil {
			return false, err
		}
		return true, r.Redirect(to)
	}
	file, err := s.db.OpinionFile(r.Context(), r.Actor(), row.Opinion.ID)
	ruling, own := p.ruling(f)
	if err != nil || len(own) > 0 || !file.RuledAs(ruling) || len(f.Others) > 0 && f.Alike {
		return false, err
	}
	s.drop(r, store.DraftRuling, string(row.Opinion.ID))
	return true, r.Redirect(to)
}

// summarise gives an opinion the summary of the form, where that is another than it has, and reports whether the form
// did so, with this submit or with its first.
func (s *site) summarise(r *web.Request, row store.HallRow, f *form) (bool, error) {
	if f.Summary == row.Opinion.Summary {
		return f.Summary != "" && f.Version+1 == row.Opinion.Version, nil
	}
	if err := s.db.SummariseOpinion(r.Context(), r.Actor(), row.Opinion.ID, f.Version, f.Summary); err != nil {
		return false, err
	}
	f.Version++
	return true, nil
}

// apply rules an opinion as the form says, and others of its matter alike.
func (s *site) apply(r *web.Request, p *page, id doithoai.ID, f form, others []store.Versioned) error {
	ruling, own := p.ruling(f)
	return mend(s.give(r, id, f.Version, ruling, others), own)
}

// give rules an opinion, and others of its matter alike. What is ruled just so already, by the form's first submit, is
// no conflict.
func (s *site) give(
	r *web.Request, id doithoai.ID, version int, ruling doithoai.Ruling, others []store.Versioned,
) error {
	_, err := s.db.RuleAlike(r.Context(), r.Actor(), id, version, ruling, others)
	if kind := doithoai.KindOf(err); kind != doithoai.Conflict && kind != doithoai.NotFound {
		return err
	}
	file, again := s.db.OpinionFile(r.Context(), r.Actor(), id)
	if doithoai.KindOf(again) == doithoai.NotFound && ruling.Code == doithoai.RulingDenunciation {
		return nil
	}
	if again != nil {
		return again
	}
	if !file.RuledAs(ruling) {
		return err
	}
	for _, o := range others { // ForOthers has taken this ruling before
		if same, _ := ruling.ForOthers(); !s.ruledAs(r, o.ID, same) {
			return err
		}
	}
	return nil
}

// ruledAs reports whether an opinion is ruled just so.
func (s *site) ruledAs(r *web.Request, id doithoai.ID, ruling doithoai.Ruling) bool {
	file, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
	return err == nil && file.RuledAs(ruling)
}

// refused shows the form of a refused ruling: what was typed stays, what the opinion is now stands above it, and the
// form carries the new version, so that sending it again is a decision.
func (s *site) refused(r *web.Request, p *page, f form, err error) error {
	switch doithoai.KindOf(err) {
	case doithoai.Invalid:
	case doithoai.Conflict:
		p.Warning = p.T(keyOf(err))
		if keyOf(err) == "error.conflict" && f.Version == p.Opened.Opinion.Version {
			p.Warning = p.T("hall.problem.alike_changed")
		} else if keyOf(err) == "error.conflict" {
			p.Warning = p.T("hall.conflict", "state", p.state(p.Opened.OpinionFile))
		}
	case doithoai.Unavailable:
		p.Warning = p.T(keyOf(err))
	default:
		return err
	}
	f.Version, f.Others = p.Opened.Opinion.Version, othersOf(p.Alike)
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
