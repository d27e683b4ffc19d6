package doithoai

import (
	"testing"
	"time"

	"doithoai/calendar"
)

func TestRecordProblems(t *testing.T) {
	day := calendar.DateOf(2024, 10, 22)
	now := calendar.InstantAt(day.AddDays(1), 9, 15)
	d := Delivery{Way: WayPhone, CreatedAt: calendar.InstantAt(day, 14, 30).Add(20e9)} // 14:30:20
	for _, tt := range []struct {
		name string
		told Telling
		want string // "field key"
	}{
		{"now", Telling{day.AddDays(1), 9*60 + 15, ReceiverSelf}, ""},
		{"in the minute of the answer", Telling{day, 14*60 + 30, ReceiverHousehold}, ""},
		{"a minute before the answer", Telling{day, 14*60 + 29, ReceiverSelf}, "bao-gio before"},
		{"the day before the answer", Telling{day.AddDays(-1), 16 * 60, ReceiverSelf}, "bao-ngay before"},
		{"in a minute", Telling{day.AddDays(1), 9*60 + 16, ReceiverSelf}, "bao-gio future"},
		{"tomorrow", Telling{day.AddDays(2), 8 * 60, ReceiverSelf}, "bao-ngay future"},
		{"no day", Telling{calendar.Date{}, 8 * 60, ReceiverSelf}, "bao-ngay day"},
		{"no hour", Telling{day, -1, ReceiverSelf}, "bao-gio hour"},
		{"nobody", Telling{day, 15 * 60, ""}, "bao-ai receiver"},
	} {
		got := ""
		for _, p := range d.RecordProblems(tt.told, now) {
			got += p.Field + " " + p.Key[len("petition.delivery.problem."):]
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWithdrawableBy(t *testing.T) {
	day := calendar.DateOf(2024, 10, 22)
	d := Delivery{State: DeliverySent, RecordedBy: "o", RecordedAt: calendar.InstantAt(day, 23, 59)}
	if !d.WithdrawableBy("o", day) || d.WithdrawableBy("o", day.AddDays(1)) || d.WithdrawableBy("other", day) {
		t.Error("who recorded it, on that day, and nobody else")
	}
	d.RecordedBy = "" // the program sent it
	if d.WithdrawableBy("", day) {
		t.Error("nobody recorded it")
	}
	if (Delivery{Way: WayEmail}).Waiting() != DeliveryFailed || (Delivery{Way: WayPhone, ByHand: true}).Waiting() !=
		DeliveryQueued {
		t.Error("an e-mail that failed must not go out once more by itself")
	}
}

func TestTakeOver(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2024, 10, 22), 9, 0)
	waits := Delivery{Kind: DeliveryAnswered, Way: WayEmail, State: DeliveryQueued, CreatedAt: now}
	for _, tt := range []struct {
		name string
		d    Delivery
		at   calendar.Instant
		fine bool
	}{
		{"just queued", waits, now.Add(time.Minute), false},
		{"waits for a server", waits, now.Add(Slow + time.Minute), true},
		{"tried in vain", with(waits, func(d *Delivery) { d.Trouble = TroubleServer }), now, true},
		{"a receipt", with(waits, func(d *Delivery) { d.Kind, d.Trouble = DeliveryReceived, TroubleServer }), now, false},
		{"by hand anyway", with(waits, func(d *Delivery) { d.ByHand = true }), now.Add(2 * Slow), false},
		{"sent", with(waits, func(d *Delivery) { d.State = DeliverySent }), now.Add(2 * Slow), false},
		{"failed", with(waits, func(d *Delivery) { d.State, d.Trouble = DeliveryFailed, TroubleServer }), now, false},
	} {
		d, err := tt.d.TakeOver(tt.at)
		if (err == nil) != tt.fine || tt.fine && !d.ToTell() {
			t.Errorf("%s: %v, %+v", tt.name, err, d)
		}
	}
}

// with is a delivery with a change.
func with(d Delivery, by func(*Delivery)) Delivery {
	by(&d)
	return d
}

func TestRoute(t *testing.T) {
	both := Gateways{SMS: true, Zalo: true}
	for _, tt := range []struct {
		g      Gateways
		chosen Way
		mobile bool
		way    Way
		byHand bool
	}{
		{Gateways{}, WayPhone, true, WayPhone, true}, {Gateways{}, WayZalo, true, WayZalo, true},
		{Gateways{}, WayEmail, false, WayEmail, false},
		{both, WayPhone, true, WaySMS, false}, {both, WayZalo, true, WayZalo, false},
		{both, WayPhone, false, WayPhone, true}, {both, WayZalo, false, WayZalo, true},
		{Gateways{Zalo: true}, WayPhone, true, WayPhone, true}, {Gateways{SMS: true}, WayZalo, true, WayZalo, true},
		{both, WayPost, true, WayPost, true}, {both, WayAloud, true, WayAloud, true},
		{both, WayPickUp, true, WayPickUp, true},
	} {
		way, byHand := tt.g.Route(tt.chosen, tt.mobile)
		if way != tt.way || byHand != tt.byHand || way.Chosen() != tt.chosen {
			t.Errorf("%+v: %s, by hand %v", tt, way, byHand)
		}
	}
}
