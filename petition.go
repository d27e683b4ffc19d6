package doithoai

import "doithoai/calendar"

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
var PetitionStates = []PetitionState{
	PetitionProcessing, PetitionSubmitted, PetitionReturned, PetitionPaused, PetitionSigned, PetitionAnswered,
	PetitionEnded,
}

// petitionMoves is the state machine of a petition: which act leads from which states to which. docs/states.md draws
// it.
var petitionMoves = map[Act]struct {
	From []PetitionState
	To   PetitionState
}{
	ActSubmitAnswer:   {[]PetitionState{PetitionProcessing, PetitionReturned}, PetitionSubmitted},
	ActWithdrawDraft:  {[]PetitionState{PetitionSubmitted}, PetitionProcessing},
	ActReturnAnswer:   {[]PetitionState{PetitionSubmitted}, PetitionReturned},
	ActPausePetition:  {[]PetitionState{PetitionProcessing, PetitionReturned}, PetitionPaused},
	ActResumePetition: {[]PetitionState{PetitionPaused}, PetitionProcessing},
	ActSignAnswer:     {[]PetitionState{PetitionSubmitted}, PetitionSigned},
	ActSignOnPaper:    {[]PetitionState{PetitionSubmitted}, PetitionSigned},
	ActTakeBackPaper:  {[]PetitionState{PetitionSigned}, PetitionSubmitted},
	ActDispatchAnswer: {[]PetitionState{PetitionSigned}, PetitionAnswered},
	ActReopenPetition: {[]PetitionState{PetitionAnswered}, PetitionProcessing},
	ActAllowReopening: {[]PetitionState{PetitionAnswered}, PetitionProcessing},
}

// Petition is an opinion with work left to do (phản ánh, kiến nghị đang xử lý).
type Petition struct {
	ID          ID
	AuthorityID ID
	OpinionID   ID
	LeadUnitID  ID
	OfficerID   ID // of that unit, who works on it; empty: nobody yet
	State       PetitionState
	// Start is of the term: the day of the ruling or of going on, not counted itself; while paused, of the pause.
	Start calendar.Date
	// Term is proposed by the ruling's parameter, or left of it; zero where the due date was set by hand.
	Term            calendar.Term
	Due             calendar.Date
	CalendarVersion string // the calendar by which the due date was reckoned
	CalendarKept    string // a later calendar, by which it was decided not to move the due date
	Extended        int    // how often
	// Missed says for good that the due date was past when the first answer went out, or when another ruling came before
	// that; AnsweredAt is when it went out.
	Missed     bool
	AnsweredAt calendar.Instant
	// Round counts how often the matter was looked at again; the due date is that of the last round, and RoundMissed and
	// RoundAnsweredAt say of it what Missed and AnsweredAt say of the first answer.
	Round           int
	RoundMissed     bool
	RoundAnsweredAt calendar.Instant
	Asked           bool             // the person asked to have it looked at again, and the chair has not decided
	HandedOver      int              // how often another unit got the work, by whatever act
	AssignedAt      calendar.Instant // when the unit that leads got it
	Version         int
}

// Open reports whether somebody still has to do something before the person is answered.
func (p Petition) Open() bool { return p.State != PetitionAnswered && p.State != PetitionEnded }

// Late reports whether the due date was missed, or is past while the clock runs; of a matter that is looked at again,
// that of the last round. c is the calendar in force.
func (p Petition) Late(today calendar.Date, c calendar.Calendar) bool {
	return p.missed() || p.Running() && p.overdue(today, c)
}

// overdue reports whether the due date is past ([calendar.Calendar.Overdue]).
func (p Petition) overdue(today calendar.Date, c calendar.Calendar) bool {
	return p.Due.Before(c.Overdue(today))
}

// Dispatch sends the signed answer out. Whether that is in time is kept, with the calendar in force by which it is
// judged.
func (p Petition) Dispatch(a Answer, at calendar.Instant, c calendar.Calendar) (Petition, Facts, error) {
	next, facts, err := p.Move(ActDispatchAnswer)
	if err != nil {
		return p, Facts{}, err
	}
	if err := RefuseForm(a.DispatchProblems(at.Date())); err != nil {
		return p, Facts{}, err
	}
	late := p.Late(at.Date(), c)
	next = next.miss(late)
	if p.Round > 0 {
		next.RoundAnsweredAt = at
	} else {
		next.AnsweredAt = at
	}
	facts.Number, facts.Dated, facts.Round = a.Number, a.Dated, p.Round
	facts.Late, facts.Calendar = late, c.Version()
	return next, facts, nil
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

// Acts on the answer, in the order of its life.
const (
	ActSubmitAnswer   Act = "submit_answer"
	ActWithdrawDraft  Act = "withdraw_draft" // an answer, or a proposed summary
	ActReturnAnswer   Act = "return_answer"
	ActSignAnswer     Act = "sign_answer"
	ActDispatchAnswer Act = "dispatch_answer"
)

var handedInUnread = condition{"handed_in", "the actor handed in what waits, and nobody who decides has opened it",
	func(a Actor, _ Seat, s Subject) bool {
		return a.ID != "" && a.ID == s.HandedIn.By && s.HandedIn.ReadAt.IsZero()
	}}

var answerActs = []actRow{
	{ActSubmitAnswer, law{
		"the unit's answer goes to the chair; of several opinions of one matter one answer may, each keeps what is its own",
		"plan 2024, IV.1", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, ofLeadUnit}, {RoleChair, ledByChair}}},
	{ActWithdrawDraft, law{
		"who handed in an answer or a summary takes it back while nobody who decides has read it",
		"house rules", ""},
		[]grant{{RoleUnitOfficer, handedInUnread}, {RoleOffice, handedInUnread}, {RoleChair, handedInUnread}}},
	{ActReturnAnswer, law{"an unfit answer goes back before it is sent", "QĐ 31/2021/QĐ-TTg Đ.46 (C)", ""},
		[]grant{{RoleChair, always}}},
	{ActSignAnswer, law{"the chair signs", "NĐ 30/2020 Đ.13 (C)", ""},
		[]grant{{RoleChair, always}}},
	{ActDispatchAnswer, law{"numbered and dated after signing, sent out", "NĐ 30/2020 Đ.15, Đ.18 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
}
