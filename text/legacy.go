package text

import (
	"strings"
	"unicode"
)

// tcvn3Letters are the letters of a TCVN3 font (.VnTime) by the Latin-1 character in whose place each stands. A font of
// capitals (.VnTimeH) has capitals in the places of the small letters.
var tcvn3Letters = pairsOf(
	"µà ¸á ¶ả ·ã ¹ạ ¨ă »ằ ¾ắ ¼ẳ ½ẵ Æặ ©â Çầ Êấ Èẩ Éẫ Ëậ ®đ Ìè Ðé Îẻ Ïẽ Ñẹ ªê Òề Õế Óể Ôễ Öệ ×ì Ýí Øỉ Üĩ Þị " +
		"ßò ãó áỏ âõ äọ «ô åồ èố æổ çỗ éộ ¬ơ êờ íớ ëở ìỡ îợ ïù óú ñủ òũ ôụ \u00adư õừ øứ öử ÷ữ ùự úỳ ýý ûỷ üỹ þỵ " +
		"¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ")

// vniLetters are the letters of a VNI font: a letter with the signs behind it, in small letters.
var vniLetters = func() map[string]rune {
	m := map[string]rune{"ñ": 'đ', "ô": 'ơ', "ö": 'ư', "í": 'í', "ì": 'ì', "æ": 'ỉ', "ó": 'ĩ', "ò": 'ị', "î": 'ỵ'}
	add := func(base, signs, letters string) {
		l := []rune(letters)
		for i, sign := range []rune(signs) {
			m[base+string(sign)] = l[i]
		}
	}
	const tones = "ùøûõï"
	add("a", tones+"êéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ")
	add("e", tones+"âáàåãä", "éèẻẽẹêếềểễệ")
	add("o", tones+"âáàåãä", "óòỏõọôốồổỗộ")
	add("u", tones, "úùủũụ")
	add("ô", tones, "ớờởỡợ")
	add("ö", tones, "ứừửữự")
	add("y", "ùøûõ", "ýỳỷỹ")
	return m
}()

// pairsOf reads "µà ¸á": each character with what stands for it.
func pairsOf(s string) map[rune]rune {
	m := map[rune]rune{}
	for _, pair := range strings.Split(s, " ") {
		r := []rune(pair)
		m[r[0]] = r[1]
	}
	return m
}

// FromOldFont is text that was typed with an old font, DamageTCVN3 or DamageVNI, in Unicode. Any other text is returned
// as it is. It is for text that [Illegible] says was typed so: other text it would spoil. It comes before [Clean],
// which takes away the soft hyphen that stands for a letter in TCVN3.
func FromOldFont(s string, font Damage) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		switch font {
		case DamageTCVN3:
			line = fromTCVN3(line)
		case DamageVNI:
			line = fromVNI(line)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// fromTCVN3 converts a line. Words in capitals were typed with the font of capitals, and so was a line that has no
// small letter.
func fromTCVN3(line string) string {
	capitals := inCapitals(line, 3)
	words := strings.Split(line, " ")
	for i, w := range words {
		upper := capitals || inCapitals(w, 2)
		words[i] = strings.Map(func(r rune) rune {
			if to, ok := tcvn3Letters[r]; ok {
				r = to
			}
			if upper {
				r = unicode.ToUpper(r)
			}
			return r
		}, w)
	}
	return strings.Join(words, " ")
}

// inCapitals reports whether a text has at least so many capital letters of ASCII, and no small one.
func inCapitals(s string, least int) bool {
	n := 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			return false
		case r >= 'A' && r <= 'Z':
			n++
		}
	}
	return n >= least
}

// fromVNI converts a line: of a letter and the sign behind it, the letter says whether it is a capital.
func fromVNI(line string) string {
	in := []rune(line)
	var out strings.Builder
	for i := 0; i < len(in); i++ {
		small := string(unicode.ToLower(in[i]))
		to, ok := vniLetters[small]
		if i+1 < len(in) {
			if two, both := vniLetters[small+string(unicode.ToLower(in[i+1]))]; both {
				to, ok = two, true
				if unicode.IsUpper(in[i]) {
					to = unicode.ToUpper(to)
				}
				out.WriteRune(to)
				i++
				continue
			}
		}
		switch {
		case !ok:
			to = in[i]
		case unicode.IsUpper(in[i]):
			to = unicode.ToUpper(to)
		}
		out.WriteRune(to)
	}
	return out.String()
}
