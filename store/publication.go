package store

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/text"
)

// ProposePublication proposes the public summary of an opinion that has an answer. version is 0 for the first proposal.
func (db *DB) ProposePublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, p doithoai.Publication) error {
	return db.act(ctx, func(tx *Tx) error {
		o, petition, err := tx.loadOpinion(ctx, actor, doithoai.ActProposePublication, opinion)
		if err != nil {
			return err
		}
		if !Publishable(o, petition) {
			return doithoai.Refuse(doithoai.Conflict, "publication.problem.too_early")
		}
		who, err := petitionerOf(ctx, tx, o.SlipID)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(p.Problems(who, text.Fold)); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `INSERT INTO publication (opinion_id, authority_id, title, question, answer, state, proposed_by, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
			ON CONFLICT (opinion_id) DO UPDATE SET title = excluded.title, question = excluded.question, answer = excluded.answer, state = excluded.state,
				proposed_by = excluded.proposed_by, version = publication.version + 1
			WHERE publication.version = $8 AND publication.state <> $9`,
			o.ID, o.AuthorityID, p.Title, p.Question, p.Answer, string(doithoai.PublicationProposed), actor.ID, version, string(doithoai.PublicationPublished)); err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, doithoai.ActProposePublication, doithoai.Facts{To: string(doithoai.PublicationProposed)}, publicationRecord(p))
		return tx.exec(ctx, `DELETE FROM draft WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, DraftPublication, string(o.ID))
	})
}

func publicationRecord(p doithoai.Publication) string {
	return p.Title + "\n\n" + p.Question + "\n\n" + p.Answer
}

// Publishable reports whether there is something to publish: an answer was given, on the spot or dispatched.
func Publishable(o doithoai.Opinion, p *doithoai.Petition) bool {
	rule, ok := doithoai.RuleOf(o.Ruling)
	return ok && (rule.Publishes || p != nil && p.State == doithoai.PetitionAnswered)
}

// withdrawPublication sends a proposed summary back when the ruling changes; a published one stops a change of ruling, but for
// that to a denunciation: then it goes out of the public's sight and search.
func (tx *Tx) withdrawPublication(ctx context.Context, o doithoai.Opinion, code doithoai.RulingCode) error {
	p, err := publicationOf(ctx, tx, o.ID)
	if err != nil || p == nil {
		return err
	}
	if p.State == doithoai.PublicationPublished {
		if code != doithoai.RulingDenunciation {
			return doithoai.Refuse(doithoai.Conflict, "ruling.problem.published")
		}
		if err := tx.dropPublished(ctx, o); err != nil {
			return err
		}
	}
	return tx.exec(ctx, `UPDATE publication SET state = $1, version = version + 1 WHERE opinion_id = $2`, string(doithoai.PublicationReturned), o.ID)
}

const publicationColumns = `opinion_id, title, question, answer, state, proposed_by, approved_by, published_at, version`

func scanPublication(r row) (p doithoai.Publication, err error) {
	return p, r.Scan(&p.OpinionID, &p.Title, &p.Question, &p.Answer, &p.State, &p.ProposedBy, &p.ApprovedBy, &p.At, &p.Version)
}

// publicationOf loads the publication of an opinion, nil where there is none.
func publicationOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Publication, error) {
	p, err := one(ctx, q, scanPublication, `SELECT `+publicationColumns+` FROM publication WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &p, err
}

// settlePublication runs what the approver decides on a proposed summary.
func (db *DB) settlePublication(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
	change func(*Tx, doithoai.Opinion, doithoai.Publication) (doithoai.PublicationState, string, error)) error {
	return db.act(ctx, func(tx *Tx) error {
		o, petition, err := tx.loadOpinion(ctx, actor, doithoai.ActSeeOpinions, opinion)
		if err != nil {
			return err
		}
		p, err := publicationOf(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		s, err := subjectOf(ctx, tx, o, petition, tx.Now.Date())
		if err != nil {
			return err
		}
		if p != nil {
			s.ProposedBy = p.ProposedBy
		}
		if err := tx.may(actor, act, s); err != nil {
			return err
		}
		if p == nil || p.State != doithoai.PublicationProposed || p.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		state, said, err := change(tx, o, *p)
		if err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, act, doithoai.Facts{From: string(p.State), To: string(state)}, said)
		return nil
	})
}

// ApprovePublication makes a proposed summary public and findable. Another person than who proposed it must approve.
func (db *DB) ApprovePublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.settlePublication(ctx, actor, doithoai.ActApprovePublication, opinion, version, func(tx *Tx, o doithoai.Opinion, p doithoai.Publication) (doithoai.PublicationState, string, error) {
		if err := tx.execOne(ctx, `UPDATE publication SET state = $1, approved_by = $2, published_at = $3, version = version + 1 WHERE opinion_id = $4 AND version = $5`,
			string(doithoai.PublicationPublished), actor.ID, tx.Now, o.ID, version); err != nil {
			return "", "", err
		}
		return doithoai.PublicationPublished, "", tx.indexPublication(ctx, o, p)
	})
}

// ReturnPublication sends a proposed summary back, with the reason.
func (db *DB) ReturnPublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string) error {
	return db.settlePublication(ctx, actor, doithoai.ActReturnPublication, opinion, version, func(tx *Tx, o doithoai.Opinion, _ doithoai.Publication) (doithoai.PublicationState, string, error) {
		if reason == "" {
			return "", "", doithoai.RefuseForm([]doithoai.Problem{{Field: "ly-do", Key: "answer.problem.reason"}})
		}
		return doithoai.PublicationReturned, reason, tx.execOne(ctx, `UPDATE publication SET state = $1, version = version + 1 WHERE opinion_id = $2 AND version = $3`,
			string(doithoai.PublicationReturned), o.ID, version)
	})
}

// indexPublication makes a published summary findable: folded syllables, pairs of them, and facets.
func (tx *Tx) indexPublication(ctx context.Context, o doithoai.Opinion, p doithoai.Publication) error {
	var id int64
	if err := tx.queryRow(ctx, `INSERT INTO search_document (authority_id, opinion_id) VALUES ($1, $2)
		ON CONFLICT (opinion_id) DO UPDATE SET authority_id = excluded.authority_id RETURNING id`, o.AuthorityID, o.ID).Scan(&id); err != nil {
		return fmt.Errorf("search document: %w", err)
	}
	tokens := append(text.Tokens(p.Title, p.Question, p.Answer), facetAuthority(o.AuthorityID), facetField(o.FieldCode))
	if o.DialogueID != "" {
		tokens = append(tokens, facetDialogue(o.DialogueID))
	}
	return tx.db.dialect.searchRow(ctx, tx, id, tokens)
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
	return tx.exec(ctx, `DELETE FROM search_document WHERE id = $1`, id)
}
