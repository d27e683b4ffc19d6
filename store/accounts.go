package store

import (
	"context"

	"doithoai"
)

const accountQuery = `SELECT o.id, o.login, coalesce(a.given, $2), coalesce(a.locked, $2), coalesce(a.secret_confirmed, $2), coalesce(a.version, 0),
	(SELECT max(t.at) FROM sign_in_try t WHERE t.officer_id = o.id AND t.outcome = 'done')
	FROM officer o LEFT JOIN account a ON a.officer_id = o.id WHERE o.authority_id = $1`

func scanAccount(r row) (a doithoai.Account, err error) {
	return a, r.Scan(&a.ID, &a.Login, &a.Given, &a.Locked, &a.SecondStep, &a.Version, &a.LastSignIn)
}

// Accounts lists the accounts of the actor's authority by login.
func (db *DB) Accounts(ctx context.Context, actor doithoai.Actor) ([]doithoai.Account, error) {
	if err := doithoai.Can(actor, doithoai.ActManageAccounts, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
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
func (db *DB) shutLogins(ctx context.Context) (map[string]doithoai.Instant, error) {
	type shut struct {
		login []byte
		until doithoai.Instant
	}
	all, err := list(ctx, db.reader(), func(r row) (s shut, err error) { return s, r.Scan(&s.login, &s.until) },
		`SELECT login_hash, shut_until FROM wrong_try WHERE shut_until > $1`, db.Now())
	byHash := make(map[string]doithoai.Instant, len(all))
	for _, s := range all {
		byHash[string(s.login)] = s.until
	}
	return byHash, err
}

// Account is one account of the actor's authority, with the newest tries to sign in to it.
func (db *DB) Account(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (a doithoai.Account, tries []doithoai.SignInTry, err error) {
	if err := known(id); err != nil {
		return a, nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActManageAccounts, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return a, nil, err
	}
	if a, err = one(ctx, db.reader(), scanAccount, accountQuery+` AND o.id = $3`, actor.AuthorityID, false, id); err != nil {
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
	tries, err = list(ctx, db.reader(), scanTry, `SELECT `+tryColumns+` FROM sign_in_try WHERE officer_id = $1 ORDER BY id DESC LIMIT $2`, id, maxHistory)
	return a, tries, err
}

// OpenAccount opens an account in the actor's authority under a password that the program makes. It is returned this once,
// to be given to the officer, who changes it at the first sign-in.
func (db *DB) OpenAccount(ctx context.Context, actor doithoai.Actor, o doithoai.Officer) (doithoai.Officer, string, error) {
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
		needed = append(needed, doithoai.Problem{Field: "thon", Key: "post.problem.village"})
	}
	return append(list, needed...)
}

// manage does an act of the administrator to somebody's account that was seen at a version.
func (db *DB) manage(ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int, f func(*Tx, doithoai.Account) (before, after string, err error)) error {
	if err := known(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		o, err := one(ctx, tx, scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, act, doithoai.Subject{AuthorityID: o.AuthorityID, OfficerID: o.ID}); err != nil {
			return err
		}
		a, err := one(ctx, tx, scanAccount, accountQuery+` AND o.id = $3`, o.AuthorityID, false, id)
		if err != nil {
			return err
		}
		if a.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		a.Officer = o
		before, after, err := f(tx, a)
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, act, o.Login, before, after)
	})
}

// ResetPassword gives an account a password that the program makes, returned this once, unlocks it and ends its sign-ins.
// Its officer changes it at the next sign-in.
func (db *DB) ResetPassword(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) (string, error) {
	password, err := givenPassword()
	if err != nil {
		return "", err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return "", err
	}
	return password, db.manage(ctx, actor, doithoai.ActResetPassword, id, version, func(tx *Tx, a doithoai.Account) (string, string, error) {
		return string(a.State(tx.Now)), string(doithoai.AccountGiven), tx.setPassword(ctx, a.Officer, hash, true)
	})
}

// LockAccount keeps an account from signing in until an administrator unlocks it, and ends its sign-ins.
func (db *DB) LockAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.manage(ctx, actor, doithoai.ActLockAccount, id, version, func(tx *Tx, a doithoai.Account) (string, string, error) {
		before := string(a.State(tx.Now))
		if err := tx.changeAccount(ctx, a.Officer, `locked = $2`, true); err != nil {
			return "", "", err
		}
		return before, string(doithoai.AccountLocked), tx.revokeSignIns(ctx, a.Officer)
	})
}

// UnlockAccount ends a lock, the administrator's own or that after too many wrong tries.
func (db *DB) UnlockAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.manage(ctx, actor, doithoai.ActUnlockAccount, id, version, func(tx *Tx, a doithoai.Account) (string, string, error) {
		before := doithoai.AccountShut
		if a.Locked {
			before = doithoai.AccountLocked
		}
		if err := tx.changeAccount(ctx, a.Officer, `locked = $2`, false); err != nil {
			return "", "", err
		}
		a.Locked = false
		return string(before), string(a.State(tx.Now)), tx.forgetWrongTries(ctx, a.Login)
	})
}

// DeactivateAccount ends the account of somebody who leaves. Nothing is refused for the work that is still theirs: it
// belongs to the unit, and OpenWork says what remains.
func (db *DB) DeactivateAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.manage(ctx, actor, doithoai.ActDeactivateAccount, id, version, func(tx *Tx, a doithoai.Account) (string, string, error) {
		return string(a.State(tx.Now)), string(doithoai.AccountDeactivated), tx.setActive(ctx, a.Officer, false)
	})
}

// ReactivateAccount lets somebody who is back sign in again, with the password of before.
func (db *DB) ReactivateAccount(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.manage(ctx, actor, doithoai.ActReactivateAccount, id, version, func(tx *Tx, a doithoai.Account) (string, string, error) {
		before := string(a.State(tx.Now))
		a.Active = true
		return before, string(a.State(tx.Now)), tx.setActive(ctx, a.Officer, true)
	})
}

// ResetSecondStep asks somebody who has lost the telephone for no code any more, and ends the sign-ins.
func (db *DB) ResetSecondStep(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.manage(ctx, actor, doithoai.ActDropSecondStep, id, version, func(tx *Tx, a doithoai.Account) (string, string, error) {
		return "", "", tx.dropSecondStep(ctx, a.Officer)
	})
}

// ChangePassword changes the password of the officer's own account, for whoever knows the one of before, and ends its
// other sign-ins. A wrong one counts as a wrong try to sign in.
func (db *DB) ChangePassword(ctx context.Context, actor doithoai.Actor, token, before, after string) error {
	this, err := hashOfToken(token)
	if err != nil {
		return err
	}
	o, err := one(ctx, db.reader(), scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, actor.ID)
	if err != nil {
		return err
	}
	if err := checkPassword("mat-khau-moi", o.Login, after); err != nil {
		return err
	}
	if before == after {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "mat-khau-moi", Key: "account.problem.password_same"}})
	}
	if err := db.provePassword(ctx, actor, "mat-khau", before); err != nil {
		return err
	}
	hash, err := hashPassword(after)
	if err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		o, err := tx.own(ctx, actor, doithoai.ActChangePassword)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE officer SET password = $2 WHERE id = $1`, o.ID, hash); err != nil {
			return err
		}
		if err := tx.changeAccount(ctx, o, `given = $2`, false); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1 WHERE officer_id = $2 AND revoked_at IS NULL AND token_hash <> $3`, tx.Now, o.ID, this); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActChangePassword, o.Login, "", "")
	})
}

// provePassword lets who knows the password of the own account go on. A wrong one counts as a wrong try to sign in.
func (db *DB) provePassword(ctx context.Context, actor doithoai.Actor, field, password string) error {
	o, err := one(ctx, db.reader(), scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, actor.ID)
	if err != nil {
		return err
	}
	if err := db.notShut(ctx, db.reader(), o.Login); err != nil {
		return err
	}
	hash, err := one(ctx, db.reader(), column[string], `SELECT password FROM officer WHERE id = $1`, actor.ID)
	if err != nil {
		return err
	}
	if verifyPassword(hash, password) {
		return nil
	}
	err = db.wrongTry(ctx, o, doithoai.SignInTry{OfficerID: o.ID}, false)
	if doithoai.KindOf(err) == doithoai.Unauthenticated { // the sign-in stays: only this proof failed
		return doithoai.RefuseForm([]doithoai.Problem{{Field: field, Key: "account.problem.password_wrong"}})
	}
	return err
}

// OpenTask is a piece of open work that somebody has begun: its register number says which, no content.
type OpenTask struct {
	Number doithoai.RegisterNumber // empty: a draft that belongs to no opinion, or an explanation
	Kind   OpenKind
	Unit   string // to which it falls, "" where that is the office
	Due    doithoai.Date
}

// OpenKind is what somebody has begun.
type OpenKind string

const (
	OpenDraft     OpenKind = "draft"     // typed and sent to nobody: it goes with its writer
	OpenSubmitted OpenKind = "submitted" // an answer that waits for a signature
	OpenReturned  OpenKind = "returned"  // an answer that came back
	OpenProposed  OpenKind = "proposed"  // a public summary that waits for another's eyes, or came back
	OpenAsked     OpenKind = "asked"     // an explanation that the chair asked of this officer: without number, it is about them
)

// OpenWork lists what an officer has begun and not ended, earliest due first. Denunciations are not in it.
func (db *DB) OpenWork(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]OpenTask, error) {
	if err := known(id); err != nil {
		return nil, err
	}
	o, err := one(ctx, db.reader(), scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActManageAccounts, doithoai.Subject{AuthorityID: o.AuthorityID, OfficerID: o.ID}); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), func(r row) (t OpenTask, err error) { return t, r.Scan(&t.Number, &t.Kind, &t.Unit, &t.Due) },
		`SELECT w.number, w.kind, coalesce(u.name, ''), w.due FROM (
			SELECT o.number AS number, p.state AS kind, p.lead_unit_id AS unit_id, p.due AS due
			FROM petition p JOIN opinion o ON o.id = p.opinion_id
			WHERE p.state IN ('submitted', 'returned') AND o.ruling <> 'TC' AND $1 = (
				SELECT e.actor_id FROM event e WHERE e.opinion_id = o.id AND e.act = 'submit_answer' ORDER BY e.leaf DESC LIMIT 1)
			UNION ALL
			SELECT o.number, 'proposed', p.lead_unit_id, p.due
			FROM publication b JOIN opinion o ON o.id = b.opinion_id LEFT JOIN petition p ON p.id = o.petition_id
			WHERE b.proposed_by = $1 AND b.state <> 'published' AND o.ruling <> 'TC'
			UNION ALL
			SELECT '', 'asked', NULL, x.due
			FROM explanation x JOIN opinion o ON o.id = x.opinion_id
			WHERE x.officer_id = $1 AND x.given_at IS NULL AND o.ruling <> 'TC'
			UNION ALL
			SELECT coalesce(o.number, ''), 'draft', p.lead_unit_id, p.due
			FROM draft d LEFT JOIN opinion o ON CAST(o.id AS text) = d.subject LEFT JOIN petition p ON p.id = o.petition_id
			WHERE d.officer_id = $1 AND coalesce(o.ruling, '') <> 'TC'
		) w LEFT JOIN unit u ON u.id = w.unit_id
		ORDER BY CASE WHEN w.due IS NULL THEN 1 ELSE 0 END, w.due, w.number, w.kind LIMIT $2`, id, maxWork)
}
