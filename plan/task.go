package plan

import (
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// Task is what one addressee has to do: a point of an assignment of the plan, once, all the time or for one dialogue,
// what a notice of the superior asks for, or what a directive orders.
type Task struct {
	ID          doithoai.ID
	AuthorityID doithoai.ID
	PlanID      doithoai.ID // empty: of an incoming notice, or a directive
	Point       int         // key of the point of the plan
	IncomingID  doithoai.ID
	DirectiveID doithoai.ID
	DialogueID  doithoai.ID // of [MannerDialogue]
	Text        string      // as the plan in force has it
	Addressee
	TaskRule
	Due     calendar.Date // zero where nothing says by when
	State   TaskState
	Ended   TaskEnd          // why it was dropped
	DoneAt  calendar.Instant // absent until it is done
	Moves   int              // how often its dialogue had moved when it was done
	Version int
}

// Addressee is who has a task: a unit, a village, or a body outside the authority by its name.
type Addressee struct {
	UnitID    doithoai.ID
	VillageID doithoai.ID
	Body      string
}

// TaskState is how far a task is.
type TaskState string

const (
	TaskOpen    TaskState = "open"  // nothing was reported
	TaskDoing   TaskState = "doing" // something was
	TaskDone    TaskState = "done"
	TaskDropped TaskState = "dropped"
)

// TaskStates in the order of a task's life.
var TaskStates = []TaskState{TaskOpen, TaskDoing, TaskDone, TaskDropped}

// Open reports whether the task is still to be done.
func (s TaskState) Open() bool { return s == TaskOpen || s == TaskDoing }

// TaskEnd is why a task was dropped.
type TaskEnd string

const (
	EndTyped     TaskEnd = "typed"     // somebody dropped it, for the reason that they gave
	EndAmended   TaskEnd = "amended"   // the plan in force has it no more
	EndCancelled TaskEnd = "cancelled" // its dialogue was
	EndOver      TaskEnd = "over"      // the unit or village is over, and nobody has its work
	EndMerged    TaskEnd = "merged"    // who succeeded has the same task already
	EndYear      TaskEnd = "year"      // it was for all of a year that is past
)

// Late reports whether the task is late on a day: a day off that ends it runs to the next working day.
func (t Task) Late(c calendar.Calendar, today calendar.Date) bool {
	return t.State.Open() && !t.Due.IsZero() && t.Due.Before(c.Overdue(today))
}

// Subject is the task as far as permission depends on it.
func (t Task) Subject() doithoai.Subject {
	return doithoai.Subject{AuthorityID: t.AuthorityID, TaskUnitID: t.UnitID, TaskVillageID: t.VillageID,
		Directed: t.DirectiveID != ""}
}

// Outdated reports whether the task was done for a day, hour or venue of its dialogue that is no more.
func (t Task) Outdated(d doithoai.Dialogue) bool {
	return t.State == TaskDone && d.ID == t.DialogueID && t.Moves < d.Moves
}

// DueOf is the day by which the rule wants a task done for a dialogue on a day, which may be zero. No day is invented:
// what is to be done once or all the time has none, nor has what is for a dialogue without a day.
//
// What is due days before a dialogue, and falls on a day off, is due on the working day before it: nobody is there to
// do it later (as [calendar.Calendar.LatestBefore] advises).
func (r TaskRule) DueOf(held calendar.Date, c calendar.Calendar) calendar.Date {
	switch {
	case r.Manner == MannerDay:
		return r.Day
	case r.Manner != MannerDialogue || held.IsZero():
		return calendar.Date{}
	case r.Days < 0:
		return c.LatestBefore(held, r.term()).Advised
	case r.Days == 0:
		return held
	}
	return c.Due(held, r.term())
}

// term is how long before or after its dialogue a task is due.
func (r TaskRule) term() calendar.Term {
	t := calendar.Term{N: max(r.Days, -r.Days), Unit: calendar.Days}
	if r.Workdays {
		t.Unit = calendar.Workdays
	}
	return t
}

// Stage is the stage of a dialogue to which a task of the rule belongs: what is due up to its day prepares it, what is
// due afterwards follows it.
func (r TaskRule) Stage() Stage {
	if r.Days > 0 {
		return StageFollow
	}
	return StagePrepare
}

// TaskReport is what is reported of a task.
type TaskReport struct {
	Text string // what was done, and where it can be seen
	Done bool   // nothing is left to do
	// From, On and At are of what the office was told by who has no account here: the post that told it, and when.
	From string
	On   calendar.Date
	At   calendar.Clock

	Files []doithoai.ID // uploads that show it
}

// Moment is when the office was told.
func (r TaskReport) Moment() calendar.Instant {
	return r.At.On(r.On)
}

// MaxReport bounds a report and a note in characters.
const MaxReport = 4000

// Report returns the task with what its addressee reports.
//
// In this order: the task is still to be done; something is said, not too long; what is to be done all the time is
// never done, but reported on.
func (t Task) Report(r TaskReport, now calendar.Instant, moves int) (Task, error) {
	if !t.State.Open() {
		return t, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	list := noted("ket-qua", "task.problem.report", r.Text)
	if r.Done && t.Manner == MannerStanding {
		list = append(list, doithoai.Problem{Field: "xong", Key: "task.problem.standing"})
	}
	if err := doithoai.RefuseForm(list); err != nil {
		return t, err
	}
	t.State = TaskDoing
	if r.Done {
		t.State, t.DoneAt, t.Moves = TaskDone, now, moves
	}
	return t, nil
}

// ToldProblems are the problems of what the office was told of a task: who told it, by post, and when, not in the
// future.
func (r TaskReport) ToldProblems(now calendar.Instant) []doithoai.Problem {
	list := told("nguoi-bao", "task.problem.from", r.From)
	switch {
	case !r.On.Valid():
		list = append(list, doithoai.Problem{Field: "ngay-bao", Key: "task.problem.on"})
	case r.Moment().After(now):
		list = append(list, doithoai.Problem{Field: "ngay-bao", Key: "task.problem.future"})
	}
	return list
}

// Reopen returns a task that was done or dropped as one that is to be done. It needs a reason.
func (t Task) Reopen(reason string) (Task, error) {
	if t.State.Open() {
		return t, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if err := doithoai.RefuseForm(noted("ly-do", "task.problem.reason", reason)); err != nil {
		return t, err
	}
	t.State, t.Ended, t.DoneAt, t.Moves = TaskOpen, "", calendar.Instant{}, 0
	return t, nil
}

// Drop returns the task as one that need not be done. It needs a reason.
func (t Task) Drop(reason string) (Task, error) {
	if !t.State.Open() {
		return t, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if err := doithoai.RefuseForm(noted("ly-do", "task.problem.reason", reason)); err != nil {
		return t, err
	}
	t.State, t.Ended = TaskDropped, EndTyped
	return t, nil
}

// Urge refuses what can't be urged: a task that is not to be done any more, a note that is too long.
func (t Task) Urge(note string) error {
	if !t.State.Open() {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if utf8.RuneCountInString(note) > MaxReport {
		return doithoai.RefuseForm(noted("ghi-chu", "", note))
	}
	return nil
}

// noted are the problems of a text typed in a field: it is there and not too long.
func noted(field, key, s string) []doithoai.Problem {
	switch {
	case s == "":
		return []doithoai.Problem{{Field: field, Key: key}}
	case utf8.RuneCountInString(s) > MaxReport:
		return []doithoai.Problem{{Field: field, Key: "error.problem.too_long", Args: []any{"max", MaxReport}}}
	}
	return nil
}

// told are the problems of a line typed in a field: it is there and not too long.
func told(field, key, s string) []doithoai.Problem {
	switch {
	case s == "":
		return []doithoai.Problem{{Field: field, Key: key}}
	case utf8.RuneCountInString(s) > doithoai.MaxLine:
		return []doithoai.Problem{{Field: field, Key: "error.problem.too_long", Args: []any{"max", doithoai.MaxLine}}}
	}
	return nil
}
