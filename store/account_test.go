package store

import (
	"slices"
	"testing"

	"doithoai"
)

// accountOf is somebody's account as the administrator sees it.
func accountOf(t *testing.T, db *DB, fx *fixture, login string) doithoai.Account {
	t.Helper()
	all, err := db.Accounts(ctxOf(t), fx.admin)
	must(t, err)
	i := slices.IndexFunc(all, func(a doithoai.Account) bool { return a.Login == login })
	if i < 0 {
		t.Fatalf("no account %s among %d", login, len(all))
	}
	a, _, err := db.Account(ctxOf(t), fx.admin, all[i].ID)
	must(t, err)
	if a.Version != all[i].Version || a.Name != all[i].Name || a.State(db.Now()) != all[i].State(db.Now()) {
		t.Errorf("the list has %+v, the page %+v", all[i], a)
	}
	return a
}

// audited checks the newest entry of the audit.
func audited(t *testing.T, db *DB, actor doithoai.Actor, act doithoai.Act, subject, before, after string) {
	t.Helper()
	e, err := one(ctxOf(t), db.reader(), func(r row) (e doithoai.AuditEntry, err error) {
		err = r.Scan(&e.ActorID, &e.Act, &e.Subject, &e.Before, &e.After)
		return e, err
	}, `SELECT actor_id, act, subject, before, after FROM audit_entry WHERE act <> 'sign_in' ORDER BY id DESC LIMIT 1`)
	must(t, err)
	if want := (doithoai.AuditEntry{
		ActorID: actor.ID, Act: act, Subject: subject, Before: before, After: after,
	}); e != want {
		t.Errorf("audit %+v, want %+v", e, want)
	}
}

func TestOpenAccount(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := doithoai.Officer{
			Login: "nguoi-moi", Name: "Người Mới", Post: "Công chức Địa chính", UnitID: fx.units["dia-chinh"].ID,
			Roles: []doithoai.Role{doithoai.RoleUnitOfficer},
		}
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.justice} {
			_, _, err := db.OpenAccount(ctx, a, o)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for field, change := range map[string]func(*doithoai.Officer){
			"ten-dang-nhap": func(o *doithoai.Officer) { o.Login = "van-phong" },
			"ho-ten":        func(o *doithoai.Officer) { o.Name = "" },
			"vai-tro":       func(o *doithoai.Officer) { o.Roles = nil },
			"don-vi":        func(o *doithoai.Officer) { o.UnitID = "" },
			"thon":          func(o *doithoai.Officer) { o.Roles = []doithoai.Role{doithoai.RoleVillageHead} },
		} {
			bad := o
			change(&bad)
			_, _, err := db.OpenAccount(ctx, fx.admin, bad)
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != field {
				t.Errorf("problems %v, want %s", p, field)
			}
		}
		bad := o
		bad.UnitID = fx.otherUnits["van-phong"].ID
		_, _, err := db.OpenAccount(ctx, fx.admin, bad)
		wantKind(t, err, doithoai.NotFound, "")
		bad = o
		bad.VillageID = fx.otherUnits["van-phong"].ID // no village of ours
		_, _, err = db.OpenAccount(ctx, fx.admin, bad)
		wantKind(t, err, doithoai.NotFound, "")
		wantSame(t, before, fingerprint(t, db))

		head := doithoai.Officer{
			Login: "truong-thon", Name: "Trưởng Thôn", Post: "Trưởng thôn", VillageID: fx.villages[1].ID,
			Roles: []doithoai.Role{doithoai.RoleVillageHead},
		}
		_, _, err = db.OpenAccount(ctx, fx.admin, head)
		must(t, err)
		if a := accountOf(t, db, fx, "truong-thon"); a.VillageID != fx.villages[1].ID || len(a.Seats) != 1 ||
			a.Seats[0].VillageID != fx.villages[1].ID {
			t.Errorf("the village head's post is of %q: %+v", a.VillageID, a.Seats)
		}

		o, password, err := db.OpenAccount(ctx, fx.admin, o)
		must(t, err)
		audited(t, db, fx.admin, doithoai.ActOpenAccount, "nguoi-moi", "", "given")
		_, in, err := db.SignIn(ctx, fx.authority.ID, "nguoi-moi", password, "", "")
		must(t, err)
		if in.Hold != doithoai.HoldPassword || in.ID != o.ID || !in.Actor().Has(doithoai.RoleUnitOfficer) {
			t.Errorf("signed in as %+v", in)
		}
		if a := accountOf(t, db, fx, "nguoi-moi"); a.State(db.Now()) != doithoai.AccountGiven || a.LastSignIn != db.Now() {
			t.Errorf("account %+v", a)
		}
	})
}

// Each act of an administrator on another's account: what it changes, who may not, what a stale version does.
func TestManageAccounts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		reset := func(a doithoai.Actor, id doithoai.ID, version int) error {
			_, err := db.ResetPassword(ctx, a, id, version)
			return err
		}
		acts := []struct {
			act           doithoai.Act
			do            func(a doithoai.Actor, id doithoai.ID, version int) error
			before, after string
			ends          bool // the sign-ins
			state         doithoai.AccountState
		}{
			{doithoai.ActLockAccount, func(a doithoai.Actor, id doithoai.ID, v int) error {
				return db.LockAccount(ctx, a, id, v)
			}, "active", "locked", true, doithoai.AccountLocked},
			{doithoai.ActUnlockAccount, func(a doithoai.Actor, id doithoai.ID, v int) error {
				return db.UnlockAccount(ctx, a, id, v)
			}, "locked", "active", false, doithoai.AccountActive},
			{doithoai.ActDropSecondStep, func(a doithoai.Actor, id doithoai.ID, v int) error {
				return db.ResetSecondStep(ctx, a, id, v)
			}, "", "", true, doithoai.AccountActive},
			{doithoai.ActResetPassword, reset, "active", "given", true, doithoai.AccountGiven},
		}
		for _, tt := range acts {
			token := ""
			if tt.act != doithoai.ActUnlockAccount {
				var err error
				token, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
				must(t, err)
				if tt.act == doithoai.ActDropSecondStep {
					turnOn(t, db, fx.justice, token)
				}
			}
			a := accountOf(t, db, fx, "tu-phap")
			before := fingerprint(t, db)
			wantKind(t, tt.do(fx.chair, a.ID, a.Version), doithoai.NotAllowed, "")
			wantKind(t, tt.do(fx.otherAdmin, a.ID, a.Version), doithoai.NotFound, "")
			wantKind(t, tt.do(fx.admin, a.ID, a.Version+1), doithoai.Conflict, "")
			// one's own
			wantKind(t, tt.do(fx.admin, fx.admin.ID, accountOf(t, db, fx, "quan-tri").Version), doithoai.NotAllowed, "")
			for _, id := range badIDs {
				wantKind(t, tt.do(fx.admin, id, 1), doithoai.NotFound, "")
			}
			wantSame(t, before, fingerprint(t, db))
			must(t, tt.do(fx.admin, a.ID, a.Version))
			audited(t, db, fx.admin, tt.act, "tu-phap", tt.before, tt.after)
			wantKind(t, tt.do(fx.admin, a.ID, a.Version), doithoai.Conflict, "") // twice
			if got := accountOf(t, db, fx, "tu-phap"); got.State(db.Now()) != tt.state || got.SecondStep {
				t.Errorf("%s: account %+v", tt.act, got)
			}
			if _, err := db.OfficerOf(ctx, token); tt.ends && doithoai.KindOf(err) != doithoai.Unauthenticated {
				t.Errorf("%s: the sign-in goes on (%v)", tt.act, err)
			}
			if tt.act == doithoai.ActLockAccount {
				_, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
				wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.locked")
				_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", "sai mật khẩu", "", "") // tells nothing of the lock
				wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.wrong")
			}
		}
	})
}

// An administrator opens a login at once that is shut after wrong tries.
func TestUnlockShut(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var err error
		for err == nil || doithoai.KindOf(err) == doithoai.Unauthenticated {
			_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", "sai mật khẩu", "", "")
		}
		wantKind(t, err, doithoai.TooMany, "account.sign_in.shut")
		a := accountOf(t, db, fx, "tu-phap")
		if a.State(db.Now()) != doithoai.AccountShut {
			t.Fatalf("account %+v", a)
		}
		must(t, db.UnlockAccount(ctx, fx.admin, a.ID, a.Version))
		audited(t, db, fx.admin, doithoai.ActUnlockAccount, "tu-phap", "shut", "active")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
	})
}

func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		a := accountOf(t, db, fx, "tu-phap")
		given, err := db.ResetPassword(ctx, fx.admin, a.ID, a.Version)
		must(t, err)
		elsewhere, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", given, "", "")
		must(t, err)
		token, o, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", given, "", "")
		must(t, err)
		if o.Hold != doithoai.HoldPassword {
			t.Fatalf("held for %q", o.Hold)
		}
		for _, tt := range []struct{ before, after, field, key string }{
			{given, "ngắn", "mat-khau-moi", "account.problem.password"},
			{given, "anh-tu-phap-xã", "mat-khau-moi", "account.problem.password_login"},
			{given, "MatKhau12345", "mat-khau-moi", "account.problem.password_common"},
			{given, given, "mat-khau-moi", "account.problem.password_same"},
			{"không phải", "con bò vàng ăn cỏ", "mat-khau", "account.problem.password_wrong"},
		} {
			p := doithoai.ProblemsOf(db.ChangePassword(ctx, o.Actor(), token, tt.before, tt.after))
			if len(p) != 1 || p[0].Field != tt.field || p[0].Key != tt.key {
				t.Errorf("%q: %v, want %s", tt.after, p, tt.key)
			}
		}
		wantKind(t, db.ChangePassword(ctx, doithoai.Actor{ID: o.ID, AuthorityID: fx.other.ID, Roles: o.Roles}, token, given,
			"con bò vàng ăn cỏ"), doithoai.NotFound, "")
		must(t, db.ChangePassword(ctx, o.Actor(), token, given, "con bò vàng ăn cỏ"))
		audited(t, db, o.Actor(), doithoai.ActChangePassword, "tu-phap", "", "")
		if o, err := db.OfficerOf(ctx, token); err != nil || o.Hold != doithoai.HoldNone {
			t.Errorf("held for %q %v", o.Hold, err)
		}
		_, err = db.OfficerOf(ctx, elsewhere)
		wantKind(t, err, doithoai.Unauthenticated, "")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", given, "", "")
		wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.wrong")
	})
}

// Guessing the password behind an open sign-in is as bounded as signing in.
func TestProvingIsThrottled(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var err error
		for range 50 {
			if err = db.TurnOffSecondStep(ctx, fx.justice, "sai mật khẩu"); doithoai.KindOf(err) != doithoai.Invalid {
				break
			}
		}
		wantKind(t, err, doithoai.TooMany, "account.sign_in.shut")
		wantKind(t, db.TurnOffSecondStep(ctx, fx.justice, testPassword), doithoai.TooMany, "account.sign_in.shut")
	})
}

// Who leaves signs in no more. The page before says what is still theirs, and to which unit it falls.
func TestDeactivateAccount(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var numbers []doithoai.RegisterNumber
		for i := range 3 {
			got, err := db.SubmitSlip(ctx, fx.resident, key(i), fx.slip("Nội dung"))
			must(t, err)
			o, err := db.RuleOpinion(ctx, fx.secretary, got.Opinions[0].ID, 1, fx.later())
			must(t, err)
			numbers = append(numbers, o.Number)
			switch i {
			case 0:
				must(t, db.SubmitAnswer(ctx, fx.justice, o.ID, 1, testAnswer))
			case 1:
				must(t, db.SubmitAnswer(ctx, fx.justice, o.ID, 1, testAnswer))
				must(t, db.ReturnAnswer(ctx, fx.chair, o.ID, 2, "Chưa rõ hạn."))
			case 2:
				_, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, string(o.ID), map[string][]string{"tra-loi": {"Đang soạn"}})
				must(t, err)
			}
		}
		got, err := db.SubmitSlip(ctx, fx.resident, key(9), fx.slip("Cán bộ hách dịch."))
		must(t, err)
		must(t, db.NameConcerned(ctx, fx.chair, got.Opinions[0].ID, got.Opinions[0].Version, []doithoai.ID{fx.land.ID}))
		must(t, db.AskExplanation(ctx, fx.chair, got.Opinions[0].ID, fx.land.ID, "Vì sao trả hồ sơ hai lần?",
			db.Now().Date().AddDays(5)))
		a := accountOf(t, db, fx, "tu-phap")
		_, err = db.OpenWork(ctx, fx.chair, a.ID)
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = db.OpenWork(ctx, fx.otherAdmin, a.ID)
		wantKind(t, err, doithoai.NotFound, "")
		work, err := db.OpenWork(ctx, fx.admin, a.ID)
		must(t, err)
		kinds := []OpenKind{OpenSubmitted, OpenReturned, OpenDraft}
		if len(work) != len(kinds) {
			t.Fatalf("open work %+v", work)
		}
		for i, w := range work {
			if w.Number != numbers[i] || w.Kind != kinds[i] || w.Unit != fx.units["tu-phap-ho-tich"].Name || w.Due.IsZero() {
				t.Errorf("open work %d: %+v", i, w)
			}
		}
		asked := OpenTask{Kind: OpenAsked, Due: db.Now().Date().AddDays(5)}
		if work, err := db.OpenWork(ctx, fx.admin, accountOf(t, db, fx, "dia-chinh").ID); err != nil ||
			!slices.Equal(work, []OpenTask{asked}) {
			t.Errorf("somebody else's work: %+v %v", work, err)
		}

		token, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
		wantKind(t, db.DeactivateAccount(ctx, fx.chair, a.ID, a.Version), doithoai.NotAllowed, "")
		wantKind(t, db.DeactivateAccount(ctx, fx.admin, fx.admin.ID, accountOf(t, db, fx, "quan-tri").Version),
			doithoai.NotAllowed, "")
		must(t, db.DeactivateAccount(ctx, fx.admin, a.ID, a.Version))
		audited(t, db, fx.admin, doithoai.ActDeactivateAccount, "tu-phap", "active", "deactivated")
		_, err = db.OfficerOf(ctx, token)
		wantKind(t, err, doithoai.Unauthenticated, "")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.wrong")
		a = accountOf(t, db, fx, "tu-phap")
		must(t, db.ReactivateAccount(ctx, fx.admin, a.ID, a.Version))
		audited(t, db, fx.admin, doithoai.ActReactivateAccount, "tu-phap", "deactivated", "active")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "", "")
		must(t, err)
	})
}
