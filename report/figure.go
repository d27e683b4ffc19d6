package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"doithoai"
)

// Figure is a number of a report with the condition that opens its rows.
type Figure struct {
	Key   string // names it in addresses and files: "time/overdue", "field/Hộ tịch"
	Count int
	// Rows is how many of what is counted have a row. People and matters are fewer than their rows; denunciations have
	// none.
	Rows int
	of   func(Matter) bool
}

// Value is what a figure of a group is about: "Hộ tịch" of "field/Hộ tịch"; "" where nobody said.
func (f Figure) Value() string {
	_, value, _ := strings.Cut(f.Key, "/")
	return value
}

// Group are figures of one kind, in their order.
type Group struct {
	Key     string
	Figures []Figure
	Whole   int // what they must be together; -1: they count what is not matters
}

// Sum is what the figures are together.
func (g Group) Sum() (n int) {
	for _, f := range g.Figures {
		n += f.Count
	}
	return n
}

// The groups of figures.
const (
	GroupTotal   = "total"
	GroupSource  = "source"
	GroupRaised  = "raised"
	GroupKind    = "kind"
	GroupContent = "content"
	GroupField   = "field"
	GroupVillage = "village"
	GroupOutcome = "outcome"
	GroupTime    = "time"
	GroupUnit    = "unit"
	GroupSolved  = "solved"
	GroupPublic  = "public"
	GroupPromise = "promise" // of the result, not of matters
	GroupSurvey  = "survey"  // the same
)

// DenouncedKey is the figure of denunciations: it opens no rows.
const DenouncedKey = GroupOutcome + "/" + string(doithoai.RulingDenunciation)

// counted is a figure of what fulfils a condition; more of it have no row.
func (b Book) counted(key string, more int, of func(Matter) bool) Figure {
	f := Figure{Key: key, of: of}
	for _, m := range b.Matters {
		if of(m) {
			f.Rows++
		}
	}
	f.Count = f.Rows + more
	return f
}

// distinct is a figure of how many different values those have that fulfil a condition; what has none (0) counts by
// itself where each says so.
func (b Book) distinct(key string, each bool, of func(Matter) bool, value func(Matter) int) Figure {
	f := Figure{Key: key, of: of}
	seen := map[int]bool{}
	for _, m := range b.Matters {
		if !of(m) {
			continue
		}
		f.Rows++
		if v := value(m); v != 0 {
			seen[v] = true
		} else if each {
			f.Count++
		}
	}
	f.Count += len(seen)
	return f
}

// by is a group of figures, one for each value that there is: in the order of known, where these are given; else the
// most first. Matters without a value come last.
func by[T cmp.Ordered](b Book, key string, known []T, value func(Matter) T, name func(T) string) Group {
	counts := map[T]int{}
	for _, m := range b.Matters {
		counts[value(m)]++
	}
	values := known
	if known == nil {
		for v := range counts {
			values = append(values, v)
		}
		var none T
		slices.SortFunc(values, func(a, b T) int {
			if a == none || b == none {
				return -cmp.Compare(a, b)
			}
			return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b))
		})
	}
	g := Group{Key: key, Whole: len(b.Matters)}
	for _, v := range values {
		if counts[v] > 0 || known != nil {
			g.Figures = append(g.Figures, b.counted(key+"/"+name(v), 0, func(m Matter) bool { return value(m) == v }))
		}
	}
	return g
}

func named(s string) string { return s }

// groupKeys are the groups of what was raised, in the order of the report.
var groupKeys = []string{
	GroupTotal, GroupSource, GroupRaised, GroupKind, GroupContent, GroupField, GroupVillage, GroupOutcome, GroupTime,
	GroupUnit, GroupSolved, GroupPublic,
}

// Groups are all figures of what was raised, in the order of the report. Each matter stands in one figure of each group
// but for those of who raised it, which count people and matters.
func (b Book) Groups() []Group {
	groups := make([]Group, len(groupKeys))
	for i, key := range groupKeys {
		groups[i] = b.Group(key)
	}
	return groups
}

// Group are the figures of one kind; none where there is no such kind.
func (b Book) Group(key string) Group {
	all := func(Matter) bool { return true }
	g := Group{Key: key, Whole: -1}
	add := func(value string, more int, of func(Matter) bool) {
		g.Figures = append(g.Figures, b.counted(key+"/"+value, more, of))
	}
	switch key {
	case GroupTotal:
		g.Whole = b.Received()
		add("received", b.denounced(), all)
	case GroupSource:
		g.Whole = b.Received()
		for _, row := range doithoai.TallyRows {
			add(string(row), b.Denounced[row], func(m Matter) bool { return m.Source == row })
		}
	case GroupRaised:
		person := func(m Matter) int { return m.Person }
		g.Figures = []Figure{
			b.distinct("raised/people", false, func(m Matter) bool { return m.Person > 0 && !m.Organisation }, person),
			b.distinct("raised/bodies", false, func(m Matter) bool { return m.Person > 0 && m.Organisation }, person),
			b.counted("raised/unknown", 0, func(m Matter) bool { return m.Person == 0 }),
			b.distinct("raised/matters", true, all, func(m Matter) int { return m.Alike }),
		}
	case GroupKind:
		return by(b, key, nil, func(m Matter) string { return string(m.Kind) }, named)
	case GroupContent:
		return by(b, key, nil, func(m Matter) doithoai.ContentCode { return m.Content }, contentName)
	case GroupField:
		return by(b, key, nil, func(m Matter) string { return m.Field }, named)
	case GroupVillage:
		return by(b, key, nil, func(m Matter) string { return m.Village }, named)
	case GroupOutcome:
		g.Whole = b.Received()
		for _, o := range doithoai.Outcomes {
			more := 0
			if o == doithoai.Outcome(doithoai.RulingDenunciation) {
				more = b.denounced()
			}
			add(string(o), more, func(m Matter) bool { return m.Outcome == o })
		}
	case GroupTime:
		return by(b, key, Timelinesses, func(m Matter) Timeliness { return m.Time },
			func(t Timeliness) string { return string(t) })
	case GroupUnit:
		return by(b, key, nil, func(m Matter) string { return m.Unit }, named)
	case GroupSolved:
		g.Whole = b.counted("", 0, Matter.Answers).Count
		for _, s := range doithoai.SolvedAnswers {
			add(string(s), 0, func(m Matter) bool { return m.Answers() && m.Solved == s })
		}
		add("unsaid", 0, func(m Matter) bool { return m.Answers() && m.Solved == "" })
	case GroupPublic:
		add("answered", 0, Matter.Answers)
		add("waits", 0, Matter.Waits)
		add("published", 0, func(m Matter) bool { return m.Public })
		add("again", 0, func(m Matter) bool { return m.Again })
	}
	return g
}

func contentName(c doithoai.ContentCode) string {
	if c == 0 {
		return ""
	}
	return strconv.Itoa(int(c))
}

// Figure finds a figure by its key, and the matters that it counts.
func (b Book) Figure(key string) (f Figure, rows []Matter, ok bool) {
	if f, ok = b.figure(key); ok {
		rows, _ = b.Where(key)
	}
	return f, rows, ok
}

func (b Book) figure(key string) (f Figure, ok bool) {
	name, _, _ := strings.Cut(key, "/")
	for _, f := range b.Group(name).Figures {
		if f.Key == key {
			return f, true
		}
	}
	return f, false
}

// Count is the figure of a key, 0 where there is none.
func (b Book) Count(key string) int {
	f, _ := b.figure(key)
	return f.Count
}

// OnTime is the share of what was answered in time among what was to be answered by now, in tenths of a per cent
// rounded half up: answered in time or at once, of these, those answered late and those that are overdue. ok is false
// where nothing was to be answered by now.
func (b Book) OnTime() (tenths int, ok bool) {
	timely, due := b.Timely()
	return tenthsOf(timely, due)
}

// Timely are the two numbers of [Book.OnTime].
func (b Book) Timely() (timely, due int) {
	for _, m := range b.Matters {
		if m.Time.Timely() {
			timely++
		}
		if m.Time.Due() {
			due++
		}
	}
	return timely, due
}

// Cross is a row of the table of rulings: how many matters have one, and how far their answers are.
type Cross struct {
	Outcome                        doithoai.Outcome
	All, Timely, Late, Waits, Over int
}

// Crossed are the rulings that there are with how far the answers are: timely is at once or in time, waits is not
// answered and not overdue. Denunciations are in All only.
func (b Book) Crossed() (rows []Cross) {
	for _, o := range doithoai.Outcomes {
		c := Cross{Outcome: o}
		if o == doithoai.Outcome(doithoai.RulingDenunciation) {
			c.All = b.denounced()
		}
		for _, m := range b.Matters {
			if m.Outcome != o {
				continue
			}
			c.All++
			switch {
			case m.Time == AtOnce || m.Time == InTime:
				c.Timely++
			case m.Time == TooLate:
				c.Late++
			case m.Time == Overdue:
				c.Over++
			case m.Waits():
				c.Waits++
			}
		}
		if c.All > 0 {
			rows = append(rows, c)
		}
	}
	return rows
}

func tenthsOf(part, whole int) (tenths int, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return (part*2000 + whole) / (2 * whole), true
}
