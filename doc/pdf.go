package doc

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// made is the day that files name as the one on which they were made: the same document gives the same bytes.
var made = time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC)

// product is who made a file.
const product = "Đối Thoại"

// styles are the names of the cuts in the library.
var styles = [faces]string{regular: "", bold: "B", italic: "I", boldItalic: "BI"}

// WritePDF writes the document as PDF: A4, letters embedded, text that can be copied and searched. More documents of
// its kind follow it in the one file, each from a page of its own and with page numbers of its own. The same documents
// give the same bytes. Building a file takes memory: where many may ask at once, use a [Press].
func WritePDF(w io.Writer, d Doc, more ...Doc) error {
	root := &node{role: "Document"}
	p := pdf{pages: pages(d.sheetsWith(more), root)}
	if len(more) > 0 {
		d.Abstract = "" // the file is called by what all of them are
	}
	b, err := p.file(d, root)
	if err != nil {
		return fmt.Errorf("PDF of %q: %w", d.Title(), err)
	}
	_, err = w.Write(b)
	return err
}

// file draws the pages and finishes the file.
func (p *pdf) file(d Doc, root *node) ([]byte, error) {
	p.draw()
	var b bytes.Buffer
	if err := p.f.Output(&b); err != nil {
		return nil, err
	}
	return finished(b.Bytes(), d, root)
}

type pdf struct {
	f      *fpdf.Fpdf
	pages  []page
	face   face
	size   float64
	images map[string]string // names by content: the library knows each once
}

func (p *pdf) draw() {
	p.f = fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: points(pageShort), Ht: points(pageLong)}})
	f := p.f
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	f.SetCatalogSort(true)
	f.SetCompression(false) // of pages: they are compressed when the file is finished
	f.SetMargins(0, 0, 0)
	f.SetCellMargin(0)
	f.SetAutoPageBreak(false, 0)
	p.fonts()
	p.images = map[string]string{}
	for n, page := range p.pages {
		orientation := "P"
		if page.landscape {
			orientation = "L"
		}
		k := page.scale()
		f.AddPageFormat(orientation, fpdf.SizeType{Wd: k * points(pageShort), Ht: k * points(pageLong)})
		p.size = 0
		f.SetLineWidth(0.5)
		p.page(n, page)
	}
}

// fonts adds the cuts that the pages use: each is read anew for each file.
func (p *pdf) fonts() {
	var used [faces]bool
	for _, page := range p.pages {
		for _, o := range page.ops {
			used[o.piece.face] = true
		}
	}
	for i, yes := range used {
		if yes {
			p.f.AddUTF8FontFromBytes("serif", styles[i], files[i])
		}
	}
}

// page draws what is on a page. What belongs to one part of the document is marked as its content; all else is there
// for the eye only.
func (p *pdf) page(n int, page page) {
	id := 0
	for i, o := range page.ops {
		if i == 0 || page.ops[i-1].node != o.node {
			if o.node == nil {
				p.f.RawWriteStr("/Artifact BMC\n")
			} else {
				p.f.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC\n", o.node.role, id))
				o.node.marks = append(o.node.marks, mark{n, id})
				id++
			}
		}
		p.op(o)
		if i == len(page.ops)-1 || page.ops[i+1].node != o.node {
			p.f.RawWriteStr("EMC\n")
		}
	}
}

func (p *pdf) op(o op) {
	f := p.f
	switch o.kind {
	case opText:
		p.text(o)
	case opSign:
		p.sign(o)
	case opLine:
		f.Line(o.x, o.y, o.x+o.w, o.y)
	case opRect:
		f.Rect(o.x, o.y, o.w, o.h, "D")
	case opDots:
		if o.w > 0 {
			f.SetLineWidth(0.8)
			f.SetDashPattern([]float64{0.8, 2.2}, 0)
			f.Line(o.x, o.y, o.x+o.w, o.y)
			f.SetDashPattern(nil, 0)
			f.SetLineWidth(0.5)
		}
	case opPicture:
		name, known := p.images[string(o.picture.png)]
		if !known {
			name = fmt.Sprintf("p%d", len(p.images))
			p.images[string(o.picture.png)] = name
			f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(o.picture.png))
		}
		f.ImageOptions(name, o.x, o.y, o.w, o.h, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	}
}

// text draws a piece; its spaces are stretched by the library's justified cells, since the operator for it has no
// effect on letters of two bytes.
func (p *pdf) text(o op) {
	if p.size != o.size || p.face != o.piece.face {
		p.f.SetFont("serif", styles[o.piece.face], o.size)
		p.size, p.face = o.size, o.piece.face
	}
	if o.stretch == 0 || o.piece.spacesIn() == 0 {
		p.f.Text(o.x, o.y, o.piece.text)
		return
	}
	p.f.SetXY(o.x, o.y-0.3*o.size)
	p.f.CellFormat(o.w, 0, o.piece.text, "", 0, "J", false, 0, "")
}

// sign draws a box, ticked or not, or a tick.
func (p *pdf) sign(o op) {
	f := p.f
	f.RawWriteStr("/Span <</ActualText " + pdfText(string(o.piece.drawn)) + ">> BDC\n")
	side := 0.72 * o.size
	x, y := o.x+0.04*o.size, o.y-side+0.04*o.size
	f.SetLineWidth(0.06 * o.size)
	if o.piece.drawn != tick {
		f.Rect(x, y, side, side, "D")
	}
	if o.piece.drawn != boxEmpty {
		f.SetLineWidth(0.09 * o.size)
		f.MoveTo(x+0.18*side, y+0.52*side)
		f.LineTo(x+0.42*side, y+0.78*side)
		f.LineTo(x+0.84*side, y+0.2*side)
		f.DrawPath("D")
	}
	f.SetLineWidth(0.5)
	f.RawWriteStr("EMC\n")
}
