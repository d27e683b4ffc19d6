package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed" // the commonest passwords
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"

	"doithoai"
	"doithoai/text"
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

// argon is the hash of a password in its normal form: however it came, the same keys are the same password.
func argon(password string, salt []byte, passes, memory uint32, threads uint8) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(text.Password(password)), salt, passes, memory, threads, argonKey)
}

// hashPassword returns the PHC string of a password.
func hashPassword(password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt of password: %w", err)
	}
	key := argon(password, salt, argonTime, argonMemory, argonThreads)
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		enc.EncodeToString(salt), enc.EncodeToString(key)), nil
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
	if err != nil || len(want) != argonKey || len(salt) != argonSalt || passes < 1 || threads < 1 || memory < 8 ||
		memory > maxArgonMemory {
		return false // what the function would panic over, or never end
	}
	got := argon(password, salt, uint32(passes), uint32(memory), threads)
	return subtle.ConstantTimeCompare(got, want) == 1
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
	return doithoai.RefuseForm(doithoai.PasswordProblems(field, login, text.Password(password), commonest()))
}

// givenPassword makes a password to be told to somebody.
func givenPassword() (string, error) {
	var chance [16]byte
	if _, err := rand.Read(chance[:]); err != nil {
		return "", fmt.Errorf("chance for a password: %w", err)
	}
	return doithoai.GivenPassword(chance), nil
}

// ResetPassword gives an account a password that the program makes, returned this once, unlocks it and ends its
// sign-ins. Its officer changes it at the next sign-in.
func (db *DB) ResetPassword(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) (string, error) {
	password, err := givenPassword()
	if err != nil {
		return "", err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return "", err
	}
	err = db.act(ctx, func(tx *Tx) error {
		c, err := tx.openAccount(ctx, actor, doithoai.ActResetPassword, id, version)
		if err != nil {
			return err
		}
		if err := tx.setPassword(ctx, c.Account, hash, true); err != nil {
			return err
		}
		return c.save(ctx, c.State(tx.Now), doithoai.AccountGiven)
	})
	if err != nil {
		return "", err
	}
	return password, nil
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
	proved, err := db.provePassword(ctx, actor, "mat-khau", before)
	if err != nil {
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
		if err := tx.stillProved(ctx, o.ID, proved); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE officer SET password = $2 WHERE id = $1`, o.ID, hash); err != nil {
			return err
		}
		if err := tx.changeAccount(ctx, o, `given = $3`, false); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1
			WHERE officer_id = $2 AND revoked_at IS NULL AND token_hash <> $3`, tx.Now, o.ID, this); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActChangePassword, o.Login, "", "")
	})
}

// provePassword lets who knows the password of the own account go on, and returns the hash that it was proved by: the
// act that follows asks whether it still is the account's. A wrong one counts as a wrong try to sign in.
func (db *DB) provePassword(
	ctx context.Context, actor doithoai.Actor, field, password string,
) (hash string, err error) {
	o, err := one(ctx, db.reader(), scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, actor.ID)
	if err != nil {
		return "", err
	}
	if err := db.notShut(ctx, db.reader(), o.Login); err != nil {
		return "", err
	}
	hash, err = one(ctx, db.reader(), column[string], `SELECT password FROM officer WHERE id = $1`, actor.ID)
	if err != nil {
		return "", err
	}
	if verifyPassword(hash, password) {
		return hash, nil
	}
	err = db.wrongTry(ctx, o, doithoai.SignInTry{OfficerID: o.ID}, false)
	if doithoai.KindOf(err) == doithoai.Unauthenticated { // the sign-in stays: only this proof failed
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: field, Key: "account.problem.password_wrong"}})
	}
	return "", err
}

// stillProved refuses with Conflict where the password has changed since [DB.provePassword].
func (tx *Tx) stillProved(ctx context.Context, officer doithoai.ID, proved string) error {
	hash, err := one(ctx, tx, column[string], `SELECT password FROM officer WHERE id = $1`, officer)
	if err == nil && hash != proved {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}
