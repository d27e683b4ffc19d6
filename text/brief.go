package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHeadline is the length of a headline in characters: two lines of a list.
const maxHeadline = 110

// Headline is what lists call something that was said: Brief at 110 characters.
func Headline(s string) string { return Brief(s, maxHeadline) }

// minSentence is how many characters a first sentence has at least: a shorter one (a salutation) says too little.
const minSentence = 20

// Brief cuts a text to its first sentence, and that to at most max characters: after its last clause that fits, or
// else after the last word, where either leaves more than half. It has an ellipsis where something was cut.
func Brief(s string, max int) string {
	runs := strings.Fields(s)
	s = strings.Join(runs, " ")
	at, first := 0, true // bytes before the run; whether the run begins a sentence or a list
	for _, run := range runs {
		at += len(run)
		ends := endsSentence(run) && !(first && isNumber(run)) // "1." begins a list
		if said := s[:at]; ends && utf8.RuneCountInString(said) > minSentence {
			if utf8.RuneCountInString(said) > max {
				break
			}
			return strings.TrimRight(said, ".;")
		}
		first = ends || strings.HasSuffix(run, ":")
		at += len(" ")
	}
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	runes := []rune(s)[:max]
	for _, end := range []rune{',', ' '} {
		for i := len(runes) - 1; i > max/2; i-- {
			if runes[i] == end {
				return string(runes[:i]) + "…"
			}
		}
	}
	return string(runes) + "…"
}

// endsSentence reports whether a sentence ends with a run of characters that white space follows: with . ! ? … or ;
// after whatever stands in the run, but for an abbreviation's full stop. Within "3.052" or "UBND-VP" there is no end.
func endsSentence(run string) bool {
	word := strings.TrimRightFunc(run, isSign)
	signs := run[len(word):]
	if strings.HasPrefix(signs, ".") && !strings.ContainsAny(signs, "!?…;") && isAbbreviation(word) {
		return false
	}
	return strings.ContainsAny(signs, ".!?…;")
}

// isSign reports whether r is no part of a word.
func isSign(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) }

// abbreviations are those that stand before the name or number which they belong to, folded.
var abbreviations = []string{"bs", "gs", "ks", "kts", "pgs", "pv", "sdt", "ths", "tp", "tr", "ts", "tt", "tx", "vd"}

// isAbbreviation reports whether a full stop after the word belongs to it: "TP. Quảng Ngãi", "ThS. Mẫu", "Q. 3".
func isAbbreviation(word string) bool {
	word = strings.TrimLeftFunc(word, isSign)
	if n := utf8.RuneCountInString(word); n < 2 {
		r, _ := utf8.DecodeRuneInString(word)
		return n == 1 && unicode.IsUpper(r)
	}
	return slices.Contains(abbreviations, Fold(word))
}

// isNumber reports whether a run consists of digits and signs.
func isNumber(run string) bool {
	return strings.IndexFunc(run, func(r rune) bool { return !unicode.IsDigit(r) && !isSign(r) }) < 0
}
