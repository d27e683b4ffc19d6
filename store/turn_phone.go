package store

import (
	"context"

	"doithoai"
)

// RaiseHand puts somebody into the queue of a running dialogue who raised a hand by telephone. code is of the key that
// the telephone keeps: the same key once more is the turn that it has. Who has had a turn raises a hand by another key.
func (db *DB) RaiseHand(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, code doithoai.ReceiptCode, name string,
	village doithoai.ID,
) (t doithoai.Turn, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		// Held: the next number that it gives is nobody else's, and the same key sent twice at once is one.
		d, err := tx.inHallHeld(ctx, actor, doithoai.ActJoinQueue, dialogue, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if d.State != doithoai.DialogueRunning { // reception asks who comes before
			return doithoai.Refuse(doithoai.Conflict, "hall.turn.problem.not_running")
		}
		t, err = turnOfCode(ctx, tx, d.AuthorityID, d.ID, code)
		if doithoai.KindOf(err) != doithoai.NotFound {
			return err
		}
		t = doithoai.Turn{
			ID: newID(), AuthorityID: d.AuthorityID, DialogueID: d.ID, Source: doithoai.TurnByPhone, Name: name,
			VillageID: village, JoinedAt: tx.Now, State: doithoai.TurnWaiting, Version: 1,
		}
		if err := doithoai.RefuseForm(t.Problems()); err != nil {
			return err
		}
		if err := tx.knowsVillage(ctx, d.AuthorityID, village, "hall.turn.problem.village"); err != nil {
			return err
		}
		if err := tx.roomInQueue(ctx, d.ID); err != nil {
			return err
		}
		if t.Limit, err = speakingLimit(ctx, tx, d); err != nil {
			return err
		}
		if t.Ticket, err = one(ctx, tx, column[int], `SELECT coalesce(max(ticket), 0) + 1
			FROM turn
			WHERE dialogue_id = $1`, d.ID); err != nil {
			return err
		}
		if err := tx.insertTurn(ctx, t); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE turn SET code_hash = $1 WHERE id = $2`, code.Hash(), t.ID); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActJoinQueue, d.Slug, "", string(t.ID))
	})
	return t, err
}

// LowerHand takes somebody who raised a hand by telephone out of the queue. Who is out of it already stays so.
func (db *DB) LowerHand(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, code doithoai.ReceiptCode,
) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.inHall(ctx, actor, doithoai.ActWithdrawTurn, dialogue)
		if err != nil {
			return err
		}
		t, err := turnOfCode(ctx, tx, d.AuthorityID, d.ID, code)
		if err != nil || t.State == doithoai.TurnWithdrawn || t.State == doithoai.TurnSpoken {
			return err
		}
		withdrawn, err := t.Move(doithoai.ActWithdrawTurn, tx.Now)
		if err != nil {
			return err
		}
		return tx.keepTurn(ctx, actor, doithoai.ActWithdrawTurn, d, withdrawn, t.State)
	})
}

// HandRaised is the turn of a telephone's key; NotFound where it raised no hand at the dialogue.
func (db *DB) HandRaised(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, code doithoai.ReceiptCode,
) (doithoai.Turn, error) {
	if err := checkID(dialogue); err != nil {
		return doithoai.Turn{}, err
	}
	return turnOfCode(ctx, db.reader(), actor.AuthorityID, dialogue, code)
}

func turnOfCode(
	ctx context.Context, q querier, authority, dialogue doithoai.ID, code doithoai.ReceiptCode,
) (doithoai.Turn, error) {
	return one(ctx, q, scanTurn, `SELECT `+turnColumns+`
		FROM turn
		WHERE code_hash = $1 AND dialogue_id = $2 AND authority_id = $3`, code.Hash(), dialogue, authority)
}
