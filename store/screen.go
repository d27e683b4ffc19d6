package store

import (
	"context"
	"fmt"
	"io"

	"doithoai"
)

const screenColumns = `dialogue_id, authority_id, blank, question, opinion_id, turn_id, key, version`

func scanScreen(r row) (s doithoai.Screen, err error) {
	var key []byte
	err = r.Scan(&s.DialogueID, &s.AuthorityID, &s.Blank, &s.Question, &s.OpinionID, &s.TurnID, &key, &s.Version)
	if len(key) > 0 {
		s.Code = doithoai.ProjectorCode(key)
	}
	return s, err
}

// screenOf reads what the screens of a dialogue show; NotFound where nothing was ever released and nobody looked.
func screenOf(ctx context.Context, q querier, d doithoai.Dialogue) (doithoai.Screen, error) {
	return one(ctx, q, scanScreen, `SELECT `+screenColumns+`
		FROM screen
		WHERE dialogue_id = $1 AND authority_id = $2`, d.ID, d.AuthorityID)
}

// makeScreen makes the screens of a dialogue, which show nothing that was released, unless there are some.
func (tx *Tx) makeScreen(ctx context.Context, d doithoai.Dialogue) error {
	key := make([]byte, 16)
	if _, err := io.ReadFull(tx.db.entropy, key); err != nil {
		return fmt.Errorf("key of a projector: %w", err)
	}
	return tx.exec(ctx, `INSERT INTO screen (`+screenColumns+`)
		VALUES ($1, $2, $3, '', NULL, NULL, $4, 0)
		ON CONFLICT (dialogue_id) DO NOTHING`, d.ID, d.AuthorityID, false, key)
}

// Screen is what the screens of a dialogue show, for its staff, with the code that opens a projector.
func (db *DB) Screen(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (s doithoai.Screen, err error) {
	if err := may(actor, doithoai.ActSeeQueue); err != nil {
		return s, err
	}
	d, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, "")
	if err != nil {
		return s, err
	}
	if s, err = screenOf(ctx, db.reader(), d); doithoai.KindOf(err) != doithoai.NotFound {
		return s, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		if err := tx.makeScreen(ctx, d); err != nil {
			return err
		}
		s, err = screenOf(ctx, tx, d)
		return err
	})
	return s, err
}

// OpensProjector reports whether a code opens the projectors of a dialogue of an authority.
func (db *DB) OpensProjector(ctx context.Context, authority, dialogue doithoai.ID, code string) (bool, error) {
	d, err := dialogueOf(ctx, db.reader(), authority, dialogue, "")
	if err != nil {
		return false, err
	}
	s, err := screenOf(ctx, db.reader(), d)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return false, nil
	}
	return err == nil && s.Opens(code), err
}

// onScreen opens a dialogue for an act on its screens; it is not closed meanwhile.
func (tx *Tx) onScreen(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID,
) (d doithoai.Dialogue, err error) {
	if err := may(actor, act); err != nil {
		return d, err
	}
	return dialogueOf(ctx, tx, actor.AuthorityID, dialogue, tx.db.dialect.forShare())
}

// ShowQuestion releases a question to the screens of a running dialogue, in place of what they showed, and unblanks
// them. opinion is whose it is, "" while it is not recorded; turn the turn of who raised it, "" where nobody has one.
// sure says that a name in it may be shown. version is the screen's as the actor saw it, 0 where nothing was released
// yet. Words that tell more than screens may show are refused at their field, and so is an opinion that screens don't
// show ([doithoai.Opinion.Shown]).
func (db *DB) ShowQuestion(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, question string,
	opinion, turn doithoai.ID, sure bool,
) (s doithoai.Screen, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		d, err := tx.onScreen(ctx, actor, doithoai.ActShow, dialogue)
		if err != nil {
			return err
		}
		if err := d.ShowOpen(); err != nil {
			return err
		}
		gate, err := tx.gateOfShown(ctx, actor, d, opinion, turn)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doithoai.ShowProblems(question, gate, sure)); err != nil {
			return err
		}
		shown := doithoai.Screen{DialogueID: d.ID, AuthorityID: d.AuthorityID, Question: question, OpinionID: opinion,
			TurnID: turn}
		if err := tx.setScreen(ctx, d, version, shown); err != nil {
			return err
		}
		if err := tx.release(ctx, shown); err != nil {
			return err
		}
		if s, err = screenOf(ctx, tx, d); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActShow, d.Slug, string(turn), string(opinion))
	})
	return s, err
}

// ShowStep lets the screens of a running dialogue show the step of the programme and the speaker: without a question,
// and not the title alone. version is the screen's.
func (db *DB) ShowStep(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.onScreen(ctx, actor, doithoai.ActShow, dialogue)
		if err != nil {
			return err
		}
		if err := d.ShowOpen(); err != nil {
			return err
		}
		if err := tx.setScreen(ctx, d, version, doithoai.Screen{}); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActShow, d.Slug, "", "")
	})
}

// setScreen changes what screens show, under the version that the actor saw.
func (tx *Tx) setScreen(ctx context.Context, d doithoai.Dialogue, version int, s doithoai.Screen) error {
	if err := tx.makeScreen(ctx, d); err != nil {
		return err
	}
	return tx.execOne(ctx, `UPDATE screen
		SET blank = $1, question = $2, opinion_id = $3, turn_id = $4, version = version + 1
		WHERE dialogue_id = $5 AND authority_id = $6 AND version = $7`,
		s.Blank, s.Question, s.OpinionID, s.TurnID, d.ID, d.AuthorityID, version)
}

// release keeps what people may look back at: the words under which an opinion was shown last, in the place of the
// first time. Nothing is kept while it is not known whose they are.
func (tx *Tx) release(ctx context.Context, s doithoai.Screen) error {
	if s.OpinionID == "" {
		return nil
	}
	return tx.exec(ctx, `INSERT INTO released (opinion_id, authority_id, dialogue_id, question, released_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (opinion_id) DO UPDATE SET question = excluded.question`,
		s.OpinionID, s.AuthorityID, s.DialogueID, s.Question, tx.Now)
}

// gateOfShown stands between what is shown and who raised it: the person of the opinion, or of the turn. The opinion is
// held; one that screens don't show is refused.
func (tx *Tx) gateOfShown(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, opinion, turn doithoai.ID,
) (gate doithoai.Gate, err error) {
	who := doithoai.Petitioner{}
	if opinion != "" {
		o, err := tx.shownOpinion(ctx, actor, d, opinion)
		if err != nil {
			return gate, err
		}
		if who, err = petitionerOf(ctx, tx, o.SlipID); err != nil {
			return gate, err
		}
	}
	if turn == "" {
		return gateFor(who), nil
	}
	speaker, err := tx.speakerOf(ctx, d, turn)
	if err != nil {
		return gate, err
	}
	if who.Name == "" {
		who = speaker
	}
	return gateFor(who), nil
}

// shownOpinion holds an opinion of a dialogue that screens may show.
func (tx *Tx) shownOpinion(
	ctx context.Context, actor doithoai.Actor, d doithoai.Dialogue, id doithoai.ID,
) (doithoai.Opinion, error) {
	c, err := tx.loadCase(ctx, actor, doithoai.ActShow, id)
	if err != nil {
		return doithoai.Opinion{}, err
	}
	if err := doithoai.Can(actor, doithoai.ActShow, c.Subject); err != nil {
		return c.Opinion, err
	}
	switch {
	case c.Opinion.DialogueID != d.ID:
		return c.Opinion, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	case !c.Opinion.Shown(c.Subject.Conduct):
		return c.Opinion, doithoai.RefuseForm([]doithoai.Problem{{Field: "chieu", Key: "hall.screen.problem.unfit"}})
	}
	return c.Opinion, nil
}

// speakerOf is who has a turn, as far as it is known.
func (tx *Tx) speakerOf(
	ctx context.Context, d doithoai.Dialogue, turn doithoai.ID,
) (who doithoai.Petitioner, err error) {
	if err := checkID(turn); err != nil {
		return who, err
	}
	t, err := one(ctx, tx, scanTurn, `SELECT `+turnColumns+`
		FROM turn
		WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3`, turn, d.ID, d.AuthorityID)
	if err != nil {
		return who, err
	}
	switch t.Source {
	case doithoai.TurnBySlip:
		return petitionerOf(ctx, tx, t.ID)
	case doithoai.TurnAtReception:
		who.Name, err = one(ctx, tx, column[string], `SELECT name FROM attendance WHERE id = $1`, t.ID)
		return who, err
	}
	return doithoai.Petitioner{Name: t.Name}, nil
}

// BlankScreen lets the screens show the title alone, and forgets what they showed. It wins over whatever stands there,
// and changes nothing where they are blank.
func (db *DB) BlankScreen(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.onScreen(ctx, actor, doithoai.ActBlank, dialogue)
		if err != nil {
			return err
		}
		if !d.Public() {
			return doithoai.Refuse(doithoai.Conflict, "hall.screen.problem.not_running")
		}
		if err := tx.makeScreen(ctx, d); err != nil {
			return err
		}
		blanked, err := tx.blank(ctx, d.ID, `TRUE`)
		if err != nil || !blanked {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActBlank, d.Slug, "", "")
	})
}

// blank blanks the screens of a dialogue where a condition holds, and forgets what they showed. It reports whether
// anything changed.
func (tx *Tx) blank(ctx context.Context, dialogue doithoai.ID, where string, args ...any) (bool, error) {
	n, err := tx.execCount(ctx, `UPDATE screen
		SET blank = $2, question = '', opinion_id = NULL, turn_id = NULL, version = version + 1
		WHERE dialogue_id = $1 AND blank = $3 AND (`+where+`)`, append([]any{dialogue, true, false}, args...)...)
	if n > 0 {
		tx.touch("dialogue/" + string(dialogue))
	}
	return n > 0, err
}

// leaveShown takes the question of who spoke before off the screens: somebody else begins to speak. Until then it
// stands there with its ruling.
func (tx *Tx) leaveShown(ctx context.Context, d doithoai.Dialogue, speaker doithoai.ID) error {
	return tx.exec(ctx, `UPDATE screen
		SET question = '', opinion_id = NULL, turn_id = NULL, version = version + 1
		WHERE dialogue_id = $1 AND authority_id = $2 AND question <> '' AND (turn_id IS NULL OR turn_id <> $3)`,
		d.ID, d.AuthorityID, speaker)
}

// LinkShown says whose question the screens show: it was released while it was being typed, and is recorded now. turn
// is in which it was raised. Where the screens show something else by now, nothing is done; an opinion that they may
// not show blanks them.
func (db *DB) LinkShown(ctx context.Context, actor doithoai.Actor, dialogue, turn, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.onScreen(ctx, actor, doithoai.ActShow, dialogue)
		if err != nil {
			return err
		}
		_, err = tx.shownOpinion(ctx, actor, d, opinion)
		if doithoai.KindOf(err) == doithoai.Invalid {
			_, err = tx.blank(ctx, d.ID, `turn_id = $4 AND opinion_id IS NULL`, turn)
			return err
		}
		if err != nil {
			return err
		}
		n, err := tx.execCount(ctx, `UPDATE screen
			SET opinion_id = $1, version = version + 1
			WHERE dialogue_id = $2 AND authority_id = $3 AND turn_id = $4 AND opinion_id IS NULL AND question <> ''`,
			opinion, d.ID, d.AuthorityID, turn)
		if err != nil || n == 0 {
			return err
		}
		s, err := screenOf(ctx, tx, d)
		if err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.release(ctx, s)
	})
}
