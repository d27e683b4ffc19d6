package report

import (
	"cmp"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Summary is what a roll-up keeps of a dialogue that was held: days and numbers, nobody's name.
type Summary struct {
	Slug string
	Held calendar.Date
	Sums // of this dialogue alone
}

// Sums are what a roll-up adds up, of a dialogue, of a commune or of all.
type Sums struct {
	Dialogues    int // held
	NoticesLate  int // of these: people were told later than the law asks for
	ResultsLate  int // of these: the results were published late, or the last day for it is past
	Received     int // opinions raised there
	Timely       int // of what was to be answered by now: answered in time
	Answerable   int // what was to be answered by now
	Overdue      int // of this: not answered
	Satisfied    int // of those who said how satisfied they were on the whole: on one of the two best levels
	Rated        int // those who said it; dialogues of which fewer than five said it are in neither
	Promised     int // promises of conclusions and answers
	Kept         int // of these: kept
	PromisesLate int // of these: late, kept in the end or not
}

// Numbers are the sums, always in one order.
func (s *Sums) Numbers() []*int {
	return []*int{
		&s.Dialogues, &s.NoticesLate, &s.ResultsLate, &s.Received, &s.Timely, &s.Answerable, &s.Overdue, &s.Satisfied,
		&s.Rated, &s.Promised, &s.Kept, &s.PromisesLate,
	}
}

// Add is both together; n is how often the other is in it, -1 takes it away.
func (s Sums) Add(other Sums, n int) Sums {
	more := other.Numbers()
	for i, to := range s.Numbers() {
		*to += n * *more[i]
	}
	return s
}

// Late reports whether anything is, or was, late: a notice, results, an answer that is overdue, a promise.
func (s Sums) Late() bool { return s.NoticesLate+s.ResultsLate+s.Overdue+s.PromisesLate > 0 }

// OnTime is the share of what was answered in time among what was to be answered by now, in tenths of a per cent.
func (s Sums) OnTime() (tenths int, ok bool) { return tenthsOf(s.Timely, s.Answerable) }

// Satisfaction is the share of those who were satisfied, in tenths of a per cent.
func (s Sums) Satisfaction() (tenths int, ok bool) { return tenthsOf(s.Satisfied, s.Rated) }

// Summary is what a roll-up keeps of a result, as of a day, by the rules of the dialogue's day: parameters
// "notice.days" and "result.publish". Where one of them is not in force, nothing is late by it.
func (r Result) Summary(rules doithoai.Rules, today calendar.Date) Summary {
	d := r.Dialogue
	s := Summary{Slug: d.Slug, Held: d.Began.Date()}
	s.Dialogues, s.Received, s.Overdue = 1, r.Book.Received(), r.Book.Count(GroupTime+"/"+string(Overdue))
	s.Timely, s.Answerable = r.Book.Timely()
	latest, ok := rules.NoticeLatest(doithoai.Dialogue{StartsAt: d.Began})
	if ok && (d.Noticed.IsZero() || d.Noticed.After(latest)) {
		s.NoticesLate = 1
	}
	if term, err := rules.Parameters.TermAt("result.publish", s.Held); err == nil {
		if cmp.Or(d.Published, today).After(rules.Calendar.Deadline(s.Held, term).Due) {
			s.ResultsLate = 1
		}
	}
	if r.Survey != nil && r.Survey.Overall >= 0 && r.Survey.Overall < len(r.Survey.Questions) {
		if x := r.Survey.Questions[r.Survey.Overall].Index(); x.Of >= doithoai.MinSurveyGroup {
			s.Satisfied, s.Rated = x.Satisfied, x.Of
		}
	}
	for _, p := range r.Promises {
		s.Promised++
		if p.State == doithoai.PromiseKept {
			s.Kept++
		}
		if p.Late {
			s.PromisesLate++
		}
	}
	return s
}

// Period is the part of a year of which a roll-up is: from its first day to the end of the period.
type Period int

// The periods: three quarters, and the year.
const (
	FirstQuarter  Period = 1
	HalfYear      Period = 2
	ThreeQuarters Period = 3
	WholeYear     Period = 4
)

// Periods in their order.
var Periods = []Period{FirstQuarter, HalfYear, ThreeQuarters, WholeYear}

// Ends is the last day of a period of a year: a quarter's as everywhere, parameter "roll_up.cutoff". The year ends with
// its last day: whether a dialogue was held in it is asked of the calendar year.
func (p Period) Ends(year int, parameters doithoai.Parameters) calendar.Date {
	if p == WholeYear {
		return calendar.DateOf(year, time.December, 31)
	}
	return closes(year, int(p), parameters)
}

// PeriodOn is the period in which a day lies.
func PeriodOn(day calendar.Date, parameters doithoai.Parameters) Period {
	for _, p := range Periods {
		if !day.After(p.Ends(day.Year, parameters)) {
			return p
		}
	}
	return WholeYear
}

// Row is a commune in a roll-up.
type Row struct {
	Subordinate
	Last calendar.Date // of its dialogues, the day of the last; absent: it held none
	Slug string        // that dialogue's
	Sums
}

// RowOf adds up what a commune held in a year by the end of a period.
func RowOf(s Subordinate, held []Summary, year int, ends calendar.Date) Row {
	row := Row{Subordinate: s}
	for _, d := range held {
		if d.Held.Year != year || d.Held.After(ends) {
			continue
		}
		row.Sums = row.Sums.Add(d.Sums, 1)
		if row.Last.IsZero() || d.Held.After(row.Last) {
			row.Last, row.Slug = d.Held, d.Slug
		}
	}
	return row
}

// Total are all communes of a roll-up together.
type Total struct {
	Communes int
	None     int // held no dialogue
	Late     int // of which anything is late
	Sums
}

// Add is the total with a commune, n times: 1 or -1.
func (t Total) Add(r Row, n int) Total {
	t.Communes += n
	if r.Dialogues == 0 {
		t.None += n
	}
	if r.Sums.Late() {
		t.Late += n
	}
	t.Sums = t.Sums.Add(r.Sums, n)
	return t
}
