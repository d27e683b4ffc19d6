package office

import (
	"github.com/a-h/templ"

	"doithoai"
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
	if len(p.Waiting) > 0 {
		waiting := ui.Jump{Text: p.T("desk.waiting") + " " + p.Text.Number(len(p.Waiting)), Href: "#cho-nguoi-khac"}
		if n := p.lateElsewhere(); n > 0 {
			waiting.Text, waiting.Late = p.T("desk.waiting_late", "count", len(p.Waiting), "late", n), true
		}
		list = append(list, waiting)
	}
	return list
}

// lateElsewhere counts what is overdue and waits for others.
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

// table lists what is shown of tasks: those of the officer with their action, those of others with what they are to do.
func (p deskPage) table(caption string, tasks []task, mine bool) ui.WorkTable {
	last := p.T("desk.waits_for")
	if mine {
		last = p.T("desk.act")
	}
	columns := []string{p.T("desk.matter"), p.T("desk.whom"), p.T("desk.due"), last}
	t := ui.WorkTable{Caption: caption, Shared: true, Columns: columns}
	for _, task := range shown(tasks) {
		act := ui.WorkCell{Text: p.T("desk.turn." + task.Turn)}
		if mine {
			act = ui.WorkCell{
				Rich:   ui.Button{Text: p.action(task), Hidden: string(task.Number), Href: task.Href, Kind: ui.Secondary},
				Action: true,
			}
		}
		t.Rows = append(t.Rows, ui.WorkRow{
			Title: task.Title, Href: task.Href, Under: string(task.Number), Late: p.late(task),
			Cells: []ui.WorkCell{{Rich: p.whom(task)}, {Rich: p.due(task)}, act},
		})
	}
	return t
}

// whom says who works on a task and for whom.
func (p deskPage) whom(t task) templ.Component {
	var lines ui.Lines
	switch {
	case t.Turn == "tell":
		lines = append(lines, ui.Text(p.WayName(t.Way)))
	case t.Hall:
		lines = append(lines, ui.Text(p.T("desk.in_hall")))
	case t.Unit != "":
		lines = append(lines, ui.Text(t.Unit))
	}
	if t.Turn == turnCalendar {
		return append(lines, ui.Text(p.T("settings.calendar.title")))
	}
	if t.Village != "" {
		return append(lines, ui.Text(p.T("desk.for_village", "village", t.Village)))
	}
	return append(lines, ui.Text(p.T("desk.for_elsewhere")))
}

func (p deskPage) late(t task) bool {
	return !t.Due.IsZero() && t.Due.Before(p.Calendar.Overdue(p.Today()))
}

// dueWords is how far a task's due date is, or how long it has waited where it has none.
func (p deskPage) dueWords(t task) templ.Component {
	if t.Due.IsZero() {
		return ui.Due{Text: p.T("desk.waited", "count", p.Calendar.WorkdaysBetween(t.Since, p.Today()))}
	}
	words, late := p.Due(p.Calendar, t.Due)
	return ui.Due{Text: words, Late: late}
}

func (p deskPage) due(t task) templ.Component {
	if t.Due.IsZero() {
		return ui.Lines{ui.Text(p.T("desk.since", "date", p.DateShort(t.Since))), p.dueWords(t)}
	}
	return ui.Lines{web.Day(p.Reader, t.Due), p.dueWords(t)}
}

func (p deskPage) unitRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, u := range p.Units {
		words, late := p.Due(p.Calendar, u.Earliest)
		name := u.Unit
		if name == "" {
			name = p.T("opinion.conduct.by_chair")
		}
		rows = append(rows, ui.WorkRow{Title: name, Late: u.Late > 0, Cells: []ui.WorkCell{
			{Text: p.Text.Number(u.Open)}, {Text: p.Text.Number(u.Late)},
			{Rich: ui.Lines{web.Day(p.Reader, u.Earliest), ui.Due{Text: words, Late: late}}},
		}})
	}
	return rows
}

// Administers reports whether accounts are the officer's work.
func (p deskPage) Administers() bool { return doithoai.MayEver(p.Actor(), doithoai.ActManageAccounts) }

// receives reports whether denunciations are the officer's work.
func (p deskPage) receives() bool { return doithoai.MayEver(p.Actor(), doithoai.ActSeeDenunciations) }

// explanationRows are what the officer was asked to explain. The question is all there is.
func (p deskPage) explanationRows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, e := range p.Explanations {
		words, late := p.Due(p.Calendar, e.Due)
		href := explanationPath + string(e.ID)
		rows = append(rows, ui.WorkRow{Title: text.Headline("", e.Question), Href: href, Late: late, Cells: []ui.WorkCell{
			{Text: p.T("organisation.role.chair")},
			{Rich: ui.Lines{web.Day(p.Reader, e.Due), ui.Due{Text: words, Late: late}}},
			{Rich: ui.Button{Text: p.T("desk.explain.write"), Href: href, Kind: ui.Secondary}, Action: true},
		}})
	}
	return rows
}

// figures are the year's counts, as the public reads them.
func (p deskPage) figures() ui.Figures {
	f := p.Figures
	return ui.Figures{
		{Number: p.Text.Number(f.Received), Text: p.T("desk.figures.received")},
		{Number: p.Text.Number(f.OnTime), Text: p.T("desk.figures.on_time")},
		{Number: p.Text.Number(f.Solved), Text: p.T("desk.figures.solved")},
		{Number: p.Text.Number(f.Late), Text: p.T("desk.figures.late"), Late: f.Late > 0},
	}
}
