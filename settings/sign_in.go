package settings

import (
	"errors"
	"net/http"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// signInPage is where officers sign in.
type signInPage struct {
	*web.Reader
	Form     signInForm
	Problems web.Problems
}

type signInForm struct {
	Login    string `form:"ten" line:"true"`
	Password string `form:"mat-khau"`
	Back     string `form:"ve" line:"true"`
}

func (s *site) signIn(r *web.Request) error {
	return r.Page(http.StatusOK, signInPage{Reader: r.Reader, Form: signInForm{Back: r.FormValue("ve")}}.view())
}

// openSignIn takes a name and a password. A wrong one comes back to the form, which does not tell which of the two it
// was; the name stays, the password does not.
func (s *site) openSignIn(r *web.Request) error {
	var f signInForm
	if err := r.Form(&f); err != nil {
		return err
	}
	err := r.SignIn(f.Login, f.Password)
	if err == nil {
		return r.Redirect(r.AfterHold(f.Back))
	}
	if err = refusedTry(r, err, "ten"); doithoai.ProblemsOf(err) == nil {
		return err
	}
	f.Password = ""
	return r.Page(web.StatusOf(err), signInPage{Reader: r.Reader, Form: f, Problems: r.Problems(err)}.view())
}

// refusedTry puts the refusal of a name, a password or a code at a field, and leaves other errors as they are.
func refusedTry(r *web.Request, err error, field string) error {
	var e *doithoai.Error
	if !errors.As(err, &e) || e.Kind != doithoai.Unauthenticated && e.Kind != doithoai.TooMany {
		return err
	}
	r.RetryAfter(err)
	problem := doithoai.Problem{Field: field, Key: e.Key, Args: e.Args()}
	return &doithoai.Error{Kind: e.Kind, Key: e.Key, Problems: []doithoai.Problem{problem}}
}

// codePage asks for the second step.
type codePage struct {
	*web.Reader
	Back     string
	Problems web.Problems
}

type codeForm struct {
	Code string `form:"ma" line:"true"`
	Back string `form:"ve" line:"true"`
}

func (s *site) askCode(r *web.Request) error {
	if r.Officer.Hold != doithoai.HoldCode {
		return r.Redirect(web.AfterSignIn(r.FormValue("ve")))
	}
	return r.Page(http.StatusOK, codePage{Reader: r.Reader, Back: r.FormValue("ve")}.view())
}

func (s *site) confirmCode(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if r.Officer.Hold != doithoai.HoldCode {
		return r.Redirect(web.AfterSignIn(f.Back))
	}
	err := r.ConfirmCode(f.Code)
	if err == nil {
		return r.Redirect(r.AfterHold(f.Back))
	}
	if doithoai.KindOf(err) != doithoai.Unauthenticated { // then the sign-in waited too long
		err = refusedTry(r, err, "ma")
	}
	if doithoai.ProblemsOf(err) == nil {
		return err
	}
	return r.Page(web.StatusOf(err), codePage{Reader: r.Reader, Back: f.Back, Problems: r.Problems(err)}.view())
}

func (s *site) signOut(r *web.Request) error {
	if err := r.SignOut(); err != nil {
		return err
	}
	return r.Redirect(web.SignInPath)
}

// signInsPage lists where the officer is signed in, and the tries to sign in.
type signInsPage struct {
	*web.Reader
	SignIns []store.SignIn
	Tries   []doithoai.SignInTry
	Kept    int // days that tries are kept
	Closed  bool
}

func (s *site) signIns(r *web.Request) error {
	open, err := s.db.SignIns(r.Context(), r.Actor(), r.Token)
	if err != nil {
		return err
	}
	p := signInsPage{Reader: r.Reader, SignIns: open, Closed: r.URL.Query().Has("da-dong")}
	if p.Tries, err = s.db.SignInHistory(r.Context(), r.Actor()); err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	kept, err := rules.Parameters.TermAt(doithoai.ParameterHistory, r.Today())
	if err != nil {
		return err
	}
	p.Kept = kept.N
	return r.Page(http.StatusOK, p.view())
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
	return r.Redirect(signInsPath + "?da-dong")
}

// browsers and systems by the mark in the name that a browser gives itself; the more particular mark comes first, since
// each of them also bears the marks of those it descends from.
var (
	browsers = [][2]string{
		{"Edg", "Edge"},
		{"OPR/", "Opera"},
		{"coc_coc", "Cốc Cốc"},
		{"Firefox/", "Firefox"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
	}
	systems = [][2]string{
		{"Android", "Android"},
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"Windows", "Windows"},
		{"Mac OS X", "macOS"},
		{"Linux", "Linux"},
	}
)

// browserName words what a browser calls itself: "Firefox, Windows".
func browserName(r *web.Reader, agent string) string {
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
		return r.T("settings.sign_ins.unknown_browser")
	}
	return strings.Join(parts, ", ")
}
