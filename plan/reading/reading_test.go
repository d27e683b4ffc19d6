package reading

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

func TestPlansOfManyShapes(t *testing.T) {
	for file, want := range map[string]string{
		"1-mot-buoi.txt": "1-mot-buoi.json", "2-hai-buoi-du-thao.txt": "2-hai-buoi-du-thao.json",
		"3-chu-cai-theo-quy.txt": "3-chu-cai-theo-quy.json", "4-cum-thon-phu-luc.txt": "4-cum-thon-phu-luc.json",
		"5-bang-phan-cong.clean.txt": "5-bang-phan-cong.json", "5-bang-phan-cong.docx": "5-bang-phan-cong.json",
	} {
		t.Run(file, func(t *testing.T) {
			b, err := os.ReadFile("testdata/" + file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := File(b)
			if err != nil {
				t.Fatal(err)
			}
			wantReading(t, got, "testdata/"+want)
		})
	}
}

// wantReading compares a reading with the neutral shape in a file, key by key.
func wantReading(t *testing.T, got Reading, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	b, err = json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var have map[string]any
	if err := json.Unmarshal(b, &have); err != nil {
		t.Fatal(err)
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
