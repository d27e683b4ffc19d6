package reading

import (
	"regexp"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// Plan returns the document as a plan: its headings and points as they stand, in their order, with what they mean as
// data. Bases are looked for in the authority's list, and those who have to do something among its units; who is
// none of them is a body, and doubtful. The doubts are those of the reading with these.
//
// Nothing is lost: each line of the body is a heading or a point; what stood above it and had no place begins the
// preamble, what stood below it ends the closing words, and annexes follow the last section. Of a table, each row is a
// point.
func (r Reading) Plan(units []doithoai.Unit, bases doithoai.LegalBases) (plan.Plan, []Doubt) {
	h := r.Letterhead
	p := plan.Plan{
		Year: r.year, Superior: h.Superior, Authority: h.Authority, Number: h.Number, Symbol: h.Symbol, Place: h.Place,
		Date: h.Date, Type: h.Type, Abstract: h.Abstract, When: r.arrangement(), Recipients: r.recipients(),
		Signatory: plan.Signatory{For: r.Signatory.For, Title: r.Signatory.Title, Name: r.Signatory.Name},
	}
	for _, b := range r.Bases {
		basis := b.basis()
		if l, ok := plan.Listed(bases, basis); ok {
			basis.Key = l.Key
		}
		p.Bases = append(p.Bases, basis)
	}
	b := builder{units: units, doubts: slices.Clone(r.Doubts)}
	b.root = &node{}
	b.stack = []*node{b.root}
	var closing []string
	for i, piece := range r.outline {
		switch {
		case piece.part == partPreamble:
			p.Preamble = append(p.Preamble, pointText(piece.line))
		case piece.part == partClosing && ends(r.outline[i+1:]):
			closing = append(closing, piece.bare)
		default:
			b.take(piece)
		}
	}
	var above []string
	for _, l := range r.others {
		switch {
		case coversLine(r.outline, l.at):
		case len(r.outline) > 0 && l.at > r.outline[0].at:
			closing = append(closing, l.text)
		default:
			above = append(above, l.text)
		}
	}
	p.Preamble, p.Closing = append(above, p.Preamble...), closing
	p.Sections = b.root.sections()
	slices.SortStableFunc(b.doubts, func(a, b Doubt) int { return a.Line - b.Line })
	return p.Keyed(), b.doubts
}

// Converted is the old font with which the document was typed, [text.DamageTCVN3] or [text.DamageVNI]; "" where it came
// in Unicode.
func (r Reading) Converted() text.Damage { return r.converted }

// Line is a paragraph of the document, or a row of a table, as it was read.
type Line struct {
	Number int // paragraph of the document, from 1, as in [Doubt]
	Text   string
}

// Original are the paragraphs of the document, those that Word wrapped or an e-mail broke joined.
func (r Reading) Original() (list []Line) {
	for _, l := range r.source {
		s := l.bare
		if l.cells != nil {
			var cells []string
			for _, c := range l.cells {
				cells = append(cells, strings.Join(c, " "))
			}
			s = strings.Join(cells, " | ")
		}
		list = append(list, Line{l.at, s})
	}
	return list
}

func (b Basis) basis() plan.Basis {
	return plan.Basis{Kind: b.Kind, Number: b.Number, Date: b.Date, Issuer: b.Issuer, Abstract: b.Abstract}
}

// Cited are the documents that the paragraphs of a preamble cite.
func Cited(preamble []string) (list []plan.Basis) {
	for _, s := range preamble {
		for _, b := range basesOf(s) {
			list = append(list, b.basis())
		}
	}
	return list
}

// ends reports whether nothing but closing sentences and annexes follows.
func ends(after []piece) bool {
	return !slices.ContainsFunc(after, func(p piece) bool { return p.part != partClosing && !p.annex })
}

// arrangement is when, where and how as data.
func (r Reading) arrangement() plan.Arrangement {
	a := plan.Arrangement{Venue: text.Cut(r.Venue, doithoai.MaxLine)}
	if r.Form != nil {
		a.Form = r.Form.Kind
	}
	if w := r.Window; w != nil {
		a.Window = plan.Window{From: w.From.first(), To: w.To.last()}
	}
	for _, d := range r.Dialogues {
		if d.Date.Valid() {
			a.Days = append(a.Days, plan.PlannedDay{Date: d.Date, Time: d.Time, Venue: d.Venue, Scope: d.Scope})
		}
	}
	return a
}

func (b Bound) first() calendar.Date {
	if b.Day.IsZero() && b.Quarter.Roman() != "" {
		return b.Quarter.First()
	}
	return b.Day
}

func (b Bound) last() calendar.Date {
	if b.Day.IsZero() && b.Quarter.Roman() != "" {
		return b.Quarter.Last()
	}
	return b.Day
}

// recipients are those who receive the plan, with their punctuation.
func (r Reading) recipients() plan.Recipients {
	to := plan.Recipients{Title: "Nơi nhận"}
	for i, item := range r.Recipients {
		end := ";"
		if i == len(r.Recipients)-1 {
			end = "."
		}
		to.Items = append(to.Items, item+end)
	}
	return to
}

// node is a section being built.
type node struct {
	plan.Section
	rank  int    // of the heading: 2 for each section around it, and 1 where lines below stand deeper
	unit  string // of a table's rows
	parts []*node
}

// sections are the node's parts as the plan has them. A heading above parts is of no kind itself.
func (n *node) sections() (list []plan.Section) {
	for _, part := range n.parts {
		s := part.Section
		s.Parts = part.sections()
		if len(s.Points) == 0 && len(s.Parts) > 0 || s.Kind == plan.KindAssignment && !s.To.Any() {
			s.Kind = plan.KindText
		}
		list = append(list, s)
	}
	return list
}

// builder makes sections of the pieces.
type builder struct {
	units  []doithoai.Unit
	doubts []Doubt
	root   *node
	stack  []*node
}

func (b *builder) top() *node { return b.stack[len(b.stack)-1] }

// leave closes the sections of a rank or greater.
func (b *builder) leave(rank int) {
	for len(b.stack) > 1 && b.top().rank >= rank {
		b.stack = b.stack[:len(b.stack)-1]
	}
}

func (b *builder) open(n *node) {
	b.top().parts = append(b.top().parts, n)
	b.stack = append(b.stack, n)
}

func (b *builder) take(p piece) {
	switch p.part {
	case partHeading:
		b.leave(2 * p.depth)
		b.open(&node{Section: plan.Section{Kind: kindFor(p.topic), Mark: markText(p.line), Title: title(p)},
			rank: 2*p.depth + 1})
		if p.inline != "" {
			b.point(plan.Point{Text: p.inline}, p.topic)
		}
	case partUnit:
		b.unit(p)
	case partRow:
		if !p.head {
			b.leave(2*p.depth + 1)
			b.row(p)
		}
	default:
		b.leave(2*p.depth + 1)
		dash := p.mark == markDash || p.mark == markBullet
		b.point(plan.Point{Text: pointText(p.line), Dash: dash}, p.topic)
	}
}

// title is the heading of a piece without its mark and without what stands behind its colon.
func title(p piece) string {
	return strings.TrimSpace(strings.TrimSuffix(p.text, p.inline))
}

// unit opens an assignment.
func (b *builder) unit(p piece) {
	b.leave(2 * p.depth)
	n := &node{Section: plan.Section{Kind: plan.KindAssignment, To: b.who(p)}, rank: 2 * p.depth}
	if p.pushes {
		n.rank++
	}
	if p.points == nil {
		n.Mark, n.Title = markText(p.line), title(p)
	}
	b.open(n)
	for _, s := range p.points {
		n.Points = append(n.Points, plan.Point{Text: s, Dash: p.mark == markDash || p.mark == markBullet})
	}
	if p.inline != "" {
		n.Points = append(n.Points, plan.Point{Text: p.inline})
	}
}

// who are those whom a piece names; a doubt where that isn't sure.
func (b *builder) who(p piece) plan.Addressees {
	to, sure := plan.AddresseesOf(p.unit, b.units)
	if !sure {
		b.doubts = append(b.doubts, Doubt{p.at, p.unit, DoubtBody})
	}
	return to
}

// row takes a row of a table: of tasks, into the assignment of its unit; of anything else, as a point.
func (b *builder) row(p piece) {
	if p.topic != assignments {
		for _, s := range p.points {
			b.point(plan.Point{Text: s, Dash: true}, p.topic)
		}
		return
	}
	around := b.top()
	var n *node
	if last := len(around.parts) - 1; last >= 0 && around.parts[last].Kind == plan.KindAssignment &&
		around.parts[last].unit != "" && (p.unit == "" || around.parts[last].unit == p.unit) {
		n = around.parts[last]
	} else {
		n = &node{Section: plan.Section{Kind: plan.KindAssignment, Title: p.unit, To: b.who(p)}, unit: p.unit}
		around.parts = append(around.parts, n)
	}
	for _, s := range p.points {
		n.Points = append(n.Points, plan.Point{Text: s, Dash: true, Task: ruleOf(p.due)})
	}
}

// point takes a point into the section that is open; where that is of another kind, or has parts already, into a part
// of its own kind without a heading, so that the order of the paper stays.
func (b *builder) point(p plan.Point, t topic) {
	n, kind := b.top(), kindFor(t)
	if n == b.root || len(n.parts) > 0 || kind != plan.KindText && kind != n.Kind && kind != plan.KindAssignment {
		last := len(n.parts) - 1
		if kind == plan.KindAssignment && (last < 0 || n.parts[last].Kind != kind) { // under no unit
			kind = plan.KindText
		}
		if last < 0 || n.parts[last].Heading() != "" || n.parts[last].Kind != kind || len(n.parts[last].parts) > 0 {
			n.parts = append(n.parts, &node{Section: plan.Section{Kind: kind}, rank: n.rank + 1})
			last++
		}
		n = n.parts[last]
	}
	n.Points = append(n.Points, p)
}

// kindFor is the kind of a section on some topics: of several, the one that carries data.
func kindFor(t topic) plan.SectionKind {
	if t == noTopic || t == container || t == unknown || t == bases {
		return plan.KindText
	}
	for _, k := range []struct {
		topic topic
		kind  plan.SectionKind
	}{
		{times | venue | form, plan.KindWhen}, {purposes, plan.KindPurposes}, {requirements, plan.KindRequirements},
		{programme, plan.KindProgramme}, {participants, plan.KindParticipants}, {contents, plan.KindTopics},
		{funds, plan.KindFunds}, {assignments, plan.KindAssignment},
	} {
		if t&k.topic != 0 {
			return k.kind
		}
	}
	return plan.KindText
}

var (
	daysBefore = regexp.MustCompile(`(?i)trước\s+(?:(?:khi|mỗi|buổi|ngày|hội nghị|đối thoại|tổ chức|diễn ra)\s+){1,5}` +
		`(?:ít nhất\s+)?([0-9]{1,3})\s+ngày`)
	daysAfter = regexp.MustCompile(`(?i)sau\s+(?:(?:khi|mỗi|buổi|ngày|hội nghị|đối thoại|tổ chức|kết thúc)\s+){1,5}` +
		`([0-9]{1,3})\s+ngày`)
	allTheTime = regexp.MustCompile(`(?i)thường xuyên|hằng ngày|hàng ngày|cả năm|liên tục`)
)

// ruleOf is by when a task is to be done, as its table says; once where that says no day.
func ruleOf(due string) plan.TaskRule {
	if m := daysBefore.FindStringSubmatch(due); m != nil {
		return plan.TaskRule{Manner: plan.MannerDialogue, Days: -number(m[1])}
	}
	if m := daysAfter.FindStringSubmatch(due); m != nil {
		return plan.TaskRule{Manner: plan.MannerDialogue, Days: number(m[1])}
	}
	if days := daysIn(due, 0); len(days) == 1 && !days[0].guessed && days[0].date.Valid() {
		return plan.TaskRule{Manner: plan.MannerDay, Day: days[0].date}
	}
	if allTheTime.MatchString(due) {
		return plan.TaskRule{Manner: plan.MannerStanding}
	}
	return plan.TaskRule{}
}
