package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The times below are civil: the caller has converted them to the authority's zone, and they are shown as they stand.

// Date returns "12/11/2026", in both languages.
func (p Printer) Date(t time.Time) string {
	return fmt.Sprintf("%02d/%02d/%04d", t.Day(), int(t.Month()), t.Year())
}

// DateShort returns the date with the weekday as a wall calendar has it: "T5, 12/11/2026", "CN, 25/10/2026";
// in English "Thu, 12/11/2026".
func (p Printer) DateShort(t time.Time) string {
	return p.T("date.short", "weekday", p.T(weekdays[t.Weekday()].short), "date", p.Date(t))
}

// DateLong returns the date as a sentence has it: "Chủ nhật, ngày 25/10/2026"; in English "Sunday, 25/10/2026".
func (p Printer) DateLong(t time.Time) string {
	return p.T("date.long", "weekday", p.Weekday(t), "date", p.Date(t))
}

// DateIn returns the date within a sentence: "thứ Ba, ngày 20/10/2026", "Chủ nhật, ngày 25/10/2026"; in English
// "Tuesday, 20/10/2026".
func (p Printer) DateIn(t time.Time) string {
	return p.T("date.long", "weekday", p.T(weekdays[t.Weekday()].within), "date", p.Date(t))
}

// Weekday returns "Chủ nhật", "Thứ Hai", …; in English "Sunday", "Monday", ….
func (p Printer) Weekday(t time.Time) string {
	return p.T(weekdays[t.Weekday()].long)
}

// MonthYear returns "Tháng 10 năm 2026" (January and February are "Tháng 01", "Tháng 02": Nghị định 30/2020/NĐ-CP);
// in English "October 2026".
func (p Printer) MonthYear(t time.Time) string {
	return p.T("date.month_year", "month", p.T(months[t.Month()-1]), "year", t.Year())
}

// Time returns "09 giờ 42 phút", on the hour "08 giờ"; in English "09:42", "08:00".
func (p Printer) Time(t time.Time) string {
	hour := fmt.Sprintf("%02d", t.Hour())
	if t.Minute() == 0 {
		return p.T("date.time_on_the_hour", "hour", hour)
	}
	return p.T("date.time", "hour", hour, "minute", fmt.Sprintf("%02d", t.Minute()))
}

// DateTime returns "09 giờ 02 phút ngày 25/10/2026"; in English "09:02 on 25/10/2026".
func (p Printer) DateTime(t time.Time) string {
	return p.T("date.date_time", "time", p.Time(t), "date", p.Date(t))
}

var weekdays = [...]struct{ short, long, within string }{
	time.Sunday:    {"date.weekday_short.sunday", "date.weekday.sunday", "date.weekday_within.sunday"},
	time.Monday:    {"date.weekday_short.monday", "date.weekday.monday", "date.weekday_within.monday"},
	time.Tuesday:   {"date.weekday_short.tuesday", "date.weekday.tuesday", "date.weekday_within.tuesday"},
	time.Wednesday: {"date.weekday_short.wednesday", "date.weekday.wednesday", "date.weekday_within.wednesday"},
	time.Thursday:  {"date.weekday_short.thursday", "date.weekday.thursday", "date.weekday_within.thursday"},
	time.Friday:    {"date.weekday_short.friday", "date.weekday.friday", "date.weekday_within.friday"},
	time.Saturday:  {"date.weekday_short.saturday", "date.weekday.saturday", "date.weekday_within.saturday"},
}

var months = [...]string{
	"date.month.january", "date.month.february", "date.month.march", "date.month.april",
	"date.month.may", "date.month.june", "date.month.july", "date.month.august",
	"date.month.september", "date.month.october", "date.month.november", "date.month.december",
}

// Due says how a deadline stands, in working days: those left until it, or, if late, those gone since. "còn 3 ngày
// làm việc", "hết hôm nay", "quá hạn 2 ngày làm việc". Late by no working day yet (a Saturday after a Friday) is
// "quá hạn". A negative number is late by so many.
func (p Printer) Due(workdays int, late bool) string {
	if workdays < 0 {
		workdays, late = -workdays, true
	}
	switch {
	case late && workdays == 0:
		return p.T("date.due.late")
	case late:
		return p.T("date.due.workdays_late", "count", workdays)
	case workdays == 0:
		return p.T("date.due.ends_today")
	}
	return p.T("date.due.workdays_left", "count", workdays)
}

// DueShort is Due without the kind of days, for lists whose head says it: "còn 3 ngày", "quá hạn 2 ngày".
func (p Printer) DueShort(workdays int, late bool) string {
	switch {
	case late && workdays == 0:
		return p.T("date.due.late")
	case late:
		return p.T("date.due.days_late", "count", workdays)
	case workdays == 0:
		return p.T("date.due.ends_today")
	}
	return p.T("date.due.days_left", "count", workdays)
}

// DueDays says how a day or a deadline in calendar days stands: days from today until it, negative once it is past.
// "còn 5 ngày", "ngày mai", "hôm nay", "quá hạn 2 ngày".
func (p Printer) DueDays(days int) string {
	switch {
	case days < 0:
		return p.T("date.due.days_late", "count", -days)
	case days == 0:
		return p.T("date.due.today")
	case days == 1:
		return p.T("date.due.tomorrow")
	}
	return p.T("date.due.days_left", "count", days)
}

// Number returns n with its thousands grouped: "3.052"; in English "3,052".
func (p Printer) Number(n int) string {
	return grouped(strconv.Itoa(n), p.catalogue().group)
}

// Decimal returns x rounded to the given number of decimal places: "1.234,5"; in English "1,234.5". x is finite.
func (p Printer) Decimal(x float64, places int) string {
	by := p.catalogue().conventions
	whole, fraction, found := strings.Cut(strconv.FormatFloat(x, 'f', places, 64), ".")
	if !found {
		return grouped(whole, by.group)
	}
	return grouped(whole, by.group) + by.decimal + fraction
}

// grouped puts a separator between the thousands of a whole number written in digits, a minus sign allowed.
func grouped(digits, separator string) string {
	first := 0
	if strings.HasPrefix(digits, "-") {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}
