package store

import (
	"context"
	"encoding/json"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

func scanEstimate(r row) (e plan.Estimate, err error) {
	var body []byte
	if err = r.Scan(&e.DialogueID, &e.AuthorityID, &e.State, &body, &e.Version); err == nil {
		err = json.Unmarshal(body, &e.EstimateBody)
	}
	return e, err
}

func estimateOf(ctx context.Context, q querier, authority, dialogue doithoai.ID, lock string) (plan.Estimate, error) {
	e, err := one(ctx, q, scanEstimate, `SELECT dialogue_id, authority_id, state, body, version
		FROM estimate
		WHERE authority_id = $1 AND dialogue_id = $2`+lock, authority, dialogue)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return plan.Estimate{DialogueID: dialogue, AuthorityID: authority}, nil
	}
	return e, err
}

// Estimate returns the estimate of a dialogue's cost; one without state and version where nobody has begun it.
func (db *DB) Estimate(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (plan.Estimate, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return plan.Estimate{}, err
	}
	if _, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, ""); err != nil {
		return plan.Estimate{}, err
	}
	return estimateOf(ctx, db.reader(), actor.AuthorityID, dialogue, "")
}

// EstimatesAt lists the dialogues whose estimate is at a state, the earliest day first: what waits for who
// decides, or for who finds the money.
func (db *DB) EstimatesAt(
	ctx context.Context, actor doithoai.Actor, state plan.EstimateState,
) ([]doithoai.Dialogue, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND state <> $2
			AND id IN (SELECT e.dialogue_id FROM estimate e WHERE e.authority_id = $1 AND e.state = $3)
		ORDER BY starts_at
		LIMIT $4`, actor.AuthorityID, doithoai.DialogueCancelled, state, maxEstimates)
}

// maxEstimates bounds a list of estimates that wait: there are a few a year.
const maxEstimates = 20

// moveEstimate does an act to the estimate of a dialogue; version is the one that the actor saw, 0 where there was
// none.
func (db *DB) moveEstimate(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID, version int,
	change func(*Tx, *plan.Estimate) error,
) (e plan.Estimate, err error) {
	if err := may(actor, act); err != nil {
		return e, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if e, err = estimateOf(ctx, tx, actor.AuthorityID, dialogue, db.dialect.forUpdate()); err != nil {
			return err
		}
		before := e
		if e.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if e, err = e.Move(act); err != nil {
			return err
		}
		if err := change(tx, &e); err != nil {
			return err
		}
		e.Version++
		if err := tx.writeEstimate(ctx, e); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(dialogue))
		return tx.audit(ctx, actor, act, d.Slug, estimateEntry(before), estimateEntry(e))
	})
	return e, err
}

// writeEstimate keeps an estimate in the place of the version before.
func (tx *Tx) writeEstimate(ctx context.Context, e plan.Estimate) error {
	body, err := json.Marshal(e.EstimateBody)
	if err != nil {
		return fmt.Errorf("estimate: %w", err)
	}
	if e.Version == 1 {
		err := tx.exec(ctx, `INSERT INTO estimate (dialogue_id, authority_id, state, body, version)
			VALUES ($1, $2, $3, $4, $5)`, e.DialogueID, e.AuthorityID, e.State, string(body), e.Version)
		return conflictIfThere(err)
	}
	return tx.execOne(ctx, `UPDATE estimate SET state = $1, body = $2, version = $3
		WHERE dialogue_id = $4 AND version = $5`, e.State, string(body), e.Version, e.DialogueID, e.Version-1)
}

// conflictIfThere says that somebody was quicker where a row that was to be new is there.
func conflictIfThere(err error) error {
	if notUnique(err) {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}

// estimateEntry is an estimate as the audit keeps it: its state, and the sum that its state is about, in đồng.
func estimateEntry(e plan.Estimate) string {
	sum := e.Submitted()
	switch e.State {
	case "":
		return ""
	case plan.EstimateApproved:
		sum = e.Approved()
	case plan.EstimateFunded:
		sum = e.Funding.Sum
	case plan.EstimateSpent:
		sum = e.Spent()
	}
	return fmt.Sprintf("%s %d", e.State, sum)
}

// SaveEstimate keeps the lines of an estimate that is being written, or begins it (version 0). What was refused is
// written anew.
func (db *DB) SaveEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, lines []plan.EstimateLine,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActDraftEstimate, dialogue, version,
		func(_ *Tx, e *plan.Estimate) error {
			e.EstimateBody = plan.EstimateBody{Lines: lines, Reason: e.Reason}
			return doithoai.RefuseForm(e.DraftProblems())
		})
}

// SubmitEstimate lays an estimate before who decides. It is refused with what is missing
// ([plan.EstimateBody.SubmitProblems]).
func (db *DB) SubmitEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActSubmitEstimate, dialogue, version,
		func(tx *Tx, e *plan.Estimate) error {
			e.SubmittedBy, e.SubmittedAt, e.Reason = actor.ID, tx.Now, ""
			return doithoai.RefuseForm(e.SubmitProblems())
		})
}

// WithdrawEstimate takes an estimate back before it is decided.
func (db *DB) WithdrawEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActWithdrawEstimate, dialogue, version,
		func(_ *Tx, e *plan.Estimate) error {
			e.SubmittedBy, e.SubmittedAt = "", calendar.Instant{}
			return nil
		})
}

// ApproveEstimate approves an estimate as it was submitted.
func (db *DB) ApproveEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActApproveEstimate, dialogue, version,
		func(tx *Tx, e *plan.Estimate) error {
			e.DecidedBy, e.DecidedAt = actor.ID, tx.Now
			return nil
		})
}

// ChangeEstimate approves an estimate with other quantities or prices, which stand beside those that were submitted,
// and the reason.
func (db *DB) ChangeEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, costs []plan.Cost, reason string,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActChangeEstimate, dialogue, version,
		func(tx *Tx, e *plan.Estimate) (err error) {
			e.DecidedBy, e.DecidedAt = actor.ID, tx.Now
			e.EstimateBody, err = e.Change(costs, reason)
			return err
		})
}

// RefuseEstimate refuses an estimate with a reason; the office may write it anew.
func (db *DB) RefuseEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, reason string,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActRefuseEstimate, dialogue, version,
		func(tx *Tx, e *plan.Estimate) error {
			e.DecidedBy, e.DecidedAt, e.Reason = actor.ID, tx.Now, reason
			return doithoai.RefuseForm(plan.NoteProblems("ly-do", "estimate.problem.refuse_reason", reason))
		})
}

// FundEstimate enters the money for an approved estimate.
func (db *DB) FundEstimate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, f plan.Funding,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActFundEstimate, dialogue, version,
		func(tx *Tx, e *plan.Estimate) error {
			e.Funding, e.FundedBy, e.FundedAt = f, actor.ID, tx.Now
			return doithoai.RefuseForm(e.FundingProblems(f, tx.Now.Date()))
		})
}

// RecordSpending enters what was spent on each line of a funded estimate; it may be corrected.
func (db *DB) RecordSpending(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, spent []plan.Spending, reason string,
) (plan.Estimate, error) {
	return db.moveEstimate(ctx, actor, doithoai.ActRecordSpending, dialogue, version,
		func(tx *Tx, e *plan.Estimate) (err error) {
			e.SpentBy, e.SpentAt = actor.ID, tx.Now
			e.EstimateBody, err = e.Spend(spent, reason)
			return err
		})
}
