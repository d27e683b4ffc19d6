package table

import (
	"bytes"
	"cmp"
	"unicode/utf8"
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

// mixed returns the number of the first line that is not UTF-8 where a line before or after it is, with letters that
// are no ASCII: half of the file came from elsewhere. 0: the whole file has one encoding.
func mixed(b []byte) (line int) {
	unicode := false
	n := 0
	for l := range bytes.Lines(b) {
		n++
		switch {
		case !utf8.Valid(l):
			line = cmp.Or(line, n)
		case bytes.ContainsFunc(l, func(r rune) bool { return r >= utf8.RuneSelf }):
			unicode = true
		}
	}
	if !unicode {
		return 0
	}
	return line
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
