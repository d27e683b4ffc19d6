package office

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// partPromises is the part of an opinion's page where what its answers promised stands.
const partPromises = "#muc-da-hua"

// promisedDraft are the lines of a draft.
func promisedDraft(d store.Draft) web.PromisedForm {
	f := web.PromisedForm{
		Units: d.Fields[doithoai.FieldPromiseUnit], Whats: d.Fields[doithoai.FieldPromiseWhat],
		Dues: d.Fields[doithoai.FieldPromiseDue],
	}
	f.Compact()
	return f
}

// promisedTexts are the words typed that would be lost with the form.
func promisedTexts(f web.PromisedForm) []keptText {
	return []keptText{{"promise.form.title", strings.TrimSpace(strings.Join(f.Whats, "\n"))}}
}

// promisedFields are the lines of what an answer promises.
func (p opinionPage) promisedFields(f web.PromisedForm, about string) web.PromisedFields {
	return web.PromisedFields{
		Reader: p.Reader, Form: f, Problems: p.Problems, Doers: p.doers(), Title: p.T("promise.form.title"), About: about,
		Most: doithoai.MaxPromises,
	}
}

// openPromises are what is still to be done of what the answers promised.
func (p opinionPage) openPromises() (list []doithoai.Promised) {
	for _, o := range p.Promises {
		if o.State == doithoai.PromiseOpen {
			list = append(list, o.Promised)
		}
	}
	return list
}

// doers are the units that may do what is promised.
func (p opinionPage) doers() []ui.Option {
	list := []ui.Option{{Text: p.T("opinion.ruling.choose_unit")}}
	for _, u := range p.Units {
		if !slices.Contains(p.Subject.ConcernedUnits, u.ID) {
			list = append(list, ui.Option{Value: string(u.ID), Text: u.ShortName()})
		}
	}
	return list
}

// promisedRows are what a letter promises, for who signs it.
func (p opinionPage) promisedRows(list []doithoai.Promised) []ui.SummaryRow {
	if len(list) == 0 {
		return nil
	}
	return []ui.SummaryRow{{Key: p.T("promise.promised"), RichValue: p.promisedLines(list)}}
}

// standing is where a promise stands, in words.
func (p opinionPage) stands(of doithoai.Promise) web.Promise {
	return web.Promise{Reader: p.Reader, Promise: of, Calendar: p.outlook.rules.Calendar}
}

// promisesOfFacts says which of its promises an event is about.
func (p opinionPage) whatOf(id doithoai.ID) string {
	i := slices.IndexFunc(p.Promises, func(o doithoai.Promise) bool { return o.ID == id })
	if i < 0 {
		return ""
	}
	return p.Promises[i].What
}

func (p opinionPage) promiseFacts(f doithoai.Facts) []string {
	list := []string{"“" + p.whatOf(f.Promise) + "”."}
	if !f.Dated.IsZero() {
		list = append(list, p.T("promise.timeline.done", "date", p.Date(f.Dated)))
	}
	if f.Late {
		list = append(list, p.T("promise.timeline.late"))
	}
	return list
}

// publicFileFacts say of which promise a file is public, or why it is not any more.
func (p opinionPage) publicFileFacts(f doithoai.Facts) []string {
	list := []string{"“" + p.whatOf(f.PublicFile.Promise) + "”."}
	if f.Reason != "" {
		list = append(list, p.T("evidence.unpublish."+f.Reason)+".")
	}
	return list
}

// promisedFacts say what an answer promised when it went out, and what it replaced.
func (p opinionPage) promisedFacts(f doithoai.Facts) (list []string) {
	for _, of := range f.Promises {
		if of.Replaced {
			list = append(list, p.T("promise.timeline.replaced", "what", p.whatOf(of.ID)))
			continue
		}
		list = append(list, p.T("promise.timeline.made",
			"what", p.whatOf(of.ID), "unit", p.OpinionFile.Units[of.Unit], "date", p.DateShort(of.Due)))
	}
	return list
}

// promisesPage is the list of what answers promised.
type promisesPage struct {
	*web.Reader
	Filter   store.PromiseFilter
	Rows     []store.PromiseRow
	More     bool
	Counts   map[store.PromiseTab]doithoai.Count
	Calendar calendar.Calendar
}

// promisesLimit is how many rows a page of the list has.
const promisesLimit = 30

// Fields of the list's address.
const (
	promiseTab   = "loc"
	promiseAfter = "sau"
)

// promises answers GET /noi-bo/viec-da-hua: what presses first.
func (s *site) promises(r *web.Request) error {
	q := r.URL.Query()
	p := promisesPage{Reader: r.Reader, Filter: store.PromiseFilter{
		Tab: store.PromiseTab(q.Get(promiseTab)), After: doithoai.ID(q.Get(promiseAfter)), Limit: promisesLimit,
	}}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p.Calendar = rules.Calendar
	if p.Counts, err = s.db.PromiseCounts(r.Context(), r.Actor()); err != nil {
		return err
	}
	if !slices.Contains(store.PromiseTabs, p.Filter.Tab) {
		if p.Filter.Tab = store.PromisesOpen; p.Counts[store.PromisesLate] > 0 {
			p.Filter.Tab = store.PromisesLate
		}
	}
	if p.Rows, p.More, err = s.db.Promises(r.Context(), r.Actor(), p.Filter); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// path is the address of the list with a tab; after is the last promise of the page before.
func (p promisesPage) path(tab store.PromiseTab, after doithoai.ID) string {
	q := url.Values{promiseTab: {string(tab)}}
	if after != "" {
		q.Set(promiseAfter, string(after))
	}
	return web.PromisesPath + "?" + q.Encode()
}

func (p promisesPage) tabs() ui.SubNavigation {
	n := ui.SubNavigation{Label: p.T("register.tabs")}
	for _, t := range store.PromiseTabs {
		n.Items = append(n.Items, ui.NavItem{
			Rich: ui.Tab{
				Text: p.T("promise.tab." + t.Key()), Count: p.Count(p.Counts[t]),
				Late: t == store.PromisesLate && p.Counts[t] > 0,
			},
			Href: p.path(t, ""), Current: t == p.Filter.Tab,
		})
	}
	return n
}

// promiseTitle is how much of a promise's words a list shows, in characters.
const promiseTitle = 110

func (p promisesPage) table() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("promise.title"), Number: p.T("register.no"),
		Columns: []string{p.T("promise.what"), p.T("promise.unit"), p.T("register.due_workdays"), p.T("promise.standing")},
		Kinds:   []ui.Kind{ui.OfUnit, ui.OfDue, ui.OfState},
	}
	for _, row := range p.Rows {
		standing := web.Promise{Reader: p.Reader, Promise: row.Promise, Calendar: p.Calendar}
		due := ui.Words{web.ListDay(p.Reader, row.Due)}
		if row.State == doithoai.PromiseOpen {
			words, late := p.DueShort(p.Calendar, row.Due)
			due = append(due, ui.Due{Text: words, Late: late})
		}
		t.Rows = append(t.Rows, ui.WorkRow{
			Number: promiseNumber(p.Reader, row), Title: text.Brief(row.What, promiseTitle), Href: web.PromisePath(row.ID),
			Late:  row.State == doithoai.PromiseOpen && standing.IsLate(),
			Cells: []ui.WorkCell{{Text: row.Unit}, {Rich: due}, {Rich: standing.Tag()}},
		})
	}
	return t
}

// promiseNumber is how a list names what made a promise: the number of the opinion, or the day of the dialogue.
func promiseNumber(r *web.Reader, row store.PromiseRow) string {
	if row.DialogueID != "" {
		return r.T("promise.concluded_short", "date", r.DateShort(row.HeldOn.Date()))
	}
	return string(row.Number)
}

func (p promisesPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if p.Filter.After != "" {
		pages.Previous = ui.PageLink{Text: p.T("register.first"), Href: p.path(p.Filter.Tab, "")}
	}
	if p.More {
		last := p.Rows[len(p.Rows)-1].ID
		pages.Next = ui.PageLink{Text: p.T("register.next"), Href: p.path(p.Filter.Tab, last)}
	}
	return pages
}

// promisePage is the page of one promise, with what the officer may record of it.
type promisePage struct {
	*web.Reader
	store.PromiseFile
	Files    int // that show that it was kept
	Calendar calendar.Calendar
	Form     promiseForm
	Typed    doithoai.Act // whose form was refused
	Problems web.Problems
	Refusal  string
	Done     string
}

// promiseForm is what is recorded of a promise: that it is done, or that it will not be.
type promiseForm struct {
	Version int    `form:"phien-ban"`
	On      string `form:"xong-ngay" line:"true" day:"true"`
	Said    string `form:"da-lam"`
	Why     string `form:"vi-sao-khong-lam"`
}

// promiseSteps are the acts on a promise by the last part of their addresses.
var promiseSteps = map[string]doithoai.Act{
	"xong": doithoai.ActKeepPromise, "rut-xong": doithoai.ActWithdrawKept, "khong-lam": doithoai.ActBreakPromise,
}

func (s *site) loadPromise(r *web.Request) (p promisePage, err error) {
	p.Reader = r.Reader
	if p.PromiseFile, err = s.db.Promise(r.Context(), r.Actor(), doithoai.ID(r.PathValue("promise"))); err != nil {
		return p, err
	}
	at := store.PromiseEvidence(p.ID)
	counts, err := s.db.EvidenceCounts(r.Context(), r.Actor(), at)
	if err != nil {
		return p, err
	}
	p.Files = counts[at.ID()]
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	p.Calendar, p.Form = rules.Calendar, promiseForm{Version: p.Version, On: r.Date(r.Today())}
	return p, err
}

// promise answers GET /noi-bo/viec-da-hua/{promise}.
func (s *site) promise(r *web.Request) error {
	p, err := s.loadPromise(r)
	if err != nil {
		return err
	}
	if act, ok := promiseSteps[r.URL.Query().Get("xong")]; ok {
		p.Done = r.T("act.done." + string(act))
	}
	return r.Page(http.StatusOK, p.view())
}

// onPromise reads the page's form and does an act with it; one that is refused comes back as it was typed.
func (s *site) onPromise(r *web.Request, slug string, do func(doithoai.ID, promiseForm) error) error {
	var f promiseForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("promise"))
	err := do(id, f)
	switch {
	case err == nil:
		return r.Redirect(web.PromisePath(id) + "?xong=" + slug)
	case !web.Mendable(err):
		return err
	}
	p, loading := s.loadPromise(r)
	if loading != nil {
		return loading
	}
	f.Version = p.Version // the page shows how the promise stands now
	p.Form, p.Typed = f, promiseSteps[slug]
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) keepPromise(r *web.Request) error {
	return s.onPromise(r, "xong", func(id doithoai.ID, f promiseForm) error {
		return s.db.KeepPromise(r.Context(), r.Actor(), id, f.Version, web.TypedDate(f.On), f.Said)
	})
}

func (s *site) withdrawKept(r *web.Request) error {
	return s.onPromise(r, "rut-xong", func(id doithoai.ID, f promiseForm) error {
		return s.db.WithdrawKept(r.Context(), r.Actor(), id, f.Version)
	})
}

func (s *site) breakPromise(r *web.Request) error {
	return s.onPromise(r, "khong-lam", func(id doithoai.ID, f promiseForm) error {
		return s.db.BreakPromise(r.Context(), r.Actor(), id, f.Version, f.Why)
	})
}

// may reports whether the officer may do an act to the promise now.
func (p promisePage) may(act doithoai.Act) bool {
	if doithoai.Can(p.Actor(), act, p.Subject) != nil {
		return false
	}
	if act == doithoai.ActWithdrawKept {
		return p.WithdrawableBy(p.Actor().ID, p.Today())
	}
	return p.State == doithoai.PromiseOpen
}

func (p promisePage) standing() web.Promise {
	return web.Promise{Reader: p.Reader, Promise: p.Promise, Calendar: p.Calendar}
}

// opens reports whether the officer may open the opinion whose answer made the promise.
func (p promisePage) opens() bool {
	return doithoai.Can(p.Actor(), doithoai.ActSeeOpinions, p.Subject) == nil
}

// path is the address of the page, with what follows it.
func (p promisePage) path(more string) string { return web.PromisePath(p.ID) + more }

// turnPromise is the turn of what was promised.
const turnPromise = "promise"

// promisesAhead is how many working days before its day a promise is on the desk.
const promisesAhead = 5

// promiseWork are the promises that are late or fall due soon: the officer's unit's own, and for who sees all, others'.
func promiseWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActSeePromises) {
		return w, nil
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return w, err
	}
	soon := rules.Calendar.AddWorkdays(r.Today(), promisesAhead)
	for _, f := range []store.PromiseFilter{
		{Tab: store.PromisesLate, Limit: deskTasks}, {Tab: store.PromisesOpen, Until: soon, Limit: deskTasks},
	} {
		rows, more, err := s.db.Promises(r.Context(), r.Actor(), f)
		if err != nil {
			return w, err
		}
		w.more = w.more || more
		for _, row := range rows {
			t := task{
				Title: text.Brief(row.What, deskTitle), Number: row.Number, Act: doithoai.ActKeepPromise, Turn: turnPromise,
				Href: web.PromisePath(row.ID), Unit: row.Unit, Village: r.T("promise.of_answer"), Due: row.Due,
			}
			if row.DialogueID != "" {
				t.Village = r.T("promise.of_conclusion", "date", r.DateShort(row.HeldOn.Date()))
			}
			if slices.Contains(r.Actor().UnitIDs(), row.UnitID) {
				w.mine = append(w.mine, t)
			} else {
				w.waiting = append(w.waiting, t)
			}
		}
	}
	return w, nil
}
