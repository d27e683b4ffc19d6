package text

import (
	"regexp"
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

// IsCommittee reports whether a name says in full of what it is the committee: "Ủy ban nhân dân tỉnh Quảng Ngãi".
func IsCommittee(name string) bool {
	rest, ok := cutCommittee(name)
	return ok && Level(rest, levels) != ""
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
	name = spelledLevel(name)
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

// shortLevels are how the words of levels are shortened before a name: "P. Trần Phú", "TT Sông Vệ".
var shortLevels = map[string]string{
	"x": "xã", "p": "phường", "tt": "thị trấn", "tx": "thị xã", "tp": "thành phố", "q": "quận", "h": "huyện", "t": "tỉnh",
}

// beforeName is what stands before the name of a place with a sign between them, or two capitals.
var beforeName = regexp.MustCompile(`^(\pL[\pL ]*?)\s*[.\-–]\s*(\p{Lu}.*)$|^(TT|TX|TP)\s+(\p{Lu}.*)$`)

// spelledLevel writes the word of a level out and parts it from the name: "phường Trần Phú", "Xã Trà Giang".
func spelledLevel(name string) string {
	m := beforeName.FindStringSubmatch(name)
	if m == nil {
		return name
	}
	word, rest := m[1]+m[3], m[2]+m[4]
	if long := shortLevels[strings.ToLower(word)]; long != "" {
		return long + " " + rest
	}
	if slices.Contains(levels, strings.ToLower(word)) {
		return word + " " + rest
	}
	return name
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
