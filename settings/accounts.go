package settings

import (
	"net/http"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// accountPath is the address of one account.
func accountPath(id doithoai.ID) string { return web.AccountsPath + "/" + string(id) }

// accountsPage lists the accounts.
type accountsPage struct {
	*web.Reader
	Accounts []doithoai.Account
}

func (s *site) accounts(r *web.Request) error {
	all, err := s.db.Accounts(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, accountsPage{Reader: r.Reader, Accounts: all}.view())
}

// newAccountPage opens an account.
type newAccountPage struct {
	*web.Reader
	doithoai.Organisation
	Form     accountForm
	Problems web.Problems
}

type accountForm struct {
	Login   string   `form:"ten-dang-nhap" line:"true"`
	Name    string   `form:"ho-ten" line:"true"`
	Post    string   `form:"chuc-danh" line:"true"`
	Unit    string   `form:"don-vi" line:"true"`
	Village string   `form:"thon" line:"true"`
	Roles   []string `form:"vai-tro"`
}

func (s *site) newAccount(r *web.Request) error { return s.showNewAccount(r, accountForm{}, nil) }

func (s *site) showNewAccount(r *web.Request, f accountForm, refusal error) error {
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		status = web.StatusOf(refusal)
	}
	return r.Page(status, newAccountPage{Reader: r.Reader, Organisation: o, Form: f, Problems: r.Problems(refusal)}.view())
}

// openAccount opens an account and leads to its page, which shows its given password.
func (s *site) openAccount(r *web.Request) error {
	var f accountForm
	if err := r.Form(&f); err != nil {
		return err
	}
	o := doithoai.Officer{
		Login: text.Login(f.Login), Name: f.Name, Post: f.Post,
		UnitID: doithoai.ID(f.Unit), VillageID: doithoai.ID(f.Village),
	}
	for _, role := range doithoai.OfficerRoles {
		if slices.Contains(f.Roles, string(role)) {
			o.Roles = append(o.Roles, role)
		}
	}
	o, password, err := s.db.OpenAccount(r.Context(), r.Actor(), o)
	if doithoai.KindOf(err) == doithoai.Invalid {
		return s.showNewAccount(r, f, err)
	}
	if err != nil {
		return err
	}
	return leadOnce(r, accountPath(o.ID), "mo", password)
}

// accountPage is one account: how it stands, what an administrator may do, who tried to sign in.
type accountPage struct {
	*web.Reader
	doithoai.Account
	Tries []doithoai.SignInTry
	Done  accountDone
}

// accountDone is what the act before did, and the password that it made: shown this once.
type accountDone struct{ key, password string }

// accountDones are the acts whose success the page words, as its address names them.
var accountDones = map[string]string{
	"khoa":         "settings.account.locked",
	"mo-khoa":      "settings.account.unlocked",
	"ngung":        "settings.account.deactivated",
	"dung-lai":     "settings.account.reactivated",
	"tat-hai-buoc": "settings.account.step_dropped",
}

// passwordDones are those that made a password, which the page shows.
var passwordDones = map[string]string{"mo": "settings.account.opened", "mat-khau": "settings.account.reset"}

func (s *site) account(r *web.Request) error {
	done := r.URL.Query().Get("xong")
	p := accountPage{Reader: r.Reader, Done: accountDone{key: accountDones[done]}}
	var err error
	if p.Account, p.Tries, err = s.db.Account(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return err
	}
	if key := passwordDones[done]; key != "" {
		words, err := shownOnce(r)
		if err != nil {
			return err
		}
		if len(words) == 1 {
			p.Done = accountDone{key, words[0]}
		}
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// own reports whether the account is the administrator's own: others manage that.
func (p accountPage) own() bool { return p.ID == p.Reader.Officer.ID }

type accountVersionForm struct {
	Version int `form:"phien-ban"`
}

// manage does an act on the account of the address, as it was seen, and goes back to its page.
func (s *site) manage(done string, act func(*web.Request, doithoai.ID, int) error) web.Handler {
	return func(r *web.Request) error {
		var f accountVersionForm
		if err := r.Form(&f); err != nil {
			return err
		}
		id := doithoai.ID(r.PathValue("id"))
		if err := act(r, id, f.Version); err != nil {
			return err
		}
		return r.Redirect(accountPath(id) + "?xong=" + done)
	}
}

func (s *site) lockAccount(r *web.Request, id doithoai.ID, version int) error {
	return s.db.LockAccount(r.Context(), r.Actor(), id, version)
}

func (s *site) unlockAccount(r *web.Request, id doithoai.ID, version int) error {
	return s.db.UnlockAccount(r.Context(), r.Actor(), id, version)
}

func (s *site) deactivateAccount(r *web.Request, id doithoai.ID, version int) error {
	return s.db.DeactivateAccount(r.Context(), r.Actor(), id, version)
}

func (s *site) reactivateAccount(r *web.Request, id doithoai.ID, version int) error {
	return s.db.ReactivateAccount(r.Context(), r.Actor(), id, version)
}

func (s *site) resetSecondStep(r *web.Request, id doithoai.ID, version int) error {
	return s.db.ResetSecondStep(r.Context(), r.Actor(), id, version)
}

// resetPassword gives an account another password, and leads to its page, which shows it.
func (s *site) resetPassword(r *web.Request) error {
	var f accountVersionForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	password, err := s.db.ResetPassword(r.Context(), r.Actor(), id, f.Version)
	if err != nil {
		return err
	}
	return leadOnce(r, accountPath(id), "mat-khau", password)
}

// leavingPage asks before an account is deactivated: what its officer has begun, and to which unit it falls.
type leavingPage struct {
	*web.Reader
	doithoai.Account
	Work []store.OpenTask
}

func (s *site) leaving(r *web.Request) error {
	id := doithoai.ID(r.PathValue("id"))
	p := leavingPage{Reader: r.Reader}
	var err error
	if p.Account, _, err = s.db.Account(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	if p.ID == r.Officer.ID || !p.Active {
		return r.Redirect(accountPath(id))
	}
	if p.Work, err = s.db.OpenWork(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}
