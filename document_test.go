package doithoai

import "testing"

// The number of a document is one however it is spelt.
func TestNumberKey(t *testing.T) {
	for typed, want := range map[string]struct {
		key, series string
		serial      int
	}{
		"05/UBND-VP":    {"5/ubnd-vp", "ubnd-vp", 5},
		" 5/ubnd–vp":    {"5/ubnd-vp", "ubnd-vp", 5},
		"5/UBND-ĐC":     {"5/ubnd-đc", "ubnd-đc", 5},
		"214a/UBND":     {"214a/ubnd", "ubnd", 214},
		"42/2013/QH13":  {"42/2013/qh13", "2013/qh13", 42},
		"214":           {"214", "", 214},
		"UBND":          {"ubnd", "", 0},
		"":              {"", "", 0},
		"9999999999999": {"9999999999999", "", 0},
	} {
		key, series, serial := NumberKey(typed)
		if key != want.key || series != want.series || serial != want.serial && typed != "9999999999999" {
			t.Errorf("%q is %q, series %q, serial %d", typed, key, series, serial)
		}
	}
}
