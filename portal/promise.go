package portal

import (
	"net/http"
	"net/url"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// promisesPage is what the commune promised in published answers, and what became of it.
type promisesPage struct {
	*web.Reader
	setting
	Counts map[store.PromiseTab]doithoai.Count
	Tab    store.PromiseTab // that is shown alone; empty: the beginning of each
	After  doithoai.ID
	Parts  []promisesPart
}

// promisesPart is a part of the page: promises that stand alike.
type promisesPart struct {
	Tab  store.PromiseTab
	Rows []store.PromiseRow
	More bool
}

const (
	// promisesEach is how many promises of each part the page shows, promisesAlone how many of one that is shown alone.
	promisesEach  = 5
	promisesAlone = 20

	fieldStanding = "tinh-hinh"
	fieldAfter    = "sau"
)

// promises answers GET /cam-ket: the beginning of each part, or one of them by pages.
func (s *site) promises(r *web.Request) error {
	q := r.URL.Query()
	p := promisesPage{Reader: r.Reader, After: doithoai.ID(q.Get(fieldAfter))}
	if tab := store.PromiseTab(q.Get(fieldStanding)); slices.Contains(store.PromiseTabs, tab) {
		p.Tab = tab
	}
	var err error
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if p.Counts, err = s.DB.PublicPromiseCounts(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	for _, tab := range store.PromiseTabs {
		if p.Tab != "" && tab != p.Tab || p.Tab == "" && p.Counts[tab] == 0 {
			continue
		}
		f := store.PromiseFilter{Tab: tab, Limit: promisesEach}
		if p.Tab != "" {
			f.Limit, f.After = promisesAlone, p.After
		}
		part := promisesPart{Tab: tab}
		if part.Rows, part.More, err = s.DB.PublicPromises(r.Context(), r.Authority.ID, f); err != nil {
			return err
		}
		p.Parts = append(p.Parts, part)
	}
	return r.Page(http.StatusOK, p.view())
}

// promisesPath is the address of one part of the page, behind the promise after.
func promisesPath(tab store.PromiseTab, after doithoai.ID) string {
	q := url.Values{fieldStanding: {string(tab)}}
	if after != "" {
		q.Set(fieldAfter, string(after))
	}
	return web.PublicPromisesPath + "?" + q.Encode()
}

// title names the page, and the part that is shown alone.
func (p promisesPage) title() string {
	if p.Tab == "" {
		return p.T("promise.page.title")
	}
	return p.T("promise.page.title_of", "title", p.T("promise.page.title"), "tab", p.T("promise.tab."+p.Tab.Key()))
}

// promiseFigures are the counts of promises, each a link to them.
func promiseFigures(r *web.Reader, counts map[store.PromiseTab]doithoai.Count) (figures ui.Figures) {
	for _, tab := range []store.PromiseTab{
		store.PromisesKept, store.PromisesKeptLate, store.PromisesLate, store.PromisesOpen, store.PromisesBroken,
	} {
		figures = append(figures, ui.Figure{
			Number: r.Count(counts[tab]), Text: r.T("promise.figure." + tab.Key()), Href: promisesPath(tab, ""),
			Late: tab == store.PromisesLate && counts[tab] > 0,
		})
	}
	return figures
}

// any reports whether some promise is public.
func anyPromise(counts map[store.PromiseTab]doithoai.Count) bool {
	for _, n := range counts {
		if n > 0 {
			return true
		}
	}
	return false
}

func (p promisesPage) table(part promisesPart) ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("promise.tab." + part.Tab.Key()),
		Columns: []string{
			p.T("promise.what"), p.T("promise.page.unit"), p.T("promise.page.due"), p.T("promise.page.result"),
		},
		Kinds: []ui.Kind{ui.Plain, ui.Plain, ui.Plain},
	}
	for _, row := range part.Rows {
		s := web.Promise{Reader: p.Reader, Promise: row.Promise, Calendar: p.Calendar}
		t.Rows = append(t.Rows, ui.WorkRow{
			Title: row.What, Href: madeAt(row), Under: madeBy(p.Reader, row),
			Late:  row.State == doithoai.PromiseOpen && s.IsLate(),
			Cells: []ui.WorkCell{{Text: row.Unit}, {Rich: promiseDue(s)}, {Rich: promiseResult(s, row.Files)}},
		})
	}
	return t
}

// madeAt is the page of what made a promise: of the answer, or of the dialogue.
func madeAt(row store.PromiseRow) string {
	if row.DialogueID != "" {
		return dialoguePath(row.Slug) + "#" + concludedPart
	}
	return answerPath(row.Number)
}

// madeBy says what made a promise.
func madeBy(r *web.Reader, row store.PromiseRow) string {
	if row.DialogueID != "" {
		return r.T("promise.page.concluded", "date", r.Date(row.HeldOn.Date()))
	}
	return r.T("promise.page.made", "number", string(row.Number))
}

func (p promisesPage) pages(part promisesPart) ui.Pagination {
	pages := ui.Pagination{Label: p.T("promise.page.pages")}
	if p.After != "" {
		pages.Previous = ui.PageLink{Text: p.T("portal.answers.first"), Href: promisesPath(part.Tab, "")}
	}
	if part.More {
		pages.Next = ui.PageLink{
			Text: p.T("promise.page.next"), Href: promisesPath(part.Tab, part.Rows[len(part.Rows)-1].ID),
		}
	}
	return pages
}

// promiseStands is a promise as an answer's page tells it.
type promiseStands struct {
	web.Promise
	Unit  string
	Files int // that everybody sees
}

// promiseRows are promises with who does them until when, and what became of them.
func promiseRows(list []promiseStands) (rows ui.Rows) {
	for _, s := range list {
		rows = append(rows, ui.Row{Title: s.What, Lang: "vi", Facts: s.facts(), State: promiseResult(s.Promise, s.Files)})
	}
	return rows
}

// promised are the promises of a followed opinion.
func (o followed) promised() (list []promiseStands) {
	for _, of := range o.Promises {
		list = append(list, promiseStands{
			web.Promise{Reader: o.Reader, Promise: of, Calendar: o.Calendar}, o.unitName(of.UnitID), o.PublicFiles[of.ID],
		})
	}
	return list
}

// nextPromise is the open promise that falls due first; nil where none is open.
func (o followed) nextPromise() (next *doithoai.Promise) {
	for i, of := range o.Promises {
		if of.State == doithoai.PromiseOpen && (next == nil || of.Due.Before(next.Due)) {
			next = &o.Promises[i]
		}
	}
	return next
}

// what are the words of a promise that an event of the opinion is about.
func (o followed) what(id doithoai.ID) string {
	for _, of := range o.Promises {
		if of.ID == id {
			return of.What
		}
	}
	return ""
}

// standing are promises as a page tells them.
func standing(r *web.Reader, c calendar.Calendar, rows []store.PromiseRow) (list []promiseStands) {
	for _, row := range rows {
		list = append(list, promiseStands{web.Promise{Reader: r, Promise: row.Promise, Calendar: c}, row.Unit, row.Files})
	}
	return list
}

// concludedPart is the part of a dialogue's page where what its conclusion promised stands.
const concludedPart = "viec-giao"
