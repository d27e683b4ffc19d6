package doc

// Block is a part of a document's text: [Paragraph], [Table], [Image], [QR], [FillIn] or [PageBreak].
type Block interface{ block() }

// Align is where the lines of a paragraph stand.
type Align string

const (
	Justified Align = "" // as body text is; in cells of tables: left
	Left      Align = "left"
	Center    Align = "center"
	Right     Align = "right"
)

// Level is the rank of a heading.
type Level int

const (
	BodyText   Level = iota
	Part             // "Phần I", centred
	Section          // "I. MỤC ĐÍCH"
	Subsection       // "1. Mục đích"
	Clause           // "a) …"
)

// Paragraph is a paragraph of text or a heading.
type Paragraph struct {
	Runs  []Run
	Level Level
	Align Align
	Dash  bool // printed after a dash
	// Flush: the first line isn't indented.
	Flush        bool
	KeepWithNext bool    // on one page with what follows; headings are
	Size         float64 // of the letters in points; 0: as the place has it
	Field        string  // which of the data it shows, for [Compare]; "" of words that stand fixed
	Part         string  // its name where it can stand by itself in an authority's own template, as all with that name
	Sentence     Sentence
}

// Sentence says which of the sentences of its form a paragraph is, and what was filled into it: who issues the document
// may have other words for it.
type Sentence struct {
	Key    string
	Values map[string]string // by the names of the fields
}

// Run is text of one look. A line feed in it breaks the line.
type Run struct {
	Text         string
	Bold, Italic bool
}

// Text is a paragraph of plain text.
func Text(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}} }

// Heading is a heading of a level.
func Heading(level Level, s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}, Level: level} }

// Item is a paragraph after a dash.
func Item(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}, Dash: true} }

// Table is a table. Its head rows stand again on each page; a row is kept whole where a page can hold it.
type Table struct {
	Caption string    // what it shows, for those who don't see it
	Columns []float64 // their shares of the width
	Head    []Row
	Rows    []Row
	Plain   bool    // without lines
	High    float64 // the least height of a row below the head in millimetres: room to write by hand
	Size    float64 // of the letters in points; 0: 12
	// Part is its name in an authority's own template, where its rows can be laid out otherwise; Names are those of what
	// a row says there, and Data what each row says by them, nil: its cells.
	Part  string
	Names []string
	Data  [][]string
}

// Row is a row of a table, from left to right without the places that a cell above or before covers.
type Row []Cell

// Cell is a cell of a table.
type Cell struct {
	Blocks       []Block
	Across, Down int // how many columns and rows it covers; 0 is 1
	Align        Align
	Middle       bool // in the middle of its height
	Label        bool // says what its row is: to who hears the table, the heading of that row
}

// Cells are cells of plain text.
func Cells(texts ...string) Row {
	row := make(Row, len(texts))
	for i, s := range texts {
		row[i] = Cell{Blocks: []Block{Text(s)}}
	}
	return row
}

// Image is a picture, PNG or JPEG.
type Image struct {
	Data  []byte
	Alt   string  // what it shows
	Width float64 // in millimetres; the height follows
	Align Align
}

// QR is a square code for the camera of a telephone.
type QR struct {
	Text  string
	Alt   string
	Size  float64 // of its side in millimetres; 20 is the least that old telephones read
	Align Align
}

// FillIn is room to write by hand: a label with a dotted line behind it, and whole lines below.
type FillIn struct {
	Label string
	Lines int     // whole lines below the first
	High  float64 // of a line in millimetres; 0: 8
	// Indent: the first line begins where paragraphs do.
	Indent bool
}

// PageBreak begins a new page.
type PageBreak struct{}

func (Paragraph) block() {}
func (Table) block()     {}
func (Image) block()     {}
func (QR) block()        {}
func (FillIn) block()    {}
func (PageBreak) block() {}

// Cells are the texts of a table, head first, one line of text a cell, as package table writes them: what a cell covers
// beside its own place is empty.
func (t Table) Cells() [][]string {
	var all [][]string
	for _, placed := range t.placed() {
		row := make([]string, len(t.Columns))
		for _, c := range placed {
			row[c.column] = plainText(c.Blocks)
		}
		all = append(all, row)
	}
	return all
}

// placedCell is a cell with the column in which it begins.
type placedCell struct {
	Cell
	column int
}

func (c Cell) across() int { return max(c.Across, 1) }
func (c Cell) down() int   { return max(c.Down, 1) }

// placed are the rows, head first, with the column of each cell. What finds no room is left out: [Doc.Problems] names
// it.
func (t Table) placed() [][]placedCell {
	covered := make([]int, len(t.Columns)) // rows below that a cell still covers
	rows := append(append([]Row{}, t.Head...), t.Rows...)
	all := make([][]placedCell, 0, len(rows))
	for _, row := range rows {
		list := make([]placedCell, 0, len(row))
		at := 0
		for _, c := range row {
			for at < len(covered) && covered[at] > 0 {
				at++
			}
			if at+c.across() > len(covered) {
				break
			}
			list = append(list, placedCell{c, at})
			for range c.across() {
				covered[at] = c.down()
				at++
			}
		}
		for i := range covered {
			covered[i] = max(covered[i]-1, 0)
		}
		all = append(all, list)
	}
	return all
}
