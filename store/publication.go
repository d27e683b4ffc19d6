package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

// ProposePublication proposes the public summary of an opinion that has an answer, or the corrected one where the
// public one is of an answer that was replaced. While an answer is being corrected nothing is proposed. version is the
// summary's, for the first proposal the number of answers that were replaced.
func (db *DB) ProposePublication(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, p doithoai.Publication,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPublication(ctx, actor, doithoai.ActProposePublication, opinion, version)
		if err != nil {
			return err
		}
		if !doithoai.Publishable(c.Opinion, c.Petition) {
			return doithoai.Refuse(doithoai.Conflict, "petition.publication.problem.too_early")
		}
		if c.Publication != nil && c.Publication.State == doithoai.PublicationPublished {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := c.beingCorrected(); err != nil {
			return err
		}
		p = doithoai.Publication{Title: p.Title, Question: p.Question, Answer: p.Answer, Why: p.Why}
		if c.Publication != nil {
			p.Correction, p.Since = c.Publication.Correction, c.Publication.Since
		}
		if p.Correction == 0 {
			p.Why = ""
		}
		if err := c.mayBePublic(ctx, p); err != nil {
			return err
		}
		if err := c.dropDraft(ctx, DraftPublication); err != nil {
			return err
		}
		if err := c.handIn(ctx); err != nil {
			return err
		}
		p.State, p.ProposedBy = doithoai.PublicationProposed, actor.ID
		c.Publication = &p
		return c.save(ctx, doithoai.Facts{To: string(p.State), Correction: p.Correction}, publicationRecord(p))
	})
}

// mayBePublic refuses a summary that can't become public.
func (c *caseFile) mayBePublic(ctx context.Context, p doithoai.Publication) error {
	about := []doithoai.Opinion{c.Opinion}
	if c.set != "" {
		with, err := answeredWith(ctx, c.tx, c.Opinion.ID)
		if err != nil {
			return err
		}
		about = append(about, with...)
	}
	gates, err := gatesFor(ctx, c.tx, about...)
	if err != nil {
		return err
	}
	basis, err := answerBasis(ctx, c.tx, c.Opinion.ID)
	if err != nil {
		return err
	}
	return doithoai.RefuseForm(publicProblems(p, basis, gates))
}

// publicBasis is what the public reads beside a summary that is public: basis and number of the answer that it is of,
// and the words of what was promised.
func publicBasis(ctx context.Context, q querier, opinion doithoai.ID) (string, error) {
	basis, err := one(ctx, q, column[string], `SELECT basis || ' số ' || doc_number
		FROM publication_correction
		WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return answerBasis(ctx, q, opinion)
	}
	if err != nil {
		return "", err
	}
	promised, err := promisedWords(ctx, q, opinion)
	return strings.Join(append(promised, basis), betweenTexts), err
}

// betweenTexts keeps the digits of one text from those of the next, where several are read as one.
const betweenTexts = "\nhứa: "

// answerBasis is what of a dispatched answer the public reads beside its summary: its basis and its number, and the
// words of what was promised. While the matter is looked at again, that is the last answer that went out.
func answerBasis(ctx context.Context, q querier, opinion doithoai.ID) (string, error) {
	basis, err := list(ctx, q, column[string], `SELECT a.basis || ' số ' || a.number
		FROM answer a
		JOIN petition p ON p.id = a.petition_id
		JOIN opinion o ON o.petition_id = p.id
		WHERE o.id = $1 AND p.state = 'answered'
		UNION ALL
		SELECT r.basis || ' số ' || r.doc_number
		FROM answer_round r
		JOIN petition p ON p.id = r.petition_id AND r.round = p.round - 1
		WHERE r.opinion_id = $1 AND p.state NOT IN ('answered', 'ended')`, opinion)
	if err != nil {
		return "", err
	}
	promised, err := promisedWords(ctx, q, opinion)
	return strings.Join(append(basis, promised...), betweenTexts), err
}

// takeDownTelling takes the public summaries of a slip back that tell who raised it, now that this is known, also those
// of others who were sent the same answer, and withdraws reference pages made from them that do. It returns what the
// act has done to each opinion that it concerns.
func (tx *Tx) takeDownTelling(
	ctx context.Context, slip doithoai.ID, who doithoai.Petitioner,
) (map[doithoai.ID]doithoai.Facts, error) {
	opinions, err := opinionsOfSlip(ctx, tx, slip)
	if err != nil {
		return nil, err
	}
	done := map[doithoai.ID]doithoai.Facts{}
	for _, o := range slices.Clone(opinions) {
		with, err := answeredWith(ctx, tx, o.ID)
		if err != nil {
			return nil, err
		}
		for _, w := range with {
			if !slices.ContainsFunc(opinions, func(o doithoai.Opinion) bool { return o.ID == w.ID }) {
				opinions = append(opinions, w)
			}
		}
	}
	gate := gateFor(who)
	for _, o := range opinions {
		tells := func(g doithoai.Guide) bool { return g.State == doithoai.GuidePublished && g.Tells(gate) }
		if err := tx.endGuides(ctx, o, tells); err != nil {
			return nil, err
		}
		p, err := publicationOf(ctx, tx, o.ID)
		if err != nil {
			return nil, err
		}
		if p == nil || p.State != doithoai.PublicationPublished {
			continue // it has to pass the gate yet
		}
		basis, err := publicBasis(ctx, tx, o.ID)
		if err != nil {
			return nil, err
		}
		if !p.Tells(basis, gate) {
			continue
		}
		if err := tx.takeBack(ctx, o, *p); err != nil {
			return nil, err
		}
		done[o.ID] = p.MoveTo(doithoai.PublicationReturned)
	}
	return done, nil
}

// takeBack gives a summary back to who writes it. One that is public goes out of the public's sight and search.
func (tx *Tx) takeBack(ctx context.Context, o doithoai.Opinion, p doithoai.Publication) error {
	if p.State == doithoai.PublicationPublished {
		if err := tx.dropPublished(ctx, o); err != nil {
			return err
		}
		if err := tx.guidesFallDue(ctx, o.ID); err != nil {
			return err
		}
	}
	if err := tx.execOne(ctx, `UPDATE publication
		SET state = $1, version = 1 + coalesce((SELECT c.version
			FROM publication_correction c
			WHERE c.opinion_id = publication.opinion_id), version)
		WHERE opinion_id = $2 AND version = $3`, doithoai.PublicationReturned, o.ID, p.Version); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM publication_correction WHERE opinion_id = $1`, o.ID)
}

// gateFor stands between what is written about somebody's opinion and the public.
func gateFor(who doithoai.Petitioner) doithoai.Gate {
	return doithoai.Gate{
		Who: who, Spelling: doithoai.Spelling{Plain: text.Plain, Folded: text.Fold, Name: text.NameKey},
	}
}

// publicationRecord is the text of a summary in the event by which it is proposed.
func publicationRecord(p doithoai.Publication) string {
	said := p.Title + "\n\n" + p.Question + "\n\n" + p.Answer
	if p.Why != "" {
		said += "\n\n" + p.Why
	}
	return said
}

// withdrawPublication sends a proposed summary back when the ruling changes; a published one stops a change of ruling,
// but for that to a denunciation: then it goes out of the public's sight and search.
func (tx *Tx) withdrawPublication(ctx context.Context, o doithoai.Opinion, code doithoai.RulingCode) error {
	if code == doithoai.RulingDenunciation {
		if err := tx.endGuides(ctx, o, func(doithoai.Guide) bool { return true }); err != nil {
			return err
		}
	}
	p, err := publicationOf(ctx, tx, o.ID)
	if err != nil || p == nil {
		return err
	}
	if p.State == doithoai.PublicationPublished && code != doithoai.RulingDenunciation {
		return doithoai.Refuse(doithoai.Conflict, "petition.ruling.problem.published")
	}
	return tx.takeBack(ctx, o, *p)
}

const publicationColumns = `opinion_id, title, question, answer, state, proposed_by, approved_by, published_at, why, ` +
	`corrected_at, version`

func scanPublication(r row) (p doithoai.Publication, err error) {
	err = r.Scan(
		&p.OpinionID, &p.Title, &p.Question, &p.Answer, &p.State, &p.ProposedBy, &p.ApprovedBy, &p.At, &p.Why, &p.CorrectedAt,
		&p.Version,
	)
	return p, err
}

// publicationOf loads the publication of an opinion, nil where there is none.
func publicationOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Publication, error) {
	p, err := one(ctx, q, scanPublication, `SELECT `+publicationColumns+`
		FROM publication
		WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &p, err
}

// openProposed opens a proposed summary for what its approver decides.
func (tx *Tx) openProposed(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
) (*caseFile, error) {
	c, err := tx.openPublication(ctx, actor, act, opinion, version)
	if err != nil {
		return nil, err
	}
	if c.Publication == nil || c.Publication.State != doithoai.PublicationProposed {
		return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return c, nil
}

// ApprovePublication makes a proposed summary public and findable, if the gate lets it through still, and its answer is
// not being corrected. Another person than who proposed it must approve. A corrected one takes the place of the one
// that was public. version is the summary's.
func (db *DB) ApprovePublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openProposed(ctx, actor, doithoai.ActApprovePublication, opinion, version)
		if err != nil {
			return err
		}
		if err := c.mayBePublic(ctx, *c.Publication); err != nil {
			return err
		}
		if err := c.beingCorrected(); err != nil {
			return err
		}
		facts := c.Publication.MoveTo(doithoai.PublicationPublished)
		c.Publication.ApprovedBy, c.Publication.At = actor.ID, tx.Now
		if c.Publication.Correction > 0 {
			c.Publication.CorrectedAt = tx.Now
		}
		if err := tx.indexPublication(ctx, c.Opinion, *c.Publication); err != nil {
			return err
		}
		return c.save(ctx, facts, "")
	})
}

// ReturnPublication sends a proposed summary back, with the reason. version is the summary's.
func (db *DB) ReturnPublication(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openProposed(ctx, actor, doithoai.ActReturnPublication, opinion, version)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doithoai.ReasonProblems("ly-do", reason)); err != nil {
			return err
		}
		return c.save(ctx, c.Publication.MoveTo(doithoai.PublicationReturned), reason)
	})
}

// indexPublication makes a published summary findable: folded syllables, pairs of them, and facets.
func (tx *Tx) indexPublication(ctx context.Context, o doithoai.Opinion, p doithoai.Publication) error {
	var id int64
	if err := tx.queryRow(ctx, `INSERT INTO search_document (authority_id, opinion_id)
		VALUES ($1, $2)
		ON CONFLICT (opinion_id) DO UPDATE SET authority_id = excluded.authority_id
		RETURNING id`, o.AuthorityID, o.ID).Scan(&id); err != nil {
		return fmt.Errorf("search document: %w", err)
	}
	return tx.db.dialect.searchRow(ctx, tx, id, searchTokens(o, p))
}

// searchTokens are the tokens by which a published summary is found.
func searchTokens(o doithoai.Opinion, p doithoai.Publication) []string {
	tokens := append(text.Tokens(p.Title, p.Question, p.Answer), facetAuthority(o.AuthorityID), facetField(o.FieldCode))
	if o.DialogueID != "" {
		tokens = append(tokens, facetDialogue(o.DialogueID))
	}
	return tokens
}

// dropPublished takes a published summary out of what the public finds.
func (tx *Tx) dropPublished(ctx context.Context, o doithoai.Opinion) error {
	id, err := one(ctx, tx, column[int64], `SELECT id FROM search_document WHERE opinion_id = $1`, o.ID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.db.dialect.dropSearchRow(ctx, tx, id); err != nil {
		return err
	}
	tx.touch(topicSearched + string(o.AuthorityID))
	return tx.exec(ctx, `DELETE FROM search_document WHERE id = $1`, id)
}
