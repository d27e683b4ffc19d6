package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

const incomingColumns = `id, authority_id, sender, number, dated, abstract, asks, starts_at, venue, received_on,
	relayed_at, version`

func scanIncoming(r row) (n plan.Incoming, err error) {
	err = r.Scan(&n.ID, &n.AuthorityID, &n.Sender, &n.Number, &n.Dated, &n.Abstract, &n.Asks, &n.StartsAt, &n.Venue,
		&n.ReceivedOn, &n.RelayedAt, &n.Version)
	return n, err
}

// IncomingRow is a notice in a list, with how many have it and how many said so.
type IncomingRow struct {
	plan.Incoming
	To, Noted, Done, Late int
}

// IncomingList lists notices of the superior, the newest received first, from behind the one named; more reports
// whether there are older ones.
func (db *DB) IncomingList(
	ctx context.Context, actor doithoai.Actor, before doithoai.ID, limit int,
) (rows []IncomingRow, more bool, err error) {
	if err := seeTasks(actor); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	older := ``
	if before != "" {
		last, err := incomingByID(ctx, db.reader(), actor.AuthorityID, before, "")
		if err != nil {
			return nil, false, err
		}
		older = ` AND (received_on, id) < (` + bind(last.ReceivedOn) + `, ` + bind(last.ID) + `)`
	}
	found, err := list(ctx, db.reader(), scanIncoming, `SELECT `+incomingColumns+`
		FROM incoming
		WHERE authority_id = $1`+older+`
		ORDER BY received_on DESC, id DESC LIMIT `+bind(limit+1), args...)
	if err != nil {
		return nil, false, err
	}
	if len(found) > limit {
		found, more = found[:limit], true
	}
	c, err := currentCalendar(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, false, err
	}
	overdue := c.Overdue(db.Now().Date())
	for _, n := range found {
		row, err := db.incomingRow(ctx, n, overdue)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, row)
	}
	return rows, more, nil
}

// incomingRow counts the tasks of a notice.
func (db *DB) incomingRow(ctx context.Context, n plan.Incoming, overdue calendar.Date) (IncomingRow, error) {
	return one(ctx, db.reader(), func(r row) (row IncomingRow, err error) {
		row.Incoming = n
		err = r.Scan(&row.To, &row.Noted, &row.Done, &row.Late)
		return row, err
	}, `SELECT count(*),
			coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM task_note k WHERE k.task_id = t.id) THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN t.state = 'done' THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN t.state <> 'done' AND t.due < $2 THEN 1 ELSE 0 END), 0)
		FROM task t
		WHERE t.incoming_id = $1 AND t.state <> 'dropped'`, n.ID, overdue)
}

// IncomingNotice finds a notice of the superior.
func (db *DB) IncomingNotice(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (IncomingRow, error) {
	if err := seeTasks(actor); err != nil {
		return IncomingRow{}, err
	}
	n, err := incomingByID(ctx, db.reader(), actor.AuthorityID, id, "")
	if err != nil {
		return IncomingRow{}, err
	}
	c, err := currentCalendar(ctx, db.reader(), n.AuthorityID)
	if err != nil {
		return IncomingRow{}, err
	}
	return db.incomingRow(ctx, n, c.Overdue(db.Now().Date()))
}

func incomingByID(ctx context.Context, q querier, authority, id doithoai.ID, lock string) (plan.Incoming, error) {
	if err := checkID(id); err != nil {
		return plan.Incoming{}, err
	}
	return one(ctx, q, scanIncoming, `SELECT `+incomingColumns+`
		FROM incoming
		WHERE authority_id = $1 AND id = $2`+lock, authority, id)
}

// RegisterIncoming enters a notice of a dialogue that the superior convenes. The same one twice is refused: of one
// sender, number and day.
func (db *DB) RegisterIncoming(
	ctx context.Context, actor doithoai.Actor, n plan.Incoming,
) (plan.Incoming, error) {
	if err := may(actor, doithoai.ActRegisterIncoming); err != nil {
		return n, err
	}
	err := db.act(ctx, func(tx *Tx) error {
		if err := doithoai.RefuseForm(n.Problems(tx.Now.Date())); err != nil {
			return err
		}
		n.ID, n.AuthorityID, n.Version = newID(), actor.AuthorityID, 1
		if err := tx.holdRules(ctx, n.AuthorityID); err != nil {
			return err
		}
		same, err := list(ctx, tx, scanIncoming, `SELECT `+incomingColumns+`
			FROM incoming
			WHERE authority_id = $1 AND dated = $2`, n.AuthorityID, n.Dated)
		if err != nil {
			return err
		}
		for _, o := range same {
			if text.SameName(o.Sender, n.Sender) && text.SameName(o.Number, n.Number) {
				return doithoai.RefuseForm([]doithoai.Problem{{Field: "so", Key: "incoming.problem.twice"}})
			}
		}
		if err := tx.exec(ctx, `INSERT INTO incoming (`+incomingColumns+`, relays)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0)`,
			n.ID, n.AuthorityID, n.Sender, n.Number, n.Dated, n.Abstract, n.Asks, n.StartsAt, n.Venue, n.ReceivedOn,
			n.RelayedAt, n.Version); err != nil {
			return err
		}
		tx.touch(topicTasks + string(n.AuthorityID))
		return tx.audit(ctx, actor, doithoai.ActRegisterIncoming, n.Number, "", n.Dated.String())
	})
	return n, err
}

// RelayIncoming gives a notice to units and villages: each has a task of it, and is told. It may go out again, for
// something else or to others.
func (db *DB) RelayIncoming(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, r plan.IncomingRelay,
) error {
	if err := may(actor, doithoai.ActRelayIncoming); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil { // no unit ends meanwhile
			return err
		}
		n, err := incomingByID(ctx, tx, actor.AuthorityID, id, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if err := sameVersion(n.Version, version); err != nil {
			return err
		}
		o, err := loadOrganisation(ctx, tx, n.AuthorityID)
		if err != nil {
			return err
		}
		tasks, err := n.Tasks(r, o, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE incoming
			SET relayed_at = coalesce(relayed_at, $1), relays = relays + 1, version = version + 1
			WHERE id = $2 AND version = $3`, tx.Now, id, n.Version); err != nil {
			return err
		}
		relay, err := one(ctx, tx, column[int], `SELECT relays FROM incoming WHERE id = $1`, id)
		if err != nil {
			return err
		}
		for i := range tasks {
			tasks[i].ID, tasks[i].Point, tasks[i].Version = newID(), relay, 1
		}
		if err := tx.addTasks(ctx, actor, tasks, NoticeRelayed); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActRelayIncoming, n.Number, "", "")
	})
}

// addTasks keeps tasks that an officer gave, and tells who has them.
func (tx *Tx) addTasks(ctx context.Context, actor doithoai.Actor, tasks []plan.Task, told NoticeKind) error {
	rows, steps := newRows(len(taskValues(plan.Task{}))), newRows(stepWidth)
	for _, t := range tasks {
		rows.add(taskValues(t)...)
		steps.add(tx.stepValues(t.AuthorityID,
			plan.TaskStep{TaskID: t.ID, By: actor.ID, Kind: plan.StepSpread, State: t.State})...)
	}
	if err := rows.insert(ctx, tx, `task (`+taskColumns+`)`); err != nil {
		return err
	}
	if err := steps.insert(ctx, tx, `task_step (`+stepColumns+`)`); err != nil {
		return err
	}
	for _, t := range tasks {
		if err := tx.notify(ctx, t, told, ""); err != nil {
			return err
		}
	}
	tx.touch(topicTasks + string(actor.AuthorityID))
	return nil
}
