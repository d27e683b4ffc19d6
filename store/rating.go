package store

import (
	"context"

	"doithoai"
)

func ratingOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Rating, error) {
	r, err := one(ctx, q, func(r row) (v doithoai.Rating, err error) {
		err = r.Scan(&v.Solved, &v.Satisfied, &v.At)
		return v, err
	},
		`SELECT solved, satisfied, rated_at FROM rating WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &r, err
}

// RateAnswer takes the person's word on an answer: solved, satisfied. The code of a slip that is joined to another is
// as good as that one's. A second word replaces the first; both stay in the public record. Only what was answered can
// be rated, and only the answer that stands: what was said of one that was replaced meanwhile is a Conflict.
func (db *DB) RateAnswer(
	ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, number doithoai.RegisterNumber,
	r doithoai.Rating,
) error {
	return db.act(ctx, func(tx *Tx) error {
		id, err := opinionByCode(ctx, tx, actor.AuthorityID, code, number)
		if err != nil {
			return err
		}
		c, err := tx.openCase(ctx, actor, doithoai.ActRateAnswer, id)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(r.Problems()); err != nil {
			return err
		}
		if !doithoai.Publishable(c.Opinion, c.Petition) { // nothing was answered yet
			return doithoai.Refuse(doithoai.Conflict, "petition.rating.problem.too_early")
		}
		before, err := countBefore(ctx, tx, c.Opinion)
		if err != nil {
			return err
		}
		if r.Answer != before {
			return doithoai.Refuse(doithoai.Conflict, "petition.rating.problem.replaced")
		}
		if err := tx.exec(ctx, `INSERT INTO rating (opinion_id, authority_id, solved, satisfied, rated_at)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (opinion_id) DO UPDATE SET solved = excluded.solved, satisfied = excluded.satisfied,
				rated_at = excluded.rated_at`,
			id, c.Opinion.AuthorityID, r.Solved, r.Satisfied, tx.Now); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Solved: r.Solved, Satisfied: r.Satisfied}, "")
	})
}
