package text

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const byteOrderMark = "\uFEFF"

// FromFile returns the text of a file in UTF-8, as programs of Windows write it: a byte-order mark is skipped, UTF-16
// (PowerShell's ">", "Unicode" in Notepad) is decoded, with a mark or without. All else comes back as it is.
func FromFile(b []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte(byteOrderMark)):
		return b[len(byteOrderMark):]
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		b, order = b[2:], binary.LittleEndian
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		b, order = b[2:], binary.BigEndian
	case len(b) > 1 && b[0] != 0 && b[1] == 0:
		order = binary.LittleEndian
	case len(b) > 1 && b[0] == 0 && b[1] != 0:
		order = binary.BigEndian
	default:
		return b
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// JSONFromFile is FromFile for JSON that went through a mail program, a word processor or a page on its way. Where it
// is none any more, curly quotation marks around strings become straight ones and no-break spaces between them plain
// ones. What stands inside strings is not touched.
func JSONFromFile(b []byte) []byte {
	b = FromFile(b)
	if json.Valid(b) || !utf8.Valid(b) {
		return b
	}
	return straightened(string(b))
}

// straightened replaces what stands for quotation marks and spaces of JSON. A string that begins with a curly mark ends
// with the first mark of any kind before a sign that can follow a string; an escaped one belongs to it.
// web/assets/ts/verify.ts does the same.
func straightened(s string) []byte {
	const curly = "“”„‟″＂"
	var b bytes.Buffer
	opened := rune(0) // the mark that the string began with
	escaped := false
	for i, r := range s {
		mark := r == '"' || strings.ContainsRune(curly, r)
		switch {
		case opened == 0 && mark:
			opened = r
			b.WriteByte('"')
		case opened == 0 && (r == '\u00A0' || r == '\u202F' || r == '\uFEFF'):
			b.WriteByte(' ')
		case opened != 0 && !escaped && (opened == '"' && r == '"' ||
			opened != '"' && mark && endsString(s[i+utf8.RuneLen(r):])):
			opened = 0
			b.WriteByte('"')
		case escaped && mark: // \" was made curly too: JSON knows no other escaped mark
			b.WriteByte('"')
		default:
			b.WriteRune(r)
		}
		escaped = opened != 0 && r == '\\' && !escaped
	}
	return b.Bytes()
}

// endsString reports whether a string of JSON can end before rest.
func endsString(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\n\u00A0\u202F")
	return rest == "" || strings.ContainsRune(":,]}", rune(rest[0]))
}

// Password returns a password as it is hashed, whatever way it came: composed and decomposed letters are one, what
// nobody sees goes, white space at its ends too (NIST SP 800-63B, 5.1.1.2).
func Password(s string) string { return strings.TrimSpace(Clean(s)) }

// Login returns the name that somebody signs in with as it is kept: capitals and full-width letters are no others.
func Login(s string) string { return strings.ToLower(norm.NFKC.String(CleanLine(s))) }
