package doc

import "slices"

// opKind is what is drawn.
type opKind int

const (
	opText opKind = iota
	opSign        // a drawn box or tick
	opLine
	opDots
	opRect
	opPicture
)

// op is one thing on the paper, in points from the upper left; y of text is its baseline.
type op struct {
	kind       opKind
	x, y, w, h float64
	piece      piece
	size       float64
	stretch    float64 // of each space
	picture    *picture
	node       *node // what it belongs to for those who hear it; nil: nothing
}

func (o op) moved(x, y float64) op {
	o.x, o.y = o.x+x, o.y+y
	return o
}

// strip is a piece of the flow that is never parted: a line, a row. Tail is the space at its end that may hang over the
// end of a page.
type strip struct {
	height, tail float64
	ops          []op
	keep         bool     // on one page with the next
	heads        *heads   // rows that stand above it where it begins a page
	breakBefore  bool     // it begins a page
	_            struct{} // by name only
}

type heads struct {
	strips []strip
	height float64
}

// layout turns a flow into strips. page is the height within which a row must fit.
type layout struct{ page float64 }

func (l layout) flow(f flow, width float64, in *node) []strip {
	var all []strip
	breakNext := false
	for _, item := range f {
		var strips []strip
		switch item := item.(type) {
		case *para:
			strips = l.para(item, width, in)
		case *grid:
			strips = l.grid(item, in)
		case *picture:
			strips = l.picture(item, width, in)
		case newPage:
			breakNext = true
			continue
		}
		if breakNext && len(strips) > 0 {
			strips[0].breakBefore, breakNext = true, false
		}
		all = append(all, strips...)
	}
	return all
}

// baseline is how far down its line a text stands: as LibreOffice has it on lines of an exact height.
const baseline = 0.8

// para lays out a paragraph, a strip a line. Two lines at least stand before and behind the end of a page.
func (l layout) para(p *para, width float64, in *node) []strip {
	var n *node
	if p.role != roleArtifact {
		n = in.child(p.role)
	}
	lines := breakLines(p, width)
	strips := make([]strip, len(lines))
	left, inner := points(p.left), width-points(p.left)-points(p.right)
	for i, line := range lines {
		s := strip{height: p.line, keep: i == 0 && len(lines) > 1 || i == len(lines)-2}
		x, room := left, inner
		if i == 0 {
			x, room = x+points(p.first), room-points(p.first)
			s.height += p.before
		}
		y := s.height - p.line + baseline*p.line
		end := l.line(&s, p, line, x, y, room, n)
		if i < len(lines)-1 && len(line.pieces) > 0 && !line.within {
			s.ops = append(s.ops, lineEnd(line, p.size, end, y, n))
		}
		if p.leader > 0 && i == len(lines)-1 {
			if len(line.pieces) > 0 {
				end += 3
			}
			s.ops = append(s.ops, op{kind: opDots, x: end, y: y, w: left + inner - end})
		}
		if i == len(lines)-1 {
			s.height, s.tail, s.keep = s.height+p.after, p.after, p.keep
		}
		strips[i] = s
	}
	switch p.border {
	case borderTop:
		strips[0].ops = append(strips[0].ops, op{kind: opLine, x: left, y: p.before + 0.5, w: inner})
	case borderBox:
		strips[0].ops = append(strips[0].ops, op{kind: opRect, x: left, y: p.before, w: inner,
			h: p.line * float64(len(lines))})
	}
	return strips
}

// line adds the text of a line, and returns where it ends.
func (l layout) line(s *strip, p *para, line textLine, x, y, room float64, n *node) float64 {
	stretch := 0.0
	switch {
	case p.align == Center:
		x += (room - line.width) / 2
	case p.align == Right:
		x += room - line.width
	case p.align == Justified && !line.last && line.spaces > 0:
		stretch = (room - line.width) / float64(line.spaces)
	}
	for _, piece := range line.pieces {
		kind := opText
		if piece.drawn != 0 {
			kind = opSign
		}
		w := piece.width + stretch*float64(piece.spacesIn())
		s.ops = append(s.ops, op{kind: kind, x: x, y: y, w: w, piece: piece, size: p.size, stretch: stretch, node: n})
		x += w
	}
	return x
}

// lineEnd is the space between the last word of a line and the first of the next: nobody sees it, but who copies or
// hears the text needs it.
func lineEnd(line textLine, size, x, y float64, n *node) op {
	f := line.pieces[len(line.pieces)-1].face
	return op{kind: opText, x: x, y: y, piece: piece{text: " ", face: f}, size: size, node: n}
}

func (l layout) picture(p *picture, width float64, in *node) []strip {
	n := in.child(roleFigure)
	n.alt = p.alt
	w, h := points(p.width), points(p.height)
	x := 0.0
	switch p.align {
	case Center:
		x = (width - w) / 2
	case Right:
		x = width - w
	}
	s := strip{height: h + afterText, tail: afterText}
	s.ops = []op{{kind: opPicture, x: x, w: w, h: h, picture: p, node: n}}
	return []strip{s}
}

// grid lays out a table, a strip a row, or a strip for rows that a cell joins.
func (l layout) grid(g *grid, in *node) []strip {
	table := in
	if g.role == roleTable {
		table = in.child(roleTable)
		table.alt = g.caption
	}
	t := &tableLayout{layout: l, grid: g, node: table}
	t.edges = []float64{0}
	for _, w := range g.widths {
		t.edges = append(t.edges, t.edges[len(t.edges)-1]+points(w))
	}
	var all []strip
	top := new(heads)
	for at := 0; at < len(g.rows); {
		end := g.joined(at)
		strips := t.rows(g.rows[at:end], end <= g.heads, l.page-top.height)
		for i := range strips {
			if end <= g.heads {
				strips[i].keep = true
				top.height += strips[i].height
				top.strips = append(top.strips, unread(strips[i]))
			} else if len(top.strips) > 0 {
				strips[i].heads = top
			}
		}
		strips[len(strips)-1].keep = strips[len(strips)-1].keep || g.rows[end-1].keep
		all = append(all, strips...)
		at = end
	}
	return all
}

// joined is the end of the rows that cells join to the one at a place.
func (g *grid) joined(at int) int {
	end := at + 1
	for i := at; i < end; i++ {
		for _, c := range g.rows[i].cells {
			end = min(max(end, i+c.down), len(g.rows))
		}
	}
	return end
}

// unread is a strip that stands there again: it isn't read out twice.
func unread(s strip) strip {
	s.ops = slices.Clone(s.ops)
	for i := range s.ops {
		s.ops[i].node = nil
	}
	return s
}

// tableLayout lays out the rows of a table.
type tableLayout struct {
	layout
	grid  *grid
	node  *node
	edges []float64 // of the columns
}

// laidCell is a cell with its strips.
type laidCell struct {
	gridCell
	row    int
	strips []strip
	height float64 // with its padding
}

// rows lays out rows that belong together within a height. Where they are higher, they are parted: joined rows from
// each other, a single row within its cells.
func (t *tableLayout) rows(rows []gridRow, head bool, most float64) []strip {
	marks := len(t.node.kids)
	laid, heights := t.cells(rows, head)
	total := 0.0
	for _, h := range heights {
		total += h
	}
	switch {
	case total <= most:
		return []strip{t.whole(laid, heights)}
	case len(rows) > 1:
		t.node.kids = t.node.kids[:marks]
		var all []strip
		for _, row := range unjoined(rows) {
			all = append(all, t.rows([]gridRow{row}, head, most)...)
		}
		return all
	}
	return t.parted(laid, most)
}

// unjoined are rows whose cells cover one row each: what a joined cell says stands in its first.
func unjoined(rows []gridRow) []gridRow {
	list := make([]gridRow, len(rows))
	for i, row := range rows {
		for _, c := range row.cells {
			for j := 1; j < c.down && i+j < len(rows); j++ {
				list[i+j].cells = append(list[i+j].cells, gridCell{column: c.column, across: c.across, down: 1})
			}
			c.down = 1
			list[i].cells = append(list[i].cells, c)
		}
		slices.SortFunc(list[i].cells, func(a, b gridCell) int { return a.column - b.column })
	}
	return list
}

// cells lays out the cells of rows and finds the heights of the rows.
func (t *tableLayout) cells(rows []gridRow, head bool) (laid []laidCell, heights []float64) {
	heights = make([]float64, len(rows))
	for i, row := range rows {
		if !head {
			heights[i] = points(t.grid.high)
		}
		in := t.node
		if t.grid.role == roleTable {
			in = t.node.child(roleRow)
		}
		for _, c := range row.cells {
			at := in
			switch {
			case t.grid.role != roleTable:
			case head, c.label:
				at = in.child(roleHeadCell)
				at.ofRow = !head
			default:
				at = in.child(roleCell)
			}
			at.across, at.down = c.across, c.down
			width := t.edges[c.column+c.across] - t.edges[c.column] - 2*points(t.grid.padX)
			cell := laidCell{gridCell: c, row: i, strips: t.flow(c.flow, width, at)}
			cell.height = 2*points(t.grid.padY) + heightOf(cell.strips)
			laid = append(laid, cell)
			if c.down == 1 {
				heights[i] = max(heights[i], cell.height)
			}
		}
	}
	for _, c := range laid {
		sum, last := 0.0, min(c.row+c.down, len(rows))-1
		for i := c.row; i <= last; i++ {
			sum += heights[i]
		}
		heights[last] += max(0, c.height-sum)
	}
	return laid, heights
}

func heightOf(strips []strip) (sum float64) {
	for _, s := range strips {
		sum += s.height
	}
	return sum
}

// whole is rows as one strip.
func (t *tableLayout) whole(laid []laidCell, heights []float64) strip {
	tops := []float64{0}
	for _, h := range heights {
		tops = append(tops, tops[len(tops)-1]+h)
	}
	s := strip{height: tops[len(heights)]}
	n := len(laid) // a frame each
	for _, c := range laid {
		for _, part := range c.strips {
			n += len(part.ops)
		}
	}
	s.ops = make([]op, 0, n)
	for _, c := range laid {
		top, bottom := tops[c.row], tops[min(c.row+c.down, len(heights))]
		t.cell(&s, c, c.strips, top, bottom)
	}
	return s
}

// cell draws the strips of a cell between two heights.
func (t *tableLayout) cell(s *strip, c laidCell, strips []strip, top, bottom float64) {
	left, right := t.edges[c.column], t.edges[c.column+c.across]
	if t.grid.lines {
		s.ops = append(s.ops, op{kind: opRect, x: left, y: top, w: right - left, h: bottom - top})
	}
	x, y := left+points(t.grid.padX), top+points(t.grid.padY)
	if c.middle {
		y += max(0, (bottom-top-2*points(t.grid.padY)-heightOf(strips))/2)
	}
	for _, part := range strips {
		for _, o := range part.ops {
			s.ops = append(s.ops, o.moved(x, y))
		}
		y += part.height
	}
}

// parted is one row as strips of a height at most, each cell going on where it was parted.
func (t *tableLayout) parted(laid []laidCell, most float64) (all []strip) {
	room := most - 2*points(t.grid.padY)
	left := make([][]strip, len(laid))
	more := true
	for i, c := range laid {
		left[i] = c.strips
	}
	for more {
		more = false
		parts, height := make([][]strip, len(laid)), 0.0
		for i := range laid {
			n, sum := 0, 0.0
			for n < len(left[i]) && (n == 0 || sum+left[i][n].height <= room) {
				sum += left[i][n].height
				n++
			}
			parts[i], left[i] = left[i][:n], left[i][n:]
			height = max(height, heightOf(parts[i]))
			more = more || len(left[i]) > 0
		}
		s := strip{height: height + 2*points(t.grid.padY)}
		for i, c := range laid {
			c.middle = false
			t.cell(&s, c, parts[i], 0, s.height)
		}
		all = append(all, s)
	}
	return all
}
