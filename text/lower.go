package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// LowerFirst lets words go on a sentence that has begun: the first letter is small, but for a first word with more
// capitals, as in "UBND xã".
func LowerFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	word, _, _ := strings.Cut(s, " ")
	if n == 0 || strings.ContainsFunc(word[n:], unicode.IsUpper) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

// UpperFirst begins a sentence: its first letter is a capital.
func UpperFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// NonEmpty are the texts that say something, in their order.
func NonEmpty(texts ...string) (list []string) {
	for _, s := range texts {
		if s != "" {
			list = append(list, s)
		}
	}
	return list
}
