package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// NameKey returns the form in which names (of people, villages, units, fields, bodies; headings of columns, roles) are
// compared: two spellings of one name have one key, two names have two. Alike are capitals and small letters; composed
// and decomposed letters; the places where programs put a tone ("hoà", "hòa"; "thuý", "thúy"; "tòan", "toàn"); every
// kind of dash, quotation mark and space, and none or some spaces beside a sign; đ and the letters that look like it
// (Ð, Ɖ, ð); full-width characters. All other marks count: "Thôn Hòa Bình" is not "Thôn Hóa Bình".
//
// A key is for comparing, never for showing.
func NameKey(s string) string {
	s = strings.ToLower(norm.NFKC.String(CleanLine(s)))
	var b strings.Builder
	b.Grow(len(s) + 8)
	tones := make([]rune, 0, 2) // of the syllable, which take their place at its end
	space, sign := false, true  // a space is owed; what stands before is no letter or digit
	for _, r := range norm.NFD.String(s) {
		letter := unicode.In(r, unicode.L, unicode.N, unicode.M)
		if isTone(r) {
			tones = append(tones, r)
			continue
		}
		if !letter && len(tones) > 0 {
			writeTones(&b, &tones)
		}
		if unicode.IsSpace(r) {
			space = !sign
			continue
		}
		if space && letter {
			b.WriteByte(' ')
		}
		b.WriteRune(plainSign(r))
		space, sign = false, !letter
	}
	writeTones(&b, &tones)
	return b.String()
}

// SameName reports whether a and b are one name, by their keys.
func SameName(a, b string) bool { return NameKey(a) == NameKey(b) }

// NearKey returns the form by which names are found that are probably one, and by which people search: the words
// without marks in small letters, parted by one space each; signs gone; numbers without zeros before them ("Thôn 03");
// y as the only vowel of a syllable as i ("lý", "lí"; "kỹ", "kĩ"). Names with one key have one near key.
func NearKey(s string) string {
	words := strings.FieldsFunc(Fold(norm.NFKC.String(CleanLine(s))), func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.N, unicode.M)
	})
	for i, w := range words {
		if number := strings.TrimLeft(w, "0"); number != "" && number[0] >= '0' && number[0] <= '9' {
			w = number
		}
		if head, ok := strings.CutSuffix(w, "y"); ok && head != "" && !strings.ContainsAny(head, "aeiouy") {
			w = head + "i"
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}

// shortPlaces are what the names of parts of a commune are shortened to.
var shortPlaces = map[string]string{"tdp": "to dan pho", "kp": "khu pho", "kdc": "khu dan cu"}

// DoubtKey returns the form by which two names of a list are doubted to be one: their [NearKey], with numbers parted
// from letters ("Thôn1"), what places are shortened to written out ("TDP 3"), and "quý" as "quí".
func DoubtKey(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if unicode.IsLetter(last) && unicode.IsDigit(r) || unicode.IsDigit(last) && unicode.IsLetter(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	words := strings.Fields(NearKey(b.String()))
	for i, w := range words {
		if long, ok := shortPlaces[w]; ok {
			words[i] = long
		} else if w == "quy" {
			words[i] = "qui"
		}
	}
	return strings.Join(words, " ")
}

// isTone reports whether r, of decomposed text, is one of the five tone marks.
func isTone(r rune) bool {
	switch r {
	case 0x300, 0x301, 0x303, 0x309, 0x323:
		return true
	}
	return false
}

func writeTones(b *strings.Builder, tones *[]rune) {
	slices.Sort(*tones)
	for _, r := range *tones {
		b.WriteRune(r)
	}
	*tones = (*tones)[:0]
}

// plainSign returns what stands for a character, in small letters, that has look-alikes.
func plainSign(r rune) rune {
	switch {
	case isDash(r):
		return '-'
	case unicode.In(r, unicode.Pi, unicode.Pf), r == '„', r == '\'', r == '`':
		return '"'
	}
	return plainD(r)
}

// isDash reports whether r is a dash of any kind, U+2010–2015 and the minus sign among them.
func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == 0x2212 }
