package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CodeCharacters returns the characters of a code as people type it, in capitals: without what stands before it (the
// address of a page and its #, a label and its colon), spaces, dashes and other signs. Full-width characters become
// plain. Letters that a Vietnamese typing program made stay: CodeSpellings undoes them.
func CodeCharacters(typed string) string {
	s := norm.NFKC.String(CleanLine(typed))
	if at := strings.LastIndexAny(s, "#:"); at >= 0 {
		s = s[at+1:]
	}
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return plainD(r)
		}
		return -1
	}, strings.ToUpper(s))
}

// MadeByTyping reports whether CodeCharacters holds letters which no code has and a Vietnamese typing program makes.
func MadeByTyping(characters string) bool {
	return strings.ContainsFunc(characters, func(r rune) bool { return r >= 0x80 })
}

// CodeSpellings returns what may have been typed where a code of length ASCII letters and digits came as characters
// (CodeCharacters): itself where it is all ASCII; else what the keys were with which a typing program made its
// letters, by Telex (AA, EE, DD, AW, UW or W; tones S F R X J), VNI (digits) and the keyboard of Windows, the likelier
// first: a key right after its letter before one that came later in the syllable. Only spellings of that length come
// back, 200 at most; a check character or the list of codes must choose among them.
func CodeSpellings(characters string, length int) []string {
	if !MadeByTyping(characters) {
		if len(characters) != length {
			return nil
		}
		return []string{characters}
	}
	found := spellings{length: length}
	letters := []rune(norm.NFD.String(characters))
	if len(letters) > 2*length { // a letter and its marks are at most as many keys as they are characters, but for Đ
		return nil
	}
	for reach := range maxReach + 1 {
		for _, keys := range []typingKeys{telex, vni} {
			found.undo(letters, keys, reach, nil, nil)
		}
	}
	found.add(windowsKeys(letters))
	return found.list
}

const (
	maxReach     = 3      // letters that a key may follow later than its own: the longest end of a syllable, "NGH", "UYE"
	maxSpellings = 200    // of one code
	maxSteps     = 20_000 // that are taken to find them
)

// typingKeys are the keys of a typing method by the mark that they set; for đ, U+0335 stands.
type typingKeys map[rune]string

var (
	telex = typingKeys{
		0x302: "AE", 0x306: "W", 0x31B: "W", 0x335: "D", 0x301: "S", 0x300: "F", 0x309: "R", 0x303: "X", 0x323: "J",
	}
	vni = typingKeys{
		0x302: "6", 0x306: "8", 0x31B: "7", 0x335: "9", 0x301: "1", 0x300: "2", 0x309: "3", 0x303: "4", 0x323: "5",
	}
)

// key is what a mark on a letter was typed with; 0 where the method has no such key.
func (k typingKeys) key(letter, mark rune) byte {
	keys := k[mark]
	switch {
	case keys == "":
		return 0
	case len(keys) == 1:
		return keys[0]
	case strings.ContainsRune(keys, letter): // Telex doubles the letter itself
		return byte(letter)
	}
	return 0
}

// A waiting key was typed after some of the letters that follow its own.
type waitingKey struct {
	key   byte
	reach int // letters that may still come before it
}

type spellings struct {
	length int
	list   []string
	steps  int
}

func (f *spellings) add(s string) {
	isNone := func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
	if len(s) == f.length && !strings.ContainsFunc(s, isNone) && len(f.list) < maxSpellings &&
		!slices.Contains(f.list, s) {
		f.list = append(f.list, s)
	}
}

// undo writes out the keys of letters, decomposed, to what is typed already; waiting are the keys still to come.
func (f *spellings) undo(letters []rune, keys typingKeys, reach int, typed []byte, waiting []waitingKey) {
	if f.steps++; f.steps > maxSteps || len(typed)+len(waiting) > f.length || len(f.list) == maxSpellings {
		return
	}
	for i, w := range waiting { // one of them is typed now
		f.undo(letters, keys, reach, append(slices.Clip(typed), w.key), slices.Delete(slices.Clone(waiting), i, i+1))
	}
	if len(letters) == 0 {
		if len(waiting) == 0 {
			f.add(string(typed))
		}
		return
	}
	letter, n := letters[0], 1
	var marks []rune
	if letter == 'Đ' {
		letter, marks = 'D', []rune{0x335}
	}
	for n < len(letters) && unicode.Is(unicode.Mn, letters[n]) {
		marks = append(marks, letters[n])
		n++
	}
	if letter >= 0x80 {
		return
	}
	var next []waitingKey
	for _, w := range waiting {
		if w.reach == 0 || letter < 'A' {
			return // it should have been typed before this letter
		}
		next = append(next, waitingKey{w.key, w.reach - 1})
	}
	for _, m := range marks {
		k := keys.key(letter, m)
		if k == 0 {
			return
		}
		next = append(next, waitingKey{k, reach})
	}
	f.undo(letters[n:], keys, reach, append(slices.Clip(typed), byte(letter)), next)
	if keys[0x31B] == "W" && letter == 'U' && slices.Contains(marks, 0x31B) { // W alone makes ư
		alone := slices.DeleteFunc(slices.Clone(next), func(w waitingKey) bool { return w.key == 'W' && w.reach == reach })
		f.undo(letters[n:], keys, reach, append(slices.Clip(typed), 'W'), alone)
	}
}

// windowsKeys undoes the Vietnamese keyboard of Windows, on which the digits are letters and tones.
func windowsKeys(letters []rune) string {
	s := strings.NewReplacer("A\u0302", "2", "E\u0302", "3", "O\u0302", "4").Replace(string(letters))
	return strings.NewReplacer("\u0300", "5", "\u0309", "6", "\u0303", "7", "\u0301", "8", "\u0323", "9").Replace(s)
}
