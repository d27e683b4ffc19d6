package text

import (
	"errors"
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
		{"0694309116", "0694309116"}, {"069.234.2593", "0692342593"}, {"069 696 154", "069696154"},
		{"+84 69 430 9116", "0694309116"}, {"0084694309116", "0694309116"}, {"84 69 430 9116", "0694309116"},
		{"080 43162", "08043162"}, {"+84 80 43162", "08043162"},
		{"(+84)905123456", "0905123456"}, {"+84(0)905123456", "0905123456"}, {"+084 905 123 456", "0905123456"},
		{"(84) 905-123-456", "0905123456"}, {"84-0905123456", "0905123456"}, {"00 84 905 123 456", "0905123456"},
		{"0905‐123‑456", "0905123456"}, {"0905‒123–456", "0905123456"}, {"0905—123―456", "0905123456"},
		{"0905−123−456", "0905123456"}, {"＋８４ ９０５ １２３ ４５６", "0905123456"},
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
		{"905 123 456", ContactFault{Reason: PhoneNoZero}},
		{"255 382 1234", ContactFault{Reason: PhoneNoZero}},
		{"+905123456", ContactFault{Reason: PhoneWrongStart}},
		{"382 1234", ContactFault{Reason: PhoneWrongStart}},
		{"1022", ContactFault{Reason: PhoneWrongStart}},
		{"19001234", ContactFault{Reason: PhoneWrongStart}},
		{"069 430", ContactFault{PhoneTooShort, 4}},
		{"069 430 9116 1", ContactFault{PhoneTooLong, 1}},
		{"084905123456", ContactFault{PhoneTooLong, 2}},
		{"842553821", ContactFault{Reason: PhoneNoZero}},
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
		"0694309116":    "069 430 9116",
		"069696154":     "069 696 154",
		"08043162":      "080 43162",
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

var phoneForm = regexp.MustCompile(`^(0[35789][0-9]{8}|02[0-9]{8,9}|069[0-9]{5,7}|080[0-9]{5})$`)

// Whatever the spelling, one number has one key.
func TestPhoneKey(t *testing.T) {
	for want, spellings := range map[string][]string{
		"905123456": {
			"0905 123 456", "+84 905 123 456", "84905123456", "(+84)905123456", "905 123 456", "０９０５１２３４５６",
			"0084 905 123 456", "+84 (0) 905 123 456", "0905.123-456", "0905—123−456", "SĐT: 0905/123/456 (Zalo)",
			"0 9 0 5 1 2 3 4 5 6", "+084905123456", "\u202a0905\u00a0123\u200b456\u202c",
		},
		"2553821234": {"(0255) 382 1234", "+84 255 382 1234", "842553821234", "2553821234"},
		"694309116":  {"0694309116", "+84 69 430 9116", "8469 4309116"},
		"1022":       {"1022", "10 22"},
		"19001234":   {"1900 1234", "+84 1900 1234"},
		"842553821":  {"0842553821", "842553821", "+84842553821"},
		"":           {"", "không có", "+"},
	} {
		for _, s := range spellings {
			if got := PhoneKey(s); got != want {
				t.Errorf("PhoneKey(%q) = %q, want %q", s, got, want)
			}
		}
	}
}

func TestNormalPhones(t *testing.T) {
	for in, want := range map[string]string{
		"113": "113", "111": "111", "1022": "1022", "1080": "1080", "1900 1234": "19001234", "18001768": "18001768",
		"+84 1900 54 54 54": "1900545454", "1900.1091": "19001091", "0694309116": "0694309116",
		"080 43162": "08043162", "(0255) 382 1234": "02553821234", "0255/3821234": "02553821234",
		"(0255) 382 1234 (máy lẻ 12)": "02553821234x12", "02553821234 số lẻ: 105": "02553821234x105",
		"0255 382 1234, 0905 123 456": "02553821234; 0905123456", "1022, nhánh 5": "1022x5",
		"0255 382 1234 ext. 12": "02553821234x12", "02553821234x12; 113": "02553821234x12; 113",
		"0905123456/0906123456": "0905123456; 0906123456", "0905 123 456 - 0906 123 456": "0905123456; 0906123456",
		"0255 382 1234 0905 123 456": "02553821234; 0905123456", "113/114": "113; 114", "111 hoặc 1022": "111; 1022",
		"0905 123 456 – 0905123456": "0905123456", "１０２２": "1022",
	} {
		got, err := NormalPhones(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("NormalPhones(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]ContactFault{
		"":                        {Reason: PhoneEmpty},
		" ; ":                     {Reason: PhoneEmpty},
		"905123456":               {Reason: PhoneNoZero},
		"0905 123 4":              {PhoneTooShort, 2},
		"0905123456; 3822":        {Reason: PhoneWrongStart},
		"gọi Văn phòng":           {Reason: PhoneNotDigits},
		"máy lẻ 12":               {Reason: PhoneEmpty},
		"111;112;113;114;115":     {PhoneTooMany, maxNumbers},
		"02553821234x12x13":       {Reason: PhoneNotDigits},
		"0905 123 4567 090512345": {PhoneTooLong, 10},
	} {
		got, err := NormalPhones(in)
		var fault *ContactFault
		if !errors.As(err, &fault) || *fault != want || got != "" {
			t.Errorf("NormalPhones(%q) = %q, %v; want fault %v", in, got, err, want)
		}
	}
	for kept, want := range map[string][2]string{
		"02553821234x12; 113": {"(0255) 382 1234 máy lẻ 12; 113", "02553821234"},
		"1022":                {"1022", "1022"},
		"":                    {"", ""},
		"gọi":                 {"gọi", ""},
	} {
		if got := [2]string{For("vi").Phone(kept), Dial(kept)}; got != want {
			t.Errorf("%q is shown and dialled as %q, want %q", kept, got, want)
		}
	}
}

func FuzzNormalPhones(f *testing.F) {
	for _, s := range []string{"113 114", "02553821234 (máy lẻ 12)/1022", "0905-123–456 - 1900 1234", "x1", "ext1 2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kept, err := NormalPhones(s)
		if err != nil {
			return
		}
		for _, again := range []string{kept, For("vi").Phone(kept), For("en").Phone(kept)} {
			if got, err := NormalPhones(again); got != kept || err != nil {
				t.Errorf("NormalPhones(%q) = %q, %v; want %q as before", again, got, err, kept)
			}
		}
	})
}

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
		if key := PhoneKey(s); key != digits[1:] {
			t.Errorf("PhoneKey(%q) = %q, NormalPhone has %q", s, key, digits)
		}
		shown := Printer{}.Phone(digits)
		for _, again := range []string{digits, shown} {
			if got, err := NormalPhone(again); got != digits || err != nil {
				t.Errorf("NormalPhone(%q) = %q, %v; want %q as before", again, got, err, digits)
			}
		}
	})
}

// However many groups of digits there are, what is no list of numbers is refused at once.
func TestNormalPhonesIsBounded(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("1 ", 5000) + "a", strings.Repeat("113 ", 5000),
		strings.Repeat("1 1 3, ", 3) + strings.Repeat("1 ", 80) + "a",
	} {
		if got, err := NormalPhones(s); err == nil {
			t.Errorf("%.20q is %q", s, got)
		}
	}
}
