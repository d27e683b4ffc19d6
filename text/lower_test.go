package text

import "testing"

func TestLowerFirst(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "Hài lòng": "hài lòng", "Được": "được", "đã rõ": "đã rõ", "Ở đây": "ở đây", "Y tế": "y tế",
		"UBND xã Trà Giang": "UBND xã Trà Giang", "CCCD": "CCCD", "NĐ-CP": "NĐ-CP", "Về việc UBND": "về việc UBND",
		"12 ngày": "12 ngày",
	} {
		if got := LowerFirst(s); got != want {
			t.Errorf("%q became %q, want %q", s, got, want)
		}
	}
}
