package office

import (
	"net/url"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// action words what to do in a task's turn.
func (p deskPage) action(t task) string { return p.T("opinion.act." + t.Turn) }

func (p deskPage) jumps() ui.JumpList {
	var list ui.JumpList
	for _, s := range p.Sections {
		if len(s.Tasks) > 0 {
			list = append(list, ui.Jump{Text: p.T(s.Key) + " " + p.Text.Number(len(s.Tasks)), Href: "#" + s.ID, Late: s.Late})
		}
	}
	return list
}

// waitingWords say how much waits for others, and how much of it is late.
func (p deskPage) waitingWords() string {
	if n := p.lateElsewhere(); n > 0 {
		return p.T("desk.waiting_late", "count", len(p.Waiting), "late", n)
	}
	return p.T("desk.waiting") + " " + p.Text.Number(len(p.Waiting))
}

// lateElsewhere counts what is overdue and folded away.
func (p deskPage) lateElsewhere() (n int) {
	for _, t := range p.Waiting {
		if p.late(t) {
			n++
		}
	}
	return n
}

// deskRows is how many tasks a part of the desk shows: nobody works off more at one sitting, and each costs a kilobyte.
const deskRows = 25

// shown are the tasks of a part that the desk shows, the most pressing.
func shown(tasks []task) []task { return tasks[:min(len(tasks), deskRows)] }

// list sets parts of the desk under each other.
func (p deskPage) list(parts []deskSection) ui.WorkTable {
	t := p.table(p.T("desk.title"))
	for _, s := range parts {
		if len(s.Tasks) > 0 {
			t.Groups = append(t.Groups, ui.WorkGroup{
				ID: s.ID, Title: p.T(s.Key) + " " + p.Text.Number(len(s.Tasks)), Late: s.Late, Rows: p.rows(s.Tasks),
			})
		}
	}
	return t
}

func (p deskPage) table(caption string) ui.WorkTable {
	return ui.WorkTable{
		Caption: caption, Number: p.T("register.no"),
		Columns: []string{p.T("desk.matter"), p.T("register.lead"), p.T("register.due_workdays"), p.T("desk.act")},
		Kinds:   []ui.Kind{ui.OfUnit, ui.OfDue, ui.OfAct},
	}
}

// rows are what is shown of tasks: those of the officer with their action, those of others with what they are to do.
func (p deskPage) rows(tasks []task) []ui.WorkRow {
	var rows []ui.WorkRow
	for _, task := range shown(tasks) {
		act := ui.WorkCell{Text: p.T("desk.turn." + task.Turn)}
		if task.Mine {
			act = ui.WorkCell{
				Rich: ui.Button{Text: p.action(task), Hidden: string(task.Number), Href: task.Href, Kind: ui.Secondary},
			}
		}
		rows = append(rows, ui.WorkRow{
			Number: string(task.Number), Title: task.Title, Href: task.Href, Under: p.where(task), Late: p.late(task),
			Cells: []ui.WorkCell{{Text: p.who(task)}, {Rich: p.due(task)}, act},
		})
	}
	return rows
}

// who works on a task: a unit, the hall, or nobody yet.
func (p deskPage) who(t task) string {
	if t.Hall {
		return p.T("desk.in_hall")
	}
	return t.Unit
}

// where is from where a task comes, and in which way the person is to be told.
func (p deskPage) where(t task) string {
	words := []string{t.Village, wayNames(p.Reader, t.Ways)}
	if n := len(t.With); n > 0 {
		words = []string{p.T("answer_set.and", "count", n)} // each has a village of its own
	}
	for _, w := range t.Failed {
		words = append(words, p.T("desk.way_failed", "way", p.WayBy(w)))
	}
	return web.Joined(words...)
}

func (p deskPage) late(t task) bool {
	return !t.Due.IsZero() && p.Late(p.Calendar, t.Due)
}

// due is until when a task is to be done, or since when it waits where it has no due date.
func (p deskPage) due(t task) templ.Component {
	if t.Undated {
		return ui.Text(p.T("task.no_due"))
	}
	if t.Due.IsZero() {
		waited := ui.Due{Text: p.T("desk.waited", "count", p.Calendar.WorkdaysBetween(t.Since, p.Today()))}
		return ui.Words{web.ListDay(p.Reader, t.Since), waited}
	}
	return p.until(t.Due)
}

// until is a due date with how far it is.
func (p deskPage) until(d calendar.Date) templ.Component {
	words, late := p.DueShort(p.Calendar, d)
	return ui.Words{web.ListDay(p.Reader, d), ui.Due{Text: words, Late: late}}
}

func (p deskPage) unitRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, u := range p.Units {
		name := u.Unit
		if name == "" {
			name = p.T("opinion.conduct.by_chair")
		}
		rows = append(rows, ui.WorkRow{Title: name, Late: u.Late > 0, Cells: []ui.WorkCell{
			{Text: p.Text.Number(u.Open)}, p.lateOf(u),
			{Rich: p.until(u.Earliest)},
		}})
	}
	return rows
}

// lateOf is how much of a unit's work is late: it leads to that in the register.
func (p deskPage) lateOf(u store.UnitLoad) ui.WorkCell {
	count := p.Text.Number(u.Late)
	if u.Late == 0 || u.UnitID == "" {
		return ui.WorkCell{Text: count}
	}
	q := url.Values{fieldTab: {string(store.TabLate)}, filterUnit: {string(u.UnitID)}}
	return ui.WorkCell{Rich: ui.Link{Text: count, Hidden: u.Unit, Href: web.RegisterPath + "?" + q.Encode()}}
}

// loadRows are the tasks that units, villages and bodies have left, those that are late first.
func (p deskPage) loadRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, l := range p.Loads[:min(len(p.Loads), deskRows)] {
		count := ui.WorkCell{Text: p.Text.Number(l.Late)}
		if q := (url.Values{fieldTab: {string(store.TasksLate)}}); l.Late > 0 {
			for name, id := range map[string]doithoai.ID{filterUnit: l.UnitID, filterVillage: l.VillageID} {
				if id != "" {
					q.Set(name, string(id))
				}
			}
			count = ui.WorkCell{
				Rich: ui.Link{Text: p.Text.Number(l.Late), Hidden: l.Name, Href: web.TasksPath + "?" + q.Encode()},
			}
		}
		var due templ.Component = ui.Text(p.T("task.no_due"))
		if !l.Earliest.IsZero() {
			due = p.until(l.Earliest)
		}
		rows = append(rows, ui.WorkRow{Title: l.Name, Late: l.Late > 0, Cells: []ui.WorkCell{
			{Text: p.Text.Number(l.Open)}, count, {Rich: due},
		}})
	}
	return rows
}

// Administers reports whether accounts are the officer's work.
func (p deskPage) Administers() bool { return doithoai.MayEver(p.Actor(), doithoai.ActManageAccounts) }

// receives reports whether denunciations are the officer's work.
func (p deskPage) receives() bool { return doithoai.MayEver(p.Actor(), doithoai.ActSeeDenunciations) }

// maxQuestion is how much of a question the desk shows, in characters: the list has room beside it.
const maxQuestion = 110

// explanationRows are what the officer was asked to explain. The question is all there is.
func (p deskPage) explanationRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, e := range p.Explanations {
		late := p.Late(p.Calendar, e.Due)
		href := explanationPath + string(e.ID)
		title := text.Brief(e.Question, maxQuestion)
		rows = append(rows, ui.WorkRow{Title: title, Href: href, Late: late, Cells: []ui.WorkCell{
			{Text: p.T("organisation.role.chair")},
			{Rich: p.until(e.Due)},
			{Rich: ui.Button{Text: p.T("desk.explain.write"), Href: href, Kind: ui.Secondary}},
		}})
	}
	return rows
}

// figures are the year's counts, as the public reads them, and how many matters were looked at again, if any.
func (p deskPage) figures() ui.Figures {
	f := p.Figures
	list := ui.Figures{
		{Number: p.Text.Number(f.Received), Text: p.T("desk.figures.received")},
		{Number: p.Text.Number(f.OnTime), Text: p.T("desk.figures.on_time")},
		{Number: p.Text.Number(f.Solved), Text: p.T("desk.figures.solved")},
		{Number: p.Text.Number(f.Late), Text: p.T("desk.figures.late"), Late: f.Late > 0},
	}
	if f.Again > 0 {
		list = append(list, ui.Figure{Number: p.Text.Number(f.Again), Text: p.T("reopening.figure")})
	}
	return list
}
