package web

import (
	"doithoai"
	"doithoai/calendar"
)

// OnwardSent says to whom the authority wrote, by which document.
func (r *Reader) OnwardSent(l doithoai.OnwardLetter) string {
	return r.T("onward.sent."+string(l.Kind), "authority", r.Authority.Name, "to", l.To, "number", l.Number,
		"date", r.Date(l.Dated))
}

// OnwardWaited says how long the body's word is or was waited for, in days and working days of the calendar.
func (r *Reader) OnwardWaited(c calendar.Calendar, l doithoai.OnwardLetter) string {
	until := l.WaitedUntil(r.Today())
	return r.T("onward.waited."+string(l.State), "days", r.T("date.term.days", "count", l.Dated.DaysUntil(until)),
		"workdays", r.T("date.term.workdays", "count", c.WorkdaysBetween(l.Dated, until)))
}

// OnwardReplied says that the body gave its word, by which document or by word of mouth.
func (r *Reader) OnwardReplied(l doithoai.OnwardLetter) string {
	if l.Reply.Number == "" {
		return r.T("onward.replied.word", "to", l.To, "date", r.Date(l.Reply.Day))
	}
	return r.T("onward.replied.document", "to", l.To, "number", l.Reply.Number, "date", r.Date(l.Reply.Day))
}
