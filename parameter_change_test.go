package doithoai

import (
	"errors"
	"strings"
	"testing"

	"doithoai/calendar"
)

// termRows are the rows of a parameter of answers, one in the past, one in force, one to come, and of two whose values
// are words.
func termRows() Parameters {
	row := Parameter{
		Key: "answer.simple", Group: "answering", Label: "Trả lời", Unit: UnitWorkdays, Certainty: calendar.Unverified,
	}
	rows := make(Parameters, 3)
	for i, r := range []struct {
		value    string
		from, to calendar.Date
	}{
		{"7", calendar.DateOf(2016, 1, 1), calendar.DateOf(2023, 12, 31)},
		{"5", calendar.DateOf(2024, 1, 1), calendar.DateOf(2027, 6, 30)},
		{"4", calendar.DateOf(2027, 7, 1), calendar.Date{}},
	} {
		rows[i] = row
		rows[i].Value, rows[i].From, rows[i].To, rows[i].Version = r.value, r.from, r.to, i+1
	}
	word := Parameter{
		Key: "publication.identity", Group: "publication", Label: "Danh tính", Value: "anonymous", Unit: UnitWord,
		From: calendar.DateOf(2016, 1, 1), Version: 4,
	}
	hours := Parameter{
		Key: ParameterAfterHours, Group: "intake", Label: "Ngoài giờ", Value: "same_day", Unit: UnitWord,
		From: calendar.DateOf(2016, 1, 1), Version: 5,
	}
	return append(rows, word, hours)
}

func TestSetParameterRule(t *testing.T) {
	today := calendar.DateOf(2026, 11, 22)
	bases := LegalBases{{Key: "nd-1", Kind: "Nghị định", Number: "1/2027/NĐ-CP", Date: calendar.DateOf(2026, 12, 1)}}
	good := ParameterChange{Key: "answer.simple", Value: "6", From: calendar.DateOf(2026, 12, 1)}
	tests := map[string]struct {
		change  func(*ParameterChange)
		kind    Kind
		problem string // field and key
		closed  string // the row before: from, to
		to      calendar.Date
		basis   string
	}{
		"from a day before the next value": {closed: "2024-01-01 2026-11-30", to: calendar.DateOf(2027, 6, 30)},
		"from tomorrow": {change: func(c *ParameterChange) { c.From = today.AddDays(1) },
			closed: "2024-01-01 2026-11-22", to: calendar.DateOf(2027, 6, 30)},
		"after the last value": {change: func(c *ParameterChange) { c.From = calendar.DateOf(2028, 1, 1) },
			closed: "2027-07-01 2027-12-31"},
		"with a basis": {
			change: func(c *ParameterChange) { c.BasisKey, c.Article, c.Certainty = "nd-1", "Điều 2", calendar.Certain },
			closed: "2024-01-01 2026-11-30", to: calendar.DateOf(2027, 6, 30), basis: "Điều 2 Nghị định số 1/2027/NĐ-CP",
		},
		"the same number on another basis": {
			change: func(c *ParameterChange) { c.Value, c.BasisKey, c.Certainty = "5", "nd-1", calendar.Certain },
			closed: "2024-01-01 2026-11-30", to: calendar.DateOf(2027, 6, 30), basis: "Nghị định số 1/2027/NĐ-CP",
		},
		"zero days": {change: func(c *ParameterChange) { c.Value = " 0 " }, closed: "2024-01-01 2026-11-30",
			to: calendar.DateOf(2027, 6, 30)},
		"nothing new": {change: func(c *ParameterChange) { c.Value = "05" }, kind: Invalid,
			problem: "gia-tri rules.parameter.problem.same"},
		"no number": {change: func(c *ParameterChange) { c.Value = "năm" }, kind: Invalid,
			problem: "gia-tri rules.parameter.problem.value"},
		"less than nothing": {change: func(c *ParameterChange) { c.Value = "-1" }, kind: Invalid,
			problem: "gia-tri rules.parameter.problem.value"},
		"too long a term": {change: func(c *ParameterChange) { c.Value = "3661" }, kind: Invalid,
			problem: "gia-tri rules.parameter.problem.value"},
		"no day": {change: func(c *ParameterChange) { c.From = calendar.Date{} }, kind: Invalid,
			problem: "tu-ngay rules.parameter.problem.from"},
		"today": {change: func(c *ParameterChange) { c.From = today }, kind: Invalid,
			problem: "tu-ngay rules.parameter.problem.past"},
		"the day of another": {change: func(c *ParameterChange) { c.From = calendar.DateOf(2027, 7, 1) }, kind: Invalid,
			problem: "tu-ngay rules.parameter.problem.taken"},
		"a basis that is none": {change: func(c *ParameterChange) { c.BasisKey, c.Certainty = "x", calendar.Certain },
			kind: Invalid, problem: "can-cu rules.parameter.problem.basis"},
		"how sure is not said": {change: func(c *ParameterChange) { c.BasisKey = "nd-1" }, kind: Invalid,
			problem: "do-chac rules.parameter.problem.certainty"},
		"too long an article": {change: func(c *ParameterChange) {
			c.BasisKey, c.Certainty, c.Article = "nd-1", calendar.Likely, strings.Repeat("ộ", 201)
		}, kind: Invalid, problem: "dieu error.problem.too_long"},
		"an unknown parameter": {change: func(c *ParameterChange) { c.Key = "x" }, kind: NotFound},
		"another word": {change: func(c *ParameterChange) { c.Key, c.Value = ParameterAfterHours, "next_opening" },
			closed: "2016-01-01 2026-11-30"},
		"no such word": {change: func(c *ParameterChange) { c.Key, c.Value = ParameterAfterHours, "never" },
			kind: Invalid, problem: "gia-tri rules.parameter.problem.choose"},
		"a word": {change: func(c *ParameterChange) { c.Key = "publication.identity" }, kind: Invalid},
	}
	for name, tt := range tests {
		c := good
		if tt.change != nil {
			tt.change(&c)
		}
		rows := termRows()
		added, closed, err := rows.Set(c, bases, today)
		if tt.kind != 0 {
			var e *Error
			if KindOf(err) != tt.kind ||
				errors.As(err, &e) && tt.problem != "" &&
					(len(e.Problems) != 1 || e.Problems[0].Field+" "+e.Problems[0].Key != tt.problem) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || closed == nil || closed.From.String()+" "+closed.To.String() != tt.closed || added.From != c.From ||
			added.To != tt.to || added.Basis != tt.basis {
			t.Errorf("%s: added %+v, closed %+v, %v", name, added, closed, err)
		}
		for i, row := range termRows() { // nothing up to today is another
			if p, _ := rows.At(row.Key, today); rows[i] != row || p.Key == "answer.simple" && p.Value != "5" {
				t.Errorf("%s: row %d changed", name, i)
			}
		}
	}
}

func TestSetParameterRuleAfterAGap(t *testing.T) {
	rows := Parameters{
		{Key: "k", Unit: UnitCount, Value: "1", From: calendar.DateOf(2020, 1, 1), To: calendar.DateOf(2020, 12, 31)},
	}
	added, closed, err := rows.Set(
		ParameterChange{Key: "k", Value: "1", From: calendar.DateOf(2027, 1, 1)}, nil, calendar.DateOf(2026, 11, 22))
	if err != nil || closed != nil || !added.To.IsZero() {
		t.Errorf("added %+v, closed %+v, %v", added, closed, err)
	}
}

func TestWithdrawParameterRule(t *testing.T) {
	today := calendar.DateOf(2026, 11, 22)
	gone, reopened, err := termRows().Withdraw(3, today)
	if err != nil || gone.Value != "4" || reopened == nil || reopened.Version != 2 || !reopened.To.IsZero() {
		t.Errorf("gone %+v, reopened %+v, %v", gone, reopened, err)
	}
	apart := termRows()
	apart[1].To = calendar.DateOf(2027, 5, 31)
	if _, reopened, err = apart.Withdraw(3, today); err != nil || reopened != nil {
		t.Errorf("a row that ended earlier is reopened: %+v, %v", reopened, err)
	}
	if _, _, err = termRows().Withdraw(9, today); KindOf(err) != NotFound {
		t.Errorf("no such row: %v", err)
	}
	if _, _, err = termRows().Withdraw(2, today); KindOf(err) != Conflict {
		t.Errorf("a row in force: %v", err)
	}
	if _, _, err = termRows().Withdraw(3, calendar.DateOf(2027, 7, 1)); KindOf(err) != Conflict {
		t.Errorf("a row on its first day: %v", err)
	}
	if _, _, err = termRows()[2:3].Withdraw(3, today); KindOf(err) != Conflict {
		t.Errorf("the only row: %v", err)
	}
}
