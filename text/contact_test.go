package text

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

func TestNormalPhone(t *testing.T) {
	tests := []struct{ in, want string }{
		{"0905123456", "0905123456"},
		{" 0905 123 456 ", "0905123456"},
		{"0905.123.456", "0905123456"},
		{"0905-123–456", "0905123456"},
		{"+84 905 123 456", "0905123456"},
		{"+84 (0) 905 123 456", "0905123456"},
		{"0084905123456", "0905123456"},
		{"84905123456", "0905123456"},
		{"(0255) 382 1234", "02553821234"},
		{"+84 255 382 1234", "02553821234"},
		{"842553821234", "02553821234"},
		{"024 3825 1234", "02438251234"},
		{"0255 382 123", "0255382123"},
		{"０９０５１２３４５６", "0905123456"},
		{"\u202a0905\u00a0123\u200b456\u202c", "0905123456"},
		{"0312345678", "0312345678"}, {"0512345678", "0512345678"}, {"0712345678", "0712345678"},
		{"0842553821", "0842553821"},
	}
	for _, tt := range tests {
		if got, err := NormalPhone(tt.in); got != tt.want || err != nil {
			t.Errorf("NormalPhone(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestNormalPhoneRefuses(t *testing.T) {
	tests := []struct {
		in   string
		want ContactFault
	}{
		{"", ContactFault{Reason: PhoneEmpty}},
		{" .- ", ContactFault{Reason: PhoneEmpty}},
		{"0905 123 4", ContactFault{PhoneTooShort, 2}},
		{"09", ContactFault{PhoneTooShort, 8}},
		{"0", ContactFault{PhoneTooShort, 9}},
		{"0255 382", ContactFault{PhoneTooShort, 4}},
		{"+84 905 123 45", ContactFault{PhoneTooShort, 1}},
		{"0905 123 4567", ContactFault{PhoneTooLong, 1}},
		{"0255 382 12345", ContactFault{PhoneTooLong, 1}},
		{"0105 123 456", ContactFault{Reason: PhoneWrongStart}},
		{"0605 123 456", ContactFault{Reason: PhoneWrongStart}},
		{"905 123 456", ContactFault{Reason: PhoneWrongStart}},
		{"842553821", ContactFault{Reason: PhoneWrongStart}},
		{"+1 202 555 0100", ContactFault{Reason: PhoneWrongStart}},
		{"+", ContactFault{Reason: PhoneNotDigits}},
		{"9", ContactFault{Reason: PhoneWrongStart}},
		{"090512345O", ContactFault{Reason: PhoneNotDigits}},
		{"0905123456 (con gái)", ContactFault{Reason: PhoneNotDigits}},
		{"không có", ContactFault{Reason: PhoneNotDigits}},
		{"0905123456 / 0906123456", ContactFault{Reason: PhoneSeveral}},
		{"0905123456, 0906123456", ContactFault{Reason: PhoneSeveral}},
		{strings.Repeat("0905123456", 100), ContactFault{PhoneTooLong, 990}},
	}
	for _, tt := range tests {
		got, err := NormalPhone(tt.in)
		var fault *ContactFault
		if !errors.As(err, &fault) || *fault != tt.want || got != "" {
			t.Errorf("NormalPhone(%q) = %q, %v; want fault %v", tt.in, got, err, tt.want)
		}
	}
}

func TestPhone(t *testing.T) {
	for in, want := range map[string]string{
		"0905123456":    "0905 123 456",
		"02553821234":   "(0255) 382 1234",
		"0255382123":    "(0255) 382 123",
		"02438251234":   "(024) 3825 1234",
		"19001234":      "19001234",
		"84905123456":   "84905123456",
		"+84905123456":  "+84905123456",
		"0905 123456":   "0905 123456",
		"":              "",
		"090512345":     "090512345",
		"０９０５１２３４５６":    "０９０５１２３４５６",
		"084905123456 ": "084905123456 ",
	} {
		if got := For("vi").Phone(in); got != want {
			t.Errorf("Phone(%q) = %q, want %q", in, got, want)
		}
	}
}

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
		PhoneEmpty, PhoneNotDigits, PhoneSeveral, PhoneWrongStart, PhoneTooShort, PhoneTooLong,
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

var phoneForm = regexp.MustCompile(`^(0[35789][0-9]{8}|02[0-9]{8,9})$`)

func FuzzNormalPhone(f *testing.F) {
	for _, s := range []string{"0905 123 456", "+84905123456", "(0255) 382 1234", "0084", "84", "+0", "٠٩٠٥"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		digits, err := NormalPhone(s)
		if err != nil {
			var fault *ContactFault
			if !errors.As(err, &fault) || digits != "" || fault.Count < 0 {
				t.Errorf("NormalPhone(%q) = %q, %v", s, digits, err)
			}
			return
		}
		if !phoneForm.MatchString(digits) {
			t.Errorf("NormalPhone(%q) = %q", s, digits)
		}
		shown := Printer{}.Phone(digits)
		for _, again := range []string{digits, shown} {
			if got, err := NormalPhone(again); got != digits || err != nil {
				t.Errorf("NormalPhone(%q) = %q, %v; want %q as before", again, got, err, digits)
			}
		}
	})
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
