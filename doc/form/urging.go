package form

import (
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Urged is what a unit is urged to do: matters that are nearly due, due or late. Nobody who raised one is named.
type Urged struct {
	Unit    string
	On      calendar.Date // the day of which it tells
	Matters []UrgedMatter
	More    bool   // there are others
	By      string // until when the unit is to report
}

// UrgedMatter is one of them.
type UrgedMatter struct {
	Code, Matter string
	Due          calendar.Date
	How          string // "quá hạn 3 ngày"
	Before       int    // how often it was urged
}

// Letter is the letter that urges the unit (công văn đôn đốc).
func (u Urged) Letter(h Head) doc.Doc {
	paper := h.document(doc.Letter, "UBND-VP")
	paper.Form = string(doithoai.PaperUrging)
	paper.Abstract = vietnamese.T("urging.letter.subject", "count", counted(len(u.Matters)))
	paper.To = []string{u.Unit}
	table := listOf("urging.letter.column.", vietnamese.T("urging.letter.matters"), []float64{12, 27, 50, 25, 30, 19},
		"ordinal", "number", "matter", "due", "how", "before")
	for i, m := range u.Matters {
		row := doc.Cells(strconv.Itoa(i+1), m.Code, m.Matter, vietnamese.Date(m.Due.Time()), m.How,
			strconv.Itoa(m.Before))
		for _, n := range []int{0, 3, 5} {
			row[n].Align = doc.Center
		}
		table.Rows = append(table.Rows, row)
	}
	paper.Body = []doc.Block{keep(say("urging.letter.intro", "authority", h.Authority.FullName,
		"date", u.On.Words())), table}
	if u.More {
		paper.Body = append(paper.Body, say("urging.letter.more"))
	}
	paper.Body = append(paper.Body, say("urging.proposed_many", "by", u.By), say("urging.letter.ends"))
	return paper
}
