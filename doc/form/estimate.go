package form

import (
	"cmp"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// Estimate is what a dialogue costs as a paper of its own (dự toán kinh phí): the amounts that hold, signed by who made
// it and who approves it; names that are not known stay blank.
func Estimate(h Head, d doithoai.Dialogue, e plan.EstimateBody, maker, approver string) doc.Doc {
	paper := h.sheet("", "document.estimate.type", d, "")
	paper.Landscape = true
	paper.Body = append([]doc.Block{when(d)}, estimateTable(e, plan.EstimateLine.Approved)...)
	paper.Signers = []doc.Signer{
		{Title: vietnamese.T("estimate.paper.maker"), Name: maker},
		{Title: vietnamese.T("estimate.paper.approver"), Name: approver},
	}
	return paper
}

// EstimateProposal is the letter with which the office submits an estimate (tờ trình), the lines as its annex. basis is
// the plan, as a sentence begins with it; "" where none is issued.
func EstimateProposal(h Head, office, basis string, d doithoai.Dialogue, e plan.EstimateBody) doc.Doc {
	paper := h.document(doc.Named, "TTr-VP")
	paper.Form = string(doithoai.PaperProposal)
	paper.Superior, paper.Authority = h.Authority.FullName, office
	paper.Type = vietnamese.T("document.proposal.type")
	paper.Abstract = vietnamese.T("document.proposal.abstract", "title", lowerTitle(d))
	paper.To = []string{vietnamese.T("document.proposal.to", "authority", h.Authority.FullName)}
	key := "document.proposal.opening"
	if basis != "" {
		key = "document.proposal.opening_plan"
	}
	day := vietnamese.Date(d.StartsAt.Date().Time())
	sum := e.Submitted()
	source := cmp.Or(e.Funding.Source, room) // where nobody has said yet whose money it is
	paper.Body = []doc.Block{
		say(key, "plan", basis, "authority", h.Authority.FullName, "title", lowerTitle(d), "date", day, "venue", d.Venue,
			"office", office),
		doc.Paragraph{Runs: []doc.Run{
			{Text: vietnamese.T("document.proposal.sum") + " "},
			{Text: vietnamese.T("estimate.sum", "sum", vietnamese.Dong(sum)), Bold: true}, {Text: ". "},
			{Text: vietnamese.T("document.proposal.words", "words", text.MoneyWords(sum)), Italic: true},
		}},
		say("document.proposal.lines", "count", counted(len(e.Lines))),
		say("document.proposal.source", "source", strings.TrimRight(source, ". ")),
		say("document.proposal.closing", "authority", h.Authority.FullName),
	}
	paper.Annexes = []doc.Annex{{
		Mark: vietnamese.T("document.annex"), Title: vietnamese.T("document.estimate.type"), Landscape: true,
		With: vietnamese.T("document.annex_of_proposal", "number", paper.Numbered(), "date", paperDay(h.Date),
			"office", office),
		Body: estimateTable(e, func(l plan.EstimateLine) plan.Cost { return l.Cost }),
	}}
	return paper
}

// estimateTable are the lines with their sum, and the sum in words; cost says which amounts of a line.
func estimateTable(e plan.EstimateBody, cost func(plan.EstimateLine) plan.Cost) []doc.Block {
	t := doc.Table{
		Caption: vietnamese.T("document.estimate.type"), Columns: []float64{11, 68, 19, 18, 26, 28, 52, 25},
		Head: []doc.Row{{}},
	}
	for _, key := range []string{"number", "content", "unit", "quantity", "price", "amount", "basis", "note"} {
		t.Head[0] = append(t.Head[0], doc.Cells(vietnamese.T("estimate.column."+key))...)
	}
	sum := int64(0)
	for i, l := range e.Lines {
		c := cost(l)
		sum += c.Amount()
		row := doc.Cells(strconv.Itoa(i+1), l.Content, l.Unit, vietnamese.Quantity(c.Quantity), vietnamese.Dong(c.Price),
			vietnamese.Dong(c.Amount()), l.Basis, l.Note)
		row[0].Align, row[2].Align = doc.Center, doc.Center
		for _, n := range []int{3, 4, 5} {
			row[n].Align = doc.Right
		}
		t.Rows = append(t.Rows, row)
	}
	strong := func(s string, across int, align doc.Align) doc.Cell {
		words := doc.Paragraph{Runs: []doc.Run{{Text: s, Bold: true}}}
		return doc.Cell{Across: across, Align: align, Blocks: []doc.Block{words}}
	}
	t.Rows = append(t.Rows, doc.Row{
		strong(vietnamese.T("estimate.total.all"), 5, doc.Center), strong(vietnamese.Dong(sum), 1, doc.Right),
		doc.Cells("")[0], doc.Cells("")[0],
	})
	words := vietnamese.T("document.estimate.words", "words", text.MoneyWords(sum))
	return []doc.Block{t, doc.Paragraph{Runs: []doc.Run{{Text: words, Italic: true}}}}
}
