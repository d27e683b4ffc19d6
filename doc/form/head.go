package form

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// vietnamese are the words of documents: whoever reads the pages in English issues them in Vietnamese all the same.
var vietnamese = text.For("vi")

// Head is what the documents of an authority have in common: who issues them, and with which number and day, where
// these are known.
type Head struct {
	Authority doithoai.Authority
	Number    string        // with its symbol where that is not the kind's: "214/UBND-TPHT"
	Date      calendar.Date // absent: the room for it stays blank
	Signer    doc.Signer
	ToTitle   string   // what stands above who receives it; "" means "Nơi nhận"
	To        []string // who receives it besides those named in it, with their punctuation; the archive's line is last
}

// Numbered is the head with the number and day that a paper has in the register of documents, where it has them.
func (h Head) Numbered(d doithoai.Document) Head {
	if d.Number != "" {
		h.Number, h.Date = d.Number, d.Dated
	}
	return h
}

// document is a document of a kind with its head and foot.
func (h Head) document(kind doc.Kind, symbol string) doc.Doc {
	number, own, _ := strings.Cut(h.Number, "/")
	d := doc.Doc{
		Kind: kind, Dated: h.Date, Superior: h.Authority.Superior, Authority: h.Authority.FullName, Number: number,
		Symbol:       cmp.Or(own, symbol),
		PlaceAndDate: plan.PlaceAndDate(h.Authority.Place, h.Date),
		Recipients:   doc.Recipients{Title: h.ToTitle, Items: h.To},
		Strip:        strip(h.Authority),
	}
	if h.Signer != (doc.Signer{}) {
		d.Signers = []doc.Signer{h.Signer}
	}
	return d
}

// strip is what stands across the top of a paper that is not real.
func strip(a doithoai.Authority) string {
	if !a.Demo {
		return ""
	}
	return strings.ToUpper(vietnamese.T("stock.paper.demo"))
}

// lowerTitle is the name of a dialogue within a sentence.
func lowerTitle(d doithoai.Dialogue) string { return text.LowerFirst(d.Title) }

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// paperDay is the day of a paper as others name it; room for it where it is not known.
func paperDay(d calendar.Date) string {
	if d.IsZero() {
		return strings.Repeat("\u00a0", 4) + "/" + strings.Repeat("\u00a0", 4) + "/" + strings.Repeat("\u00a0", 6)
	}
	return vietnamese.Date(d.Time())
}

// Punctuated are recipients with their punctuation.
func Punctuated(to []string) []string {
	list := make([]string, len(to))
	for i, s := range to {
		list[i] = strings.TrimRight(s, ";. ") + ";"
		if i == len(to)-1 {
			list[i] = strings.TrimRight(s, ";. ") + "."
		}
	}
	return list
}

// Symbolled is a number with a symbol, unless it has its own.
func Symbolled(number, symbol string) string {
	if strings.Contains(number, "/") {
		return number
	}
	return number + "/" + symbol
}

// counted is how many of something there are, as documents write it: "04".
func counted(n int) string { return fmt.Sprintf("%02d", n) }

// say is a paragraph of a message of the catalogues. An authority may have other words for it: see [Worded].
func say(key string, args ...any) doc.Paragraph {
	p := doc.Text(vietnamese.T(key, args...))
	p.Sentence = doc.Sentence{Key: key, Values: map[string]string{}}
	for _, field := range vietnamese.Fields(key) {
		p.Sentence.Values[field] = vietnamese.Value(field, args...)
	}
	return p
}

// lines are paragraphs of text that somebody wrote, one a line; a line after a dash is an item.
func lines(s string) (list []doc.Block) {
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		rest, item := strings.CutPrefix(line, "- ")
		switch {
		case line == "":
		case item:
			list = append(list, doc.Item(rest))
		default:
			list = append(list, doc.Text(line))
		}
	}
	return list
}

// hour is when something begins: "08 giờ, Chủ nhật, ngày 25/10/2026".
func hour(i calendar.Instant) (time, date string) {
	return vietnamese.Time(calendar.Civil(i)), vietnamese.DateIn(i.Date().Time())
}

// of are paragraphs that show a field of the data.
func of(field string, blocks ...doc.Block) []doc.Block {
	for i, b := range blocks {
		if p, ok := b.(doc.Paragraph); ok {
			p.Field, p.Part = field, cmp.Or(parts[field], p.Part)
			blocks[i] = p
		}
	}
	return blocks
}

// part are paragraphs that can stand by themselves, by a name, in an authority's own template.
func part(name string, blocks ...doc.Block) []doc.Block {
	for i, b := range blocks {
		if p, ok := b.(doc.Paragraph); ok {
			p.Part = name
			blocks[i] = p
		}
	}
	return blocks
}
