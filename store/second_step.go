package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// The second step is a code of six digits that changes every 30 seconds (RFC 6238 with SHA-1, which is what all
// authenticator apps know), reckoned by the machine's clock and the telephone's: never by the demo's, which is another.
const (
	codeStep  = 30 * time.Second
	codeDrift = 1 // steps that a telephone's clock may be early or late
)

var codeOptions = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// secretText is a secret as an app takes it.
func secretText(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// stepOfCode finds the time step whose code this is, later than last: no code is taken twice. False: there is none.
func stepOfCode(secret []byte, code string, at time.Time, last int64) (int64, bool, error) {
	now := at.Unix() / int64(codeStep/time.Second)
	for step := max(now-codeDrift, last+1); step <= now+codeDrift; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), secretText(secret), codeOptions)
		if err == otp.ErrValidateInputInvalidLength { //nolint:errorlint // as the library returns it
			return 0, false, nil
		}
		if err != nil || right {
			return step, right, err
		}
	}
	return 0, false, nil
}

// SecondStep is how the second step of an officer's own account stands.
type SecondStep struct {
	On     bool
	Secret string // while it is being turned on, for the app; never again after that
	Left   int    // recovery codes not used yet
}

type stepSecret struct {
	secret    []byte
	confirmed bool
	last      int64
}

func stepSecretOf(ctx context.Context, q querier, officer doithoai.ID) (stepSecret, error) {
	s, err := one(ctx, q, func(r row) (s stepSecret, err error) {
		err = r.Scan(&s.secret, &s.confirmed, &s.last)
		return s, err
	},
		`SELECT secret, secret_confirmed, last_step FROM account WHERE officer_id = $1`, officer)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return stepSecret{}, nil
	}
	return s, err
}

// SecondStep returns how the second step of the officer's own account stands.
func (db *DB) SecondStep(ctx context.Context, actor doithoai.Actor) (SecondStep, error) {
	s, err := stepSecretOf(ctx, db.reader(), actor.ID)
	if err != nil {
		return SecondStep{}, err
	}
	step := SecondStep{On: s.confirmed}
	if !s.confirmed && s.secret != nil {
		step.Secret = secretText(s.secret)
	}
	step.Left, err = one(ctx, db.reader(), column[int], `SELECT count(*)
		FROM recovery_code
		WHERE officer_id = $1 AND used_at IS NULL`, actor.ID)
	return step, err
}

// StartSecondStep makes the secret that an officer's app is to take. Nothing is asked for yet; starting again makes
// another secret. Where the second step is on, it is a Conflict.
func (db *DB) StartSecondStep(ctx context.Context, actor doithoai.Actor) error {
	secret := make([]byte, 20) // as long as the hash, RFC 4226, 4
	if _, err := rand.Read(secret); err != nil {
		return fmt.Errorf("secret of the second step: %w", err)
	}
	return db.act(ctx, func(tx *Tx) error {
		o, err := tx.own(ctx, actor, doithoai.ActTurnOnSecondStep)
		if err != nil {
			return err
		}
		s, err := stepSecretOf(ctx, tx, actor.ID)
		if err != nil {
			return err
		}
		if s.confirmed {
			return doithoai.Refuse(doithoai.Conflict, "account.second_step.on")
		}
		return tx.changeAccount(ctx, o, `secret = $3, last_step = 0`, secret)
	})
}

// own loads an account for an act of its officer.
func (tx *Tx) own(ctx context.Context, actor doithoai.Actor, act doithoai.Act) (doithoai.Account, error) {
	a, err := tx.holdAccount(ctx, actor.ID)
	if err != nil {
		return a, err
	}
	return a, doithoai.Can(actor, act, doithoai.Subject{AuthorityID: a.AuthorityID, OfficerID: a.ID})
}

// recoveryCodes is how many there are.
const recoveryCodes = 8

// TurnOnSecondStep takes the first code of the officer's app. From now on each sign-in asks for one; other sign-ins of
// the officer, opened by the password alone, are ended. It returns the recovery codes, which are shown this once.
func (db *DB) TurnOnSecondStep(ctx context.Context, actor doithoai.Actor, token, code string) ([]string, error) {
	this, err := hashOfToken(token)
	if err != nil {
		return nil, err
	}
	var codes []string
	err = db.act(ctx, func(tx *Tx) error {
		o, err := tx.own(ctx, actor, doithoai.ActTurnOnSecondStep)
		if err != nil {
			return err
		}
		s, err := stepSecretOf(ctx, tx, actor.ID)
		if err != nil {
			return err
		}
		if s.confirmed || s.secret == nil {
			return doithoai.Refuse(doithoai.Conflict, "account.second_step.on")
		}
		step, right, err := stepOfCode(s.secret, text.CodeCharacters(code), db.wall(), s.last)
		if err != nil {
			return err
		}
		if !right {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "ma", Key: "account.sign_in.code_wrong"}})
		}
		if err := tx.changeAccount(ctx, o, `secret_confirmed = $3, last_step = $4`, true, step); err != nil {
			return err
		}
		if codes, err = tx.makeRecoveryCodes(ctx, o.ID); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE sign_in SET revoked_at = $1
			WHERE officer_id = $2 AND revoked_at IS NULL AND token_hash <> $3`, tx.Now, o.ID, this); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActTurnOnSecondStep, o.Login, "", "")
	})
	return codes, err
}

func (tx *Tx) makeRecoveryCodes(ctx context.Context, officer doithoai.ID) ([]string, error) {
	if err := tx.exec(ctx, `DELETE FROM recovery_code WHERE officer_id = $1`, officer); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		var err error
		if codes[i], err = givenPassword(); err != nil {
			return nil, err
		}
		if err := tx.exec(ctx, `INSERT INTO recovery_code (officer_id, code_hash)
			VALUES ($1, $2)`, officer, recoveryHash(officer, text.CodeCharacters(codes[i]))); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// RenewRecoveryCodes makes the recovery codes of the officer's own account anew, for whoever has the telephone that
// shows this code; the old ones open nothing any more. A wrong code counts as a wrong try to sign in. The new codes are
// shown this once. Where the second step is off, it is a Conflict.
func (db *DB) RenewRecoveryCodes(ctx context.Context, actor doithoai.Actor, code string) ([]string, error) {
	var codes []string
	var o doithoai.Account
	right := false
	err := db.act(ctx, func(tx *Tx) (err error) {
		if o, err = tx.own(ctx, actor, doithoai.ActRenewRecoveryCodes); err != nil {
			return err
		}
		if err := db.notShut(ctx, tx, o.Login); err != nil {
			return err
		}
		s, err := stepSecretOf(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		if !s.confirmed {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if right, err = tx.takeAppCode(ctx, o.ID, s, code); err != nil || !right {
			return err
		}
		if codes, err = tx.makeRecoveryCodes(ctx, o.ID); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActRenewRecoveryCodes, o.Login, "", "")
	})
	if err == nil && !right {
		err = db.wrongTry(ctx, o.Officer, doithoai.SignInTry{OfficerID: o.ID, Outcome: doithoai.SignInCode}, false)
	}
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// recoveryHash is what is kept of a recovery code, given without signs: 79 bits of chance need no slow hash.
func recoveryHash(officer doithoai.ID, code string) []byte {
	plain := strings.ToLower(code)
	sum := sha256.Sum256(binary.BigEndian.AppendUint32([]byte("doithoai recovery code v1\n"+string(officer)+"\n"+plain),
		uint32(len(plain))))
	return sum[:]
}

// TurnOffSecondStep ends the second step of the officer's own account, for whoever knows its password. A wrong password
// counts as a wrong try to sign in.
func (db *DB) TurnOffSecondStep(ctx context.Context, actor doithoai.Actor, password string) error {
	proved, err := db.provePassword(ctx, actor, "mat-khau", password)
	if err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		o, err := tx.own(ctx, actor, doithoai.ActTurnOffSecondStep)
		if err != nil {
			return err
		}
		if err := tx.stillProved(ctx, o.ID, proved); err != nil {
			return err
		}
		if err := tx.forgetSecret(ctx, o); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActTurnOffSecondStep, o.Login, "", "")
	})
}

// ConfirmCode takes the code of the second step, or a recovery code, for a sign-in that waits for it. A wrong one
// counts as a wrong try with the login; none is taken twice.
func (db *DB) ConfirmCode(ctx context.Context, token, code, agent, client string) error {
	hash, err := hashOfToken(token)
	if err != nil {
		return err
	}
	_, o, err := waitingForCode(ctx, db.reader(), hash, db.Now())
	if err != nil {
		return err
	}
	if err := db.notShut(ctx, db.reader(), o.Login); err != nil {
		return err
	}
	try := doithoai.SignInTry{OfficerID: o.ID, Agent: text.Cut(agent, 200), Client: client}
	right := false
	err = db.act(ctx, func(tx *Tx) error {
		right = false
		if _, err := tx.holdAccount(ctx, o.ID); err != nil {
			return err
		}
		id, _, err := waitingForCode(ctx, tx, hash, tx.Now) // it may have been ended meanwhile
		if err != nil {
			return err
		}
		if right, err = tx.takeCode(ctx, o, code); err != nil || !right {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE sign_in SET coded = $2, expires_at = $3
			WHERE id = $1 AND revoked_at IS NULL`, id, true, tx.Now.Add(SignInLife)); err != nil {
			return err
		}
		if err := tx.forgetWrongTries(ctx, o.Login); err != nil {
			return err
		}
		try.Outcome = doithoai.SignInDone
		return tx.keepTry(ctx, o.AuthorityID, try)
	})
	if err == nil && !right {
		try.Outcome = doithoai.SignInCode
		return db.wrongTry(ctx, o, try, false)
	}
	return err
}

// waitingForCode finds the sign-in of a token that waits for its code.
func waitingForCode(
	ctx context.Context, q querier, hash []byte, now calendar.Instant,
) (doithoai.ID, doithoai.Officer, error) {
	id, _, o, err := officerOfToken(ctx, q, hash, now)
	if doithoai.KindOf(err) == doithoai.NotFound || err == nil && o.Hold != doithoai.HoldCode {
		return "", o, doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
	}
	return id, o, err
}

// takeCode uses up a code of the app or a recovery code. The conditional update lets only one of two take it.
func (tx *Tx) takeCode(ctx context.Context, o doithoai.Officer, code string) (bool, error) {
	s, err := stepSecretOf(ctx, tx, o.ID)
	if err != nil || !s.confirmed {
		return false, err
	}
	if right, err := tx.takeAppCode(ctx, o.ID, s, code); err != nil || right {
		return right, err
	}
	for _, s := range text.CodeSpellings(text.CodeCharacters(code), recoveryLength) {
		n, err := tx.execCount(ctx, `UPDATE recovery_code SET used_at = $3
			WHERE officer_id = $1 AND code_hash = $2 AND used_at IS NULL`, o.ID, recoveryHash(o.ID, s), tx.Now)
		if err != nil || n == 1 {
			return n == 1, err
		}
	}
	return false, nil
}

// recoveryLength is the number of characters of a recovery code ([doithoai.GivenPassword]).
const recoveryLength = 16

// takeAppCode uses up a code of the app alone, in the same manner.
func (tx *Tx) takeAppCode(ctx context.Context, officer doithoai.ID, s stepSecret, code string) (bool, error) {
	step, right, err := stepOfCode(s.secret, text.CodeCharacters(code), tx.db.wall(), s.last)
	if err != nil || !right {
		return false, err
	}
	n, err := tx.execCount(ctx, `UPDATE account SET last_step = $2
		WHERE officer_id = $1 AND last_step < $2`, officer, step)
	return n == 1, err
}
