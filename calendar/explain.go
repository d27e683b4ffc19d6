package calendar

// DayReason says why a day counts, or doesn't, in working days.
type DayReason string

const (
	DayPlain     DayReason = "workday"    // Monday to Friday
	DaySwappedIn DayReason = "swapped_in" // a day of rest that is worked
	DayWeekend   DayReason = "weekend"    // Saturday or Sunday
	DayHoliday   DayReason = "holiday"    // off by the calendar
	DayStart     DayReason = "start"      // the day of the event isn't counted (BLDS 2015 Đ.147 k.2)
	DayCounted   DayReason = "calendar"   // every day counts in calendar days
)

// Deadline is when a term ends, and why then.
type Deadline struct {
	Start   Date
	Term    Term
	Due     Date   // the target: the day at whose end (24:00) the term ends
	Rolled  Date   // the next working day where Due is off, else Due. Information only: being early is never wrong
	Beyond  bool   // the days off of a year it runs through aren't known yet: Due may still move
	Version string // of the calendar
	Steps   []DayStep
}

// DayStep explains one day on the way from the start to the deadline. A day
// after Due, up to Rolled, isn't counted.
type DayStep struct {
	Date   Date
	N      int // the ordinal of a counted day from 1, 0 of one that isn't counted
	Reason DayReason
	Name   string // what the calendar calls the day, "" where it says nothing
}

// Counted reports whether the day uses up the term.
func (s DayStep) Counted() bool { return s.N > 0 }

// Deadline explains, day by day, when the term t of an event on the day start
// ends: on the day Due; where that day of a term in calendar days is off, Đ.148
// k.5 lets it run to the end of the next working day, Rolled. It panics unless
// t is Valid.
func (c Calendar) Deadline(start Date, t Term) Deadline {
	due := c.Due(start, t)
	dl := Deadline{Start: start, Term: t, Due: due, Rolled: c.Roll(due), Version: c.version}
	dl.Beyond = c.beyond(start, dl.Rolled)
	dl.Steps = c.steps(dl)
	return dl
}

// steps explains each day from the start to the rolled end.
func (c Calendar) steps(dl Deadline) []DayStep {
	steps := []DayStep{{Date: dl.Start, Reason: DayStart, Name: c.days[dl.Start].Name}}
	n := 0
	for d := dl.Start.AddDays(1); !d.After(dl.Rolled); d = d.AddDays(1) {
		step := DayStep{Date: d, Reason: c.reason(d), Name: c.days[d].Name}
		inTerm := !d.After(dl.Due) && n < dl.Term.N
		if inTerm && dl.Term.Unit == Days {
			step.Reason = DayCounted
		}
		if inTerm && (dl.Term.Unit == Days || c.Works(d)) {
			n++
			step.N = n
		}
		steps = append(steps, step)
	}
	return steps
}

// BackwardLimit is the last day for something that must happen before an event.
type BackwardLimit struct {
	Event   Date
	Term    Term
	Latest  Date      // the last lawful day
	Advised Date      // the working day before it where Latest is off, else Latest
	Beyond  bool      // the days off of a year it runs through aren't known yet
	Version string    // of the calendar
	Steps   []DayStep // from the event back to Advised
}

// stepsBack explains each day from the event back to the advised day.
func (c Calendar) stepsBack(l BackwardLimit) []DayStep {
	steps := []DayStep{{Date: l.Event, Reason: DayStart, Name: c.days[l.Event].Name}}
	n := 0
	for d := l.Event.AddDays(-1); !d.Before(l.Advised); d = d.AddDays(-1) {
		step := DayStep{Date: d, Reason: c.reason(d), Name: c.days[d].Name}
		inTerm := !d.Before(l.Latest) && n < l.Term.N
		if inTerm && l.Term.Unit == Days {
			step.Reason = DayCounted
		}
		if inTerm && (l.Term.Unit == Days || c.Works(d)) {
			n++
			step.N = n
		}
		steps = append(steps, step)
	}
	return steps
}
