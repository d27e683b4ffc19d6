package planning

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// taskStates are how far the tasks of each point of a plan are, by the keys of the points, as they stand beside the
// plan's text: a word, and how many of how many with a link to them.
func (s *site) taskStates(r *web.Request, id doithoai.ID) (map[int]templ.Component, error) {
	sums, err := s.db.TaskSums(r.Context(), r.Actor(), store.TaskFilter{PlanID: id})
	if err != nil {
		return nil, err
	}
	states := map[int]templ.Component{}
	for _, sum := range sums {
		link := ui.Link{
			Text: howMany(r.Reader, sum), Hidden: text.Brief(sum.Text, taskTitle),
			Href: tasksAddress(store.TaskFilter{Tab: store.TasksAll, PlanID: id, Point: sum.Point}),
		}
		states[sum.Point] = ui.Words{sumTag(r.Reader, sum), link}
	}
	return states, nil
}

// stepOf is how far the tasks of a point are, as a step of a workspace.
func stepOf(sum store.TaskSum) plan.StepState {
	switch {
	case sum.Done == sum.All:
		return plan.StepDone
	case sum.Done+sum.Doing > 0:
		return plan.StepDoing
	}
	return plan.StepWaits
}

// sumTag says in a word how far the tasks of a point are.
func sumTag(r *web.Reader, sum store.TaskSum) ui.Tag {
	switch step := stepOf(sum); {
	case sum.Late > 0:
		return ui.Tag{Text: r.T("task.state.late"), Colour: ui.Red}
	case sum.Rule.Manner == plan.MannerStanding:
		return ui.Tag{Text: r.T("task.standing"), Colour: ui.Grey}
	case step == plan.StepDone:
		return ui.Tag{Text: r.T("task.state.done"), Colour: ui.Green}
	case step == plan.StepDoing:
		return ui.Tag{Text: r.T("task.state.doing")}
	}
	return ui.Tag{Text: r.T("task.state.open"), Colour: ui.Grey}
}

// howMany says how many of how many are done: "5 trên 7 bộ phận"; of what is for all the time, how many have it.
func howMany(r *web.Reader, sum store.TaskSum) string {
	of := ownersOf(r, sum)
	if sum.All == 1 || sum.Rule.Manner == plan.MannerStanding {
		return of
	}
	return r.T("task.sum", "done", r.Text.Number(sum.Done), "of", of)
}

// ownersOf says who has the tasks of a point: the one, or how many of which kind.
func ownersOf(r *web.Reader, sum store.TaskSum) string {
	switch {
	case sum.All == 1:
		return r.T("task.sum_one", "owner", sum.Owner)
	case sum.All == sum.Units:
		return r.T("task.sum_units", "count", sum.All)
	case sum.All == sum.Villages:
		return r.T("task.sum_villages", "count", sum.All)
	}
	return r.T("task.sum_owners", "count", sum.All)
}

// pointsPage is a plan's tasks point by point, in the order of the plan.
type pointsPage struct {
	*web.Reader
	Plan     store.PublicPlan
	Years    []store.PublicPlan
	Sections []ui.WorkGroup
}

// fieldYear names the year of the plan in the address.
const fieldYear = "nam"

func (s *site) tasksByPoint(r *web.Request) error {
	p := pointsPage{Reader: r.Reader}
	var err error
	if p.Years, err = s.db.Plans(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	for i, y := range p.Years {
		if i == 0 || strconv.Itoa(y.Year) == r.URL.Query().Get(fieldYear) {
			p.Plan = y
		}
	}
	if p.Plan.ID == "" {
		return r.Page(http.StatusOK, p.view())
	}
	sums, err := s.db.TaskSums(r.Context(), r.Actor(), store.TaskFilter{PlanID: p.Plan.ID})
	if err != nil {
		return err
	}
	states, err := s.taskStates(r, p.Plan.ID)
	if err != nil {
		return err
	}
	of := map[int]store.TaskSum{}
	for _, sum := range sums {
		of[sum.Point] = sum
	}
	for _, section := range p.Plan.Plan.Of(plan.KindAssignment) {
		g := ui.WorkGroup{ID: "muc-" + strconv.Itoa(section.Key), Title: section.Heading()}
		for _, point := range section.Points {
			if sum, there := of[point.Key]; there {
				g.Rows = append(g.Rows, ui.WorkRow{
					Title: text.Brief(point.Text, taskTitle), Late: sum.Late > 0,
					Cells: []ui.WorkCell{{Text: p.when(point.Task, sum)}, {Rich: states[point.Key]}},
				})
			}
		}
		if len(g.Rows) > 0 {
			p.Sections = append(p.Sections, g)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// when says by when the tasks of a point are to be done.
func (p pointsPage) when(rule plan.TaskRule, sum store.TaskSum) string {
	if rule.Manner == plan.MannerDay || rule.Manner == plan.MannerDialogue && !sum.Due.IsZero() {
		return p.ListDay(sum.LastDue)
	}
	return ruleWords(p.Reader, rule)
}

// ruleWords say when a task is to be done, as the plan has it.
func ruleWords(r *web.Reader, rule plan.TaskRule) string {
	switch {
	case rule.Manner == plan.MannerStanding:
		return r.T("task.rule.standing")
	case rule.Manner == plan.MannerDay:
		return r.T("task.rule.day", "date", r.DateShort(rule.Day))
	case rule.Manner == plan.MannerOnce:
		return r.T("task.rule.once")
	case rule.Days == 0:
		return r.T("task.rule.held")
	}
	n, key := rule.Days, "task.rule.after"
	if n < 0 {
		n, key = -n, "task.rule.before"
	}
	if rule.Workdays {
		return r.T(key, "term", r.T("date.term.workdays", "count", n))
	}
	return r.T(key, "term", r.T("date.term.days", "count", n))
}

// years lead to the plans of other years.
func (p pointsPage) years() ui.SubNavigation {
	n := ui.SubNavigation{Label: p.T("task.by_point.years")}
	for _, y := range p.Years {
		year := strconv.Itoa(y.Year)
		n.Items = append(n.Items, ui.NavItem{
			Text: year, Href: tasksByPointPath + "?" + fieldYear + "=" + year, Current: y.ID == p.Plan.ID,
		})
	}
	return n
}

// taskLines puts the plan's tasks for a dialogue on its workspace: a line for each stage with how many of them are
// done, because most of them say what the line of an area says already; and a line for each point that is late
// somewhere, so that it is never hidden.
func taskLines(s *site, r *web.Request, p *workspacePage) error {
	sums, err := s.db.TaskSums(r.Context(), r.Actor(), store.TaskFilter{DialogueID: p.Dialogue.ID})
	if err != nil {
		return err
	}
	for _, stage := range plan.Stages {
		if line, ok := tasksOf(p, sums, stage); ok {
			p.Lines = append(p.Lines, line)
		}
	}
	for _, sum := range sums {
		if sum.Late == 0 {
			continue
		}
		p.Lines = append(p.Lines, workLine{
			Step:  plan.Step{Stage: sum.Rule.Stage(), State: stepOf(sum), Due: sum.Due, Blocks: true},
			Title: text.Brief(sum.Text, lineTitle), Owner: ownersOf(r.Reader, sum),
			Href:  tasksAddress(store.TaskFilter{Tab: store.TasksAll, DialogueID: p.Dialogue.ID, Point: sum.Point}),
			Proof: ui.Words{ui.Text(howMany(r.Reader, sum))},
			Block: p.T("task.block", "count", sum.Late, "what", text.Brief(sum.Text, blockTitle)),
		})
	}
	return nil
}

// tasksOf is the line of all tasks of a stage; false where it has none.
func tasksOf(p *workspacePage, sums []store.TaskSum, stage plan.Stage) (line workLine, ok bool) {
	var all, done, doing int
	var last calendar.Instant
	for _, sum := range sums {
		if sum.Rule.Stage() != stage {
			continue
		}
		all, done, doing = all+sum.All, done+sum.Done, doing+sum.Doing
		if !sum.Due.IsZero() && (line.Due.IsZero() || sum.Due.Before(line.Due)) {
			line.Due = sum.Due
		}
		if sum.LastDone.After(last) {
			last = sum.LastDone
		}
	}
	line.Stage, line.State, line.Title = stage, plan.StepWaits, p.T("task.title")
	line.Href = tasksAddress(store.TaskFilter{Tab: store.TasksAll, DialogueID: p.Dialogue.ID})
	line.Owner = p.T("task.sum_owners_all")
	line.Proof = ui.Words{ui.Text(p.T("task.sum", "done", p.Text.Number(done), "of", p.T("task.sum_tasks", "count", all)))}
	switch {
	case all > 0 && done == all:
		line.State, line.DoneOn = plan.StepDone, last.Date()
	case done+doing > 0:
		line.State = plan.StepDoing
	}
	return line, all > 0
}

// lineTitle and blockTitle are how much of a clause stands in a line of a workspace, and in what blocks a dialogue, in
// characters.
const (
	lineTitle  = 72
	blockTitle = 60
)
