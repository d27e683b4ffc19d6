package office

import "doithoai"

// explanation says why a due date is that day.
type explanation struct {
	ByHand  bool   // nobody reckoned it: who ruled set it
	Rule    string // what term, from which day
	Basis   string // the law it rests on, or that it rests on none
	Days    []explainedDay
	Changed bool // by today's calendar it would be another day
}

type explainedDay struct {
	Date  doithoai.Date
	Words string
}

// deadline explains the petition's due date: the term that the ruling's parameter granted on that day, its basis, and each
// day of it by the calendar.
func (p opinionPage) deadline() explanation {
	term := p.Petition.Term
	if !term.Valid() || term.N == 0 {
		return explanation{ByHand: true}
	}
	rules := p.outlook.rules
	d := rules.Calendar.Deadline(p.Petition.Start, term)
	rule, _ := doithoai.RuleOf(p.Opinion.Ruling)
	parameter, _ := rules.Parameters.At(rule.Term, p.Petition.Start)
	e := explanation{
		Rule:    p.T("office.why.rule", "label", parameter.Label, "term", p.term(term), "start", p.DateShort(p.Petition.Start)),
		Basis:   p.T("office.why.basis", "basis", parameter.Basis),
		Changed: d.Due != p.Petition.Due || d.Version != p.Petition.CalendarVersion,
	}
	if parameter.HouseDefault() {
		e.Basis = p.T("office.why.house_default")
	}
	for _, step := range d.Steps {
		if !step.Date.After(d.Due) {
			e.Days = append(e.Days, explainedDay{step.Date, p.dayWords(step)})
		}
	}
	return e
}

// dayWords says whether a day counts, and why.
func (p opinionPage) dayWords(s doithoai.DayStep) string {
	words := p.T("office.why.day." + string(s.Reason))
	if s.Counted() {
		words = p.T("office.why.counted", "n", s.N)
	}
	if s.Name != "" {
		words += " (" + s.Name + ")"
	}
	return words
}

// term words a length of time: "10 ngày làm việc".
func (p opinionPage) term(t doithoai.Term) string {
	if t.Unit == doithoai.Workdays {
		return p.T("office.term.workdays", "count", t.N)
	}
	return p.T("office.term.days", "count", t.N)
}
