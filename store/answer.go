package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// yearOf is the year of an answer's day, which its number is of; nil before it has one.
func yearOf(dated calendar.Date) any {
	if dated.IsZero() {
		return nil
	}
	return dated.Year
}

const answerColumns = `body, basis, number, dated, signed_by, signed_for, signed_at, paper_id`

func scanAnswer(r row) (a doithoai.Answer, err error) {
	err = r.Scan(&a.Body, &a.Basis, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor, &a.SignedAt,
		&a.Paper)
	return a, err
}

// SubmitAnswer sends the unit's answer to the chair for signing: also for others of the same matter, all of them or
// none, each with an event, a leaf and a copy of its own. What it promises begins when it goes out. version and those
// of others are the petitions'. See [doithoai.Petition.AnswersWith].
func (db *DB) SubmitAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, a doithoai.Answer, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdSet(ctx, opinion, others); err != nil {
			return err
		}
		c, err := tx.openPetition(ctx, actor, doithoai.ActSubmitAnswer, opinion, version)
		if err != nil {
			return err
		}
		all, err := tx.takeAlong(ctx, c, others)
		if err != nil {
			return err
		}
		var facts doithoai.Facts
		if len(all) > 1 {
			facts.Set, facts.Together = newID(), len(all)
		}
		if err := submittable(ctx, a, all); err != nil {
			return err
		}
		for _, c := range all {
			if err := c.submit(ctx, a, facts); err != nil {
				return err
			}
		}
		return nil
	})
}

// submittable refuses an answer that can't be handed in for all of some opinions: one to several people tells none of
// them who another one is.
func submittable(ctx context.Context, a doithoai.Answer, all []*caseFile) error {
	var wrong []doithoai.Problem
	judge := (*caseFile).promising
	if len(a.Promises.Lines()) == 0 {
		judge = (*caseFile).promisingNothing
	}
	for i, c := range all {
		by, err := judge(c, ctx)
		if err != nil {
			return err
		}
		if by.Several = len(all) > 1; i == 0 {
			wrong = append(a.SubmitProblems(by.Gates), by.Problems(a.Promises.Lines())...)
		}
		if by.Several {
			wrong = append(wrong, a.SetProblems(by.Gates, c.Opinion.Number)...)
		}
	}
	return doithoai.RefuseForm(wrong)
}

// submit hands in the answer of one opinion. facts are those of all that are handed in with it.
func (c *caseFile) submit(ctx context.Context, a doithoai.Answer, facts doithoai.Facts) error {
	next, moved, err := c.Petition.Move(c.act)
	if err != nil {
		return err
	}
	moved.Set, moved.Together = facts.Set, facts.Together
	if err := c.tx.exec(ctx, `INSERT INTO answer (petition_id, authority_id, body, basis, number, signed_by, signed_for,
			set_id)
		VALUES ($1, $2, $3, $4, '', '', '', $5)
		ON CONFLICT (petition_id) DO UPDATE SET body = excluded.body, basis = excluded.basis, set_id = excluded.set_id,
			paper_id = NULL`,
		next.ID, next.AuthorityID, a.Body, a.Basis, facts.Set); err != nil {
		return err
	}
	if err := c.handInPromises(ctx, next.Paper(), a.Promises.Lines()); err != nil {
		return err
	}
	if err := c.tx.settleDispute(ctx, c.Opinion.ID); err != nil { // it answers after all
		return err
	}
	if err := c.dropDraft(ctx, DraftAnswer); err != nil {
		return err
	}
	if err := c.handIn(ctx); err != nil {
		return err
	}
	*c.Petition = next
	return c.save(ctx, moved, answerRecord(a))
}

// answerRecord is the text of an answer in its event, with what it promises.
func answerRecord(a doithoai.Answer) string {
	text := a.Body
	if a.Basis != "" {
		text += "\n\n" + a.Basis
	}
	for _, p := range a.Promises.Lines() {
		text += fmt.Sprintf("\n\n%s %s %s", p.Due, p.UnitID, p.What)
	}
	return text
}

// WithdrawDraft takes back what the actor handed in and nobody who decides has opened: the submitted answer, which is
// with the unit again, or the proposed summary. version is the petition's or the summary's, whichever waits. An answer
// is taken back for all that stand in its set: others are those, as the actor saw them.
func (db *DB) WithdrawDraft(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdSet(ctx, opinion, others); err != nil {
			return err
		}
		c, err := tx.openCase(ctx, actor, doithoai.ActWithdrawDraft, opinion)
		if err != nil {
			return err
		}
		if c.Petition == nil || c.Petition.State != doithoai.PetitionSubmitted {
			if c, err = tx.openProposed(ctx, actor, c.act, opinion, version); err != nil {
				return err
			}
			return c.save(ctx, c.Publication.MoveTo(doithoai.PublicationWithdrawn), "")
		}
		return tx.moveAnswers(ctx, actor, c.act, opinion, version, others, nil, "")
	})
}

// moveAnswers does an act of the state machine on the answer to an opinion and all that stand with it in its set. each
// is what the act does beside that to every one; text is what it says.
func (tx *Tx) moveAnswers(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int, others []Versioned,
	each func(*caseFile) error, text string,
) error {
	all, err := tx.openAnswer(ctx, actor, act, opinion, version, others)
	if err != nil {
		return err
	}
	for i, c := range all {
		next, facts, err := c.Petition.Move(c.act)
		if err == nil && each != nil {
			err = each(c)
		}
		if err != nil {
			return doithoai.OfMemberAt(i, c.Opinion.Number, err)
		}
		*c.Petition, facts.Together = next, together(all)
		if err := c.save(ctx, facts, text); err != nil {
			return err
		}
	}
	return nil
}

// together is how many opinions an act was done on at once, 0 where on one alone.
func together[T any](all []T) int {
	if len(all) > 1 {
		return len(all)
	}
	return 0
}

// ReturnAnswer sends a submitted answer back to the unit, with the reason, for all that stand in its set: others are
// those, as the chair saw them. Versions are the petitions'.
func (db *DB) ReturnAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		return tx.moveAnswers(ctx, actor, doithoai.ActReturnAnswer, opinion, version, others, func(*caseFile) error {
			return doithoai.RefuseForm(doithoai.ReasonProblems("ly-do", reason))
		}, reason)
	})
}

// SignAnswer is the chair's signature on a submitted answer. Under it stand the name and the title of the seat in which
// it is signed. One signature is for all that stand in its set: others are those, as the chair saw them. What promises
// something until a day that is past meanwhile is not signed. Versions are the petitions'.
func (db *DB) SignAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		return tx.moveAnswers(ctx, actor, doithoai.ActSignAnswer, opinion, version, others, func(c *caseFile) error {
			if err := c.mayPromise(ctx, c.Petition.Paper()); err != nil {
				return err
			}
			return tx.execOne(ctx, `UPDATE answer
				SET signed_by = $1, signed_for = $2, signed_at = $3, paper_id = NULL
				WHERE petition_id = $4`,
				c.Seat.Signature(actor.Name), c.Seat.SignedFor(), tx.Now, c.Petition.ID)
		}, "")
	})
}

// DispatchAnswer gives a signed answer its number and date and sends it out by the ways that the person chose: for all
// that stand in its set, under one number, each judged by its own due date. What it promises begins now. others are
// those, as the actor saw them. Versions are the petitions'.
func (db *DB) DispatchAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, number string, dated calendar.Date,
	others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openAnswer(ctx, actor, doithoai.ActDispatchAnswer, opinion, version, others)
		if err != nil {
			return err
		}
		number, err := tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentReply, number, dated)
		if err != nil {
			return err
		}
		for i, c := range all {
			if err := c.dispatch(ctx, number, dated, i == 0, together(all)); err != nil {
				return doithoai.OfMemberAt(i, c.Opinion.Number, err)
			}
		}
		return nil
	})
}

// dispatch sends the signed answer of one opinion out. carries: the number is this one's in the register of numbers,
// and with it that of all together.
func (c *caseFile) dispatch(
	ctx context.Context, number string, dated calendar.Date, carries bool, together int,
) error {
	tx := c.tx
	a, err := c.answer(ctx)
	if err != nil {
		return err
	}
	now, err := currentCalendar(ctx, tx, c.Opinion.AuthorityID)
	if err != nil {
		return err
	}
	a.Number, a.Dated = number, dated
	next, facts, err := c.Petition.Dispatch(a, tx.Now, now)
	if err != nil {
		return err
	}
	facts.Together = together
	if err := c.numberAnswer(ctx, doithoai.DocumentReply, number, dated, carries); err != nil {
		return err
	}
	if c.Subject.ExtensionBy != "" {
		if err := tx.settleProposal(ctx, c.Opinion.ID); err != nil {
			return err
		}
	}
	if err := c.untell(ctx, doithoai.DeliverySupplement); err != nil {
		return err
	}
	if err := c.tell(ctx, doithoai.DeliveryAnswered); err != nil {
		return err
	}
	if err := c.afterRound(ctx); err != nil {
		return err
	}
	if facts.Promises, _, err = c.beginPromises(ctx, c.Petition.Paper()); err != nil {
		return err
	}
	*c.Petition = next
	return c.save(ctx, facts, "")
}

// LastSymbol is the symbol after the slash in the number of the document that the actor's authority dispatched last:
// "UBND-VP" of "214/UBND-VP"; "" where there is none.
func (db *DB) LastSymbol(ctx context.Context, actor doithoai.Actor) (string, error) {
	e, err := one(ctx, db.reader(), scanEvent, `SELECT `+eventColumns+`
		FROM event
		WHERE authority_id = $1 AND act = $2
		ORDER BY at DESC, leaf DESC LIMIT 1`, actor.AuthorityID, doithoai.ActDispatchAnswer)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return "", nil
	}
	_, symbol, _ := strings.Cut(e.Facts.Number, "/")
	return symbol, err
}

// numberAnswer gives the answer to the opinion, or its correction, the number and day of its document. An answer to
// several has one number, which one of them carries.
func (c *caseFile) numberAnswer(
	ctx context.Context, kind doithoai.DocumentKind, number string, dated calendar.Date, carries bool,
) error {
	if err := c.tx.execOne(ctx, `UPDATE answer
		SET number = $1, dated = $2, year = $3, carries = $4
		WHERE petition_id = $5`,
		number, dated, yearOf(dated), carries, c.Petition.ID); err != nil {
		return err
	}
	return c.tx.registerNext(ctx, doithoai.Document{
		AuthorityID: c.Opinion.AuthorityID, Kind: kind, Subject: c.Opinion.ID, OpinionID: c.Opinion.ID,
		Number: number, Dated: dated,
	}, carries)
}
