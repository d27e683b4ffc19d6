package web

import (
	"net/url"
	"strings"
	"time"

	"doithoai"
)

// SignInPath is where officers sign in.
const SignInPath = "/noi-bo/dang-nhap"

const (
	signInCookie = "doi-thoai"
	signInLife   = 7 * 24 * time.Hour // the store ends it earlier when it is idle or revoked
)

// admit lets a staff request in: over https or on this machine, signed in, of this authority, and able to do the route's
// act to some subject. What exactly the officer may do is decided again by the act itself.
func (h *Host) admit(r *Request, route Route) error {
	if !r.Secure && !r.loopback() {
		return doithoai.Refuse(doithoai.NotAllowed, "sign_in.needs_https")
	}
	if route.Open {
		return nil
	}
	r.Token = r.GetCookie(signInCookie)
	if r.Token == "" {
		return doithoai.Refuse(doithoai.Unauthenticated, "sign_in.needed")
	}
	var err error
	if r.Officer, err = h.SignIns.Officer(r.Context(), r.Token); err != nil {
		return err
	}
	if r.Officer.AuthorityID != r.Authority.ID {
		return doithoai.Refuse(doithoai.Unauthenticated, "sign_in.needed")
	}
	if route.Act != "" && !doithoai.MayEver(r.Officer.Actor(), route.Act) {
		return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	return nil
}

// SignIn tries a name and a password. Wrong tries are bounded per client and per name, whether the name exists or not. A
// right one takes nothing from the bound: in the morning a whole office signs in from one address.
func (r *Request) SignIn(login, password string) error {
	limit := r.Host.limits().signIn
	login = strings.ToLower(strings.TrimSpace(login))
	ofClient, ok := limit.of("client " + clientKey(r.Client)).try()
	if !ok {
		return tooMany()
	}
	ofLogin, ok := limit.of("login " + login).try()
	if !ok {
		return tooMany()
	}
	token, o, err := r.Host.SignIns.Open(r.Context(), login, password, r.UserAgent(), r.Client.String())
	if err != nil {
		return err
	}
	ofClient()
	ofLogin()
	r.SetCookie(signInCookie, token, signInLife)
	r.Officer, r.Token = o, token
	return nil
}

// SignOut ends the sign-in and forgets it in the browser.
func (r *Request) SignOut() error {
	r.SetCookie(signInCookie, "", 0)
	return r.Host.SignIns.Close(r.Context(), r.Token)
}

// AfterSignIn is where to go after signing in: back to the staff page that asked for it.
func AfterSignIn(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.Host != "" || u.Scheme != "" || !(strings.HasPrefix(u.Path, "/noi-bo") || strings.HasPrefix(u.Path, "/hoi-truong")) {
		return "/noi-bo"
	}
	return u.RequestURI()
}
