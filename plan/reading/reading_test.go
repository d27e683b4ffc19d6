package reading

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestPlansOfManyShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	for _, want := range files {
		name := strings.TrimSuffix(want, ".json")
		found := 0
		for _, file := range []string{name + ".txt", name + ".clean.txt", name + ".docx"} {
			b, err := os.ReadFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			found++
			t.Run(filepath.Base(file), func(t *testing.T) {
				must(t, err)
				got, err := File(b)
				must(t, err)
				wantReading(t, got, want)
			})
		}
		if found == 0 {
			t.Errorf("no document for %s", want)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantReading compares a reading with the neutral shape in a file, key by key.
func wantReading(t *testing.T, got Reading, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	must(t, err)
	var want, have map[string]any
	must(t, json.Unmarshal(b, &want))
	b, err = json.Marshal(got)
	must(t, err)
	must(t, json.Unmarshal(b, &have))
	if want["kind"] == string(KindNotPlan) {
		have = map[string]any{"kind": have["kind"]}
	}
	delete(want, "form_text") // what may get lost
	delete(have, "doubts")
	for key := range union(want, have) {
		if w, h := dropEmpty(want[key]), dropEmpty(have[key]); !reflect.DeepEqual(w, h) {
			t.Errorf("%s\ngot  %s\nwant %s", key, indented(h), indented(w))
		}
	}
}

func union(a, b map[string]any) map[string]bool {
	keys := map[string]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	return keys
}

// dropEmpty takes out of a value what says nothing: a key without a value may be left out.
func dropEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			if e = dropEmpty(e); e != nil && e != "" {
				out[k] = e
			}
		}
		if len(out) > 0 {
			return out
		}
	case []any:
		var out []any
		for _, e := range v {
			out = append(out, dropEmpty(e))
		}
		if len(out) > 0 {
			return out
		}
	default:
		return v
	}
	return nil
}

func indented(v any) string {
	b, _ := json.MarshalIndent(v, "     ", " ")
	return string(b)
}
