package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

const promiseColumns = `id, authority_id, opinion_id, dialogue_id, unit_id, what, due, state, missed, made_at, ` +
	`correction, ended_at, ended_by, done_on, said, replaced_by, version`

func scanPromise(r row) (p doithoai.Promise, err error) {
	err = r.Scan(&p.ID, &p.AuthorityID, &p.OpinionID, &p.DialogueID, &p.UnitID, &p.What, &p.Due, &p.State, &p.Missed,
		&p.MadeAt, &p.Correction, &p.EndedAt, &p.EndedBy, &p.DoneOn, &p.Said, &p.ReplacedBy, &p.Version)
	return p, err
}

// promisesOf lists the promises that answers to an opinion made, in the order in which they were made.
func promisesOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Promise, error) {
	return list(ctx, q, scanPromise, `SELECT `+promiseColumns+`
		FROM promise
		WHERE opinion_id = $1
		ORDER BY id`, opinion)
}

// promisedWords are the words of promises that are public with the summary of their opinion.
func promisedWords(ctx context.Context, q querier, opinion doithoai.ID) (words []string, err error) {
	all, err := promisesOf(ctx, q, opinion)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	for _, p := range all {
		words = append(words, p.What, p.Said)
	}
	alts, err := list(ctx, q, column[string], `SELECT a.alt
		FROM promise p
		JOIN attachment a ON a.authority_id = p.authority_id AND a.owner = $2 AND a.owner_id = p.id
		WHERE p.opinion_id = $1 AND a.public_at IS NOT NULL`, opinion, string(doithoai.FilesOfPromise))
	return append(words, alts...), err
}

// promisedIn lists what the answer to a petition promises, or a correction of it, as it was handed in.
func promisedIn(ctx context.Context, q querier, petition doithoai.ID, correction int) ([]doithoai.Promised, error) {
	return list(ctx, q, func(r row) (p doithoai.Promised, err error) {
		err = r.Scan(&p.UnitID, &p.What, &p.Due)
		return p, err
	}, `SELECT unit_id, what, due
		FROM answer_promise
		WHERE petition_id = $1 AND correction = $2
		ORDER BY ordinal`, petition, correction)
}

// loadPromised loads what the answer that stands promises as it was handed in, and what its last correction does.
func (f *OpinionFile) loadPromised(ctx context.Context, q querier) (err error) {
	stands := f.Petition.Paper()
	if r := f.Replaces(); r != nil {
		stands = r.Number
	}
	if f.Promised, err = promisedIn(ctx, q, f.Petition.ID, stands); err != nil || f.Correction.Number == 0 {
		return err
	}
	f.NextPromised, err = promisedIn(ctx, q, f.Petition.ID, f.Correction.Number)
	return err
}

// promisingNothing loads what an answer to the opinion without promises is judged by.
func (c *caseFile) promisingNothing(ctx context.Context) (doithoai.Promising, error) {
	who, err := petitionerOf(ctx, c.tx, c.Opinion.SlipID)
	return doithoai.Promising{
		Subject: c.Subject, Today: c.tx.Now.Date(), Gates: doithoai.Gates{gateFor(who)},
	}, err
}

// promising loads what promises of the answer to the opinion are judged by.
func (c *caseFile) promising(ctx context.Context) (doithoai.Promising, error) {
	p, err := c.promisingNothing(ctx)
	if err != nil {
		return p, err
	}
	if p.Calendar, err = currentCalendar(ctx, c.tx, c.Opinion.AuthorityID); err != nil {
		return p, err
	}
	if p.Units, err = unitsOn(ctx, c.tx, c.Opinion.AuthorityID, p.Today); err != nil {
		return p, err
	}
	if c.Petition != nil {
		rounds, err := roundsOf(ctx, c.tx, c.Petition.ID)
		if err != nil {
			return p, err
		}
		if len(rounds) > 0 {
			p.Since = rounds[0].ReopenedAt
		}
	}
	all, err := promisesOf(ctx, c.tx, c.Opinion.ID)
	p.Stands = slices.DeleteFunc(all, func(o doithoai.Promise) bool { return o.State == doithoai.PromiseReplaced })
	return p, err
}

// unitsOn lists the units of an authority in force on a day.
func unitsOn(ctx context.Context, q querier, authority doithoai.ID, on calendar.Date) ([]doithoai.Unit, error) {
	return list(ctx, q, scanUnit, `SELECT `+unitColumns+`
		FROM unit
		WHERE authority_id = $1 AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2)
		ORDER BY id`, authority, on)
}

// handInPromises keeps what the answer promises that is handed in, or the correction of it, in the place of what was
// handed in before.
func (c *caseFile) handInPromises(ctx context.Context, correction int, lines []doithoai.Promised) error {
	if c.promised {
		if err := c.tx.exec(ctx, `DELETE FROM answer_promise WHERE petition_id = $1 AND correction = $2`,
			c.Petition.ID, correction); err != nil {
			return err
		}
	}
	rows := newRows(7)
	for i, l := range lines {
		rows.add(c.Petition.ID, correction, i+1, c.Opinion.AuthorityID, l.UnitID, l.What, l.Due)
	}
	return rows.insert(ctx, c.tx, `answer_promise (petition_id, correction, ordinal, authority_id, unit_id, what, due)`)
}

// mayPromise refuses to sign what promises something until a day that is past.
func (c *caseFile) mayPromise(ctx context.Context, correction int) error {
	if !c.promised {
		return nil
	}
	lines, err := promisedIn(ctx, c.tx, c.Petition.ID, correction)
	if err != nil || len(lines) == 0 {
		return err
	}
	by, err := c.promising(ctx)
	if err != nil {
		return err
	}
	if by.PastDue(lines) {
		return doithoai.Refuse(doithoai.Conflict, "promise.problem.past_signing")
	}
	return nil
}

// beginPromises lets what the answer that goes out promises begin, or the correction of it: what it does not promise
// any more is replaced. The facts of both are returned, and what it promises.
func (c *caseFile) beginPromises(
	ctx context.Context, correction int,
) (facts []doithoai.PromiseFact, lines []doithoai.Promised, err error) {
	if c.promised {
		if lines, err = promisedIn(ctx, c.tx, c.Petition.ID, correction); err != nil {
			return nil, nil, err
		}
	}
	if len(lines) == 0 && !c.promises {
		return nil, nil, nil
	}
	by, err := c.promising(ctx)
	if err != nil {
		return nil, nil, err
	}
	begin, replaced := by.Settle(lines, correction, c.actor.ID, c.tx.Now)
	for _, p := range replaced {
		if err := c.tx.updatePromise(ctx, p, p.Version); err != nil {
			return nil, nil, err
		}
	}
	var began []doithoai.Promise
	for _, l := range begin {
		began = append(began, doithoai.Promise{
			ID: newID(), AuthorityID: c.Opinion.AuthorityID, OpinionID: c.Opinion.ID, Promised: l,
			State: doithoai.PromiseOpen, MadeAt: c.tx.Now, Correction: correction, Version: 1,
		})
	}
	return doithoai.PromiseFacts(began, replaced), lines, c.tx.addPromises(ctx, began)
}

// addPromises keeps promises that begin.
func (tx *Tx) addPromises(ctx context.Context, began []doithoai.Promise) error {
	rows := newRows(17)
	for _, p := range began {
		rows.add(p.ID, p.AuthorityID, p.OpinionID, p.DialogueID, p.UnitID, p.What, p.Due, string(p.State), p.Missed,
			p.MadeAt, p.Correction, p.EndedAt, p.EndedBy, p.DoneOn, p.Said, p.ReplacedBy, p.Version)
	}
	return rows.insert(ctx, tx, `promise (`+promiseColumns+`)`)
}

// updatePromise keeps what an act changed of a promise, under the version that it was read with. Who does what until
// when is never changed.
func (tx *Tx) updatePromise(ctx context.Context, p doithoai.Promise, version int) error {
	return tx.execOne(ctx, `UPDATE promise
		SET state = $1, missed = $2, ended_at = $3, ended_by = $4, done_on = $5, said = $6, replaced_by = $7,
			version = version + 1
		WHERE id = $8 AND version = $9`,
		string(p.State), p.Missed, p.EndedAt, p.EndedBy, p.DoneOn, p.Said, p.ReplacedBy, p.ID, version)
}

// A promiseCase is a promise under an act: the opinion whose answer made it is locked, or the promise of a conclusion
// itself. The act changes Promise as its rule says, and ends with save.
type promiseCase struct {
	Promise  doithoai.Promise
	Gates    doithoai.Gates
	Calendar calendar.Calendar
	write    func(context.Context) error // keeps what the act changes
	save     func(ctx context.Context, facts doithoai.Facts, text string) error
}

// openPromise opens a promise for an act. version is the promise's; another one is a Conflict.
func (tx *Tx) openPromise(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*promiseCase, error) {
	f, err := tx.holdPromise(ctx, actor, act, id)
	if err != nil {
		return nil, err
	}
	f.write = func(ctx context.Context) error { return tx.updatePromise(ctx, f.Promise, version) }
	return f, sameVersion(f.Promise.Version, version)
}

// holdPromise opens a promise for an act on what belongs to it, which says by write how that is kept.
func (tx *Tx) holdPromise(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (*promiseCase, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	query := `SELECT ` + promiseColumns + ` FROM promise WHERE id = $1`
	p, err := one(ctx, tx, scanPromise, query, id)
	if err != nil {
		return nil, err
	}
	if p.DialogueID != "" {
		return tx.openConcluded(ctx, actor, act, id)
	}
	c, err := tx.loadCase(ctx, actor, act, p.OpinionID)
	if err != nil {
		return nil, err
	}
	c.Subject.PromisedUnitID = p.UnitID
	if err := c.may(); err != nil {
		return nil, err
	}
	f := &promiseCase{save: c.save}
	if f.Promise, err = one(ctx, tx, scanPromise, query, id); err != nil { // as it stands now that its opinion is held
		return nil, err
	}
	who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
	if err != nil {
		return nil, err
	}
	f.Gates = doithoai.Gates{gateFor(who)}
	if f.Calendar, err = currentCalendar(ctx, tx, c.Opinion.AuthorityID); err != nil {
		return nil, err
	}
	c.write = func(ctx context.Context) error { return f.write(ctx) }
	return f, nil
}

// KeepPromise records that what an answer or a conclusion promised is done: on which day, what was
// done and what shows it. version is the promise's. See [doithoai.Promise.Keep].
func (db *DB) KeepPromise(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, done calendar.Date, said string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openPromise(ctx, actor, doithoai.ActKeepPromise, id, version)
		if err != nil {
			return err
		}
		next, facts, err := f.Promise.Keep(done, said, actor.ID, f.Gates, tx.Now, f.Calendar)
		if err != nil {
			return err
		}
		f.Promise = next
		return f.save(ctx, facts, said)
	})
}

// WithdrawKept takes back what the actor recorded today: the promise is open again. version is the promise's.
func (db *DB) WithdrawKept(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openPromise(ctx, actor, doithoai.ActWithdrawKept, id, version)
		if err != nil {
			return err
		}
		next, facts, err := f.Promise.WithdrawKept(actor.ID, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := tx.unpublishFiles(ctx, next); err != nil {
			return err
		}
		f.Promise = next
		return f.save(ctx, facts, "")
	})
}

// BreakPromise says that what an answer or a conclusion promised will not be done, and why, in
// words that people read. version is the promise's.
func (db *DB) BreakPromise(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, why string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openPromise(ctx, actor, doithoai.ActBreakPromise, id, version)
		if err != nil {
			return err
		}
		next, facts, err := f.Promise.Break(why, actor.ID, f.Gates, tx.Now, f.Calendar)
		if err != nil {
			return err
		}
		f.Promise = next
		return f.save(ctx, facts, why)
	})
}
