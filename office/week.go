package office

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// weekPage is the chair's weekly briefing (giao ban): what is late by unit, in the order of the organisation, and named
// by days and matters; what was urged without a reply, what comes, what waits for the chair.
type weekPage struct {
	*web.Reader
	outlook    outlook
	Week       store.Week
	Units      []weekUnit // those that have something late
	Third      []store.UrgedRow
	Extensions []store.ProposedExtension
	Disputes   []store.OpenDispute
	Counts     map[store.Tab]doithoai.Count
	MoreToRule bool // extensions or disputes than are listed
}

// weekUnit is a unit with what it has late.
type weekUnit struct {
	ID   doithoai.ID // empty: the chair leads
	Name string
	Rows []store.UrgedRow // the longest late first
}

func (s *site) week(r *web.Request) error {
	p := weekPage{Reader: r.Reader}
	var err error
	if p.outlook, err = s.outlook(r); err != nil {
		return err
	}
	if p.Week, err = s.db.Week(r.Context(), r.Actor()); err != nil {
		return err
	}
	if p.Counts, err = s.db.TabCounts(r.Context(), r.Actor()); err != nil {
		return err
	}
	var moreExtensions, moreDisputes bool
	if p.Extensions, moreExtensions, err = s.db.ProposedExtensions(r.Context(), r.Actor()); err != nil {
		return err
	}
	if p.Disputes, moreDisputes, err = s.db.Disputes(r.Context(), r.Actor()); err != nil {
		return err
	}
	p.MoreToRule = moreExtensions || moreDisputes
	units, err := s.db.Units(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p.divide(units)
	return r.Page(http.StatusOK, p.view())
}

// divide puts what is late under its units, in the order of the organisation; those that are no more, and the chair,
// come last.
func (p *weekPage) divide(units []doithoai.Unit) {
	at := map[doithoai.ID]int{}
	for i, u := range units {
		at[u.ID] = i + 1
	}
	place := func(u weekUnit) int {
		if n := at[u.ID]; n > 0 {
			return n
		}
		return len(units) + 1
	}
	for _, row := range p.Week.Late {
		if p.outlook.rules.Rung(row.Petition, p.Today()) == doithoai.RungThird {
			p.Third = append(p.Third, row)
		}
		lead := row.Petition.LeadUnitID
		i := slices.IndexFunc(p.Units, func(u weekUnit) bool { return u.ID == lead })
		if i < 0 {
			i = len(p.Units)
			p.Units = append(p.Units, weekUnit{ID: lead, Name: leadName(p.Reader, row.Unit, row.Petition)})
		}
		p.Units[i].Rows = append(p.Units[i].Rows, row)
	}
	slices.SortStableFunc(p.Units, func(a, b weekUnit) int { return cmp.Compare(place(a), place(b)) })
}

// longest is how long the longest late matter of a unit is late: "quá hạn 7 ngày".
func (p weekPage) longest(u weekUnit) string {
	words, _ := p.DueShort(p.outlook.rules.Calendar, u.Rows[0].Petition.Due)
	return words
}

// toDecide counts what waits for the chair's signature or decision.
func (p weekPage) toDecide() int {
	return int(p.Counts[store.TabToSign]) + len(p.Extensions) + len(p.Disputes)
}

// figures are the numbers of the briefing, each with the way to the rows that it counts.
func (p weekPage) figures() ui.Figures {
	number := func(n int, more bool) string {
		if more {
			return p.T("web.count.more", "number", p.Text.Number(n))
		}
		return p.Text.Number(n)
	}
	list := ui.Figures{
		{Number: number(len(p.Week.Late), p.Week.MoreLate), Text: p.T("week.late"), Href: "#qua-han",
			Late: len(p.Week.Late) > 0},
		{Number: number(len(p.Third), p.Week.MoreLate && len(p.Third) > 0), Text: p.T("week.third"), Href: "#lan-3",
			Late: len(p.Third) > 0},
		{Number: number(len(p.Week.Unanswered), p.Week.MoreUnanswered), Text: p.T("week.unanswered"), Href: "#chua-tra-loi"},
		{Number: number(len(p.Week.Near), p.Week.MoreNear), Text: p.T("week.near"), Href: "#sap-den-han"},
		{Number: number(p.toDecide(), p.MoreToRule), Text: p.T("week.to_decide"), Href: "#cho-chu-tich"},
		{Number: p.Count(p.Counts[store.TabStatus]), Text: p.T("week.status"), Href: registerAt(store.TabStatus, "")},
	}
	for i, empty := range []bool{
		len(p.Week.Late) == 0, len(p.Third) == 0, len(p.Week.Unanswered) == 0, len(p.Week.Near) == 0, p.toDecide() == 0,
		p.Counts[store.TabStatus] == 0,
	} {
		if empty {
			list[i].Href = ""
		}
	}
	return list
}

// registerAt is the register at a tab, of one unit or of all.
func registerAt(tab store.Tab, unit doithoai.ID) string {
	q := url.Values{fieldTab: {string(tab)}}
	if unit != "" {
		q.Set(filterUnit, string(unit))
	}
	return web.RegisterPath + "?" + q.Encode()
}

// urgedLine says how often a unit was urged about a matter, and what it said last.
func (p weekPage) urgedLine(row store.UrgedRow) string {
	words := urgedWords(p.Reader, len(row.Urgings))
	if last := row.Last(); len(last.Replies) > 0 {
		reply := last.Replies[len(last.Replies)-1]
		words = web.Joined(words, p.T("week.promised", "date", p.Date(reply.Until)))
	} else if last.Waits(row.Petition) {
		words = web.Joined(words, p.T("week.no_reply"))
	}
	return words
}

// rows are opinions with how often their units were urged.
func (p weekPage) rows(all []store.UrgedRow, unit bool) (rows []ui.WorkRow) {
	for _, row := range all {
		words, late := p.DueShort(p.outlook.rules.Calendar, row.Petition.Due)
		lead := leadName(p.Reader, row.Unit, row.Petition)
		cells := []ui.WorkCell{
			{Rich: ui.Words{web.ListDay(p.Reader, row.Petition.Due), ui.Due{Text: words, Late: late}}},
			{Rich: stateTag(p.Reader, row.Opinion, row.Petition, row.ToTell)},
		}
		if unit {
			cells = append([]ui.WorkCell{{Text: lead}}, cells...)
		}
		rows = append(rows, ui.WorkRow{
			Number: string(row.Opinion.Number), Title: row.Title(), Href: web.OpinionPath(row.Opinion.Number),
			Under: p.urgedLine(row), Late: late, Cells: cells,
		})
	}
	return rows
}

// table is a list of the briefing; of many units, with a column that names them.
func (p weekPage) table(caption string, all []store.UrgedRow) ui.WorkTable {
	t := p.emptyTable(caption)
	t.Columns = slices.Insert(t.Columns, 1, p.T("register.lead"))
	t.Kinds = slices.Insert(t.Kinds, 0, ui.OfUnit)
	t.Rows = p.rows(all, true)
	return t
}

func (p weekPage) emptyTable(caption string) ui.WorkTable {
	return ui.WorkTable{
		Caption: caption, Number: p.T("register.no"),
		Columns: []string{p.T("register.matter"), p.T("register.due_workdays"), p.T("register.state")},
		Kinds:   []ui.Kind{ui.OfDue, ui.OfState},
	}
}

// lateTable is what is late, each unit with its matters.
func (p weekPage) lateTable() ui.WorkTable {
	t := p.emptyTable(p.T("week.late_title"))
	for _, u := range p.Units {
		t.Groups = append(t.Groups, ui.WorkGroup{
			ID: "don-vi-" + string(u.ID), Title: p.T("week.unit", "unit", u.Name, "count", len(u.Rows), "longest", p.longest(u)),
			Rows: p.rows(u.Rows, false),
		})
	}
	return t
}
