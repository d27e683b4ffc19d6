package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"doithoai"
)

// Cost of a password's hash: argon2id with the least memory that OWASP's Password Storage Cheat Sheet recommends
// (19 MiB, two passes), so that a modest PC bears several sign-ins at once.
const (
	argonMemory  = 19 * 1024
	argonTime    = 2
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16

	maxArgonMemory = 1 << 20 // KiB; of a hash that another version of this program made
)

// MinPassword is the least length of a password in characters.
const MinPassword = 10

// hashPassword gives the PHC string of a password.
func hashPassword(password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt of password: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, enc.EncodeToString(salt), enc.EncodeToString(key)), nil
}

// verifyPassword reports whether the password is the one of the PHC string, in a time that does not depend on how much
// of it is right.
func verifyPassword(hash, password string) bool {
	var version, memory, passes int
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) != argonKey || len(salt) != argonSalt || passes < 1 || threads < 1 || memory < 8 || memory > maxArgonMemory {
		return false // what the function would panic over, or never end
	}
	got := argon2.IDKey([]byte(password), salt, uint32(passes), uint32(memory), threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

const officerColumns = `id, authority_id, unit_id, login, name, post, roles, active`

func scanOfficer(r row) (o doithoai.Officer, err error) {
	var roles string
	err = r.Scan(&o.ID, &o.AuthorityID, &o.UnitID, &o.Login, &o.Name, &o.Post, &roles, &o.Active)
	for _, f := range strings.Fields(roles) {
		o.Roles = append(o.Roles, doithoai.Role(f))
	}
	return o, err
}

// AddOfficer opens an account. It is run by the operator at the machine itself.
func (db *DB) AddOfficer(ctx context.Context, o doithoai.Officer, password string) (doithoai.Officer, error) {
	var list []doithoai.Problem
	if o.Login == "" || strings.ContainsAny(o.Login, " \t\n") {
		list = append(list, doithoai.Problem{Field: "ten-dang-nhap", Key: "account.problem.login"})
	}
	if len([]rune(password)) < MinPassword {
		list = append(list, doithoai.Problem{Field: "mat-khau", Key: "account.problem.password", Args: []any{"min", MinPassword}})
	}
	roles := make([]string, len(o.Roles))
	for i, r := range o.Roles {
		roles[i] = string(r)
	}
	if len(roles) == 0 {
		list = append(list, doithoai.Problem{Field: "vai-tro", Key: "account.problem.role"})
	}
	if len(list) > 0 {
		return o, &doithoai.Error{Kind: doithoai.Invalid, Key: "error.invalid", Problems: list}
	}
	hash, err := hashPassword(password)
	if err != nil {
		return o, err
	}
	o.ID, o.Active = newID(), true
	return o, db.act(ctx, func(tx *Tx) error {
		if _, err := tx.authorityByID(ctx, o.AuthorityID); err != nil {
			return err
		}
		if o.UnitID != "" {
			if _, err := one(ctx, tx, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id = $1 AND authority_id = $2`, o.UnitID, o.AuthorityID); err != nil {
				return err
			}
		}
		return tx.exec(ctx, `INSERT INTO officer (id, authority_id, unit_id, login, name, post, roles, password, active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			o.ID, o.AuthorityID, o.UnitID, o.Login, o.Name, o.Post, strings.Join(roles, " "), hash, true)
	})
}

// SetPassword gives an account another password and revokes all its sign-ins.
func (db *DB) SetPassword(ctx context.Context, login, password string) error {
	if len([]rune(password)) < MinPassword {
		return &doithoai.Error{Kind: doithoai.Invalid, Key: "error.invalid", Problems: []doithoai.Problem{{Field: "mat-khau", Key: "account.problem.password", Args: []any{"min", MinPassword}}}}
	}
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	return db.changeAccount(ctx, login, `UPDATE officer SET password = $1 WHERE login = $2`, hash)
}

// SetActive lets an account sign in, or stops it and revokes its sign-ins.
func (db *DB) SetActive(ctx context.Context, login string, active bool) error {
	return db.changeAccount(ctx, login, `UPDATE officer SET active = $1 WHERE login = $2`, active)
}

func (db *DB) changeAccount(ctx context.Context, login, query string, value any) error {
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, query, value, login)
		if err != nil {
			return err
		}
		if n == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1 WHERE revoked_at IS NULL AND officer_id = (SELECT id FROM officer WHERE login = $2)`, tx.Now, login)
	})
}

// Officers lists the accounts of an authority, or of all where it is empty.
func (db *DB) Officers(ctx context.Context, authority doithoai.ID) ([]doithoai.Officer, error) {
	query, args := `SELECT `+officerColumns+` FROM officer ORDER BY login`, []any{}
	if authority != "" {
		query, args = `SELECT `+officerColumns+` FROM officer WHERE authority_id = $1 ORDER BY login`, []any{authority}
	}
	return list(ctx, db.reader(), scanOfficer, query, args...)
}

// SignIn is one sign-in of an officer, open until it expires or is revoked.
type SignIn struct {
	ID        doithoai.ID
	CreatedAt doithoai.Instant
	SeenAt    doithoai.Instant
	Agent     string // the browser, as it names itself
	Client    string // network address
	This      bool   // the one that asks
}

// SignInLife is how long a sign-in lasts without being used, and at most.
const (
	SignInIdle = 12 * time.Hour
	SignInLife = 7 * 24 * time.Hour
)

// decoy is verified where no such account exists, so that the time to answer tells nothing.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// SignIn opens a sign-in and returns its token, which only the browser keeps. A wrong name and a wrong password are one
// refusal. The caller throttles.
func (db *DB) SignIn(ctx context.Context, login, password, agent, client string) (token string, o doithoai.Officer, err error) {
	type account struct {
		officer doithoai.Officer
		hash    string
	}
	a, err := one(ctx, db.reader(), func(r row) (a account, err error) {
		var roles string
		err = r.Scan(&a.officer.ID, &a.officer.AuthorityID, &a.officer.Active, &roles, &a.hash)
		return a, err
	}, `SELECT id, authority_id, active, roles, password FROM officer WHERE login = $1`, login)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return "", o, err
	}
	hash := decoy
	if err == nil {
		hash = a.hash
	}
	if !verifyPassword(hash, password) || err != nil || !a.officer.Active {
		return "", o, doithoai.Refuse(doithoai.Unauthenticated, "sign_in.wrong")
	}
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return "", o, fmt.Errorf("sign-in token: %w", err)
	}
	err = db.act(ctx, func(tx *Tx) error {
		if o, err = one(ctx, tx, scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, a.officer.ID); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO sign_in (id, officer_id, token_hash, created_at, seen_at, expires_at, agent, client) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)`,
			newID(), o.ID, tokenHash(secret[:]), tx.Now, tx.Now.Add(SignInLife), cut(agent, 200), client)
	})
	return base64.RawURLEncoding.EncodeToString(secret[:]), o, err
}

func tokenHash(secret []byte) []byte {
	sum := sha256.Sum256(append([]byte("doithoai sign-in v1\n"), secret...))
	return sum[:]
}

func hashOfToken(token string) ([]byte, error) {
	secret, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(secret) != 32 {
		return nil, doithoai.Refuse(doithoai.Unauthenticated, "sign_in.needed")
	}
	return tokenHash(secret), nil
}

func cut(s string, max int) string {
	if r := []rune(s); len(r) > max {
		return string(r[:max])
	}
	return s
}

// seenEvery bounds how often a sign-in's last use is written.
const seenEvery = 5 * time.Minute

// OfficerOf finds who signed in with the token; Unauthenticated where it is unknown, revoked, expired or idle.
func (db *DB) OfficerOf(ctx context.Context, token string) (doithoai.Officer, error) {
	hash, err := hashOfToken(token)
	if err != nil {
		return doithoai.Officer{}, err
	}
	var id doithoai.ID
	var seen doithoai.Instant
	now := db.Now()
	o, err := one(ctx, db.reader(), func(r row) (o doithoai.Officer, err error) {
		var roles string
		err = r.Scan(&id, &seen, &o.ID, &o.AuthorityID, &o.UnitID, &o.Login, &o.Name, &o.Post, &roles, &o.Active)
		for _, f := range strings.Fields(roles) {
			o.Roles = append(o.Roles, doithoai.Role(f))
		}
		return o, err
	}, `SELECT s.id, s.seen_at, o.id, o.authority_id, o.unit_id, o.login, o.name, o.post, o.roles, o.active
		FROM sign_in s JOIN officer o ON o.id = s.officer_id
		WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3 AND o.active`, hash, now, now.Add(-SignInIdle))
	if doithoai.KindOf(err) == doithoai.NotFound {
		return o, doithoai.Refuse(doithoai.Unauthenticated, "sign_in.needed")
	}
	if err == nil && now.Sub(seen) > seenEvery {
		err = db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE sign_in SET seen_at = $1 WHERE id = $2`, tx.Now, id)
		})
	}
	return o, err
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
		WHERE officer_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND seen_at > $3 ORDER BY id DESC`, actor.ID, now, now.Add(-SignInIdle))
}

// RevokeSignIn ends one of the officer's own sign-ins.
func (db *DB) RevokeSignIn(ctx context.Context, actor doithoai.Actor, id doithoai.ID) error {
	if err := known(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `UPDATE sign_in SET revoked_at = $1 WHERE id = $2 AND officer_id = $3 AND revoked_at IS NULL`, tx.Now, id, actor.ID)
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
