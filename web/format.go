package web

import (
	"fmt"
	"regexp"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// DateShort is "T5, 12/11/2026", which never breaks over two lines.
func (r *Reader) DateShort(d calendar.Date) string { return unbroken(r.Text.DateShort(d.Time())) }

// unbroken keeps a date or an hour on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// Date is "12/11/2026".
func (r *Reader) Date(d calendar.Date) string { return r.Text.Date(d.Time()) }

// DateLong is "Chủ nhật, ngày 25/10/2026", unbroken.
func (r *Reader) DateLong(d calendar.Date) string { return unbroken(r.Text.DateLong(d.Time())) }

// DateIn is a date within a sentence for the public, the weekday written out: "thứ Ba, ngày 20/10/2026", unbroken. The
// short weekday of DateShort is for the tables of officers: to others T6 is June.
func (r *Reader) DateIn(d calendar.Date) string { return unbroken(r.Text.DateIn(d.Time())) }

// DateWords is a date as its reader is used to it: an officer's of DateShort, everybody else's of DateIn.
func (r *Reader) DateWords(d calendar.Date) string {
	if r.staff {
		return r.DateShort(d)
	}
	return r.DateIn(d)
}

// Time is "09 giờ 42 phút" on the clocks of Viet Nam, unbroken.
func (r *Reader) Time(i calendar.Instant) string { return unbroken(r.Text.Time(calendar.Civil(i))) }

// DateTime is "09 giờ 42 phút ngày 20/10/2026" on the clocks of Viet Nam. It breaks between the hour and the day only.
func (r *Reader) DateTime(i calendar.Instant) string {
	both, hour := r.Text.DateTime(calendar.Civil(i)), r.Text.Time(calendar.Civil(i))
	return unbroken(hour) + " " + unbroken(strings.TrimSpace(strings.TrimPrefix(both, hour)))
}

// hour is "11 giờ 30" as the office writes its hours.
var hour = regexp.MustCompile(`\d{1,2} giờ( \d{2}\b)?`)

// Hours are the office's hours as it wrote them, of which no hour breaks over two lines.
func (r *Reader) Hours() string { return hour.ReplaceAllStringFunc(r.Authority.Hours, unbroken) }

// Count is how many there are: "417", "hơn 1.000".
func (r *Reader) Count(c doithoai.Count) string {
	if c.More() {
		return r.T("web.count.more", "number", r.Text.Number(doithoai.MaxCount))
	}
	return r.Text.Number(int(c))
}

// ListDay is "T5, 12/11" in a list, with the year where that is another than today's.
func (r *Reader) ListDay(d calendar.Date) string {
	words := r.DateShort(d)
	if d.Year == r.Today().Year {
		words = strings.TrimSuffix(words, fmt.Sprintf("/%04d", d.Year))
	}
	return words
}

// DueShort is Due in a list whose head says that days are working days: "còn 3 ngày", "quá hạn 2 ngày".
func (r *Reader) DueShort(c calendar.Calendar, due calendar.Date) (words string, late bool) {
	workdays, late := r.workdays(c, due)
	return unbroken(r.Text.DueShort(workdays, late)), late
}

// Due words how far a due date is, in working days: "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc"; late reports the
// latter.
func (r *Reader) Due(c calendar.Calendar, due calendar.Date) (words string, late bool) {
	workdays, late := r.workdays(c, due)
	return r.Text.Due(workdays, late), late
}

// Late reports whether a due date is past: one that has become a day off runs to the next working day.
func (r *Reader) Late(c calendar.Calendar, due calendar.Date) bool {
	return due.Before(c.Overdue(r.Today()))
}

// workdays are those until a due date, or, where it is late, those since the last day on which it was not.
func (r *Reader) workdays(c calendar.Calendar, due calendar.Date) (n int, late bool) {
	if !r.Late(c, due) {
		return c.WorkdaysBetween(r.Today(), c.Roll(due)), false
	}
	return c.DaysLate(due, r.Today()), true
}
