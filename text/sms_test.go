package text

import (
	"strings"
	"testing"
)

func TestUnmarked(t *testing.T) {
	for in, want := range map[string]string{
		"Ủy ban nhân dân xã Nghĩa Dũng: ý kiến số ND-26-0417 đã có trả lời.": "Uy ban nhan dan xa Nghia Dung: y kien so " +
			"ND-26-0417 da co tra loi.",
		"ĐƯỜNG Phạm Văn Đồng – “ngõ 3”…": `DUONG Pham Van Dong - "ngo 3"...`,
		"u\u031b\u0323": "u",
		"mặt 🙂 trời":    "mat ? troi",
		"a\u00a0b":      "a b",
	} {
		if got := Unmarked(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if n := SMSLength("a[b]"); n != 6 {
		t.Errorf("brackets count twice: %d", n)
	}
	if s := CutSMS(strings.Repeat("[", 100)); SMSLength(s) != MaxSMS {
		t.Errorf("%d", SMSLength(s))
	}
}

func TestMobile(t *testing.T) {
	for number, want := range map[string]bool{
		"0905123456": true, "0355123456": true, "02553821234": false, "08012345": false, "0801234567": false, "113": false,
		"": false, "905123456": false, "0690123456": false, "+84905123456": false,
	} {
		if Mobile(number) != want {
			t.Errorf("%q: %v", number, !want)
		}
	}
	if n := International("0905123456"); n != "+84905123456" {
		t.Error(n)
	}
}
