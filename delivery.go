package doithoai

import (
	"time"

	"doithoai/calendar"
)

// DeliveryKind is what a delivery tells the person.
type DeliveryKind string

const (
	// DeliveryReceived goes out by itself or not at all: who handed the slip in holds its receipt already.
	DeliveryReceived DeliveryKind = "received"
	// DeliveryAnswered reaches the person in each way that they chose.
	DeliveryAnswered DeliveryKind = "answered"
	// DeliveryCorrected tells that the answer was replaced by another one, in each way that they chose.
	DeliveryCorrected DeliveryKind = "corrected"
	// DeliveryPaused, DeliveryResumed and DeliveryDue tell that the clock of the answer stands still, goes on, or has
	// another due date, in each way that the person chose.
	DeliveryPaused  DeliveryKind = "paused"
	DeliveryResumed DeliveryKind = "resumed"
	DeliveryDue     DeliveryKind = "due"
	// DeliveryReopened tells that the matter is looked at again, and until when; DeliveryNotReopened that it is not, and
	// why, in each way that the person chose.
	DeliveryReopened    DeliveryKind = "reopened"
	DeliveryNotReopened DeliveryKind = "not_reopened"
	// DeliverySupplement tells that something is asked of the person; DeliveryOwn that the office decided on what they
	// asked by code, in each way that they chose.
	DeliverySupplement DeliveryKind = "supplement"
	DeliveryOwn        DeliveryKind = "own_request"
	// DeliveryInitiative tells whether what the person proposed is applied, in each way that they chose.
	DeliveryInitiative DeliveryKind = "initiative"
	// DeliveryLater tells that the opinion was not heard at the dialogue and is answered in writing, by whom and when, in
	// each way that the person chose.
	DeliveryLater DeliveryKind = "later"
	// DeliveryRefused tells that the opinion is not accepted, on what ground, and what may be done about it, in each way
	// that the person chose.
	DeliveryRefused DeliveryKind = "refused"
	// DeliveryTransferred tells that the record was passed on to the body that decides, in each way that the person
	// chose.
	DeliveryTransferred DeliveryKind = "transferred"
	// DeliveryStatus tells how the opinion stands, in each way that the person chose. It says what stands when it is sent.
	DeliveryStatus DeliveryKind = "status"
	// DeliveryMoved tells that the dialogue for which the slip was handed in has another day, none, or is not held, in
	// each way that the person chose. It says what stands when it is sent.
	DeliveryMoved DeliveryKind = "moved"
)

// DeliveryState is what screens show of a delivery.
type DeliveryState string

const (
	DeliveryQueued       DeliveryState = "queued"
	DeliverySent         DeliveryState = "sent"
	DeliverySeen         DeliveryState = "seen"
	DeliveryAcknowledged DeliveryState = "acknowledged"
	DeliveryFailed       DeliveryState = "failed"
	DeliveryReplaced     DeliveryState = "replaced" // not made: the answer that it tells of was replaced
)

// Delivery is a row of the outbox: something that must reach the person, written in the act that causes it.
type Delivery struct {
	ID          ID
	AuthorityID ID
	SlipID      ID
	OpinionID   ID // empty: concerns the whole slip
	Kind        DeliveryKind
	Way         Way
	ByHand      bool // people bring it; else the program sends it
	State       DeliveryState
	Attempts    int
	Trouble     Trouble          // why it did not get through when it was tried last
	NextAt      calendar.Instant // when the program tries next
	CreatedAt   calendar.Instant
	SentAt      calendar.Instant // when the person was told, as recorded
	Receiver    Receiver         // who took it, where the office told by hand
	RecordedBy  ID               // who recorded that
	RecordedAt  calendar.Instant // and when
	Replaced    bool             // the answer that it tells of was replaced, whether it was made or not
	Version     int
}

// ToTell reports whether the office is to tell the person this way: by hand, or after the program could not.
func (d Delivery) ToTell() bool {
	return d.Kind != DeliveryReceived && (d.State == DeliveryQueued && d.ByHand || d.State == DeliveryFailed)
}

// Slow is after how long something that the program has not sent is delayed, though nobody knows of any trouble.
const Slow = time.Hour

// Delayed reports whether the program could not send it so far, and goes on trying, or waits for a server.
func (d Delivery) Delayed(now calendar.Instant) bool {
	return d.State == DeliveryQueued && !d.ByHand && (d.Trouble != TroubleNone || d.CreatedAt.Add(Slow).Before(now))
}

// Trouble is why something did not get through, as the office is told.
type Trouble string

const (
	TroubleNone Trouble = ""
	// TroubleRefused is an address or a number that does not take what is sent: another try is of no use.
	TroubleRefused Trouble = "refused"
	// TroubleServer is a server that is out of reach, or takes nothing now.
	TroubleServer Trouble = "server"
	// TroubleSettings is a server that does not take anything from this program: the operator is to look at it.
	TroubleSettings Trouble = "settings"
	// TroubleNoGateway is a way for which there is no gateway any more.
	TroubleNoGateway Trouble = "no_gateway"
	// TroubleNoFile and TroubleReplaced are of a document: its signed file was taken back, or it does not stand any more.
	TroubleNoFile   Trouble = "no_file"
	TroubleReplaced Trouble = "replaced"
	// TroubleMissing is a signed file that is not in the folder of files: the operator is to look at it.
	TroubleMissing Trouble = "missing"
)

// TakeOver makes the office tell by hand what the program could not send so far: Conflict where that is not delayed, or
// nothing is to be sent any more.
func (d Delivery) TakeOver(now calendar.Instant) (Delivery, error) {
	if d.Kind == DeliveryReceived || !d.Delayed(now) {
		return d, Refuse(Conflict, "error.conflict")
	}
	d.State = DeliveryFailed
	return d, nil
}

// Untold reports whether the person was not told this way, and the program has not begun to.
func (d Delivery) Untold() bool { return d.ToTell() || d.State == DeliveryQueued && d.Attempts == 0 }

// Receiver is who took what the office brought. No name is kept: who raised the opinion is known already, and of
// anybody else it is enough what they are to them.
type Receiver string

const (
	ReceiverSelf        Receiver = "self"
	ReceiverHousehold   Receiver = "household"
	ReceiverDeputy      Receiver = "deputy"       // of an organisation or a group
	ReceiverVillageHead Receiver = "village_head" // who reads it out or passes it on
	ReceiverPost        Receiver = "post"         // the letter is on its way
)

// Receivers in the order in which forms offer them.
var Receivers = []Receiver{
	ReceiverSelf, ReceiverHousehold, ReceiverDeputy, ReceiverVillageHead, ReceiverPost,
}

// UsualReceiver is who takes what goes a way, as forms propose it.
func UsualReceiver(w Way) Receiver {
	switch w {
	case WayPost:
		return ReceiverPost
	case WayAloud:
		return ReceiverVillageHead
	}
	return ReceiverSelf
}

// Telling is how the office told somebody by hand.
type Telling struct {
	On       calendar.Date
	Clock    calendar.Clock // negative where no hour could be read
	Receiver Receiver
}

// At is the minute of the telling.
func (t Telling) At() calendar.Instant {
	return t.Clock.On(t.On)
}

// RecordProblems are the reasons why a telling can't be recorded now: a day, an hour and a receiver are there; nobody
// was told in the future, nor before there was something to tell, to the minute.
func (d Delivery) RecordProblems(t Telling, now calendar.Instant) []Problem {
	ps := problems{of: "petition.delivery.problem."}
	day, clock := !t.On.IsZero(), t.Clock >= 0
	ps.need(day, "bao-ngay", "day")
	ps.need(clock, "bao-gio", "hour")
	switch {
	case !day:
	case t.On.After(now.Date()):
		ps.add("bao-ngay", "future")
	case t.On.Before(d.CreatedAt.Date()):
		ps.add("bao-ngay", "before")
	case !clock:
	case t.At().After(now):
		ps.add("bao-gio", "future")
	case t.At().Add(time.Minute).Compare(d.CreatedAt) <= 0:
		ps.add("bao-gio", "before")
	}
	ps.need(oneOf(t.Receiver, Receivers), "bao-ai", "receiver")
	return ps.list
}

// WithdrawableBy reports whether an officer may take back on a day that the person was told: who recorded it, on the
// day on which they did.
func (d Delivery) WithdrawableBy(officer ID, today calendar.Date) bool {
	return d.State == DeliverySent && officer != "" && d.RecordedBy == officer && d.RecordedAt.Date() == today
}

// Waiting is the state in which a delivery waits for people again. What tells of an answer that was replaced meanwhile
// waits for nobody: the person is told of the new one.
func (d Delivery) Waiting() DeliveryState {
	if d.Replaced {
		return DeliveryReplaced
	}
	if d.ByHand {
		return DeliveryQueued
	}
	return DeliveryFailed // else the program would send it once more
}

// The acts of telling somebody by hand.
const (
	ActRecordDelivery   Act = "record_delivery"
	ActWithdrawDelivery Act = "withdraw_delivery"
	// ActTakeOverDelivery ends the tries of the program: the office tells the person by hand.
	ActTakeOverDelivery Act = "take_over_delivery"
	// ActSeeDeliveries opens who is still to be told, and what could not be sent.
	ActSeeDeliveries Act = "see_deliveries"
	// ActReadAloud opens what is to be read out in a village, without names.
	ActReadAloud Act = "read_aloud"
)

var deliveryActs = []actRow{
	{ActRecordDelivery, law{"the person was told by hand", "Luật Tiếp công dân 42/2013 Đ.28 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActWithdrawDelivery, law{
		"who recorded that the person was told takes it back on the same day", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActTakeOverDelivery, law{"the office does not wait any longer for a message that does not get through",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActSeeDeliveries, opening, []grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActReadAloud, law{"what the head of a village is to read out for who asked for it", "house rules", ""},
		[]grant{{RoleVillageHead, ofVillage}, {RoleOffice, always}, {RoleClerk, always}}},
}
