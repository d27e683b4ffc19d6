package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

const disputeColumns = `unit_id, elsewhere, reason, disputed_by, disputed_at, waits`

func scanDispute(r row) (d doithoai.Dispute, err error) {
	err = r.Scan(&d.Unit, &d.Elsewhere, &d.Reason, &d.By, &d.At, &d.Waits)
	return d, err
}

// disputeOf loads the last dispute on the petition of an opinion, nil where there was none.
func disputeOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Dispute, error) {
	d, err := one(ctx, q, scanDispute, `SELECT `+disputeColumns+`
		FROM dispute
		WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &d, err
}

// settleDispute ends the waiting of a dispute, if there is one.
func (tx *Tx) settleDispute(ctx context.Context, opinion doithoai.ID) error {
	return tx.exec(ctx, `UPDATE dispute SET waits = false WHERE opinion_id = $1 AND waits`, opinion)
}

// DisputePetition says for the lead that the matter is another's; the work goes on until the chair decides. version is
// the petition's.
func (db *DB) DisputePetition(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, d doithoai.Dispute,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActDisputePetition, opinion, version)
		if err != nil {
			return err
		}
		if !storable(d.Reason) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		last, err := disputeOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		within, err := now.Parameters.TermAt(doithoai.ParameterDispute, tx.Now.Date())
		if err != nil {
			return err
		}
		if d.Elsewhere {
			d.Unit = ""
		}
		meant, err := tx.leadFor(ctx, c.Opinion, doithoai.Ruling{LeadUnitID: d.Unit})
		if err != nil {
			return err
		}
		facts, err := c.Petition.Dispute(d, last, meant, c.Subject, within, tx.Now.Date(), now.Calendar)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO dispute (opinion_id, authority_id, `+disputeColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (opinion_id) DO UPDATE SET unit_id = excluded.unit_id, elsewhere = excluded.elsewhere,
				reason = excluded.reason, disputed_by = excluded.disputed_by, disputed_at = excluded.disputed_at,
				waits = excluded.waits`,
			opinion, c.Opinion.AuthorityID, d.Unit, d.Elsewhere, d.Reason, actor.ID, tx.Now, true); err != nil {
			return err
		}
		return c.save(ctx, facts, d.Reason)
	})
}

// KeepLead leaves a disputed petition with its unit, with a word why. version is the petition's.
func (db *DB) KeepLead(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActKeepLead, opinion, version)
		if err != nil {
			return err
		}
		last, err := disputeOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		facts, err := c.Petition.KeepLead(last, reason)
		if err != nil {
			return err
		}
		if err := tx.settleDispute(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, facts, reason)
	})
}

// decidesDispute refuses a hand-over of a disputed petition, and another ruling on it, by who does not decide disputes;
// by who does, it is settled.
func (c *caseFile) decidesDispute(ctx context.Context) error {
	last, err := disputeOf(ctx, c.tx, c.Opinion.ID)
	if err != nil || last == nil || !last.Waits {
		return err
	}
	if doithoai.Can(c.actor, doithoai.ActKeepLead, c.Subject) != nil {
		return doithoai.Refuse(doithoai.Conflict, "petition.dispute.problem.waits")
	}
	return c.tx.settleDispute(ctx, c.Opinion.ID)
}

// OpenDispute is an opinion whose lead says that it is another's matter.
type OpenDispute struct {
	Row
	Since calendar.Instant
}

// Disputes lists what waits for the chair's word on whose matter it is, the longest waiting first, maxWork at most, to
// who may see all opinions: more reports whether there are others.
func (db *DB) Disputes(ctx context.Context, actor doithoai.Actor) (all []OpenDispute, more bool, err error) {
	if err := may(actor, doithoai.ActHandOverPetition); err != nil && may(actor, doithoai.ActSeeWeek) != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, maxWork + 1}
	all, err = list(ctx, db.reader(), func(r row) (d OpenDispute, err error) {
		d.Row, err = scanRow(also{r, []any{&d.Since}})
		return d, err
	}, `SELECT `+rowColumns+`, x.disputed_at
		FROM dispute x
		JOIN opinion o ON o.id = x.opinion_id`+rowJoins+`
		WHERE x.authority_id = $1 AND x.waits AND `+notDenounced+
		notConcerned(actor, db.Now().Date(), binder(&args))+`
		ORDER BY x.disputed_at, o.id LIMIT $2`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
