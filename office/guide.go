package office

import (
	"cmp"
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

// guideRoutes are the pages and acts of reference pages.
func (s *site) guideRoutes() []web.Route {
	const one = web.GuidesPath + "/{guide}"
	return []web.Route{
		{Pattern: "GET " + web.GuidesPath, Act: doithoai.ActSeeGuides, Do: s.guides},
		{Pattern: "GET " + web.GuidesPath + "/moi", Act: doithoai.ActDraftGuide, Do: s.newGuide},
		{Pattern: "POST " + web.GuidesPath + "/moi", Act: doithoai.ActDraftGuide, Do: s.makeGuide},
		{Pattern: "GET " + one, Act: doithoai.ActSeeGuides, Do: s.guide},
		{Pattern: "GET " + one + "/ban/{edition}", Act: doithoai.ActSeeGuides, Do: s.guideEdition},
		{Pattern: "GET " + one + "/sua", Act: doithoai.ActReviseGuide, Do: s.editGuide},
		{Pattern: "POST " + one + "/sua", Act: doithoai.ActReviseGuide, Do: s.writeGuide},
		{Pattern: "POST " + one + "/dang", Act: doithoai.ActPublishGuide, Do: s.publishGuide},
		{Pattern: "POST " + one + "/xac-nhan", Act: doithoai.ActConfirmGuide, Do: s.confirmGuide},
		{Pattern: "POST " + one + "/go", Act: doithoai.ActWithdrawGuide, Do: s.withdrawGuide},
	}
}

// guidesLimit is how many rows a page of the list has.
const guidesLimit = 30

// guidesPage is the list of reference pages.
type guidesPage struct {
	*web.Reader
	Filter store.GuideFilter
	Rows   []store.GuideRow
	More   bool
	Counts map[store.GuideTab]doithoai.Count
	Fields []doithoai.Field
}

// guides answers GET /noi-bo/huong-dan: what is to be reviewed first, where anything is.
func (s *site) guides(r *web.Request) error {
	q := r.URL.Query()
	p := guidesPage{Reader: r.Reader, Filter: store.GuideFilter{
		Tab: store.GuideTab(q.Get("loc")), After: wholeNumber(q.Get("sau")), Limit: guidesLimit,
	}}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p.Fields = rules.Fields
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

// wholeNumber reads a number of an address, 0 where it is none.
func wholeNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
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
			Under: web.Joined(fieldOf(p.Reader, p.Fields, g.FieldCode), g.Procedure), Late: g.Due.Any(),
			Cells: []ui.WorkCell{{Text: g.UnitShort}, by, {Rich: guideTag(p.Reader, g)}},
		})
	}
	return t
}

// fieldOf is the name of a field in the reader's language.
func fieldOf(r *web.Reader, fields []doithoai.Field, code string) string {
	i := slices.IndexFunc(fields, func(f doithoai.Field) bool { return f.Code == code })
	if i < 0 {
		return ""
	}
	return r.FieldText(code, fields[i].Name)
}

// guideTag says where a page stands.
func guideTag(r *web.Reader, g store.GuideRow) ui.Tag {
	switch {
	case len(g.Due.Ceased) > 0:
		return ui.Tag{Text: r.T("guide.state.due_ceased"), Colour: ui.Yellow}
	case g.State != doithoai.GuideWithdrawn && !g.ChangedAt.IsZero():
		return ui.Tag{Text: r.T("guide.state.due_changed"), Colour: ui.Yellow}
	case g.Due.Over:
		return ui.Tag{Text: r.T("guide.state.due_over"), Colour: ui.Yellow}
	case g.State == doithoai.GuidePublished:
		return ui.Tag{Text: r.T("guide.state.published"), Colour: ui.Green}
	case g.State == doithoai.GuideDraft:
		return ui.Tag{Text: r.T("guide.state.draft")}
	}
	return ui.Tag{Text: r.T("guide.state.withdrawn"), Colour: ui.Grey}
}

// guideReasons say why a page is to be reviewed, a sentence each.
func guideReasons(r *web.Reader, g store.GuideRow) (list []string) {
	if g.Due.Over {
		list = append(list, r.T("guide.due.over", "date", r.Date(g.ReviewBy)))
	}
	if !g.ChangedAt.IsZero() && g.State != doithoai.GuideWithdrawn {
		list = append(list, r.T("guide.due.changed", "date", r.Date(g.ChangedAt.Date())))
	}
	for _, c := range g.Due.Ceased {
		list = append(list, r.T("guide.due.ceased", "basis", c.Basis.Title(), "date", r.Date(c.Last)))
		if c.Instead.Key != "" {
			list = append(list, r.T("guide.due.instead", "basis", c.Instead.Title()))
		}
	}
	return list
}

// guideForm is a page as it was typed. Key is the id that a new one gets; From the number of its opinion.
type guideForm struct {
	Version   int    `form:"phien-ban"`
	Key       string `form:"khoa" line:"true"`
	From      string `form:"y-kien" line:"true"`
	Title     string `form:"cau-hoi" line:"true"`
	Field     string `form:"linh-vuc" line:"true"`
	Procedure string `form:"thu-tuc" line:"true"`
	Code      string `form:"ma-thu-tuc" line:"true"`
	Body      string `form:"noi-dung"`
	Basis     string `form:"can-cu"`
	Unit      string `form:"don-vi" line:"true"`
}

func (f guideForm) text() doithoai.GuideText {
	return doithoai.GuideText{
		Title: f.Title, FieldCode: f.Field, Procedure: f.Procedure, ProcedureCode: f.Code, Body: f.Body, Basis: f.Basis,
		UnitID: doithoai.ID(f.Unit),
	}
}

func storedGuide(g doithoai.Guide) guideForm {
	return guideForm{
		Version: g.Version, Key: string(g.ID), Title: g.Title, Field: g.FieldCode, Procedure: g.Procedure,
		Code: g.ProcedureCode, Body: g.Body, Basis: g.Basis, Unit: string(g.UnitID),
	}
}

// guideFormPage is the form of a page: of a new one where File has no number.
type guideFormPage struct {
	*web.Reader
	File     store.GuideFile
	From     doithoai.RegisterNumber // of the opinion that a new one is made from
	Form     guideForm
	Fields   []doithoai.Field
	Units    []doithoai.Unit
	Problems web.Problems
	Refusal  string
}

// loadGuideForm reads what forms of pages offer.
func (s *site) loadGuideForm(r *web.Request) (p guideFormPage, err error) {
	p.Reader = r.Reader
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Fields = slices.DeleteFunc(rules.Fields, func(f doithoai.Field) bool { return f.Conduct })
	p.Units, err = s.db.Units(r.Context(), r.Authority.ID)
	p.Units = slices.DeleteFunc(p.Units, func(u doithoai.Unit) bool {
		return doithoai.Can(r.Actor(), doithoai.ActDraftGuide, doithoai.Subject{
			AuthorityID: r.Authority.ID, LeadUnitID: u.ID,
		}) != nil
	})
	return p, err
}

// newGuide answers GET /noi-bo/huong-dan/moi: an empty form, or one that begins with the public words of the answer to
// an opinion (y-kien).
func (s *site) newGuide(r *web.Request) error {
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	p.Form.Key = string(store.NewID())
	if len(p.Units) == 1 {
		p.Form.Unit = string(p.Units[0].ID)
	}
	if typed := r.URL.Query().Get("y-kien"); typed != "" {
		number, _ := text.RegisterNumber(typed)
		id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number))
		if err != nil {
			return err
		}
		o, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
		if err != nil {
			return err
		}
		if o.Publish == nil || o.Publish.State != doithoai.PublicationPublished {
			return doithoai.Refuse(doithoai.Conflict, "guide.problem.not_public")
		}
		p.From, p.Form.From = o.Opinion.Number, string(o.Opinion.Number)
		p.Form.Title, p.Form.Body, p.Form.Basis = o.Publish.Title, o.Publish.Answer, o.Answer.Basis
		p.Form.Field = o.Opinion.FieldCode
		if o.Petition != nil && p.offers(o.Petition.LeadUnitID) {
			p.Form.Unit = string(o.Petition.LeadUnitID)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// offers reports whether the form offers a unit.
func (p guideFormPage) offers(unit doithoai.ID) bool {
	return slices.ContainsFunc(p.Units, func(u doithoai.Unit) bool { return u.ID == unit })
}

// makeGuide keeps a new page as a draft.
func (s *site) makeGuide(r *web.Request) error {
	var f guideForm
	if err := r.Form(&f); err != nil {
		return err
	}
	var opinion doithoai.ID
	var err error
	number, _ := text.RegisterNumber(f.From)
	if f.From != "" {
		if opinion, err = s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number)); err != nil {
			return err
		}
	}
	id := cmp.Or(doithoai.ID(f.Key), store.NewID())
	g, refusal := s.db.DraftGuide(r.Context(), r.Actor(), id, 0, opinion, f.text())
	if refusal == nil {
		return r.Redirect(guideDone(g.Number, doithoai.ActDraftGuide))
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	p.From = doithoai.RegisterNumber(number)
	return p.back(r, f, refusal)
}

// back shows the form as it was typed, with why it came back.
func (p guideFormPage) back(r *web.Request, f guideForm, refusal error) error {
	f.Version = p.File.Version // the page shows how it stands now
	p.Form = f
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// guideDone is the address of a page after an act.
func guideDone(number int, act doithoai.Act) string {
	return web.GuidePath(number) + "?xong=" + guideSteps[act]
}

// guideSteps are the acts on a page as addresses say that they are done.
var guideSteps = map[doithoai.Act]string{
	doithoai.ActDraftGuide: "luu", doithoai.ActPublishGuide: "dang", doithoai.ActConfirmGuide: "xac-nhan",
	doithoai.ActReviseGuide: "sua", doithoai.ActWithdrawGuide: "go",
}

// guidePage is one page for the staff, with what the officer may do with it.
type guidePage struct {
	*web.Reader
	store.GuideFile
	Fields   []doithoai.Field
	TypedWhy string
	Typed    doithoai.Act
	Warned   web.Problems // what in the text may tell of somebody
	Problems web.Problems
	Refusal  string
	Done     string
}

func (s *site) loadGuide(r *web.Request) (p guidePage, err error) {
	p.Reader = r.Reader
	if p.GuideFile, err = s.db.Guide(r.Context(), r.Actor(), wholeNumber(r.PathValue("guide"))); err != nil {
		return p, err
	}
	p.Warned = r.Problems(doithoai.RefuseForm(p.Warnings))
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	p.Fields = rules.Fields
	return p, err
}

// guide answers GET /noi-bo/huong-dan/{guide}.
func (s *site) guide(r *web.Request) error {
	p, err := s.loadGuide(r)
	if err != nil {
		return err
	}
	for act, done := range guideSteps {
		if done == r.URL.Query().Get("xong") {
			p.Done = r.T("act.done." + string(act))
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// editionPage is the text that a page had.
type editionPage struct {
	*web.Reader
	Number, Edition int
	Was             doithoai.GuideText
	Fields          []doithoai.Field
}

// guideEdition answers GET /noi-bo/huong-dan/{guide}/ban/{edition}.
func (s *site) guideEdition(r *web.Request) error {
	p := editionPage{
		Reader: r.Reader, Number: wholeNumber(r.PathValue("guide")), Edition: wholeNumber(r.PathValue("edition")),
	}
	var err error
	if p.Was, err = s.db.GuideEdition(r.Context(), r.Actor(), p.Number, p.Edition); err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p.Fields = rules.Fields
	return r.Page(http.StatusOK, p.view())
}

// editGuide answers GET /noi-bo/huong-dan/{guide}/sua: the form of the text as it stands.
func (s *site) editGuide(r *web.Request) error {
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	if p.File, err = s.db.Guide(r.Context(), r.Actor(), wholeNumber(r.PathValue("guide"))); err != nil {
		return err
	}
	if err := doithoai.Can(r.Actor(), p.act(), doithoai.Subject{
		AuthorityID: r.Authority.ID, LeadUnitID: p.File.UnitID,
	}); err != nil {
		return err
	}
	if !p.File.CanMove(p.act()) {
		return r.Redirect(web.GuidePath(p.File.Number))
	}
	p.Form = storedGuide(p.File.Guide)
	return r.Page(http.StatusOK, p.view())
}

// act is what the form does: a page that is public is revised.
func (p guideFormPage) act() doithoai.Act {
	if p.File.State == doithoai.GuidePublished {
		return doithoai.ActReviseGuide
	}
	return doithoai.ActDraftGuide
}

// writeGuide keeps the text of a draft, or revises what is public.
func (s *site) writeGuide(r *web.Request) error {
	var f guideForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	if p.File, err = s.db.Guide(r.Context(), r.Actor(), wholeNumber(r.PathValue("guide"))); err != nil {
		return err
	}
	var refusal error
	if p.act() == doithoai.ActReviseGuide {
		refusal = s.db.ReviseGuide(r.Context(), r.Actor(), p.File.ID, f.Version, f.text())
	} else {
		_, refusal = s.db.DraftGuide(r.Context(), r.Actor(), p.File.ID, max(f.Version, 1), "", f.text())
	}
	switch {
	case refusal == nil:
		return r.Redirect(guideDone(p.File.Number, p.act()))
	case !web.Mendable(refusal):
		return refusal
	}
	return p.back(r, f, refusal)
}

// guideStep is the form of an act that only moves a page.
type guideStep struct {
	Version int    `form:"phien-ban"`
	Why     string `form:"vi-sao"`
}

// onGuide reads the page's form and does an act with it; one that is refused comes back as it was typed.
func (s *site) onGuide(r *web.Request, act doithoai.Act, do func(doithoai.ID, guideStep) error) error {
	var f guideStep
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadGuide(r)
	if err != nil {
		return err
	}
	refusal := do(p.ID, f)
	switch {
	case refusal == nil:
		return r.Redirect(guideDone(p.Number, act))
	case !web.Mendable(refusal):
		return refusal
	}
	p.TypedWhy, p.Typed = f.Why, act
	p.Problems = r.Problems(refusal)
	if act != doithoai.ActWithdrawGuide { // its fields are on the form of the text
		var said []string
		for _, wrong := range p.Problems.All() {
			said = append(said, wrong.Text)
		}
		p.Refusal, p.Problems = strings.Join(said, " "), web.Problems{}
	}
	if !p.Problems.Any() && p.Refusal == "" {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

func (s *site) publishGuide(r *web.Request) error {
	return s.onGuide(r, doithoai.ActPublishGuide, func(id doithoai.ID, f guideStep) error {
		return s.db.PublishGuide(r.Context(), r.Actor(), id, f.Version)
	})
}

func (s *site) confirmGuide(r *web.Request) error {
	return s.onGuide(r, doithoai.ActConfirmGuide, func(id doithoai.ID, f guideStep) error {
		return s.db.ConfirmGuide(r.Context(), r.Actor(), id, f.Version)
	})
}

func (s *site) withdrawGuide(r *web.Request) error {
	return s.onGuide(r, doithoai.ActWithdrawGuide, func(id doithoai.ID, f guideStep) error {
		return s.db.WithdrawGuide(r.Context(), r.Actor(), id, f.Version, f.Why)
	})
}

// may reports whether the officer may do an act to the page now.
func (p guidePage) may(act doithoai.Act) bool {
	return p.CanMove(act) && doithoai.Can(p.Actor(), act, doithoai.Subject{
		AuthorityID: p.AuthorityID, LeadUnitID: p.UnitID,
	}) == nil
}

// edits reports whether the officer may write the text.
func (p guidePage) edits() bool {
	return p.may(doithoai.ActDraftGuide) || p.may(doithoai.ActReviseGuide)
}

// path is the address of the page, with what follows it.
func (p guidePage) path(more string) string { return web.GuidePath(p.Number) + more }

// published reports whether the page is, or was, public.
func (p guidePage) published() bool { return !p.PublishedAt.IsZero() }

// mayMakeGuide reports whether the officer may make a reference page from the public answer.
func (p opinionPage) mayMakeGuide() bool {
	return p.can(doithoai.ActDraftGuide) && !p.Subject.Conduct && !p.OpinionFile.Correction.Open() &&
		p.Publish.State == doithoai.PublicationPublished
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
