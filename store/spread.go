package store

import (
	"context"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// spreadTasks makes the tasks of an authority what its plans in force, dialogues, units and villages want
// ([plan.Spread]), in the act that changed one of them. Acts that do so wait for each other: each sees what the one
// before it decided.
func (tx *Tx) spreadTasks(ctx context.Context, authority doithoai.ID) error {
	if err := tx.holdRules(ctx, authority); err != nil {
		return err
	}
	ground, err := groundOf(ctx, tx, authority, tx.Now.Date())
	if err != nil {
		return err
	}
	existing, err := tx.tasksOfGround(ctx, authority, ground)
	if err != nil {
		return err
	}
	changes := plan.Spread(ground, existing)
	if len(changes) > 0 {
		tx.touch(topicTasks + string(authority))
	}
	var told []plan.Task
	tasks, steps := newRows(len(taskValues(plan.Task{}))), newRows(stepWidth)
	for _, c := range changes {
		if c.Task.ID == "" {
			c.Task.ID, c.Task.AuthorityID, c.Task.Version = newID(), authority, 1
			tasks.add(taskValues(c.Task)...)
		} else if err := tx.updateTask(ctx, c.Task); err != nil {
			return err
		}
		for _, s := range c.Steps {
			s.TaskID = c.Task.ID
			steps.add(tx.stepValues(authority, s)...)
			if s.Kind == plan.StepMoved || s.Kind == plan.StepHanded {
				told = append(told, c.Task)
			}
		}
	}
	if err := tasks.insert(ctx, tx, `task (`+taskColumns+`)`); err != nil {
		return err
	}
	if err := steps.insert(ctx, tx, `task_step (`+stepColumns+`)`); err != nil {
		return err
	}
	for _, t := range told {
		if err := tx.notify(ctx, t, NoticeMoved, tx.Now.String()); err != nil {
			return err
		}
	}
	return nil
}

// topicTasks is told with an authority's id when a task of it changed.
const topicTasks = "tasks/"

// groundOf is what the tasks of an authority follow from. Of the plans it has those of this year and later, and those
// that have a dialogue which is not over.
func groundOf(ctx context.Context, q querier, authority doithoai.ID, today calendar.Date) (g plan.Ground, err error) {
	g.Today = today
	if g.Organisation, err = loadOrganisation(ctx, q, authority); err != nil {
		return g, err
	}
	if g.Calendar, err = currentCalendar(ctx, q, authority); err != nil {
		return g, err
	}
	if g.Editions, err = list(ctx, q, scanEdition, `SELECT `+editionColumns+`
		FROM plan_edition e
		WHERE authority_id = $1 AND number = (SELECT p.edition FROM plan p WHERE p.id = e.plan_id AND (p.year >= $2
			OR EXISTS (SELECT 1 FROM dialogue d WHERE d.plan_id = p.id AND d.state NOT IN ('reported', 'cancelled'))
			OR EXISTS (SELECT 1 FROM task t WHERE t.plan_id = p.id AND t.state IN ('open', 'doing'))))
		ORDER BY plan_id`, authority, today.Year); err != nil {
		return g, err
	}
	g.Dialogues, err = list(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1
		ORDER BY starts_at`, authority)
	return g, err
}

// tasksOfGround are the tasks that [plan.Spread] looks at, each held to the end of the act: those of the plans, and of
// notices and directives those that are open.
func (tx *Tx) tasksOfGround(ctx context.Context, authority doithoai.ID, g plan.Ground) ([]plan.Task, error) {
	args := []any{authority}
	var plans []doithoai.ID
	for _, e := range g.Editions {
		plans = append(plans, e.PlanID)
	}
	return list(ctx, tx, scanTask, `SELECT `+taskColumns+`
		FROM task
		WHERE authority_id = $1 AND (plan_id IN `+inList(binder(&args), plans)+`
			OR (incoming_id IS NOT NULL OR directive_id IS NOT NULL) AND state IN ('open', 'doing'))
		ORDER BY id`+tx.db.dialect.forUpdate(), args...)
}

// spreadAllTasks makes the tasks of every authority what they have to be on a new day, on which a unit or village may
// have come into force or be over, or a year. Done twice it finds nothing the second time.
func (db *DB) spreadAllTasks(ctx context.Context) error {
	all, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM authority`)
	if err != nil {
		return err
	}
	var left error
	for _, id := range all {
		if err := db.act(ctx, func(tx *Tx) error { return tx.spreadTasks(ctx, id) }); err != nil {
			left = errors.Join(left, fmt.Errorf("tasks of authority %s: %w", id, err))
		}
	}
	return left
}
