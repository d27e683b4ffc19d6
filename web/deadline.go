package web

import (
	"context"
	"io"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// TermWords says a length of time: "10 ngày làm việc".
func TermWords(p text.Printer, t calendar.Term) string {
	if t.Unit == calendar.Workdays {
		return p.T("date.term.workdays", "count", t.N)
	}
	return p.T("date.term.days", "count", t.N)
}

// StepWords says whether a day counts, and why.
func StepWords(p text.Printer, s calendar.DayStep) string {
	words := p.T("petition.why.day." + string(s.Reason))
	if s.Counted() {
		words = p.T("petition.why.counted", "n", s.N)
	}
	if s.Name != "" {
		words += " (" + s.Name + ")"
	}
	return words
}

// Why says, folded, why a petition is due on its day: each act that set, stopped or moved the date, day by day, with
// the law and the calendar by which it was reckoned, which may be older than the one in force.
type Why struct {
	*Reader
	Events     []doithoai.Event
	Calendars  map[string]calendar.Calendar // by version
	Parameters doithoai.Parameters
}

// whyStep is one of those acts.
type whyStep struct {
	Words    string
	Basis    string // the law it rests on, or that it rests on none; "" where the act before says so
	Days     []calendar.DayStep
	Rolled   calendar.Date // where the last day is off, the next working day
	Calendar string        // "" where no day was counted
	Beyond   bool          // the days off of a year weren't known
}

// Render implements templ.Component.
func (w Why) Render(ctx context.Context, out io.Writer) error { return w.html().Render(ctx, out) }

// whyWords word the acts on a due date.
var whyWords = map[doithoai.Act]func(Why, doithoai.Event) whyStep{
	doithoai.ActRuleOpinion:    Why.ruled,
	doithoai.ActAnswerLater:    Why.ruled,
	doithoai.ActPausePetition:  Why.paused,
	doithoai.ActResumePetition: Why.resumed,
	doithoai.ActExtendPetition: Why.extended,
	doithoai.ActMoveDue:        Why.moved,
	doithoai.ActKeepDue:        Why.kept,
	doithoai.ActReopenPetition: Why.again,
	doithoai.ActAllowReopening: Why.again,
}

// steps words the acts, oldest first. Of a term that was paused the days up to the pause are told; which calendar
// counted is said once, until another one does.
func (w Why) steps() (list []whyStep) {
	last := ""
	events := doithoai.DueEvents(w.Events)
	for i, e := range events {
		s := whyWords[e.Act](w, e)
		if i+1 < len(events) && events[i+1].Act == doithoai.ActPausePetition {
			stopped := events[i+1].Facts.Start
			s.Rolled = calendar.Date{}
			s.Days = slices.DeleteFunc(s.Days, func(d calendar.DayStep) bool { return d.Date.After(stopped) })
		}
		if s.Calendar == last {
			s.Calendar = ""
		} else if s.Calendar != "" {
			last = s.Calendar
		}
		list = append(list, s)
	}
	return list
}

// Newest are the words of the last act on the due date, and the law on which it rests or that it rests on none; ""
// where no act set one.
func (w Why) Newest() string {
	steps := w.steps()
	if len(steps) == 0 {
		return ""
	}
	last := steps[len(steps)-1]
	return strings.TrimSpace(last.Words + " " + last.Basis)
}

// title asks why it is that day; while the clock stands still there is none.
func (w Why) title() string {
	events := doithoai.DueEvents(w.Events)
	if len(events) == 0 {
		return w.T("petition.why.title")
	}
	switch last := events[len(events)-1]; {
	case last.Act == doithoai.ActPausePetition:
		return w.T("petition.why.title_paused")
	case !last.Facts.Due.IsZero():
		return w.T("petition.why.title_of", "due", w.Date(last.Facts.Due))
	}
	return w.T("petition.why.title")
}

// reckoned adds the days that were counted, where the date comes of a term.
func (w Why) reckoned(s whyStep, f doithoai.Facts) whyStep {
	c, known := w.Calendars[f.Calendar]
	if !known || !f.Term.Valid() {
		return s
	}
	d := c.Deadline(f.Start, f.Term)
	s.Calendar, s.Beyond = f.Calendar, d.Beyond
	for _, day := range d.Steps {
		if !day.Date.After(d.Due) {
			s.Days = append(s.Days, day)
		}
	}
	if d.Rolled != d.Due {
		s.Rolled = d.Rolled
	}
	return s
}

// basis is the law that a parameter rested on that day.
func (w Why) basis(key string, on calendar.Date) string {
	p, ok := w.Parameters.At(key, on)
	if !ok || p.HouseDefault() {
		return w.T("petition.why.house_default")
	}
	return w.T("petition.why.basis", "basis", p.Basis)
}

func (w Why) ruled(e doithoai.Event) whyStep {
	f := e.Facts
	if !f.PutBack.IsZero() {
		return w.reckoned(whyStep{Words: w.T("petition.why.put_back", "day", w.DateWords(e.At.Date()),
			"from", w.DateWords(f.PutBack), "to", w.DateWords(f.Due))}, f)
	}
	if f.Start.Before(e.At.Date()) { // a part carries on the clock of the whole
		return w.reckoned(whyStep{Words: w.T("classify.split.why", "due", w.DateWords(f.Due))}, f)
	}
	if !f.Term.Valid() {
		return whyStep{Words: w.T("petition.why.by_hand", "due", w.DateWords(f.Due))}
	}
	rule, _ := doithoai.RuleOf(doithoai.RulingCode(f.To))
	p, _ := w.Parameters.At(rule.Term, f.Start)
	return w.reckoned(whyStep{
		Words: w.T("petition.why.rule", "label", w.ParameterText(p), "term", TermWords(w.Text, f.Term),
			"start", w.DateWords(f.Start)),
		Basis: w.basis(rule.Term, f.Start),
	}, f)
}

// again is the term of a matter that is looked at again: that of the ruling which stood then.
func (w Why) again(e doithoai.Event) whyStep {
	f, term := e.Facts, ""
	for _, before := range w.Events {
		if before.Leaf < e.Leaf && before.Act.Rules() {
			rule, _ := doithoai.RuleOf(doithoai.RulingCode(before.Facts.To))
			term = rule.Term
		}
	}
	p, _ := w.Parameters.At(term, f.Start)
	return w.reckoned(whyStep{
		Words: w.T("reopening.why", "label", w.ParameterText(p), "term", TermWords(w.Text, f.Term),
			"start", w.DateWords(f.Start)),
		Basis: w.basis(term, f.Start),
	}, f)
}

func (w Why) paused(e doithoai.Event) whyStep {
	f := e.Facts
	return whyStep{Words: w.T("petition.why.paused", "start", w.DateWords(f.Start), "number", f.Number,
		"date", w.Date(f.Dated), "awaits", w.T("petition.pause.kind."+string(f.Awaits)), "left", TermWords(w.Text, f.Term))}
}

func (w Why) resumed(e doithoai.Event) whyStep {
	f := e.Facts
	words := w.T("petition.why.resumed", "start", w.DateWords(f.Start), "left", TermWords(w.Text, f.Term))
	return w.reckoned(whyStep{Words: words}, f)
}

func (w Why) extended(e doithoai.Event) whyStep {
	return whyStep{
		Words: w.T("petition.why.extended", "day", w.DateWords(e.At.Date()), "from", w.from(e.Facts),
			"to", w.DateWords(e.Facts.Due)),
		Basis: w.basis(doithoai.ParameterExtensionTerm, e.At.Date()), Calendar: e.Facts.Calendar,
	}
}

func (w Why) moved(e doithoai.Event) whyStep {
	words := w.T("petition.why.moved", "day", w.DateWords(e.At.Date()), "from", w.from(e.Facts),
		"to", w.DateWords(e.Facts.Due))
	return w.reckoned(whyStep{Words: words, Calendar: e.Facts.Calendar}, e.Facts)
}

func (w Why) kept(e doithoai.Event) whyStep {
	return whyStep{Words: w.T("petition.why.kept", "day", w.DateWords(e.At.Date()), "due", w.DateWords(e.Facts.Due),
		"version", e.Facts.Calendar)}
}

// from is the due date before the act.
func (w Why) from(f doithoai.Facts) string {
	d, err := calendar.ParseDate(f.From)
	if err != nil {
		return f.From
	}
	return w.DateWords(d)
}

// Elapsed says how long somebody has waited since the receipt, which no pause stops, or how long the answer took.
func (r *Reader) Elapsed(c calendar.Calendar, received calendar.Instant, answered calendar.Instant) string {
	until := r.Today()
	if !answered.IsZero() {
		until = answered.Date()
	}
	from := received.Date()
	if from == until && answered.IsZero() {
		return r.T("petition.why.elapsed_today", "start", r.DateWords(from))
	}
	if !answered.IsZero() {
		if from == until {
			return r.T("petition.why.answered_same_day", "start", r.DateWords(from))
		}
		return r.T("petition.why.answered_after", "start", r.Date(from),
			"workdays", r.T("date.term.workdays", "count", c.WorkdaysBetween(from, until)))
	}
	return r.T("petition.why.elapsed", "days", r.T("date.term.days", "count", from.DaysUntil(until)),
		"workdays", r.T("date.term.workdays", "count", c.WorkdaysBetween(from, until)), "start", r.Date(from))
}
