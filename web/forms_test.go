package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"doithoai"
)

// telexed is a code as Telex shows it that looks at two letters at a time, vnied the same for VNI.
func telexed(code string) string {
	code = strings.NewReplacer("AA", "Â", "EE", "Ê", "DD", "Đ", "AW", "Ă", "UW", "Ư", "W", "Ư").Replace(code)
	return marked(code, map[string]string{"S": "\u0301", "F": "\u0300", "R": "\u0309", "X": "\u0303", "J": "\u0323"})
}

func vnied(code string) string {
	code = strings.NewReplacer("A6", "Â", "E6", "Ê", "D9", "Đ", "A8", "Ă", "U7", "Ư").Replace(code)
	return marked(code, map[string]string{"2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"})
}

func marked(code string, tones map[string]string) string {
	for key, tone := range tones {
		code = regexp.MustCompile(`([AEUYÂĂÊƯ])`+key).ReplaceAllString(code, "${1}"+tone)
	}
	return norm.NFC.String(code)
}

// Of a code typed with Vietnamese typing on, the check character leaves the right one and few others.
func TestReceiptCodesTypedInVietnamese(t *testing.T) {
	changed, several := 0, 0
	for n := range 400 {
		code := doithoai.NewReceiptCode(doithoai.IntakeKey{byte(n), byte(n >> 8)})
		for method, typed := range map[string]string{
			"plain":  strings.ToLower(string(code)),
			"groups": strings.Join(code.Groups(), "‑"),
			"page":   "https://an-phu.example/tra-cuu#" + string(code),
			"Telex":  strings.ToLower(telexed(string(code))), "VNI": vnied(string(code)),
		} {
			got := ReceiptCodes(typed)
			if !slices.Contains(got, code) {
				t.Errorf("%s: %q is typed as %q and gives %d codes", method, string(code), typed, len(got))
			}
			if method == "Telex" && typed != strings.ToLower(string(code)) {
				changed++
			}
			if len(got) > 1 {
				several++
			}
		}
	}
	t.Logf("Telex changes %d codes of 400; %d texts of 2,000 may be several codes", changed, several)
}

func TestReceiptCodesOfNone(t *testing.T) {
	for _, typed := range []string{"", "ND-24-0019", "Ê7J-XVD9-3PY8", "7KQM X3HT 9WPF C2RD", strings.Repeat("ự", 500)} {
		if got := ReceiptCodes(typed); len(got) > 0 {
			t.Errorf("%.20q gives %d codes", typed, len(got))
		}
	}
}
