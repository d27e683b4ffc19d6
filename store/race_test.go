package store

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
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
			opened, changed := inRivalry(t, db, c, signIn, func() error { return change(a.ID, a.Version) })
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
		confirmed, locked := inRivalry(t, db, c,
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
		changed, reset := inRivalry(t, db, c,
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

// A full disk keeps nobody from reading: that a sign-in was used is not kept then, and the log says so once.
func TestOfficerReadsWithFullDisk(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		token, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
		var log bytes.Buffer
		db.log = slog.New(slog.NewTextHandler(&log, nil))
		fx.clock.forward(seenEvery + time.Second)
		tries := 0
		c.set(func() error { tries++; return diskFull(db.dialect) })
		for range 3 {
			if o, err := db.OfficerOf(ctx, token); err != nil || o.ID != fx.justice.ID {
				t.Fatalf("with a full disk: %v", err)
			}
		}
		if lines := strings.Count(log.String(), "\n"); tries != 1 || lines != 1 {
			t.Errorf("%d tries, %d log lines: %s", tries, lines, log.String())
		}
		c.set(nil)
		fx.clock.forward(seenAgain)
		must(t, second(db.OfficerOf(ctx, token)))
		seen, err := one(ctx, db.reader(), column[calendar.Instant], `SELECT max(seen_at) FROM sign_in`)
		must(t, err)
		if seen != db.Now() {
			t.Errorf("seen at %s, want %s", seen, db.Now())
		}
	})
}

// A file shows one moment: an act that comes in between is wholly in it or not at all.
func TestFileIsOfOneMoment(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		id := r.Opinions[0].ID
		other := fx.open(t)
		meanwhile := func(act func() error) {
			done := false
			c.hear(func(query string) {
				if !done && strings.Contains(query, "FROM event ") {
					done = true
					must(t, act())
				}
			})
		}
		meanwhile(func() error { return other.SubmitAnswer(ctx, fx.justice, id, 1, testAnswer) })
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		last := f.Events[len(f.Events)-1].Act
		if f.Petition.State != doithoai.PetitionProcessing || last != doithoai.ActRuleOpinion {
			t.Errorf("the petition is %s after %s", f.Petition.State, last)
		}
		meanwhile(func() error { return other.SignAnswer(ctx, fx.chair, id, 2) })
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		o := followed.Opinions[0]
		last = o.Events[len(o.Events)-1].Act
		if o.Petition.State != doithoai.PetitionSubmitted || last != doithoai.ActSubmitAnswer {
			t.Errorf("its holder sees %s after %s", o.Petition.State, last)
		}
	})
}

// An authority whose rules say nothing of its history keeps it, and stops no other's from being purged.
func TestPurgeGoesOn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for id, login := range map[doithoai.ID]string{fx.authority.ID: "van-phong", fx.other.ID: "van-phong-khac"} {
			_, _, err := db.SignIn(ctx, id, login, testPassword, "", "")
			must(t, err)
		}
		unruled, ruledOne := fx.authority.ID, fx.other.ID
		if ruledOne < unruled { // the first one must not stop the second
			unruled, ruledOne = ruledOne, unruled
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `DELETE FROM parameter WHERE authority_id = $1 AND key = $2`, unruled, doithoai.ParameterHistory)
		}))
		fx.clock.forward(10 * 365 * 24 * time.Hour)
		did, err := db.Purge(ctx)
		if !did || err == nil || !strings.Contains(err.Error(), string(unruled)) {
			t.Errorf("purged %v, error %v", did, err)
		}
		for id, want := range map[doithoai.ID]int{unruled: 1, ruledOne: 0} {
			n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM sign_in_try WHERE authority_id = $1`, id)
			must(t, err)
			if n != want {
				t.Errorf("%d tries of authority %s are kept, want %d", n, id, want)
			}
		}
	})
}

// The same form sent to two nodes at once gives one receipt.
func TestOneFormToTwoNodes(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		other := fx.open(t)
		for n := range 3 {
			var here, there Received
			first, second := inRivalry(t, db, c,
				func() (err error) {
					here, err = db.SubmitSlip(ctx, fx.resident, key(n), fx.slip("Một", "Hai"))
					return err
				},
				func() (err error) {
					there, err = other.SubmitSlip(ctx, fx.resident, key(n), fx.slip("Một", "Hai"))
					return err
				})
			must(t, first)
			must(t, second)
			if here.Repeated == there.Repeated {
				t.Errorf("first receipts: %v, %v", !here.Repeated, !there.Repeated)
			}
			here.Repeated = there.Repeated
			if fmt.Sprint(here) != fmt.Sprint(there) {
				t.Errorf("one node's receipt %+v, the other's %+v", here, there)
			}
		}
		// Another form under the same key is refused in words.
		first, second := inRivalry(t, db, c,
			func() error {
				_, err := db.SubmitSlip(ctx, fx.resident, key(9), fx.slip("Một"))
				return err
			},
			func() error {
				_, err := other.SubmitSlip(ctx, fx.resident, key(9), fx.slip("Ba"))
				return err
			})
		if first != nil {
			first, second = second, first
		}
		must(t, first)
		wantKind(t, second, doithoai.Conflict, "slip.problem.sent_already")
		wantWhole(t, db)
	})
}

// A petition that can't go over to the unit that succeeds its own stops no other one.
func TestTransferWorkGoesOn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		first, second := fx.bring(t, db, 1, ruled).Opinions[0], fx.bring(t, db, 2, ruled).Opinions[0]
		heir, err := db.OpenUnit(ctx, fx.office, doithoai.Unit{Name: "Phòng Văn hóa – Xã hội", From: merger})
		must(t, err)
		must(t, db.CloseUnit(ctx, fx.office, fx.units["tu-phap-ho-tich"].ID, merger.AddDays(-1), heir))
		must(t, db.act(ctx, func(tx *Tx) error { // rows as no act leaves them
			return tx.exec(ctx, `UPDATE opinion SET ruling = $1 WHERE id = $2`, doithoai.RulingDenunciation, first.ID)
		}))
		fx.clock.forward(32 * 24 * time.Hour)
		if err := db.TransferWork(ctx); err == nil || !strings.Contains(err.Error(), string(first.ID)) {
			t.Errorf("error %v, want one that names the opinion", err)
		}
		f, err := db.OpinionFile(ctx, fx.chair, second.ID)
		must(t, err)
		if f.Petition.LeadUnitID != heir {
			t.Errorf("the other petition stays with unit %s", f.Petition.LeadUnitID)
		}
	})
}
