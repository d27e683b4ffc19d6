package office

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
)

// registerPage is the register of opinions: saved filters as tabs, one box for a number or words, filters beside it.
type registerPage struct {
	*web.Reader
	Numbering doithoai.Numbering // for the letter that urges
	Tab       store.Tab
	Typed     string // a number or words
	Filter    store.Filter
	Counts    map[store.Tab]doithoai.Count
	Rows      []store.Row
	store.Beyond
	Grouped   map[doithoai.ID]int       // with how many others of the same matter a row stands
	Times     map[doithoai.ID]int       // how often what a row raises was raised
	First     bool                      // no page before this one
	Gone      bool                      // a denunciation has just left
	GaveWay   bool                      // the officer has just named somebody of their own unit
	Given     string                    // how many were just given to a unit, as the address says
	Left      []doithoai.RegisterNumber // which were not
	AllChosen bool                      // every box of the page is ticked
	NoReason  bool                      // for giving what a unit leads already
	GivenTo   string                    // the unit that was chosen then
	Chosen    []string                  // the boxes that were ticked, where the form came back
	Urging    urgingForm                // of many at once
	After     *bulkOutcome              // of urging, or telling, many at once
	Units     []doithoai.Unit
	Villages  []doithoai.Village
	Views     []doithoai.RegisterView // that the officer keeps
	ViewName  string                  // typed for another one that was refused
	Problems  web.Problems
	outlook   outlook
}

// registerLimit is how many rows a page of the register has.
const registerLimit = 30

// Fields of the register's form.
const (
	fieldTab, fieldTyped, fieldAfter                       = "loc", "so", "sau"
	filterUnit, filterField, filterVillage, filterDialogue = "don-vi", "linh-vuc", "thon", "buoi"
	// filterKind narrows by what an opinion is: its kind, its content, that nobody said, or that it is raised again.
	filterKind                            = "loai"
	kindNone, kindRepeated, kindUndecided = "chua-phan-loai", "nhieu-lan", "sang-kien-chua-ket-luan"
	kindContent                           = "noi-dung-"
)

func (s *site) register(r *web.Request) error {
	p, err := s.registerPage(r, r.URL.Query())
	if err != nil {
		return err
	}
	if to := s.joinedTo(r, p); to != "" {
		return r.Redirect(to)
	}
	p.After = readOutcome(r.URL.Query())
	return r.Page(http.StatusOK, p.view())
}

// registerPage reads what an address asks of the register.
func (s *site) registerPage(r *web.Request, q url.Values) (p registerPage, err error) {
	p = registerPage{
		Reader: r.Reader, Tab: store.Tab(q.Get(fieldTab)), Typed: text.CleanLine(q.Get(fieldTyped)),
		First: q.Get(fieldAfter) == "", Gone: q.Has("to-cao"), GaveWay: q.Has("da-nhuong"),
		Given: q.Get(givenCount), AllChosen: q.Has(allChosen),
		NoReason: q.Has(noReason), GivenTo: q.Get(givenTo),
	}
	for _, typed := range strings.Split(q.Get(givenLeft), ",") {
		if number, whole := text.RegisterNumber(typed); whole && len(p.Left) < registerLimit {
			p.Left = append(p.Left, doithoai.RegisterNumber(number))
		}
	}
	if p.outlook, err = s.outlook(r); err != nil {
		return p, err
	}
	p.Urging = p.newUrging()
	if p.Numbering, err = s.db.Numbering(r.Context(), r.Actor(), doithoai.DocumentUrging.Symbol()); err != nil {
		return p, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Views, err = s.db.RegisterViews(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	if p.Counts, err = s.db.TabCounts(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	if p.Filter = p.filter(q); !slices.Contains(store.Tabs, p.Tab) {
		p.Tab = p.home()
	}
	p.Filter.Tab = p.Tab
	if p.Typed != "" {
		var number bool
		if p.Filter.Number, number, err = s.db.TypedNumber(r.Context(), r.Authority.ID, p.Typed); err != nil {
			return p, err
		}
		if !number {
			p.Filter.Words = p.Typed
		}
	}
	p.Rows, p.Beyond, err = s.db.Register(r.Context(), r.Actor(), p.Filter)
	if err != nil {
		return p, err
	}
	ids, opinions := make([]doithoai.ID, len(p.Rows)), make([]doithoai.Opinion, len(p.Rows))
	for i, row := range p.Rows {
		ids[i], opinions[i] = row.Opinion.ID, row.Opinion
	}
	if p.Grouped, err = s.db.GroupCounts(r.Context(), r.Actor(), ids); err != nil {
		return p, err
	}
	p.Times, err = s.db.RepeatCounts(r.Context(), r.Actor(), opinions)
	return p, err
}

// joinedTo is the page of the opinion whose number was typed, where no list has it because its slip is joined to
// another one; else "".
func (s *site) joinedTo(r *web.Request, p registerPage) string {
	if p.Filter.Number == "" || len(p.Rows) > 0 || p.Filter.Before != "" {
		return ""
	}
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(p.Filter.Number))
	if err != nil {
		return "" // a beginning of a number, or none: the page says so
	}
	f, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
	if err != nil || f.JoinedTo == "" {
		return ""
	}
	return web.OpinionPath(f.Opinion.Number)
}

// filter is what the address asks for. What is typed is looked for in the whole register; a filter by something that
// is not there narrows nothing.
func (p *registerPage) filter(q url.Values) store.Filter {
	f := store.Filter{Before: doithoai.ID(q.Get(fieldAfter)), Limit: registerLimit}
	if p.Typed != "" {
		p.Tab = store.TabAll
	}
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
	filterByKind(&f, q.Get(filterKind))
	return f
}

// filterByKind narrows by what an opinion is said to be; what is nothing of the list narrows nothing.
func filterByKind(f *store.Filter, value string) {
	for _, k := range doithoai.OpinionKinds {
		if kindSlug(k) == value {
			f.Kind = k
		}
	}
	for _, c := range doithoai.ContentCodes {
		if contentSlug(c) == value {
			f.Content = c
		}
	}
	for _, o := range doithoai.InitiativeOutcomes {
		if outcomeSlug(o) == value {
			f.Outcome = o
		}
	}
	f.Unclassified, f.Repeated, f.Undecided = value == kindNone, value == kindRepeated, value == kindUndecided
}

// kindOf is what the filter says of what an opinion is, as the address does.
func kindOf(f store.Filter) string {
	switch {
	case f.Kind != "":
		return kindSlug(f.Kind)
	case f.Content != 0:
		return contentSlug(f.Content)
	case f.Unclassified:
		return kindNone
	case f.Repeated:
		return kindRepeated
	case f.Undecided:
		return kindUndecided
	case f.Outcome != "":
		return outcomeSlug(f.Outcome)
	}
	return ""
}

func kindSlug(k doithoai.OpinionKind) string { return strings.ReplaceAll(string(k), "_", "-") }

func outcomeSlug(o doithoai.InitiativeOutcome) string {
	return map[doithoai.InitiativeOutcome]string{
		doithoai.InitiativeApplied: "sang-kien-ap-dung", doithoai.InitiativePartly: "sang-kien-ap-dung-mot-phan",
		doithoai.InitiativeNotApplied: "sang-kien-khong-ap-dung",
	}[o]
}

func contentSlug(c doithoai.ContentCode) string { return kindContent + strconv.Itoa(int(c)) }

// path is the address of the register with a tab, keeping the filters, and on its tab what is typed; after is the last
// opinion of the page before.
func (p registerPage) path(tab store.Tab, after doithoai.ID) string {
	q := url.Values{}
	if tab == p.Tab && p.Typed != "" {
		q.Set(fieldTyped, p.Typed)
	} else {
		q.Set(fieldTab, string(tab))
	}
	for name, value := range map[string]string{
		filterUnit: string(p.Filter.UnitID), filterField: p.Filter.FieldCode, filterVillage: string(p.Filter.VillageID),
		filterDialogue: string(p.Filter.DialogueID), filterKind: kindOf(p.Filter), fieldAfter: string(after),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return web.RegisterPath + "?" + q.Encode()
}

// home is the tab with which the register opens: the officer's own matters, where there are any and nothing else is
// asked for.
func (p registerPage) home() store.Tab {
	if p.Counts[store.TabMine] > 0 && !p.narrowed() {
		return store.TabMine
	}
	return store.TabProcessing
}

// narrowed reports whether a filter is on.
func (p registerPage) narrowed() bool {
	f := p.Filter
	return f.UnitID != "" || f.FieldCode != "" || f.VillageID != "" || f.DialogueID != "" || kindOf(f) != ""
}
