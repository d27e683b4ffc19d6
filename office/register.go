package office

import (
	"net/http"
	"net/url"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// registerPage is the register of opinions: saved filters as tabs, a search by number, newest first.
type registerPage struct {
	*web.Reader
	Tab     store.Tab
	Number  string
	Counts  map[store.Tab]doithoai.Count
	Rows    []store.Row
	More    bool
	First   bool // no page before this one
	Gone    bool // a denunciation has just left
	GaveWay bool // the officer has just named somebody of their own unit
	outlook outlook
}

// registerLimit is how many rows a page of the register has.
const registerLimit = 30

func (s *site) register(r *web.Request) error {
	q := r.URL.Query()
	p := registerPage{
		Reader: r.Reader, Tab: store.Tab(q.Get("loc")), Number: text.CleanLine(q.Get("so")),
		First: q.Get("sau") == "", Gone: q.Has("to-cao"), GaveWay: q.Has("da-nhuong"),
	}
	if p.Number != "" || !slices.Contains(store.Tabs, p.Tab) { // a number is looked for in the whole register
		p.Tab = store.TabAll
	}
	var err error
	if p.outlook, err = s.outlook(r); err != nil {
		return err
	}
	if p.Counts, err = s.db.TabCounts(r.Context(), r.Actor()); err != nil {
		return err
	}
	p.Rows, p.More, err = s.db.Register(r.Context(), r.Actor(), store.Filter{
		Tab: p.Tab, Number: p.Number, Before: doithoai.ID(q.Get("sau")), Limit: registerLimit,
	})
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// path is the address of the register with a tab, keeping the number that is looked for; after is the last opinion of
// the page before.
func (p registerPage) path(tab store.Tab, after doithoai.ID) string {
	q := url.Values{}
	if tab != store.TabAll {
		q.Set("loc", string(tab))
	}
	if p.Number != "" {
		q.Set("so", p.Number)
	}
	if after != "" {
		q.Set("sau", string(after))
	}
	if len(q) == 0 {
		return "/noi-bo/y-kien"
	}
	return "/noi-bo/y-kien?" + q.Encode()
}
