package store

import (
	"context"

	"doithoai"
)

// RegisterViews lists what the officer keeps of the register, by name.
func (db *DB) RegisterViews(ctx context.Context, actor doithoai.Actor) ([]doithoai.RegisterView, error) {
	return registerViews(ctx, db.reader(), actor)
}

func registerViews(ctx context.Context, q querier, actor doithoai.Actor) ([]doithoai.RegisterView, error) {
	if actor.ID == "" {
		return nil, nil
	}
	return list(ctx, q, func(r row) (v doithoai.RegisterView, err error) {
		err = r.Scan(&v.ID, &v.Name, &v.Query)
		return v, err
	}, `SELECT id, name, query FROM register_view WHERE officer_id = $1 ORDER BY name, id`, actor.ID)
}

// KeepRegisterView keeps a tab of the register with its filters for the officer, in the place of one of the same name.
func (db *DB) KeepRegisterView(ctx context.Context, actor doithoai.Actor, v doithoai.RegisterView) error {
	if actor.ID == "" || !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	if !storable(v.Name) || !storable(v.Query) {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	return db.act(ctx, func(tx *Tx) error {
		if _, err := one(ctx, tx, column[doithoai.ID], `SELECT id
			FROM officer
			WHERE id = $1`+tx.db.dialect.forUpdate(), actor.ID); err != nil { // one at a time: views are counted
			return err
		}
		had, err := registerViews(ctx, tx, actor)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(v.Problems(had)); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO register_view (id, authority_id, officer_id, name, query)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (officer_id, name) DO UPDATE SET query = excluded.query`,
			newID(), actor.AuthorityID, actor.ID, v.Name, v.Query)
	})
}

// DropRegisterView forgets a view that the officer keeps; NotFound where it is none of theirs.
func (db *DB) DropRegisterView(ctx context.Context, actor doithoai.Actor, id doithoai.ID) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `DELETE FROM register_view WHERE id = $1 AND officer_id = $2`, id, actor.ID)
		if err == nil && n == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return err
	})
}
