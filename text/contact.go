package text

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"
)

// A ContactFault says why a telephone number or an e-mail address can't be used, in a way a form can explain:
// see Printer.ContactFault.
type ContactFault struct {
	Reason Reason
	Count  int // digits missing (PhoneTooShort) or too many (PhoneTooLong), numbers or characters allowed
}

// A Reason is the key of the message that explains a fault.
type Reason string

// Reasons of a ContactFault.
const (
	PhoneEmpty      Reason = "slip.contact.phone.empty"
	PhoneNotDigits  Reason = "slip.contact.phone.not_digits"
	PhoneSeveral    Reason = "slip.contact.phone.several"
	PhoneWrongStart Reason = "slip.contact.phone.wrong_start"
	PhoneNoZero     Reason = "slip.contact.phone.no_zero"
	PhoneTooMany    Reason = "slip.contact.phone.too_many"
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
