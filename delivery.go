package doithoai

import "doithoai/calendar"

// DeliveryKind is what a delivery tells the person.
type DeliveryKind string

const (
	// DeliveryReceived goes out by itself or not at all: who handed the slip in holds its receipt already.
	DeliveryReceived DeliveryKind = "received"
	// DeliveryAnswered reaches the person in each way that they chose.
	DeliveryAnswered DeliveryKind = "answered"
	// DeliveryPaused, DeliveryResumed and DeliveryDue tell that the clock of the answer stands still, goes on, or has
	// another due date, in each way that the person chose.
	DeliveryPaused  DeliveryKind = "paused"
	DeliveryResumed DeliveryKind = "resumed"
	DeliveryDue     DeliveryKind = "due"
)

// DeliveryState is what screens show of a delivery.
type DeliveryState string

const (
	DeliveryQueued       DeliveryState = "queued"
	DeliverySent         DeliveryState = "sent"
	DeliverySeen         DeliveryState = "seen"
	DeliveryAcknowledged DeliveryState = "acknowledged"
	DeliveryFailed       DeliveryState = "failed"
)

// Delivery is a row of the outbox: something that must reach the person, written in the act that causes it.
type Delivery struct {
	ID          ID
	AuthorityID ID
	SlipID      ID
	OpinionID   ID // empty: concerns the whole slip
	Kind        DeliveryKind
	Way         Way
	State       DeliveryState
	Attempts    int
	CreatedAt   calendar.Instant
	SentAt      calendar.Instant
	Version     int
}

// The act of telling somebody by hand.
const (
	ActRecordDelivery Act = "record_delivery"
)

var deliveryActs = []actRow{
	{ActRecordDelivery, law{"the person was told by hand", "Luật Tiếp công dân 42/2013 Đ.28 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
}
