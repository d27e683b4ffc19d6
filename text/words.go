package text

import (
	"iter"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Word is one syllable of a text: a run of Latin letters and digits.
type Word struct {
	Folded     string
	Start, End int  // bytes in the text
	First      bool // of a sentence
}

// Words yields the syllables of a text as they are indexed: see [Tokens].
func Words(s string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		for w := range words(s) {
			if !yield(Word{w.folded, w.start, w.end, w.first}) {
				return
			}
		}
	}
}

// Spelt is a word as its marks are compared: in small letters, composed or not, the tone after the letters, since both
// "hoà" and "hòa" are right. A word without marks is as [Fold] has it.
func Spelt(word string) string {
	if len(word) > 4*maxWord { // noise
		return Fold(word)
	}
	plain := true
	for i := range len(word) {
		plain = plain && word[i] < 0x80
	}
	if plain {
		return strings.ToLower(word)
	}
	var b strings.Builder
	var tone rune
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			tone = r
		case 'ð', 'ɖ': // they look like đ, and old documents hold them
			b.WriteRune('đ')
		default:
			b.WriteRune(r)
		}
	}
	if tone != 0 {
		b.WriteRune(tone)
	}
	return b.String()
}
