package web

import (
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"

	"doithoai/text"
)

// code is a register number, or the number and symbol of a document: a browser would end a line at its hyphens. It
// stands between characters that are no letters and no digits.
var code = regexp.MustCompile(`(?:\d+/)?[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+){1,4}`)

// verbatim are the elements whose text is kept as it is: their content is sent back, run, or copied by machines.
// In plain are those which hold text only, so that a code in them can't have an element of its own.
var (
	verbatim = map[string]bool{"script": true, "style": true, "textarea": true, "pre": true, "code": true}
	plain    = map[string]bool{"title": true, "option": true}
)

// Unbroken is a part of a page as [Request.Page] has it.
func Unbroken(part []byte) []byte { return appendUnbroken(nil, part) }

// appendUnbroken appends a page to dst with the text between its tags as text.AppendJoined has it, and with codes in
// elements that don't break, unless they stand in such a one. It takes what templ writes: no comments, and no ">"
// within a tag but its last character.
func appendUnbroken(dst, page []byte) []byte {
	inPlain := false
	for {
		tag := bytes.IndexByte(page, '<')
		if tag < 0 {
			return appendText(dst, page, !inPlain)
		}
		dst = appendText(dst, page[:tag], !inPlain)
		page = page[tag:]
		end := bytes.IndexByte(page, '>')
		if end < 0 {
			return append(dst, page...)
		}
		name := tagName(page)
		end++
		inPlain = plain[name] || breaksNowhere(page[:end])
		if verbatim[name] {
			if closing := bytes.Index(page[end:], []byte("</"+name)); closing >= 0 {
				end += closing
			}
		}
		dst = append(dst, page[:end]...)
		page = page[end:]
	}
}

// breaksNowhere reports whether a tag is of an element that breaks nowhere already.
func breaksNowhere(tag []byte) bool {
	return bytes.Contains(tag, []byte(`dt-no"`)) || bytes.Contains(tag, []byte("dt-no "))
}

// tagName is the name of the element that the tag at the start of page opens, "" for one that it closes.
func tagName(page []byte) string {
	n := 1
	for n < len(page) && page[n] >= 'a' && page[n] <= 'z' {
		n++
	}
	return string(page[1:n])
}

// appendText appends a text between two tags.
func appendText(dst, s []byte, codes bool) []byte {
	if bytes.IndexByte(s, '-') < 0 || !codes {
		return text.AppendJoined(dst, s)
	}
	at := 0
	for _, found := range code.FindAllIndex(s, -1) {
		before, _ := utf8.DecodeLastRune(s[:found[0]])
		after, _ := utf8.DecodeRune(s[found[1]:])
		if inWord(before) || inWord(after) {
			continue
		}
		dst = text.AppendJoined(dst, s[at:found[0]])
		dst = append(append(append(dst, `<span class="dt-no">`...), s[found[0]:found[1]]...), `</span>`...)
		at = found[1]
	}
	return text.AppendJoined(dst, s[at:])
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
