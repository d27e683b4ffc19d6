package settings

import (
	"net/http"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

const parametersPath = web.SettingsPath + "/tham-so"

// parametersPage shows the numbers that the authority works by, each with what it rests on.
type parametersPage struct {
	*web.Reader
	Parameters doithoai.Parameters
	Bases      doithoai.LegalBases
}

// parameterPage is one parameter: its values over time, and the form of the next one.
type parameterPage struct {
	parametersPage
	Rows     doithoai.Parameters // of the parameter, by their days
	Form     parameterForm
	Problems web.Problems
	Refusal  string // why a form came back, where it is no field's
	Done     string // what the act before did
}

// parameterForm is a new value as it was typed.
type parameterForm struct {
	Version   int    `form:"phien-ban"`
	Value     string `form:"gia-tri" line:"true"`
	From      string `form:"tu-ngay" line:"true" day:"true"`
	Basis     string `form:"can-cu" line:"true"`
	Article   string `form:"dieu" line:"true"`
	Certainty string `form:"do-chac" line:"true"`
}

func (s *site) parameters(r *web.Request) error {
	p, err := s.loadParameters(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadParameters(r *web.Request) (p parametersPage, err error) {
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
	return parametersPage{r.Reader, rules.Parameters, bases}, err
}

func (s *site) parameter(r *web.Request) error {
	p, err := s.loadParameter(r)
	if err != nil {
		return err
	}
	p.Form = parameterForm{Version: p.last().Version, From: r.Date(r.Today().AddDays(1))}
	p.Done = r.URL.Query().Get("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadParameter(r *web.Request) (p parameterPage, err error) {
	if p.parametersPage, err = s.loadParameters(r); err != nil {
		return p, err
	}
	if p.Rows = p.Parameters.Of(r.PathValue("key")); len(p.Rows) == 0 {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return p, nil
}

func (s *site) setParameter(r *web.Request) error {
	var f parameterForm
	if err := r.Form(&f); err != nil {
		return err
	}
	from, err := calendar.ParseDateVN(f.From)
	if err != nil { // asked for again by the rule
		from = calendar.Date{}
	}
	key := r.PathValue("key")
	_, err = s.db.SetParameter(r.Context(), r.Actor(), f.Version, doithoai.ParameterChange{
		Key: key, Value: f.Value, From: from, BasisKey: f.Basis, Article: f.Article,
		Certainty: calendar.Certainty(f.Certainty),
	})
	return s.afterParameter(r, f, "thay", err)
}

func (s *site) withdrawParameter(r *web.Request) error {
	version, err := strconv.Atoi(r.PathValue("version"))
	if err != nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	_, err = s.db.WithdrawParameter(r.Context(), r.Actor(), version)
	return s.afterParameter(r, parameterForm{}, "rut", err)
}

// afterParameter goes back to the parameter's page after an act; a refused one shows it as it stands now, with what was
// typed.
func (s *site) afterParameter(r *web.Request, typed parameterForm, done string, refusal error) error {
	if refusal == nil {
		return r.Redirect(parameterPath(r.PathValue("key")) + "?xong=" + done)
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadParameter(r)
	if err != nil {
		return err
	}
	p.Form, p.Problems = typed, r.Problems(refusal)
	p.Form.Version = p.last().Version
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// parameterPath is the address of a parameter's page.
func parameterPath(key string) string { return parametersPath + "/" + key }

func (p parameterPage) last() doithoai.Parameter { return p.Rows[len(p.Rows)-1] }

// may reports whether the officer may do an act to the authority's rules.
func (p parametersPage) may(act doithoai.Act) bool {
	return doithoai.Can(p.Actor(), act, doithoai.Subject{AuthorityID: p.Authority.ID}) == nil
}
