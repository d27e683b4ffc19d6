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
	post           = regexp.MustCompile(`^(?:(?:KT|K/T|TL|T/L|TUQ|Q)\s*\.?\s*)?(?:PHÓ\s+|P\.\s*)?(?:CHỦ TỊCH|` +
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
	var signers []signer
	current := func() *signer { // who signs on the lines around
		if len(signers) == 0 {
			signers = append(signers, signer{})
		}
		return &signers[len(signers)-1]
	}
	recipients := false
	for i, l := range rest {
		if len(signers) > 0 {
			current().at = l.at
		}
		switch {
		case l.cells != nil:
			return lines[:start], append(rest[i:], annexes...)
		case recipientsHead.MatchString(l.bare):
			recipients = true
			if more := recipientsHead.ReplaceAllString(l.bare, ""); more != "" {
				r.recipient(more)
			}
		case behalf.MatchString(l.bare) && isCaps(l.bare):
			if s := current(); s.behalf != "" || len(s.titles) > 0 {
				signers = append(signers, signer{})
			}
			current().behalf = l.bare
		case capacity(l.bare):
			if current().name != "" {
				signers = append(signers, signer{})
			}
			current().titles = append(current().titles, l.bare)
		case signed.MatchString(l.bare):
		case l.mark == noMark && isCaps(l.bare) && len(strings.Fields(l.bare)) > 2 && len(signers) == 0:
			// "NGƯỜI LẬP KẾ HOẠCH"
			r.other(l)
		case recipients && len(signers) == 0 || l.mark.isBullet():
			r.recipient(l.text)
		case isName(l.bare) && len(signers) > 0 && current().name == "":
			current().name = l.bare
		case len(signers) > 0 && recipients && strings.HasSuffix(l.bare, ";"), kept.MatchString(l.bare):
			r.recipient(l.text)
		default:
			r.other(l)
		}
	}
	r.sign(signers)
	return lines[:start], annexes
}

// signer is one who signs; several do where bodies plan together.
type signer struct {
	at     int // the last of its paragraphs
	behalf string
	titles []string
	name   string
}

// sign takes the signer of the people's committee, else the last, and keeps the others as text.
func (r *reader) sign(signers []signer) {
	if len(signers) == 0 {
		return
	}
	chosen := slices.IndexFunc(signers, func(s signer) bool {
		f := text.Fold(s.behalf)
		return strings.Contains(f, "uy ban nhan dan") || strings.Contains(f, "ubnd")
	})
	if chosen < 0 {
		chosen = len(signers) - 1
	}
	for i, s := range signers {
		if i == chosen {
			r.got.Signatory = Signatory{For: s.behalf, Title: strings.Join(s.titles, " / "), Name: s.name}
			continue
		}
		for _, part := range append(append([]string{s.behalf}, s.titles...), s.name) {
			r.other(line{at: s.at, bare: part})
		}
	}
}

func (r *reader) recipient(s string) {
	for part := range strings.SplitSeq(s, "; ") { // several in a line
		if part = strings.TrimRight(strings.TrimSpace(part), ";./ "); part != "" {
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
