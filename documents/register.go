package documents

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// registerPage is the register of documents: what waits for who signs or for its number, then what got a number and a
// day, the latest first.
type registerPage struct {
	*web.Reader
	Query store.DocumentQuery
	Rows  []store.ListedDocument
	store.Beyond
	Dialogues []doithoai.Dialogue
	Tabs      relayTabs
	Life      doithoai.DocumentLife // of which papers are asked for; "": all
	Lives     map[doithoai.DocumentLife]doithoai.Count
	Pending   []store.PendingDocument
	Left      []doithoai.DocumentLife // of which there are more than the page lists
}

const documentsLimit = 30

// Fields of the register's address.
const (
	documentTyped, documentKind, documentDialogue, documentYear, documentAfter = "so", "loai", "buoi", "nam", "sau"
	documentLife                                                               = "tinh-trang"
)

func (s *site) register(r *web.Request) error {
	q := r.URL.Query()
	p := registerPage{Reader: r.Reader, Query: store.DocumentQuery{
		Typed: text.CleanLine(q.Get(documentTyped)), Called: called(r.Reader), After: q.Get(documentAfter),
		Limit: documentsLimit, Waiting: q.Get(documentWaiting) == waitingYet,
	}}
	if !p.Query.Waiting {
		p.Life = lifeOf(q.Get(documentLife))
		p.Query.Ended = p.Life == doithoai.LifeEnded
	}
	if kind := doithoai.DocumentKind(q.Get(documentKind)); slices.Contains(doithoai.DocumentKinds, kind) {
		p.Query.Kind = kind
	}
	if y, err := strconv.Atoi(q.Get(documentYear)); err == nil && y > p.Today().Year-documentYears && y <= p.Today().Year {
		p.Query.Year = y
	}
	var err error
	if p.Dialogues, err = s.db.DialogueList(r.Context(), r.Actor()); err != nil {
		return err
	}
	for _, d := range p.Dialogues {
		if string(d.ID) == q.Get(documentDialogue) {
			p.Query.Dialogue = d.ID
		}
	}
	if p.issued() {
		if p.Rows, p.Beyond, err = s.db.Documents(r.Context(), r.Actor(), p.Query); err != nil {
			return err
		}
	}
	if err = s.loadPending(r, &p); err != nil {
		return err
	}
	if p.Tabs, err = s.relayTabs(r); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// called are the names of kinds of documents that people type.
func called(r *web.Reader) map[doithoai.DocumentKind]string {
	names := map[doithoai.DocumentKind]string{}
	for _, k := range doithoai.DocumentKinds {
		names[k] = r.T("documents.kind."+string(k)) + "," + r.T("documents.called."+string(k))
	}
	return names
}

// narrowed reports whether the register is asked for a part of it.
func (p registerPage) narrowed() bool {
	q := p.Query
	return q.Typed != "" || q.Kind != "" || q.Dialogue != "" || q.Year != 0 || q.Waiting || p.Life != ""
}

// path is the address of the register as it is narrowed, behind a cursor.
func (p registerPage) path(after string) string {
	query, q := p.Query, url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set(documentTyped, query.Typed)
	set(documentKind, string(query.Kind))
	set(documentDialogue, string(query.Dialogue))
	if query.Year != 0 {
		set(documentYear, strconv.Itoa(query.Year))
	}
	if query.Waiting {
		q.Set(documentWaiting, waitingYet)
	}
	set(documentLife, lifeSlugs[p.Life])
	set(documentAfter, after)
	if len(q) == 0 {
		return web.DocumentsPath
	}
	return web.DocumentsPath + "?" + q.Encode()
}

// kept are what the register is narrowed by, for a form that leads back to it.
func (p registerPage) kept() (fields []ui.HiddenField) {
	_, query, _ := strings.Cut(p.path(""), "?")
	q, err := url.ParseQuery(query)
	if err != nil { // it is our own
		return nil
	}
	for name := range q {
		fields = append(fields, ui.HiddenField{Name: name, Value: q.Get(name)})
	}
	slices.SortFunc(fields, func(a, b ui.HiddenField) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// years of documents that can be asked for.
const documentYears = 4

func (p registerPage) selects() (list []ui.Select) {
	kinds := []ui.Option{{Text: p.T("documents.any_kind")}}
	for _, k := range doithoai.DocumentKinds {
		kinds = append(kinds, ui.Option{Value: string(k), Text: p.T("documents.kind." + string(k))})
	}
	dialogues := []ui.Option{{Text: p.T("task.any_dialogue")}}
	for _, d := range p.Dialogues {
		dialogues = append(dialogues, ui.Option{
			Value: string(d.ID), Text: p.T("register.dialogue", "date", p.Date(d.StartsAt.Date())),
		})
	}
	years := []ui.Option{{Text: p.T("documents.any_year")}}
	for y := p.Today().Year; y > p.Today().Year-documentYears; y-- {
		years = append(years, ui.Option{Value: strconv.Itoa(y), Text: p.T("documents.year", "year", strconv.Itoa(y))})
	}
	year := ""
	if p.Query.Year != 0 {
		year = strconv.Itoa(p.Query.Year)
	}
	for _, f := range []struct {
		name, label, value string
		options            []ui.Option
	}{
		{documentKind, "documents.kind", string(p.Query.Kind), kinds},
		{documentDialogue, "task.dialogue", string(p.Query.Dialogue), dialogues},
		{documentYear, "documents.of_year", year, years},
	} {
		list = append(list, ui.Select{
			Field: ui.Field{Name: f.name, Label: ui.Label{Text: p.T(f.label), Classes: "govuk-visually-hidden"}},
			Value: f.value, Options: f.options,
		})
	}
	return list
}

func (p registerPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if p.Query.After != "" {
		pages.Previous = ui.PageLink{Text: p.T("task.first_page"), Href: p.path("")}
	}
	if p.More {
		pages.Next = ui.PageLink{Text: p.T("task.next_page"), Href: p.path(p.Rows[len(p.Rows)-1].Cursor())}
	}
	return pages
}
