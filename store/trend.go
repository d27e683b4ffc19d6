package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// DialogueTrend is how a dialogue went, in the figures that are set beside those of others.
type DialogueTrend struct {
	Dialogue    doithoai.Dialogue // without its programme
	InPerson    bool              // who was to preside did so from the beginning to the end
	Received    int
	Timely, Due int // answers that were to be there by now, and of these those in time: [report.Book.Timely]
	Satisfied   doithoai.SurveyIndex
	Surveyed    bool // enough people said how satisfied they were
}

// DialogueTrends are the last dialogues that are over, the latest first, at most limit of them.
func (db *DB) DialogueTrends(ctx context.Context, actor doithoai.Actor, limit int) (all []DialogueTrend, err error) {
	if err := may(actor, doithoai.ActSeeBoard); err != nil {
		return nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		held, err := list(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
			FROM dialogue
			WHERE authority_id = $1 AND closed_at IS NOT NULL
			ORDER BY starts_at DESC LIMIT $2`, actor.AuthorityID, limit)
		if err != nil {
			return err
		}
		for _, d := range held {
			t, err := trendOf(ctx, q, d, db.Now().Date())
			if err != nil {
				return err
			}
			all = append(all, t)
		}
		return nil
	})
	return all, err
}

func trendOf(ctx context.Context, q querier, d doithoai.Dialogue, today calendar.Date) (t DialogueTrend, err error) {
	t.Dialogue = d
	presided, err := presidingOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return t, err
	}
	of := report.Dialogue{Chair: d.Chair}
	for _, p := range presided {
		of.Presided = append(of.Presided, p.Name)
	}
	t.InPerson = of.InPerson()
	var b report.Book // with no more than its figures ask
	if b.Matters, _, err = publicMatters(ctx, q, d, today); err != nil {
		return t, err
	}
	if b.Denounced, err = denouncedOf(ctx, q, d); err != nil {
		return t, err
	}
	t.Received = b.Received()
	t.Timely, t.Due = b.Timely()
	survey, err := surveyResultOf(ctx, q, d.AuthorityID, doithoai.DialogueSurvey(d.ID), today)
	if err != nil {
		return t, err
	}
	t.Satisfied, t.Surveyed = survey.Overall()
	return t, nil
}
