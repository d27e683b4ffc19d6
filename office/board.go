package office

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// boardPage is what the head of the authority has to look at, on one screen: what waits for their signature or
// decision, what is late and who has it, what was promised and ordered, what the next dialogue lacks, how the last ones
// went. Each figure opens the rows that it counts; of what is late a directive is given.
type boardPage struct {
	*web.Reader
	Calendar   calendar.Calendar
	ToDecide   []task
	Units      []store.UnitLate
	Promises   []store.PromiseRow
	Promised   doithoai.Count // that are open
	Directives []store.TaskRow
	Ordered    bool // more directives than are shown
	Gaps       []store.Gap
	Next       *doithoai.Dialogue
	Trend      []store.DialogueTrend
}

// How many rows parts of the board show: together they are one screen of 1366 × 768.
const (
	boardDecisions  = 6
	boardPromises   = 4
	boardDirectives = 4
	boardGaps       = 4
	boardTrend      = 4
)

// boardAhead is how many days ahead promises fall due of which the board tells.
const boardAhead = 30

func (s *site) board(r *web.Request) (err error) {
	p := boardPage{Reader: r.Reader}
	l, err := s.outlook(r)
	if err != nil {
		return err
	}
	p.Calendar, p.Next = l.rules.Calendar, nextDialogue(l)
	if err := s.fillDecisions(r, l, &p); err != nil {
		return err
	}
	if p.Units, err = s.db.UnitLates(r.Context(), r.Actor()); err != nil {
		return err
	}
	if err := s.fillPromises(r, &p); err != nil {
		return err
	}
	p.Directives, p.Ordered, err = s.db.Tasks(r.Context(), r.Actor(),
		store.TaskFilter{Tab: store.TasksDirected, Limit: boardDirectives})
	if err != nil {
		return err
	}
	if p.Gaps, err = s.db.PlanningGaps(r.Context(), r.Actor()); err != nil {
		return err
	}
	if p.Trend, err = s.db.DialogueTrends(r.Context(), r.Actor(), boardTrend); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// fillDecisions reads what waits for the head's signature or decision, whoever looks at the board.
func (s *site) fillDecisions(r *web.Request, l outlook, p *boardPage) error {
	var err error
	if p.ToDecide, err = s.decisions(r, l); err != nil {
		return err
	}
	for _, source := range []func(*site, *web.Request) (deskWork, error){estimateWork, initiativeWork} {
		other, err := source(s, r)
		if err != nil {
			return err
		}
		for _, t := range other.mine {
			if t.Turn != turnFunds {
				p.ToDecide = append(p.ToDecide, t)
			}
		}
	}
	plans, err := s.db.OpenPlans(r.Context(), r.Actor(), plan.StateSubmitted)
	if err != nil {
		return err
	}
	for _, e := range plans {
		p.ToDecide = append(p.ToDecide, task{
			Title: planName(p.Reader, e), Turn: "sign", Act: doithoai.ActSignPlan, Href: planHref(e), Undated: true,
		})
	}
	sortTasks(p.ToDecide, r.Today())
	return nil
}

// fillPromises reads the promises that are late, and those that fall due soon.
func (s *site) fillPromises(r *web.Request, p *boardPage) error {
	for _, f := range []store.PromiseFilter{
		{Tab: store.PromisesLate, Limit: boardPromises},
		{Tab: store.PromisesOpen, Until: r.Today().AddDays(boardAhead), Limit: boardPromises},
	} {
		rows, _, err := s.db.Promises(r.Context(), r.Actor(), f)
		if err != nil {
			return err
		}
		p.Promises = append(p.Promises, rows...)
	}
	p.Promises = p.Promises[:min(len(p.Promises), boardPromises)]
	counts, err := s.db.PromiseCounts(r.Context(), r.Actor())
	p.Promised = counts[store.PromisesLate] + counts[store.PromisesOpen]
	return err
}

// due is a due date with how far it is.
func (p boardPage) due(d calendar.Date) ui.WorkCell {
	if d.IsZero() {
		return ui.WorkCell{Text: p.T("task.no_due")}
	}
	words, late := p.DueShort(p.Calendar, d)
	return ui.WorkCell{Rich: ui.Words{web.ListDay(p.Reader, d), ui.Due{Text: words, Late: late}}}
}

func (p boardPage) late(d calendar.Date) bool { return !d.IsZero() && p.Late(p.Calendar, d) }

// boardTitle is how much of a matter a row of the board shows, in characters.
const boardTitle = 60

// decisions are the first of what waits for the head.
func (p boardPage) decisions() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("board.decide"), Columns: []string{p.T("desk.matter"), p.T("board.what"), p.T("desk.due")},
		Kinds: []ui.Kind{ui.OfUnit, ui.OfDue}, Slim: true,
	}
	for _, d := range p.ToDecide[:min(len(p.ToDecide), boardDecisions)] {
		t.Rows = append(t.Rows, ui.WorkRow{
			Title: text.Brief(d.Title, boardTitle), Href: d.Href, Late: p.late(d.Due),
			Cells: []ui.WorkCell{{Text: p.T("board.turn." + d.Turn)}, p.due(d.Due)},
		})
	}
	return t
}

func (p boardPage) promises() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("board.promises"), Columns: []string{p.T("board.promise"), p.T("desk.unit"), p.T("desk.due")},
		Kinds: []ui.Kind{ui.OfUnit, ui.OfDue}, Slim: true,
	}
	for _, row := range p.Promises {
		t.Rows = append(t.Rows, ui.WorkRow{
			Title: text.Brief(row.What, boardTitle), Href: web.PromisePath(row.ID), Late: p.late(row.Due),
			Cells: []ui.WorkCell{{Text: row.Unit}, p.due(row.Due)},
		})
	}
	return t
}

func (p boardPage) directives() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("board.directives"), Columns: []string{p.T("board.directive"), p.T("desk.unit"), p.T("desk.due")},
		Kinds: []ui.Kind{ui.OfUnit, ui.OfDue}, Slim: true,
	}
	for _, row := range p.Directives {
		t.Rows = append(t.Rows, ui.WorkRow{
			Title: text.Brief(row.Text, boardTitle), Href: web.TaskPath(row.ID), Late: p.late(row.Due),
			Cells: []ui.WorkCell{{Text: row.Owner()}, p.due(row.Due)},
		})
	}
	return t
}

func (p boardPage) gaps() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("desk.gaps"), Columns: []string{p.T("board.gap"), p.T("desk.due"), p.T("board.directive")},
		Kinds: []ui.Kind{ui.OfDue, ui.OfAct}, Slim: true,
	}
	for _, g := range p.Gaps[:min(len(p.Gaps), boardGaps)] {
		l := gapLink(p.Reader, g)
		if !g.Dialogue.StartsAt.IsZero() {
			l.Text = web.Joined(l.Text, p.T("board.of_day", "date", p.DateShort(g.Dialogue.StartsAt.Date())))
		}
		due := ui.WorkCell{Text: p.T("task.no_due")}
		if !g.Due.IsZero() {
			words := ui.Due{Text: p.Text.DueDays(p.Today().DaysUntil(g.Due)), Late: g.Late}
			due = ui.WorkCell{Rich: ui.Words{web.ListDay(p.Reader, g.Due), words}}
		}
		row := ui.WorkRow{Title: l.Text, Href: l.Href, Late: g.Late, Cells: []ui.WorkCell{due}}
		if p.orders() {
			row.Cells = append(row.Cells, p.order(g.Dialogue.ID != "", l.Text,
				doithoai.DirectiveSource{From: doithoai.FromDialogue, DialogueID: g.Dialogue.ID}))
		}
		t.Rows = append(t.Rows, row)
	}
	if !p.orders() {
		t.Columns, t.Kinds = t.Columns[:2], t.Kinds[:1]
	}
	return t
}

// orders reports whether who looks at the board gives directives.
func (p boardPage) orders() bool { return doithoai.MayEver(p.Actor(), doithoai.ActGiveDirective) }

// order leads to a new directive about what a row names, where there is anything to order.
func (p boardPage) order(there bool, about string, s doithoai.DirectiveSource) ui.WorkCell {
	if !there {
		return ui.WorkCell{}
	}
	return ui.WorkCell{Rich: ui.Link{Text: p.T("directive.give"), Hidden: about, Href: web.DirectivePath(s)}}
}

// units are all units, in the order of the organisation, and their sum.
func (p boardPage) units() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("board.units"),
		Columns: []string{
			p.T("desk.unit"), p.T("desk.late"), p.T("board.days"), p.T("board.longest"), p.T("board.directive"),
		},
		Kinds: []ui.Kind{ui.OfCount, ui.OfCount, ui.OfCount, ui.OfAct}, Slim: true, Heads: true,
	}
	if !p.orders() {
		t.Columns, t.Kinds = t.Columns[:4], t.Kinds[:3]
	}
	var sum store.UnitLate
	for _, u := range p.Units {
		row := p.unit(u)
		if p.orders() {
			row.Cells = append(row.Cells, p.order(u.Late > 0 && u.UnitID != "", u.Unit,
				doithoai.DirectiveSource{From: doithoai.FromLate, UnitID: u.UnitID}))
		}
		t.Rows = append(t.Rows, row)
		sum.Open, sum.Late, sum.Days = sum.Open+u.Open, sum.Late+u.Late, sum.Days+u.Days
		sum.LongestDays = max(sum.LongestDays, u.LongestDays)
	}
	total := ui.WorkRow{Title: p.T("board.all_units"), Total: true, Cells: p.sums(sum)}
	if sum.Late > 0 {
		total.Cells[0] = ui.WorkCell{Rich: ui.Link{
			Text: p.T("board.late_of", "late", p.Text.Number(sum.Late), "of", p.Text.Number(sum.Open)),
			Href: registerAt(store.TabLate, ""),
		}}
	}
	if p.orders() {
		total.Cells = append(total.Cells, ui.WorkCell{})
	}
	t.Rows = append(t.Rows, total)
	return t
}

// unit is a row of the units: what it has late opens in the register, the longest late its page.
func (p boardPage) unit(u store.UnitLate) ui.WorkRow {
	row := ui.WorkRow{Title: u.Unit, Cells: p.sums(u)}
	if u.UnitID == "" {
		row.Title = p.T("opinion.conduct.by_chair")
	}
	if u.Late == 0 {
		return row
	}
	if u.UnitID != "" {
		row.Cells[0] = ui.WorkCell{Rich: lateLink{
			Late: p.Text.Number(u.Late), Rest: p.T("board.of", "of", p.Text.Number(u.Open)),
			Href: registerAt(store.TabLate, u.UnitID), Hidden: u.Unit,
		}}
	}
	row.Cells[2] = ui.WorkCell{Rich: ui.Link{
		Text: p.T("board.count_days", "count", u.LongestDays), Hidden: string(u.Longest),
		Href: web.OpinionPath(u.Longest),
	}}
	return row
}

// sums are the cells of a unit without links.
func (p boardPage) sums(u store.UnitLate) []ui.WorkCell {
	cells := []ui.WorkCell{
		{Text: p.T("board.late_of", "late", p.Text.Number(u.Late), "of", p.Text.Number(u.Open))}, {Text: "–"}, {Text: "–"},
	}
	if u.Late > 0 {
		cells[1].Text = p.T("board.count_days", "count", u.Days)
		cells[2].Text = p.T("board.count_days", "count", u.LongestDays)
	}
	return cells
}

// lateLink says how much of a unit's work is late, and opens it.
type lateLink struct{ Late, Rest, Href, Hidden string }

// Render implements [templ.Component].
func (l lateLink) Render(ctx context.Context, w io.Writer) error { return l.html().Render(ctx, w) }

// share is a share in per cent, rounded half up; false of nothing.
func share(n, of int) (int, bool) {
	if of == 0 {
		return 0, false
	}
	return (n*200 + of) / (2 * of), true
}

func (p boardPage) onTime(t store.DialogueTrend) (int, bool) { return share(t.Timely, t.Due) }

func (p boardPage) satisfied(t store.DialogueTrend) (int, bool) {
	if !t.Surveyed {
		return 0, false
	}
	return share(t.Satisfied.Satisfied, t.Satisfied.Of)
}

// plot is a figure of the dialogues, the oldest first.
func (p boardPage) plot(name string, of func(store.DialogueTrend) (int, bool)) ui.Plot {
	plot := ui.Plot{Most: 100}
	words := []string{}
	for _, t := range slices.Backward(p.Trend) {
		bar := ui.Bar{Text: monthOf(t), Words: "–"}
		if n, ok := of(t); ok {
			bar.Value, bar.Words = n, p.Text.Number(n)
		}
		words = append(words, bar.Text+": "+bar.Words)
		plot.Bars = append(plot.Bars, bar)
	}
	plot.Title = p.T("board.plot", "name", name, "values", strings.Join(words, "; "))
	return plot
}

// monthOf names a dialogue by its month: "06/2024".
func monthOf(t store.DialogueTrend) string {
	day := t.Dialogue.StartsAt.Date()
	return fmt.Sprintf("%02d/%d", day.Month, day.Year)
}

// percentCell is a share that opens what it counts, or that there is none.
func (p boardPage) percentCell(
	t store.DialogueTrend, of func(store.DialogueTrend) (int, bool), name, href string,
) ui.Words {
	n, ok := of(t)
	if !ok {
		return ui.Words{ui.Text("–")}
	}
	return ui.Words{ui.Link{Text: p.Text.Number(n) + "\u00a0%", Hidden: p.T(name), Href: href}}
}

// figuresOf are the figures of a dialogue's result.
func (p boardPage) figuresOf(t store.DialogueTrend) string {
	return web.WorkspacePath(t.Dialogue.ID) + web.ReportFigures
}

func (p boardPage) onTimeCell(t store.DialogueTrend) ui.Words {
	return p.percentCell(t, p.onTime, "board.on_time", p.figuresOf(t))
}

func (p boardPage) satisfiedCell(t store.DialogueTrend) ui.Words {
	return p.percentCell(t, p.satisfied, "board.satisfied", web.WorkspacePath(t.Dialogue.ID)+web.SurveyPath)
}
