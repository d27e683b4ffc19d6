package store

import (
	"testing"
	"time"

	"doithoai"
)

func TestAddOfficer(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := doithoai.Officer{
			AuthorityID: fx.authority.ID, Login: "moi", Name: "Người Mới", Roles: []doithoai.Role{doithoai.RoleSecretary},
		}
		before := fingerprint(t, db)
		for field, change := range map[string]func(*doithoai.Officer){
			"ten-dang-nhap": func(o *doithoai.Officer) { o.Login = "hai chữ" },
			"vai-tro":       func(o *doithoai.Officer) { o.Roles = nil },
		} {
			bad := o
			change(&bad)
			_, err := db.AddOfficer(ctx, bad, testPassword)
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != field {
				t.Errorf("problems %v, want %s", p, field)
			}
		}
		_, err := db.AddOfficer(ctx, o, "ngắnngắn")
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "mat-khau" {
			t.Errorf("problems %v, want mat-khau", p)
		}
		stranger := o
		stranger.UnitID = fx.otherUnits["van-phong"].ID
		_, err = db.AddOfficer(ctx, stranger, testPassword)
		wantKind(t, err, doithoai.NotFound, "")
		twice := o
		twice.Login = "van-phong"
		_, err = db.AddOfficer(ctx, twice, testPassword)
		wantKind(t, err, doithoai.Conflict, "")
		wantSame(t, before, fingerprint(t, db))
		o, err = db.AddOfficer(ctx, o, testPassword)
		must(t, err)
		if !o.Active || o.ID == "" {
			t.Errorf("officer %+v", o)
		}
	})
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for login, password := range map[string]string{
			"van-phong": "sai mật khẩu", "không-có": testPassword, "": "", "\x00": "\xff",
		} {
			_, _, err := db.SignIn(ctx, fx.authority.ID, login, password, "", "")
			if kind := doithoai.KindOf(err); kind != doithoai.Unauthenticated && (login != "\x00" || kind != doithoai.Invalid) {
				t.Errorf("sign in as %q: %v", login, err)
			}
		}
		token, o, err := db.SignIn(ctx, fx.authority.ID, "van-phong", testPassword, long(300), "::1")
		must(t, err)
		if o.ID != fx.office.ID || len(o.Roles) != 1 {
			t.Errorf("officer %+v", o)
		}
		again, err := db.OfficerOf(ctx, token)
		must(t, err)
		if again.Actor().Name != fx.office.Name {
			t.Errorf("officer %+v", again)
		}
		list, err := db.SignIns(ctx, fx.office, token)
		must(t, err)
		if len(list) != 1 || !list[0].This || len([]rune(list[0].Agent)) != 200 {
			t.Errorf("sign-ins %+v", list)
		}
		for _, bad := range []string{"", "x", token[:42], token + "A", "' OR 1=1"} {
			_, err := db.OfficerOf(ctx, bad)
			wantKind(t, err, doithoai.Unauthenticated, "")
		}
		must(t, db.SignOut(ctx, token))
		_, err = db.OfficerOf(ctx, token)
		wantKind(t, err, doithoai.Unauthenticated, "")
	})
}

// A sign-in lasts while it is used, but never longer than SignInLife.
func TestSignInEnds(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		idle, _, err := db.SignIn(ctx, fx.authority.ID, "van-phong", testPassword, "", "")
		must(t, err)
		used, _, err := db.SignIn(ctx, fx.authority.ID, "van-phong", testPassword, "", "")
		must(t, err)
		for range 14 { // a week in half days
			fx.clock.forward(SignInIdle - time.Minute)
			if _, err = db.OfficerOf(ctx, used); err != nil {
				t.Fatal(err)
			}
		}
		_, err = db.OfficerOf(ctx, idle)
		wantKind(t, err, doithoai.Unauthenticated, "")
		fx.clock.forward(15 * time.Minute)
		_, err = db.OfficerOf(ctx, used)
		wantKind(t, err, doithoai.Unauthenticated, "")
	})
}

func TestSetPassword(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		token, _, err := db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		must(t, err)
		wantKind(t, db.SetPassword(ctx, "chu-tich", "ngắn", doithoai.HoldNone), doithoai.Invalid, "")
		wantKind(t, db.SetPassword(ctx, "không-có", "một mật khẩu khác", doithoai.HoldNone), doithoai.NotFound, "")
		must(t, db.SetPassword(ctx, "chu-tich", "một mật khẩu khác", doithoai.HoldNone))
		_, err = db.OfficerOf(ctx, token)
		wantKind(t, err, doithoai.Unauthenticated, "")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.wrong")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "chu-tich", "một mật khẩu khác", "", "")
		must(t, err)
	})
}

func TestSetActive(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		token, _, err := db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		must(t, err)
		wantKind(t, db.SetActive(ctx, "không-có", false), doithoai.NotFound, "")
		must(t, db.SetActive(ctx, "chu-tich", false))
		_, err = db.OfficerOf(ctx, token)
		wantKind(t, err, doithoai.Unauthenticated, "")
		_, _, err = db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		wantKind(t, err, doithoai.Unauthenticated, "account.sign_in.wrong")
		must(t, db.SetActive(ctx, "chu-tich", true))
		_, _, err = db.SignIn(ctx, fx.authority.ID, "chu-tich", testPassword, "", "")
		must(t, err)
	})
}

func TestPasswordHash(t *testing.T) {
	hash, err := hashPassword(testPassword)
	must(t, err)
	if !verifyPassword(hash, testPassword) || verifyPassword(hash, testPassword+"x") {
		t.Error("password and hash do not fit")
	}
	for _, bad := range []string{
		"", "$", "$argon2id$v=19$m=1,t=1,p=1$$", "$argon2id$v=19$m=0,t=0,p=0$AAAA$AAAA",
		"$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA",
	} {
		if verifyPassword(bad, "") || verifyPassword(bad, testPassword) {
			t.Errorf("hash %q verifies", bad)
		}
	}
	if verifyPassword(decoy, "") {
		t.Error("the decoy verifies")
	}
}
