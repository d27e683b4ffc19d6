package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doithoai/text"
)

// line is a paragraph of the document, or a row of a table.
type line struct {
	at    int // paragraph of the document, from 1
	mark  mark
	text  string     // without its mark
	cells [][]string // paragraphs of each cell; nil where it is no row
	bare  string     // with its mark, as written
	gap   bool       // an empty line stands before it
	tail  int        // characters of its last line in the source
}

// mark is what stands before a paragraph of a list.
type mark int

// In the order in which offices nest them. A step ("Bước 1:") is of the text.
const (
	noMark mark = iota
	markPart
	markChapter
	markArticle
	markUpper
	markRoman
	markDecimal
	markDecimal2
	markDecimal3
	markLetter
	markParen // (1)
	markStep
	markStar
	markDash
	markPlus
	markBullet
)

func (m mark) isBullet() bool { return m >= markStar }

var marks = []struct {
	mark mark
	form *regexp.Regexp
}{
	{markPart, ordinalWord("phần")},
	{markChapter, ordinalWord("chương|mục")},
	{markArticle, ordinalWord("điều")},
	{markStep, regexp.MustCompile(`^(?i:bước)\s+[0-9]+\s*[.:)–-]\s*`)},
	{markRoman, regexp.MustCompile(`^[IVX]+\s*(?:[.)]\s*|/\s+)|^[IVX]+\s*[-–]\s+|^[IVX]+\s*:\s+`)},
	{markUpper, regexp.MustCompile(`^[A-HĐ]\s*[./)]\s*(?:[^\pL]|\pL)`)},
	{markDecimal3, regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}[.)]?\s+`)},
	{markDecimal2, regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}[.)]?\s+`)},
	{markDecimal, regexp.MustCompile(`^[0-9]{1,2}\s*[.)/]\s*(?:[^0-9\s]|\s)|^[0-9]{1,2}\s*[-–]\s+`)},
	{markDecimal2, regexp.MustCompile(`^[A-HĐ][0-9]{1,2}\s*[.)]\s+`)},
	{markLetter, regexp.MustCompile(`^[a-zđ]{1,2}\s*[.)]\s+|^[a-zđ]\s*[.)]|^[a-hđ]\s*[-–/]\s+`)},
	{markParen, regexp.MustCompile(`^\([0-9a-zđ]{1,2}\)\s*|^[①-⑳]\s*`)},
	{markStar, regexp.MustCompile(`^\*+\s*`)},
	{markDash, regexp.MustCompile(`^[-–—−‐‑‒]\s*`)},
	{markPlus, regexp.MustCompile(`^\+\s*`)},
	{markBullet, regexp.MustCompile(`^[•●○▪■□◦·►➢➤✓✔❖◆♦§o\x{F0B7}]\s+|^[•●▪■◦➢➤✓❖]\s*`)},
}

// ordinalWord matches a mark in words: "Phần thứ nhất", "Chương II.", "Điều 3.".
func ordinalWord(words string) *regexp.Regexp {
	const number = `(?i:thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám)|[0-9]{1,2}|[IVX]+|[A-H])`
	return regexp.MustCompile(`^(?i:` + words + `)\s+` + number +
		`(?:\s*[.:)–-]\s*|\s+|$)`)
}

// markOf finds the mark before a paragraph, and the text behind it.
func markOf(s string) (mark, string) {
	for _, m := range marks {
		found := m.form.FindString(s)
		if found == "" {
			continue
		}
		switch m.mark {
		case markStep:
			return m.mark, s
		case markUpper, markDecimal: // the last character found is of the text
			last, size := utf8.DecodeLastRuneInString(found)
			if !unicode.IsSpace(last) && last != '-' && last != '–' {
				found = found[:len(found)-size]
			}
		}
		rest := strings.TrimSpace(s[len(found):])
		if rest == "" && (m.mark.isBullet() || m.mark > markArticle) { // a rule under a heading, a number
			return noMark, s
		}
		return m.mark, rest
	}
	return noMark, s
}

// rule is a line that is drawn, not written.
var rule = regexp.MustCompile(`^[\s\-_–—―‒−─━═=*.…~¯]*$`)

// pageNumber stands alone at the head or foot of a page.
var pageNumber = regexp.MustCompile(`^\s*(?:-\s*)?(?i:trang\s*)?[0-9]{1,2}(?:\s*/\s*[0-9]{1,2})?(?:\s*-)?\s*$`)

// textLines returns the paragraphs of a text: what Word wrapped or an e-mail broke is joined, columns side by side
// are read one after the other, and tabs in lines of a table part its cells.
func textLines(s string) []line {
	var raw []line
	gap, page := false, false
	for i, l := range strings.Split(tabbed(s), "\n") {
		l = strings.TrimRight(l, " \t")
		switch {
		case rule.MatchString(l):
			gap = true
		case pageNumber.MatchString(l) && i > 0: // of a text copied from pages
			page = true
		default:
			raw = append(raw, line{at: i + 1, bare: strings.TrimLeft(l, " "), gap: gap && !page})
			gap, page = false, false
		}
	}
	lines := tables(columns(raw))
	for i := range lines {
		if lines[i].cells == nil {
			lines[i].bare = text.CleanLine(lines[i].bare)
			lines[i].mark, lines[i].text = markOf(lines[i].bare)
			lines[i].tail = utf8.RuneCountInString(lines[i].bare)
		}
	}
	return unwrap(titled(lines))
}

// titled joins a mark in words with its title in the next line: "PHẦN THỨ NHẤT", "MỤC TIÊU".
func titled(lines []line) []line {
	var out []line
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.text == "" && l.mark != noMark && i+1 < len(lines) && lines[i+1].mark == noMark && lines[i+1].cells == nil {
			i++
			l.text, l.bare, l.tail = lines[i].text, l.bare+" "+lines[i].bare, lines[i].tail
		}
		out = append(out, l)
	}
	return out
}

// tabbed is clean text which keeps its tabs.
func tabbed(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	parts := strings.Split(s, "\t")
	for i := range parts {
		parts[i] = text.Clean(parts[i])
	}
	return strings.Join(parts, "\t")
}

var wide = regexp.MustCompile(` {3,}`)

// columns parts what stands side by side in the letterhead and at the signature: there the left column comes first.
// Elsewhere wide spaces mean nothing.
func columns(lines []line) []line {
	var out []line
	for i := 0; i < len(lines); {
		end := i
		var left, right []line
		for end < len(lines) && (end == i || !lines[end].gap || paired(lines[end].bare)) {
			l := lines[end]
			halves := wide.Split(strings.TrimLeft(l.bare, " \t"), 2)
			if len(halves) == 2 && !blankDate.MatchString(l.bare[:len(l.bare)-len(halves[1])]) && aside(halves[0], halves[1]) {
				left = append(left, line{at: l.at, bare: halves[0], gap: l.gap})
				right = append(right, line{at: l.at, bare: halves[1]})
			} else if strings.HasPrefix(l.bare, "   ") && len(right) > 0 {
				right = append(right, line{at: l.at, bare: strings.TrimSpace(l.bare)})
			} else {
				left = append(left, l)
			}
			end++
			if len(right) == 0 {
				break
			}
		}
		out = append(append(out, left...), right...)
		i = end
	}
	return out
}

func paired(s string) bool { return wide.MatchString(strings.TrimSpace(s)) }

// blankDate ends where a number or a day is to be written by hand.
var blankDate = regexp.MustCompile(`(?i)(số|ngày|tháng|năm)\s*:?\s*$`)

// aside reports whether two pieces of a line are columns: one is of the letterhead or the signature.
func aside(left, right string) bool {
	return motto(left) || motto(right) || placeDate.MatchString(strings.TrimSpace(right)) ||
		isName(left) && isName(right) || recipientsHead.MatchString(left) || capacity(right) ||
		numberLine.MatchString(left) ||
		strings.ToUpper(right) == right || strings.HasPrefix(left, "-")
}

// tables finds the rows of tables among lines with tabs, or with the bars of a text table.
func tables(lines []line) []line {
	var out []line
	for i := 0; i < len(lines); i++ {
		cells := cellsOf(lines[i].bare)
		if len(cells) < 2 {
			l := lines[i]
			l.bare = strings.TrimSpace(l.bare)
			out = append(out, l)
			continue
		}
		if !isHeader(cells) {
			for n, c := range cells { // columns of the letterhead, pasted
				if c = strings.TrimSpace(c); c != "" {
					out = append(out, line{at: lines[i].at, bare: c, gap: lines[i].gap && n == 0})
				}
			}
			continue
		}
		width := len(cells)
		out = append(out, row(lines[i], cells))
		for i+1 < len(lines) {
			next := cellsOf(lines[i+1].bare)
			last := &out[len(out)-1]
			switch {
			case rule.MatchString(strings.Join(next, "")): // the line under a head
			case len(next) >= 2:
				if len(last.cells) < width && len(last.cells)+len(next)-1 <= width { // a cell of several paragraphs
					grow(last, next)
				} else {
					out = append(out, row(lines[i+1], next))
				}
			case !lines[i+1].gap && (len(last.cells) < width || rowFollows(lines[i+1:])):
				grow(last, next)
			default:
				goto done
			}
			i++
		}
	done:
	}
	return out
}

// rowFollows reports whether a few lines on, without a gap, comes a row that begins with its number.
func rowFollows(lines []line) bool {
	for i, l := range lines {
		if i > 0 && l.gap || i > 3 {
			return false
		}
		if cells := cellsOf(l.bare); len(cells) >= 2 {
			return ordinal.MatchString(cells[0])
		}
	}
	return false
}

var ordinal = regexp.MustCompile(`^\s*(?:[0-9]{1,2}|[IVX]+)[.)]?\s*$`)

func row(l line, cells []string) line {
	r := line{at: l.at, bare: l.bare, gap: l.gap}
	for _, c := range cells {
		r.cells = append(r.cells, paragraphs(c))
	}
	return r
}

// grow adds cells that go on in the next line of the text: the first belongs to the last cell.
func grow(l *line, cells []string) {
	end := len(l.cells) - 1
	l.cells[end] = append(l.cells[end], paragraphs(cells[0])...)
	for _, c := range cells[1:] {
		l.cells = append(l.cells, paragraphs(c))
	}
}

func paragraphs(s string) []string {
	if s = text.CleanLine(strings.Trim(s, `"`)); s == "" {
		return nil
	}
	return []string{s}
}

// cellsOf parts a line at its tabs, or at the bars of a text table.
func cellsOf(s string) []string {
	if t := strings.TrimSpace(s); strings.HasPrefix(t, "|") && strings.Count(t, "|") > 2 {
		return strings.Split(strings.Trim(t, "|"), "|")
	} else if strings.Count(t, " | ") > 1 && !strings.Contains(t, "\t") { // bars between the cells only
		return strings.Split(t, " | ")
	}
	cells := strings.Split(strings.TrimLeft(s, " \t"), "\t")
	if len(cells) == 2 && cells[1] == "" { // a tab at the end
		cells = cells[:1]
	}
	if m, rest := markOf(strings.TrimSpace(cells[0]) + " x"); len(cells) == 2 && m != noMark && rest == "x" {
		return []string{cells[0] + " " + cells[1]} // the tab behind a mark
	}
	return cells
}

// unwrap joins paragraphs that were broken in the middle.
func unwrap(lines []line) []line {
	width := wrapWidth(lines)
	var out []line
	for _, l := range lines {
		if len(out) > 0 {
			if last := &out[len(out)-1]; goesOn(*last, l, width) {
				space := " "
				if strings.HasSuffix(last.bare, "-") && !strings.HasSuffix(last.bare, " -") {
					space = ""
				}
				last.bare += space + l.bare
				last.text += space + l.bare
				last.tail = l.tail
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// wrapWidth is the length at which the lines of a text are broken, in characters; 0 where paragraphs are whole.
func wrapWidth(lines []line) int {
	var lengths []int
	for _, l := range lines {
		if n := utf8.RuneCountInString(l.bare); l.cells == nil && n > 40 {
			lengths = append(lengths, n)
		}
	}
	if len(lengths) < 10 {
		return 0
	}
	slices.Sort(lengths)
	longest := lengths[len(lengths)-1]
	if longest > 120 || lengths[len(lengths)/2] < longest*3/4 {
		return 0
	}
	return longest
}

// goesOn reports whether l is the rest of the paragraph before it.
func goesOn(before, l line, width int) bool {
	if l.mark != noMark || l.cells != nil || before.cells != nil || isFurniture(before.bare) || isFurniture(l.bare) {
		return false
	}
	if last := before.bare; joining.MatchString(last) && !l.gap { // "NĐ-" of "NĐ-CP"
		return true
	}
	first, _ := utf8.DecodeRuneInString(l.bare)
	last, _ := utf8.DecodeLastRuneInString(before.bare)
	if last == ';' && before.mark != noMark && unicode.IsLower(first) {
		return true
	}
	if strings.ContainsRune(".;:!?/”\"", last) && !abbreviated(before.bare) {
		return last == '.' && width > 0 && !l.gap && isFull(before, l, width) && unicode.IsLower(first)
	}
	if clockRange.MatchString(l.bare) {
		return false
	}
	if unicode.IsLower(first) || unicode.IsDigit(first) && !l.gap {
		return !isCaps(before.bare)
	}
	return width > 0 && !l.gap && isFull(before, l, width) && !isCaps(l.bare)
}

// joining ends a line that broke at a hyphen within a number or a name.
var joining = regexp.MustCompile(`(?:[\pL\d]-|\s[-–])$`)

// clockRange begins a line of a programme: "13h30 – 14h00".
var clockRange = regexp.MustCompile(`^[0-9]{1,2}\s*(?:h|g|giờ|:)\s*[0-9]{0,2}\s*(?:phút)?\s*[-–:]`)

// isFull reports whether the first word of l had no room in the line before it.
func isFull(before, l line, width int) bool {
	word, _, _ := strings.Cut(l.bare, " ")
	return before.tail+1+utf8.RuneCountInString(word) >= width-3
}

// abbreviated reports whether s ends with an abbreviation whose dot ends no sentence.
func abbreviated(s string) bool {
	word := s[strings.LastIndexAny(s, " (")+1:]
	return slices.Contains([]string{"TT.", "TP.", "Tp.", "TX.", "P.", "Q.", "H.", "T.", "số.", "Đ/c."}, word)
}

// isCaps reports whether s is written in capitals alone.
func isCaps(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && strings.ToUpper(s) == s
}
