package plan

import (
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// QuestionState is how far the answer to a registered question is prepared.
type QuestionState string

const (
	QuestionAsked    QuestionState = "asked"    // a unit has it
	QuestionReturned QuestionState = "returned" // the unit gave it back
	QuestionDrafted  QuestionState = "drafted"
	QuestionReady    QuestionState = "ready" // checked
)

// Question is an opinion that was registered for a dialogue, with the answer that a unit prepares before the day. What
// is prepared is no ruling.
type Question struct {
	OpinionID   doithoai.ID
	AuthorityID doithoai.ID
	DialogueID  doithoai.ID
	UnitID      doithoai.ID
	State       QuestionState
	Note        string // of the office to the unit
	Due         calendar.Date
	Reason      string // why it came back
	Body        string // the draft as it stands
	Basis       string
	Ruling      doithoai.RulingCode // proposed
	DraftedBy   doithoai.ID
	DraftedAt   calendar.Instant
	ReadyBy     doithoai.ID
	ReadyAt     calendar.Instant
	Version     int // 0: no unit has it yet
}

// questionMoves are all ways of a question: the only table of them. The office may give it to a unit anew wherever it
// stands; a draft stays as a beginning.
var questionMoves = map[doithoai.Act]struct {
	from []QuestionState
	to   QuestionState
}{
	doithoai.ActTriageQuestion: {
		[]QuestionState{"", QuestionAsked, QuestionReturned, QuestionDrafted, QuestionReady}, QuestionAsked},
	doithoai.ActReturnQuestion: {[]QuestionState{QuestionAsked, QuestionDrafted}, QuestionReturned},
	doithoai.ActPrepareAnswer:  {[]QuestionState{QuestionAsked, QuestionDrafted, QuestionReady}, QuestionDrafted},
	doithoai.ActReadyAnswer:    {[]QuestionState{QuestionDrafted}, QuestionReady},
}

// May reports whether the act is possible where the question stands.
func (q Question) May(act doithoai.Act) bool {
	for _, from := range questionMoves[act].from {
		if q.State == from {
			return true
		}
	}
	return false
}

// Move returns the question in the state to which the act brings it. Conflict where it stands elsewhere; where the
// opinion has a ruling, since then the answer is no longer prepared; and where its dialogue is over.
func (q Question) Move(act doithoai.Act, o doithoai.Opinion, d doithoai.Dialogue) (Question, error) {
	switch {
	case o.Ruling != "":
		return q, doithoai.Refuse(doithoai.Conflict, "prepare.question.problem.ruled")
	case !d.State.Coming() && d.State != doithoai.DialogueRunning:
		return q, doithoai.Refuse(doithoai.Conflict, "prepare.question.problem.over")
	case !q.May(act):
		return q, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	q.State = questionMoves[act].to
	return q, nil
}

// TriageProblems are the reasons why a question can't be given to a unit: a unit is named, which is there today; none
// of whose officers the question is about; and of a question about conduct, only the office has it. The day by which
// an answer is drafted is not past, and before the dialogue.
func (q Question) TriageProblems(
	unit doithoai.Unit, there bool, s doithoai.Subject, d doithoai.Dialogue, today calendar.Date,
) (list []doithoai.Problem) {
	add := func(field, key string) {
		list = append(list, doithoai.Problem{Field: field, Key: "prepare.question.problem." + key})
	}
	concerned := false
	for _, id := range s.ConcernedUnits {
		concerned = concerned || id == unit.ID
	}
	switch {
	case !there:
		add("don-vi", "unit")
	case concerned:
		add("don-vi", "concerned")
	case s.Conduct && !unit.Office:
		add("don-vi", "conduct")
	}
	switch {
	case !q.Due.Valid():
		add("han", "due")
	case q.Due.Before(today):
		add("han", "due_past")
	case q.Due.After(d.StartsAt.Date()):
		add("han", "due_late")
	}
	if utf8.RuneCountInString(q.Note) > maxNote {
		list = append(list, doithoai.Problem{
			Field: "ghi-chu", Key: "error.problem.too_long", Args: []any{"max", maxNote},
		})
	}
	return list
}

// DraftProblems are the reasons why a draft can't be kept: it says something, within the bounds of an answer; the
// ruling that it proposes is one that the hall gives, and not that of a denunciation, which nobody prepares.
func (q Question) DraftProblems() (list []doithoai.Problem) {
	long := func(field, s string, max int) {
		if utf8.RuneCountInString(s) > max {
			list = append(list, doithoai.Problem{Field: field, Key: "error.problem.too_long", Args: []any{"max", max}})
		}
	}
	if q.Body == "" {
		list = append(list, doithoai.Problem{Field: "tra-loi", Key: "prepare.question.problem.body"})
	}
	long("tra-loi", q.Body, doithoai.MaxAnswer)
	long("can-cu", q.Basis, 5*doithoai.MaxLine)
	if rule, known := doithoai.RuleOf(q.Ruling); q.Ruling != "" && !known || rule.ByAsker ||
		q.Ruling == doithoai.RulingDenunciation {
		list = append(list, doithoai.Problem{Field: "huong", Key: "prepare.question.problem.ruling"})
	}
	return list
}

// Record is the draft as the record keeps it with its event: the answer, and what it rests on.
func (q Question) Record() string {
	if q.Basis == "" {
		return q.Body
	}
	return q.Body + "\n\n" + q.Basis
}

// QuestionDue is the day by which a unit drafts its answers to the questions of a dialogue: parameter
// "questions.before" of the dialogue's day, counted back from it; never past. False where it is not in force.
func QuestionDue(r doithoai.Rules, d doithoai.Dialogue, today calendar.Date) (calendar.Date, bool) {
	term, err := r.Parameters.TermAt("questions.before", d.StartsAt.Date())
	if err != nil {
		return calendar.Date{}, false
	}
	due := r.Calendar.LatestBefore(d.StartsAt.Date(), term).Advised
	if due.Before(today) && !d.StartsAt.Date().Before(today) {
		due = today
	}
	return due, true
}
