package doc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Fault is a kind of mistake in a document.
type Fault string

const (
	FaultMissing   Fault = "missing"   // what the form asks for isn't there
	FaultUnasked   Fault = "unasked"   // what the form has no place for is there
	FaultShape     Fault = "shape"     // it isn't written as the form has it
	FaultTooLong   Fault = "too_long"  // it finds no room
	FaultTable     Fault = "table"     // cells that don't make up a table
	FaultPicture   Fault = "picture"   // it can't be read
	FaultCharacter Fault = "character" // paper shows □ for it
)

// Problem is a mistake and where it stands: "signers[0].name", "body[3].rows[2]".
type Problem struct {
	At    string
	Fault Fault
}

func (p Problem) String() string { return p.At + ": " + string(p.Fault) }

var (
	// symbolForm: capitals, digits, "/" and "-" without spaces; small letters behind a capital, as in TTr and CTr.
	symbolForm = regexp.MustCompile(`^(\p{Lu}\p{Ll}?|\p{Nd})+([-/](\p{Lu}\p{Ll}?|\p{Nd})+)*$`)
	// forForm is what stands above a capacity: Nghị định 30/2020, Điều 13.
	forForm = regexp.MustCompile(`^(TM|KT|TL|TUQ|Q)\. ?\p{Lu}`)
)

// maxAbstract is the longest abstract in characters that the register of documents takes (Phụ lục VI).
const maxAbstract = 500

// Problems are what keeps a document from going out, nil where nothing does. A document with problems can be written
// all the same: a draft has some.
func (d Doc) Problems() []Problem {
	c := checker{}
	c.head(d)
	c.signers(d)
	c.blocks("body", d.Body, false)
	if len(d.Body) == 0 && !d.form() {
		c.add("body", FaultMissing)
	}
	for i, a := range d.Annexes {
		at := fmt.Sprintf("annexes[%d]", i)
		c.need(at+".mark", a.Mark != "", FaultMissing)
		c.need(at+".title", a.Title != "", FaultMissing)
		c.need(at+".body", len(a.Body) > 0, FaultMissing)
		c.blocks(at+".body", a.Body, false)
	}
	return c.list
}

type checker struct{ list []Problem }

func (c *checker) add(at string, f Fault) { c.list = append(c.list, Problem{at, f}) }

func (c *checker) need(at string, ok bool, f Fault) {
	if !ok {
		c.add(at, f)
	}
}

// text checks that paper can show all characters of a text.
func (c *checker) text(at, s string) {
	c.need(at, strings.Count(clean(s), string(lacking)) == strings.Count(s, string(lacking)), FaultCharacter)
}

func (c *checker) head(d Doc) {
	c.need("kind", d.Kind == Named || d.Kind == Letter || d.Kind == Minutes || d.form(), FaultShape)
	c.need("authority", strings.TrimSpace(d.Authority) != "", FaultMissing)
	numbered := d.Kind == Named || d.Kind == Letter
	c.need("symbol", d.Symbol != "" || !numbered, FaultMissing)
	c.need("symbol", d.Symbol == "" || symbolForm.MatchString(d.Symbol), FaultShape)
	c.need("number", d.Number == "" || !strings.ContainsAny(d.Number, " \n\t"), FaultShape)
	c.need("place_and_date", d.PlaceAndDate != "" || !numbered, FaultMissing)
	c.need("type", d.Type != "" || d.Kind == Letter, FaultMissing)
	c.need("type", d.Type == "" || d.Kind != Letter, FaultUnasked)
	c.need("abstract", d.Abstract != "" || !numbered, FaultMissing)
	c.need("abstract", utf8.RuneCountInString(d.Abstract) <= maxAbstract, FaultTooLong)
	c.need("abstract", d.Kind != Letter || strings.HasPrefix(d.Abstract, "V/v "), FaultShape)
	c.need("to", len(d.To) > 0 || d.Kind != Letter, FaultMissing)
	switch d.Urgency {
	case "", Urgent, MoreUrgent, MostUrgent:
	default:
		c.add("urgency", FaultShape)
	}
	c.need("authority", strings.Count(d.Authority, "\n") < 3, FaultTooLong)
	c.need("superior", strings.Count(d.Superior, "\n") < 3, FaultTooLong)
	for _, f := range [][2]string{{"authority", d.Authority}, {"superior", d.Superior}, {"abstract", d.Abstract},
		{"type", d.Type}, {"place_and_date", d.PlaceAndDate}, {"to", strings.Join(d.To, "\n")}} {
		c.text(f[0], f[1])
	}
}

func (c *checker) signers(d Doc) {
	c.need("signers", len(d.Signers) > 0 || d.form(), FaultMissing)
	c.need("signers", len(d.Signers) <= 3, FaultTooLong)
	for i, s := range d.Signers {
		at := fmt.Sprintf("signers[%d]", i)
		c.need(at+".title", s.Title != "", FaultMissing)
		c.need(at+".name", s.Name != "" || d.form() || d.Kind == Minutes, FaultMissing)
		for line := range strings.Lines(s.For) {
			c.need(at+".for", forForm.MatchString(line), FaultShape)
		}
		// A deputy signs for the head: KT. stands above PHÓ, and above nobody else.
		deputy := strings.HasPrefix(strings.ToUpper(s.Title), "PHÓ ")
		c.need(at+".title", !strings.Contains(s.For, "KT.") || deputy, FaultShape)
		c.text(at+".name", s.Name)
	}
	for i, item := range d.Recipients.Items {
		at := fmt.Sprintf("recipients[%d]", i)
		c.need(at, strings.TrimSpace(item) != "", FaultMissing)
		if i == len(d.Recipients.Items)-1 {
			c.need(at, strings.HasPrefix(item, "Lưu: VT"), FaultShape)
		}
		c.text(at, item)
	}
	c.need("recipients", len(d.Recipients.Items) > 0 || d.form() || d.Kind == Minutes, FaultMissing)
}

func (c *checker) blocks(at string, blocks []Block, inCell bool) {
	for i, b := range blocks {
		at := fmt.Sprintf("%s[%d]", at, i)
		switch b := b.(type) {
		case Paragraph:
			c.text(at, b.plain())
			c.need(at, inCell || strings.TrimSpace(b.plain()) != "", FaultMissing)
		case Table:
			c.table(at, b)
		case Image:
			_, _, err := redrawn(b.Data)
			c.need(at, err == nil, FaultPicture)
			c.need(at+".alt", b.Alt != "", FaultMissing)
		case QR:
			_, err := b.png()
			c.need(at, err == nil, FaultPicture)
			c.need(at, b.Size == 0 || b.Size >= leastQR, FaultPicture)
			c.need(at+".alt", b.Alt != "", FaultMissing)
		case FillIn:
			c.need(at, b.Lines >= 0 && b.Lines <= 60, FaultShape)
		}
	}
}

// table checks that the cells of a table fill its columns, and cover no row that isn't there.
func (c *checker) table(at string, t Table) {
	c.need(at+".columns", len(t.Columns) > 0, FaultMissing)
	for _, w := range t.Columns {
		c.need(at+".columns", w > 0, FaultTable)
	}
	c.need(at+".rows", len(t.Head)+len(t.Rows) > 0, FaultMissing)
	rows := append(append([]Row{}, t.Head...), t.Rows...)
	placed := t.placed()
	covered := make([]int, len(t.Columns))
	for i, row := range rows {
		at := fmt.Sprintf("%s.rows[%d]", at, i)
		filled := 0
		for _, n := range covered {
			if n > 0 {
				filled++
			}
		}
		for _, cell := range row {
			filled += cell.across()
			last := len(rows)
			if i < len(t.Head) {
				last = len(t.Head)
			}
			c.need(at, i+cell.down() <= last, FaultTable)
			c.blocks(at, cell.Blocks, true)
		}
		c.need(at, filled == len(covered), FaultTable)
		for _, p := range placed[i] {
			for k := range p.across() {
				covered[p.column+k] = p.down()
			}
		}
		for k := range covered {
			covered[k] = max(covered[k]-1, 0)
		}
	}
}
