package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks one letter keeps, counted in decomposed form. Vietnamese needs two, the
// scripts that stack most need five or six; towers of marks only serve to overflow a page or the projector.
const maxMarks = 8

// Clean returns s in the one form in which text typed by people is kept, compared, hashed and shown. It is silent,
// changes nothing in ordinary text already in NFC, and is idempotent. In the order in which the code works:
//
//  1. each run of bytes that is not UTF-8 becomes one U+FFFD, so that the reader sees that something was lost;
//  2. line ends of every kind (CRLF, CR, NEL, VT, FF, U+2028, U+2029) become LF, tab and every Unicode space a plain
//     space;
//  3. characters that nobody sees go: controls, format characters (zero width, bidirectional overrides, soft hyphen,
//     byte-order mark), fillers, private use, noncharacters. Emoji stay; a sequence joined by U+200D falls into its
//     parts;
//  4. a letter keeps its first eight combining marks;
//  5. the result is in NFC.
//
// Clean does not trim and does not bound the length: those are rules of the field.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if isClean(s) {
		return s
	}
	// Marks are counted on the decomposed text: only there does a letter show all of them, whatever form it came in.
	s = norm.NFD.String(strings.ReplaceAll(s, "\r\n", "\n"))
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for _, r := range s {
		r = cleanRune(r)
		if r < 0 {
			continue
		}
		if !isMark(r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// Plain returns clean text with its letters and digits in their plain forms: full width and the styled letters of
// mathematics become ordinary ones; marks, capitals and signs stay. It is for comparing.
func Plain(s string) string {
	s = Clean(s)
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Variation_Selector, r): // of the sign before: it joins no word
		case r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// CleanLine is Clean for a field of one line: every run of white space, line ends included, becomes one space, and
// none is left at either end.
func CleanLine(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// Cut shortens s to at most max characters, without white space at the cut.
func Cut(s string, max int) string {
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:max]))
}

// isClean reports whether Clean would return s, valid UTF-8, as it is. It may say no to clean text (any text with a
// combining mark left over after NFC), never yes to unclean text.
func isClean(s string) bool {
	composed := true // as far as it is seen
	for _, r := range s {
		if r < utf8.RuneSelf || isLatinLetter(r) {
			if r < ' ' && r != '\n' || r == 0x7F {
				return false
			}
		} else if unicode.Is(unicode.M, r) || cleanRune(r) != r {
			return false
		} else {
			composed = false
		}
	}
	return composed || norm.NFC.QuickSpanString(s) == len(s)
}

// isLatinLetter reports whether r is in one of the blocks of accented Latin letters, which hold nothing that Clean
// changes and nothing that isn't composed: the short way for nearly all of Vietnamese.
func isLatinLetter(r rune) bool {
	return r >= 0xC0 && r < 0x250 || r >= 0x1E00 && r < 0x1F00
}

// cleanRune returns what stands for r in clean text: r itself, a space, a line feed, or -1 for nothing.
func cleanRune(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7F, r == '\n':
		return r
	case r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return '\n'
	case r == '\t', unicode.Is(unicode.Zs, r):
		return ' '
	case r <= 0x9F, isHidden(r):
		return -1
	}
	return r
}

// isMark reports whether r, in decomposed text, belongs to the letter before it. Vowels and finals of Hangul count:
// package norm breaks long runs of either with U+034F, which is hidden.
func isMark(r rune) bool {
	return unicode.Is(unicode.M, r) || r >= 0x1160 && r <= 0x11FF
}

// isHidden reports whether r, above the ASCII and Latin-1 controls, has no appearance of its own. Unassigned code
// points are not hidden: the emoji of next year's telephones are among them.
func isHidden(r rune) bool {
	if r < 0xAD {
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Other_Default_Ignorable_Code_Point,
		unicode.Noncharacter_Code_Point)
}
