package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// fixtureRoot holds GOV.UK Frontend as npm installed it.
const fixtureRoot = "../assets/node_modules/govuk-frontend/dist/govuk/components"

// A fixture is one example of GOV.UK Frontend: the options of its macro and the
// HTML that this must give.
type fixture struct {
	Name    string          `json:"name"`
	Options json.RawMessage `json:"options"`
	HTML    string          `json:"html"`
}

// A fixtureSuite compares one of our parts with the fixtures of its original.
type fixtureSuite struct {
	component string
	// build makes our part from the options, or says which option it doesn't offer.
	build func(options json.RawMessage) (templ.Component, error)
	// drop are selectors of what the original has and ours leaves out on purpose.
	drop []string
}

func TestGOVUKFixtures(t *testing.T) {
	for _, suite := range fixtureSuites {
		t.Run(suite.component, func(t *testing.T) {
			stale := map[string]bool{}
			for name := range skipped[suite.component] {
				stale[name] = true
			}
			for _, f := range readFixtures(t, suite.component) {
				delete(stale, f.Name)
				t.Run(f.Name, func(t *testing.T) { suite.check(t, f) })
			}
			for name := range stale {
				t.Errorf("skip entry %q names no fixture", name)
			}
		})
	}
}

func (s fixtureSuite) check(t *testing.T, f fixture) {
	reason, skip := skipped[s.component][f.Name]
	got, err := s.html(t, f)
	same := err == nil && got == outline(t, f.HTML, s.drop...)
	switch {
	case skip && same:
		t.Errorf("skipped (%s), but it passes: remove the entry", reason)
	case skip && reason == "":
		t.Error("skipped without a reason")
	case skip:
		t.Skip(reason)
	case err != nil:
		t.Errorf("options %s: %v", f.Options, err)
	case !same:
		t.Errorf("options %s\ngot:\n%s\nwant:\n%s", f.Options, got, outline(t, f.HTML, s.drop...))
	}
}

func (s fixtureSuite) html(t *testing.T, f fixture) (string, error) {
	component, err := s.build(f.Options)
	if err != nil {
		return "", err
	}
	return outline(t, rendered(t, component), s.drop...), nil
}

func readFixtures(t *testing.T, component string) []fixture {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(fixtureRoot, component, "fixtures.json"))
	if os.IsNotExist(err) {
		t.Fatalf("the fixtures of GOV.UK Frontend are missing: run `make assets` (%v)", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Fixtures []fixture `json:"fixtures"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatalf("%s: %v", component, err)
	}
	if len(file.Fixtures) == 0 {
		t.Fatalf("%s: no fixtures", component)
	}
	return file.Fixtures
}

// build makes a part through options of type O. An option that O lacks is one
// the part doesn't offer, and an error.
func build[O any](part func(O) templ.Component) func(json.RawMessage) (templ.Component, error) {
	return func(raw json.RawMessage) (templ.Component, error) {
		raw, err := withoutHoles(raw)
		if err != nil {
			return nil, err
		}
		var options O
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&options); err != nil {
			return nil, err
		}
		return part(options), nil
	}
}

// withoutHoles drops null, false and empty items from lists, as the macros do. A
// Go slice has none.
func withoutHoles(raw json.RawMessage) (json.RawMessage, error) {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	return json.Marshal(fill(v))
}

func fill(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = fill(v[key])
		}
	case []any:
		items := []any{}
		for _, item := range v {
			if m, ok := item.(map[string]any); item == nil || item == false || item == "" || ok && len(m) == 0 {
				continue
			}
			items = append(items, fill(item))
		}
		return items
	}
	return v
}

// rich is the html option of a macro.
func rich(html string) templ.Component {
	if html == "" {
		return nil
	}
	return templ.Raw(strings.TrimSpace(html))
}

// scalar is an option that may be a word, a number or true.
type scalar string

func (s *scalar) UnmarshalJSON(raw []byte) error {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	switch v.(type) {
	case string, float64, bool:
		*s = scalar(fmt.Sprint(v))
		return nil
	}
	return fmt.Errorf("%s is no scalar", raw)
}

type attributesOption map[string]scalar

func (a attributesOption) attrs() Attrs {
	attrs := Attrs{}
	for name, value := range a {
		attrs[name] = string(value)
	}
	return attrs
}

// textOption is what many macros take: text or html, with classes and attributes.
type textOption struct {
	Text       scalar
	HTML       string
	Classes    string
	Attributes attributesOption
}
