package doithoai

import "doithoai/calendar"

// CorrectionState is where the correction of an answer stands that went out and proves wrong.
type CorrectionState string

const (
	CorrectionSubmitted  CorrectionState = "submitted"  // the chair has it to sign
	CorrectionReturned   CorrectionState = "returned"   // sent back with a reason
	CorrectionWithdrawn  CorrectionState = "withdrawn"  // taken back by who handed it in
	CorrectionSigned     CorrectionState = "signed"     // to be numbered and dispatched by the office
	CorrectionDispatched CorrectionState = "dispatched" // it is the answer now
	CorrectionDropped    CorrectionState = "dropped"    // the answer stays as it is
)

// CorrectionStates in the order of the work.
var CorrectionStates = []CorrectionState{
	CorrectionSubmitted, CorrectionReturned, CorrectionWithdrawn, CorrectionSigned, CorrectionDispatched,
	CorrectionDropped,
}

// correctionMoves is the state machine of a correction: which act leads from which states to which. The empty state is
// that of an answer which nobody has corrected yet; after a dispatched or dropped one the next begins. docs/states.md
// draws it.
var correctionMoves = map[Act]struct {
	From []CorrectionState
	To   CorrectionState
}{
	ActProposeCorrection: {
		[]CorrectionState{"", CorrectionReturned, CorrectionWithdrawn, CorrectionDispatched, CorrectionDropped},
		CorrectionSubmitted,
	},
	ActWithdrawCorrection: {[]CorrectionState{CorrectionSubmitted}, CorrectionWithdrawn},
	ActReturnCorrection:   {[]CorrectionState{CorrectionSubmitted}, CorrectionReturned},
	ActSignCorrection:     {[]CorrectionState{CorrectionSubmitted}, CorrectionSigned},

	ActSignCorrectionOnPaper:   {[]CorrectionState{CorrectionSubmitted}, CorrectionSigned},
	ActTakeBackCorrectionPaper: {[]CorrectionState{CorrectionSigned}, CorrectionSubmitted},

	ActDispatchCorrection: {[]CorrectionState{CorrectionSigned}, CorrectionDispatched},
	ActDropCorrection: {
		[]CorrectionState{CorrectionSubmitted, CorrectionReturned, CorrectionWithdrawn, CorrectionSigned},
		CorrectionDropped,
	},
}

// Correction replaces an answer that went out with another one. Until it is dispatched the answer stands; the petition
// stays as it is all the while: whether the answer was in time, the first one has decided.
type Correction struct {
	Number   int    // among those of the petition, from 1
	Set      ID     // of the opinions whose answers it corrects in one; empty: of this one alone
	Answer   Answer // the new one
	Reason   string // why the old one was wrong, in words which the person reads
	State    CorrectionState
	HandedIn HandedIn
	Version  int // goes on over all corrections of a petition
}

// Open reports whether somebody still has to do something with the correction.
func (c Correction) Open() bool {
	return c.State != "" && c.State != CorrectionDispatched && c.State != CorrectionDropped
}

// InHand reports whether the correction is with who writes it, after it came back or was taken back.
func (c Correction) InHand() bool {
	return c.State == CorrectionReturned || c.State == CorrectionWithdrawn
}

// Move applies an act of the state machine. It refuses with Conflict where the correction is not in a state which the
// act starts from: somebody else was quicker.
func (c Correction) Move(act Act) (Correction, Facts, error) {
	m, ok := correctionMoves[act]
	if !ok || !oneOf(c.State, m.From) {
		return c, Facts{}, Refuse(Conflict, "error.conflict")
	}
	facts := Facts{From: string(c.State), To: string(m.To)}
	if !c.Open() {
		facts.From = ""
		c.Number++
	}
	facts.Correction, c.State = c.Number, m.To
	return c, facts, nil
}

// CanMove reports whether the act fits the correction's state.
func (c Correction) CanMove(act Act) bool {
	_, _, err := c.Move(act)
	return err == nil
}

// Correct hands in another answer in the place of one that went out.
//
// In this order: the answer went out, and no other correction waits; the new words are there, within bounds, and their
// basis doesn't tell who the person is ([Answer.SubmitProblems]); they, or what they promise, say something else than
// what stands; it may be promised ([Promising.Problems]); the reason is there. last is the petition's last correction,
// the zero one where there is none; stands is the answer as it went out.
func (p Petition) Correct(
	last Correction, stands, a Answer, reason string, by Promising,
) (Correction, Facts, error) {
	if p.State != PetitionAnswered {
		return last, Facts{}, Refuse(Conflict, "correction.problem.not_dispatched")
	}
	next, facts, err := last.Move(ActProposeCorrection)
	if err != nil {
		return last, Facts{}, err
	}
	wrong := a.SubmitProblems(by.Gates)
	if len(wrong) == 0 {
		wrong = by.unchanged(stands, a)
	}
	wrong = append(wrong, by.Problems(a.Promises.Lines())...)
	ps := problems{of: "correction.problem."}
	ps.text("ly-do", "reason", reason, MaxMatter)
	if err := RefuseForm(append(wrong, ps.list...)); err != nil {
		return last, Facts{}, err
	}
	next.Answer, next.Reason = Answer{Body: a.Body, Basis: a.Basis, Promises: a.Promises}, reason
	return next, facts, nil
}

// unchanged is what is wrong with an answer that says and promises what the one says that it is to replace.
func (by Promising) unchanged(stands, a Answer) []Problem {
	if a.Body != stands.Body || a.Basis != stands.Basis || by.Changes(a.Promises.Lines()) {
		return nil
	}
	return []Problem{{Field: "tra-loi", Key: "correction.problem.same"}}
}

// CorrectsWith reports why the correction of one answer can't be that of another opinion's as well; nil: it can. same:
// both had one answer, which stands for both; s is what permission depends on for the other opinion, last its last
// correction.
//
// In this order: they had one answer; the other is not on conduct by now; no correction of it is under way.
func CorrectsWith(same bool, s Subject, last Correction) error {
	const problem = "answer_set.problem."
	switch {
	case !same:
		return Refuse(Conflict, problem+"another_answer")
	case s.Conduct:
		return Refuse(Conflict, problem+"conduct")
	case !last.CanMove(ActProposeCorrection):
		return Refuse(Conflict, problem+"corrected")
	}
	return nil
}

// Dispatch sends the signed correction out: from then on it is the answer. Number and date are given after signing, as
// an answer's are ([Answer.DispatchProblems]).
func (c Correction) Dispatch(number string, dated calendar.Date, today calendar.Date) (Correction, Facts, error) {
	next, facts, err := c.Move(ActDispatchCorrection)
	if err != nil {
		return c, Facts{}, err
	}
	next.Answer.Number, next.Answer.Dated = number, dated
	if err := RefuseForm(next.Answer.DispatchProblems(today)); err != nil {
		return c, Facts{}, err
	}
	facts.Number, facts.Dated = number, dated
	return next, facts, nil
}

// DecidesCorrection reports whether the actor may decide now on the correction of an answer: sign it or return it.
func DecidesCorrection(a Actor, s Subject, c Correction) bool {
	return c.State == CorrectionSubmitted && Can(a, ActSignCorrection, s) == nil
}

// CorrectionReasonProblems are what is wrong with the reason for which a correction goes back or is dropped, as typed
// into the field of that act's form: all of them stand on one page.
func CorrectionReasonProblems(act Act, reason string) []Problem {
	ps := problems{of: "correction.problem."}
	switch act {
	case ActReturnCorrection:
		return ReasonProblems("tra-ly-do", reason)
	case ActDropCorrection:
		ps.text("thoi-ly-do", "why_not", reason, MaxMatter)
	}
	return ps.list
}

// ReplacedAnswer is an answer that went out and was replaced.
type ReplacedAnswer struct {
	Number     int // of the correction that replaced it
	Answer     Answer
	SentAt     calendar.Instant // when it went out
	Reason     string           // why it was wrong, in words which the person reads
	By         Answer           // what replaced it: only Number and Dated
	ReplacedAt calendar.Instant
	Rating     *Rating // what the person said of it; nil: nothing
}

// Correcting is how far the answer to an opinion, and what the public reads of it, is being corrected.
type Correcting struct {
	State   CorrectionState  // of the correction that is open; empty: none is
	Summary PublicationState // of the corrected summary, while the public one is of an answer that was replaced
	Since   calendar.Date    // when that was
}

// correctionSteps are what an opinion waits for whose answer is being corrected.
var correctionSteps = map[CorrectionState]Step{
	CorrectionSubmitted: {Act: ActSignCorrection},
	CorrectionReturned:  {Act: ActProposeCorrection, Again: true},
	CorrectionWithdrawn: {Act: ActProposeCorrection, Again: true},
	CorrectionSigned:    {Act: ActDispatchCorrection},
}

// MovedCorrection is where the event moved the correction of its opinion's answer; empty where it moved none.
func (e Event) MovedCorrection() CorrectionState {
	if m, ok := correctionMoves[e.Act]; ok && e.Facts.To == string(m.To) {
		return m.To
	}
	return ""
}

// Acts on the correction of an answer, in the order of its life.
const (
	ActProposeCorrection  Act = "propose_correction"
	ActWithdrawCorrection Act = "withdraw_correction"
	ActReturnCorrection   Act = "return_correction"
	ActSignCorrection     Act = "sign_correction"
	ActDispatchCorrection Act = "dispatch_correction"
	ActDropCorrection     Act = "drop_correction"
)

var correctionUnread = condition{"correction_unread",
	"the actor handed in the correction that waits, and nobody who signs has opened it",
	func(a Actor, _ Seat, s Subject) bool {
		return a.ID != "" && a.ID == s.Correction.By && s.Correction.ReadAt.IsZero()
	}}

var correctionActs = []actRow{
	{ActProposeCorrection, law{
		"an answer that went out proves wrong: another one goes to the chair, with the reason in words which the person " +
			"reads; whether the answer was in time stays as it was",
		"QĐ 31/2021/QĐ-TTg Đ.46 (C) by analogy; NĐ 30/2020 Đ.18 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}, {RoleChair, ledByChair}}},
	{ActWithdrawCorrection, law{
		"who handed in a correction takes it back while nobody who signs has read it", "house rules", ""},
		[]grant{
			{RoleOffice, correctionUnread}, {RoleUnitOfficer, correctionUnread}, {RoleChair, correctionUnread},
		}},
	{ActReturnCorrection, law{
		"an unfit correction goes back before it is sent", "QĐ 31/2021/QĐ-TTg Đ.46 (C)", ""},
		[]grant{{RoleChair, always}}},
	{ActSignCorrection, law{"the chair signs what replaces an answer", "NĐ 30/2020 Đ.13 (C)", ""},
		[]grant{{RoleChair, always}}},
	{ActDispatchCorrection, law{
		"numbered and dated after signing, it replaces the answer; whoever was told the old one is told, the public one " +
			"is marked at once",
		"NĐ 30/2020 Đ.15, Đ.18 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActDropCorrection, law{"the answer stays as it is, with a word why", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleChair, always}}},
}
