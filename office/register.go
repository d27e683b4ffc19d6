package office

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// registerPage is the register of opinions: saved filters as tabs, one box for a number or words, filters beside it.
type registerPage struct {
	*web.Reader
	Tab    store.Tab
	Typed  string // a number or words
	Filter store.Filter
	Counts map[store.Tab]doithoai.Count
	Rows   []store.Row
	store.Beyond
	First    bool // no page before this one
	Gone     bool // a denunciation has just left
	GaveWay  bool // the officer has just named somebody of their own unit
	Units    []doithoai.Unit
	Villages []doithoai.Village
	outlook  outlook
}

// registerLimit is how many rows a page of the register has.
const registerLimit = 30

// Fields of the register's form.
const (
	fieldTab, fieldTyped, fieldAfter                       = "loc", "so", "sau"
	filterUnit, filterField, filterVillage, filterDialogue = "don-vi", "linh-vuc", "thon", "buoi"
)

// numberForm is what somebody types who looks for a register number: a serial, or what begins as a number does.
var numberForm = regexp.MustCompile(`^(?:\p{L}{1,6}-[\d-]*|[\d-]+)$`)

func (s *site) register(r *web.Request) error {
	q := r.URL.Query()
	p := registerPage{
		Reader: r.Reader, Tab: store.Tab(q.Get(fieldTab)), Typed: text.CleanLine(q.Get(fieldTyped)),
		First: q.Get(fieldAfter) == "", Gone: q.Has("to-cao"), GaveWay: q.Has("da-nhuong"),
	}
	if !slices.Contains(store.Tabs, p.Tab) {
		p.Tab = store.Tabs[0]
	}
	var err error
	if p.outlook, err = s.outlook(r); err != nil {
		return err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	if p.Counts, err = s.db.TabCounts(r.Context(), r.Actor()); err != nil {
		return err
	}
	p.Filter = p.filter(q)
	p.Rows, p.Beyond, err = s.db.Register(r.Context(), r.Actor(), p.Filter)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// filter is what the address asks for. What is typed is looked for in the whole register; a filter by something that
// is not there narrows nothing.
func (p *registerPage) filter(q url.Values) store.Filter {
	f := store.Filter{Before: doithoai.ID(q.Get(fieldAfter)), Limit: registerLimit}
	if p.Typed != "" {
		p.Tab = store.TabAll
	}
	if numberForm.MatchString(p.Typed) {
		f.Number = p.Typed
	} else if f.Number = p.numberWithin(); f.Number == "" {
		f.Words = p.Typed
	}
	f.Tab = p.Tab
	for _, u := range p.Units {
		if string(u.ID) == q.Get(filterUnit) {
			f.UnitID = u.ID
		}
	}
	for _, v := range p.Villages {
		if string(v.ID) == q.Get(filterVillage) {
			f.VillageID = v.ID
		}
	}
	if d, ok := p.outlook.dialogues[doithoai.ID(q.Get(filterDialogue))]; ok {
		f.DialogueID = d.ID
	}
	if code := q.Get(filterField); p.outlook.rules.FieldName(code) != "" {
		f.FieldCode = code
	}
	return f
}

// numberWithin is the register number of this authority that stands in what is typed ("ý kiến số ND-24-0011"), "" where
// none does.
func (p *registerPage) numberWithin() string {
	for _, n := range text.RegisterNumbers(p.Typed) {
		if prefix, _, _ := strings.Cut(n, "-"); n[0] <= '9' || text.Fold(prefix) == text.Fold(p.Authority.Prefix) {
			return n
		}
	}
	return ""
}

// path is the address of the register with a tab, keeping the filters, and on its tab what is typed; after is the last
// opinion of the page before.
func (p registerPage) path(tab store.Tab, after doithoai.ID) string {
	q := url.Values{}
	if tab == p.Tab && p.Typed != "" {
		q.Set(fieldTyped, p.Typed)
	} else if tab != store.Tabs[0] {
		q.Set(fieldTab, string(tab))
	}
	for name, value := range map[string]string{
		filterUnit: string(p.Filter.UnitID), filterField: p.Filter.FieldCode, filterVillage: string(p.Filter.VillageID),
		filterDialogue: string(p.Filter.DialogueID), fieldAfter: string(after),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return registerPath
	}
	return registerPath + "?" + q.Encode()
}

// registerPath is the address of the register.
const registerPath = "/noi-bo/y-kien"

// narrowed reports whether a filter is on.
func (p registerPage) narrowed() bool {
	f := p.Filter
	return f.UnitID != "" || f.FieldCode != "" || f.VillageID != "" || f.DialogueID != ""
}
