package office

import (
	"net/http"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// signInPage is where officers sign in.
type signInPage struct {
	*web.Request
	Form     signInForm
	Problems web.Problems
}

type signInForm struct {
	Login    string `form:"ten" line:"true"`
	Password string `form:"mat-khau"`
	Back     string `form:"ve" line:"true"`
}

func (s *site) signIn(r *web.Request) error {
	return r.Page(http.StatusOK, signInPage{Request: r, Form: signInForm{Back: r.FormValue("ve")}}.view())
}

// openSignIn takes a name and a password. A wrong one comes back to the form, which does not tell which of the two it was;
// the name stays, the password does not.
func (s *site) openSignIn(r *web.Request) error {
	var f signInForm
	if err := r.Form(&f); err != nil {
		return err
	}
	err := r.SignIn(f.Login, f.Password)
	if err == nil {
		return r.Redirect(web.AfterSignIn(f.Back))
	}
	var key string
	switch doithoai.KindOf(err) {
	case doithoai.Unauthenticated:
		key = "sign_in.wrong"
	case doithoai.TooMany:
		key = "error.too_many"
		r.W.Header().Set("Retry-After", "30")
	default:
		return err
	}
	f.Password = ""
	p := signInPage{Request: r, Form: f, Problems: r.Problems(&doithoai.Error{Problems: []doithoai.Problem{{Field: "ten", Key: key}}})}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) signOut(r *web.Request) error {
	if err := r.SignOut(); err != nil {
		return err
	}
	return r.Redirect(web.SignInPath)
}

// signInsPage lists where the officer is signed in.
type signInsPage struct {
	*web.Request
	SignIns []store.SignIn
	Closed  bool
}

func (s *site) signIns(r *web.Request) error {
	open, err := s.db.SignIns(r.Context(), r.Actor(), r.Token)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, signInsPage{Request: r, SignIns: open, Closed: r.URL.Query().Has("da-dong")}.view())
}

// revokeSignIn closes one of the officer's own sign-ins; closing the one in use is signing out.
func (s *site) revokeSignIn(r *web.Request) error {
	id := doithoai.ID(r.PathValue("id"))
	open, err := s.db.SignIns(r.Context(), r.Actor(), r.Token)
	if err != nil {
		return err
	}
	for _, in := range open {
		if in.ID == id && in.This {
			return s.signOut(r)
		}
	}
	if err := s.db.RevokeSignIn(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	return r.Redirect("/noi-bo/dang-nhap-dang-mo?da-dong")
}

// browsers and systems by the mark in the name that a browser gives itself; the more particular mark comes first, since
// each of them also claims to be its elders.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"coc_coc", "Cốc Cốc"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// browser words what a browser calls itself: "Firefox, Windows".
func (p signInsPage) browser(agent string) string {
	var parts []string
	for _, marks := range [][][2]string{browsers, systems} {
		for _, m := range marks {
			if strings.Contains(agent, m[0]) {
				parts = append(parts, m[1])
				break
			}
		}
	}
	if len(parts) == 0 {
		return p.T("office.sign_ins.unknown_browser")
	}
	return strings.Join(parts, ", ")
}
