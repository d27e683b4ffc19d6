package form

import (
	"strconv"

	"doithoai"
	"doithoai/doc"
)

// HandSheet is a blank sheet on which a secretary writes opinions down by hand (tờ ghi tay), numbered so that none is
// missed when they are typed.
func HandSheet(h Head, d doithoai.Dialogue, number int) doc.Doc {
	paper := h.working("sheet.paper.title", d)
	paper.Landscape = true
	paper.Abstract = ""
	day := vietnamese.Date(d.StartsAt.Date().Time())
	fill := func(key string) doc.Cell {
		return doc.Cell{Middle: true, Blocks: []doc.Block{doc.FillIn{Label: vietnamese.T(key)}}}
	}
	top := doc.Table{Plain: true, Columns: []float64{92, 48, 72, 65}, Rows: []doc.Row{{
		{Middle: true, Blocks: []doc.Block{say("sheet.paper.of", "date", day, "venue", d.Venue)}},
		{Middle: true, Blocks: []doc.Block{doc.Paragraph{Runs: []doc.Run{
			{Text: vietnamese.T("sheet.paper.number") + " "}, {Text: strconv.Itoa(number), Bold: true}}, Size: 18}}},
		fill("document.hand_sheet.writer"), fill("document.hand_sheet.told"),
	}}}
	t := doc.Table{
		Caption: vietnamese.T("sheet.paper.title"), Columns: []float64{12, 15, 40, 18, 94, 62, 36}, High: 11.5, Size: 11,
		Head: []doc.Row{doc.Cells(
			vietnamese.T("sheet.paper.no"), vietnamese.T("sheet.hour"), vietnamese.T("sheet.name"),
			vietnamese.T("sheet.village"), vietnamese.T("sheet.content"), vietnamese.T("sheet.paper.answer"),
			vietnamese.T("sheet.paper.ruling"),
		)},
	}
	for i := range doithoai.SheetLines {
		row := doc.Cells(strconv.Itoa(i+1), "", "", "", "", "", "")
		row[0].Align, row[0].Middle = doc.Center, true
		t.Rows = append(t.Rows, row)
	}
	paper.Body = []doc.Block{top, t, doc.Paragraph{Align: doc.Left, Flush: true, Size: 10, Runs: []doc.Run{
		{Text: vietnamese.T("sheet.paper.foot") + " " + rulingList()}}}}
	return paper
}

// rulingList numbers the rulings as the keys of the console do.
func rulingList() (words string) {
	for i, rule := range doithoai.OfferedRulings() {
		if i > 0 {
			words += " · "
		}
		words += strconv.Itoa(i+1) + "\u00a0" + vietnamese.T("petition.ruling.name."+rule.Code.Key())
	}
	return words
}
