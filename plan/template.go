package plan

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"doithoai"
)

// usual is a plan of the usual sections, numbered one after the other; names and year stand in braces.
//
//go:embed usual.json
var usual string

// Usual returns a draft of a year's plan with the usual sections and sentences, for an authority and its units, resting
// on the documents given. Days, number and who signs are left to be written.
func Usual(a doithoai.Authority, year int, units []doithoai.Unit, bases []Basis) (Plan, error) {
	quoted := func(s string) string {
		b, _ := json.Marshal(s) // a string always is JSON
		return string(b[1 : len(b)-1])
	}
	p, err := Parse([]byte(strings.NewReplacer(
		"{authority}", quoted(a.Name), "{place}", quoted(a.Place), "{year}", fmt.Sprint(year),
	).Replace(usual)))
	if err != nil {
		return Plan{}, err
	}
	p = p.Keyed()
	p.Year = year
	p.When.Window = Window{Quarter{year, 2}.First(), Quarter{year, 4}.Last()}
	for _, s := range p.Of(KindAssignment) {
		s.To, _ = AddresseesOf(s.Title, units)
		p = p.With(s)
	}
	for _, b := range bases {
		p = p.WithBasis(b)
	}
	return p, nil
}
