package store

import (
	"context"
	"errors"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

const accountQuery = `SELECT o.id, o.login,
		coalesce(a.given, $2), coalesce(a.locked, $2), coalesce(a.secret_confirmed, $2), coalesce(a.version, 0),
		(SELECT max(t.at) FROM sign_in_try t WHERE t.officer_id = o.id AND t.outcome = 'done')
	FROM officer o
	LEFT JOIN account a ON a.officer_id = o.id
	WHERE o.authority_id = $1`

func scanAccount(r row) (a doithoai.Account, err error) {
	err = r.Scan(&a.ID, &a.Login, &a.Given, &a.Locked, &a.SecondStep, &a.Version, &a.LastSignIn)
	return a, err
}

// Accounts lists the accounts of the actor's authority by login.
func (db *DB) Accounts(ctx context.Context, actor doithoai.Actor) ([]doithoai.Account, error) {
	if err := may(actor, doithoai.ActManageAccounts); err != nil {
		return nil, err
	}
	all, err := list(ctx, db.reader(), scanAccount, accountQuery+` ORDER BY o.login`, actor.AuthorityID, false)
	if err != nil {
		return nil, err
	}
	officers, err := db.Officers(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	units, err := db.unitNames(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	byID := map[doithoai.ID]doithoai.Officer{}
	for _, o := range officers {
		byID[o.ID] = o
	}
	shut, err := db.shutLogins(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		a := &all[i]
		a.Officer = byID[a.ID]
		a.Unit, a.ShutUntil = units[a.UnitID], shut[string(loginHash(a.Login))]
	}
	return all, nil
}

func (db *DB) unitNames(ctx context.Context, authority doithoai.ID) (map[doithoai.ID]string, error) {
	return pairs[doithoai.ID](ctx, db.reader(), `SELECT id, name FROM unit WHERE authority_id = $1`, authority)
}

// shutLogins are the logins that are shut after wrong tries, by their hash, each with when it opens again.
func (db *DB) shutLogins(ctx context.Context) (map[string]calendar.Instant, error) {
	type shut struct {
		login []byte
		until calendar.Instant
	}
	all, err := list(ctx, db.reader(), func(r row) (s shut, err error) {
		err = r.Scan(&s.login, &s.until)
		return s, err
	},
		`SELECT login_hash, shut_until FROM wrong_try WHERE shut_until > $1`, db.Now())
	byHash := make(map[string]calendar.Instant, len(all))
	for _, s := range all {
		byHash[string(s.login)] = s.until
	}
	return byHash, err
}

// Account is one account of the actor's authority, with the newest tries to sign in to it.
func (db *DB) Account(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (a doithoai.Account, tries []doithoai.SignInTry, err error) {
	if err := checkID(id); err != nil {
		return a, nil, err
	}
	if err := may(actor, doithoai.ActManageAccounts); err != nil {
		return a, nil, err
	}
	a, err = one(ctx, db.reader(), scanAccount, accountQuery+` AND o.id = $3`, actor.AuthorityID, false, id)
	if err != nil {
		return a, nil, err
	}
	o, err := officerByID(ctx, db.reader(), actor.AuthorityID, id, db.Now().Date())
	if err != nil {
		return a, nil, err
	}
	units, err := db.unitNames(ctx, actor.AuthorityID)
	if err != nil {
		return a, nil, err
	}
	shut, err := db.shutLogins(ctx)
	if err != nil {
		return a, nil, err
	}
	a.Officer, a.Unit, a.ShutUntil = o, units[o.UnitID], shut[string(loginHash(a.Login))]
	tries, err = list(ctx, db.reader(), scanTry, `SELECT `+tryColumns+`
		FROM sign_in_try
		WHERE officer_id = $1
		ORDER BY id DESC LIMIT $2`, id, maxHistory)
	return a, tries, err
}

// OpenAccount opens an account in the actor's authority under a password that the program makes. It is returned this
// once, to be given to the officer, who changes it at the first sign-in.
func (db *DB) OpenAccount(
	ctx context.Context, actor doithoai.Actor, o doithoai.Officer,
) (doithoai.Officer, string, error) {
	o.AuthorityID, o.Hold = actor.AuthorityID, doithoai.HoldPassword
	if err := doithoai.Can(actor, doithoai.ActOpenAccount, doithoai.Subject{AuthorityID: o.AuthorityID}); err != nil {
		return o, "", err
	}
	if err := doithoai.RefuseForm(accountProblems(o)); err != nil {
		return o, "", err
	}
	password, err := givenPassword()
	if err != nil {
		return o, "", err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return o, "", err
	}
	o.ID, o.Active = newID(), true
	err = db.act(ctx, func(tx *Tx) error {
		taken, err := one(ctx, tx, column[int], `SELECT count(*) FROM officer WHERE login = $1`, o.Login)
		if err != nil {
			return err
		}
		if taken > 0 {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "ten-dang-nhap", Key: "account.problem.login_taken"}})
		}
		if err := tx.addOfficer(ctx, o, hash); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActOpenAccount, o.Login, "", string(doithoai.AccountGiven))
	})
	return o, password, err
}

// accountProblems says what an account lacks to be opened, in the order of its form.
func accountProblems(o doithoai.Officer) []doithoai.Problem {
	var list []doithoai.Problem
	if o.Name == "" {
		list = append(list, doithoai.Problem{Field: "ho-ten", Key: "account.problem.name"})
	}
	needed := officerProblems(o)
	if o.UnitID == "" && (doithoai.Actor{Roles: o.Roles}).Has(doithoai.RoleUnitOfficer) {
		needed = append(needed, doithoai.Problem{Field: "don-vi", Key: "account.problem.unit"})
	}
	if o.VillageID == "" && (doithoai.Actor{Roles: o.Roles}).Has(doithoai.RoleVillageHead) {
		needed = append(needed, doithoai.Problem{Field: "thon", Key: "organisation.post.problem.village"})
	}
	return append(list, needed...)
}

// accountCase is an account under an act to it: acts to one account, and sign-ins to it, wait for each other.
type accountCase struct {
	tx    *Tx
	actor doithoai.Actor
	act   doithoai.Act
	doithoai.Account
}

// openAccount opens somebody's account for an act of the administrator, who saw it at a version.
func (tx *Tx) openAccount(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*accountCase, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	a, err := tx.holdAccount(ctx, id)
	if err != nil {
		return nil, err
	}
	s := doithoai.Subject{AuthorityID: a.AuthorityID, OfficerID: a.ID}
	if err := doithoai.Can(actor, act, s); err != nil {
		return nil, err
	}
	return &accountCase{tx, actor, act, a}, sameVersion(a.Version, version)
}

// openLogin opens the account of a login for the operator at the machine itself, who needs no permission.
func (tx *Tx) openLogin(ctx context.Context, act doithoai.Act, login string) (*accountCase, error) {
	id, err := one(ctx, tx, column[doithoai.ID], `SELECT id FROM officer WHERE login = $1`, text.Login(login))
	if err != nil {
		return nil, err
	}
	a, err := tx.holdAccount(ctx, id)
	return &accountCase{tx, doithoai.Actor{AuthorityID: a.AuthorityID}, act, a}, err
}

// save ends the act with its entry in the audit: the state in which the account stood and stands.
func (c *accountCase) save(ctx context.Context, before, after doithoai.AccountState) error {
	return c.tx.audit(ctx, c.actor, c.act, c.Login, string(before), string(after))
}

// holdAccount loads an account for an act to it: acts to one account, and sign-ins to it, wait for each other.
func (tx *Tx) holdAccount(ctx context.Context, id doithoai.ID) (a doithoai.Account, err error) {
	o, err := one(ctx, tx, scanOfficer, `SELECT `+officerColumns+`
		FROM officer
		WHERE id = $1`+tx.db.dialect.forUpdate(), id)
	if err != nil {
		return a, err
	}
	a, err = one(ctx, tx, scanAccount, accountQuery+` AND o.id = $3`, o.AuthorityID, false, id)
	a.Officer = o
	return a, err
}

// LockAccount keeps an account from signing in until an administrator unlocks it, and ends its sign-ins.
func (db *DB) LockAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openAccount(ctx, actor, doithoai.ActLockAccount, id, version)
		if err != nil {
			return err
		}
		if err := tx.changeAccount(ctx, c.Account, `locked = $3`, true); err != nil {
			return err
		}
		if err := tx.revokeSignIns(ctx, c.ID); err != nil {
			return err
		}
		return c.save(ctx, c.State(tx.Now), doithoai.AccountLocked)
	})
}

// UnlockAccount ends a lock, the administrator's own or that after too many wrong tries.
func (db *DB) UnlockAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openAccount(ctx, actor, doithoai.ActUnlockAccount, id, version)
		if err != nil {
			return err
		}
		if err := tx.changeAccount(ctx, c.Account, `locked = $3`, false); err != nil {
			return err
		}
		if err := tx.forgetWrongTries(ctx, c.Login); err != nil {
			return err
		}
		before := doithoai.AccountShut
		if c.Locked {
			before = doithoai.AccountLocked
		}
		c.Locked = false
		return c.save(ctx, before, c.State(tx.Now))
	})
}

// DeactivateAccount ends the account of somebody who leaves. Nothing is refused for the work that is still theirs: it
// belongs to the unit, and OpenWork says what remains.
func (db *DB) DeactivateAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openAccount(ctx, actor, doithoai.ActDeactivateAccount, id, version)
		if err != nil {
			return err
		}
		if err := tx.setActive(ctx, c.Account, false); err != nil {
			return err
		}
		return c.save(ctx, c.State(tx.Now), doithoai.AccountDeactivated)
	})
}

// ReactivateAccount lets somebody who is back sign in again, with the password of before.
func (db *DB) ReactivateAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openAccount(ctx, actor, doithoai.ActReactivateAccount, id, version)
		if err != nil {
			return err
		}
		if err := tx.setActive(ctx, c.Account, true); err != nil {
			return err
		}
		before := c.State(tx.Now)
		c.Active = true
		return c.save(ctx, before, c.State(tx.Now))
	})
}

// ResetSecondStep turns the second step off for somebody who has lost the telephone, and ends the sign-ins.
func (db *DB) ResetSecondStep(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openAccount(ctx, actor, doithoai.ActDropSecondStep, id, version)
		if err != nil {
			return err
		}
		if err := tx.dropSecondStep(ctx, c.Account); err != nil {
			return err
		}
		return c.save(ctx, "", "")
	})
}

// SetPassword gives an account another password, unlocks it and revokes all its sign-ins. It is run by the operator at
// the machine itself, as is SetActive; with HoldPassword, the password must be changed at the next sign-in.
func (db *DB) SetPassword(ctx context.Context, login, password string, hold doithoai.Hold) error {
	if err := checkPassword("mat-khau", login, password); err != nil {
		return err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openLogin(ctx, doithoai.ActResetPassword, login)
		if err != nil {
			return err
		}
		if err := tx.setPassword(ctx, c.Account, hash, hold == doithoai.HoldPassword); err != nil {
			return err
		}
		return c.save(ctx, "", "")
	})
}

// SetActive lets an account sign in, or stops it and revokes its sign-ins.
func (db *DB) SetActive(ctx context.Context, login string, active bool) error {
	act := doithoai.ActDeactivateAccount
	if active {
		act = doithoai.ActReactivateAccount
	}
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openLogin(ctx, act, login)
		if err != nil {
			return err
		}
		if err := tx.setActive(ctx, c.Account, active); err != nil {
			return err
		}
		return c.save(ctx, "", "")
	})
}

// DropSecondStep turns an account's second step off and revokes its sign-ins: for the operator at the machine itself,
// where the last administrator has lost the telephone.
func (db *DB) DropSecondStep(ctx context.Context, login string) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openLogin(ctx, doithoai.ActDropSecondStep, login)
		if err != nil {
			return err
		}
		if err := tx.dropSecondStep(ctx, c.Account); err != nil {
			return err
		}
		return c.save(ctx, "", "")
	})
}

// changeAccount writes columns of an account as it was loaded; its row is made where there is none. Each change is a
// new version.
func (tx *Tx) changeAccount(ctx context.Context, a doithoai.Account, set string, args ...any) error {
	if err := tx.exec(ctx, `INSERT INTO account (officer_id, given, locked, secret_confirmed, last_step, version)
		VALUES ($1, $2, $2, $2, 0, 0)
		ON CONFLICT (officer_id) DO NOTHING`, a.ID, false); err != nil {
		return err
	}
	return tx.execOne(ctx, `UPDATE account SET version = version + 1, `+set+` WHERE officer_id = $1 AND version = $2`,
		append([]any{a.ID, a.Version}, args...)...)
}

func (tx *Tx) setPassword(ctx context.Context, a doithoai.Account, hash string, given bool) error {
	return errors.Join(
		tx.changeAccount(ctx, a, `given = $3, locked = $4`, given, false),
		tx.exec(ctx, `UPDATE officer SET password = $2 WHERE id = $1`, a.ID, hash),
		tx.forgetWrongTries(ctx, a.Login),
		tx.revokeSignIns(ctx, a.ID),
	)
}

func (tx *Tx) setActive(ctx context.Context, a doithoai.Account, active bool) error {
	return errors.Join(
		tx.changeAccount(ctx, a, `locked = $3`, false),
		tx.exec(ctx, `UPDATE officer SET active = $2 WHERE id = $1`, a.ID, active),
		tx.revokeSignIns(ctx, a.ID),
	)
}

func (tx *Tx) dropSecondStep(ctx context.Context, a doithoai.Account) error {
	return errors.Join(
		tx.forgetSecret(ctx, a),
		tx.revokeSignIns(ctx, a.ID),
	)
}

// forgetSecret drops the second step with its recovery codes.
func (tx *Tx) forgetSecret(ctx context.Context, a doithoai.Account) error {
	return errors.Join(
		tx.changeAccount(ctx, a, `secret = NULL, secret_confirmed = $3, last_step = 0`, false),
		tx.exec(ctx, `DELETE FROM recovery_code WHERE officer_id = $1`, a.ID),
	)
}

func (tx *Tx) revokeSignIns(ctx context.Context, officer doithoai.ID) error {
	return tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1 WHERE officer_id = $2 AND revoked_at IS NULL`, tx.Now, officer)
}
