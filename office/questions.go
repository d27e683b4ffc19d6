package office

import (
	"doithoai"
	"doithoai/plan"
	"doithoai/web"
)

// Turns of registered questions, whose answers are prepared on pages of their own.
const (
	turnPrepare = "prepare"
	turnTriage  = "triage"
)

// questionTasks are the registered questions of coming dialogues that wait for the officer: an answer to draft in a
// unit of theirs; for who gives questions to units, one task a dialogue with those that no unit has, or that came
// back.
func (s *site) questionTasks(r *web.Request, l outlook) (tasks []task, more bool, err error) {
	rows, more, err := s.db.QuestionsToPrepare(r.Context(), r.Actor())
	if err != nil {
		return nil, false, err
	}
	for _, row := range rows {
		tasks = append(tasks, task{
			Title: row.Title(), Number: row.Opinion.Number, Act: doithoai.ActPrepareAnswer, Turn: turnPrepare,
			Href: web.QuestionPath(row.Opinion.Number), Unit: row.Preparer, Village: row.Village, Due: row.Question.Due,
		})
	}
	if !doithoai.MayEver(r.Actor(), doithoai.ActTriageQuestion) {
		return tasks, more, nil
	}
	for _, d := range l.dialogues {
		if d.State != doithoai.DialogueAnnounced || d.StartsAt.Before(l.now) {
			continue
		}
		t, err := s.db.QuestionTally(r.Context(), r.Actor(), d.ID)
		if err != nil {
			return nil, false, err
		}
		if n := int(t.Untriaged) + t.Returned; n > 0 {
			due, _ := plan.QuestionDue(l.rules, d, d.Announced.Date())
			tasks = append(tasks, task{
				Title: r.T("prepare.work.triage", "count", n), Turn: turnTriage, Due: due,
				Href: web.WorkspacePath(d.ID) + web.QuestionsPart,
			})
		}
	}
	return tasks, more, nil
}
