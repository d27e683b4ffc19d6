package template

import (
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// is reports whether an element is one of Word's own of a name.
func is(e *etree.Element, name string) bool { return e.Tag == name && e.Space == "w" }

// paragraphs are the paragraphs below an element that stand in none of them, in their order; a cell's and a text box's
// are found by looking below these.
func runsOf(p *etree.Element) (runs []*etree.Element) {
	for _, e := range p.ChildElements() {
		switch {
		case is(e, "r"):
			runs = append(runs, e)
		case is(e, "p"), is(e, "tbl"), is(e, "pPr"):
		default: // a link, a field, a content control
			runs = append(runs, runsOf(e)...)
		}
	}
	return runs
}

// letter is a place in the text of a paragraph: the element w:t and the byte in it.
type letter struct {
	t  *etree.Element
	at int
}

// textOf is the text of a paragraph with the place of each byte of it. What is no letter parts it: a field doesn't go
// on behind a tab or a broken line.
func textOf(p *etree.Element) (s string, places []letter) {
	var b strings.Builder
	for _, r := range runsOf(p) {
		for _, e := range r.ChildElements() {
			switch {
			case is(e, "t"):
				t := e.Text()
				b.WriteString(t)
				for i := range len(t) {
					places = append(places, letter{e, i})
				}
			case is(e, "rPr"), is(e, "softHyphen"), is(e, "lastRenderedPageBreak"):
			case is(e, "noBreakHyphen"):
				b.WriteString("-")
				places = append(places, letter{})
			default:
				b.WriteString("\n")
				places = append(places, letter{})
			}
		}
	}
	return b.String(), places
}

// setText makes s what an element w:t says; blanks at its ends stay.
func setText(t *etree.Element, s string) {
	t.SetText(s)
	t.CreateAttr("xml:space", "preserve")
}

// newRun is a run of text that looks as another; a line feed breaks the line.
func newRun(like *etree.Element, s string) *etree.Element {
	r := etree.NewElement("w:r")
	if like != nil {
		if look := like.SelectElement("w:rPr"); look != nil {
			r.AddChild(look.Copy())
		}
	}
	addText(r, 0, s, true)
	return r
}

// addText puts text into a run, from a child on.
func addText(r *etree.Element, at int, s string, end bool) {
	if end {
		at = len(r.Child)
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			r.InsertChildAt(at, etree.NewElement("w:br"))
			at++
		}
		if line != "" {
			t := etree.NewElement("w:t")
			setText(t, line)
			r.InsertChildAt(at, t)
			at++
		}
	}
}

// The order that Word asks for: what stands in the properties of a paragraph behind those that are set here, and of a
// run before them.
var (
	beforeKeepNext = []string{"pStyle"}
	beforeAlign    = []string{
		"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
		"pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
		"autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
		"suppressOverlap",
	}
	beforeBold   = []string{"rStyle", "rFonts"}
	beforeItalic = []string{"rStyle", "rFonts", "b", "bCs"}
	beforeFonts  = []string{"rStyle"}
)

// property sets a property among others; before are those that stand before it.
func property(of *etree.Element, name string, before []string) *etree.Element {
	if e := of.SelectElement("w:" + name); e != nil {
		of.RemoveChild(e)
	}
	at := 0
	for i, child := range of.Child {
		if e, ok := child.(*etree.Element); ok && slices.Contains(before, e.Tag) {
			at = i + 1
		}
	}
	e := etree.NewElement("w:" + name)
	of.InsertChildAt(at, e)
	return e
}

// properties are those of a paragraph ("pPr") or a run ("rPr"), made where there are none.
func properties(of *etree.Element, name string) *etree.Element {
	if e := of.SelectElement("w:" + name); e != nil {
		return e
	}
	e := etree.NewElement("w:" + name)
	of.InsertChildAt(0, e)
	return e
}
