package doithoai

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"doithoai/calendar"
)

// Parameter is one dated value of a rule: how many days, how many per cent.
// Rows of one key follow each other in time, so that a past dialogue is judged
// by the rule of its day.
type Parameter struct {
	Key       string             `json:"key"` // "notice.days"
	Group     ParameterGroup     `json:"group"`
	Label     string             `json:"label"` // what it is, in Vietnamese
	Value     string             `json:"value"`
	Unit      ParameterUnit      `json:"unit"`
	From      calendar.Date      `json:"from"`      // first day in force
	To        calendar.Date      `json:"to"`        // last day in force; absent: still is
	Basis     string             `json:"basis"`     // the article, in words; "" is a house default without legal basis
	BasisKey  string             `json:"basis_key"` // of the LegalBasis, "" where there is none
	Certainty calendar.Certainty `json:"certainty"`
	Version   int                `json:"-"` // of the row: no row of an authority has the version of another
}

// ParameterGroup is the part of the work that a parameter rules.
type ParameterGroup string

// ParameterGroups in the order of the work.
var ParameterGroups = []ParameterGroup{
	"notice", "intake", "answering", "urging", "hall", "survey", "publication", "documents", "retention", "accounts",
}

// ParameterUnit is what the value of a parameter counts.
type ParameterUnit string

const (
	UnitDays     ParameterUnit = "days"     // calendar days
	UnitWorkdays ParameterUnit = "workdays" // working days
	UnitMinutes  ParameterUnit = "minutes"
	UnitPercent  ParameterUnit = "percent"
	UnitPeople   ParameterUnit = "people"
	UnitTimes    ParameterUnit = "times" // how often, in a year
	UnitCount    ParameterUnit = "count" // points of a scale, slips
	UnitMegabyte ParameterUnit = "megabytes"
	UnitWord     ParameterUnit = "word" // the value is a word, not a number
)

var parameterUnits = []ParameterUnit{
	UnitDays, UnitWorkdays, UnitMinutes, UnitPercent, UnitPeople, UnitTimes, UnitCount, UnitMegabyte,
	UnitWord,
}

// HouseDefault reports whether the value rests on no law. Wherever the value is
// shown, this is said beside it.
func (p Parameter) HouseDefault() bool { return p.Basis == "" }

// Int returns the value as a number, not negative. Words aren't numbers.
func (p Parameter) Int() (int, error) {
	n, err := strconv.ParseUint(p.Value, 10, 31)
	if err != nil || p.Unit == UnitWord {
		return 0, fmt.Errorf("parameter %s: %q (%s) isn't a number", p.Key, p.Value, p.Unit)
	}
	return int(n), nil
}

// Term returns the value as a term. Only days and working days are terms.
func (p Parameter) Term() (calendar.Term, error) {
	n, err := p.Int()
	if err != nil {
		return calendar.Term{}, err
	}
	t := calendar.Term{N: n, Unit: calendar.TermUnit(p.Unit)}
	if !t.Valid() {
		return calendar.Term{}, fmt.Errorf("parameter %s: %s %s isn't a term", p.Key, p.Value, p.Unit)
	}
	return t, nil
}

// check returns an error where the row is unfit: no key, label or first day, an unknown
// group, unit or certainty, a number that isn't one, a period that ends before it begins.
func (p Parameter) check() error {
	if p.Key == "" || p.Label == "" || p.Value == "" || p.From.IsZero() || !oneOf(p.Group, ParameterGroups) ||
		!oneOf(p.Unit, parameterUnits) || !p.Certainty.Known() {
		return fmt.Errorf("parameter %q: key, group, label, value, first day, unit or certainty is missing or unknown", p.Key)
	}
	if !p.To.IsZero() && p.To.Before(p.From) {
		return fmt.Errorf("parameter %s: ends %s, before it begins %s", p.Key, p.To, p.From)
	}
	if p.Unit == UnitWord {
		return nil
	}
	_, err := p.Int()
	return err
}

// Parameters are rows of any keys, in any order.
type Parameters []Parameter

// At returns the row of the key that is in force on the day: of those whose
// period holds it, the one that began last. False: there is none.
func (ps Parameters) At(key string, on calendar.Date) (Parameter, bool) {
	var found Parameter
	ok := false
	for _, p := range ps {
		if p.Key == key && calendar.Within(on, p.From, p.To) && (!ok || p.From.After(found.From)) {
			found, ok = p, true
		}
	}
	return found, ok
}

// TermAt returns the term of the key on the day. A key without a row on that day
// is an error: no term stands in the program.
func (ps Parameters) TermAt(key string, on calendar.Date) (calendar.Term, error) {
	p, ok := ps.At(key, on)
	if !ok {
		return calendar.Term{}, fmt.Errorf("parameter %s has no value on %s", key, on)
	}
	return p.Term()
}

// ParseParameters reads rows from a JSON list. It refuses fields it doesn't
// know, rows that aren't complete, and two rows of one key on the same day.
func ParseParameters(b []byte) (Parameters, error) {
	var ps Parameters
	if err := DecodeStrict(b, &ps); err != nil {
		return nil, fmt.Errorf("parameters: %w", err)
	}
	for i, p := range ps {
		if err := p.check(); err != nil {
			return nil, err
		}
		for _, q := range ps[:i] {
			if q.Key == p.Key && (calendar.Within(p.From, q.From, q.To) || calendar.Within(q.From, p.From, p.To)) {
				return nil, fmt.Errorf("parameter %s has two values on one day", p.Key)
			}
		}
	}
	return ps, nil
}

// ParseFields reads the fields of procedures from a JSON list of {code, name,
// conduct}. It refuses codes that come twice and fields without a name; one
// field, no more and no less, is about conduct.
func ParseFields(b []byte) ([]Field, error) {
	var fields []Field
	if err := DecodeStrict(b, &fields); err != nil {
		return nil, fmt.Errorf("fields: %w", err)
	}
	codes, conduct := make(map[string]bool), 0
	for _, f := range fields {
		if f.Code == "" || f.Name == "" || codes[f.Code] {
			return nil, fmt.Errorf("field %q: without name or code, or twice", f.Code)
		}
		codes[f.Code] = true
		if f.Conduct {
			conduct++
		}
	}
	if conduct != 1 {
		return nil, fmt.Errorf("%d fields are about conduct, want 1", conduct)
	}
	return fields, nil
}

// DecodeStrict reads one JSON value and nothing after it. Unknown fields are
// refused: a misspelt one would be lost silently.
func DecodeStrict(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the end of the value")
	}
	return nil
}
