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
	Timely, Due int // answers in time, and all that are there or were to be by now: [report.Book.Timely]
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
	if err := t.count(ctx, q, today); err != nil {
		return t, err
	}
	survey, _, err := surveyCounted(ctx, q, d.AuthorityID, doithoai.DialogueSurvey(d.ID))
	if err != nil {
		return t, err
	}
	t.Satisfied, t.Surveyed = survey.Overall()
	return t, nil
}

// count counts the opinions as the report of the dialogue does, by where they stand for lists: its rows are not read.
// Only those whose clock may run, and those that were closed, ask their petitions.
func (t *DialogueTrend) count(ctx context.Context, q querier, today calendar.Date) error {
	c, err := currentCalendar(ctx, q, t.Dialogue.AuthorityID)
	if err != nil {
		return err
	}
	type standing struct {
		stage doithoai.Stage
		p     doithoai.Petition
		n     int
	}
	all, err := list(ctx, q, func(r row) (s standing, err error) {
		var onTime bool
		err = r.Scan(&s.stage, &onTime, &s.p.ID, &s.p.State, &s.p.Due, &s.p.Missed, &s.p.Round, &s.p.RoundMissed, &s.n)
		if s.p.ID == "" {
			s.p.Missed = !onTime
		}
		return s, err
	}, `SELECT o.stage, o.on_time, min(CAST(p.id AS text)), coalesce(p.state, ''), p.due, coalesce(p.missed, false),
			coalesce(p.round, 0), coalesce(p.round_missed, false), count(*)
		FROM opinion o
		LEFT JOIN petition p ON p.id = CASE WHEN o.stage IN ('unruled', 'answered', 'answered_public', 'told',
			'told_public', 'denounced') THEN NULL ELSE o.petition_id END
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND o.joined_to IS NULL
		GROUP BY o.stage, o.on_time, p.state, p.due, p.missed, p.round, p.round_missed
		ORDER BY o.stage LIMIT $3`, t.Dialogue.ID, t.Dialogue.AuthorityID, maxReported)
	for _, s := range all {
		t.Received += s.n
		if s.stage == doithoai.StageDenounced {
			continue
		}
		in := report.TimelinessOf(s.stage, s.p, today, c)
		if in.Timely() {
			t.Timely += s.n
		}
		if in.Due() {
			t.Due += s.n
		}
	}
	return err
}
