package store

import (
	"context"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

const urgedColumns = `opinion_id, number, rung, due, unit_id, route, doc_number, dated, held_at, taken_by, words, ` +
	`urged_by, urged_at`

func scanUrged(r row) (u doithoai.Urging, err error) {
	err = r.Scan(&u.OpinionID, &u.Number, &u.Rung, &u.Due, &u.UnitID, &u.Route, &u.DocNumber, &u.Dated, &u.HeldAt,
		&u.TakenBy, &u.Words, &u.By, &u.At)
	return u, err
}

// urgingsOf lists the urgings of the units of opinions, each with its replies, the oldest first.
func urgingsOf(
	ctx context.Context, q querier, opinions ...doithoai.ID,
) (map[doithoai.ID][]doithoai.Urging, error) {
	found := map[doithoai.ID][]doithoai.Urging{}
	if len(opinions) == 0 {
		return found, nil
	}
	var args []any
	in := inList(binder(&args), opinions)
	all, err := list(ctx, q, scanUrged, `SELECT `+urgedColumns+`
		FROM urging
		WHERE opinion_id IN `+in+`
		ORDER BY opinion_id, number`, args...)
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		found[u.OpinionID] = append(found[u.OpinionID], u)
	}
	type said struct {
		opinion doithoai.ID
		urging  int
		doithoai.UrgingReply
	}
	replies, err := list(ctx, q, func(r row) (s said, err error) {
		err = r.Scan(&s.opinion, &s.urging, &s.Number, &s.Cause, &s.Until, &s.From, &s.By, &s.At)
		return s, err
	}, `SELECT opinion_id, urging, number, cause, until_day, told_by, replied_by, replied_at
		FROM urging_reply
		WHERE opinion_id IN `+in+`
		ORDER BY opinion_id, urging, number`, args...)
	for _, s := range replies {
		u := &found[s.opinion][s.urging-1]
		u.Replies = append(u.Replies, s.UrgingReply)
	}
	return found, err
}

// loadUrgings reads how the unit of an opinion was urged, for whom it is, and whether the person was told how the
// opinion stands.
func (f *OpinionFile) loadUrgings(ctx context.Context, q querier, actor doithoai.Actor) (err error) {
	f.StatusTold, err = one(ctx, q, column[bool], `SELECT told FROM opinion WHERE id = $1`, f.Opinion.ID)
	if err != nil || f.Petition == nil || doithoai.Can(actor, doithoai.ActSeeNotes, f.Subject) != nil {
		return err
	}
	all, err := urgingsOf(ctx, q, f.Opinion.ID)
	f.Urgings = all[f.Opinion.ID]
	return err
}

// openUrgings opens an opinion with the urgings on it, for an act on them. Nothing of the petition changes by it.
func (tx *Tx) openUrgings(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID,
) (*caseFile, []doithoai.Urging, error) {
	c, err := tx.openCase(ctx, actor, act, opinion)
	if err != nil {
		return nil, nil, err
	}
	if c.Petition == nil {
		return nil, nil, doithoai.Refuse(doithoai.Conflict, "urging.problem.no_unit")
	}
	all, err := urgingsOf(ctx, tx, opinion)
	return c, all[opinion], err
}

// UrgePetition urges the unit that leads the petition of an opinion. urged is how often that was done as the actor saw
// it: where somebody else did it meanwhile, it is a Conflict.
func (db *DB) UrgePetition(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, urged int, u doithoai.Urging,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, before, err := tx.openUrgings(ctx, actor, doithoai.ActUrgePetition, opinion)
		if err != nil {
			return err
		}
		if !storable(u.Words) || !storable(u.TakenBy) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		rules, err := loadRules(ctx, tx, c.Opinion.AuthorityID)
		if err != nil {
			return err
		}
		u.DocNumber, err = tx.numberOf(ctx, c.Opinion.AuthorityID, doithoai.DocumentUrging, u.DocNumber, u.Dated)
		if err != nil {
			return err
		}
		u, facts, err := c.Petition.Urge(u, len(before), tx.Now, rules)
		if err != nil {
			return err
		}
		if err := sameVersion(len(before), urged); err != nil {
			return err
		}
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO urging (`+urgedColumns+`, authority_id, replied)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
			opinion, u.Number, string(u.Rung), u.Due, u.UnitID, string(u.Route), u.DocNumber, u.Dated, u.HeldAt, u.TakenBy,
			u.Words, actor.ID, u.At, c.Opinion.AuthorityID, false)); err != nil {
			return err
		}
		if u.DocNumber != "" {
			if err := tx.registerNext(ctx, doithoai.Document{
				AuthorityID: c.Opinion.AuthorityID, Kind: doithoai.DocumentUrging, Subject: opinion, OpinionID: opinion,
				Number: u.DocNumber, Dated: u.Dated,
			}, true); err != nil {
				return err
			}
		}
		return c.save(ctx, facts, u.Text())
	})
}

// ReplyUrging keeps what the unit that was urged says, or the office was told by it. number is the urging's, replies
// how many there are to it as the actor saw it.
func (db *DB) ReplyUrging(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, number, replies int, r doithoai.UrgingReply,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, all, err := tx.openUrgings(ctx, actor, doithoai.ActReplyUrging, opinion)
		if err != nil {
			return err
		}
		if !storable(r.Cause) || !storable(r.From) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		if number < 1 || number > len(all) {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		u := all[number-1]
		r, facts, err := u.Reply(c.Petition, r, doithoai.TellsUrging(actor, c.Subject), tx.Now)
		if err != nil {
			return err
		}
		if err := sameVersion(len(u.Replies), replies); err != nil {
			return err
		}
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO urging_reply (opinion_id, urging, number, authority_id, cause,
				until_day, told_by, replied_by, replied_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			opinion, number, r.Number, c.Opinion.AuthorityID, r.Cause, r.Until, r.From, actor.ID, r.At)); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE urging SET replied = true WHERE opinion_id = $1 AND number = $2`,
			opinion, number); err != nil {
			return err
		}
		return c.save(ctx, facts, r.Text())
	})
}

// urgeRanges are the ranges of what is to be urged: with a unit, at a step of the ladder, and not urged at it or at a
// higher one for the same due date.
func urgeRanges(a doithoai.Actor, spans []doithoai.RungSpan, bind func(any) string) (all []stageRange) {
	if len(spans) == 0 { // what is bound for no query has no type on PostgreSQL
		return nil
	}
	for _, r := range ranges(a, leadStages, bind) {
		for _, s := range spans {
			where := r.where + ` AND o.lead_unit_id IS NOT NULL AND o.due <= ` + bind(s.To)
			if !s.From.IsZero() {
				where += ` AND o.due >= ` + bind(s.From)
			}
			rungs := make([]string, 0, len(doithoai.Rungs))
			for _, rung := range s.Rung.From() {
				rungs = append(rungs, `'`+string(rung)+`'`)
			}
			all = append(all, stageRange{r.stage, where + `
				AND NOT EXISTS (SELECT 1
					FROM urging ug
					WHERE ug.opinion_id = o.id AND ug.due = o.due AND ug.rung IN (` + strings.Join(rungs, ", ") + `))`})
		}
	}
	return all
}

// UrgedRow is an opinion with how its unit was urged.
type UrgedRow struct {
	Row
	Urgings []doithoai.Urging // the oldest first
}

// Last is the last urging; the zero one where there is none.
func (r UrgedRow) Last() (u doithoai.Urging) {
	if n := len(r.Urgings); n > 0 {
		u = r.Urgings[n-1]
	}
	return u
}

// UnansweredUrgings lists the opinions whose unit was urged and has not said anything to the last urging, earliest due
// first, maxWork at most: more reports whether there are others. Unit officers get what their unit leads.
func (db *DB) UnansweredUrgings(
	ctx context.Context, actor doithoai.Actor,
) (rows []UrgedRow, more bool, err error) {
	if !doithoai.MayEver(actor, doithoai.ActReplyUrging) && !doithoai.MayEver(actor, doithoai.ActSeeWeek) {
		return nil, false, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := walks{columns: `, o.due`, order: `@.due, @.id`}
	for _, r := range ranges(actor, leadStages, bind) {
		w.each = append(w.each, walk{r.where + ` AND o.due IS NOT NULL AND EXISTS (SELECT 1
			FROM urging ug
			WHERE ug.opinion_id = o.id AND NOT ug.replied AND ug.due = o.due AND ug.unit_id = o.lead_unit_id
				AND ug.number = (SELECT max(ul.number) FROM urging ul WHERE ul.opinion_id = o.id))`, `o.due, o.id`})
	}
	return db.urgedRows(ctx, actor, w, bind, &args)
}

// urgedRows reads the opinions that walks come to, maxWork at most, with their urgings.
func (db *DB) urgedRows(
	ctx context.Context, actor doithoai.Actor, w walks, bind func(any) string, args *[]any,
) (rows []UrgedRow, more bool, err error) {
	if len(w.each) == 0 {
		return nil, false, nil
	}
	hidden, limit := notConcerned(actor, db.Now().Date(), bind), bind(maxWork+1)
	found, err := db.rows(ctx, w, hidden, limit, *args)
	if err != nil {
		return nil, false, err
	}
	found, more = found[:min(len(found), maxWork)], len(found) > maxWork
	var ids []doithoai.ID
	for _, row := range found {
		if row.Urged > 0 {
			ids = append(ids, row.Opinion.ID)
		}
	}
	urgings, err := urgingsOf(ctx, db.reader(), ids...)
	for _, row := range found {
		rows = append(rows, UrgedRow{row, urgings[row.Opinion.ID]})
	}
	return rows, more, err
}

// Week is what the weekly briefing of the chair names: opinions, each list earliest due first.
type Week struct {
	Late, Unanswered, Near             []UrgedRow // Near: due until the day Until
	MoreLate, MoreUnanswered, MoreNear bool       // than is listed
	Until                              calendar.Date
}

// weekDays is how many working days the briefing looks ahead.
const weekDays = 5

// Week lists what is late, urged without a reply, and due within the next working days, for who leads the briefing.
func (db *DB) Week(ctx context.Context, actor doithoai.Actor) (w Week, err error) {
	if err := may(actor, doithoai.ActSeeWeek); err != nil {
		return w, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return w, err
	}
	overdue := c.Overdue(db.Now().Date())
	w.Until = c.AddWorkdays(db.Now().Date(), weekDays)
	due := func(where string, days ...calendar.Date) ([]UrgedRow, bool, error) {
		args := []any{actor.AuthorityID}
		bind := binder(&args)
		in := walks{columns: `, o.due`, order: `@.due, @.id`}
		for _, r := range ranges(actor, clockStages, bind) {
			condition := r.where
			for i, part := range strings.Split(where, "?")[:len(days)] {
				condition += part + bind(days[i])
			}
			in.each = append(in.each, walk{condition, `o.due, o.id`})
		}
		return db.urgedRows(ctx, actor, in, bind, &args)
	}
	if w.Late, w.MoreLate, err = due(` AND o.due < ?`, overdue); err != nil {
		return w, err
	}
	if w.Near, w.MoreNear, err = due(` AND o.due >= ? AND o.due <= ?`, overdue, w.Until); err != nil {
		return w, err
	}
	w.Unanswered, w.MoreUnanswered, err = db.UnansweredUrgings(ctx, actor)
	return w, err
}

// ToUrge lists what of a unit is to be urged in one letter: with the number of a paper, what was urged by it; without,
// what has reached the ladder and is with the unit, urged before or not. Earliest due first, maxWork at most.
func (db *DB) ToUrge(
	ctx context.Context, actor doithoai.Actor, unit doithoai.ID, number string,
) (rows []UrgedRow, more bool, err error) {
	if err := may(actor, doithoai.ActUrgePetition); err != nil {
		return nil, false, err
	}
	if err := checkID(unit); err != nil {
		return nil, false, err
	}
	l, err := db.lateness(ctx, actor)
	if err != nil || len(l.spans) == 0 {
		return nil, false, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := walks{columns: `, o.due`, order: `@.due, @.id`}
	for _, stage := range leadStages {
		where := `o.stage = '` + string(stage) + `' AND o.lead_unit_id = ` + bind(unit) +
			` AND o.due <= ` + bind(l.spans[0].To)
		if number != "" {
			where += ` AND EXISTS (SELECT 1
				FROM urging ug
				WHERE ug.opinion_id = o.id AND ug.doc_number = ` + bind(number) + ` AND ug.unit_id = o.lead_unit_id)`
		}
		w.each = append(w.each, walk{where, `o.due, o.id`})
	}
	return db.urgedRows(ctx, actor, w, bind, &args)
}
