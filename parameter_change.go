package doithoai

import (
	"slices"
	"strconv"
	"strings"

	"doithoai/calendar"
)

// ParameterChange is a new value of a parameter, as the office sets it.
type ParameterChange struct {
	Key       string
	Value     string
	From      calendar.Date      // first day in force, after today
	BasisKey  string             // of a LegalBasis, "" for a house default without legal basis
	Article   string             // "khoản 2 Điều 43", may be empty
	Certainty calendar.Certainty // of a value with a basis
}

// parameterBounds are the least and the greatest value of each unit. Words have none: the program keeps them.
var parameterBounds = map[ParameterUnit][2]int{
	UnitDays: {0, calendar.MaxTerm}, UnitWorkdays: {0, calendar.MaxTerm}, UnitMinutes: {1, 24 * 60}, UnitPercent: {1, 100},
	UnitPeople: {1, 1_000_000}, UnitTimes: {1, 366}, UnitCount: {1, 1000}, UnitMegabyte: {1, 25},
}

// parameterWords are the words that the program understands, of each parameter whose value is a word.
var parameterWords = map[string][]string{
	ParameterAfterHours:    {"same_day", "next_opening"},
	"publication.identity": {"anonymous"},
	ParameterNumbering:     {NumberedElsewhere, NumberedHere},
}

// Words are the values that a parameter can have whose value is a word.
func (p Parameter) Words() []string { return parameterWords[p.Key] }

// Changeable reports whether the office can set another value: a number, or another of
// several words.
func (p Parameter) Changeable() bool { return p.Unit != UnitWord || len(p.Words()) > 1 }

// Set returns what becomes of the rows when a parameter gets a new value from a day
// on: the row that is added and, where one held on that day, that row closed on
// the day before. Nothing that was in force up to today changes, so that
// everything reckoned by it stays as it is.
//
// In this order: the parameter exists, and can have another value; the value is a number within the bounds of its unit,
// or a word that the program knows; it begins after today, since a day has one value, by which due dates that were
// reckoned on it are explained; no other value of it begins on that day; the basis stands in the list and its certainty
// is said; value or basis differ from those that they replace. The new row holds until the next one begins.
func (ps Parameters) Set(
	c ParameterChange, bases LegalBases, today calendar.Date,
) (added Parameter, closed *Parameter, err error) {
	rows := ps.Of(c.Key)
	if len(rows) == 0 {
		return added, nil, Refuse(NotFound, "error.not_found")
	}
	if !rows[0].Changeable() {
		return added, nil, Refuse(Invalid, "rules.parameter.problem.word")
	}
	added = Parameter{
		Key: c.Key, Group: rows[0].Group, Label: rows[0].Label, Unit: rows[0].Unit, From: c.From,
		Certainty: calendar.Unverified,
	}
	list := slices.Concat(added.setValue(c.Value), rows.beginProblems(c.From, today), added.setBasis(c, bases))
	if len(list) > 0 {
		return added, nil, RefuseForm(list)
	}
	if i := slices.IndexFunc(rows, func(p Parameter) bool { return p.From.After(c.From) }); i >= 0 {
		added.To = rows[i].From.AddDays(-1)
	}
	if before, ok := rows.At(c.Key, c.From); ok {
		if before.Value == added.Value && before.Basis == added.Basis && before.Certainty == added.Certainty {
			return added, nil, RefuseForm([]Problem{{Field: "gia-tri", Key: "rules.parameter.problem.same"}})
		}
		before.To = c.From.AddDays(-1)
		closed = &before
	}
	return added, closed, nil
}

// Of returns the rows of a key in the order of their days.
func (ps Parameters) Of(key string) Parameters {
	rows := slices.DeleteFunc(slices.Clone(ps), func(p Parameter) bool { return p.Key != key })
	slices.SortFunc(rows, func(a, b Parameter) int { return a.From.Compare(b.From) })
	return rows
}

// setValue takes a value that was typed, as far as it is one of the unit.
func (p *Parameter) setValue(typed string) []Problem {
	if p.Unit == UnitWord {
		p.Value = typed
		if !oneOf(typed, p.Words()) {
			return []Problem{{Field: "gia-tri", Key: "rules.parameter.problem.choose"}}
		}
		return nil
	}
	bounds := parameterBounds[p.Unit]
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil || n < bounds[0] || n > bounds[1] {
		return []Problem{{"gia-tri", "rules.parameter.problem.value", []any{"least", bounds[0], "most", bounds[1]}}}
	}
	p.Value = strconv.Itoa(n)
	return nil
}

func (ps Parameters) beginProblems(from, today calendar.Date) []Problem {
	switch {
	case from.IsZero():
		return []Problem{{Field: "tu-ngay", Key: "rules.parameter.problem.from"}}
	case !from.After(today):
		return []Problem{{Field: "tu-ngay", Key: "rules.parameter.problem.past"}}
	case slices.ContainsFunc(ps, func(p Parameter) bool { return p.From == from }):
		return []Problem{{Field: "tu-ngay", Key: "rules.parameter.problem.taken"}}
	}
	return nil
}

// setBasis takes the basis that was chosen, with the article in words.
func (p *Parameter) setBasis(c ParameterChange, bases LegalBases) []Problem {
	if c.BasisKey == "" {
		return nil
	}
	ps := problems{of: "rules.parameter.problem."}
	basis, ok := bases.ByKey(c.BasisKey)
	if !ok {
		ps.add("can-cu", "basis")
	}
	ps.long("dieu", c.Article, MaxLine)
	if !c.Certainty.Known() {
		ps.add("do-chac", "certainty")
	}
	p.Basis, p.BasisKey, p.Certainty = strings.TrimSpace(c.Article+" "+basis.Title()), c.BasisKey, c.Certainty
	return ps.list
}

// Withdraw returns what becomes of the rows when a value that has not begun is taken
// back: the row that goes and, where one ends on the day before, that row with the
// end of the one that goes.
//
// In this order: there is such a row; it begins after today; it is not the only
// one of its parameter.
func (ps Parameters) Withdraw(version int, today calendar.Date) (gone Parameter, reopened *Parameter, err error) {
	i := slices.IndexFunc(ps, func(p Parameter) bool { return p.Version == version })
	if i < 0 {
		return gone, nil, Refuse(NotFound, "error.not_found")
	}
	gone = ps[i]
	rows := ps.Of(gone.Key)
	switch {
	case !gone.From.After(today):
		return gone, nil, Refuse(Conflict, "rules.parameter.problem.begun")
	case len(rows) == 1:
		return gone, nil, Refuse(Conflict, "rules.parameter.problem.only")
	}
	if before, ok := rows.At(gone.Key, gone.From.AddDays(-1)); ok {
		before.To = gone.To
		reopened = &before
	}
	return gone, reopened, nil
}

// Acts on the values that the office works by.
const (
	ActSeeRules          Act = "see_rules" // parameters, legal bases, calendar
	ActSetParameter      Act = "set_parameter"
	ActWithdrawParameter Act = "withdraw_parameter"
)

var parameterActs = []actRow{
	{ActSeeRules, opening,
		[]grant{{RoleOffice, always}, {RoleChair, always}, {RoleViceChair, always}}},
	{ActSetParameter, law{
		"a value that the office works by changes from a later day on; what was reckoned before stays",
		"the basis that the value names, else a house default", ""},
		[]grant{{RoleOffice, always}}},
	{ActWithdrawParameter, law{"a value that has not begun is taken back", "house rules", ""},
		[]grant{{RoleOffice, always}}},
}
