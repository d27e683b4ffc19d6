package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const proofColumns = `id, authority_id, dialogue_id, duty, done_at, until, doer, proof, told_moves, recorded_by,
	recorded_at, withdrawn_by, withdrawn_at`

func scanProof(r row) (p plan.Proof, err error) {
	err = r.Scan(&p.ID, &p.AuthorityID, &p.DialogueID, &p.Duty, &p.At, &p.Until, &p.Doer, &p.Text, &p.ToldMoves, &p.By,
		&p.RecordedAt, &p.WithdrawnBy, &p.WithdrawnAt)
	return p, err
}

// maxProofs is how many proofs a dialogue has at most.
const maxProofs = 500

// Duties are the duties of a dialogue with what was proved of them, by the law of its day.
func (db *DB) Duties(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) ([]plan.Duty, error) {
	d, err := db.Dialogue(ctx, actor, dialogue)
	if err != nil {
		return nil, err
	}
	return dutiesOf(ctx, db.reader(), d)
}

func dutiesOf(ctx context.Context, q querier, d doithoai.Dialogue) ([]plan.Duty, error) {
	rules, err := loadRules(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	texts, err := textsOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return nil, err
	}
	proofs, err := list(ctx, q, scanProof, `SELECT `+proofColumns+`
		FROM duty_proof
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY id LIMIT $3`, d.ID, d.AuthorityID, maxProofs)
	if err != nil {
		return nil, err
	}
	logged, err := logProofs(ctx, q, d)
	return plan.Duties(d, rules, append(proofs, logged...), paperDay(texts)), err
}

// logProofs are what a dialogue's logs prove of its duties.
func logProofs(ctx context.Context, q querier, d doithoai.Dialogue) ([]plan.Proof, error) {
	broadcasts, err := broadcastsOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return nil, err
	}
	o, err := loadOrganisation(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	relays := map[plan.RelayMatter][]plan.VillageRelay{}
	for _, m := range plan.RelayMatters {
		if relays[m], err = relayOf(ctx, q, d, o.Villages, m); err != nil {
			return nil, err
		}
	}
	return plan.LogProofs(d, broadcasts, relays), nil
}

// RecordDuty keeps the proof that a duty of a dialogue was done; p says which, when, by whom, and what shows it.
// Several proofs of one duty stand beside each other.
func (db *DB) RecordDuty(ctx context.Context, actor doithoai.Actor, p plan.Proof) (plan.Proof, error) {
	if err := may(actor, doithoai.ActRecordDuty); err != nil {
		return p, err
	}
	err := db.act(ctx, func(tx *Tx) error {
		d, err := tx.wholeDialogue(ctx, actor.AuthorityID, p.DialogueID, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		duties, err := dutiesOf(ctx, tx, d)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(duties, func(duty plan.Duty) bool { return duty.Key == p.Duty })
		if i < 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if err := doithoai.RefuseForm(duties[i].ProofProblems(p, tx.Now)); err != nil {
			return err
		}
		n, err := one(ctx, tx, column[int], `SELECT count(*) FROM duty_proof WHERE dialogue_id = $1`, d.ID)
		if err != nil {
			return err
		}
		if n >= maxProofs {
			return doithoai.Refuse(doithoai.Invalid, "plan.duty.problem.many")
		}
		p.ID, p.AuthorityID, p.ToldMoves, p.By, p.RecordedAt = newID(), d.AuthorityID, d.Moves, actor.ID, tx.Now
		p.WithdrawnBy, p.WithdrawnAt = "", calendar.Instant{}
		if err := tx.exec(ctx, `INSERT INTO duty_proof (`+proofColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			p.ID, p.AuthorityID, p.DialogueID, p.Duty, p.At, p.Until, p.Doer, p.Text, p.ToldMoves, p.By, p.RecordedAt,
			p.WithdrawnBy, p.WithdrawnAt); err != nil {
			return err
		}
		if err := tx.addEvidence(ctx, actor, DutyEvidence(p.ID), p.Files); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActRecordDuty, d.Slug, "", string(p.Duty)+" "+p.At.Date().String())
	})
	return p, err
}

// WithdrawDuty takes back a proof that the actor recorded; it stays for the trace. Of a proof that was taken back, or
// that somebody else recorded, it is refused.
func (db *DB) WithdrawDuty(ctx context.Context, actor doithoai.Actor, dialogue, proof doithoai.ID) error {
	if err := may(actor, doithoai.ActWithdrawDuty); err != nil {
		return err
	}
	if err := checkID(proof); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.wholeDialogue(ctx, actor.AuthorityID, dialogue, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		p, err := one(ctx, tx, scanProof, `SELECT `+proofColumns+`
			FROM duty_proof
			WHERE id = $1 AND dialogue_id = $2`, proof, d.ID)
		if err != nil {
			return err
		}
		if p.By != actor.ID {
			return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		if err := tx.execOne(ctx, `UPDATE duty_proof SET withdrawn_by = $1, withdrawn_at = $2
			WHERE id = $3 AND withdrawn_at IS NULL`, actor.ID, tx.Now, proof); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActWithdrawDuty, d.Slug, string(p.Duty)+" "+p.At.Date().String(), "")
	})
}

const requestColumns = `id, authority_id, received_on, asked, voters, matter, paper, dialogue_id, recorded_by,
	recorded_at, version`

func scanRequest(r row) (v plan.VoterRequest, err error) {
	err = r.Scan(&v.ID, &v.AuthorityID, &v.On, &v.Asked, &v.Voters, &v.Matter, &v.Paper, &v.DialogueID, &v.By,
		&v.RecordedAt, &v.Version)
	return v, err
}

// VoterRequests lists the requests of voters, the last first.
func (db *DB) VoterRequests(ctx context.Context, actor doithoai.Actor) ([]plan.VoterRequest, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanRequest, `SELECT `+requestColumns+`
		FROM voter_request
		WHERE authority_id = $1
		ORDER BY received_on DESC, id DESC LIMIT 200`, actor.AuthorityID)
}

// RegisterRequest keeps that voters ask for a dialogue, as counted on their paper.
func (db *DB) RegisterRequest(
	ctx context.Context, actor doithoai.Actor, v plan.VoterRequest,
) (plan.VoterRequest, error) {
	if err := may(actor, doithoai.ActRegisterRequest); err != nil {
		return v, err
	}
	err := db.act(ctx, func(tx *Tx) error {
		if err := doithoai.RefuseForm(v.Problems(tx.Now.Date())); err != nil {
			return err
		}
		v.ID, v.AuthorityID, v.DialogueID, v.By, v.RecordedAt, v.Version =
			newID(), actor.AuthorityID, "", actor.ID, tx.Now, 1
		if err := tx.exec(ctx, `INSERT INTO voter_request (`+requestColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			v.ID, v.AuthorityID, v.On, v.Asked, v.Voters, v.Matter, v.Paper, v.DialogueID, v.By, v.RecordedAt,
			v.Version); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActRegisterRequest, v.On.String(), "", v.ShareWords()+"%")
	})
	return v, err
}

// AnswerRequest says which dialogue is held because voters asked for it: one of kind requested, not cancelled.
func (db *DB) AnswerRequest(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, dialogue doithoai.ID,
) error {
	if err := may(actor, doithoai.ActAnswerRequest); err != nil {
		return err
	}
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.wholeDialogue(ctx, actor.AuthorityID, dialogue, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		return tx.answerRequest(ctx, actor, id, version, d,
			doithoai.Problem{Field: "buoi", Key: "plan.request.problem.dialogue"})
	})
}

// answerRequest says that a dialogue is held because voters asked for it; unfit is what is wrong where it is of no such
// kind or cancelled.
func (tx *Tx) answerRequest(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, d doithoai.Dialogue, unfit doithoai.Problem,
) error {
	v, err := one(ctx, tx, scanRequest, `SELECT `+requestColumns+`
		FROM voter_request
		WHERE id = $1 AND authority_id = $2`, id, actor.AuthorityID)
	if err != nil {
		return err
	}
	if !slices.Contains(d.Kinds, doithoai.KindRequested) || d.State == doithoai.DialogueCancelled {
		return doithoai.RefuseForm([]doithoai.Problem{unfit})
	}
	if err := tx.execOne(ctx, `UPDATE voter_request SET dialogue_id = $1, version = version + 1
		WHERE id = $2 AND version = $3`, d.ID, id, version); err != nil {
		return err
	}
	return tx.audit(ctx, actor, doithoai.ActAnswerRequest, v.On.String(), "", d.Slug)
}
