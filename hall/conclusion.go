package hall

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// vietnamese is the language of official papers, whoever reads them.
var vietnamese = text.For("vi")

func civil(i calendar.Instant) time.Time { return calendar.Civil(i) }

// numberLine is the number of a paper as its head has it; room for it where it has none.
func numberLine(n docfile.Number) string {
	number, symbol := doithoai.SplitNumber(n.Printed().Number)
	return doc.Doc{Number: number, Symbol: cmp.Or(symbol, n.Kind.Symbol())}.NumberLine()
}

// opening says when, where, who presided, how many were there where reception noted it, how many were heard.
func (p *conclusionPage) opening() string {
	d := p.Dialogue
	people := ""
	if n := p.Heads.Present(); n > 0 {
		people = vietnamese.T("conclusion.paper.people", "people", n)
	}
	return vietnamese.T("conclusion.paper.opening", "date", vietnamese.Date(civil(d.StartsAt)), "venue", d.Venue,
		"chair", text.LowerFirst(p.presides()), "title", text.LowerFirst(d.Title), "people", people,
		"opinions", p.Tally.Received())
}

// presides is who did at the end.
func (p *conclusionPage) presides() string {
	if n := len(p.Presiding); n > 0 {
		return p.Presiding[n-1].Name
	}
	return p.Dialogue.Chair
}

// lines are the chair's words, or the room for them.
func (p *conclusionPage) lines() (all []string) {
	for line := range strings.SplitSeq(p.Kept.Body, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	if len(all) == 0 {
		all = []string{"…"}
	}
	return all
}

// cells are a row of the table. It is for everybody: an opinion on how officials serve stands in neutral words, unless
// somebody wrote a summary.
func (p *conclusionPage) cells(n int, o plan.MinutesOpinion) []string {
	matter := o.Opinion.Summary
	switch {
	case matter != "":
	case o.Conduct:
		matter = vietnamese.T("conclusion.paper.conduct")
	default:
		matter = text.Headline(o.Opinion.Headline, o.Opinion.Content)
	}
	unit := o.Unit
	if unit == "" {
		unit = vietnamese.T("minutes.text.led_by_chair")
	}
	due := "…"
	if !o.Ruled.Due.IsZero() {
		due = vietnamese.Date(o.Ruled.Due.Time())
	}
	ways := make([]string, len(o.Ways))
	for i, w := range o.Ways {
		ways[i] = vietnamese.T("slip.way_name." + string(w))
	}
	if len(ways) == 0 {
		ways = []string{vietnamese.T("conclusion.paper.in_writing")}
	}
	outcome := doithoai.Tallied{Ruling: o.Opinion.Ruling, Unheard: o.Opinion.Unheard}.Outcome()
	return []string{
		strconv.Itoa(n), matter + " (" + string(o.Opinion.Number) + ")", o.Village, unit, strings.Join(o.With, ", "),
		vietnamese.T("tally.outcome." + plan.OutcomeKey(outcome)), due, strings.Join(ways, ", "),
	}
}

// asDocument is the notice of the conclusion to be issued.
func (p *conclusionPage) asDocument() doc.Doc {
	here, above := p.assigned()
	c := docform.Concluded{
		Title: text.LowerFirst(p.Dialogue.Title), Opening: p.opening(), Words: strings.Join(p.lines(), "\n"),
		Here: p.rowsOf(here), Above: p.rowsOf(above),
	}
	for i, t := range p.Concluded {
		c.Given = append(c.Given, []string{strconv.Itoa(i + 1), t.What, t.Unit, vietnamese.Date(t.Due.Time())})
	}
	h := docform.Head{
		Authority: p.MinutesFacts.Authority,
		To:        docform.Punctuated(strings.Split(vietnamese.T("conclusion.paper.to"), "|")),
	}
	h.Signer = docform.ChairSigner(p.Signatory, p.presides())
	return p.Number.Replacing(c.Notice(h.Numbered(p.Number.Printed())))[0]
}

func (p *conclusionPage) rowsOf(all []plan.MinutesOpinion) (rows [][]string) {
	for i, o := range all {
		rows = append(rows, p.cells(i+1, o))
	}
	return rows
}

// conclusionFile answers GET /hoi-truong/{dialogue}/ket-luan.docx and .pdf.
func (s *site) conclusionFile(r *web.Request) error {
	p, err := s.loadConclusion(r)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, "ket-luan-"+p.Dialogue.Slug, p.Paper)
}

// minutesFile answers GET /hoi-truong/{dialogue}/bien-ban.docx and .pdf.
func (s *site) minutesFile(r *web.Request) error {
	p, err := s.loadMinutes(r)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, "bien-ban-"+p.Dialogue.Slug, p.asDocument())
}

// asDocument is the minutes as their paper.
func (p *minutesPage) asDocument() doc.Doc {
	body, read := p.Shown(), ""
	if !p.Minutes.ReadBack.At.IsZero() {
		read = p.readWords()
	}
	head := docform.Head{Authority: p.Authority}
	head.Authority.FullName = body.Authority // as it was called on that day
	return p.Number.Replacing(docform.Minutes(head.Numbered(p.Number.Printed()), body, read))[0]
}
