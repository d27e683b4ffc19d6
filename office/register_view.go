package office

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// tabKeys are the catalogue keys of the register's tabs.
var tabKeys = map[store.Tab]string{
	store.TabMine:        "register.tab.mine",
	store.TabAll:         "register.tab.all",
	store.TabUnruled:     "register.tab.unruled",
	store.TabProcessing:  "register.tab.processing",
	store.TabCoUnit:      "register.tab.co_unit",
	store.TabLate:        "register.tab.late",
	store.TabToSign:      "register.tab.to_sign",
	store.TabToDispatch:  "register.tab.to_dispatch",
	store.TabAnswered:    "register.tab.answered",
	store.TabUnpublished: "register.tab.unpublished",
	store.TabUrge:        "register.tab.urge",
	store.TabStatus:      "register.tab.status",
}

// offersTab reports whether a tab stands among the others. What is to be urged or told is led to by the desk and the
// briefing, and stands there while it is open.
func (p registerPage) offersTab(t store.Tab) bool {
	switch t {
	case p.Tab:
		return true
	case store.TabUrge, store.TabStatus:
		return false
	case store.TabCoUnit: // for few, and seldom
		return p.Counts[t] > 0
	}
	return true
}

func (p registerPage) tabs() ui.SubNavigation {
	n := ui.SubNavigation{Label: p.T("register.tabs")}
	for _, t := range store.Tabs {
		if !p.offersTab(t) {
			continue
		}
		n.Items = append(n.Items, ui.NavItem{
			Rich: ui.Tab{Text: p.T(tabKeys[t]), Count: p.Count(p.Counts[t]), Late: t == store.TabLate && p.Counts[t] > 0},
			Href: p.path(t, ""), Current: t == p.Tab,
		})
	}
	return n
}

// selects are the filters. One that is not used says so itself: its label is for screen readers.
func (p registerPage) selects() (list []ui.Select) {
	units := p.units(p.T("register.any_unit"))
	fields := []ui.Option{{Text: p.T("register.any_field")}}
	for _, f := range p.outlook.rules.Fields {
		fields = append(fields, ui.Option{Value: f.Code, Text: p.FieldText(f.Code, f.Name)})
	}
	villages := []ui.Option{{Text: p.T("register.any_village")}}
	for _, v := range p.Villages {
		villages = append(villages, ui.Option{Value: string(v.ID), Text: v.Name})
	}
	dialogues := []ui.Option{{Text: p.T("register.any_dialogue")}}
	for _, d := range p.outlook.dialogues {
		dialogues = append(dialogues, ui.Option{
			Value: string(d.ID), Text: p.T("register.dialogue", "date", p.Date(d.StartsAt.Date())),
		})
	}
	slices.SortFunc(dialogues[1:], func(a, b ui.Option) int { return cmp.Compare(b.Value, a.Value) })
	kinds := p.kindOptions()
	for _, f := range []struct {
		name, label, value string
		options            []ui.Option
	}{
		{filterUnit, "register.lead", string(p.Filter.UnitID), units},
		{filterField, "register.field", p.Filter.FieldCode, fields},
		{filterVillage, "register.village", string(p.Filter.VillageID), villages},
		{filterDialogue, "register.source", string(p.Filter.DialogueID), dialogues},
		{filterKind, "classify.filter", kindOf(p.Filter), kinds},
	} {
		list = append(list, ui.Select{
			Field: ui.Field{Name: f.name, Label: ui.Label{Text: p.T(f.label), Classes: "govuk-visually-hidden"}},
			Value: f.value, Options: f.options,
		})
	}
	return list
}

// kindOptions are what the list is narrowed by of what opinions are.
func (p registerPage) kindOptions() []ui.Option {
	list := []ui.Option{{Text: p.T("classify.filter.any")}, {Value: kindNone, Text: p.T("classify.filter.none")}}
	for _, k := range doithoai.OpinionKinds {
		list = append(list, ui.Option{Value: kindSlug(k), Text: kindName(p.Reader, k)})
	}
	list = append(list, ui.Option{Value: kindUndecided, Text: p.T("initiative.filter.undecided")})
	for _, o := range doithoai.InitiativeOutcomes {
		list = append(list, ui.Option{
			Value: outcomeSlug(o), Text: p.T("initiative.filter.of", "outcome", text.LowerFirst(p.OutcomeName(o))),
		})
	}
	list = append(list, ui.Option{Value: kindRepeated, Text: p.T("classify.filter.repeated")})
	for _, c := range doithoai.ContentCodes {
		list = append(list, ui.Option{Value: contentSlug(c), Text: p.T("classify.filter.content",
			"code", strconv.Itoa(int(c)), "content", text.LowerFirst(contentName(p.Reader, c)))})
	}
	return list
}

// classWords say how often the matter of a row was raised, that it is a part of an opinion, and of what kind it is.
func (p registerPage) classWords(row store.Row) string {
	var words []string
	if n := p.Times[row.Opinion.ID]; n > 0 {
		words = append(words, p.T("classify.times", "count", p.Text.Number(n)))
	}
	if row.Opinion.PartOf != "" {
		words = append(words, p.T("classify.part"))
	}
	if k := row.Opinion.Kind; k != "" {
		words = append(words, text.LowerFirst(kindName(p.Reader, k)))
	}
	if outcome := p.outcomeWords(row.Opinion); outcome != "" {
		words = append(words, text.LowerFirst(outcome))
	}
	return web.Joined(words...)
}

// printed says on paper what of the register it shows.
func (p registerPage) printed() string {
	return p.T("register.printed", "what", p.T(tabKeys[p.Tab]), "date", p.Date(p.Today()))
}

func (p registerPage) emptyText() templ.Component {
	switch {
	case p.Filter.Number != "":
		return web.Whole(p.T("register.none_of_number", "number", p.Typed), "“"+p.Typed+"”")
	case p.Typed != "":
		return web.Whole(p.T("register.none_of_words", "words", p.Typed), "“"+p.Typed+"”")
	case p.narrowed():
		return ui.Text(p.T("register.none_so"))
	}
	return ui.Text(p.T("register.empty"))
}

func (p registerPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	first, next := p.T("register.newest"), p.T("register.older")
	if p.Filter.Words != "" { // the best first
		first, next = p.T("register.first"), p.T("register.next")
	}
	if !p.First {
		pages.Previous = ui.PageLink{Text: first, Href: p.path(p.Tab, "")}
	}
	if p.More {
		pages.Next = ui.PageLink{Text: next, Href: p.path(p.Tab, p.Rows[len(p.Rows)-1].Opinion.ID)}
	}
	return pages
}

func (p registerPage) rows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, row := range p.Rows {
		whose := row.Village
		if !p.ofOwnUnit() {
			whose = leadName(p.Reader, row.Unit, row.Petition)
		}
		if whose == "" {
			whose = "–"
		}
		due, late := p.due(row)
		var number templ.Component
		if p.choosable(row) {
			number = p.choose(row)
		}
		rows = append(rows, ui.WorkRow{
			Number: string(row.Opinion.Number), RichNumber: number, Title: rowTitle(p.Reader, row),
			Href: web.OpinionPath(row.Opinion.Number), Late: late,
			Under: web.Joined(
				p.classWords(row), publicationWords(p.Reader, row.Publication),
				correctingWords(p.Reader, row.Correcting), p.groupWords(row), handedOverWords(p.Reader, row.Petition),
				disputedWords(p.Reader, row), officerWords(p.Reader, row), urgedWords(p.Reader, row.Urged),
				againWords(p.Reader, row.Petition),
			),
			Below: p.awaitedWords(row.Awaited, row.Opinion),
			Cells: []ui.WorkCell{{Text: whose}, {Rich: due}, {Rich: stateTag(p.Reader, row.Opinion, row.Petition, row.ToTell)}},
		})
	}
	return rows
}

// awaitedWords say for which other body's word a row waits and how long, beside how long the person has waited; ""
// where it waits for none.
func (p registerPage) awaitedWords(w store.Awaited, o doithoai.Opinion) string {
	if w.To == "" {
		return ""
	}
	key, today := "onward.row", p.Today()
	if w.Others > 0 {
		key = "onward.row_others"
	}
	return p.T(key, "to", w.To, "count", w.Others,
		"days", p.T("date.term.days", "count", max(0, w.Dated.DaysUntil(today))),
		"total", p.T("date.term.days", "count", max(0, o.ReceivedAt.Date().DaysUntil(today))))
}

// ofOwnUnit reports whether all rows are of the officer's own units: whose village it is tells more then.
func (p registerPage) ofOwnUnit() bool {
	return p.Tab != store.TabCoUnit && !slices.ContainsFunc(doithoai.Reaches(p.Actor(), doithoai.ActSeeOpinions),
		func(r doithoai.Reach) bool { return r.Condition != "lead_unit" && r.Condition != "co_unit" })
}

// whose is the head of the column that says who leads, or where who raised it lives.
func (p registerPage) whose() string {
	if p.ofOwnUnit() {
		return p.T("register.village")
	}
	return p.T("register.lead")
}

// groupWords say with how many other opinions of the same matter a row stands together.
func (p registerPage) groupWords(row store.Row) string {
	if n := p.Grouped[row.Opinion.ID]; n > 0 {
		return p.T("same.with_count", "count", n)
	}
	return ""
}

// unassigned says why no unit works on an opinion: not yet, or nothing is left to work on.
func unassigned(r *web.Reader, o doithoai.Opinion) string {
	if o.Ruling == "" {
		return r.T("register.no_unit")
	}
	return r.T("register.not_needed")
}

// due says until when an opinion waits for its ruling or its answer, or whether its answer came in
// time. late reports whether it waits beyond that day.
func (p registerPage) due(row store.Row) (lines templ.Component, late bool) {
	o, petition := row.Opinion, row.Petition
	var due calendar.Date
	switch {
	case petition != nil && petition.State == doithoai.PetitionAnswered && row.ToTell > 0:
		untold := ui.Due{Text: p.T("register.untold"), Late: petition.EverMissed()}
		return ui.Words{web.ListDay(p.Reader, petition.Due), untold}, false
	case petition != nil && petition.State == doithoai.PetitionAnswered:
		return ui.Words{web.ListDay(p.Reader, petition.Due), answeredWords(p.Reader, *petition)}, false
	case petition != nil && petition.State == doithoai.PetitionEnded && petition.EverMissed():
		missed := ui.Due{Text: p.T("register.missed"), Late: true}
		return ui.Words{web.ListDay(p.Reader, petition.Due), missed}, false
	case petition != nil && petition.State == doithoai.PetitionPaused:
		return ui.Words{web.ListDay(p.Reader, petition.Start), ui.Due{Text: p.T("register.paused")}}, false
	case petition != nil && petition.Open():
		due = petition.Due
	case o.Ruling == "":
		due = p.outlook.rules.RuleBy(o, p.outlook.dialogues[o.DialogueID], p.Today())
	}
	if due.IsZero() {
		return ui.Text("–"), false
	}
	words, late := p.DueShort(p.outlook.rules.Calendar, due)
	return ui.Words{web.ListDay(p.Reader, due), ui.Due{Text: words, Late: late}}, late
}

// answeredWords words whether an answer went out in time.
func answeredWords(r *web.Reader, p doithoai.Petition) ui.Due {
	if p.EverMissed() {
		return ui.Due{Text: r.T("register.answered.late"), Late: true}
	}
	return ui.Due{Text: r.T("register.answered.on_time")}
}

// petitionColours are the colours of a petition's states; the words carry the meaning.
var petitionColours = map[doithoai.PetitionState]ui.Colour{
	doithoai.PetitionProcessing: ui.Blue, doithoai.PetitionReturned: ui.Yellow, doithoai.PetitionSubmitted: ui.Yellow,
	doithoai.PetitionSigned: ui.Yellow, doithoai.PetitionPaused: ui.Grey, doithoai.PetitionAnswered: ui.Green,
}

// A look is how the state of an opinion without a petition shows: its words and their colour.
type look struct {
	key    string
	colour ui.Colour
}

var rulingLooks = map[doithoai.RulingCode]look{
	"":                         {"register.state.unruled", ui.Yellow},
	doithoai.RulingOnTheSpot:   {"register.state.answered_on_the_spot", ui.Green},
	doithoai.RulingOtherBody:   {"register.state.other_body", ui.Grey},
	doithoai.RulingComplaint:   {"register.state.complaint", ui.Grey},
	doithoai.RulingNotAccepted: {"register.state.not_accepted", ui.Grey},
	doithoai.RulingWithdrawn:   {"register.state.withdrawn", ui.Grey},
}

// stateTag is the state of an opinion in two or three words. A paper that went out is no answer yet while the person is
// still to be told in toTell ways.
func stateTag(r *web.Reader, o doithoai.Opinion, p *doithoai.Petition, toTell int) ui.Tag {
	if o.JoinedTo != "" {
		return ui.Tag{Text: r.T("same.state"), Colour: ui.Grey}
	}
	if p != nil && p.State == doithoai.PetitionAnswered && toTell > 0 {
		return ui.Tag{Text: r.T("opinion.delivery.sent"), Colour: ui.Yellow}
	}
	if p != nil && p.State != doithoai.PetitionEnded {
		return ui.Tag{Text: r.T("petition.state." + string(p.State)), Colour: petitionColours[p.State]}
	}
	s := rulingLooks[o.Ruling]
	return ui.Tag{Text: r.T(s.key), Colour: s.colour}
}

// publicationWords say whether an opinion is public, or on its way there; "" where nothing was proposed.
func publicationWords(r *web.Reader, public doithoai.PublicationState) string {
	if key, ok := publicationKeys[public]; ok {
		return r.T(key)
	}
	return ""
}

var publicationKeys = map[doithoai.PublicationState]string{
	doithoai.PublicationProposed:  "opinion.publication.state.proposed",
	doithoai.PublicationReturned:  "opinion.publication.state.returned",
	doithoai.PublicationPublished: "opinion.publication.state.published",
}
