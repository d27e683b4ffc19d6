package store

import (
	"context"

	"doithoai"
)

// SetHeadline gives an opinion the headline by which lists and headings call it; empty: the proposed one. version is
// the opinion's.
func (db *DB) SetHeadline(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, headline string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActSetHeadline, id, version)
		if err != nil {
			return err
		}
		if c.Opinion, err = c.Opinion.SetHeadline(headline); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{}, headline)
	})
}
