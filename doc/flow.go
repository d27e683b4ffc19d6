package doc

// flow is what writers draw, in its order: *para, *grid, *picture or newPage. How each stands is decided when a
// document is set (form.go), so that the Word file and the PDF look alike.
type flow []any

// sheet is a run of pages of one shape, numbered from 1; the first shows no number.
type sheet struct {
	landscape bool
	flow      flow
}

// Lengths on the page are millimetres, sizes of letters and heights of lines points.
const (
	pageShort, pageLong             = 210.0, 297.0
	marginTop, marginBottom         = 20.0, 20.0
	marginLeft, marginRight         = 30.0, 20.0
	numberFromTop                   = 10.0 // of the page number's line
	pointsPerInch, millimetreByInch = 72.0, 25.4
)

func points(mm float64) float64      { return mm * pointsPerInch / millimetreByInch }
func millimetres(pt float64) float64 { return pt * millimetreByInch / pointsPerInch }

func (s sheet) width() float64 {
	if s.landscape {
		return pageLong
	}
	return pageShort
}

func (s sheet) height() float64 {
	if s.landscape {
		return pageShort
	}
	return pageLong
}

// inner is how wide the text is.
func (s sheet) inner() float64 { return s.width() - marginLeft - marginRight }

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
