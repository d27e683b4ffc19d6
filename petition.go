package doithoai

import "unicode/utf8"

// PetitionState is where the work on a petition stands.
type PetitionState string

const (
	PetitionProcessing PetitionState = "processing" // with the lead unit
	PetitionSubmitted  PetitionState = "submitted"  // the chair has the answer to sign
	PetitionReturned   PetitionState = "returned"   // sent back to the unit with a reason
	PetitionPaused     PetitionState = "paused"     // the clock stands still, by a document
	PetitionSigned     PetitionState = "signed"     // to be numbered and dispatched by the office
	PetitionAnswered   PetitionState = "answered"   // dispatched to the person
	PetitionEnded      PetitionState = "ended"      // another ruling left nothing to do
)

// PetitionStates in the order of the work.
var PetitionStates = []PetitionState{PetitionProcessing, PetitionSubmitted, PetitionReturned, PetitionPaused, PetitionSigned, PetitionAnswered, PetitionEnded}

// petitionMoves is the state machine of a petition: which act leads from which states to which. docs/states.md draws it.
var petitionMoves = map[Act]struct {
	From []PetitionState
	To   PetitionState
}{
	ActSubmitAnswer:   {[]PetitionState{PetitionProcessing, PetitionReturned}, PetitionSubmitted},
	ActReturnAnswer:   {[]PetitionState{PetitionSubmitted}, PetitionReturned},
	ActPausePetition:  {[]PetitionState{PetitionProcessing, PetitionReturned}, PetitionPaused},
	ActResumePetition: {[]PetitionState{PetitionPaused}, PetitionProcessing},
	ActSignAnswer:     {[]PetitionState{PetitionSubmitted}, PetitionSigned},
	ActDispatchAnswer: {[]PetitionState{PetitionSigned}, PetitionAnswered},
}

// Petition is an opinion with work left to do (phản ánh, kiến nghị đang xử lý).
type Petition struct {
	ID              ID
	AuthorityID     ID
	OpinionID       ID
	LeadUnitID      ID
	State           PetitionState
	Start           Date // of the term: the day of the ruling or of going on, not counted itself; while paused, of the pause
	Term            Term // proposed by the ruling's parameter, or left of it; zero where the due date was set by hand
	Due             Date
	CalendarVersion string // the calendar by which the due date was reckoned
	CalendarKept    string // a later calendar, by which it was decided not to move the due date
	Extended        int    // how often, since the ruling
	AnsweredAt      Instant
	Version         int
}

// Open reports whether somebody still has to do something before the person is answered.
func (p Petition) Open() bool { return p.State != PetitionAnswered && p.State != PetitionEnded }

// Late reports whether the answer went out after the due date, or has not gone out and the due date is past while the clock
// runs.
func (p Petition) Late(today Date) bool {
	if p.State == PetitionAnswered {
		return p.AnsweredAt.Date().After(p.Due)
	}
	return p.Running() && today.After(p.Due)
}

// Move applies an act of the state machine. It refuses with Conflict where the petition is not in a state which the act
// starts from: somebody else was quicker.
func (p Petition) Move(act Act) (Petition, Facts, error) {
	m, ok := petitionMoves[act]
	if !ok || !oneOf(p.State, m.From) {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	facts := Facts{From: string(p.State), To: string(m.To)}
	p.State = m.To
	return p, facts, nil
}

// CanMove reports whether the act fits the petition's state.
func (p Petition) CanMove(act Act) bool {
	_, _, err := p.Move(act)
	return err == nil
}

// Answer is what the person is told.
type Answer struct {
	Body     string
	Basis    string // legal basis, as cited
	Number   string // of the document, given by the clerk: "214/UBND-VP"
	Dated    Date
	SignedBy string // name and post of who signed
	// SignedFor is above them where somebody signed for another: "KT. CHỦ TỊCH" (NĐ 30/2020 Đ.13).
	SignedFor string
	SignedAt  Instant
}

// MaxAnswer bounds an answer's length in characters.
const MaxAnswer = 20000

// SubmitProblems are the reasons why the answer can't be submitted.
func (a Answer) SubmitProblems() []Problem {
	var list []Problem
	switch n := utf8.RuneCountInString(a.Body); {
	case n == 0:
		list = append(list, Problem{Field: "tra-loi", Key: "answer.problem.body"})
	case n > MaxAnswer:
		list = append(list, Problem{"tra-loi", "answer.problem.long", []any{"max", MaxAnswer, "over", n - MaxAnswer}})
	}
	if utf8.RuneCountInString(a.Basis) > 5*MaxLine {
		list = append(list, Problem{"can-cu", "slip.problem.too_long", []any{"max", 5 * MaxLine}})
	}
	return list
}

// DispatchProblems are the reasons why the signed answer can't be dispatched: a number is given after signing, and the
// paper is dated on the day of signing or the next days, never in the future (NĐ 30/2020 Đ.15).
func (a Answer) DispatchProblems(today Date) []Problem {
	var list []Problem
	if a.Number == "" {
		list = append(list, Problem{Field: "so", Key: "answer.problem.number"})
	} else if utf8.RuneCountInString(a.Number) > 40 {
		list = append(list, Problem{"so", "slip.problem.too_long", []any{"max", 40}})
	}
	switch {
	case a.Dated.IsZero():
		list = append(list, Problem{Field: "ngay", Key: "answer.problem.date"})
	case a.Dated.After(today):
		list = append(list, Problem{Field: "ngay", Key: "answer.problem.date_future"})
	case a.Dated.Before(a.SignedAt.Date()):
		list = append(list, Problem{Field: "ngay", Key: "answer.problem.date_before_signing"})
	}
	return list
}

// Solved is what the person says of the result. "Answered" is not "solved".
type Solved string

const (
	SolvedYes  Solved = "yes"
	SolvedPart Solved = "part"
	SolvedNo   Solved = "no"
)

// SolvedAnswers in the order in which forms offer them.
var SolvedAnswers = []Solved{SolvedYes, SolvedPart, SolvedNo}

// Rating is the person's word on an answer. Satisfied is 5 (very satisfied) … 1 (very dissatisfied), the scale of
// QĐ 1001/QĐ-BNV.
type Rating struct {
	Solved    Solved
	Satisfied int
	At        Instant
}

// Problems are the reasons why the rating can't be taken.
func (r Rating) Problems() []Problem {
	var list []Problem
	if !oneOf(r.Solved, SolvedAnswers) {
		list = append(list, Problem{Field: "giai-quyet", Key: "rating.problem.solved"})
	}
	if r.Satisfied < 1 || r.Satisfied > 5 {
		list = append(list, Problem{Field: "hai-long", Key: "rating.problem.satisfied"})
	}
	return list
}
