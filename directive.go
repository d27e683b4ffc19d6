package doithoai

// DirectiveFrom is what a directive of the head (chỉ đạo) was opened from.
type DirectiveFrom string

const (
	FromNothing  DirectiveFrom = ""         // of the head's own accord
	FromLate     DirectiveFrom = "late"     // what a unit has late
	FromOpinion  DirectiveFrom = "opinion"  // one opinion
	FromPromise  DirectiveFrom = "promise"  // what was promised
	FromDialogue DirectiveFrom = "dialogue" // the preparation of a dialogue
	FromFigure   DirectiveFrom = "figure"   // a figure of the result of a dialogue
)

// DirectiveSource is what a directive is opened from; the fields that the way of opening has no use for are zero.
type DirectiveSource struct {
	From       DirectiveFrom
	UnitID     ID // whose matters are meant; empty: of all
	Number     RegisterNumber
	PromiseID  ID
	DialogueID ID
	Figure     string // the key of a figure, as package report has it
}
