package text

import (
	"encoding/json"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// utf16Of is s in UTF-16, little-endian or big.
func utf16Of(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			u = u>>8 | u<<8
		}
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func TestFromFile(t *testing.T) {
	const s = "{\"tên\": \"Thôn 1 😀\"}\r\n"
	for name, b := range map[string][]byte{
		"plain": []byte(s), "mark": []byte("\uFEFF" + s),
		"UTF-16LE": utf16Of("\uFEFF"+s, false), "UTF-16BE": utf16Of("\uFEFF"+s, true),
		"UTF-16LE without mark": utf16Of(s, false), "UTF-16BE without mark": utf16Of(s, true),
		"cut": append(utf16Of("\uFEFF"+s, false), 'x'),
	} {
		if got := string(FromFile(b)); got != s {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, b := range []string{"", "a", "\x00", "\xff", "\xffa"} {
		if got := string(FromFile([]byte(b))); got != b {
			t.Errorf("%q became %q", b, got)
		}
	}
}

func TestJSONFromFile(t *testing.T) {
	const want = `{"a": "Hỏi “vì sao”?", "b": ["\"\\", 1]}`
	for _, s := range []string{
		want,
		`{“a”: "Hỏi “vì sao”?", “b”: ["\"\\", 1]}`,
		"{\u00a0\"a\":\u00a0\"Hỏi “vì sao”?\",\u202f\"b\": [\"\\\"\\\\\", 1]}",
		`{“a”: “Hỏi “vì sao”?”, “b”: [“\"\\”, 1]}`,
		`{“a”: “Hỏi “vì sao”?”, “b”: [“\”\\“, 1]}`,
	} {
		got := JSONFromFile([]byte(s))
		var a, b any
		if err := json.Unmarshal(got, &a); err != nil {
			t.Errorf("%s: %v: %s", s, err, got)
		}
		if err := json.Unmarshal([]byte(want), &b); err != nil {
			t.Fatal(err)
		}
		if x, _ := json.Marshal(a); string(x) != func() string { y, _ := json.Marshal(b); return string(y) }() {
			t.Errorf("%s became %s", s, got)
		}
	}
	for _, s := range []string{"", "không phải JSON", `{"a": 1`, "{“a"} {
		if got := JSONFromFile([]byte(s)); json.Valid(got) {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestPassword(t *testing.T) {
	const want = "Mật khẩu dài 2024"
	for _, s := range []string{
		norm.NFD.String(want), "Mâ\u0323t khâ\u0309u da\u0300i 2024", want + " ",
		"\uFEFF" + want, "Mật\u00a0khẩu dài 2024\r\n",
	} {
		if got := Password(s); got != want {
			t.Errorf("Password(%+q) = %+q", s, got)
		}
	}
	if Password("mật  khẩu") == Password("mật khẩu") || Password("A") == Password("a") {
		t.Error("two passwords are one")
	}
	if got := Login(" Quantri "); got != "quantri" {
		t.Errorf("Login = %q", got)
	}
}

func FuzzJSONFromFile(f *testing.F) {
	for _, s := range []string{`{“a”: “b”}`, "\xff\xfe{\x00}\x00", "{\u00a0}", `{"a": "\u201c"}`, "“\\"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got := JSONFromFile(b)
		if again := JSONFromFile(got); json.Valid(got) && string(again) != string(got) {
			t.Errorf("%q, then %q", got, again)
		}
		if json.Valid(b) && utf8.Valid(b) && len(b) > 1 && b[0] != 0 && b[1] != 0 && string(got) != string(b) {
			t.Errorf("JSON %q became %q", b, got)
		}
	})
}
