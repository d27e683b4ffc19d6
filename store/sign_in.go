package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// SignIn is one sign-in of an officer, open until it expires or is revoked.
type SignIn struct {
	ID        doithoai.ID
	CreatedAt calendar.Instant
	SeenAt    calendar.Instant
	Agent     string // the browser, as it names itself
	Client    string // network address
	This      bool   // the one that asks
}

// SignInLife is how long a sign-in lasts without being used, and at most; codeWait how long one waits for its code.
const (
	SignInIdle = 12 * time.Hour
	SignInLife = 7 * 24 * time.Hour
	codeWait   = 10 * time.Minute
)

// decoy is verified where no such account exists, so that the time to answer tells nothing.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// signingIn is an account that somebody tries to sign in to.
type signingIn struct {
	doithoai.Officer
	hash       string
	locked     bool
	secondStep bool
}

// signingInTo finds the account of a login.
func signingInTo(ctx context.Context, q querier, authority doithoai.ID, login string) (signingIn, error) {
	return one(ctx, q, func(r row) (in signingIn, err error) {
		err = r.Scan(&in.ID, &in.Active, &in.hash, &in.locked, &in.secondStep)
		in.AuthorityID, in.Login = authority, login
		return in, err
	}, `SELECT o.id, o.active, o.password, coalesce(a.locked, $3), coalesce(a.secret_confirmed, $3)
		FROM officer o
		LEFT JOIN account a ON a.officer_id = o.id
		WHERE o.login = $1 AND o.authority_id = $2`, login, authority, false)
}

// stands reports whether an account is as it was before, as far as signing in asks.
func (in signingIn) stands(before signingIn) bool {
	return in.ID == before.ID && in.Active == before.Active && in.hash == before.hash && in.locked == before.locked &&
		in.secondStep == before.secondStep
}

// errAccountChanged says that an account is not as it was when the password was looked at.
var errAccountChanged = errors.New("the account was changed while its password was looked at")

// SignIn opens a sign-in to a site of the authority and returns its token, which only the browser keeps. The officer's
// Hold says what must be done before the pages open.
//
// In this order: a login that is shut, after too many wrong tries, is refused with TooMany whatever the password; a
// wrong login, a wrong password and the account of somebody who has left are one refusal, which counts as a wrong try;
// then an account that an administrator has locked is refused by name. Until the right password came, neither words nor
// time tell whether there is such a login. Tries with a login that exists are kept in its history. The caller throttles
// each client.
//
// An account that is locked, deactivated or given another password meanwhile is looked at anew, so that nothing is
// opened after that.
func (db *DB) SignIn(
	ctx context.Context, authority doithoai.ID, login, password, agent, client string,
) (token string, o doithoai.Officer, err error) {
	for range 1 + rerun {
		if token, o, err = db.signIn(ctx, authority, login, password, agent, client); !errors.Is(err, errAccountChanged) {
			return token, o, err
		}
	}
	return "", doithoai.Officer{}, &doithoai.Error{Kind: doithoai.Conflict, Key: "error.conflict", Cause: err}
}

func (db *DB) signIn(
	ctx context.Context, authority doithoai.ID, login, password, agent, client string,
) (token string, o doithoai.Officer, err error) {
	if err := db.notShut(ctx, db.reader(), login); err != nil {
		return "", o, err
	}
	in, err := signingInTo(ctx, db.reader(), authority, login)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return "", o, err
	}
	hash := decoy
	if err == nil {
		hash = in.hash
	}
	right := verifyPassword(hash, password)
	try := doithoai.SignInTry{OfficerID: in.ID, Agent: text.Cut(agent, 200), Client: client}
	switch {
	case !right || !in.Active:
		return "", o, db.wrongTry(ctx, in.Officer, try, right)
	case in.locked:
		try.Outcome = doithoai.SignInLocked
		err := db.act(ctx, func(tx *Tx) error { return tx.keepTry(ctx, authority, try) })
		if err == nil {
			err = doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.locked")
		}
		return "", o, err
	}
	return db.openSignIn(ctx, in, try)
}

// wrongTry counts a wrong try, keeps it in the history of the account if there is one, and returns the refusal. right
// is whether the password was: the account is then one that somebody has left.
func (db *DB) wrongTry(ctx context.Context, o doithoai.Officer, try doithoai.SignInTry, right bool) error {
	var until calendar.Instant
	var now calendar.Instant
	err := db.act(ctx, func(tx *Tx) (err error) {
		now = tx.Now
		if until, err = tx.countWrongTry(ctx, o.AuthorityID, o.Login); err != nil || o.ID == "" {
			return err
		}
		switch {
		case !until.IsZero():
			try.Outcome = doithoai.SignInShut
		case right:
			try.Outcome = doithoai.SignInInactive
		case try.Outcome == "":
			try.Outcome = doithoai.SignInWrong
		}
		return tx.keepTry(ctx, o.AuthorityID, try)
	})
	switch {
	case err != nil:
		return err
	case !until.IsZero():
		return doithoai.ShutRefusal(now, until)
	case try.Outcome == doithoai.SignInCode:
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "ma", Key: "account.sign_in.code_wrong"}})
	}
	return doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.wrong")
}

// openSignIn opens a sign-in after the right password. Where a code is asked for, it waits for it a short while.
func (db *DB) openSignIn(
	ctx context.Context, in signingIn, try doithoai.SignInTry,
) (token string, o doithoai.Officer, err error) {
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return "", o, fmt.Errorf("sign-in token: %w", err)
	}
	err = db.act(ctx, func(tx *Tx) error {
		if err := db.notShut(ctx, tx, in.Login); err != nil { // by others who tried at the same time
			return err
		}
		if _, err := tx.holdAccount(ctx, in.ID); err != nil {
			return err
		}
		if now, err := signingInTo(ctx, tx, in.AuthorityID, in.Login); err != nil || !now.stands(in) {
			return cmp.Or(err, errAccountChanged)
		}
		life := SignInLife
		try.Outcome = doithoai.SignInDone
		if in.secondStep {
			life, try.Outcome = codeWait, doithoai.SignInWaits
		} else if err := tx.forgetWrongTries(ctx, in.Login); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO sign_in (id, officer_id, token_hash, created_at, seen_at, expires_at, coded,
				agent, client)
			VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8)`,
			newID(), in.ID, tokenHash(secret[:]), tx.Now, tx.Now.Add(life), !in.secondStep, try.Agent, try.Client); err != nil {
			return err
		}
		if err := tx.keepTry(ctx, in.AuthorityID, try); err != nil {
			return err
		}
		var err error
		_, _, o, err = officerOfToken(ctx, tx, tokenHash(secret[:]), tx.Now)
		return err
	})
	return base64.RawURLEncoding.EncodeToString(secret[:]), o, err
}

func (tx *Tx) keepTry(ctx context.Context, authority doithoai.ID, t doithoai.SignInTry) error {
	return tx.exec(ctx, `INSERT INTO sign_in_try (id, authority_id, officer_id, at, outcome, agent, client)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		newID(), authority, t.OfficerID, tx.Now, t.Outcome, t.Agent, t.Client)
}

// loginHash is the key under which the wrong tries with a login are counted. What was typed is not kept: some people
// type their password there.
func loginHash(login string) []byte {
	sum := sha256.Sum256([]byte("doithoai login v1\n" + login))
	return sum[:16]
}

// notShut refuses a login that is shut.
func (db *DB) notShut(ctx context.Context, q querier, login string) error {
	until, err := one(ctx, q, column[calendar.Instant], `SELECT shut_until
		FROM wrong_try
		WHERE login_hash = $1`, loginHash(login))
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil
	}
	if now := db.Now(); err == nil && until.After(now) {
		return doithoai.ShutRefusal(now, until)
	}
	return err
}

// countWrongTry counts a wrong try with a login and returns until when it shuts the login, zero while it does not.
// Tries count together while no longer time lies between two than a login is shut; a login that opens again has all its
// tries.
func (tx *Tx) countWrongTry(
	ctx context.Context, authority doithoai.ID, login string,
) (until calendar.Instant, err error) {
	limit, err := tryLimit(ctx, tx, authority, tx.Now.Date())
	if err != nil {
		return until, err
	}
	tries, err := one(ctx, tx, column[int], `INSERT INTO wrong_try (login_hash, tries, last_at) VALUES ($1, 1, $2)
		ON CONFLICT (login_hash) DO UPDATE SET
			tries = CASE WHEN wrong_try.last_at < $3 THEN 1 ELSE wrong_try.tries + 1 END, last_at = excluded.last_at
		RETURNING tries`,
		loginHash(login), tx.Now, tx.Now.Add(-limit.Wait))
	if err != nil {
		return until, err
	}
	if until = limit.Shut(tries, tx.Now); until.IsZero() {
		return until, nil
	}
	return until, tx.exec(ctx, `UPDATE wrong_try SET tries = 0, shut_until = $2
		WHERE login_hash = $1`, loginHash(login), until)
}

func (tx *Tx) forgetWrongTries(ctx context.Context, login string) error {
	return tx.exec(ctx, `DELETE FROM wrong_try WHERE login_hash = $1`, loginHash(login))
}

// parametersOf reads the rows of some keys.
func parametersOf(
	ctx context.Context, q querier, authority doithoai.ID, first, second string,
) (doithoai.Parameters, error) {
	return list(ctx, q, func(r row) (p doithoai.Parameter, err error) {
		err = r.Scan(&p.Key, &p.Value, &p.Unit, &p.From, &p.To)
		return p, err
	}, `SELECT key, value, unit, valid_from, valid_to
		FROM parameter
		WHERE authority_id = $1 AND key IN ($2, $3)`, authority, first, second)
}

func tryLimit(ctx context.Context, q querier, authority doithoai.ID, on calendar.Date) (doithoai.TryLimit, error) {
	ps, err := parametersOf(ctx, q, authority, doithoai.ParameterTries, doithoai.ParameterLock)
	if err != nil {
		return doithoai.TryLimit{}, err
	}
	return ps.TryLimitAt(on)
}

func tokenHash(secret []byte) []byte {
	sum := sha256.Sum256(append([]byte("doithoai sign-in v1\n"), secret...))
	return sum[:]
}

func hashOfToken(token string) ([]byte, error) {
	secret, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(secret) != 32 {
		return nil, doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
	}
	return tokenHash(secret), nil
}

// seenEvery bounds how often a sign-in's last use is written.
const seenEvery = 5 * time.Minute

// OfficerOf finds who signed in with the token; Unauthenticated where it is unknown, revoked, expired or idle. The
// officer's Hold says what must be done first: the caller opens no other page before. That the sign-in was used is
// written down where that is possible: a full disk keeps nobody from reading.
func (db *DB) OfficerOf(ctx context.Context, token string) (doithoai.Officer, error) {
	hash, err := hashOfToken(token)
	if err != nil {
		return doithoai.Officer{}, err
	}
	now := db.Now()
	id, seen, o, err := officerOfToken(ctx, db.reader(), hash, now)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return o, doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
	}
	if err == nil && now.Sub(seen) > seenEvery {
		db.keepSeen(ctx, id, now)
	}
	if err == nil {
		o.Unread, err = db.unread(ctx, o.ID)
	}
	return o, err
}

// A page waits this long at most for its sign-in's last use to be written; where that failed, none tries for a while.
const (
	seenPatience = 2 * time.Second
	seenAgain    = time.Minute
)

// keepSeen writes down that a sign-in was used, or logs that it could not.
func (db *DB) keepSeen(ctx context.Context, signIn doithoai.ID, now calendar.Instant) {
	if now.Before(*db.unseenUntil.Load()) {
		return
	}
	patient, cancel := context.WithTimeout(ctx, seenPatience)
	defer cancel()
	err := db.act(patient, func(tx *Tx) error {
		return tx.exec(patient, `UPDATE sign_in SET seen_at = $1 WHERE id = $2`, tx.Now, signIn)
	})
	if err != nil && ctx.Err() == nil {
		again := now.Add(seenAgain)
		db.unseenUntil.Store(&again)
		db.log.Warn("the last use of a sign-in was not kept", "error", err)
	}
}

// officerOfToken finds a sign-in that lasts, when it was last used, and whose it is.
func officerOfToken(
	ctx context.Context, q querier, hash []byte, now calendar.Instant,
) (id doithoai.ID, seen calendar.Instant, o doithoai.Officer, err error) {
	type found struct {
		id, officer  doithoai.ID
		seen         calendar.Instant
		coded, given bool
	}
	f, err := one(ctx, q, func(r row) (f found, err error) {
		err = r.Scan(&f.id, &f.officer, &f.seen, &f.coded, &f.given)
		return f, err
	}, `SELECT s.id, s.officer_id, s.seen_at, s.coded, coalesce(a.given, $4)
		FROM sign_in s
		LEFT JOIN account a ON a.officer_id = s.officer_id
		WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3`, hash, now,
		now.Add(-SignInIdle), false)
	if err != nil {
		return "", seen, o, err
	}
	o, err = one(ctx, q, scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1 AND active`, f.officer)
	if err == nil {
		o, err = officerOn(ctx, q, now.Date(), o)
	}
	switch {
	case !f.coded:
		o.Hold = doithoai.HoldCode
	case f.given:
		o.Hold = doithoai.HoldPassword
	}
	return f.id, f.seen, o, err
}

// SignIns lists the open sign-ins of an officer, newest first.
func (db *DB) SignIns(ctx context.Context, actor doithoai.Actor, token string) ([]SignIn, error) {
	hash, err := hashOfToken(token)
	if err != nil {
		return nil, err
	}
	now := db.Now()
	return list(ctx, db.reader(), func(r row) (s SignIn, err error) {
		var h []byte
		err = r.Scan(&s.ID, &s.CreatedAt, &s.SeenAt, &s.Agent, &s.Client, &h)
		s.This = subtle.ConstantTimeCompare(h, hash) == 1
		return s, err
	}, `SELECT id, created_at, seen_at, agent, client, token_hash FROM sign_in
		WHERE officer_id = $1 AND coded AND revoked_at IS NULL AND expires_at > $2 AND seen_at > $3
		ORDER BY id DESC`, actor.ID, now, now.Add(-SignInIdle))
}

// maxHistory bounds how much of the history of sign-ins a page shows.
const maxHistory = 50

const tryColumns = `id, officer_id, at, outcome, agent, client`

func scanTry(r row) (t doithoai.SignInTry, err error) {
	err = r.Scan(&t.ID, &t.OfficerID, &t.At, &t.Outcome, &t.Agent, &t.Client)
	return t, err
}

// SignInHistory lists the newest tries to sign in to the officer's own account, the refused ones too.
func (db *DB) SignInHistory(ctx context.Context, actor doithoai.Actor) ([]doithoai.SignInTry, error) {
	return list(ctx, db.reader(), scanTry, `SELECT `+tryColumns+`
		FROM sign_in_try
		WHERE officer_id = $1 AND authority_id = $2
		ORDER BY id DESC LIMIT $3`, actor.ID, actor.AuthorityID, maxHistory)
}

// RevokeSignIn ends one of the officer's own sign-ins.
func (db *DB) RevokeSignIn(ctx context.Context, actor doithoai.Actor, id doithoai.ID) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `UPDATE sign_in SET revoked_at = $1
			WHERE id = $2 AND officer_id = $3 AND revoked_at IS NULL`, tx.Now, id, actor.ID)
		if err == nil && n == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return err
	})
}

// SignOut ends the sign-in of a token.
func (db *DB) SignOut(ctx context.Context, token string) error {
	hash, err := hashOfToken(token)
	if err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1 WHERE token_hash = $2 AND revoked_at IS NULL`, tx.Now, hash)
	})
}
