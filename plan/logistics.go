package plan

import (
	"doithoai"
	"doithoai/calendar"
)

// LogisticsItem is one thing to be there when the dialogue begins (hậu cần): backdrop, banner with its wording, sound,
// light, seats, printed slips.
type LogisticsItem struct {
	ID          doithoai.ID
	DialogueID  doithoai.ID
	AuthorityID doithoai.ID
	Ordinal     int
	Title       string
	Detail      string        // what is to stand on the banner, how many seats
	UnitID      doithoai.ID   // whose unit does it; empty where Owner says who
	Owner       string        // a post or a name, where no unit does it
	Due         calendar.Date // typed; absent: so many days before the dialogue, wherever it moves ([LogisticsItem.By])
	Test        bool          // the test of the connection, which has a term of its own
	DoneOn      calendar.Date // absent: it is not done
	DoneBy      doithoai.ID
	DoneAt      calendar.Instant // when it was entered
	Note        string
	Dropped     bool // not needed; the note says why
	Version     int
}

// State is how far the item is.
func (i LogisticsItem) State() StepState {
	switch {
	case i.Dropped:
		return StepDropped
	case !i.DoneOn.IsZero():
		return StepDone
	}
	return StepWaits
}

// By is the day by which the item is to be done: as typed, else the last day before the dialogue that the parameter
// leaves: "online.test" for the test of the connection where it is in force, "logistics.before" for all others. Zero
// where no parameter is in force.
func (i LogisticsItem) By(rules doithoai.Rules, held calendar.Date) calendar.Date {
	if !i.Due.IsZero() || held.IsZero() {
		return i.Due
	}
	key := "logistics.before"
	if _, ok := rules.Parameters.At("online.test", held); ok && i.Test {
		key = "online.test"
	}
	return DayBefore(rules, key, held)
}

// DayBefore is the last day that leaves a parameter's term before a day; zero where the parameter is not in force.
func DayBefore(rules doithoai.Rules, key string, held calendar.Date) calendar.Date {
	term, err := rules.Parameters.TermAt(key, held)
	if err != nil {
		return calendar.Date{}
	}
	return rules.Calendar.LatestBefore(held, term).Latest
}

// Step is the item as a line of the workspace.
func (i LogisticsItem) Step(rules doithoai.Rules, held calendar.Date) Step {
	return Step{Stage: StagePrepare, State: i.State(), Due: i.By(rules, held), DoneOn: i.DoneOn}
}

// Problems are the reasons why the item can't be kept: it needs a title and who does it; a day that was typed is not
// after the dialogue.
func (i LogisticsItem) Problems(held calendar.Date) (list []doithoai.Problem) {
	if i.Title == "" {
		list = append(list, doithoai.Problem{Field: "viec", Key: "logistics.problem.title"})
	}
	list = long(list, "viec", i.Title, doithoai.MaxLine)
	list = long(list, "chi-tiet", i.Detail, maxNote)
	if i.UnitID == "" && i.Owner == "" {
		list = append(list, doithoai.Problem{Field: "nguoi-lam", Key: "logistics.problem.owner"})
	}
	list = long(list, "nguoi-lam", i.Owner, doithoai.MaxLine)
	if !i.Due.IsZero() && !held.IsZero() && i.Due.After(held) {
		list = append(list, doithoai.Problem{Field: "han", Key: "logistics.problem.due"})
	}
	return long(list, "ghi-chu", i.Note, maxNote)
}

// Finish returns the item as done on a day, with a note. Conflict where it is done, or not needed.
func (i LogisticsItem) Finish(
	by doithoai.ID, on calendar.Date, note string, now calendar.Instant,
) (LogisticsItem, error) {
	if i.State() != StepWaits {
		return i, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	var list []doithoai.Problem
	if !on.Valid() || on.After(now.Date()) {
		list = append(list, doithoai.Problem{Field: "ngay", Key: "logistics.problem.done_on"})
	}
	list = long(list, "ghi-chu", note, maxNote)
	i.DoneOn, i.DoneBy, i.DoneAt, i.Note = on, by, now, note
	return i, doithoai.RefuseForm(list)
}

// Reopen returns the item as still to be done: it was entered by mistake, or is needed after all.
func (i LogisticsItem) Reopen() (LogisticsItem, error) {
	if i.State() == StepWaits {
		return i, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	i.DoneOn, i.DoneBy, i.DoneAt, i.Dropped = calendar.Date{}, "", calendar.Instant{}, false
	return i, nil
}

// Drop returns the item as not needed, with the reason.
func (i LogisticsItem) Drop(reason string) (LogisticsItem, error) {
	if i.State() != StepWaits {
		return i, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	i.Dropped, i.Note = true, reason
	return i, doithoai.RefuseForm(NoteProblems("ly-do", "logistics.problem.reason", reason))
}
