package reading

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"doithoai/text"
)

// reader goes through a document once, from top to bottom.
type reader struct {
	got     Reading
	year    int    // of the plan
	open    []open // the sections around the line, the innermost last
	unit    int    // index of the assignment being read, -1 before the first
	table   *columnsOf
	after   []line  // those below the line
	others  []line  // what has no place, as it was met
	outline []piece // of the body, line by line
	annex   bool    // the lines are of an annex
	// marked: the last paragraph of the list had a mark
	marked bool
}

// open is a section that is being read.
type open struct {
	mark  mark
	topic topic
	caps  bool // opened by a line in capitals without a mark
}

func (r *reader) topic() topic {
	if len(r.open) == 0 {
		return noTopic
	}
	return r.open[len(r.open)-1].topic
}

func (r *reader) other(l line) {
	s := l.text
	if s == "" {
		s = l.bare
	}
	if s != "" {
		r.others = append(r.others, line{at: l.at, text: s})
	}
}

func (r *reader) doubt(l line, why Reason) {
	r.got.Doubts = append(r.got.Doubts, Doubt{l.at, text.Cut(l.bare, 200), why})
}

// read takes the lines of a whole document.
func (r *reader) read(lines []line) {
	r.unit = -1
	lines = r.head(lines)
	lines, annexes := r.foot(lines)
	r.year = r.yearOf()
	r.body(r.preamble(lines))
	r.annexes(annexes)
	r.finish()
}

// yearOf is the year of the plan: that of its title, else of its day.
func (r *reader) yearOf() int {
	if all := yearOf.FindAllStringSubmatch(r.got.Letterhead.Abstract, -1); len(all) > 0 {
		return number(all[len(all)-1][1])
	}
	return r.got.Letterhead.Date.Year
}

// preamble reads the paragraphs down to the first section.
func (r *reader) preamble(lines []line) []line {
	for i, l := range lines {
		t := topicOf(l)
		if l.cells != nil || t.topic != noTopic && t.topic != bases && !isPreamble(l.bare) || l.mark == markRoman && i > 0 {
			return lines[i:]
		}
		if t.topic == bases && !isPreamble(l.text) || t.topic == bases && t.inline == "" && len(strings.Fields(l.text)) < 5 {
			r.piece(piece{line: l, part: partPreamble}) // "I. CĂN CỨ"
			continue
		}
		if i == 0 && strings.HasPrefix(text.Fold(l.bare), "kinh gui") {
			r.other(l)
			r.piece(piece{line: l, part: partPreamble})
			continue
		}
		r.piece(piece{line: l, part: partPreamble})
		s := l.bare
		if l.mark.isBullet() {
			s = l.text
		}
		r.got.Preamble = append(r.got.Preamble, s)
		r.got.Bases = append(r.got.Bases, basesOf(l.text)...)
		if strings.HasSuffix(strings.TrimRight(l.bare, " ./"), ":") {
			return lines[i+1:]
		}
	}
	return nil
}

func (r *reader) body(lines []line) {
	for i, l := range lines {
		r.line(l, lines[i+1:])
	}
}

// closing are sentences below the last task.
var closing = regexp.MustCompile(`^(?:Trên đây|Yêu cầu (?:các|thủ trưởng)|Kế hoạch này|Nhận được|Trong quá trình|` +
	`Căn cứ (?:Kế hoạch|nội dung)|Đề nghị các|UBND (?:xã|phường|thị trấn|đặc khu) (?:yêu cầu|đề nghị)|Quá trình)`)

// leadIn are words over a list or a table.
var leadIn = regexp.MustCompile(`(?:sau|dưới đây|kèm theo)\s*:$`)

func (r *reader) line(l line, after []line) {
	if l.cells != nil {
		r.row(l)
		return
	}
	r.table = nil
	ends := strings.HasSuffix(l.bare, "./.") || closing.MatchString(l.bare) && r.topic() == assignments
	if l.mark == noMark && ends {
		r.other(l)
		r.piece(piece{line: l, part: partClosing})
		return
	}
	if leadIn.MatchString(l.bare) && l.mark == noMark && r.topic() == assignments {
		r.other(l)
		r.piece(piece{line: l, part: partPoint})
		return
	}
	r.leave(l)
	h := topicOf(l)
	if h.topic != noTopic && r.mayOpen(l, h) {
		r.enter(l, h, after)
		return
	}
	if h.topic == noTopic && r.isSection(l, after) {
		r.piece(piece{line: l, part: partHeading, topic: unknown})
		r.open = append(r.open, open{mark: l.mark, topic: unknown, caps: l.mark == noMark})
		r.other(l)
		r.doubt(l, DoubtHeading)
		return
	}
	r.after = after
	if !r.assigns() { // else the unit's line is noted where it is known as such
		r.piece(piece{line: l, part: partPoint})
	}
	r.put(l)
}

// leave closes the sections that a mark ends: those opened by the same mark, and all within.
func (r *reader) leave(l line) {
	for i, o := range r.open {
		if o.mark == l.mark && o.mark != noMark || l.mark == noMark && o.caps && isCaps(l.bare) {
			r.open = r.open[:i]
			return
		}
	}
	if l.mark == markPart || l.mark == markUpper && !r.within(markPart) ||
		l.mark == markRoman && !r.within(markPart) && !r.within(markUpper) && !r.withinCaps() {
		r.open = nil
	}
}

func (r *reader) within(m mark) bool {
	return slices.ContainsFunc(r.open, func(o open) bool { return o.mark == m })
}

func (r *reader) withinCaps() bool {
	return slices.ContainsFunc(r.open, func(o open) bool { return o.caps })
}

// mayOpen reports whether a line that names a part of a plan opens it here: the unit of a task may be named like one.
func (r *reader) mayOpen(l line, h heading) bool {
	switch {
	case r.inSection(assignments):
		return opens(l) && h.topic&(assignments|requirements) == 0 && h.inline == "" && len(strings.Fields(l.text)) <= 4
	case l.mark.isBullet(), l.mark == noMark && !isCaps(l.text):
		switch r.topic() {
		case purposes, requirements, contents, programme, participants, funds:
			return !l.mark.isBullet() && h.inline == "" && r.topic() != h.topic
		}
	case h.topic == r.topic() && h.inline != "":
		return false
	case h.topic == container && len(r.open) > 0 && r.topic() != container:
		return r.topic()&contents != 0 && h.inline == ""
	}
	return true
}

func (r *reader) inSection(t topic) bool {
	return slices.ContainsFunc(r.open, func(o open) bool { return o.topic == t })
}

// enter opens the section of a heading.
func (r *reader) enter(l line, h heading, after []line) {
	if h.topic == container && !r.hasParts(l, after) {
		h.topic = contents
	}
	if l.mark == noMark && !isCaps(l.text) { // a label among the lines of a section
		for len(r.open) > 0 && r.open[len(r.open)-1].mark == noMark && !r.open[len(r.open)-1].caps {
			r.open = r.open[:len(r.open)-1]
		}
	}
	r.heading(l, h)
	r.open = append(r.open, open{mark: l.mark, topic: h.topic, caps: l.mark == noMark && isCaps(l.text)})
	r.marked = false
	if h.topic == assignments {
		r.unit = -1
	}
	if h.inline != "" {
		r.put(line{at: l.at, mark: noMark, text: h.inline, bare: h.inline})
	}
}

// hasParts reports whether headings follow in the section that a line opens.
func (r *reader) hasParts(l line, after []line) bool {
	for _, next := range after {
		if next.mark == l.mark && l.mark != noMark || l.mark == noMark && isCaps(next.text) {
			return false
		}
		if next.cells != nil || topicOf(next).topic != noTopic {
			return true
		}
	}
	return false
}

// isSection reports whether a line that names no part of a plan is a heading nevertheless: it stands where headings do,
// and lines of its own follow.
func (r *reader) isSection(l line, after []line) bool {
	if len(after) == 0 || r.topic() == assignments {
		return false
	}
	words := len(strings.Fields(l.text))
	switch {
	case isCaps(l.text) && words > 1:
		return len(r.open) == 0 || r.topic() != noTopic
	case !opens(l) || words > longestHeading:
		return false
	}
	ends := lastRune(l.text)
	return (len(r.open) == 0 || r.topic() == container) && (ends == ':' || !strings.ContainsRune(".;/", ends)) &&
		after[0].mark != l.mark
}

// put takes a line into the section around it.
func (r *reader) put(l line) {
	t := r.topic()
	if t&(times|venue|form) != 0 {
		t = r.kindOf(l, t)
	}
	switch {
	case t == noTopic, t == container, t == unknown, t == bases:
		r.other(l)
		r.doubt(l, DoubtPlace)
	case t&purposes != 0:
		r.add(&r.got.Purposes, l)
	case t&requirements != 0:
		r.add(&r.got.Requires, l)
	case t&assignments != 0:
		r.assign(l)
	case t&programme != 0:
		if r.goesOn(l) {
			r.got.Programme[len(r.got.Programme)-1].Text += "\n" + l.text
			return
		}
		r.got.Programme = append(r.got.Programme, Step{Text: l.text})
	case t&participants != 0:
		r.add(&r.got.People, l)
	case t&contents != 0:
		r.add(&r.got.Contents, l)
	case t&funds != 0:
		r.add(&r.got.Funds, l)
	case t&times != 0:
		r.time(l)
	case t&venue != 0 && (strings.HasPrefix(l.text, "Theo ") || strings.HasSuffix(l.text, ":")):
		r.other(l) // "Theo lịch tại Phụ lục.", "Lịch cụ thể:"
	case t&venue != 0:
		r.venue(l.text)
	case t&form != 0:
		r.form(l)
	}
}

// goesOn reports whether a paragraph is one more of the item before it: that had a mark, and this has none.
func (r *reader) goesOn(l line) bool {
	before := r.marked
	if l.mark != noMark {
		r.marked = true
	}
	return before && l.mark == noMark
}

// add puts a paragraph into a list.
func (r *reader) add(to *[]string, l line) {
	if r.goesOn(l) {
		(*to)[len(*to)-1] += "\n" + l.text
		return
	}
	*to = append(*to, l.text)
}

// kindOf tells of a line in a section on several things, which one it is about.
func (r *reader) kindOf(l line, t topic) topic {
	f := text.Fold(l.text)
	days := daysIn(l.text, r.year)
	switch {
	case t&times != 0 && (len(days) > 0 || clock(l.text) != "" || window(l.text, r.year) != nil):
		return times
	case t&form != 0 && (strings.Contains(f, "truc tiep") || strings.Contains(f, "truc tuyen")):
		return form
	case t&venue != 0 && (strings.HasPrefix(f, "tai ") || t == venue || t == venue|times):
		return venue
	case t&participants != 0:
		return participants
	case t&contents != 0:
		return contents
	case t&times != 0:
		return times
	case t&form != 0:
		return form
	}
	return venue
}

var (
	atVenue = regexp.MustCompile(`(?:^|[,;:)]\s*|\s)(?:tại|Tại|ở)\s+(.+)$`)
	venueIs = regexp.MustCompile(`(?i)[;,.]?\s*địa điểm\s*:\s*(.+)$`)
	// scope is who or which one a day is for: all before a colon, or "Đợt 1"
	scope        = regexp.MustCompile(`^[\s;,]*(?:và\s+)?([^:]{1,100}?)\s*:\s`)
	ordinalScope = regexp.MustCompile(`^[\s;,]*(?:và\s+)?((?i:buổi|đợt|lần|kỳ|phiên)\s+(?:thứ\s+)?(?:[0-9IV]+|\pL+))\s`)
	// nextDay parts a day from the next in one sentence
	nextDay = regexp.MustCompile(`(?:;|,|\s+và)\s*(?i:(?:buổi|đợt|lần|kỳ|cụm|điểm|phiên)\s+\S+|vào|lúc|từ|sáng|` +
		`chiều|tối|` +
		`ngày|thứ|[0-9]{1,2}\s*(?:giờ|h|g|:))`)
	// dayWords say nothing beyond a day and its hour
	dayWords = regexp.MustCompile(`(?i)^(?:thứ|hai|ba|tư|năm|sáu|bảy|chủ|nhật|[2-7]|sáng|chiều|tối|buổi|một|01|` +
		`bắt|đầu|lúc|` +
		`vào|từ|ngày|giờ|phút|tại|ở|và|t[2-7]|cn|dự|kiến|tổ|chức|trong|hồi|cùng)$`)
	// aPlace begins the name of a place that no "tại" stands before
	aPlace = regexp.MustCompile(`^(?i:nhà|hội trường|trụ sở|trường|đình|sân|trung tâm|điểm|` +
		`hợp tác xã|ủy ban|UBND|phòng|khu|` +
		`chùa|chợ|trạm|đồn|câu lạc bộ|thư viện|công viên|nhà thi đấu|rạp|thôn|bản|ấp|làng)\s`)
)

// time takes a line about when: days with their hours and venues, or a span.
func (r *reader) time(l line) {
	days := daysIn(l.text, r.year)
	if len(days) == 0 || isSpan(l.text, days) {
		if w := window(l.text, r.year); w != nil && r.got.Window == nil {
			r.got.Window = w
			return
		}
		r.other(l)
		if len(r.got.Dialogues) == 0 {
			r.doubt(l, DoubtDate)
		}
		return
	}
	if otherDay.MatchString(l.text) {
		r.doubt(l, DoubtDate)
	}
	begin := 0
	for i, day := range days {
		end := len(l.text)
		if i+1 < len(days) {
			end = days[i+1].begin
			if cut := nextDay.FindStringIndex(l.text[day.end:end]); cut != nil {
				end = day.end + cut[0]
			}
		}
		r.dialogue(l, day, l.text[begin:day.begin], l.text[day.end:end])
		begin = end
	}
}

// otherDay is a day that shares its month with the next: only the next is taken.
var otherDay = regexp.MustCompile(`(?i)ngày\s+[0-9]{1,2}\s*(?:,|và|&)\s*(?:ngày\s+)?[0-9]{1,2}\s*(?:tháng|/)`)

// dialogue takes a day with what the sentence says before and after it.
func (r *reader) dialogue(l line, day when, before, after string) {
	d := Dialogue{Date: day.date, Time: clock(before + ", " + after)}
	for _, form := range []*regexp.Regexp{scope, ordinalScope} {
		if m := form.FindStringSubmatch(before); m != nil && clock(m[1]) == "" {
			d.Scope, before = m[1], before[len(m[0]):]
			break
		}
	}
	for _, form := range []*regexp.Regexp{venueIs, atVenue} {
		if m := form.FindStringSubmatchIndex(after); m != nil {
			d.Venue, after = venueName(after[m[2]:m[3]]), after[:m[0]]
			break
		}
	}
	for _, part := range besides(before + "," + after) {
		if d.Venue == "" && aPlace.MatchString(part) {
			d.Venue = venueName(part)
			continue
		}
		r.other(line{at: l.at, bare: part})
	}
	if day.guessed || !day.date.Valid() {
		r.doubt(l, DoubtDate)
	}
	if !day.date.Valid() {
		r.other(l) // the day as written
	}
	r.got.Dialogues = append(r.got.Dialogues, d)
}

// looseDash parts a day from its place: "ngày 20/5/2025 – Nhà văn hóa thôn 3".
var looseDash = regexp.MustCompile(`\s[-–—]\s`)

// besides returns what is said beyond day and hour.
func besides(s string) (parts []string) {
	s = looseDash.ReplaceAllString(s, ",")
	for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return strings.ContainsRune(",;()", c) }) {
		part = strings.Trim(part, " .:")
		left := strings.Fields(hourOf.ReplaceAllString(" "+part+" ", "  "))
		if slices.ContainsFunc(left, func(w string) bool { return !dayWords.MatchString(w) }) {
			parts = append(parts, part)
		}
	}
	return parts
}

func venueName(s string) string {
	s = strings.TrimSpace(s)
	for _, lead := range []string{"Tại ", "tại ", "Ở "} {
		s = strings.TrimPrefix(s, lead)
	}
	return strings.TrimRight(s, ".; ")
}

func (r *reader) venue(s string) {
	name := venueName(s)
	if r.got.Venue != "" {
		r.got.Venue += "; " + name
		return
	}
	r.got.Venue = name
}

func (r *reader) form(l line) {
	if r.got.Form == nil {
		r.got.Form = formOf(l.text)
		return
	}
	r.got.Form = formOf(r.got.Form.Text + " " + l.text)
}

// annexes reads what follows the signature: sections, mostly tables.
func (r *reader) annexes(lines []line) {
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		switch {
		case annex.MatchString(l.bare):
			r.open, r.table, r.unit = nil, nil, -1
			r.annex = true
			r.piece(piece{line: l, part: partHeading, topic: unknown})
			if i+1 < len(lines) && lines[i+1].cells == nil && isCaps(lines[i+1].bare) { // its title
				i++
				r.other(lines[i])
				r.piece(piece{line: lines[i], part: partPoint})
				r.open = []open{{mark: markPart, topic: topicsIn(lines[i].bare)}}
			}
		case attached.MatchString(l.bare):
			r.piece(piece{line: l, part: partPoint})
		default:
			r.line(l, lines[i+1:])
		}
	}
}

var attached = regexp.MustCompile(`(?i)^\(?\s*(?:ban hành\s+)?kèm theo`)

// finish settles what only the whole document tells.
func (r *reader) finish() {
	for i := range r.got.Dialogues {
		d := &r.got.Dialogues[i]
		if d.Venue == "" {
			d.Venue = r.got.Venue
		}
	}
	if len(r.got.Dialogues) > 0 {
		r.got.Window = nil
		first := r.got.Dialogues[0].Venue
		if r.got.Venue == "" && !slices.ContainsFunc(r.got.Dialogues, func(d Dialogue) bool { return d.Venue != first }) {
			r.got.Venue = first
		}
	}
	slices.SortStableFunc(r.others, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	for _, l := range r.others {
		r.got.OtherText = append(r.got.OtherText, l.text)
	}
	r.got.outline, r.got.others, r.got.year = r.outline, r.others, r.year
	r.got.Kind = KindNotPlan
	if r.isPlan() {
		r.got.Kind = KindPlan
	}
}

// isPlan reports whether the document plans dialogues.
func (r *reader) isPlan() bool {
	t := r.got.Letterhead.Type
	if !strings.HasPrefix(t, "KẾ HOẠCH") && (t != "" || len(r.got.Assigned)+len(r.got.Programme) == 0) {
		return false
	}
	said := text.Fold(strings.Join(append([]string{r.got.Letterhead.Abstract}, r.got.Preamble...), " "))
	return slices.ContainsFunc([]string{"doi thoai", "gap go", "tiep xuc", "lang nghe"}, func(word string) bool {
		return strings.Contains(said, word)
	})
}
