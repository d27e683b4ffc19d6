package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHeadline is how long a proposed headline is in characters: one line of a list.
const maxHeadline = 48

// Headline is what lists, headings and notices call something that was said: the headline that somebody set, or else
// the one that is proposed, Brief at 48 characters.
func Headline(set, said string) string {
	if set != "" {
		return set
	}
	return Brief(said, maxHeadline)
}

// minSentence is how many characters a first sentence has at least: a shorter one (a salutation) says too little.
const minSentence = 20

// Brief cuts a text to its first sentence, and that to at most max characters: after its last clause that fits, or
// else after the last word, where either leaves more than half. It ends with an ellipsis, which counts, where anything
// was cut.
func Brief(s string, max int) string {
	runs := strings.Fields(s)
	s = strings.Join(runs, " ")
	said := firstSentence(runs, s)
	if said != s && utf8.RuneCountInString(said) < max {
		return said + "…"
	}
	if said == s {
		if short := strings.TrimRight(s, ".;"); utf8.RuneCountInString(short) <= max {
			return short
		}
	}
	runes := []rune(said)
	last := min(max, len(runes)) - 1
	for _, end := range []rune{',', ' '} {
		for i := last; i > max/2; i-- {
			if runes[i] == end && !cutsWord(runes, i) {
				return string(runes[:i]) + "…"
			}
		}
	}
	return string(runes[:last]) + "…"
}

// cutsWord reports whether the space at i stands within what is read as one: "bảo hiểm y| tế".
func cutsWord(runes []rune, i int) bool {
	if runes[i] != ' ' {
		return false
	}
	before, after := string(runes[:i]), string(runes[i+1:])
	before = before[strings.LastIndexByte(before, ' ')+1:]
	after, _, _ = strings.Cut(after, " ")
	return belongs([]byte(before), trimSigns([]byte(after)))
}

// firstSentence is the first sentence of s, whose runs without white space are given, without its full stop; s where it
// has no second one.
func firstSentence(runs []string, s string) string {
	at, first := 0, true // bytes before the run; whether the run begins a sentence or a list
	for _, run := range runs {
		at += len(run)
		ends := endsSentence(run) && !(first && isNumber(run)) // "1." begins a list
		if at < len(s) && ends && utf8.RuneCountInString(s[:at]) > minSentence {
			return strings.TrimRight(s[:at], ".;")
		}
		first = ends || strings.HasSuffix(run, ":")
		at += len(" ")
	}
	return s
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
	return slices.Contains(abbreviations, Fold(word)) || strings.ToLower(word) == "số" // never the end of "hồ sơ."
}

// isNumber reports whether a run consists of digits and signs.
func isNumber(run string) bool {
	return strings.IndexFunc(run, func(r rune) bool { return !unicode.IsDigit(r) && !isSign(r) }) < 0
}
