package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"doithoai/text"
)

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

var (
	courtesy = regexp.MustCompile(`^(?i:đối với|đề nghị|giao cho|giao|mời|yêu cầu|phân công|` +
		`trách nhiệm của|nhiệm vụ của)\s+`)
	asked = regexp.MustCompile(`^(?i:đối với|đề nghị|giao cho|giao|phân công)\s+`)
	// what a unit does begins with one of these
	verbs = regexp.MustCompile(`\s(?:chủ trì|có trách nhiệm|chịu trách nhiệm|tham mưu|phối hợp|chuẩn bị|bố trí|xây dựng|` +
		`thông báo|tổng hợp|bảo đảm|đảm bảo|theo dõi|đôn đốc|tuyên truyền|thực hiện|tổ chức|phát|` +
		`viết|soạn|lập|cử|mời|vận động|giám sát|hướng dẫn|niêm yết|tiếp nhận|dự toán|` +
		`cân đối|cấp|trình|đăng tải|đăng|đưa tin|báo cáo|làm|ghi|lo|giữ|in|rà soát|bảo vệ|phụ trách|` +
		`làm đầu mối|căn cứ|chịu)(?:[\s,.;]|$)`)
)

// assign takes a line of the section that says who does what: a unit, or one of its tasks.
func (r *reader) assign(l line) {
	depth := slices.IndexFunc(r.open, func(o open) bool { return o.topic == assignments })
	inUnit := len(r.open) > depth+1
	head, inline, colon := strings.Cut(l.text, ":")
	inline = strings.TrimSpace(inline)
	switch {
	case !inUnit && (opens(l) || l.mark == markStar || asked.MatchString(l.text)), // the first level
		r.isUnit(l),
		!inUnit && colon && len(strings.Fields(head)) <= longestHeading && unicode.IsUpper([]rune(head)[0]):
		r.beginUnit(l, head, inline, colon)
		return
	}
	r.piece(piece{line: l, part: partPoint})
	switch {
	case r.unit >= 0 && r.goesOn(l) && len(r.got.Assigned[r.unit].Items) > 0:
		items := r.got.Assigned[r.unit].Items
		items[len(items)-1].Text += "\n" + l.text
	case r.unit >= 0:
		r.item(Item{Text: l.text})
	default:
		r.other(l)
	}
}

// isUnit reports whether a line without a mark names a unit: it is short, ends no sentence, and tasks follow.
func (r *reader) isUnit(l line) bool {
	if l.mark != noMark || len(r.after) == 0 || len(strings.Fields(l.text)) > longestHeading ||
		strings.ContainsRune(".;,:/", lastRune(l.text)) {
		return false
	}
	next := r.after[0]
	ends := strings.ContainsRune(".;", lastRune(next.text))
	return next.cells == nil && (next.mark.isBullet() || next.mark == noMark && ends)
}

func (r *reader) beginUnit(l line, head, inline string, colon bool) {
	if !colon || len(strings.Fields(head)) > longestHeading+4 {
		head, inline = l.text, ""
		named := courtesy.ReplaceAllString(head, "")
		if at := verbs.FindStringIndex(named); at != nil && len(strings.Fields(named)) > 5 {
			head, inline = named[:at[0]], strings.TrimSpace(named[at[0]:])
			r.doubt(l, DoubtUnit)
		}
	}
	unit := strings.Trim(courtesy.ReplaceAllString(head, ""), " .,;:")
	r.got.Assigned = append(r.got.Assigned, Assignment{Unit: unit})
	r.unit, r.marked = len(r.got.Assigned)-1, false
	r.unitHeading(l, unit, colon, inline)
	if l.mark != noMark {
		r.open = append(r.open, open{mark: l.mark, topic: assignments})
	}
	if inline != "" {
		r.item(Item{Text: inline})
	}
}

func (r *reader) item(i Item) {
	a := &r.got.Assigned[r.unit]
	a.Items = append(a.Items, i)
}

// columnsOf is what the columns of a table are about, by the words of its head.
type columnsOf struct {
	topic                                         topic
	ordinal, unit, task, with, due, day, hour, at int // -1 where there is none
	head                                          []string
}

var headWords = []struct {
	column string
	words  *regexp.Regexp
}{
	{"ordinal", regexp.MustCompile(`^(?:tt|stt|so tt|so thu tu|so)$`)},
	{"with", regexp.MustCompile(`phoi hop`)},
	{"due", regexp.MustCompile(`thoi han|hoan thanh|han cuoi|tien do|thoi gian thuc hien|thoi gian hoan`)},
	{"at", regexp.MustCompile(`dia diem|noi to chuc`)},
	{"hour", regexp.MustCompile(`^gio|thoi luong`)},
	{"day", regexp.MustCompile(`thoi gian|ngay|thoi diem|lich`)},
	{"unit", regexp.MustCompile(`don vi|chu tri|co quan|bo phan|phu trach|nguoi thuc hien|thuc hien|trach nhiem|ai lam`)},
	{"task", regexp.MustCompile(`nhiem vu|noi dung|cong viec|viec|chuong trinh|trinh tu|buoc`)},
}

// isHeader reports whether a row is the head of a table.
func isHeader(cells []string) bool {
	known := 0
	for _, c := range cells {
		f := strings.TrimSpace(text.Fold(text.CleanLine(c)))
		if len(strings.Fields(f)) > 6 || f == "" {
			return false
		}
		if headNames(f) != "" || topicNamed(f) != noTopic || placeNames.MatchString(f) {
			known++
		}
	}
	return known >= 2
}

var placeNames = regexp.MustCompile(`^(?:cac )?(?:cum|thon|to dan pho|khu|buoi|dot|so luong|ghi chu|du kien)`)

func headNames(f string) string {
	for _, h := range headWords {
		if h.words.MatchString(f) {
			return h.column
		}
	}
	return ""
}

// columnsIn reads the head of a table.
func (r *reader) columnsIn(cells [][]string) *columnsOf {
	c := &columnsOf{ordinal: -1, unit: -1, task: -1, with: -1, due: -1, day: -1, hour: -1, at: -1}
	at := map[string]*int{"ordinal": &c.ordinal, "unit": &c.unit, "task": &c.task, "with": &c.with, "due": &c.due,
		"day": &c.day, "hour": &c.hour, "at": &c.at}
	for i, cell := range cells {
		c.head = append(c.head, strings.Join(cell, " "))
		name := headNames(strings.TrimSpace(text.Fold(strings.Join(cell, " "))))
		if p := at[name]; p != nil && *p < 0 {
			*p = i
		}
	}
	section := noTopic
	for _, o := range r.open {
		if o.topic != container && o.topic != unknown {
			section = o.topic
		}
	}
	switch {
	case c.at >= 0 && (c.day >= 0 || c.hour >= 0):
		c.topic = times
	case section&programme != 0 && c.task >= 0:
		c.topic = programme
	case c.task >= 0 && c.unit >= 0 && (section&assignments != 0 || c.due >= 0 || c.with >= 0):
		c.topic = assignments
	case c.task >= 0 && (c.day >= 0 || c.hour >= 0) && section&assignments == 0:
		c.topic = programme
	case c.task >= 0 && c.unit >= 0:
		c.topic = assignments
	default:
		c.topic = section
	}
	if c.topic == assignments && c.due < 0 && c.day >= 0 {
		c.due, c.day = c.day, -1
	}
	return c
}

// told are the columns that have a place of their own by the topic; those beside them are words of the row.
func (c *columnsOf) told() []int {
	switch c.topic {
	case times:
		return []int{c.day, c.hour, c.at, c.unit, c.task}
	case assignments:
		return []int{c.unit, c.task, c.with, c.due}
	case programme:
		return []int{c.task, c.day, c.hour, c.unit}
	}
	return nil
}

// row takes a row of a table; its first is the head.
func (r *reader) row(l line) {
	if r.table == nil {
		flat := make([]string, len(l.cells))
		for i, c := range l.cells {
			flat[i] = strings.Join(c, " ")
		}
		r.table = r.columnsIn(l.cells)
		if isHeader(flat) {
			r.piece(piece{line: l, part: partRow, head: true})
			return
		}
		r.doubt(line{at: l.at, bare: strings.Join(flat, " | ")}, DoubtTable)
	}
	t := r.table
	cell := func(i int) string {
		if i < 0 || i >= len(l.cells) {
			return ""
		}
		return strings.Join(l.cells[i], " ")
	}
	var rest []string
	for i := range l.cells {
		s := cell(i)
		if s == "" || i == t.ordinal || slices.Contains(t.told(), i) {
			continue
		}
		if ordinal.MatchString(s) && i < len(t.head) { // "1" in the column "Buổi"
			s = t.head[i] + " " + s
		}
		rest = append(rest, s)
	}
	filled := 0
	for i := range l.cells {
		if i != t.ordinal && cell(i) != "" {
			filled++
		}
	}
	r.tablePiece(l, t)
	switch {
	case filled == 0:
		return
	case filled == 1 && len(l.cells) > 2: // a heading across the columns
		r.other(line{at: l.at, bare: whole(l, -1)})
		return
	}
	switch t.topic {
	case times:
		r.tableDay(l, cell, rest)
	case assignments:
		r.tableTask(l, cell, rest)
	case programme:
		s := Step{Text: cell(t.task), Time: strings.TrimSpace(cell(t.day) + " " + cell(t.hour)), Who: cell(t.unit)}
		if len(rest) > 0 {
			s.Text = strings.TrimPrefix(s.Text+", "+strings.Join(rest, ", "), ", ")
		}
		r.got.Programme = append(r.got.Programme, s)
	case participants:
		r.got.People = append(r.got.People, whole(l, t.ordinal))
	case contents:
		r.got.Contents = append(r.got.Contents, whole(l, t.ordinal))
	default:
		r.other(line{at: l.at, bare: whole(l, -1)})
		r.doubt(line{at: l.at, bare: whole(l, -1)}, DoubtTable)
	}
}

// whole is a row as one line, without its number.
func whole(l line, ordinal int) string {
	var parts []string
	for i, c := range l.cells {
		if s := strings.Join(c, " "); s != "" && i != ordinal {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ": ")
}

// tableDay takes a row of the days of dialogue.
func (r *reader) tableDay(l line, cell func(int) string, rest []string) {
	t := r.table
	said := strings.TrimSpace(cell(t.hour) + " " + cell(t.day))
	days := daysIn(said, r.year)
	if len(days) == 0 {
		r.other(line{at: l.at, bare: whole(l, -1)})
		r.doubt(line{at: l.at, bare: whole(l, -1)}, DoubtDate)
		return
	}
	d := Dialogue{Date: days[0].date, Time: clock(said), Venue: venueName(cell(t.at))}
	if t.unit >= 0 {
		rest = append(rest, cell(t.unit))
	}
	if t.task >= 0 {
		rest = append(rest, cell(t.task))
	}
	d.Scope = strings.Join(rest, ": ")
	if days[0].guessed || !d.Date.Valid() {
		r.doubt(line{at: l.at, bare: whole(l, -1)}, DoubtDate)
	}
	r.got.Dialogues = append(r.got.Dialogues, d)
}

var points = regexp.MustCompile(`(?:^|[.;]\s+)[-–+•]\s+`)

// tableTask takes a row of tasks; a unit that leads several rows stands once.
func (r *reader) tableTask(l line, cell func(int) string, rest []string) {
	t := r.table
	unit := strings.TrimRight(cell(t.unit), ".;: ")
	if unit == "" && r.unit >= 0 {
		unit = r.got.Assigned[r.unit].Unit // cells joined downwards
	}
	r.unit = slices.IndexFunc(r.got.Assigned, func(a Assignment) bool { return a.Unit == unit })
	if r.unit < 0 {
		r.got.Assigned = append(r.got.Assigned, Assignment{Unit: unit})
		r.unit = len(r.got.Assigned) - 1
	}
	var tasks []string
	if t.task >= 0 && t.task < len(l.cells) {
		for _, p := range l.cells[t.task] {
			tasks = append(tasks, splitTasks(p)...)
		}
	}
	if len(rest) > 0 {
		tasks = append(tasks, strings.Join(rest, ", "))
	}
	for _, task := range tasks {
		r.item(Item{Text: task, With: cell(t.with), Due: cell(t.due)})
	}
}

// splitTasks parts the points in one cell: "- a. - b."
func splitTasks(s string) (list []string) {
	begin := 0
	for _, m := range points.FindAllStringIndex(s, -1) {
		if m[0] > 0 {
			list = append(list, strings.TrimSpace(s[begin:m[0]+1]))
		}
		begin = m[1]
	}
	return append(list, strings.TrimSpace(s[begin:]))
}
