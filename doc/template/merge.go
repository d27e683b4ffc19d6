package template

import (
	"strings"

	"github.com/beevik/etree"
)

// plainFields makes of each MERGEFIELD the same field in braces, and returns the codes of all Word's fields.
func plainFields(root *etree.Element) (codes []string) {
	w := fieldWalk{}
	w.walk(root, nil, nil)
	for _, f := range w.simple {
		codes = append(codes, f.code)
		if name := mergeName(f.code); name != "" {
			runs := runsOf(f.element)
			var like *etree.Element
			if len(runs) > 0 {
				like = runs[0]
			}
			parent, at := f.element.Parent(), f.element.Index()
			parent.RemoveChildAt(at)
			parent.InsertChildAt(at, newRun(like, "{{"+name+"}}"))
		}
	}
	for _, f := range w.done {
		codes = append(codes, f.code.String())
		if name := mergeName(f.code.String()); name != "" && f.paragraph == f.ends {
			f.replace("{{" + name + "}}")
		}
	}
	for _, f := range w.open { // without an end
		codes = append(codes, f.code.String())
	}
	return codes
}

// mergeName is the name that a MERGEFIELD names, as it stands in braces; "" where the code is none.
func mergeName(code string) string {
	code = strings.TrimSpace(code)
	word, rest, _ := strings.Cut(code, " ")
	if !strings.EqualFold(word, "MERGEFIELD") {
		return ""
	}
	rest = strings.TrimSpace(rest)
	var raw string
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		raw, _, _ = strings.Cut(quoted, `"`)
	} else {
		raw, _, _ = strings.Cut(rest, " ")
	}
	name := named(raw)
	if inCapitals(raw) || strings.Contains(strings.ToLower(rest), `\* upper`) {
		name = strings.ToUpper(name)
	}
	return name
}

type simpleField struct {
	element *etree.Element
	code    string
}

// wordField is one of Word's fields that goes over runs: begin, code, separator, what it shows, end.
type wordField struct {
	paragraph, ends *etree.Element
	code            strings.Builder
	shows           bool
	parts           []*etree.Element // children of runs, from begin to end
	result          *etree.Element   // the first run that it shows
}

// fieldWalk finds Word's fields in the order of a part.
type fieldWalk struct {
	open   []*wordField
	done   []*wordField
	simple []simpleField
}

func (w *fieldWalk) walk(e, paragraph, run *etree.Element) {
	switch {
	case is(e, "fldSimple"):
		w.simple = append(w.simple, simpleField{e, e.SelectAttrValue("w:instr", "")})
	case is(e, "p"):
		paragraph = e
	case is(e, "r"):
		run = e
	}
	for _, child := range e.ChildElements() {
		if run != nil && e == run {
			w.inRun(child, paragraph, run)
		}
		w.walk(child, paragraph, run)
	}
}

// mostNested bounds how many fields are looked at within each other.
const mostNested = 20

func (w *fieldWalk) inRun(e, paragraph, run *etree.Element) {
	kind := ""
	if is(e, "fldChar") {
		kind = e.SelectAttrValue("w:fldCharType", "")
	}
	if kind == "begin" && len(w.open) < mostNested {
		w.open = append(w.open, &wordField{paragraph: paragraph})
	}
	if len(w.open) == 0 || is(e, "rPr") {
		return
	}
	f := w.open[len(w.open)-1]
	f.parts = append(f.parts, e)
	switch {
	case kind == "separate":
		f.shows = true
	case kind == "end":
		f.ends = paragraph
		w.open = w.open[:len(w.open)-1]
		w.done = append(w.done, f)
		if len(w.open) > 0 {
			outer := w.open[len(w.open)-1]
			outer.parts = append(outer.parts, f.parts...)
		}
	case is(e, "instrText") && !f.shows:
		f.code.WriteString(e.Text())
	case f.shows && f.result == nil:
		f.result = run
	}
}

// replace puts text where the field begins, and takes the rest away.
func (f *wordField) replace(s string) {
	begin := f.parts[0]
	run := begin.Parent()
	if run == nil { // it went with the field around it
		return
	}
	for _, e := range f.parts[1:] {
		if parent := e.Parent(); parent != nil {
			parent.RemoveChild(e)
		}
	}
	at := begin.Index()
	run.RemoveChildAt(at)
	t := etree.NewElement("w:t")
	setText(t, s)
	run.InsertChildAt(at, t)
	if f.result == nil || len(run.ChildElements()) > 2 {
		return
	}
	if look := f.result.SelectElement("w:rPr"); look != nil {
		if own := run.SelectElement("w:rPr"); own != nil {
			run.RemoveChild(own)
		}
		run.InsertChildAt(0, look.Copy())
	}
}
