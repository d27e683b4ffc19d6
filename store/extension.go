package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// ExtendPetition puts the due date off within the limits in force; the person is told, with the reason. What was
// proposed is settled by it. version is the petition's.
func (db *DB) ExtendPetition(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, e doithoai.Extension,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActExtendPetition, opinion, version)
		if err != nil {
			return err
		}
		return c.extend(ctx, e, now)
	})
}

// AgreeExtension puts the due date off as it was proposed: the extension of who signs, with another's words. version is
// the petition's.
func (db *DB) AgreeExtension(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActExtendPetition, opinion, version)
		if err != nil {
			return err
		}
		waiting, err := tx.waitingProposal(ctx, opinion)
		if err != nil {
			return err
		}
		return c.extend(ctx, waiting.Extension, now)
	})
}

// extend ends an act by which the due date is put off.
func (c *caseFile) extend(ctx context.Context, e doithoai.Extension, rules doithoai.Rules) error {
	today := c.tx.Now.Date()
	limits, err := rules.Parameters.ExtensionLimitsAt(today)
	if err != nil {
		return err
	}
	next, facts, err := c.Petition.Extend(e, limits, today, rules.Calendar)
	if err != nil {
		return err
	}
	if err := c.tx.settleProposal(ctx, c.Opinion.ID); err != nil {
		return err
	}
	return c.saveClock(ctx, next, facts, doithoai.DeliveryDue, e.Reason)
}

// ProposeExtension asks who signs for a later due date; nothing moves by that, and the person is told nothing. version
// is the petition's.
func (db *DB) ProposeExtension(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, e doithoai.Extension,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActProposeExtension, opinion, version)
		if err != nil {
			return err
		}
		waiting, err := proposalOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		limits, err := now.Parameters.ExtensionLimitsAt(tx.Now.Date())
		if err != nil {
			return err
		}
		facts, err := c.Petition.ProposeExtension(e, waiting, limits, tx.Now.Date(), now.Calendar)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO extension_proposal (opinion_id, authority_id, `+proposalColumns+`, waits)
			VALUES ($1, $2, $3, $4, $5, $6, true)
			ON CONFLICT (opinion_id) DO UPDATE SET due = excluded.due, reason = excluded.reason,
				proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at, waits = true`,
			opinion, c.Opinion.AuthorityID, e.To, e.Reason, actor.ID, tx.Now); err != nil {
			return err
		}
		return c.save(ctx, facts, e.Reason)
	})
}

// DeclineExtension leaves the due date where it is, against what was proposed, with a word why. version is the
// petition's.
func (db *DB) DeclineExtension(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActDeclineExtension, opinion, version)
		if err != nil {
			return err
		}
		if _, err := tx.waitingProposal(ctx, opinion); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doithoai.ReasonProblems("tu-choi-ly-do", reason)); err != nil {
			return err
		}
		if err := tx.settleProposal(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Due: c.Petition.Due}, reason)
	})
}

// WithdrawExtension takes back what the actor proposed and nobody decided on. version is the petition's.
func (db *DB) WithdrawExtension(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActWithdrawExtension, opinion, version)
		if err != nil {
			return err
		}
		if _, err := tx.waitingProposal(ctx, opinion); err != nil {
			return err
		}
		if err := tx.settleProposal(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Due: c.Petition.Due}, "")
	})
}

const proposalColumns = `due, reason, proposed_by, proposed_at`

func scanAsked(r row) (p doithoai.ExtensionProposal, err error) {
	err = r.Scan(&p.To, &p.Reason, &p.By, &p.At)
	return p, err
}

// proposalOf loads the extension that was proposed for an opinion and waits, nil where none does.
func proposalOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.ExtensionProposal, error) {
	p, err := one(ctx, q, scanAsked, `SELECT `+proposalColumns+`
		FROM extension_proposal
		WHERE opinion_id = $1 AND waits`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &p, err
}

// waitingProposal is the extension that waits; a Conflict where none does.
func (tx *Tx) waitingProposal(ctx context.Context, opinion doithoai.ID) (p doithoai.ExtensionProposal, err error) {
	waiting, err := proposalOf(ctx, tx, opinion)
	if err != nil {
		return p, err
	}
	if waiting == nil {
		return p, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return *waiting, nil
}

// settleProposal ends the waiting of what was proposed, if something was.
func (tx *Tx) settleProposal(ctx context.Context, opinion doithoai.ID) error {
	return tx.exec(ctx, `UPDATE extension_proposal SET waits = false WHERE opinion_id = $1 AND waits`, opinion)
}

// ProposedExtension is an opinion for which somebody asks for a later due date.
type ProposedExtension struct {
	Row
	To calendar.Date
}

// ProposedExtensions lists what waits for the actor's word on a later due date, earliest due first, maxWork at most:
// more reports whether there are others. What is overdue is none any more: it can't be put off.
func (db *DB) ProposedExtensions(
	ctx context.Context, actor doithoai.Actor,
) (all []ProposedExtension, more bool, err error) {
	if err := may(actor, doithoai.ActExtendPetition); err != nil && may(actor, doithoai.ActSeeWeek) != nil {
		return nil, false, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, false, err
	}
	today := db.Now().Date()
	args := []any{actor.AuthorityID, c.Overdue(today), maxWork + 1}
	all, err = list(ctx, db.reader(), func(r row) (p ProposedExtension, err error) {
		p.Row, err = scanRow(also{r, []any{&p.To}})
		return p, err
	}, `SELECT `+rowColumns+`, x.due
		FROM extension_proposal x
		JOIN opinion o ON o.id = x.opinion_id`+rowJoins+`
		WHERE x.authority_id = $1 AND x.waits AND o.due >= $2 AND `+notDenounced+notConcerned(actor, today, binder(&args))+`
		ORDER BY o.due, o.id LIMIT $3`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
