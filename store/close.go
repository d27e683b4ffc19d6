package store

import (
	"context"
	"strconv"

	"doithoai"
	"doithoai/calendar"
)

// closeHall does what closing a dialogue does beside it: whoever speaks stops, and the head count of the day stays as
// it is.
func (tx *Tx) closeHall(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, at calendar.Instant,
) error {
	if err := tx.endSpeaking(ctx, actor, d, at); err != nil {
		return err
	}
	heads, err := liveHeads(ctx, tx, d)
	if err != nil {
		return err
	}
	rows := newRows(5)
	for _, h := range heads {
		rows.add(d.ID, h.Group, d.AuthorityID, h.Expected, h.Present)
	}
	return rows.insert(ctx, tx, `head_count (dialogue_id, grp, authority_id, expected, present)`)
}

// headsOf are the head counts of a dialogue: as they were when it was closed, else as they are now.
func headsOf(ctx context.Context, q querier, d doithoai.Dialogue) (doithoai.Heads, error) {
	kept, err := list(ctx, q, scanHeads, `SELECT grp, expected, present
		FROM head_count
		WHERE dialogue_id = $1 AND authority_id = $2`, d.ID, d.AuthorityID)
	if err != nil || len(kept) > 0 {
		return kept, err
	}
	return liveHeads(ctx, q, d)
}

func scanHeads(r row) (c doithoai.HeadCount, err error) {
	err = r.Scan(&c.Group, &c.Expected, &c.Present)
	return c, err
}

// liveHeads counts who is expected at a dialogue and who was noted there.
func liveHeads(ctx context.Context, q querier, d doithoai.Dialogue) (heads doithoai.Heads, err error) {
	const (
		speaks = `SELECT o.slip_id
			FROM opinion o
			JOIN slip s ON s.id = o.slip_id
			WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND ` + unspoken + ` AND s.manner <> 'written'
				AND o.joined_to IS NULL AND o.ruling <> 'TC'`
		there = `SELECT count(*) FROM attendance WHERE dialogue_id = $1 AND authority_id = $2`
	)
	for _, g := range []struct {
		group             doithoai.HeadGroup
		expected, present string
	}{
		{doithoai.HeadInvited, `SELECT count(*)
			FROM invitation
			WHERE dialogue_id = $1 AND authority_id = $2 AND state <> 'withdrawn'`,
			there + ` AND invitation_id IS NOT NULL`},
		{doithoai.HeadRegistered, `SELECT count(DISTINCT r.slip_id) FROM (` + speaks + `) AS r`,
			there + ` AND slip_id IN (` + speaks + `)`},
		{doithoai.HeadOthers, ``,
			there + ` AND invitation_id IS NULL AND (slip_id IS NULL OR slip_id NOT IN (` + speaks + `))`},
	} {
		c := doithoai.HeadCount{Group: g.group}
		if g.expected != "" {
			if c.Expected, err = one(ctx, q, column[int], g.expected, d.ID, d.AuthorityID); err != nil {
				return nil, err
			}
		}
		if c.Present, err = one(ctx, q, column[int], g.present, d.ID, d.AuthorityID); err != nil {
			return nil, err
		}
		heads = append(heads, c)
	}
	return heads, nil
}

const attendanceChangeColumns = `authority_id, dialogue_id, number, added, name, reason, entered_by, entered_at`

// attendanceChangesOf are the corrections of who was at a dialogue, in their order.
func attendanceChangesOf(
	ctx context.Context, q querier, d doithoai.Dialogue,
) ([]doithoai.AttendanceChange, error) {
	return list(ctx, q, func(r row) (c doithoai.AttendanceChange, err error) {
		err = r.Scan(&c.AuthorityID, &c.DialogueID, &c.Number, &c.Added, &c.Name, &c.Reason, &c.EnteredBy, &c.EnteredAt)
		return c, err
	}, `SELECT `+attendanceChangeColumns+`
		FROM attendance_change
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY number LIMIT $3`, d.ID, d.AuthorityID, maxAttendance)
}

// CorrectAttendance corrects who was at a dialogue that is closed, for a reason: somebody is added as a says, or taken
// away whose attendance a is, in the version that the actor saw. c.Number is one more than that of the last correction
// which the actor saw. The head count of the day stays; the audit says that somebody was, not who.
func (db *DB) CorrectAttendance(
	ctx context.Context, actor doithoai.Actor, c doithoai.AttendanceChange, a doithoai.Attendance,
) error {
	if err := may(actor, doithoai.ActCorrectAttendance); err != nil {
		return err
	}
	if err := checkID(a.ID); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, c.DialogueID, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		before, err := attendanceChangesOf(ctx, tx, d)
		if err != nil {
			return err
		}
		if !d.May(doithoai.ActCorrectAttendance) || c.Number != len(before)+1 || len(before) >= maxAttendance {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		c.AuthorityID, c.EnteredBy, c.EnteredAt = d.AuthorityID, actor.ID, tx.Now
		a.AuthorityID, a.DialogueID = d.AuthorityID, d.ID
		if c.Added {
			err = tx.addAttendance(ctx, actor, d, &c, a)
		} else {
			err = tx.removeAttendance(ctx, &c, a)
		}
		if err != nil {
			return err
		}
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO attendance_change (`+attendanceChangeColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, c.AuthorityID, d.ID, c.Number, c.Added, c.Name, c.Reason, c.EnteredBy,
			c.EnteredAt)); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActCorrectAttendance, d.Slug, "", strconv.Itoa(c.Number))
	})
}

// addAttendance adds who was there after all: somebody invited, or somebody on no list.
func (tx *Tx) addAttendance(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, c *doithoai.AttendanceChange, a doithoai.Attendance,
) (err error) {
	c.Name = a.Name
	if a.InvitationID != "" && a.Name == "" {
		if err := checkID(a.InvitationID); err != nil {
			return err
		}
		if c.Name, err = one(ctx, tx, column[string], `SELECT name
			FROM invitation
			WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3`, a.InvitationID, d.ID, d.AuthorityID); err != nil {
			return err
		}
	}
	if err := doithoai.RefuseForm(c.Problems()); err != nil {
		return err
	}
	if err := tx.knowsArrival(ctx, d, a); err != nil {
		return err
	}
	n, err := tx.execCount(ctx, `INSERT INTO attendance (`+attendanceColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT DO NOTHING`,
		a.ID, d.AuthorityID, d.ID, a.InvitationID, a.SlipID, a.Name, a.Title, a.VillageID, false, d.ClosedAt, actor.ID, 1)
	if err == nil && n == 0 {
		err = doithoai.Refuse(doithoai.Conflict, "reception.problem.noted")
	}
	return err
}

// removeAttendance takes away who was not there.
func (tx *Tx) removeAttendance(ctx context.Context, c *doithoai.AttendanceChange, a doithoai.Attendance) (err error) {
	if c.Name, err = one(ctx, tx, column[string], `SELECT coalesce(nullif(t.name, ''), i.name, p.name, '')
		FROM attendance t
		LEFT JOIN invitation i ON i.id = t.invitation_id
		LEFT JOIN petitioner p ON p.slip_id = t.slip_id
		WHERE t.id = $1 AND t.dialogue_id = $2 AND t.authority_id = $3`, a.ID, a.DialogueID, a.AuthorityID); err != nil {
		return err
	}
	if err := doithoai.RefuseForm(c.Problems()); err != nil {
		return err
	}
	return tx.execOne(ctx, `DELETE FROM attendance
		WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3 AND version = $4`,
		a.ID, a.DialogueID, a.AuthorityID, a.Version)
}
