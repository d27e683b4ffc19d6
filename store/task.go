package store

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

const taskColumns = `id, authority_id, slot, plan_id, point, incoming_id, directive_id, dialogue_id, body, unit_id,
	village_id, outside, manner, days, workdays, day, due, by_day, state, ended, done_at, moves, version`

func scanTask(r row) (t plan.Task, err error) {
	var slot string
	var byDay calendar.Date
	err = r.Scan(&t.ID, &t.AuthorityID, &slot, &t.PlanID, &t.Point, &t.IncomingID, &t.DirectiveID, &t.DialogueID,
		&t.Text, &t.UnitID, &t.VillageID, &t.Body, &t.Manner, &t.Days, &t.Workdays, &t.Day, &t.Due, &byDay, &t.State,
		&t.Ended, &t.DoneAt, &t.Moves, &t.Version)
	return t, err
}

// taskValues are a task's in the order of taskColumns.
func taskValues(t plan.Task) []any {
	return []any{
		t.ID, t.AuthorityID, t.Slot(), t.PlanID, t.Point, t.IncomingID, t.DirectiveID, t.DialogueID, t.Text,
		t.UnitID, t.VillageID, t.Body, t.Manner, t.Days, t.Workdays, t.Day, t.Due, byDay(t.Due), t.State, t.Ended,
		t.DoneAt, t.Moves, t.Version,
	}
}

// updateTask keeps what an act made of a task of a version.
func (tx *Tx) updateTask(ctx context.Context, t plan.Task) error {
	return tx.execOne(ctx, `UPDATE task SET slot = $1, body = $2, unit_id = $3, village_id = $4, manner = $5, days = $6,
			workdays = $7, day = $8, due = $9, by_day = $10, state = $11, ended = $12, done_at = $13, moves = $14,
			version = version + 1
		WHERE id = $15 AND version = $16`,
		t.Slot(), t.Text, t.UnitID, t.VillageID, t.Manner, t.Days, t.Workdays, t.Day, t.Due, byDay(t.Due), t.State, t.Ended,
		t.DoneAt, t.Moves, t.ID, t.Version)
}

const stepColumns = `id, authority_id, task_id, at, officer_id, kind, body, told_by, told_at, level, due, state`

// stepWidth is how many columns those are.
const stepWidth = 12

func (tx *Tx) stepValues(authority doithoai.ID, s plan.TaskStep) []any {
	return []any{
		newID(), authority, s.TaskID, tx.Now, s.By, s.Kind, s.Text, s.From, s.ToldAt, s.Level, s.Due, s.State,
	}
}

func scanStep(r row) (s plan.TaskStep, err error) {
	var authority doithoai.ID
	err = r.Scan(&s.ID, &authority, &s.TaskID, &s.At, &s.By, &s.Kind, &s.Text, &s.From, &s.ToldAt, &s.Level, &s.Due,
		&s.State)
	return s, err
}

// TaskRow is a task in a list, with what it belongs to.
type TaskRow struct {
	plan.Task
	Unit     string           // short name of the unit that has it
	Village  string           // of the village
	Year     int              // of its plan; 0 where it comes from a notice
	PlanSlug string           // of the plan's page
	Notice   string           // number of that
	HeldAt   calendar.Instant // of its dialogue
	Notes    int              // how many have taken note of it
	Urgings  int
	UrgedAt  calendar.Instant // last
	LastText string           // of the last report
}

// Owner is what the addressee is called in lists.
func (r TaskRow) Owner() string {
	switch {
	case r.UnitID != "":
		return r.Unit
	case r.VillageID != "":
		return r.Village
	}
	return r.Body
}

// taskRowColumns are those of [TaskRow], of task t with taskJoins.
const taskRowColumns = `t.id, t.authority_id, t.slot, t.plan_id, t.point, t.incoming_id, t.directive_id,
	t.dialogue_id, t.body, t.unit_id, t.village_id, t.outside, t.manner, t.days, t.workdays, t.day, t.due, t.by_day,
	t.state, t.ended, t.done_at, t.moves, t.version, coalesce(nullif(u.short, ''), u.name, ''), coalesce(v.name, ''),
	coalesce(p.year, 0), coalesce(p.slug, ''), coalesce(n.number, ''), d.starts_at,
	(SELECT count(*) FROM task_note tn WHERE tn.task_id = t.id),
	(SELECT count(*) FROM task_step ts WHERE ts.task_id = t.id AND ts.kind = 'urged'),
	(SELECT max(ts.at) FROM task_step ts WHERE ts.task_id = t.id AND ts.kind = 'urged'),
	coalesce((SELECT ts.body FROM task_step ts WHERE ts.task_id = t.id AND ts.kind IN ('reported', 'recorded')
		ORDER BY ts.id DESC LIMIT 1), '')`

const taskJoins = `
	LEFT JOIN unit u ON u.id = t.unit_id
	LEFT JOIN village v ON v.id = t.village_id
	LEFT JOIN plan p ON p.id = t.plan_id
	LEFT JOIN incoming n ON n.id = t.incoming_id
	LEFT JOIN dialogue d ON d.id = t.dialogue_id`

func scanTaskRow(r row) (t TaskRow, err error) {
	t.Task, err = scanTask(also{r, []any{
		&t.Unit, &t.Village, &t.Year, &t.PlanSlug, &t.Notice, &t.HeldAt, &t.Notes, &t.Urgings, &t.UrgedAt, &t.LastText,
	}})
	return t, err
}

// TaskTab is a saved filter of the register of tasks.
type TaskTab string

const (
	TasksMine     TaskTab = "cua-toi"      // open, of the actor's units and village
	TasksLate     TaskTab = "qua-han"      // open and overdue
	TasksDue      TaskTab = "den-han"      // open, with a day that is not past
	TasksUndated  TaskTab = "khong-han"    // open, once, without a day
	TasksStanding TaskTab = "thuong-xuyen" // open, all the time
	TasksDone     TaskTab = "xong"
	TasksDirected TaskTab = "chi-dao" // open, that the head ordered
	TasksAll      TaskTab = "tat-ca"
)

// TaskTabs in the order of the register.
var TaskTabs = []TaskTab{
	TasksMine, TasksLate, TasksDue, TasksUndated, TasksStanding, TasksDirected, TasksDone, TasksAll,
}

// TaskFilter narrows the register of tasks; zero fields don't. The page begins behind the task After, due on AfterDue.
type TaskFilter struct {
	Tab        TaskTab
	UnitID     doithoai.ID
	VillageID  doithoai.ID
	DialogueID doithoai.ID
	PlanID     doithoai.ID
	Point      int
	IncomingID doithoai.ID
	After      doithoai.ID
	Limit      int
}

// seeTasks asks whether the actor may see tasks.
func seeTasks(actor doithoai.Actor) error {
	return may(actor, doithoai.ActSeeTasks)
}

// Tasks lists tasks of the authority: those with a day first, the earliest before the others, then by their ids, which
// are in the order in which they were made. more reports whether there are others behind the page.
func (db *DB) Tasks(ctx context.Context, actor doithoai.Actor, f TaskFilter) (rows []TaskRow, more bool, err error) {
	if err := seeTasks(actor); err != nil {
		return nil, false, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	where := f.where(actor, c.Overdue(db.Now().Date()), bind)
	if f.After != "" {
		after, err := taskByID(ctx, db.reader(), actor.AuthorityID, f.After, "")
		if err != nil {
			return nil, false, err
		}
		where += ` AND (t.by_day, t.id) > (` + bind(byDay(after.Due)) + `, ` + bind(after.ID) + `)`
	}
	limit := f.Limit
	if limit <= 0 || limit > maxWork {
		limit = maxWork
	}
	rows, err = list(ctx, db.reader(), scanTaskRow, `SELECT `+taskRowColumns+`
		FROM (
			SELECT t.* FROM task t WHERE t.authority_id = $1`+where+`
			ORDER BY t.by_day, t.id LIMIT `+bind(limit+1)+`
		) AS t`+taskJoins+`
		ORDER BY t.by_day, t.id`, args...)
	if len(rows) > limit {
		rows, more = rows[:limit], true
	}
	return rows, more, err
}

// byDay is the day by which lists have a task in order: those without one are last.
func byDay(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return calendar.DateOf(9999, 12, 31)
	}
	return d
}

const openTask = ` AND t.state IN ('open', 'doing')`

// where is the condition of a filter on task t.
func (f TaskFilter) where(actor doithoai.Actor, overdue calendar.Date, bind func(any) string) (where string) {
	switch f.Tab {
	case TasksMine:
		where = openTask + ` AND t.manner <> 'standing'` + mineOf(actor, bind)
	case TasksLate:
		where = openTask + ` AND t.by_day < ` + bind(overdue)
	case TasksDue:
		where = openTask + ` AND t.by_day >= ` + bind(overdue) + ` AND t.due IS NOT NULL`
	case TasksUndated:
		where = openTask + ` AND t.due IS NULL AND t.manner <> 'standing'`
	case TasksStanding:
		where = openTask + ` AND t.manner = 'standing'`
	case TasksDirected:
		where = openTask + ` AND t.directive_id IS NOT NULL`
	case TasksDone:
		where = ` AND t.state = 'done'`
	}
	for _, narrowed := range []struct {
		column string
		id     doithoai.ID
	}{
		{"unit_id", f.UnitID}, {"village_id", f.VillageID}, {"dialogue_id", f.DialogueID}, {"plan_id", f.PlanID},
		{"incoming_id", f.IncomingID},
	} {
		if narrowed.id != "" {
			where += ` AND t.` + narrowed.column + ` = ` + bind(narrowed.id)
		}
	}
	if f.Point > 0 {
		where += ` AND t.point = ` + bind(f.Point)
	}
	return where
}

// mineOf are the tasks that the actor may report on as their addressee; for who works for the office also those of
// bodies outside, which have nobody else here.
func mineOf(actor doithoai.Actor, bind func(any) string) string {
	var units, villages []doithoai.ID
	for _, r := range doithoai.Reaches(actor, doithoai.ActReportTask) {
		if r.Seat.UnitID != "" {
			units = append(units, r.Seat.UnitID)
		}
		if r.Seat.VillageID != "" {
			villages = append(villages, r.Seat.VillageID)
		}
	}
	where := `t.unit_id IN ` + inList(bind, units) + ` OR t.village_id IN ` + inList(bind, villages)
	if doithoai.MayEver(actor, doithoai.ActRecordTask) {
		where += ` OR t.unit_id IS NULL AND t.village_id IS NULL`
	}
	return ` AND (` + where + `)`
}

// TaskCounts counts the tasks of each tab, each at most to [doithoai.MaxCount].
func (db *DB) TaskCounts(ctx context.Context, actor doithoai.Actor, f TaskFilter) (map[TaskTab]doithoai.Count, error) {
	if err := seeTasks(actor); err != nil {
		return nil, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	counts := map[TaskTab]doithoai.Count{}
	for _, tab := range TaskTabs {
		args := []any{actor.AuthorityID}
		bind := binder(&args)
		f.Tab = tab
		where := f.where(actor, c.Overdue(db.Now().Date()), bind)
		n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM (
				SELECT 1 FROM task t WHERE t.authority_id = $1`+where+` LIMIT `+bind(doithoai.MaxCount+1)+`
			) AS counted`, args...)
		if err != nil {
			return nil, err
		}
		counts[tab] = doithoai.Count(n)
	}
	return counts, nil
}

// TaskFile is a task with everything that its page shows.
type TaskFile struct {
	TaskRow
	Dialogue  *doithoai.Dialogue
	Directive DirectiveFile   // zero where it is none
	Steps     []plan.TaskStep // the newest first
	Notes     []TaskNote
	People    map[doithoai.ID]string // names of the officers in it
	Officers  []doithoai.Officer     // of its unit or village, today
}

// TaskNote says that somebody has taken note of a task.
type TaskNote struct {
	OfficerID doithoai.ID // who did, or who wrote down that somebody did
	At        calendar.Instant
	From      string // post of who told the office; empty: the officer themself
	ToldAt    calendar.Instant
}

// Task finds a task with what became of it.
func (db *DB) Task(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (f TaskFile, err error) {
	if err := seeTasks(actor); err != nil {
		return f, err
	}
	if err := checkID(id); err != nil {
		return f, err
	}
	q := db.reader()
	if f.TaskRow, err = one(ctx, q, scanTaskRow, `SELECT `+taskRowColumns+`
		FROM task t`+taskJoins+`
		WHERE t.authority_id = $1 AND t.id = $2`, actor.AuthorityID, id); err != nil {
		return f, err
	}
	if f.DialogueID != "" {
		d, err := db.Dialogue(ctx, actor, f.DialogueID)
		if err != nil {
			return f, err
		}
		f.Dialogue = &d
	}
	if f.DirectiveID != "" {
		if f.Directive, err = db.directiveFile(ctx, actor, f.DirectiveID); err != nil {
			return f, err
		}
	}
	if f.Steps, err = list(ctx, q, scanStep, `SELECT `+stepColumns+`
		FROM task_step
		WHERE task_id = $1
		ORDER BY id DESC LIMIT $2`, id, maxWork); err != nil {
		return f, err
	}
	if f.Notes, err = list(ctx, q, scanNote, `SELECT officer_id, at, told_by, told_at
		FROM task_note
		WHERE task_id = $1
		ORDER BY id LIMIT $2`, id, maxWork); err != nil {
		return f, err
	}
	if f.Officers, err = officersOfTask(ctx, q, f.Task, db.Now().Date()); err != nil {
		return f, err
	}
	f.People, err = pairs[doithoai.ID](ctx, q, `SELECT id, name FROM officer WHERE authority_id = $1`, actor.AuthorityID)
	return f, err
}

func scanNote(r row) (n TaskNote, err error) {
	err = r.Scan(&n.OfficerID, &n.At, &n.From, &n.ToldAt)
	return n, err
}

// officersOfTask are the officers of the unit or village that has a task, by their posts of a day.
func officersOfTask(ctx context.Context, q querier, t plan.Task, on calendar.Date) ([]doithoai.Officer, error) {
	where, of := `unit_id`, t.UnitID
	if t.VillageID != "" {
		where, of = `village_id`, t.VillageID
	}
	if of == "" {
		return nil, nil
	}
	found, err := list(ctx, q, scanOfficer, `SELECT `+officerColumns+`
		FROM officer
		WHERE authority_id = $1 AND active = $2 AND id IN (
			SELECT officer_id FROM post
			WHERE `+where+` = $3 AND (from_day IS NULL OR from_day <= $4) AND (to_day IS NULL OR to_day >= $4)
		)
		ORDER BY login LIMIT $5`, t.AuthorityID, true, of, on, maxWork)
	if err != nil {
		return nil, err
	}
	return officersOn(ctx, q, on, found)
}

func taskByID(ctx context.Context, q querier, authority, id doithoai.ID, lock string) (plan.Task, error) {
	if err := checkID(id); err != nil {
		return plan.Task{}, err
	}
	return one(ctx, q, scanTask, `SELECT `+taskColumns+`
		FROM task
		WHERE authority_id = $1 AND id = $2`+lock, authority, id)
}

// TaskSum is how far the tasks of one point are, without those that were dropped.
type TaskSum struct {
	Point                    int
	Text                     string
	Rule                     plan.TaskRule
	All, Done, Doing, Late   int
	Units, Villages, Outside int           // who have them
	Owner                    string        // the only one's name, where it is one
	Due                      calendar.Date // the earliest of those that are open
	LastDue                  calendar.Date // of all
	LastDone                 calendar.Instant
}

// TaskSums counts the tasks of each point, in the order of their keys: of a plan, a dialogue or a notice as the filter
// says; its tab and page don't matter.
func (db *DB) TaskSums(ctx context.Context, actor doithoai.Actor, f TaskFilter) ([]TaskSum, error) {
	if err := seeTasks(actor); err != nil {
		return nil, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	overdue := c.Overdue(db.Now().Date())
	args := []any{actor.AuthorityID, overdue}
	f.Tab = ""
	return list(ctx, db.reader(), func(r row) (s TaskSum, err error) {
		err = r.Scan(&s.Point, &s.Text, &s.Rule.Manner, &s.Rule.Days, &s.All, &s.Done, &s.Doing, &s.Late, &s.Units,
			&s.Villages, &s.Outside, &s.Owner, &s.Due, &s.LastDue, &s.LastDone)
		return s, err
	}, `SELECT t.point, max(t.body), max(t.manner), max(t.days), count(*),
			sum(CASE WHEN t.state = 'done' THEN 1 ELSE 0 END), sum(CASE WHEN t.state = 'doing' THEN 1 ELSE 0 END),
			sum(CASE WHEN t.state <> 'done' AND t.due < $2 THEN 1 ELSE 0 END),
			count(t.unit_id), count(t.village_id), sum(CASE WHEN t.outside <> '' THEN 1 ELSE 0 END),
			max(coalesce(nullif(u.short, ''), u.name, v.name, t.outside)),
			min(CASE WHEN t.state <> 'done' THEN t.due END), max(t.due), max(t.done_at)
		FROM task t
		LEFT JOIN unit u ON u.id = t.unit_id
		LEFT JOIN village v ON v.id = t.village_id
		WHERE t.authority_id = $1 AND t.state <> 'dropped'`+f.where(actor, overdue, binder(&args))+`
		GROUP BY t.point
		ORDER BY t.point LIMIT `+fmt.Sprint(maxWork), args...)
}

// TaskLoad is how many tasks a unit or village has left.
type TaskLoad struct {
	UnitID, VillageID doithoai.ID
	Name              string
	Open, Late        int
	Earliest          calendar.Date
}

// TaskLoads counts what units, villages and bodies have left, those with most that is late first. What is for all the
// time is not in it.
func (db *DB) TaskLoads(ctx context.Context, actor doithoai.Actor) ([]TaskLoad, error) {
	if err := may(actor, doithoai.ActUrgeTask); err != nil {
		return nil, err
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), func(r row) (l TaskLoad, err error) {
		err = r.Scan(&l.UnitID, &l.VillageID, &l.Name, &l.Open, &l.Late, &l.Earliest)
		return l, err
	}, `SELECT l.unit_id, l.village_id, coalesce(nullif(u.short, ''), u.name, v.name, l.outside), l.n, l.late, l.earliest
		FROM (
			SELECT t.unit_id, t.village_id, t.outside, count(*) AS n, min(t.due) AS earliest,
				sum(CASE WHEN t.due < $2 THEN 1 ELSE 0 END) AS late
			FROM task t
			WHERE t.authority_id = $1 AND t.state IN ('open', 'doing') AND t.manner <> 'standing'
			GROUP BY t.unit_id, t.village_id, t.outside
		) l
		LEFT JOIN unit u ON u.id = l.unit_id
		LEFT JOIN village v ON v.id = l.village_id
		ORDER BY l.late DESC, l.n DESC, u.ordinal, v.ordinal, l.outside
		LIMIT $3`, actor.AuthorityID, c.Overdue(db.Now().Date()), maxWork)
}

// subjectOf names a task in the audit: the beginning of its words and who has it.
func (tx *Tx) subjectOf(ctx context.Context, t plan.Task) (string, error) {
	name := t.Body
	var err error
	switch {
	case t.UnitID != "":
		name, err = one(ctx, tx, column[string], `SELECT name FROM unit WHERE id = $1`, t.UnitID)
	case t.VillageID != "":
		name, err = one(ctx, tx, column[string], `SELECT name FROM village WHERE id = $1`, t.VillageID)
	}
	const most = 70 // of each, in characters
	return fmt.Sprintf("%s (%s)", text.Brief(t.Text, most), text.Brief(name, most)), err
}
