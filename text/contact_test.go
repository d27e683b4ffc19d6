package text

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestNormalEmail(t *testing.T) {
	long := strings.Repeat("a", 60) + "@" + strings.Repeat("b", 60) + "." + strings.Repeat("c", 60) + "." +
		strings.Repeat("d", 60) + ".vn"
	for in, want := range map[string]string{
		"lan@example.com":                 "lan@example.com",
		" Lan.Nguyen+xa@Example.COM.VN\n": "Lan.Nguyen+xa@example.com.vn",
		"o'brien@example.com":             "o'brien@example.com",
		"lan@xn--vit-gia.example":         "lan@xn--vit-gia.example",
		long:                              long,
	} {
		if got, err := NormalEmail(in); got != want || err != nil {
			t.Errorf("NormalEmail(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]Reason{
		"":                                       EmailEmpty,
		" \u200b ":                               EmailEmpty,
		"lan.example.com":                        EmailNoAt,
		"lan@example":                            EmailMalformed,
		"lan@gmail,com":                          EmailMalformed,
		"@example.com":                           EmailMalformed,
		"lan@":                                   EmailMalformed,
		"lan@@example.com":                       EmailMalformed,
		"lan nguyen@example.com":                 EmailMalformed,
		"Lan <lan@example.com>":                  EmailMalformed,
		"<lan@example.com>":                      EmailMalformed,
		`"lan"@example.com`:                      EmailMalformed,
		"lan@[127.0.0.1]":                        EmailMalformed,
		"lan@example..com":                       EmailMalformed,
		"lan@-example.com":                       EmailMalformed,
		"lan@example.com.":                       EmailMalformed,
		"lan@exa_mple.com":                       EmailMalformed,
		"lan@example.com\r\nBcc: x":              EmailMalformed,
		"lan@example.com, hoa@example.com":       EmailSeveral,
		"lan@example.com hoa@example.com":        EmailSeveral,
		"đức@example.com":                        EmailNotPlain,
		"lan@việt.example":                       EmailNotPlain,
		"Không có":                               EmailNotPlain,
		strings.Repeat("a", 250) + "@b.vn":       EmailTooLong,
		"lan@" + strings.Repeat("a", 64) + ".vn": EmailMalformed,
	} {
		got, err := NormalEmail(in)
		var fault *ContactFault
		if !errors.As(err, &fault) || fault.Reason != want || got != "" {
			t.Errorf("NormalEmail(%q) = %q, %v; want %s", in, got, err, want)
		}
	}
}

func TestContactFaultExplains(t *testing.T) {
	_, err := NormalPhone("0905 123 4")
	tests := []struct {
		lang string
		err  error
		want string
	}{
		{"vi", err, "Số điện thoại còn thiếu 2 số, ví dụ đúng: 0900 000 000"},
		{"en", err, "The telephone number lacks 2 digits, for example 0900 000 000"},
		{"en", &ContactFault{PhoneTooShort, 1}, "The telephone number lacks 1 digit, for example 0900 000 000"},
		{"en", &ContactFault{PhoneTooLong, 1}, "The telephone number has 1 digit too many, for example 0900 000 000"},
		{"vi", &ContactFault{EmailTooLong, maxEmail}, "Địa chỉ thư điện tử dài quá 254 ký tự"},
		{"vi", nil, ""},
		{"vi", io.EOF, ""},
	}
	for _, tt := range tests {
		if got := For(tt.lang).ContactFault(tt.err); got != tt.want {
			t.Errorf("%s: ContactFault(%v) = %q, want %q", tt.lang, tt.err, got, tt.want)
		}
	}
	for _, reason := range []Reason{
		PhoneEmpty, PhoneNotDigits, PhoneSeveral, PhoneWrongStart, PhoneNoZero, PhoneTooMany, PhoneTooShort, PhoneTooLong,
		EmailEmpty, EmailTooLong, EmailNoAt, EmailSeveral, EmailNotPlain, EmailMalformed,
	} {
		for _, lang := range []string{"vi", "en"} {
			if got := For(lang).ContactFault(&ContactFault{reason, 2}); strings.Contains(got, "⟦") {
				t.Errorf("%s: %s reads %q", lang, reason, got)
			}
		}
	}
}

// What is typed wrongly is personal data all the same: it stays out of errors, hence out of logs.
func TestContactFaultHoldsNothingTyped(t *testing.T) {
	_, err := NormalEmail("lan nguyen@example.com")
	if err == nil || strings.Contains(err.Error(), "lan") {
		t.Errorf("error reads %q", err)
	}
}

func FuzzNormalEmail(f *testing.F) {
	f.Add("Lan@Example.com")
	f.Add("\"a\\\"@b\"@c.vn")
	f.Fuzz(func(t *testing.T, s string) {
		address, err := NormalEmail(s)
		if err != nil {
			return
		}
		if len(address) > maxEmail || strings.ContainsAny(address, " \r\n<>\",;") || strings.Count(address, "@") != 1 {
			t.Errorf("NormalEmail(%q) = %q", s, address)
		}
		if again, err := NormalEmail(address); again != address || err != nil {
			t.Errorf("NormalEmail(%q) = %q, %v", address, again, err)
		}
	})
}
