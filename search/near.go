package search

import (
	"math/bits"
	"slices"
	"strings"
)

// confusions are letters that people write for each other because they sound alike somewhere: at the beginning of a
// syllable, and at its end.
var (
	beginnings = [][]string{
		{"s", "x"}, {"ch", "tr"}, {"d", "gi", "r", "v"}, {"n", "l"}, {"ngh", "ng"}, {"gh", "g"}, {"c", "k", "q"},
		{"ph", "f"}, {"h", "kh"}, {"t", "th"}, {"h", "qu", "w"},
	}
	endings = [][]string{
		{"n", "ng", "nh"}, {"t", "c", "ch"}, {"i", "y"}, {"m", "n"}, {"ieu", "iu", "eu"}, {"uou", "uu", "iu"},
		{"ai", "ay"}, {"ao", "au"}, {"oi", "ui", "uoi"}, {"om", "um"}, {"en", "ien"},
		{"ong", "oong", "ung"}, {"iem", "im", "em"},
		{"im", "iem"}, {"ip", "iep"}, {"up", "uop"}, {"oa", "ao", "ua"}, {"oai", "aoi", "uai"},
	}
)

// alike are the words that a folded one may stand for because they sound alike.
func alike(word string) []string {
	var all []string
	add := func(s string) {
		if s != word && !slices.Contains(all, s) && syllable(s) {
			all = append(all, s)
		}
	}
	for _, group := range beginnings {
		for _, have := range group {
			if rest, ok := strings.CutPrefix(word, have); ok && rest != "" {
				for _, other := range group {
					add(other + rest)
				}
			}
		}
	}
	for _, group := range endings {
		for _, have := range group {
			if rest, ok := strings.CutSuffix(word, have); ok {
				for _, other := range group {
					add(rest + other)
				}
			}
		}
	}
	return all
}

// twin is the other spelling of a word whose last letter is i or y for the same sound (lý, lí), "" where there is none.
func twin(word string) string {
	switch word {
	case "i":
		return "y"
	case "y":
		return "i"
	}
	if len(word) < 2 || strings.IndexByte("hklmstvu", word[len(word)-2]) < 0 ||
		word[len(word)-2] == 'u' && !strings.HasPrefix(word, "qu") {
		return ""
	}
	rest := word[:len(word)-1]
	switch word[len(word)-1] {
	case 'i':
		return rest + "y"
	case 'y':
		return rest + "i"
	}
	return ""
}

// distance is how many letters must be put in, left out, changed or swapped with a neighbour to make b of a; more than
// most where it is more than that.
func distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	const widest = 24
	if len(a) > widest || len(b) > widest {
		return most + 1
	}
	var rows [3][widest + 1]int
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

// near are the words of the index that somebody may have meant who typed an unknown one, with how far they are: those
// that are a letter away, two of long words, or sound alike.
func (x *Index) near(word string) []guess {
	most := 1
	if len(word) >= 6 {
		most = 2
	}
	var all []guess
	mask := letters(word)
	for i := range x.terms {
		t := &x.terms[i]
		if bits.OnesCount32(t.mask^mask) > 2*most || len(t.folded) < 2 {
			continue
		}
		if d := distance(word, t.folded, most); d <= most && d > 0 {
			far := float64(d)
			if t.folded[0] != word[0] {
				far += 0.5
			}
			all = append(all, guess{t.folded, far})
		}
	}
	for _, s := range alike(word) {
		if x.count(s) == 0 {
			continue
		}
		if i := slices.IndexFunc(all, func(g guess) bool { return g.word == s }); i >= 0 {
			all[i].far = min(all[i].far, 0.6)
		} else {
			all = append(all, guess{s, 0.8})
		}
	}
	return all
}

// guess is a word that may have been meant.
type guess struct {
	word string
	far  float64
}
