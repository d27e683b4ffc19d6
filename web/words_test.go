package web

import (
	"os"
	"testing"

	"doithoai"
	"doithoai/text"
)

// TestParameterText words each parameter that comes with the program in English, and leaves the office's own words.
func TestParameterText(t *testing.T) {
	b, err := os.ReadFile("../store/defaults/parameters.json")
	if err != nil {
		t.Fatal(err)
	}
	all, err := doithoai.ParseParameters(b)
	if err != nil {
		t.Fatal(err)
	}
	en, vi := &Reader{Text: text.For("en")}, &Reader{Text: text.For("vi")}
	for _, p := range all {
		if got := vi.ParameterText(p); got != p.Label {
			t.Errorf("%s: %q in Vietnamese, want %q", p.Key, got, p.Label)
		}
		if got := en.ParameterText(p); got == p.Label {
			t.Errorf("%s has no English: its Vietnamese in the catalogue is not %q", p.Key, p.Label)
		}
	}
	own := doithoai.Parameter{Key: all[0].Key, Label: "Tên của cơ quan"}
	if got := en.ParameterText(own); got != own.Label {
		t.Errorf("the office's own words became %q", got)
	}
}

// TestParameterGroupsHaveNames in both languages.
func TestParameterGroupsHaveNames(t *testing.T) {
	for _, g := range doithoai.ParameterGroups {
		for _, lang := range []string{"vi", "en"} {
			if key := "settings.parameters.group." + string(g); !text.For(lang).Has(key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
}
