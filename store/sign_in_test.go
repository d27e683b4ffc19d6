package store

import (
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"doithoai"
	"doithoai/text"
)

// Too many wrong tries shut a login for a while, whether there is such a login or not, and in the same words; a right
// password does not open it before.
func TestShutAfterWrongTries(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		limit, err := rules.Parameters.TryLimitAt(db.Now().Date())
		must(t, err)
		try := func(login, password string) error {
			_, _, err := db.SignIn(ctx, fx.authority.ID, login, password, "trình duyệt", "10.0.0.1")
			return err
		}
		for _, login := range []string{"van-phong", "khong-co-ai"} {
			for range limit.Most - 1 {
				wantKind(t, try(login, "sai mật khẩu"), doithoai.Unauthenticated, "account.sign_in.wrong")
			}
			for _, password := range []string{"sai mật khẩu", testPassword} { // the last try, and one that comes too late
				err := try(login, password)
				wantKind(t, err, doithoai.TooMany, "account.sign_in.shut")
				if args := doithoai.ProblemsOf(err)[0].Args; args[1] != int(limit.Wait/time.Minute) {
					t.Errorf("%s: wait %v", login, args)
				}
			}
		}
		must(t, try("chu-tich", testPassword)) // others go on
		fx.clock.forward(limit.Wait)
		must(t, try("van-phong", testPassword))
		wantKind(t, try("khong-co-ai", testPassword), doithoai.Unauthenticated, "account.sign_in.wrong")

		history, err := db.SignInHistory(ctx, fx.office)
		must(t, err)
		var got []doithoai.SignInOutcome
		for _, h := range history {
			got = append(got, h.Outcome)
			if h.Client != "10.0.0.1" || h.Agent != "trình duyệt" {
				t.Errorf("try %+v", h)
			}
		}
		if len(got) != limit.Most+1 || got[0] != doithoai.SignInDone || got[1] != doithoai.SignInShut ||
			got[2] != doithoai.SignInWrong {
			t.Errorf("history %v", got)
		}
		if theirs, err := db.SignInHistory(ctx, fx.justice); err != nil || len(theirs) != 0 {
			t.Errorf("somebody else's history: %v %v", theirs, err)
		}
	})
}

// Wrong tries that lie far apart don't add up, and a right one ends the count.
func TestWrongTriesFarApart(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		try := func(password string) error {
			_, _, err := db.SignIn(ctx, fx.authority.ID, "van-phong", password, "", "")
			return err
		}
		for i := range 12 {
			wantKind(t, try("sai mật khẩu"), doithoai.Unauthenticated, "account.sign_in.wrong")
			if i%2 == 0 {
				fx.clock.forward(time.Hour)
			} else {
				must(t, try(testPassword))
			}
		}
	})
}

// Nobody signs in to the sites of another authority, and is told nothing but that the password is wrong.
func TestSignInElsewhere(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		_, _, err := db.SignIn(ctxOf(t), fx.other.ID, "van-phong", testPassword, "", "")
		wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.wrong")
		if tries, err := db.SignInHistory(ctxOf(t), fx.office); err != nil || len(tries) != 0 {
			t.Errorf("history %v %v", tries, err)
		}
	})
}

func TestHistoryIsPurged(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		kept, err := rules.Parameters.TermAt(doithoai.ParameterHistory, db.Now().Date())
		must(t, err)
		signIn := func(password string) {
			_, _, err := db.SignIn(ctx, fx.authority.ID, "van-phong", password, "", "")
			if password == testPassword {
				must(t, err)
			}
		}
		signIn(testPassword)
		signIn("sai mật khẩu")
		fx.clock.forward(time.Duration(kept.N) * 24 * time.Hour)
		signIn(testPassword)
		count := func() int {
			all, err := db.SignInHistory(ctx, fx.office)
			must(t, err)
			return len(all)
		}
		must(t, second(db.Purge(ctx)))
		if n := count(); n != 3 {
			t.Errorf("%d tries on the last day, want 3", n)
		}
		fx.clock.forward(24 * time.Hour)
		must(t, second(db.Purge(ctx)))
		if n := count(); n != 1 {
			t.Errorf("%d tries a day later, want 1", n)
		}
		if n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM wrong_try`); err != nil || n != 0 {
			t.Errorf("%d wrong tries are kept, %v", n, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// code is what an app shows for a secret.
func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	must(t, err)
	return c
}

// turnOn turns the second step of an officer on, and returns its secret and recovery codes.
func turnOn(t *testing.T, db *DB, a doithoai.Actor, token string) (secret string, codes []string) {
	t.Helper()
	ctx := ctxOf(t)
	must(t, db.StartSecondStep(ctx, a))
	step, err := db.SecondStep(ctx, a)
	must(t, err)
	if step.On || step.Secret == "" {
		t.Fatalf("second step %+v", step)
	}
	codes, err = db.TurnOnSecondStep(ctx, a, token, code(t, step.Secret, db.wall()))
	must(t, err)
	return step.Secret, codes
}

func TestSecondStep(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := time.Date(2026, 11, 20, 8, 0, 10, 0, time.UTC) // not the demo's time: that of the machine
		db.wall = func() time.Time { return at }
		in := func() (string, doithoai.Officer) {
			token, o, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "trình duyệt", "10.0.0.1")
			must(t, err)
			return token, o
		}
		elsewhere, _ := in()
		here, o := in()
		if o.Hold != doithoai.HoldNone {
			t.Fatalf("held for %q", o.Hold)
		}
		_, err := db.TurnOnSecondStep(ctx, fx.justice, here, "123456")
		wantKind(t, err, doithoai.Conflict, "") // nothing was started
		wantKind(t, db.StartSecondStep(ctx, doithoai.Actor{
			ID: fx.justice.ID, AuthorityID: fx.other.ID, Roles: fx.justice.Roles,
		}), doithoai.NotFound, "")
		must(t, db.StartSecondStep(ctx, fx.justice))
		_, err = db.TurnOnSecondStep(ctx, fx.justice, here, "12345x")
		wantKind(t, err, doithoai.Invalid, "")
		secret, codes := turnOn(t, db, fx.justice, here)
		if len(codes) != recoveryCodes {
			t.Errorf("%d recovery codes", len(codes))
		}
		wantKind(t, db.StartSecondStep(ctx, fx.justice), doithoai.Conflict, "account.second_step.on")
		if step, err := db.SecondStep(ctx, fx.justice); err != nil || !step.On || step.Secret != "" ||
			step.Left != recoveryCodes {
			t.Errorf("second step %+v %v", step, err)
		}
		_, err = db.OfficerOf(ctx, elsewhere) // was opened by the password alone
		wantKind(t, err, doithoai.Unauthenticated, "")
		if o, err := db.OfficerOf(ctx, here); err != nil || o.Hold != doithoai.HoldNone {
			t.Errorf("the sign-in that turned it on: %q %v", o.Hold, err)
		}

		token, o := in()
		if o.Hold != doithoai.HoldCode {
			t.Fatalf("held for %q", o.Hold)
		}
		confirm := func(token, code string) error { return db.ConfirmCode(ctx, token, code, "trình duyệt", "10.0.0.1") }
		for name, bad := range map[string]string{
			"none": "", "used when it was turned on": code(t, secret, at), "old": code(t, secret, at.Add(-5*time.Minute)),
			"of another form": "1234567", "text": "abcdef",
		} {
			if name == "text" { // the fifth would shut the login
				fx.clock.forward(16 * time.Minute)
				token, _ = in()
			}
			if kind := doithoai.KindOf(confirm(token, bad)); kind != doithoai.Invalid && kind != doithoai.TooMany {
				t.Errorf("%s code: %v", name, kind)
			}
			fx.clock.forward(time.Second)
		}
		fx.clock.forward(time.Hour)
		_, err = db.OfficerOf(ctx, token)
		wantKind(t, err, doithoai.Unauthenticated, "") // it waits ten minutes at most
		wantKind(t, confirm(token, code(t, secret, at.Add(30*time.Second))), doithoai.Unauthenticated, "")

		token, _ = in()
		at = at.Add(time.Minute)
		must(t, confirm(token, code(t, secret, at)[:3]+" "+code(t, secret, at)[3:]))
		if o, err := db.OfficerOf(ctx, token); err != nil || o.Hold != doithoai.HoldNone {
			t.Errorf("held for %q %v", o.Hold, err)
		}
		fx.clock.forward(11 * time.Hour)
		if _, err := db.OfficerOf(ctx, token); err != nil {
			t.Errorf("it lasts as others: %v", err)
		}
		// it waits for nothing
		wantKind(t, confirm(token, code(t, secret, at.Add(30*time.Second))), doithoai.Unauthenticated, "")
		token, _ = in()
		wantKind(t, confirm(token, code(t, secret, at)), doithoai.Invalid, "") // the same code again

		must(t, confirm(token, " "+codes[3]+" "))
		token, _ = in()
		wantKind(t, confirm(token, codes[3]), doithoai.Invalid, "") // each once
		if step, err := db.SecondStep(ctx, fx.justice); err != nil || step.Left != recoveryCodes-1 {
			t.Errorf("second step %+v %v", step, err)
		}
		// Telex, VNI, another dash
		for _, typed := range []string{"Ê7j-xvd9-3py8-2kp3", "ee7j xvđ 3py8 2kp3", "EE7J—XVD9—3PY8—2KP3"} {
			must(t, db.act(ctx, func(tx *Tx) error {
				return tx.exec(ctx, `INSERT INTO recovery_code (officer_id, code_hash) VALUES ($1, $2)`,
					fx.justice.ID, recoveryHash(fx.justice.ID, text.CodeCharacters("ee7j-xvd9-3py8-2kp3")))
			}))
			wantKind(t, confirm(token, "Ê7j-xvd9-3py8-2kp4"), doithoai.Invalid, "")
			must(t, confirm(token, typed))
			token, _ = in()
			must(t, db.act(ctx, func(tx *Tx) error {
				return tx.exec(ctx, `DELETE FROM recovery_code WHERE officer_id = $1 AND used_at IS NOT NULL`, fx.justice.ID)
			}))
		}

		wantKind(t, db.TurnOffSecondStep(ctx, fx.justice, "sai mật khẩu"), doithoai.Invalid, "")
		must(t, db.TurnOffSecondStep(ctx, fx.justice, testPassword))
		if _, o = in(); o.Hold != doithoai.HoldNone {
			t.Errorf("held for %q", o.Hold)
		}
	})
}

// TestRenewRecoveryCodes makes new ones against a code of the app; the old ones are void, and guessing shuts the login.
func TestRenewRecoveryCodes(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := time.Date(2026, 11, 20, 8, 0, 10, 0, time.UTC)
		db.wall = func() time.Time { return at }
		token, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
		_, err = db.RenewRecoveryCodes(ctx, fx.justice, "000000")
		wantKind(t, err, doithoai.Conflict, "") // it is off
		secret, old := turnOn(t, db, fx.justice, token)
		for name, bad := range map[string]string{"used": code(t, secret, at), "none": "", "a recovery code": old[0]} {
			if _, err := db.RenewRecoveryCodes(ctx, fx.justice, bad); doithoai.KindOf(err) != doithoai.Invalid {
				t.Errorf("%s code: %v", name, err)
			}
		}
		if step, err := db.SecondStep(ctx, fx.justice); err != nil || step.Left != recoveryCodes {
			t.Errorf("after refusals: %+v %v", step, err)
		}
		waiting, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
		must(t, db.ConfirmCode(ctx, waiting, old[0], "", "")) // it still opens
		at = at.Add(time.Minute)
		renewed, err := db.RenewRecoveryCodes(ctx, fx.justice, code(t, secret, at))
		must(t, err)
		audited(t, db, fx.justice, doithoai.ActRenewRecoveryCodes, "tu-phap", "", "")
		if step, err := db.SecondStep(ctx, fx.justice); err != nil || !step.On || step.Left != recoveryCodes ||
			len(renewed) != recoveryCodes {
			t.Errorf("%d codes, second step %+v %v", len(renewed), step, err)
		}
		waiting, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
		wantKind(t, db.ConfirmCode(ctx, waiting, old[1], "", ""), doithoai.Invalid, "")
		must(t, db.ConfirmCode(ctx, waiting, renewed[1], "", ""))
		for range 50 {
			if _, err = db.RenewRecoveryCodes(ctx, fx.justice, "12345x"); doithoai.KindOf(err) != doithoai.Invalid {
				break
			}
		}
		wantKind(t, err, doithoai.TooMany, "account.sign_in.shut")
		at = at.Add(time.Minute)
		_, err = db.RenewRecoveryCodes(ctx, fx.justice, code(t, secret, at))
		wantKind(t, err, doithoai.TooMany, "account.sign_in.shut")
	})
}

// Who knows the password can't guess codes: right passwords between don't give wrong codes their tries back.
func TestCodesAreThrottled(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		token, _, err := db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		must(t, err)
		secret, _ := turnOn(t, db, fx.chair, token)
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		limit, err := rules.Parameters.TryLimitAt(db.Now().Date())
		must(t, err)
		wrong := code(t, secret, db.wall().Add(-time.Hour))
		for i := range limit.Most {
			token, _, err := db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
			must(t, err)
			want := doithoai.Invalid
			if i == limit.Most-1 {
				want = doithoai.TooMany
			}
			wantKind(t, db.ConfirmCode(ctx, token, wrong, "", ""), want, "")
		}
		_, _, err = db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		wantKind(t, err, doithoai.TooMany, "account.sign_in.shut")
		history, err := db.SignInHistory(ctx, fx.chair)
		must(t, err)
		if history[0].Outcome != doithoai.SignInShut || history[1].Outcome != doithoai.SignInWaits ||
			history[2].Outcome != doithoai.SignInCode {
			t.Errorf("history %+v", history[:3])
		}
	})
}
