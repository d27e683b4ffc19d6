package table

import (
	"bytes"
	"unicode"
)

// isUTF16 reports whether b is UTF-16 or UTF-32: by its byte-order mark, or by the zero bytes that no other text has.
func isUTF16(b []byte) bool {
	return begins("\xFF\xFE")(b) || begins("\xFE\xFF")(b) || begins("\x00\x00\xFE\xFF")(b) ||
		isText(bytes.ReplaceAll(b, []byte{0}, nil)) && bytes.Count(b, []byte{0})*3 > len(b)
}

// isText reports whether b holds no control bytes but those of lines.
func isText(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return len(b) > 0
}

// encodingOf returns the key of what text that is not UTF-8 probably is. TCVN3 has its commonest letters (ă â ê ô ơ ư
// đ, à ả ã á ạ, ằ ẳ ẵ ắ) at A8–BE, where Windows-1258 has signs that a list hardly holds.
func encodingOf(b []byte) (key string) {
	high, tcvn3 := 0, 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
		if c >= 0xA8 && c <= 0xBE {
			tcvn3++
		}
	}
	if tcvn3*6 > high {
		return "list.table.problem.tcvn3"
	}
	return "list.table.problem.windows1258"
}

// isTCVN3Image reports whether s was typed with a TCVN3 font (.VnTime) into a program that stores Unicode: a letter is
// followed by a sign that no Vietnamese word has ("Th«n" for "Thôn"), and no letter is there that only Vietnamese has.
func isTCVN3Image(s string) bool {
	found, last := false, ' '
	for _, r := range s {
		switch {
		case r >= 0x1EA0 && r <= 0x1EF9, r == 'đ', r == 'Đ', r == 'ơ', r == 'Ơ', r == 'ư', r == 'Ư', r == 'ă', r == 'Ă':
			return false
		case r >= 0xA8 && r <= 0xBE && r != 0xAD && r != 0xB0 && r != 0xB2 && r != 0xB3 && unicode.IsLetter(last) &&
			last < 0x80:
			found = true
		}
		last = r
	}
	return found
}
