package office

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// guidesLimit is how many rows a page of the list has.
const guidesLimit = 30

// guidesPage is the list of reference pages.
type guidesPage struct {
	*web.Reader
	Filter store.GuideFilter
	Rows   []store.GuideRow
	More   bool
	Counts map[store.GuideTab]doithoai.Count
	Rules  doithoai.Rules
}

// guides answers GET /noi-bo/huong-dan: what is to be reviewed first, where anything is.
func (s *site) guides(r *web.Request) error {
	q := r.URL.Query()
	p := guidesPage{Reader: r.Reader, Filter: store.GuideFilter{
		Tab: store.GuideTab(q.Get("loc")), After: wholeNumber(q.Get("sau")), Limit: guidesLimit,
	}}
	var err error
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	if p.Counts, err = s.db.GuideCounts(r.Context(), r.Actor()); err != nil {
		return err
	}
	if !slices.Contains(store.GuideTabs, p.Filter.Tab) {
		if p.Filter.Tab = store.GuidesPublished; p.Counts[store.GuidesDue] > 0 {
			p.Filter.Tab = store.GuidesDue
		}
	}
	if p.Rows, p.More, err = s.db.Guides(r.Context(), r.Actor(), p.Filter); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// path is the address of the list with a tab; after is the number of the last page shown before.
func (p guidesPage) path(tab store.GuideTab, after int) string {
	q := url.Values{"loc": {string(tab)}}
	if after > 0 {
		q.Set("sau", strconv.Itoa(after))
	}
	return web.GuidesPath + "?" + q.Encode()
}

func (p guidesPage) tabs() ui.SubNavigation {
	n := ui.SubNavigation{Label: p.T("register.tabs")}
	for _, t := range store.GuideTabs {
		n.Items = append(n.Items, ui.NavItem{
			Rich: ui.Tab{
				Text: p.T("guide.tab." + t.Key()), Count: p.Count(p.Counts[t]),
				Late: t == store.GuidesDue && p.Counts[t] > 0,
			},
			Href: p.path(t, 0), Current: t == p.Filter.Tab,
		})
	}
	return n
}

func (p guidesPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if p.Filter.After > 0 {
		pages.Previous = ui.PageLink{Text: p.T("register.first"), Href: p.path(p.Filter.Tab, 0)}
	}
	if p.More {
		pages.Next = ui.PageLink{
			Text: p.T("register.next"), Href: p.path(p.Filter.Tab, p.Rows[len(p.Rows)-1].Number),
		}
	}
	return pages
}

func (p guidesPage) table() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("guide.title"), Number: p.T("register.no"),
		Columns: []string{p.T("guide.question"), p.T("guide.unit_short"), p.T("guide.review_by"), p.T("guide.standing")},
		Kinds:   []ui.Kind{ui.OfUnit, ui.OfDue, ui.OfState},
	}
	for _, g := range p.Rows {
		var by ui.WorkCell
		if !g.ReviewBy.IsZero() {
			by.Rich = web.ListDay(p.Reader, g.ReviewBy)
		}
		t.Rows = append(t.Rows, ui.WorkRow{
			Number: strconv.Itoa(g.Number), Title: g.Title, Href: web.GuidePath(g.Number),
			Under: web.Joined(p.FieldText(g.FieldCode, p.Rules.FieldName(g.FieldCode)), g.Procedure), Late: g.Due.Any(),
			Cells: []ui.WorkCell{{Text: g.UnitShort}, by, {Rich: guideTag(p.Reader, g)}},
		})
	}
	return t
}

// Turns of reference pages: one that is to be reviewed, and a draft that is to be published.
const (
	turnGuide        = "guide"
	turnPublishGuide = "publish_guide"
)

// guideWork are the public pages that are to be reviewed: those of the officer's units, and all of them for the office,
// which has the drafts to publish, too.
func guideWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActConfirmGuide) {
		return w, nil
	}
	due := store.GuideFilter{Tab: store.GuidesDue, Limit: deskTasks}
	office := doithoai.Can(r.Actor(), doithoai.ActPublishGuide, doithoai.Subject{AuthorityID: r.Authority.ID}) == nil
	if !office {
		if due.Units = r.Actor().UnitIDs(); len(due.Units) == 0 {
			return w, nil
		}
	}
	rows, more, err := s.db.Guides(r.Context(), r.Actor(), due)
	if err != nil {
		return w, err
	}
	w.more = more
	for _, g := range rows {
		t := guideTask(r, g)
		t.Act, t.Turn, t.Since = doithoai.ActConfirmGuide, turnGuide, g.HoldsUntil.AddDays(1)
		if slices.Contains(r.Actor().UnitIDs(), g.UnitID) {
			w.mine = append(w.mine, t)
		} else {
			w.waiting = append(w.waiting, t)
		}
	}
	if !office {
		return w, nil
	}
	rows, more, err = s.db.Guides(r.Context(), r.Actor(), store.GuideFilter{Tab: store.GuidesDraft, Limit: deskTasks})
	if err != nil {
		return w, err
	}
	w.more = w.more || more
	for _, g := range rows {
		t := guideTask(r, g)
		t.Act, t.Turn, t.Undated = doithoai.ActPublishGuide, turnPublishGuide, true
		w.mine = append(w.mine, t)
	}
	return w, nil
}

// guideTask is a page on the desk.
func guideTask(r *web.Request, g store.GuideRow) task {
	return task{
		Title: text.Brief(g.Title, deskTitle), Href: web.GuidePath(g.Number), Unit: g.UnitShort, Village: r.T("guide.title"),
	}
}
