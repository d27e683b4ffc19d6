package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

const reopeningColumns = `number, new_facts, said, channel, officer_id, at, answer, state, ground, basis, words, ` +
	`decided_by, decided_at`

func scanReopening(r row) (o doithoai.Reopening, err error) {
	d := &o.Decision
	err = r.Scan(&o.Number, &o.NewFacts, &o.Said, &o.Channel, &o.By, &o.At, &o.Answer, &o.State, &d.Ground, &d.Basis,
		&d.Words, &d.By, &d.At)
	return o, err
}

// reopeningsOf lists what the person said who did not agree with the answers to an opinion, the first first.
func reopeningsOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Reopening, error) {
	return list(ctx, q, scanReopening, `SELECT `+reopeningColumns+`
		FROM reopening
		WHERE opinion_id = $1
		ORDER BY number`, opinion)
}

// roundsOf lists the answers to a petition with which the person did not agree, the last one first.
func roundsOf(ctx context.Context, q querier, petition doithoai.ID) ([]doithoai.Answered, error) {
	return list(ctx, q, func(r row) (x doithoai.Answered, err error) {
		var rated doithoai.Rating
		a := &x.Answer
		err = r.Scan(&x.Round, &a.Body, &a.Basis, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor, &a.SignedAt, &a.Paper,
			&x.SentAt,
			&x.Due, &x.Late, &rated.Solved, &rated.Satisfied, &rated.At, &x.ReopenedAt)
		if rated.Solved != "" {
			x.Rating = &rated
		}
		return x, err
	}, `SELECT round, body, basis, doc_number, dated, signed_by, signed_for, signed_at, paper_id, sent_at, due, late,
			solved, satisfied, rated_at, reopened_at
		FROM answer_round
		WHERE petition_id = $1
		ORDER BY round DESC`, petition)
}

// opinionByCode finds the opinion of a register number on a slip by its receipt code. The code of a slip that is joined
// to another is as good as that one's.
func opinionByCode(
	ctx context.Context, q querier, authority doithoai.ID, code doithoai.ReceiptCode, number doithoai.RegisterNumber,
) (doithoai.ID, error) {
	return one(ctx, q, column[doithoai.ID], `SELECT o.id
		FROM opinion o
		JOIN slip s ON s.id = o.slip_id
		WHERE s.code_hash = $1 AND s.authority_id = $2 AND o.number = $3
		UNION ALL
		SELECT o.joined_to
		FROM opinion o
		JOIN slip s ON s.id = o.slip_id
		JOIN opinion j ON j.id = o.joined_to
		WHERE s.code_hash = $1 AND s.authority_id = $2 AND j.number = $3`,
		code.Hash(), authority, number)
}

// A reopeningFile is an opinion under an act of who does not agree with its answer, or on their word.
type reopeningFile struct {
	*caseFile
	Past  []doithoai.Reopening // the first first
	Rules doithoai.Rules
	Rule  doithoai.RulingRule // of the opinion
	Lead  doithoai.ID         // that looks at it again
}

// again loads what acts on a reopening need, of an opinion that is open.
func (c *caseFile) again(ctx context.Context) (f *reopeningFile, err error) {
	f = &reopeningFile{caseFile: c}
	if f.Past, err = reopeningsOf(ctx, c.tx, c.Opinion.ID); err != nil {
		return nil, err
	}
	if f.Rules, err = loadRules(ctx, c.tx, c.Opinion.AuthorityID); err != nil {
		return nil, err
	}
	f.Rule, _ = doithoai.RuleOf(c.Opinion.Ruling)
	units, err := list(ctx, c.tx, scanUnit, `SELECT `+unitColumns+`
		FROM unit
		WHERE authority_id = $1
		ORDER BY id`, c.Opinion.AuthorityID)
	f.Lead = c.Petition.LeadAgain(units, c.Subject, c.tx.Now.Date())
	return f, err
}

// last is the last thing that the person said; the zero one where they said nothing.
func (f *reopeningFile) last() doithoai.Reopening {
	if len(f.Past) == 0 {
		return doithoai.Reopening{}
	}
	return f.Past[len(f.Past)-1]
}

// ReopenByCode takes the word of who raised an opinion that they don't agree with its answer, by their receipt code.
// See [doithoai.Petition.Reopen]. The same words once more, as of a form that was sent twice, are no act.
func (db *DB) ReopenByCode(
	ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, number doithoai.RegisterNumber,
	r doithoai.Reopening,
) error {
	return db.act(ctx, func(tx *Tx) error {
		id, err := opinionByCode(ctx, tx, actor.AuthorityID, code, number)
		if err != nil {
			return err
		}
		c, err := tx.openStanding(ctx, actor, r.Act(), id)
		if err == nil && actor.ID != "" { // who has an account types it for somebody
			err = doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		if err != nil {
			return err
		}
		r.Channel, r.By = doithoai.ChannelPortal, ""
		return c.reopen(ctx, r)
	})
}

// Reopen types for somebody who came, called or wrote that they don't agree with the answer. version is the petition's.
func (db *DB) Reopen(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, r doithoai.Reopening,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, r.Act(), opinion)
		if err == nil && actor.ID == "" { // who has no account has a receipt code
			err = doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		if err == nil {
			c, err = tx.openPetition(ctx, actor, r.Act(), opinion, version)
		}
		if err != nil {
			return err
		}
		r.By = actor.ID
		return c.reopen(ctx, r)
	})
}

func (c *caseFile) reopen(ctx context.Context, r doithoai.Reopening) error {
	if !storable(r.Said) {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	erased, err := one(ctx, c.tx, column[doithoai.Erasure], `SELECT erased FROM slip WHERE id = $1`, c.Opinion.SlipID)
	if err != nil {
		return err
	}
	if erased == doithoai.ErasureAll { // nothing is left to look at
		return doithoai.Refuse(doithoai.Conflict, "reopening.problem.erased")
	}
	f, err := c.again(ctx)
	if err != nil {
		return err
	}
	if last := f.last(); r.By == "" && last.By == "" && last.Said == r.Said && last.NewFacts == r.NewFacts &&
		last.Answer == r.Answer && (last.State == doithoai.ReopeningOpened || last.State == doithoai.ReopeningWaits) {
		return nil
	}
	stood, err := countBefore(ctx, c.tx, c.Opinion)
	if err != nil {
		return err
	}
	within, err := f.Rules.Parameters.TermAt(doithoai.ParameterReopen, c.tx.Now.Date())
	if err != nil {
		return err
	}
	next, r, facts, err := c.Petition.Reopen(r, f.Past, stood, f.Lead, f.Rule, within, c.tx.Now.Date(), f.Rules)
	if err != nil {
		return err
	}
	if err := c.tx.exec(ctx, `INSERT INTO reopening (opinion_id, authority_id, `+reopeningColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', NULL, NULL)`,
		c.Opinion.ID, c.Opinion.AuthorityID, r.Number, r.NewFacts, r.Said, string(r.Channel), r.By, c.tx.Now, r.Answer,
		string(r.State)); err != nil {
		return err
	}
	if !r.NewFacts {
		if err := f.openRound(ctx, &next); err != nil {
			return err
		}
	}
	*c.Petition = next
	return c.save(ctx, facts, r.Said)
}

// openRound keeps the answer that stands, with what the person said of it, as one with which they did not agree, and
// makes room for the next. What was to correct it, or to make it public, is over; what is public stays. The person is
// told until when they are answered again.
func (f *reopeningFile) openRound(ctx context.Context, next *doithoai.Petition) error {
	tx, o, p := f.tx, f.Opinion, *f.Petition
	a, err := one(ctx, tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, p.ID)
	if err != nil {
		return err
	}
	rated, err := ratingOf(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	if rated == nil {
		rated = &doithoai.Rating{}
	}
	if err := tx.exec(ctx, `INSERT INTO answer_round (petition_id, round, authority_id, opinion_id, body, basis,
			doc_number, dated, year, signed_by, signed_for, signed_at, sent_at, due, late, solved, satisfied, rated_at,
			reopened_at, set_id, carries, paper_id)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, set_id, carries,
			paper_id
		FROM answer
		WHERE petition_id = $1`,
		p.ID, p.Round, o.AuthorityID, o.ID, a.Body, a.Basis, a.Number, a.Dated, yearOf(a.Dated), a.SignedBy, a.SignedFor,
		a.SignedAt, p.SentAt(), p.Due, p.Late(tx.Now.Date(), f.Rules.Calendar), string(rated.Solved), rated.Satisfied,
		rated.At, tx.Now); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM answer WHERE petition_id = $1`, p.ID); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM rating WHERE opinion_id = $1`, o.ID); err != nil {
		return err
	}
	if err := tx.dropCorrection(ctx, &p); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE publication SET state = $1, version = version + 1
		WHERE opinion_id = $2 AND state = $3`,
		doithoai.PublicationReturned, o.ID, doithoai.PublicationProposed); err != nil {
		return err
	}
	next.AssignedAt = tx.Now
	return f.tell(ctx, doithoai.DeliveryReopened)
}

// AllowReopening has a matter looked at again because of new facts. version is the petition's.
func (db *DB) AllowReopening(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActAllowReopening, opinion, version)
		if err != nil {
			return err
		}
		f, err := c.again(ctx)
		if err != nil {
			return err
		}
		next, r, facts, err := c.Petition.Allow(f.last(), f.Lead, f.Rule, tx.Now.Date(), f.Rules)
		if err != nil {
			return err
		}
		r.Decision = doithoai.ReopeningDecision{By: actor.ID, At: tx.Now}
		if err := f.decide(ctx, r); err != nil {
			return err
		}
		if err := f.openRound(ctx, &next); err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, "")
	})
}

// RefuseReopening leaves the answer as it is, with a ground, its legal basis and words that the person reads; they are
// told. version is the petition's.
func (db *DB) RefuseReopening(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, d doithoai.ReopeningDecision,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActRefuseReopening, opinion, version)
		if err != nil {
			return err
		}
		if !c.Petition.Asked {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		f, err := c.again(ctx)
		if err != nil {
			return err
		}
		d.By, d.At = actor.ID, tx.Now
		r, facts, err := f.last().Refuse(d)
		if err != nil {
			return err
		}
		if err := f.decide(ctx, r); err != nil {
			return err
		}
		c.Petition.Asked = false
		if err := c.tell(ctx, doithoai.DeliveryNotReopened); err != nil {
			return err
		}
		return c.save(ctx, facts, d.Record())
	})
}

// decide keeps the chair's word on what waits.
func (f *reopeningFile) decide(ctx context.Context, r doithoai.Reopening) error {
	d := r.Decision
	return f.tx.execOne(ctx, `UPDATE reopening
		SET state = $1, ground = $2, basis = $3, words = $4, decided_by = $5, decided_at = $6
		WHERE opinion_id = $7 AND number = $8 AND state = $9`,
		string(r.State), string(d.Ground), d.Basis, d.Words, d.By, d.At, f.Opinion.ID, r.Number, doithoai.ReopeningWaits)
}

// afterRound sends a summary back that waits, and marks a public one as outdated, where an answer went out with another
// before it.
func (c *caseFile) afterRound(ctx context.Context) error {
	if c.Petition.Round == 0 {
		return nil
	}
	rounds, err := roundsOf(ctx, c.tx, c.Petition.ID)
	if err != nil || len(rounds) == 0 {
		return err
	}
	stood, err := countBefore(ctx, c.tx, c.Opinion)
	if err != nil {
		return err
	}
	return c.outdatePublication(ctx, rounds[0].Answer, stood)
}

// AskedReopening is an opinion on which somebody asks the chair to have it looked at again.
type AskedReopening struct {
	Row
	Since calendar.Instant
}

// AskedReopenings lists what waits for the chair's word on whether a matter is looked at again, the longest waiting
// first, maxWork at most, to who may see all opinions: more reports whether there are others.
func (db *DB) AskedReopenings(
	ctx context.Context, actor doithoai.Actor,
) (all []AskedReopening, more bool, err error) {
	if err := may(actor, doithoai.ActHandOverPetition); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, maxWork + 1}
	all, err = list(ctx, db.reader(), func(r row) (d AskedReopening, err error) {
		d.Row, err = scanRow(also{r, []any{&d.Since}})
		return d, err
	}, `SELECT `+rowColumns+`, x.at
		FROM petition ap
		JOIN opinion o ON o.id = ap.opinion_id
		JOIN reopening x ON x.opinion_id = o.id AND x.state = 'waits'`+rowJoins+`
		WHERE ap.authority_id = $1 AND ap.asked AND `+notDenounced+
		notConcerned(actor, db.Now().Date(), binder(&args))+`
		ORDER BY x.at, o.id LIMIT $2`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
