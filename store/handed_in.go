package store

import (
	"context"

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
// It is no act: nobody is told, and the second reader changes nothing.
func (db *DB) MarkRead(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
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
		return tx.exec(ctx, `UPDATE handed_in SET read_at = $1 WHERE opinion_id = $2 AND read_at IS NULL`, tx.Now, opinion)
	})
}
