package setup

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
	"doithoai/web"
)

// question is one page: what it asks, and what may be wrong with the answer.
type question struct {
	slug     string
	title    string // catalogue key
	fields   func(questionPage) templ.Component
	problems func(d Draft, password string) []doithoai.Problem
}

// questions in the order in which they are asked.
var questions = []question{
	{"co-quan", "setup.title.authority", questionPage.authority, authorityProblems},
	{"don-vi", "setup.title.units", questionPage.units, unitProblems},
	{"thon", "setup.title.villages", questionPage.villages, villageProblems},
	{"gio-lam-viec", "setup.title.hours", questionPage.hours, hoursProblems},
	{"internet", "setup.title.internet", questionPage.internet, internetProblems},
	{"tai-khoan", "setup.title.account", questionPage.account, accountProblems},
}

func (q question) path() string { return path + "/" + q.slug }

// number is the question's place, from 1.
func (q question) number() int {
	return 1 + slices.IndexFunc(questions, func(other question) bool { return other.slug == q.slug })
}

// questionPage is a question with what was typed.
type questionPage struct {
	*web.Reader
	question question
	Presets  []doithoai.UnitPreset
	Draft    Draft
	Problems web.Problems
	Back     string // the check page, where it asked for the change
	HasPass  bool   // a password was taken already
}

// posted are the fields of a page that are not of the draft.
type posted struct {
	Draft
	Password string `form:"mat-khau"`
	Again    string `form:"lap-lai"`
	Back     string `form:"ve" line:"true"`
	Fill     string `form:"lay-mau" line:"true"`
	Show     string `form:"xem-truoc" line:"true"`
}

func (s *Site) ask(q question) web.Handler {
	return func(r *web.Request) error {
		d, password := s.now()
		return r.Page(http.StatusOK, s.page(r, q, d, password, r.FormValue("ve")).view())
	}
}

// kindsOf are the kinds of communes of all presets.
func kindsOf(presets []doithoai.UnitPreset) (all []string) {
	for _, p := range presets {
		for _, kind := range p.Kinds {
			if !slices.Contains(all, kind) {
				all = append(all, kind)
			}
		}
	}
	return all
}

func (s *Site) page(r *web.Request, q question, d Draft, password, back string) questionPage {
	if d.Units == "" {
		d = d.filled(s.presets)
	}
	if d.Hours == "" && q.slug == "gio-lam-viec" {
		d.Hours = d.preset(s.presets).Hours
	}
	return questionPage{Reader: r.Reader, question: q, Presets: s.presets, Draft: d, Back: back, HasPass: password != ""}
}

// filled takes the units of the chosen preset.
func (d Draft) filled(all []doithoai.UnitPreset) Draft {
	p := d.preset(all)
	d.Preset = p.Preset
	var names []string
	for _, u := range p.For(d.Kind) {
		names = append(names, u.Name)
	}
	d.Units = strings.Join(names, "\n")
	return d
}

// answer takes a page. What is wrong comes back with everything typed; what is right is kept, and leads on.
func (s *Site) answer(q question) web.Handler {
	return func(r *web.Request) error {
		d, password := s.now()
		p := posted{}
		file, err := r.Upload(&p, table.FileField, table.MaxFile)
		if err != nil {
			return err
		}
		d.take(r, p.Draft)
		d, twoKinds := d.tidied(kindsOf(s.presets))
		page := s.page(r, q, d, password, p.Back)
		if p.Show != "" { // by the script, while the name is being typed
			return r.Page(http.StatusOK, page.letterhead())
		}
		if p.Fill != "" { // the button beside the presets, for browsers without scripts too
			page.Draft = d.filled(s.presets)
			return r.Page(http.StatusOK, page.view())
		}
		if len(file) > 0 {
			return s.fromFile(r, page, file)
		}
		if q.slug == "tai-khoan" && (p.Password != "" || p.Again != "" || password == "") {
			password = p.Password
		}
		problems := append(twoKinds, q.problems(d, password)...)
		if q.slug == "tai-khoan" && p.Password != p.Again {
			problems = append(problems, doithoai.Problem{Field: "lap-lai", Key: "setup.problem.again"})
		}
		if len(problems) > 0 {
			page.Problems = r.Problems(&doithoai.Error{Problems: problems})
			return r.Page(http.StatusUnprocessableEntity, page.view())
		}
		if err := s.keep(d, password); err != nil {
			return err
		}
		n := q.number()
		if p.Back == "kiem-tra" || n == len(questions) {
			return r.Redirect(checkPath)
		}
		return r.Redirect(questions[n].path())
	}
}

// take takes over the fields that were posted; those of other pages stay.
func (d *Draft) take(r *web.Request, p Draft) {
	for name, field := range map[string][2]*string{
		"loai": {&d.Kind, &p.Kind}, "ten": {&d.Place, &p.Place}, "cap-tren": {&d.Superior, &p.Superior},
		"ky-hieu": {&d.Prefix, &p.Prefix},
		"mo-hinh": {&d.Preset, &p.Preset}, "don-vi": {&d.Units, &p.Units}, "thon": {&d.Villages, &p.Villages},
		"gio": {&d.Hours, &p.Hours}, "tiep-dan": {&d.Reception, &p.Reception}, "dien-thoai": {&d.Phone, &p.Phone},
		"dia-chi":  {&d.Address, &p.Address},
		"internet": {&d.Internet, &p.Internet},
		"ho-ten":   {&d.Name, &p.Name}, "chuc-vu": {&d.Post, &p.Post}, "ten-dang-nhap": {&d.Login, &p.Login},
		"van-phong": {&d.Office, &p.Office},
	} {
		if r.PostForm.Has(name) {
			*field[0] = *field[1]
		}
	}
}

// fromFile adds the villages of a file to the list, and shows it to be looked at before it is taken.
func (s *Site) fromFile(r *web.Request, page questionPage, b []byte) error {
	rule, _ := doithoai.ListRuleOf(doithoai.ListVillages)
	got, err := table.Read(b)
	var file doithoai.ListFile
	if err == nil {
		file, _, err = table.Match(got, rule)
	}
	if doithoai.KindOf(err) == doithoai.Invalid {
		page.Problems = r.Problems(err)
		return r.Page(http.StatusUnprocessableEntity, page.view())
	}
	if err != nil {
		return err
	}
	names := lines(page.Draft.Villages)
	for _, row := range file.Rows {
		names = append(names, row.Cells[0])
	}
	page.Draft.Villages = strings.Join(lines(strings.Join(names, "\n")), "\n")
	return r.Page(http.StatusOK, page.view())
}

// faults collects the problems of an answer.
type faults []doithoai.Problem

func (f *faults) add(wrong bool, field, key string, args ...any) {
	if wrong {
		*f = append(*f, doithoai.Problem{Field: field, Key: key, Args: args})
	}
}

func long(s string) bool { return utf8.RuneCountInString(s) > maxLine }

func authorityProblems(d Draft, _ string) []doithoai.Problem {
	var f faults
	f.add(d.Kind == "" || long(d.Kind), "loai", "setup.problem.kind")
	f.add(d.Place == "" || slug(d.Place) == "", "ten", "setup.problem.place")
	f.add(long(d.Place), "ten", "list.problem.long", "max", maxLine)
	f.add(!text.IsCommittee(d.Superior), "cap-tren", "setup.problem.superior")
	f.add(long(d.Superior), "cap-tren", "list.problem.long", "max", maxLine)
	f.add(d.Place != "" && !doithoai.ValidPrefix(d.prefix()), "ky-hieu", "setup.problem.prefix")
	return f
}

func unitProblems(d Draft, _ string) []doithoai.Problem {
	var f faults
	units := lines(d.Units)
	f.add(len(units) == 0, "don-vi", "setup.problem.units")
	f.add(slices.ContainsFunc(units, long), "don-vi", "setup.problem.line", "max", maxLine)
	seen := map[string]bool{}
	for _, u := range units {
		f.add(slug(u) == "" || seen[slug(u)], "don-vi", "setup.problem.unit", "unit", u)
		seen[slug(u)] = true
	}
	return f
}

func villageProblems(d Draft, _ string) []doithoai.Problem {
	var f faults
	villages := lines(d.Villages)
	f.add(len(villages) == 0, "thon", "setup.problem.villages")
	f.add(slices.ContainsFunc(villages, long), "thon", "setup.problem.line", "max", maxLine)
	return f
}

func hoursProblems(d Draft, _ string) []doithoai.Problem {
	var f faults
	f.add(d.Hours == "", "gio", "setup.problem.hours")
	f.add(d.Reception == "", "tiep-dan", "setup.problem.reception")
	f.add(d.Address == "", "dia-chi", "setup.problem.address")
	for _, field := range [][2]string{{"gio", d.Hours}, {"tiep-dan", d.Reception}, {"dia-chi", d.Address}} {
		f.add(long(field[1]), field[0], "list.problem.long", "max", maxLine)
	}
	_, err := text.NormalPhones(d.Phone)
	var fault *text.ContactFault
	if errors.As(err, &fault) {
		f.add(true, "dien-thoai", string(fault.Reason), "count", fault.Count)
	}
	return f
}

func internetProblems(d Draft, _ string) []doithoai.Problem {
	var f faults
	f.add(d.Internet != yes && d.Internet != no, "internet", "setup.problem.internet")
	return f
}

func accountProblems(d Draft, password string) []doithoai.Problem {
	var f faults
	f.add(d.Name == "" || long(d.Name), "ho-ten", "setup.problem.name")
	f.add(long(d.Post), "chuc-vu", "list.problem.long", "max", maxLine)
	f.add(d.Office != yes && d.Office != no, "van-phong", "setup.problem.office")
	return append(f, store.AccountProblems(d.officer(), password)...)
}
