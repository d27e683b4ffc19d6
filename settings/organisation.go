package settings

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
)

const organisationPath = web.SettingsPath + "/to-chuc"

// organisationPage shows what the authority was, is and will be called, its units and its villages.
type organisationPage struct {
	*web.Reader
	doithoai.Organisation
	Hosts   []string // under which its sites are reached
	Done    string   // what is said of the act that was just done
	Refusal string   // of a form, that is no field's
}

func (s *site) organisation(r *web.Request) error {
	p, err := s.organised(r)
	if err != nil {
		return err
	}
	p.Done = doneWords(r, "settings.organisation.done.")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) organised(r *web.Request) (p organisationPage, err error) {
	p.Reader = r.Reader
	if p.Organisation, err = s.db.Organisation(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Hosts, err = s.db.HostNames(r.Context(), r.Authority.ID)
	return p, err
}

// organisedForm reads a posted form, and loads the page that it came from.
func (s *site) organisedForm(r *web.Request, into any) (organisationPage, error) {
	if err := r.Form(into); err != nil {
		return organisationPage{}, err
	}
	return s.organised(r)
}

// answerForm goes back to the page after an act, or shows the form again, as it was typed, with why it was refused.
func (p organisationPage) answerForm(
	r *web.Request, act doithoai.Act, err error, again func(organisationPage, web.Problems) templ.Component,
) error {
	switch {
	case err == nil:
		return r.Redirect(organisationPath + "?xong=" + string(act))
	case !web.Mendable(err):
		return err
	}
	wrong := p.Problems(err)
	if !wrong.Any() {
		p.Refusal = web.RefusalWords(p.Reader, err)
	}
	return r.Page(web.StatusOf(err), again(p, wrong))
}

// nameForm is what the authority is to be called.
type nameForm struct {
	Name      string `form:"ten" line:"true"`
	FullName  string `form:"ten-day-du" line:"true"`
	Superior  string `form:"cap-tren" line:"true"`
	Place     string `form:"dia-danh" line:"true"`
	Prefix    string `form:"ky-hieu" line:"true"`
	Phone     string `form:"dien-thoai" line:"true"`
	Address   string `form:"dia-chi" line:"true"`
	Hours     string `form:"gio-lam-viec" line:"true"`
	Reception string `form:"tiep-dan" line:"true"`
	From      string `form:"tu-ngay" line:"true" day:"true"`
	Basis     string `form:"can-cu" line:"true"`
}

type namePage struct {
	organisationPage
	Form     nameForm
	Problems web.Problems
}

// newName offers the name in force to be changed.
func (s *site) newName(r *web.Request) error {
	p, err := s.organised(r)
	if err != nil {
		return err
	}
	a := p.Names[len(p.Names)-1]
	f := nameForm{
		Name: a.Name, FullName: a.FullName, Superior: a.Superior, Place: a.Place, Prefix: a.Prefix,
		Phone: a.Phone, Address: a.Address, Hours: a.Hours, Reception: a.Reception,
	}
	return r.Page(http.StatusOK, namePage{organisationPage: p, Form: f}.view())
}

func (s *site) renameAuthority(r *web.Request) error {
	var f nameForm
	p, err := s.organisedForm(r, &f)
	if err != nil {
		return err
	}
	next, wrong := f.authority()
	if err = doithoai.RefuseForm(append(p.NameProblems(next), wrong...)); err == nil {
		err = s.db.RenameAuthority(r.Context(), r.Actor(), next)
	}
	return p.answerForm(r, doithoai.ActRenameAuthority, err, func(p organisationPage, wrong web.Problems) templ.Component {
		return namePage{p, f, wrong}.view()
	})
}

// authority is what the form says, and what is wrong with its telephone number.
func (f nameForm) authority() (doithoai.Authority, []doithoai.Problem) {
	from, _ := calendar.ParseDateVN(f.From) // what is not a date, the rule refuses
	phone, wrong := web.Phone("dien-thoai", f.Phone)
	return doithoai.Authority{
		Name: f.Name, FullName: f.FullName, Superior: f.Superior, Place: f.Place, Prefix: strings.ToUpper(f.Prefix),
		Phone: phone, Address: f.Address, Hours: f.Hours, Reception: f.Reception, From: from, Basis: f.Basis,
	}, wrong
}

// portalForm is from where people can reach the portal.
type portalForm struct {
	Version  int                  `form:"phien-ban"`
	Internet doithoai.PortalReach `form:"internet" line:"true"`
}

type portalPage struct {
	organisationPage
	Form     portalForm
	Problems web.Problems
}

func (s *site) portal(r *web.Request) error {
	p, err := s.organised(r)
	if err != nil {
		return err
	}
	a := p.NameOn(r.Today())
	return r.Page(http.StatusOK, portalPage{organisationPage: p, Form: portalForm{a.Version, a.PortalReach()}}.view())
}

func (s *site) setPortal(r *web.Request) error {
	var f portalForm
	p, err := s.organisedForm(r, &f)
	if err != nil {
		return err
	}
	err = s.db.SetPortal(r.Context(), r.Actor(), f.Version, f.Internet)
	f.Version = p.NameOn(r.Today()).Version
	return p.answerForm(r, doithoai.ActSetPortal, err, func(p organisationPage, wrong web.Problems) templ.Component {
		return portalPage{p, f, wrong}.view()
	})
}

// hostForm are the names under which the sites are reached, one a line.
type hostForm struct {
	Version int    `form:"phien-ban"`
	Names   string `form:"ten-mien"`
}

type hostPage struct {
	organisationPage
	Form     hostForm
	Problems web.Problems
}

func (s *site) hosts(r *web.Request) error {
	p, err := s.organised(r)
	if err != nil {
		return err
	}
	f := hostForm{p.NameOn(r.Today()).Version, strings.Join(p.Hosts, "\n")}
	return r.Page(http.StatusOK, hostPage{organisationPage: p, Form: f}.view())
}

func (s *site) setHosts(r *web.Request) error {
	var f hostForm
	p, err := s.organisedForm(r, &f)
	if err != nil {
		return err
	}
	names, wrong := f.hosts()
	if err = doithoai.RefuseForm(wrong); err == nil {
		err = s.db.SetHostNames(r.Context(), r.Actor(), f.Version, names, r.HostName())
	}
	f.Version = p.NameOn(r.Today()).Version
	return p.answerForm(r, doithoai.ActSetHosts, err, func(p organisationPage, wrong web.Problems) templ.Component {
		return hostPage{p, f, wrong}.view()
	})
}

// hosts are the names in their normal form, each once, and those that are none.
func (f hostForm) hosts() (names []string, wrong []doithoai.Problem) {
	for line := range strings.FieldsSeq(f.Names) {
		name, ok := text.HostName(line)
		switch {
		case !ok:
			wrong = append(wrong, doithoai.Problem{
				Field: "ten-mien", Key: "organisation.problem.host", Args: []any{"name", text.Cut(line, doithoai.MaxLine)},
			})
		case !slices.Contains(names, name):
			names = append(names, name)
		}
	}
	return names, wrong
}

// unitForm is a unit as it was typed: a new one, its contact, or its end.
type unitForm struct {
	Version   int    `form:"phien-ban"` // where the contact is changed
	Name      string `form:"ten" line:"true"`
	Short     string `form:"ten-ngan" line:"true"`
	Office    bool   `form:"la-van-phong"`
	Contact   string `form:"dau-moi" line:"true"`
	Phone     string `form:"dien-thoai" line:"true"`
	From      string `form:"tu-ngay" line:"true" day:"true"`
	Last      string `form:"den-ngay" line:"true" day:"true"`
	Successor string `form:"ke-thua" line:"true"`
}

// unit is what the form says, and what is wrong with its telephone number.
func (f unitForm) unit() (doithoai.Unit, []doithoai.Problem) {
	from, _ := calendar.ParseDateVN(f.From) // what is not a date, the rule refuses
	phone, wrong := web.Phone("dien-thoai", f.Phone)
	return doithoai.Unit{
		Name: f.Name, Short: f.Short, Office: f.Office, Contact: f.Contact, Phone: phone, From: from,
	}, wrong
}

type unitPage struct {
	organisationPage
	Unit     doithoai.Unit // without id: a new one
	Form     unitForm
	Problems web.Problems
}

func (s *site) newUnit(r *web.Request) error {
	p, err := s.organised(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, unitPage{organisationPage: p, Form: unitForm{From: r.Date(r.Today())}}.view())
}

func (s *site) openUnit(r *web.Request) error {
	var f unitForm
	p, err := s.organisedForm(r, &f)
	if err != nil {
		return err
	}
	u, wrong := f.unit()
	if err = doithoai.RefuseForm(append(u.UnitProblems(), wrong...)); err == nil {
		_, err = s.db.OpenUnit(r.Context(), r.Actor(), u)
	}
	return p.answerForm(r, doithoai.ActOpenUnit, err, func(p organisationPage, wrong web.Problems) templ.Component {
		return unitPage{p, doithoai.Unit{}, f, wrong}.view()
	})
}

// unitOf finds the unit of the address.
func (s *site) unitOf(r *web.Request) (p unitPage, err error) {
	if p.organisationPage, err = s.organised(r); err != nil {
		return p, err
	}
	var ok bool
	if p.Unit, ok = p.Organisation.Unit(doithoai.ID(r.PathValue("id"))); !ok {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Form = unitForm{
		Version: p.Unit.Version, Short: p.Unit.Short, Contact: p.Unit.Contact, Phone: p.Unit.Phone,
	}
	return p, nil
}

func (s *site) unit(r *web.Request) error {
	p, err := s.unitOf(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) changeUnit(r *web.Request) error {
	var f unitForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.unitOf(r)
	if err != nil {
		return err
	}
	u, wrong := f.unit()
	if err = doithoai.RefuseForm(append(u.ContactProblems(), wrong...)); err == nil {
		err = s.db.ChangeContact(r.Context(), r.Actor(), p.Unit.ID, f.Version, u.Short, u.Contact, u.Phone)
	}
	f.Version = p.Unit.Version
	return p.answerForm(r, doithoai.ActChangeUnit, err, func(o organisationPage, wrong web.Problems) templ.Component {
		p.organisationPage, p.Form, p.Problems = o, f, wrong
		return p.view()
	})
}

func (s *site) closeUnit(r *web.Request) error {
	var f unitForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.unitOf(r)
	if err != nil {
		return err
	}
	last, _ := calendar.ParseDateVN(f.Last)
	err = s.db.CloseUnit(r.Context(), r.Actor(), p.Unit.ID, last, doithoai.ID(f.Successor))
	return p.answerForm(r, doithoai.ActCloseUnit, err, func(o organisationPage, wrong web.Problems) templ.Component {
		p.organisationPage, p.Form.Last, p.Form.Successor, p.Problems = o, f.Last, f.Successor, wrong
		return p.view()
	})
}

// villagesForm are villages as they were typed, one on a line.
type villagesForm struct {
	Names string `form:"thon"`
	From  string `form:"tu-ngay" line:"true" day:"true"`
}

type villagesPage struct {
	organisationPage
	Form     villagesForm
	Problems web.Problems
}

func (s *site) newVillages(r *web.Request) error {
	p, err := s.organised(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, villagesPage{organisationPage: p, Form: villagesForm{From: r.Date(r.Today())}}.view())
}

func (s *site) openVillages(r *web.Request) error {
	var f villagesForm
	p, err := s.organisedForm(r, &f)
	if err != nil {
		return err
	}
	var names []string
	for line := range strings.Lines(f.Names) {
		if name := strings.TrimSpace(line); name != "" {
			names = append(names, name)
		}
	}
	from, _ := calendar.ParseDateVN(f.From)
	err = s.db.OpenVillages(r.Context(), r.Actor(), names, from)
	return p.answerForm(r, doithoai.ActOpenVillages, err, func(p organisationPage, wrong web.Problems) templ.Component {
		return villagesPage{p, f, wrong}.view()
	})
}

// villageForm is the end of a village.
type villageForm struct {
	Last      string `form:"den-ngay" line:"true" day:"true"`
	Successor string `form:"ke-thua" line:"true"`
}

type villagePage struct {
	organisationPage
	Village  doithoai.Village
	Form     villageForm
	Problems web.Problems
}

func (s *site) villageOf(r *web.Request) (p villagePage, err error) {
	if p.organisationPage, err = s.organised(r); err != nil {
		return p, err
	}
	for _, v := range p.Villages {
		if string(v.ID) == r.PathValue("id") {
			p.Village = v
			return p, nil
		}
	}
	return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

func (s *site) village(r *web.Request) error {
	p, err := s.villageOf(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) closeVillage(r *web.Request) error {
	var f villageForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.villageOf(r)
	if err != nil {
		return err
	}
	last, _ := calendar.ParseDateVN(f.Last)
	err = s.db.CloseVillage(r.Context(), r.Actor(), p.Village.ID, last, doithoai.ID(f.Successor))
	return p.answerForm(r, doithoai.ActCloseVillage, err, func(o organisationPage, wrong web.Problems) templ.Component {
		p.organisationPage, p.Form, p.Problems = o, f, wrong
		return p.view()
	})
}
