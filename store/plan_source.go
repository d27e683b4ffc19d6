package store

import (
	"context"
	"encoding/json"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// DraftPlanFile is the form of a plan's file that was read and not yet taken over.
const DraftPlanFile = "plan_file"

// MaxPlanFile bounds the file of a plan, in bytes.
const MaxPlanFile = 10 << 20

// PlanFile is the file, or the pasted text, that a plan is taken from.
type PlanFile struct {
	Name  string           `json:"name"` // "" where it was pasted
	Body  []byte           `json:"body"`
	Saved calendar.Instant `json:"-"`
}

// KeepPlanFile keeps a file until its officer takes the plan over or comes with another one. A file of more than
// MaxPlanFile is refused with Invalid.
func (db *DB) KeepPlanFile(ctx context.Context, actor doithoai.Actor, f PlanFile) error {
	if err := may(actor, doithoai.ActDraftPlan); err != nil {
		return err
	}
	if len(f.Body) > MaxPlanFile {
		return doithoai.Refuse(doithoai.Invalid, "web.form.too_large")
	}
	f.Name = text.Cut(text.CleanLine(f.Name), doithoai.MaxLine)
	body, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("file of a plan: %w", err)
	}
	return db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `INSERT INTO draft (officer_id, form, subject, body, saved_at) VALUES ($1, $2, '', $3, $4)
			ON CONFLICT (officer_id, form, subject) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
			actor.ID, DraftPlanFile, string(body), tx.Now)
	})
}

// KeptPlanFile returns what KeepPlanFile kept for the officer; NotFound where nothing is.
func (db *DB) KeptPlanFile(ctx context.Context, actor doithoai.Actor) (PlanFile, error) {
	return keptPlanFile(ctx, db.reader(), actor)
}

func keptPlanFile(ctx context.Context, q querier, actor doithoai.Actor) (PlanFile, error) {
	return one(ctx, q, func(r row) (f PlanFile, err error) {
		var body []byte
		if err = r.Scan(&body, &f.Saved); err != nil {
			return f, err
		}
		saved := f.Saved
		err = json.Unmarshal(body, &f)
		f.Saved = saved
		return f, err
	}, `SELECT body, saved_at FROM draft WHERE officer_id = $1 AND form = $2 AND subject = ''`, actor.ID, DraftPlanFile)
}

// ImportPlan begins the plan of a year with what was understood of the officer's kept file, and keeps the file beside
// it: as a draft by [doithoai.ActDraftPlan], as a plan issued on paper by [doithoai.ActTakeOverPlan]. NotFound where no
// file is kept any more: it was taken over already.
func (db *DB) ImportPlan(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, p plan.Plan,
) (plan.Edition, error) {
	also := func(tx *Tx, e plan.Edition) error {
		f, err := keptPlanFile(ctx, tx, actor)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO plan_source (plan_id, authority_id, name, body, taken_by, taken_at)
			VALUES ($1, $2, $3, $4, $5, $6)`, e.PlanID, e.AuthorityID, f.Name, f.Body, actor.ID, tx.Now); err != nil {
			return err
		}
		return tx.dropDraft(ctx, actor, DraftPlanFile, "")
	}
	if act == doithoai.ActTakeOverPlan {
		return db.takeOver(ctx, actor, p, also)
	}
	return db.beginPlan(ctx, actor, doithoai.ActDraftPlan, plan.Edition{State: plan.StateDraft, Plan: p}, also)
}

// PlanSource returns the file that a plan was taken from; NotFound where it was written here.
func (db *DB) PlanSource(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (PlanFile, error) {
	if err := may(actor, doithoai.ActSeePlans); err != nil {
		return PlanFile{}, err
	}
	if err := checkID(id); err != nil {
		return PlanFile{}, err
	}
	return one(ctx, db.reader(), func(r row) (f PlanFile, err error) {
		err = r.Scan(&f.Name, &f.Body, &f.Saved)
		return f, err
	}, `SELECT name, body, taken_at FROM plan_source WHERE authority_id = $1 AND plan_id = $2`, actor.AuthorityID, id)
}
