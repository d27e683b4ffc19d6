package text

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Point is one of the things that a list says.
type Point struct {
	Text string // without its mark and without who said it
	// Name and Place are who said it and where they live, where the point begins with that and a colon: "Ông Nguyễn Văn A,
	// thôn 2: …". They are what stands there, never guessed.
	Name, Place string
	// Aside stands before the first point or after the last one: a heading, who made the list, a date.
	Aside bool
}

var (
	// numberedLine begins a point: "1.", "1)", "1/ ", "Câu 1:", "Ý kiến số 3:"; "1.500 đồng" and "12/10" begin none.
	numberedLine = regexp.MustCompile(
		`^(?i:(?:câu hỏi|câu|ý kiến|nội dung|ý|mục)\s*(?:số|thứ)?\s*)?(\d{1,3})\s*(?:[.):](?:\s+|(\D))|[/–-]\s+)`)
	bulletLine = regexp.MustCompile(`^(?:[-–—*+•◦▪●○■□►➢✓→·]+)\s*`)
	// closing begins what stands under a list, its marks left out.
	closing = regexp.MustCompile(
		`^(truong thon|nguoi (lap|tong hop|ghi)|noi nhan|t/?m\.|xac nhan|ky ten|[a-z ]{2,40}, ngay )`)
)

// maxSkipped is how many numbers may be left out between two points: "15." after "2." is the end of a line that was
// wrapped ("theo Điều / 15.").
const maxSkipped = 3

// Points splits a list into its points. Nothing is lost: what belongs to no point is one that stands Aside.
//
// Where lines are numbered, a point begins with each number that follows the one before; else with each line that has a
// mark ("-", "•"); else after each blank line; else with each line that doesn't begin with a small letter. A line that
// begins none belongs to the point before it.
func Points(s string) []Point {
	var lines []string
	for line := range strings.SplitSeq(Clean(s), "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	var all []Point
	for _, style := range []func([]string) ([][]string, bool){numbered, bulleted, blocks, byLine} {
		parts, fits := style(lines)
		if !fits {
			continue
		}
		for i, part := range parts {
			all = appendPoint(all, part, i == 0 && len(parts) > 1)
		}
		break
	}
	return all
}

// appendPoint adds a part of a list; head says that it stands before the first mark.
func appendPoint(all []Point, part []string, head bool) []Point {
	body, under := part, []string(nil)
	for i := 1; i < len(part); i++ {
		if part[i] != "" && closing.MatchString(Fold(part[i])) {
			body, under = part[:i], part[i:]
			break
		}
	}
	if said := joinLines(body); said != "" {
		p := Point{Text: said, Aside: head}
		if !head {
			p.Name, p.Place, p.Text = speaker(said)
		}
		all = append(all, p)
	}
	if said := joinLines(under); said != "" {
		all = append(all, Point{Text: said, Aside: true})
	}
	return all
}

// numbered splits by numbers. The first part is what stands before the first one.
func numbered(lines []string) (parts [][]string, fits bool) {
	parts, last := [][]string{nil}, 0
	for _, line := range lines {
		m := numberedLine.FindStringSubmatchIndex(line)
		if m != nil {
			n, _ := strconv.Atoi(line[m[2]:m[3]]) // three digits at most
			if n == 1 || n > last && n <= last+maxSkipped {
				end := m[1]
				if m[4] >= 0 { // the letter after "1." belongs to the point
					end = m[4]
				}
				last, fits = n, true
				parts = append(parts, []string{line[end:]})
				continue
			}
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], line)
	}
	return parts, fits
}

func bulleted(lines []string) (parts [][]string, fits bool) {
	parts = [][]string{nil}
	for _, line := range lines {
		if mark := bulletLine.FindString(line); mark != "" && len(mark) < len(line) {
			fits = true
			parts = append(parts, []string{line[len(mark):]})
			continue
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], line)
	}
	return parts, fits
}

// blocks splits at blank lines. A first part that is a heading, in capitals or with a colon, stands before the others.
func blocks(lines []string) (parts [][]string, fits bool) {
	fresh := true
	for _, line := range lines {
		switch {
		case line == "":
			fresh = true
		case fresh:
			parts, fresh = append(parts, []string{line}), false
		default:
			parts[len(parts)-1] = append(parts[len(parts)-1], line)
		}
	}
	fits = len(parts) > 1
	return withHead(parts), fits
}

// byLine splits at every line that doesn't begin with a small letter.
func byLine(lines []string) (parts [][]string, fits bool) {
	for _, line := range lines {
		first, _ := utf8.DecodeRuneInString(line)
		switch {
		case line == "":
		case unicode.IsLower(first) && len(parts) > 0:
			parts[len(parts)-1] = append(parts[len(parts)-1], line)
		default:
			parts = append(parts, []string{line})
		}
	}
	return withHead(parts), true
}

// withHead puts nothing before parts of which the first is no heading.
func withHead(parts [][]string) [][]string {
	if len(parts) > 1 {
		if first := joinLines(parts[0]); strings.HasSuffix(first, ":") || strings.ToUpper(first) == first {
			return parts
		}
	}
	return append([][]string{nil}, parts...)
}

// joinLines puts the lines of a point together. A line that was only wrapped goes on with a space.
func joinLines(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		if line == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(line)
		last, _ := utf8.DecodeLastRuneInString(b.String())
		switch {
		case b.Len() == 0:
		case unicode.IsLower(first) || !strings.ContainsRune(".;:!?…", last) && !bulletLine.MatchString(line):
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}

const (
	// maxSpeaker is how far from its beginning the colon stands that ends who said a point, in bytes.
	maxSpeaker = 160
	// maxNameWords is of how many words a name is at most.
	maxNameWords = 7
)

// addresses are the words by which people are addressed, in their folded form; surnames those by which a name is known
// that has none of these before it.
var (
	addresses = []string{"ong", "ba", "anh", "chi", "co", "chu", "bac", "cu", "em", "ho ong", "ho ba", "gia dinh ong",
		"gia dinh ba", "nhan dan", "cu ong", "cu ba"}
	surnames = []string{"nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ho",
		"ngo", "duong", "ly", "dinh", "doan", "lam", "mai", "truong", "trinh", "cao", "chau", "dao", "luong", "ta", "to",
		"ha", "vuong", "tong", "thai", "kieu", "quach", "la", "luu", "bach", "tu", "than"}
)

// speaker cuts off who said a point: after a word of address or beginning with a usual surname, two words and more in
// capitals, or one after a word of address; then, after a comma, a dash or in brackets, a place; then a colon.
func speaker(s string) (name, place, said string) {
	colon := strings.IndexByte(s, ':')
	if colon <= 0 || colon > maxSpeaker || strings.Contains(s[:colon], "\n") {
		return "", "", s
	}
	head, rest := s[:colon], strings.TrimSpace(s[colon+1:])
	end := strings.IndexAny(head, ",(;")
	if dash := strings.Index(head, " - "); dash >= 0 && (end < 0 || dash < end) {
		end = dash
	}
	if dash := strings.Index(head, " – "); dash >= 0 && (end < 0 || dash < end) {
		end = dash
	}
	who := head
	if end >= 0 {
		who, place = head[:end], strings.Trim(head[end:], " ,;()–-")
	}
	words := strings.Fields(who)
	addressed := 0
	for n := min(3, len(words)); n > 0 && addressed == 0; n-- {
		if slices.Contains(addresses, Fold(strings.Join(words[:n], " "))) {
			addressed = n
		}
	}
	words = words[addressed:]
	known := addressed > 0 || len(words) > 1 && slices.Contains(surnames, Fold(words[0]))
	if !known || rest == "" || len(words) == 0 || len(words) > maxNameWords || slices.ContainsFunc(words, lowered) {
		return "", "", s
	}
	return strings.Join(words, " "), place, rest
}

// lowered reports whether a word is none of a name: it doesn't begin with a capital.
func lowered(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return !unicode.IsUpper(first)
}
