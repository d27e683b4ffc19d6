package plan

import (
	"slices"
	"strconv"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// YearDuty is how far the dialogues go that the law asks for in a year.
type YearDuty struct {
	Year   int
	Least  int                // 0: no rule was in force
	Rule   doithoai.Parameter // says so
	Held   int
	Coming int           // announced for the year, and not held yet
	Alarm  calendar.Date // the first day on which a year without enough dialogues is an alarm; zero: there is none
}

// YearDutyOf counts the dialogues of a year. The rules are those in force on its last day, or today where that is to
// come.
func YearDutyOf(year int, all []doithoai.Dialogue, rules doithoai.Rules, today calendar.Date) YearDuty {
	on := calendar.DateOf(year, time.December, 31)
	if today.Before(on) {
		on = today
	}
	y := YearDuty{Year: year}
	if rule, ok := rules.Parameters.At("dialogue.per_year", on); ok {
		if n, err := rule.Int(); err == nil {
			y.Rule, y.Least = rule, n
		}
	}
	if alarm, ok := rules.Parameters.At("dialogue.alarm.quarter", on); ok {
		if quarter, err := alarm.Int(); err == nil && quarter >= 1 && quarter <= 4 {
			y.Alarm = calendar.DateOf(year, time.Month(3*quarter+1), 1)
		}
	}
	for _, d := range all {
		switch {
		case d.StartsAt.Date().Year != year:
		case d.State.Held():
			y.Held++
		case d.State == doithoai.DialogueAnnounced:
			y.Coming++
		}
	}
	return y
}

// Missing is how many dialogues the year still lacks.
func (y YearDuty) Missing() int { return max(0, y.Least-y.Held) }

// Alarmed reports whether the year lacks dialogues on a day from which that is an alarm.
func (y YearDuty) Alarmed(today calendar.Date) bool {
	return y.Missing() > 0 && !y.Alarm.IsZero() && !today.Before(y.Alarm)
}

// VoterRequest is a request of voters that a dialogue be held.
type VoterRequest struct {
	ID          doithoai.ID
	AuthorityID doithoai.ID
	On          calendar.Date // received
	Asked       int           // voters who ask
	Voters      int           // all voters of the commune
	Matter      string
	Paper       string      // number of the paper, where it has one
	DialogueID  doithoai.ID // that is held for it; empty: none yet
	By          doithoai.ID
	RecordedAt  calendar.Instant
	Version     int
}

// Share is how many of a hundred voters ask, in hundredths, cut and never rounded up.
func (v VoterRequest) Share() int {
	if v.Voters == 0 {
		return 0
	}
	return int(int64(v.Asked) * 10000 / int64(v.Voters))
}

// ShareWords is the share as people write it: "10,45".
func (v VoterRequest) ShareWords() string {
	n := v.Share()
	s := strconv.Itoa(n / 100)
	switch rest := n % 100; {
	case rest == 0:
	case rest%10 == 0:
		s += "," + strconv.Itoa(rest/10)
	default:
		s += "," + strconv.Itoa(100 + rest)[1:]
	}
	return s
}

// Binds reports whether a dialogue must be held: as many voters ask as the rule in force on the day says, or more.
// False also where no rule is in force.
func (v VoterRequest) Binds(rules doithoai.Rules) (rule doithoai.Parameter, binds bool) {
	rule, ok := rules.Parameters.At("dialogue.request.percent", v.On)
	if !ok {
		return rule, false
	}
	percent, err := rule.Int()
	return rule, err == nil && int64(v.Asked)*100 >= int64(percent)*int64(v.Voters)
}

// Answered reports whether one of the authority's dialogues, not cancelled, is held for the request.
func (v VoterRequest) Answered(all []doithoai.Dialogue) bool {
	return v.DialogueID != "" && slices.ContainsFunc(all, func(d doithoai.Dialogue) bool {
		return d.ID == v.DialogueID && d.State != doithoai.DialogueCancelled
	})
}

// Problems are the reasons why a request can't be registered on a day.
func (v VoterRequest) Problems(today calendar.Date) []doithoai.Problem {
	var list []doithoai.Problem
	add := func(field, key string) {
		list = append(list, doithoai.Problem{Field: field, Key: "plan.request.problem." + key})
	}
	switch {
	case !v.On.Valid():
		add("ngay", "day")
	case v.On.After(today):
		add("ngay", "future")
	}
	const most = 10_000_000 // more than the greatest commune has people
	switch {
	case v.Voters <= 0 || v.Voters > most:
		add("cu-tri", "voters")
	case v.Asked <= 0 || v.Asked > v.Voters:
		add("yeu-cau", "asked")
	}
	list = append(list, NoteProblems("noi-dung", "plan.request.problem.matter", v.Matter)...)
	if v.Paper != "" {
		list = append(list, doithoai.NumberProblems("so", "", v.Paper)...)
	}
	return list
}
