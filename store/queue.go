package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// sortOver puts the turns that are over in the order of their ends, the last one first.
func sortOver(rows []QueueRow) {
	slices.SortStableFunc(rows, func(a, b QueueRow) int { return b.EndedAt.Compare(a.EndedAt) })
}

// inHall opens a dialogue for an act on its queue: those that people prepare are possible from the doors on, the others
// while it runs. It is not closed meanwhile: nobody begins to speak whose turn the closing would not end.
func (tx *Tx) inHall(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID,
) (doithoai.Dialogue, error) {
	return tx.inHallHeld(ctx, actor, act, dialogue, tx.db.dialect.forShare())
}

// inHallHeld is inHall that holds the dialogue by a lock of its own.
func (tx *Tx) inHallHeld(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID, lock string,
) (doithoai.Dialogue, error) {
	if err := may(actor, act); err != nil {
		return doithoai.Dialogue{}, err
	}
	d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, lock)
	if err != nil {
		return d, err
	}
	return d, d.QueueOpen(act, tx.Now)
}

// openTurn opens a turn for an act; version is the turn's as the actor saw it, 0 where nothing was done about it yet.
func (tx *Tx) openTurn(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue, id doithoai.ID, version int,
) (d doithoai.Dialogue, t QueueRow, err error) {
	if err := checkID(id); err != nil {
		return d, t, err
	}
	if d, err = tx.inHall(ctx, actor, act, dialogue); err != nil {
		return d, t, err
	}
	limit, err := speakingLimit(ctx, tx, d)
	if err != nil {
		return d, t, err
	}
	rows, err := tx.db.turnsOf(ctx, tx, actor, d.ID, limit)
	if err != nil {
		return d, t, err
	}
	i := slices.IndexFunc(rows, func(row QueueRow) bool { return row.ID == id })
	if i < 0 {
		return d, t, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return d, rows[i], sameVersion(rows[i].Version, version)
}

// keepTurn keeps what an act made of a turn whose version was read: a turn about which nothing was done yet gets its
// row.
func (tx *Tx) keepTurn(ctx context.Context, actor doithoai.Actor, act doithoai.Act, d doithoai.Dialogue,
	t doithoai.Turn, before doithoai.TurnState,
) error {
	version := t.Version
	t.Version++
	if version == 0 {
		t.EnteredBy = actor.ID
		if t.Source != doithoai.TurnByHand && t.Source != doithoai.TurnByPhone {
			t.Name = "" // it stands with the slip, or with the attendance
		}
		if err := tx.insertTurn(ctx, t); err != nil {
			return err
		}
	} else if err := tx.execOne(ctx, `UPDATE turn
		SET place = $1, state = $2, called_at = $3, ended_at = $4, spoken_ms = $5, since = $6, limit_ms = $7, version = $8
		WHERE id = $9 AND version = $10`,
		t.Place, t.State, t.CalledAt, t.EndedAt, t.Spoken.Milliseconds(), t.Since, t.Limit.Milliseconds(), t.Version,
		t.ID, version); err != nil {
		return err
	}
	tx.touch("dialogue/" + string(d.ID))
	return tx.audit(ctx, actor, act, d.Slug, string(before), string(t.State)+" "+string(t.ID))
}

// insertTurn adds the row of a turn; one that is there already is a Conflict.
func (tx *Tx) insertTurn(ctx context.Context, t doithoai.Turn) error {
	values := turnValues(t)
	return tx.execOne(ctx, `INSERT INTO turn (`+turnColumns+`)
		VALUES `+tx.db.dialect.placeholders(1, len(values))+`
		ON CONFLICT (id) DO NOTHING`, values...)
}

// onTurn moves a turn by an act.
func (db *DB) onTurn(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue, id doithoai.ID, version int,
) error {
	return db.act(ctx, func(tx *Tx) error {
		d, row, err := tx.openTurn(ctx, actor, act, dialogue, id, version)
		if err != nil {
			return err
		}
		t, err := row.Move(act, tx.Now)
		if err != nil {
			return err
		}
		return tx.keepTurn(ctx, actor, act, d, t, row.State)
	})
}

// JoinQueue adds somebody to the queue who raised a hand in the hall. t.ID is the form's: the same sent twice is one.
func (db *DB) JoinQueue(ctx context.Context, actor doithoai.Actor, t doithoai.Turn) error {
	if err := checkID(t.ID); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.inHall(ctx, actor, doithoai.ActJoinQueue, t.DialogueID)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(t.Problems()); err != nil {
			return err
		}
		if err := tx.knowsVillage(ctx, d.AuthorityID, t.VillageID, "hall.turn.problem.village"); err != nil {
			return err
		}
		if err := tx.roomInQueue(ctx, d.ID); err != nil {
			return err
		}
		limit, err := speakingLimit(ctx, tx, d)
		if err != nil {
			return err
		}
		t = doithoai.Turn{
			ID: t.ID, AuthorityID: d.AuthorityID, DialogueID: d.ID, Source: doithoai.TurnByHand, Name: t.Name,
			VillageID: t.VillageID, JoinedAt: tx.Now, State: doithoai.TurnWaiting, Limit: limit, EnteredBy: actor.ID, Version: 1,
		}
		if err := tx.insertTurn(ctx, t); doithoai.KindOf(err) == doithoai.Conflict {
			return tx.joinedAlready(ctx, t)
		} else if err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActJoinQueue, d.Slug, "", string(t.ID))
	})
}

// joinedAlready is no error where a form was sent twice.
func (tx *Tx) joinedAlready(ctx context.Context, t doithoai.Turn) error {
	there, err := one(ctx, tx, scanTurn, `SELECT `+turnColumns+` FROM turn WHERE id = $1`, t.ID)
	if err == nil && (there.DialogueID != t.DialogueID || there.Name != t.Name || there.VillageID != t.VillageID) {
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}

// roomInQueue refuses one more hand where too many wait already.
func (tx *Tx) roomInQueue(ctx context.Context, dialogue doithoai.ID) error {
	n, err := one(ctx, tx, column[int], `SELECT count(*) FROM turn
		WHERE dialogue_id = $1 AND state = 'waiting' AND source IN ('hand', 'phone')`, dialogue)
	if err == nil && n >= maxHands {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "ho-ten", Key: "hall.turn.problem.full"}})
	}
	return err
}

// CallTurn calls somebody to the microphone. Whoever speaks has spoken then: there is one speaker at a time.
func (db *DB) CallTurn(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		d, row, err := tx.openTurn(ctx, actor, doithoai.ActCallTurn, dialogue, id, version)
		if err != nil {
			return err
		}
		return tx.call(ctx, actor, d, row)
	})
}

// call ends the turn of who speaks, and calls somebody.
func (tx *Tx) call(ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, row QueueRow) error {
	next, err := row.Move(doithoai.ActCallTurn, tx.Now)
	if err != nil {
		return err
	}
	if err := tx.endSpeaking(ctx, actor, d, tx.Now); err != nil {
		return err
	}
	return tx.keepTurn(ctx, actor, doithoai.ActCallTurn, d, next, row.State)
}

// endSpeaking ends the turn of who speaks, with the timer.
func (tx *Tx) endSpeaking(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, at calendar.Instant,
) error {
	speaking, err := list(ctx, tx, scanTurn, `SELECT `+turnColumns+`
		FROM turn
		WHERE dialogue_id = $1 AND state = 'speaking'`+tx.db.dialect.forUpdate(), d.ID)
	if err != nil {
		return err
	}
	for _, t := range speaking {
		ended, err := t.Move(doithoai.ActEndTurn, at)
		if err != nil {
			return err
		}
		if err := tx.keepTurn(ctx, actor, doithoai.ActEndTurn, d, ended, t.State); err != nil {
			return err
		}
	}
	return nil
}

// CallNext ends the turn of who spoke and calls who comes next in the queue. Where that turn is over already, somebody
// else has gone on, and nothing is done. It reports whom it called: nobody where the queue is empty.
func (db *DB) CallNext(
	ctx context.Context, actor doithoai.Actor, dialogue, after doithoai.ID,
) (called doithoai.ID, err error) {
	if err := checkID(after); err != nil {
		return "", err
	}
	err = db.act(ctx, func(tx *Tx) error {
		called = ""
		d, err := tx.inHall(ctx, actor, doithoai.ActCallTurn, dialogue)
		if err != nil {
			return err
		}
		run, err := tx.db.runOf(ctx, tx, actor, d)
		if err != nil || run.Speaking == nil || run.Speaking.ID != after {
			return err
		}
		if len(run.Waiting) > 0 {
			called = run.Waiting[0].ID
			return tx.call(ctx, actor, d, run.Waiting[0])
		}
		ended, err := run.Speaking.Move(doithoai.ActEndTurn, tx.Now)
		if err != nil {
			return err
		}
		return tx.keepTurn(ctx, actor, doithoai.ActEndTurn, d, ended, run.Speaking.State)
	})
	return called, err
}

// EndTurn says that somebody has spoken.
func (db *DB) EndTurn(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int) error {
	return db.onTurn(ctx, actor, doithoai.ActEndTurn, dialogue, id, version)
}

// MissTurn says that somebody was called and is not there. They may be called again, or come back into the queue.
func (db *DB) MissTurn(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int) error {
	return db.onTurn(ctx, actor, doithoai.ActMissTurn, dialogue, id, version)
}

// WithdrawTurn says that somebody does not want to speak any more.
func (db *DB) WithdrawTurn(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int) error {
	return db.onTurn(ctx, actor, doithoai.ActWithdrawTurn, dialogue, id, version)
}

// ReturnTurn brings somebody back into the queue.
func (db *DB) ReturnTurn(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int) error {
	return db.onTurn(ctx, actor, doithoai.ActReturnTurn, dialogue, id, version)
}

// MoveTurn gives somebody who waits a place in the queue, 1 being the first; 0 gives back all places, so that the rule
// orders the queue again.
func (db *DB) MoveTurn(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version, place int,
) error {
	return db.act(ctx, func(tx *Tx) error {
		d, row, err := tx.openTurn(ctx, actor, doithoai.ActMoveTurn, dialogue, id, version)
		if err != nil {
			return err
		}
		if _, err := row.Move(doithoai.ActMoveTurn, tx.Now); err != nil {
			return err
		}
		run, err := tx.db.runOf(ctx, tx, actor, d)
		if err != nil {
			return err
		}
		var changed []doithoai.Turn
		if place > 0 {
			queue := make([]doithoai.Queued, len(run.Waiting))
			for i, w := range run.Waiting {
				queue[i] = w.Queued
			}
			changed = doithoai.MoveTo(queue, id, place)
		} else {
			for _, w := range run.Waiting {
				if w.Place > 0 {
					w.Place = 0
					changed = append(changed, w.Turn)
				}
			}
		}
		slices.SortFunc(changed, func(a, b doithoai.Turn) int { return cmp.Compare(a.ID, b.ID) })
		for _, t := range changed {
			if err := tx.keepTurn(ctx, actor, doithoai.ActMoveTurn, d, t, t.State); err != nil {
				return err
			}
		}
		return nil
	})
}

// TurnTime is what is done to a speaker's time.
type TurnTime string

const (
	TurnRuns       TurnTime = "runs"
	TurnStands     TurnTime = "stands"
	TurnLengthened TurnTime = "lengthened" // by a minute
)

// TimeTurn lets a speaker's time run or stand, or gives a minute more. To let run what runs changes nothing: whoever
// presses first has done it.
func (db *DB) TimeTurn(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, how TurnTime) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.inHall(ctx, actor, doithoai.ActTimeTurn, dialogue)
		if err != nil {
			return err
		}
		t, err := one(ctx, tx, scanTurn, `SELECT `+turnColumns+`
			FROM turn
			WHERE id = $1 AND dialogue_id = $2`+tx.db.dialect.forUpdate(), id, d.ID)
		if err != nil {
			return err
		}
		timed, err := t.Move(doithoai.ActTimeTurn, tx.Now)
		if err != nil {
			return err
		}
		switch how {
		case TurnRuns:
			timed = timed.Run(tx.Now)
		case TurnStands:
			timed = timed.Pause(tx.Now)
		case TurnLengthened:
			timed = timed.Lengthen(time.Minute)
		default:
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		if timed == t {
			return nil
		}
		if how == TurnRuns && t.Spoken == 0 {
			if err := tx.leaveShown(ctx, d, t.ID); err != nil {
				return err
			}
		}
		return tx.keepTurn(ctx, actor, doithoai.ActTimeTurn, d, timed, t.State)
	})
}

// EnterStep says that a step of the programme begins, from 1. number is one more than that of the last step which the
// actor saw begin.
func (db *DB) EnterStep(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, number, step int) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.inHall(ctx, actor, doithoai.ActEnterStep, dialogue)
		if err != nil {
			return err
		}
		if d.Programme, err = programmeOf(ctx, tx, d.ID); err != nil {
			return err
		}
		begun, err := stepsOf(ctx, tx, d.AuthorityID, d.ID)
		if err != nil {
			return err
		}
		switch {
		case number != len(begun)+1 || number > maxStepRuns:
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		case step < 1 || step > len(d.Programme):
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return tx.enterStep(ctx, actor, d, number, step, tx.Now)
	})
}

func (tx *Tx) enterStep(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, number, step int, at calendar.Instant,
) error {
	if err := conflictIfThere(tx.exec(ctx, `INSERT INTO step_run
			(dialogue_id, number, authority_id, step, title, began_at, entered_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		d.ID, number, d.AuthorityID, step, d.Programme[step-1].Title, at, actor.ID)); err != nil {
		return err
	}
	tx.touch("dialogue/" + string(d.ID))
	return tx.audit(ctx, actor, doithoai.ActEnterStep, d.Slug, "", strconv.Itoa(step))
}
