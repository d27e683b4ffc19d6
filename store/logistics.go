package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const logisticsColumns = `id, authority_id, dialogue_id, ordinal, title, detail, unit_id, owner, due, test, done_on,
	done_by, done_at, note, dropped, version`

func scanLogisticsItem(r row) (i plan.LogisticsItem, err error) {
	err = r.Scan(&i.ID, &i.AuthorityID, &i.DialogueID, &i.Ordinal, &i.Title, &i.Detail, &i.UnitID, &i.Owner, &i.Due,
		&i.Test, &i.DoneOn, &i.DoneBy, &i.DoneAt, &i.Note, &i.Dropped, &i.Version)
	return i, err
}

func logisticsValues(i plan.LogisticsItem) []any {
	return []any{
		i.ID, i.AuthorityID, i.DialogueID, i.Ordinal, i.Title, i.Detail, i.UnitID, i.Owner, i.Due, i.Test, i.DoneOn,
		i.DoneBy, i.DoneAt, i.Note, i.Dropped, i.Version,
	}
}

// maxItems bounds the checklist of a dialogue.
const maxItems = 200

// Logistics lists what must be there when a dialogue begins, in its order.
func (db *DB) Logistics(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]plan.LogisticsItem, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	if _, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, ""); err != nil {
		return nil, err
	}
	return logisticsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

func logisticsOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) ([]plan.LogisticsItem, error) {
	return list(ctx, q, scanLogisticsItem, `SELECT `+logisticsColumns+`
		FROM logistics_item
		WHERE authority_id = $1 AND dialogue_id = $2
		ORDER BY ordinal LIMIT $3`, authority, dialogue, maxItems)
}

// BeginLogistics makes the usual checklist of a dialogue ([plan.UsualLogistics]). Conflict where there is one.
func (db *DB) BeginLogistics(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) error {
	if err := may(actor, doithoai.ActPlanLogistics); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		there, err := logisticsOf(ctx, tx, actor.AuthorityID, dialogue)
		if err != nil {
			return err
		}
		if len(there) > 0 {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		a, err := tx.authorityByID(ctx, actor.AuthorityID)
		if err != nil {
			return err
		}
		o, err := loadOrganisation(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		for _, item := range plan.UsualLogistics(d, a.Place, o.UnitsOn(tx.Now.Date())) {
			item.ID, item.AuthorityID, item.DialogueID, item.Version = newID(), actor.AuthorityID, dialogue, 1
			if err := tx.addLogisticsItem(ctx, item); err != nil {
				return err
			}
		}
		tx.touch("dialogue/" + string(dialogue))
		return tx.audit(ctx, actor, doithoai.ActPlanLogistics, d.Slug, "", "")
	})
}

func (tx *Tx) addLogisticsItem(ctx context.Context, item plan.LogisticsItem) error {
	values := logisticsValues(item)
	return conflictIfThere(tx.exec(ctx, `INSERT INTO logistics_item (`+logisticsColumns+`)
		VALUES `+tx.db.dialect.placeholders(1, len(values)), values...))
}

// SetLogisticsItem adds an item to a dialogue's checklist (no id, version 0), or writes one anew: title, detail, who
// does it, by when. Whether it is done stays.
func (db *DB) SetLogisticsItem(
	ctx context.Context, actor doithoai.Actor, version int, item plan.LogisticsItem,
) (plan.LogisticsItem, error) {
	if item.ID != "" {
		return db.moveLogistics(ctx, actor, doithoai.ActPlanLogistics, item.DialogueID, item.ID, version,
			func(tx *Tx, d doithoai.Dialogue, was *plan.LogisticsItem) error {
				was.Title, was.Detail, was.UnitID, was.Owner, was.Due = item.Title, item.Detail, item.UnitID, item.Owner, item.Due
				return tx.checkLogistics(ctx, actor, d, *was)
			})
	}
	if err := may(actor, doithoai.ActPlanLogistics); err != nil {
		return item, err
	}
	err := db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, item.DialogueID, "")
		if err != nil {
			return err
		}
		there, err := logisticsOf(ctx, tx, actor.AuthorityID, d.ID)
		if err != nil {
			return err
		}
		item.ID, item.AuthorityID, item.Version, item.Ordinal = newID(), actor.AuthorityID, 1, 1
		if n := len(there); n >= maxItems {
			return doithoai.RefuseForm([]doithoai.Problem{{
				Field: "viec", Key: "logistics.problem.many", Args: []any{"max", maxItems},
			}})
		} else if n > 0 {
			item.Ordinal = there[n-1].Ordinal + 1
		}
		if err := tx.checkLogistics(ctx, actor, d, item); err != nil {
			return err
		}
		if err := tx.addLogisticsItem(ctx, item); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActPlanLogistics, d.Slug, "", logisticsEntry(item))
	})
	return item, err
}

// checkLogistics refuses an item that can't be kept, or whose unit is not the authority's.
func (tx *Tx) checkLogistics(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, item plan.LogisticsItem,
) error {
	if err := doithoai.RefuseForm(item.Problems(d.StartsAt.Date())); err != nil || item.UnitID == "" {
		return err
	}
	_, err := one(ctx, tx, column[doithoai.ID], `SELECT id FROM unit WHERE id = $1 AND authority_id = $2`,
		item.UnitID, actor.AuthorityID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "nguoi-lam", Key: "logistics.problem.owner"}})
	}
	return err
}

// logisticsEntry is an item as the audit keeps it: no name is in it.
func logisticsEntry(i plan.LogisticsItem) string { return i.Title + ": " + string(i.State()) }

// moveLogistics does an act to an item of a dialogue's checklist.
func (db *DB) moveLogistics(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue, id doithoai.ID, version int,
	change func(*Tx, doithoai.Dialogue, *plan.LogisticsItem) error,
) (item plan.LogisticsItem, err error) {
	if err := checkID(id); err != nil {
		return item, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if item, err = one(ctx, tx, scanLogisticsItem, `SELECT `+logisticsColumns+`
			FROM logistics_item
			WHERE authority_id = $1 AND dialogue_id = $2 AND id = $3`+db.dialect.forUpdate(),
			actor.AuthorityID, dialogue, id); err != nil {
			return err
		}
		if err := doithoai.Can(actor, act,
			doithoai.Subject{AuthorityID: item.AuthorityID, LeadUnitID: item.UnitID}); err != nil {
			return err
		}
		if item.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		before := logisticsEntry(item)
		if err := change(tx, d, &item); err != nil {
			return err
		}
		item.Version++
		if err := tx.execOne(ctx, `UPDATE logistics_item SET title = $1, detail = $2, unit_id = $3, owner = $4, due = $5,
				done_on = $6, done_by = $7, done_at = $8, note = $9, dropped = $10, version = $11
			WHERE id = $12 AND version = $13`,
			item.Title, item.Detail, item.UnitID, item.Owner, item.Due, item.DoneOn, item.DoneBy, item.DoneAt, item.Note,
			item.Dropped, item.Version, id, version); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(dialogue))
		return tx.audit(ctx, actor, act, d.Slug, before, logisticsEntry(item))
	})
	return item, err
}

// FinishLogisticsItem says that an item is done since a day, with a note, and uploads that show it.
func (db *DB) FinishLogisticsItem(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int, on calendar.Date, note string,
	files ...doithoai.ID,
) (plan.LogisticsItem, error) {
	return db.moveLogistics(ctx, actor, doithoai.ActFinishLogistics, dialogue, id, version,
		func(tx *Tx, _ doithoai.Dialogue, item *plan.LogisticsItem) (err error) {
			if *item, err = item.Finish(actor.ID, on, note, tx.Now); err != nil {
				return err
			}
			return tx.addEvidence(ctx, actor, LogisticsEvidence(id), files)
		})
}

// ReopenLogisticsItem says that an item is still to be done.
func (db *DB) ReopenLogisticsItem(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int,
) (plan.LogisticsItem, error) {
	return db.moveLogistics(ctx, actor, doithoai.ActFinishLogistics, dialogue, id, version,
		func(_ *Tx, _ doithoai.Dialogue, item *plan.LogisticsItem) (err error) {
			*item, err = item.Reopen()
			return err
		})
}

// DropLogisticsItem says that an item is not needed, and why; it stays in the list.
func (db *DB) DropLogisticsItem(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int, reason string,
) (plan.LogisticsItem, error) {
	return db.moveLogistics(ctx, actor, doithoai.ActPlanLogistics, dialogue, id, version,
		func(_ *Tx, _ doithoai.Dialogue, item *plan.LogisticsItem) (err error) {
			*item, err = item.Drop(reason)
			return err
		})
}
