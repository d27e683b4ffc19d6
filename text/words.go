package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

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
		if isTone(r) {
			tone = r
		} else {
			b.WriteRune(plainD(r))
		}
	}
	if tone != 0 {
		b.WriteRune(tone)
	}
	return b.String()
}

// plainD returns Đ and đ for the letters that look like them, which old documents hold; other characters as they are.
func plainD(r rune) rune {
	switch r {
	case 'Ð', 'Ɖ':
		return 'Đ'
	case 'ð', 'ɖ':
		return 'đ'
	}
	return r
}
