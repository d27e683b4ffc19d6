package text

import "testing"

func TestPaperKey(t *testing.T) {
	for _, same := range [][]string{
		{"ND-0012", "nd 12", "NĐ.12", "ND12", " nd–00012 ", "ＮＤ-１２"}, {"0", "00"}, {"số 7", "SỐ 007"}, {"", " - "},
	} {
		for _, s := range same[1:] {
			if PaperKey(s) != PaperKey(same[0]) {
				t.Errorf("%q: %q, want %q", s, PaperKey(s), PaperKey(same[0]))
			}
		}
	}
	for _, other := range [][2]string{{"12", "120"}, {"ND-12", "KH-12"}, {"1-23", "12-3"}, {"10", "1"}} {
		if PaperKey(other[0]) == PaperKey(other[1]) {
			t.Errorf("%q and %q have one key", other[0], other[1])
		}
	}
}
