package text

import (
	"bytes"
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// maxName is how many characters of a name are kept on one line: about what a heading has at 320 px.
const maxName = 22

// AppendJoined appends s to dst with a no-break space wherever a line that ends there would cut what is read as one:
//
//   - the groups of a telephone number: 0912 345 678;
//   - a number and its unit, an hour and its minutes, a kind and its number: 7 ngày, 11 giờ 30, Điều 43, thôn 4;
//   - the syllables of a name of a person or place, up to maxName characters: Đà Nẵng;
//   - the syllables of a word of the office's language: hồ sơ, thủ tục (compounds.txt).
//
// Vietnamese is written in syllables, each of which is a word to a browser. Nothing else is changed, and what somebody
// copies and sends back is cleaned to plain spaces.
func AppendJoined(dst, s []byte) []byte {
	var before []byte // the word before the space, nil if a sign stands there
	var name int      // characters of the name that it ends
	for {
		at := bytes.IndexByte(s, ' ')
		word := s
		if at >= 0 {
			word = s[:at]
		}
		core := trimSigns(word)
		if before != nil && len(core) > 0 && &core[0] == &word[0] {
			if name = joinedName(name, before, core); name > 0 || belongs(before, core) {
				dst = append(dst[:len(dst)-1], "\u00a0"...)
			}
		} else {
			name = 0
		}
		dst = append(dst, word...)
		if at < 0 {
			return dst
		}
		dst = append(dst, ' ')
		before = nil
		if n := len(core); n > 0 && &core[n-1] == &word[len(word)-1] {
			before = core
		} else {
			name = 0
		}
		s = s[at+1:]
	}
}

// trimSigns cuts what is neither letter nor digit at both ends of a word, but for a percent sign.
func trimSigns(word []byte) []byte {
	for len(word) > 0 {
		r, n := utf8.DecodeRune(word)
		if !endsWord(r) {
			break
		}
		word = word[n:]
	}
	for len(word) > 0 {
		r, n := utf8.DecodeLastRune(word)
		if !endsWord(r) {
			break
		}
		word = word[:len(word)-n]
	}
	return word
}

// endsWord is isSign, quick for the letters of nearly all words.
func endsWord(r rune) bool {
	if r < utf8.RuneSelf {
		return !(r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' || r == '%')
	}
	return !isLatinLetter(r) && isSign(r)
}

// joinedName returns how many characters the name has with the word after it: 0 where they are no name, or one too
// long for a line.
func joinedName(name int, before, word []byte) int {
	if !isNamed(before) || !isNamed(word) {
		return 0
	}
	if name == 0 {
		name = utf8.RuneCount(before)
	}
	if name += 1 + utf8.RuneCount(word); name > maxName {
		return 0
	}
	return name
}

// isNamed reports whether a word is written as names are: a capital, then small letters.
func isNamed(word []byte) bool {
	first, n := utf8.DecodeRune(word)
	if !unicode.IsUpper(first) || n == len(word) {
		return false
	}
	return bytes.IndexFunc(word[n:], func(r rune) bool { return !unicode.IsLower(r) }) < 0
}

// belongs reports whether two neighbouring words are read as one.
func belongs(before, word []byte) bool {
	words := joinable()
	switch left, right := startsWithDigit(before), startsWithDigit(word); {
	case left && right:
		return isDigits(before) && isDigits(word)
	case left:
		return words.units[string(word)]
	case right:
		return words.heads[string(before)]
	}
	second, known := words.compounds[string(before)]
	return known && second[string(word)]
}

func startsWithDigit(word []byte) bool { return word[0] >= '0' && word[0] <= '9' }

func isDigits(word []byte) bool {
	return bytes.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// joinables are the words that AppendJoined knows.
type joinables struct {
	units, heads map[string]bool
	compounds    map[string]map[string]bool
}

//go:embed compounds.txt
var compounds string

var joinable = sync.OnceValue(func() joinables {
	words := joinables{set(units), set(heads), make(map[string]map[string]bool)}
	for line := range strings.Lines(compounds) {
		for word := range strings.SplitSeq(strings.TrimSpace(line), ", ") {
			first, second, ok := strings.Cut(word, " ")
			if !ok {
				continue
			}
			for _, first := range []string{first, capital(first)} {
				if words.compounds[first] == nil {
					words.compounds[first] = make(map[string]bool)
				}
				words.compounds[first][second] = true
			}
		}
	}
	return words
})

// units stand after their number; heads stand before it, in small letters or with a capital.
const (
	units = "giờ phút giây ngày tháng năm tuần quý đồng nghìn triệu tỷ tỉ lần người hộ trang tờ bản km m m² m³ ha kg % " +
		"ký ý việc mục cách phiếu dòng chữ tuổi cây buổi văn đơn đại lượt thôn xã trẻ câu điểm khoản trên days hours minutes"
	heads = "Điều điều khoản Khoản điểm thôn Thôn tổ Tổ số Số ngày Ngày tháng Tháng năm Năm quý Quý giờ mục Mục Phiếu " +
		"Bước bước kỳ Kỳ lớp khổ phòng"
)

func set(words string) map[string]bool {
	in := make(map[string]bool)
	for _, word := range strings.Fields(words) {
		in[word] = true
	}
	return in
}

func capital(word string) string {
	first, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[n:]
}
