package doithoai

import (
	"testing"

	"doithoai/calendar"
)

func TestTransferRecord(t *testing.T) {
	_, c := at(t)
	rules := Rules{Calendar: c, Parameters: Parameters{{
		Key: ParameterTransfer, Value: "5", Unit: UnitWorkdays, From: calendar.DateOf(2024, 1, 1),
	}}}
	received := calendar.DateOf(2024, 10, 14) // a Monday: five working days end on Monday, 21 October
	opinion := Opinion{Ruling: RulingOtherBody, ReceivedAt: calendar.InstantAt(received, 9, 0)}
	until := rules.DueOf(ParameterTransfer, received)
	if until.IsZero() {
		t.Fatal("no term is in force")
	}
	for _, tt := range []struct {
		name   string
		change func(*RecordTransfer)
		ruling RulingCode
		there  *RecordTransfer
		late   bool
		want   string
	}{
		{name: "within the term"},
		{name: "after it", change: func(r *RecordTransfer) { r.Dated = until.AddDays(1) }, late: true},
		{name: "on the last day", change: func(r *RecordTransfer) { r.Dated = until }},
		{name: "again", there: &RecordTransfer{}, want: "redirection.problem.not_elsewhere"},
		{name: "not another body's", ruling: RulingOnTheSpot, want: "redirection.problem.not_elsewhere"},
		{name: "a denunciation", ruling: RulingDenunciation, want: "redirection.problem.not_elsewhere"},
		{name: "to nobody", change: func(r *RecordTransfer) { r.To = "" }, want: FieldTransferTo + " to"},
		{name: "without a number", change: func(r *RecordTransfer) { r.Number = "" },
			want: FieldTransferNumber + " number"},
		{name: "to come", change: func(r *RecordTransfer) { r.Dated = until.AddDays(9) },
			want: FieldTransferDay + " date_future"},
		{name: "before the opinion", change: func(r *RecordTransfer) { r.Dated = received.AddDays(-1) },
			want: FieldTransferDay + " date_early"},
		{name: "agreed with nobody", change: func(r *RecordTransfer) { r.Agreed = "" },
			want: FieldTransferAgreed + " agreed"},
	} {
		r := RecordTransfer{To: "Công an xã", Number: "61/UBND-VP", Dated: received, Agreed: "Ông Mẫu"}
		if tt.change != nil {
			tt.change(&r)
		}
		o := opinion
		if tt.ruling != "" {
			o.Ruling = tt.ruling
		}
		got, facts, err := o.Transfer(r, tt.there, calendar.InstantAt(until.AddDays(2), 9, 0), rules)
		if problemKey(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if err == nil && (got.Late != tt.late || facts.Late != tt.late) {
			t.Errorf("%s: late %v, want %v", tt.name, got.Late, tt.late)
		}
	}
}

// Where people are sent is kept with rulings that send them somewhere alone.
func TestBodyOfRuling(t *testing.T) {
	body := OutsideBody{Name: "Công an xã"}
	for _, rule := range OfferedRulings() {
		kept := Ruling{Code: rule.Code, Body: body}.Asked().Body == body
		if kept != (rule.Code == RulingOtherBody || rule.Code == RulingComplaint) {
			t.Errorf("%s keeps a body: %v", rule.Code, kept)
		}
	}
}
