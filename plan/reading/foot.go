package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"doithoai/text"
)

var (
	recipientsHead = regexp.MustCompile(`^(?i:nơi|noi)\s+(?i:nhận|nhan)\s*:?\s*`)
	behalf         = regexp.MustCompile(`^(?:TM|T/M|TM/)\s*[.:]?\s*\pL`)
	post           = regexp.MustCompile(`^(?:(?:KT|K/T|TL|T/L|TUQ|Q)\s*\.?\s*)?(?:PHÓ\s+)?(?:CHỦ TỊCH|` +
		`CHÁNH VĂN PHÒNG|BÍ THƯ|TRƯỞNG (?:BAN|PHÒNG)|GIÁM ĐỐC)(?:\s+(?:UBND|PHỤ TRÁCH|THƯỜNG TRỰC).*)?$`)
	signed = regexp.MustCompile(`(?i)^[(\[]?\s*(?:đã ký|ký tên|chữ ký|ký|đóng dấu|dấu)` +
		`[^\pL]*(?:(?:và )?đóng dấu)?\s*[)\]]?$`)
	annex = regexp.MustCompile(`^(?i:phụ lục|phụ biểu|biểu mẫu)(?:\s+(?:số\s+)?[0-9IVX]+)?\s*[:.]?$`)
	kept  = regexp.MustCompile(`(?i)^lưu\s*:?\s`)
)

// capacity reports whether a line says in which capacity somebody signs.
func capacity(s string) bool {
	s = text.CleanLine(s)
	return post.MatchString(s) || behalf.MatchString(s) && isCaps(s)
}

// foot takes the recipients, the signature and the annexes off the end, and returns what stands above.
func (r *reader) foot(lines []line) (body, annexes []line) {
	start := slices.IndexFunc(lines, func(l line) bool { return recipientsHead.MatchString(l.bare) || capacity(l.bare) })
	if start < 0 {
		return lines, nil
	}
	rest := lines[start:]
	if i := slices.IndexFunc(rest, func(l line) bool { return annex.MatchString(l.bare) }); i >= 0 {
		rest, annexes = rest[:i], rest[i:]
	}
	s := &r.got.Signatory
	var names, titles []string
	recipients := false
	for i, l := range rest {
		switch {
		case l.cells != nil:
			return lines[:start], append(rest[i:], annexes...)
		case recipientsHead.MatchString(l.bare):
			recipients = true
			if more := recipientsHead.ReplaceAllString(l.bare, ""); more != "" {
				r.recipient(more)
			}
		case behalf.MatchString(l.bare) && isCaps(l.bare):
			s.For = l.bare
		case capacity(l.bare):
			titles = append(titles, l.bare)
		case signed.MatchString(l.bare):
		case recipients && len(titles) == 0 && s.For == "" || l.mark.isBullet():
			r.recipient(l.text)
		case isName(l.bare) && (s.For != "" || len(titles) > 0):
			names = append(names, l.bare)
		case len(titles) > 0 && recipients && strings.HasSuffix(l.bare, ";"), kept.MatchString(l.bare):
			r.recipient(l.text)
		default:
			r.other(l)
		}
	}
	s.Title = strings.Join(titles, " / ")
	if n := len(names); n > 0 {
		s.Name = names[n-1]
		for _, name := range names[:n-1] {
			r.other(line{bare: name})
		}
	}
	return lines[:start], annexes
}

func (r *reader) recipient(s string) {
	for part := range strings.SplitSeq(s, "; ") { // several in a line
		if part = strings.TrimRight(strings.TrimSpace(part), ";. "); part != "" {
			r.got.Recipients = append(r.got.Recipients, part)
		}
	}
}

// isName reports whether s is written as the name of a person is.
func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !unicode.IsUpper([]rune(w)[0]) || strings.ContainsAny(w, ",;:0123456789/()")
	})
}
