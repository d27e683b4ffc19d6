package planning

import (
	"net/http"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) incomingRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + web.IncomingPath, Act: doithoai.ActSeeTasks, Do: s.incomingList},
		{Pattern: "GET " + newIncomingPath, Act: doithoai.ActRegisterIncoming, Do: s.newIncoming},
		{Pattern: "POST " + web.IncomingPath, Act: doithoai.ActRegisterIncoming, Do: s.registerIncoming},
		{Pattern: "GET " + web.IncomingPath + "/{id}", Act: doithoai.ActSeeTasks, Do: s.incoming},
		{Pattern: "POST " + web.IncomingPath + "/{id}/giao", Act: doithoai.ActRelayIncoming, Do: s.relayIncoming},
	}
}

// newIncomingPath is where a notice is registered.
const newIncomingPath = web.IncomingPath + "/moi"

// incomingAddress is the address of a notice's page.
func incomingAddress(id doithoai.ID) string { return web.IncomingPath + "/" + string(id) }

// incomingListPage lists the notices of the superior.
type incomingListPage struct {
	*web.Reader
	Rows  []store.IncomingRow
	More  bool
	First bool
}

func (s *site) incomingList(r *web.Request) error {
	p := incomingListPage{Reader: r.Reader, First: r.URL.Query().Get(taskAfter) == ""}
	var err error
	p.Rows, p.More, err = s.db.IncomingList(r.Context(), r.Actor(), doithoai.ID(r.URL.Query().Get(taskAfter)), tasksLimit)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (p incomingListPage) registers() bool {
	return doithoai.MayEver(p.Actor(), doithoai.ActRegisterIncoming)
}

func (p incomingListPage) rows() (rows []ui.WorkRow) {
	for _, n := range p.Rows {
		rows = append(rows, ui.WorkRow{
			Title: n.Abstract, Href: incomingAddress(n.ID), Late: n.Late > 0,
			Under: p.T("incoming.paper", "number", n.Number, "date", p.Date(n.Dated), "sender", n.Sender),
			Cells: []ui.WorkCell{
				{Rich: heldWords(p.Reader, n.Incoming)}, {Rich: web.ListDay(p.Reader, n.ReceivedOn)},
				{Rich: relayedTag(p.Reader, n)},
			},
		})
	}
	return rows
}

// heldWords say when the superior's dialogue is.
func heldWords(r *web.Reader, n plan.Incoming) ui.Words {
	if n.StartsAt.IsZero() {
		return ui.Words{ui.Text(r.T("incoming.no_day"))}
	}
	return ui.Words{web.DayAndHour(r, n.StartsAt)}
}

// relayedTag says how many have a notice and said so, or that nobody has it yet.
func relayedTag(r *web.Reader, n store.IncomingRow) ui.Words {
	switch {
	case n.To == 0:
		return ui.Words{ui.Tag{Text: r.T("incoming.waits"), Colour: ui.Yellow}}
	case n.Noted < n.To:
		return ui.Words{ui.Tag{Text: r.T("incoming.noted", "count", n.Noted, "of", n.To)}}
	}
	return ui.Words{ui.Tag{Text: r.T("incoming.noted", "count", n.Noted, "of", n.To), Colour: ui.Green}}
}

func (p incomingListPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if !p.First {
		pages.Previous = ui.PageLink{Text: p.T("register.newest"), Href: web.IncomingPath}
	}
	if p.More {
		last := string(p.Rows[len(p.Rows)-1].ID)
		pages.Next = ui.PageLink{Text: p.T("register.older"), Href: web.IncomingPath + "?" + taskAfter + "=" + last}
	}
	return pages
}

// newIncomingPage registers a notice.
type newIncomingPage struct {
	*web.Reader
	Form     incomingForm
	Problems web.Problems
	Refusal  string
}

type incomingForm struct {
	Sender     string `form:"noi-gui" line:"true"`
	Number     string `form:"so" line:"true"`
	Dated      string `form:"ngay" line:"true" day:"true"`
	Abstract   string `form:"trich-yeu" line:"true"`
	Asks       string `form:"yeu-cau"`
	Day        string `form:"ngay-doi-thoai" line:"true" day:"true"`
	Clock      string `form:"gio" line:"true"`
	Venue      string `form:"dia-diem" line:"true"`
	ReceivedOn string `form:"ngay-den" line:"true" day:"true"`
}

// notice is what the form says, and what of it can't be read.
func (f incomingForm) notice() (plan.Incoming, []doithoai.Problem) {
	n := plan.Incoming{
		Sender: f.Sender, Number: f.Number, Dated: web.TypedDate(f.Dated), Abstract: f.Abstract, Asks: f.Asks,
		Venue: f.Venue, ReceivedOn: web.TypedDate(f.ReceivedOn),
	}
	var list []doithoai.Problem
	if f.Day == "" && f.Clock == "" {
		return n, nil
	}
	day, clock := web.TypedDate(f.Day), calendar.Clock(0)
	if !day.Valid() {
		list = append(list, doithoai.Problem{Field: "ngay-doi-thoai", Key: "incoming.problem.day"})
	}
	if f.Clock != "" {
		var err error
		if clock, err = calendar.ReadClock(f.Clock); err != nil {
			list = append(list, doithoai.Problem{Field: "gio", Key: "incoming.problem.clock"})
		}
	} else {
		list = append(list, doithoai.Problem{Field: "gio", Key: "incoming.problem.clock"})
	}
	if len(list) == 0 {
		n.StartsAt = clock.On(day)
	}
	return n, list
}

func (s *site) newIncoming(r *web.Request) error {
	p := newIncomingPage{Reader: r.Reader}
	p.Form.Sender, p.Form.ReceivedOn = r.Authority.Superior, r.Date(r.Today())
	return r.Page(http.StatusOK, p.view())
}

func (s *site) registerIncoming(r *web.Request) error {
	var f incomingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	n, unread := f.notice()
	err := doithoai.RefuseForm(unread)
	if err == nil {
		n, err = s.db.RegisterIncoming(r.Context(), r.Actor(), n)
	} else {
		err = doithoai.RefuseForm(append(n.Problems(r.Today()), unread...))
	}
	switch {
	case err == nil:
		return r.Redirect(incomingAddress(n.ID) + "?xong=register")
	case !web.Mendable(err):
		return err
	}
	p := newIncomingPage{Reader: r.Reader, Form: f, Problems: r.Problems(err)}
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// incomingPage is a notice, with who has it and what became of it.
type incomingPage struct {
	*web.Reader
	store.IncomingRow
	Tasks    []store.TaskRow
	More     bool
	Units    []doithoai.Unit
	Villages []doithoai.Village
	Calendar calendar.Calendar
	Form     passOnForm
	Typed    bool
	Done     string
	Problems web.Problems
	Refusal  string
}

type passOnForm struct {
	Version  int      `form:"phien-ban"`
	Task     string   `form:"viec"`
	Due      string   `form:"han" line:"true" day:"true"`
	To       []string `form:"noi-nhan"` // units
	Villages []string `form:"thon"`
}

func (s *site) incoming(r *web.Request) error {
	p, err := s.loadIncoming(r)
	if err != nil {
		return err
	}
	if key := "incoming.done." + r.URL.Query().Get("xong"); r.URL.Query().Has("xong") && r.Text.Has(key) {
		p.Done = r.T(key)
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadIncoming(r *web.Request) (p incomingPage, err error) {
	p.Reader = r.Reader
	id := doithoai.ID(r.PathValue("id"))
	if p.IncomingRow, err = s.db.IncomingNotice(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Tasks, p.More, err = s.db.Tasks(r.Context(), r.Actor(), store.TaskFilter{
		Tab: store.TasksAll, IncomingID: id,
	}); err != nil {
		return p, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	p.Calendar = rules.Calendar
	p.Form.Version, p.Form.Task = p.Version, r.T("incoming.task", "number", p.Number)
	for _, u := range p.Units {
		p.Form.To = append(p.Form.To, string(u.ID))
	}
	for _, v := range p.Villages {
		p.Form.Villages = append(p.Form.Villages, string(v.ID))
	}
	return p, err
}

func (s *site) relayIncoming(r *web.Request) error {
	var f passOnForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	relay := plan.IncomingRelay{Text: f.Task, Due: web.TypedDate(f.Due)}
	for _, u := range f.To {
		relay.Units = append(relay.Units, doithoai.ID(u))
	}
	for _, v := range f.Villages {
		relay.Villages = append(relay.Villages, doithoai.ID(v))
	}
	var err error
	if f.Due != "" && !relay.Due.Valid() {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "han", Key: "incoming.problem.no_due"}})
	} else {
		err = s.db.RelayIncoming(r.Context(), r.Actor(), id, f.Version, relay)
	}
	switch {
	case err == nil:
		return r.Redirect(incomingAddress(id) + "?xong=relay")
	case !web.Mendable(err):
		return err
	}
	p, loading := s.loadIncoming(r)
	if loading != nil {
		return loading
	}
	f.Version = p.Version
	p.Form, p.Typed, p.Problems = f, true, r.Problems(err)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (p incomingPage) relays() bool {
	return doithoai.Can(p.Actor(), doithoai.ActRelayIncoming, doithoai.Subject{AuthorityID: p.AuthorityID}) == nil
}

// rows are who has the notice, with whether they have taken note of it.
func (p incomingPage) rows() []ui.WorkRow {
	rows := taskRows(p.Reader, p.Calendar, p.Tasks)
	for i, t := range p.Tasks {
		rows[i].Title, rows[i].Under = t.Owner(), ""
		rows[i].Cells[0] = ui.WorkCell{Text: p.T("incoming.not_noted")}
		if t.Notes > 0 {
			rows[i].Cells[0].Text = p.T("incoming.has_noted")
		}
		if t.Urgings > 0 {
			rows[i].Under = p.T("task.urged_times", "count", t.Urgings)
		}
	}
	return rows
}

func (p incomingPage) choices() (units, villages []ui.Choice) {
	for _, u := range p.Units {
		units = append(units, ui.Choice{Value: string(u.ID), Text: u.ShortName()})
	}
	for _, v := range p.Villages {
		villages = append(villages, ui.Choice{Value: string(v.ID), Text: v.Name})
	}
	return units, villages
}

func (p incomingPage) facts() ui.Facts {
	facts := ui.Facts{
		{Name: p.T("incoming.paper_of"), Value: p.T("incoming.paper", "number", p.Number, "date", p.Date(p.Dated), "sender",
			p.Sender)},
		{Name: p.T("incoming.received"), Rich: web.Day(p.Reader, p.ReceivedOn)},
		{Name: p.T("incoming.held"), Rich: heldWords(p.Reader, p.Incoming)},
	}
	if p.Venue != "" {
		facts = append(facts, ui.Fact{Name: p.T("incoming.venue"), Value: p.Venue})
	}
	return facts
}

// version is that of the notice, as the form sends it.
func (p incomingPage) version() string { return strconv.Itoa(p.Form.Version) }

// chased reports whether somebody has the notice and has not said so.
func (p incomingPage) chased() bool {
	return slices.ContainsFunc(p.Tasks, func(t store.TaskRow) bool { return t.State.Open() && t.Notes == 0 })
}
