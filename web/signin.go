package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/text"
)

// SignInPath is where officers sign in, CodePath where they enter the code of the second step, PasswordPath where they
// change their password.
const (
	SignInPath   = "/noi-bo/dang-nhap"
	CodePath     = "/noi-bo/dang-nhap/ma"
	PasswordPath = "/noi-bo/tai-khoan/mat-khau"
)

// holdPaths are where a sign-in goes on that waits for something.
var holdPaths = map[doithoai.Hold]string{
	doithoai.HoldNone: SignInPath, doithoai.HoldCode: CodePath, doithoai.HoldPassword: PasswordPath,
}

const signInLife = 7 * 24 * time.Hour // the store ends it earlier when it is idle or revoked

// admit lets a staff request in: over https or on this machine, signed in, of this authority, with nothing left that
// the sign-in waits for, and able to do the route's act to some subject. What exactly the officer may do is decided
// again by the act itself.
func (h *Host) admit(r *Request, route Route) error {
	if !r.Secure && !r.loopback() {
		return doithoai.Refuse(doithoai.NotAllowed, "account.sign_in.needs_https")
	}
	if route.Open {
		return nil
	}
	r.Token = r.GetCookie(SignInCookie)
	if r.Token == "" {
		return doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
	}
	var err error
	if r.Officer, err = h.SignIns.Officer(r.Context(), r.Token); err != nil {
		return err
	}
	if r.Officer.AuthorityID != r.Authority.ID {
		return doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
	}
	if r.Officer.Hold != doithoai.HoldNone && !slices.Contains(route.Holds, r.Officer.Hold) {
		return doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.held")
	}
	if len(r.Officer.Roles) == 0 {
		if route.NoPost {
			return nil
		}
		return doithoai.Refuse(doithoai.NotAllowed, noPost)
	}
	if route.Act != "" && !doithoai.MayEver(r.Officer.Actor(), route.Act) {
		return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	return nil
}

// SignIn tries a name and a password. The store bounds wrong tries per login. Per address they are bounded here, but no
// right one is refused: tries of an address that has none left take turns. A right one takes nothing from the bound: in
// the morning a whole office signs in from one address. The officer's Hold says whether a code or another password must
// follow.
func (r *Request) SignIn(login, password string) error {
	login = text.Login(login)
	return r.tryToSignIn(func() (err error) {
		r.Token, r.Officer, err = r.Host.SignIns.Open(
			r.Context(), r.Authority.ID, login, password, r.UserAgent(), r.Client.String(),
		)
		if err == nil {
			r.SetCookie(SignInCookie, r.Token, signInLife)
		}
		return err
	})
}

// ConfirmCode tries the code that the sign-in waits for, bounded as passwords are.
func (r *Request) ConfirmCode(code string) error {
	return r.tryToSignIn(func() error {
		err := r.Host.SignIns.Confirm(r.Context(), r.Token, code, r.UserAgent(), r.Client.String())
		if err == nil {
			r.Officer.Hold = doithoai.HoldNone
		}
		return err
	})
}

// tryToSignIn does a try: at once while the address has tries left, of which a right one takes none; else in turn.
func (r *Request) tryToSignIn(try func() error) error {
	b := r.Host.limits().signIn.of(r.clientKey())
	undo, ok := b.try()
	if !ok {
		return b.inTurn(r.Context(), try)
	}
	err := try()
	if err == nil {
		undo()
	}
	return err
}

// AfterHold is where a sign-in goes on: to what it still waits for, keeping where the officer wanted to go, or there.
// Who heads the authority begins with the board.
func (r *Request) AfterHold(back string) string {
	back = AfterSignIn(back)
	if r.Officer.Hold == doithoai.HoldNone {
		if back == DeskPath && doithoai.MayEver(r.Officer.Actor(), doithoai.ActGiveDirective) {
			return BoardPath
		}
		return back
	}
	return holdPaths[r.Officer.Hold] + "?ve=" + url.QueryEscape(back)
}

// SignOut ends the sign-in, and forgets in the browser all that is the officer's.
func (r *Request) SignOut() error {
	for _, c := range ownCookies {
		r.SetCookie(c, "", 0)
	}
	return r.Host.SignIns.Close(r.Context(), r.Token)
}

// AfterSignIn is where to go after signing in: back to the staff page that asked for it.
func AfterSignIn(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.Host != "" || u.Scheme != "" ||
		!(strings.HasPrefix(u.Path, DeskPath) || strings.HasPrefix(u.Path, "/hoi-truong")) {
		return DeskPath
	}
	return u.RequestURI()
}
