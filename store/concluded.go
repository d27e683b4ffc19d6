package store

import (
	"context"

	"doithoai"
	"doithoai/plan"
)

// concludedIn lists what the conclusion of a dialogue gives units to do, as it is written.
func concludedIn(ctx context.Context, q querier, d doithoai.Dialogue) ([]plan.MinutesTask, error) {
	return list(ctx, q, func(r row) (t plan.MinutesTask, err error) {
		err = r.Scan(&t.UnitID, &t.What, &t.Due, &t.Unit)
		return t, err
	}, `SELECT c.unit_id, c.what, c.due, u.name
		FROM conclusion_promise c
		JOIN unit u ON u.id = c.unit_id
		WHERE c.dialogue_id = $1 AND c.authority_id = $2
		ORDER BY c.ordinal`, d.ID, d.AuthorityID)
}

// concluding loads what the lines of a conclusion are judged by: they may tell of nobody who raised something at the
// dialogue.
func (tx *Tx) concluding(ctx context.Context, d doithoai.Dialogue) (p doithoai.Promising, err error) {
	p.Today = tx.Now.Date()
	if p.Gates, err = dialogueGates(ctx, tx, d); err != nil {
		return p, err
	}
	if p.Calendar, err = currentCalendar(ctx, tx, d.AuthorityID); err != nil {
		return p, err
	}
	if p.Units, err = unitsOn(ctx, tx, d.AuthorityID, p.Today); err != nil {
		return p, err
	}
	stands, err := concludedIn(ctx, tx, d)
	for _, t := range stands {
		p.Stands = append(p.Stands, doithoai.Promise{Promised: t.Promised})
	}
	return p, err
}

// dialogueGates are the gates of all who raised something at a dialogue.
func dialogueGates(ctx context.Context, q querier, d doithoai.Dialogue) (doithoai.Gates, error) {
	return list(ctx, q, func(r row) (doithoai.Gate, error) {
		who, err := scanPetitioner(r)
		return gateFor(who), err
	}, `SELECT `+petitionerColumns+`
		FROM petitioner
		WHERE slip_id IN (SELECT o.slip_id FROM opinion o WHERE o.dialogue_id = $1 AND o.authority_id = $2)
		LIMIT $3`, d.ID, d.AuthorityID, maxMinutes)
}

// putConcluded keeps the lines of a conclusion in the place of those that stood there.
func (tx *Tx) putConcluded(ctx context.Context, d doithoai.Dialogue, lines []doithoai.Promised) error {
	if err := tx.exec(ctx, `DELETE FROM conclusion_promise WHERE dialogue_id = $1`, d.ID); err != nil {
		return err
	}
	rows := newRows(6)
	for i, l := range lines {
		rows.add(d.ID, i+1, d.AuthorityID, l.UnitID, l.What, l.Due)
	}
	return rows.insert(ctx, tx, `conclusion_promise (dialogue_id, ordinal, authority_id, unit_id, what, due)`)
}

// conclude lets what the conclusion gives units to do begin as promises, each with an event and a leaf. The act locks
// the minutes in which they stand.
func (tx *Tx) conclude(ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue) error {
	lines, err := concludedIn(ctx, tx, d)
	if err != nil {
		return err
	}
	var began []doithoai.Promise
	for _, l := range lines {
		p := d.Conclude(newID(), l.Promised)
		facts := doithoai.Facts{Promises: doithoai.PromiseFacts([]doithoai.Promise{p}, nil)}
		if err := tx.recordPromise(ctx, p, d.Slug, actor, doithoai.ActLockMinutes, facts, p.What); err != nil {
			return err
		}
		began = append(began, p)
	}
	return tx.addPromises(ctx, began)
}

// recordPromise adds an event on a promise of a conclusion to the act; slug is its dialogue's.
func (tx *Tx) recordPromise(
	ctx context.Context, p doithoai.Promise, slug string, actor doithoai.Actor, act doithoai.Act, facts doithoai.Facts,
	text string,
) error {
	a, err := tx.authorityByID(ctx, p.AuthorityID)
	if err != nil {
		return err
	}
	tx.promises = append(tx.promises, pendingPromise{
		event:   doithoai.Event{AuthorityID: p.AuthorityID, At: tx.Now, ActorID: actor.ID, Act: act, Facts: facts},
		promise: p.ID, text: text, slug: slug, place: a.Slug,
	})
	tx.touch("dialogue/" + string(p.DialogueID))
	return nil
}

// concludedBinds reports whether the conclusion of a dialogue promises all that it gives somebody to do: the minutes
// are locked, or it gives nobody anything to do.
func concludedBinds(ctx context.Context, q querier, d doithoai.Dialogue) (bool, error) {
	lines, err := concludedIn(ctx, q, d)
	if err != nil || len(lines) == 0 {
		return err == nil, err
	}
	return minutesLocked(ctx, q, d)
}

// openConcluded opens a promise of a conclusion for an act; it is held.
func (tx *Tx) openConcluded(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (*promiseCase, error) {
	p, err := one(ctx, tx, scanPromise, `SELECT `+promiseColumns+`
		FROM promise
		WHERE id = $1`+tx.db.dialect.forUpdate(), id)
	if err != nil {
		return nil, err
	}
	seat, err := doithoai.SeatFor(actor, act, doithoai.Subject{AuthorityID: p.AuthorityID, PromisedUnitID: p.UnitID})
	if err != nil {
		return nil, err
	}
	d, err := dialogueOf(ctx, tx, p.AuthorityID, p.DialogueID, "")
	if err != nil {
		return nil, err
	}
	f := &promiseCase{Promise: p}
	if f.Gates, err = dialogueGates(ctx, tx, d); err != nil {
		return nil, err
	}
	if f.Calendar, err = currentCalendar(ctx, tx, p.AuthorityID); err != nil {
		return nil, err
	}
	f.save = func(ctx context.Context, facts doithoai.Facts, text string) error {
		if err := f.write(ctx); err != nil {
			return err
		}
		facts.OnBehalf = seat.For
		if err := tx.recordPromise(ctx, f.Promise, d.Slug, actor, act, facts, text); err != nil {
			return err
		}
		return tx.audit(ctx, actor, act, d.Slug, string(p.State), string(f.Promise.State))
	}
	return f, nil
}

// PromisesOfDialogue lists what the conclusion of a dialogue promised, in the order of the conclusion: nothing before
// the minutes are locked.
func (db *DB) PromisesOfDialogue(
	ctx context.Context, authority, dialogue doithoai.ID,
) ([]PromiseRow, error) {
	if err := checkID(dialogue); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanPromiseRow, `SELECT `+promiseRowColumns+`
		FROM promise pr`+promiseRowJoins+`
		WHERE pr.dialogue_id = $1 AND pr.authority_id = $2
		ORDER BY pr.id`, dialogue, authority)
}
