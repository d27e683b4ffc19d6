package doc

import (
	"strconv"
)

// page is one side of paper with what stands on it, in points from its upper left.
type page struct {
	shape
	ops []op
}

// pages lays out the sheets of a document. root is what those hear who don't see it.
func pages(sheets []sheet, root *node) []page {
	var all []page
	for _, s := range sheets {
		high := points(s.innerHeight())
		strips := layout{page: high}.flow(s.flow, points(s.inner()), root)
		p := pager{shape: s.shape, high: high}
		p.run(strips)
		p.end()
		for i := range p.pages {
			if i > 0 {
				p.number(&p.pages[i], i+1)
			}
		}
		all = append(all, p.pages...)
	}
	return all
}

// pager puts strips on pages of a height.
type pager struct {
	shape
	high  float64
	pages []page
	held  []strip // of the last page, to be drawn once all are known
	y     float64
}

func (p *pager) begin() {
	p.end()
	p.pages = append(p.pages, page{shape: p.shape})
	p.y = 0
}

func (p *pager) put(s strip) {
	p.held = append(p.held, s)
	p.y += s.height
}

// end draws what stands on the last page.
func (p *pager) end() {
	n := 1 // its number
	for _, s := range p.held {
		n += len(s.ops)
	}
	top, _, _, left := p.margins()
	ops, y := make([]op, 0, n), 0.0
	for _, s := range p.held {
		for _, o := range s.ops {
			ops = append(ops, o.moved(points(left), points(top)+y))
		}
		y += s.height
	}
	if len(p.held) > 0 {
		p.pages[len(p.pages)-1].ops = ops
	}
	p.held = p.held[:0]
}

// run puts strips one below the other. Those that are kept together go to the next page together; where they are higher
// than a page, they are parted where it ends.
func (p *pager) run(strips []strip) {
	p.begin()
	kept := 0 // strips that were seen to fit
	for i, s := range strips {
		if i >= kept {
			end, need := i, 0.0
			for ; end < len(strips)-1 && strips[end].keep && !strips[end+1].breakBefore; end++ {
				need += strips[end].height
			}
			need += strips[end].height - strips[end].tail
			kept = end + 1
			if p.y > 0 && (s.breakBefore || p.y+need > p.high+slack && (need <= p.high || i == end)) {
				p.turn(s)
			}
		}
		if p.y > 0 && p.y+s.height-s.tail > p.high+slack {
			p.turn(s)
		}
		p.put(s)
	}
}

// turn begins a page, with the head of a table that goes on there.
func (p *pager) turn(s strip) {
	p.begin()
	if s.heads != nil {
		for _, h := range s.heads.strips {
			p.put(h)
		}
	}
}

// number puts the number of a page in the middle of its top margin.
func (p *pager) number(at *page, n int) {
	text := strconv.Itoa(n)
	w := letters().of(regular, sizePageNumber, text)
	top, right, _, left := p.margins()
	at.ops = append(at.ops, op{kind: opText, x: (points(left+p.width()-right) - w) / 2,
		y: points(min(numberFromTop, top/2)) + baseline*16, w: w, size: sizePageNumber, piece: piece{text: text, width: w}})
}
