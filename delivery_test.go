package doithoai

import (
	"testing"

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
	if (Delivery{Way: WayEmail}).Waiting() != DeliveryFailed || (Delivery{Way: WayPhone}).Waiting() != DeliveryQueued {
		t.Error("an e-mail that failed must not go out once more by itself")
	}
}
