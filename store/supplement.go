package store

import (
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/plan"
)

const supplementColumns = `number, round, paused, asked, why, until_day, asked_by, asked_at, said, channel, ` +
	`officer_id, answered_at, closed_at`

func scanSupplement(r row) (s doithoai.Supplement, err error) {
	a := &s.Answer
	err = r.Scan(&s.Number, &s.Round, &s.Paused, &s.Asked, &s.Why, &s.Until, &s.By, &s.At, &a.Said, &a.Channel, &a.By,
		&a.At, &s.Closed)
	return s, err
}

// supplementsOf lists what the person was asked to add to an opinion, the first first.
func supplementsOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Supplement, error) {
	return list(ctx, q, scanSupplement, `SELECT `+supplementColumns+`
		FROM supplement
		WHERE opinion_id = $1
		ORDER BY number`, opinion)
}

// AskSupplement asks who raised an opinion for something that is missing; they are told, and the clock goes on. version
// is the petition's.
func (db *DB) AskSupplement(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, s doithoai.Supplement,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActAskSupplement, opinion, version)
		if err != nil {
			return err
		}
		if !storable(s.Asked) || !storable(s.Why) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		past, err := supplementsOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		within, err := now.Parameters.TermAt(doithoai.ParameterSupplement, tx.Now.Date())
		if err != nil {
			return err
		}
		s, facts, err := c.Petition.AskSupplement(s, past, within, tx.Now.Date(), now.Calendar)
		if err != nil {
			return err
		}
		if err := c.ask(ctx, s); err != nil {
			return err
		}
		if err := c.tell(ctx, doithoai.DeliverySupplement); err != nil {
			return err
		}
		return c.save(ctx, facts, s.Record())
	})
}

// ask keeps what the actor asks.
func (c *caseFile) ask(ctx context.Context, s doithoai.Supplement) error {
	return c.tx.exec(ctx, `INSERT INTO supplement (opinion_id, authority_id, `+supplementColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', NULL, NULL, NULL)`,
		c.Opinion.ID, c.Opinion.AuthorityID, s.Number, s.Round, s.Paused, s.Asked, s.Why, s.Until, c.actor.ID, c.tx.Now)
}

// pauseAsks asks the person what a pause awaits of them, and returns the number of that; 0 where it asks nothing, or
// what waits already. It comes before the petition is moved.
func (c *caseFile) pauseAsks(ctx context.Context, doc doithoai.Pause) (int, error) {
	past, err := supplementsOf(ctx, c.tx, c.Opinion.ID)
	if err != nil {
		return 0, err
	}
	s, asks := doc.Asks(*c.Petition, past)
	if !asks {
		return 0, nil
	}
	return s.Number, c.ask(ctx, s)
}

// closeAsked ends what a pause asked and nobody answered, for the clock goes on.
func (c *caseFile) closeAsked(ctx context.Context) error {
	return c.tx.exec(ctx, `UPDATE supplement
		SET closed_at = $1
		WHERE opinion_id = $2 AND paused AND answered_at IS NULL AND closed_at IS NULL`, c.tx.Now, c.Opinion.ID)
}

// AnswerSupplementByCode takes what the person adds to an opinion, by their receipt code; asked is the number of what
// they were asked. Uploads come with the words and belong to the slip like those that came with it. The same words once
// more, as of a form that was sent twice, are no act.
func (db *DB) AnswerSupplementByCode(
	ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, number doithoai.RegisterNumber, asked int,
	said string, uploads ...doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		id, err := opinionByCode(ctx, tx, actor.AuthorityID, code, number)
		if err != nil {
			return err
		}
		c, err := tx.openStanding(ctx, actor, doithoai.ActAnswerSupplement, id)
		if err == nil && actor.ID != "" { // who has an account types it for somebody
			err = doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		if err != nil {
			return err
		}
		return c.answerSupplement(ctx, asked, doithoai.SupplementAnswer{Said: said, Channel: doithoai.ChannelPortal}, uploads)
	})
}

// AnswerSupplement types for somebody who came, called or wrote what they add, with what they brought. version is the
// petition's.
func (db *DB) AnswerSupplement(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version, asked int, a doithoai.SupplementAnswer,
	uploads ...doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActAnswerSupplement, opinion)
		if err == nil && actor.ID == "" { // who has no account has a receipt code
			err = doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		if err == nil {
			c, err = tx.openPetition(ctx, actor, doithoai.ActAnswerSupplement, opinion, version)
		}
		if err != nil {
			return err
		}
		a.By = actor.ID
		return c.answerSupplement(ctx, asked, a, uploads)
	})
}

// answerSupplement keeps what the person adds. The petition gets a new version: who was just writing the answer sees it
// first.
func (c *caseFile) answerSupplement(
	ctx context.Context, asked int, a doithoai.SupplementAnswer, uploads []doithoai.ID,
) error {
	if !storable(a.Said) {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	past, err := supplementsOf(ctx, c.tx, c.Opinion.ID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(past, func(s doithoai.Supplement) bool { return s.Number == asked }); i >= 0 &&
		a.By == "" && past[i].Answer.By == "" && !past[i].Answer.At.IsZero() && past[i].Answer.Said == a.Said {
		return nil
	}
	s, facts, err := c.Petition.AnswerSupplement(asked, a, past)
	if err != nil {
		return err
	}
	if err := c.tx.execOne(ctx, `UPDATE supplement
		SET said = $1, channel = $2, officer_id = $3, answered_at = $4
		WHERE opinion_id = $5 AND number = $6 AND answered_at IS NULL`,
		a.Said, string(a.Channel), a.By, c.tx.Now, c.Opinion.ID, s.Number); err != nil {
		return err
	}
	if err := c.untell(ctx, doithoai.DeliverySupplement); err != nil {
		return err
	}
	if err := c.noticeSupplement(ctx, s); err != nil {
		return err
	}
	if facts.Files, err = c.tx.addFiles(
		ctx, c.actor, doithoai.FilesOfSlip, c.Opinion.SlipID, uploads,
	); err != nil {
		return err
	}
	return c.save(ctx, facts, a.Said)
}

// untell takes back what waits to be told of a kind: it does not hold any more, or is needless now.
func (c *caseFile) untell(ctx context.Context, kind doithoai.DeliveryKind) error {
	all, err := list(ctx, c.tx, scanDelivery, `SELECT `+deliveryColumns+`
		FROM delivery
		WHERE slip_id = $1 AND opinion_id = $2 AND kind = $3
		ORDER BY id`, c.Opinion.SlipID, c.Opinion.ID, kind)
	if err != nil {
		return err
	}
	for _, d := range all {
		if !d.Untold() {
			continue
		}
		if err := c.tx.execOne(ctx, `DELETE FROM delivery WHERE id = $1 AND version = $2`, d.ID, d.Version); err != nil {
			return err
		}
		c.tx.touch(TopicDelivery)
	}
	return nil
}

// noticeSupplement tells who works on the petition that the person added something: its officer, else who asked, else
// all officers of the unit that leads it. Who may not see the opinion now is told nothing.
func (c *caseFile) noticeSupplement(ctx context.Context, s doithoai.Supplement) error {
	tx, on := c.tx, c.tx.Now.Date()
	var found []doithoai.Officer
	for _, id := range []doithoai.ID{c.Petition.OfficerID, s.By} {
		if id == "" {
			continue
		}
		o, err := officerByID(ctx, tx, c.Opinion.AuthorityID, id, on)
		if err != nil {
			return err
		}
		if o.Active && doithoai.Can(o.Actor(), doithoai.ActSeeOpinions, c.Subject) == nil {
			found = append(found, o)
			break
		}
	}
	if found == nil && c.Petition.LeadUnitID != "" {
		unit := plan.Task{
			AuthorityID: c.Opinion.AuthorityID, Addressee: plan.Addressee{UnitID: c.Petition.LeadUnitID},
		}
		all, err := officersOfTask(ctx, tx, unit, on)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(all, func(o doithoai.Officer) bool {
			return doithoai.Can(o.Actor(), doithoai.ActSeeOpinions, c.Subject) != nil
		})
	}
	for _, o := range found {
		n := Notice{Kind: NoticeSupplement, OpinionID: c.Opinion.ID}
		slot := fmt.Sprintf("%s/%s/%d", NoticeSupplement, c.Opinion.ID, s.Number)
		if err := tx.addNotice(ctx, c.Opinion.AuthorityID, o.ID, n, slot); err != nil {
			return err
		}
	}
	return nil
}
