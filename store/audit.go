package store

import (
	"context"

	"doithoai"
)

// audit keeps what an act changed that concerns no opinion. An act on an opinion keeps an event instead ([Tx.record]).
func (tx *Tx) audit(ctx context.Context, actor doithoai.Actor, act doithoai.Act, subject, before, after string) error {
	return tx.exec(ctx, `INSERT INTO audit_entry (id, authority_id, at, actor_id, act, subject, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		newID(), actor.AuthorityID, tx.Now, actor.ID, act, subject, before, after)
}
