package text

import (
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord bounds a token, in bytes: longer words (pasted addresses of pages, noise) are cut, in texts and queries
// alike. PostgreSQL refuses lexemes above 2 KB; no Vietnamese syllable has more than seven letters.
const maxWord = 40

// Fold returns s as people type it who leave the diacritics out: lower case, without tone and vowel marks, đ as d.
// Composed and decomposed text give the same result. Characters that are no letters stay.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if c := foldASCII(r); c != 0 {
			b.WriteByte(c)
		} else if !unicode.Is(unicode.Mn, r) {
			foldOther(&b, r)
		}
	}
	return b.String()
}

// Tokens returns the words of texts under which they are found: each folded syllable and each pair of neighbouring
// syllables joined by "_" ("thu", "thu_tuc", "tuc", …), without repetition, in the order of their first occurrence.
// A pair never spans two of the texts, the end of a sentence or a blank line.
//
// Tokens consist of a–z, 0–9 and "_" alone, at most 81 bytes, whatever the text: they may stand as they are in an
// FTS5 MATCH expression (of a table whose tokenizer has tokenchars '_') and, cast to tsquery or tsvector, in
// PostgreSQL (whose parser, to_tsquery, would split at "_").
func Tokens(texts ...string) []string {
	var tokens []string
	seen := make(map[string]bool)
	add := func(token []byte) {
		if !seen[string(token)] { // the lookup copies nothing
			s := string(token)
			seen[s] = true
			tokens = append(tokens, s)
		}
	}
	var pair []byte
	for _, text := range texts {
		for w := range Words(text) {
			if w.First {
				pair = pair[:0]
			} else {
				pair = append(append(pair, '_'), w.Folded...)
				add(pair)
				pair = pair[:0]
			}
			add([]byte(w.Folded))
			pair = append(pair, w.Folded...)
		}
	}
	return tokens
}

// A Word is one syllable of a text: a run of Latin letters and digits.
type Word struct {
	Folded     string
	Start, End int  // bytes in the text
	First      bool // of a sentence: it makes no pair with the word before it
}

// Words yields the syllables of text as they are indexed ([Tokens]). A sentence ends as endsSentence says, and for a
// search at a colon before white space and at a blank line too. Letters of other scripts part words and are not found.
func Words(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		var letters []byte
		w := Word{First: true}
		run, feeds := 0, 0 // where the run without white space begins; line feeds since the last word
		for i, r := range text {
			c := foldASCII(r)
			if isTokenByte(c) {
				if len(letters) == 0 {
					w.Start = i
					feeds = 0
				}
				if len(letters) < maxWord {
					letters = append(letters, c)
				}
				continue
			}
			if len(letters) > 0 {
				if unicode.Is(unicode.Mn, r) {
					continue
				}
				w.Folded, w.End = string(letters), i
				if !yield(w) {
					return
				}
				letters, w.First = letters[:0], false
			}
			if unicode.IsSpace(r) {
				if r == '\n' {
					feeds++
				}
				before := text[run:i]
				w.First = w.First || feeds > 1 || endsSentence(before) || strings.HasSuffix(before, ":")
				run = i + utf8.RuneLen(r)
			}
		}
		if len(letters) > 0 {
			w.Folded, w.End = string(letters), len(text)
			yield(w)
		}
	}
}

// FoldedWords are the syllables of text in order, each as it is indexed.
func FoldedWords(text string) (words []string) {
	for w := range Words(text) {
		words = append(words, w.Folded)
	}
	return words
}

func isTokenByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}

// foldASCII returns the lower-case ASCII character for which r stands, 0 if there is none.
func foldASCII(r rune) byte {
	switch {
	case r >= 'A' && r <= 'Z':
		return byte(r) + 'a' - 'A'
	case r < utf8.RuneSelf:
		return byte(r)
	case r < latinEnd:
		return latinFold()[r]
	}
	return 0
}

// foldOther writes what is not of the Latin script: decomposed, without marks, in lower case.
func foldOther(b *strings.Builder, r rune) {
	for _, part := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			b.WriteRune(unicode.ToLower(part))
		}
	}
}

const latinEnd = 0x1F00

// latinFold maps each Latin letter with marks to its plain lower-case letter. Beside the canonical decompositions
// stand the letters with a stroke; U+00D0 and U+0189 are in it because they look like Đ and old documents hold them.
var latinFold = sync.OnceValue(func() *[latinEnd]byte {
	table := new([latinEnd]byte)
	for _, stroked := range []struct {
		letters string
		plain   byte
	}{{"ĐđÐðƉɖ", 'd'}, {"Øø", 'o'}, {"Łł", 'l'}, {"ı", 'i'}, {"Ħħ", 'h'}, {"Ŧŧ", 't'}} {
		for _, r := range stroked.letters {
			table[r] = stroked.plain
		}
	}
	for r := rune(0xC0); r < latinEnd; r++ {
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		if base < utf8.RuneSelf {
			table[r] = byte(unicode.ToLower(base))
		} else if base < latinEnd {
			table[r] = table[base]
		}
	}
	return table
})
