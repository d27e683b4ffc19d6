package store

import (
	"context"

	"doithoai"
)

// move runs one act of the petition's state machine: load, Can, the rule, the update by version. change writes what else
// the act changes and returns the event's text.
func (db *DB) move(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
	change func(*Tx, doithoai.Opinion, doithoai.Petition, *doithoai.Facts) (string, error)) error {
	return db.act(ctx, func(tx *Tx) error {
		o, p, err := tx.loadOpinion(ctx, actor, act, opinion)
		if err != nil {
			return err
		}
		if p == nil {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		next, facts, err := p.Move(act)
		if err != nil {
			return err
		}
		said, err := change(tx, o, *p, &facts)
		if err != nil {
			return err
		}
		answered := p.AnsweredAt
		if next.State == doithoai.PetitionAnswered {
			answered = tx.Now
		}
		if err := tx.execOne(ctx, `UPDATE petition SET state = $1, answered_at = $2, version = version + 1 WHERE id = $3 AND version = $4`,
			string(next.State), answered, p.ID, version); err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, act, facts, said)
		return nil
	})
}

// SubmitAnswer sends the unit's answer to the chair for signing. version is the petition's.
func (db *DB) SubmitAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, a doithoai.Answer) error {
	return db.move(ctx, actor, doithoai.ActSubmitAnswer, opinion, version, func(tx *Tx, o doithoai.Opinion, p doithoai.Petition, _ *doithoai.Facts) (string, error) {
		if err := doithoai.RefuseForm(a.SubmitProblems()); err != nil {
			return "", err
		}
		if err := tx.exec(ctx, `INSERT INTO answer (petition_id, authority_id, body, basis, number, signed_by, signed_for) VALUES ($1, $4, $2, $3, '', '', '')
			ON CONFLICT (petition_id) DO UPDATE SET body = excluded.body, basis = excluded.basis`, p.ID, a.Body, a.Basis, o.AuthorityID); err != nil {
			return "", err
		}
		return answerRecord(a), tx.exec(ctx, `DELETE FROM draft WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, DraftAnswer, string(o.ID))
	})
}

// answerRecord is the text of an answer in its event.
func answerRecord(a doithoai.Answer) string {
	if a.Basis == "" {
		return a.Body
	}
	return a.Body + "\n\n" + a.Basis
}

// ReturnAnswer sends a submitted answer back to the unit, with the reason.
func (db *DB) ReturnAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string) error {
	return db.move(ctx, actor, doithoai.ActReturnAnswer, opinion, version, func(*Tx, doithoai.Opinion, doithoai.Petition, *doithoai.Facts) (string, error) {
		if reason == "" {
			return "", doithoai.RefuseForm([]doithoai.Problem{{Field: "ly-do", Key: "answer.problem.reason"}})
		}
		return reason, nil
	})
}

// SignAnswer is the chair's signature on a submitted answer. post stands with the name under it.
func (db *DB) SignAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, post string) error {
	return db.move(ctx, actor, doithoai.ActSignAnswer, opinion, version, func(tx *Tx, _ doithoai.Opinion, p doithoai.Petition, _ *doithoai.Facts) (string, error) {
		signer := actor.Name
		if post != "" {
			signer += ", " + post
		}
		return "", tx.execOne(ctx, `UPDATE answer SET signed_by = $1, signed_for = $2, signed_at = $3 WHERE petition_id = $4`, signer, tx.acting.seat.SignedFor(), tx.Now, p.ID)
	})
}

// DispatchAnswer gives a signed answer its number and date and sends it out by the ways that the person chose.
func (db *DB) DispatchAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, number string, dated doithoai.Date) error {
	return db.move(ctx, actor, doithoai.ActDispatchAnswer, opinion, version, func(tx *Tx, o doithoai.Opinion, p doithoai.Petition, f *doithoai.Facts) (string, error) {
		a, err := one(ctx, tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, p.ID)
		if err != nil {
			return "", err
		}
		a.Number, a.Dated = number, dated
		if err := doithoai.RefuseForm(a.DispatchProblems(tx.Now.Date())); err != nil {
			return "", err
		}
		f.Number, f.Dated = number, dated
		if err := tx.numberAnswer(ctx, p.ID, number, dated); err != nil {
			return "", err
		}
		who, err := petitionerOf(ctx, tx, o.SlipID)
		if err != nil {
			return "", err
		}
		return "", tx.deliver(ctx, doithoai.Delivery{AuthorityID: o.AuthorityID, SlipID: o.SlipID, OpinionID: o.ID, Kind: doithoai.DeliveryAnswered}, who.Ways)
	})
}

// numberAnswer gives an answer the number and day of its document. A number that the authority gave another answer of the
// year is refused: the index says so, also to two clerks at once.
func (tx *Tx) numberAnswer(ctx context.Context, petition doithoai.ID, number string, dated doithoai.Date) error {
	err := tx.execOne(ctx, `UPDATE answer SET number = $1, dated = $2, year = $3 WHERE petition_id = $4`, number, dated, dated.Year, petition)
	if notUnique(err) {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "so", Key: "answer.problem.number_taken"}})
	}
	return err
}

const answerColumns = `body, basis, number, dated, signed_by, signed_for, signed_at`

func scanAnswer(r row) (a doithoai.Answer, err error) {
	return a, r.Scan(&a.Body, &a.Basis, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor, &a.SignedAt)
}
