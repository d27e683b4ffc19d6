package store

import (
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/plan"
)

const invitationColumns = `id, authority_id, dialogue_id, ordinal, point, point_text, unit_id, village_id, name, title,
	body, capacity, state, route, invited_on, told_moves, reminded_on, reminders, answered_at, answered_by, reason,
	substitute, substitute_title, note, version`

func scanInvitation(r row) (i plan.Invitation, err error) {
	err = r.Scan(&i.ID, &i.AuthorityID, &i.DialogueID, &i.Ordinal, &i.Point, &i.PointText, &i.UnitID, &i.VillageID,
		&i.Name, &i.Title, &i.Body, &i.Capacity, &i.State, &i.Route, &i.InvitedOn, &i.ToldMoves, &i.RemindedOn, &i.Reminders,
		&i.AnsweredAt, &i.AnsweredBy, &i.Reason, &i.Substitute, &i.SubTitle, &i.Note, &i.Version)
	return i, err
}

// invitationValues are an invitation's in the order of invitationColumns.
func invitationValues(i plan.Invitation) []any {
	return []any{
		i.ID, i.AuthorityID, i.DialogueID, i.Ordinal, i.Point, i.PointText, i.UnitID, i.VillageID, i.Name, i.Title,
		i.Body, i.Capacity, i.State, i.Route, i.InvitedOn, i.ToldMoves, i.RemindedOn, i.Reminders, i.AnsweredAt,
		i.AnsweredBy, i.Reason, i.Substitute, i.SubTitle, i.Note, i.Version,
	}
}

// invitationsOf reads the list of a dialogue in protocol order. It is bounded when people are added.
func invitationsOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) ([]plan.Invitation, error) {
	return list(ctx, q, scanInvitation, `SELECT `+invitationColumns+`
		FROM invitation
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY ordinal, id LIMIT $3`, dialogue, authority, plan.MaxDelegates)
}

// Delegates lists those who are invited to a dialogue in protocol order, without how they are reached.
func (db *DB) Delegates(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) ([]plan.Invitation, error) {
	if err := may(actor, doithoai.ActSeeDelegates); err != nil {
		return nil, err
	}
	if err := checkID(dialogue); err != nil {
		return nil, err
	}
	return invitationsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

// Registered counts the slips that residents registered for a dialogue, one that came twice once, a denunciation never:
// who comes without an invitation.
func (db *DB) Registered(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (int, error) {
	if err := may(actor, doithoai.ActSeeDelegates); err != nil {
		return 0, err
	}
	if err := checkID(dialogue); err != nil {
		return 0, err
	}
	return one(ctx, db.reader(), column[int], `SELECT count(DISTINCT slip_id)
		FROM opinion
		WHERE dialogue_id = $1 AND authority_id = $2 AND channel NOT IN ($3, $4) AND stage NOT IN ($5, $6)`,
		dialogue, actor.AuthorityID, doithoai.ChannelHall, doithoai.ChannelSheet, doithoai.StageJoined,
		doithoai.StageDenounced)
}

// Seats are how many seats the hall of a dialogue has, with the version of what was said; both 0 while nobody said.
func (db *DB) Seats(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (seats, version int, err error) {
	if err := may(actor, doithoai.ActSeeDelegates); err != nil {
		return 0, 0, err
	}
	if err := checkID(dialogue); err != nil {
		return 0, 0, err
	}
	return seatsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

func seatsOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) (seats, version int, err error) {
	_, err = one(ctx, q, func(r row) (none struct{}, err error) {
		return none, r.Scan(&seats, &version)
	}, `SELECT seats, version FROM dialogue_seats WHERE dialogue_id = $1 AND authority_id = $2`, dialogue, authority)
	if doithoai.KindOf(err) == doithoai.NotFound {
		err = nil
	}
	return seats, version, err
}

// SetSeats says how many seats the hall of a dialogue has; version is 0 where nobody said before.
func (db *DB) SetSeats(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version, seats int) error {
	return db.onDelegates(ctx, actor, doithoai.ActSetSeats, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(plan.SeatProblems(seats)); err != nil {
			return err
		}
		was, now, err := seatsOf(ctx, l.tx, l.d.AuthorityID, l.d.ID)
		if err != nil {
			return err
		}
		if now != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := l.tx.exec(ctx, `INSERT INTO dialogue_seats (dialogue_id, authority_id, seats, version)
			VALUES ($1, $2, $3, $4)
			ON CONFLICT (dialogue_id) DO UPDATE SET seats = excluded.seats, version = excluded.version`,
			l.d.ID, l.d.AuthorityID, seats, version+1); err != nil {
			return err
		}
		before := ""
		if version > 0 {
			before = fmt.Sprint(was)
		}
		return l.audit(ctx, before, fmt.Sprint(seats))
	})
}

// ViewContacts opens telephones and e-mail addresses: of one person on a dialogue's list, or of all where id is empty.
// The view is audited.
func (db *DB) ViewContacts(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID,
) (all []plan.Delegate, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActViewContacts, dialogue, func(l *delegateList) error {
		if id != "" {
			i, err := l.find(id)
			if err != nil {
				return err
			}
			l.all = []plan.Invitation{i}
		}
		if all, err = l.contacts(ctx); err != nil {
			return err
		}
		return l.audit(ctx, "", fmt.Sprint(len(all)))
	})
	return all, err
}

// contacts are the list's people with how they are reached.
func (l *delegateList) contacts(ctx context.Context) ([]plan.Delegate, error) {
	type contact struct {
		of doithoai.ID
		plan.Contact
	}
	known, err := list(ctx, l.tx, func(r row) (c contact, err error) {
		err = r.Scan(&c.of, &c.Phone, &c.Email)
		return c, err
	}, `SELECT c.invitation_id, c.phone, c.email
		FROM invitation i
		JOIN invitation_contact c ON c.invitation_id = i.id
		WHERE i.dialogue_id = $1 AND c.authority_id = $2`, l.d.ID, l.d.AuthorityID)
	if err != nil {
		return nil, err
	}
	of := map[doithoai.ID]plan.Contact{}
	for _, c := range known {
		of[c.of] = c.Contact
	}
	var all []plan.Delegate
	for _, i := range l.all {
		all = append(all, plan.Delegate{Invitation: i, Contact: of[i.ID]})
	}
	return all, nil
}

// delegateList is the list of a dialogue within an act: its row is held, so that acts on one list follow each other.
type delegateList struct {
	tx    *Tx
	actor doithoai.Actor
	act   doithoai.Act
	d     doithoai.Dialogue
	all   []plan.Invitation
}

// onDelegates runs an act on the list of a dialogue of the actor's authority.
func (db *DB) onDelegates(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID, f func(*delegateList) error,
) error {
	if err := may(actor, act); err != nil {
		return err
	}
	if err := checkID(dialogue); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		l, err := tx.delegates(ctx, actor, act, dialogue)
		if err != nil {
			return err
		}
		return f(l)
	})
}

func (tx *Tx) delegates(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID,
) (*delegateList, error) {
	d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, tx.db.dialect.forUpdate())
	if err != nil {
		return nil, err
	}
	all, err := invitationsOf(ctx, tx, actor.AuthorityID, dialogue)
	return &delegateList{tx, actor, act, d, all}, err
}

// written refuses to change a list of which nothing can change any more: the dialogue was held, or is cancelled.
func (l *delegateList) written() error {
	if !l.d.State.Coming() && l.d.State != doithoai.DialogueRunning {
		return doithoai.Refuse(doithoai.Conflict, "delegate.problem.over")
	}
	return nil
}

// find finds somebody on the list.
func (l *delegateList) find(id doithoai.ID) (plan.Invitation, error) {
	for _, i := range l.all {
		if i.ID == id {
			return i, nil
		}
	}
	return plan.Invitation{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// seen finds somebody on the list as the actor saw them.
func (l *delegateList) seen(id doithoai.ID, version int) (plan.Invitation, error) {
	i, err := l.find(id)
	if err == nil && i.Version != version {
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return i, err
}

// audit keeps what the act did, without a name.
func (l *delegateList) audit(ctx context.Context, before, after string) error {
	l.tx.touch("dialogue/" + string(l.d.ID))
	return l.tx.audit(ctx, l.actor, l.act, l.d.Slug, before, after)
}

// save writes a row of the list as it is now.
func (l *delegateList) save(ctx context.Context, i plan.Invitation) error {
	version := i.Version
	i.Version++
	at := slices.IndexFunc(l.all, func(o plan.Invitation) bool { return o.ID == i.ID })
	l.all[at] = i
	return l.tx.execOne(ctx, `UPDATE invitation SET ordinal = $1, point = $2, point_text = $3, unit_id = $4,
			village_id = $5, name = $6, title = $7, body = $8, capacity = $9, state = $10, route = $11, invited_on = $12,
			told_moves = $13, reminded_on = $14, reminders = $15, answered_at = $16, answered_by = $17, reason = $18,
			substitute = $19, substitute_title = $20, note = $21, version = $22
		WHERE id = $23 AND version = $24 AND authority_id = $25`,
		i.Ordinal, i.Point, i.PointText, i.UnitID, i.VillageID, i.Name, i.Title, i.Body, i.Capacity, i.State, i.Route,
		i.InvitedOn, i.ToldMoves, i.RemindedOn, i.Reminders, i.AnsweredAt, i.AnsweredBy, i.Reason, i.Substitute, i.SubTitle,
		i.Note, i.Version, i.ID, version, i.AuthorityID)
}

// add puts further people on the list, each at the place of the plan's point, with how they are reached.
func (l *delegateList) add(ctx context.Context, further []plan.Delegate) error {
	if len(l.all)+len(further) > plan.MaxDelegates {
		return doithoai.RefuseForm([]doithoai.Problem{{
			Field: "ho-ten", Key: "delegate.problem.too_many", Args: []any{"max", plan.MaxDelegates},
		}})
	}
	points, err := l.points(ctx)
	if err != nil {
		return err
	}
	rows := make([]plan.Invitation, len(further))
	reached := map[doithoai.ID]plan.Contact{}
	for n, f := range further {
		i := f.Invitation
		i.ID, i.AuthorityID, i.DialogueID, i.Version = newID(), l.d.AuthorityID, l.d.ID, 1
		i.State = plan.InvitationDraft
		rows[n], reached[i.ID] = i, f.Contact
	}
	placed := plan.Placed(l.all, rows, points)
	if err := l.renumber(ctx, placed); err != nil {
		return err
	}
	l.all = placed
	values := newRows(len(invitationValues(plan.Invitation{})))
	for _, i := range placed {
		if _, fresh := reached[i.ID]; fresh {
			values.add(invitationValues(i)...)
		}
	}
	if err := values.insert(ctx, l.tx, `invitation (`+invitationColumns+`)`); err != nil {
		return err
	}
	for _, i := range rows {
		if err := l.reach(ctx, i.ID, reached[i.ID]); err != nil {
			return err
		}
	}
	return nil
}

// renumber writes the places of those who stand elsewhere now.
func (l *delegateList) renumber(ctx context.Context, placed []plan.Invitation) error {
	was := map[doithoai.ID]int{}
	for _, i := range l.all {
		was[i.ID] = i.Ordinal
	}
	for _, i := range placed {
		if at, there := was[i.ID]; there && at != i.Ordinal {
			if err := l.tx.execOne(ctx, `UPDATE invitation SET ordinal = $1 WHERE id = $2 AND authority_id = $3`,
				i.Ordinal, i.ID, l.d.AuthorityID); err != nil {
				return err
			}
		}
	}
	return nil
}

// reach keeps how somebody is reached.
func (l *delegateList) reach(ctx context.Context, id doithoai.ID, c plan.Contact) error {
	if c == (plan.Contact{}) {
		return l.tx.exec(ctx, `DELETE FROM invitation_contact WHERE invitation_id = $1 AND authority_id = $2`,
			id, l.d.AuthorityID)
	}
	return l.tx.exec(ctx, `INSERT INTO invitation_contact (invitation_id, authority_id, phone, email)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (invitation_id) DO UPDATE SET phone = excluded.phone, email = excluded.email`,
		id, l.d.AuthorityID, c.Phone, c.Email)
}

// points are the points of the plan in force that say who comes; none where the plan is not issued.
func (l *delegateList) points(ctx context.Context) ([]plan.Point, error) {
	p, err := one(ctx, l.tx, scanPublicPlan, publicPlans+` AND p.id = $2`, l.d.AuthorityID, l.d.PlanID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return p.Plan.Invited(), err
}

// preside has the dialogue name who comes in the capacities that it names: co-chair and secretary as the list has them;
// the chair only until it is announced, and never nobody: from then on, another chair is an act of its own.
func (l *delegateList) preside(ctx context.Context) error {
	d := l.d
	d.CoChair = plan.Presided(d.CoChair, l.all, plan.CapacityCoChair)
	d.Secretary = plan.Presided(d.Secretary, l.all, plan.CapacitySecretary)
	if chair := plan.Presided(d.Chair, l.all, plan.CapacityChair); chair != "" && !d.Public() {
		d.Chair = chair
	}
	if d.Chair == l.d.Chair && d.CoChair == l.d.CoChair && d.Secretary == l.d.Secretary {
		return nil
	}
	return l.tx.execOne(ctx, `UPDATE dialogue SET chair = $1, co_chair = $2, secretary = $3, version = version + 1
		WHERE id = $4 AND version = $5 AND authority_id = $6`,
		d.Chair, d.CoChair, d.Secretary, d.ID, d.Version, d.AuthorityID)
}

// AddDelegate puts somebody on a dialogue's list, or a place for which somebody is still to be named.
func (db *DB) AddDelegate(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, d plan.Delegate,
) (added plan.Invitation, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActAddDelegate, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		var problems []doithoai.Problem
		if d, problems, err = l.judged(ctx, d, plan.Invitation{}); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(problems); err != nil {
			return err
		}
		was := map[doithoai.ID]bool{}
		for _, i := range l.all {
			was[i.ID] = true
		}
		if err := l.add(ctx, []plan.Delegate{d}); err != nil {
			return err
		}
		for _, i := range l.all {
			if !was[i.ID] {
				added = i
			}
		}
		if err := l.preside(ctx); err != nil {
			return err
		}
		return l.audit(ctx, "", fmt.Sprintf("1 %s", d.Capacity))
	})
	return added, err
}

// judged is what was typed of somebody in the form in which it is kept, with the words of the plan's point, and what
// keeps it from standing on the list.
func (l *delegateList) judged(
	ctx context.Context, d plan.Delegate, was plan.Invitation,
) (plan.Delegate, []doithoai.Problem, error) {
	problems := d.DelegateProblems(was, l.all)
	contact, faults := d.Contact.Normal()
	d.Contact = contact
	if d.Point == was.Point && d.Point != 0 {
		d.PointText = was.PointText
		return d, append(problems, faults...), nil
	}
	points, err := l.points(ctx)
	if err != nil {
		return d, nil, err
	}
	at := slices.IndexFunc(points, func(p plan.Point) bool { return p.Key == d.Point })
	switch {
	case at >= 0:
		d.PointText = points[at].Text
	case d.Point != 0:
		problems = append(problems, doithoai.Problem{Field: "nhom", Key: "delegate.problem.point"})
	default:
		d.PointText = ""
	}
	return d, append(problems, faults...), nil
}

// ChangeDelegate mends what stands of somebody on the list: group, name, post, body, capacity, note, and how they are
// reached. What they were told and answered stays.
func (db *DB) ChangeDelegate(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int, d plan.Delegate,
) error {
	return db.onDelegates(ctx, actor, doithoai.ActChangeDelegate, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		was, err := l.seen(id, version)
		if err != nil {
			return err
		}
		if was.State == plan.InvitationWithdrawn {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		return l.change(ctx, was, d)
	})
}

// change writes what was typed of somebody.
func (l *delegateList) change(ctx context.Context, was plan.Invitation, d plan.Delegate) error {
	now := was
	now.Point, now.Name, now.Title, now.Body, now.Capacity, now.Note = d.Point, d.Name, d.Title, d.Body, d.Capacity, d.Note
	typed, problems, err := l.judged(ctx, plan.Delegate{Invitation: now, Contact: d.Contact}, was)
	if err != nil {
		return err
	}
	if err := doithoai.RefuseForm(problems); err != nil {
		return err
	}
	if err := l.save(ctx, typed.Invitation); err != nil {
		return err
	}
	if err := l.reach(ctx, was.ID, typed.Contact); err != nil {
		return err
	}
	if err := l.preside(ctx); err != nil {
		return err
	}
	return l.audit(ctx, string(was.Capacity), string(now.Capacity))
}

// RemoveDelegate takes somebody off the list who was told nothing yet. Whoever was told is withdrawn instead.
func (db *DB) RemoveDelegate(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int,
) error {
	return db.onDelegates(ctx, actor, doithoai.ActRemoveDelegate, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		i, err := l.seen(id, version)
		if doithoai.KindOf(err) == doithoai.NotFound { // it is off the list already
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err != nil {
			return err
		}
		if i.State != plan.InvitationDraft {
			return doithoai.Refuse(doithoai.Conflict, "delegate.problem.told_already")
		}
		came, err := one(ctx, l.tx, column[int], `SELECT count(*) FROM attendance WHERE invitation_id = $1`, id)
		if err != nil {
			return err
		}
		if came > 0 {
			return doithoai.Refuse(doithoai.Conflict, "delegate.problem.came")
		}
		for _, table := range []string{"invitation_contact", "invitation_code"} {
			if err := l.tx.exec(ctx, `DELETE FROM `+table+` WHERE invitation_id = $1 AND authority_id = $2`,
				id, l.d.AuthorityID); err != nil {
				return err
			}
		}
		if err := l.tx.execOne(ctx, `DELETE FROM invitation WHERE id = $1 AND version = $2 AND authority_id = $3`,
			id, version, l.d.AuthorityID); err != nil {
			return err
		}
		left := slices.DeleteFunc(slices.Clone(l.all), func(o plan.Invitation) bool { return o.ID == id })
		for n := range left {
			left[n].Ordinal = n + 1
		}
		if err := l.renumber(ctx, left); err != nil {
			return err
		}
		l.all = left
		return l.audit(ctx, fmt.Sprintf("1 %s", i.Capacity), "")
	})
}

// WithdrawInvitation takes an invitation back, for a reason. It stays on the list for the trace; its codes open nothing
// any more.
func (db *DB) WithdrawInvitation(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int, reason string,
) error {
	return db.onDelegates(ctx, actor, doithoai.ActWithdrawInvitation, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		i, err := l.seen(id, version)
		if err != nil {
			return err
		}
		if !i.Told() {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := doithoai.RefuseForm(
			plan.NoteProblems("ly-do-rut", "delegate.problem.reason", reason)); err != nil {
			return err
		}
		before := i.State
		i.State, i.Reason = plan.InvitationWithdrawn, reason
		if err := l.save(ctx, i); err != nil {
			return err
		}
		if err := l.tx.exec(ctx, `DELETE FROM invitation_code WHERE invitation_id = $1 AND authority_id = $2`,
			id, l.d.AuthorityID); err != nil {
			return err
		}
		if err := l.preside(ctx); err != nil {
			return err
		}
		return l.audit(ctx, string(before), string(i.State))
	})
}

// Seen is a row of a list as somebody saw it.
type Seen struct {
	ID      doithoai.ID
	Version int
}

// OrderDelegates puts a list in another protocol order: all its people, each as they were seen. Where somebody was
// added, changed or taken off meanwhile, nothing is moved.
func (db *DB) OrderDelegates(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, order []Seen) error {
	return db.onDelegates(ctx, actor, doithoai.ActOrderDelegates, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		if len(order) != len(l.all) {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		placed := make([]plan.Invitation, len(order))
		taken := map[doithoai.ID]bool{}
		for n, s := range order {
			i, err := l.seen(s.ID, s.Version)
			if err != nil || taken[s.ID] {
				return doithoai.Refuse(doithoai.Conflict, "error.conflict")
			}
			taken[s.ID] = true
			i.Ordinal = n + 1
			placed[n] = i
		}
		moved := 0
		for _, i := range placed {
			if was, _ := l.find(i.ID); was.Ordinal != i.Ordinal {
				moved++
				if err := l.save(ctx, i); err != nil {
					return err
				}
			}
		}
		if moved == 0 {
			return nil
		}
		return l.audit(ctx, "", fmt.Sprint(moved))
	})
}
