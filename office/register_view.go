package office

import (
	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// tabKeys are the catalogue keys of the register's tabs.
var tabKeys = map[store.Tab]string{
	store.TabAll:         "register.tab.all",
	store.TabUnruled:     "register.tab.unruled",
	store.TabProcessing:  "register.tab.processing",
	store.TabLate:        "register.tab.late",
	store.TabToSign:      "register.tab.to_sign",
	store.TabToDispatch:  "register.tab.to_dispatch",
	store.TabAnswered:    "register.tab.answered",
	store.TabUnpublished: "register.tab.unpublished",
}

func (p registerPage) tabs() ui.SubNavigation {
	n := ui.SubNavigation{Label: p.T("register.tabs")}
	for _, t := range store.Tabs {
		n.Items = append(n.Items, ui.NavItem{
			Text: p.T(tabKeys[t]) + " " + p.Count(p.Counts[t]), Href: p.path(t, ""), Current: t == p.Tab,
		})
	}
	return n
}

func (p registerPage) numberHint() templ.Component {
	example := string(doithoai.NewRegisterNumber(p.Authority.Prefix, p.Today().Year, 417))
	return web.Whole(p.T("register.number_hint", "example", example), example)
}

func (p registerPage) emptyText() templ.Component {
	if p.Number != "" {
		return web.Whole(p.T("register.none_of_number", "number", p.Number), "“"+p.Number+"”")
	}
	return ui.Text(p.T("register.empty"))
}

func (p registerPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if !p.First {
		pages.Previous = ui.PageLink{Text: p.T("register.newest"), Href: p.path(p.Tab, "")}
	}
	if p.More {
		pages.Next = ui.PageLink{Text: p.T("register.older"), Href: p.path(p.Tab, p.Rows[len(p.Rows)-1].Opinion.ID)}
	}
	return pages
}

func (p registerPage) rows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, row := range p.Rows {
		unit := leadName(p.Reader, row.Unit, row.Petition)
		if unit == "" {
			unit = unassigned(p.Reader, row.Opinion)
		}
		due, late := p.due(row)
		rows = append(rows, ui.WorkRow{
			Title: row.Title(), Href: web.OpinionPath(row.Opinion.Number), Under: string(row.Opinion.Number), Late: late,
			Cells: []ui.WorkCell{
				{Text: unit}, {Rich: due}, {Rich: stateLines(p.Reader, row.Opinion, row.Petition, row.Publication)},
			},
		})
	}
	return rows
}

// unassigned says why no unit works on an opinion: not yet, or nothing is left to work on.
func unassigned(r *web.Reader, o doithoai.Opinion) string {
	if o.Ruling == "" {
		return r.T("register.no_unit")
	}
	return r.T("register.not_needed")
}

// due returns on two lines until when an opinion waits for its ruling or its answer, or whether its answer came in
// time. late reports whether it waits beyond that day.
func (p registerPage) due(row store.Row) (lines templ.Component, late bool) {
	o, petition := row.Opinion, row.Petition
	var due calendar.Date
	switch {
	case petition != nil && petition.State == doithoai.PetitionAnswered:
		return ui.Lines{web.Day(p.Reader, petition.Due), answeredWords(p.Reader, *petition)}, false
	case petition != nil && petition.State == doithoai.PetitionEnded && petition.Missed:
		return ui.Lines{web.Day(p.Reader, petition.Due), ui.Due{Text: p.T("register.missed"), Late: true}}, false
	case petition != nil && petition.State == doithoai.PetitionPaused:
		since := ui.Text(p.T("desk.since", "date", p.DateShort(petition.Start)))
		return ui.Lines{since, ui.Due{Text: p.T("opinion.pause.due")}}, false
	case petition != nil && petition.Open():
		due = petition.Due
	case o.Ruling == "":
		due = p.outlook.rules.RuleBy(o, p.outlook.dialogues[o.DialogueID], p.Today())
	}
	if due.IsZero() {
		return ui.Text(p.T("register.no_due")), false
	}
	words, late := p.Due(p.outlook.rules.Calendar, due)
	return ui.Lines{web.Day(p.Reader, due), ui.Due{Text: words, Late: late}}, late
}

// answeredWords words whether an answer went out in time.
func answeredWords(r *web.Reader, p doithoai.Petition) ui.Due {
	if p.Missed {
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
}

// stateTag is the state of an opinion in two or three words.
func stateTag(r *web.Reader, o doithoai.Opinion, p *doithoai.Petition) ui.Tag {
	if p != nil && p.State != doithoai.PetitionEnded {
		return ui.Tag{Text: r.T("petition.state." + string(p.State)), Colour: petitionColours[p.State]}
	}
	s := rulingLooks[o.Ruling]
	return ui.Tag{Text: r.T(s.key), Colour: s.colour}
}

// stateLines are the state of an opinion, and under it whether it is public.
func stateLines(
	r *web.Reader, o doithoai.Opinion, p *doithoai.Petition, pub doithoai.PublicationState,
) templ.Component {
	lines := ui.Lines{stateTag(r, o, p)}
	if key, ok := publicationKeys[pub]; ok {
		lines = append(lines, ui.Text(r.T(key)))
	}
	return lines
}

var publicationKeys = map[doithoai.PublicationState]string{
	doithoai.PublicationProposed:  "opinion.publication.state.proposed",
	doithoai.PublicationReturned:  "opinion.publication.state.returned",
	doithoai.PublicationPublished: "opinion.publication.state.published",
}
