package store

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const bulletinColumns = `dialogue_id, number, authority_id, state, body, moves, written_by, written_at, version`

func scanBulletin(r row) (b plan.Bulletin, err error) {
	err = r.Scan(&b.DialogueID, &b.Number, &b.AuthorityID, &b.State, &b.Body, &b.Moves, &b.WrittenBy, &b.WrittenAt,
		&b.Version)
	return b, err
}

// Bounds of what a dialogue has of texts and times of reading them out.
const (
	maxBulletins  = 50
	maxBroadcasts = 500
)

// Bulletins lists the texts about a dialogue for the loudspeakers, the last one first.
func (db *DB) Bulletins(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) ([]plan.Bulletin, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	if _, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, ""); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanBulletin, `SELECT `+bulletinColumns+`
		FROM bulletin
		WHERE authority_id = $1 AND dialogue_id = $2
		ORDER BY number DESC LIMIT $3`, actor.AuthorityID, dialogue, maxBulletins)
}

// bulletinOf is the last text about a dialogue; one without number where there is none.
func bulletinOf(ctx context.Context, q querier, authority, dialogue doithoai.ID, lock string) (plan.Bulletin, error) {
	b, err := one(ctx, q, scanBulletin, `SELECT `+bulletinColumns+`
		FROM bulletin
		WHERE authority_id = $1 AND dialogue_id = $2
		ORDER BY number DESC LIMIT 1`+lock, authority, dialogue)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return plan.Bulletin{DialogueID: dialogue, AuthorityID: authority}, nil
	}
	return b, err
}

// SaveBulletin keeps the text of a dialogue's last bulletin while it is a draft that the dialogue has not moved away
// from; else it begins the next one, with version 0.
func (db *DB) SaveBulletin(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, body string,
) (b plan.Bulletin, err error) {
	if err := may(actor, doithoai.ActWriteBulletin); err != nil {
		return b, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		last, err := bulletinOf(ctx, tx, actor.AuthorityID, dialogue, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		b = last
		if begins := last.State != plan.BulletinDraft || last.Moves != d.Moves; begins {
			b = plan.Bulletin{
				DialogueID: dialogue, AuthorityID: actor.AuthorityID, Number: last.Number + 1, State: plan.BulletinDraft,
				Moves: d.Moves,
			}
		}
		if b.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		b.Body, b.WrittenBy, b.WrittenAt, b.Version = body, actor.ID, tx.Now, b.Version+1
		if err := doithoai.RefuseForm(b.Problems()); err != nil {
			return err
		}
		if err := tx.writeBulletin(ctx, b); err != nil {
			return err
		}
		if err := tx.dropDraft(ctx, actor, DraftBulletin, string(dialogue)); err != nil {
			return err
		}
		return tx.auditBulletin(ctx, actor, doithoai.ActWriteBulletin, d, b)
	})
	return b, err
}

// writeBulletin keeps a bulletin in the place of the version before.
func (tx *Tx) writeBulletin(ctx context.Context, b plan.Bulletin) error {
	if b.Version == 1 {
		return conflictIfThere(tx.exec(ctx, `INSERT INTO bulletin (`+bulletinColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			b.DialogueID, b.Number, b.AuthorityID, b.State, b.Body, b.Moves, b.WrittenBy, b.WrittenAt, b.Version))
	}
	return tx.execOne(ctx, `UPDATE bulletin SET state = $1, body = $2, written_by = $3, written_at = $4, version = $5
		WHERE dialogue_id = $6 AND number = $7 AND version = $8`,
		b.State, b.Body, b.WrittenBy, b.WrittenAt, b.Version, b.DialogueID, b.Number, b.Version-1)
}

func (tx *Tx) auditBulletin(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, d doithoai.Dialogue, b plan.Bulletin,
) error {
	tx.touch("dialogue/" + string(d.ID))
	return tx.audit(ctx, actor, act, d.Slug, "", fmt.Sprintf("%d %s", b.Number, b.State))
}

// ReleaseBulletin says that the last text may be read out: the dialogue is announced and still to come, and has not
// moved since. Times of the schedule that are to come read this text; those of a day, hour or venue that holds no more
// are dropped.
func (db *DB) ReleaseBulletin(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (b plan.Bulletin, err error) {
	if err := may(actor, doithoai.ActReleaseBulletin); err != nil {
		return b, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if b, err = bulletinOf(ctx, tx, actor.AuthorityID, dialogue, db.dialect.forUpdate()); err != nil {
			return err
		}
		if b.Version != version || b.State != plan.BulletinDraft {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := mayBeRead(d, b); err != nil {
			return err
		}
		b.State, b.Version = plan.BulletinReady, b.Version+1
		if err := tx.writeBulletin(ctx, b); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE broadcast SET bulletin = $1, version = version + 1
			WHERE dialogue_id = $2 AND state = $3 AND moves = $4`,
			b.Number, dialogue, plan.BroadcastPlanned, b.Moves); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE broadcast SET state = $1, version = version + 1
			WHERE dialogue_id = $2 AND state = $3 AND moves < $4`,
			plan.BroadcastDropped, dialogue, plan.BroadcastPlanned, b.Moves); err != nil {
			return err
		}
		return tx.auditBulletin(ctx, actor, doithoai.ActReleaseBulletin, d, b)
	})
	return b, err
}

// mayBeRead refuses a text about a dialogue that people must not hear of: not announced yet, moved since, or over.
func mayBeRead(d doithoai.Dialogue, b plan.Bulletin) error {
	switch {
	case d.State != doithoai.DialogueAnnounced || !d.Public():
		return doithoai.Refuse(doithoai.Conflict, "bulletin.problem.not_announced")
	case b.Withdrawn(d.Moves):
		return doithoai.Refuse(doithoai.Conflict, "bulletin.problem.moved")
	}
	return nil
}

const broadcastColumns = `id, authority_id, dialogue_id, bulletin, moves, day, clock, state, reader, note, recorded_by,
	recorded_at, version`

func scanBroadcast(r row) (b plan.Broadcast, err error) {
	err = r.Scan(&b.ID, &b.AuthorityID, &b.DialogueID, &b.Bulletin, &b.Moves, &b.Day, &b.Clock, &b.State, &b.Reader,
		&b.Note, &b.RecordedBy, &b.RecordedAt, &b.Version)
	return b, err
}

// Broadcasts lists the times at which a dialogue's bulletins are and were read out, in their order, without those that
// were taken from the schedule.
func (db *DB) Broadcasts(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) ([]plan.Broadcast, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	if _, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, ""); err != nil {
		return nil, err
	}
	return broadcastsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

func broadcastsOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) ([]plan.Broadcast, error) {
	return list(ctx, q, scanBroadcast, `SELECT `+broadcastColumns+`
		FROM broadcast
		WHERE authority_id = $1 AND dialogue_id = $2 AND state <> 'dropped'
		ORDER BY day, clock LIMIT $3`, authority, dialogue, maxBroadcasts)
}

// BroadcastDays are the days on which the loudspeakers read out, to its end, a bulletin with the day, hour and venue
// that the dialogue has now: what the duty of so many days without a break is judged by ([plan.RunReached]).
func (db *DB) BroadcastDays(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]calendar.Date, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	d, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, "")
	if err != nil {
		return nil, err
	}
	all, err := broadcastsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
	return plan.AiredDays(all, d.Moves), err
}

// ScheduleBroadcasts plans when the last bulletin is read out. A time that is in the schedule is refused.
func (db *DB) ScheduleBroadcasts(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, s plan.Schedule,
) error {
	if err := may(actor, doithoai.ActPlanBroadcast); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, b, err := tx.readable(ctx, actor, dialogue)
		if err != nil {
			return err
		}
		parameters, err := loadParameters(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		least, err := leastDays(parameters, d)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(s.Problems(tx.Now.Date(), d.StartsAt.Date(), least)); err != nil {
			return err
		}
		for _, t := range s.Times() {
			t.ID, t.AuthorityID, t.DialogueID, t.Bulletin, t.Moves, t.Version = newID(), actor.AuthorityID, dialogue, b.Number,
				b.Moves, 1
			if err := tx.addBroadcast(ctx, t, "gio"); err != nil {
				return err
			}
		}
		tx.touch("dialogue/" + string(dialogue))
		return tx.audit(ctx, actor, doithoai.ActPlanBroadcast, d.Slug, "",
			fmt.Sprintf("%s/%s", s.From, s.From.AddDays(s.Days-1)))
	})
}

// leastDays is on how many days without a break the law of a dialogue's day asks for the bulletin to be read out; 0
// where it asks for none.
func leastDays(parameters doithoai.Parameters, d doithoai.Dialogue) (int, error) {
	p, ok := parameters.At("loudspeaker.days", d.StartsAt.Date())
	if !ok {
		return 0, nil
	}
	return p.Int()
}

// readable is a dialogue with its last bulletin, which may be read out now.
func (tx *Tx) readable(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (d doithoai.Dialogue, b plan.Bulletin, err error) {
	if d, b, err = tx.released(ctx, actor, dialogue); err != nil {
		return d, b, err
	}
	return d, b, mayBeRead(d, b)
}

// released is a dialogue with its last bulletin, which could be read out at some time.
func (tx *Tx) released(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (d doithoai.Dialogue, b plan.Bulletin, err error) {
	if d, err = dialogueOf(ctx, tx, actor.AuthorityID, dialogue, ""); err != nil {
		return d, b, err
	}
	if b, err = bulletinOf(ctx, tx, actor.AuthorityID, dialogue, ""); err != nil {
		return d, b, err
	}
	if b.State != plan.BulletinReady {
		return d, b, doithoai.Refuse(doithoai.Conflict, "bulletin.problem.not_ready")
	}
	return d, b, nil
}

// addBroadcast keeps a new time; one that is taken is a problem of a field.
func (tx *Tx) addBroadcast(ctx context.Context, b plan.Broadcast, field string) error {
	err := tx.exec(ctx, `INSERT INTO broadcast (`+broadcastColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		b.ID, b.AuthorityID, b.DialogueID, b.Bulletin, b.Moves, b.Day, b.Clock, b.State, b.Reader, b.Note, b.RecordedBy,
		b.RecordedAt, b.Version)
	if notUnique(err) {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: field, Key: "bulletin.problem.time_taken"}})
	}
	return err
}

// LogBroadcast enters what became of a time at which a bulletin was to be read out; without an id (version 0), one that
// was not planned. An entry may be corrected.
func (db *DB) LogBroadcast(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int, logged plan.Broadcast,
) error {
	if id == "" {
		return db.logUnplanned(ctx, actor, dialogue, logged)
	}
	return db.moveBroadcast(ctx, actor, doithoai.ActLogBroadcast, dialogue, id, version,
		func(tx *Tx, d doithoai.Dialogue, b plan.Broadcast) (plan.Broadcast, error) {
			b, err := b.Log(logged, d.Announced, tx.Now)
			b.RecordedBy, b.RecordedAt = actor.ID, tx.Now
			return b, err
		})
}

func (db *DB) logUnplanned(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, logged plan.Broadcast,
) error {
	if err := may(actor, doithoai.ActLogBroadcast); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, text, err := tx.released(ctx, actor, dialogue)
		if err != nil {
			return err
		}
		b, err := plan.Broadcast{}.Log(logged, d.Announced, tx.Now)
		if err != nil {
			return err
		}
		b.ID, b.AuthorityID, b.DialogueID, b.Bulletin, b.Moves = newID(), actor.AuthorityID, dialogue, text.Number, text.Moves
		b.RecordedBy, b.RecordedAt, b.Version = actor.ID, tx.Now, 1
		if err := tx.addBroadcast(ctx, b, "ngay"); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(dialogue))
		return tx.audit(ctx, actor, doithoai.ActLogBroadcast, d.Slug, "", broadcastEntry(b))
	})
}

// DropBroadcast takes a time that has not come from the schedule.
func (db *DB) DropBroadcast(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int,
) error {
	return db.moveBroadcast(ctx, actor, doithoai.ActPlanBroadcast, dialogue, id, version,
		func(_ *Tx, _ doithoai.Dialogue, b plan.Broadcast) (plan.Broadcast, error) {
			if b.State != plan.BroadcastPlanned {
				return b, doithoai.Refuse(doithoai.Conflict, "error.conflict")
			}
			b.State = plan.BroadcastDropped
			return b, nil
		})
}

// broadcastEntry is a time as the audit keeps it: "2024-10-11 17:00 aired".
func broadcastEntry(b plan.Broadcast) string { return fmt.Sprintf("%s %s %s", b.Day, b.Clock, b.State) }

func (db *DB) moveBroadcast(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue, id doithoai.ID, version int,
	change func(*Tx, doithoai.Dialogue, plan.Broadcast) (plan.Broadcast, error),
) error {
	if err := may(actor, act); err != nil {
		return err
	}
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		was, err := one(ctx, tx, scanBroadcast, `SELECT `+broadcastColumns+`
			FROM broadcast
			WHERE authority_id = $1 AND dialogue_id = $2 AND id = $3`+db.dialect.forUpdate(),
			actor.AuthorityID, dialogue, id)
		if err != nil {
			return err
		}
		if was.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		b, err := change(tx, d, was)
		if err != nil {
			return err
		}
		err = tx.execOne(ctx, `UPDATE broadcast SET day = $1, clock = $2, state = $3, reader = $4, note = $5,
				recorded_by = $6, recorded_at = $7, version = version + 1
			WHERE id = $8 AND version = $9`,
			b.Day, b.Clock, b.State, b.Reader, b.Note, b.RecordedBy, b.RecordedAt, id, version)
		if notUnique(err) {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "ngay", Key: "bulletin.problem.time_taken"}})
		}
		if err != nil {
			return err
		}
		tx.touch("dialogue/" + string(dialogue))
		return tx.audit(ctx, actor, act, d.Slug, broadcastEntry(was), broadcastEntry(b))
	})
}
