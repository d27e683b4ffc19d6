package store

import (
	"context"

	"doithoai"
)

// SummariseOpinion gives an opinion its neutral summary, which minutes and screens show in place of what was said;
// empty: what was said. version is the opinion's.
func (db *DB) SummariseOpinion(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, summary string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActSummariseOpinion, id, version)
		if err != nil {
			return err
		}
		if c.Opinion, err = c.Opinion.Summarise(summary); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{}, summary)
	})
}
