package doithoai

import "doithoai/calendar"

// Later is an opinion of a dialogue that was not heard there, and is answered in writing instead.
type Later struct {
	OpinionID ID
	Version   int // of the opinion as the officer saw it
	Unheard   Unheard
	UnitID    ID   // leads
	ByChair   bool // an opinion on conduct: the chair leads it, no unit does
}

// UnheardOf is why an opinion without a ruling was not heard; false where it was, or is being heard. turn is the state
// of its slip's turn, empty where nothing was done about it yet.
//
// In this order: who was called and was not there is absent; who asked for an answer in writing, or does not want to
// speak any more, was never to be heard; the time was up for all others.
func UnheardOf(c Channel, m Manner, turn TurnState) (Unheard, bool) {
	switch {
	case c.Spoken(), turn == TurnSpeaking, turn == TurnSpoken:
		return "", false
	case turn == TurnAbsent:
		return UnheardAbsent, true
	case m == MannerWritten, turn == TurnWithdrawn:
		return "", true
	}
	return UnheardNotReached, true
}

// LaterField is the id of a field of one opinion's row in the form that rules what was not heard.
func LaterField(field string, opinion ID) string { return field + "-" + string(opinion) }

// Fields of that form.
const (
	FieldLater     = "chon"
	FieldLaterUnit = "don-vi"
	FieldLaterDue  = "han"
	FieldLaterWhy  = "han-ly-do"
	FieldLaterRows = "danh-sach"
)

// AnswersLater refuses to rule what was not heard in the hall: while the dialogue has not begun, it may still be; after
// its results are public, nothing of it is left open.
func (d Dialogue) AnswersLater() error {
	if d.State != DialogueRunning && d.State != DialogueClosed {
		return Refuse(Conflict, "later.problem.state")
	}
	return nil
}

// Ruling is the ruling that each opinion gets. A zero due date is the one that the ruling's term proposes.
func (l Later) Ruling(due calendar.Date, reason string) Ruling {
	return Ruling{
		Code: RulingLater, LeadUnitID: l.UnitID, ByChair: l.ByChair, Due: due, Proposed: due.IsZero(), Reason: reason,
		Unheard: l.Unheard,
	}
}

// ActAnswerLater rules at once what was not heard at a dialogue.
const ActAnswerLater Act = "answer_later"

var laterActs = []actRow{
	{ActAnswerLater, law{
		"what was registered and not heard is answered in writing, by a unit and a date",
		"plan of 8/1/2024, II.2 (bước 3), IV.1; NĐ 154/2026 Đ.25 k.3 from 1/7/2026 (C)", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}, {RoleChair, always}}},
}
