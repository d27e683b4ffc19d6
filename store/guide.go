package store

import (
	"context"
	"strconv"

	"doithoai"
	"doithoai/calendar"
)

const guideColumns = `id, authority_id, number, state, opinion_id, unit_id, field_code, procedure, procedure_code, ` +
	`title, body, basis, edition, published_at, reviewed_on, review_by, holds_to, changed_at, ended_at, why, version`

func scanGuide(r row) (g doithoai.Guide, err error) {
	err = r.Scan(&g.ID, &g.AuthorityID, &g.Number, &g.State, &g.OpinionID, &g.UnitID, &g.FieldCode, &g.Procedure,
		&g.ProcedureCode, &g.Title, &g.Body, &g.Basis, &g.Edition, &g.PublishedAt, &g.ReviewedOn, &g.ReviewBy,
		&g.HoldsUntil, &g.ChangedAt, &g.EndedAt, &g.Why, &g.Version)
	return g, err
}

// A guideFile is a reference page under an act: the rules, the opinion that it was made from and its own row are held,
// in this order. The act changes Guide as its rule says, and ends with save.
type guideFile struct {
	tx     *Tx
	actor  doithoai.Actor
	act    doithoai.Act
	Guide  doithoai.Guide
	was    doithoai.Guide
	Review doithoai.GuideReview
}

// openGuide opens a page for an act. version is the page's; another one is a Conflict.
func (tx *Tx) openGuide(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*guideFile, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	const query = `SELECT ` + guideColumns + ` FROM guide WHERE id = $1`
	g, err := one(ctx, tx, scanGuide, query, id)
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, act, g.Subject()); err != nil {
		return nil, err
	}
	f := &guideFile{tx: tx, actor: actor, act: act}
	if err := tx.holdRules(ctx, g.AuthorityID); err != nil {
		return nil, err
	}
	var from *caseFile
	if g.OpinionID != "" {
		if from, err = tx.loadCase(ctx, actor, act, g.OpinionID); err != nil {
			return nil, err
		}
		if from.Subject.Denunciation {
			return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
	}
	if err := f.review(ctx, from); err != nil {
		return nil, err
	}
	if f.Guide, err = one(ctx, tx, scanGuide, query+tx.db.dialect.forUpdate(), id); err != nil {
		return nil, err
	}
	f.was = f.Guide
	return f, sameVersion(f.Guide.Version, version)
}

// review loads what the page is judged by. from is the opinion that it is made from, nil where there is none.
func (f *guideFile) review(ctx context.Context, from *caseFile) (err error) {
	tx, by := f.tx, &f.Review
	by.Today = tx.Now.Date()
	if by.Rules, err = loadRules(ctx, tx, f.actor.AuthorityID); err != nil {
		return err
	}
	if by.Bases, err = legalBases(ctx, tx, f.actor.AuthorityID); err != nil {
		return err
	}
	if by.Units, err = unitsOn(ctx, tx, f.actor.AuthorityID, by.Today); err != nil || from == nil {
		return err
	}
	by.Gates, err = gatesOf(ctx, tx, from.Opinion)
	return err
}

// save keeps what the act changed: the page under the version that it was read with, its text where it is another one,
// and what was done.
func (f *guideFile) save(ctx context.Context, why string) error {
	tx, g := f.tx, &f.Guide
	g.Version = f.was.Version + 1
	args := []any{
		string(g.State), g.UnitID, g.FieldCode, g.Procedure, g.ProcedureCode, g.Title, g.Body, g.Basis, g.Edition,
		g.PublishedAt, g.ReviewedOn, g.ReviewBy, g.HoldsUntil, g.ChangedAt, g.EndedAt, g.Why, g.Version, g.ID,
	}
	var err error
	if f.was.Version == 0 {
		args = append(args, g.AuthorityID, g.Number, g.OpinionID)
		err = conflictIfThere(tx.exec(ctx, `INSERT INTO guide (state, unit_id, field_code, procedure, procedure_code, title,
				body, basis, edition, published_at, reviewed_on, review_by, holds_to, changed_at, ended_at, why, version,
				id, authority_id, number, opinion_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
			args...))
	} else {
		err = tx.execOne(ctx, `UPDATE guide SET state = $1, unit_id = $2, field_code = $3, procedure = $4,
				procedure_code = $5, title = $6, body = $7, basis = $8, edition = $9, published_at = $10, reviewed_on = $11,
				review_by = $12, holds_to = $13, changed_at = $14, ended_at = $15, why = $16, version = $17
			WHERE id = $18 AND version = $19`, append(args, f.was.Version)...)
	}
	if err != nil {
		return err
	}
	if g.GuideText != f.was.GuideText {
		if err := tx.keepGuideText(ctx, *g); err != nil {
			return err
		}
	}
	tx.touch(topicSearched + string(g.AuthorityID))
	if err := tx.noteGuide(ctx, f.actor.ID, f.act, *g, why); err != nil {
		return err
	}
	return tx.audit(ctx, f.actor, f.act, guideEntry(g.Number), "", "")
}

// guideEntry is how the audit names a page.
func guideEntry(number int) string { return "huong-dan/" + strconv.Itoa(number) }

// keepGuideText keeps the text of an edition; that of a draft stands in the place of the one before.
func (tx *Tx) keepGuideText(ctx context.Context, g doithoai.Guide) error {
	return tx.exec(ctx, `INSERT INTO guide_edition (guide_id, number, authority_id, unit_id, field_code, procedure,
			procedure_code, title, body, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (guide_id, number) DO UPDATE SET unit_id = excluded.unit_id, field_code = excluded.field_code,
			procedure = excluded.procedure, procedure_code = excluded.procedure_code, title = excluded.title,
			body = excluded.body, basis = excluded.basis`,
		g.ID, g.Edition, g.AuthorityID, g.UnitID, g.FieldCode, g.Procedure, g.ProcedureCode, g.Title, g.Body, g.Basis)
}

// noteGuide keeps what was done on a page; by is empty where it followed from an act on the opinion.
func (tx *Tx) noteGuide(
	ctx context.Context, by doithoai.ID, act doithoai.Act, g doithoai.Guide, why string,
) error {
	return tx.exec(ctx, `INSERT INTO guide_event (guide_id, number, authority_id, at, officer_id, act, edition,
			review_by, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		g.ID, g.Version, g.AuthorityID, tx.Now, by, string(act), g.Edition, g.ReviewBy, why)
}

// DraftGuide writes a reference page that is not public yet: a new one where version is 0, under the id that the form
// made, so that a form sent twice makes one page. A new one is made from the public answer of an opinion, which is
// neither on conduct nor being corrected, or from none. Who writes for a unit writes pages that this unit keeps. See
// [doithoai.Guide.Draft].
func (db *DB) DraftGuide(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, opinion doithoai.ID, t doithoai.GuideText,
) (g doithoai.Guide, err error) {
	if err := checkID(id); err != nil {
		return g, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		var f *guideFile
		if version == 0 {
			f, err = tx.newGuide(ctx, actor, id, opinion, t)
		} else {
			f, err = tx.openGuide(ctx, actor, doithoai.ActDraftGuide, id, version)
		}
		if err != nil {
			return err
		}
		if f.Guide, err = f.Guide.Draft(t, f.Review); err != nil {
			return err
		}
		if err := doithoai.Can(actor, f.act, f.Guide.Subject()); err != nil {
			return err
		}
		if version == 0 {
			n, err := tx.count(ctx, f.Guide.AuthorityID, "guide", 1)
			if err != nil {
				return err
			}
			f.Guide.Number = int(n)
		}
		err = f.save(ctx, "")
		g = f.Guide
		return err
	})
	return g, err
}

// newGuide begins a page.
func (tx *Tx) newGuide(
	ctx context.Context, actor doithoai.Actor, id, opinion doithoai.ID, t doithoai.GuideText,
) (*guideFile, error) {
	const act = doithoai.ActDraftGuide
	f := &guideFile{tx: tx, actor: actor, act: act, Guide: doithoai.Guide{
		ID: id, AuthorityID: actor.AuthorityID, OpinionID: opinion,
	}}
	if opinion == "" && (t.UnitID != "" || !doithoai.MayEver(actor, act)) {
		if err := doithoai.Can(actor, act, doithoai.Subject{
			AuthorityID: actor.AuthorityID, LeadUnitID: t.UnitID,
		}); err != nil {
			return nil, err
		}
	}
	if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
		return nil, err
	}
	var from *caseFile
	if opinion != "" {
		var err error
		if from, err = tx.openCase(ctx, actor, act, opinion); err != nil {
			return nil, err
		}
		if from.Publication, err = workingPublication(ctx, tx, opinion); err != nil {
			return nil, err
		}
		p := from.Publication
		if p == nil || p.State != doithoai.PublicationPublished || from.Subject.Conduct {
			return nil, doithoai.Refuse(doithoai.Conflict, "guide.problem.not_public")
		}
		if err := from.beingCorrected(); err != nil {
			return nil, err
		}
	}
	return f, f.review(ctx, from)
}

// actOnGuide does an act that changes a page as a rule says.
func (db *DB) actOnGuide(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int, why string,
	rule func(doithoai.Guide, doithoai.GuideReview, calendar.Instant) (doithoai.Guide, error),
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openGuide(ctx, actor, act, id, version)
		if err != nil {
			return err
		}
		if f.Guide, err = rule(f.Guide, f.Review, tx.Now); err != nil {
			return err
		}
		return f.save(ctx, why)
	})
}

// PublishGuide makes a draft public. version is the page's. See [doithoai.Guide.Publish].
func (db *DB) PublishGuide(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.actOnGuide(ctx, actor, doithoai.ActPublishGuide, id, version, "", doithoai.Guide.Publish)
}

// ConfirmGuide says that a public page is still true. version is the page's: who did not see that its answer was
// replaced confirms nothing. See [doithoai.Guide.Confirm].
func (db *DB) ConfirmGuide(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.actOnGuide(ctx, actor, doithoai.ActConfirmGuide, id, version, "",
		func(g doithoai.Guide, by doithoai.GuideReview, _ calendar.Instant) (doithoai.Guide, error) {
			return g.Confirm(by)
		})
}

// ReviseGuide gives a public page another text; who writes for a unit leaves it with a unit of theirs. version is the
// page's. See [doithoai.Guide.Revise].
func (db *DB) ReviseGuide(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, t doithoai.GuideText,
) error {
	return db.actOnGuide(ctx, actor, doithoai.ActReviseGuide, id, version, "",
		func(g doithoai.Guide, by doithoai.GuideReview, _ calendar.Instant) (doithoai.Guide, error) {
			next, err := g.Revise(t, by)
			if err != nil {
				return g, err
			}
			return next, doithoai.Can(actor, doithoai.ActReviseGuide, next.Subject())
		})
}

// WithdrawGuide takes a page from the public, or gives a draft up, with the reason. version is the page's. See
// [doithoai.Guide.Withdraw].
func (db *DB) WithdrawGuide(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, why string,
) error {
	return db.actOnGuide(ctx, actor, doithoai.ActWithdrawGuide, id, version, why,
		func(g doithoai.Guide, by doithoai.GuideReview, at calendar.Instant) (doithoai.Guide, error) {
			return g.Withdraw(why, by, at)
		})
}

// maxGuidesOf is how many pages made from one opinion are listed.
const maxGuidesOf = 20

// guidesOf lists the pages made from an opinion.
func guidesOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Guide, error) {
	return list(ctx, q, scanGuide, `SELECT `+guideColumns+`
		FROM guide
		WHERE opinion_id = $1
		ORDER BY number LIMIT $2`, opinion, maxGuidesOf)
}

// guidesFallDue has the pages made from an opinion reviewed: the answer that they rest on was replaced, or is not
// public any more. Who has not seen that confirms nothing.
func (tx *Tx) guidesFallDue(ctx context.Context, opinion doithoai.ID) error {
	return tx.exec(ctx, `UPDATE guide
		SET changed_at = coalesce(changed_at, $1), version = version + 1,
			holds_to = CASE WHEN $2 < holds_to THEN $2 ELSE holds_to END
		WHERE opinion_id = $3 AND state IN ('draft', 'published')`,
		tx.Now, tx.Now.Date().AddDays(-1), opinion)
}

// endGuides takes the pages from the public that were made from an opinion, those of which ends says so. They give no
// reason: it would tell.
func (tx *Tx) endGuides(ctx context.Context, o doithoai.Opinion, ends func(doithoai.Guide) bool) error {
	all, err := guidesOf(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	for _, g := range all {
		if g.State == doithoai.GuideWithdrawn || !ends(g) {
			continue
		}
		if err := tx.execOne(ctx, `UPDATE guide SET state = $1, ended_at = $2, version = version + 1
			WHERE id = $3 AND version = $4`, string(doithoai.GuideWithdrawn), tx.Now, g.ID, g.Version); err != nil {
			return err
		}
		g.Version++
		if err := tx.noteGuide(ctx, "", doithoai.ActWithdrawGuide, g, ""); err != nil {
			return err
		}
		tx.touch(topicSearched + string(o.AuthorityID))
	}
	return nil
}

// transferGuides gives the pages that a unit kept true to the unit that succeeded it.
func (db *DB) transferGuides(ctx context.Context, u leftUnit) error {
	return db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `UPDATE guide
			SET unit_id = (SELECT successor_id FROM unit WHERE id = $1), version = version + 1
			WHERE authority_id = $2 AND state IN ('draft', 'published') AND unit_id = $1`, u.id, u.authority)
	})
}

// holdGuides reckons anew until when public pages hold that name a document whose validity is another one now.
func (tx *Tx) holdGuides(ctx context.Context, authority doithoai.ID, was, now doithoai.LegalBases) error {
	for _, number := range was.NumbersChanged(now) {
		all, err := list(ctx, tx, scanGuide, `SELECT `+guideColumns+`
			FROM guide
			WHERE authority_id = $1 AND state = 'published' AND changed_at IS NULL
				AND lower(basis) LIKE '%' || lower($2) || '%'
			ORDER BY number`, authority, number)
		if err != nil {
			return err
		}
		for _, g := range all {
			if err := tx.exec(ctx, `UPDATE guide SET holds_to = $1 WHERE id = $2 AND changed_at IS NULL`,
				g.Holds(now), g.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
