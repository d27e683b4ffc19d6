package doc

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// The sizes of letters that Nghị định 30/2020, Phụ lục I allows for each part, in points, with the line that each
// stands on: within its ranges the larger, which old people read.
const (
	sizeNation, sizeMotto   = 13, 14 // 12–13, 13–14
	sizeAgency              = 13     // 12–13
	sizeNumber, sizeSubject = 13, 13 // 13; 12–13 of a letter
	sizeText                = 14     // 13–14
	sizeRecipientsTitle     = 12     // 12
	sizeRecipients          = 11     // 11
	sizePageNumber          = 13     // 13–14
	sizeSheet               = 16     // of a form's name: no rule
	sizeLarge               = 20     // of the title of what is read from afar
	sizeCell                = 12
	lineText                = 18.0
	afterText               = 6.0
	indent                  = 12.7 // of first lines: 10–12.7 mm
	roomToSign              = 80.0 // between a capacity and a name: a seal is 36 mm across and lies over both
	ruleShare               = 0.4  // of the line above it: a third to a half
)

// lineOf is the line on which letters of a size stand where they don't stand as body text.
func lineOf(size float64) float64 { return math.Round(size*1.2*2) / 2 }

// sheets sets a document: everything that is on its pages, in the form that Nghị định 30/2020, Phụ lục I asks for.
func (d Doc) sheets() []sheet {
	main := sheet{shape: shape{landscape: d.Landscape, tight: d.Kind == Working}}
	w := main.inner()
	s := setter{width: w}
	if d.Strip != "" {
		s.add(&para{runs: []Run{{Text: d.Strip, Bold: true}}, role: roleText, size: 10, line: 14, align: Center,
			border: borderBox, after: 8})
	}
	s.head(d)
	s.title(d)
	s.to(d)
	s.body(d.Body)
	s.keepLast()
	s.foot(d)
	main.flow = s.flow
	all := []sheet{main}
	for _, a := range d.Annexes {
		page := sheet{shape: shape{landscape: a.Landscape}}
		s := setter{width: page.inner()}
		s.annex(a)
		page.flow = s.flow
		all = append(all, page)
	}
	if d.Large {
		for i := range all {
			all[i].large = true
			all[i].flow.scaled(all[i].scale())
		}
	}
	return all
}

// sheetsWith sets a document and those that follow it in one file.
func (d Doc) sheetsWith(more []Doc) []sheet {
	all := d.sheets()
	for _, m := range more {
		all = append(all, m.sheets()...)
	}
	return all
}

// setter sets blocks within a width.
type setter struct {
	flow  flow
	width float64
	cell  float64 // size of letters within a table; 0 outside
	align Align   // within a cell
	bold  bool    // within a cell of the head of a table
}

func (s *setter) add(items ...any) { s.flow = append(s.flow, items...) }

// centred is a paragraph of the head or the foot.
func centred(text string, size, line float64, b, i bool) *para {
	return &para{runs: []Run{{Text: text, Bold: b, Italic: i}}, role: roleText, size: size, line: line, align: Center}
}

// rule is a line of a length in the middle of a width: a tiny paragraph with a border above, which Word moves with the
// text; a row of underscores or a drawing would stay behind.
func rule(length, width, after float64) *para {
	side := max(0, (width-length)/2)
	return &para{role: roleArtifact, size: 1, line: 2, align: Left, left: side, right: side, border: borderTop,
		before: 1.5, after: after}
}

// widest is the width of the widest line of a centred text in a width, in millimetres.
func widest(text string, f face, size, width float64) float64 {
	run := Run{Text: text, Bold: f&bold != 0, Italic: f&italic != 0}
	p := &para{runs: []Run{run}, size: size, align: Center}
	return millimetres(widestOf(breakLines(p, points(width))))
}

// widestOf is the width of the widest of some lines, in points.
func widestOf(lines []textLine) (most float64) {
	for _, l := range lines {
		most = max(most, l.width)
	}
	return most
}

// head adds the two columns of the head: who issues the document, with its number, and the nation, with place and date.
func (s *setter) head(d Doc) {
	if d.Kind == Working {
		s.add(centred(agencyLines(d.Authority, bold, s.width), sizeAgency, 16, true, false))
		return
	}
	right := math.Ceil(millimetres(letters().of(bold, sizeNation, nation))) + 1
	left := s.width - right
	agency := flow{}
	if d.Superior != "" {
		agency = append(agency, centred(agencyLines(d.Superior, regular, left), sizeAgency, 16, false, false))
	}
	name := centred(agencyLines(d.Authority, bold, left), sizeAgency, 16, true, false)
	balance(name, left)
	length := millimetres(widestOf(breakLines(name, points(left)))) * ruleShare
	agency = append(agency, name, rule(length, left, 0))
	state := flow{
		centred(nation, sizeNation, 16, true, false), centred(motto, sizeMotto, 17, true, false),
		rule(widest(motto, bold, sizeMotto, right), right, 0),
	}
	rows := []gridRow{{cells: []gridCell{{0, 1, 1, agency, false, false}, {1, 1, 1, state, false, false}}, keep: true}}
	number, when := flow{}, flow{}
	if d.Symbol != "" {
		number = append(number, &para{runs: []Run{{Text: d.NumberLine()}}, role: roleText, size: sizeNumber, line: 17,
			align: Center, before: 5, field: FieldNumber})
	}
	if d.Kind == Letter && d.Abstract != "" {
		subject := &para{runs: []Run{{Text: d.Abstract}}, role: roleTitle, size: sizeSubject, line: 15, align: Center,
			before: 2, field: FieldAbstract}
		balance(subject, left)
		number = append(number, subject)
	}
	if d.Urgency != "" {
		number = append(number, urgencyMark(d.Urgency, left))
	}
	if d.PlaceAndDate != "" && d.dated() {
		when = append(when, &para{runs: []Run{{Text: d.PlaceAndDate, Italic: true}}, role: roleText, size: sizeText,
			line: 17, align: Center, before: 5, field: FieldDate})
	}
	if len(number)+len(when) > 0 {
		second := []gridCell{{0, 1, 1, number, false, false}, {1, 1, 1, when, false, false}}
		rows = append(rows, gridRow{cells: second, keep: true})
	}
	s.add(&grid{role: roleLayout, widths: []float64{left, right}, rows: rows})
}

// form reports whether the document is one that nobody issues: a form, or a paper for those at work.
func (d Doc) form() bool { return d.Kind == Sheet || d.Kind == Working }

// dated reports whether place and date stand below the motto.
func (d Doc) dated() bool { return d.Kind != Minutes && !d.form() }

// urgencyMark is the mark in its box, below the number.
func urgencyMark(u Urgency, width float64) *para {
	length := millimetres(letters().of(bold, sizeText, string(u))) + 8
	side := max(0, (width-length)/2)
	return &para{runs: []Run{{Text: string(u), Bold: true}}, role: roleText, size: sizeText, line: 18, align: Center,
		left: side, right: side, border: borderBox, before: 8, after: 2}
}

// NumberLine is "Số: 05/KH-UBND".
func (d Doc) NumberLine() string { return "Số: " + d.Numbered() }

// Numbered is "05/KH-UBND": numbers below 10 get a zero, an unknown one leaves its room.
func (d Doc) Numbered() string {
	number := strings.TrimSpace(d.Number)
	switch {
	case number == "":
		number = strings.Repeat(string(blank), 6)
	case utf8.RuneCountInString(number) == 1:
		number = "0" + number
	}
	return number + "/" + d.Symbol
}

// places are the words before which the name of an agency is parted when it doesn't fit on one line.
var places = []string{
	" TỈNH ", " THÀNH PHỐ ", " HUYỆN ", " THỊ XÃ ", " QUẬN ", " XÃ ", " PHƯỜNG ", " THỊ TRẤN ", " ĐẶC KHU ",
}

// agencyLines is the name of an agency in capitals, parted before the name of its place where one line is too short.
func agencyLines(name string, f face, width float64) string {
	name = strings.ToUpper(tidy(name))
	if strings.Contains(name, "\n") || letters().of(f, sizeAgency, name) <= points(width) {
		return name
	}
	for _, p := range places {
		if at := strings.Index(name, p); at > 0 {
			return name[:at] + "\n" + name[at+1:]
		}
	}
	return name
}

// title adds the name of the kind and the abstract with its rule.
func (s *setter) title(d Doc) {
	if d.Kind == Letter {
		s.add(spaceOf(6))
		return
	}
	if d.Type != "" {
		p := centred(strings.ToUpper(tidy(d.Type)), sizeText, 18, true, false)
		if d.form() {
			p.size, p.line = sizeSheet, 21
		}
		if d.Large {
			p.size, p.line = sizeLarge+2, lineOf(sizeLarge+2)
		}
		p.role, p.before, p.keep = roleTitle, 14, true
		s.add(p)
	}
	if d.Abstract == "" {
		s.add(spaceOf(6))
		return
	}
	p := centred(d.Abstract, sizeText, 18, true, false)
	p.left, p.right, p.keep, p.field = 6, 6, true, FieldAbstract
	if d.Large {
		p.size, p.line = sizeLarge, lineOf(sizeLarge)
	}
	balance(p, s.width)
	if d.Type == "" {
		p.role, p.before = roleTitle, 14
	}
	length := millimetres(widestOf(breakLines(p, points(s.width)))) * ruleShare
	r := rule(length, s.width, 10)
	r.before, r.keep = 2, true
	s.add(p, r)
}

// spaceOf is an empty line of a height: tables that touch would become one in Word.
func spaceOf(height float64) *para {
	return &para{role: roleArtifact, size: 1, line: height, align: Left}
}

// to adds those whom the document addresses.
func (s *setter) to(d Doc) {
	const label = "Kính gửi:"
	line := func(text string, left, after float64) *para {
		return &para{runs: []Run{{Text: text}}, role: roleText, size: sizeText, line: lineText, align: Left, left: left,
			after: after, keep: true, field: FieldTo}
	}
	switch len(d.To) {
	case 0:
	case 1:
		p := line(label+" "+d.To[0], 0, 10)
		p.align = Center
		s.add(p)
	default:
		s.add(line(label, 22, 0))
		for i, to := range d.To {
			end, after := ";", 0.0
			if i == len(d.To)-1 {
				end, after = ".", 10
			}
			p := line(dash+strings.TrimRight(to, ";. ")+end, 46, after)
			p.first = -millimetres(letters().of(regular, sizeText, dash))
			s.add(p)
		}
	}
}

// foot adds the recipients and who signs, kept together.
func (s *setter) foot(d Doc) {
	recipients := recipientLines(d.Recipients)
	if len(recipients) == 0 && len(d.Signers) == 0 {
		return
	}
	gap := spaceOf(6)
	gap.keep = true
	s.add(gap)
	switch len(d.Signers) {
	case 0:
		s.add(recipients...)
		return
	case 1:
		left := math.Round(s.width * 0.47)
		s.beside([]float64{left, s.width - left}, recipients, signerLines(d.Signers[0], s.width-left))
		return
	}
	share := s.width / float64(len(d.Signers))
	columns, cells := []float64{}, []flow{}
	for _, signer := range d.Signers {
		columns, cells = append(columns, share), append(cells, signerLines(signer, share))
	}
	level(cells, points(share))
	s.beside(columns, cells...)
	if len(recipients) > 0 {
		s.add(spaceOf(8))
		s.add(recipients...)
	}
}

// beside adds flows beside each other.
func (s *setter) beside(columns []float64, cells ...flow) {
	row := gridRow{}
	for i, f := range cells {
		row.cells = append(row.cells, gridCell{i, 1, 1, f, false, false})
	}
	s.add(&grid{role: roleLayout, widths: columns, rows: []gridRow{row}})
}

func recipientLines(r Recipients) flow {
	if len(r.Items) == 0 {
		return nil
	}
	lines := flow{&para{runs: []Run{{Text: r.title(), Bold: true, Italic: true}}, role: roleText,
		size: sizeRecipientsTitle, line: 15, align: Left, keep: true}}
	hang := millimetres(letters().of(regular, sizeRecipients, dash))
	for _, item := range r.Items {
		lines = append(lines, &para{runs: []Run{{Text: dash + item}}, role: roleText, size: sizeRecipients, line: 13,
			align: Left, left: hang, first: -hang, keep: true, field: FieldRecipients})
	}
	return lines
}

func (r Recipients) title() string {
	return strings.TrimSuffix(cmp.Or(r.Title, "Nơi nhận"), ":") + ":"
}

func signerLines(signer Signer, width float64) flow {
	var lines flow
	for l := range strings.SplitSeq(tidy(signer.For+"\n"+signer.Title), "\n") {
		if l != "" {
			p := centred(strings.ToUpper(l), sizeText, 18, true, false)
			p.keep, p.field = true, FieldSigner
			balance(p, width)
			lines = append(lines, p)
		}
	}
	name := centred(signer.Name, sizeText, 18, true, false)
	name.before, name.field = roomToSign, FieldSigner
	return append(lines, name)
}

// level sets the names of signers beside each other on one height, however many lines stand above each.
func level(cells []flow, width float64) {
	most, above := 0, make([]int, len(cells))
	for i, f := range cells {
		for _, item := range f[:len(f)-1] {
			above[i] += len(breakLines(item.(*para), width))
		}
		most = max(most, above[i])
	}
	for i, f := range cells {
		name := f[len(f)-1].(*para)
		name.before += float64(most-above[i]) * name.line
	}
}

// keepLast keeps the last paragraph of the text with the signature: a block that stands alone on a page could be put
// under any text.
func (s *setter) keepLast() {
	for n := len(s.flow) - 1; n >= 0; n-- {
		switch last := s.flow[n].(type) {
		case *para:
			last.keep = true
			if last.role == roleArtifact && last.leader == 0 { // the space behind a table
				continue
			}
		case *grid:
			if len(last.rows) > 0 {
				last.rows[len(last.rows)-1].keepWithNext()
			}
		}
		return
	}
}

// keepWithNext keeps a row on one page with what follows it; Word looks at its paragraphs for that.
func (r *gridRow) keepWithNext() {
	r.keep = true
	for _, c := range r.cells {
		for _, item := range c.flow {
			if p, ok := item.(*para); ok {
				p.keep = true
			}
		}
	}
}

// annex adds the head and the text of an annex.
func (s *setter) annex(a Annex) {
	mark := centred(a.Mark, sizeText, 18, true, false)
	mark.role, mark.keep = roleTitle, true
	s.add(mark)
	if a.Title != "" {
		p := centred(strings.ToUpper(tidy(a.Title)), sizeText, 18, true, false)
		p.keep = true
		balance(p, s.width)
		s.add(p)
	}
	if a.With != "" {
		p := centred(a.With, sizeText, 18, false, true)
		p.keep = true
		s.add(p)
	}
	r := rule(30, s.width, 10)
	r.before = 2
	s.add(r)
	s.body(a.Body)
}

// body adds blocks.
func (s *setter) body(blocks []Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			s.paragraph(b)
		case Table:
			s.table(b)
		case Image:
			s.image(b)
		case QR:
			s.qr(b)
		case FillIn:
			s.fillIn(b)
		case PageBreak:
			s.add(newPage{})
		}
	}
}

// paragraph adds a paragraph: justified with an indented first line in the text, from the left in a cell.
func (s *setter) paragraph(b Paragraph) {
	p := &para{runs: slices.Clone(b.Runs), role: roleText, size: sizeText, line: lineText, align: b.Align,
		first: indent, after: afterText, keep: b.KeepWithNext, field: b.Field}
	if s.cell > 0 {
		p.size, p.line, p.first, p.after = s.cell, lineOf(s.cell), 0, 1.5
		p.align = cmp.Or(b.Align, s.align, Left)
	}
	if b.Size > 0 {
		p.size, p.line = b.Size, max(lineOf(b.Size), b.Size*lineText/sizeText)
	}
	if b.Dash {
		p.runs = slices.Insert(p.runs, 0, Run{Text: dash})
	}
	if b.Flush || p.align == Center || p.align == Right {
		p.first = 0
	}
	if b.Level != BodyText {
		p.keep = true
		p.role = map[Level]role{Part: roleSection, Section: roleSection, Subsection: rolePart, Clause: rolePart}[b.Level]
		for i := range p.runs {
			p.runs[i].Bold = p.runs[i].Bold || b.Level != Clause
		}
		if b.Level == Part {
			p.align, p.first = Center, 0
		}
	}
	if s.bold {
		for i := range p.runs {
			p.runs[i].Bold = true
		}
	}
	if p.align == Center {
		balance(p, s.width)
	}
	s.add(p)
}

// table adds a table, with the space that parts it from what follows.
func (s *setter) table(t Table) {
	g := &grid{role: roleTable, caption: t.Caption, heads: len(t.Head), lines: !t.Plain, high: t.High, padX: 1.5,
		padY: 0.8}
	if t.Plain {
		g.role, g.padX, g.padY = roleLayout, 0.5, 0.3
	}
	sum := 0.0
	for _, c := range t.Columns {
		sum += c
	}
	for _, c := range t.Columns {
		g.widths = append(g.widths, s.width*c/sum)
	}
	size := cmp.Or(t.Size, cmp.Or(s.cell, sizeCell))
	for n, placed := range t.placed() {
		row := gridRow{keep: n < len(t.Head)}
		for _, c := range placed {
			row.cells = append(row.cells, s.cellOf(g, c, size, n < len(t.Head)))
			if p, ok := first(c.Blocks).(Paragraph); ok && p.KeepWithNext {
				row.keep = true
			}
		}
		g.rows = append(g.rows, row)
	}
	if len(g.rows) == 0 {
		return
	}
	s.add(g, spaceOf(6))
}

func (s *setter) cellOf(g *grid, c placedCell, size float64, head bool) gridCell {
	cell := gridCell{column: c.column, across: c.across(), down: c.down(), middle: c.Middle || head, label: c.Label}
	width := -2 * g.padX
	for _, w := range g.widths[c.column : c.column+c.across()] {
		width += w
	}
	in := setter{width: max(width, 1), cell: size, align: c.Align, bold: head}
	if head {
		in.align = cmp.Or(c.Align, Center)
	}
	in.body(c.Blocks)
	cell.flow = in.flow
	return cell
}

// fillIn adds room to write. The height of its lines is space before them: LibreOffice sets a line that has nothing but
// dots no higher than its letters.
func (s *setter) fillIn(f FillIn) {
	size := cmp.Or(s.cell, sizeText)
	line := max(lineOf(size), lineText)
	before := max(0, points(cmp.Or(f.High, 8))-line)
	p := para{role: roleArtifact, size: size, line: line, before: before, align: Left, leader: s.width}
	first := p
	if f.Label != "" {
		first.role, first.runs = roleText, []Run{{Text: f.Label + " "}}
	}
	if f.Indent {
		first.first = indent
	}
	s.add(&first)
	for range f.Lines {
		next := p
		s.add(&next)
	}
	if f.Lines > 0 || s.cell == 0 {
		s.add(spaceOf(6))
	}
}
