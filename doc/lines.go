package doc

import "strings"

// piece is text of one look on one line, or one drawn sign. Widths are points.
type piece struct {
	text  string
	face  face
	width float64
	drawn rune
}

// textLine is a line of a paragraph.
type textLine struct {
	pieces []piece
	width  float64
	spaces int  // that justification may stretch
	last   bool // of the paragraph, or before a line feed: it isn't stretched
	within bool // it ends within a word
}

// breaker breaks a paragraph into lines: at spaces, and within what is longer than a line by letter.
type breaker struct {
	size        float64
	first, rest float64 // room of the first line and of the others
	lines       []textLine
	current     textLine
	gap         []piece // spaces since the last word
	word        []piece
	wordWidth   float64
}

// breakLines breaks the text of a paragraph into lines within a width in points. There is always one.
func breakLines(p *para, width float64) []textLine {
	width -= points(p.left) + points(p.right)
	b := breaker{size: p.size, first: max(width-points(p.first), 1), rest: max(width, 1)}
	for _, r := range p.runs {
		b.run(clean(r.Text), faceOf(r))
	}
	b.endWord()
	b.endLine(true)
	return b.lines
}

func (b *breaker) room() float64 {
	if len(b.lines) == 0 {
		return b.first
	}
	return b.rest
}

// slack is what sums of rounded widths may be off by.
const slack = 0.01

func (b *breaker) run(s string, f face) {
	start, width := 0, 0
	flush := func(to int) {
		if to > start {
			w := float64(width) * b.size / 1000
			b.word = append(b.word, piece{text: s[start:to], face: f, width: w})
			b.wordWidth += w
		}
		width = 0
	}
	for i, r := range s {
		switch {
		case r == ' ':
			flush(i)
			b.endWord()
			b.gap = append(b.gap, piece{text: " ", face: f, width: float64(letters().rune(f, ' ')) * b.size / 1000})
			start = i + 1
		case r == '\n':
			flush(i)
			b.endWord()
			b.endLine(true)
			start = i + 1
		case isDrawn(r):
			flush(i)
			w := drawnWidth * b.size / 1000
			b.word = append(b.word, piece{drawn: r, face: f, width: w})
			b.wordWidth += w
			start = i + len(string(r))
		default:
			width += letters().rune(f, r)
		}
	}
	flush(len(s))
}

// endWord puts a word on the line, or on the next.
func (b *breaker) endWord() {
	if len(b.word) == 0 {
		return
	}
	gap := 0.0
	for _, g := range b.gap {
		gap += g.width
	}
	if len(b.current.pieces) > 0 && b.current.width+gap+b.wordWidth > b.room()+slack {
		b.endLine(false)
	} else if len(b.current.pieces) > 0 {
		for _, g := range b.gap {
			b.put(g)
			b.current.spaces++
		}
	}
	b.gap = b.gap[:0]
	for _, w := range b.word {
		b.putFitting(w)
	}
	b.word, b.wordWidth = b.word[:0], 0
}

// putFitting puts a piece on the line, by letter where it is longer than the line.
func (b *breaker) putFitting(p piece) {
	for b.current.width+p.width > b.room()+slack && p.drawn == 0 {
		at, width := 0, 0.0
		for i, r := range p.text {
			w := float64(letters().rune(p.face, r)) * b.size / 1000
			if b.current.width+width+w > b.room()+slack && (i > 0 || len(b.current.pieces) > 0) {
				break
			}
			at, width = i+len(string(r)), width+w
		}
		if at > 0 {
			b.put(piece{text: p.text[:at], face: p.face, width: width})
			p.text, p.width = p.text[at:], p.width-width
		}
		if p.text == "" {
			return
		}
		b.current.within = at > 0
		b.endLine(false)
	}
	b.put(p)
}

// put appends a piece to the line, joined to the one before where they look alike.
func (b *breaker) put(p piece) {
	b.current.width += p.width
	if n := len(b.current.pieces); n > 0 && p.drawn == 0 {
		if before := &b.current.pieces[n-1]; before.drawn == 0 && before.face == p.face {
			before.text += p.text
			before.width += p.width
			return
		}
	}
	b.current.pieces = append(b.current.pieces, p)
}

func (b *breaker) endLine(last bool) {
	b.current.last = last
	b.lines = append(b.lines, b.current)
	b.current, b.gap = textLine{}, b.gap[:0]
}

// spacesIn is how many spaces of a piece justification stretches.
func (p piece) spacesIn() int { return strings.Count(p.text, " ") }
