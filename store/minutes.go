package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// MinutesFile is the minutes of a dialogue as an officer may read them: without what is on their own conduct, and
// without what has left as a denunciation since.
type MinutesFile struct {
	Dialogue doithoai.Dialogue
	Minutes  doithoai.Minutes // Version 0: none were composed yet
	Fresh    doithoai.MinutesBody
	Stale    bool // they would be composed otherwise now
	Changes  []doithoai.MinutesChange
	Tally    doithoai.Tally
	Leaf     int64                  // of the public record, by which they were locked; -1: they were not
	Hash     string                 // hexadecimal, of locked minutes
	Names    map[doithoai.ID]string // of the officers in it
}

// Shown is the body that stands: as it was composed and corrected, or before that as it would be composed now.
func (f MinutesFile) Shown() doithoai.MinutesBody {
	if f.Minutes.Version == 0 {
		return f.Fresh
	}
	return f.Minutes.Body
}

// Minutes opens the minutes of a dialogue of the actor's authority, composed or not.
func (db *DB) Minutes(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (f MinutesFile, err error) {
	if err := may(actor, doithoai.ActSeeMinutes); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		f, err = db.readMinutes(ctx, q, actor, dialogue)
		return err
	})
	return f, err
}

// ViewMinutes opens minutes for who reads whom they name, and puts that on record once for as long as a view serves.
func (db *DB) ViewMinutes(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (f MinutesFile, err error) {
	f, err = db.Minutes(ctx, actor, dialogue)
	if err != nil {
		return f, err
	}
	slug := f.Dialogue.Slug
	served, err := viewedLately(ctx, db.reader(), actor, doithoai.ActSeeMinutes, slug, db.Now())
	if err == nil && !served {
		err = db.act(ctx, func(tx *Tx) error {
			return tx.audit(ctx, actor, doithoai.ActSeeMinutes, slug, "", slug)
		})
	}
	if err != nil { // a view that is not on record has shown nothing
		return MinutesFile{}, err
	}
	return f, nil
}

func (db *DB) readMinutes(
	ctx context.Context, q querier, actor doithoai.Actor, dialogue doithoai.ID,
) (f MinutesFile, err error) {
	f.Leaf = -1
	if f.Dialogue, err = dialogueOf(ctx, q, actor.AuthorityID, dialogue, ""); err != nil {
		return f, err
	}
	kept, err := minutesOf(ctx, q, f.Dialogue, "")
	if err != nil {
		return f, err
	}
	f.Minutes, f.Hash = kept.Minutes, hex.EncodeToString(kept.hash)
	facts, err := minutesFacts(ctx, q, f.Dialogue)
	if err != nil {
		return f, err
	}
	f.Tally, f.Fresh = facts.Tally, plan.ComposeMinutes(facts)
	f.Stale = f.Minutes.Version > 0 && f.Minutes.State != doithoai.MinutesLocked && f.Minutes.Stale(f.Fresh)
	if f.Changes, err = minutesChangesOf(ctx, q, f.Dialogue); err != nil {
		return f, err
	}
	if f.Minutes.State == doithoai.MinutesLocked {
		if f.Leaf, err = one(ctx, q, column[int64], `SELECT leaf
			FROM minutes_leaf
			WHERE dialogue_id = $1`, f.Dialogue.ID); err != nil {
			return f, err
		}
	}
	hidden, err := db.withheld(ctx, q, actor, f.Dialogue)
	if err != nil {
		return f, err
	}
	f.withhold(hidden)
	f.Names, err = pairs[doithoai.ID](ctx, q, `SELECT id, name FROM officer WHERE authority_id = $1`, actor.AuthorityID)
	return f, err
}

// withhold takes out what tells of opinions that are not for the reader.
func (f *MinutesFile) withhold(hidden map[doithoai.ID]bool) {
	paragraph := func(p doithoai.MinutesParagraph) bool { return hidden[p.OpinionID] }
	f.Minutes.Body.Paragraphs = slices.DeleteFunc(f.Minutes.Body.Paragraphs, paragraph)
	f.Fresh.Paragraphs = slices.DeleteFunc(f.Fresh.Paragraphs, paragraph)
	f.Changes = slices.DeleteFunc(f.Changes, func(c doithoai.MinutesChange) bool { return hidden[c.OpinionID] })
}

// keptMinutes is a row of minutes.
type keptMinutes struct {
	doithoai.Minutes
	body string // as it is stored
	hash []byte
}

const minutesColumns = `dialogue_id, authority_id, state, body, composed_at, read_at, read_by, read_to, objections, ` +
	`locked_at, locked_by, version, hash`

func scanMinutes(r row) (m keptMinutes, err error) {
	if err = r.Scan(&m.DialogueID, &m.AuthorityID, &m.State, &m.body, &m.ComposedAt, &m.ReadBack.At, &m.ReadBack.By,
		&m.ReadBack.To, &m.ReadBack.Objections, &m.LockedAt, &m.LockedBy, &m.Version, &m.hash); err != nil {
		return m, err
	}
	err = json.Unmarshal([]byte(m.body), &m.Body)
	return m, err
}

// minutesOf loads the minutes of a dialogue; Version 0 where there are none.
func minutesOf(ctx context.Context, q querier, d doithoai.Dialogue, lock string) (keptMinutes, error) {
	m, err := one(ctx, q, scanMinutes, `SELECT `+minutesColumns+`
		FROM minutes
		WHERE dialogue_id = $1 AND authority_id = $2`+lock, d.ID, d.AuthorityID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return keptMinutes{Minutes: doithoai.Minutes{DialogueID: d.ID, AuthorityID: d.AuthorityID}}, nil
	}
	return m, err
}

// minutesOpen refuses an act after which the minutes of a dialogue, locked by now, would not tell of everything.
func (tx *Tx) minutesOpen(ctx context.Context, d doithoai.Dialogue) error {
	locked, err := minutesLocked(ctx, tx, d)
	if err == nil && locked {
		err = doithoai.Refuse(doithoai.Conflict, "minutes.problem.locked")
	}
	return err
}

// minutesLocked reports whether the minutes of a dialogue are locked.
func minutesLocked(ctx context.Context, q querier, d doithoai.Dialogue) (bool, error) {
	if d.ClosedAt.IsZero() {
		return false, nil
	}
	n, err := one(ctx, q, column[int], `SELECT count(*)
		FROM minutes
		WHERE dialogue_id = $1 AND authority_id = $2 AND state = $3`, d.ID, d.AuthorityID, doithoai.MinutesLocked)
	return n > 0, err
}

const changeColumns = `number, at, officer_id, paragraph, opinion_id, old, new, reason`

// minutesChangesOf is the trace of the minutes of a dialogue.
func minutesChangesOf(ctx context.Context, q querier, d doithoai.Dialogue) ([]doithoai.MinutesChange, error) {
	return list(ctx, q, func(r row) (c doithoai.MinutesChange, err error) {
		err = r.Scan(&c.Number, &c.At, &c.By, &c.Key, &c.OpinionID, &c.Old, &c.New, &c.Reason)
		return c, err
	}, `SELECT `+changeColumns+`
		FROM minutes_change
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY number`, d.ID, d.AuthorityID)
}

// onMinutes does an act to the minutes of a dialogue that has ended, of a version, 0 where there are none yet: change
// makes of them what the act says, and names what it leaves in the trace.
func (db *DB) onMinutes(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID, version int,
	change func(*Tx, doithoai.Dialogue, *keptMinutes) ([]doithoai.MinutesChange, error),
) (m doithoai.Minutes, err error) {
	if err := may(actor, act); err != nil {
		return m, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		// no opinion comes to the dialogue meanwhile of which the act would know nothing
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, db.dialect.forReferrers())
		if err != nil {
			return err
		}
		kept, err := minutesOf(ctx, tx, d, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if err := sameVersion(kept.Version, version); err != nil {
			return err
		}
		if !d.May(act) {
			return doithoai.Refuse(doithoai.Conflict, "minutes.problem.running")
		}
		if act != doithoai.ActLockMinutes { // that changes no word
			if err := tx.unsignedOf(ctx, doithoai.DocumentMinutes, d.ID); err != nil {
				return err
			}
		}
		before := kept.State
		changes, err := change(tx, d, &kept)
		if err != nil {
			return err
		}
		if err := tx.writeMinutes(ctx, kept, version); err != nil {
			return err
		}
		if err := tx.traceMinutes(ctx, actor, d, changes); err != nil {
			return err
		}
		m = kept.Minutes
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, act, d.Slug, string(before), string(kept.State)+" "+strconv.Itoa(kept.Version))
	})
	return m, err
}

func (tx *Tx) writeMinutes(ctx context.Context, m keptMinutes, version int) error {
	if m.State != doithoai.MinutesLocked { // locked, its bytes are those that were hashed
		b, err := json.Marshal(m.Body)
		if err != nil {
			return fmt.Errorf("minutes of %s: %w", m.DialogueID, err)
		}
		m.body = string(b)
	}
	values := []any{
		m.State, m.body, m.ComposedAt, m.ReadBack.At, m.ReadBack.By, m.ReadBack.To, m.ReadBack.Objections, m.LockedAt,
		m.LockedBy, m.Version, m.hash, m.DialogueID,
	}
	if version == 0 {
		return conflictIfThere(tx.exec(ctx, `INSERT INTO minutes (state, body, composed_at, read_at, read_by, read_to,
				objections, locked_at, locked_by, version, hash, dialogue_id, authority_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, append(values, m.AuthorityID)...))
	}
	return tx.execOne(ctx, `UPDATE minutes
		SET state = $1, body = $2, composed_at = $3, read_at = $4, read_by = $5, read_to = $6, objections = $7,
			locked_at = $8, locked_by = $9, version = $10, hash = $11
		WHERE dialogue_id = $12 AND version = $13`, append(values, version)...)
}

// traceMinutes keeps what an act changed in minutes.
func (tx *Tx) traceMinutes(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, changes []doithoai.MinutesChange,
) error {
	if len(changes) == 0 {
		return nil
	}
	last, err := one(ctx, tx, column[int], `SELECT coalesce(max(number), 0)
		FROM minutes_change
		WHERE dialogue_id = $1`, d.ID)
	if err != nil {
		return err
	}
	rows := newRows(10)
	for i, c := range changes {
		rows.add(d.ID, last+1+i, d.AuthorityID, tx.Now, actor.ID, c.Key, c.OpinionID, c.Old, c.New, c.Reason)
	}
	return rows.insert(ctx, tx,
		`minutes_change (dialogue_id, number, authority_id, at, officer_id, paragraph, opinion_id, old, new, reason)`)
}

// ComposeMinutes writes the minutes of a dialogue that has ended from everything that happened, for the first time or
// anew. What was corrected stays so where it would be composed as before ([doithoai.Minutes.Compose]).
func (db *DB) ComposeMinutes(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (doithoai.Minutes, error) {
	return db.onMinutes(ctx, actor, doithoai.ActComposeMinutes, dialogue, version,
		func(tx *Tx, d doithoai.Dialogue, m *keptMinutes) (dropped []doithoai.MinutesChange, err error) {
			facts, err := minutesFacts(ctx, tx, d)
			if err != nil {
				return nil, err
			}
			m.Minutes, dropped, err = m.Compose(plan.ComposeMinutes(facts), tx.Now)
			return dropped, err
		})
}

// CorrectMinutes puts other words into paragraphs of minutes that are not locked, for one reason; the trace keeps what
// stood there. A paragraph that is not for the actor to read is NotFound, and then none is changed.
func (db *DB) CorrectMinutes(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, reason string,
	all ...doithoai.MinutesWording,
) (doithoai.Minutes, error) {
	return db.onMinutes(ctx, actor, doithoai.ActCorrectMinutes, dialogue, version,
		func(tx *Tx, d doithoai.Dialogue, m *keptMinutes) ([]doithoai.MinutesChange, error) {
			hidden, err := db.withheld(ctx, tx, actor, d)
			if err != nil {
				return nil, err
			}
			next, changes, err := m.Correct(reason, all...)
			for _, c := range changes {
				if hidden[c.OpinionID] {
					return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
				}
			}
			m.Minutes = next
			return changes, err
		})
}

// ReadMinutes notes that the minutes were read back as they stand: when, before whom, and what was objected. The actor
// is who read.
func (db *DB) ReadMinutes(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, r doithoai.ReadBack,
) (doithoai.Minutes, error) {
	return db.onMinutes(ctx, actor, doithoai.ActReadMinutes, dialogue, version,
		func(tx *Tx, d doithoai.Dialogue, m *keptMinutes) (_ []doithoai.MinutesChange, err error) {
			r.By = actor.ID
			m.Minutes, err = m.Read(r, d, tx.Now)
			return nil, err
		})
}

// LockMinutes freezes the minutes as they were read back: their hash is kept, and a leaf of the public record commits
// to it. What the conclusion in them gives somebody to do is a promise from then on. It is refused while the sum of the
// dialogue is open, and where they would be composed otherwise by now.
func (db *DB) LockMinutes(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (doithoai.Minutes, error) {
	return db.onMinutes(ctx, actor, doithoai.ActLockMinutes, dialogue, version,
		func(tx *Tx, d doithoai.Dialogue, m *keptMinutes) ([]doithoai.MinutesChange, error) {
			facts, err := minutesFacts(ctx, tx, d)
			if err != nil {
				return nil, err
			}
			stale := m.Stale(plan.ComposeMinutes(facts))
			if m.Minutes, err = m.Lock(actor.ID, facts.Tally, stale, tx.Now); err != nil {
				return nil, err
			}
			changes, err := minutesChangesOf(ctx, tx, d)
			if err != nil {
				return nil, err
			}
			sum := m.Minutes.Hash(m.body, changes)
			m.hash = sum[:]
			if err := tx.conclude(ctx, actor, d); err != nil {
				return nil, err
			}
			return nil, tx.sealMinutes(ctx, d, m)
		})
}

// sealMinutes has the act append a leaf that commits to minutes.
func (tx *Tx) sealMinutes(ctx context.Context, d doithoai.Dialogue, m *keptMinutes) error {
	a, err := tx.authorityByID(ctx, d.AuthorityID)
	if err != nil {
		return err
	}
	tx.minutes = &pendingMinutes{dialogue: d, slug: a.Slug, minutes: m.Minutes, hash: m.hash}
	return nil
}

// WriteConclusion writes the chair's conclusion of a dialogue that runs or is closed, until its minutes are locked,
// with who is to do what until when: from then on these are promises ([DB.LockMinutes]), and nothing of them is
// written anew. version is that of the text, 0 where there is none yet.
func (db *DB) WriteConclusion(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, body string,
	lines ...doithoai.Promised,
) (t plan.Text, err error) {
	if err := may(actor, doithoai.ActWriteConclusion); err != nil {
		return t, err
	}
	t = plan.Text{DialogueID: dialogue, Kind: plan.TextConclusion, AuthorityID: actor.AuthorityID, Body: body}
	err = db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		locked, err := minutesLocked(ctx, tx, d)
		if err != nil {
			return err
		}
		if !d.May(doithoai.ActWriteConclusion) || locked {
			return doithoai.Refuse(doithoai.Conflict, "minutes.problem.conclusion")
		}
		if err := tx.unsignedOf(ctx, doithoai.DocumentConclusion, d.ID); err != nil {
			return err
		}
		by, err := tx.concluding(ctx, d)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(append(t.Problems(calendar.Date{}), by.Concluding(lines)...)); err != nil {
			return err
		}
		t.By, t.At, t.Version = actor.ID, tx.Now, version+1
		if err := tx.putText(ctx, version, t); err != nil {
			return err
		}
		if err := tx.putConcluded(ctx, d, lines); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActWriteConclusion, d.Slug, "", strconv.Itoa(t.Version))
	})
	return t, err
}

// ConclusionFile is what the chair concluded, with who is to do what.
type ConclusionFile struct {
	plan.MinutesFacts
	Kept   plan.Text // Version 0: none was written yet
	Locked bool      // with the minutes
}

// Conclusion opens the conclusion of a dialogue of the actor's authority, without what is on their own conduct.
func (db *DB) Conclusion(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (f ConclusionFile, err error) {
	if err := may(actor, doithoai.ActSeeMinutes); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		d, err := dialogueOf(ctx, q, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if f.MinutesFacts, err = minutesFacts(ctx, q, d); err != nil {
			return err
		}
		hidden, err := db.withheld(ctx, q, actor, d)
		if err != nil {
			return err
		}
		f.Opinions = slices.DeleteFunc(f.Opinions, func(o plan.MinutesOpinion) bool { return hidden[o.Opinion.ID] })
		texts, err := textsOf(ctx, q, d.AuthorityID, d.ID)
		if err != nil {
			return err
		}
		f.Kept = texts[plan.TextConclusion]
		f.Locked, err = minutesLocked(ctx, q, d)
		return err
	})
	return f, err
}
