package reading

import (
	"regexp"
	"strings"
	"unicode"

	"doithoai/text"
)

var (
	numberLine = regexp.MustCompile(`(?i)^\s*số\s*:?\s*([0-9]*)[\s.…_]*([a-zđ]?)\s*/\s*` +
		`([\pL\d&.\-–‑]+)\s*$`)
	placeDate = regexp.MustCompile(`^(.*?)[,.]?\s*ngày\s*([0-9.…_]*)\s*tháng\s*([0-9.…_]*)\s*` +
		`năm\s*([0-9.…_]*)\s*\.?$`)
	typeLine = regexp.MustCompile(`^(DỰ THẢO\s+)?(KẾ HOẠCH|BÁO CÁO|THÔNG BÁO|QUYẾT ĐỊNH|TỜ TRÌNH|` +
		`BIÊN BẢN|GIẤY MỜI|CHƯƠNG TRÌNH|CÔNG VĂN|NGHỊ QUYẾT|HƯỚNG DẪN|CHỈ THỊ|QUY CHẾ|KẾT LUẬN|PHƯƠNG ÁN|ĐỀ ÁN)$`)
	typedAbstract = regexp.MustCompile(`^(KẾ HOẠCH)\s*[:\-–]?\s+(.+)$`)
	committee     = regexp.MustCompile(`^(?i:ủy ban nhân dân|uỷ ban nhân dân|UBND|hội đồng nhân dân|đảng ủy|` +
		`đảng uỷ|ban chỉ đạo)`)
	placeKinds = []string{
		"thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường",
	}
)

func motto(s string) bool {
	f := text.Fold(s)
	return strings.Contains(f, "cong hoa xa hoi chu nghia") ||
		strings.Contains(f, "doc lap") && strings.Contains(f, "hanh phuc")
}

// isFurniture reports whether a line is of the letterhead or the signature, which no other line goes on.
func isFurniture(s string) bool {
	return motto(s) || numberLine.MatchString(s) || typeLine.MatchString(s) || capacity(s) ||
		recipientsHead.MatchString(s) || signed.MatchString(s) || placeDate.MatchString(s) && len(s) < 80
}

// head reads the letterhead, and returns the lines below the abstract.
func (r *reader) head(lines []line) []line {
	at := -1
	for i, l := range lines {
		if typeLine.MatchString(l.bare) {
			at = i
			break
		}
		if typedAbstract.MatchString(l.bare) && !isPreamble(l.bare) && i < 20 {
			at = i
			break
		}
		if i > 0 && isPreamble(l.bare) { // a document without a type
			break
		}
	}
	if at < 0 {
		return r.untitled(lines)
	}
	r.letterhead(lines[:at])
	rest := lines[at+1:]
	if m := typeLine.FindStringSubmatch(lines[at].bare); m != nil {
		if m[1] != "" {
			r.other(line{bare: strings.TrimSpace(m[1])})
		}
		r.got.Letterhead.Type = m[2]
	} else {
		m := typedAbstract.FindStringSubmatch(lines[at].bare)
		r.got.Letterhead.Type, r.got.Letterhead.Abstract = m[1], m[2]
	}
	for len(rest) > 0 && rest[0].cells == nil && rest[0].mark == noMark && !isPreamble(rest[0].bare) &&
		topicOf(rest[0]).topic == noTopic && (r.got.Letterhead.Abstract == "" || !rest[0].gap) {
		r.got.Letterhead.Abstract = strings.TrimSpace(r.got.Letterhead.Abstract + " " + rest[0].bare)
		rest = rest[1:]
	}
	return rest
}

// untitled reads a letterhead without the type of the document below it.
func (r *reader) untitled(lines []line) []line {
	for i, l := range lines {
		if l.cells != nil || isPreamble(l.bare) || topicOf(l).topic != noTopic {
			r.letterhead(lines[:i])
			return lines[i:]
		}
	}
	return lines
}

// letterhead reads what stands above the type: authorities, motto, number, place and day.
func (r *reader) letterhead(lines []line) {
	h := &r.got.Letterhead
	var names []string
	for _, l := range lines {
		s := l.bare
		if m := numberLine.FindStringSubmatch(s); m != nil {
			h.Number, h.Symbol = m[1]+m[2], strings.Trim(strings.NewReplacer("–", "-", "‑", "-").Replace(m[3]), ".")
			continue
		}
		if m := placeDate.FindStringSubmatch(s); m != nil {
			h.Place = strings.TrimSpace(strings.TrimRight(m[1], ", "))
			h.Date = dayOf(m[2], m[3], m[4])
			continue
		}
		switch {
		case motto(s):
		case committee.MatchString(s):
			names = append(names, s)
		case len(names) > 0 && (isCaps(s) || text.Level(s, placeKinds) != "") && !strings.Contains(s, "DỰ THẢO"):
			names[len(names)-1] += " " + s
		default:
			r.other(l)
		}
	}
	if n := len(names); n > 0 {
		h.Authority = shortName(names[n-1])
		if n > 1 {
			h.Superior = shortName(strings.Join(names[:n-1], " "))
		}
	}
}

// shortName is the name of a committee as sentences write it, of how the letterhead writes it: "UBND xã Khe Sim" of
// "ỦY BAN NHÂN DÂN XÃ KHE SIM".
func shortName(s string) string {
	found := committee.FindString(s)
	rest := text.CleanLine(s[len(found):])
	if name, kind := text.PlaceName(rest, placeKinds); kind != "" {
		rest = kind + " " + name
	}
	switch text.Fold(found) {
	case "uy ban nhan dan", "ubnd":
		return strings.TrimSpace("UBND " + rest)
	}
	if isCaps(found) {
		found = sentence(found)
	}
	return strings.TrimSpace(found + " " + rest)
}

// sentence is text in capitals as a sentence begins.
func sentence(s string) string {
	small := []rune(strings.ToLower(s))
	small[0] = unicode.ToUpper(small[0])
	return string(small)
}
