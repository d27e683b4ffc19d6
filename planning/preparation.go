package planning

import (
	"strings"

	"doithoai"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/ui"
)

// preparation is the letter to the units that have questions to prepare. What is about conduct goes to the office
// alone, and stands in it in neutral words: all units read the letter.
func (s *site) preparation(r *web.Request) (printed, error) {
	base, err := s.ofDialogue(r)
	if err != nil {
		return printed{}, err
	}
	p := base.printed(r.T("prepare.letter.title"), web.PreparationPart, "giao-chuan-bi-tra-loi")
	p.About, p.None = r.T("prepare.letter.about"), r.T("prepare.letter.none")
	p.Back = ui.BackLink{Text: r.T("prepare.questions.title"), Href: questionsPath(base.Dialogue.ID)}
	rows, _, err := s.db.Questions(r.Context(), r.Actor(), base.Dialogue.ID)
	if err != nil {
		return p, err
	}
	c, err := s.composer(r, base.Dialogue)
	if err != nil {
		return p, err
	}
	head, err := s.head(r, base.Dialogue)
	if err != nil {
		return p, err
	}
	if p.Number, err = s.number(r, p.At, base.Dialogue, doithoai.DocumentPreparation, 0); err != nil {
		return p, err
	}
	units, err := s.db.Units(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	letter := docform.Preparation{Dialogue: base.Dialogue, Office: c.Office.Name}
	if c.Plan != nil {
		letter.Basis = c.planned()
	}
	for _, u := range units {
		of := docform.PreparationUnit{Name: u.Name}
		for _, row := range rows {
			if row.Question == nil || row.Question.UnitID != u.ID || row.Question.State == plan.QuestionReturned {
				continue
			}
			q := docform.PreparationQuestion{
				Number: string(row.Opinion.Number), Content: strings.TrimSpace(row.Opinion.Content), Village: row.Village,
				Field: c.Rules.FieldName(row.Opinion.FieldCode), Due: row.Question.Due, Note: row.Question.Note,
			}
			if row.Conduct {
				q.Content, q.Note = vietnamese.T("conclusion.paper.conduct"), ""
				if row.Opinion.Summary != "" {
					q.Content = row.Opinion.Summary
				}
			}
			of.Questions = append(of.Questions, q)
		}
		if len(of.Questions) > 0 {
			letter.Units = append(letter.Units, of)
		}
	}
	if len(letter.Units) > 0 {
		head.To = []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("document.archive")}
		p.Papers = append(p.Papers, letter.Letter(head.Numbered(p.Number.Printed())))
	}
	p.Number.There = len(p.Papers) > 0
	return p, nil
}

// asksUnits reports whether the officer asks units to prepare answers of a dialogue.
func (p questionsPage) asksUnits(g questionGroup) bool {
	if !doithoai.MayEver(p.Actor(), doithoai.ActTriageQuestion) {
		return false
	}
	for _, row := range g.Rows {
		if row.Question != nil && row.Question.State != plan.QuestionReturned {
			return true
		}
	}
	return false
}
