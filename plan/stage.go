package plan

import (
	"doithoai"
	"doithoai/calendar"
)

// Stage is a step in the life of a dialogue, from the plan to the report, as its workspace shows it.
type Stage string

const (
	StagePlan     Stage = "plan"
	StagePrepare  Stage = "prepare"
	StageAnnounce Stage = "announce"
	StageHold     Stage = "hold"
	StagePublish  Stage = "publish" // conclusion, results
	StageFollow   Stage = "follow"  // what was left to answer
	StageReport   Stage = "report"
)

// Stages in their order.
var Stages = []Stage{StagePlan, StagePrepare, StageAnnounce, StageHold, StagePublish, StageFollow, StageReport}

// StepState is how far a step of preparation is.
type StepState string

const (
	StepWaits   StepState = "waits"   // nothing was done yet
	StepDoing   StepState = "doing"   // something was
	StepDone    StepState = "done"    // all was
	StepLater   StepState = "later"   // its stage has not come
	StepDropped StepState = "dropped" // it is not needed, for a reason
)

// Step is one line of a dialogue's workspace: a task of the plan, a duty of the law, or an area of preparation with how
// far it is.
type Step struct {
	Stage  Stage
	State  StepState
	Due    calendar.Date // zero where nothing says by when
	DoneOn calendar.Date // zero where it is not done, or nobody said when
	ByLaw  bool          // the law says by when
	Blocks bool          // the dialogue can't go on to its next stage before it
}

// Late reports whether the step is late on a day: what was done late stays late.
func (s Step) Late(today calendar.Date) bool {
	switch {
	case s.Due.IsZero() || s.State == StepDropped:
		return false
	case s.State == StepDone:
		return s.DoneOn.After(s.Due)
	}
	return today.After(s.Due)
}

// StageOfDialogue is the stage that a dialogue is at: what its people work on now.
func StageOfDialogue(s doithoai.DialogueState) Stage {
	switch s {
	case doithoai.DialoguePreparing, doithoai.DialoguePostponed:
		return StagePrepare
	case doithoai.DialogueAnnounced:
		return StageAnnounce
	case doithoai.DialogueRunning:
		return StageHold
	case doithoai.DialogueClosed:
		return StagePublish
	case doithoai.DialoguePublished:
		return StageFollow
	}
	return StageReport
}
