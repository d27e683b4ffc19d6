package store

import (
	"context"
	"fmt"

	"doithoai"
)

// holdRules makes changes of an authority's rules wait for each other.
func (tx *Tx) holdRules(ctx context.Context, authority doithoai.ID) error {
	_, err := one(ctx, tx, column[doithoai.ID], `SELECT id
		FROM authority
		WHERE id = $1`+tx.db.dialect.forUpdate(), authority)
	return err
}

const parameterColumns = `ordinal, key, section, label, value, unit, valid_from, valid_to, basis, basis_key, certainty`

func scanParameter(row row) (p doithoai.Parameter, err error) {
	err = row.Scan(&p.Version, &p.Key, &p.Group, &p.Label, &p.Value, &p.Unit, &p.From, &p.To, &p.Basis, &p.BasisKey,
		&p.Certainty)
	return p, err
}

func loadParameters(ctx context.Context, q querier, authority doithoai.ID) (doithoai.Parameters, error) {
	return list(ctx, q, scanParameter, `SELECT `+parameterColumns+`
		FROM parameter
		WHERE authority_id = $1
		ORDER BY ordinal`, authority)
}

// loadParameter reads the rows of one parameter alone, of all days.
func loadParameter(ctx context.Context, q querier, authority doithoai.ID, key string) (doithoai.Parameters, error) {
	return list(ctx, q, scanParameter, `SELECT `+parameterColumns+`
		FROM parameter
		WHERE authority_id = $1 AND key = $2
		ORDER BY ordinal`, authority, key)
}

// SetParameter gives a parameter another value from a later day on. version is that of the parameter's last row as the
// actor saw it.
func (db *DB) SetParameter(
	ctx context.Context, actor doithoai.Actor, version int, c doithoai.ParameterChange,
) (doithoai.Parameter, error) {
	var set doithoai.Parameter
	err := db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActSetParameter); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		all, err := loadParameters(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		bases, err := legalBases(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		if rows := all.Of(c.Key); len(rows) > 0 && rows[len(rows)-1].Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		added, closed, err := all.Set(c, bases, tx.Now.Date())
		if err != nil {
			return err
		}
		before := ""
		if closed != nil {
			before = parameterEntry(*closed)
			if err := tx.endParameter(ctx, actor.AuthorityID, *closed); err != nil {
				return err
			}
		}
		if added.Version, err = tx.insertParameter(ctx, actor.AuthorityID, added); err != nil {
			return err
		}
		set = added
		return tx.audit(ctx, actor, doithoai.ActSetParameter, c.Key, before, parameterEntry(added))
	})
	return set, err
}

// WithdrawParameter takes back a value that has not begun. version is that of its row.
func (db *DB) WithdrawParameter(ctx context.Context, actor doithoai.Actor, version int) (doithoai.Parameter, error) {
	var gone doithoai.Parameter
	err := db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActWithdrawParameter); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		all, err := loadParameters(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		var reopened *doithoai.Parameter
		if gone, reopened, err = all.Withdraw(version, tx.Now.Date()); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `DELETE FROM parameter
			WHERE authority_id = $1 AND ordinal = $2`, actor.AuthorityID, version); err != nil {
			return err
		}
		after := ""
		if reopened != nil {
			after = parameterEntry(*reopened)
			if err := tx.endParameter(ctx, actor.AuthorityID, *reopened); err != nil {
				return err
			}
		}
		return tx.audit(ctx, actor, doithoai.ActWithdrawParameter, gone.Key, parameterEntry(gone), after)
	})
	return gone, err
}

// parameterEntry is a row as the audit keeps it: "7 days 2016-01-01/2025-06-15 luat-77-2015-qh13".
func parameterEntry(p doithoai.Parameter) string {
	s := fmt.Sprintf("%s %s %s/%s", p.Value, p.Unit, p.From, p.To)
	if p.BasisKey != "" {
		s += " " + p.BasisKey
	}
	return s
}

// endParameter writes the last day of a row.
func (tx *Tx) endParameter(ctx context.Context, authority doithoai.ID, p doithoai.Parameter) error {
	return tx.execOne(ctx, `UPDATE parameter SET valid_to = $1
		WHERE authority_id = $2 AND ordinal = $3`, p.To, authority, p.Version)
}

// insertParameter adds a row and returns its version, which no row before has had: the counter starts behind the rows
// of the set-up.
func (tx *Tx) insertParameter(ctx context.Context, authority doithoai.ID, p doithoai.Parameter) (int, error) {
	n, err := tx.count(ctx, authority, parameterCounter, 1)
	if err != nil {
		return 0, err
	}
	return int(n), tx.exec(ctx, `INSERT INTO parameter (authority_id, `+parameterColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		authority, n, p.Key, p.Group, p.Label, p.Value, p.Unit, p.From, p.To, p.Basis, p.BasisKey, p.Certainty)
}

const parameterCounter = "parameter"
