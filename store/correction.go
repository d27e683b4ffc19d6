package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// openCorrections says of an answer_correction that somebody still has to do something with it, as
// [doithoai.Correction.Open] does.
const openCorrections = `state IN ('submitted', 'returned', 'withdrawn', 'signed')`

const correctionColumns = `number, body, basis, reason, state, doc_number, dated, signed_by, signed_for, signed_at, ` +
	`officer_id, at, read_at, set_id, paper_id, version`

func scanCorrection(r row) (c doithoai.Correction, err error) {
	a, h := &c.Answer, &c.HandedIn
	err = r.Scan(&c.Number, &a.Body, &a.Basis, &c.Reason, &c.State, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor,
		&a.SignedAt, &h.By, &h.At, &h.ReadAt, &c.Set, &a.Paper, &c.Version)
	return c, err
}

// correctionOf loads the last correction of the answer to a petition, the zero one where there is none.
func correctionOf(ctx context.Context, q querier, petition doithoai.ID) (doithoai.Correction, error) {
	c, err := one(ctx, q, scanCorrection, `SELECT `+correctionColumns+`
		FROM answer_correction
		WHERE petition_id = $1
		ORDER BY number DESC LIMIT 1`, petition)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return doithoai.Correction{}, nil
	}
	return c, err
}

// replacedOf lists the answers to a petition that were replaced, the last one first.
func replacedOf(ctx context.Context, q querier, petition doithoai.ID) ([]doithoai.ReplacedAnswer, error) {
	return list(ctx, q, func(r row) (p doithoai.ReplacedAnswer, err error) {
		var rated doithoai.Rating
		a := &p.Answer
		err = r.Scan(&p.Number, &a.Body, &a.Basis, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor, &a.SignedAt,
			&a.Paper, &p.SentAt, &p.ReplacedAt, &rated.Solved, &rated.Satisfied, &rated.At, &p.Reason, &p.By.Number, &p.By.Dated)
		if rated.Solved != "" {
			rated.Answer = p.Number - 1
			p.Rating = &rated
		}
		return p, err
	}, `SELECT r.number, r.body, r.basis, r.doc_number, r.dated, r.signed_by, r.signed_for, r.signed_at, r.paper_id,
			r.sent_at, r.replaced_at, r.solved, r.satisfied, r.rated_at, c.reason, c.doc_number, c.dated
		FROM answer_replaced r
		JOIN answer_correction c ON c.petition_id = r.petition_id AND c.number = r.number
		WHERE r.petition_id = $1
		ORDER BY r.number DESC`, petition)
}

// countBefore counts the answers to an opinion that went out before the one that stands, or is awaited: those that were
// replaced, and those with which the person did not agree.
func countBefore(ctx context.Context, q querier, o doithoai.Opinion) (int, error) {
	if o.PetitionID == "" {
		return 0, nil
	}
	return one(ctx, q, column[int], `SELECT (SELECT count(*) FROM answer_replaced WHERE petition_id = $1)
		+ (SELECT count(*) FROM answer_round WHERE petition_id = $1)`, o.PetitionID)
}

// A correctionFile is an opinion under an act on the correction of its answer. The act changes Correction as its rule
// says, and ends with save.
type correctionFile struct {
	*caseFile
	Correction doithoai.Correction // the last one; the zero one where there is none yet
	facts      doithoai.Facts      // of a proposal
}

// openCorrection opens an opinion for an act on the correction of its answer. version is that of the last correction, 0
// where there is none; another one, or no petition, is a Conflict.
func (tx *Tx) openCorrection(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
) (*correctionFile, error) {
	c, err := tx.openCase(ctx, actor, act, opinion)
	if err != nil {
		return nil, err
	}
	if c.Petition == nil {
		return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	f := &correctionFile{caseFile: c}
	if f.Correction, err = correctionOf(ctx, tx, c.Petition.ID); err != nil {
		return nil, err
	}
	c.version, c.write = f.Correction.Version, f.writeCorrection
	return f, sameVersion(f.Correction.Version, version)
}

func (f *correctionFile) writeCorrection(ctx context.Context) error {
	c, a, h := f.Correction, f.Correction.Answer, f.Correction.HandedIn
	return f.tx.execOne(ctx, `INSERT INTO answer_correction (petition_id, authority_id, opinion_id, `+correctionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, CAST($19 AS integer) + 1)
		ON CONFLICT (petition_id, number) DO UPDATE SET body = excluded.body, basis = excluded.basis,
			reason = excluded.reason, state = excluded.state, doc_number = excluded.doc_number, dated = excluded.dated,
			signed_by = excluded.signed_by, signed_for = excluded.signed_for, signed_at = excluded.signed_at,
			officer_id = excluded.officer_id, at = excluded.at, read_at = excluded.read_at,
			set_id = excluded.set_id, paper_id = excluded.paper_id, version = excluded.version
		WHERE answer_correction.version = $19`,
		f.Petition.ID, f.Opinion.AuthorityID, f.Opinion.ID, c.Number, a.Body, a.Basis, c.Reason, string(c.State), a.Number,
		a.Dated, a.SignedBy, a.SignedFor, a.SignedAt, h.By, h.At, h.ReadAt,
		c.Set, a.Paper, f.version)
}

// correctionRecord is the text of a correction in the event by which it is proposed.
func correctionRecord(c doithoai.Correction) string {
	return answerRecord(c.Answer) + "\n\n" + c.Reason
}

// ProposeCorrection hands in another answer in the place of one that went out, with the reason, for the chair to sign.
// It says of itself what it promises: open promises that are not among these are replaced when it goes out. The answer
// stands until then. Where it is one answer to several, the correction is for those of others as well, all
// of them or none. version and those of others are those of the last corrections, 0 where there is none. See
// [doithoai.Petition.Correct] and [doithoai.CorrectsWith].
func (db *DB) ProposeCorrection(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, a doithoai.Answer, reason string,
	others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openAlikeCorrections(ctx, actor, opinion, version, others)
		if err != nil {
			return err
		}
		var set doithoai.ID
		if len(all) > 1 {
			set = newID()
		}
		var wrong []doithoai.Problem
		for i, f := range all {
			more, err := f.propose(ctx, a, reason, set)
			if err != nil {
				return doithoai.OfMemberAt(i, f.Opinion.Number, err)
			}
			for _, m := range more {
				if !slices.ContainsFunc(wrong, func(w doithoai.Problem) bool { return w.Field == m.Field && w.Key == m.Key }) {
					wrong = append(wrong, m)
				}
			}
		}
		if err := doithoai.RefuseForm(wrong); err != nil {
			return err
		}
		for _, f := range all {
			if err := f.dropDraft(ctx, DraftCorrection); err != nil {
				return err
			}
			if err := f.handInPromises(ctx, f.Correction.Number, a.Promises.Lines()); err != nil {
				return err
			}
			facts := f.facts
			facts.Set, facts.Together = set, together(all)
			if err := f.save(ctx, facts, correctionRecord(f.Correction)); err != nil {
				return err
			}
		}
		return nil
	})
}

// propose makes the correction of one opinion's answer, and returns what is wrong with what was typed for it.
func (f *correctionFile) propose(
	ctx context.Context, a doithoai.Answer, reason string, set doithoai.ID,
) (wrong []doithoai.Problem, err error) {
	stands, err := f.answer(ctx)
	if err != nil {
		return nil, err
	}
	by, err := f.promising(ctx)
	if err != nil {
		return nil, err
	}
	by.Several = set != ""
	next, facts, err := f.Petition.Correct(f.Correction, stands, a, reason, by)
	wrong = doithoai.ProblemsOf(err)
	if err != nil && doithoai.KindOf(err) != doithoai.Invalid {
		return nil, err
	}
	if set != "" {
		wrong = append(wrong, a.SetProblems(by.Gates, f.Opinion.Number)...)
	}
	next.HandedIn, next.Set = doithoai.HandedIn{By: f.actor.ID, At: f.tx.Now}, set
	f.Correction, f.facts = next, facts
	return wrong, nil
}

// openAlikeCorrections opens an opinion for the correction of its answer, and others that had the same one.
func (tx *Tx) openAlikeCorrections(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others []Versioned,
) ([]*correctionFile, error) {
	if err := tx.holdSet(ctx, opinion, others); err != nil {
		return nil, err
	}
	f, err := tx.openCorrection(ctx, actor, doithoai.ActProposeCorrection, opinion, version)
	if err != nil {
		return nil, err
	}
	all := []*correctionFile{f}
	if len(others) == 0 {
		return all, nil
	}
	set, err := answerSetOf(ctx, tx, f.Petition.ID)
	if err != nil {
		return nil, err
	}
	for _, o := range inOrder(others) {
		m, err := tx.openCorrection(ctx, actor, doithoai.ActProposeCorrection, o.ID, o.Version)
		if err == nil {
			var of doithoai.ID
			if of, err = answerSetOf(ctx, tx, m.Petition.ID); err == nil {
				if err = doithoai.CorrectsWith(set != "" && of == set, f.Subject, f.Correction); err == nil {
					err = doithoai.CorrectsWith(of == set, m.Subject, m.Correction)
				}
			}
		}
		if err != nil {
			return nil, tx.ofMember(ctx, o.ID, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// openCorrections opens an opinion for an act on the correction of its answer, with all others whose correction stands
// in the same set, as [Tx.openAnswer] does.
func (tx *Tx) openCorrections(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int, others []Versioned,
) ([]*correctionFile, error) {
	if err := tx.holdSet(ctx, opinion, others); err != nil {
		return nil, err
	}
	f, err := tx.openCorrection(ctx, actor, act, opinion, version)
	if err != nil {
		return nil, err
	}
	stands, err := correctedWith(ctx, tx, f.Opinion.ID, f.Correction)
	if err != nil {
		return nil, err
	}
	seen := inOrder(others)
	if err := sameMembers(ctx, tx, stands, seen); err != nil {
		return nil, err
	}
	all := []*correctionFile{f}
	for _, o := range seen {
		m, err := tx.openCorrection(ctx, actor, act, o.ID, o.Version)
		if err != nil {
			return nil, tx.ofMember(ctx, o.ID, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// correctedWith lists the other opinions whose correction is of the same set and stands where this one does.
func correctedWith(
	ctx context.Context, q querier, opinion doithoai.ID, c doithoai.Correction,
) ([]doithoai.ID, error) {
	if c.Set == "" || !c.Open() {
		return nil, nil
	}
	return list(ctx, q, column[doithoai.ID], `SELECT opinion_id
		FROM answer_correction
		WHERE set_id = $1 AND state = $2 AND opinion_id <> $3
		ORDER BY opinion_id`, c.Set, string(c.State), opinion)
}

// WithdrawCorrection takes back the correction that the actor handed in and that nobody who signs has opened, for all
// that stand in its set: others are those, as the actor saw them. Versions are the corrections'.
func (db *DB) WithdrawCorrection(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others ...Versioned,
) error {
	return db.moveCorrection(ctx, actor, doithoai.ActWithdrawCorrection, opinion, version, "", others)
}

// moveCorrection does an act that only moves a correction, and those that stand with it; text is what it says.
func (db *DB) moveCorrection(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int, text string,
	others []Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openCorrections(ctx, actor, act, opinion, version, others)
		if err != nil {
			return err
		}
		for i, f := range all {
			next, facts, err := f.Correction.Move(act)
			if err != nil {
				return doithoai.OfMemberAt(i, f.Opinion.Number, err)
			}
			if err := doithoai.RefuseForm(doithoai.CorrectionReasonProblems(act, text)); err != nil {
				return err
			}
			if act == doithoai.ActSignCorrection {
				if err := f.mayPromise(ctx, next.Number); err != nil {
					return doithoai.OfMemberAt(i, f.Opinion.Number, err)
				}
				a := &next.Answer
				a.SignedBy, a.SignedFor, a.SignedAt = f.Seat.Signature(actor.Name), f.Seat.SignedFor(), tx.Now
			}
			f.Correction, facts.Together = next, together(all)
			if err := f.save(ctx, facts, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReturnCorrection sends a correction back to who writes it, with the reason, for all that stand in its set: others are
// those, as the chair saw them. Versions are the corrections'.
func (db *DB) ReturnCorrection(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string, others ...Versioned,
) error {
	return db.moveCorrection(ctx, actor, doithoai.ActReturnCorrection, opinion, version, reason, others)
}

// DropCorrection leaves the answer as it is, against what was to replace it, with a word why, for all that stand in the
// correction's set: others are those, as the actor saw them. Versions are the corrections'.
func (db *DB) DropCorrection(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string, others ...Versioned,
) error {
	return db.moveCorrection(ctx, actor, doithoai.ActDropCorrection, opinion, version, reason, others)
}

// SignCorrection is the chair's signature on a correction, as [DB.SignAnswer] is on an answer. Versions are the
// corrections'.
func (db *DB) SignCorrection(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others ...Versioned,
) error {
	return db.moveCorrection(ctx, actor, doithoai.ActSignCorrection, opinion, version, "", others)
}

// DispatchCorrection gives a signed correction its number and date and puts it in the place of the answer, which is
// kept as replaced. Who was told the old one, or was to be told it, is told the new one in each way that they chose;
// what still told the old one is not made any more. What the person said of the old answer stays with that. A summary
// that waited goes back; a public one is outdated from now on. The petition stays as it is. All that stand in the
// correction's set are corrected at once, under one number: others are those, as the actor saw them. Versions are the
// corrections'.
func (db *DB) DispatchCorrection(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, number string, dated calendar.Date,
	others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openCorrections(ctx, actor, doithoai.ActDispatchCorrection, opinion, version, others)
		if err != nil {
			return err
		}
		number, err := tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentCorrection, number, dated)
		if err != nil {
			return err
		}
		for i, f := range all {
			if err := f.dispatch(ctx, number, dated, i == 0, together(all)); err != nil {
				return doithoai.OfMemberAt(i, f.Opinion.Number, err)
			}
		}
		return nil
	})
}

// dispatch puts the signed correction of one opinion's answer in its place. carries: the number is this one's in the
// register of numbers, and with it that of all together.
func (f *correctionFile) dispatch(
	ctx context.Context, number string, dated calendar.Date, carries bool, together int,
) error {
	next, facts, err := f.Correction.Dispatch(number, dated, f.tx.Now.Date())
	if err != nil {
		return err
	}
	if f.Petition.State != doithoai.PetitionAnswered {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	stands, err := f.answer(ctx)
	if err != nil {
		return err
	}
	f.Correction = next
	if err := f.replaceAnswer(ctx, stands, carries); err != nil {
		return err
	}
	if err := f.replaceDeliveries(ctx); err != nil {
		return err
	}
	if err := f.outdatePublication(ctx, stands, next.Number); err != nil {
		return err
	}
	facts.Set, facts.Together = next.Set, together
	var lines []doithoai.Promised
	if facts.Promises, lines, err = f.beginPromises(ctx, next.Number); err != nil {
		return err
	}
	next.Answer.Promises = doithoai.PromisesOf(lines...)
	return f.save(ctx, facts, answerRecord(next.Answer))
}

// replaceAnswer keeps the answer that stands as replaced, with what the person said of it, and puts the correction in
// its place.
func (f *correctionFile) replaceAnswer(ctx context.Context, stands doithoai.Answer, carries bool) error {
	tx, petition, a := f.tx, f.Petition.ID, f.Correction.Answer
	sent := f.Petition.SentAt()
	last, err := replacedOf(ctx, tx, petition)
	if err != nil {
		return err
	}
	if len(last) > 0 && last[0].ReplacedAt.After(sent) {
		sent = last[0].ReplacedAt
	}
	rated, err := ratingOf(ctx, tx, f.Opinion.ID)
	if err != nil {
		return err
	}
	if rated == nil {
		rated = &doithoai.Rating{}
	}
	if err := f.writeCorrection(ctx); err != nil { // what was replaced names it
		return err
	}
	f.version++
	f.write = nil
	if err := tx.exec(ctx, `INSERT INTO answer_replaced (petition_id, number, authority_id, body, basis, doc_number, dated,
			year, signed_by, signed_for, signed_at, sent_at, replaced_at, solved, satisfied, rated_at, set_id, carries, paper_id)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, set_id, carries, paper_id
		FROM answer
		WHERE petition_id = $1`,
		petition, f.Correction.Number, f.Opinion.AuthorityID, stands.Body, stands.Basis, stands.Number, stands.Dated,
		yearOf(stands.Dated), stands.SignedBy, stands.SignedFor, stands.SignedAt, sent, tx.Now, rated.Solved,
		rated.Satisfied, rated.At); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM rating WHERE opinion_id = $1`, f.Opinion.ID); err != nil {
		return err
	}
	if err := tx.execOne(ctx, `UPDATE answer
		SET body = $1, basis = $2, signed_by = $3, signed_for = $4, signed_at = $5, set_id = $6, paper_id = $7
		WHERE petition_id = $8`,
		a.Body, a.Basis, a.SignedBy, a.SignedFor, a.SignedAt, f.Correction.Set, a.Paper, petition); err != nil {
		return err
	}
	if err := tx.replaceReply(ctx, f.Opinion.ID, stands, a.Dated); err != nil {
		return err
	}
	return f.numberAnswer(ctx, doithoai.DocumentCorrection, a.Number, a.Dated, carries)
}

// replaceDeliveries ends what still tells an answer that was replaced, and queues what tells the new one.
func (f *correctionFile) replaceDeliveries(ctx context.Context) error {
	if err := f.tx.exec(ctx, `UPDATE delivery
		SET replaced = $1, state = CASE WHEN state IN ('queued', 'failed') THEN 'replaced' ELSE state END,
			version = version + 1
		WHERE slip_id = $2 AND opinion_id = $3 AND kind IN ('answered', 'corrected') AND replaced = $4
			AND NOT EXISTS (SELECT 1
				FROM answer_round r
				WHERE r.petition_id = $5 AND r.reopened_at > delivery.created_at)`,
		true, f.Opinion.SlipID, f.Opinion.ID, false, f.Petition.ID); err != nil {
		return err
	}
	return f.tell(ctx, doithoai.DeliveryCorrected)
}

// outdatePublication sends a summary back that waits, marks a public one as outdated, and has the reference pages
// reviewed that were made from it. stands is the answer that the public one is of; number is above 0, and of the
// correction, or how many answers there were before the new one.
func (c *caseFile) outdatePublication(ctx context.Context, stands doithoai.Answer, number int) error {
	tx, o := c.tx, c.Opinion
	if err := tx.guidesFallDue(ctx, o.ID); err != nil {
		return err
	}
	p, err := publicationOf(ctx, tx, o.ID)
	if err != nil || p == nil {
		return err
	}
	if p.State != doithoai.PublicationPublished {
		state := p.State
		if state == doithoai.PublicationProposed {
			state = doithoai.PublicationReturned
		}
		return tx.execOne(ctx, `UPDATE publication
			SET state = $1, version = version + 1
			WHERE opinion_id = $2 AND version = $3`, state, o.ID, p.Version)
	}
	return tx.exec(ctx, `INSERT INTO publication_correction (opinion_id, number, authority_id, title, question, answer,
			why, state, proposed_by, basis, doc_number, dated, since, version)
		VALUES ($1, $2, $3, $4, $5, $6, '', 'outdated', NULL, $7, $8, $9, $10, CAST($11 AS integer) + 1)
		ON CONFLICT (opinion_id) DO UPDATE SET number = excluded.number, state = 'outdated',
			version = publication_correction.version + 1`,
		o.ID, number, o.AuthorityID, p.Title, p.Question, p.Answer,
		stands.Basis, stands.Number, stands.Dated, tx.Now, p.Version)
}

// dropCorrection ends a correction that is open, where its opinion leaves the flow. The ruling's event says so.
func (tx *Tx) dropCorrection(ctx context.Context, petition *doithoai.Petition) error {
	if petition == nil {
		return nil
	}
	return tx.exec(ctx, `UPDATE answer_correction
		SET state = 'dropped', version = version + 1
		WHERE petition_id = $1 AND `+openCorrections, petition.ID)
}

// MarkCorrectionRead keeps that somebody who signs has opened the correction that waits: from then on it can't be taken
// back. It is no act: nobody is told, and the second reader changes nothing.
func (db *DB) MarkCorrectionRead(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActSeeOpinions, opinion)
		if err != nil {
			return err
		}
		if c.Petition == nil {
			return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		last, err := correctionOf(ctx, tx, c.Petition.ID)
		if err != nil {
			return err
		}
		if !doithoai.DecidesCorrection(actor, c.Subject, last) {
			return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		return tx.exec(ctx, `UPDATE answer_correction SET read_at = $1
			WHERE read_at IS NULL AND (petition_id = $2 AND number = $3 AND version = $4
				OR set_id = $5 AND state = 'submitted')`,
			tx.Now, c.Petition.ID, last.Number, last.Version, last.Set)
	})
}

// beingCorrected refuses to make something public while the answer that it tells of is being corrected, or the matter
// is looked at again.
func (c *caseFile) beingCorrected() error {
	if c.Petition == nil {
		return nil
	}
	if c.Petition.Again() || c.Petition.Asked {
		return doithoai.Refuse(doithoai.Conflict, "reopening.problem.open")
	}
	if c.Subject.Correction.By != "" {
		return doithoai.Refuse(doithoai.Conflict, "correction.problem.open")
	}
	return nil
}

// Corrections lists the opinions, of those that the actor may see, whose answer is being corrected, or whose public
// summary is of an answer that was replaced; oldest first, maxWork at most: more reports whether there are others.
func (db *DB) Corrections(ctx context.Context, actor doithoai.Actor) (rows []Row, more bool, err error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, false, nil
	}
	args := []any{actor.AuthorityID, maxWork + 1}
	bind := binder(&args)
	rows, err = list(ctx, db.reader(), scanRow, `SELECT `+rowColumns+`
		FROM (
			SELECT opinion_id FROM answer_correction WHERE authority_id = $1 AND `+openCorrections+`
			UNION
			SELECT opinion_id FROM publication_correction WHERE authority_id = $1
		) AS x
		CROSS JOIN opinion o`+rowJoins+`
		WHERE o.id = x.opinion_id AND o.authority_id = $1 AND `+notDenounced+reachOf(actor, bind)+
		notConcerned(actor, db.Now().Date(), bind)+`
		ORDER BY o.id LIMIT $2`, args...)
	return rows[:min(len(rows), maxWork)], len(rows) > maxWork, err
}

const workingColumns = `opinion_id, number, title, question, answer, why, state, proposed_by, since, version`

func scanWorking(r row) (p doithoai.Publication, err error) {
	err = r.Scan(&p.OpinionID, &p.Correction, &p.Title, &p.Question, &p.Answer, &p.Why, &p.State, &p.ProposedBy, &p.Since,
		&p.Version)
	return p, err
}

// workingPublication loads the summary that is worked on: the corrected one, while the public one is of an answer that
// was replaced, else the publication of the opinion; nil where there is none.
func workingPublication(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Publication, error) {
	p, err := one(ctx, q, scanWorking, `SELECT `+workingColumns+`
		FROM publication_correction
		WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return publicationOf(ctx, q, opinion)
	}
	return &p, err
}

// writeWorking keeps the corrected summary; one that is approved becomes the public one.
func (c *caseFile) writeWorking(ctx context.Context) error {
	p := c.Publication
	if p.State != doithoai.PublicationPublished {
		return c.tx.execOne(ctx, `UPDATE publication_correction
			SET title = $1, question = $2, answer = $3, why = $4, state = $5, proposed_by = $6, version = version + 1
			WHERE opinion_id = $7 AND version = $8`,
			p.Title, p.Question, p.Answer, p.Why, string(p.State), p.ProposedBy, c.Opinion.ID, c.version)
	}
	gone, err := c.tx.execCount(ctx, `DELETE FROM publication_correction WHERE opinion_id = $1 AND version = $2`,
		c.Opinion.ID, c.version)
	if err != nil {
		return err
	}
	if gone != 1 {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	c.tx.touch(topicSearched + string(c.Opinion.AuthorityID)) // what is held of it in memory has other words
	return c.tx.execOne(ctx, `UPDATE publication
		SET title = $1, question = $2, answer = $3, why = $4, proposed_by = $5, approved_by = $6, corrected_at = $7,
			version = CAST($8 AS integer) + 1
		WHERE opinion_id = $9 AND state = 'published'`,
		p.Title, p.Question, p.Answer, p.Why, p.ProposedBy, p.ApprovedBy, p.CorrectedAt, c.version, c.Opinion.ID)
}

// Correcting is how far the answer to the opinion, and what the public reads of it, is being corrected.
func (f OpinionFile) Correcting() (x doithoai.Correcting) {
	if f.Correction.Open() {
		x.State = f.Correction.State
	}
	if p := f.Publish; p != nil && p.Correction > 0 {
		x.Summary, x.Since = p.State, p.Since.Date()
	}
	return x
}
