package doc

import "math"

// flow is what writers draw, in its order: *para, *grid, *picture or newPage. How each stands is decided when a
// document is set (form.go), so that the Word file and the PDF look alike.
type flow []any

// sheet is a run of pages of one shape, numbered from 1; the first shows no number.
type sheet struct {
	shape
	flow flow
}

// shape is the paper of a sheet.
type shape struct{ landscape, tight, large bool }

// Lengths on the page are millimetres, sizes of letters and heights of lines points.
const (
	pageShort, pageLong             = 210.0, 297.0
	marginTop, marginBottom         = 20.0, 20.0
	marginLeft, marginRight         = 30.0, 20.0
	marginTight                     = 10.0 // of a working paper, on all sides
	numberFromTop                   = 10.0 // of the page number's line
	pointsPerInch, millimetreByInch = 72.0, 25.4
)

func points(mm float64) float64      { return mm * pointsPerInch / millimetreByInch }
func millimetres(pt float64) float64 { return pt * millimetreByInch / pointsPerInch }

// scale is by how much all lengths are greater than on A4: A3 has twice its area.
func (s shape) scale() float64 {
	if s.large {
		return math.Sqrt2
	}
	return 1
}

func (s shape) width() float64 {
	if s.landscape {
		return s.scale() * pageLong
	}
	return s.scale() * pageShort
}

func (s shape) height() float64 {
	if s.landscape {
		return s.scale() * pageShort
	}
	return s.scale() * pageLong
}

// margins are those of the page, in the order in which they are named: above, right, below, left.
func (s shape) margins() (top, right, bottom, left float64) {
	if s.tight {
		return marginTight, marginTight, marginTight, marginTight
	}
	k := s.scale()
	return k * marginTop, k * marginRight, k * marginBottom, k * marginLeft
}

// inner is how wide the text is.
func (s shape) inner() float64 {
	_, right, _, left := s.margins()
	return s.width() - left - right
}

// innerHeight is how high the text is.
func (s shape) innerHeight() float64 {
	top, _, bottom, _ := s.margins()
	return s.height() - top - bottom
}

// scaled makes everything in a flow so many times as large.
func (f flow) scaled(k float64) {
	for _, item := range f {
		switch item := item.(type) {
		case *para:
			for _, n := range []*float64{&item.size, &item.line, &item.first, &item.left, &item.right, &item.before,
				&item.after, &item.leader} {
				*n *= k
			}
		case *grid:
			for i := range item.widths {
				item.widths[i] *= k
			}
			item.padX, item.padY, item.high = item.padX*k, item.padY*k, item.high*k
			for _, row := range item.rows {
				for _, c := range row.cells {
					c.flow.scaled(k)
				}
			}
		case *picture:
			item.width, item.height = item.width*k, item.height*k
		}
	}
}

// role is what a part of the page is to those who hear it.
type role string

const (
	roleText      role = "P"
	roleTitle     role = "H1"
	roleSection   role = "H2"
	rolePart      role = "H3"
	roleArtifact  role = "" // rules and room: not read out
	roleTable     role = "Table"
	roleLayout    role = "Div" // a table that only puts things beside each other
	roleFigure    role = "Figure"
	roleHeadCell  role = "TH"
	roleCell      role = "TD"
	roleRow       role = "TR"
	roleBlockCell role = "Div"
)

// border is what is drawn around a paragraph.
type border int

const (
	borderNone border = iota
	borderTop         // a rule
	borderBox
)

// para is a paragraph with all that its look needs.
type para struct {
	runs          []Run
	role          role
	size, line    float64
	align         Align
	first         float64 // of the first line beyond left; may be negative
	left, right   float64
	before, after float64
	keep          bool // with what follows
	border        border
	leader        float64 // where dots end that begin behind the text, 0: there are none
	field         string  // of which data it is, as in [Passage]
}

// grid is a table.
type grid struct {
	role       role
	caption    string
	widths     []float64
	heads      int // how many of the rows are heads
	rows       []gridRow
	lines      bool
	high       float64 // the least height of a row below the heads
	padX, padY float64 // within cells
}

func (g *grid) width() (sum float64) {
	for _, w := range g.widths {
		sum += w
	}
	return sum
}

type gridRow struct {
	cells []gridCell
	keep  bool // with the next
}

type gridCell struct {
	column, across, down int
	flow                 flow
	middle               bool
	label                bool
}

// picture is an image as PNG.
type picture struct {
	png           []byte
	alt           string
	width, height float64
	align         Align
}

// newPage begins a page.
type newPage struct{}
