package store

import (
	"context"

	"doithoai"
)

// RateDialogue takes what somebody thinks of a dialogue that is closed. code is of the telephone's key: the same key
// rates once, and its second word replaces the first.
func (db *DB) RateDialogue(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, code doithoai.ReceiptCode,
	r doithoai.DialogueRating,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActRateDialogue); err != nil {
			return err
		}
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if err := d.RatingOpen(); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(r.Problems()); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO dialogue_rating (dialogue_id, key_hash, authority_id, clear, satisfied)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (dialogue_id, key_hash) DO UPDATE SET clear = excluded.clear, satisfied = excluded.satisfied`,
			d.ID, code.Hash(), d.AuthorityID, r.Clear, r.Satisfied); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return nil
	})
}

// DialogueRated is what a telephone's key has rated a dialogue; the zero rating where it has not.
func (db *DB) DialogueRated(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, code doithoai.ReceiptCode,
) (doithoai.DialogueRating, error) {
	if _, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, ""); err != nil {
		return doithoai.DialogueRating{}, err
	}
	r, err := one(ctx, db.reader(), func(row row) (r doithoai.DialogueRating, err error) {
		err = row.Scan(&r.Clear, &r.Satisfied)
		return r, err
	}, `SELECT clear, satisfied
		FROM dialogue_rating
		WHERE dialogue_id = $1 AND key_hash = $2 AND authority_id = $3`, dialogue, code.Hash(), actor.AuthorityID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		err = nil
	}
	return r, err
}

// DialogueRatings counts what people think of a dialogue, for its staff.
func (db *DB) DialogueRatings(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (r doithoai.DialogueRatings, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeDialogueRatings, dialogue); err != nil {
		return r, err
	}
	type answer struct{ clear, satisfied, n int }
	all, err := list(ctx, db.reader(), func(row row) (a answer, err error) {
		err = row.Scan(&a.clear, &a.satisfied, &a.n)
		return a, err
	}, `SELECT clear, satisfied, count(*)
		FROM dialogue_rating
		WHERE dialogue_id = $1 AND authority_id = $2
		GROUP BY clear, satisfied`, dialogue, actor.AuthorityID)
	for _, a := range all {
		r.Clear[a.clear-1] += a.n
		r.Satisfied[a.satisfied-1] += a.n
	}
	return r, err
}
