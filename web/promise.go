package web

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/web/ui"
)

// Promise is how pages show where a promise stands, in words. Calendar is the one in force.
type Promise struct {
	*Reader
	doithoai.Promise
	Calendar calendar.Calendar
}

// IsLate reports whether the promise was not kept in time, or is past its day while it is open.
func (p Promise) IsLate() bool { return p.Promise.Late(p.Today(), p.Calendar) }

// Tag is where the promise stands, in two or three words.
func (p Promise) Tag() ui.Tag {
	late := p.IsLate()
	switch {
	case p.State == doithoai.PromiseOpen && late:
		return ui.Tag{Text: p.T("promise.state.late"), Colour: ui.Red}
	case p.State == doithoai.PromiseOpen:
		return ui.Tag{Text: p.T("promise.state.open")}
	case p.State == doithoai.PromiseKept && late:
		return ui.Tag{Text: p.T("promise.state.kept_late"), Colour: ui.Yellow}
	case p.State == doithoai.PromiseKept:
		return ui.Tag{Text: p.T("promise.state.kept"), Colour: ui.Green}
	case p.State == doithoai.PromiseBroken:
		return ui.Tag{Text: p.T("promise.state.broken"), Colour: ui.Red}
	}
	return ui.Tag{Text: p.T("promise.state.replaced"), Colour: ui.Grey}
}

// Countdown says how far the day of an open promise is, else on which day it ended; what was late says so.
func (p Promise) Countdown() ui.Due {
	if p.State == doithoai.PromiseOpen {
		words, late := p.Reader.Due(p.Calendar, p.Promised.Due)
		if p.Missed && !late { // it was recorded as kept after its day, and that was taken back
			words, late = p.T("promise.missed"), true
		}
		return ui.Due{Text: words, Late: late}
	}
	words := p.T("promise.ended."+string(p.State), "date", p.Date(p.EndedAt.Date()), "done", p.Date(p.DoneOn))
	return ui.Due{Text: words, Late: p.Missed}
}

// Lateness says of a promise that ended after its day how that is known; "" of another one.
func (p Promise) Lateness() string {
	if !p.Missed || p.State == doithoai.PromiseOpen {
		return ""
	}
	return p.T("promise.lateness."+string(p.State), "date", p.Date(p.EndedAt.Date()))
}

// Sentence says in full who does it until when, as people read it.
func (p Promise) Sentence(unit string) string {
	return p.T("promise.sentence", "unit", unit, "date", p.Date(p.Promised.Due))
}
