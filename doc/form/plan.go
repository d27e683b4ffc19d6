// Package form makes official documents of what the product holds: one file a form, each a function from data to
// [doc.Doc]. It stands above package doc, which knows no plan, and loads nothing itself.
package form

import (
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
)

// Plan is the year's plan of an authority as its paper has it, word for word: its sections keep the marks that they
// were given.
func Plan(a doithoai.Authority, p plan.Plan) doc.Doc {
	d := doc.Doc{
		Kind: doc.Named, Form: string(doithoai.PaperPlan), Dated: p.Date,
		Superior: p.Superior, Authority: fullName(p.Authority),
		Number: p.Number, Symbol: p.Symbol, PlaceAndDate: plan.PlaceAndDate(p.Place, p.Date),
		Type: p.Type, Abstract: p.Abstract,
		Signers:    []doc.Signer{{For: p.Signatory.For, Title: p.Signatory.Title, Name: p.Signatory.Name}},
		Recipients: doc.Recipients{Title: p.Recipients.Title, Items: p.Recipients.Items},
		Strip:      strip(a),
	}
	for _, par := range p.Paragraphs() {
		switch par.Part {
		case plan.PartSection:
			d.Body = append(d.Body, doc.Heading(doc.Section, par.Text))
		case plan.PartHeading:
			d.Body = append(d.Body, doc.Heading(doc.Subsection, par.Text))
		case plan.PartItem:
			d.Body = append(d.Body, doc.Item(par.Text))
		case plan.PartBody:
			d.Body = append(d.Body, doc.Text(par.Text))
		}
	}
	return d
}

// fullName is the name of an authority in the head of what it issues, which Nghị định 30/2020 wants in full: "UBND xã"
// is written out.
func fullName(authority string) string {
	if rest, short := strings.CutPrefix(authority, "UBND "); short {
		return "Ủy ban nhân dân " + rest
	}
	return authority
}
