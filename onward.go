package doithoai

import (
	"strings"

	"doithoai/calendar"
)

// OnwardKind is why the authority writes on to another body about an opinion that it is answering itself.
type OnwardKind string

const (
	OnwardEscalation   OnwardKind = "escalation"   // báo cáo, xin ý kiến: the superior decides
	OnwardCoordination OnwardKind = "coordination" // công văn phối hợp: another body has a part in the answer
)

// OnwardKinds in the order in which forms offer them.
var OnwardKinds = []OnwardKind{OnwardEscalation, OnwardCoordination}

// Document is what such a letter is in the register of documents sent.
func (k OnwardKind) Document() DocumentKind {
	if k == OnwardEscalation {
		return DocumentEscalation
	}
	return DocumentCoordination
}

// Awaits is what a petition whose clock stands still for such a letter waits for.
func (k OnwardKind) Awaits() PauseKind {
	if k == OnwardEscalation {
		return PauseSuperior
	}
	return PauseAgency
}

// OnwardState is where a letter to another body stands.
type OnwardState string

const (
	OnwardWaiting OnwardState = "waiting" // for the body's word
	OnwardReplied OnwardState = "replied"
	OnwardEnded   OnwardState = "ended" // nobody waits for it any more, with a reason
)

// OnwardLetter is a letter of the authority to another body about an opinion, and what became of it. The authority owes
// the person the answer all the while: a letter moves no due date, and stops no clock ([Petition.Pause] does).
type OnwardLetter struct {
	ID          ID
	AuthorityID ID
	OpinionID   ID
	Kind        OnwardKind
	To          string // the body, as it was called then
	Number      string // "57/UBND-VP"
	Dated       calendar.Date
	Asked       string // what is asked of it
	SentBy      ID     // who recorded it
	SentAt      calendar.Instant
	State       OnwardState
	UrgeFrom    calendar.Date // its date, or the day of the last urging: from which the next one is reckoned
	Reply       OnwardReply   // of one that was replied
	Reason      string        // of one that ended without a reply
	ClosedBy    ID            // who recorded the reply, or the end
	ClosedAt    calendar.Instant
	Version     int

	Urgings []BodyUrging // the oldest first
}

// OnwardReply is the word of the body: a document, or said by somebody.
type OnwardReply struct {
	Number string // of the document; empty: by word
	By     string // who said it, where it was said by word
	Day    calendar.Date
	Gist   string // in words
}

// Words are the reply in its event.
func (r OnwardReply) Words() string {
	if r.By == "" {
		return r.Gist
	}
	return r.By + ": " + r.Gist
}

// UrgeWay is how a body was urged.
type UrgeWay string

const (
	UrgeLetter UrgeWay = "letter" // công văn, with its number
	UrgePhone  UrgeWay = "phone"
	UrgeVisit  UrgeWay = "visit"
	UrgeOffice UrgeWay = "eoffice"
)

// UrgeWays in the order in which forms offer them.
var UrgeWays = []UrgeWay{UrgePhone, UrgeLetter, UrgeOffice, UrgeVisit}

// BodyUrging is one urging of a body that was written to.
type BodyUrging struct {
	ID         ID
	LetterID   ID
	Way        UrgeWay
	Number     string // of the letter
	At         calendar.Instant
	By         string // who urged
	Said       string
	RecordedBy ID
	RecordedAt calendar.Instant
}

// Words are the urging in its event.
func (u BodyUrging) Words() string { return u.By + ": " + u.Said }

// What bounds the letters of an opinion, and the urgings of a letter.
const (
	MaxOnwardLetters = 30
	MaxBodyUrgings   = 50
)

// The fields of the forms of letters to other bodies.
const (
	FieldOnwardKind   = "gui-loai"
	FieldOnwardTo     = "gui-den"
	FieldOnwardNumber = "gui-so"
	FieldOnwardDay    = "gui-ngay"
	FieldOnwardAsked  = "gui-noi-dung"

	FieldReplyHow    = "phuc-dap-cach"
	FieldReplyNumber = "phuc-dap-so"
	FieldReplyBy     = "phuc-dap-ai"
	FieldReplyDay    = "phuc-dap-ngay"
	FieldReplyGist   = "phuc-dap-noi-dung"

	FieldEndReason = "thoi-cho-ly-do"

	FieldUrgeWay    = "don-doc-cach"
	FieldUrgeNumber = "don-doc-so"
	FieldUrgeDay    = "don-doc-ngay"
	FieldUrgeBy     = "don-doc-ai"
	FieldUrgeSaid   = "don-doc-noi-dung"
)

// ParameterOnwardReply is the term after which a body that was written to is urged, from the letter or the last urging.
const ParameterOnwardReply = "onward.reply"

// Send records that the letter went out to the body.
//
// In this order: somebody has the work on the petition ([Petition.InUnit]); there is room for another letter; it is of
// one of [OnwardKinds] and says to whom; no letter to the same body waits; its number is one of a document, its date
// neither to come nor before the day on which the opinion was received; it says what is asked. letters are those of the
// opinion.
func (l OnwardLetter) Send(
	p *Petition, letters []OnwardLetter, received calendar.Date, now calendar.Instant,
) (OnwardLetter, Facts, error) {
	switch {
	case p == nil || !p.InUnit():
		return l, Facts{}, Refuse(Conflict, "onward.problem.over")
	case len(letters) >= MaxOnwardLetters:
		return l, Facts{}, Refuse(Conflict, "onward.problem.many")
	}
	ps := problems{of: "onward.problem."}
	ps.need(oneOf(l.Kind, OnwardKinds), FieldOnwardKind, "kind")
	ps.text(FieldOnwardTo, "to", l.To, MaxLine)
	for _, other := range letters {
		if other.State == OnwardWaiting && l.To != "" && strings.EqualFold(other.To, l.To) {
			ps.add(FieldOnwardTo, "open", "to", other.To, "number", other.Number, "date", other.Dated.Words())
		}
	}
	ps.number(FieldOnwardNumber, "number", l.Number)
	ps.between(FieldOnwardDay, l.Dated, received, now.Date())
	ps.text(FieldOnwardAsked, "asked", l.Asked, MaxMatter)
	if err := ps.refuse(); err != nil {
		return l, Facts{}, err
	}
	l.State, l.UrgeFrom, l.SentAt, l.Version = OnwardWaiting, l.Dated, now, 1
	return l, l.Facts(), nil
}

// between adds a problem at a field whose day is missing, to come, or before another day.
func (ps *problems) between(field string, day, first, today calendar.Date) {
	switch {
	case day.IsZero():
		ps.add(field, "date")
	case day.After(today):
		ps.add(field, "date_future")
	case day.Before(first):
		ps.add(field, "date_early", "first", first.Words())
	}
}

// Facts are what the event of sending the letter says of it.
func (l OnwardLetter) Facts() Facts {
	return Facts{Letter: l.ID, Onward: l.Kind, Number: l.Number, Dated: l.Dated}
}

// Words are the letter in the event of sending it.
func (l OnwardLetter) Words() string { return l.To + ": " + l.Asked }

// Replied records the word of the body, by a document or by mouth.
//
// In this order: the letter still waits; the document has a number, or it is said who spoke; the day is neither to come
// nor before the letter's; the gist is there.
func (l OnwardLetter) Replied(r OnwardReply, byWord bool, now calendar.Instant) (OnwardLetter, Facts, error) {
	if l.State != OnwardWaiting {
		return l, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "onward.problem."}
	if byWord {
		r.Number = ""
		ps.text(FieldReplyBy, "reply_by", r.By, MaxLine)
	} else {
		r.By = ""
		ps.number(FieldReplyNumber, "reply_number", r.Number)
	}
	ps.between(FieldReplyDay, r.Day, l.Dated, now.Date())
	ps.text(FieldReplyGist, "gist", r.Gist, MaxMatter)
	if err := ps.refuse(); err != nil {
		return l, Facts{}, err
	}
	l.State, l.Reply, l.ClosedAt = OnwardReplied, r, now
	return l, Facts{Letter: l.ID, Onward: l.Kind, Number: r.Number, Dated: r.Day}, nil
}

// End says that the word of the body is not waited for any more, for a reason.
func (l OnwardLetter) End(reason string, now calendar.Instant) (OnwardLetter, Facts, error) {
	if l.State != OnwardWaiting {
		return l, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "onward.problem."}
	ps.text(FieldEndReason, "end_reason", reason, MaxMatter)
	if err := ps.refuse(); err != nil {
		return l, Facts{}, err
	}
	l.State, l.Reason, l.ClosedAt = OnwardEnded, reason, now
	return l, Facts{Letter: l.ID, Onward: l.Kind}, nil
}

// Urge records that the body was urged.
//
// In this order: the letter still waits, and was not urged too often to count; the way is one of [UrgeWays], with its
// number where it is a letter; the moment is neither to come nor before the letter's day; who urged and what was said
// is there.
func (l OnwardLetter) Urge(u BodyUrging, now calendar.Instant) (OnwardLetter, BodyUrging, Facts, error) {
	switch {
	case l.State != OnwardWaiting:
		return l, u, Facts{}, Refuse(Conflict, "error.conflict")
	case len(l.Urgings) >= MaxBodyUrgings:
		return l, u, Facts{}, Refuse(Conflict, "onward.problem.urged_often")
	}
	ps := problems{of: "onward.problem."}
	ps.need(oneOf(u.Way, UrgeWays), FieldUrgeWay, "urge_way")
	if u.Way == UrgeLetter {
		ps.number(FieldUrgeNumber, "urge_number", u.Number)
	} else {
		u.Number = ""
	}
	switch {
	case u.At.IsZero():
		ps.add(FieldUrgeDay, "urge_at")
	case u.At.After(now):
		ps.add(FieldUrgeDay, "date_future")
	case u.At.Date().Before(l.Dated):
		ps.add(FieldUrgeDay, "date_early", "first", l.Dated.Words())
	}
	ps.text(FieldUrgeBy, "urge_by", u.By, MaxLine)
	ps.text(FieldUrgeSaid, "urge_said", u.Said, MaxMatter)
	if err := ps.refuse(); err != nil {
		return l, u, Facts{}, err
	}
	if day := u.At.Date(); day.After(l.UrgeFrom) {
		l.UrgeFrom = day
	}
	u.LetterID, u.RecordedAt = l.ID, now
	return l, u, u.Facts(), nil
}

// Facts are what the urging's event says of it.
func (u BodyUrging) Facts() Facts {
	return Facts{Letter: u.LetterID, Urging: u.ID, UrgeWay: u.Way, Number: u.Number, HeldAt: u.At}
}

// UrgeOn is the day from which the body is to be urged, by the term of [ParameterOnwardReply].
func (l OnwardLetter) UrgeOn(within calendar.Term, c calendar.Calendar) calendar.Date {
	return c.Due(l.UrgeFrom, within)
}

// WaitedUntil is the last day of the wait for the body: that of its reply, or on which the waiting ended; today while
// it lasts.
func (l OnwardLetter) WaitedUntil(today calendar.Date) calendar.Date {
	switch l.State {
	case OnwardReplied:
		return l.Reply.Day
	case OnwardEnded:
		return l.ClosedAt.Date()
	}
	return today
}

// Pauses reports whether the letter is the document by which the clock of the petition stands still. pause is of the
// last event that stopped it.
func (l OnwardLetter) Pauses(p *Petition, pause Facts) bool {
	return p != nil && p.State == PetitionPaused && l.stops(pause.Awaits, pause.Number, pause.Dated)
}

func (l OnwardLetter) stops(awaits PauseKind, number string, dated calendar.Date) bool {
	return awaits == l.Kind.Awaits() && strings.EqualFold(number, l.Number) && dated == l.Dated
}

// Stale are the problems of a pause by a letter whose body is not waited for any more: letters are those of the
// opinion.
func (d Pause) Stale(letters []OnwardLetter) []Problem {
	ps := problems{of: "onward.problem."}
	for _, l := range letters {
		if l.stops(d.Kind, d.Number, d.Dated) {
			if l.State == OnwardWaiting {
				return nil
			}
			ps.list = nil
			ps.add("tam-dung-so", "not_awaited", "to", l.To)
		}
	}
	return ps.list
}

// Told are the letters as the person is told of them: to whom, by which document, since when; not what was asked, said
// or urged.
func Told(letters []OnwardLetter) (list []OnwardLetter) {
	for _, l := range letters {
		list = append(list, OnwardLetter{
			ID: l.ID, OpinionID: l.OpinionID, Kind: l.Kind, To: l.To, Number: l.Number, Dated: l.Dated, State: l.State,
			Reply: OnwardReply{Number: l.Reply.Number, Day: l.Reply.Day}, ClosedAt: l.ClosedAt,
		})
	}
	return list
}

// Acts on letters to other bodies.
const (
	ActSendOnwardLetter Act = "send_onward_letter"
	ActUrgeBody         Act = "urge_body"
	ActRegisterReply    Act = "register_reply"
	ActEndOnwardWait    Act = "end_onward_wait"
)

// Onward reports whether the act is on a letter to another body.
func (a Act) Onward() bool {
	return oneOf(a, []Act{ActSendOnwardLetter, ActUrgeBody, ActRegisterReply, ActEndOnwardWait})
}

// whoWrites on to other bodies: who works on the petition, and the office.
var whoWrites = []grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}}

var onwardActs = []actRow{
	{ActSendOnwardLetter, law{
		"reported to the superior, or another body asked for its part, by a numbered letter; the clock goes on",
		"plan 2024, IV.1; Luật 10/2022 Đ.35 k.2b (C): report or transfer what is beyond one's competence", ""}, whoWrites},
	{ActUrgeBody, law{"a body that was written to is urged, with how, when, by whom and what was said",
		"plan 2024, IV.2; house rules", ""}, whoWrites},
	{ActRegisterReply, law{
		"the body's word is entered; a clock that stood still for it goes on in the same act",
		"house rule (C8); no article", ""}, whoWrites},
	{ActEndOnwardWait, law{
		"the body's word is not waited for any more, with a reason; a clock that stood still for it goes on",
		"house rule (C8); no article", ""}, whoWrites},
}
