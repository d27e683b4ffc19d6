package reading

import (
	"regexp"
	"strings"
)

var preambleWords = regexp.MustCompile(`^(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Theo|Xét|Để thực hiện|Để|Nhằm|` +
	`Triển khai|Thi hành)\s`)

const (
	kindWords = `[Cc]hương trình phối hợp|Bộ luật|Luật|Hiến pháp|Pháp lệnh|Nghị định|Nghị quyết liên tịch|Nghị quyết|` +
		`Quyết định|Chỉ thị|Kế hoạch|Công văn|Thông tư liên tịch|Thông tư|Thông báo kết luận|Thông báo|Hướng dẫn|` +
		`Quy định|Quy chế|Kết luận|Chương trình|` +
		`Văn bản|Công điện|Tờ trình|Đề án`
	lawWords  = `Bộ luật|Luật|Pháp lệnh`
	numbered  = `\s+(?:số\s*:?\s*)?([0-9]+[\pL]?(?:/[0-9]{4})?(?:[/-][\pL\d.\-–‑]+)+)`
	figureDay = `[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*[0-9]{4}`
	spokenDay = `[0-9]{1,2}\s+tháng\s+[0-9]{1,2}\s+năm\s+[0-9]{4}`
	onDay     = `ngày\s+(` + figureDay + `|` + spokenDay + `)`
	mayBeOn   = `(?:\s*,?\s*(?:ban hành\s+)?` + onDay + `)?`
)

var (
	// citation is a document by kind and number; citedLaw a law, whose name stands before its number; bareLaw one by its
	// name and day, or year.
	citation = regexp.MustCompile(`(` + kindWords + `)` + numbered + mayBeOn)
	citedLaw = regexp.MustCompile(`(` + lawWords + `)\s+(\p{Lu}[^;]*?)` +
		`,?\s+số\s*:?\s*([0-9]+(?:/[0-9]{4})?/[\pL\d.]+)` + mayBeOn)
	nameOfLaw = regexp.MustCompile(`^\s*(?:Căn cứ\s+)?(?:các\s+)?(` + lawWords + `)\s+(\p{Lu}[^;,]*?)\s*[.,]?\s*$`)
	bareLaw   = regexp.MustCompile(`(` + lawWords + `)\s+(\p{Lu}[^;,]*?)(?:,?\s+` + onDay + `|\s+năm\s+[0-9]{4})`)

	// about begins what a document is about.
	about = regexp.MustCompile(`\s*,?\s*\(?(?:V/v|v/v|về việc|về|ban hành|quy định|phê duyệt|hướng dẫn|` +
		`sửa đổi|triển khai|tăng cường|đẩy mạnh|thực hiện|tổ chức|nâng cao|công bố|giao|kiện toàn|` +
		`điều chỉnh|bổ sung|đối với|trong việc|đính chính)\s`)
	proposal = regexp.MustCompile(`^\s*(?:Theo|Xét)\s`)
	// another is one more document, without a number; amended what a document has become since
	another  = regexp.MustCompile(`\s+và\s+(?i:` + kindWords + `)\s+của\s|\s*\(?(?:đã )?được sửa đổi`)
	issuedBy = regexp.MustCompile(`^\s*,?\s*(?:của|giữa)\s+`)

	// resolves is the end of the last paragraph: who makes the plan.
	resolves = regexp.MustCompile(`[,.;]\s+(?:(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+` +
		`(?:xã|phường|thị trấn|đặc khu)|nay\s)[^;]*(?:ban hành|xây dựng|lập|đề ra|triển khai|tổ chức)[^;]*$`)
)

// isPreamble reports whether a paragraph belongs to those that name the bases.
func isPreamble(s string) bool { return preambleWords.MatchString(s) }

// basesOf returns the documents that a paragraph of the preamble cites. What it goes on the proposal of is none.
func basesOf(paragraph string) []Basis {
	if end := lastMatch(resolves, paragraph); end >= 0 {
		paragraph = paragraph[:end]
	}
	var list []Basis
	for part := range strings.SplitSeq(paragraph, ";") {
		if proposal.MatchString(part) {
			continue
		}
		list = append(list, basesIn(part)...)
	}
	return list
}

// lastMatch is where the last match begins that no later one is inside of.
func lastMatch(re *regexp.Regexp, s string) int {
	at := -1
	for from := 0; ; {
		m := re.FindStringIndex(s[from:])
		if m == nil {
			return at
		}
		at = from + m[0]
		from = at + 1
	}
}

// cite is a document as found in a paragraph.
type cite struct {
	Basis
	begin, end int
}

// basesIn reads the documents between two semicolons: one after the other, the abstract of each up to the next.
func basesIn(s string) (list []Basis) {
	cites := citesIn(s)
	if m := nameOfLaw.FindStringSubmatch(s); len(cites) == 0 && m != nil { // no number, no day
		return []Basis{{Kind: m[1], Abstract: m[2]}}
	}
	for i, c := range cites {
		end := len(s)
		if i+1 < len(cites) {
			end = cites[i+1].begin
		}
		rest := strings.TrimRight(s[c.end:end], " ")
		if i+1 < len(cites) {
			rest = strings.TrimSuffix(strings.TrimRight(rest, ", "), " và")
		}
		if at := another.FindStringIndex(rest); at != nil {
			rest = rest[:at[0]]
		}
		c.Issuer, rest = issuerOf(rest)
		rest = strings.Trim(rest, " ,.;:()")
		if c.Abstract == "" || rest != "" && issued(c.Kind) {
			c.Abstract = strings.TrimSpace(c.Abstract + " " + rest)
		}
		list = append(list, c.Basis)
	}
	return list
}

// issued reports whether documents of the kind have an issuer other than the National Assembly.
func issued(kind string) bool {
	return kind != "Luật" && kind != "Bộ luật" && kind != "Hiến pháp"
}

func citesIn(s string) (list []cite) {
	for from := 0; from < len(s); {
		var best cite
		best.begin = -1
		take := func(m []int, kind, name, number, on int) {
			if m == nil || best.begin >= 0 && from+m[0] >= best.begin {
				return
			}
			part := func(n int) string {
				if n == 0 || m[2*n] < 0 {
					return ""
				}
				return s[from+m[2*n] : from+m[2*n+1]]
			}
			best = cite{Basis{Kind: part(kind), Number: part(number), Date: writtenDay(part(on)), Abstract: part(name)},
				from + m[0], from + m[1]}
		}
		rest := s[from:]
		take(citation.FindStringSubmatchIndex(rest), 1, 0, 2, 3)
		take(citedLaw.FindStringSubmatchIndex(rest), 1, 2, 3, 4)
		take(bareLaw.FindStringSubmatchIndex(rest), 1, 2, 0, 3)
		if best.begin < 0 {
			return list
		}
		if len(list) > 0 && within(s[list[len(list)-1].end:best.begin]) {
			from = best.end // "ban hành Quy chế số …", "sửa đổi Nghị định số …": of the abstract before
			continue
		}
		list = append(list, best)
		from = best.end
	}
	return list
}

// within reports whether a document named after this text belongs to the abstract of the one before: no comma and no
// "và" parts them.
func within(between string) bool {
	t := strings.TrimSpace(between)
	return t != "" && !strings.HasSuffix(t, ",") && !strings.HasSuffix(t, "và") && !strings.HasSuffix(t, "căn cứ") &&
		!strings.HasSuffix(t, "Căn cứ") && !strings.HasSuffix(t, "thực hiện")
}

// issuerOf parts "của UBND huyện … về việc …" into issuer and abstract.
func issuerOf(s string) (issuer, rest string) {
	of := issuedBy.FindString(s)
	if of == "" {
		return "", s
	}
	s = s[len(of):]
	if at := about.FindStringIndex(s); at != nil {
		return strings.TrimRight(s[:at[0]], " ,"), s[at[0]:]
	}
	name, rest, _ := strings.Cut(s, ",")
	return strings.TrimRight(strings.TrimSpace(name), ".:"), rest
}
