package doithoai

import "doithoai/calendar"

// Rules are an authority's dated rules: parameters, calendar, fields.
type Rules struct {
	Parameters Parameters
	Calendar   calendar.Calendar
	Fields     []Field
}

// Propose reckons the due date that a ruling's parameter proposes on a day, Rolled where the term's last day is off;
// false where the ruling opens nothing or no parameter is in force.
func (r Rules) Propose(rule RulingRule, on calendar.Date) (calendar.Deadline, bool) {
	if !rule.OpensPetition {
		return calendar.Deadline{}, false
	}
	term, err := r.Parameters.TermAt(rule.Term, on)
	if err != nil {
		return calendar.Deadline{}, false
	}
	return r.Calendar.Deadline(on, term), true
}

// DueOf is the last day of a parameter's term from a day on, zero where the parameter is not in force. It is reckoned
// anew each time: days that are past count as they were known ([calendar.Calendar.AsKnown]), or a day off declared
// afterwards would make timely what was late.
func (r Rules) DueOf(key string, from calendar.Date) calendar.Date {
	term, err := r.Parameters.TermAt(key, from)
	if err != nil {
		return calendar.Date{}
	}
	return r.Calendar.AsKnown().Due(from, term)
}

// CountsFrom is the moment from which terms of a receipt run ([Parameters.CountsFrom]).
func (r Rules) CountsFrom(received calendar.Instant) calendar.Instant {
	return r.Parameters.CountsFrom(r.Calendar.AsKnown(), received)
}

// RuleBy is the day by which an opinion without a ruling should get one, as it stands on a day: that of its dialogue
// (the zero Dialogue where it is for none) while that is not past, else the last of the term "classify.within" from its
// receipt. A dialogue that was postponed or cancelled has no day for which an opinion could wait: the term runs from
// the day on which people were told so, if that came later. Zero where that parameter is not in force.
func (r Rules) RuleBy(o Opinion, d Dialogue, on calendar.Date) calendar.Date {
	if d.State.Dayless() && d.Noticed.After(o.ReceivedAt) {
		return r.DueOf("classify.within", d.Noticed.Date())
	}
	if held := d.StartsAt.Date(); !d.State.Dayless() && !d.StartsAt.IsZero() && !held.Before(on) {
		return held
	}
	return r.DueOf("classify.within", r.CountsFrom(o.ReceivedAt).Date())
}

// UnruledLate is the instant before which an opinion was received that is late on a day for want of a ruling, unless
// its dialogue is still to come ([Rules.RuleBy]). Zero where none can be late.
func (r Rules) UnruledLate(on calendar.Date) calendar.Instant {
	r.Calendar = r.Calendar.AsKnown()
	for day := on; ; day = day.AddDays(-1) {
		due := r.DueOf("classify.within", day)
		if due.IsZero() {
			return calendar.Instant{}
		}
		if due.Before(on) {
			return r.Parameters.CountedUntil(r.Calendar, day)
		}
	}
}

// FieldName is the name of a field's code, empty where the code is.
func (r Rules) FieldName(code string) string {
	for _, f := range r.Fields {
		if f.Code == code {
			return f.Name
		}
	}
	return ""
}
