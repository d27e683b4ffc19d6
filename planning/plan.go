package planning

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/paper"
	"doithoai/web/ui"
)

// planPage is an edition of a plan as its paper, row by row, with what concerns each row in the margin. A row that is
// being edited is a form in its place.
type planPage struct {
	*web.Reader
	plan.Edition
	History  []plan.Edition
	Before   *plan.Edition    // that an amendment is compared with
	Compared *plan.Comparison // nil where nothing stands before
	Bases    []plan.CheckedBasis
	Listed   doithoai.LegalBases
	Units    []doithoai.Unit
	Officers map[doithoai.ID]string
	// Notes are what areas have to say beside a section or a point, by its key.
	Notes     map[int][]templ.Component
	Source    bool // the plan was taken from a file
	Done      doithoai.Act
	Editing   *planEdit // nil where nothing is
	Acting    actForm   // what was typed for an act that was refused
	Numbering doithoai.Numbering
	Problems  web.Problems
	Refusal   string
}

// planArea adds what an area has to say beside a plan's sections and points.
type planArea func(s *site, r *web.Request, p *planPage) error

// planAreas are all areas, in the order in which their notes stand.
var planAreas = []planArea{}

// latestPlan leads to the edition that is worked on, or is in force.
func (s *site) latestPlan(r *web.Request) error {
	all, err := s.db.PlanHistory(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return r.Redirect(editionPath(current(all)))
}

func (s *site) plan(r *web.Request) error {
	p, err := s.loadPlan(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	p.Done = doithoai.Act(q.Get("xong"))
	if part := q.Get("sua"); part != "" && p.writable() {
		draft, err := s.db.Draft(r.Context(), r.Actor(), draftPlan, draftSubject(p.Edition, part))
		if err != nil {
			return err
		}
		p.Editing = p.edit(part, q, draft)
	}
	return r.Page(http.StatusOK, p.view())
}

// planFile answers GET …/ke-hoach.docx and .pdf: the edition as its paper.
func (s *site) planFile(r *web.Request) error {
	p, err := s.loadPlan(r)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, "ke-hoach-"+strconv.Itoa(p.Plan.Year), docform.Plan(r.Authority, p.Plan))
}

// loadPlan reads the edition that the address names with all that its page shows.
func (s *site) loadPlan(r *web.Request) (*planPage, error) {
	number, err := strconv.Atoi(r.PathValue("ban"))
	if err != nil {
		return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p := &planPage{Reader: r.Reader, Notes: map[int][]templ.Component{}, Officers: map[doithoai.ID]string{}}
	if p.Numbering, err = s.db.Numbering(r.Context(), r.Actor(), doithoai.DocumentPlan.Symbol()); err != nil {
		return nil, err
	}
	ctx, authority := r.Context(), r.Authority.ID
	if p.History, err = s.db.PlanHistory(ctx, r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.History, func(e plan.Edition) bool { return e.Number == number })
	if i < 0 {
		return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Edition = p.History[i]
	if before, ok := inForce(p.History[:i]); ok {
		c := plan.Compare(before.Plan, p.Plan)
		p.Before, p.Compared = &before, &c
	}
	if p.Listed, err = s.db.LegalBases(ctx, authority); err != nil {
		return nil, err
	}
	p.Bases = p.Plan.CheckBases(p.Listed, p.Plan.LawDay(r.Today()))
	o, err := s.db.Organisation(ctx, authority)
	if err != nil {
		return nil, err
	}
	p.Units = o.UnitsOn(r.Today())
	officers, err := s.db.Officers(ctx, authority)
	if err != nil {
		return nil, err
	}
	for _, of := range officers {
		p.Officers[of.ID] = of.Name
	}
	_, err = s.db.PlanSource(ctx, r.Actor(), p.PlanID)
	if p.Source = err == nil; err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return nil, err
	}
	for _, area := range planAreas {
		if err := area(s, r, p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// may reports whether the officer may do an act, and the state of the edition asks for it.
func (p *planPage) may(act doithoai.Act) bool {
	return p.May(act) && doithoai.Can(p.Actor(), act, doithoai.Subject{AuthorityID: p.AuthorityID}) == nil
}

func (p *planPage) writable() bool { return p.may(doithoai.ActDraftPlan) }

// amendable reports whether the officer may begin an amendment of this edition: it is in force, and no other edition is
// on its way.
func (p *planPage) amendable() bool {
	now, ok := inForce(p.History)
	return ok && now.Number == p.Number && !current(p.History).State.Open() &&
		doithoai.Can(p.Actor(), doithoai.ActAmendPlan, doithoai.Subject{AuthorityID: p.AuthorityID}) == nil
}

// Parts of a plan outside its sections, as addresses name them.
const (
	partHead       = "dau"
	partBases      = "can-cu"
	partClosing    = "ket"
	partRecipients = "noi-nhan"
	partNew        = "muc-moi"
)

// sectionPart names a section.
func sectionPart(key int) string { return "muc-" + strconv.Itoa(key) }

// planRow is a piece of the paper with what stands beside it.
type planRow struct {
	Part    string // its anchor; "" where it is a point
	Name    string // "mục II.1"
	Body    templ.Component
	Notes   []templ.Component
	Removed bool
}

// rows are the whole paper.
func (p *planPage) rows() []planRow {
	rows := []planRow{p.headRow(), p.basesRow()}
	if p.Compared != nil {
		for _, s := range p.Compared.Sections {
			rows = append(rows, p.sectionRows(s)...)
		}
	} else {
		for s, depth := range p.Plan.All() {
			rows = append(rows, p.sectionRows(plan.ComparedSection{
				Section: s, Depth: depth, Paragraphs: plain(s.Own(depth)),
			})...)
		}
	}
	closing := plain(bodies(p.Plan.Closing))
	if p.Compared != nil {
		closing = p.Compared.Closing
	}
	row := planRow{Part: partClosing, Name: p.T("plans.part.closing"), Body: blocks(closing)}
	row.Notes = p.changes(differ(closing))
	return append(rows, row, p.footRow())
}

func plain(paragraphs []plan.Paragraph) (list []plan.Compared) {
	for _, par := range paragraphs {
		list = append(list, plan.Compared{Paragraph: par})
	}
	return list
}

func bodies(texts []string) (list []plan.Paragraph) {
	for _, s := range texts {
		list = append(list, plan.Paragraph{Part: plan.PartBody, Text: s})
	}
	return list
}

// blocks is text of the paper.
func blocks(paragraphs []plan.Compared) templ.Component {
	var all []templ.Component
	for _, b := range paper.Blocks(paragraphs) {
		all = append(all, b)
	}
	return templ.Join(all...)
}

func differ(paragraphs []plan.Compared) bool {
	return slices.ContainsFunc(paragraphs, func(c plan.Compared) bool { return c.Difference != plan.Same })
}

// changes is the mark of what differs from the edition before.
func (p *planPage) changes(differs bool) []templ.Component {
	if !differs {
		return nil
	}
	return []templ.Component{ui.Tag{Text: p.T("plans.differs"), Colour: ui.Yellow}}
}

// said are problems and oddities as notes, those of the names given. What keeps the plan from being submitted is red.
func (p *planPage) said(problems []string, oddities ...plan.Oddity) (notes []templ.Component) {
	if !p.State.Open() {
		return nil
	}
	for _, problem := range p.Plan.Problems() {
		if slices.Contains(problems, problem.Field) {
			notes = append(notes, ui.Due{Text: p.T(problem.Key), Late: true})
		}
	}
	for _, o := range p.Plan.Oddities() {
		if slices.Contains(oddities, o) {
			notes = append(notes, ui.Text(p.T("plan.oddity."+string(o))))
		}
	}
	return notes
}

func (p *planPage) headRow() planRow {
	row := planRow{Part: partHead, Name: p.T("plans.part.head"), Body: paper.Sheet(p.Plan).Top()}
	if c := p.Compared; c != nil {
		row.Notes = p.changes(c.Head || c.Abstract != "" || c.Order)
		if c.Abstract != "" {
			row.Notes = append(row.Notes, struck(p.T("plans.was"), []string{c.Abstract}))
		}
		if c.Order {
			row.Notes = append(row.Notes, ui.Text(p.T("plans.reordered_sections")))
		}
	}
	row.Notes = append(row.Notes, p.said([]string{"year", "authority", "symbol", "place", "type", "abstract", "text"},
		plan.OddityPurposes, plan.OddityRequirements, plan.OddityProgramme, plan.OddityParticipants, plan.OddityTopics)...)
	row.Notes = append(row.Notes, p.said([]string{"assignments"})...)
	return row
}

func (p *planPage) basesRow() planRow {
	preamble := plain(bodies(p.Plan.Preamble))
	if p.Compared != nil {
		preamble = p.Compared.Preamble
	}
	row := planRow{Part: partBases, Name: p.T("plans.part.bases"), Body: blocks(preamble)}
	row.Notes = p.changes(differ(preamble) || p.Compared != nil && p.Compared.Bases)
	for _, b := range p.Bases {
		if b.State != plan.BasisInForce {
			row.Notes = append(row.Notes, p.basisNote(b))
		}
	}
	row.Notes = append(row.Notes, p.said([]string{"preamble"}, plan.OddityBases)...)
	return row
}

// sectionRows are a section, and each point of an assignment apart: something is to be said beside each.
func (p *planPage) sectionRows(s plan.ComparedSection) []planRow {
	name := p.T("plans.part.section", "number", p.sectionName(s.Section))
	row := planRow{Part: sectionPart(s.Key), Name: name, Removed: s.Difference == plan.Removed}
	if row.Removed {
		row.Part = ""
	}
	row.Notes = p.sectionNotes(s)
	row.Notes = append(row.Notes, p.Notes[s.Key]...)
	if s.Kind != plan.KindAssignment || len(s.Paragraphs) == 0 {
		row.Body = blocks(s.Paragraphs)
		return []planRow{row}
	}
	first := 1
	if s.Heading() != "" {
		first = min(2, len(s.Paragraphs))
	}
	row.Body = blocks(s.Paragraphs[:first])
	row.Notes = append(row.Notes, p.pointNotes(s, s.Paragraphs[first-1])...)
	rows := []planRow{row}
	for _, par := range s.Paragraphs[first:] {
		rows = append(rows, planRow{Body: blocks([]plan.Compared{par}), Notes: p.pointNotes(s, par), Removed: row.Removed})
	}
	return rows
}

// sectionName is how a section is called: by its marks, else by its heading, else by its first words.
func (p *planPage) sectionName(s plan.Section) string {
	if name := p.Plan.NumberOf(s.Key); name != "" {
		return name
	}
	name := s.Heading()
	if name == "" && len(s.Points) > 0 {
		name = s.Points[0].Text
	}
	if words := strings.Fields(name); len(words) > 6 {
		name = strings.Join(words[:6], " ") + "…"
	}
	return name
}

func (p *planPage) sectionNotes(s plan.ComparedSection) (notes []templ.Component) {
	switch s.Difference {
	case plan.Added:
		notes = append(notes, ui.Tag{Text: p.T("plans.added"), Colour: ui.Yellow})
	case plan.Removed:
		return append(notes, ui.Tag{Text: p.T("plans.removed"), Colour: ui.Yellow})
	default:
		notes = append(notes, p.changes(s.Differs())...)
	}
	if s.Reordered {
		notes = append(notes, ui.Text(p.T("plans.reordered")))
	}
	if s.Data && s.Kind == plan.KindAssignment {
		notes = append(notes, ui.Text(p.T("plans.data_differs")))
	}
	switch s.Kind {
	case plan.KindWhen:
		if first := p.Plan.Of(plan.KindWhen)[0]; first.Key == s.Key {
			notes = append(notes, p.when(p.Plan.When)...)
			if s.Data && p.Before != nil {
				notes = append(notes, ui.Text(p.T("plans.was")))
				notes = append(notes, p.when(p.Before.Plan.When)...)
			}
			notes = append(notes, p.said([]string{"window", "form"},
				plan.OddityWindow, plan.OddityVenue, plan.OddityYear)...)
		}
	case plan.KindAssignment:
		if to := p.addressees(s.To); to != "" {
			notes = append(notes, ui.Text(p.T("plans.to", "who", to)))
		} else if p.State.Open() {
			notes = append(notes, ui.Due{Text: p.T("plans.to_nobody"), Late: true})
		}
	}
	return notes
}

// pointNotes say by when a point of an assignment is to be done, and what areas have to say of it.
func (p *planPage) pointNotes(s plan.ComparedSection, par plan.Compared) (notes []templ.Component) {
	if par.Key == s.Key || par.Difference == plan.Removed {
		return nil
	}
	i := slices.IndexFunc(s.Points, func(o plan.Point) bool { return o.Key == par.Key })
	if i >= 0 && s.Points[i].Task.Manner != plan.MannerOnce {
		notes = append(notes, p.rule(s.Points[i].Task))
	}
	return append(notes, p.Notes[par.Key]...)
}

// rule says by when something is to be done; nothing of what is to be done once.
func (p *planPage) rule(t plan.TaskRule) templ.Component {
	switch t.Manner {
	case plan.MannerStanding:
		return ui.Tag{Text: p.T("plans.rule.standing"), Colour: ui.Grey}
	case plan.MannerDialogue:
		switch {
		case t.Days < 0:
			return ui.Text(p.T("plans.rule.before", "count", -t.Days))
		case t.Days > 0:
			return ui.Text(p.T("plans.rule.after", "count", t.Days))
		}
		return ui.Text(p.T("plans.rule.on_the_day"))
	case plan.MannerDay:
		return ui.Words{ui.Text(p.T("plans.rule.by")), web.Day(p.Reader, t.Day)}
	}
	return templ.NopComponent
}

// addressees are who has to do something, in one line.
func (p *planPage) addressees(a plan.Addressees) string {
	var names []string
	if a.EveryUnit {
		names = append(names, p.T("plans.every_unit"))
	}
	for _, code := range a.Units {
		names = append(names, p.unitName(code))
	}
	if a.EveryVillage {
		names = append(names, p.T("plans.every_village"))
	}
	return strings.Join(append(names, a.Bodies...), ", ")
}

// unitName is the name of a unit; that of one which is no more is its code.
func (p *planPage) unitName(code string) string {
	i := slices.IndexFunc(p.Units, func(u doithoai.Unit) bool { return u.Code == code })
	if i < 0 {
		return p.T("plans.unit_gone", "code", code)
	}
	return p.Units[i].ShortName()
}

// when says as data what the section says in sentences.
func (p *planPage) when(a plan.Arrangement) (notes []templ.Component) {
	if w := a.Window; w.Valid() {
		words := p.T("plans.window.days", "from", p.Date(w.From), "to", p.Date(w.To))
		if from, to, ok := w.Quarters(); ok {
			words = p.T("plans.window.quarters", "from", from.Roman(), "to", to.Roman(), "year", to.Year)
			if from == to {
				words = p.T("plans.window.quarter", "from", from.Roman(), "year", to.Year)
			}
		}
		notes = append(notes, ui.Text(words))
	}
	for _, d := range a.Days {
		notes = append(notes, ui.Text(plannedDay(p.Reader, d)))
	}
	if a.Venue != "" {
		notes = append(notes, ui.Text(a.Venue))
	}
	if a.Form != "" {
		notes = append(notes, ui.Text(p.T("plan.dialogue.form."+string(a.Form))))
	}
	return notes
}

// plannedDay is a planned dialogue in one line.
func plannedDay(r *web.Reader, d plan.PlannedDay) string {
	var parts []string
	if d.Date.Valid() {
		parts = append(parts, r.DateShort(d.Date))
	}
	for _, s := range []string{d.Time, d.Scope, d.Venue} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

func (p *planPage) footRow() planRow {
	row := planRow{Part: partRecipients, Name: p.T("plans.part.recipients"), Body: paper.Sheet(p.Plan).Foot()}
	if c := p.Compared; c != nil {
		row.Notes = p.changes(c.Recipients != nil || c.Sign)
		if len(c.Recipients) > 0 {
			row.Notes = append(row.Notes, struck(p.T("plans.was"), c.Recipients))
		}
		if c.Sign {
			was := p.Before.Plan.Signatory
			row.Notes = append(row.Notes, struck(p.T("plans.was"), []string{strings.TrimSpace(was.Title + " " + was.Name)}))
		}
	}
	row.Notes = append(row.Notes, p.said([]string{"signatory"}, plan.OddityRecipients)...)
	return row
}

// differences name the parts that differ from the edition before.
func (p *planPage) differences() string {
	var names []string
	c := p.Compared
	if c.Head || c.Abstract != "" || c.Order {
		names = append(names, p.T("plans.part.head"))
	}
	if c.Bases || differ(c.Preamble) {
		names = append(names, p.T("plans.part.bases"))
	}
	for _, s := range c.Sections {
		if s.Differs() {
			name := p.sectionName(s.Section)
			if s.Difference == plan.Removed {
				name = p.Before.Plan.NumberOf(s.Key)
			}
			names = append(names, p.T("plans.part.section", "number", name))
		}
	}
	if differ(c.Closing) {
		names = append(names, p.T("plans.part.closing"))
	}
	if c.Recipients != nil || c.Sign {
		names = append(names, p.T("plans.part.recipients"))
	}
	const most = 6
	if n := len(names); n > most {
		names = append(names[:most], p.T("plans.and_more", "count", n-most))
	}
	return strings.Join(names, "; ")
}

// jumps lead to the sections of the first level.
func (p *planPage) jumps() (links []ui.Link) {
	links = append(links, ui.Link{Text: p.T("plans.jump.bases"), Href: "#" + partBases})
	for s, depth := range p.Plan.All() {
		if title := strings.TrimRight(s.Heading(), ": "); depth == 0 && title != "" {
			links = append(links, ui.Link{Text: title, Href: "#" + sectionPart(s.Key)})
		}
	}
	return append(links, ui.Link{Text: p.T("plans.jump.recipients"), Href: "#" + partRecipients})
}

// title is the page's.
func (p *planPage) title() string {
	title := p.T("plans.of_year", "year", p.Plan.Year)
	if p.Number > 0 {
		title = fmt.Sprintf("%s: %s", title, editionName(p.Reader, p.Number))
	}
	return title
}
