package web

import (
	"strconv"

	"doithoai"
	"doithoai/web/ui"
)

// SurveyPath is the public page of the survey on procedures; with a dialogue's path before it, of that dialogue's.
const SurveyPath = "/khao-sat"

// AnswersSurveyPath is the public page of the survey on answers.
const AnswersSurveyPath = SurveyPath + "/tra-loi"

// QuarterSurveyPath is the address of a survey of a kind of a quarter on the public site.
func QuarterSurveyPath(kind doithoai.SurveyKind) string {
	if kind == doithoai.SurveyAnswers {
		return AnswersSurveyPath
	}
	return SurveyPath
}

// PublicSurveyPath is the address of a dialogue's survey on the public site.
func PublicSurveyPath(slug string) string { return PublicDialoguePath(slug) + SurveyPath }

// SurveyFields are the questions of a survey with what was answered.
type SurveyFields struct {
	*Reader
	Form     doithoai.SurveyForm
	Slip     doithoai.SurveySlip
	Only     []int // the indexes of the questions that are asked; nil: all, with their numbers
	Problems Problems
}

// SurveyAnswers reads what was chosen on the fields of a survey.
func (r *Request) SurveyAnswers(f doithoai.SurveyForm) []int {
	answers := make([]int, len(f.Questions))
	for i := range answers {
		v := r.PostForm.Get(doithoai.SurveyField(i))
		n, err := strconv.Atoi(v)
		if err != nil && v != "" {
			n = -1 // no level: the rule refuses it
		}
		answers[i] = n
	}
	return answers
}

func (f SurveyFields) asked() []int {
	if f.Only != nil {
		return f.Only
	}
	all := make([]int, len(f.Form.Questions))
	for i := range all {
		all[i] = i
	}
	return all
}

func (f SurveyFields) legend(i int) string {
	if f.Only != nil {
		return f.Form.Questions[i].Text
	}
	return strconv.Itoa(i+1) + ". " + f.Form.Questions[i].Text
}

func (f SurveyFields) chosen(i, level int) bool {
	return i < len(f.Slip.Answers) && f.Slip.Answers[i] == level
}

// levelID is the id of a level: the first has the field's, so that problems lead to it.
func levelID(question, level int) string {
	if level == 1 {
		return doithoai.SurveyField(question)
	}
	return doithoai.SurveyField(question) + "-" + strconv.Itoa(level)
}

// SurveyLevel is the name of a level of a scale.
func (r *Reader) SurveyLevel(scale, level int) string {
	return r.T("survey.level." + strconv.Itoa(scale) + "." + strconv.Itoa(level))
}

// SurveyIndex is an index as it is published: "78,95 %".
func (r *Reader) SurveyIndex(x doithoai.SurveyIndex) string {
	p, ok := x.Percent()
	if !ok {
		return "–"
	}
	return r.Text.Decimal(p, 2) + " %"
}

// SurveyQuarter names the quarter of a survey: "quý IV năm 2026".
func (r *Reader) SurveyQuarter(s doithoai.Survey) string {
	roman := [...]string{"I", "II", "III", "IV"}[(s.Quarter.Month-1)/3]
	return r.T("survey.quarter", "quarter", roman, "year", s.Quarter.Year)
}

// SurveyBars show how often each level was given to a question, from the best, with bars from zero.
type SurveyBars struct {
	*Reader
	Form   doithoai.SurveyForm
	Counts []int // from the worst level
}

// bar is one line.
type bar struct {
	Text  string
	Count int
	Width string // of all who answered, in per cent
}

func (b SurveyBars) lines() (lines []bar) {
	all := 0
	for _, n := range b.Counts {
		all += n
	}
	for v := len(b.Counts); v > 0; v-- {
		n := b.Counts[v-1]
		lines = append(lines, bar{
			b.SurveyLevel(b.Form.Scale, v), n, strconv.FormatFloat(100*float64(n)/float64(max(all, 1)), 'f', 2, 64) + "%",
		})
	}
	return lines
}

// SurveyTable is the result question by question.
type SurveyTable struct {
	*Reader
	Result doithoai.SurveyResult
}

func (t SurveyTable) table() ui.Table {
	f, total := t.Result.Form, t.Result.Total()
	head := []ui.Cell{{Text: t.T("survey.result.question")}}
	for v := f.Scale; v > 0; v-- {
		head = append(head, ui.Cell{Text: t.SurveyLevel(f.Scale, v), Numeric: true})
	}
	head = append(head, ui.Cell{Text: t.T("survey.result.answers"), Numeric: true},
		ui.Cell{Text: t.T("survey.result.index"), Numeric: true})
	var rows [][]ui.Cell
	for q := range f.Questions {
		row := []ui.Cell{{Rich: vietnamese(strconv.Itoa(q+1) + ". " + f.Questions[q].Text)}}
		if !t.Result.ShowsQuestion(q) {
			row = append(row, ui.Cell{Text: t.T("survey.result.too_few"), Colspan: f.Scale + 2})
		} else {
			for v := f.Scale; v > 0; v-- {
				row = append(row, t.number(head[f.Scale-v+1], total.Counts[q][v-1]))
			}
			row = append(row, t.number(head[f.Scale+1], total.Answers(q)),
				ui.Cell{Text: t.SurveyIndex(total.Index(q)), Numeric: true, Attrs: ui.Attrs{"data-label": head[f.Scale+2].Text}})
		}
		rows = append(rows, row)
	}
	return ui.Table{
		Caption: t.T("survey.result.by_question"), CaptionClasses: "govuk-visually-hidden", Head: head, Rows: rows,
		FirstCellIsHeader: true, Classes: "dt-fold",
	}
}

func (t SurveyTable) number(head ui.Cell, n int) ui.Cell {
	return ui.Cell{Text: t.Text.Number(n), Numeric: true, Attrs: ui.Attrs{"data-label": head.Text}}
}

// SurveySplit is a split of the result: how many slips came by each way, or of each village, and the index of each.
type SurveySplit struct {
	*Reader
	Result  doithoai.SurveyResult
	Parts   []doithoai.SurveyGroup
	Caption string
	Name    func(doithoai.SurveyGroup) string
}

func (t SurveySplit) table() ui.Table {
	head := []ui.Cell{{Text: t.Caption}}
	for _, key := range []string{"issued", "returned", "invalid", "valid", "index"} {
		head = append(head, ui.Cell{Text: t.T("survey.result." + key), Numeric: true})
	}
	q := t.Result.Form.Overall()
	shows := t.Result.ShowsQuestion(q) && doithoai.ShowsSplit(t.Parts, q)
	var rows [][]ui.Cell
	add := func(name string, g doithoai.SurveyGroup) {
		issued, index := "–", "–"
		if g.Issued >= g.Returned { // else slips without paper are among them
			issued = t.Text.Number(g.Issued)
		}
		if shows {
			index = t.SurveyIndex(g.Index(q))
		}
		row := []ui.Cell{{Text: name}}
		for i, text := range []string{
			issued, t.Text.Number(g.Returned), t.Text.Number(g.Invalid), t.Text.Number(g.Valid), index,
		} {
			row = append(row, ui.Cell{Text: text, Numeric: true, Attrs: ui.Attrs{"data-label": head[i+1].Text}})
		}
		rows = append(rows, row)
	}
	for _, g := range t.Parts {
		add(t.Name(g), g)
	}
	add(t.T("survey.result.total"), t.Result.Total())
	return ui.Table{
		Caption: t.Caption, CaptionClasses: "govuk-visually-hidden", Head: head, Rows: rows, FirstCellIsHeader: true,
		Classes: "dt-fold",
	}
}

// surveySentence says what the index counts, and how many slips there are.
func (r *Reader) surveySentence(result doithoai.SurveyResult) string {
	t := result.Total()
	slips := r.T("survey.result.sum", "returned", t.Returned, "invalid", t.Invalid, "valid", t.Valid)
	x, ok := result.Overall()
	if !ok {
		return slips
	}
	return r.T("survey.result.satisfied",
		"index", r.SurveyIndex(x), "satisfied", x.Satisfied, "count", x.Of) + " " + slips
}

// SurveyOrigin names where a part of the slips came from.
func (r *Reader) SurveyOrigin(g doithoai.SurveyGroup) string {
	return r.T("survey.origin." + string(g.Origin))
}

func (r *Reader) surveyVillage(g doithoai.SurveyGroup) string {
	if g.Name == "" {
		return r.T("survey.no_village")
	}
	return g.Name
}

// SurveyRows are a result as a file has it: what its page shows, and no more. One row for each question and level; then
// those of each origin.
func (r *Reader) SurveyRows(result doithoai.SurveyResult) [][]string {
	f, total := result.Form, result.Total()
	rows := [][]string{{
		r.T("survey.result.origin"), r.T("survey.result.question"), r.T("survey.result.level"), r.T("survey.result.slips"),
		r.T("survey.result.answers"), r.T("survey.result.index"),
	}}
	add := func(name string, g doithoai.SurveyGroup, shows func(int) bool) {
		for q, question := range f.Questions {
			for v := f.Scale; v > 0 && shows(q); v-- {
				rows = append(rows, []string{
					name, strconv.Itoa(q+1) + ". " + question.Text, r.SurveyLevel(f.Scale, v), strconv.Itoa(g.Counts[q][v-1]),
					strconv.Itoa(g.Answers(q)), r.SurveyIndex(g.Index(q)),
				})
			}
		}
	}
	add(r.T("survey.result.total"), total, result.ShowsQuestion)
	parts := result.Origins()
	for _, g := range parts {
		add(r.SurveyOrigin(g), g, func(q int) bool { return result.ShowsQuestion(q) && doithoai.ShowsSplit(parts, q) })
	}
	for _, count := range []struct {
		key string
		n   int
	}{
		{"issued", total.Issued}, {"returned", total.Returned}, {"invalid", total.Invalid}, {"valid", total.Valid},
	} {
		rows = append(rows, []string{r.T("survey.result." + count.key), "", "", strconv.Itoa(count.n), "", ""})
	}
	return rows
}
