package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/search"
)

// JoinSlip joins the slip of an opinion to the slip of another one, which it is, come by another channel. version is
// the opinion's. Both keep channel, time, numbers and receipt; the joined one is in no list and no count from then on,
// its receipt opens the other. The actor may join, and see, all opinions of both; what of the other slip is not for the
// actor is not joined to. See [doithoai.JoinSlip].
func (db *DB) JoinSlip(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, into doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdSlips(ctx, id, into); err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActJoinSlip, id, version)
		if err != nil {
			return err
		}
		slip, err := tx.joinable(ctx, c)
		if err != nil {
			return err
		}
		others, err := tx.joinableTo(ctx, actor, into)
		if err != nil {
			return err
		}
		same, err := doithoai.JoinSlip(slip, others, search.NewIndex().Likeness)
		if err != nil {
			return err
		}
		for _, o := range slip {
			if err := tx.joinOpinion(ctx, c, o, same[o.ID]); err != nil {
				return err
			}
		}
		return nil
	})
}

// holdSlips holds all opinions of the slips of some, by their ids.
func (tx *Tx) holdSlips(ctx context.Context, opinions ...doithoai.ID) error {
	for _, id := range opinions {
		if err := checkID(id); err != nil {
			return err
		}
	}
	if !tx.db.dialect.manyWriters() {
		return nil
	}
	var args []any
	in := inList(binder(&args), opinions)
	_, err := list(ctx, tx, column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE slip_id IN (SELECT slip_id FROM opinion WHERE id IN `+in+`)
		ORDER BY id`+tx.db.dialect.forUpdate(), args...)
	return err
}

// joinable are the opinions of the slip that is to be joined. The actor may join each of them; nothing is joined to
// any; none names an officer: who that is would not be kept from the other slip.
func (tx *Tx) joinable(ctx context.Context, c *caseFile) ([]doithoai.Opinion, error) {
	slip, err := opinionsOfSlip(ctx, tx, c.Opinion.SlipID)
	if err != nil {
		return nil, err
	}
	for _, o := range slip {
		subject, err := tx.subjectNow(ctx, o)
		if err != nil {
			return nil, err
		}
		if err := doithoai.Can(c.actor, c.act, subject); err != nil {
			return nil, err
		}
		n, err := one(ctx, tx, column[int], `SELECT count(*) FROM opinion WHERE joined_to = $1`, o.ID)
		if err != nil {
			return nil, err
		}
		switch {
		case n > 0:
			return nil, doithoai.Refuse(doithoai.Conflict, "same.join.problem.has_joined")
		case o.JoinedTo == "" && len(subject.Concerned) > 0:
			return nil, doithoai.Refuse(doithoai.Conflict, "same.join.problem.concerned")
		}
	}
	return slip, nil
}

// joinableTo are the opinions, of the slip of one, which the actor may join others to. That one is among them, else
// what Can says against it is returned.
func (tx *Tx) joinableTo(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]doithoai.Opinion, error) {
	target, err := opinionByID(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all, err := opinionsOfSlip(ctx, tx, target.SlipID)
	if err != nil {
		return nil, err
	}
	var may []doithoai.Opinion
	for _, o := range all {
		subject, err := tx.subjectNow(ctx, o)
		if err != nil {
			return nil, err
		}
		switch err := doithoai.Can(actor, doithoai.ActJoinSlip, subject); {
		case err == nil:
			may = append(may, o)
		case o.ID == id:
			return nil, err
		}
	}
	return may, nil
}

// subjectNow is what permission depends on for an opinion, as it stands in the act.
func (tx *Tx) subjectNow(ctx context.Context, o doithoai.Opinion) (doithoai.Subject, error) {
	s, _, err := subjectOf(ctx, tx, o, tx.Now.Date())
	return s, err
}

// joinOpinion joins one opinion of the slip; both tell of it, each with the other's number.
func (tx *Tx) joinOpinion(ctx context.Context, c *caseFile, o, into doithoai.Opinion) error {
	o.JoinedTo = into.ID
	if err := tx.setJoined(ctx, c, o); err != nil {
		return err
	}
	facts := doithoai.Facts{
		To: string(doithoai.StageJoined), With: into.Number, Channel: into.Channel, OnBehalf: c.Seat.For,
	}
	if err := tx.record(ctx, o, c.actor, c.act, facts, ""); err != nil {
		return err
	}
	return tx.record(ctx, into, c.actor, c.act,
		doithoai.Facts{With: o.Number, Channel: o.Channel, OnBehalf: c.Seat.For}, "")
}

// setJoined keeps to what an opinion of the slip is joined: the one that was opened under the version that the actor
// saw, the others, which are held, under the one that they have.
func (tx *Tx) setJoined(ctx context.Context, c *caseFile, o doithoai.Opinion) error {
	version := o.Version
	if o.ID == c.Opinion.ID {
		version = c.version
	}
	return tx.execOne(ctx, `UPDATE opinion SET joined_to = $1, version = version + 1 WHERE id = $2 AND version = $3`,
		o.JoinedTo, o.ID, version)
}

// SeparateSlip undoes [DB.JoinSlip]: the slip is again what it was before. version is the opinion's.
func (db *DB) SeparateSlip(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		seen, err := opinionByID(ctx, tx, id)
		if err != nil {
			return err
		}
		hold := []doithoai.ID{id}
		if seen.JoinedTo != "" {
			hold = append(hold, seen.JoinedTo)
		}
		if err := tx.holdSlips(ctx, hold...); err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActSeparateSlip, id, version)
		if err != nil {
			return err
		}
		if c.Opinion.JoinedTo == "" {
			return doithoai.Refuse(doithoai.Conflict, "same.join.problem.not_joined")
		}
		slip, err := opinionsOfSlip(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		for _, o := range slip {
			if err := tx.separateOpinion(ctx, c, o); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) separateOpinion(ctx context.Context, c *caseFile, o doithoai.Opinion) error {
	from, err := opinionByID(ctx, tx, o.JoinedTo)
	if err != nil {
		return err
	}
	subject, err := tx.subjectNow(ctx, o)
	if err != nil {
		return err
	}
	if err := doithoai.Can(c.actor, c.act, subject); err != nil { // or what it is joined to has left this flow
		return err
	}
	o.JoinedTo = ""
	if err := tx.setJoined(ctx, c, o); err != nil {
		return err
	}
	facts := doithoai.Facts{From: string(doithoai.StageJoined), With: from.Number, OnBehalf: c.Seat.For}
	if err := tx.record(ctx, o, c.actor, c.act, facts, ""); err != nil {
		return err
	}
	return tx.record(ctx, from, c.actor, c.act, doithoai.Facts{With: o.Number, OnBehalf: c.Seat.For}, "")
}

// Came is a slip that came by another channel, too.
type Came struct {
	Number     doithoai.RegisterNumber
	Channel    doithoai.Channel
	ReceivedAt calendar.Instant
}

// cameAlso lists what is joined to an opinion, oldest first.
func cameAlso(ctx context.Context, q querier, o doithoai.Opinion) ([]Came, error) {
	return list(ctx, q, func(r row) (c Came, err error) {
		err = r.Scan(&c.Number, &c.Channel, &c.ReceivedAt)
		return c, err
	}, `SELECT number, channel, received_at FROM opinion WHERE joined_to = $1 ORDER BY id LIMIT 50`, o.ID)
}

// maxWith is of how many other opinions in events it is asked whether the actor may see them.
const maxWith = 50

// loadJoined reads what the file says of other slips and opinions that are the same.
func (f *OpinionFile) loadJoined(ctx context.Context, q querier, actor doithoai.Actor, on calendar.Date) (err error) {
	if f.Paper, err = paperOf(ctx, q, f.Opinion.SlipID); err != nil {
		return err
	}
	f.List, err = one(ctx, q, column[doithoai.ID],
		`SELECT list_id FROM compiled_point WHERE opinion_id = $1`, cmp.Or(f.Opinion.PartOf, f.Opinion.ID))
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	if f.Opinion.JoinedTo != "" {
		into, err := opinionByID(ctx, q, f.Opinion.JoinedTo)
		if err != nil {
			return err
		}
		f.JoinedTo = into.Number
	}
	if f.Came, err = cameAlso(ctx, q, f.Opinion); err != nil {
		return err
	}
	f.With = map[doithoai.RegisterNumber]bool{}
	for _, e := range slices.Backward(f.Events) {
		if _, asked := f.With[e.Facts.With]; e.Facts.With == "" || asked || len(f.With) == maxWith {
			continue
		}
		other, err := one(ctx, q, scanOpinion, `SELECT `+opinionColumns+`
			FROM opinion
			WHERE authority_id = $1 AND number = $2`, f.Opinion.AuthorityID, e.Facts.With)
		if err != nil {
			return err
		}
		_, subject, err := opinionSubject(ctx, q, other.ID, on)
		if err != nil {
			return err
		}
		f.With[other.Number] = doithoai.Can(actor, doithoai.ActSeeOpinions, subject) == nil
	}
	return nil
}
