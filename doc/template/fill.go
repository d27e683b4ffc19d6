package template

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"

	"doithoai"
	"doithoai/doc"
)

// archived is the time of every part: the first that an archive can name.
var archived = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Fill writes the template with what a document says in the places of its fields, and returns what its text then says,
// to compare with what comes back. A field that the document has nothing for stays empty. Of the document's own look
// it keeps bold and italic letters, headings and tables; pictures it has no place for. Annexes follow on pages of their
// own, in the form of the program. More documents follow in the same file, each on pages of its own; they are refused
// where headers and footers would say of one what is another's.
func (t *Template) Fill(w io.Writer, d doc.Doc, more ...doc.Doc) (passages []doc.Passage, err error) {
	z := zip.NewWriter(w)
	for _, p := range t.parts {
		content := p.content
		switch {
		case p.text:
			content, passages, err = t.fill(p, passages, d, more)
			if err != nil {
				return nil, err
			}
		case p.name == "docProps/core.xml":
			content = doc.WordProperties(d)
		}
		part, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: archived})
		if err == nil {
			_, err = part.Write(content)
		}
		if err != nil {
			return nil, fmt.Errorf("fill a template: %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("fill a template: %w", err)
	}
	return passages, nil
}

// fill fills a part with what documents say. Passages are of the first, once it is the main one.
func (t *Template) fill(
	p part, passages []doc.Passage, d doc.Doc, more []doc.Doc,
) (content []byte, says []doc.Passage, err error) {
	var whole *etree.Element
	for i, d := range append([]doc.Doc{d}, more...) {
		f := filler{fields: Of(d), shows: map[*etree.Element]string{}}
		root, err := f.part(p.content, p.main, d.Strip)
		if err == nil && p.main && len(d.Annexes) > 0 {
			err = annexed(root, d)
		}
		if err != nil {
			return nil, nil, err
		}
		switch {
		case i == 0:
			whole = root
			if p.main {
				passages = f.passages(root, nil)
			}
			content, err = written(root)
		case p.main:
			follow(whole, root)
		default:
			var other []byte
			if other, err = written(root); err == nil && !bytes.Equal(other, content) {
				err = doithoai.Refuse(doithoai.Invalid, "template.problem.together")
			}
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if p.main && len(more) > 0 {
		content, err = written(whole)
	}
	return content, passages, err
}

// follow puts the text of a filled part behind another's, from a new page on. The last section of a text is that of its
// body: before another text, a paragraph ends it.
func follow(whole, root *etree.Element) {
	body, next := whole.SelectElement("w:body"), root.SelectElement("w:body")
	if body == nil || next == nil {
		return
	}
	endSection(body)
	for _, child := range next.ChildElements() {
		body.AddChild(child)
	}
}

// endSection ends the last section of a text with a paragraph, or its page where it has none.
func endSection(body *etree.Element) {
	last := parting()
	if section := body.SelectElement("w:sectPr"); section != nil {
		body.RemoveChild(section)
		if kind := section.SelectElement("w:type"); kind != nil {
			section.RemoveChild(kind) // on the same page as what follows
		}
		last.SelectElement("w:pPr").AddChild(section)
	} else {
		last.CreateElement("w:r").CreateElement("w:br").CreateAttr("w:type", "page")
	}
	body.AddChild(last)
}

// annexed puts the annexes of a document behind its text. Their headers are those of the text, and their letters those
// that the law asks for, whatever the template's styles are.
func annexed(root *etree.Element, d doc.Doc) error {
	body := root.SelectElement("w:body")
	if body == nil {
		return errors.New("fill a template: no text to put an annex behind")
	}
	document := etree.NewDocument()
	if err := document.ReadFromBytes(doc.WordAnnexes(d)); err != nil {
		return fmt.Errorf("fill a template: an annex: %w", err)
	}
	annex := document.FindElement("./w:document/w:body")
	if annex.FindElement(".//w:drawing") != nil {
		return errors.New("fill a template: an annex with a picture")
	}
	for _, strange := range []string{".//w:headerReference", ".//w:pStyle"} {
		for _, e := range annex.FindElements(strange) {
			e.Parent().RemoveChild(e)
		}
	}
	for _, look := range annex.FindElements(".//w:rPr") {
		own := property(look, "rFonts", beforeFonts)
		for _, use := range []string{"w:ascii", "w:hAnsi", "w:cs"} {
			own.CreateAttr(use, lawfulFont)
		}
	}
	endSection(body)
	for _, child := range annex.ChildElements() {
		body.AddChild(child)
	}
	return nil
}

// lawfulFont is that of official documents (Nghị định 30/2020, Phụ lục I).
const lawfulFont = "Times New Roman"

func written(root *etree.Element) ([]byte, error) {
	document := etree.NewDocument()
	document.CreateProcInst("xml", `version="1.0" encoding="UTF-8" standalone="yes"`)
	document.SetRoot(root)
	var b bytes.Buffer
	if _, err := document.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write a part of a template: %w", err)
	}
	return b.Bytes(), nil
}

// filler puts what a document says into the parts of a template.
type filler struct {
	fields Fields
	item   map[string]string         // the row of a list in which the filler is
	width  float64                   // of the text in millimetres
	shows  map[*etree.Element]string // the fields that paragraphs show
	err    error
}

func (f *filler) part(content []byte, main bool, strip string) (*etree.Element, error) {
	root, err := parse(content)
	if err != nil {
		return nil, err
	}
	plainFields(root)
	f.width = textWidth(root)
	f.element(root)
	if body := root.SelectElement("w:body"); main && body != nil && strip != "" {
		body.InsertChildAt(0, stripOf(strip))
	}
	return root, f.err
}

// textWidth is how wide the text of a part is, in millimetres.
func textWidth(root *etree.Element) float64 {
	const usual = 160.0
	section := root.FindElement("./w:body/w:sectPr")
	if section == nil {
		return usual
	}
	twips := func(name, attr string) float64 {
		if e := section.SelectElement(name); e != nil {
			n, err := strconv.Atoi(e.SelectAttrValue(attr, ""))
			if err == nil {
				return float64(n)
			}
		}
		return 0
	}
	const perMillimetre = 1440 / 25.4
	width := (twips("w:pgSz", "w:w") - twips("w:pgMar", "w:left") - twips("w:pgMar", "w:right")) / perMillimetre
	if width < 20 || width > 600 {
		return usual
	}
	return width
}

// stripOf is what stands across the top of a paper that is not real.
func stripOf(words string) *etree.Element {
	p := etree.NewElement("w:p")
	look := p.CreateElement("w:pPr")
	border := look.CreateElement("w:pBdr")
	for _, side := range []string{"top", "left", "bottom", "right"} {
		e := border.CreateElement("w:" + side)
		for _, a := range [][2]string{{"val", "single"}, {"sz", "6"}, {"space", "1"}, {"color", "auto"}} {
			e.CreateAttr("w:"+a[0], a[1])
		}
	}
	look.CreateElement("w:spacing").CreateAttr("w:after", "160")
	look.CreateElement("w:jc").CreateAttr("w:val", "center")
	r := newRun(nil, doc.InWord(words))
	properties(r, "rPr").CreateElement("w:b")
	p.AddChild(r)
	return p
}

func (f *filler) element(e *etree.Element) {
	for _, child := range e.ChildElements() {
		switch {
		case is(child, "tbl"):
			f.table(child)
		case is(child, "p"):
			f.paragraph(child)
		default:
			f.element(child)
		}
	}
}

// table fills a table. The rows of a list are taken out, and stand again once for each of the document's.
func (f *filler) table(tbl *etree.Element) {
	var open []*etree.Element // the rows of the list that has begun
	list := ""
	for _, child := range tbl.ChildElements() {
		if !is(child, "tr") {
			f.element(child)
			continue
		}
		begins, ends := listMarks(child)
		if list == "" && begins != "" && f.item == nil {
			list = begins
		}
		if list == "" {
			f.element(child)
			continue
		}
		open = append(open, child)
		if ends == list {
			f.repeat(tbl, open, f.fields[list].Rows)
			open, list = nil, ""
		}
	}
	for _, row := range open { // a list without an end
		f.element(row)
	}
	if len(tbl.SelectElements("w:tr")) == 0 {
		f.remove(tbl)
	}
}

// listMarks are the lists that begin and end in a row, not in tables within.
func listMarks(row *etree.Element) (begins, ends string) {
	var look func(e *etree.Element)
	look = func(e *etree.Element) {
		for _, child := range e.ChildElements() {
			switch {
			case is(child, "tbl"):
			case is(child, "p"):
				words, _ := textOf(child)
				for _, m := range marksIn(words) {
					switch {
					case m.sign == '#' && begins == "":
						begins = m.name
					case m.sign == '/':
						ends = m.name
					}
				}
			default:
				look(child)
			}
		}
	}
	look(row)
	return begins, ends
}

// mostRows bounds how many rows a list gets, also where some stand for each.
const mostRows = 5000

func (f *filler) repeat(tbl *etree.Element, rows []*etree.Element, items []map[string]string) {
	at := rows[0].Index()
	for _, row := range rows {
		tbl.RemoveChild(row)
	}
	if len(items) > mostRows/len(rows) {
		f.err = fmt.Errorf("fill a template: %d rows of a list", len(items))
		return
	}
	for _, item := range items {
		f.item = item
		for _, row := range rows {
			next := row.Copy()
			tbl.InsertChildAt(at, next)
			f.element(next)
			at = next.Index() + 1
		}
	}
	f.item = nil
}

// value is what stands for a mark: the row's own, else the document's.
func (f *filler) value(m mark) Value {
	if m.sign != 0 {
		return Value{block: true}
	}
	if s, ok := f.item[m.name]; ok {
		return Value{Line: s}
	}
	if v, ok := f.fields[m.name]; ok {
		return v
	}
	return Value{block: true} // of a part that this document hasn't
}

func (m mark) text(s string) string {
	if m.capitals {
		s = strings.ToUpper(s)
	}
	return doc.InWord(s)
}

func (f *filler) paragraph(p *etree.Element) {
	f.element(p) // text boxes
	words, places := textOf(p)
	marks := marksIn(words)
	if len(marks) == 0 {
		return
	}
	rest := without(words, marks)
	if v := f.value(marks[0]); len(marks) == 1 && v.block && !hasWords(rest) {
		m := marks[0]
		f.expand(p, m, v, words[:m.from], words[m.to:], places[m.from].t.Parent())
		return
	}
	goes := !hasWords(rest)
	for i := len(marks) - 1; i >= 0; i-- {
		m := marks[i]
		v := f.value(m)
		s := m.text(v.lines())
		goes = goes && v.block && s == ""
		if v.Field != "" {
			f.shows[p] = v.Field
		}
		replace(places[m.from:m.to], s)
	}
	if goes {
		f.remove(p)
	}
}

// replace puts text in the place of letters. It looks as the first of them does.
func replace(letters []letter, s string) {
	first := letters[0]
	for i := len(letters) - 1; i > 0; {
		t := letters[i].t
		from := i
		for from > 0 && letters[from-1].t == t {
			from--
		}
		if t != first.t {
			was := t.Text()
			setText(t, was[:letters[from].at]+was[letters[i].at+1:])
		}
		i = from - 1
	}
	last := 0
	for last < len(letters)-1 && letters[last+1].t == first.t {
		last++
	}
	was := first.t.Text()
	before, after := was[:first.at], was[letters[last].at+1:]
	head, tail, broken := strings.Cut(s, "\n")
	if !broken {
		setText(first.t, before+head+after)
		return
	}
	setText(first.t, before+head)
	addText(first.t.Parent(), first.t.Index()+1, "\n"+tail+after, false)
}

// remove takes a block away, unless something must stand there: a cell and a text box end in a paragraph, and a section
// is kept by its last one.
func (f *filler) remove(e *etree.Element) {
	parent := e.Parent()
	if parent == nil {
		return
	}
	if e.FindElement("./w:pPr/w:sectPr") != nil {
		f.empty(e)
		return
	}
	last, blocks := false, 0
	for _, child := range parent.ChildElements() {
		if is(child, "p") || is(child, "tbl") {
			blocks++
			last = child == e
		}
	}
	if parent.Tag != "body" && (last || blocks == 1) {
		if is(e, "p") {
			f.empty(e)
			return
		}
		parent.InsertChildAt(e.Index()+1, etree.NewElement("w:p"))
	}
	parent.RemoveChild(e)
}

// empty takes the text from a paragraph that stays.
func (f *filler) empty(p *etree.Element) {
	for _, child := range p.ChildElements() {
		if !is(child, "pPr") {
			p.RemoveChild(child)
		}
	}
}

// expand puts blocks in the place of a paragraph. What stands before and behind its field does so in each of them.
func (f *filler) expand(p *etree.Element, m mark, v Value, before, after string, like *etree.Element) {
	if len(v.Blocks) == 0 {
		f.remove(p)
		return
	}
	parent, at := p.Parent(), p.Index()
	add := func(e *etree.Element) {
		parent.InsertChildAt(at, e)
		at = e.Index() + 1
	}
	look := p.SelectElement("w:pPr")
	var section *etree.Element
	if look != nil {
		if section = look.SelectElement("w:sectPr"); section != nil {
			look.RemoveChild(section)
		}
	}
	for i, b := range v.Blocks {
		switch b := b.(type) {
		case doc.Paragraph:
			next := f.block(b, m, before, after, look, like)
			if i < len(v.Blocks)-1 && !b.KeepWithNext && b.Level == doc.BodyText {
				unkept(next)
			}
			f.shows[next] = b.Field
			if b.Field == "" {
				f.shows[next] = v.Field
			}
			add(next)
		case doc.Table:
			tbl, err := tableOf(b, f.width, like)
			f.err = errors.Join(f.err, err)
			if err == nil {
				add(tbl)
				add(parting())
			}
		case doc.PageBreak:
			next := etree.NewElement("w:p")
			next.CreateElement("w:r").CreateElement("w:br").CreateAttr("w:type", "page")
			add(next)
		default:
			f.err = fmt.Errorf("fill a template: a block of kind %T", b)
		}
	}
	if section != nil {
		last := parting()
		last.SelectElement("w:pPr").AddChild(section)
		add(last)
	}
	parent.RemoveChild(p)
}

// unkept lets a page end behind a paragraph. What keeps the field with what follows it, the last of the blocks does:
// were all of them kept, a long text would begin a page.
func unkept(p *etree.Element) {
	for _, keep := range p.FindElements("./w:pPr/w:keepNext") {
		keep.Parent().RemoveChild(keep)
	}
}

// parting is the low paragraph behind a table: two that touch become one in Word.
func parting() *etree.Element {
	p := etree.NewElement("w:p")
	spacing := p.CreateElement("w:pPr").CreateElement("w:spacing")
	for _, a := range [][2]string{{"before", "0"}, {"after", "0"}, {"line", "120"}, {"lineRule", "exact"}} {
		spacing.CreateAttr("w:"+a[0], a[1])
	}
	return p
}

// block is a paragraph of the document that looks as one of the template.
func (f *filler) block(
	b doc.Paragraph, m mark, before, after string, look, like *etree.Element,
) *etree.Element {
	p := etree.NewElement("w:p")
	if look != nil {
		p.AddChild(look.Copy())
	}
	if b.Level != doc.BodyText || b.KeepWithNext {
		property(properties(p, "pPr"), "keepNext", beforeKeepNext)
	}
	align := map[doc.Align]string{doc.Left: "left", doc.Center: "center", doc.Right: "right"}[b.Align]
	if b.Level == doc.Part {
		align = "center"
	}
	if align != "" {
		property(properties(p, "pPr"), "jc", beforeAlign).CreateAttr("w:val", align)
	}
	if b.Dash && !strings.ContainsAny(before, "-–—•+*") {
		before += "- "
	}
	if before != "" {
		p.AddChild(newRun(like, before))
	}
	for _, r := range b.Runs {
		if r.Text == "" {
			continue
		}
		run := newRun(like, m.text(r.Text))
		if r.Bold || b.Level != doc.BodyText && b.Level != doc.Clause {
			property(properties(run, "rPr"), "b", beforeBold)
		}
		if r.Italic {
			property(properties(run, "rPr"), "i", beforeItalic)
		}
		p.AddChild(run)
	}
	if after != "" {
		p.AddChild(newRun(like, after))
	}
	return p
}

// tableOf is a table of the document in the letters of a run.
func tableOf(t doc.Table, width float64, like *etree.Element) (*etree.Element, error) {
	if pictured(t) {
		return nil, errors.New("fill a template: a table with a picture")
	}
	document := etree.NewDocument()
	if err := document.ReadFromBytes(doc.WordTable(t, width)); err != nil {
		return nil, fmt.Errorf("fill a template: a table: %w", err)
	}
	tbl := document.Root()
	var fonts *etree.Element
	if like != nil {
		fonts = like.FindElement("./w:rPr/w:rFonts")
	}
	if fonts != nil {
		for _, look := range tbl.FindElements(".//w:rPr") {
			own := property(look, "rFonts", beforeFonts)
			for _, a := range fonts.Attr {
				own.CreateAttr(a.FullKey(), a.Value)
			}
		}
	}
	return tbl, nil
}

func pictured(t doc.Table) bool {
	for _, row := range append(append([]doc.Row{}, t.Head...), t.Rows...) {
		for _, c := range row {
			for _, b := range c.Blocks {
				switch b := b.(type) {
				case doc.Image, doc.QR:
					return true
				case doc.Table:
					if pictured(b) {
						return true
					}
				}
			}
		}
	}
	return false
}

// passages are the paragraphs of a filled part in the order in which they are read.
func (f *filler) passages(e *etree.Element, list []doc.Passage) []doc.Passage {
	for _, child := range e.ChildElements() {
		if child.Tag == "Fallback" {
			continue
		}
		list = f.passages(child, list)
		if !is(child, "p") {
			continue
		}
		words, _ := textOf(child)
		if words = strings.TrimSpace(words); words != "" {
			list = append(list, doc.Passage{Field: f.shows[child], Text: words})
		}
	}
	return list
}

// Start is a document of a kind with fields in the place of what it says: written as a Word file, the template from
// which an office begins. Tables and parts of the text are within the field of the whole.
func Start(d doc.Doc) doc.Doc {
	in := func(name string) string { return "{{" + name + "}}" }
	big := func(name string) string { return strings.ToUpper(in(name)) }
	start := doc.Doc{
		Kind: d.Kind, Authority: big(fieldAuthority), Body: []doc.Block{doc.Text(in(Content))},
	}
	if d.Superior != "" {
		start.Superior = big(fieldSuperior)
	}
	if d.Symbol != "" {
		start.Number, start.Symbol = in(fieldNumber), in(fieldSymbol)
	}
	if d.PlaceAndDate != "" {
		start.PlaceAndDate = in(fieldPlace) + ", " + in(fieldDate)
	}
	if d.Type != "" {
		start.Type = big(fieldType)
	}
	if d.Abstract != "" {
		start.Abstract = in(fieldAbstract)
	}
	switch len(d.To) {
	case 0:
	case 1:
		start.To = []string{in(fieldTo)}
	default: // each on a line of its own
		label := doc.Text("Kính gửi:")
		label.KeepWithNext = true
		start.Body = append([]doc.Block{label, doc.Text(in(fieldTo))}, start.Body...)
	}
	for i := range d.Signers {
		suffix := ""
		if i < len(d.Signers)-1 {
			suffix = "_2"
		}
		start.Signers = append(start.Signers, doc.Signer{
			For: big(fieldFor + suffix), Title: big(fieldTitle + suffix), Name: in(fieldSigner + suffix),
		})
	}
	if len(d.Recipients.Items) > 0 {
		start.Recipients = doc.Recipients{Title: d.Recipients.Title, Items: []string{in(fieldRecipients)}}
	}
	return start
}
