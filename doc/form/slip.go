package form

import (
	"cmp"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
)

// Slip is a question slip of a stack, to be filled in by hand: one page, its stub is the receipt.
type Slip struct {
	Number   int
	Follow   string   // what the QR opens; "": no QR, as where the portal can't be reached from the Internet
	Villages []string // as boxes; none where there are too many
	Word     string   // what stands before them: "Thôn"
	Answered calendar.Date
}

// Paper is the slip's sheet.
func (s Slip) Paper(h Head, d doithoai.Dialogue) doc.Doc {
	h.To = nil
	paper := h.document(doc.Sheet, "")
	paper.Superior, paper.PlaceAndDate, paper.Signers = "", "", nil
	paper.Type, paper.Abstract = vietnamese.T("stock.paper.title"), ""
	number := plan.PaperNumber(s.Number)
	time, date := hour(d.StartsAt)
	paper.Body = []doc.Block{
		s.top(d, vietnamese.T("stock.paper.when", "time", time, "date", date, "venue", d.Venue), number),
		doc.Table{Plain: true, Size: slipSize, Columns: []float64{3, 2}, Rows: []doc.Row{
			{fill("stock.paper.name"), fill("stock.paper.phone")},
		}},
		s.villages(),
		doc.Paragraph{Flush: true, KeepWithNext: true, Size: slipSize, Runs: []doc.Run{
			{Text: vietnamese.T("stock.paper.ask") + " ", Bold: true}, {Text: vietnamese.T("stock.paper.ask_hint")},
		}},
		doc.FillIn{Lines: 7, High: 8},
		s.choices(d),
		small(vietnamese.T("stock.paper.notice")),
		small(vietnamese.T("stock.paper.office") + " " + vietnamese.T("stock.paper.office_took") + "\n☐ " +
			vietnamese.T("stock.paper.office_read")),
		s.stub(h.Authority, number),
	}
	return paper
}

// slipSize is in letters that old people read.
const slipSize = 13

func fill(key string) doc.Cell {
	return doc.Cell{Blocks: []doc.Block{doc.FillIn{Label: vietnamese.T(key)}}}
}

func small(s string) doc.Paragraph {
	return doc.Paragraph{Runs: []doc.Run{{Text: s}}, Align: doc.Left, Flush: true, Size: 11}
}

func (s Slip) top(d doithoai.Dialogue, when, number string) doc.Table {
	right := []doc.Block{doc.Paragraph{Align: doc.Center, Runs: []doc.Run{
		{Text: vietnamese.T("stock.paper.number") + " "}, {Text: number, Bold: true}}, Size: slipSize}}
	if s.Follow != "" {
		right = append(right, doc.QR{Text: s.Follow, Alt: vietnamese.T("stock.paper.qr", "number", number), Size: qrSize})
	}
	return doc.Table{Plain: true, Size: slipSize, Columns: []float64{3, 1}, Rows: []doc.Row{{
		{Blocks: []doc.Block{doc.Text(d.Title), doc.Text(when)}, Middle: true}, {Blocks: right},
	}}}
}

// qrSize is the side of a slip's code in millimetres.
const qrSize = 22

func (s Slip) villages() doc.Block {
	elsewhere := fill("stock.paper.elsewhere")
	if len(s.Villages) == 0 {
		return doc.Table{Plain: true, Size: slipSize, Columns: []float64{1}, Rows: []doc.Row{{elsewhere}}}
	}
	boxes := cmp.Or(s.Word, vietnamese.T("stock.paper.village")) + ":"
	for _, v := range s.Villages {
		boxes += "   ☐ " + v
	}
	return doc.Table{Plain: true, Size: slipSize, Columns: []float64{1, 1}, Rows: []doc.Row{{
		{Blocks: []doc.Block{doc.Text(boxes)}, Middle: true}, elsewhere,
	}}}
}

func (s Slip) choices(d doithoai.Dialogue) doc.Table {
	boxes := func(heading string, keys ...string) doc.Cell {
		c := doc.Cell{Blocks: []doc.Block{doc.Paragraph{Runs: []doc.Run{{Text: vietnamese.T(heading), Bold: true}}}}}
		for _, k := range keys {
			c.Blocks = append(c.Blocks, doc.Text("☐ "+vietnamese.T(k)))
		}
		return c
	}
	return doc.Table{Plain: true, Size: slipSize, Columns: []float64{1, 1, 1}, Rows: []doc.Row{{
		boxes("stock.paper.want", "stock.paper.speak", "stock.paper.written", "stock.paper.both"),
		boxes("stock.paper.answer_by", "stock.paper.by_phone", "stock.paper.by_post", "stock.paper.aloud"),
		{Align: doc.Center, Blocks: []doc.Block{
			say("stock.paper.dated", "year", strconv.Itoa(d.StartsAt.Date().Year)),
			doc.Paragraph{Runs: []doc.Run{{Text: vietnamese.T("stock.paper.signer"), Bold: true}}},
			say("stock.paper.sign_hint"),
		}},
	}}}
}

// stub is what the person keeps, below the line to cut along.
func (s Slip) stub(a doithoai.Authority, number string) doc.Table {
	words := []doc.Block{
		doc.Paragraph{Runs: []doc.Run{{Text: vietnamese.T("stock.paper.stub") + " " + number, Bold: true},
			{Text: vietnamese.T("stock.paper.stub_keep")}}},
		say("stock.paper.took", "authority", a.Name),
	}
	if !s.Answered.IsZero() {
		words = append(words, doc.Paragraph{Runs: []doc.Run{{Text: vietnamese.T("stock.paper.answered") + " "},
			{Text: vietnamese.DateIn(s.Answered.Time()) + ".", Bold: true}}})
	}
	words = append(words, say("stock.paper.follow", "phone", vietnamese.Phone(a.Phone)))
	columns, row := []float64{1}, doc.Row{{Blocks: words, Middle: true, Label: true}}
	if s.Follow != "" {
		code := doc.QR{Text: s.Follow, Alt: vietnamese.T("stock.paper.qr_stub", "number", number), Size: qrSize}
		columns, row = []float64{1, 4}, append(doc.Row{{Blocks: []doc.Block{code}}}, row...)
	}
	return doc.Table{Size: 12, Columns: columns, Rows: []doc.Row{row}}
}
