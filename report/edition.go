package report

import (
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// State is where the report of a result stands.
type State string

const (
	StateDraft   State = "draft"   // its figures go on with what happens
	StateSettled State = "settled" // they stay as they are, to be signed
)

// States in their order.
var States = []State{StateDraft, StateSettled}

// moves is the state machine of the report of a result.
var moves = []struct {
	Act      doithoai.Act
	From, To State
}{
	{doithoai.ActWriteReport, StateDraft, StateDraft},
	{doithoai.ActSettleReport, StateDraft, StateSettled},
	{doithoai.ActReopenReport, StateSettled, StateDraft},
}

// Report is the report of a dialogue's result as the office works on it.
type Report struct {
	DialogueID  doithoai.ID
	AuthorityID doithoai.ID
	Words       Words
	State       State
	Edition     int // of those that were settled, from 1; 0: none was
	Version     int // 0: nothing was written yet
	By          doithoai.ID
	At          calendar.Instant
}

// Edition is a report as it was settled.
type Edition struct {
	Number     int
	File       []byte // [Result.File]
	SettledBy  string // their name
	SettledAt  calendar.Instant
	ReopenedBy string
	ReopenedAt calendar.Instant // zero: it stands
	Reason     string           // why it was opened again
}

// Move returns the report as an act leaves it; Conflict where it stands elsewhere.
func (r Report) Move(act doithoai.Act) (Report, error) {
	for _, m := range moves {
		if m.Act == act && m.From == r.State {
			r.State = m.To
			return r, nil
		}
	}
	return r, doithoai.Refuse(doithoai.Conflict, "report.problem."+string(r.State))
}

// Fields of the form of what the office says itself, and of the one that opens a report again.
const (
	FieldPrepared  = "chuan-bi"
	FieldHeld      = "ket-qua"
	FieldSurvey    = "hai-long"
	FieldLacking   = "ton-tai"
	FieldProposals = "kien-nghi"
	FieldReason    = "ly-do"
)

// fields are the passages of the words by the names of their fields.
func (w Words) fields() []struct{ field, words string } {
	return []struct{ field, words string }{
		{FieldPrepared, w.Prepared}, {FieldHeld, w.Held}, {FieldSurvey, w.Survey}, {FieldLacking, w.Lacking},
		{FieldProposals, w.Proposals},
	}
}

// Problems are the reasons why the words can't be kept: one is too long.
func (w Words) Problems() (all []doithoai.Problem) {
	for _, f := range w.fields() {
		if utf8.RuneCountInString(f.words) > doithoai.MaxAnswer {
			all = append(all, doithoai.Problem{
				Field: f.field, Key: "error.problem.too_long", Args: []any{"max", doithoai.MaxAnswer},
			})
		}
	}
	return all
}

// SettleProblems are the reasons why a result can't be settled: something that was raised is not typed yet, or has no
// ruling (H9); nothing is said of shortcomings, or of proposals; its sums do not agree.
func (r Result) SettleProblems() (all []doithoai.Problem) {
	add := func(field, key string, args ...any) {
		all = append(all, doithoai.Problem{Field: field, Key: "report.problem." + key, Args: args})
	}
	if n := r.Book.Unkeyed + r.Book.Count(string(GroupTime+"/"+Unruled)); n > 0 {
		add("", "open", "count", n)
	}
	if strings.TrimSpace(r.Words.Lacking) == "" {
		add(FieldLacking, "lacking")
	}
	if strings.TrimSpace(r.Words.Proposals) == "" {
		add(FieldProposals, "proposals")
	}
	for _, f := range r.Faults() {
		all = append(all, doithoai.Problem{Key: "report.fault." + f.Key, Args: f.Args})
	}
	return all
}

// Settle refuses what [Result.SettleProblems] names: with Conflict where it is of no field.
func (r Result) Settle() error {
	all := r.SettleProblems()
	for _, p := range all {
		if p.Field == "" {
			return doithoai.Refuse(doithoai.Conflict, "report.problem.not_settled")
		}
	}
	return doithoai.RefuseForm(all)
}

// Changed is a figure that another state of the same dialogue counts otherwise.
type Changed struct {
	Key      string
	Was, Now int
}

// Stand is where a promise stands, in one word: kept, kept_late, open, late, broken.
func (p Promise) Stand() string {
	switch {
	case p.State == doithoai.PromiseKept && p.Late:
		return "kept_late"
	case p.State == doithoai.PromiseOpen && p.Late:
		return "late"
	}
	return string(p.State)
}

// Stands are those of promises in the order of the report.
var Stands = []string{"kept", "kept_late", "open", "late", "broken"}

// Promised counts the promises at a stand.
func (r Result) Promised(stand string) (n int) {
	for _, p := range r.Promises {
		if p.Stand() == stand {
			n++
		}
	}
	return n
}

// beside are the figures of a result that are not of matters: of promises, and the valid slips of the survey.
func (r Result) beside() (all []Figure) {
	for _, stand := range Stands {
		all = append(all, Figure{Key: GroupPromise + "/" + stand, Count: r.Promised(stand)})
	}
	survey := Figure{Key: GroupSurvey + "/valid"}
	if r.Survey != nil {
		survey.Count = r.Survey.Valid
	}
	return append(all, survey)
}

// Changes are what became different since a result was settled: figures, in their order; then the matters of which
// something changed that the report says.
func (r Result) Changes(now Result) (figures []Changed, matters []doithoai.RegisterNumber) {
	before := r.figures()
	after := now.figures()
	for _, of := range []Book{now.Book, r.Book} {
		for _, g := range of.Groups() {
			for _, f := range g.Figures {
				if was, is := before[f.Key], after[f.Key]; was != is {
					figures = append(figures, Changed{f.Key, was, is})
				}
				delete(before, f.Key)
				delete(after, f.Key)
			}
		}
	}
	was := r.beside()
	for i, f := range now.beside() {
		if f.Count != was[i].Count {
			figures = append(figures, Changed{f.Key, was[i].Count, f.Count})
		}
	}
	old := map[doithoai.RegisterNumber]Matter{}
	for _, m := range r.Book.Matters {
		old[m.Number] = m
	}
	for _, m := range now.Book.Matters {
		if was, ok := old[m.Number]; !ok || !was.same(m) {
			matters = append(matters, m.Number)
		}
		delete(old, m.Number)
	}
	for _, m := range r.Book.Matters {
		if _, gone := old[m.Number]; gone {
			matters = append(matters, m.Number)
		}
	}
	return figures, matters
}

// same reports whether a report says the same of a matter.
func (m Matter) same(other Matter) bool {
	return m.Outcome == other.Outcome && m.Time == other.Time && m.Unit == other.Unit && m.Due == other.Due &&
		m.Solved == other.Solved && m.Document == other.Document && m.Again == other.Again && m.Words == other.Words &&
		m.Answer == other.Answer
}
