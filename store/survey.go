package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

const surveyFormColumns = `kind, number, valid_from, scale, source, house, screening`

func scanSurveyForm(r row) (f doithoai.SurveyForm, err error) {
	err = r.Scan(&f.Kind, &f.Number, &f.From, &f.Scale, &f.Source, &f.House, &f.Screening)
	return f, err
}

// addSurveyForms gives an authority the forms that surveys ask by, until it lays down its own.
func (tx *Tx) addSurveyForms(ctx context.Context, authority doithoai.ID) error {
	forms, err := readDefault("survey_forms.json", doithoai.ParseSurveyForms)
	if err != nil {
		return err
	}
	for _, f := range forms {
		if err := tx.insertSurveyForm(ctx, authority, f); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) insertSurveyForm(ctx context.Context, authority doithoai.ID, f doithoai.SurveyForm) error {
	if err := conflictIfThere(tx.exec(ctx, `INSERT INTO survey_form (authority_id, `+surveyFormColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		authority, f.Kind, f.Number, f.From, f.Scale, f.Source, f.House, f.Screening)); err != nil {
		return err
	}
	rows := newRows(6)
	for i, q := range f.Questions {
		rows.add(authority, f.Kind, f.Number, i+1, q.Text, q.Short)
	}
	return rows.insert(ctx, tx, `survey_question (authority_id, kind, form, ordinal, text, short)`)
}

// surveyForms are the newest forms of a kind, the last first, with their questions.
func surveyForms(
	ctx context.Context, q querier, authority doithoai.ID, kind doithoai.SurveyKind,
) ([]doithoai.SurveyForm, error) {
	all, err := list(ctx, q, scanSurveyForm, `SELECT `+surveyFormColumns+`
		FROM survey_form
		WHERE authority_id = $1 AND kind = $2
		ORDER BY number DESC LIMIT $3`, authority, kind, doithoai.MaxSurveyForms)
	for i := range all {
		if all[i].Questions, err = surveyQuestions(ctx, q, authority, all[i]); err != nil {
			return nil, err
		}
	}
	return all, err
}

func surveyQuestions(
	ctx context.Context, q querier, authority doithoai.ID, f doithoai.SurveyForm,
) ([]doithoai.SurveyQuestion, error) {
	return list(ctx, q, func(r row) (q doithoai.SurveyQuestion, err error) {
		err = r.Scan(&q.Text, &q.Short)
		return q, err
	}, `SELECT text, short
		FROM survey_question
		WHERE authority_id = $1 AND kind = $2 AND form = $3
		ORDER BY ordinal LIMIT $4`, authority, f.Kind, f.Number, doithoai.MaxSurveyQuestions)
}

// surveyFormOn is the form in force for surveys of a kind on a day: of those that began, the last that was laid down.
func surveyFormOn(
	ctx context.Context, q querier, authority doithoai.ID, kind doithoai.SurveyKind, on calendar.Date,
) (doithoai.SurveyForm, error) {
	f, err := one(ctx, q, scanSurveyForm, `SELECT `+surveyFormColumns+`
		FROM survey_form
		WHERE authority_id = $1 AND kind = $2 AND valid_from <= $3
		ORDER BY valid_from DESC, number DESC LIMIT 1`, authority, kind, on)
	if err != nil {
		return f, err
	}
	f.Questions, err = surveyQuestions(ctx, q, authority, f)
	return f, err
}

// surveyWork is a survey with its form and, of a dialogue, the dialogue.
type surveyWork struct {
	survey   doithoai.Survey
	form     doithoai.SurveyForm
	dialogue doithoai.Dialogue
}

// openSurvey finds a survey of an authority: a dialogue's asks by the form of its day, a quarter's by that of its
// first.
func openSurvey(
	ctx context.Context, q querier, authority doithoai.ID, s doithoai.Survey, lock string,
) (w surveyWork, err error) {
	on := s.Quarter
	switch {
	case s.Kind == doithoai.SurveyDialogue:
		if w.dialogue, err = dialogueOf(ctx, q, authority, s.Dialogue, lock); err != nil {
			return w, err
		}
		on = w.dialogue.StartsAt.Date()
	case s != doithoai.QuarterSurvey(s.Kind, s.Quarter):
		return w, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	w.survey = s
	w.form, err = surveyFormOn(ctx, q, authority, s.Kind, on)
	return w, err
}

// takes refuses what people say in a survey that has not begun or has ended.
func (w surveyWork) takes(rules doithoai.Parameters, on calendar.Date) error {
	if w.survey.Kind == doithoai.SurveyDialogue {
		return w.dialogue.TakesSurvey(rules, on)
	}
	switch {
	case on.Before(w.survey.Quarter):
		return doithoai.Refuse(doithoai.Conflict, "survey.problem.not_yet")
	case on.After(w.survey.Ends()):
		return doithoai.Refuse(doithoai.Conflict, "survey.problem.ended")
	}
	return nil
}

// SurveyFormOf is what a survey asks.
func (db *DB) SurveyFormOf(
	ctx context.Context, authority doithoai.ID, s doithoai.Survey,
) (doithoai.SurveyForm, error) {
	w, err := openSurvey(ctx, db.reader(), authority, s, "")
	return w.form, err
}

// SurveyForms lists what surveys of a kind ask, and asked, the newest first.
func (db *DB) SurveyForms(
	ctx context.Context, authority doithoai.ID, kind doithoai.SurveyKind,
) ([]doithoai.SurveyForm, error) {
	return surveyForms(ctx, db.reader(), authority, kind)
}

// AnswerSurvey takes what somebody says in the survey of a dialogue, from its end for the days of a rule, or in that of
// procedures of the quarter. key is of what only their telephone or browser keeps: the same key speaks once, and its
// second word replaces the first. Nothing is kept of when, or of who.
func (db *DB) AnswerSurvey(
	ctx context.Context, actor doithoai.Actor, s doithoai.Survey, key doithoai.SurveyKey, slip doithoai.SurveySlip,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActAnswerSurvey); err != nil {
			return err
		}
		w, err := openSurvey(ctx, tx, actor.AuthorityID, s, "")
		if err != nil {
			return err
		}
		rules, err := loadParameters(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		if err := w.takes(rules, tx.Now.Date()); err != nil {
			return err
		}
		return tx.keepSurveySlip(ctx, actor.AuthorityID, w, key, slip)
	})
}

func (tx *Tx) keepSurveySlip(
	ctx context.Context, authority doithoai.ID, w surveyWork, key doithoai.SurveyKey, slip doithoai.SurveySlip,
) error {
	if err := doithoai.RefuseForm(slip.Problems(w.form)); err != nil {
		return err
	}
	if w.survey.Kind == doithoai.SurveyDialogue {
		tx.touch("dialogue/" + string(w.survey.Dialogue))
	}
	return tx.exec(ctx, `INSERT INTO survey_slip (authority_id, kind, subject, key_hash, form, answers, comment)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (authority_id, kind, subject, key_hash)
			DO UPDATE SET answers = excluded.answers, comment = excluded.comment`,
		authority, w.survey.Kind, w.survey.Subject(), key[:], w.form.Number, slip.Digits(w.form), slip.Comment)
}

// SurveySlip is what a key has said in a survey; NotFound where it has said nothing.
func (db *DB) SurveySlip(
	ctx context.Context, authority doithoai.ID, s doithoai.Survey, key doithoai.SurveyKey,
) (doithoai.SurveySlip, error) {
	return one(ctx, db.reader(), scanSurveySlip, `SELECT answers, comment
		FROM survey_slip
		WHERE authority_id = $1 AND kind = $2 AND subject = $3 AND key_hash = $4`,
		authority, s.Kind, s.Subject(), key[:])
}

func scanSurveySlip(r row) (s doithoai.SurveySlip, err error) {
	var digits string
	err = r.Scan(&digits, &s.Comment)
	s.Answers = doithoai.ParseSurveyDigits(digits)
	return s, err
}

// SurveyResult counts what was said in a survey, on paper and by telephone, for the authority's staff. Of a dialogue
// that was not closed, it is empty.
func (db *DB) SurveyResult(
	ctx context.Context, actor doithoai.Actor, s doithoai.Survey,
) (doithoai.SurveyResult, error) {
	if err := may(actor, doithoai.ActSeeSurvey); err != nil {
		return doithoai.SurveyResult{}, err
	}
	return db.surveyResult(ctx, actor.AuthorityID, s)
}

// PublicSurveyResult counts as SurveyResult does, once the survey has ended: who watched the numbers while slips come
// in could tell what each one says. Before, it is refused as a Conflict, and so it is of a dialogue that people don't
// know of.
func (db *DB) PublicSurveyResult(
	ctx context.Context, authority doithoai.ID, s doithoai.Survey,
) (doithoai.SurveyResult, error) {
	r, err := db.surveyResult(ctx, authority, s)
	if err == nil && (r.Until.IsZero() || !db.Now().Date().After(r.Until)) {
		return doithoai.SurveyResult{Survey: s, Form: r.Form, Until: r.Until},
			doithoai.Refuse(doithoai.Conflict, "survey.problem.not_ended")
	}
	return r, err
}

func (db *DB) surveyResult(
	ctx context.Context, authority doithoai.ID, s doithoai.Survey,
) (r doithoai.SurveyResult, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		r, err = surveyResultOf(ctx, q, authority, s, db.Now().Date())
		return err
	})
	return r, err
}

// surveyResultOf is everything that was said in a survey, on a day.
func surveyResultOf(
	ctx context.Context, q querier, authority doithoai.ID, s doithoai.Survey, on calendar.Date,
) (r doithoai.SurveyResult, err error) {
	r, w, err := surveyCounted(ctx, q, authority, s)
	if err != nil {
		return r, err
	}
	rules, err := loadParameters(ctx, q, authority)
	if err != nil {
		return r, err
	}
	if s.Kind == doithoai.SurveyDialogue {
		on = w.dialogue.StartsAt.Date()
		r.Until, _ = w.dialogue.SurveyUntil(rules)
	} else {
		r.Until = s.Ends()
	}
	if small, ok := rules.At("survey.small", on); ok {
		r.Warn, err = small.Int()
	}
	return r, err
}

// surveyCounted is what was said in a survey, without what rules say of it: until when it is open, and how few are few.
func surveyCounted(
	ctx context.Context, q querier, authority doithoai.ID, s doithoai.Survey,
) (r doithoai.SurveyResult, w surveyWork, err error) {
	if w, err = openSurvey(ctx, q, authority, s, ""); err != nil {
		return r, w, err
	}
	groups, err := surveyGroups(ctx, q, authority, w)
	return doithoai.NewSurveyResult(s, w.form, groups), w, err
}

// surveyGroups counts what came in by each way, by villages.
func surveyGroups(
	ctx context.Context, q querier, authority doithoai.ID, w surveyWork,
) (all []doithoai.SurveyGroup, err error) {
	of := []any{authority, w.survey.Kind, w.survey.Subject()}
	digital := doithoai.SurveyGroup{Origin: doithoai.OriginDigital, Counts: w.form.NoCounts()}
	if digital.Valid, err = one(ctx, q, column[int], `SELECT count(*)
		FROM survey_slip
		WHERE authority_id = $1 AND kind = $2 AND subject = $3`, of...); err != nil {
		return nil, err
	}
	digital.Returned = digital.Valid
	if digital.Valid > 0 {
		all = append(all, digital)
	}
	stacks, err := list(ctx, q, func(r row) (g doithoai.SurveyGroup, err error) {
		err = r.Scan(&g.Origin, &g.Village, &g.Name, &g.Issued, &g.Returned, &g.Invalid, &g.Valid)
		g.Counts = w.form.NoCounts()
		return g, err
	}, `SELECT s.origin, s.village_id, coalesce(v.name, ''), sum(s.issued), sum(s.returned), sum(s.invalid),
			sum(CASE WHEN s.origin = 'tally' THEN s.returned - s.invalid ELSE s.typed END)
		FROM survey_stack s
		LEFT JOIN village v ON v.id = s.village_id
		WHERE s.authority_id = $1 AND s.kind = $2 AND s.subject = $3
		GROUP BY s.origin, s.village_id, v.name
		ORDER BY s.origin, v.name, s.village_id`, of...)
	if err != nil {
		return nil, err
	}
	all = append(all, stacks...)
	add := func(origin doithoai.SurveyOrigin, village doithoai.ID, question, level, n int) {
		for i := range all {
			if g := &all[i]; g.Origin == origin && g.Village == village && level > 0 {
				g.Counts[question][level-1] += n
			}
		}
	}
	type given struct {
		origin          doithoai.SurveyOrigin
		village         doithoai.ID
		answers         string // a digit for each question
		question, level int    // of a tally
		n               int
	}
	said, err := list(ctx, q, func(r row) (g given, err error) {
		err = r.Scan(&g.origin, &g.village, &g.answers, &g.n)
		return g, err
	}, `SELECT 'digital', NULL, answers, count(*)
		FROM survey_slip
		WHERE authority_id = $1 AND kind = $2 AND subject = $3
		GROUP BY answers
		UNION ALL
		SELECT 'paper', CAST(s.village_id AS text), p.answers, count(*)
		FROM survey_stack s
		JOIN survey_paper p ON p.stack_id = s.id
		WHERE s.authority_id = $1 AND s.kind = $2 AND s.subject = $3
		GROUP BY s.village_id, p.answers`, of...)
	if err != nil {
		return nil, err
	}
	for _, g := range said {
		for question, digit := range []byte(g.answers) {
			add(g.origin, g.village, question, int(digit-'0'), g.n)
		}
	}
	tallied, err := list(ctx, q, func(r row) (g given, err error) {
		err = r.Scan(&g.village, &g.question, &g.level, &g.n)
		return g, err
	}, `SELECT s.village_id, t.question, t.level, sum(t.given)
		FROM survey_stack s
		JOIN survey_tally t ON t.stack_id = s.id
		WHERE s.authority_id = $1 AND s.kind = $2 AND s.subject = $3
		GROUP BY s.village_id, t.question, t.level`, of...)
	for _, g := range tallied {
		add(doithoai.OriginTally, g.village, g.question-1, g.level, g.n)
	}
	return all, err
}

// SetSurveyForm lays down what surveys of a kind ask from a day on, tomorrow at the earliest. version is the number of
// the newest form as the actor saw it. What was asked before stays as it was, with what was said to it.
func (db *DB) SetSurveyForm(
	ctx context.Context, actor doithoai.Actor, version int, f doithoai.SurveyForm,
) (doithoai.SurveyForm, error) {
	err := db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActSetSurveyForm); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		last, err := one(ctx, tx, column[int], `SELECT coalesce(max(number), 0)
			FROM survey_form
			WHERE authority_id = $1 AND kind = $2`, actor.AuthorityID, f.Kind)
		if err != nil {
			return err
		}
		if err := sameVersion(last, version); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(f.Problems(tx.Now.Date())); err != nil {
			return err
		}
		if last >= doithoai.MaxSurveyForms {
			return doithoai.Refuse(doithoai.Conflict, "survey.problem.many_forms")
		}
		f.Number, f.House = last+1, false
		if err := tx.insertSurveyForm(ctx, actor.AuthorityID, f); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActSetSurveyForm, string(f.Kind), "", f.From.String()+" "+f.Source)
	})
	return f, err
}
