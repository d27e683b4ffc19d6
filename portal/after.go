package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// Below the page of a dialogue.
const (
	announcedPart = "/thong-bao" // how it was announced, once it is over
	mattersFile   = web.PublicMattersPart + ".csv"
)

// Fields of the address of the matters of a dialogue.
const (
	fieldRuling  = "huong"
	fieldVillage = "thon"
	fieldBehind  = "sau"
	fieldWhole   = "tat-ca"
)

const (
	mattersPerPage = 10
	// mattersWhole is how many matters stand on one page, or in the file, at most: those of any dialogue.
	mattersWhole = 5000
	// answerBeginning is how much of an answer a row shows, in characters.
	answerBeginning = 180
)

// openFigure is a figure of the page. Its value in addresses is its name; what it counts follows from its key in the
// report of the result.
type openFigure struct{ name, value, key string }

var openFigures = []openFigure{
	{"received", "da-nhan", report.GroupTotal + "/received"},
	{"answered", web.FigureAnswered, report.GroupPublic + "/answered"},
	{"waits", "cho-tra-loi", report.GroupPublic + "/waits"},
	{"overdue", web.FigureOverdue, report.GroupTime + "/" + string(report.Overdue)},
	{"solved", "da-xong", report.GroupSolved + "/" + string(doithoai.SolvedYes)},
}

// mattersFilter narrows the matters that a page shows.
type mattersFilter struct {
	figure          openFigure
	ruling, village string
	behind          doithoai.RegisterNumber
	whole           bool // all of them, on one page
}

// filterOf reads the filter of an address; what it can't be is left out.
func filterOf(q url.Values) mattersFilter {
	f := mattersFilter{figure: openFigures[0], village: q.Get(fieldVillage), whole: q.Has(fieldWhole)}
	for _, figure := range openFigures {
		if figure.value == q.Get(web.FieldFigure) {
			f.figure = figure
		}
	}
	if o := doithoai.Outcome(q.Get(fieldRuling)); slices.Contains(doithoai.Outcomes, o) {
		f.ruling = string(o)
	}
	f.behind = doithoai.RegisterNumber(q.Get(fieldBehind))
	return f
}

// narrowed reports whether the filter leaves out some of what its figure counts.
func (f mattersFilter) narrowed() bool { return f.ruling != "" || f.village != "" }

// keys are the figures that must all count what is shown.
func (f mattersFilter) keys() []string {
	keys := []string{f.figure.key}
	if f.ruling != "" {
		keys = append(keys, report.GroupOutcome+"/"+f.ruling)
	}
	if f.village != "" {
		keys = append(keys, report.GroupVillage+"/"+f.village)
	}
	return keys
}

// address is that of the page, or of the file, with the filter.
func (f mattersFilter) address(path string) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.figure != openFigures[0] {
		set(web.FieldFigure, f.figure.value)
	}
	set(fieldRuling, f.ruling)
	set(fieldVillage, f.village)
	set(fieldBehind, string(f.behind))
	if f.whole {
		set(fieldWhole, "co")
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// openMatters are matters of a dialogue that is over, as everybody reads them.
type openMatters struct {
	*web.Reader
	setting
	Dialogue doithoai.Dialogue
	Book     openBook
	Filter   mattersFilter
	Rows     []store.PublicRow // of the page
	Before   int               // how many that the filter leaves come before the page
	Left     int               // how many it leaves
}

// openMatters reads the matters of a dialogue under a filter; limit bounds how many the page shows. The book is at most
// a moment old.
func (s *site) openMatters(
	r *web.Request, d doithoai.Dialogue, f mattersFilter, limit int,
) (p openMatters, err error) {
	p.Reader, p.Dialogue, p.Filter = r.Reader, d, f
	if p.setting, err = s.setting(r); err != nil {
		return p, err
	}
	if p.Book, err = s.openBook(r, d); err != nil {
		return p, err
	}
	left := p.Book.rows[f.figure.key]
	if narrower := f.keys()[1:]; len(narrower) > 0 {
		known := true
		if left, known = (report.Book{Matters: left}).Where(narrower...); !known {
			return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
	}
	p.Left = len(left)
	p.Before = 1 + slices.IndexFunc(left, func(m report.Matter) bool { return m.Number == f.behind })
	page := left[p.Before:min(p.Before+limit, len(left))]
	p.Rows, err = s.DB.PublicRows(r.Context(), d.AuthorityID, p.Book.PublicBook, page)
	return p, err
}

// afterPage is the page of a dialogue that is over: how many opinions, how many of them were answered, and what was
// promised.
type afterPage struct {
	openMatters
	Papers   store.PublicPapers
	Past     signedList // signed files of what does not stand any more
	Promises []store.PromiseRow
	Survey   surveyBlock
}

// after answers GET /doi-thoai/{slug} of a dialogue that is over.
func (s *site) after(r *web.Request, d doithoai.Dialogue) (err error) {
	var p afterPage
	if p.openMatters, err = s.openMatters(r, d, mattersFilter{figure: openFigures[0]}, mattersPerPage); err != nil {
		return err
	}
	if p.Papers, err = s.DB.PublicPapers(r.Context(), r.Authority.ID, d.ID); err != nil {
		return err
	}
	if p.Past, err = s.signedOf(r, d.ID); err != nil {
		return err
	}
	p.Past.All = slices.DeleteFunc(p.Past.All, func(d store.PublicSigned) bool {
		return d.State == doithoai.DocumentIssued
	})
	if p.Promises, err = s.DB.PublicPromisesOfDialogue(r.Context(), r.Authority.ID, d.ID); err != nil {
		return err
	}
	if p.Survey, err = s.surveyBlock(r, d, p.Parameters); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// mattersPage is the list of what was raised at a dialogue that is over.
type mattersPage struct{ openMatters }

// over finds the dialogue that the address names; NotFound where it is not over.
func (s *site) over(r *web.Request) (doithoai.Dialogue, error) {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err == nil && !d.State.Over() {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return d, err
}

// matters answers GET /doi-thoai/{slug}/y-kien.
func (s *site) matters(r *web.Request) error {
	d, err := s.over(r)
	if err != nil {
		return err
	}
	f, limit := filterOf(r.URL.Query()), mattersPerPage
	if f.whole {
		f.behind, limit = "", mattersWhole
	}
	p, err := s.openMatters(r, d, f, limit)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, mattersPage{p}.view())
}

// announced answers GET /doi-thoai/{slug}/thong-bao: how a dialogue that is over was announced. One that is not over
// has that on its page.
func (s *site) announced(r *web.Request) error {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if !d.State.Over() {
		return r.Redirect(dialoguePath(d.Slug))
	}
	return s.announcement(r, d)
}

func (p openMatters) title() string {
	return p.T("after.title", "date", p.Date(p.Dialogue.StartsAt.Date()), "count", p.Text.Number(p.Book.Received()))
}

// figures are those of the page, each a link to the rows that it counts.
func (p openMatters) figures() (all ui.Figures) {
	for _, f := range openFigures {
		n := p.Book.counts[f.key]
		figure := ui.Figure{
			Number: p.Text.Number(n), Text: p.T("after.figure." + f.name), Late: f.name == "overdue" && n > 0,
		}
		if len(p.Book.rows[f.key]) > 0 {
			figure.Href = mattersFilter{figure: f}.address(web.PublicMattersPath(p.Dialogue.Slug))
		}
		all = append(all, figure)
	}
	return all
}

// sum says how what came adds up: how it came, and what else became of it than an answer.
func (p openMatters) sum() []string {
	var came, rest []string
	for _, row := range doithoai.TallyRows {
		if n := p.Book.counts[report.GroupSource+"/"+string(row)]; n > 0 {
			came = append(came, p.T("after.source."+string(row), "count", p.Text.Number(n)))
		}
	}
	for _, key := range []string{"rut", "ktn", "other"} {
		if n := p.Book.ended[key]; n > 0 {
			rest = append(rest, p.T("after.ended."+key, "count", p.Text.Number(n)))
		}
	}
	if n := p.Book.Untold(); n > 0 {
		rest = append(rest, p.T("after.untold", "count", p.Text.Number(n)))
	}
	var said []string
	if len(came) > 1 {
		said = append(said, p.T("after.sum", "sum", p.Text.Number(p.Book.Received()), "parts", strings.Join(came, " + ")))
	}
	if len(rest) > 0 {
		said = append(said, p.T("after.rest", "answered", p.Text.Number(p.Book.counts[report.GroupPublic+"/answered"]),
			"waits", p.Text.Number(p.Book.counts[report.GroupPublic+"/waits"]), "parts", strings.Join(rest, "; ")))
	}
	if p.Book.Unkeyed > 0 {
		said = append(said, p.T("after.unkeyed", "count", p.Text.Number(p.Book.Unkeyed)))
	}
	return said
}

// outcome is a ruling, or what else became of a matter, in words.
func (p openMatters) outcome(o doithoai.Outcome) string {
	return p.T("tally.outcome." + plan.OutcomeKey(o))
}

// filters offer the rulings and villages of what the chosen figure counts.
func (p openMatters) filters() (ruling, village ui.Select) {
	rows := p.Book.rows[p.Filter.figure.key]
	counted := report.Book{Matters: rows}
	ruling = ui.Select{
		Field: ui.Field{Name: fieldRuling, Label: ui.Label{Text: p.T("after.ruling")}}, Value: p.Filter.ruling,
		Options: []ui.Option{{Text: p.T("after.every", "count", p.Text.Number(len(rows)))}},
	}
	village = ui.Select{
		Field: ui.Field{Name: fieldVillage, Label: ui.Label{Text: p.T("after.village")}}, Value: p.Filter.village,
		Options: []ui.Option{{Text: p.T("after.whole_commune")}},
	}
	offer := func(s *ui.Select, name string, f report.Figure) {
		if f.Rows == 0 && f.Value() != s.Value || f.Value() == "" {
			return
		}
		s.Options = append(s.Options, ui.Option{
			Value: f.Value(), Text: p.T("after.option", "name", name, "count", p.Text.Number(f.Rows)),
		})
	}
	for _, f := range counted.Group(report.GroupOutcome).Figures {
		offer(&ruling, p.outcome(doithoai.Outcome(f.Value())), f)
	}
	for _, f := range counted.Group(report.GroupVillage).Figures {
		offer(&village, f.Value(), f)
	}
	slices.SortFunc(village.Options[1:], func(a, b ui.Option) int { return text.Compare(a.Value, b.Value) })
	return ruling, village
}

// hidden is how many matters of the chosen figure nobody reads from which village they came: what they say is not
// public.
func (p openMatters) hidden() (n int) {
	for _, m := range p.Book.rows[p.Filter.figure.key] {
		if !m.Public {
			n++
		}
	}
	return n
}

// heading says what the list shows.
func (p openMatters) heading() string {
	shown := p.T("after.shown."+p.Filter.figure.name, "count", p.Left)
	var filters []string
	if p.Filter.ruling != "" {
		filters = append(filters, text.LowerFirst(p.outcome(doithoai.Outcome(p.Filter.ruling))))
	}
	if p.Filter.village != "" {
		filters = append(filters, p.Filter.village)
	}
	if len(filters) == 0 {
		return shown
	}
	return p.T("after.shown.filtered", "shown", shown, "filters", strings.Join(filters, ", "))
}

// openRow is one matter of the list.
type openRow struct {
	openMatters
	store.PublicRow
}

// rows are those of the page.
func (p openMatters) rows() []openRow {
	rows := make([]openRow, len(p.Rows))
	for i, m := range p.Rows {
		rows[i] = openRow{p, m}
	}
	return rows
}

// name is what the matter is about, or its number where that is not public.
func (o openRow) name() string {
	if o.Public {
		return o.Words
	}
	return o.T("after.number", "number", string(o.Number))
}

// facts are the field and, of what is public, the village.
func (o openRow) facts() string {
	var facts []string
	for _, fact := range []string{fieldText(o.Reader, o.setting, o.FieldCode), o.Village} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	if !o.Public {
		facts = append(facts, o.T("after.wordless"))
	}
	return strings.Join(facts, ", ")
}

// answer is the beginning of the public answer, or what is said instead.
func (o openRow) answer() (words string, theirs bool) {
	switch {
	case o.Reopened:
		return o.T("after.reopened"), false
	case o.Replaced:
		return o.T("after.replaced"), false
	case o.Public:
		return text.Snippet(text.CleanLine(o.Answer), nil, answerBeginning).String(), true
	case o.Answers() && o.Under == "":
		return o.T("after.answered_privately"), false
	}
	return "", false
}

// state is where the matter stands, in two or three words; no text where nothing is to be answered.
func (o openRow) state() ui.Tag {
	switch {
	case o.Reopened:
		return ui.Tag{Text: o.T("reopening.follow.again"), Colour: ui.Yellow}
	case o.Matter.Time == report.Unruled:
		return ui.Tag{Text: o.T("after.unruled"), Colour: ui.Grey}
	case o.Matter.Time == report.Paused:
		return ui.Tag{Text: o.T("after.paused"), Colour: ui.Yellow}
	case !o.Answers():
		return ui.Tag{}
	}
	return solvedTag(o.Reader, store.Published{Solved: o.Solved, Ruling: doithoai.RulingCode(o.Outcome)})
}

// when says on which day the answer went out and whether that was in time.
func (o openRow) when() string {
	if o.Answered.IsZero() || o.Reopened {
		return ""
	}
	words := []string{o.Date(o.Answered)}
	switch {
	case o.Extended > 0:
		words = append(words, o.T("after.extended", "count", o.Extended))
	case o.Matter.Time == report.InTime:
		words = append(words, o.T("after.in_time"))
	}
	if o.Matter.Time == report.TooLate {
		words = append(words, o.T("after.late"))
	}
	return strings.Join(words, ", ")
}

// runs reports whether the row says how far its due date is.
func (o openRow) runs() bool {
	return o.Matter.Time == report.Running || o.Matter.Time == report.Overdue
}

func (o openRow) due() ui.Due {
	words, late := o.Reader.Due(o.Calendar, o.Matter.Due)
	return ui.Due{Text: words, Late: late}
}

// stands is the state in the words of the file.
func (o openRow) stands() string {
	if tag := o.state(); tag.Text != "" {
		return tag.Text
	}
	switch o.Matter.Time {
	case report.Running, report.Overdue:
		return o.due().Text
	}
	return ""
}

// href is the page of the answer; "" where there is none.
func (o openRow) href() string {
	if !o.Public {
		return ""
	}
	return answerPath(o.Number)
}

// until is the number of the last row shown.
func (p openMatters) until() int { return p.Before + len(p.Rows) }

// following is how many rows the next page has.
func (p openMatters) following() int { return min(mattersPerPage, p.Left-p.until()) }

// behind is the address of the page behind this one.
func (p openMatters) behind() string {
	f := p.Filter
	f.behind = p.Rows[len(p.Rows)-1].Number
	return f.address(web.PublicMattersPath(p.Dialogue.Slug))
}

// from is the address of the first page, or of all matters on one.
func (p openMatters) from(whole bool) string {
	f := p.Filter
	f.behind, f.whole = "", whole
	return f.address(web.PublicMattersPath(p.Dialogue.Slug))
}

// cleared is the address of all that the chosen figure counts.
func (p openMatters) cleared() string {
	return mattersFilter{figure: p.Filter.figure}.address(web.PublicMattersPath(p.Dialogue.Slug))
}

// file is the address of the list as a file.
func (p openMatters) file() string {
	f := p.Filter
	f.behind, f.whole = "", false
	return f.address(dialoguePath(p.Dialogue.Slug) + mattersFile)
}

// publishedIn says how the day on which the results were published lies to the one by which they had to be.
func (p afterPage) publishedIn() (words string, late bool) {
	on, due := p.Dialogue.PublishedAt.Date(), p.Papers.Due
	switch days := on.DaysUntil(due); {
	case due.IsZero():
		return "", false
	case days > 0:
		return p.T("after.published_early", "count", days), false
	case days < 0:
		return p.T("after.published_late", "count", -days), true
	}
	return p.T("after.published_in_time"), false
}

// presided says who presided.
func (p afterPage) presided() string {
	of := report.Dialogue{Chair: p.Dialogue.Chair, Presided: p.Papers.Presided}
	if of.InPerson() {
		return p.T("after.in_person", "chair", p.Dialogue.Chair)
	}
	var names []string
	for _, name := range append([]string{p.Dialogue.Chair}, p.Papers.Presided...) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return p.T("after.presided", "names", strings.Join(names, "; "))
}

// hours are when the dialogue began and ended.
func (p afterPage) hours() string {
	began, ended := p.Dialogue.StartedAt, p.Dialogue.ClosedAt
	if began.IsZero() {
		began = p.Dialogue.StartsAt
	}
	return p.T("after.hours", "from", p.Time(began), "until", p.Time(ended))
}

// facts are the number and day of a paper, or of what hangs from when until when.
func (p afterPage) facts(of store.PublicPaper) (all []string) {
	day := func(d calendar.Date) string { return p.Date(d) }
	switch {
	case of.Number != "":
		all = append(all, p.T("after.paper.number", "number", of.Number, "date", day(of.Dated)))
	case !of.Dated.IsZero():
		all = append(all, p.T("after.paper.locked", "date", day(of.Dated)))
	}
	switch {
	case of.From.IsZero():
	case of.Until.IsZero():
		all = append(all, p.T("after.paper.hangs", "from", day(of.From)))
	default:
		all = append(all, p.T("after.paper.hung", "from", day(of.From), "until", day(of.Until)))
	}
	return all
}

// promised are what was promised: who does it until when, and where it stands.
func (p afterPage) promised() (rows ui.Rows) {
	for _, of := range p.Promises {
		row := promisedHere{web.Promise{Reader: p.Reader, Promise: of.Promise, Calendar: p.Calendar}, of.Unit}
		rows = append(rows, ui.Row{
			Title: of.What, Lang: "vi", Href: web.PublicPromisePath(of.ID), Facts: ui.Text(row.facts()), State: row.state(),
		})
	}
	return rows
}

// promisedHere is a promise beside the list.
type promisedHere struct {
	web.Promise
	unit string
}

func (s promisedHere) facts() string {
	return s.T("after.promise", "unit", s.unit, "date", s.Date(s.Promised.Due))
}
