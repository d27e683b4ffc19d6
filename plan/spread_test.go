package plan

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// ground is a commune with three units and two villages, a plan of 2026 and a dialogue on Monday, 26 October 2026.
func ground(t *testing.T) Ground {
	t.Helper()
	c, err := calendar.NewCalendar("test", []calendar.Day{
		{Date: calendar.DateOf(2026, 9, 2), Kind: calendar.DayOff, Name: "Quốc khánh", Certainty: calendar.Certain},
	})
	if err != nil {
		t.Fatal(err)
	}
	from := calendar.DateOf(2026, 1, 1)
	return Ground{
		Calendar: c, Today: calendar.DateOf(2026, 10, 1),
		Organisation: doithoai.Organisation{
			Units: []doithoai.Unit{
				{ID: "office", Code: "van-phong", Name: "Văn phòng", From: from}, {ID: "land", Code: "dia-chinh", Name: "Địa chính",
					From: from}, {ID: "money", Code: "tai-chinh", Name: "Tài chính", From: from},
			},
			Villages: []doithoai.Village{{ID: "v1", Name: "Thôn 1", From: from}, {ID: "v2", Name: "Thôn 2", From: from}},
		},
		Editions: []Edition{{PlanID: "p", AuthorityID: "a", State: StateIssued, Plan: Plan{
			Year: 2026, Symbol: "KH-UBND", Number: "12", Sections: []Section{
				{Key: 1, Kind: KindAssignment, To: Addressees{EveryUnit: true}, Points: []Point{
					{Key: 2, Text: "Quán triệt"}, {Key: 3, Text: "Phối hợp", Task: TaskRule{Manner: MannerStanding}},
				}},
				{Key: 4, Kind: KindAssignment, To: Addressees{EveryVillage: true, Bodies: []string{"Thuế cơ sở"}}, Points: []Point{
					{Key: 5, Text: "Thông báo", Task: TaskRule{Manner: MannerDialogue, Days: -1}},
				}},
				{Key: 6, Kind: KindAssignment, To: Addressees{Units: []string{"tai-chinh"}}, Points: []Point{
					{Key: 7, Text: "Kinh phí", Task: TaskRule{Manner: MannerDay, Day: calendar.DateOf(2026, 10, 9)}},
				}},
			},
		}}},
		Dialogues: []doithoai.Dialogue{{
			ID: "d", PlanID: "p", State: doithoai.DialogueAnnounced,
			StartsAt: calendar.InstantAt(calendar.DateOf(2026, 10, 26), 8, 0),
		}},
	}
}

// kept does what the store does with changes: it keeps them.
func kept(existing []Task, changes []TaskChange) []Task {
	all := slices.Clone(existing)
	for _, c := range changes {
		i := slices.IndexFunc(all, func(t Task) bool { return t.ID == c.Task.ID })
		if c.Task.ID == "" {
			c.Task.ID = doithoai.ID(fmt.Sprintf("t%d", len(all)+1))
			all = append(all, c.Task)
			continue
		}
		all[i] = c.Task
	}
	return all
}

// lines are the tasks that are not dropped, each in a line.
func lines(tasks []Task) (list []string) {
	for _, t := range tasks {
		if t.State != TaskDropped {
			list = append(list, fmt.Sprintf("%d %s%s%s %s %s", t.Point, t.UnitID, t.VillageID, t.Body, t.Due, t.State))
		}
	}
	slices.Sort(list)
	return list
}

func wantLines(t *testing.T, what string, tasks []Task, want ...string) {
	t.Helper()
	if got := lines(tasks); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

var firstTasks = []string{
	"2 land  open", "2 money  open", "2 office  open", "3 land  open", "3 money  open", "3 office  open",
	"5 Thuế cơ sở 2026-10-23 open", "5 v1 2026-10-23 open", "5 v2 2026-10-23 open", "7 money 2026-10-09 open",
}

// Each addressee has each point once; the day before a dialogue on a Monday is the Friday before; where the plan names
// no day there is none. Done again, nothing changes.
func TestSpread(t *testing.T) {
	g := ground(t)
	tasks := kept(nil, Spread(g, nil))
	wantLines(t, "issued", tasks, firstTasks...)
	if again := Spread(g, tasks); again != nil {
		t.Errorf("the second time: %+v", again)
	}
}

// The dialogue moves, is postponed, and is cancelled.
func TestSpreadFollowsDialogue(t *testing.T) {
	g := ground(t)
	tasks := kept(nil, Spread(g, nil))
	find := func(body string, village doithoai.ID) *Task {
		return &tasks[slices.IndexFunc(tasks, func(t Task) bool {
			return t.Point == 5 && t.Body == body && t.VillageID == village
		})]
	}
	find("", "v1").State = TaskDone
	g.Dialogues[0].StartsAt = calendar.InstantAt(calendar.DateOf(2026, 11, 6), 8, 0)
	g.Dialogues[0].Moves = 1
	changes := Spread(g, tasks)
	if len(changes) != 2 || changes[0].Steps[0].Kind != StepMoved || changes[0].Steps[0].Due.String() != "2026-10-23" {
		t.Errorf("moved: %+v", changes)
	}
	tasks = kept(tasks, changes)
	if got := find("", "v2").Due.String(); got != "2026-11-05" {
		t.Errorf("due %s", got)
	}
	if done := find("", "v1"); done.Due.String() != "2026-10-23" || !done.Outdated(g.Dialogues[0]) {
		t.Errorf("what was done for the day before: %+v", done)
	}
	g.Dialogues[0].State = doithoai.DialoguePostponed
	tasks = kept(tasks, Spread(g, tasks))
	if got := find("", "v2").Due; !got.IsZero() {
		t.Errorf("without a day it is due on %s", got)
	}
	g.Dialogues[0].State = doithoai.DialogueCancelled
	tasks = kept(tasks, Spread(g, tasks))
	v2, v1 := find("", "v2"), find("", "v1")
	if v2.State != TaskDropped || v2.Ended != EndCancelled || v1.State != TaskDone {
		t.Errorf("cancelled: %s %s, %s", v2.State, v2.Ended, v1.State)
	}
}

// An amendment changes words and days by the key, takes a point away, and gives it back. What was done stays, and what
// somebody dropped stays dropped.
func TestSpreadFollowsAmendment(t *testing.T) {
	g := ground(t)
	tasks := kept(nil, Spread(g, nil))
	at := func(point int, unit doithoai.ID) *Task {
		return &tasks[slices.IndexFunc(tasks, func(t Task) bool { return t.Point == point && t.UnitID == unit })]
	}
	at(2, "land").State = TaskDone
	at(2, "office").State, at(2, "office").Ended = TaskDropped, EndTyped
	first := g.Editions[0].Plan
	reworded, _ := first.Section(6)
	reworded.Points = []Point{{Key: 7, Text: "Kinh phí, quyết toán", Task: TaskRule{Manner: MannerDay,
		Day: calendar.DateOf(2026, 10, 16)}}}
	g.Editions[0].Plan = first.Without(1).With(reworded)
	tasks = kept(tasks, Spread(g, tasks))
	wantLines(t, "amended", tasks, "2 land  done", "5 Thuế cơ sở 2026-10-23 open", "5 v1 2026-10-23 open",
		"5 v2 2026-10-23 open", "7 money 2026-10-16 open")
	if got := at(2, "money"); got.Ended != EndAmended || at(7, "money").Text != "Kinh phí, quyết toán" {
		t.Errorf("ended: %s; %s", got.Ended, at(7, "money").Text)
	}
	g.Editions[0].Plan = first
	tasks = kept(tasks, Spread(g, tasks))
	want := slices.DeleteFunc(slices.Clone(firstTasks), func(s string) bool { return s == "2 office  open" })
	want[0] = "2 land  done"
	wantLines(t, "given back", tasks, want...)
}

// A new unit and village have the tasks; the work of one that is over goes to its successor, once; a village that is
// over without one has nothing to do.
func TestSpreadFollowsOrganisation(t *testing.T) {
	g := ground(t)
	tasks := kept(nil, Spread(g, nil))
	for i := range tasks {
		if tasks[i].Point == 3 && tasks[i].UnitID == "money" {
			tasks[i].State = TaskDoing
		}
		if tasks[i].Point == 2 && tasks[i].UnitID == "money" {
			tasks[i].State = TaskDone
		}
	}
	last := calendar.DateOf(2026, 10, 14)
	o := &g.Organisation
	o.Units[1].To, o.Units[1].SuccessorID = last, "economy"
	o.Units[2].To, o.Units[2].SuccessorID = last, "economy"
	o.Units = append(o.Units, doithoai.Unit{ID: "economy", Code: "kinh-te", Name: "Kinh tế", From: last.AddDays(1)})
	o.Villages[1].To = last
	o.Villages = append(o.Villages, doithoai.Village{ID: "v3", Name: "Thôn 3", From: last.AddDays(1)})
	if early := Spread(g, tasks); early != nil {
		t.Errorf("before the day: %+v", early)
	}
	g.Today = last.AddDays(1)
	tasks = kept(tasks, Spread(g, tasks))
	wantLines(t, "merged", tasks, "2 economy  open", "2 money  done", "2 office  open", "3 economy  open",
		"3 office  open", "5 Thuế cơ sở 2026-10-23 open", "5 v1 2026-10-23 open", "5 v3 2026-10-23 open",
		"7 economy 2026-10-09 open")
	if again := Spread(g, tasks); again != nil {
		t.Errorf("the second time: %+v", again)
	}
	slots := map[string]bool{}
	for _, task := range tasks {
		if slots[task.Slot()] {
			t.Errorf("two tasks of %s", task.Slot())
		}
		slots[task.Slot()] = true
	}
}

// When the year is over, nothing new is made, what was for all of it ends, and what was not done stays to be done.
func TestSpreadAfterTheYear(t *testing.T) {
	g := ground(t)
	tasks := kept(nil, Spread(g, nil))
	g.Today = calendar.DateOf(2027, time.January, 4)
	g.Organisation.Units = append(g.Organisation.Units, doithoai.Unit{ID: "new", From: g.Today})
	tasks = kept(tasks, Spread(g, tasks))
	want := slices.DeleteFunc(slices.Clone(firstTasks), func(s string) bool { return s[0] == '3' })
	wantLines(t, "the year after", tasks, want...)
}
