package settings

import (
	"cmp"
	"net/http"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

const basesPath = web.SettingsPath + "/can-cu"

// basesPage lists the documents that others rest on.
type basesPage struct {
	*web.Reader
	Bases  doithoai.LegalBases // all, by title
	Filter basisFilter
	Done   string
}

// basisFilter is a tab of the list.
type basisFilter struct {
	name, key string // in the address, and of its words
	holds     func(doithoai.LegalBasis, calendar.Date) bool
}

// basisFilters in their order; the first is where the list opens.
var basisFilters = []basisFilter{
	{"", "settings.bases.tab.in_force", func(l doithoai.LegalBasis, on calendar.Date) bool { return l.InForce(on) }},
	{"het", "settings.bases.tab.expired", func(l doithoai.LegalBasis, on calendar.Date) bool { return l.Expired(on) }},
	{
		"chua", "settings.bases.tab.not_yet",
		func(l doithoai.LegalBasis, on calendar.Date) bool { return !l.InForce(on) && !l.Expired(on) },
	},
	{"tat-ca", "settings.bases.tab.all", func(doithoai.LegalBasis, calendar.Date) bool { return true }},
}

// basisPage is the form of one document.
type basisPage struct {
	basesPage
	Basis    doithoai.LegalBasis // as it stands; without a key: a new one
	Form     basisForm
	Problems web.Problems
	Refusal  string
}

// basisForm is a document as it was typed.
type basisForm struct {
	Version    int    `form:"phien-ban"`
	Kind       string `form:"loai" line:"true"`
	Number     string `form:"so" line:"true"`
	Date       string `form:"ngay" line:"true" day:"true"`
	Issuer     string `form:"co-quan" line:"true"`
	Abstract   string `form:"trich-yeu" line:"true"`
	From       string `form:"tu-ngay" line:"true" day:"true"`
	To         string `form:"den-ngay" line:"true" day:"true"`
	ReplacedBy string `form:"thay-the" line:"true"`
	Certainty  string `form:"do-chac" line:"true"`
	Note       string `form:"ghi-chu"`
	Notice     bool   `form:"thong-bao"`
}

func (s *site) bases(r *web.Request) error {
	p, err := s.loadBases(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	i := slices.IndexFunc(basisFilters, func(f basisFilter) bool { return f.name == q.Get("loc") })
	p.Filter, p.Done = basisFilters[max(i, 0)], q.Get("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadBases(r *web.Request) (basesPage, error) {
	all, err := s.db.LegalBases(r.Context(), r.Authority.ID)
	return basesPage{Reader: r.Reader, Bases: web.ByTitle(all)}, err
}

// basis shows the form of a document, of a new one where the address names none.
func (s *site) basis(r *web.Request) error {
	p, err := s.loadBasis(r)
	if err != nil {
		return err
	}
	p.Form = p.stored()
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadBasis(r *web.Request) (p basisPage, err error) {
	if p.basesPage, err = s.loadBases(r); err != nil {
		return p, err
	}
	key := r.PathValue("key")
	if key == "" {
		return p, nil
	}
	var ok bool
	if p.Basis, ok = p.Bases.ByKey(key); !ok {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return p, nil
}

// stored is the form of the document as it stands.
func (p basisPage) stored() basisForm {
	l := p.Basis
	return basisForm{
		Version: l.Version, Kind: l.Kind, Number: l.Number, Date: p.typedDate(l.Date), Issuer: l.Issuer, Abstract: l.Abstract,
		From: p.typedDate(l.From), To: p.typedDate(l.To), ReplacedBy: l.ReplacedBy,
		Certainty: string(cmp.Or(l.Certainty, calendar.Unverified)), Note: l.Note, Notice: l.PersonalData,
	}
}

// typedDate is a date as a field holds it, empty where there is none.
func (p basesPage) typedDate(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return p.Date(d)
}

// basis is the document that the form describes. What is not a date is a problem of its field; an empty one is not
// known.
func (f basisForm) basis(key string) (l doithoai.LegalBasis, list []doithoai.Problem) {
	l = doithoai.LegalBasis{
		Key: key, Kind: f.Kind, Number: f.Number, Issuer: f.Issuer, Abstract: f.Abstract, ReplacedBy: f.ReplacedBy,
		Certainty: calendar.Certainty(f.Certainty), Note: f.Note, PersonalData: f.Notice,
	}
	for _, d := range []struct {
		field, typed string
		into         *calendar.Date
	}{{"ngay", f.Date, &l.Date}, {"tu-ngay", f.From, &l.From}, {"den-ngay", f.To, &l.To}} {
		if d.typed == "" {
			continue
		}
		var err error
		if *d.into, err = calendar.ParseDateVN(d.typed); err != nil {
			list = append(list, doithoai.Problem{Field: d.field, Key: "rules.basis.problem.date"})
		}
	}
	return l, list
}

// setBasis adds a document or writes one anew.
func (s *site) setBasis(r *web.Request) error {
	var f basisForm
	if err := r.Form(&f); err != nil {
		return err
	}
	l, list := f.basis(r.PathValue("key"))
	refusal := doithoai.RefuseForm(list)
	if len(list) == 0 {
		l, refusal = s.db.SetLegalBasis(r.Context(), r.Actor(), f.Version, l)
	}
	if refusal == nil {
		return r.Redirect(basesPath + "?loc=tat-ca&xong=" + l.Key)
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadBasis(r)
	if err != nil {
		return err
	}
	p.Form, p.Problems = f, r.Problems(refusal)
	p.Form.Version = p.Basis.Version
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// path is where the form of a document posts to.
func (p basisPage) path() string {
	if p.Basis.Key == "" {
		return basesPath + "/moi"
	}
	return basesPath + "/van-ban/" + p.Basis.Key
}
