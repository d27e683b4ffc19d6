package text

import (
	"strings"
	"testing"
)

func TestRegisterNumber(t *testing.T) {
	for want, spellings := range map[string][]string{
		"ND-24-0019": {
			"ND-24-0019", "ND–24–0019", "ND 24 0019", "nd240019", "nd-24-0019", "ND-24-0019.",
			" nd – 24 – 0019 ", "ND−24‑0019",
			"ND.24.0019", "ND-24-19", "ＮＤ－２４－００１９", "ND_24_0019", "https://xa.example/hoi-dap/ND-24-0019",
		},
		"ĐT-24-0019":     {"ĐT-24-0019", "đt 24 19", "Ðt-24-0019", "đt240019"},
		"XT-26-10029":    {"XT-26-10029", "xt2610029"},
		"ABCDEF-01-0001": {"abcdef-01-1"},
	} {
		for _, s := range spellings {
			if got, whole := RegisterNumber(s); got != want || !whole {
				t.Errorf("RegisterNumber(%q) = %q, %v; want %q", s, got, whole, want)
			}
		}
	}
	for s, want := range map[string]string{
		"ND": "ND", "nd-24": "ND-24", "nd 24": "ND-24", "nd24": "ND-24",
		"ND-": "ND", "417": "417", "24–417": "24-417", "": "",
		"24 417.": "24-417", "đất": "ĐẤT", "ND-24-0000": "ND-24-0000", "nd–24–001": "ND-24-001", "%": "",
		"ABCDEFG-24-0019": "ABCDEFG-24-0019",
	} {
		if got, whole := RegisterNumber(s); got != want || whole {
			t.Errorf("RegisterNumber(%q) = %q, %v; want %q, no whole one", s, got, whole, want)
		}
	}
}

func TestRegisterNumbers(t *testing.T) {
	for s, want := range map[string]string{
		"ND-24-0003": "ND-24-0003", "số ND-24-0003": "ND-24-0003", "ý kiến số ND-24-0003.": "ND-24-0003",
		"nđ 24 0003": "NĐ-24-0003", "NĐ–24–0003": "NĐ-24-0003", "cho hỏi nd240003 xong chưa": "ND-24-0003",
		"số nd-24-3 trả lời sao": "ND-24-0003", "24-0003": "24-0003", "số 24–0003": "24-0003",
		"so 24-0003":             "SO-24-0003 24-0003",
		"ND-24-0003, ND-24-0004": "ND-24-0003 ND-24-0004",
		"khai sinh":              "", "24-003": "", "họp ngày 23-10-2024": "", "0912 345 678": "", "ND-24-0000": "", "": "",
	} {
		if got := strings.Join(RegisterNumbers(s), " "); got != want {
			t.Errorf("RegisterNumbers(%q) = %q, want %q", s, got, want)
		}
	}
}

// Spellings around a number change nothing.
func FuzzRegisterNumber(f *testing.F) {
	for _, s := range []string{"ND-24-0019", "nd240019", "đt 24 19", "ND–24–0019."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		number, whole := RegisterNumber(s)
		if !whole {
			return
		}
		for _, again := range []string{
			number, strings.ToLower(number), strings.ReplaceAll(number, "-", "–"), strings.ReplaceAll(number, "-", " ") + ".",
			strings.ReplaceAll(number, "-", ""),
		} {
			if got, ok := RegisterNumber(again); got != number || !ok {
				t.Errorf("RegisterNumber(%q) = %q, %v; want %q", again, got, ok, number)
			}
		}
	})
}
