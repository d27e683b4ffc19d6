package store

import (
	"context"
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

const answerColumns = `body, basis, number, dated, signed_by, signed_for, signed_at`

func scanAnswer(r row) (a doithoai.Answer, err error) {
	err = r.Scan(&a.Body, &a.Basis, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor, &a.SignedAt)
	return a, err
}

// SubmitAnswer sends the unit's answer to the chair for signing. version is the petition's.
func (db *DB) SubmitAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, a doithoai.Answer,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActSubmitAnswer, opinion, version)
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Move(c.act)
		if err != nil {
			return err
		}
		who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(a.SubmitProblems(gateFor(who))); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO answer (petition_id, authority_id, body, basis, number, signed_by, signed_for)
			VALUES ($1, $2, $3, $4, '', '', '')
			ON CONFLICT (petition_id) DO UPDATE SET body = excluded.body, basis = excluded.basis`,
			next.ID, next.AuthorityID, a.Body, a.Basis); err != nil {
			return err
		}
		if err := tx.settleDispute(ctx, opinion); err != nil { // it answers after all
			return err
		}
		if err := c.dropDraft(ctx, DraftAnswer); err != nil {
			return err
		}
		if err := c.handIn(ctx); err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, answerRecord(a))
	})
}

// answerRecord is the text of an answer in its event.
func answerRecord(a doithoai.Answer) string {
	if a.Basis == "" {
		return a.Body
	}
	return a.Body + "\n\n" + a.Basis
}

// WithdrawDraft takes back what the actor handed in and nobody who decides has opened: the submitted answer, which is
// with the unit again, or the proposed summary. version is the petition's or the summary's, whichever waits.
func (db *DB) WithdrawDraft(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
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
		if c, err = tx.openPetition(ctx, actor, c.act, opinion, version); err != nil {
			return err
		}
		next, facts, err := c.Petition.Move(c.act)
		if err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, "")
	})
}

// ReturnAnswer sends a submitted answer back to the unit, with the reason. version is the petition's.
func (db *DB) ReturnAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActReturnAnswer, opinion, version)
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Move(c.act)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doithoai.ReasonProblems("ly-do", reason)); err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, reason)
	})
}

// SignAnswer is the chair's signature on a submitted answer. Under it stand the name and the title of the seat in which
// it is signed. version is the petition's.
func (db *DB) SignAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActSignAnswer, opinion, version)
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Move(c.act)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE answer
			SET signed_by = $1, signed_for = $2, signed_at = $3
			WHERE petition_id = $4`,
			c.Seat.Signature(actor.Name), c.Seat.SignedFor(), tx.Now, next.ID); err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, "")
	})
}

// DispatchAnswer gives a signed answer its number and date and sends it out by the ways that the person chose. version
// is the petition's.
func (db *DB) DispatchAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, number string, dated calendar.Date,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActDispatchAnswer, opinion, version)
		if err != nil {
			return err
		}
		a, err := one(ctx, tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, c.Petition.ID)
		if doithoai.KindOf(err) == doithoai.NotFound {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict") // nothing was submitted yet
		}
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
		if err := tx.numberAnswer(ctx, next.ID, next.AuthorityID, number, dated); err != nil {
			return err
		}
		if err := tx.settleProposal(ctx, opinion); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE co_unit SET waits = false WHERE opinion_id = $1`, opinion); err != nil {
			return err
		}
		if err := c.tell(ctx, doithoai.DeliveryAnswered); err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, "")
	})
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

// numberAnswer gives an answer the number and day of its document. A number that the authority gave another answer of
// the year is refused, also one that was replaced: the index says so, also to two clerks at once.
func (tx *Tx) numberAnswer(
	ctx context.Context, petition, authority doithoai.ID, number string, dated calendar.Date,
) error {
	taken := doithoai.RefuseForm([]doithoai.Problem{{Field: "so", Key: "petition.answer.problem.number_taken"}})
	err := tx.execOne(ctx, `UPDATE answer
		SET number = $1, dated = $2, year = $3
		WHERE petition_id = $4`,
		number, dated, yearOf(dated), petition)
	if notUnique(err) {
		return taken
	}
	if err != nil {
		return err
	}
	// Asked behind the update, which waited for whoever was just replacing the answer of that number.
	n, err := one(ctx, tx, column[int], `SELECT count(*)
		FROM answer_replaced
		WHERE authority_id = $1 AND year = $2 AND doc_number = $3`, authority, yearOf(dated), number)
	if err == nil && n > 0 {
		return taken
	}
	return err
}
