package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// taskCase is a task under an act that the actor may do to it.
type taskCase struct {
	tx    *Tx
	actor doithoai.Actor
	act   doithoai.Act
	seen  plan.TaskState // before the act
	plan.Task
}

// onTask does an act to a task of a version: do makes of it what the act says, and returns what became of it.
func (db *DB) onTask(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
	do func(*taskCase) (plan.TaskStep, error),
) error {
	return db.act(ctx, func(tx *Tx) error {
		t, err := taskByID(ctx, tx, actor.AuthorityID, id, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, act, t.Subject()); err != nil {
			return err
		}
		if err := sameVersion(t.Version, version); err != nil {
			return err
		}
		c := &taskCase{tx, actor, act, t.State, t}
		step, err := do(c)
		if err != nil {
			return err
		}
		if err := tx.updateTask(ctx, c.Task); err != nil {
			return err
		}
		return c.save(ctx, step)
	})
}

// save ends the act with its step and its entry in the audit.
func (c *taskCase) save(ctx context.Context, s plan.TaskStep) error {
	s.TaskID, s.By, s.State = c.ID, c.actor.ID, c.State
	values := c.tx.stepValues(c.AuthorityID, s)
	if err := c.tx.exec(ctx, `INSERT INTO task_step (`+stepColumns+`)
		VALUES `+c.tx.db.dialect.placeholders(1, len(values)), values...); err != nil {
		return err
	}
	subject, err := c.tx.subjectOf(ctx, c.Task)
	if err != nil {
		return err
	}
	c.tx.touch(topicTasks + string(c.AuthorityID))
	return c.tx.audit(ctx, c.actor, c.act, subject, string(c.seen), string(c.State))
}

// moves is how often the dialogue of the task has moved so far.
func (c *taskCase) moves(ctx context.Context) (int, error) {
	if c.DialogueID == "" {
		return 0, nil
	}
	return one(ctx, c.tx, column[int], `SELECT moves FROM dialogue WHERE id = $1`, c.DialogueID)
}

// report takes a report over.
func (c *taskCase) report(ctx context.Context, r plan.TaskReport) error {
	moves, err := c.moves(ctx)
	if err != nil {
		return err
	}
	if c.Task, err = c.Task.Report(r, c.tx.Now, moves); err != nil {
		return err
	}
	if err := c.tx.addEvidence(ctx, c.actor, TaskEvidence(c.ID), r.Files); err != nil {
		return err
	}
	return c.tx.dropDraft(ctx, c.actor, DraftTask, string(c.ID))
}

// ReportTask says what its addressee did of a task.
func (db *DB) ReportTask(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, r plan.TaskReport,
) error {
	return db.onTask(ctx, actor, doithoai.ActReportTask, id, version, func(c *taskCase) (plan.TaskStep, error) {
		err := c.report(ctx, r)
		return plan.TaskStep{Kind: plan.StepReported, Text: r.Text}, err
	})
}

// RecordTask writes down what the office was told of a task, by which post and when.
func (db *DB) RecordTask(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, r plan.TaskReport,
) error {
	return db.onTask(ctx, actor, doithoai.ActRecordTask, id, version, func(c *taskCase) (plan.TaskStep, error) {
		err := c.report(ctx, r)
		if ps := append(doithoai.ProblemsOf(err), r.ToldProblems(c.tx.Now)...); len(ps) > 0 {
			err = doithoai.RefuseForm(ps)
		}
		return plan.TaskStep{Kind: plan.StepRecorded, Text: r.Text, From: r.From, ToldAt: r.Moment()}, err
	})
}

// ReopenTask gives a task back that was done or dropped, with the reason.
func (db *DB) ReopenTask(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, reason string,
) error {
	return db.onTask(ctx, actor, doithoai.ActReopenTask, id, version, func(c *taskCase) (s plan.TaskStep, err error) {
		c.Task, err = c.Reopen(reason)
		if err == nil {
			err = c.tx.notify(ctx, c.Task, NoticeReopened, c.tx.Now.String())
		}
		return plan.TaskStep{Kind: plan.StepReopened, Text: reason}, err
	})
}

// DropTask takes a task away that need not be done, with the reason.
func (db *DB) DropTask(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, reason string,
) error {
	return db.onTask(ctx, actor, doithoai.ActDropTask, id, version, func(c *taskCase) (s plan.TaskStep, err error) {
		c.Task, err = c.Drop(reason)
		return plan.TaskStep{Kind: plan.StepTaken, Text: reason}, err
	})
}

// UrgeTask urges who has a task, and tells them inside the program. The level is that of the ladder which the due date
// has reached; 0: it is not late yet.
func (db *DB) UrgeTask(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, note string) error {
	return db.onTask(ctx, actor, doithoai.ActUrgeTask, id, version, func(c *taskCase) (s plan.TaskStep, err error) {
		if err := c.Urge(note); err != nil {
			return s, err
		}
		rules, err := loadRules(ctx, c.tx, c.AuthorityID)
		if err != nil {
			return s, err
		}
		level := doithoai.RungOf(c.Due, c.tx.Now.Date(), rules).Level()
		err = c.tx.notify(ctx, c.Task, NoticeUrged, c.tx.Now.String())
		return plan.TaskStep{Kind: plan.StepUrged, Text: note, Level: level}, err
	})
}

// NoteTask keeps that the actor has taken note of a task of their unit or village. Twice is once.
func (db *DB) NoteTask(ctx context.Context, actor doithoai.Actor, id doithoai.ID) error {
	return db.note(ctx, actor, doithoai.ActNoteTask, id, plan.TaskReport{})
}

// RecordNote writes down that who has a task and no account told the office that they have taken note of it.
func (db *DB) RecordNote(ctx context.Context, actor doithoai.Actor, id doithoai.ID, r plan.TaskReport) error {
	return db.note(ctx, actor, doithoai.ActRecordTask, id, r)
}

func (db *DB) note(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, r plan.TaskReport,
) error {
	return db.act(ctx, func(tx *Tx) error {
		t, err := taskByID(ctx, tx, actor.AuthorityID, id, "")
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, act, t.Subject()); err != nil {
			return err
		}
		var toldAt calendar.Instant
		if act == doithoai.ActRecordTask {
			if err := doithoai.RefuseForm(r.ToldProblems(tx.Now)); err != nil {
				return err
			}
			toldAt = r.Moment()
		}
		n, err := tx.execCount(ctx, `INSERT INTO task_note (id, authority_id, task_id, officer_id, at, told_by, told_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (task_id, officer_id, told_by) DO NOTHING`,
			newID(), t.AuthorityID, id, actor.ID, tx.Now, r.From, toldAt)
		if err != nil || n == 0 {
			return err
		}
		subject, err := tx.subjectOf(ctx, t)
		if err != nil {
			return err
		}
		tx.touch(topicTasks + string(t.AuthorityID))
		return tx.audit(ctx, actor, act, subject, "", "")
	})
}
