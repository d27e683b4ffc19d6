package store

import (
	"context"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const attendanceColumns = `id, authority_id, dialogue_id, invitation_id, slip_id, name, title, village_id, speaks,
	arrived_at, entered_by, version`

func scanAttendance(r row) (a doithoai.Attendance, err error) {
	err = r.Scan(&a.ID, &a.AuthorityID, &a.DialogueID, &a.InvitationID, &a.SlipID, &a.Name, &a.Title, &a.VillageID,
		&a.Speaks, &a.ArrivedAt, &a.EnteredBy, &a.Version)
	return a, err
}

const presidingColumns = `authority_id, dialogue_id, number, name, from_at, reason, paper, entered_by, entered_at`

func scanPresiding(r row) (p doithoai.Presiding, err error) {
	err = r.Scan(&p.AuthorityID, &p.DialogueID, &p.Number, &p.Name, &p.From, &p.Reason, &p.Paper, &p.EnteredBy,
		&p.EnteredAt)
	return p, err
}

// Bounds of who may be at a dialogue, and of how often who presides may change.
const (
	maxSpeakers   = 1000 // registered by slips
	maxAttendance = 3000
	maxPresiding  = 20
)

// Speaker is who registered by a slip to speak at a dialogue, or came with one that asks for an answer in writing.
type Speaker struct {
	SlipID  doithoai.ID
	Number  doithoai.RegisterNumber // of the slip's first opinion
	Name    string
	Village string
	Speaks  bool // they registered to
}

// Reception is who is expected at a dialogue and who is there.
type Reception struct {
	Invited   []plan.Invitation // but for those who were withdrawn
	Speakers  []Speaker
	Present   []doithoai.Attendance // in the order in which they were noted
	Presiding []doithoai.Presiding
}

// Reception lists who was invited to a dialogue, who registered to speak there, and who of them, or besides, is there.
func (db *DB) Reception(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (r Reception, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeReception, dialogue); err != nil {
		return r, err
	}
	q := db.reader()
	if r.Invited, err = invitationsOf(ctx, q, actor.AuthorityID, dialogue); err != nil {
		return r, err
	}
	r.Invited = slices.DeleteFunc(r.Invited, func(i plan.Invitation) bool { return i.State == plan.InvitationWithdrawn })
	args := []any{actor.AuthorityID, dialogue, maxSpeakers}
	hidden := notConcerned(actor, db.Now().Date(), binder(&args))
	if r.Speakers, err = list(ctx, q, func(r row) (s Speaker, err error) {
		err = r.Scan(&s.SlipID, &s.Number, &s.Name, &s.Village, &s.Speaks)
		return s, err
	}, `SELECT s.id, min(o.number), p.name, coalesce(v.name, ''), CASE WHEN s.manner <> 'written' THEN 1 ELSE 0 END
		FROM opinion o
		JOIN slip s ON s.id = o.slip_id
		JOIN petitioner p ON p.slip_id = s.id
		LEFT JOIN village v ON v.id = p.village_id
		WHERE o.dialogue_id = $2 AND o.authority_id = $1 AND `+unspoken+` AND p.name <> ''
			AND (s.manner <> 'written' OR EXISTS (SELECT 1 FROM attendance t WHERE t.slip_id = s.id))
			AND o.joined_to IS NULL AND `+notDenounced+hidden+`
		GROUP BY s.id, s.manner, p.name, v.name
		ORDER BY s.id LIMIT $3`, args...); err != nil {
		return r, err
	}
	if r.Present, err = list(ctx, q, scanAttendance, `SELECT `+attendanceColumns+`
		FROM attendance
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY id LIMIT $3`, dialogue, actor.AuthorityID, maxAttendance); err != nil {
		return r, err
	}
	r.Presiding, err = presidingOf(ctx, q, actor.AuthorityID, dialogue)
	return r, err
}

func presidingOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) ([]doithoai.Presiding, error) {
	return list(ctx, q, scanPresiding, `SELECT `+presidingColumns+`
		FROM presiding
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY number LIMIT $3`, dialogue, authority, maxPresiding)
}

// atReception opens a dialogue for an act at its reception, on its day. It is not closed meanwhile: the head count that
// then stands has everybody.
func (tx *Tx) atReception(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID,
) (doithoai.Dialogue, error) {
	if err := may(actor, act); err != nil {
		return doithoai.Dialogue{}, err
	}
	d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, tx.db.dialect.forShare())
	if err != nil {
		return d, err
	}
	return d, d.ReceptionOpen(tx.Now)
}

// CheckIn notes that somebody is there, from now on. a.ID is the form's: the same sent twice is one, and so is somebody
// of a list whom two officers note at once. Where somebody else stands under it, or in the same place, it is a
// Conflict.
func (db *DB) CheckIn(ctx context.Context, actor doithoai.Actor, a doithoai.Attendance) error {
	return db.checkIn(ctx, actor, a, func(*Tx, *doithoai.Attendance) error { return nil })
}

// CheckInByCode notes whom the code is of: on an invitation, or the receipt of a slip of the dialogue. Any other code
// is refused at its field.
func (db *DB) CheckInByCode(
	ctx context.Context, actor doithoai.Actor, a doithoai.Attendance, code doithoai.ReceiptCode,
) error {
	return db.checkIn(ctx, actor, a, func(tx *Tx, a *doithoai.Attendance) error {
		for _, of := range []struct {
			id    *doithoai.ID
			query string
		}{
			{&a.InvitationID, `SELECT i.id
				FROM invitation_code c
				JOIN invitation i ON i.id = c.invitation_id
				WHERE c.code_hash = $1 AND i.dialogue_id = $2 AND i.authority_id = $3`},
			{&a.SlipID, `SELECT id FROM slip WHERE code_hash = $1 AND dialogue_id = $2 AND authority_id = $3`},
		} {
			found, err := list(ctx, tx, column[doithoai.ID], of.query, code.Hash(), a.DialogueID, actor.AuthorityID)
			if err != nil {
				return err
			}
			if len(found) > 0 {
				*of.id = found[0]
				return nil
			}
		}
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "ma", Key: "reception.problem.code"}})
	})
}

// checkIn notes an attendance, once find has said whose.
func (db *DB) checkIn(
	ctx context.Context, actor doithoai.Actor, a doithoai.Attendance, find func(*Tx, *doithoai.Attendance) error,
) error {
	if err := checkID(a.ID); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.atReception(ctx, actor, doithoai.ActCheckIn, a.DialogueID)
		if err != nil {
			return err
		}
		if err := find(tx, &a); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(a.Problems()); err != nil {
			return err
		}
		if err := tx.knowsArrival(ctx, d, a); err != nil {
			return err
		}
		a.AuthorityID, a.ArrivedAt, a.EnteredBy, a.Version = d.AuthorityID, tx.Now, actor.ID, 1
		n, err := tx.execCount(ctx, `INSERT INTO attendance (`+attendanceColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT DO NOTHING`,
			a.ID, a.AuthorityID, a.DialogueID, a.InvitationID, a.SlipID, a.Name, a.Title, a.VillageID, a.Speaks, a.ArrivedAt,
			a.EnteredBy, a.Version)
		if err != nil {
			return err
		}
		if n == 0 {
			return tx.arrivedAlready(ctx, a)
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActCheckIn, d.Slug, "", string(a.ID))
	})
}

// arrivedAlready refuses an attendance in whose place another one is: nobody may be told that it was noted.
func (tx *Tx) arrivedAlready(ctx context.Context, a doithoai.Attendance) error {
	there, err := one(ctx, tx, scanAttendance, `SELECT `+attendanceColumns+`
		FROM attendance
		WHERE authority_id = $1 AND (id = $2 OR invitation_id = $3 OR slip_id = $4)
		LIMIT 1`, a.AuthorityID, a.ID, a.InvitationID, a.SlipID)
	if err == nil && (there.DialogueID != a.DialogueID || there.InvitationID != a.InvitationID ||
		there.SlipID != a.SlipID || there.Name != a.Name) {
		err = doithoai.Refuse(doithoai.Conflict, "reception.problem.noted")
	}
	return err
}

// knowsArrival refuses who is not of the dialogue: another's invitation or slip, a village that there is not.
func (tx *Tx) knowsArrival(ctx context.Context, d doithoai.Dialogue, a doithoai.Attendance) error {
	for _, of := range []struct {
		id    doithoai.ID
		query string
	}{
		{a.InvitationID, `SELECT count(*) FROM invitation
			WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3 AND state <> 'withdrawn'`},
		{a.SlipID, `SELECT count(*) FROM slip WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3`},
	} {
		if of.id == "" {
			continue
		}
		if err := checkID(of.id); err != nil {
			return err
		}
		n, err := one(ctx, tx, column[int], of.query, of.id, d.ID, d.AuthorityID)
		if err != nil {
			return err
		}
		if n == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
	}
	return tx.knowsVillage(ctx, d.AuthorityID, a.VillageID, "reception.problem.village")
}

// knowsVillage refuses a village that the authority does not have today, with a problem at the field; "" is none.
func (tx *Tx) knowsVillage(ctx context.Context, authority, village doithoai.ID, problem string) error {
	if village == "" {
		return nil
	}
	o, err := loadOrganisation(ctx, tx, authority)
	if err == nil && !slices.ContainsFunc(o.VillagesOn(tx.Now.Date()), func(v doithoai.Village) bool {
		return v.ID == village
	}) {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "thon", Key: problem}})
	}
	return err
}

// UndoCheckIn takes back that somebody is there: they were noted by mistake. version is the attendance's.
func (db *DB) UndoCheckIn(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int,
) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.atReception(ctx, actor, doithoai.ActUndoCheckIn, dialogue)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `DELETE FROM attendance
			WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3 AND version = $4`,
			id, d.ID, d.AuthorityID, version); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActUndoCheckIn, d.Slug, string(id), "")
	})
}

// ChangePresiding notes that somebody else presides from a moment on. p.Number is one more than that of the last change
// which the actor saw.
func (db *DB) ChangePresiding(ctx context.Context, actor doithoai.Actor, p doithoai.Presiding) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.atReception(ctx, actor, doithoai.ActChangePresiding, p.DialogueID)
		if err != nil {
			return err
		}
		all, err := presidingOf(ctx, tx, d.AuthorityID, d.ID)
		if err != nil {
			return err
		}
		if p.Number != len(all)+1 || len(all) >= maxPresiding {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		var before calendar.Instant
		if len(all) > 0 {
			before = all[len(all)-1].From
		}
		if err := doithoai.RefuseForm(p.Problems(d, before, tx.Now)); err != nil {
			return err
		}
		p.AuthorityID, p.EnteredBy, p.EnteredAt = d.AuthorityID, actor.ID, tx.Now
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO presiding (`+presidingColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			p.AuthorityID, p.DialogueID, p.Number, p.Name, p.From, p.Reason, p.Paper, p.EnteredBy, p.EnteredAt)); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActChangePresiding, d.Slug, "", strconv.Itoa(p.Number))
	})
}
