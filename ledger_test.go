package doithoai

import (
	"testing"

	"doithoai/calendar"
)

func TestPeriod(t *testing.T) {
	today := calendar.DateOf(2026, 11, 30)
	for _, tt := range []struct {
		name     string
		from, to calendar.Date
		want     string
	}{
		{"a month", calendar.DateOf(2026, 11, 1), today, ""},
		{"a day", today, today, ""},
		{"no first day", calendar.Date{}, today, FieldFrom + " from"},
		{"no last day", today, calendar.Date{}, FieldTo + " to"},
		{"to come", today, today.AddDays(1), FieldTo + " to_future"},
		{"backwards", today, today.AddDays(-1), FieldTo + " to_before"},
	} {
		if got := problemKey(RefuseForm(Period{tt.from, tt.to}.Problems(today))); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What is the authority's own is answered by it; everything else was reported, sent elsewhere, or not accepted.
func TestOwnMatter(t *testing.T) {
	for _, rule := range RulingRules {
		want := rule.Code == RulingOnTheSpot || rule.Code == RulingLater || rule.Code == RulingCoordinate
		if got := rule.Code.OwnMatter(); got != want {
			t.Errorf("%s is the authority's own: %v", rule.Code, got)
		}
	}
}
