package store

import (
	"context"
	_ "embed" // the commonest passwords

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// officerColumns are an officer without posts and roles: those of a day come from [officersOn].
const officerColumns = `id, authority_id, login, name, active`

func scanOfficer(r row) (o doithoai.Officer, err error) {
	err = r.Scan(&o.ID, &o.AuthorityID, &o.Login, &o.Name, &o.Active)
	return o, err
}

// AddOfficer opens an account. It is run by the operator at the machine itself. Where the officer's Hold is
// HoldPassword, the password is one that was given: it must be changed at the first sign-in.
func (db *DB) AddOfficer(ctx context.Context, o doithoai.Officer, password string) (doithoai.Officer, error) {
	if err := doithoai.RefuseForm(AccountProblems(o, password)); err != nil {
		return o, err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return o, err
	}
	o.ID, o.Active = newID(), true
	err = db.act(ctx, func(tx *Tx) error {
		if err := tx.addOfficer(ctx, o, hash); err != nil {
			return err
		}
		o, err = officerOn(ctx, tx, tx.Now.Date(), o)
		return err
	})
	return o, err
}

// AccountProblems says why an account can't be opened for an officer with a password.
func AccountProblems(o doithoai.Officer, password string) []doithoai.Problem {
	return append(officerProblems(o),
		doithoai.PasswordProblems("mat-khau", o.Login, text.Password(password), commonest())...)
}

// officerProblems says what an officer lacks for an account.
func officerProblems(o doithoai.Officer) []doithoai.Problem {
	var list []doithoai.Problem
	if !doithoai.ValidLogin(o.Login) {
		list = append(list, doithoai.Problem{Field: "ten-dang-nhap", Key: "account.problem.login"})
	}
	if len(o.Roles) == 0 {
		list = append(list, doithoai.Problem{Field: "vai-tro", Key: "account.problem.role"})
	}
	return list
}

// addOfficer keeps a new officer with the hash of a password.
func (tx *Tx) addOfficer(ctx context.Context, o doithoai.Officer, hash string) error {
	if _, err := tx.authorityByID(ctx, o.AuthorityID); err != nil {
		return err
	}
	if err := tx.exec(ctx, `INSERT INTO officer (id, authority_id, login, name, password, active)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		o.ID, o.AuthorityID, o.Login, o.Name, hash, true); err != nil {
		return err
	}
	if err := tx.addPost(ctx, doithoai.Post{
		AuthorityID: o.AuthorityID, OfficerID: o.ID, Title: o.Post, UnitID: o.UnitID, VillageID: o.VillageID, Roles: o.Roles,
	}); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO account (officer_id, given, locked, secret_confirmed, last_step, version)
		VALUES ($1, $2, $3, $3, 0, 1)`,
		o.ID, o.Hold == doithoai.HoldPassword, false)
}

// Officers lists the accounts of an authority, or of all where it is empty.
func (db *DB) Officers(ctx context.Context, authority doithoai.ID) ([]doithoai.Officer, error) {
	query, args := `SELECT `+officerColumns+` FROM officer ORDER BY login`, []any{}
	if authority != "" {
		query, args = `SELECT `+officerColumns+` FROM officer WHERE authority_id = $1 ORDER BY login`, []any{authority}
	}
	officers, err := list(ctx, db.reader(), scanOfficer, query, args...)
	if err != nil {
		return nil, err
	}
	return officersOn(ctx, db.reader(), db.Now().Date(), officers)
}

// officerByID finds an officer of an authority, with the roles and seats of a day.
func officerByID(
	ctx context.Context, q querier, authority, id doithoai.ID, on calendar.Date,
) (doithoai.Officer, error) {
	if err := checkID(id); err != nil {
		return doithoai.Officer{}, err
	}
	o, err := one(ctx, q, scanOfficer, `SELECT `+officerColumns+`
		FROM officer
		WHERE id = $1 AND authority_id = $2`, id, authority)
	if err != nil {
		return o, err
	}
	return officerOn(ctx, q, on, o)
}
