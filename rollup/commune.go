package rollup

import (
	"net/http"
	"net/url"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
	"doithoai/store"
	"doithoai/web"
)

// communePage is a commune: its dialogues one by one, its files and its key.
type communePage struct {
	*web.Reader
	store.RollUpCommune
	Done  string
	sites func(string) string
}

func (s *site) loadCommune(r *web.Request) (p communePage, err error) {
	p.Reader, p.sites, p.Done = r.Reader, r.SiteAt, doneWords(r)
	p.RollUpCommune, err = s.db.RollUpCommune(r.Context(), r.Actor(), r.PathValue("commune"), r.Today().Year,
		report.WholeYear)
	return p, err
}

func (s *site) commune(r *web.Request) error {
	p, err := s.loadCommune(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// dialogue is a dialogue of the commune as a row.
func (p communePage) dialogue(d report.Summary) report.Row {
	return report.Row{Subordinate: p.Subordinate, Last: d.Held, Slug: d.Slug, Sums: d.Sums}
}

// finger is the fingerprint of a key; what is kept is one.
func finger(k report.Key) string {
	words, err := report.Fingerprint(k.Verifier)
	if err != nil {
		return ""
	}
	return words
}

// communeForm is a commune that runs alone as it was typed, or another key of one.
type communeForm struct {
	Version  int    `form:"phien-ban"`
	Code     string `form:"ma" line:"true"`
	Name     string `form:"ten" line:"true"`
	Site     string `form:"dia-chi-trang" line:"true"`
	From     string `form:"tu-ngay" line:"true" day:"true"`
	Key      string `form:"khoa" line:"true"`
	Heard    string `form:"dau-van-tay" line:"true"`
	Compared string `form:"doi-chieu" line:"true"`
}

func (f communeForm) key() report.Key {
	return report.Key{Verifier: f.Key, Heard: f.Heard, Compared: f.Compared}
}

// formPage is the form of a commune, or that of another key of the one it names.
type formPage struct {
	*web.Reader
	Form     communeForm
	Commune  report.Subordinate // its ID "": a new one
	Keys     []report.Key
	Problems web.Problems
	Refusal  string
}

func (s *site) newCommune(r *web.Request) error {
	return r.Page(http.StatusOK, formPage{Reader: r.Reader}.view())
}

func (s *site) addCommune(r *web.Request) error {
	p := formPage{Reader: r.Reader}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	f := p.Form
	from, _ := calendar.ParseDateVN(f.From) // what is no date, the rule refuses
	err := s.db.AddSubordinate(r.Context(), r.Actor(), report.Subordinate{
		Code: f.Code, Name: f.Name, Site: strings.TrimSuffix(f.Site, "/"), From: from,
	}, f.key())
	return p.answer(r, f.Code, err)
}

// answer leads to the commune after an act, or shows the form again with why it was refused.
func (p formPage) answer(r *web.Request, code string, err error) error {
	switch {
	case err == nil:
		return r.Redirect(codePath(code) + "?" + url.Values{doneField: {string(doithoai.ActKeepSubordinate)}}.Encode())
	case !web.Mendable(err):
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) loadKeys(r *web.Request) (p formPage, err error) {
	p.Reader = r.Reader
	code := r.PathValue("commune")
	if p.Keys, err = s.db.SubordinateKeys(r.Context(), r.Actor(), code); err != nil {
		return p, err
	}
	c, err := s.db.RollUpCommune(r.Context(), r.Actor(), code, r.Today().Year, report.WholeYear)
	if err == nil && !c.Alone() {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Commune, p.Form.Version = c.Subordinate, c.Version
	return p, err
}

func (s *site) keyForm(r *web.Request) error {
	p, err := s.loadKeys(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) changeKey(r *web.Request) error {
	p, err := s.loadKeys(r)
	if err != nil {
		return err
	}
	version := p.Form.Version
	p.Form = communeForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	err = s.db.ChangeKey(r.Context(), r.Actor(), p.Commune.Code, p.Form.Version, p.Form.key())
	p.Form.Version = version
	return p.answer(r, p.Commune.Code, err)
}
