package store

import (
	"cmp"
	"context"

	"doithoai"
	"doithoai/calendar"
)

// SplitOpinion makes a part of an opinion, in words of it, one of its own: with a number of the year in which the whole
// was received, a leaf and a line on the same receipt. What was said stays with the whole. version is that one's. See
// [doithoai.Opinion.Split].
func (db *DB) SplitOpinion(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, said string,
) (part doithoai.Opinion, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		whole, locked, err := tx.holdToSplit(ctx, id)
		if err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActSplitOpinion, id, version)
		if err != nil {
			return err
		}
		if !storable(said) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		var parts, joined int
		if err := tx.queryRow(ctx, `SELECT (SELECT count(*) FROM opinion WHERE part_of = $1),
				(SELECT count(*) FROM opinion WHERE joined_to = $2)`, whole, id).Scan(&parts, &joined); err != nil {
			return err
		}
		if part, err = c.Opinion.Split(said, c.Petition, parts, joined, locked); err != nil {
			return err
		}
		if err := tx.registerPart(ctx, c, &part); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{With: part.Number}, "")
	})
	return part, err
}

// holdToSplit holds what the splitting of an opinion depends on, before the opinion itself: its dialogue, whose minutes
// nobody locks meanwhile, and the whole of which it is a part, or itself. locked reports whether the minutes are.
func (tx *Tx) holdToSplit(ctx context.Context, id doithoai.ID) (whole doithoai.ID, locked bool, err error) {
	seen, err := opinionByID(ctx, tx, id)
	if err != nil {
		return "", false, err
	}
	if seen.DialogueID != "" {
		if err := tx.hold(ctx, `SELECT id FROM dialogue WHERE id = $1`+tx.db.dialect.forReferring(),
			string(seen.DialogueID)); err != nil {
			return "", false, err
		}
		d, err := dialogueOf(ctx, tx, seen.AuthorityID, seen.DialogueID, "")
		if err != nil {
			return "", false, err
		}
		if locked, err = minutesLocked(ctx, tx, d); err != nil {
			return "", false, err
		}
	}
	whole = cmp.Or(seen.PartOf, seen.ID)
	return whole, locked, tx.holdOpinions(ctx, whole, id)
}

// registerPart gives a part its number and writes it. Whom the whole is about, the part is about.
func (tx *Tx) registerPart(ctx context.Context, c *caseFile, part *doithoai.Opinion) error {
	a, err := tx.authorityByID(ctx, c.Opinion.AuthorityID)
	if err != nil {
		return err
	}
	facts, err := tx.clockOfPart(ctx, c)
	if err != nil {
		return err
	}
	year := part.ReceivedAt.Date().Year
	n, err := tx.count(ctx, a.ID, registerCounter(year), 1)
	if err != nil {
		return err
	}
	part.ID, part.Number = newID(), doithoai.NewRegisterNumber(a.Prefix, year, n)
	o := *part
	if err := tx.exec(ctx, `INSERT INTO opinion (id, authority_id, slip_id, dialogue_id, number, channel, manner, content,
			field_code, village_id, received_at, out_of_scope, ruling, typed_by, turn_id, part_of, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13, $14, $15, 1)`,
		o.ID, o.AuthorityID, o.SlipID, o.DialogueID, o.Number, string(o.Channel), string(o.Manner), o.Content,
		o.FieldCode, o.VillageID, o.ReceivedAt, false, c.Subject.TypedBy, o.TurnID, o.PartOf); err != nil {
		return err
	}
	named, err := list(ctx, tx, func(r row) (n [2]doithoai.ID, err error) {
		err = r.Scan(&n[0], &n[1])
		return n, err
	}, `SELECT officer_id, unit_id FROM concerned WHERE opinion_id = $1 ORDER BY id`, c.Opinion.ID)
	if err != nil {
		return err
	}
	rows := newRows(4)
	for _, n := range named {
		rows.add(newID(), o.ID, n[0], n[1])
	}
	if err := rows.insert(ctx, tx, `concerned (id, opinion_id, officer_id, unit_id)`); err != nil {
		return err
	}
	whole := c.Opinion
	if whole.ID != o.PartOf {
		if whole, err = opinionByID(ctx, tx, o.PartOf); err != nil {
			return err
		}
	}
	facts.Channel, facts.With, facts.Since = o.Channel, whole.Number, o.ReceivedAt
	facts.Officers, facts.OnBehalf = c.Subject.Concerned, c.Seat.For
	return tx.record(ctx, o, c.actor, doithoai.ActRecordPart, facts, o.Content)
}

// clockOfPart is the clock that a part carries on: that of the petition of what it is split off, or the one which that
// itself carries on.
func (tx *Tx) clockOfPart(ctx context.Context, c *caseFile) (facts doithoai.Facts, err error) {
	var now calendar.Calendar
	switch {
	case c.Petition != nil:
		if now, err = currentCalendar(ctx, tx, c.Opinion.AuthorityID); err != nil {
			return facts, err
		}
		return c.Petition.CarriedOn(tx.Now.Date(), now), nil
	case c.Opinion.PartOf != "":
		runs, err := runsOf(ctx, tx, c.Opinion)
		if err != nil || runs == nil {
			return facts, err
		}
		if now, err = currentCalendar(ctx, tx, c.Opinion.AuthorityID); err != nil {
			return facts, err
		}
		return runs.CarriedOn(tx.Now.Date(), now), nil
	}
	return facts, nil
}

// runsOf is the clock that an opinion carries on, nil where none ran before it.
func runsOf(ctx context.Context, q querier, o doithoai.Opinion) (*doithoai.Petition, error) {
	if o.PartOf == "" {
		return nil, nil
	}
	events, err := eventsOf(ctx, q, o.ID)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events[0].Facts.Runs(), nil
}

// wholeLeft reports whether what a part was split off has left as a denunciation.
func (tx *Tx) wholeLeft(ctx context.Context, part doithoai.Opinion) (bool, error) {
	if part.PartOf == "" {
		return false, nil
	}
	whole, err := opinionByID(ctx, tx, part.PartOf)
	return whole.Ruling == doithoai.RulingDenunciation, err
}

// loadParts reads the other opinions of the slip, as far as the actor may see them; which of them this one was split
// off, and which others were split off the same.
func (f *OpinionFile) loadParts(ctx context.Context, q querier, actor doithoai.Actor, on calendar.Date) error {
	o := f.Opinion
	if o.DialogueID != "" {
		d, err := dialogueOf(ctx, q, o.AuthorityID, o.DialogueID, "")
		if err != nil {
			return err
		}
		if f.Locked, err = minutesLocked(ctx, q, d); err != nil {
			return err
		}
	}
	type other struct {
		id, partOf doithoai.ID
		number     doithoai.RegisterNumber
	}
	args := []any{o.SlipID, o.ID}
	all, err := list(ctx, q, func(r row) (n other, err error) {
		err = r.Scan(&n.id, &n.partOf, &n.number)
		return n, err
	}, `SELECT o.id, o.part_of, o.number
		FROM opinion o
		WHERE o.slip_id = $1 AND o.id <> $2 AND `+notDenounced+notConcerned(actor, on, binder(&args))+`
		ORDER BY o.id`, args...)
	whole := cmp.Or(o.PartOf, o.ID)
	for _, n := range all {
		switch {
		case n.id == o.PartOf:
			f.PartOf = n.number
		case n.partOf == whole:
			f.Parts = append(f.Parts, n.number)
		default:
			f.SlipNumbers = append(f.SlipNumbers, n.number)
		}
	}
	return err
}
