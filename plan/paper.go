package plan

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// TextKind is a text that a dialogue needs.
type TextKind string

const (
	TextAnnouncement TextKind = "announcement"
	TextHouseRules   TextKind = "house_rules"
	TextHost         TextKind = "host" // the host's words (lời dẫn)

	// TextConclusion is the chair's conclusion, which is written in the hall: it is none of TextKinds.
	TextConclusion TextKind = "conclusion"
)

// TextKinds in their order.
var TextKinds = []TextKind{TextAnnouncement, TextHouseRules, TextHost}

// Text is a text of a dialogue as the office wrote it: one paragraph a line.
type Text struct {
	DialogueID  doithoai.ID
	Kind        TextKind
	AuthorityID doithoai.ID
	Body        string
	Number      string // of the announcement, as the clerk gave it; empty until it is issued
	Dated       calendar.Date
	By          doithoai.ID
	At          calendar.Instant
	Version     int
}

// Problems are the reasons why the text can't be kept on a day: it says nothing, or too much; an announcement that has
// a number has a day, not one to come, and the other way round.
func (t Text) Problems(today calendar.Date) []doithoai.Problem {
	var list []doithoai.Problem
	add := func(field, key string, args ...any) {
		list = append(list, doithoai.Problem{Field: field, Key: key, Args: args})
	}
	switch {
	case strings.TrimSpace(t.Body) == "":
		add("noi-dung", "plan.text.problem.empty")
	case len([]rune(t.Body)) > doithoai.MaxAnswer:
		add("noi-dung", "error.problem.too_long", "max", doithoai.MaxAnswer)
	}
	if t.Kind != TextAnnouncement || t.Number == "" && t.Dated.IsZero() {
		return list
	}
	list = append(list, doithoai.NumberProblems("so", "plan.text.problem.number", t.Number)...)
	switch {
	case !t.Dated.Valid():
		add("ngay", "plan.text.problem.day")
	case t.Dated.After(today):
		add("ngay", "plan.text.problem.future")
	}
	return list
}

// Differing is what one of two texts says and the other doesn't, line by line.
type Differing struct {
	Only  string // a line
	Fresh bool   // the second text has it; else the first
}

// Differences are the lines that only one of two texts has, in their order: those of the first before those of the
// second that stand in their place.
func Differences(kept, fresh string) (list []Differing) {
	a, b := strings.Split(kept, "\n"), strings.Split(fresh, "\n")
	same := longestCommon(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || same[i+1][j] >= same[i][j+1]):
			list = append(list, Differing{Only: a[i]})
			i++
		default:
			list = append(list, Differing{Only: b[j], Fresh: true})
			j++
		}
	}
	return list
}

// longestCommon is for each pair of ends of a and b how many lines they have in common, in one order.
func longestCommon(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}
