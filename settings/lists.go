package settings

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
	"doithoai/web"
)

const (
	listsPath  = web.SettingsPath + "/danh-muc"
	importPath = web.SettingsPath + "/nhap-danh-muc"
)

// listSlugs are the lists' names in addresses.
var listSlugs = map[doithoai.ListName]string{
	doithoai.ListVillages:      "thon",
	doithoai.ListOutsideBodies: "co-quan-khac",
	doithoai.ListFields:        "linh-vuc",
	doithoai.ListProcedures:    "thu-tuc",
	doithoai.ListSynonyms:      "tu-dong-nghia",
	doithoai.ListOfficers:      "can-bo",
}

// listOf finds the list that an address names.
func listOf(slug string) (doithoai.ListRule, error) {
	for name, s := range listSlugs {
		if s == slug {
			rule, _ := doithoai.ListRuleOf(name)
			return rule, nil
		}
	}
	return doithoai.ListRule{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// listsPage shows all lists: how long each is, and where to read, download and import it.
type listsPage struct {
	*web.Reader
	Lists []listCount
}

// listCount is a list with the number of its entries.
type listCount struct {
	Rule  doithoai.ListRule
	Count int
}

func (s *site) lists(r *web.Request) error {
	p := listsPage{Reader: r.Reader}
	for _, rule := range doithoai.ListRules {
		entries, err := s.db.ListEntries(r.Context(), r.Actor(), rule.Name)
		if err != nil {
			return err
		}
		p.Lists = append(p.Lists, listCount{rule, len(entries)})
	}
	return r.Page(http.StatusOK, p.view())
}

// maxShown is how many entries of a list a page shows. The rest is found by the search, and in the file.
const maxShown = 200

// listPage shows one list.
type listPage struct {
	*web.Reader
	Rule  doithoai.ListRule
	Find  string
	Rows  [][]string // that were found, at most maxShown
	Found int
	Total int
	Done  bool // it was imported just now
}

func (s *site) list(r *web.Request) error {
	rule, rows, err := s.listRows(r)
	if err != nil {
		return err
	}
	p := listPage{
		Reader: r.Reader, Rule: rule, Find: text.CleanLine(r.FormValue("tim")), Total: len(rows) - 1,
		Done: r.URL.Query().Has("da-nhap"),
	}
	wanted := text.Fold(p.Find)
	for _, row := range rows[1:] {
		if wanted != "" && !strings.Contains(text.Fold(strings.Join(row, "\n")), wanted) {
			continue
		}
		if p.Found++; p.Found <= maxShown {
			p.Rows = append(p.Rows, row)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// listRows are the entries of the list that the address names, under their headings.
func (s *site) listRows(r *web.Request) (rule doithoai.ListRule, rows [][]string, err error) {
	if rule, err = listOf(r.PathValue("list")); err != nil {
		return rule, nil, err
	}
	entries, err := s.db.ListEntries(r.Context(), r.Actor(), rule.Name)
	if err != nil {
		return rule, nil, err
	}
	names, err := s.listNames(r)
	return rule, table.Rows(r.Text, rule, entries, names), err
}

func (s *site) listNames(r *web.Request) (names table.Names, err error) {
	names.Fields, names.Units, err = s.db.ListNames(r.Context(), r.Authority.ID)
	return names, err
}

// listForm is a form in which a list is downloaded.
type listForm struct {
	kind  string
	write func(w io.Writer, sheet string, rows [][]string) error
}

var listForms = map[string]listForm{
	"csv": {"text/csv; charset=utf-8", func(w io.Writer, _ string, rows [][]string) error {
		return table.WriteCSV(w, slices.Values(rows))
	}},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table.WriteXLSX},
}

// listFile sends a list as a file that can be imported again.
func (s *site) listFile(r *web.Request) error {
	form, ok := listForms[r.PathValue("form")]
	if !ok {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	rule, rows, err := s.listRows(r)
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := form.write(&b, sheetName(r.T("list.name."+string(rule.Name))), marked(r, rows)); err != nil {
		return fmt.Errorf("write list %s: %w", rule.Name, err)
	}
	h := r.W.Header()
	h.Set("Content-Type", form.kind)
	name := fmt.Sprintf("%s-%s.%s", listSlugs[rule.Name], r.Today(), r.PathValue("form"))
	h.Set("Content-Disposition", "attachment; filename="+name)
	h.Set("Cache-Control", "no-store")
	_, _ = io.WriteString(r.W, b.String()) // a reader who went away is nobody's error
	return nil
}

// sheetName is a name that a sheet may have: 31 characters at most.
func sheetName(s string) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), 31)])
}

// importForm is the file that is to be imported, and into which list.
type importForm struct {
	List string `form:"danh-muc" line:"true"`
}

// importPage asks for a list and a file.
type importPage struct {
	*web.Reader
	Form     importForm
	Rules    []doithoai.ListRule
	Problems web.Problems
}

// importable are the lists into which the officer may import.
func importable(r *web.Request) []doithoai.ListRule {
	return slices.DeleteFunc(slices.Clone(doithoai.ListRules), func(rule doithoai.ListRule) bool {
		return !doithoai.MayEver(r.Actor(), rule.Act)
	})
}

func (s *site) newImport(r *web.Request) error {
	p := importPage{Reader: r.Reader, Rules: importable(r), Form: importForm{List: r.FormValue("danh-muc")}}
	return r.Page(http.StatusOK, p.view())
}

// readImport reads the file and keeps its rows, not the file, until the officer has seen what they would do. A file
// that can't be read comes back to the form, which keeps the list.
func (s *site) readImport(r *web.Request) error {
	p := importPage{Reader: r.Reader, Rules: importable(r)}
	b, err := r.Upload(&p.Form, table.FileField, table.MaxFile)
	if err == nil {
		err = s.keepImport(r, p.Form, b)
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() { // of the form as a whole
		var e *doithoai.Error
		if !errors.As(err, &e) {
			return err
		}
		p.Problems = r.Problems(&doithoai.Error{Problems: []doithoai.Problem{{Field: table.FileField, Key: e.Key}}})
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) keepImport(r *web.Request, f importForm, b []byte) error {
	rule, err := listOf(f.List)
	if err != nil {
		return &doithoai.Error{Kind: doithoai.Invalid, Problems: []doithoai.Problem{
			{Field: "danh-muc", Key: "settings.import.problem.list"},
		}}
	}
	if b == nil {
		return &doithoai.Error{Kind: doithoai.Invalid, Problems: []doithoai.Problem{
			{Field: table.FileField, Key: "settings.import.problem.file"},
		}}
	}
	got, err := table.Read(b)
	if err != nil {
		return err
	}
	file, notes, err := table.Match(got, rule)
	if err != nil {
		return err
	}
	if err := s.db.KeepImport(r.Context(), r.Actor(), rule.Name, file, notes); err != nil {
		return err
	}
	return r.Redirect(importPath + "/" + f.List)
}

// previewImportPage shows what importing a file would do.
type previewImportPage struct {
	*web.Reader
	Rule    doithoai.ListRule
	Import  store.ListImport
	Names   table.Names
	Refusal string
}

func (s *site) previewImport(r *web.Request) error {
	return s.showImport(r, nil)
}

// showImport shows the kept rows against the list as it is now, after a refusal with its words. Where nothing is kept
// any more, it leads back to the form.
func (s *site) showImport(r *web.Request, refusal error) error {
	rule, err := listOf(r.PathValue("list"))
	if err != nil {
		return err
	}
	p := previewImportPage{Reader: r.Reader, Rule: rule}
	if p.Import, err = s.db.KeptImport(r.Context(), r.Actor(), rule.Name); doithoai.KindOf(err) == doithoai.NotFound {
		return r.Redirect(importPath + "?danh-muc=" + url.QueryEscape(r.PathValue("list")))
	}
	if err != nil {
		return err
	}
	if p.Names, err = s.listNames(r); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		p.Refusal, status = web.RefusalWords(r.Reader, refusal), web.StatusOf(refusal)
	}
	return r.Page(status, p.view())
}

// confirmImport takes the kept rows over, as the officer saw it or not at all.
func (s *site) confirmImport(r *web.Request) error {
	var f struct {
		Digest string `form:"phien-ban" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	rule, err := listOf(r.PathValue("list"))
	if err != nil {
		return err
	}
	kept, err := s.db.KeptImport(r.Context(), r.Actor(), rule.Name)
	if doithoai.KindOf(err) == doithoai.NotFound { // a second click, or the draft was thrown away
		return r.Redirect(listsPath + "/" + r.PathValue("list"))
	}
	if err != nil {
		return err
	}
	if f.Digest == "" { // never from our pages: agreeing unseen is the command's
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	_, err = s.db.ImportList(r.Context(), r.Actor(), rule.Name, kept.File, f.Digest)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.Conflict:
		return s.showImport(r, err)
	}
	if err != nil {
		return err
	}
	return r.Redirect(listsPath + "/" + r.PathValue("list") + "?da-nhap")
}

// dropImport forgets the kept rows.
func (s *site) dropImport(r *web.Request) error {
	rule, err := listOf(r.PathValue("list"))
	if err != nil {
		return err
	}
	if err := s.db.DropDraft(r.Context(), r.Actor(), store.DraftImport, string(rule.Name)); err != nil {
		return err
	}
	return r.Redirect(importPath + "?danh-muc=" + url.QueryEscape(r.PathValue("list")))
}
