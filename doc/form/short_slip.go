package form

import (
	"strings"

	"doithoai"
	"doithoai/doc"
)

// ShortSlips are question slips of five points without a number, two on a sheet to be cut apart: for who asks in the
// hall, or hands a question to the head of the village.
func ShortSlips(h Head, d doithoai.Dialogue) doc.Doc {
	paper := h.working("document.short_slip.type", d)
	paper.Abstract = ""
	first, second := shortSlip(d), shortSlip(d)
	cut := doc.Paragraph{Align: doc.Center, Size: 10, Runs: []doc.Run{{Text: strings.Repeat("- ", 60)}}}
	again := []doc.Block{
		centred(h.Authority.FullName, 13), centred(paper.Type, 16),
	}
	paper.Body = append(append(append(first, cut), again...), second...)
	return paper
}

// centred is a line of capitals in the middle.
func centred(s string, size float64) doc.Paragraph {
	return doc.Paragraph{Align: doc.Center, Size: size, Runs: []doc.Run{{Text: strings.ToUpper(s), Bold: true}}}
}

func shortSlip(d doithoai.Dialogue) []doc.Block {
	fill := func(key string, lines int) doc.Block {
		return doc.FillIn{Label: vietnamese.T("document.short_slip." + key), Lines: lines, High: 7.5}
	}
	return []doc.Block{
		doc.Paragraph{Align: doc.Center, Size: 13, Runs: []doc.Run{{Text: d.Title, Bold: true}}},
		fill("name", 0), fill("address", 0), fill("phone", 0), fill("question", 5),
		doc.Paragraph{Align: doc.Left, Flush: true, Size: 13, Runs: []doc.Run{{
			Text: vietnamese.T("document.short_slip.want") + "   ☐ " + vietnamese.T("stock.paper.speak") + "   ☐ " +
				vietnamese.T("stock.paper.written"),
		}}},
		small(vietnamese.T("document.short_slip.notice")),
	}
}
