package store

import (
	"context"

	"doithoai"
)

const transferColumns = `to_body, doc_number, dated, agreed, late, recorded_by, recorded_at`

func scanTransfer(r row) (t doithoai.RecordTransfer, err error) {
	err = r.Scan(&t.To, &t.Number, &t.Dated, &t.Agreed, &t.Late, &t.RecordedBy, &t.RecordedAt)
	return t, err
}

// transferOf loads the transfer of the record of an opinion since its ruling, nil where there was none.
func transferOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.RecordTransfer, error) {
	t, err := one(ctx, q, scanTransfer, `SELECT `+transferColumns+`
		FROM record_transfer
		WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &t, err
}

// TransferRecord passes the record of an opinion on to the body that decides; the person is told in each way that they
// chose. version is the opinion's.
func (db *DB) TransferRecord(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, t doithoai.RecordTransfer,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActTransferRecord, opinion, version)
		if err != nil {
			return err
		}
		if !storable(t.To) || !storable(t.Number) || !storable(t.Agreed) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		there, err := transferOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		rules, err := loadRules(ctx, tx, c.Opinion.AuthorityID)
		if err != nil {
			return err
		}
		t.Number, err = tx.numberOf(ctx, c.Opinion.AuthorityID, doithoai.DocumentTransfer, t.Number, t.Dated)
		if err != nil {
			return err
		}
		t, facts, err := c.Opinion.Transfer(t, there, tx.Now, rules)
		if err != nil {
			return err
		}
		if err := sameVersion(c.Opinion.Version, version); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO record_transfer (opinion_id, authority_id, `+transferColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			opinion, c.Opinion.AuthorityID, t.To, t.Number, t.Dated, t.Agreed, t.Late, actor.ID, tx.Now); err != nil {
			return err
		}
		if err := tx.registerNext(ctx, doithoai.Document{
			AuthorityID: c.Opinion.AuthorityID, Kind: doithoai.DocumentTransfer, Subject: opinion, OpinionID: opinion,
			Number: t.Number, Dated: t.Dated,
		}, true); err != nil {
			return err
		}
		if err := c.tell(ctx, doithoai.DeliveryTransferred); err != nil {
			return err
		}
		return c.save(ctx, facts, t.Words())
	})
}
