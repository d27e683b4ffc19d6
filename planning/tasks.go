package planning

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) taskRoutes() []web.Route {
	one := web.TasksPath + "/{id}"
	return []web.Route{
		{Pattern: "GET " + web.TasksPath, Act: doithoai.ActSeeTasks, Do: s.tasks},
		{Pattern: "POST " + web.TasksPath, Act: doithoai.ActUrgeTask, Do: s.urgeChosen},
		{Pattern: "GET " + tasksByPointPath, Act: doithoai.ActSeeTasks, Do: s.tasksByPoint},
		{Pattern: "GET " + one, Act: doithoai.ActSeeTasks, Do: s.task},
		{Pattern: "POST " + one + "/bao-cao", Act: doithoai.ActReportTask, Do: s.reportTask},
		{Pattern: "POST " + one + "/ghi-nhan", Act: doithoai.ActRecordTask, Do: s.recordTask},
		{Pattern: "POST " + one + "/quan-triet", Act: doithoai.ActNoteTask, Do: s.noteTask},
		{Pattern: "POST " + one + "/ghi-quan-triet", Act: doithoai.ActRecordTask, Do: s.recordNote},
		{Pattern: "POST " + one + "/don-doc", Act: doithoai.ActUrgeTask, Do: s.urgeTask},
		{Pattern: "POST " + one + "/lam-lai", Act: doithoai.ActReopenTask, Do: s.reopenTask},
		{Pattern: "POST " + one + "/bo", Act: doithoai.ActDropTask, Do: s.dropTask},
	}
}

// tasksByPointPath is the page of a plan's tasks point by point.
const tasksByPointPath = web.TasksPath + "/theo-ke-hoach"

// tasksPage is the register of tasks: saved filters as tabs, filters beside them.
type tasksPage struct {
	*web.Reader
	Filter    store.TaskFilter
	Rows      []store.TaskRow
	More      bool
	Counts    map[store.TaskTab]doithoai.Count
	Units     []doithoai.Unit
	Villages  []doithoai.Village
	Dialogues []doithoai.Dialogue
	Calendar  calendar.Calendar
	Urged     string // how many were just urged, as the address says
	Left      string // and how many were not
	AllChosen bool
}

// tasksLimit is how many rows a page of the register has.
const tasksLimit = 30

// Fields of the register's address.
const (
	taskTab, taskAfter                                           = "loc", "sau"
	taskUnit, taskVillage, taskDialogue, taskPoint, taskIncoming = "don-vi", "thon", "buoi", "muc", "thong-bao"
	taskPlan                                                     = "ke-hoach"
	urgedCount, urgedLeft, allTasks                              = "da-don-doc", "chua-don-doc", "chon-het"
)

func (s *site) tasks(r *web.Request) error {
	q := r.URL.Query()
	p := tasksPage{
		Reader: r.Reader, Urged: q.Get(urgedCount), Left: q.Get(urgedLeft), AllChosen: q.Has(allTasks),
	}
	var err error
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	if p.Dialogues, err = s.db.DialogueList(r.Context(), r.Actor()); err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p.Calendar = rules.Calendar
	p.filter(q)
	if p.Counts, err = s.db.TaskCounts(r.Context(), r.Actor(), p.Filter); err != nil {
		return err
	}
	if p.Filter.Tab = store.TaskTab(q.Get(taskTab)); !slices.Contains(store.TaskTabs, p.Filter.Tab) {
		p.Filter.Tab = p.home()
	}
	if p.Rows, p.More, err = s.db.Tasks(r.Context(), r.Actor(), p.Filter); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// filter is what the address asks for; a filter by something that is not there narrows nothing.
func (p *tasksPage) filter(q url.Values) {
	f := &p.Filter
	f.After, f.Limit = doithoai.ID(q.Get(taskAfter)), tasksLimit
	for _, u := range p.Units {
		if string(u.ID) == q.Get(taskUnit) {
			f.UnitID = u.ID
		}
	}
	for _, v := range p.Villages {
		if string(v.ID) == q.Get(taskVillage) {
			f.VillageID = v.ID
		}
	}
	for _, d := range p.Dialogues {
		if string(d.ID) == q.Get(taskDialogue) {
			f.DialogueID = d.ID
		}
	}
	f.IncomingID, f.PlanID = doithoai.ID(q.Get(taskIncoming)), doithoai.ID(q.Get(taskPlan))
	if n, err := strconv.Atoi(q.Get(taskPoint)); err == nil && n > 0 {
		f.Point = n
	}
}

// home is the tab with which the register opens: the officer's own, what is late, or all.
func (p *tasksPage) home() store.TaskTab {
	narrowed := p.Filter.DialogueID != "" || p.Filter.IncomingID != "" || p.Filter.PlanID != "" || p.Filter.Point > 0
	switch {
	case narrowed:
		return store.TasksAll
	case p.Counts[store.TasksMine] > 0:
		return store.TasksMine
	case p.Counts[store.TasksLate] > 0:
		return store.TasksLate
	case p.Counts[store.TasksDue] > 0:
		return store.TasksDue
	}
	return store.TasksAll
}

// tasksAddress is the address of the register under a filter.
func tasksAddress(f store.TaskFilter) string {
	q := url.Values{}
	for name, value := range map[string]string{
		taskTab: string(f.Tab), taskUnit: string(f.UnitID), taskVillage: string(f.VillageID),
		taskDialogue: string(f.DialogueID), taskIncoming: string(f.IncomingID), taskPlan: string(f.PlanID),
		taskAfter: string(f.After),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Point > 0 {
		q.Set(taskPoint, strconv.Itoa(f.Point))
	}
	return web.TasksPath + "?" + q.Encode()
}

// path is the address of the register with a tab, keeping the filters; after is the last task of the page before.
func (p *tasksPage) path(tab store.TaskTab, after doithoai.ID) string {
	f := p.Filter
	f.Tab, f.After = tab, after
	return tasksAddress(f)
}

// taskTabKeys are the catalogue keys of the tabs.
var taskTabKeys = map[store.TaskTab]string{
	store.TasksMine: "task.tab.mine", store.TasksLate: "task.tab.late", store.TasksDue: "task.tab.due",
	store.TasksUndated: "task.tab.undated", store.TasksStanding: "task.tab.standing", store.TasksDone: "task.tab.done",
	store.TasksDirected: "task.tab.directed",
	store.TasksAll:      "task.tab.all",
}

func (p *tasksPage) tabs() ui.SubNavigation {
	n := ui.SubNavigation{Label: p.T("register.tabs")}
	for _, t := range store.TaskTabs {
		late := t == store.TasksLate && p.Counts[t] > 0
		n.Items = append(n.Items, ui.NavItem{
			Rich: ui.Tab{Text: p.T(taskTabKeys[t]), Count: p.Count(p.Counts[t]), Late: late},
			Href: p.path(t, ""), Current: t == p.Filter.Tab,
		})
	}
	return n
}

// selects are the filters. One that is not used says so itself: its label is for screen readers.
func (p *tasksPage) selects() (list []ui.Select) {
	units := []ui.Option{{Text: p.T("task.any_unit")}}
	for _, u := range p.Units {
		units = append(units, ui.Option{Value: string(u.ID), Text: u.ShortName()})
	}
	villages := []ui.Option{{Text: p.T("register.any_village")}}
	for _, v := range p.Villages {
		villages = append(villages, ui.Option{Value: string(v.ID), Text: v.Name})
	}
	dialogues := []ui.Option{{Text: p.T("task.any_dialogue")}}
	for _, d := range p.Dialogues {
		dialogues = append(dialogues, ui.Option{
			Value: string(d.ID), Text: p.T("register.dialogue", "date", p.Date(d.StartsAt.Date())),
		})
	}
	for _, f := range []struct {
		name, label, value string
		options            []ui.Option
	}{
		{taskUnit, "task.unit", string(p.Filter.UnitID), units},
		{taskVillage, "register.village", string(p.Filter.VillageID), villages},
		{taskDialogue, "task.dialogue", string(p.Filter.DialogueID), dialogues},
	} {
		list = append(list, ui.Select{
			Field: ui.Field{Name: f.name, Label: ui.Label{Text: p.T(f.label), Classes: "govuk-visually-hidden"}},
			Value: f.value, Options: f.options,
		})
	}
	return list
}

// urges reports whether the officer may urge, and the page has something to urge.
func (p *tasksPage) urges() bool {
	return doithoai.MayEver(p.Actor(), doithoai.ActUrgeTask) && slices.ContainsFunc(p.Rows, p.urgeable)
}

func (p *tasksPage) urgeable(row store.TaskRow) bool {
	return row.State.Open() && doithoai.Can(p.Actor(), doithoai.ActUrgeTask, row.Subject()) == nil
}

func (p *tasksPage) table() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("task.title"),
		Columns: []string{p.T("task.what"), p.T("task.owner"), p.T("register.due_workdays"), p.T("task.state")},
		Kinds:   []ui.Kind{ui.OfUnit, ui.OfDue, ui.OfState}, Rows: taskRows(p.Reader, p.Calendar, p.Rows),
	}
	if p.urges() {
		t.Number = p.T("task.choose")
		for i, row := range p.Rows {
			if p.urgeable(row) {
				t.Rows[i].RichNumber = p.choose(row)
			}
		}
	}
	return t
}

// taskTitle is how much of a clause stands in a list, in characters: the list has room beside it.
const taskTitle = 110

// taskRows are tasks in a list.
func taskRows(r *web.Reader, c calendar.Calendar, rows []store.TaskRow) (list []ui.WorkRow) {
	for _, row := range rows {
		list = append(list, ui.WorkRow{
			Title: text.Brief(row.Text, taskTitle), Href: web.TaskPath(row.ID), Under: taskOrigin(r, row),
			Late:  row.Late(c, r.Today()),
			Cells: []ui.WorkCell{{Text: row.Owner()}, {Rich: taskDue(r, c, row.Task)}, {Rich: taskTag(r, c, row.Task)}},
		})
	}
	return list
}

// taskOrigin says where a task comes from, and how often it was urged.
func taskOrigin(r *web.Reader, row store.TaskRow) string {
	words := []string{}
	switch {
	case row.Notice != "":
		words = append(words, r.T("task.of_notice", "number", row.Notice))
	case !row.HeldAt.IsZero():
		words = append(words, r.T("task.of_dialogue", "date", r.Date(row.HeldAt.Date())))
	case row.Year > 0:
		words = append(words, r.T("task.of_plan", "year", strconv.Itoa(row.Year)))
	}
	if row.Urgings > 0 {
		words = append(words, r.T("task.urged_times", "count", row.Urgings))
	}
	return strings.Join(words, " · ")
}

// taskDue is until when a task is to be done; one that is done says when it was.
func taskDue(r *web.Reader, c calendar.Calendar, t plan.Task) templ.Component {
	switch {
	case t.State == plan.TaskDone:
		return ui.Words{ui.Text(r.T("task.done_on")), web.ListDay(r, t.DoneAt.Date())}
	case t.State == plan.TaskDropped:
		return ui.Text("–")
	case t.Manner == plan.MannerStanding:
		return ui.Text(r.T("task.standing"))
	case t.Due.IsZero():
		return ui.Text(r.T("task.no_due"))
	}
	words, late := r.DueShort(c, t.Due)
	return ui.Words{web.ListDay(r, t.Due), ui.Due{Text: words, Late: late}}
}

// taskColours are the colours of a task's states; the words carry the meaning.
var taskColours = map[plan.TaskState]ui.Colour{
	plan.TaskOpen: ui.Grey, plan.TaskDoing: ui.Blue, plan.TaskDone: ui.Green, plan.TaskDropped: ui.Grey,
}

// taskTag is the state of a task in two or three words.
func taskTag(r *web.Reader, c calendar.Calendar, t plan.Task) ui.Tag {
	switch {
	case t.Late(c, r.Today()):
		return ui.Tag{Text: r.T("task.state.late"), Colour: ui.Red}
	case t.State == plan.TaskDone && !t.Due.IsZero() && t.DoneAt.Date().After(c.Roll(t.Due)):
		return ui.Tag{Text: r.T("task.state.done_late"), Colour: ui.Red}
	}
	return ui.Tag{Text: r.T("task.state." + string(t.State)), Colour: taskColours[t.State]}
}

func (p *tasksPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if p.Filter.After != "" {
		pages.Previous = ui.PageLink{Text: p.T("task.first_page"), Href: p.path(p.Filter.Tab, "")}
	}
	if p.More {
		pages.Next = ui.PageLink{Text: p.T("task.next_page"), Href: p.path(p.Filter.Tab, p.Rows[len(p.Rows)-1].ID)}
	}
	return pages
}

// urged says how many were just urged, and how many were not.
func (p *tasksPage) urgedWords() string {
	n, err := strconv.Atoi(p.Urged)
	if err != nil {
		return ""
	}
	words := p.T("task.urge.done", "count", n)
	if left, err := strconv.Atoi(p.Left); err == nil && left > 0 {
		words += " " + p.T("task.urge.left", "count", left)
	}
	return words
}

// urgeForm urges the tasks of a page of the register that were chosen.
type urgeForm struct {
	Chosen []string `form:"chon" line:"true"` // id and version of each, as the page showed it
	Note   string   `form:"ghi-chu"`
}

// urgeChosen urges each chosen task: one act each, as on its own page. What the act refuses, or somebody changed
// meanwhile, is left as it is and counted.
func (s *site) urgeChosen(r *web.Request) error {
	var f urgeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	urged, left := 0, 0
	for _, chosen := range f.Chosen[:min(len(f.Chosen), tasksLimit)] {
		id, version, _ := strings.Cut(chosen, " ")
		seen, err := strconv.Atoi(version)
		if err != nil { // never from our pages
			continue
		}
		err = s.db.UrgeTask(r.Context(), r.Actor(), doithoai.ID(id), seen, f.Note)
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			urged++
		case web.Mendable(err), kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			left++
		default:
			return err
		}
	}
	q := url.Values{urgedCount: {strconv.Itoa(urged)}}
	if left > 0 {
		q.Set(urgedLeft, strconv.Itoa(left))
	}
	for _, name := range []string{taskTab, taskUnit, taskVillage, taskDialogue, taskPoint, taskIncoming, taskPlan} {
		if v := r.PostForm.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return r.Redirect(web.TasksPath + "?" + q.Encode())
}

// kept are the filters that have no field of their own: they go with every form of the page.
func (p *tasksPage) kept() (fields []ui.HiddenField) {
	for name, value := range map[string]string{
		taskIncoming: string(p.Filter.IncomingID), taskPlan: string(p.Filter.PlanID),
	} {
		if value != "" {
			fields = append(fields, ui.HiddenField{Name: name, Value: value})
		}
	}
	if p.Filter.Point > 0 {
		fields = append(fields, ui.HiddenField{Name: taskPoint, Value: strconv.Itoa(p.Filter.Point)})
	}
	slices.SortFunc(fields, func(a, b ui.HiddenField) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// narrowed are all filters that are on.
func (p *tasksPage) narrowed() []ui.HiddenField {
	fields := p.kept()
	for _, f := range p.selects() {
		if f.Value != "" {
			fields = append(fields, ui.HiddenField{Name: f.Field.Name, Value: f.Value})
		}
	}
	return fields
}
