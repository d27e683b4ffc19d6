package store

import (
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
