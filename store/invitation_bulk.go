package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// ProposeInvitations fills a dialogue's list with whom the plan's groups ask for and who is not on it yet
// ([plan.Propose]): people whom the authority knows, and places for which somebody is still to be named; of the
// dialogue before, too, where again is true. It returns how many came onto the list. Done twice, it adds nobody.
func (db *DB) ProposeInvitations(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, again bool,
) (added int, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActProposeInvitations, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		known, reached, err := l.known(ctx, again)
		if err != nil {
			return err
		}
		points, err := l.points(ctx)
		if err != nil {
			return err
		}
		var further []plan.Delegate
		for _, i := range plan.Propose(points, known, l.all) {
			further = append(further, plan.Delegate{Invitation: i, Contact: reached[i.ID]})
		}
		added = len(further)
		if added == 0 {
			return nil
		}
		if err := l.add(ctx, further); err != nil {
			return err
		}
		if err := l.preside(ctx); err != nil {
			return err
		}
		return l.audit(ctx, "", fmt.Sprint(added))
	})
	return added, err
}

// known is what the authority knows of people on the day, and how those of the dialogue before are reached, by their
// invitations of then.
func (l *delegateList) known(
	ctx context.Context, again bool,
) (k plan.Known, reached map[doithoai.ID]plan.Contact, err error) {
	today := l.tx.Now.Date()
	k.Dialogue = l.d
	o, err := loadOrganisation(ctx, l.tx, l.d.AuthorityID)
	if err != nil {
		return k, nil, err
	}
	k.Units, k.Villages = o.UnitsOn(today), o.VillagesOn(today)
	officers, err := list(ctx, l.tx, scanOfficer, `SELECT `+officerColumns+`
		FROM officer
		WHERE authority_id = $1
		ORDER BY login`, l.d.AuthorityID)
	if err != nil {
		return k, nil, err
	}
	if k.Officers, err = officersOn(ctx, l.tx, today, officers); err != nil {
		return k, nil, err
	}
	if k.Bodies, err = list(ctx, l.tx, column[string], `SELECT name
		FROM outside_body
		WHERE authority_id = $1
		ORDER BY ordinal, id LIMIT $2`, l.d.AuthorityID, plan.MaxDelegates); err != nil || !again {
		return k, nil, err
	}
	last, err := l.last(ctx)
	if err != nil || last == nil {
		return k, nil, err
	}
	people, err := last.contacts(ctx)
	reached = map[doithoai.ID]plan.Contact{}
	for _, p := range people {
		reached[p.ID] = p.Contact
	}
	k.Last = last.all
	return k, reached, err
}

// last is the list of the newest dialogue before this one that has a list; nil where there is none.
func (l *delegateList) last(ctx context.Context) (*delegateList, error) {
	d, err := one(ctx, l.tx, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue d
		WHERE authority_id = $1 AND starts_at < $2 AND id <> $3
		AND EXISTS (SELECT 1 FROM invitation i WHERE i.dialogue_id = d.id)
		ORDER BY starts_at DESC LIMIT 1`, l.d.AuthorityID, l.d.StartsAt, l.d.ID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := invitationsOf(ctx, l.tx, l.d.AuthorityID, d.ID)
	return &delegateList{tx: l.tx, actor: l.actor, act: l.act, d: d, all: all}, err
}

// Telling is how and when people were told of a dialogue, or reminded.
type Telling struct {
	Route plan.InvitationRoute
	On    calendar.Date
}

// InviteDelegates notes that the chosen people were told of the dialogue's day, hour and venue. Who was told already of
// what still holds is passed over; who was told of something else is told again, and asked for their answer again. It
// returns how many were told. Where somebody changed one of them meanwhile, nothing is noted.
func (db *DB) InviteDelegates(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, chosen []Seen, how Telling,
) (told int, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActInviteDelegates, dialogue, func(l *delegateList) error {
		told, err = l.tell(ctx, chosen, how, plan.Invitation.MaySend, func(i plan.Invitation) plan.Invitation {
			return i.Send(l.d, how.Route, how.On)
		})
		return err
	})
	return told, err
}

// RemindDelegates notes that the chosen people who have not answered were asked again, and returns how many.
func (db *DB) RemindDelegates(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, chosen []Seen, how Telling,
) (told int, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActRemindDelegates, dialogue, func(l *delegateList) error {
		told, err = l.tell(ctx, chosen, how, plan.Invitation.MayRemind, func(i plan.Invitation) plan.Invitation {
			return i.Remind(how.On)
		})
		return err
	})
	return told, err
}

// tell does an act to those of the chosen people to whom it can be done. The day is not before the last one on which
// they were told.
func (l *delegateList) tell(
	ctx context.Context, chosen []Seen, how Telling, may func(plan.Invitation, doithoai.Dialogue) bool,
	change func(plan.Invitation) plan.Invitation,
) (told int, err error) {
	problems := plan.SendProblems(l.d, how.Route, how.On, l.tx.Now.Date())
	if len(chosen) == 0 {
		problems = append(problems, doithoai.Problem{Field: "chon", Key: "delegate.problem.none_chosen"})
	}
	taken := map[doithoai.ID]bool{}
	for _, s := range chosen {
		i, err := l.seen(s.ID, s.Version)
		if err != nil {
			return 0, err
		}
		if taken[s.ID] || !may(i, l.d) {
			continue
		}
		taken[s.ID] = true
		if how.On.Valid() && how.On.Before(i.InvitedOn) {
			problems = append(problems, doithoai.Problem{Field: "ngay", Key: "delegate.problem.day_before"})
			break
		}
	}
	if err := doithoai.RefuseForm(problems); err != nil {
		return 0, err
	}
	if len(taken) == 0 {
		return 0, nil
	}
	for _, i := range slices.Clone(l.all) {
		if !taken[i.ID] {
			continue
		}
		if err := l.save(ctx, change(i)); err != nil {
			return 0, err
		}
	}
	if err := l.preside(ctx); err != nil {
		return 0, err
	}
	return len(taken), l.audit(ctx, "", fmt.Sprintf("%d %s %s", len(taken), how.Route, how.On))
}

// maxCodes is how many codes of an invitation open it: those of the papers printed last.
const maxCodes = 5

// InvitationCode derives the code on one invitation of a print run, so that the run always shows the same codes though
// only hashes of them are kept.
func InvitationCode(run doithoai.IntakeKey, id doithoai.ID) doithoai.ReceiptCode {
	return doithoai.NewReceiptCode(doithoai.IntakeKey(invitationKey(run, id)))
}

func invitationKey(run doithoai.IntakeKey, id doithoai.ID) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "doithoai invitation code v1\n%x\n%s", run, id))
	return sum[:len(run)]
}

// PrintInvitations makes the codes of a print run: one for each chosen person to whom an invitation can go. The papers
// printed before stay good, as far back as maxCodes. A run that is made twice is one run.
func (db *DB) PrintInvitations(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, run doithoai.IntakeKey, chosen []doithoai.ID,
) error {
	return db.onDelegates(ctx, actor, doithoai.ActPrintInvitations, dialogue, func(l *delegateList) error {
		rows := newRows(4)
		var printed []doithoai.ID
		for _, i := range l.all {
			if i.State != plan.InvitationWithdrawn && slices.Contains(chosen, i.ID) {
				rows.add(InvitationCode(run, i.ID).Hash(), l.d.AuthorityID, i.ID, l.tx.Now)
				printed = append(printed, i.ID)
			}
		}
		if len(printed) == 0 {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "chon", Key: "delegate.problem.none_chosen"}})
		}
		there, err := one(ctx, l.tx, column[int], `SELECT count(*) FROM invitation_code WHERE code_hash = $1`,
			InvitationCode(run, printed[0]).Hash())
		if err != nil || there > 0 {
			return err
		}
		if err := rows.insert(ctx, l.tx, `invitation_code (code_hash, authority_id, invitation_id, printed_at)`); err != nil {
			return err
		}
		for _, id := range printed {
			if err := l.tx.exec(ctx, `DELETE FROM invitation_code
				WHERE invitation_id = $1 AND code_hash NOT IN (
					SELECT code_hash FROM invitation_code
					WHERE invitation_id = $1 ORDER BY printed_at DESC, code_hash LIMIT $2
				)`, id, maxCodes); err != nil {
				return err
			}
		}
		return l.audit(ctx, "", fmt.Sprint(len(printed)))
	})
}

// PrintedInvitations are those of a dialogue that a print run made codes for.
func (db *DB) PrintedInvitations(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, run doithoai.IntakeKey,
) (map[doithoai.ID]doithoai.ReceiptCode, error) {
	if err := may(actor, doithoai.ActPrintInvitations); err != nil {
		return nil, err
	}
	if err := checkID(dialogue); err != nil {
		return nil, err
	}
	type code struct {
		of   doithoai.ID
		hash []byte
	}
	kept, err := list(ctx, db.reader(), func(r row) (c code, err error) {
		err = r.Scan(&c.of, &c.hash)
		return c, err
	}, `SELECT c.invitation_id, c.code_hash
		FROM invitation i
		JOIN invitation_code c ON c.invitation_id = i.id
		WHERE i.dialogue_id = $1 AND i.authority_id = $2`, dialogue, actor.AuthorityID)
	codes := map[doithoai.ID]doithoai.ReceiptCode{}
	for _, c := range kept {
		if made := InvitationCode(run, c.of); string(made.Hash()) == string(c.hash) {
			codes[c.of] = made
		}
	}
	return codes, err
}

// RecordReply notes what somebody on the list answered.
func (db *DB) RecordReply(
	ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, version int, reply plan.Reply,
) error {
	return db.onDelegates(ctx, actor, doithoai.ActRecordReply, dialogue, func(l *delegateList) error {
		i, err := l.seen(id, version)
		if err != nil {
			return err
		}
		_, err = l.reply(ctx, i, reply)
		return err
	})
}

func (l *delegateList) reply(ctx context.Context, i plan.Invitation, reply plan.Reply) (plan.Invitation, error) {
	if err := doithoai.RefuseForm(i.ReplyProblems(l.d, reply, l.tx.Now.Date())); err != nil {
		return i, err
	}
	now := i.Answer(reply, l.tx.Now, l.actor.ID)
	if err := l.save(ctx, now); err != nil {
		return i, err
	}
	if err := l.preside(ctx); err != nil {
		return i, err
	}
	return now, l.audit(ctx, string(i.State), string(now.State))
}

// ReplyInvitation takes the answer of whom an invitation was sent to, by the code on it, and returns the invitation
// with its dialogue. An unknown code is NotFound. The same answer once more, as of a form that was sent twice, is no
// act; another one replaces it until the dialogue's day.
func (db *DB) ReplyInvitation(
	ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, reply plan.Reply,
) (i plan.Invitation, d doithoai.Dialogue, err error) {
	if err := may(actor, doithoai.ActReplyInvitation); err != nil {
		return i, d, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		of, err := one(ctx, tx, scanInvitation, `SELECT `+invitationColumns+`
			FROM invitation
			WHERE authority_id = $1 AND id = (
				SELECT invitation_id FROM invitation_code WHERE code_hash = $2 AND authority_id = $1
			)`, actor.AuthorityID, code.Hash())
		if err != nil {
			return err
		}
		l, err := tx.delegates(ctx, actor, doithoai.ActReplyInvitation, of.DialogueID)
		if err != nil {
			return err
		}
		if i, err = l.find(of.ID); err != nil { // taken off the list just now
			return err
		}
		d = l.d
		if again := i.Answer(reply, i.AnsweredAt, i.AnsweredBy); i.Answered() && !i.Stale(d) && again == i {
			return nil
		}
		i, err = l.reply(ctx, i, reply)
		return err
	})
	return i, d, err
}
