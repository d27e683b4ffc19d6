package store

import (
	"context"
	"encoding/json"
	"fmt"

	"doithoai"
	"doithoai/plan"
)

// PublicPlan is an issued plan with the slug of its page.
type PublicPlan struct {
	ID   doithoai.ID
	Slug string
	Year int
	Plan plan.Plan
}

func scanPlan(r row) (p PublicPlan, err error) {
	var body []byte
	if err = r.Scan(&p.ID, &p.Slug, &p.Year, &body); err == nil {
		err = json.Unmarshal(body, &p.Plan)
	}
	return p, err
}

// Plans lists issued plans, newest first.
func (db *DB) Plans(ctx context.Context, authority doithoai.ID) ([]PublicPlan, error) {
	return list(ctx, db.reader(), scanPlan, `SELECT id, slug, year, body
		FROM plan
		WHERE authority_id = $1
		ORDER BY year DESC, id DESC`, authority)
}

// PlanBySlug finds an issued plan.
func (db *DB) PlanBySlug(ctx context.Context, authority doithoai.ID, slug string) (PublicPlan, error) {
	return one(ctx, db.reader(), scanPlan, `SELECT id, slug, year, body
		FROM plan
		WHERE authority_id = $1 AND slug = $2`, authority, slug)
}

// PlanByID finds an issued plan.
func (db *DB) PlanByID(ctx context.Context, authority, id doithoai.ID) (PublicPlan, error) {
	if err := checkID(id); err != nil {
		return PublicPlan{}, err
	}
	return one(ctx, db.reader(), scanPlan, `SELECT id, slug, year, body
		FROM plan
		WHERE authority_id = $1 AND id = $2`, authority, id)
}

// IssuePlan keeps an issued plan under the slug of its public page.
func (db *DB) IssuePlan(ctx context.Context, actor doithoai.Actor, slug string, p plan.Plan) (doithoai.ID, error) {
	if err := doithoai.Can(actor, doithoai.ActIssuePlan, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return "", err
	}
	if err := doithoai.RefuseForm(p.Problems()); err != nil {
		return "", err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("plan: %w", err)
	}
	id := newID()
	return id, db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `INSERT INTO plan (id, authority_id, slug, year, body, issued_at)
			VALUES ($1, $2, $3, $4, $5, $6)`,
			id, actor.AuthorityID, slug, p.Year, string(body), tx.Now)
	})
}
