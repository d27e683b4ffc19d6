package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Forms whose drafts save themselves.
const (
	DraftAnswer      = "answer"      // subject: opinion
	DraftPublication = "publication" // subject: opinion
	DraftCorrection  = "correction"  // subject: opinion
	DraftOpinion     = "opinion"     // subject: dialogue
	DraftRuling      = "ruling"      // subject: opinion
	DraftSlip        = "slip"        // subject: dialogue, or empty
	DraftExplanation = "explanation" // subject: explanation
	DraftList        = "list"        // subject: empty
	DraftPlanPart    = "plan_part"   // subject: plan, edition and part
	DraftQuestion    = "question"    // subject: opinion
	DraftFigures     = "figures"     // subject: FiguresSubject
	DraftTask        = "task"        // subject: task
	DraftDirective   = "directive"   // subject: DirectiveSubject
	DraftBulletin    = "bulletin"    // subject: dialogue
	DraftText        = "text"        // subject: TextSubject
	DraftReport      = "report"      // subject: id of the dialogue
	DraftProgramme   = "programme"   // subject: dialogue
	DraftSheet       = "sheet"       // subject: dialogue, or dialogue and number of the sheet
)

// DraftLife is how long a draft is kept after its last change.
const DraftLife = 30 * 24 * time.Hour

// MaxDraft bounds a draft's size in bytes.
const MaxDraft = 256 << 10

// Draft is what somebody typed into a form and has not sent: field name to value. It has no event and no leaf, and is
// seen by its writer only.
type Draft struct {
	Fields  map[string][]string
	SavedAt calendar.Instant
}

// SaveDraft keeps what the officer typed so far.
func (db *DB) SaveDraft(
	ctx context.Context, actor doithoai.Actor, form, subject string, fields map[string][]string,
) (calendar.Instant, error) {
	if actor.ID == "" { // residents have no drafts here
		return calendar.Instant{}, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	for name, values := range fields {
		if !storable(name) || slices.ContainsFunc(values, func(v string) bool { return !storable(v) }) {
			return calendar.Instant{}, doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return calendar.Instant{}, fmt.Errorf("draft: %w", err)
	}
	if len(body) > MaxDraft {
		return calendar.Instant{}, doithoai.Refuse(doithoai.Invalid, "petition.draft.too_large")
	}
	var at calendar.Instant
	err = db.act(ctx, func(tx *Tx) error {
		at = tx.Now
		return tx.exec(ctx, `INSERT INTO draft (officer_id, form, subject, body, saved_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (officer_id, form, subject) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`, actor.ID,
			form, subject, string(body), tx.Now)
	})
	return at, err
}

// Draft returns what the officer typed into a form; the zero Draft where nothing is kept.
func (db *DB) Draft(ctx context.Context, actor doithoai.Actor, form, subject string) (Draft, error) {
	d, err := one(ctx, db.reader(), func(r row) (d Draft, err error) {
		var body []byte
		if err = r.Scan(&body, &d.SavedAt); err == nil {
			err = json.Unmarshal(body, &d.Fields)
		}
		return d, err
	}, `SELECT body, saved_at FROM draft WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, form, subject)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return Draft{}, nil
	}
	return d, err
}

// DropDraft forgets a draft, once the form was sent or its writer threw it away.
func (db *DB) DropDraft(ctx context.Context, actor doithoai.Actor, form, subject string) error {
	return db.act(ctx, func(tx *Tx) error { return tx.dropDraft(ctx, actor, form, subject) })
}

func (tx *Tx) dropDraft(ctx context.Context, actor doithoai.Actor, form, subject string) error {
	return tx.exec(ctx, `DELETE FROM draft WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, form, subject)
}

// dropDraftsAround forgets them on an opinion and on those that are joined to it.
func (tx *Tx) dropDraftsAround(ctx context.Context, o doithoai.Opinion) error {
	joined, err := list(ctx, tx, scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE joined_to = $1`, o.ID)
	if err != nil {
		return err
	}
	for _, one := range append(joined, o) {
		if err := tx.dropDraftsOn(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// dropDraftsOn forgets what anybody has typed and not sent on an opinion.
func (tx *Tx) dropDraftsOn(ctx context.Context, o doithoai.Opinion) error {
	return tx.exec(ctx, `DELETE FROM draft
		WHERE subject = $1 OR form = $2 AND subject IN (SELECT CAST(id AS text) FROM explanation WHERE opinion_id = $3)`,
		string(o.ID), DraftExplanation, o.ID)
}
