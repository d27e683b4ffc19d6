package web

import (
	"strings"

	"doithoai"
)

// DateShort is "T5, 12/11/2026", which never breaks over two lines.
func (r *Request) DateShort(d doithoai.Date) string {
	return strings.ReplaceAll(r.Text.DateShort(d.Time()), " ", "\u00a0")
}

// Date is "12/11/2026".
func (r *Request) Date(d doithoai.Date) string { return r.Text.Date(d.Time()) }

// DateLong is "Chủ nhật, ngày 25/10/2026".
func (r *Request) DateLong(d doithoai.Date) string { return r.Text.DateLong(d.Time()) }

// Time is "09 giờ 42 phút" on the clocks of Viet Nam.
func (r *Request) Time(i doithoai.Instant) string { return r.Text.Time(doithoai.Civil(i)) }

// DateTime is "09 giờ 42 phút ngày 20/10/2026" on the clocks of Viet Nam.
func (r *Request) DateTime(i doithoai.Instant) string { return r.Text.DateTime(doithoai.Civil(i)) }

// Due words how far a due date is, in working days: "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc"; late reports the
// latter.
func (r *Request) Due(c doithoai.Calendar, due doithoai.Date) (words string, late bool) {
	today := r.Today()
	if late = today.After(due); late {
		return r.Text.Due(c.WorkdaysBetween(due, today), true), true
	}
	return r.Text.Due(c.WorkdaysBetween(today, due), false), false
}
