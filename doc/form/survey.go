package form

import (
	"strconv"

	"doithoai"
	"doithoai/doc"
)

// SurveySlip is the slip of paper of a survey: no name, no number, a box for each level of each question. d is the
// dialogue that is surveyed, the zero one for a survey of a quarter; link is where the same is asked, empty where the
// site can't be reached.
func SurveySlip(h Head, d doithoai.Dialogue, f doithoai.SurveyForm, link string) doc.Doc {
	paper := h.working("survey.paper.type", d)
	paper.Abstract = ""
	if d.ID == "" {
		paper.Body = append(paper.Body, middle(vietnamese.T("survey.paper."+string(f.Kind)), true))
	} else {
		paper.Body = append(paper.Body, middle(d.Title, true),
			middle(vietnamese.Date(d.StartsAt.Date().Time())+", "+d.Venue, false))
	}
	paper.Body = append(paper.Body, said("survey.paper.about", 14))
	if f.Screening != "" {
		paper.Body = append(paper.Body, doc.Paragraph{Align: doc.Left, Flush: true, Size: 14, Runs: []doc.Run{{
			Text: f.Screening + "   ☐\u00a0" + vietnamese.T("survey.screening.yes") + "   ☐\u00a0" +
				vietnamese.T("survey.screening.no") + " " + vietnamese.T("survey.paper.stop"),
		}}})
	}
	const question = 82.0
	width := (165 - question) / float64(f.Scale)
	t := doc.Table{
		Caption: vietnamese.T("survey.paper.type"), Columns: []float64{question}, High: 16, Size: 14,
		Head: []doc.Row{doc.Cells(vietnamese.T("survey.result.question"))},
	}
	for v := range f.Scale {
		t.Columns = append(t.Columns, width)
		level := doc.Cells(vietnamese.T("survey.level." + strconv.Itoa(f.Scale) + "." + strconv.Itoa(v+1)))
		t.Head[0] = append(t.Head[0], level...)
	}
	for i, q := range f.Questions {
		row := doc.Cells(strconv.Itoa(i+1) + ". " + q.Text)
		row[0].Middle = true
		for range f.Scale {
			row = append(row, doc.Cell{Align: doc.Center, Middle: true, Blocks: []doc.Block{doc.Paragraph{
				Align: doc.Center, Flush: true, Size: 22, Runs: []doc.Run{{Text: "☐"}},
			}}})
		}
		t.Rows = append(t.Rows, row)
	}
	paper.Body = append(paper.Body, t,
		doc.FillIn{Label: vietnamese.T("survey.paper.comment"), Lines: 3, High: 10},
		said("survey.paper.back", 13))
	if link != "" {
		paper.Body = append(paper.Body, small(vietnamese.T("survey.paper.link", "link", link)))
	}
	return paper
}

// middle is a line in the middle.
func middle(s string, bold bool) doc.Paragraph {
	return doc.Paragraph{Align: doc.Center, Size: 14, Runs: []doc.Run{{Text: s, Bold: bold}}}
}

// said is a sentence from the margin.
func said(key string, size float64) doc.Paragraph {
	return doc.Paragraph{Align: doc.Left, Flush: true, Size: size, Runs: []doc.Run{{Text: vietnamese.T(key)}}}
}
