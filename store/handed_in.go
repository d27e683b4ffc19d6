package store

import (
	"context"
	"slices"

	"doithoai"
)

// handIn keeps who handed in what waits for another's decision, unread.
func (c *caseFile) handIn(ctx context.Context) error {
	return c.tx.exec(ctx, `INSERT INTO handed_in (opinion_id, authority_id, officer_id, at, read_at)
		VALUES ($1, $2, $3, $4, NULL)
		ON CONFLICT (opinion_id) DO UPDATE SET officer_id = excluded.officer_id, at = excluded.at, read_at = NULL`,
		c.Opinion.ID, c.Opinion.AuthorityID, c.actor.ID, c.tx.Now)
}

// MarkRead keeps that somebody who may decide has opened what waits on an opinion: from then on it can't be taken back.
// It is no act: nobody is told, and the second reader changes nothing. One answer to several is read with any of them.
func (db *DB) MarkRead(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		held, err := tx.holdWith(ctx, opinion)
		if err != nil {
			return err
		}
		c, err := tx.openCase(ctx, actor, doithoai.ActSeeOpinions, opinion)
		if err != nil {
			return err
		}
		p, err := publicationOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		if !doithoai.Decides(actor, c.Subject, c.Petition, p) {
			return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		read := []doithoai.ID{opinion}
		if c.Petition != nil && c.Petition.State == doithoai.PetitionSubmitted {
			stands, err := standsWith(ctx, tx, *c.Petition)
			if err != nil {
				return err
			}
			for _, id := range stands {
				if slices.Contains(held, id) {
					read = append(read, id)
				}
			}
		}
		args := []any{tx.Now}
		return tx.exec(ctx, `UPDATE handed_in SET read_at = $1
			WHERE read_at IS NULL AND opinion_id IN `+inList(binder(&args), read), args...)
	})
}

// holdWith holds an opinion and those whose answer is of the same set, which are returned. Who leaves it meanwhile is
// held for nothing.
func (tx *Tx) holdWith(ctx context.Context, opinion doithoai.ID) ([]doithoai.ID, error) {
	if err := checkID(opinion); err != nil {
		return nil, err
	}
	with, err := list(ctx, tx, column[doithoai.ID], `SELECT q.opinion_id
		FROM petition p
		JOIN answer a ON a.petition_id = p.id
		JOIN answer b ON b.set_id = a.set_id AND b.petition_id <> a.petition_id
		JOIN petition q ON q.id = b.petition_id
		WHERE p.opinion_id = $1
		ORDER BY q.opinion_id`, opinion)
	if err != nil {
		return nil, err
	}
	return with, tx.holdOpinions(ctx, append([]doithoai.ID{opinion}, with...)...)
}
