package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"doithoai/text"
)

var (
	numberLine = regexp.MustCompile(`(?i)^\s*số\s*:?\s*([0-9]*)[\s.…_]*([a-zđ]?)\s*/\s*` +
		`([\pL\d&.\-–‑]+(?:[-–]\s[\pL\d&]+)?)\s*$`)
	placeDate = regexp.MustCompile(`^(.*?)[,.]?\s*ngày\s*([0-9.…_]*)\s*tháng\s*([0-9.…_]*)\s*` +
		`năm\s*([0-9.…_]*)\s*\.?$`)
	figureDate = regexp.MustCompile(`^(.{1,60}?)[,.]?\s*ngày\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})$`)
	typeLine   = regexp.MustCompile(`^(DỰ THẢO\s+)?(KẾ HOẠCH(?: PHỐI HỢP| LIÊN TỊCH)?|BÁO CÁO|THÔNG BÁO|` +
		`QUYẾT ĐỊNH|TỜ TRÌNH|` +
		`BIÊN BẢN|GIẤY MỜI|CHƯƠNG TRÌNH|CÔNG VĂN|NGHỊ QUYẾT|HƯỚNG DẪN|CHỈ THỊ|QUY CHẾ|KẾT LUẬN|PHƯƠNG ÁN|ĐỀ ÁN)$`)
	oldNumber     = regexp.MustCompile(`^(?i:số)\s*:?\s*([0-9]+)\s*-\s*([\pL\d&]+/[\pL\d&]+)\s*$`)
	together      = regexp.MustCompile(`^(ỦY BAN NHÂN DÂN|UBND)\s*[-–]\s*(.+?)\s+((?:XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s.+)$`)
	beside        = regexp.MustCompile(`^(?i:số)\s*:?\s*([0-9]*[A-ZĐ]?)\s*/\s*([\pL\d&\-–]+)\s+(\p{Lu}.*)$`)
	titleNumber   = regexp.MustCompile(`^(?i:số)\s*:?\s*([0-9]*[A-ZĐ]?)\s*/\s*([\pL\d&\-–]+)\s*`)
	titleDay      = regexp.MustCompile(`^(?i:ngày)\s+([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})\s*`)
	titleOf       = regexp.MustCompile(`^CỦA\s+(UBND|ỦY BAN NHÂN DÂN)\s+`)
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
	return motto(s) || oldNumber.MatchString(s) || numberLine.MatchString(s) || typeLine.MatchString(s) || capacity(s) ||
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
			r.other(line{at: lines[at].at, bare: strings.TrimSpace(m[1])})
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
	r.title()
	return rest
}

// title takes number, day and authority out of an abstract in which they stand: an office writes so in a letter.
func (r *reader) title() {
	h := &r.got.Letterhead
	if m := titleNumber.FindStringSubmatch(h.Abstract); m != nil {
		h.Number, h.Symbol, h.Abstract = m[1], m[2], h.Abstract[len(m[0]):]
	}
	if m := titleDay.FindStringSubmatch(h.Abstract); m != nil {
		h.Date, h.Abstract = dayOf(m[1], m[2], m[3]), h.Abstract[len(m[0]):]
	}
	if titleOf.MatchString(h.Abstract) {
		words := strings.Fields(h.Abstract)[1:]
		n := slices.IndexFunc(words, func(w string) bool { return !isCaps(w) })
		if n > 0 {
			h.Authority, h.Abstract = shortName(strings.Join(words[:n], " ")), strings.Join(words[n:], " ")
		}
	}
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
	named := 0 // the paragraph of the last
	for _, l := range lines {
		s := l.bare
		if m := numberLine.FindStringSubmatch(s); m != nil {
			h.Number, h.Symbol = m[1]+m[2], strings.Trim(strings.NewReplacer("–", "-", "‑", "-", " ", "").Replace(m[3]), ".")
			continue
		}
		if m := oldNumber.FindStringSubmatch(s); m != nil {
			h.Number, h.Symbol = m[1], m[2]
			continue
		}
		if m := beside.FindStringSubmatch(s); m != nil { // number and place in one line
			h.Number, h.Symbol, s = m[1], m[2], m[3]
		}
		m := placeDate.FindStringSubmatch(s)
		if m == nil {
			m = figureDate.FindStringSubmatch(s)
		}
		if m != nil {
			h.Place = strings.TrimSpace(strings.TrimRight(m[1], ", "))
			h.Date = dayOf(m[2], m[3], m[4])
			continue
		}
		switch {
		case motto(s):
		case committee.MatchString(s):
			names, named = append(names, s), l.at
		case len(names) > 0 && (isCaps(s) || text.Level(s, placeKinds) != "") && !strings.Contains(s, "DỰ THẢO"):
			names[len(names)-1] += " " + s
		default:
			r.other(l)
		}
	}
	if n := len(names); n > 0 {
		if m := together.FindStringSubmatch(names[n-1]); m != nil {
			names[n-1] = m[1] + " " + m[3]
			r.other(line{at: named, bare: m[2]})
		}
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
