package reading

import (
	"slices"
	"strings"
)

// partOf is what a line of the body is on paper.
type partOf int

const (
	partPreamble partOf = iota
	partHeading
	partUnit // the heading of an assignment
	partPoint
	partClosing // a sentence that ends the paper
	partRow     // of a table
)

// piece is a line of the body as the paper has it: what [Reading.Plan] makes the sections of.
type piece struct {
	line
	part   partOf
	depth  int   // sections around it
	topic  topic // of the section around it; of a heading, its own
	inline string
	unit   string   // who has to do it
	pushes bool     // of a unit: lines below stand deeper
	head   bool     // the head of a table
	points []string // of a row
	due    string   // of a row, as written
	annex  bool
}

// piece notes a line where it was met.
func (r *reader) piece(p piece) {
	p.depth, p.annex = len(r.open), r.annex
	if p.part == partPoint || p.part == partClosing {
		p.topic = r.topic()
	}
	r.outline = append(r.outline, p)
}

// assigns reports whether a line is of the section that says who does what, as put takes it.
func (r *reader) assigns() bool {
	t := r.topic()
	return t&assignments != 0 && t&(purposes|requirements|times|venue|form) == 0
}

// heading notes the line that opens a section. A label after a dash is a point of its own kind.
func (r *reader) heading(l line, h heading) {
	switch {
	case h.topic == assignments && h.inline != "":
		l.text = strings.TrimSpace(strings.TrimSuffix(l.text, h.inline))
		r.piece(piece{line: l, part: partHeading, topic: h.topic})
	case l.mark.isBullet() || l.mark == noMark && h.inline != "":
		r.piece(piece{line: l, part: partPoint})
		r.outline[len(r.outline)-1].topic = h.topic
	default:
		r.piece(piece{line: l, part: partHeading, topic: h.topic, inline: h.inline})
	}
}

// unitHeading notes the line that names who has to do something. Where that was guessed from a sentence, or stands in
// one line with the task after no number, the line stays whole.
func (r *reader) unitHeading(l line, unit string, colon bool, inline string) {
	p := piece{line: l, part: partUnit, topic: assignments, unit: unit, inline: inline, pushes: l.mark != noMark}
	if whole := inline != "" && (!colon || !opens(l) || !strings.HasSuffix(l.text, inline)); whole {
		p.inline = ""
		p.points = []string{pointText(l)}
	}
	r.piece(p)
}

// tablePiece notes a row of a table with what its columns say.
func (r *reader) tablePiece(l line, t *columnsOf) {
	p := piece{line: l, part: partRow, topic: t.topic}
	cell := func(i int) string {
		if i < 0 || i >= len(l.cells) {
			return ""
		}
		return strings.Join(l.cells[i], " ")
	}
	if t.topic != assignments {
		if s := whole(l, t.ordinal); s != "" {
			p.points = []string{s}
			r.piece(p)
		}
		return
	}
	p.unit, p.due = strings.TrimRight(cell(t.unit), ".;: "), cell(t.due)
	if t.task >= 0 && t.task < len(l.cells) {
		for _, task := range l.cells[t.task] {
			p.points = append(p.points, splitTasks(task)...)
		}
	}
	var beside []string
	for i := range l.cells {
		if s := cell(i); s != "" && i != t.ordinal && i != t.unit && i != t.task {
			if i < len(t.head) && t.head[i] != "" {
				s = t.head[i] + ": " + s
			}
			beside = append(beside, s)
		}
	}
	if len(beside) > 0 {
		said := "(" + strings.Join(beside, "; ") + ")"
		if n := len(p.points); n > 0 {
			p.points[n-1] += " " + said
		} else {
			p.points = []string{said}
		}
	}
	if len(p.points) > 0 || p.unit != "" {
		r.piece(p)
	}
}

// pointText is the text of a line as a point: a mark other than a dash stays.
func pointText(l line) string {
	if l.mark == markDash || l.mark == markBullet || l.bare == "" {
		return l.text
	}
	return l.bare
}

// markText is the mark of a line as printed.
func markText(l line) string {
	return strings.TrimSpace(strings.TrimSuffix(l.bare, l.text))
}

// coversLine reports whether the outline has a line of the document.
func coversLine(outline []piece, at int) bool {
	return slices.ContainsFunc(outline, func(p piece) bool { return p.at == at })
}
