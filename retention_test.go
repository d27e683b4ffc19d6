package doithoai

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

func TestRetention(t *testing.T) {
	days := func(n int) calendar.Term { return calendar.Term{N: n, Unit: calendar.Days} }
	ended := calendar.DateOf(2024, 10, 23)
	for _, tt := range []struct {
		name           string
		contacts, file int
		after          int // days
		had            Erasure
		want           Erasure
	}{
		{"on the last day", 30, 100, 30, "", ""},
		{"the day after", 30, 100, 31, "", ErasureContacts},
		{"once", 30, 100, 31, ErasureContacts, ""},
		{"the file", 30, 100, 101, ErasureContacts, ErasureAll},
		{"the file at once", 30, 100, 500, "", ErasureAll},
		{"everything is", 30, 100, 500, ErasureAll, ""},
		{"a shorter term of the file", 30, 10, 11, "", ""},
	} {
		r := Retention{days(tt.contacts), days(tt.file)}
		if got := r.Due(ended, ended.AddDays(tt.after), tt.had); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := (Retention{days(1), days(1)}).Due(calendar.Date{}, ended, ""); got != "" {
		t.Errorf("of what has not ended: %q", got)
	}
	for _, s := range Stages {
		over := s != StageUnruled && !oneOf(PetitionState(s), openStates)
		if s.Over() != over {
			t.Errorf("%s is over: %v", s, s.Over())
		}
	}
}

var openStates = []PetitionState{
	PetitionProcessing, PetitionSubmitted, PetitionReturned, PetitionPaused, PetitionSigned,
}

func TestEraseProblems(t *testing.T) {
	for _, tt := range []struct {
		e, had Erasure
		reason string
		want   string // fields, in order
	}{
		{ErasureContacts, "", "Bà A đến Văn phòng đề nghị ngày 02/11.", ""},
		{ErasureAll, ErasureContacts, "Đơn ngày 02/11.", ""},
		{"", "", "Đơn.", FieldErasure},
		{"ten", "", "Đơn.", FieldErasure},
		{ErasureContacts, ErasureContacts, "Đơn.", FieldErasure},
		{ErasureContacts, ErasureAll, "", FieldErasure + " " + FieldErasureReason},
	} {
		var fields []string
		for _, p := range tt.e.EraseProblems(tt.had, tt.reason) {
			fields = append(fields, p.Field)
		}
		if got := strings.Join(fields, " "); got != tt.want {
			t.Errorf("%q after %q, %q: %q, want %q", tt.e, tt.had, tt.reason, got, tt.want)
		}
	}
}
