package text

import (
	"strings"
	"unicode"
)

// Wanted are the words of a query, folded.
type Wanted []string

// WantedIn reads a query: its words, whatever stands between them.
func WantedIn(query string) Wanted { return foldedWords(query) }

// In reports whether the texts have every word that is wanted, in any order, with or without marks. Nothing wanted is
// in nothing.
func (w Wanted) In(texts ...string) bool {
	said := " " + strings.Join(foldedWords(strings.Join(texts, " ")), " ") + " "
	for _, word := range w {
		if !strings.Contains(said, " "+word+" ") {
			return false
		}
	}
	return len(w) > 0
}

func foldedWords(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
