package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

const refusalColumns = `ground, basis, words, proposed_by, proposed_at`

func scanRefusalProposal(r row) (p doithoai.RefusalProposal, err error) {
	err = r.Scan(&p.Ground, &p.Basis, &p.Words, &p.By, &p.At)
	return p, err
}

// refusalProposalOf loads what waits for the chair to decide whether an opinion is accepted, nil where nothing does.
func refusalProposalOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.RefusalProposal, error) {
	p, err := one(ctx, q, scanRefusalProposal, `SELECT `+refusalColumns+`
		FROM refusal_proposal
		WHERE opinion_id = $1 AND waits`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &p, err
}

// settleRefusal ends the waiting of a proposal not to accept an opinion, if there is one.
func (tx *Tx) settleRefusal(ctx context.Context, opinion doithoai.ID) error {
	return tx.exec(ctx, `UPDATE refusal_proposal SET waits = false WHERE opinion_id = $1 AND waits`, opinion)
}

// ProposeRefusal asks the chair not to accept an opinion; nothing is decided by that, and the person is told nothing.
// version is the opinion's.
func (db *DB) ProposeRefusal(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, p doithoai.RefusalProposal,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActProposeRefusal, opinion, version)
		if err != nil {
			return err
		}
		if !storable(p.Basis) || !storable(p.Words) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		p.Refusal = p.Filled(tx.Now.Date())
		facts, err := c.Opinion.ProposeRefusal(p, c.Petition)
		if err != nil {
			return err
		}
		if err := sameVersion(c.Opinion.Version, version); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO refusal_proposal (opinion_id, authority_id, `+refusalColumns+`, waits)
			VALUES ($1, $2, $3, $4, $5, $6, $7, true)
			ON CONFLICT (opinion_id) DO UPDATE SET ground = excluded.ground, basis = excluded.basis,
				words = excluded.words, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at,
				waits = excluded.waits`,
			opinion, c.Opinion.AuthorityID, string(p.Ground), p.Basis, p.Words, actor.ID, tx.Now); err != nil {
			return err
		}
		return c.save(ctx, facts, p.Record())
	})
}

// DeclineRefusal has an opinion dealt with that was proposed not to be accepted, with a word why. version is the
// opinion's.
func (db *DB) DeclineRefusal(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, why string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActDeclineRefusal, opinion, version)
		if err != nil {
			return err
		}
		waiting, err := refusalProposalOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		if waiting == nil || !storable(why) {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		facts, err := waiting.DeclineRefusal(why)
		if err != nil {
			return err
		}
		if err := tx.settleRefusal(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, facts, why)
	})
}

// refusing completes a ruling by which an opinion is not accepted with who may decide so, and whether that was said at
// a dialogue. Who may decide it and rules decides it, whoever else is named.
func (c *caseFile) refusing(ctx context.Context, r doithoai.Ruling) (doithoai.Ruling, error) {
	if r.Code != doithoai.RulingNotAccepted {
		return r, nil
	}
	if !storable(r.Refusal.Basis) {
		return r, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	officers, err := officersOf(ctx, c.tx, c.Opinion.AuthorityID, c.tx.Now.Date())
	if err != nil {
		return r, err
	}
	r.Refusers = doithoai.RefusersOf(officers, c.Subject)
	if seat, err := doithoai.SeatFor(c.actor, doithoai.ActRefuseOpinion, c.Subject); err == nil {
		r.Refuses, r.Refusal.By, c.Seat = true, c.actor.ID, seat
		return r, nil
	}
	r.AtDialogue, err = atDialogue(ctx, c.tx, c.Opinion)
	return r, err
}

// atDialogue reports whether an opinion is of a dialogue that has begun, and whose minutes are open.
func atDialogue(ctx context.Context, q querier, o doithoai.Opinion) (bool, error) {
	if o.DialogueID == "" {
		return false, nil
	}
	d, err := dialogueOf(ctx, q, o.AuthorityID, o.DialogueID, "")
	if err != nil || d.AnswersLater() != nil {
		return false, err
	}
	locked, err := minutesLocked(ctx, q, d)
	return !locked, err
}

// retells queues what the person is told of a ruling that refuses an opinion, or takes such a one back. What still
// tells of a refusal that does not stand is not made.
func (c *caseFile) retells(ctx context.Context, was, is doithoai.RulingCode) error {
	if was == doithoai.RulingNotAccepted {
		if err := c.tx.exec(ctx, `UPDATE delivery
			SET replaced = $1, state = CASE WHEN state IN ('queued', 'failed') THEN 'replaced' ELSE state END,
				version = version + 1
			WHERE slip_id = $2 AND opinion_id = $3 AND kind = $4 AND replaced = $5`,
			true, c.Opinion.SlipID, c.Opinion.ID, doithoai.DeliveryRefused, false); err != nil {
			return err
		}
	}
	switch {
	case is == doithoai.RulingNotAccepted:
		return c.tell(ctx, doithoai.DeliveryRefused)
	case was == doithoai.RulingNotAccepted && is != doithoai.RulingDenunciation:
		return c.tell(ctx, doithoai.DeliveryStatus)
	}
	return nil
}

// AskedRefusal is an opinion that the chair is asked not to accept.
type AskedRefusal struct {
	Row
	Since calendar.Instant
}

// AskedRefusals lists what waits for the chair's word on whether an opinion is accepted, the longest waiting first,
// maxWork at most, to who may see all opinions: more reports whether there are others.
func (db *DB) AskedRefusals(ctx context.Context, actor doithoai.Actor) (all []AskedRefusal, more bool, err error) {
	if err := may(actor, doithoai.ActHandOverPetition); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, maxWork + 1}
	all, err = list(ctx, db.reader(), func(r row) (d AskedRefusal, err error) {
		d.Row, err = scanRow(also{r, []any{&d.Since}})
		return d, err
	}, `SELECT `+rowColumns+`, x.proposed_at
		FROM refusal_proposal x
		JOIN opinion o ON o.id = x.opinion_id`+rowJoins+`
		WHERE x.authority_id = $1 AND x.waits AND o.joined_to IS NULL AND `+notDenounced+
		notConcerned(actor, db.Now().Date(), binder(&args))+`
		ORDER BY x.proposed_at, o.id LIMIT $2`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
