package search

import (
	"slices"
	"strings"
)

// The parts of which a Vietnamese syllable is made, written without marks.
var (
	onsets = set(`b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x`)
	rimes  = set(`a ac ach ai am an ang anh ao ap at au ay
		e ec ech em en eng enh eo ep et eu
		i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
		o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong op ot
		u ua uan uang uat uay uac uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu
		uy uya uych uyen uyet uyn uynh uyt uyu
		y yem yen yeng yet yeu`)
)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		all[w] = true
	}
	return all
}

// syllable reports whether a folded word can be a Vietnamese syllable.
func syllable(folded string) bool {
	if rimes[folded] {
		return true
	}
	for n := min(3, len(folded)-1); n > 0; n-- {
		if onsets[folded[:n]] && rimes[folded[n:]] {
			return true
		}
	}
	return folded == "gi" || len(folded) > 2 && folded[:2] == "gi" && rimes["i"+folded[2:]]
}

// undone are the readings of a folded word in which what a typing program for Vietnamese was to have made a mark of
// is left as it was typed: doubled vowels and d, w, the letters of tones (Telex) or digits (VNI) after a vowel.
// None is given that can't be a Vietnamese syllable; nothing is undone of a word that can be one itself.
func undone(word string) []string {
	if syllable(word) || len(word) > 12 {
		return nil
	}
	var all []string
	add := func(s string) {
		if s != word && syllable(s) && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if strings.ContainsAny(word, "123456789") {
		add(strings.Map(func(r rune) rune {
			if r >= '1' && r <= '9' {
				return -1
			}
			return r
		}, word))
		return all
	}
	bare := undouble(strings.ReplaceAll(strings.ReplaceAll(word, "uw", "u"), "w", ""))
	add(bare)
	add(undouble(strings.ReplaceAll(word, "w", "u")))
	for _, base := range []string{bare, strings.ReplaceAll(word, "w", "")} {
		vowel := false
		for i := range len(base) {
			c := base[i]
			if strings.IndexByte("aeiouy", c) >= 0 {
				vowel = true
			}
			if vowel && strings.IndexByte("sfrxj", c) >= 0 {
				add(undouble(base[:i] + base[i+1:]))
			}
		}
	}
	return all
}

// undouble leaves one of two equal letters of those that Telex doubles, also where the second one stands at the end.
func undouble(s string) string {
	for _, double := range []string{"aa", "ee", "oo", "dd"} {
		s = strings.ReplaceAll(s, double, double[:1])
	}
	for _, c := range "aeod" {
		if n := strings.IndexRune(s, c); n >= 0 && n < len(s)-1 && rune(s[len(s)-1]) == c && !syllable(s) {
			s = s[:len(s)-1]
		}
	}
	return s
}
