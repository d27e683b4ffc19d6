package settings

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"rsc.io/qr/coding"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	ownPath        = "/noi-bo/tai-khoan"
	signInsPath    = "/noi-bo/dang-nhap-dang-mo"
	secondStepPath = ownPath + "/hai-buoc"
)

// ownAccountPage is the officer's own account: its password and its second step.
type ownAccountPage struct {
	*web.Reader
	Step     store.SecondStep
	Done     string // what the act before did
	Problems web.Problems
}

func (s *site) ownAccount(r *web.Request) error {
	p := ownAccountPage{Reader: r.Reader, Done: r.URL.Query().Get("xong")}
	var err error
	if p.Step, err = s.db.SecondStep(r.Context(), r.Actor()); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// ownDone are the acts whose success the page words.
var ownDone = map[string]string{"mat-khau": "settings.own.password_done", "tat": "settings.own.step_off_done"}

// passwordPage changes the officer's own password: also the one page that is open while a given one has not been
// changed.
type passwordPage struct {
	*web.Reader
	Back     string
	Problems web.Problems
}

type passwordForm struct {
	Before string `form:"mat-khau"`
	After  string `form:"mat-khau-moi"`
	Again  string `form:"nhap-lai"`
	Back   string `form:"ve" line:"true"`
}

// given reports whether the password to be changed is one that somebody else gave.
func (p passwordPage) given() bool { return p.Officer.Hold == doithoai.HoldPassword }

func (s *site) newPassword(r *web.Request) error {
	return r.Page(http.StatusOK, passwordPage{Reader: r.Reader, Back: r.FormValue("ve")}.view())
}

func (s *site) changePassword(r *web.Request) error {
	var f passwordForm
	if err := r.Form(&f); err != nil {
		return err
	}
	err := s.changeOwnPassword(r, f)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.TooMany:
		if doithoai.KindOf(err) == doithoai.TooMany {
			err = refusedTry(r, err, "mat-khau")
		}
		return r.Page(web.StatusOf(err), passwordPage{Reader: r.Reader, Back: f.Back, Problems: r.Problems(err)}.view())
	case 0:
		if err != nil {
			return err
		}
		if r.Officer.Hold == doithoai.HoldPassword {
			return r.Redirect(web.AfterSignIn(f.Back))
		}
		return r.Redirect(ownPath + "?xong=mat-khau")
	}
	return err
}

func (s *site) changeOwnPassword(r *web.Request, f passwordForm) error {
	if f.After != f.Again {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "nhap-lai", Key: "account.problem.password_again"}})
	}
	return s.db.ChangePassword(r.Context(), r.Actor(), r.Token, f.Before, f.After)
}

// secondStepPage leads through turning the second step on.
type secondStepPage struct {
	*web.Reader
	Secret   string
	Code     ui.QR // of the secret
	Problems web.Problems
}

func (s *site) startSecondStep(r *web.Request) error {
	if err := s.db.StartSecondStep(r.Context(), r.Actor()); err != nil {
		return err
	}
	return r.Redirect(secondStepPath)
}

// secondStep shows the secret to the officer's app; where nothing is being turned on, there is no secret to show.
func (s *site) secondStep(r *web.Request) error { return s.showSecret(r, nil) }

func (s *site) showSecret(r *web.Request, refusal error) error {
	step, err := s.db.SecondStep(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	if step.Secret == "" {
		return r.Redirect(ownPath)
	}
	r.Private()
	status := http.StatusOK
	if refusal != nil {
		status = web.StatusOf(refusal)
	}
	p := secondStepPage{Reader: r.Reader, Secret: step.Secret, Problems: r.Problems(refusal)}
	if p.Code, err = p.qr(); err != nil {
		return err
	}
	return r.Page(status, p.view())
}

// groups sets a secret in fours, as it is typed from the screen.
func (p secondStepPage) groups() string {
	var parts []string
	for rest := p.Secret; rest != ""; {
		n := min(4, len(rest))
		parts, rest = append(parts, rest[:n]), rest[n:]
	}
	return strings.Join(parts, " ")
}

// qr is the secret as an app scans it, in the form of Google's "Key URI Format" which all of them read.
func (p secondStepPage) qr() (ui.QR, error) {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + p.Officer.Login}
	u.RawQuery = strings.ReplaceAll(url.Values{"secret": {p.Secret}, "issuer": {p.Authority.Name}}.Encode(), "+", "%20")
	code, err := ui.NewQR(u.String(), coding.L) // read from a screen: nothing of it is torn
	if err != nil {
		return ui.QR{}, fmt.Errorf("code of the second step: %w", err)
	}
	return ui.QR{Code: code, Title: p.T("settings.second_step.qr_title"), Caption: p.T("settings.second_step.qr")}, nil
}

// recoveryPath shows the recovery codes that were made last.
const recoveryPath = secondStepPath + "/ma-du-phong"

// recoveryPage shows the recovery codes, this once.
type recoveryPage struct {
	*web.Reader
	Done  string // what was done
	Codes []string
}

func (s *site) recoveryCodes(r *web.Request) error {
	codes, err := shownOnce(r)
	if err != nil {
		return err
	}
	if len(codes) == 0 {
		return r.Redirect(ownPath)
	}
	p := recoveryPage{Reader: r.Reader, Done: r.T("settings.recovery.renewed"), Codes: codes}
	if r.URL.Query().Get("xong") == "bat" {
		p.Done = r.T("settings.recovery.on")
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) turnOnSecondStep(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	codes, err := s.db.TurnOnSecondStep(r.Context(), r.Actor(), r.Token, f.Code)
	if doithoai.KindOf(err) == doithoai.Invalid {
		return s.showSecret(r, err)
	}
	if err != nil {
		return err
	}
	return leadOnce(r, recoveryPath, "bat", codes...)
}

// renewRecoveryCodes makes the codes anew for who holds the telephone.
func (s *site) renewRecoveryCodes(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	codes, err := s.db.RenewRecoveryCodes(r.Context(), r.Actor(), f.Code)
	if err != nil {
		return s.refusedOnOwn(r, err, "ma")
	}
	return leadOnce(r, recoveryPath, "moi", codes...)
}

func (s *site) turnOffSecondStep(r *web.Request) error {
	var f passwordForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if err := s.db.TurnOffSecondStep(r.Context(), r.Actor(), f.Before); err != nil {
		return s.refusedOnOwn(r, err, "mat-khau")
	}
	return r.Redirect(ownPath + "?xong=tat")
}

// refusedOnOwn shows the own account again with what was wrong in a form of it, and leaves other errors as they are.
func (s *site) refusedOnOwn(r *web.Request, err error, field string) error {
	switch doithoai.KindOf(err) {
	case doithoai.TooMany:
		err = refusedTry(r, err, field)
	case doithoai.Invalid:
	default:
		return err
	}
	p := ownAccountPage{Reader: r.Reader, Problems: r.Problems(err)}
	status := web.StatusOf(err)
	if p.Step, err = s.db.SecondStep(r.Context(), r.Actor()); err != nil {
		return err
	}
	return r.Page(status, p.view())
}
