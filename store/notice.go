package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// NoticeKind is what an officer is told. Beside those here there are the steps of the ladder ([doithoai.Rung]): a task
// is due soon, today, or late.
type NoticeKind string

const (
	NoticeUrged    NoticeKind = "urged"     // somebody urged a task
	NoticeReopened NoticeKind = "reopened"  // a task came back
	NoticeMoved    NoticeKind = "moved"     // a task is due on another day, or came from another unit
	NoticeRelayed  NoticeKind = "relayed"   // a notice of the superior asks for something
	NoticeDirected NoticeKind = "directed"  // the head ordered something
	NoticeOpinions NoticeKind = "petitions" // opinions of the unit are due or late
	NoticeDuties   NoticeKind = "duties"    // something is missing in the preparation of dialogues
	NoticeToUrge   NoticeKind = "to_urge"   // units are to be urged, or people told how their opinions stand

	NoticeSupplement NoticeKind = "supplement" // who raised an opinion added what they were asked
)

// Notice is one thing that an officer was told inside the program. It names nobody.
type Notice struct {
	ID     doithoai.ID
	Kind   NoticeKind
	TaskID doithoai.ID
	// OpinionID is that of which it tells, Number its number: empty where it is not the officer's to see any more.
	OpinionID doithoai.ID
	Number    doithoai.RegisterNumber
	Title     string        // of the task
	Owner     string        // who has the task
	Due       calendar.Date // when it was told
	Late      int           // opinions, or duties, overdue; to be urged
	Soon      int           // due soon, or missing without a day; of whose standing a person is to be told
	At        calendar.Instant
	ReadAt    calendar.Instant // absent until it was read
}

// notify tells the officers of who has a task something about it, once by its mark. Who did it isn't told.
func (tx *Tx) notify(ctx context.Context, t plan.Task, kind NoticeKind, mark string) error {
	officers, err := officersOfTask(ctx, tx, t, tx.Now.Date())
	if err != nil {
		return err
	}
	for _, o := range officers {
		n := Notice{Kind: kind, TaskID: t.ID, Due: t.Due}
		if err := tx.addNotice(ctx, t.AuthorityID, o.ID, n, fmt.Sprintf("%s/%s/%s", kind, t.ID, mark)); err != nil {
			return err
		}
	}
	return nil
}

// addNotice tells an officer something, unless it was told already.
func (tx *Tx) addNotice(ctx context.Context, authority, officer doithoai.ID, n Notice, slot string) error {
	return tx.exec(ctx, `INSERT INTO notice (id, authority_id, officer_id, slot, kind, task_id, due, late, soon, at,
			opinion_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (officer_id, slot) DO NOTHING`,
		newID(), authority, officer, slot, n.Kind, n.TaskID, n.Due, n.Late, n.Soon, tx.Now, n.OpinionID)
}

// Notices lists what the actor was told, the newest first, from behind the one named; more reports whether there are
// older ones.
func (db *DB) Notices(
	ctx context.Context, actor doithoai.Actor, before doithoai.ID, limit int,
) (all []Notice, more bool, err error) {
	if actor.ID == "" {
		return nil, false, nil
	}
	args := []any{actor.ID, actor.AuthorityID}
	bind := binder(&args)
	older := ``
	if before != "" {
		older = ` AND n.id < ` + bind(before)
	}
	all, err = list(ctx, db.reader(), func(r row) (n Notice, err error) {
		err = r.Scan(&n.ID, &n.Kind, &n.TaskID, &n.Title, &n.Owner, &n.Due, &n.Late, &n.Soon, &n.At, &n.ReadAt,
			&n.Number)
		return n, err
	}, `SELECT n.id, n.kind, n.task_id, coalesce(t.body, ''),
			coalesce(nullif(u.short, ''), u.name, v.name, t.outside, ''), n.due, n.late, n.soon, n.at, n.read_at,
			coalesce(o.number, '')
		FROM notice n
		LEFT JOIN task t ON t.id = n.task_id
		LEFT JOIN unit u ON u.id = t.unit_id
		LEFT JOIN village v ON v.id = t.village_id
		LEFT JOIN opinion o ON o.id = n.opinion_id AND `+notDenounced+
		notConcerned(actor, db.Now().Date(), bind)+reachOf(actor, bind)+`
		WHERE n.officer_id = $1 AND n.authority_id = $2`+older+`
		ORDER BY n.id DESC LIMIT `+bind(limit+1), args...)
	if len(all) > limit {
		all, more = all[:limit], true
	}
	return all, more, err
}

// ReadNotices keeps that the actor has read what they were told up to the newest one that they were shown.
func (db *DB) ReadNotices(ctx context.Context, actor doithoai.Actor, newest doithoai.ID) error {
	if err := checkID(newest); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `UPDATE notice SET read_at = $1
			WHERE officer_id = $2 AND authority_id = $3 AND read_at IS NULL AND id <= $4`,
			tx.Now, actor.ID, actor.AuthorityID, newest)
	})
}

// unread counts what an officer was told and has not read.
func (db *DB) unread(ctx context.Context, officer doithoai.ID) (int, error) {
	return one(ctx, db.reader(), column[int], `SELECT count(*) FROM (
			SELECT 1 FROM notice WHERE officer_id = $1 AND read_at IS NULL LIMIT $2
		) AS counted`, officer, doithoai.MaxUnread)
}

// noticeLife is how long what somebody was told is kept.
const noticeLife = 365 * 24 * time.Hour

// RemindDaily tells the officers of every authority what is due and overdue: once on a working day, in its office
// hours, by whichever node comes first. Before them and after, on a day off, and where no office hours are known,
// nobody is told anything; the hour comes.
func (db *DB) RemindDaily(ctx context.Context) error {
	all, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM authority`)
	if err != nil {
		return err
	}
	var left error
	for _, id := range all {
		if err := db.remindOnce(ctx, id); err != nil {
			left = errors.Join(left, fmt.Errorf("what is due at authority %s: %w", id, err))
		}
	}
	return left
}

// remindOnce tells the officers of an authority what is due, unless that was done today or the office is shut.
func (db *DB) remindOnce(ctx context.Context, authority doithoai.ID) error {
	job, now := "remind "+string(authority), db.Now()
	if done, err := db.doneOn(ctx, job, now.Date()); err != nil || done { // asked often: before the calendar is read
		return err
	}
	c, err := currentCalendar(ctx, db.reader(), authority)
	if err != nil || !inOfficeHours(c, now) {
		return err
	}
	_, err = db.daily(ctx, job, func(ctx context.Context) error { return db.remind(ctx, authority) })
	return err
}

// inOfficeHours reports whether a moment lies between the first opening and the last closing of its day.
func inOfficeHours(c calendar.Calendar, now calendar.Instant) bool {
	hours := c.HoursOn(now.Date())
	if len(hours) == 0 {
		return false
	}
	civil := calendar.Civil(now)
	clock := calendar.Clock(civil.Hour()*60 + civil.Minute())
	return clock >= hours[0].Opens && clock < hours[len(hours)-1].Closes
}

// remind tells the officers of an authority what has reached a new step of the ladder, and how many opinions of their
// units are due and late.
func (db *DB) remind(ctx context.Context, authority doithoai.ID) error {
	rules, err := db.Rules(ctx, authority)
	if err != nil {
		return err
	}
	officers, err := db.Officers(ctx, authority)
	if err != nil {
		return err
	}
	var active []doithoai.Officer
	for _, o := range officers {
		if o.Active {
			active = append(active, o)
		}
	}
	if err := db.remindOfTasks(ctx, authority, rules, active); err != nil {
		return err
	}
	for _, o := range active {
		if err := db.remindOfOpinions(ctx, rules, o); err != nil {
			return err
		}
	}
	for _, o := range active {
		if err := db.remindToUrge(ctx, o); err != nil {
			return err
		}
	}
	return db.remindOfPreparation(ctx, authority, rules, active)
}

// remindToUrge proposes to an officer of the office what is to be urged today, as the register lists it, and says of
// how many opinions somebody is to be told how they stand. Nothing is kept of a proposal but this word: what is to be
// urged is found anew whenever it is read, so that nothing is proposed that is not so any more.
func (db *DB) remindToUrge(ctx context.Context, o doithoai.Officer) error {
	if !o.Actor().Has(doithoai.RoleOffice) {
		return nil
	}
	counts, err := db.TabCounts(ctx, o.Actor())
	if err != nil {
		return err
	}
	return db.summarise(ctx, o, Notice{
		Kind: NoticeToUrge, Late: int(counts[TabUrge]), Soon: int(counts[TabStatus]),
	})
}

// remindOfPreparation tells officers how much is late and near in the preparation of dialogues, as their desks show it:
// the chores of each, and the office all that is missing, with the chores of units and villages where nobody has an
// account. A notice that was late stays visible and can't be mended: it is left out.
func (db *DB) remindOfPreparation(
	ctx context.Context, authority doithoai.ID, rules doithoai.Rules, officers []doithoai.Officer,
) error {
	today := db.Now().Date()
	chores, err := choresOf(ctx, db.reader(), authority, rules, today)
	if err != nil {
		return err
	}
	var gaps []Gap
	for _, o := range officers {
		n, actor := Notice{Kind: NoticeDuties}, o.Actor()
		for _, c := range chores {
			nobodys := actor.Has(doithoai.RoleOffice) &&
				!slices.ContainsFunc(officers, func(o doithoai.Officer) bool { return c.Of(o.Actor()) })
			if nobodys || c.Of(actor) {
				n.count(doithoai.RungOf(c.Due, today, rules))
			}
		}
		if actor.Has(doithoai.RoleOffice) {
			if gaps == nil { // the same for all of them
				if gaps, err = db.PlanningGaps(ctx, actor); err != nil {
					return err
				}
			}
			for _, g := range gaps {
				switch {
				case g.Kind == GapNotice:
				case g.Late:
					n.Late++
				default:
					n.Soon++
				}
			}
		}
		if err := db.summarise(ctx, o, n); err != nil {
			return err
		}
	}
	return nil
}

// count adds a matter at a rung of the ladder.
func (n *Notice) count(r doithoai.Rung) {
	switch r {
	case doithoai.RungNone:
	case doithoai.RungBefore, doithoai.RungDue:
		n.Soon++
	default:
		n.Late++
	}
}

// summaryAgain is after how many days an officer is told anew that as much is late and near as before.
const summaryAgain = 7

// summarise tells an officer how much is late and near, once a day, if there is any: what stands as it stood when it
// was told last, after some days only.
func (db *DB) summarise(ctx context.Context, o doithoai.Officer, n Notice) error {
	if n.Late+n.Soon == 0 {
		return nil
	}
	return db.act(ctx, func(tx *Tx) error {
		last, err := list(ctx, tx, func(r row) (l Notice, err error) {
			err = r.Scan(&l.Late, &l.Soon, &l.At)
			return l, err
		}, `SELECT late, soon, at
			FROM notice
			WHERE officer_id = $1 AND kind = $2
			ORDER BY id DESC LIMIT 1`, o.ID, n.Kind)
		if err != nil {
			return err
		}
		if len(last) > 0 && last[0].Late == n.Late && last[0].Soon == n.Soon &&
			last[0].At.Date().DaysUntil(tx.Now.Date()) < summaryAgain {
			return nil
		}
		return tx.addNotice(ctx, o.AuthorityID, o.ID, n, fmt.Sprintf("%s/%s", n.Kind, tx.Now.Date()))
	})
}

// remindOfTasks goes along the open tasks that have a due date, the earliest first, until one is far from due.
func (db *DB) remindOfTasks(
	ctx context.Context, authority doithoai.ID, rules doithoai.Rules, officers []doithoai.Officer,
) error {
	today := db.Now().Date()
	last, at := calendar.Date{}, doithoai.ID("")
	for {
		args := []any{authority, maxWork}
		bind := binder(&args)
		beyond := ``
		if at != "" {
			beyond = ` AND (by_day, id) > (` + bind(last) + `, ` + bind(at) + `)`
		}
		tasks, err := list(ctx, db.reader(), scanTask, `SELECT `+taskColumns+`
			FROM task
			WHERE authority_id = $1 AND state IN ('open', 'doing') AND due IS NOT NULL`+beyond+`
			ORDER BY by_day, id LIMIT $2`, args...)
		if err != nil {
			return err
		}
		if err := db.act(ctx, func(tx *Tx) error { return tx.remindOf(ctx, tasks, rules, officers) }); err != nil {
			return err
		}
		if len(tasks) < maxWork {
			return nil
		}
		last, at = tasks[maxWork-1].Due, tasks[maxWork-1].ID
		if last.After(today) && doithoai.RungOf(last, today, rules) == doithoai.RungNone {
			return nil
		}
	}
}

// remindOf tells of tasks that have reached a step of the ladder who may report on them; where nobody has an account,
// the office.
func (tx *Tx) remindOf(
	ctx context.Context, tasks []plan.Task, rules doithoai.Rules, officers []doithoai.Officer,
) error {
	for _, t := range tasks {
		rung := doithoai.RungOf(t.Due, tx.Now.Date(), rules)
		if rung == doithoai.RungNone {
			continue
		}
		n := Notice{Kind: NoticeKind(rung), TaskID: t.ID, Due: t.Due}
		slot, told := fmt.Sprintf("%s/%s/%s", rung, t.ID, t.Due), false
		for _, act := range []doithoai.Act{doithoai.ActReportTask, doithoai.ActRecordTask} {
			for _, o := range officers {
				if told && act == doithoai.ActRecordTask || doithoai.Can(o.Actor(), act, t.Subject()) != nil {
					continue
				}
				if err := tx.addNotice(ctx, t.AuthorityID, o.ID, n, slot); err != nil {
					return err
				}
				told = told || act == doithoai.ActReportTask
			}
		}
	}
	return nil
}

// remindOfOpinions tells an officer who answers opinions how many of the unit's are late and due soon.
func (db *DB) remindOfOpinions(ctx context.Context, rules doithoai.Rules, o doithoai.Officer) error {
	if !o.Actor().Has(doithoai.RoleUnitOfficer) {
		return nil
	}
	rows, _, err := db.Work(ctx, o.Actor(), doithoai.StageProcessing, doithoai.StageReturned)
	if err != nil {
		return err
	}
	n, today := Notice{Kind: NoticeOpinions}, db.Now().Date()
	for _, row := range rows {
		if row.Petition == nil {
			continue
		}
		n.count(doithoai.RungOf(row.Petition.Due, today, rules))
	}
	return db.summarise(ctx, o, n)
}
