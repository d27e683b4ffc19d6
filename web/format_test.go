package web

import (
	"strings"
	"testing"

	"doithoai/calendar"
	"doithoai/text"
)

// TestDueSaysOneThing words a due date on a day off the same in lists and in sentences: it runs to the next working
// day, unless it was past when the day off was declared.
func TestDueSaysOneThing(t *testing.T) {
	friday := calendar.DateOf(2024, 11, 1)
	c, err := calendar.NewCalendar("test", []calendar.Day{{Date: friday, Kind: calendar.DayOff, Name: "Nghỉ bù"}})
	if err != nil {
		t.Fatal(err)
	}
	old, err := calendar.NewCalendar("old", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		c     calendar.Calendar
		today calendar.Date
		want  string
		late  bool
	}{
		{c, calendar.DateOf(2024, 10, 30), "còn 2 ngày", false}, // Wednesday: Thursday, Monday
		{c, friday, "còn 1 ngày", false},
		{c, calendar.DateOf(2024, 11, 3), "còn 1 ngày", false}, // Sunday
		{c, calendar.DateOf(2024, 11, 4), "hết hôm nay", false},
		{c, calendar.DateOf(2024, 11, 5), "quá hạn 1 ngày", true},
		{c.After(old, calendar.DateOf(2024, 11, 2)), calendar.DateOf(2024, 11, 4), "quá hạn 1 ngày", true},
	} {
		r := &Reader{Text: text.For("vi"), Now: calendar.InstantAt(tt.today, 9, 0)}
		short, late := r.DueShort(tt.c, friday)
		short = strings.ReplaceAll(short, "\u00a0", " ")
		words, lateToo := r.Due(tt.c, friday)
		if short != tt.want || late != tt.late || late != lateToo || r.Late(tt.c, friday) != late {
			t.Errorf("%s: %q, late %v; want %q, %v; late also %v", tt.today, short, late, tt.want, tt.late, lateToo)
		}
		if long := strings.ReplaceAll(short, " ngày", " ngày làm việc"); words != long {
			t.Errorf("%s: %q in a sentence, %q in a list", tt.today, words, short)
		}
	}
}
