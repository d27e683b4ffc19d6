package text

import (
	"math"
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	sunday := time.Date(2026, 10, 25, 9, 2, 59, 0, time.FixedZone("", 7*3600))
	thursday := time.Date(2026, 11, 12, 8, 0, 0, 0, time.UTC)
	newYear := time.Date(2027, 1, 1, 0, 5, 0, 0, time.UTC)
	vi, en := For("vi"), For("en")
	tests := []struct{ what, got, want string }{
		{"Date", vi.Date(thursday), "12/11/2026"},
		{"Date en", en.Date(newYear), "01/01/2027"},
		{"DateShort", vi.DateShort(thursday), "T5, 12/11/2026"},
		{"DateShort Sunday", vi.DateShort(sunday), "CN, 25/10/2026"},
		{"DateShort en", en.DateShort(thursday), "Thu, 12/11/2026"},
		{"DateLong", vi.DateLong(sunday), "Chủ nhật, ngày 25/10/2026"},
		{"DateLong weekday", vi.DateLong(thursday), "Thứ Năm, ngày 12/11/2026"},
		{"DateIn", vi.DateIn(thursday), "thứ Năm, ngày 12/11/2026"},
		{"DateIn Sunday", vi.DateIn(sunday), "Chủ nhật, ngày 25/10/2026"},
		{"DateIn en", en.DateIn(thursday), "Thursday, 12/11/2026"},
		{"DateLong en", en.DateLong(sunday), "Sunday, 25/10/2026"},
		{"Weekday", vi.Weekday(sunday), "Chủ nhật"},
		{"Time", vi.Time(sunday), "09 giờ 02 phút"},
		{"Time on the hour", vi.Time(thursday), "08 giờ"},
		{"Time after midnight", vi.Time(newYear), "00 giờ 05 phút"},
		{"Time en", en.Time(sunday), "09:02"},
		{"Time on the hour en", en.Time(thursday), "08:00"},
		{"DateTime", vi.DateTime(sunday), "09 giờ 02 phút ngày 25/10/2026"},
		{"DateTime en", en.DateTime(thursday), "08:00 on 12/11/2026"},
		{"MonthYear", vi.MonthYear(sunday), "Tháng 10 năm 2026"},
		{"MonthYear January", vi.MonthYear(newYear), "Tháng 01 năm 2027"},
		{"MonthYear en", en.MonthYear(thursday), "November 2026"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s = %q, want %q", tt.what, tt.got, tt.want)
		}
	}
}

func TestWeekdaysAndMonths(t *testing.T) {
	for i, want := range []string{
		"CN Chủ nhật", "T2 Thứ Hai", "T3 Thứ Ba", "T4 Thứ Tư", "T5 Thứ Năm", "T6 Thứ Sáu", "T7 Thứ Bảy",
	} {
		day := time.Date(2026, 10, 25+i, 0, 0, 0, 0, time.UTC)
		if got := For("vi").DateShort(day)[:2] + " " + For("vi").Weekday(day); got != want {
			t.Errorf("%s is %q, want %q", day.Weekday(), got, want)
		}
		if got, want := For("en").Weekday(day), day.Weekday().String(); got != want {
			t.Errorf("%s is %q in English", want, got)
		}
	}
	for m := time.January; m <= time.December; m++ {
		day := time.Date(2026, m, 1, 0, 0, 0, 0, time.UTC)
		if got, want := For("en").MonthYear(day), m.String()+" 2026"; got != want {
			t.Errorf("MonthYear = %q, want %q", got, want)
		}
	}
}

func TestDue(t *testing.T) {
	tests := []struct {
		days   int
		late   bool
		vi, en string
	}{
		{3, false, "còn 3 ngày làm việc", "3 working days left"},
		{1, false, "còn 1 ngày làm việc", "1 working day left"},
		{0, false, "hết hôm nay", "ends today"},
		{0, true, "quá hạn", "overdue"},
		{2, true, "quá hạn 2 ngày làm việc", "2 working days overdue"},
		{-1, false, "quá hạn 1 ngày làm việc", "1 working day overdue"},
	}
	for _, tt := range tests {
		if vi, en := For("vi").Due(tt.days, tt.late), For("en").Due(tt.days, tt.late); vi != tt.vi || en != tt.en {
			t.Errorf("Due(%d, %t) = %q, %q; want %q, %q", tt.days, tt.late, vi, en, tt.vi, tt.en)
		}
	}
}

func TestDueDays(t *testing.T) {
	tests := []struct {
		days   int
		vi, en string
	}{
		{5, "còn 5 ngày", "5 days left"},
		{2, "còn 2 ngày", "2 days left"},
		{1, "ngày mai", "tomorrow"},
		{0, "hôm nay", "today"},
		{-1, "quá hạn 1 ngày", "1 day overdue"},
		{-12, "quá hạn 12 ngày", "12 days overdue"},
	}
	for _, tt := range tests {
		if vi, en := For("vi").DueDays(tt.days), For("en").DueDays(tt.days); vi != tt.vi || en != tt.en {
			t.Errorf("DueDays(%d) = %q, %q; want %q, %q", tt.days, vi, en, tt.vi, tt.en)
		}
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		n      int
		vi, en string
	}{
		{0, "0", "0"},
		{999, "999", "999"},
		{3052, "3.052", "3,052"},
		{-999, "-999", "-999"},
		{-1000, "-1.000", "-1,000"},
		{1234567, "1.234.567", "1,234,567"},
		{math.MinInt64, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"},
	}
	for _, tt := range tests {
		if vi, en := For("vi").Number(tt.n), For("en").Number(tt.n); vi != tt.vi || en != tt.en {
			t.Errorf("Number(%d) = %q, %q; want %q, %q", tt.n, vi, en, tt.vi, tt.en)
		}
	}
}

func TestDecimal(t *testing.T) {
	tests := []struct {
		x      float64
		places int
		vi, en string
	}{
		{98.54, 1, "98,5", "98.5"},
		{1234.5, 2, "1.234,50", "1,234.50"},
		{999.96, 1, "1.000,0", "1,000.0"},
		{-0.25, 2, "-0,25", "-0.25"},
		{12.6, 0, "13", "13"},
	}
	for _, tt := range tests {
		if vi, en := For("vi").Decimal(tt.x, tt.places), For("en").Decimal(tt.x, tt.places); vi != tt.vi || en != tt.en {
			t.Errorf("Decimal(%v, %d) = %q, %q; want %q, %q", tt.x, tt.places, vi, en, tt.vi, tt.en)
		}
	}
}
