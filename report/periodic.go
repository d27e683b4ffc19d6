package report

import (
	"cmp"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// Origin says whether a matter came in a span, or was carried over from the one before.
type Origin string

const (
	OriginNew     Origin = "new"
	OriginCarried Origin = "carried"
)

// About says what a matter is about, by NĐ 20/2008 Đ.5: the conduct of officials, the rules themselves, or both.
type About string

const (
	AboutConduct About = "conduct"
	AboutRules   About = "rules"
	AboutBoth    About = "both"
	AboutOther   About = "other" // a question, or nobody has said
)

// AboutOf is what a matter of a content is about; conduct says that its field is that of conduct, or that officials are
// named in it.
func AboutOf(content doithoai.ContentCode, conduct bool) About {
	conduct = conduct || content == 1
	switch rules := content > 1; {
	case conduct && rules:
		return AboutBoth
	case conduct:
		return AboutConduct
	case rules:
		return AboutRules
	}
	return AboutOther
}

// Became is what became of a matter by the end of a day.
type Became string

const (
	BecameOpen     Became = "open"     // somebody waits for an answer
	BecameAnswered Became = "answered" // on the spot, or the first answer went out
	BecamePassed   Became = "passed"   // another body's: explained where to go
	BecameClosed   Became = "closed"   // not accepted, withdrawn, a complaint
)

// Step is an act that moves what became of a matter: a ruling, the dispatch of its first answer, its publication.
type Step struct {
	On   calendar.Date
	Act  doithoai.Act
	To   doithoai.RulingCode // of a ruling
	Late bool                // the due date was past
}

// Stood is what had become of a matter by the end of a day.
type Stood struct {
	Became Became
	On     calendar.Date // it was done with; absent while it is open
	Late   bool          // it was done with after its due date
	Public bool
}

// StoodOn is what had become of a matter by the end of a day, by its steps in the order in which they were taken. Where
// a ruling follows another one, the last one counts. Who did not agree with the first answer was answered all the same:
// it is that answer which counts, as in [TimelinessOf].
func StoodOn(steps []Step, day calendar.Date) Stood {
	s := Stood{Became: BecameOpen}
	answered := false
	for _, step := range steps {
		if step.On.After(day) {
			break
		}
		switch step.Act {
		case doithoai.ActDispatchAnswer:
			if !answered {
				s.Became, s.On, s.Late, answered = BecameAnswered, step.On, step.Late, true
			}
		case doithoai.ActApprovePublication:
			s.Public = true
		case doithoai.ActRuleOpinion, doithoai.ActWithdrawOpinion:
			if answered {
				continue
			}
			rule, _ := doithoai.RuleOf(step.To)
			s.Became, s.On, s.Late = BecameClosed, step.On, step.Late
			switch {
			case rule.OpensPetition:
				s.Became, s.On, s.Late = BecameOpen, calendar.Date{}, false
			case step.To == doithoai.RulingOnTheSpot:
				s.Became = BecameAnswered
			case step.To == doithoai.RulingOtherBody:
				s.Became = BecamePassed
			}
		}
	}
	return s
}

// Counted is a matter as periodic figures count it. Nothing in it tells who raised it.
type Counted struct {
	Number   doithoai.RegisterNumber
	Received calendar.Date
	Entered  calendar.Date // into the register
	Words    string        // what it is about, as everybody may read it; empty: it is on conduct, and nothing is public
	Field    string
	Unit     string // that leads it; of who answered
	Origin   Origin
	About    About
	Stood
}

// Periodic are the figures of a span (số liệu định kỳ), as of its last day, or of today where it is not over.
//
// New and carried over are together what was done with and what is open; what is open is what the next span carries
// over. What became of a matter follows from the acts until then, and stays; its field and what it is about are as they
// stand in the register when the figures are asked for. Denunciations are in no figure but their own, and who raised a
// matter by two ways counts once.
type Periodic struct {
	Span      Span
	Current   Span          // the quarter of today
	From, To  calendar.Date // its first and its last day
	At        calendar.Date // of which the figures are: To, or today where that is to come
	Form      PeriodForm
	Matters   []Counted
	Denounced int // received in the span
	Withheld  map[doithoai.RegisterNumber]bool
}

// PeriodicRow is a row of the table: the matters of one field.
type PeriodicRow struct {
	Field  string // "": of none
	Counts []int  // at each column's index
}

// Rows are the rows of the table, the field with the most matters first, what is of none last.
func (p Periodic) Rows() (rows []PeriodicRow) {
	all, at := map[string]int{}, map[string]int{}
	for _, m := range p.Matters {
		i, there := at[m.Field]
		if !there {
			i = len(rows)
			at[m.Field] = i
			rows = append(rows, PeriodicRow{Field: m.Field, Counts: make([]int, len(p.Form.Columns))})
		}
		all[m.Field]++
		for column, c := range p.Form.Columns {
			if c.Counts(m) {
				rows[i].Counts[column]++
			}
		}
	}
	slices.SortFunc(rows, func(a, b PeriodicRow) int {
		if (a.Field == "") != (b.Field == "") {
			return -cmp.Compare(a.Field, b.Field)
		}
		return cmp.Or(cmp.Compare(all[b.Field], all[a.Field]), cmp.Compare(a.Field, b.Field))
	})
	return rows
}

// Sums are the counts of all fields together.
func (p Periodic) Sums() []int {
	sums := make([]int, len(p.Form.Columns))
	for _, row := range p.Rows() {
		for i, n := range row.Counts {
			sums[i] += n
		}
	}
	return sums
}

// Where are the matters that a column counts, by its index; of one field where it is given.
func (p Periodic) Where(column int, field *string) (all []Counted) {
	for _, m := range p.Matters {
		if p.Form.Columns[column].Counts(m) && (field == nil || m.Field == *field) {
			all = append(all, m)
		}
	}
	return all
}

// Balance are the four numbers of which the first two are together what the last two are.
func (p Periodic) Balance() (carried, new, done, open int) {
	for _, m := range p.Matters {
		if m.Origin == OriginCarried {
			carried++
		} else {
			new++
		}
		if m.Became == BecameOpen {
			open++
		} else {
			done++
		}
	}
	return carried, new, done, open
}

// EnteredLater is how many matters came in the span and were entered into the register after it had closed: a paper
// that was made of it before does not have them.
func (p Periodic) EnteredLater() (n int) {
	for _, m := range p.Matters {
		if m.Entered.After(p.To) {
			n++
		}
	}
	return n
}
