package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed" // the commonest passwords
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

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

// hashing bounds how many passwords are hashed at once in this process, whose cores and memory each takes: others wait.
var hashing = make(chan struct{}, runtime.GOMAXPROCS(0))

// argon is the hash of a password.
func argon(password string, salt []byte, passes, memory uint32, threads uint8) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memory, threads, argonKey)
}

// hashPassword gives the PHC string of a password.
func hashPassword(password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt of password: %w", err)
	}
	key := argon(password, salt, argonTime, argonMemory, argonThreads)
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
	got := argon(password, salt, uint32(passes), uint32(memory), threads)
	return subtle.ConstantTimeCompare(got, want) == 1
}

// officerColumns are an officer without posts and roles: those of a day come from [officersOn].
const officerColumns = `id, authority_id, login, name, active`

func scanOfficer(r row) (o doithoai.Officer, err error) {
	return o, r.Scan(&o.ID, &o.AuthorityID, &o.Login, &o.Name, &o.Active)
}

//go:embed defaults/passwords.txt
var passwords string

// commonest are the passwords that are tried first wherever passwords are guessed, in small letters.
var commonest = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(passwords) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all[line] = true
		}
	}
	return all
})

// checkPassword refuses a password that can't be taken, at its field.
func checkPassword(field, login, password string) error {
	return doithoai.RefuseForm(doithoai.PasswordProblems(field, login, password, commonest()))
}

// givenPassword makes a password to be told to somebody.
func givenPassword() (string, error) {
	var chance [16]byte
	if _, err := rand.Read(chance[:]); err != nil {
		return "", fmt.Errorf("chance for a password: %w", err)
	}
	return doithoai.GivenPassword(chance), nil
}

// AddOfficer opens an account. It is run by the operator at the machine itself. Where the officer's Hold is HoldPassword,
// the password is one that was given: it must be changed at the first sign-in.
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
	return append(officerProblems(o), doithoai.PasswordProblems("mat-khau", o.Login, password, commonest())...)
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
	if err := tx.exec(ctx, `INSERT INTO officer (id, authority_id, login, name, password, active) VALUES ($1, $2, $3, $4, $5, $6)`,
		o.ID, o.AuthorityID, o.Login, o.Name, hash, true); err != nil {
		return err
	}
	if err := tx.addPost(ctx, doithoai.Post{AuthorityID: o.AuthorityID, OfficerID: o.ID, Title: o.Post, UnitID: o.UnitID, VillageID: o.VillageID, Roles: o.Roles}); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO account (officer_id, given, locked, secret_confirmed, last_step, version) VALUES ($1, $2, $3, $3, 0, 1)`,
		o.ID, o.Hold == doithoai.HoldPassword, false)
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
	return db.operate(ctx, login, doithoai.ActResetPassword, func(tx *Tx, o doithoai.Officer) error {
		return tx.setPassword(ctx, o, hash, hold == doithoai.HoldPassword)
	})
}

// SetActive lets an account sign in, or stops it and revokes its sign-ins.
func (db *DB) SetActive(ctx context.Context, login string, active bool) error {
	act := doithoai.ActDeactivateAccount
	if active {
		act = doithoai.ActReactivateAccount
	}
	return db.operate(ctx, login, act, func(tx *Tx, o doithoai.Officer) error { return tx.setActive(ctx, o, active) })
}

// DropSecondStep asks an account for no code any more and revokes its sign-ins: for the operator at the machine itself,
// where the last administrator has lost the telephone.
func (db *DB) DropSecondStep(ctx context.Context, login string) error {
	return db.operate(ctx, login, doithoai.ActDropSecondStep, func(tx *Tx, o doithoai.Officer) error { return tx.dropSecondStep(ctx, o) })
}

// operate does an act of the operator to the account of a login.
func (db *DB) operate(ctx context.Context, login string, act doithoai.Act, f func(*Tx, doithoai.Officer) error) error {
	return db.act(ctx, func(tx *Tx) error {
		o, err := one(ctx, tx, scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE login = $1`, login)
		if err != nil {
			return err
		}
		if err := f(tx, o); err != nil {
			return err
		}
		return tx.audit(ctx, doithoai.Actor{AuthorityID: o.AuthorityID}, act, o.Login, "", "")
	})
}

// changeAccount writes columns of an account, whose row is made where there is none. Each change is a new version.
func (tx *Tx) changeAccount(ctx context.Context, o doithoai.Officer, set string, args ...any) error {
	if err := tx.exec(ctx, `INSERT INTO account (officer_id, given, locked, secret_confirmed, last_step, version) VALUES ($1, $2, $2, $2, 0, 0)
		ON CONFLICT (officer_id) DO NOTHING`, o.ID, false); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE account SET version = version + 1, `+set+` WHERE officer_id = $1`, append([]any{o.ID}, args...)...)
}

func (tx *Tx) setPassword(ctx context.Context, o doithoai.Officer, hash string, given bool) error {
	return errors.Join(
		tx.exec(ctx, `UPDATE officer SET password = $2 WHERE id = $1`, o.ID, hash),
		tx.changeAccount(ctx, o, `given = $2, locked = $3`, given, false),
		tx.forgetWrongTries(ctx, o.Login),
		tx.revokeSignIns(ctx, o),
	)
}

func (tx *Tx) setActive(ctx context.Context, o doithoai.Officer, active bool) error {
	return errors.Join(
		tx.exec(ctx, `UPDATE officer SET active = $2 WHERE id = $1`, o.ID, active),
		tx.changeAccount(ctx, o, `locked = $2`, false),
		tx.revokeSignIns(ctx, o),
	)
}

func (tx *Tx) dropSecondStep(ctx context.Context, o doithoai.Officer) error {
	return errors.Join(
		tx.changeAccount(ctx, o, `secret = NULL, secret_confirmed = $2, last_step = 0`, false),
		tx.exec(ctx, `DELETE FROM recovery_code WHERE officer_id = $1`, o.ID),
		tx.revokeSignIns(ctx, o),
	)
}

func (tx *Tx) revokeSignIns(ctx context.Context, o doithoai.Officer) error {
	return tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1 WHERE officer_id = $2 AND revoked_at IS NULL`, tx.Now, o.ID)
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
