package store

import (
	"testing"
	"time"

	"doithoai"
)

// A sign-in opens nothing after a lock, a reset or a deactivation, however late its password was found right.
func TestSignInAgainstTheAdministrator(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		for name, change := range map[string]func(id doithoai.ID, version int) error{
			"lock":       func(id doithoai.ID, v int) error { return db.LockAccount(ctx, fx.admin, id, v) },
			"deactivate": func(id doithoai.ID, v int) error { return db.DeactivateAccount(ctx, fx.admin, id, v) },
			"reset":      func(id doithoai.ID, v int) error { return second(db.ResetPassword(ctx, fx.admin, id, v)) },
			"set":        func(doithoai.ID, int) error { return db.SetActive(ctx, "tu-phap", false) },
		} {
			must(t, db.SetPassword(ctx, "tu-phap", testPassword, doithoai.HoldNone))
			must(t, db.SetActive(ctx, "tu-phap", true))
			a := accountOf(t, db, fx, "tu-phap")
			var token string
			signIn := func() (err error) {
				token, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
				return err
			}
			opened, changed := atOnce(t, db, c, signIn, func() error { return change(a.ID, a.Version) })
			must(t, changed)
			if opened != nil {
				wantKind(t, opened, doithoai.Unauthenticated, "")
				continue
			}
			if _, err := db.OfficerOf(ctx, token); doithoai.KindOf(err) != doithoai.Unauthenticated {
				t.Errorf("%s: the sign-in is open (%v)", name, err)
			}
		}
	})
}

// Nor does the code of the second step.
func TestCodeAgainstTheAdministrator(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		at := time.Date(2026, 11, 20, 8, 0, 10, 0, time.UTC)
		db.wall = func() time.Time { return at }
		signIn := func() string {
			token, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
			must(t, err)
			return token
		}
		secret, _ := turnOn(t, db, fx.justice, signIn())
		at = at.Add(time.Minute)
		token := signIn()
		a := accountOf(t, db, fx, "tu-phap")
		confirmed, locked := atOnce(t, db, c,
			func() error { return db.ConfirmCode(ctx, token, code(t, secret, at), "", "") },
			func() error { return db.LockAccount(ctx, fx.admin, a.ID, a.Version) })
		must(t, locked)
		if confirmed != nil {
			wantKind(t, confirmed, doithoai.Unauthenticated, "")
		}
		_, err := db.OfficerOf(ctx, token)
		wantKind(t, err, doithoai.Unauthenticated, "")
	})
}

// Of a new password and one that the administrator gives at the same time, one is in force and the other was refused.
func TestChangePasswordAgainstReset(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		token, o, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
		a := accountOf(t, db, fx, "tu-phap")
		const own = "con bò vàng ăn cỏ"
		var given string
		changed, reset := atOnce(t, db, c,
			func() error { return db.ChangePassword(ctx, o.Actor(), token, testPassword, own) },
			func() (err error) { given, err = db.ResetPassword(ctx, fx.admin, a.ID, a.Version); return err })
		password := own
		if reset == nil {
			password = given
			changed, reset = reset, changed
		}
		must(t, changed)
		wantKind(t, reset, doithoai.Conflict, "error.conflict")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", password, "", "")
		must(t, err)
	})
}
