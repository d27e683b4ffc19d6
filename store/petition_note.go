package store

import (
	"context"
	"slices"

	"doithoai"
)

const noteColumns = `id, authority_id, opinion_id, kind, unit_id, with_whom, held_at, body, written_by, written_at`

func scanPetitionNote(r row) (n doithoai.PetitionNote, err error) {
	err = r.Scan(&n.ID, &n.AuthorityID, &n.OpinionID, &n.Kind, &n.UnitID, &n.With, &n.HeldAt, &n.Body,
		&n.WrittenBy, &n.WrittenAt)
	return n, err
}

// notesOf lists the notes on the petition of an opinion, the oldest first.
func notesOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.PetitionNote, error) {
	return list(ctx, q, scanPetitionNote, `SELECT `+noteColumns+`
		FROM petition_note
		WHERE opinion_id = $1
		ORDER BY written_at, id LIMIT $2`, opinion, doithoai.MaxPetitionNotes)
}

// AddNote keeps a note on the petition of an opinion, under the id of its form: the same sent twice is one.
func (db *DB) AddNote(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, n doithoai.PetitionNote,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActAddNote, opinion)
		if err != nil {
			return err
		}
		if !wellFormed(n.ID) || !storable(n.With) || !storable(n.Body) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		notes, err := notesOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		n, facts, err := n.Add(c.Petition, c.Subject.NoteKinds(actor), len(notes), tx.Now)
		if err != nil {
			return err
		}
		for _, there := range notes {
			if there.ID == n.ID && there.WrittenBy == actor.ID && there.Kind == n.Kind && there.Words() == n.Words() {
				return nil
			}
		}
		n.AuthorityID, n.OpinionID, n.WrittenBy = c.Opinion.AuthorityID, opinion, actor.ID
		if err := tx.insertNote(ctx, n); err != nil {
			return err
		}
		if err := tx.awaitParts(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, facts, n.Words())
	})
}

// loadNotes reads the notes on a petition, for whom they are.
func (f *OpinionFile) loadNotes(ctx context.Context, q querier, actor doithoai.Actor) (err error) {
	if f.Petition == nil || doithoai.Can(actor, doithoai.ActSeeNotes, f.Subject) != nil {
		return nil
	}
	f.Notes, err = notesOf(ctx, q, f.Opinion.ID)
	return err
}

// internalWords are the acts whose words are for those alone who work on a petition.
var internalWords = []doithoai.Act{
	doithoai.ActHandOverPetition, doithoai.ActDisputePetition, doithoai.ActKeepLead, doithoai.ActUrgePetition,
	doithoai.ActReplyUrging,
}

// hideNotes leaves out of what happened that there are notes, what they say, why units hand the work on, and with which
// words they are urged.
func (f *OpinionFile) hideNotes() {
	for _, e := range f.Events {
		if slices.Contains(internalWords, e.Act) {
			delete(f.Texts, e.Leaf)
		}
	}
	f.Events = slices.DeleteFunc(f.Events, func(e doithoai.Event) bool {
		hidden := e.Facts.Note != ""
		if hidden {
			delete(f.Texts, e.Leaf)
		}
		return hidden
	})
}

// insertNote keeps a new note. An id that another one has is a Conflict.
func (tx *Tx) insertNote(ctx context.Context, n doithoai.PetitionNote) error {
	return tx.execOne(ctx, `INSERT INTO petition_note (`+noteColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO NOTHING`,
		n.ID, n.AuthorityID, n.OpinionID, string(n.Kind), n.UnitID, n.With, n.HeldAt, n.Body, n.WrittenBy, n.WrittenAt)
}

// TakeBackNote takes back the actor's own note of the same day.
func (db *DB) TakeBackNote(ctx context.Context, actor doithoai.Actor, opinion, note doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := checkID(note); err != nil {
			return err
		}
		c, err := tx.openCase(ctx, actor, doithoai.ActTakeBackNote, opinion)
		if err != nil {
			return err
		}
		n, err := one(ctx, tx, scanPetitionNote, `SELECT `+noteColumns+`
			FROM petition_note
			WHERE id = $1 AND opinion_id = $2`, note, opinion)
		if doithoai.KindOf(err) == doithoai.NotFound { // taken back meanwhile
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err != nil {
			return err
		}
		events, err := eventsOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		facts, err := n.TakeBack(actor.ID, events, tx.Now)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `DELETE FROM petition_note WHERE id = $1`, note); err != nil {
			return err
		}
		if err := tx.awaitParts(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, facts, "")
	})
}

// awaitParts keeps which units coordinate on an opinion that is still to be answered, and which of them have not given
// their part: what lists ask.
func (tx *Tx) awaitParts(ctx context.Context, opinion doithoai.ID) error {
	const works = `EXISTS (SELECT 1
			FROM petition p
			WHERE p.opinion_id = co_unit.opinion_id AND p.state NOT IN ('answered', 'ended'))`
	return tx.exec(ctx, `UPDATE co_unit
		SET works = `+works+`, waits = `+works+` AND NOT EXISTS (SELECT 1
			FROM petition_note n
			WHERE n.opinion_id = co_unit.opinion_id AND n.unit_id = co_unit.unit_id AND n.kind = 'part')
		WHERE opinion_id = $1`, opinion)
}

// AwaitedParts lists the opinions to whose answers a unit of the actor is to give its part, earliest due first, maxWork
// at most: more reports whether there are others.
func (db *DB) AwaitedParts(ctx context.Context, actor doithoai.Actor) (rows []Row, more bool, err error) {
	units := coUnitsOfActor(actor)
	if len(units) == 0 {
		return nil, false, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	rows, err = list(ctx, db.reader(), scanRow, `SELECT `+rowColumns+`
		FROM co_unit w
		JOIN opinion o ON o.id = w.opinion_id`+rowJoins+`
		WHERE w.authority_id = $1 AND w.waits AND w.unit_id IN `+inList(bind, units)+` AND p.state <> 'ended'
			AND o.joined_to IS NULL AND `+notDenounced+notConcerned(actor, db.Now().Date(), bind)+`
		ORDER BY p.due, o.id LIMIT `+bind(maxWork+1), args...)
	return rows[:min(len(rows), maxWork)], len(rows) > maxWork, err
}

// coUnitsOfActor are the units for which the actor gives parts, if they coordinate.
func coUnitsOfActor(actor doithoai.Actor) (units []doithoai.ID) {
	for _, id := range actor.UnitIDs() {
		s := doithoai.Subject{AuthorityID: actor.AuthorityID, CoUnits: []doithoai.ID{id}}
		if unit, may := s.NoteKinds(actor)[doithoai.NotePart]; may && unit == id {
			units = append(units, id)
		}
	}
	return units
}
