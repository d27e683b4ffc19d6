package doithoai

import "doithoai/calendar"

// ParameterAfterHours says whether something handed in outside office hours counts as received at once or when the
// office opens next: its value is AfterHoursNextOpening then.
const (
	ParameterAfterHours   = "receipt.after_hours"
	AfterHoursNextOpening = "next_opening"
)

// waitsForOpening reports whether a receipt of that day waits for office hours.
func (ps Parameters) waitsForOpening(on calendar.Date) bool {
	p, ok := ps.At(ParameterAfterHours, on)
	return ok && p.Value == AfterHoursNextOpening
}

// CountsFrom returns the moment from which terms run of something that was received: that moment, or the next opening
// where the parameter of that day lets a receipt outside office hours wait for it.
func (ps Parameters) CountsFrom(c calendar.Calendar, received calendar.Instant) calendar.Instant {
	if ps.waitsForOpening(received.Date()) {
		return c.Opening(received)
	}
	return received
}

// CountedUntil returns the moment before which whatever is received counts from the day or an earlier one: its end, or
// the last closing up to then where receipts wait for office hours.
func (ps Parameters) CountedUntil(c calendar.Calendar, day calendar.Date) calendar.Instant {
	if !ps.waitsForOpening(day) {
		return calendar.InstantAt(day, 24, 0)
	}
	for d, n := day, 0; n < calendar.LongestShut; d, n = d.AddDays(-1), n+1 {
		if hours := c.HoursOn(d); len(hours) > 0 {
			closes := hours[len(hours)-1].Closes
			return closes.On(d)
		}
	}
	return calendar.InstantAt(day, 24, 0)
}
