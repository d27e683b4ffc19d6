package doithoai

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

func TestDisputePetition(t *testing.T) {
	_, c := at(t)
	within := calendar.Term{N: 1, Unit: calendar.Workdays}
	monday := calendar.DateOf(2024, 10, 14)
	assigned := calendar.InstantAt(monday, 9, 0)
	for _, tt := range []struct {
		name  string
		days  int // after the assignment
		state PetitionState
		last  *Dispute
		d     Dispute
		meant Unit
		want  string
	}{
		{name: "the same day", d: Dispute{Unit: "money"}, meant: Unit{ID: "money"}},
		{name: "the day after", days: 1, d: Dispute{Unit: "money"}, meant: Unit{ID: "money"}},
		{name: "another body's", d: Dispute{Elsewhere: true}},
		{name: "of an assignment before", d: Dispute{Elsewhere: true}, last: &Dispute{At: assigned.Add(-1e9)}},
		{name: "two days after", days: 2, d: Dispute{Elsewhere: true}, want: "petition.dispute.problem.late"},
		{name: "again", d: Dispute{Elsewhere: true}, last: &Dispute{At: assigned.Add(1e9)},
			want: "petition.dispute.problem.again"},
		{name: "while it waits", d: Dispute{Elsewhere: true}, last: &Dispute{At: assigned, Waits: true},
			want: "petition.dispute.problem.again"},
		{name: "submitted", state: PetitionSubmitted, d: Dispute{Elsewhere: true}, want: "error.conflict"},
		{name: "nobody's", want: "unit"},
		{name: "its own", d: Dispute{Unit: "land"}, meant: Unit{ID: "land"}, want: "same"},
		{name: "of one that is over", d: Dispute{Unit: "x"}, meant: Unit{ID: "x", To: monday.AddDays(-1)}, want: "over"},
		{name: "without a reason", d: Dispute{Elsewhere: true, Reason: "-"}, want: "reason"},
	} {
		p := Petition{LeadUnitID: "land", State: PetitionProcessing, AssignedAt: assigned}
		if tt.state != "" {
			p.State = tt.state
		}
		if tt.d.Reason == "" {
			tt.d.Reason = "Thuộc lĩnh vực tài chính."
		}
		tt.d.Reason = strings.TrimPrefix(tt.d.Reason, "-")
		facts, err := p.Dispute(tt.d, tt.last, tt.meant, Subject{}, within, monday.AddDays(tt.days), c)
		list := ProblemsOf(err)
		switch {
		case tt.want == "" && (err != nil || facts.FromUnit != "land" || facts.Unit != tt.meant.ID):
			t.Errorf("%s: %+v, %v", tt.name, facts, err)
		case tt.want != "" && refusal(err) != tt.want && (len(list) != 1 || !strings.HasSuffix(list[0].Key, "."+tt.want)):
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestKeepLead(t *testing.T) {
	p := Petition{LeadUnitID: "land", State: PetitionProcessing}
	for _, tt := range []struct {
		name   string
		last   *Dispute
		reason string
		want   string
	}{
		{"disputed", &Dispute{Waits: true}, "Đúng lĩnh vực đất đai.", ""},
		{"never disputed", nil, "Đúng.", "error.conflict"},
		{"decided already", &Dispute{}, "Đúng.", "error.conflict"},
		{"without a word", &Dispute{Waits: true}, "", FieldKeepReason},
	} {
		if _, err := p.KeepLead(tt.last, tt.reason); refusal(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
