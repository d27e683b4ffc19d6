package plan

import (
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// Ground is what the tasks of an authority follow from, as it stands on a day.
type Ground struct {
	Editions     []Edition // in force, of each plan one
	Organisation doithoai.Organisation
	Dialogues    []doithoai.Dialogue
	Calendar     calendar.Calendar
	Today        calendar.Date
}

// TaskStepKind is what became of a task.
type TaskStepKind string

const (
	StepSpread   TaskStepKind = "spread"    // the plan made it
	StepReworded TaskStepKind = "reworded"  // an amendment put it in other words
	StepMoved    TaskStepKind = "due_moved" // it is due on another day
	StepHanded   TaskStepKind = "handed"    // it went to who has the work now
	StepRevived  TaskStepKind = "revived"   // what had ended it is no more
	StepEnded    TaskStepKind = "ended"     // what it follows from is no more
	StepReported TaskStepKind = "reported"  // its addressee reported
	StepRecorded TaskStepKind = "recorded"  // the office wrote down what it was told
	StepUrged    TaskStepKind = "urged"
	StepReopened TaskStepKind = "reopened"
	StepTaken    TaskStepKind = "dropped" // somebody took it away
)

// TaskStep is one thing that became of a task, in the order in which it did.
type TaskStep struct {
	ID     doithoai.ID
	TaskID doithoai.ID
	At     calendar.Instant
	By     doithoai.ID // the officer; empty: the plan, an amendment, a dialogue, the organisation did
	Kind   TaskStepKind
	Text   string // what was reported, the reason, the wording before, who had it before
	From   string // post of who told the office
	ToldAt calendar.Instant
	Level  int           // of an urging, 0 before the task was late
	Due    calendar.Date // before it moved
	State  TaskState     // that it led to
}

// TaskChange is a task as it is to stand, with what became of it. Without an id it is new.
type TaskChange struct {
	Task  Task
	Steps []TaskStep
}

// Spread decides what the tasks of an authority have to be: what is new, and what changed of those that there are. Done
// again on what it decided it decides nothing.
//
// A point of an assignment of a plan in force is a task of each of its addressees: of every unit and village in force,
// those that it names, bodies by their names; for each dialogue of the plan where it is for dialogues. In this order:
//
//  1. the open task of a unit or village that is over goes to who has its work; where they have the same task already,
//     or nobody has the work, it ends;
//  2. a task whose point the plan in force has no more ends, and so do those of a cancelled dialogue, and at the end of
//     the year what was for all of it; what was done stays done;
//  3. a task that is there takes over words and due date of the plan in force, and of a dialogue's new day; what ended
//     without a person's word and has its point again, is to be done again;
//  4. what is not there is made, but nothing for a year that is past or a dialogue that is over.
func Spread(g Ground, existing []Task) (changes []TaskChange) {
	s := spreading{Ground: g, has: map[string]int{}}
	s.changed = make([]TaskChange, len(existing))
	for i, t := range existing {
		s.changed[i] = TaskChange{Task: t}
	}
	s.handOver()
	wanted := s.wanted()
	for i := range s.changed {
		s.end(&s.changed[i], wanted)
	}
	for _, w := range wanted.order {
		want := wanted.tasks[w]
		if i, there := s.has[w]; there {
			s.take(&s.changed[i], want.Task)
		} else if want.fresh {
			s.changed = append(s.changed, TaskChange{want.Task, []TaskStep{{Kind: StepSpread, State: TaskOpen}}})
		}
	}
	for _, c := range s.changed {
		if len(c.Steps) > 0 {
			changes = append(changes, c)
		}
	}
	return changes
}

type spreading struct {
	Ground
	changed []TaskChange
	has     map[string]int // the task that stands for a slot
}

// want is a task that should be there; fresh says that it is made where it isn't.
type want struct {
	Task
	fresh bool
}

type wants struct {
	tasks map[string]want
	order []string
}

// Slot tells the tasks of an authority apart: no two have one.
func (t Task) Slot() string {
	return fmt.Sprintf("%s%s%s/%d/%s/%s%s%s",
		t.PlanID, t.IncomingID, t.DirectiveID, t.Point, t.DialogueID, t.UnitID, t.VillageID, t.Body)
}

// handOver gives the open tasks of units and villages that are over to who has their work, and finds for each slot the
// task that stands for it: what a unit had done is done for who succeeded it.
func (s *spreading) handOver() {
	var open, ended []int // they come after those that are where they belong; what is left to do comes first
	for i, c := range s.changed {
		switch {
		case s.heir(c.Task.Addressee) == c.Task.Addressee:
			s.stand(c.Task.Slot(), i)
		case c.Task.State.Open():
			open = append(open, i)
		default:
			ended = append(ended, i)
		}
	}
	for _, i := range append(open, ended...) {
		c := &s.changed[i]
		heir := s.heir(c.Task.Addressee)
		next := c.Task
		next.Addressee = heir
		switch _, taken := s.has[next.Slot()]; {
		case heir == Addressee{}:
			s.drop(c, EndOver, "")
		case !c.Task.State.Open():
			s.stand(next.Slot(), i)
		case taken:
			s.drop(c, EndMerged, "")
		default:
			before := s.name(c.Task.Addressee)
			c.Task.Addressee = heir
			c.step(TaskStep{Kind: StepHanded, Text: before})
			s.stand(next.Slot(), i)
		}
	}
}

// stand lets a task stand for a slot, unless another one does that is not dropped.
func (s *spreading) stand(slot string, i int) {
	if j, there := s.has[slot]; !there || s.changed[j].Task.State == TaskDropped {
		s.has[slot] = i
	}
}

// step adds what became of the task, with the state that it has now.
func (c *TaskChange) step(t TaskStep) {
	t.State = c.Task.State
	c.Steps = append(c.Steps, t)
}

func (s *spreading) drop(c *TaskChange, why TaskEnd, paper string) {
	if !c.Task.State.Open() {
		return
	}
	c.Task.State, c.Task.Ended = TaskDropped, why
	c.step(TaskStep{Kind: StepEnded, Text: paper})
}

// heir is who has an addressee's work today: itself while it is in force; nobody where it is over without successor.
func (s *spreading) heir(a Addressee) Addressee {
	switch {
	case a.UnitID != "":
		u, _ := s.Organisation.Heir(a.UnitID, s.Today)
		return Addressee{UnitID: u.ID}
	case a.VillageID != "":
		return Addressee{VillageID: s.villageHeir(a.VillageID)}
	}
	return a
}

func (s *spreading) villageHeir(id doithoai.ID) doithoai.ID {
	for range len(s.Organisation.Villages) + 1 { // no village is its own successor, however the rows stand
		i := slices.IndexFunc(s.Organisation.Villages, func(v doithoai.Village) bool { return v.ID == id })
		if i < 0 {
			return ""
		}
		v := s.Organisation.Villages[i]
		if v.To.IsZero() || !v.To.Before(s.Today) {
			return id
		}
		id = v.SuccessorID
	}
	return ""
}

// name is what an addressee is called.
func (s *spreading) name(a Addressee) string {
	if u, ok := s.Organisation.Unit(a.UnitID); ok {
		return u.Name
	}
	for _, v := range s.Organisation.Villages {
		if v.ID == a.VillageID {
			return v.Name
		}
	}
	return a.Body
}

// wanted are the tasks that follow from the plans in force.
func (s *spreading) wanted() wants {
	w := wants{tasks: map[string]want{}}
	for _, e := range s.Editions {
		current := e.Plan.Year >= s.Today.Year
		for _, section := range e.Plan.Of(KindAssignment) {
			to := s.addressees(section.To)
			for _, p := range section.Points {
				t := Task{
					AuthorityID: e.AuthorityID, PlanID: e.PlanID, Point: p.Key, Text: p.Text, TaskRule: p.Task, State: TaskOpen,
				}
				switch p.Task.Manner {
				case MannerDialogue:
					for _, d := range s.Dialogues {
						if d.PlanID != e.PlanID || d.State == doithoai.DialogueCancelled {
							continue
						}
						t.DialogueID, t.Due = d.ID, p.Task.DueOf(heldOn(d), s.Calendar)
						w.add(t, to, d.State.Coming() || p.Task.Days > 0 && notOver(d.State))
					}
				case MannerStanding:
					if current {
						w.add(t, to, true)
					}
				default:
					t.Due = p.Task.DueOf(calendar.Date{}, s.Calendar)
					w.add(t, to, current)
				}
			}
		}
	}
	return w
}

// heldOn is the day of a dialogue; one that is postponed has none.
func heldOn(d doithoai.Dialogue) calendar.Date {
	if d.State == doithoai.DialoguePostponed || d.StartsAt.IsZero() {
		return calendar.Date{}
	}
	return d.StartsAt.Date()
}

// notOver reports whether something is left to do after a dialogue.
func notOver(s doithoai.DialogueState) bool {
	return s == doithoai.DialogueRunning || s == doithoai.DialogueClosed
}

// add wants a task of each addressee.
func (w *wants) add(t Task, to []Addressee, fresh bool) {
	for _, a := range to {
		t.Addressee = a
		slot := t.Slot()
		if _, twice := w.tasks[slot]; !twice {
			w.order = append(w.order, slot)
		}
		w.tasks[slot] = want{t, fresh}
	}
}

// addressees are those of today, each once: units and villages in force, for a unit that is over who has its work.
func (s *spreading) addressees(of Addressees) (to []Addressee) {
	add := func(a Addressee) {
		if a != (Addressee{}) && !slices.Contains(to, a) {
			to = append(to, a)
		}
	}
	if of.EveryUnit {
		for _, u := range s.Organisation.UnitsOn(s.Today) {
			add(Addressee{UnitID: u.ID})
		}
	}
	for _, code := range of.Units {
		for _, u := range s.Organisation.Units {
			if u.Code == code {
				add(s.heir(Addressee{UnitID: u.ID}))
			}
		}
	}
	if of.EveryVillage {
		for _, v := range s.Organisation.VillagesOn(s.Today) {
			add(Addressee{VillageID: v.ID})
		}
	}
	for _, body := range of.Bodies {
		add(Addressee{Body: body})
	}
	return to
}

// end ends an open task that nothing wants any more.
func (s *spreading) end(c *TaskChange, w wants) {
	t := c.Task
	_, wanted := w.tasks[t.Slot()]
	if wanted || t.PlanID == "" || !t.State.Open() {
		return
	}
	i := slices.IndexFunc(s.Editions, func(e Edition) bool { return e.PlanID == t.PlanID })
	if i < 0 { // a plan that is not looked at
		return
	}
	e := s.Editions[i]
	cancelled := slices.ContainsFunc(s.Dialogues, func(d doithoai.Dialogue) bool {
		return d.ID == t.DialogueID && d.State == doithoai.DialogueCancelled
	})
	switch {
	case cancelled:
		s.drop(c, EndCancelled, "")
	case t.Manner == MannerStanding && e.Plan.Year < s.Today.Year:
		s.drop(c, EndYear, "")
	default:
		s.drop(c, EndAmended, e.Plan.Paper())
	}
}

// take gives a task what the plan in force and the dialogue's day say.
func (s *spreading) take(c *TaskChange, want Task) {
	t := &c.Task
	if t.State == TaskDropped && t.Ended != EndTyped {
		t.State, t.Ended = TaskOpen, ""
		c.step(TaskStep{Kind: StepRevived})
	}
	if !t.State.Open() {
		return
	}
	if t.Text != want.Text {
		before := t.Text
		t.Text = want.Text
		c.step(TaskStep{Kind: StepReworded, Text: before})
	}
	if t.Due != want.Due {
		before := t.Due
		t.Due = want.Due
		c.step(TaskStep{Kind: StepMoved, Due: before})
	}
	if t.TaskRule != want.TaskRule { // the due date says what matters of it
		t.TaskRule = want.TaskRule
		if len(c.Steps) == 0 {
			c.step(TaskStep{Kind: StepReworded, Text: t.Text})
		}
	}
}

// Paper is number and symbol of the plan's paper, "12/KH-UBND"; "" where it has no number.
func (p Plan) Paper() string {
	if p.Number == "" {
		return ""
	}
	return p.Number + "/" + p.Symbol
}
