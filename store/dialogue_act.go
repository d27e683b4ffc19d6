package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// PrepareDialogue makes a dialogue from an issued plan of the authority, with its programme. Nobody hears of it before
// it is announced. Where it has no slug, its page is named after its day. asked are the requests of voters for which it
// is held, as they were read: with the dialogue they are answered as by [DB.AnswerRequest], or nothing is done.
func (db *DB) PrepareDialogue(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, asked ...plan.VoterRequest,
) (doithoai.Dialogue, error) {
	acts := []doithoai.Act{doithoai.ActPrepareDialogue}
	if len(asked) > 0 {
		acts = append(acts, doithoai.ActAnswerRequest)
	}
	for _, act := range acts {
		if err := may(actor, act); err != nil {
			return d, err
		}
	}
	for _, v := range asked {
		if err := checkID(v.ID); err != nil {
			return d, err
		}
	}
	var made doithoai.Dialogue
	err := db.act(ctx, func(tx *Tx) (err error) {
		if made, err = tx.prepareDialogue(ctx, actor, d); err != nil {
			return err
		}
		for _, v := range asked {
			unfit := doithoai.Problem{Field: "loai", Key: "plan.request.problem.kind"}
			if err := tx.answerRequest(ctx, actor, v.ID, v.Version, made, unfit); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return d, err
	}
	return made, nil
}

func (tx *Tx) prepareDialogue(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue,
) (doithoai.Dialogue, error) {
	problems := append(d.PrepareProblems(tx.Now), doithoai.ProgrammeProblems(d.Programme)...)
	if err := doithoai.RefuseForm(problems); err != nil {
		return d, err
	}
	d.ID, d.AuthorityID, d.State, d.Version = newID(), actor.AuthorityID, doithoai.DialoguePreparing, 1
	d.Announced, d.Noticed, d.Moves = calendar.Instant{}, calendar.Instant{}, 0
	if err := checkID(d.PlanID); err != nil {
		return d, err
	}
	if _, err := one(ctx, tx, column[doithoai.ID], `SELECT id
		FROM plan
		WHERE id = $1 AND authority_id = $2 AND edition IS NOT NULL`, d.PlanID, d.AuthorityID); err != nil {
		return d, err
	}
	if err := tx.checkCluster(ctx, d); err != nil {
		return d, err
	}
	var err error
	if d.Slug == "" {
		if d.Slug, err = tx.slugOf(ctx, d); err != nil {
			return d, err
		}
	}
	values := dialogueValues(d)
	if err := tx.exec(ctx, `INSERT INTO dialogue (`+dialogueColumns+`)
		VALUES `+tx.db.dialect.placeholders(1, len(values)), values...); err != nil {
		return d, err
	}
	if err := tx.writeProgramme(ctx, d); err != nil {
		return d, err
	}
	if err := tx.spreadTasks(ctx, d.AuthorityID); err != nil {
		return d, err
	}
	return d, tx.auditDialogue(ctx, actor, doithoai.ActPrepareDialogue, d, "")
}

// checkCluster refuses villages of another authority.
func (tx *Tx) checkCluster(ctx context.Context, d doithoai.Dialogue) error {
	for _, v := range d.Villages {
		if err := tx.checkVillage(ctx, d.AuthorityID, v); err != nil {
			return err
		}
	}
	return nil
}

// slugOf is the address of the dialogue's page: its day, and a number where that is taken. A dialogue that is moved
// keeps it: it stands on papers.
func (tx *Tx) slugOf(ctx context.Context, d doithoai.Dialogue) (string, error) {
	day := d.StartsAt.Date().String()
	taken, err := list(ctx, tx, column[string], `SELECT slug
		FROM dialogue
		WHERE authority_id = $1 AND (slug = $2 OR slug LIKE $3)`, d.AuthorityID, day, day+"-%")
	if err != nil {
		return "", err
	}
	for n, slug := 2, day; ; n++ {
		if !strings.Contains(" "+strings.Join(taken, " ")+" ", " "+slug+" ") {
			return slug, nil
		}
		slug = fmt.Sprintf("%s-%d", day, n)
	}
}

func (tx *Tx) writeProgramme(ctx context.Context, d doithoai.Dialogue) error {
	if err := tx.exec(ctx, `DELETE FROM programme_step WHERE dialogue_id = $1`, d.ID); err != nil {
		return err
	}
	rows := newRows(5)
	for i, s := range d.Programme {
		rows.add(d.ID, i, s.Title, s.Minutes, s.Presenter)
	}
	return rows.insert(ctx, tx, `programme_step (dialogue_id, ordinal, title, minutes, presenter)`)
}

func (tx *Tx) writeDialogue(ctx context.Context, d doithoai.Dialogue, version int) error {
	return tx.execOne(ctx, `UPDATE dialogue SET title = $1, kinds = $2, form = $3, state = $4, starts_at = $5,
			doors_at = $6, ends_at = $7, slips_until = $8, venue = $9, link = $10, villages = $11, with_front = $12,
			chair = $13, co_chair = $14, secretary = $15, contact = $16, announced_at = $17, noticed_at = $18,
			late_reason = $19, started_at = $20, closed_at = $21, published_at = $22, reported_at = $23, moves = $24,
			version = $25
		WHERE id = $26 AND version = $27`,
		d.Title, joinWords(d.Kinds), d.Form, d.State, d.StartsAt, d.DoorsAt, d.EndsAt, d.SlipsUntil, d.Venue, d.Link,
		joinWords(d.Villages), d.WithFront, d.Chair, d.CoChair, d.Secretary, d.Contact, d.Announced, d.Noticed,
		d.LateReason, d.StartedAt, d.ClosedAt, d.PublishedAt, d.ReportedAt, d.Moves, d.Version, d.ID, version)
}

// auditDialogue keeps what an act did to a dialogue: its states, and its day where it is announced or moved.
func (tx *Tx) auditDialogue(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, d doithoai.Dialogue, before doithoai.DialogueState,
) error {
	tx.touch("dialogue/" + string(d.ID))
	after := string(d.State)
	if act == doithoai.ActAnnounceDialogue || act == doithoai.ActMoveDialogue || act == doithoai.ActPrepareDialogue {
		after += " " + d.StartsAt.Date().String()
	}
	return tx.audit(ctx, actor, act, d.Slug, string(before), after)
}

// wholeDialogue is [dialogueOf] with the programme.
func (tx *Tx) wholeDialogue(ctx context.Context, authority, id doithoai.ID, lock string) (doithoai.Dialogue, error) {
	d, err := dialogueOf(ctx, tx, authority, id, lock)
	if err != nil {
		return d, err
	}
	d.Programme, err = programmeOf(ctx, tx, id)
	return d, err
}

// onDialogue does an act to a dialogue of a version: change makes of it what the act says.
func (db *DB) onDialogue(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
	change func(*Tx, *doithoai.Dialogue) error,
) (d doithoai.Dialogue, err error) {
	if err := may(actor, act); err != nil {
		return d, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, err = tx.onDialogue(ctx, actor, act, id, version, change)
		return err
	})
	return d, err
}

func (tx *Tx) onDialogue(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
	change func(*Tx, *doithoai.Dialogue) error,
) (d doithoai.Dialogue, err error) {
	lock := tx.db.dialect.forUpdate()
	switch act {
	case doithoai.ActMoveDialogue, doithoai.ActPostponeDialogue, doithoai.ActCancelDialogue, doithoai.ActPublishResults:
		lock = tx.db.dialect.forReferrers() // no slip comes in meanwhile of which the act would know nothing
	}
	if d, err = tx.wholeDialogue(ctx, actor.AuthorityID, id, lock); err != nil {
		return d, err
	}
	if err := sameVersion(d.Version, version); err != nil {
		return d, err
	}
	before, day := d.State, d.StartsAt
	if d, err = d.Move(act); err != nil {
		return d, err
	}
	if err := change(tx, &d); err != nil {
		return d, err
	}
	d.Version++
	if err := tx.writeDialogue(ctx, d, version); err != nil {
		return d, err
	}
	if d.State != before || d.StartsAt != day { // what is to be done by its day follows
		if err := tx.spreadTasks(ctx, d.AuthorityID); err != nil {
			return d, err
		}
	}
	return d, tx.auditDialogue(ctx, actor, act, d, before)
}

// ChangeDialogue writes what is known of a dialogue: next. Once it was announced, what people were told of stays: that
// is a move.
func (db *DB) ChangeDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, next doithoai.Dialogue,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActChangeDialogue, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		if err := doithoai.RefuseForm(d.ChangeProblems(next, tx.Now)); err != nil {
			return err
		}
		d.Title, d.Kinds, d.Form, d.WithFront, d.Villages = next.Title, next.Kinds, next.Form, next.WithFront, next.Villages
		d.StartsAt, d.DoorsAt, d.EndsAt, d.SlipsUntil = next.StartsAt, next.DoorsAt, next.EndsAt, next.SlipsUntil
		d.Venue, d.Link = next.Venue, next.Link
		d.Chair, d.CoChair, d.Secretary, d.Contact = next.Chair, next.CoChair, next.Secretary, next.Contact
		return tx.checkCluster(ctx, *d)
	})
}

// SetProgramme writes a dialogue's programme, and forgets the draft of who wrote it. One that people were told of keeps
// at least one step with its minutes.
func (db *DB) SetProgramme(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, steps []doithoai.ProgrammeStep,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActSetProgramme, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		d.Programme = steps
		problems := doithoai.ProgrammeProblems(steps)
		if d.Public() {
			problems = append(problems, d.ProgrammeMissing()...)
		}
		if err := doithoai.RefuseForm(problems); err != nil {
			return err
		}
		if err := tx.writeProgramme(ctx, *d); err != nil {
			return err
		}
		return tx.dropDraft(ctx, actor, DraftProgramme, string(d.ID))
	})
}

// AnnounceDialogue tells people of a dialogue's day: from now on it is public. late is the reason where that comes
// later than the law asks for; it stays visible. Without one, it is refused.
func (db *DB) AnnounceDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, late string,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActAnnounceDialogue, id, version, announcing(ctx, late))
}

// announcing makes a dialogue public.
func announcing(ctx context.Context, late string) func(*Tx, *doithoai.Dialogue) error {
	return func(tx *Tx, d *doithoai.Dialogue) error {
		d.LateReason = late
		problems := append(d.AnnounceProblems(tx.Now), doithoai.ProgrammeProblems(d.Programme)...)
		if err := tx.checkNotice(ctx, d, problems); err != nil {
			return err
		}
		d.Announced, d.Noticed = tx.Now, tx.Now
		return nil
	}
}

// checkNotice refuses with the problems, and with those of telling people of the dialogue's day now. A reason for being
// late is dropped where nothing is.
func (tx *Tx) checkNotice(ctx context.Context, d *doithoai.Dialogue, problems []doithoai.Problem) error {
	rules, err := loadRules(ctx, tx, d.AuthorityID)
	if err != nil {
		return err
	}
	today := tx.Now.Date()
	if err := doithoai.RefuseForm(append(problems, rules.NoticeProblems(*d, today)...)); err != nil {
		return err
	}
	if latest, ok := rules.NoticeLatest(*d); !ok || !today.After(latest) {
		d.LateReason = ""
	}
	return nil
}

// AnnounceNewDialogue prepares a dialogue of which everything is known, and announces it at once: two acts in one
// transaction. Its LateReason is that of the announcement.
func (db *DB) AnnounceNewDialogue(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue,
) (doithoai.Dialogue, error) {
	for _, act := range []doithoai.Act{doithoai.ActPrepareDialogue, doithoai.ActAnnounceDialogue} {
		if err := may(actor, act); err != nil {
			return d, err
		}
	}
	err := db.act(ctx, func(tx *Tx) error {
		made, err := tx.prepareDialogue(ctx, actor, d)
		if err != nil {
			return err
		}
		d, err = tx.onDialogue(ctx, actor, doithoai.ActAnnounceDialogue, made.ID, made.Version,
			announcing(ctx, d.LateReason))
		return err
	})
	return d, err
}

// StartDialogue records when the dialogue began, and with it the step of the programme that begins then.
func (db *DB) StartDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, at calendar.Instant,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActStartDialogue, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		d.StartedAt = at
		if err := doithoai.RefuseForm(d.StartProblems(at, tx.Now)); err != nil || len(d.Programme) == 0 {
			return err
		}
		return tx.enterStep(ctx, actor, *d, 1, d.FirstStep(), at)
	})
}

// CloseDialogue records when the dialogue ended. That is a fact: nothing that is left undone keeps it from ending.
// Whoever speaks then stops, and the head count of the day is kept.
func (db *DB) CloseDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, at calendar.Instant,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActCloseDialogue, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		d.ClosedAt = at
		if err := doithoai.RefuseForm(d.EndProblems(at, d.StartedAt, tx.Now)); err != nil {
			return err
		}
		return tx.closeHall(ctx, actor, *d, at)
	})
}

// PublishResults says that the results of the dialogue were published. It is refused while the sum of the dialogue is
// open: while one of its opinions waits for a ruling, or is not typed yet; and while the conclusion gives somebody to
// do what is not promised yet, the minutes not being locked: people are told of no conclusion that binds nobody.
func (db *DB) PublishResults(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, at calendar.Instant,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActPublishResults, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		tally, err := tallyOf(ctx, tx, *d)
		if err != nil {
			return err
		}
		d.PublishedAt = at
		problems := d.EndProblems(at, d.ClosedAt, tx.Now)
		if tally.Outcomes[doithoai.OutcomeNone] > 0 {
			problems = append(problems, doithoai.Problem{Field: "luc", Key: "plan.dialogue.problem.unruled"})
		} else {
			problems = append(problems, tally.Problems("luc")...)
		}
		binds, err := concludedBinds(ctx, tx, *d)
		if err != nil {
			return err
		}
		if !binds {
			problems = append(problems, doithoai.Problem{Field: "luc", Key: "plan.dialogue.problem.unlocked"})
		}
		return doithoai.RefuseForm(problems)
	})
}

// unruledOf reports whether an opinion of a dialogue waits for a ruling.
func unruledOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) (bool, error) {
	n, err := one(ctx, q, column[int], `SELECT count(*)
		FROM (
			SELECT 1 FROM opinion WHERE dialogue_id = $1 AND authority_id = $2 AND stage = $3 LIMIT 1
		) AS o`, dialogue, authority, doithoai.StageUnruled)
	return n > 0, err
}

// ReportDialogue says that the results were reported to the superior. What shows it is a proof of that duty.
func (db *DB) ReportDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, at calendar.Instant,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, doithoai.ActReportDialogue, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		d.ReportedAt = at
		return doithoai.RefuseForm(d.EndProblems(at, d.ClosedAt, tx.Now))
	})
}
