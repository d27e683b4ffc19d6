package doithoai

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Parameter is one dated value of a rule: how many days, how many per cent.
// Rows of one key follow each other in time, so that a past dialogue is judged
// by the rule of its day.
type Parameter struct {
	Key       string        `json:"key"`   // "notice.days"
	Label     string        `json:"label"` // what it is, in Vietnamese
	Value     string        `json:"value"`
	Unit      ParameterUnit `json:"unit"`
	From      Date          `json:"from"`      // first day in force
	To        Date          `json:"to"`        // last day in force; absent: still is
	Basis     string        `json:"basis"`     // the article, in words; "" is a house default without legal basis
	BasisKey  string        `json:"basis_key"` // of the LegalBasis, "" where there is none
	Certainty Certainty     `json:"certainty"`
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
	UnitWord     ParameterUnit = "word"  // the value is a word, not a number
)

var parameterUnits = []ParameterUnit{UnitDays, UnitWorkdays, UnitMinutes, UnitPercent, UnitPeople, UnitTimes, UnitCount, UnitWord}

// HouseDefault tells whether the value rests on no law. Wherever the value is
// shown, this is said beside it.
func (p Parameter) HouseDefault() bool { return p.Basis == "" }

// Int gives the value as a number, not negative. Words aren't numbers.
func (p Parameter) Int() (int, error) {
	n, err := strconv.ParseUint(p.Value, 10, 31)
	if err != nil || p.Unit == UnitWord {
		return 0, fmt.Errorf("parameter %s: %q (%s) isn't a number", p.Key, p.Value, p.Unit)
	}
	return int(n), nil
}

// Term gives the value as a term. Only days and working days are terms.
func (p Parameter) Term() (Term, error) {
	n, err := p.Int()
	if err != nil {
		return Term{}, err
	}
	t := Term{N: n, Unit: TermUnit(p.Unit)}
	if !t.Valid() {
		return Term{}, fmt.Errorf("parameter %s: %s %s isn't a term", p.Key, p.Value, p.Unit)
	}
	return t, nil
}

// check gives what makes the row unfit: no key, label or first day, an unknown unit
// or certainty, a number that isn't one, a period that ends before it begins.
func (p Parameter) check() error {
	if p.Key == "" || p.Label == "" || p.Value == "" || p.From.IsZero() || !oneOf(p.Unit, parameterUnits) || !p.Certainty.known() {
		return fmt.Errorf("parameter %q: key, label, value, first day, unit or certainty is missing or unknown", p.Key)
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

// At gives the row of the key that is in force on the day: of those whose
// period holds it, the one that began last. False: there is none.
func (ps Parameters) At(key string, on Date) (Parameter, bool) {
	var found Parameter
	ok := false
	for _, p := range ps {
		if p.Key == key && inForce(on, p.From, p.To) && (!ok || p.From.After(found.From)) {
			found, ok = p, true
		}
	}
	return found, ok
}

// TermAt gives the term of the key on the day. A key without a row on that day
// is an error: no term stands in the program.
func (ps Parameters) TermAt(key string, on Date) (Term, error) {
	p, ok := ps.At(key, on)
	if !ok {
		return Term{}, fmt.Errorf("parameter %s has no value on %s", key, on)
	}
	return p.Term()
}

// inForce tells whether the day lies in a period, ends included; an absent end
// is open.
func inForce(on, from, to Date) bool {
	return !on.Before(from) && (to.IsZero() || !on.After(to))
}

// ParseParameters reads rows from a JSON list. It refuses fields it doesn't
// know, rows that aren't complete, and two rows of one key on the same day.
func ParseParameters(b []byte) (Parameters, error) {
	var ps Parameters
	if err := decodeStrict(b, &ps); err != nil {
		return nil, fmt.Errorf("parameters: %w", err)
	}
	for i, p := range ps {
		if err := p.check(); err != nil {
			return nil, err
		}
		for _, q := range ps[:i] {
			if q.Key == p.Key && (inForce(p.From, q.From, q.To) || inForce(q.From, p.From, p.To)) {
				return nil, fmt.Errorf("parameter %s has two values on one day", p.Key)
			}
		}
	}
	return ps, nil
}

// LegalBasis is a law, decree, decision or plan on which something rests.
type LegalBasis struct {
	Key        string    `json:"key"`         // "luat-72-2025-qh15"
	Kind       string    `json:"kind"`        // "Luật", "Nghị định", "Quyết định"
	Number     string    `json:"number"`      // "72/2025/QH15"
	Date       Date      `json:"date"`        // of signing; absent: not known
	Issuer     string    `json:"issuer"`      // "Quốc hội"
	Abstract   string    `json:"abstract"`    // trích yếu
	From       Date      `json:"from"`        // first day in force; absent: not known, reckoned from its date
	To         Date      `json:"to"`          // last day in force; absent: no end is known
	ReplacedBy string    `json:"replaced_by"` // key of the one in its place, "" where none is known
	Certainty  Certainty `json:"certainty"`   // of the dates and of what replaces it
	Note       string    `json:"note"`        // what those who rely on it must know
}

// InForce tells whether the basis is known to be in force on the day, so that a
// document of that day may cite it. One whose beginning nobody knows isn't.
func (l LegalBasis) InForce(on Date) bool {
	from := l.From
	if from.IsZero() {
		from = l.Date
	}
	return !from.IsZero() && inForce(on, from, l.To)
}

// LegalBases are bases in any order.
type LegalBases []LegalBasis

// ByKey finds a basis. False: there is none.
func (ls LegalBases) ByKey(key string) (LegalBasis, bool) {
	for _, l := range ls {
		if l.Key == key {
			return l, true
		}
	}
	return LegalBasis{}, false
}

// ParseLegalBases reads bases from a JSON list. It refuses fields it doesn't
// know, bases that aren't complete, a key that comes twice, and a replacement
// that isn't in the list.
func ParseLegalBases(b []byte) (LegalBases, error) {
	var ls LegalBases
	if err := decodeStrict(b, &ls); err != nil {
		return nil, fmt.Errorf("legal bases: %w", err)
	}
	for i, l := range ls {
		if l.Key == "" || l.Kind == "" || l.Number == "" || l.Issuer == "" || l.Abstract == "" || !l.Certainty.known() {
			return nil, fmt.Errorf("legal basis %q (%d) is incomplete", l.Key, i)
		}
		if _, ok := ls[:i].ByKey(l.Key); ok {
			return nil, fmt.Errorf("legal basis %s comes twice", l.Key)
		}
		if _, ok := ls.ByKey(l.ReplacedBy); l.ReplacedBy != "" && !ok {
			return nil, fmt.Errorf("legal basis %s is replaced by %s, which isn't there", l.Key, l.ReplacedBy)
		}
	}
	return ls, nil
}

// ParseFields reads the fields of procedures from a JSON list of {code, name,
// conduct}. It refuses codes that come twice and fields without a name; one
// field, no more and no less, is about conduct.
func ParseFields(b []byte) ([]Field, error) {
	var fields []Field
	if err := decodeStrict(b, &fields); err != nil {
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

// decodeStrict reads one JSON value and nothing after it. Unknown fields are
// refused: a misspelt one would be lost silently.
func decodeStrict(b []byte, into any) error {
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
