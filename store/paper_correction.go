package store

import (
	"context"

	"doithoai"
)

// SignCorrectionOnPaper records that a correction that was handed in was signed on paper, as [DB.SignOnPaper] does an
// answer's signature; where the paper bears its number, the correction goes out in the same act as by
// [DB.DispatchCorrection]. One paper is for all that stand in the correction's set: others are those, as the actor saw
// them. Versions are the corrections'. See [doithoai.Correction.SignOnPaper].
func (db *DB) SignCorrectionOnPaper(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, w doithoai.OnPaper, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openCorrections(ctx, actor, doithoai.ActSignCorrectionOnPaper, opinion, version, others)
		if err != nil {
			return err
		}
		officers, err := officersOf(ctx, tx, actor.AuthorityID, w.On)
		if err != nil {
			return err
		}
		was, cases := all[0].Correction.Answer, make([]*caseFile, len(all))
		for i, f := range all {
			if err := f.signOnPaper(ctx, w, officers); err != nil {
				return doithoai.OfMemberAt(i, f.Opinion.Number, err)
			}
			cases[i] = f.caseFile
		}
		if err := submittable(ctx, w.Words, cases); err != nil {
			return err
		}
		w.Number, err = tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentCorrection, w.Number, w.Dated)
		if err != nil {
			return err
		}
		paper, hashes, err := tx.addPaper(ctx, actor, w, was)
		if err != nil {
			return err
		}
		for _, f := range all {
			f.Correction.Answer.Paper, f.facts.Files, f.facts.Together = paper, hashes, together(all)
			if err := f.save(ctx, f.facts, correctionRecord(f.Correction)); err != nil {
				return err
			}
		}
		if !w.Dispatches() {
			return nil
		}
		for i, f := range all {
			if err := f.dispatchSigned(ctx, w, i == 0, together(all)); err != nil {
				return doithoai.OfMemberAt(i, f.Opinion.Number, err)
			}
		}
		return nil
	})
}

// signOnPaper puts the words as signed in the place of the correction that was handed in.
func (f *correctionFile) signOnPaper(ctx context.Context, w doithoai.OnPaper, officers []doithoai.Officer) error {
	stands, err := f.answer(ctx)
	if err != nil {
		return err
	}
	by, err := f.promising(ctx)
	if err != nil {
		return err
	}
	lines, err := promisedIn(ctx, f.tx, f.Petition.ID, f.Correction.Number)
	if err != nil {
		return err
	}
	if by.Today = w.On; !w.On.IsZero() && by.PastDue(lines) {
		return doithoai.Refuse(doithoai.Conflict, "promise.problem.past_signing")
	}
	f.Correction.Answer.Promises = doithoai.PromisesOf(lines...)
	f.Correction, f.facts, err = f.Correction.SignOnPaper(w, stands, f.tx.Now.Date(),
		doithoai.SignersOf(officers, doithoai.ActSignCorrection, f.Subject), by)
	return err
}

// dispatchSigned sends out what was signed in the same act, for who may dispatch it.
func (f *correctionFile) dispatchSigned(ctx context.Context, w doithoai.OnPaper, carries bool, together int) error {
	f.act, f.version = doithoai.ActDispatchCorrection, f.version+1
	if err := f.may(); err != nil {
		return err
	}
	return f.dispatch(ctx, w.Number, w.Dated, carries, together)
}

// TakeBackCorrectionPaper takes back a signature on the paper of a correction that the actor recorded wrongly, for all
// that stand in the correction's set: others are those, as the actor saw them. The correction waits for its signature
// as it was handed in; what the scan held goes. Versions are the corrections'. See [doithoai.Correction.TakeBackPaper].
func (db *DB) TakeBackCorrectionPaper(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openCorrections(ctx, actor, doithoai.ActTakeBackCorrectionPaper, opinion, version, others)
		if err != nil {
			return err
		}
		for i, f := range all {
			s, err := signatureOnPaper(ctx, tx, f.Correction.Answer)
			if err != nil {
				return err
			}
			next, facts, err := f.Correction.TakeBackPaper(s, actor.ID, tx.Now.Date())
			if err != nil {
				return doithoai.OfMemberAt(i, f.Opinion.Number, err)
			}
			f.Correction, facts.Together = next, together(all)
			if err := f.save(ctx, facts, ""); err != nil {
				return err
			}
			if err := tx.dropPaper(ctx, actor, s); err != nil {
				return err
			}
		}
		return nil
	})
}
