package report

import (
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Span is what periodic figures are of: a quarter of a year, or its four quarters. It begins on the day after the one
// before it closed.
type Span struct {
	Year    int
	Quarter int // 1 to 4; 0: all of them
}

// closes is the day on which the figures of a quarter close: of its last month the one that parameter
// "roll_up.cutoff" says; without one, the last.
func closes(year, quarter int, parameters doithoai.Parameters) calendar.Date {
	last := calendar.DateOf(year, time.Month(3*quarter)+1, 1).AddDays(-1)
	if row, ok := parameters.At("roll_up.cutoff", last); ok {
		if day, err := row.Int(); err == nil && day >= 1 && day <= last.Day {
			return calendar.DateOf(year, last.Month, day)
		}
	}
	return last
}

// Days are the first and the last day of a span.
func (s Span) Days(parameters doithoai.Parameters) (from, to calendar.Date) {
	first, last := s.Quarter, s.Quarter
	if s.Quarter == 0 {
		first, last = 1, 4
	}
	before := Span{s.Year, first}.Before()
	return closes(before.Year, before.Quarter, parameters).AddDays(1), closes(s.Year, last, parameters)
}

// Before is the span that ends where this one begins.
func (s Span) Before() Span {
	switch s.Quarter {
	case 0:
		return Span{s.Year - 1, 0}
	case 1:
		return Span{s.Year - 1, 4}
	}
	return Span{s.Year, s.Quarter - 1}
}

// After is the span that begins where this one ends.
func (s Span) After() Span {
	switch s.Quarter {
	case 0:
		return Span{s.Year + 1, 0}
	case 4:
		return Span{s.Year + 1, 1}
	}
	return Span{s.Year, s.Quarter + 1}
}

// Begun reports whether a span has begun, in the quarter of today.
func (s Span) Begun(today Span) bool {
	return s.Year < today.Year || s.Year == today.Year && s.Quarter <= today.Quarter
}

// Whole is the year in which a quarter lies.
func (s Span) Whole() Span { return Span{Year: s.Year} }

// SpanOn is the quarter in which a day lies.
func SpanOn(day calendar.Date, parameters doithoai.Parameters) Span {
	s := Span{day.Year, day.Quarter()}
	if day.After(closes(s.Year, s.Quarter, parameters)) {
		return s.After()
	}
	return s
}

// Word names a span in addresses: "2026-q3", "2026".
func (s Span) Word() string {
	if s.Quarter == 0 {
		return fmt.Sprintf("%d", s.Year)
	}
	return fmt.Sprintf("%d-q%d", s.Year, s.Quarter)
}

// ParseSpan reads [Span.Word]; false where it is none.
func ParseSpan(word string) (s Span, ok bool) {
	if _, err := fmt.Sscanf(word, "%d-q%d", &s.Year, &s.Quarter); err != nil {
		s.Quarter = 0
		if _, err := fmt.Sscanf(word, "%d", &s.Year); err != nil {
			return s, false
		}
	}
	ok = s.Year >= 2000 && s.Year <= 9999 && s.Quarter >= 0 && s.Quarter <= 4 && s.Word() == word
	return s, ok
}
