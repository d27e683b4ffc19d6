package store

import (
	"context"

	"doithoai"
)

const hallNoteColumns = `id, authority_id, dialogue_id, at, kind, body, entered_by, entered_at, version`

// maxHallNotes bounds the notes of a dialogue.
const maxHallNotes = 500

func scanHallNote(r row) (n doithoai.HallNote, err error) {
	err = r.Scan(&n.ID, &n.AuthorityID, &n.DialogueID, &n.At, &n.Kind, &n.Body, &n.EnteredBy, &n.EnteredAt, &n.Version)
	return n, err
}

// HallNotes lists the notes of a dialogue in the order in which it happened, to who may write them.
func (db *DB) HallNotes(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]doithoai.HallNote, error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActNoteHall, dialogue); err != nil {
		return nil, err
	}
	return hallNotesOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

func hallNotesOf(
	ctx context.Context, q querier, authority, dialogue doithoai.ID,
) ([]doithoai.HallNote, error) {
	return list(ctx, q, scanHallNote, `SELECT `+hallNoteColumns+`
		FROM hall_note
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY at, id LIMIT $3`, dialogue, authority, maxHallNotes)
}

// NoteHall keeps a note on the course of a dialogue, on its day. Version 0 is a new one under the form's id: the same
// sent twice is one. Else it corrects the officer's own of the same day; n.Version is the note's.
func (db *DB) NoteHall(ctx context.Context, actor doithoai.Actor, n doithoai.HallNote) error {
	if err := checkID(n.ID); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.onCourse(ctx, actor, n.DialogueID)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(n.Problems(d, tx.Now)); err != nil {
			return err
		}
		if !storable(n.Body) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		if n.Version > 0 {
			if err := tx.changeNote(ctx, actor, n); err != nil {
				return err
			}
		} else if repeated, err := tx.addNote(ctx, actor, d, n); repeated || err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActNoteHall, d.Slug, "", string(n.Kind)+" "+string(n.ID))
	})
}

// WithdrawNote takes back the officer's own note of the same day. version is the note's.
func (db *DB) WithdrawNote(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int,
) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.onCourse(ctx, actor, dialogue)
		if err != nil {
			return err
		}
		n, err := tx.ownNote(ctx, actor, d.ID, id)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `DELETE FROM hall_note WHERE id = $1 AND version = $2`, n.ID, version); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActNoteHall, d.Slug, string(n.Kind)+" "+string(n.ID), "")
	})
}

// onCourse opens a dialogue for an act on the notes of its course.
func (tx *Tx) onCourse(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (doithoai.Dialogue, error) {
	if err := may(actor, doithoai.ActNoteHall); err != nil {
		return doithoai.Dialogue{}, err
	}
	d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, tx.db.dialect.forShare())
	if err != nil {
		return d, err
	}
	if err := d.NotesOpen(tx.Now); err != nil {
		return d, err
	}
	return d, tx.minutesOpen(ctx, d)
}

// ownNote finds a note that the officer may change.
func (tx *Tx) ownNote(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID,
) (doithoai.HallNote, error) {
	n, err := one(ctx, tx, scanHallNote, `SELECT `+hallNoteColumns+`
		FROM hall_note
		WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3`+tx.db.dialect.forUpdate(),
		id, dialogue, actor.AuthorityID)
	if doithoai.KindOf(err) == doithoai.NotFound { // taken back meanwhile
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if err == nil && !n.Changeable(actor.ID, tx.Now) {
		err = doithoai.Refuse(doithoai.Conflict, "hall_note.problem.not_own")
	}
	return n, err
}

func (tx *Tx) changeNote(ctx context.Context, actor doithoai.Actor, n doithoai.HallNote) error {
	if _, err := tx.ownNote(ctx, actor, n.DialogueID, n.ID); err != nil {
		return err
	}
	return tx.execOne(ctx, `UPDATE hall_note
		SET at = $1, kind = $2, body = $3, version = version + 1
		WHERE id = $4 AND version = $5`, n.At, string(n.Kind), n.Body, n.ID, n.Version)
}

// addNote writes a new note; repeated where exactly it stands under the form's id already.
func (tx *Tx) addNote(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, n doithoai.HallNote,
) (repeated bool, err error) {
	count, err := tx.execCount(ctx, `INSERT INTO hall_note (`+hallNoteColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
		ON CONFLICT DO NOTHING`,
		n.ID, d.AuthorityID, d.ID, n.At, string(n.Kind), n.Body, actor.ID, tx.Now)
	if err != nil || count == 1 {
		return false, err
	}
	there, err := one(ctx, tx, scanHallNote, `SELECT `+hallNoteColumns+`
		FROM hall_note
		WHERE id = $1 AND authority_id = $2`, n.ID, d.AuthorityID)
	if err != nil {
		return false, doithoai.Refuse(doithoai.Conflict, "error.conflict") // another authority's, or gone again
	}
	if there.DialogueID != d.ID || there.At != n.At || there.Kind != n.Kind || there.Body != n.Body {
		return false, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return true, nil
}
