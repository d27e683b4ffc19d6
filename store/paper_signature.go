package store

import (
	"context"
	"errors"
	"os"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

const paperSignatureColumns = `id, signer_id, signed_on, officer_id, at, body, basis, back_at`

func scanPaperSignature(r row) (s doithoai.PaperSignature, err error) {
	err = r.Scan(&s.ID, &s.SignerID, &s.On, &s.By, &s.At, &s.HandedIn.Body, &s.HandedIn.Basis, &s.BackAt)
	return s, err
}

// SignOnPaper records that a submitted answer was signed on paper, with the paper's scan and its words as signed; where
// the paper bears its number, the answer goes out in the same act as by [DB.DispatchAnswer]. One paper is for all that
// stand in the answer's set: others are those, as the actor saw them. Versions are the petitions'. See
// [doithoai.Petition.SignOnPaper].
func (db *DB) SignOnPaper(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, w doithoai.OnPaper, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		all, err := tx.openAnswer(ctx, actor, doithoai.ActSignOnPaper, opinion, version, others)
		if err != nil {
			return err
		}
		officers, err := officersOf(ctx, tx, actor.AuthorityID, w.On)
		if err != nil {
			return err
		}
		signed := make([]signedOnPaper, len(all))
		for i, c := range all {
			if signed[i], err = c.signOnPaper(ctx, w, officers); err != nil {
				return doithoai.OfMemberAt(i, c.Opinion.Number, err)
			}
		}
		if err := submittable(ctx, w.Words, all); err != nil {
			return err
		}
		if w.Number, err = tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentReply, w.Number, w.Dated); err != nil {
			return err
		}
		paper, hashes, err := tx.addPaper(ctx, actor, w, signed[0].was)
		if err != nil {
			return err
		}
		for i, c := range all {
			signed[i].answer.Paper, signed[i].facts.Files, signed[i].facts.Together = paper, hashes, together(all)
			if err := c.keepPaper(ctx, signed[i]); err != nil {
				return err
			}
		}
		if !w.Dispatches() {
			return nil
		}
		for i, c := range all {
			if err := c.dispatchSigned(ctx, w, i == 0, together(all)); err != nil {
				return doithoai.OfMemberAt(i, c.Opinion.Number, err)
			}
		}
		return nil
	})
}

// addPaper keeps a signed paper with its scan, and the answer as it was handed in, whose place its words take.
func (tx *Tx) addPaper(
	ctx context.Context, actor doithoai.Actor, w doithoai.OnPaper, was doithoai.Answer,
) (id doithoai.ID, scans []doithoai.FileHash, err error) {
	id = newID()
	if err := tx.exec(ctx, `INSERT INTO paper_signature (authority_id, `+paperSignatureColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)`,
		actor.AuthorityID, id, w.Signer, w.On, actor.ID, tx.Now, was.Body, was.Basis); err != nil {
		return "", nil, err
	}
	scans, err = tx.attachFiles(ctx, actor, doithoai.FilesOfPaper, id, w.Scans)
	return id, scans, err
}

// signatureOnPaper loads the signature on paper of an answer, or of a correction; the zero one where it has none.
func signatureOnPaper(ctx context.Context, q querier, a doithoai.Answer) (s doithoai.PaperSignature, err error) {
	if a.Paper == "" {
		return s, nil
	}
	return one(ctx, q, scanPaperSignature, `SELECT `+paperSignatureColumns+`
		FROM paper_signature
		WHERE id = $1`, a.Paper)
}

// officersOf are the officers of an authority with the roles and seats of a day.
func officersOf(
	ctx context.Context, q querier, authority doithoai.ID, on calendar.Date,
) ([]doithoai.Officer, error) {
	officers, err := list(ctx, q, scanOfficer, `SELECT `+officerColumns+`
		FROM officer
		WHERE authority_id = $1
		ORDER BY login`, authority)
	if err != nil || on.IsZero() {
		return nil, err
	}
	return officersOn(ctx, q, on, officers)
}

// signedOnPaper is what the signature on paper makes of one opinion's answer.
type signedOnPaper struct {
	petition    doithoai.Petition
	was, answer doithoai.Answer
	facts       doithoai.Facts
}

func (c *caseFile) signOnPaper(
	ctx context.Context, w doithoai.OnPaper, officers []doithoai.Officer,
) (s signedOnPaper, err error) {
	if s.was, err = c.answer(ctx); err != nil {
		return s, err
	}
	by, err := c.promising(ctx)
	if err != nil {
		return s, err
	}
	lines, err := promisedIn(ctx, c.tx, c.Petition.ID, c.Petition.Paper())
	if err != nil {
		return s, err
	}
	if by.Today = w.On; !w.On.IsZero() && by.PastDue(lines) {
		return s, doithoai.Refuse(doithoai.Conflict, "promise.problem.past_signing")
	}
	s.was.Promises = doithoai.PromisesOf(lines...)
	s.petition, s.answer, s.facts, err = c.Petition.SignOnPaper(w, s.was, c.Subject.HandedIn.At.Date(), c.tx.Now.Date(),
		doithoai.SignersOf(officers, doithoai.ActSignAnswer, c.Subject), by.Gates)
	return s, err
}

// answer is the answer to the petition as it stands; a Conflict where nothing was handed in yet.
func (c *caseFile) answer(ctx context.Context) (doithoai.Answer, error) {
	a, err := one(ctx, c.tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, c.Petition.ID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return a, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return a, err
}

// keepPaper puts the words as signed in the place of those that were handed in.
func (c *caseFile) keepPaper(ctx context.Context, s signedOnPaper) error {
	a := s.answer
	if err := c.tx.execOne(ctx, `UPDATE answer
		SET body = $1, basis = $2, signed_by = $3, signed_for = $4, signed_at = $5, paper_id = $6
		WHERE petition_id = $7`,
		a.Body, a.Basis, a.SignedBy, a.SignedFor, a.SignedAt, a.Paper, c.Petition.ID); err != nil {
		return err
	}
	*c.Petition = s.petition
	return c.save(ctx, s.facts, answerRecord(a))
}

// dispatchSigned sends out what was signed in the same act, for who may dispatch it.
func (c *caseFile) dispatchSigned(ctx context.Context, w doithoai.OnPaper, carries bool, together int) (err error) {
	c.act, c.Subject.State, c.version = doithoai.ActDispatchAnswer, c.Petition.State, c.version+1
	if err := c.may(); err != nil {
		return err
	}
	return c.dispatch(ctx, w.Number, w.Dated, carries, together)
}

// TakeBackPaper takes back a signature on paper that the actor recorded wrongly, for all that stand in the answer's
// set: others are those, as the actor saw them. The answer waits for its signature as it was handed in; what the scan
// held goes. Versions are the petitions'. See [doithoai.Petition.TakeBackPaper].
func (db *DB) TakeBackPaper(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, others ...Versioned,
) error {
	return db.act(ctx, func(tx *Tx) error {
		return tx.moveAnswersBy(ctx, actor, doithoai.ActTakeBackPaper, opinion, version, others, (*caseFile).takeBackPaper)
	})
}

// moveAnswersBy does an act on the answer to an opinion and all that stand with it in its set, as a rule says of each.
func (tx *Tx) moveAnswersBy(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int, others []Versioned,
	each func(*caseFile, context.Context) (doithoai.Petition, doithoai.Facts, error),
) error {
	all, err := tx.openAnswer(ctx, actor, act, opinion, version, others)
	if err != nil {
		return err
	}
	for i, c := range all {
		next, facts, err := each(c, ctx)
		if err != nil {
			return doithoai.OfMemberAt(i, c.Opinion.Number, err)
		}
		*c.Petition, facts.Together = next, together(all)
		if err := c.save(ctx, facts, ""); err != nil {
			return err
		}
	}
	return nil
}

func (c *caseFile) takeBackPaper(ctx context.Context) (p doithoai.Petition, facts doithoai.Facts, err error) {
	tx := c.tx
	a, err := c.answer(ctx)
	if err != nil {
		return p, facts, err
	}
	s, err := signatureOnPaper(ctx, tx, a)
	if err != nil {
		return p, facts, err
	}
	if p, facts, err = c.Petition.TakeBackPaper(s, c.actor.ID, tx.Now.Date()); err != nil {
		return p, facts, err
	}
	if err := tx.execOne(ctx, `UPDATE answer
		SET body = $1, basis = $2, signed_by = '', signed_for = '', signed_at = NULL, paper_id = NULL
		WHERE petition_id = $3`, s.HandedIn.Body, s.HandedIn.Basis, c.Petition.ID); err != nil {
		return p, facts, err
	}
	return p, facts, tx.dropPaper(ctx, c.actor, s)
}

// dropPaper ends a paper that is the signature of no answer and of no correction any more: what its scan held goes.
func (tx *Tx) dropPaper(ctx context.Context, actor doithoai.Actor, s doithoai.PaperSignature) error {
	n, err := one(ctx, tx, column[int], `SELECT (SELECT count(*) FROM answer WHERE paper_id = $1)
		+ (SELECT count(*) FROM answer_round WHERE paper_id = $1)
		+ (SELECT count(*) FROM answer_correction WHERE paper_id = $1)`, s.ID)
	if err != nil || n > 0 {
		return err
	}
	if err := tx.execOne(ctx, `UPDATE paper_signature
		SET back_at = $1, body = '', basis = ''
		WHERE id = $2`, tx.Now, s.ID); err != nil {
		return err
	}
	files, err := filesOf(ctx, tx, actor.AuthorityID, doithoai.FilesOfPaper, s.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		gone, err := f.Remove(actor.ID, doithoai.RemovalReasons[0], tx.Now)
		if err != nil {
			return err
		}
		if err := tx.updateAttachment(ctx, gone, f.Version); err != nil {
			return err
		}
	}
	return nil
}

// erasePapers empties what the signed papers of answers to the opinions of a slip hold: who was answered stands on
// them, also where one is the answer to several.
func (tx *Tx) erasePapers(ctx context.Context, actor doithoai.Actor, slip doithoai.ID) error {
	ids, err := list(ctx, tx, column[doithoai.ID], `SELECT a.paper_id
		FROM opinion o
		JOIN petition p ON p.opinion_id = o.id
		JOIN answer a ON a.petition_id = p.id
		WHERE o.slip_id = $1 AND a.paper_id IS NOT NULL
		UNION
		SELECT r.paper_id
		FROM opinion o
		JOIN petition p ON p.opinion_id = o.id
		JOIN answer_replaced r ON r.petition_id = p.id
		WHERE o.slip_id = $1 AND r.paper_id IS NOT NULL
		UNION
		SELECT r.paper_id
		FROM opinion o
		JOIN answer_round r ON r.opinion_id = o.id
		WHERE o.slip_id = $1 AND r.paper_id IS NOT NULL
		UNION
		SELECT c.paper_id
		FROM opinion o
		JOIN answer_correction c ON c.opinion_id = o.id
		WHERE o.slip_id = $1 AND c.paper_id IS NOT NULL`, slip)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.exec(ctx, `UPDATE paper_signature SET body = '', basis = '' WHERE id = $1`, id); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE attachment
			SET name = '', removed_at = $1, removed_by = $2, reason = '', version = version + 1
			WHERE owner = $3 AND owner_id = $4 AND removed_at IS NULL`,
			tx.Now, actor.ID, string(doithoai.FilesOfPaper), id); err != nil {
			return err
		}
	}
	return nil
}

// PaperSigners are the officers who may have signed what waits for a signature on paper, the submitted answer to an
// opinion or the correction of it, on some day since it was handed in, each as on the last such day; to who may record
// it. Nobody where nothing waits for a signature.
func (db *DB) PaperSigners(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID,
) (signers []doithoai.Signer, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		today := db.Now().Date()
		o, s, err := opinionSubject(ctx, q, opinion, today)
		if err != nil {
			return err
		}
		act, sign, since := doithoai.ActSignOnPaper, doithoai.ActSignAnswer, s.HandedIn.At.Date()
		waits := s.State == doithoai.PetitionSubmitted
		if s.State == doithoai.PetitionAnswered {
			c, err := correctionOf(ctx, q, o.PetitionID)
			if err != nil {
				return err
			}
			act, sign, since = doithoai.ActSignCorrectionOnPaper, doithoai.ActSignCorrection, c.HandedIn.At.Date()
			waits = c.State == doithoai.CorrectionSubmitted
		}
		if err := doithoai.Can(actor, act, s); err != nil || !waits {
			return err
		}
		for on, n := today, 0; !on.Before(since) && n < maxSigningDays; on, n = on.AddDays(-1), n+1 {
			officers, err := officersOf(ctx, q, actor.AuthorityID, on)
			if err != nil {
				return err
			}
			for _, who := range doithoai.SignersOf(officers, sign, s) {
				if !slices.ContainsFunc(signers, func(had doithoai.Signer) bool { return had.ID == who.ID }) {
					signers = append(signers, who)
				}
			}
		}
		return nil
	})
	return signers, err
}

// maxSigningDays bounds the days since an answer was handed in for which it is asked who might have signed.
const maxSigningDays = 60

// SignedPaper is a signature on paper with the scan of the paper.
type SignedPaper struct {
	doithoai.PaperSignature
	Files []doithoai.Attachment
}

// SignedPapers are the papers on which the answer to an opinion, those that it replaced, and what is to replace it,
// were signed.
type SignedPapers struct {
	Papers []SignedPaper // the last one first
	May    bool          // the officer may open them
	Opened bool          // the officer's view is on record and still serves
}

// papersOf lists the papers on which answers to an opinion were signed, with what permission depends on for them: who
// may not see one of the opinions to which a paper is the answer, opens none.
func papersOf(
	ctx context.Context, q querier, opinion doithoai.ID, on calendar.Date,
) (papers []doithoai.PaperSignature, s doithoai.Subject, err error) {
	o, s, err := opinionSubject(ctx, q, opinion, on)
	if err != nil {
		return nil, s, err
	}
	papers, err = list(ctx, q, scanPaperSignature, `SELECT `+paperSignatureColumns+`
		FROM paper_signature
		WHERE id IN (
			SELECT paper_id FROM answer WHERE petition_id = $1
			UNION
			SELECT paper_id FROM answer_replaced WHERE petition_id = $1
			UNION
			SELECT paper_id FROM answer_round WHERE petition_id = $1
			UNION
			SELECT paper_id FROM answer_correction WHERE petition_id = $1
		)
		ORDER BY id DESC`, o.PetitionID)
	for _, p := range papers {
		with, err := list(ctx, q, column[doithoai.ID], `SELECT p.opinion_id
			FROM answer a
			JOIN petition p ON p.id = a.petition_id
			WHERE a.paper_id = $1 AND p.opinion_id <> $2
			UNION
			SELECT p.opinion_id
			FROM answer_replaced r
			JOIN petition p ON p.id = r.petition_id
			WHERE r.paper_id = $1 AND p.opinion_id <> $2
			UNION
			SELECT c.opinion_id
			FROM answer_correction c
			WHERE c.paper_id = $1 AND c.opinion_id <> $2
			UNION
			SELECT r.opinion_id
			FROM answer_round r
			WHERE r.paper_id = $1 AND r.opinion_id <> $2
			ORDER BY 1`, p.ID, opinion)
		if err != nil {
			return nil, s, err
		}
		for _, id := range with {
			_, other, err := opinionSubject(ctx, q, id, on)
			if err != nil {
				return nil, s, err
			}
			s.Denunciation = s.Denunciation || other.Denunciation
			s.Concerned = append(s.Concerned, other.Concerned...)
			s.ConcernedUnits = append(s.ConcernedUnits, other.ConcernedUnits...)
		}
	}
	return papers, s, err
}

// SignedPapers lists the papers on which the answer to an opinion was signed, to who may see the opinion: when, by whom
// and who recorded it. Their files are named to who may open them.
func (db *DB) SignedPapers(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID,
) (all SignedPapers, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		all = SignedPapers{}
		today := db.Now().Date()
		_, own, err := opinionSubject(ctx, q, opinion, today)
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, doithoai.ActSeeOpinions, own); err != nil {
			return err
		}
		papers, s, err := papersOf(ctx, q, opinion, today)
		if err != nil {
			return err
		}
		all.May = doithoai.Can(actor, doithoai.ActViewPaper, s) == nil
		for _, p := range papers {
			signed := SignedPaper{PaperSignature: p}
			if all.May {
				if signed.Files, err = filesOf(ctx, q, actor.AuthorityID, doithoai.FilesOfPaper, p.ID); err != nil {
					return err
				}
			}
			all.Papers = append(all.Papers, signed)
		}
		all.Opened, err = viewServes(ctx, q, actor, opinion, doithoai.ActViewPaper, doithoai.FileHash{}, db.Now())
		return err
	})
	return all, err
}

// ViewPaper puts on record that the actor opens the scans of the papers on which the answer to an opinion was signed:
// for as long as the view serves, [DB.OpenPaper] then opens each. Without a paper there is nothing to view, which is
// NotFound.
func (db *DB) ViewPaper(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.loadCase(ctx, actor, doithoai.ActViewPaper, opinion)
		if err != nil {
			return err
		}
		papers, s, err := papersOf(ctx, tx, opinion, tx.Now.Date())
		if err != nil {
			return err
		}
		c.Subject = s
		if err := c.may(); err != nil {
			return err
		}
		if len(papers) == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		served, err := viewServes(ctx, tx, actor, opinion, doithoai.ActViewPaper, doithoai.FileHash{}, tx.Now)
		if served || err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Unit: c.Seat.UnitID, Post: c.Seat.PostID}, "")
	})
}

// OpenPaper opens a scan of a paper on which the answer to an opinion was signed, to who has put a view on record
// ([DB.ViewPaper]); the caller closes it. Without such a view it fails with [ErrNotViewed].
func (db *DB) OpenPaper(
	ctx context.Context, actor doithoai.Actor, opinion, id doithoai.ID,
) (a doithoai.Attachment, f *os.File, err error) {
	papers, s, err := papersOf(ctx, db.reader(), opinion, db.Now().Date())
	if err != nil {
		return a, nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActViewPaper, s); err != nil {
		return a, nil, err
	}
	served, err := viewServes(ctx, db.reader(), actor, opinion, doithoai.ActViewPaper, doithoai.FileHash{}, db.Now())
	if err != nil {
		return a, nil, err
	}
	if !served {
		return a, nil, ErrNotViewed
	}
	err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	for _, p := range papers {
		a, f, err = db.openAttachment(ctx, actor.AuthorityID, doithoai.FilesOfPaper, p.ID, id, false)
		var refused *doithoai.Error
		if err == nil || !errors.As(err, &refused) {
			return a, f, err
		}
	}
	return a, nil, err
}
