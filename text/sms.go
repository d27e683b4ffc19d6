package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxSMS is how many characters of the GSM alphabet (3GPP TS 23.038) one text message holds. With marks it would hold
// 70, and cost twice.
const MaxSMS = 160

// plainSigns are the signs of good typography as they are typed on a telephone.
var plainSigns = strings.NewReplacer(
	"đ", "d", "Đ", "D", "“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'", "`", "'", "–", "-", "—", "-", "…", "...",
	"\u00a0", " ", "\u202f", " ", "\u2011", "-", "·", "-",
)

// Unmarked returns s as gateways in Vietnam take text messages: without tone and vowel marks, capitals as they are.
// What has no letter or sign of ASCII becomes a question mark.
func Unmarked(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(plainSigns.Replace(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '\n' || r >= ' ' && r <= '~':
			b.WriteRune(r)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// SMSLength is how much of MaxSMS a text takes that Unmarked gave: some signs of ASCII count twice.
func SMSLength(s string) int {
	n := 0
	for _, r := range s {
		n++
		if strings.ContainsRune(`^{}\[]~|`, r) {
			n++
		}
	}
	return n
}

// CutSMS cuts what is longer than one text message.
func CutSMS(s string) string {
	for SMSLength(s) > MaxSMS {
		s = s[:len(s)-1]
	}
	return s
}
