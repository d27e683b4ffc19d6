package form

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// VillagePack is what the head of a village gets: what to tell, the programme, what the loudspeakers say, what to do by
// when, the house rules, and room for what was done.
type VillagePack struct {
	Village      string
	Announcement plan.Text
	Rules        string // a paragraph a line
	Script       text.Script
	Due          calendar.Date // by when everybody is told; absent where no rule says
}

// Paper is the pack.
func (p VillagePack) Paper(h Head, d doithoai.Dialogue) doc.Doc {
	paper := h.sheet("", "relay.paper.title", d, "")
	paper.To = []string{vietnamese.T("relay.paper.to", "village", text.LowerFirst(p.Village))}
	add := func(blocks ...doc.Block) { paper.Body = append(paper.Body, blocks...) }
	section := func(key string) { add(doc.Heading(doc.Section, vietnamese.T("relay.paper."+key))) }
	section("what")
	if a := p.Announcement; a.Number != "" {
		add(say("relay.paper.notice", "number", Symbolled(a.Number, "TB-UBND"), "date", vietnamese.Date(a.Dated.Time())))
	}
	add(lines(p.Announcement.Body)...)
	if len(d.Programme) > 0 {
		section("programme")
		steps := d.StepTimes()
		for i, s := range steps {
			end := ";"
			if i == len(steps)-1 {
				end = "."
			}
			add(doc.Item(clock(s.At) + ": " + strings.TrimRight(s.Title, ".; ") + end))
		}
	}
	section("script")
	add(aloud(p.Script, 14)...)
	section("do")
	tell := "tell"
	if !p.Due.IsZero() {
		tell = "tell_by"
	}
	for _, key := range []string{tell, "post", "slips", "report"} {
		add(doc.Item(vietnamese.T("relay.paper.do."+key, "due", p.Due.Words(), "authority", h.Authority.Name)))
	}
	section("rules")
	add(lines(p.Rules)...)
	section("done")
	add(p.done())
	paper.Signers = []doc.Signer{{Title: vietnamese.T("document.village_pack.signs")}}
	return paper
}

// done is the table in which the head notes what was done.
func (p VillagePack) done() doc.Table {
	t := doc.Table{
		Caption: vietnamese.T("relay.paper.done"), Columns: []float64{44, 34, 54, 28}, High: 11, Head: []doc.Row{{}},
	}
	for _, key := range []string{"thing", "when", "how", "sign"} {
		t.Head[0] = append(t.Head[0], doc.Cells(vietnamese.T("relay.paper.done."+key))...)
	}
	for _, key := range []string{"told", "posted", "given"} {
		row := doc.Cells(vietnamese.T("relay.paper.done."+key), "", "", "")
		row[0].Label = true
		t.Rows = append(t.Rows, row)
	}
	return t
}
