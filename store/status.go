package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// TellStatus queues a notice that tells who raised an opinion how it stands, in each way that they chose. Two at once
// are one: the second is a Conflict while the first waits.
func (db *DB) TellStatus(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActTellStatus, opinion)
		if err != nil {
			return err
		}
		all, err := list(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+`
			FROM delivery
			WHERE slip_id = $1 AND opinion_id = $2 AND kind = $3`, c.Opinion.SlipID, opinion, doithoai.DeliveryStatus)
		if err != nil {
			return err
		}
		waits := false
		for _, d := range all {
			waits = waits || d.ToTell() || d.State == doithoai.DeliveryQueued
		}
		facts, err := c.Opinion.TellStatus(c.Petition, waits)
		if err != nil {
			return err
		}
		if err := c.tell(ctx, doithoai.DeliveryStatus); err != nil {
			return err
		}
		return c.save(ctx, facts, "")
	})
}

// statusRanges is the range of the opinions of which who raised them is to be told how they stand: received before an
// instant. It is for who sees all opinions.
func statusRanges(a doithoai.Actor, before calendar.Instant, bind func(any) string) []stageRange {
	strips := stripsOf(a)
	if before.IsZero() || len(strips) != 1 || strips[0].column != "" || strips[0].stages != nil {
		return nil
	}
	return []stageRange{{where: `NOT o.told AND o.stage NOT IN ('` + string(doithoai.StageDenounced) + `', '` +
		string(doithoai.StageJoined) + `') AND o.received_at < ` + bind(before)}}
}

// statusWalks are those of the tab of opinions of which somebody is to be told, the oldest first.
func (db *DB) statusWalks(
	ctx context.Context, actor doithoai.Actor, after doithoai.Opinion, bind func(any) string,
) (walks, error) {
	w := walks{order: `@.id`}
	l, err := db.lateness(ctx, actor)
	if err != nil {
		return w, err
	}
	for _, r := range tabRanges(actor, TabStatus, l, bind) {
		if after.ID != "" {
			r.where += ` AND o.id > ` + bind(after.ID)
		}
		w.each = append(w.each, walk{r.where, `o.id`})
	}
	return w, nil
}

// statusParcel is how the opinion of a status notice stands as it is sent.
func (db *DB) statusParcel(ctx context.Context, p *Parcel) error {
	o, err := opinionByID(ctx, db.reader(), p.Delivery.OpinionID)
	if err != nil {
		return err
	}
	petition, err := petitionOf(ctx, db.reader(), o)
	if err != nil {
		return err
	}
	p.Status = doithoai.StatusOf(o, petition)
	if petition == nil || petition.State == doithoai.PetitionEnded {
		return nil
	}
	p.Due = petition.Due
	if petition.LeadUnitID == "" {
		return nil
	}
	p.Unit, err = one(ctx, db.reader(), column[string], `SELECT name FROM unit WHERE id = $1`, petition.LeadUnitID)
	return err
}
