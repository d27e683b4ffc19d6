package doc

import (
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// WriteHTML writes the document as a piece of a page, for readers with other letters, other sizes or other ears: the
// accessible form, and the preview. rank is that of its title among the headings of the page around it, 1 where the
// page has no other. There is neither script nor inline style in it, which the site's policy refuses: its classes are
// those of the site's papers. Characters that paper doesn't have stay.
func WriteHTML(w io.Writer, d Doc, rank int) error {
	h := htmlWriter{rank: rank}
	h.doc(d)
	_, err := io.WriteString(w, h.b.String())
	return err
}

type htmlWriter struct {
	b    strings.Builder
	rank int
	// section: the document has had a heading of that level
	section bool
}

// text writes words, their line feeds as breaks.
func (h *htmlWriter) text(s string) {
	h.b.WriteString(strings.ReplaceAll(html.EscapeString(tidy(s)), "\n", "<br>"))
}

// element writes an element with a class and words; nothing where there are none.
func (h *htmlWriter) element(name, class, s string) {
	if s == "" {
		return
	}
	h.open(name, class)
	h.text(s)
	h.close(name)
}

func (h *htmlWriter) open(name, class string) {
	h.b.WriteString("<" + name)
	if class != "" {
		fmt.Fprintf(&h.b, ` class="%s"`, class)
	}
	h.b.WriteString(">")
}

func (h *htmlWriter) close(name string) { h.b.WriteString("</" + name + ">\n") }

func (h *htmlWriter) heading(level int) string { return fmt.Sprintf("h%d", min(h.rank+level, 6)) }

func (h *htmlWriter) doc(d Doc) {
	h.b.WriteString(`<article class="dt-paper" lang="vi">` + "\n")
	h.element("p", "dt-paper__strip", d.Strip)
	h.head(d)
	h.title(d)
	h.open("div", "dt-paper__body")
	h.to(d.To)
	h.blocks(d.Body, 1)
	h.close("div")
	h.foot(d)
	for _, a := range d.Annexes {
		h.annex(a)
	}
	h.close("article")
}

func (h *htmlWriter) head(d Doc) {
	if d.Kind == Working {
		h.element("p", "dt-paper__center dt-paper__authority", d.Authority)
		return
	}
	h.open("div", "dt-paper__head")
	h.open("div", "")
	h.element("p", "dt-paper__superior", d.Superior)
	h.element("p", "dt-paper__authority", d.Authority)
	if d.Symbol != "" {
		h.element("p", "", d.NumberLine())
	}
	h.element("p", "dt-paper__urgency", string(d.Urgency))
	h.close("div")
	h.open("div", "")
	h.element("p", "dt-paper__nation", nation)
	h.element("p", "dt-paper__motto", motto)
	if d.dated() {
		h.element("p", "dt-paper__date", d.PlaceAndDate)
	}
	h.close("div")
	h.close("div")
}

func (h *htmlWriter) title(d Doc) {
	h.open(h.heading(0), "dt-paper__title")
	if d.Type != "" {
		h.b.WriteString("<strong>")
		h.text(d.Type)
		h.b.WriteString("</strong> ")
	}
	h.text(d.Abstract)
	h.close(h.heading(0))
}

func (h *htmlWriter) to(to []string) {
	switch len(to) {
	case 0:
	case 1:
		h.element("p", "dt-paper__to", "Kính gửi: "+to[0])
	default:
		h.element("p", "dt-paper__to", "Kính gửi:")
		h.list("dt-paper__items", to)
	}
}

func (h *htmlWriter) list(class string, items []string) {
	h.open("ul", class)
	for _, s := range items {
		h.element("li", "", s)
	}
	h.close("ul")
}

// blocks writes blocks below a heading; items that follow each other make one list.
func (h *htmlWriter) blocks(blocks []Block, below int) {
	inList := false
	for _, b := range blocks {
		p, isText := b.(Paragraph)
		if item := isText && p.Dash; item != inList {
			if inList = item; item {
				h.open("ul", "dt-paper__items")
			} else {
				h.close("ul")
			}
		}
		switch b := b.(type) {
		case Paragraph:
			h.paragraph(b, below)
		case Table:
			h.table(b)
		case Image:
			h.image(redrawnPNG(b.Data), b.Alt)
		case QR:
			png, err := b.png()
			if err != nil {
				png = nil
			}
			h.image(png, b.Alt)
		case FillIn:
			h.element("p", "dt-paper__fill", b.Label+" …………")
		case PageBreak:
		}
	}
	if inList {
		h.close("ul")
	}
}

// redrawnPNG is a picture as PNG, nil where it can't be read.
func redrawnPNG(data []byte) []byte {
	b, _, err := redrawn(data)
	if err != nil {
		return nil
	}
	return b
}

// headingClass are the classes of headings.
var headingClass = map[Level]string{
	Part: "dt-paper__section", Section: "dt-paper__section", Subsection: "dt-paper__heading", Clause: "dt-paper__heading",
}

func (h *htmlWriter) paragraph(p Paragraph, below int) {
	name, class := "p", ""
	switch {
	case p.Dash:
		name = "li"
	case p.Level != BodyText:
		rank := below
		h.section = h.section || p.Level == Section
		if p.Level > Section && h.section { // where there is none above, its rank is that of one
			rank++
		}
		name, class = h.heading(rank), headingClass[p.Level]
	case p.Align != Justified:
		class = "dt-paper__" + string(p.Align)
	}
	h.open(name, class)
	for _, r := range p.Runs {
		h.run(r)
	}
	h.close(name)
}

func (h *htmlWriter) run(r Run) {
	var ends []string
	for _, look := range []struct {
		on   bool
		name string
	}{{r.Bold, "strong"}, {r.Italic, "em"}} {
		if look.on {
			h.b.WriteString("<" + look.name + ">")
			ends = append([]string{"</" + look.name + ">"}, ends...)
		}
	}
	h.text(r.Text)
	h.b.WriteString(strings.Join(ends, ""))
}

func (h *htmlWriter) image(png []byte, alt string) {
	if png == nil {
		h.element("p", "", alt)
		return
	}
	fmt.Fprintf(&h.b, `<img class="dt-paper__picture" alt="%s" src="data:image/png;base64,%s">`+"\n",
		html.EscapeString(oneLine(alt)), base64.StdEncoding.EncodeToString(png))
}

// table writes a table; one without lines only puts things beside each other, and is no table to those who hear it.
func (h *htmlWriter) table(t Table) {
	placed := t.placed()
	if t.Plain {
		h.open("div", "dt-paper__beside")
		for _, row := range placed {
			for _, c := range row {
				h.open("div", "")
				h.blocks(c.Blocks, 2)
				h.close("div")
			}
		}
		h.close("div")
		return
	}
	h.b.WriteString(`<div class="dt-paper__wide" tabindex="0" role="region" aria-label="` +
		html.EscapeString(oneLine(t.Caption)) + `">`)
	labels := t.labels()
	class := "dt-paper__table"
	if labels != nil {
		class += " dt-paper__table--stacks"
	}
	if t.High > 0 {
		class += " dt-paper__table--tall"
	}
	h.open("table", class)
	h.element("caption", "govuk-visually-hidden", t.Caption)
	h.columns(t.Columns)
	for n, row := range placed {
		switch {
		case n == 0 && len(t.Head) > 0:
			h.open("thead", "")
		case n == len(t.Head):
			h.open("tbody", "")
		}
		h.open("tr", "")
		for _, c := range row {
			label := ""
			if n >= len(t.Head) && c.across() == 1 && labels != nil {
				label = labels[c.column]
			}
			h.cell(c, n < len(t.Head), label)
		}
		h.close("tr")
		switch {
		case n == len(placed)-1 && n >= len(t.Head):
			h.close("tbody")
		case n == len(t.Head)-1:
			h.close("thead")
		}
	}
	h.close("table")
	h.close("div")
}

// labels are the heads of a table's columns where each has one of its own: on a narrow page its rows stand one under
// the other, each cell behind its head. Else nil.
func (t Table) labels() []string {
	if len(t.Head) != 1 || len(t.Head[0]) != len(t.Columns) {
		return nil
	}
	list := make([]string, len(t.Columns))
	for i, c := range t.Head[0] {
		list[i] = oneLine(plainText(c.Blocks))
	}
	return list
}

// columns says how wide the columns are, in classes of five hundredths.
func (h *htmlWriter) columns(shares []float64) {
	sum := 0.0
	for _, w := range shares {
		sum += w
	}
	h.open("colgroup", "")
	for _, w := range shares {
		fmt.Fprintf(&h.b, `<col class="dt-paper__col-%d">`, max(1, int(math.Round(w/sum*20)))*5)
	}
	h.close("colgroup")
}

func (h *htmlWriter) cell(c placedCell, head bool, label string) {
	name, attributes := "td", ""
	switch {
	case head && c.across() > 1:
		name, attributes = "th", ` scope="colgroup"`
	case head:
		name, attributes = "th", ` scope="col"`
	case c.Label:
		name, attributes = "th", ` scope="row"`
	}
	if c.across() > 1 {
		attributes += fmt.Sprintf(` colspan="%d"`, c.across())
	}
	if c.down() > 1 {
		attributes += fmt.Sprintf(` rowspan="%d"`, c.down())
	}
	if label != "" {
		attributes += ` data-label="` + html.EscapeString(label) + `"`
	}
	if c.Align == Center || c.Align == Right {
		attributes += fmt.Sprintf(` class="dt-paper__%s"`, c.Align)
	}
	h.b.WriteString("<" + name + attributes + ">")
	if p, text := first(c.Blocks).(Paragraph); !text || len(c.Blocks) > 1 || p.plain() != "" { // empty: room to write
		h.blocks(c.Blocks, 2)
	}
	h.close(name)
}

// first is the first of some blocks; nil where there are none.
func first(blocks []Block) Block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[0]
}

func (h *htmlWriter) foot(d Doc) {
	if len(d.Recipients.Items) == 0 && len(d.Signers) == 0 {
		return
	}
	h.open("div", "dt-paper__foot")
	if len(d.Signers) < 2 {
		h.recipients(d.Recipients)
	}
	for _, s := range d.Signers {
		h.open("div", "dt-paper__signature")
		h.open("p", "")
		for _, l := range []string{s.For, s.Title} {
			if l != "" {
				h.b.WriteString("<strong>")
				h.text(l)
				h.b.WriteString("</strong>")
			}
		}
		h.close("p")
		h.element("p", "dt-paper__name", s.Name)
		h.close("div")
	}
	if len(d.Signers) > 1 && len(d.Recipients.Items) > 0 { // two sign beside each other
		h.recipients(d.Recipients)
	}
	h.close("div")
}

func (h *htmlWriter) recipients(r Recipients) {
	h.open("div", "dt-paper__recipients")
	if len(r.Items) > 0 {
		h.element("p", "", r.title())
		h.list("", r.Items)
	}
	h.close("div")
}

func (h *htmlWriter) annex(a Annex) {
	h.open("section", "dt-paper__annex")
	h.open(h.heading(1), "dt-paper__title")
	h.b.WriteString("<strong>")
	h.text(a.Mark)
	h.b.WriteString("</strong> ")
	h.text(a.Title)
	h.close(h.heading(1))
	h.element("p", "dt-paper__center", a.With)
	h.open("div", "dt-paper__body")
	h.blocks(a.Body, 2)
	h.close("div")
	h.close("section")
}
