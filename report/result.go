package report

import (
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// Result is what the report of a dialogue's result says, as of a moment: everything is in it that the paper, its
// annexes, the page and the file show.
type Result struct {
	At        calendar.Instant `json:"at"` // the moment as of which it counts
	Authority string           `json:"authority"`
	Code      string           `json:"code,omitempty"` // its slug, by which the superior knows it
	Superior  string           `json:"superior,omitempty"`
	Dialogue  Dialogue         `json:"dialogue"`
	Prepared  Prepared         `json:"prepared"`
	Heads     []Heads          `json:"heads,omitempty"`
	Book      Book             `json:"book"`
	Promises  []Promise        `json:"promises,omitempty"`
	Earlier   []Earlier        `json:"earlier,omitempty"`
	Survey    *Survey          `json:"survey,omitempty"` // nil: too few answered to say what
	Words     Words            `json:"words"`
}

// Dialogue is the dialogue that the report is of.
type Dialogue struct {
	Title     string           `json:"title"`
	Slug      string           `json:"slug"`
	Began     calendar.Instant `json:"began"`
	Ended     calendar.Instant `json:"ended"`
	Venue     string           `json:"venue"`
	Plan      Paper            `json:"plan,omitzero"`      // on which it rests
	Chair     string           `json:"chair"`              // who was to preside
	Presided  []string         `json:"presided,omitempty"` // who did, in their order
	Noticed   calendar.Date    `json:"noticed,omitzero"`   // when people were last told of its day
	Published calendar.Date    `json:"published,omitzero"` // when its results were
}

// InPerson reports whether who was to preside did so from the beginning to the end.
func (d Dialogue) InPerson() bool {
	return len(d.Presided) == 0 || slices.Equal(d.Presided, []string{d.Chair})
}

// Prepared is how the dialogue was prepared and made known.
type Prepared struct {
	Papers     []Issued `json:"papers,omitempty"`     // in the order of their days
	Broadcasts int      `json:"broadcasts,omitempty"` // readings to the end
	Posted     int      `json:"posted,omitempty"`     // proofs that something was posted at the office
	Villages   int      `json:"villages,omitempty"`   // that were to be told of it
	Told       int      `json:"told,omitempty"`       // that were
	Moves      int      `json:"moves,omitempty"`      // how often its day or place changed
	Printed    int      `json:"printed,omitempty"`    // slips with a number
	Handed     int      `json:"handed,omitempty"`     // of these: handed out
	Returned   int      `json:"returned,omitempty"`   // of these: came back
}

// Issued is a paper that was issued for the dialogue.
type Issued struct {
	Kind doithoai.DocumentKind `json:"kind"`
	Paper
}

// Heads are how many of a group were there.
type Heads struct {
	Group    doithoai.HeadGroup `json:"group"`
	Expected int                `json:"expected,omitempty"`
	Present  int                `json:"present"`
}

// Present is how many were there, or of one of the groups.
func (r Result) Present(of ...doithoai.HeadGroup) (n int) {
	for _, h := range r.Heads {
		if len(of) == 0 || slices.Contains(of, h.Group) {
			n += h.Present
		}
	}
	return n
}

// Promise is what the conclusion of the dialogue promised, or an answer to an opinion raised there.
type Promise struct {
	Number doithoai.RegisterNumber `json:"number,omitempty"` // of the opinion; empty: the conclusion
	What   string                  `json:"what"`
	Unit   string                  `json:"unit"`
	Due    calendar.Date           `json:"due"`
	State  doithoai.PromiseState   `json:"state"`
	Late   bool                    `json:"late,omitempty"`
	Done   calendar.Date           `json:"done,omitzero"`
	Said   string                  `json:"said,omitempty"`
}

// Earlier is what was left of an earlier dialogue, and what became of it.
type Earlier struct {
	Title   string        `json:"title"`
	Held    calendar.Date `json:"held"`
	Matters []Matter      `json:"matters"`
}

// Survey is what those who were there said of the dialogue, unnamed.
type Survey struct {
	Returned  int        `json:"returned"`
	Invalid   int        `json:"invalid,omitempty"`
	Valid     int        `json:"valid"`
	Few       bool       `json:"few,omitempty"` // so few that the numbers must be read with care
	Overall   int        `json:"overall"`       // which question's index is published, from 0
	Questions []Question `json:"questions"`     // but for those that too few answered
}

// Question is a question of a survey with how often each level was given, from the worst.
type Question struct {
	Text   string `json:"text"`
	Counts []int  `json:"counts"`
}

// SurveyOf is what a report says of a survey; nil where too few answered.
func SurveyOf(r doithoai.SurveyResult) *Survey {
	if !r.Enough() {
		return nil
	}
	total := r.Total()
	s := &Survey{Returned: total.Returned, Invalid: total.Invalid, Valid: total.Valid, Few: r.Few(), Overall: -1}
	for i, q := range r.Form.Questions {
		if !r.ShowsQuestion(i) {
			continue
		}
		if i == r.Form.Overall() {
			s.Overall = len(s.Questions)
		}
		s.Questions = append(s.Questions, Question{q.Text, total.Counts[i]})
	}
	return s
}

// Index is the index of satisfaction of a question: of those who answered, how many chose one of the two best levels.
func (q Question) Index() (x doithoai.SurveyIndex) {
	for i, n := range q.Counts {
		if x.Of += n; i >= len(q.Counts)-2 {
			x.Satisfied += n
		}
	}
	return x
}

// Words are what the office says itself, a paragraph a line: the report's parts IV and V, and what it adds to the
// others.
type Words struct {
	Prepared  string `json:"prepared,omitempty"`
	Held      string `json:"held,omitempty"`
	Survey    string `json:"survey,omitempty"`
	Lacking   string `json:"lacking,omitempty"` // shortcomings, their causes
	Proposals string `json:"proposals,omitempty"`
}

// Fault is a sum of a result that does not agree, or a row that contradicts itself.
type Fault struct {
	Key  string // in the catalogues, after "report.fault."
	Args []any
}

// Faults are what is wrong with a result, whoever made it: figures of a group that are not together what they must be;
// numbers twice; what is said to be in time and went out after the last day, or is said to run and is past it; a matter
// that waits and was answered; a day to come; a denunciation among the rows.
func (r Result) Faults() (all []Fault) {
	add := func(key string, args ...any) { all = append(all, Fault{key, args}) }
	for _, g := range r.Book.Groups() {
		if n := g.Sum(); g.Whole >= 0 && n != g.Whole {
			add("sum", "group", g.Key, "sum", n, "whole", g.Whole)
		}
	}
	for row, n := range r.Book.Denounced {
		if n < 0 || !slices.Contains(doithoai.TallyRows, row) {
			add("denounced", "count", n)
		}
	}
	seen, today := map[doithoai.RegisterNumber]bool{}, r.At.Date()
	for _, m := range r.Book.Matters {
		n := string(m.Number)
		if seen[m.Number] || m.Number == "" {
			add("twice", "number", n)
		}
		seen[m.Number] = true
		switch {
		case m.Time == Running && m.Ends.Before(today):
			add("overdue", "number", n)
		case m.Time == InTime && !m.Ends.IsZero() && m.Answered.After(m.Ends):
			add("late", "number", n)
		case m.Waits() && !m.Answered.IsZero():
			add("waits", "number", n)
		case m.Answered.After(today) || m.Received.After(today):
			add("future", "number", n)
		case m.Outcome == doithoai.Outcome(doithoai.RulingDenunciation):
			add("denunciation", "number", n)
		}
	}
	return all
}
