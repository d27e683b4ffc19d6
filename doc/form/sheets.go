package form

import (
	"strconv"

	"doithoai/calendar"
	"doithoai/doc"
)

// Posted is a letter on the list that goes to the post office and comes back with the day.
type Posted struct{ Code, Name, Address string }

// PostList is that list.
func PostList(h Head, letters []Posted, on calendar.Date) doc.Doc {
	paper := sheetOf(h, vietnamese.T("ways.print.type"), vietnamese.T("ways.print.subject", "date", on.Words()))
	t := listOf("ways.print.column.", vietnamese.T("ways.print.type"), []float64{10, 27, 45, 55, 25},
		"ordinal", "number", "name", "address", "posted")
	for i, l := range letters {
		row := doc.Cells(strconv.Itoa(i+1), l.Code, l.Name, l.Address, "")
		row[0].Align = doc.Center
		t.Rows = append(t.Rows, row)
	}
	paper.Body = []doc.Block{t}
	paper.Signers = []doc.Signer{
		{Title: vietnamese.T("ways.print.sender")}, {Title: vietnamese.T("ways.print.post")},
	}
	return paper
}

// ReadOut is one piece of news to be read out in a village: under a number, without who it is for.
type ReadOut struct {
	Code  string
	Title string // of the matter, where an answer is read; else ""
	Words string // a paragraph a line
}

// ReadingSheet is what the head of a village takes along: number and words of each, and room for when it was read to
// whom.
func ReadingSheet(h Head, village string, news []ReadOut, on calendar.Date) doc.Doc {
	paper := sheetOf(h, vietnamese.T("ways.sheet.type"),
		vietnamese.T("ways.sheet.subject", "village", village, "date", on.Words()))
	t := listOf("ways.sheet.column.", vietnamese.T("ways.sheet.type"), []float64{10, 27, 88, 37},
		"ordinal", "number", "words", "read")
	for i, n := range news {
		row := doc.Cells(strconv.Itoa(i+1), n.Code, "", "")
		row[0].Align = doc.Center
		words := lines(n.Words)
		if n.Title != "" {
			words = append([]doc.Block{doc.Paragraph{Runs: []doc.Run{{Text: n.Title, Bold: true}}}}, words...)
		}
		row[2].Blocks = words
		t.Rows = append(t.Rows, row)
	}
	paper.Body = []doc.Block{say("ways.sheet.about"), t, say("ways.sheet.back")}
	paper.Signers = []doc.Signer{
		{Title: vietnamese.T("ways.sheet.gives")}, {Title: vietnamese.T("ways.sheet.reader")},
	}
	return paper
}

// sheetOf is a list that the office keeps itself: neither numbered nor dated.
func sheetOf(h Head, title, subject string) doc.Doc {
	paper := h.document(doc.Sheet, "")
	paper.Superior, paper.PlaceAndDate, paper.Signers, paper.Recipients = "", "", nil, doc.Recipients{}
	paper.Type, paper.Abstract = title, subject
	return paper
}

// listOf is a table with its headings: keys below of.
func listOf(of, caption string, columns []float64, heads ...string) doc.Table {
	t := doc.Table{Caption: caption, Columns: columns, Head: []doc.Row{nil}}
	for _, key := range heads {
		t.Head[0] = append(t.Head[0], doc.Cells(vietnamese.T(of+key))...)
	}
	return t
}
