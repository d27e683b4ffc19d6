// Package paper shows a plan as its paper, on the public site and where the office writes it: neither site may import
// the other, and package ui knows no plan.
package paper

import (
	"context"
	"io"

	"doithoai/doc"
	"doithoai/plan"
	"doithoai/web/ui"
)

// The national name and the motto are the same on every official document and are not translated (Nghị định 30/2020,
// Phụ lục I).
const (
	nationalName  = "Cộng hòa xã hội chủ nghĩa Việt Nam"
	nationalMotto = "Độc lập - Tự do - Hạnh phúc"
)

// NumberLine is the number as the paper has it: "Số: 02/KH-UBND".
func NumberLine(p plan.Plan) string { return doc.Doc{Number: p.Number, Symbol: p.Symbol}.NumberLine() }

// Sheet is the paper around the text of a plan.
func Sheet(p plan.Plan) ui.Paper {
	s := ui.Paper{
		Superior: p.Superior, Authority: []string{p.Authority}, Number: NumberLine(p),
		Nation: nationalName, Motto: nationalMotto, Date: plan.PlaceAndDate(p.Place, p.Date),
		Kind: p.Type, Subject: p.Abstract, Heading: "ke-hoach", To: p.Recipients.Items,
		Signature: ui.Signature{For: p.Signatory.For, Title: p.Signatory.Title, Name: p.Signatory.Name},
	}
	if p.Recipients.Title != "" {
		s.ToLabel = p.Recipients.Title + ":"
	}
	return s
}

// Block is a paragraph of a plan's text, or a list of consecutive items.
type Block struct {
	Part  plan.Part
	Lines []plan.Compared
}

// Text are the paragraphs of a whole plan between its title and the recipients, which the sheet itself shows.
func Text(p plan.Plan) []Block {
	var all []plan.Compared
	for _, par := range p.Paragraphs() {
		all = append(all, plan.Compared{Paragraph: par})
	}
	return Blocks(all)
}

// Blocks are paragraphs as the sheet shows them: items that follow each other make one list. Those of the letterhead,
// the recipients and the signature are left out.
func Blocks(paragraphs []plan.Compared) []Block {
	var blocks []Block
	for _, par := range paragraphs {
		switch par.Part {
		case plan.PartBody, plan.PartSection, plan.PartHeading:
			blocks = append(blocks, Block{par.Part, []plan.Compared{par}})
		case plan.PartItem:
			if n := len(blocks); n > 0 && blocks[n-1].Part == plan.PartItem {
				blocks[n-1].Lines = append(blocks[n-1].Lines, par)
				continue
			}
			blocks = append(blocks, Block{par.Part, []plan.Compared{par}})
		}
	}
	return blocks
}

// Render implements [templ.Component].
func (b Block) Render(ctx context.Context, w io.Writer) error { return b.html().Render(ctx, w) }
