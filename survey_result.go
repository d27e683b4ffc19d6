package doithoai

import (
	"crypto/sha256"
	"slices"

	"doithoai/calendar"
)

// SurveyKey tells apart who answers a survey, without telling who they are: a hash of what only they keep.
type SurveyKey [sha256.Size]byte

// surveyKey is the key of a secret for surveys of a purpose.
func surveyKey(purpose, secret string) SurveyKey {
	return sha256.Sum256([]byte("doithoai survey " + purpose + " v1\n" + secret))
}

// SurveyKeyOf is the key by which a telephone or browser that keeps a secret answers a survey.
func SurveyKeyOf(secret [16]byte, s Survey) SurveyKey {
	return surveyKey("key", string(s.Kind)+" "+s.Subject()+"\n"+string(secret[:]))
}

// Floors of what is shown of few people, who could be told from the others. They protect people and are no rule that
// an authority could lower.
const MinSurveyGroup = 5

// SurveyGroup is what people said who belong together: by one origin, in one village, or all.
type SurveyGroup struct {
	Origin   SurveyOrigin // empty: any
	Village  ID           // empty: any, or none
	Name     string       // of the village
	Issued   int          // slips of paper that went out
	Returned int
	Invalid  int
	Valid    int
	Counts   [][]int // at each question's index, how often each level was given, from the worst
}

// Answers is how many answered a question.
func (g SurveyGroup) Answers(question int) (n int) {
	if question < 0 || question >= len(g.Counts) {
		return 0
	}
	for _, c := range g.Counts[question] {
		n += c
	}
	return n
}

// Index is the index of satisfaction of a question.
func (g SurveyGroup) Index(question int) (x SurveyIndex) {
	if x.Of = g.Answers(question); x.Of > 0 {
		counts := g.Counts[question]
		for _, n := range counts[len(counts)-2:] {
			x.Satisfied += n
		}
	}
	return x
}

// shown reports whether a question was answered by enough people to show what they said.
func (g SurveyGroup) shown(question int) bool { return g.Answers(question) >= MinSurveyGroup }

func (g *SurveyGroup) add(o SurveyGroup) {
	g.Issued, g.Returned, g.Invalid, g.Valid = g.Issued+o.Issued, g.Returned+o.Returned, g.Invalid+o.Invalid,
		g.Valid+o.Valid
	for q := range o.Counts {
		if q == len(g.Counts) {
			g.Counts = append(g.Counts, make([]int, len(o.Counts[q])))
		}
		for v, n := range o.Counts[q] {
			g.Counts[q][v] += n
		}
	}
}

// SurveyIndex is an index of satisfaction: of those who answered, how many chose one of the two best levels.
type SurveyIndex struct{ Satisfied, Of int }

// Hundredths are the per cent, times a hundred, rounded to the nearest, halves up: 78.95 % is 7895. False where nobody
// answered.
func (x SurveyIndex) Hundredths() (int, bool) {
	if x.Of == 0 {
		return 0, false
	}
	return (x.Satisfied*20000 + x.Of) / (2 * x.Of), true
}

// Percent is the index in per cent, rounded to two decimals.
func (x SurveyIndex) Percent() (float64, bool) {
	n, ok := x.Hundredths()
	return float64(n) / 100, ok
}

// SurveyResult is everything that was said in one survey, on paper and by telephone, by one form and so on one scale.
// The index that is published is that of the form's overall question; each other question has one of its own.
//
// What is shown, to the public and to staff alike, is what its methods give, which show nothing of a handful of people:
// nothing at all of fewer than [MinSurveyGroup], no question that fewer answered, and no split where a group has fewer.
type SurveyResult struct {
	Survey Survey
	Form   SurveyForm
	Until  calendar.Date // the last day on which people could answer; zero: not yet known
	Warn   int           // from how many valid slips the numbers are no small ones
	groups []SurveyGroup // by origin and village
}

// NewSurveyResult puts together what was said, by origin and village: groups may come in parts. Each group has counts
// for all questions of the form.
func NewSurveyResult(s Survey, f SurveyForm, groups []SurveyGroup) SurveyResult {
	return SurveyResult{Survey: s, Form: f, groups: groups}
}

// Total is everything together.
func (r SurveyResult) Total() SurveyGroup {
	var all SurveyGroup
	for _, g := range r.groups {
		all.add(g)
	}
	if len(r.groups) == 0 {
		all.Counts = r.Form.NoCounts()
	}
	return all
}

// NoCounts are the counts of a form that nobody answered.
func (f SurveyForm) NoCounts() [][]int {
	counts := make([][]int, len(f.Questions))
	for q := range counts {
		counts[q] = make([]int, f.Scale)
	}
	return counts
}

// Enough reports whether enough slips came in to show what they say.
func (r SurveyResult) Enough() bool { return r.Total().Valid >= MinSurveyGroup }

// Few reports whether so few came in that the numbers must be read with care.
func (r SurveyResult) Few() bool { return r.Total().Valid < r.Warn }

// Overall is the index that is published; false where too few answered.
func (r SurveyResult) Overall() (SurveyIndex, bool) {
	q := r.Form.Overall()
	return r.Total().Index(q), r.ShowsQuestion(q)
}

// ShowsQuestion reports whether enough people answered a question to show what they said.
func (r SurveyResult) ShowsQuestion(q int) bool { return r.Enough() && r.Total().shown(q) }

// Origins splits the result by how it came in; nil where a part is so small that people could be told. Parts in which
// nobody said anything are left out. What of a question they may show, [ShowsSplit] says.
func (r SurveyResult) Origins() []SurveyGroup {
	return r.split(func(g SurveyGroup) SurveyGroup { return SurveyGroup{Origin: g.Origin} })
}

// Villages splits the result by villages, those who told none as one group without a name; nil where a part is so small
// that people could be told, or there is only one.
func (r SurveyResult) Villages() []SurveyGroup {
	all := r.split(func(g SurveyGroup) SurveyGroup { return SurveyGroup{Village: g.Village, Name: g.Name} })
	if len(all) < 2 {
		return nil
	}
	return all
}

// split adds the groups of one name up. A part of few people hides all: it could be reckoned from the rest. So does a
// part of which few answered a question, where the others and the whole would show what they said.
func (r SurveyResult) split(of func(SurveyGroup) SurveyGroup) []SurveyGroup {
	var parts []SurveyGroup
	for _, g := range r.groups {
		name := of(g)
		i := slices.IndexFunc(parts, func(p SurveyGroup) bool {
			return p.Origin == name.Origin && p.Village == name.Village
		})
		if i < 0 {
			i = len(parts)
			parts = append(parts, name)
		}
		parts[i].add(g)
	}
	parts = slices.DeleteFunc(parts, func(p SurveyGroup) bool { return p.Valid == 0 && p.Returned == 0 && p.Issued == 0 })
	for _, p := range parts {
		if p.Valid > 0 && p.Valid < MinSurveyGroup {
			return nil
		}
	}
	return parts
}

// ShowsSplit reports whether what parts said of a question may be shown: in none of them did so few answer it that they
// could be told.
func ShowsSplit(parts []SurveyGroup, question int) bool {
	return !slices.ContainsFunc(parts, func(p SurveyGroup) bool {
		n := p.Answers(question)
		return n > 0 && n < MinSurveyGroup
	})
}
