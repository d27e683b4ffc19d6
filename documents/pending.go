package documents

import (
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// lifeSlugs are the lives of papers in addresses.
var lifeSlugs = map[doithoai.DocumentLife]string{
	doithoai.LifeDraft: "du-thao", doithoai.LifeSubmitted: "da-trinh", doithoai.LifeSigned: "da-ky",
	doithoai.LifeIssued: "phat-hanh", doithoai.LifeEnded: "thu-hoi-thay-the",
}

// lifeTabs in their order.
var lifeTabs = []doithoai.DocumentLife{
	doithoai.LifeDraft, doithoai.LifeSubmitted, doithoai.LifeSigned, doithoai.LifeIssued, doithoai.LifeEnded,
}

func lifeOf(slug string) doithoai.DocumentLife {
	for life, s := range lifeSlugs {
		if s == slug {
			return life
		}
	}
	return ""
}

// pendingFirst is how many papers of a life stand above the register, where its tab has them all.
const pendingFirst = 8

// loadPending loads the papers before their number that the page shows, and how many there are of each life.
func (s *site) loadPending(r *web.Request, p *registerPage) (err error) {
	if p.Lives, err = s.db.DocumentCounts(r.Context(), r.Actor()); err != nil {
		return err
	}
	for _, life := range doithoai.PendingLives {
		if p.Query.After != "" || p.Query.Waiting || p.Life != "" && p.Life != life {
			continue
		}
		some, more, err := s.db.PendingDocuments(r.Context(), r.Actor(), life, p.Query)
		if err != nil {
			return err
		}
		if p.Life == "" && len(some) > pendingFirst {
			some, more = some[:pendingFirst], true
		}
		p.Pending = append(p.Pending, some...)
		if more {
			p.Left = append(p.Left, life)
		}
	}
	return nil
}

// issued reports whether the page lists what has a number.
func (p registerPage) issued() bool {
	return p.Life == "" || p.Life == doithoai.LifeIssued || p.Life == doithoai.LifeEnded || p.Query.Waiting
}

// all is how many papers there are; those that ended were issued.
func (p registerPage) all() (n doithoai.Count) {
	for life, of := range p.Lives {
		if life != doithoai.LifeEnded {
			n += of
		}
	}
	return n
}

// tabs are the lives of papers, each with how many there are, and what somebody has not acknowledged.
func (p registerPage) tabs() ui.SubNavigation {
	item := func(words string, n doithoai.Count, late bool, to registerPage) ui.NavItem {
		return ui.NavItem{
			Text: words, Rich: ui.Tab{Text: words, Count: p.Count(n), Late: late}, Href: to.path(""),
			Current: to.Life == p.Life && to.Query.Waiting == p.Query.Waiting,
		}
	}
	to := p
	to.Life, to.Query.Waiting = "", false
	items := []ui.NavItem{item(p.T("documents.relay.tab_all"), p.all(), false, to)}
	for _, life := range lifeTabs {
		to.Life = life
		items = append(items, item(p.T("documents.life.tab."+string(life)), p.Lives[life], false, to))
	}
	to.Life, to.Query.Waiting = "", true
	if doithoai.MayEver(p.Actor(), doithoai.ActUrgeRecipients) {
		items = append(items, item(p.T("documents.relay.tab"), p.Tabs.All, p.Tabs.Late > 0, to))
	} else {
		items = append(items, ui.NavItem{Text: p.T("documents.relay.tab"), Href: to.path(""), Current: p.Query.Waiting})
	}
	return ui.SubNavigation{Label: p.T("documents.relay.tabs"), Items: items}
}

var lifeColours = map[doithoai.DocumentLife]ui.Colour{
	doithoai.LifeDraft: ui.Grey, doithoai.LifeSubmitted: ui.Yellow, doithoai.LifeSigned: ui.Blue,
}

// pendingRow is a paper without a number: what it is about and the link to where it is worked on, and where it waits.
func (p registerPage) pendingRow(d store.PendingDocument) ui.WorkRow {
	title, href := d.Title, ""
	switch {
	case d.PlanID != "":
		href = web.EditionPath(d.PlanID, d.Edition)
	case d.Opinion != "":
		title, href = string(d.Opinion)+": "+text.Brief(d.Title, documentTitle), web.OpinionPath(d.Opinion)
	case d.Kind == doithoai.DocumentAnnouncement:
		href = web.AnnouncementPath(d.DialogueID)
	default:
		href = web.DialoguePaperPath(doithoai.Document{Kind: d.Kind, DialogueID: d.DialogueID})
	}
	return ui.WorkRow{
		Number: "…/" + d.Kind.Symbol(), Title: title, Href: href,
		Cells: []ui.WorkCell{
			{Text: p.T("documents.kind." + string(d.Kind))}, {Text: "–"},
			{Rich: ui.Tag{Text: p.T("documents.life." + string(d.Life)), Colour: lifeColours[d.Life]}},
			{Text: p.waits(d)}, {},
		},
	}
}

// waits says where a paper waits, and for what.
func (p registerPage) waits(d store.PendingDocument) string {
	switch {
	case d.Life == doithoai.LifeSubmitted:
		return p.T("documents.waits.signature")
	case d.Life == doithoai.LifeSigned:
		return p.T("documents.waits.number")
	case d.Kind == doithoai.DocumentMinutes && d.Back:
		return p.T("documents.waits.reading")
	case d.Kind == doithoai.DocumentMinutes:
		return p.T("documents.waits.locking")
	case d.Unit != "":
		return p.T("documents.waits.unit", "unit", d.Unit)
	case d.Back:
		return p.T("documents.waits.back")
	}
	return p.T("documents.waits.office")
}

// found reports whether the page lists anything.
func (p registerPage) found() bool { return len(p.Rows) > 0 || len(p.Pending) > 0 }

// leftOf are the links to the tabs of what the page does not list whole; none leads to the page itself.
func (p registerPage) leftOf() (links []ui.Link) {
	for _, life := range p.Left {
		if to := p; p.Life != life {
			to.Life = life
			links = append(links, ui.Link{
				Text: p.T("documents.life.all."+string(life), "count", p.Count(p.Lives[life])), Href: to.path(""),
			})
		}
	}
	return links
}

// cut reports whether a tab has more than it lists.
func (p registerPage) cut() bool { return slices.Contains(p.Left, p.Life) }
