package store

import (
	"context"

	"doithoai"
)

// Rules loads the rules of an authority.
func (db *DB) Rules(ctx context.Context, authority doithoai.ID) (doithoai.Rules, error) {
	return loadRules(ctx, db.reader(), authority)
}

func loadRules(ctx context.Context, q querier, authority doithoai.ID) (r doithoai.Rules, err error) {
	if r.Parameters, err = loadParameters(ctx, q, authority); err != nil {
		return r, err
	}
	if r.Calendar, err = currentCalendar(ctx, q, authority); err != nil {
		return r, err
	}
	r.Fields, err = fieldsOf(ctx, q, authority)
	return r, err
}

func fieldsOf(ctx context.Context, q querier, authority doithoai.ID) ([]doithoai.Field, error) {
	return list(ctx, q, func(row row) (f doithoai.Field, err error) {
		err = row.Scan(&f.Code, &f.Name, &f.Conduct)
		return f, err
	}, `SELECT code, name, conduct FROM field WHERE authority_id = $1 ORDER BY ordinal`, authority)
}
