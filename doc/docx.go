package doc

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"
)

// fontName is what a Word file names; every Word has it.
const fontName = "Times New Roman"

// WriteDOCX writes the document as a Word file, and more documents of its kind behind it, as [WritePDF] does. The same
// documents give the same bytes.
func WriteDOCX(w io.Writer, d Doc, more ...Doc) error {
	x := newDOCX()
	x.body(d.sheetsWith(more))
	if len(more) > 0 {
		d.Abstract = "" // the file is called by what all of them are
	}
	parts := []docxPart{
		{"[Content_Types].xml", []byte(x.contentTypes())},
		{"_rels/.rels", []byte(docxRels)},
		{"docProps/core.xml", []byte(coreProperties(d))},
		{"docProps/app.xml", []byte(appProperties)},
		{"word/document.xml", x.b.Bytes()},
		{"word/_rels/document.xml.rels", []byte(x.relationships())},
		{"word/styles.xml", []byte(docxStyles)},
		{"word/settings.xml", []byte(docxSettings)},
		{"word/fontTable.xml", []byte(docxFonts)},
		{"word/header1.xml", []byte(pageNumberHeader)},
		{"word/header2.xml", []byte(emptyHeader)},
	}
	for i, p := range x.pictures {
		parts = append(parts, docxPart{mediaName(i), p.png})
	}
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: archived})
		if err == nil {
			_, err = f.Write(p.content)
		}
		if err != nil {
			return fmt.Errorf("DOCX of %q: %s: %w", d.Title(), p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("DOCX of %q: %w", d.Title(), err)
	}
	return nil
}

// archived is the time of every part: the first that an archive can name.
var archived = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

type docxPart struct {
	name    string
	content []byte
}

// docx writes word/document.xml.
type docx struct {
	b        bytes.Buffer
	pictures []*picture
	// What is said of letters, paragraphs and cells, once for all that look alike: most do.
	looks map[look]string
	paras map[paraLook]string
	cells map[cellLook]string
}

func newDOCX() *docx {
	return &docx{looks: map[look]string{}, paras: map[paraLook]string{}, cells: map[cellLook]string{}}
}

// look is how letters look.
type look struct {
	bold, italic bool
	size         float64
}

// properties are runProperties, written once for each look.
func (x *docx) properties(r Run, size float64) string {
	l := look{r.Bold, r.Italic, size}
	s, known := x.looks[l]
	if !known {
		s = runProperties(r, size)
		x.looks[l] = s
	}
	return s
}

func mediaName(i int) string { return fmt.Sprintf("word/media/image%d.png", i+1) }

// twips are the twentieths of a point in which Word measures.
func twips(mm float64) int   { return int(math.Round(points(mm) * 20)) }
func twipsPt(pt float64) int { return int(math.Round(pt * 20)) }

// emu are the units of pictures.
func emu(mm float64) int { return int(math.Round(mm * 36000)) }

func (x *docx) body(sheets []sheet) {
	room := 0
	for _, s := range sheets {
		room += s.flow.room()
	}
	x.b.Grow(room)
	x.b.WriteString(xmlHead + `<w:document` + namespaces + `><w:body>`)
	for i, s := range sheets {
		x.flow(s.flow, false)
		if i < len(sheets)-1 {
			x.b.WriteString(`<w:p><w:pPr>` + tiny)
			x.section(s)
			x.b.WriteString(`</w:pPr></w:p>`)
			continue
		}
		if endsInTable(s.flow) {
			x.b.WriteString(`<w:p><w:pPr>` + tiny + `</w:pPr></w:p>`)
		}
		x.section(s)
	}
	x.b.WriteString(`</w:body></w:document>`)
}

// What a paragraph, a run of it but for its words, and a cell around its paragraphs take in XML, in bytes, so that the
// file grows once.
const (
	roomOfPara, roomOfRun, roomOfCell = 240, 140, 110
)

// room is about how many bytes a flow takes in XML.
func (f flow) room() (n int) {
	for _, item := range f {
		switch item := item.(type) {
		case *para:
			n += roomOfPara
			for _, r := range item.runs {
				n += roomOfRun + len(r.Text)
			}
		case *grid:
			for _, row := range item.rows {
				for _, c := range row.cells {
					n += roomOfCell + c.flow.room()
				}
			}
		}
	}
	return n
}

// tiny is the look of a paragraph that is there because Word asks for one.
const tiny = `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>`

// section is the shape of the pages before it. titlePg with an empty first header: no number on the first page.
func (x *docx) section(s sheet) {
	orient := ""
	top, right, bottom, left := s.margins()
	if s.landscape {
		orient = ` w:orient="landscape"`
	}
	fmt.Fprintf(&x.b, `<w:sectPr><w:headerReference w:type="default" r:id="rIdH1"/>`+
		`<w:headerReference w:type="first" r:id="rIdH2"/><w:type w:val="nextPage"/>`+
		`<w:pgSz w:w="%d" w:h="%d"%s/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`+
		`<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`,
		twips(s.width()), twips(s.height()), orient,
		twips(top), twips(right), twips(bottom), twips(left), twips(min(numberFromTop, top/2)), twips(min(10, bottom/2)))
}

func endsInTable(f flow) bool {
	if len(f) == 0 {
		return true
	}
	_, table := f[len(f)-1].(*grid)
	return table
}

// flow writes paragraphs and tables. Tables that touch become one in Word, and a cell must end in a paragraph: an empty
// one parts them.
func (x *docx) flow(f flow, inCell bool) {
	breakNext, afterTable := false, false
	for _, item := range f {
		switch item := item.(type) {
		case *para:
			x.para(item, breakNext)
			breakNext, afterTable = false, false
		case *grid:
			if afterTable || breakNext {
				x.empty(breakNext)
			}
			x.grid(item)
			breakNext, afterTable = false, true
		case *picture:
			x.picture(item, breakNext)
			breakNext, afterTable = false, false
		case newPage:
			breakNext = true
		}
	}
	if inCell && endsInTable(f) {
		x.empty(false)
	}
}

func (x *docx) empty(breakBefore bool) {
	x.b.WriteString(`<w:p><w:pPr>`)
	if breakBefore {
		x.b.WriteString(`<w:pageBreakBefore/>`)
	}
	x.b.WriteString(tiny + `</w:pPr></w:p>`)
}

// docxJustify is the alignment in Word's words.
var docxJustify = map[Align]string{Justified: "both", Left: "left", Center: "center", Right: "right"}

// outline is the rank of a heading in Word's navigation.
var outline = map[role]int{roleTitle: 0, roleSection: 1, rolePart: 2}

// paraLook is what is said of a paragraph before its words.
type paraLook struct {
	role                                             role
	keep, breakBefore                                bool
	border                                           border
	leader, before, after, line, left, right, indent float64
	align                                            Align
}

func (x *docx) para(p *para, breakBefore bool) {
	look := paraLook{
		p.role, p.keep, breakBefore, p.border, p.leader, p.before, p.after, p.line, p.left, p.right, p.first, p.align,
	}
	head, known := x.paras[look]
	if !known {
		head = p.properties(breakBefore)
		x.paras[look] = head
	}
	x.b.WriteString(head)
	for _, r := range p.runs {
		x.run(r, p.size)
	}
	if p.leader > 0 {
		x.b.WriteString(`<w:r>` + x.properties(Run{}, p.size) + `<w:tab/></w:r>`)
	}
	x.b.WriteString(`</w:p>`)
}

// properties are the beginning of a paragraph.
func (p *para) properties(breakBefore bool) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr>`)
	if rank, heading := outline[p.role]; heading {
		fmt.Fprintf(&b, `<w:pStyle w:val="Heading%d"/>`, rank+1)
	}
	if p.keep {
		b.WriteString(`<w:keepNext/>`)
	}
	if breakBefore {
		b.WriteString(`<w:pageBreakBefore/>`)
	}
	switch p.border {
	case borderTop:
		b.WriteString(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>`)
	case borderBox:
		b.WriteString(`<w:pBdr>`)
		for _, side := range []string{"top", "left", "bottom", "right"} {
			fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="6" w:space="0" w:color="auto"/>`, side)
		}
		b.WriteString(`</w:pBdr>`)
	}
	if p.leader > 0 {
		fmt.Fprintf(&b, `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs>`, twips(p.leader))
	}
	fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="exact"/>`,
		twipsPt(p.before), twipsPt(p.after), twipsPt(p.line))
	if p.left != 0 || p.right != 0 || p.first != 0 {
		fmt.Fprintf(&b, `<w:ind w:left="%d" w:right="%d"`, twips(p.left), twips(p.right))
		switch {
		case p.first > 0:
			fmt.Fprintf(&b, ` w:firstLine="%d"`, twips(p.first))
		case p.first < 0:
			fmt.Fprintf(&b, ` w:hanging="%d"`, twips(-p.first))
		}
		b.WriteString(`/>`)
	}
	fmt.Fprintf(&b, `<w:jc w:val="%s"/></w:pPr>`, docxJustify[p.align])
	return b.String()
}

func runProperties(r Run, size float64) string {
	s := `<w:rPr>`
	if r.Bold {
		s += `<w:b/>`
	}
	if r.Italic {
		s += `<w:i/>`
	}
	half := int(math.Round(size * 2))
	return s + fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, half, half)
}

// run writes text of one look. The signs that are drawn elsewhere stand here in what Times New Roman has.
func (x *docx) run(r Run, size float64) {
	s := clean(r.Text)
	if s == "" {
		return
	}
	properties := x.properties(r, size)
	rest := s
	write := func(parts ...string) {
		for _, p := range parts {
			x.b.WriteString(p)
		}
	}
	plain := func(t string) {
		first := true
		for line := range strings.SplitSeq(t, "\n") {
			if !first {
				write(`<w:r>`, properties, `<w:br/></w:r>`)
			}
			if line != "" {
				write(`<w:r>`, properties, `<w:t xml:space="preserve">`, escaped(line), `</w:t></w:r>`)
			}
			first = false
		}
	}
	for {
		at := strings.IndexFunc(rest, isDrawn)
		if at < 0 {
			plain(rest)
			return
		}
		plain(rest[:at])
		sign := []rune(rest[at:])[0]
		look := properties
		if sign == boxEmpty {
			look = x.properties(r, size*boxScale)
		}
		x.b.WriteString(`<w:r>` + signProperties(sign, look) + `<w:t xml:space="preserve">` + docxSigns[sign] +
			`</w:t></w:r>`)
		rest = rest[at+len(string(sign)):]
	}
}

// boxScale makes □ as large as a box to tick.
const boxScale = 1.3

// InWord is text as a Word file has it, with signs that Times New Roman has.
func InWord(s string) string {
	return strings.Map(func(r rune) rune {
		if isDrawn(r) {
			r, _ = utf8.DecodeRuneInString(docxSigns[r])
		}
		return r
	}, clean(s))
}

// WordTable is a table as XML of a Word file, in a width in millimetres, with the prefix w.
func WordTable(t Table, width float64) []byte {
	s := setter{width: width}
	s.table(t)
	x := newDOCX()
	for _, item := range s.flow {
		if g, ok := item.(*grid); ok {
			x.grid(g)
		}
	}
	return x.b.Bytes()
}

// WordAnnexes are the annexes of a document as the body of a Word file's text, with the prefix w.
func WordAnnexes(d Doc) []byte {
	x := newDOCX()
	x.body(d.sheets()[1:])
	return x.b.Bytes()
}

// docxSigns are the signs in letters that Times New Roman has; a ticked box is a tick with a border.
var docxSigns = map[rune]string{boxEmpty: "□", boxTicked: "√", tick: "√"}

func signProperties(sign rune, properties string) string {
	if sign != boxTicked {
		return properties
	}
	return strings.TrimSuffix(properties, `</w:rPr>`) +
		`<w:bdr w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:rPr>`
}

// escaped is text within XML.
func escaped(s string) string { return xmlEscapes.Replace(s) }

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (x *docx) grid(g *grid) {
	b := &x.b
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`, twips(g.width()))
	if g.lines {
		b.WriteString(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
		}
		b.WriteString(`</w:tblBorders>`)
	}
	b.WriteString(`<w:tblLayout w:type="fixed"/><w:tblCellMar>`)
	for _, side := range []struct {
		name string
		mm   float64
	}{{"top", g.padY}, {"left", g.padX}, {"bottom", g.padY}, {"right", g.padX}} {
		fmt.Fprintf(b, `<w:%s w:w="%d" w:type="dxa"/>`, side.name, twips(side.mm))
	}
	b.WriteString(`</w:tblCellMar>`)
	if g.caption != "" {
		fmt.Fprintf(b, `<w:tblCaption w:val="%s"/>`, escaped(clean(oneLine(g.caption))))
	}
	b.WriteString(`</w:tblPr><w:tblGrid>`)
	for _, w := range g.widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	b.WriteString(`</w:tblGrid>`)
	for n, row := range g.rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if n < g.heads {
			b.WriteString(`<w:tblHeader/>`)
		} else if g.high > 0 {
			fmt.Fprintf(b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(g.high))
		}
		b.WriteString(`</w:trPr>`)
		x.row(g, n, row)
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// row writes the cells of a row, with those that go on from rows above.
func (x *docx) row(g *grid, n int, row gridRow) {
	at := 0
	next := 0
	for at < len(g.widths) {
		if next < len(row.cells) && row.cells[next].column == at {
			x.cell(g, row.cells[next], false)
			at += row.cells[next].across
			next++
			continue
		}
		if c, above := g.coveredFrom(n, at); above {
			x.cell(g, c, true)
			at += c.across
			continue
		}
		x.cell(g, gridCell{column: at, across: 1, down: 1}, false)
		at++
	}
}

// coveredFrom finds the cell of a row above that covers a place.
func (g *grid) coveredFrom(row, column int) (gridCell, bool) {
	for i := range row {
		for _, c := range g.rows[i].cells {
			if i+c.down > row && c.column == column {
				return c, true
			}
		}
	}
	return gridCell{}, false
}

// cellLook is what is said of a cell before what stands in it.
type cellLook struct {
	width, across        int
	goesOn, more, middle bool
}

func (x *docx) cell(g *grid, c gridCell, goesOn bool) {
	width := 0.0
	for _, w := range g.widths[c.column : c.column+c.across] {
		width += w
	}
	look := cellLook{twips(width), c.across, goesOn, c.down > 1, c.middle}
	head, known := x.cells[look]
	if !known {
		head = look.properties()
		x.cells[look] = head
	}
	x.b.WriteString(head)
	if goesOn {
		x.empty(false)
	} else {
		x.flow(c.flow, true)
	}
	x.b.WriteString(`</w:tc>`)
}

// properties are the beginning of a cell.
func (l cellLook) properties() string {
	s := fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, l.width)
	if l.across > 1 {
		s += fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, l.across)
	}
	switch {
	case l.goesOn:
		s += `<w:vMerge/>`
	case l.more:
		s += `<w:vMerge w:val="restart"/>`
	}
	if l.middle {
		s += `<w:vAlign w:val="center"/>`
	}
	return s + `</w:tcPr>`
}

func (x *docx) picture(p *picture, breakBefore bool) {
	x.pictures = append(x.pictures, p)
	n := len(x.pictures)
	b := &x.b
	b.WriteString(`<w:p><w:pPr>`)
	if breakBefore {
		b.WriteString(`<w:pageBreakBefore/>`)
	}
	fmt.Fprintf(b, `<w:spacing w:before="0" w:after="%d"/><w:jc w:val="%s"/></w:pPr><w:r><w:drawing>`+
		`<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`+
		`<wp:docPr id="%d" name="image%d" descr="%s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>`+
		`</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>`+
		`<a:blip r:embed="rIdP%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>`+
		`<a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		twipsPt(afterText), docxJustify[p.align], emu(p.width), emu(p.height), n, n, escaped(clean(oneLine(p.alt))), n, n, n,
		emu(p.width), emu(p.height))
}
