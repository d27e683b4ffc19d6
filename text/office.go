package text

import (
	"slices"
	"strings"
	"unicode"
)

// levels are the words with which the name of what a committee governs begins.
var levels = []string{"tỉnh", "thành phố", "thị xã", "huyện", "quận", "xã", "phường", "đặc khu", "thị trấn"}

// Committee spells a people's committee out as papers have it: "UBND Tỉnh Quảng Ngãi" and "tỉnh Quảng Ngãi" are
// "Ủy ban nhân dân tỉnh Quảng Ngãi". Other names come back as they are.
func Committee(name string) string {
	rest, ok := cutCommittee(CleanLine(name))
	level := Level(rest, levels)
	if !ok && level == "" || rest == "" {
		return CleanLine(name)
	}
	if level != "" {
		rest = level + rest[len(level):] // capitals and small letters are as long
	}
	return "Ủy ban nhân dân " + rest
}

// Level is the word of a list with which a name begins, in capitals or not: "xã" of "XÃ TRÀ GIANG"; "" where it begins
// with none.
func Level(name string, words []string) string {
	small := strings.ToLower(name)
	i := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(small, word+" ") })
	if i < 0 {
		return ""
	}
	return words[i]
}

// PlaceName is the proper name of a commune as its papers write it, of what people type: without the committee, and
// without the kind in front; where it was typed in capitals or small letters alone, each word has its capital. kind is
// the one of kinds that was typed, "" where none was.
func PlaceName(typed string, kinds []string) (name, kind string) {
	name, _ = cutCommittee(CleanLine(typed))
	if kind = Level(name, kinds); kind != "" {
		name = strings.TrimSpace(name[len(kind):])
	}
	if name == strings.ToUpper(name) || name == strings.ToLower(name) {
		words := strings.Fields(strings.ToLower(name))
		for i, word := range words {
			first := []rune(word)
			first[0] = unicode.ToUpper(first[0])
			words[i] = string(first)
		}
		name = strings.Join(words, " ")
	}
	return name, kind
}

// cutCommittee cuts the words for a people's committee off the beginning of a name, however they are written.
func cutCommittee(name string) (rest string, ok bool) {
	words := strings.Fields(name)
	for _, committee := range []string{"uy ban nhan dan", "ubnd", "u.b.n.d", "u.b.n.d."} {
		n := len(strings.Fields(committee))
		if len(words) > n && Fold(strings.Join(words[:n], " ")) == committee {
			return strings.Join(words[n:], " "), true
		}
	}
	return name, false
}
