package reading

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"doithoai/text"
)

// docxLines returns the paragraphs of a Word file with the marks of its automatic lists. Headers, footers, notes,
// comments and what was struck out are left; the tables of the letterhead and of the signature are read cell by cell.
func docxLines(parts map[string]*zip.File) ([]line, error) {
	lines, err := docxParagraphs(parts)
	return unwrap(titled(lines)), err
}

// docxParagraphs are the paragraphs as they stand.
func docxParagraphs(parts map[string]*zip.File) ([]line, error) {
	lists := numbering{levels: map[string]map[string]mark{}, lists: map[string]string{}, styles: map[string]item{}}
	for _, name := range []string{"word/numbering.xml", "word/styles.xml"} {
		if parts[name] != nil {
			if err := walk(parts[name], lists.element); err != nil {
				return nil, err
			}
		}
	}
	d := docx{numbering: lists}
	if err := walk(parts["word/document.xml"], d.element); err != nil {
		return nil, err
	}
	if d.oldFont != "" {
		return nil, refuse("plan.file.problem.old_font", "font", d.oldFont)
	}
	return d.lines, nil
}

// maxDepth is how deep elements may be nested: tables in tables in text boxes.
const maxDepth = 256

// element is a begun or ended element, or text within one, by its local name: the prefixes vary.
type element struct {
	name  string
	attrs []xml.Attr
	ends  bool
	text  string
}

func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk calls f for every element of a part, in order.
func walk(part *zip.File, f func(element)) error {
	if part.UncompressedSize64 > maxUnpacked {
		return refuse("plan.file.problem.unpacked")
	}
	r, err := part.Open()
	if err != nil {
		return refuse("plan.file.problem.broken")
	}
	defer r.Close() //nolint:errcheck // it was read from memory
	d := xml.NewDecoder(io.LimitReader(r, maxUnpacked))
	var inside []string
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(inside) == 0 {
			return nil
		}
		if err != nil || len(inside) > maxDepth {
			return refuse("plan.file.problem.broken")
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = append(inside, t.Name.Local)
			f(element{name: t.Name.Local, attrs: t.Attr})
		case xml.EndElement:
			if len(inside) == 0 || inside[len(inside)-1] != t.Name.Local {
				return refuse("plan.file.problem.broken")
			}
			inside = inside[:len(inside)-1]
			f(element{name: t.Name.Local, ends: true})
		case xml.CharData:
			if len(inside) > 0 {
				f(element{name: inside[len(inside)-1], text: string(t)})
			}
		}
	}
}

// item is the list that a paragraph or a style is of.
type item struct{ list, level, parent string }

// numbering is what the lists of a Word file look like.
type numbering struct {
	levels map[string]map[string]mark // by abstract list and level
	lists  map[string]string          // the abstract list of each list
	styles map[string]item

	abstract, list, level, style, format string // around the element
}

func (n *numbering) element(e element) {
	if e.ends {
		return
	}
	val := e.attr("val")
	switch e.name {
	case "abstractNum":
		n.abstract, n.list, n.style = e.attr("abstractNumId"), "", ""
		n.levels[n.abstract] = map[string]mark{}
	case "num":
		n.list = e.attr("numId")
	case "abstractNumId":
		n.lists[n.list] = val
	case "lvl":
		n.level, n.format = e.attr("ilvl"), "decimal"
	case "numFmt":
		n.format = val
	case "lvlText":
		if levels := n.levels[n.abstract]; levels != nil && n.style == "" {
			levels[n.level] = markOfLevel(n.format, val)
		}
	case "style":
		n.style = e.attr("styleId")
	case "basedOn":
		s := n.styles[n.style]
		s.parent = val
		n.styles[n.style] = s
	case "numId", "ilvl":
		if n.style == "" {
			return
		}
		s := n.styles[n.style]
		if e.name == "numId" {
			s.list = val
		} else {
			s.level = val
		}
		n.styles[n.style] = s
	}
}

// inWords is a level that is numbered in words: "Điều %1.".
var inWords = regexp.MustCompile(`^(?i:phần|mục|chương|điều)`)

var placeholder = regexp.MustCompile(`%[1-9]`)

// markOfLevel is the mark that Word sets before the paragraphs of a level.
func markOfLevel(format, shown string) mark {
	switch n := len(placeholder.FindAllString(shown, -1)); {
	case format == "none":
		return noMark
	case format == "bullet":
		if m, _ := markOf(shown + " x"); m.isBullet() {
			return m
		}
		return markBullet
	case strings.HasPrefix(text.Fold(shown), "buoc"):
		return markStep
	case n == 3:
		return markDecimal3
	case n == 2:
		return markDecimal2
	case n > 3:
		return markParen
	}
	switch {
	case format == "upperRoman" || format == "lowerRoman":
		return markRoman
	case format == "upperLetter":
		return markUpper
	case format == "lowerLetter":
		return markLetter
	case inWords.MatchString(shown):
		m, _ := markOf(placeholder.ReplaceAllString(shown, "1") + " x")
		return m
	case strings.HasPrefix(shown, "("):
		return markParen
	}
	return markDecimal
}

// markOf is the mark of a paragraph of a list or a style.
func (n *numbering) markOf(own item, style string) mark {
	for range 8 { // styles based on styles
		s, ok := n.styles[style]
		if !ok {
			break
		}
		if own.list == "" {
			own.list = s.list
		}
		if own.level == "" {
			own.level = s.level
		}
		style = s.parent
	}
	if own.list == "" || own.list == "0" {
		return noMark
	}
	if own.level == "" {
		own.level = "0"
	}
	return n.levels[n.lists[own.list]][own.level]
}

// docx collects the paragraphs of a document.
type docx struct {
	numbering
	lines   []line
	open    []*paragraph // those around the element: a text box stands inside of one
	rows    []*tableOf   // the tables around the element
	skip    int          // depth within what isn't read
	oldFont string       // of a run with letters; "" while none has an old one
	font    string
	count   int
	gap     bool
}

type paragraph struct {
	text  strings.Builder
	item  item
	style string
}

// tableOf is a table that is being read.
type tableOf struct {
	rows   [][][]line // rows of cells of paragraphs
	empty  int        // cells that the first of the row spans
	merged bool       // the cell is one with that above it
}

// unread are elements whose text isn't of the document as it is read: struck out, the other form of a drawing, codes of
// fields, notes.
var unread = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true,
	"rPrChange": true, "pPrChange": true, "sectPr": true}

func (d *docx) element(e element) {
	if unread[e.name] && e.text == "" {
		if e.ends {
			d.skip--
		} else {
			d.skip++
		}
		return
	}
	if d.skip > 0 {
		return
	}
	switch {
	case e.text != "":
		if e.name == "t" {
			d.write(e.text)
			if oldFont.MatchString(d.font) && strings.ContainsFunc(e.text, isHigh) {
				d.oldFont = d.font
			}
		}
	case e.ends:
		d.end(e.name)
	default:
		d.begin(e)
	}
}

// oldFont are the names of fonts whose letters are no Unicode.
var oldFont = regexp.MustCompile(`(?i)^(?:\.Vn|VNI-|VNtimes|VN-)`)

func isHigh(r rune) bool { return r >= 0x80 && r <= 0xFF }

func (d *docx) write(s string) {
	if len(d.open) > 0 {
		d.open[len(d.open)-1].text.WriteString(s)
	}
}

func (d *docx) begin(e element) {
	switch e.name {
	case "p":
		d.open = append(d.open, &paragraph{})
	case "pStyle":
		d.current().style = e.attr("val")
	case "numId":
		d.current().item.list = e.attr("val")
	case "ilvl":
		d.current().item.level = e.attr("val")
	case "r":
		d.font = ""
	case "rFonts":
		d.font = e.attr("ascii")
		if d.font == "" {
			d.font = e.attr("hAnsi")
		}
	case "tab":
		d.write(" ")
	case "br", "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("-")
	case "tbl":
		d.rows = append(d.rows, &tableOf{})
	case "tr":
		if t := d.table(); t != nil {
			t.rows = append(t.rows, nil)
		}
	case "tc":
		if t := d.table(); t != nil && len(t.rows) > 0 {
			t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], nil)
		}
	case "vMerge":
		if t := d.table(); t != nil {
			t.merged = e.attr("val") != "restart"
		}
	case "gridSpan":
		if t := d.table(); t != nil && len(t.rows) > 0 && len(e.attr("val")) == 1 {
			t.empty = max(number(e.attr("val"))-1, 0)
		}
	}
}

// current is the paragraph around the element; one that is thrown away where there is none.
func (d *docx) current() *paragraph {
	if len(d.open) == 0 {
		return &paragraph{}
	}
	return d.open[len(d.open)-1]
}

func (d *docx) table() *tableOf {
	if len(d.rows) == 0 {
		return nil
	}
	return d.rows[len(d.rows)-1]
}

func (d *docx) end(name string) {
	switch name {
	case "p":
		if len(d.open) > 0 {
			p := d.open[len(d.open)-1]
			d.open = d.open[:len(d.open)-1]
			d.paragraph(p)
		}
	case "tc":
		if t := d.table(); t != nil && len(t.rows) > 0 {
			t.endCell()
		}
	case "tbl":
		if t := d.table(); t != nil {
			d.rows = d.rows[:len(d.rows)-1]
			d.flatten(t)
		}
	}
}

func (d *docx) paragraph(p *paragraph) {
	d.count++
	parts := strings.Split(p.text.String(), "\n")
	if !slices.ContainsFunc(parts, func(s string) bool { return isFurniture(text.CleanLine(s)) }) { // soft breaks
		parts = []string{strings.Join(parts, " ")}
	}
	for _, s := range parts {
		d.line(p, text.CleanLine(s))
	}
}

func (d *docx) line(p *paragraph, s string) {
	if rule.MatchString(s) {
		d.gap = true
		return
	}
	l := line{at: d.count, bare: s, text: s, gap: d.gap}
	if l.mark = d.markOf(p.item, p.style); l.mark == noMark {
		l.mark, l.text = markOf(s)
	}
	d.gap = false
	if t := d.table(); t != nil && len(t.rows) > 0 && len(t.rows[len(t.rows)-1]) > 0 {
		cells := t.rows[len(t.rows)-1]
		cells[len(cells)-1] = append(cells[len(cells)-1], l)
		return
	}
	d.lines = append(d.lines, l)
}

// flatten puts a table among the lines: as rows, or cell by cell where it only sets things side by side.
func (d *docx) flatten(t *tableOf) {
	if parent := d.table(); parent != nil {
		if row := len(parent.rows) - 1; row >= 0 && len(parent.rows[row]) > 0 {
			cell := len(parent.rows[row]) - 1
			for _, r := range t.rows {
				for _, c := range r {
					parent.rows[row][cell] = append(parent.rows[row][cell], c...)
				}
			}
			return
		}
	}
	layout := t.isLayout()
	for _, r := range t.rows {
		if layout {
			for _, c := range r {
				d.lines = append(d.lines, c...)
			}
			continue
		}
		l := line{}
		for _, c := range r {
			var cell []string
			for _, p := range c {
				s := p.bare
				if p.mark.isBullet() {
					s = p.text
				}
				cell, l.at = append(cell, s), max(l.at, p.at)
			}
			l.cells = append(l.cells, cell)
		}
		if l.at > 0 {
			d.lines = append(d.lines, l)
		}
	}
}

// endCell gives a cell that is one with the one above it the words of that, and a wide cell its other columns.
func (t *tableOf) endCell() {
	n := len(t.rows) - 1
	cell := len(t.rows[n]) - 1
	if t.merged && n > 0 && cell >= 0 && cell < len(t.rows[n-1]) && len(t.rows[n][cell]) == 0 {
		t.rows[n][cell] = t.rows[n-1][cell]
	}
	for range t.empty {
		t.rows[n] = append(t.rows[n], nil)
	}
	t.empty, t.merged = 0, false
}

// isLayout reports whether a table only sets things side by side: the letterhead, the signature, a frame.
func (t *tableOf) isLayout() bool {
	for _, r := range t.rows {
		for _, c := range r {
			for _, p := range c {
				if motto(p.bare) || numberLine.MatchString(p.bare) || recipientsHead.MatchString(p.bare) || capacity(p.bare) {
					return true
				}
			}
		}
	}
	if len(t.rows) == 0 || len(t.rows[0]) < 2 {
		return true
	}
	return false
}
