package text

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A ContactFault says why a telephone number or an e-mail address can't be used, in a way a form can explain:
// see Printer.ContactFault.
type ContactFault struct {
	Reason Reason
	Count  int // digits missing (PhoneTooShort), digits too many (PhoneTooLong), characters allowed (EmailTooLong)
}

// A Reason is the key of the message that explains a fault.
type Reason string

// Reasons of a ContactFault.
const (
	PhoneEmpty      Reason = "slip.contact.phone.empty"
	PhoneNotDigits  Reason = "slip.contact.phone.not_digits"
	PhoneSeveral    Reason = "slip.contact.phone.several"
	PhoneWrongStart Reason = "slip.contact.phone.wrong_start"
	PhoneTooShort   Reason = "slip.contact.phone.too_short"
	PhoneTooLong    Reason = "slip.contact.phone.too_long"

	EmailEmpty     Reason = "slip.contact.email.empty"
	EmailTooLong   Reason = "slip.contact.email.too_long"
	EmailNoAt      Reason = "slip.contact.email.no_at"
	EmailSeveral   Reason = "slip.contact.email.several"
	EmailNotPlain  Reason = "slip.contact.email.not_plain"
	EmailMalformed Reason = "slip.contact.email.malformed"
)

// Error names the reason, for the log; it never holds what was typed.
func (f *ContactFault) Error() string {
	return string(f.Reason)
}

// ContactFault returns the sentence for the field whose value NormalPhone or NormalEmail refused with err:
// "Số điện thoại còn thiếu 2 số, …". It returns "" if err is nil or not theirs.
func (p Printer) ContactFault(err error) string {
	var fault *ContactFault
	if !errors.As(err, &fault) {
		return ""
	}
	return p.T(string(fault.Reason), "count", fault.Count)
}

const (
	mobileDigits = 10
	// Since 2017 landlines have eleven digits (0255 382 1234, 024 3825 1234); ten are let pass, for the few special
	// networks and because a number we doubt is better than a person we can't call.
	landlineDigits    = 11
	landlineMinDigits = 10
)

// NormalPhone returns the telephone number typed as s in the form in which it is kept: digits only, beginning with 0.
// It accepts Vietnamese mobile numbers (10 digits: 03, 05, 07, 08, 09) and landlines (02), the forms +84, 0084 and 84
// for 0, and spaces, dots, hyphens and brackets anywhere. Else err is a *ContactFault.
func NormalPhone(s string) (digits string, err error) {
	digits, err = phoneDigits(s)
	if err != nil {
		return "", err
	}
	length := mobileDigits
	switch {
	case len(digits) < 2:
		if digits != "0" {
			return "", &ContactFault{Reason: PhoneWrongStart}
		}
	case digits[0] != '0' || !strings.Contains("235789", digits[1:2]):
		return "", &ContactFault{Reason: PhoneWrongStart}
	case digits[1] == '2':
		length = landlineDigits
		if len(digits) == landlineMinDigits {
			length = landlineMinDigits
		}
	}
	switch missing := length - len(digits); {
	case missing > 0:
		return "", &ContactFault{PhoneTooShort, missing}
	case missing < 0:
		return "", &ContactFault{PhoneTooLong, -missing}
	}
	return digits, nil
}

// phoneDigits returns the digits of s, the country code replaced by 0.
func phoneDigits(s string) (string, error) {
	var b strings.Builder
	plus := false
	for _, r := range norm.NFKC.String(CleanLine(s)) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && b.Len() == 0 && !plus:
			plus = true
		case strings.ContainsRune("/,;&|+", r):
			return "", &ContactFault{Reason: PhoneSeveral}
		case r == '.' || r == '(' || r == ')' || unicode.Is(unicode.Pd, r) || unicode.IsSpace(r):
		default:
			return "", &ContactFault{Reason: PhoneNotDigits}
		}
	}
	digits := b.String()
	switch {
	case digits == "":
		if plus {
			return "", &ContactFault{Reason: PhoneNotDigits}
		}
		return "", &ContactFault{Reason: PhoneEmpty}
	case strings.HasPrefix(digits, "0084"):
		return national(digits[4:]), nil
	case plus && strings.HasPrefix(digits, "84"),
		strings.HasPrefix(digits, "84") && len(digits) >= len("84")+mobileDigits-1:
		return national(digits[2:]), nil
	case plus:
		return "", &ContactFault{Reason: PhoneWrongStart}
	}
	return digits, nil
}

// national returns the digits after a country code with their 0, which some write and some don't: +84 (0) 905….
func national(digits string) string {
	return "0" + strings.TrimPrefix(digits, "0")
}

// Phone returns a number that NormalPhone gave as people read it: "0905 123 456", "(0255) 382 1234", "(024) 3825 1234".
// Anything else (a short number, 1900…) comes back as it is.
func (p Printer) Phone(digits string) string {
	if _, err := NormalPhone(digits); err != nil || strings.Trim(digits, "0123456789") != "" || digits[0] != '0' {
		return digits
	}
	switch {
	case digits[1] != '2':
		return digits[:4] + " " + digits[4:7] + " " + digits[7:]
	case digits[2] == '4' || digits[2] == '8':
		return "(" + digits[:3] + ") " + digits[3:7] + " " + digits[7:]
	}
	return "(" + digits[:4] + ") " + digits[4:7] + " " + digits[7:]
}

// maxEmail is the longest address a mail server must accept, in bytes (RFC 5321, 4.5.3.1.3, without the brackets).
const maxEmail = 254

// NormalEmail returns the e-mail address typed as s in the form in which it is kept: one bare ASCII address, its
// domain in lower case. A display name, a quoted or bracketed part or a domain without a dot is refused; whether the
// address exists is not asked. If refused, err is a *ContactFault.
func NormalEmail(s string) (address string, err error) {
	s = CleanLine(s)
	switch {
	case s == "":
		return "", &ContactFault{Reason: EmailEmpty}
	case len(s) > maxEmail:
		return "", &ContactFault{EmailTooLong, maxEmail}
	case strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) >= 0:
		return "", &ContactFault{Reason: EmailNotPlain}
	case !strings.Contains(s, "@"):
		return "", &ContactFault{Reason: EmailNoAt}
	case strings.Count(s, "@") > 1 && strings.ContainsAny(s, ",; /"):
		return "", &ContactFault{Reason: EmailSeveral}
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || strings.ContainsAny(s, `"[]<>() `) {
		return "", &ContactFault{Reason: EmailMalformed}
	}
	at := strings.LastIndexByte(s, '@')
	domain := strings.ToLower(s[at+1:])
	if !isDomain(domain) {
		return "", &ContactFault{Reason: EmailMalformed}
	}
	return s[:at+1] + domain, nil
}

// isDomain reports whether s, in lower case, is a host name of two labels or more (RFC 1123).
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return len(labels) > 1
}
