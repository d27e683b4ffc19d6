package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Poster is the announcement for a notice board (bảng tin): what everybody has to know, to be read from two steps away.
type Poster struct {
	Topics  []string
	Who     string // who may come, in words
	Ask     string // where question slips are handed in
	Contact string
	Link    string // what the QR opens; "" where the portal can't be reached
}

// Paper is the poster, on A3.
func (p Poster) Paper(h Head, d doithoai.Dialogue) doc.Doc {
	paper := h.sheet("", "document.announcement.type", d, "")
	paper.Abstract = vietnamese.T("document.announcement.abstract", "title", lowerTitle(d))
	paper.Large = true
	line := func(key, value string) {
		if value != "" {
			paper.Body = append(paper.Body, doc.Paragraph{Align: doc.Left, Flush: true, Size: posterSize, Runs: []doc.Run{
				{Text: vietnamese.T("document.poster."+key) + " "}, {Text: value, Bold: true},
			}})
		}
	}
	time, date := hour(d.StartsAt)
	line("time", time+", "+date)
	line("place", d.Venue)
	if len(p.Topics) > 0 {
		line("topics", " ")
		for _, t := range p.Topics {
			paper.Body = append(paper.Body, doc.Paragraph{Align: doc.Left, Dash: true, Size: posterSize,
				Runs: []doc.Run{{Text: t}}})
		}
	}
	line("chair", d.Chair)
	line("who", p.Who)
	line("ask", p.Ask)
	if !d.SlipsUntil.IsZero() {
		line("until", vietnamese.DateTime(calendar.Civil(d.SlipsUntil)))
	}
	line("contact", p.Contact)
	invites := doc.Paragraph{Align: doc.Center, Size: posterSize, Runs: []doc.Run{
		{Text: vietnamese.T("document.poster.invites"), Bold: true}}}
	if p.Link == "" {
		paper.Body = append(paper.Body, invites)
		return paper
	}
	code := doc.QR{Text: p.Link, Alt: vietnamese.T("document.poster.qr"), Size: 36}
	paper.Body = append(paper.Body, doc.Table{Plain: true, Columns: []float64{1, 3}, Rows: []doc.Row{{
		{Blocks: []doc.Block{code}}, {Middle: true, Blocks: []doc.Block{invites, doc.Paragraph{Align: doc.Center,
			Size: 13, Runs: []doc.Run{{Text: vietnamese.T("document.poster.scan")}}}}},
	}}})
	return paper
}

// posterSize is of the letters on A4: half as large again on A3.
const posterSize = 20

// BannerOf is the wording of a dialogue's banner.
func BannerOf(h Head, d doithoai.Dialogue) (above, title, below string) {
	place := h.Authority.Place
	if place != "" {
		place += ", "
	}
	return h.Authority.FullName, d.Title, place + vietnamese.T("document.banner.day",
		"date", vietnamese.Date(d.StartsAt.Date().Time()))
}
