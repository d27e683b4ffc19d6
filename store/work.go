package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// maxWork bounds lists of work: who has more has another problem than a list.
const maxWork = 300

// workEach is how many opinions of one stage the desk is given.
const workEach = 50

// workStages are those at which somebody still has something to do.
var workStages = append([]doithoai.Stage{
	doithoai.StageUnruled, doithoai.StagePaused, doithoai.StageAnswered, doithoai.StageTold,
}, clockStages...)

// Work lists the opinions on which somebody still has something to do, earliest due first and then oldest first: all of
// them, or those at the stages that are named. The desk decides what of it waits for whom. Unit officers get what their
// unit leads. Of each stage it is the most pressing: more reports whether some has more.
func (db *DB) Work(
	ctx context.Context, actor doithoai.Actor, stages ...doithoai.Stage,
) (rows []Row, more bool, err error) {
	if len(stages) == 0 {
		stages = workStages
	}
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, false, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := walks{columns: `, o.due`, order: `CASE WHEN @.due IS NULL THEN 1 ELSE 0 END, @.due, @.id`, whole: true}
	for _, r := range ranges(actor, stages, bind) {
		part := walk{r.where, `o.id`}
		if slices.Contains(clockStages, r.stage) {
			part = walk{r.where + ` AND o.due IS NOT NULL`, `o.due, o.id`}
		}
		w.each = append(w.each, part)
	}
	all, err := db.rows(ctx, w, notConcerned(actor, db.Now().Date(), bind), bind(workEach+1), args)
	if err != nil {
		return nil, false, err
	}
	of := map[doithoai.Stage]int{}
	for _, row := range all {
		stage := row.Stage()
		if of[stage]++; of[stage] > workEach {
			more = true
			continue
		}
		rows = append(rows, row)
	}
	return rows, more, nil
}

// UnitLoad is how much open work a unit has, of which the clock runs.
type UnitLoad struct {
	UnitID     doithoai.ID // empty: the chair leads
	Unit       string      // its short name
	Open, Late int
	Earliest   calendar.Date // due date
}

// UnitLoads counts the open work of each unit, for who sees all opinions of the authority.
func (db *DB) UnitLoads(ctx context.Context, actor doithoai.Actor) ([]UnitLoad, error) {
	if err := may(actor, doithoai.ActSeeOpinions); err != nil {
		return nil, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID, c.Overdue(db.Now().Date())}
	return list(ctx, db.reader(), func(r row) (u UnitLoad, err error) {
		err = r.Scan(&u.UnitID, &u.Unit, &u.Open, &u.Late, &u.Earliest)
		return u, err
	}, `SELECT l.id, coalesce(nullif(u.short, ''), u.name, ''), l.n, l.late, l.earliest
		FROM (
			SELECT o.lead_unit_id AS id, count(*) AS n,
				sum(CASE WHEN o.due < $2 THEN 1 ELSE 0 END) AS late, min(o.due) AS earliest
			FROM opinion o
			WHERE o.authority_id = $1 AND o.due IS NOT NULL`+notConcerned(actor, db.Now().Date(), binder(&args))+`
			GROUP BY o.lead_unit_id
		) l
		LEFT JOIN unit u ON u.id = l.id
		ORDER BY l.late DESC, l.earliest, u.name`, args...)
}

// UnitLate is what a unit has late: how many matters, how many working days they are late together, and the one that is
// late the longest.
type UnitLate struct {
	UnitLoad
	Days        int
	Longest     doithoai.RegisterNumber
	LongestDays int
}

// UnitLates counts the open work of each unit in force and what of it is late, in the order of the organisation and not
// of rank; who else has something open, and what the chair leads, come last.
func (db *DB) UnitLates(ctx context.Context, actor doithoai.Actor) (all []UnitLate, err error) {
	if err := may(actor, doithoai.ActSeeBoard); err != nil {
		return nil, err
	}
	loads, err := db.UnitLoads(ctx, actor)
	if err != nil {
		return nil, err
	}
	today := db.Now().Date()
	units, err := db.Units(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		all = append(all, UnitLate{UnitLoad: UnitLoad{UnitID: u.ID, Unit: cmp.Or(u.Short, u.Name)}})
	}
	at := func(unit doithoai.ID) *UnitLate {
		i := slices.IndexFunc(all, func(l UnitLate) bool { return l.UnitID == unit })
		if i < 0 {
			return nil
		}
		return &all[i]
	}
	slices.SortStableFunc(loads, func(a, b UnitLoad) int { return cmp.Compare(b.UnitID, a.UnitID) }) // the chair's last
	for _, l := range loads {
		if u := at(l.UnitID); u != nil {
			u.UnitLoad = l
		} else {
			all = append(all, UnitLate{UnitLoad: l})
		}
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	type lateDay struct {
		unit   doithoai.ID
		due    calendar.Date
		n      int
		number doithoai.RegisterNumber
	}
	args := []any{actor.AuthorityID, c.Overdue(today)}
	days, err := list(ctx, db.reader(), func(r row) (d lateDay, err error) {
		err = r.Scan(&d.unit, &d.due, &d.n, &d.number)
		return d, err
	}, `SELECT o.lead_unit_id, o.due, count(*), min(o.number)
		FROM opinion o
		WHERE o.authority_id = $1 AND o.due < $2`+notConcerned(actor, today, binder(&args))+`
		GROUP BY o.lead_unit_id, o.due
		ORDER BY o.due`, args...)
	for _, d := range days {
		if u := at(d.unit); u != nil {
			late := c.DaysLate(d.due, today)
			if u.Days += d.n * late; late > u.LongestDays {
				u.Longest, u.LongestDays = d.number, late
			}
		}
	}
	return all, err
}
