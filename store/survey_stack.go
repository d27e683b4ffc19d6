package store

import (
	"context"

	"doithoai"
)

const surveyStackColumns = `id, kind, subject, form, number, origin, village_id, issued, returned, invalid, typed,
	version`

func scanSurveyStack(r row) (s doithoai.SurveyStack, err error) {
	var kind doithoai.SurveyKind
	var subject string
	if err = r.Scan(&s.ID, &kind, &subject, &s.Form, &s.Number, &s.Origin, &s.Village, &s.Issued, &s.Returned, &s.Invalid,
		&s.Typed, &s.Version); err == nil {
		s.Survey, err = doithoai.ParseSurvey(kind, subject)
	}
	return s, err
}

// takesPaper refuses slips of paper of what has not ended, or not begun: of a dialogue that still goes on, of a quarter
// to come.
func (w surveyWork) takesPaper(tx *Tx) error {
	if w.survey.Kind == doithoai.SurveyDialogue && !w.dialogue.State.Over() ||
		w.survey.Kind != doithoai.SurveyDialogue && tx.Now.Date().Before(w.survey.Quarter) {
		return doithoai.Refuse(doithoai.Conflict, "survey.problem.not_yet")
	}
	return nil
}

// OpenSurveyStack begins a stack of paper slips of a survey, which are then typed one by one, or keeps what a village
// counted of one. s has an id of the form's: the form sent twice makes one stack. After an answer, nobody is asked on
// paper.
func (db *DB) OpenSurveyStack(
	ctx context.Context, actor doithoai.Actor, s doithoai.SurveyStack,
) (out doithoai.SurveyStack, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActOpenSurveyStack); err != nil {
			return err
		}
		if err := checkID(s.ID); err != nil {
			return err
		}
		if s.Origin != doithoai.OriginPaper && s.Origin != doithoai.OriginTally {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil { // stacks are numbered one after the other
			return err
		}
		w, err := openSurvey(ctx, tx, actor.AuthorityID, s.Survey, "")
		if err != nil {
			return err
		}
		out, err = surveyStackOf(ctx, tx, actor.AuthorityID, s.ID, "")
		if doithoai.KindOf(err) != doithoai.NotFound { // the form was sent before
			return err
		}
		if err := w.takesPaper(tx); err != nil {
			return err
		}
		out = s
		out.Form, out.Typed, out.Version = w.form.Number, 0, 1
		if err := tx.checkSurveyStack(ctx, actor.AuthorityID, out, w.form); err != nil {
			return err
		}
		return tx.insertSurveyStack(ctx, actor, out, w.form)
	})
	return out, err
}

func (tx *Tx) insertSurveyStack(
	ctx context.Context, actor doithoai.Actor, s doithoai.SurveyStack, f doithoai.SurveyForm,
) error {
	last, err := one(ctx, tx, column[int], `SELECT coalesce(max(number), 0)
		FROM survey_stack
		WHERE authority_id = $1 AND kind = $2 AND subject = $3`, actor.AuthorityID, s.Survey.Kind, s.Survey.Subject())
	if err != nil {
		return err
	}
	if last >= doithoai.MaxSurveyStacks {
		return doithoai.Refuse(doithoai.Conflict, "survey.problem.many_stacks")
	}
	if err := tx.exec(ctx, `INSERT INTO survey_stack (authority_id, `+surveyStackColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 1)`,
		actor.AuthorityID, s.ID, s.Survey.Kind, s.Survey.Subject(), f.Number, last+1, s.Origin, s.Village, s.Issued,
		s.Returned, s.Invalid); err != nil {
		return err
	}
	if err := tx.keepTally(ctx, actor.AuthorityID, s, f); err != nil {
		return err
	}
	tx.touchSurvey(s.Survey)
	return tx.audit(ctx, actor, doithoai.ActOpenSurveyStack, s.Survey.Subject(), "", s.Sums())
}

// touchSurvey tells whose pages show the survey.
func (tx *Tx) touchSurvey(s doithoai.Survey) {
	if s.Kind == doithoai.SurveyDialogue {
		tx.touch("dialogue/" + string(s.Dialogue))
	}
}

// checkSurveyStack refuses counts that can't be, and a village of nobody's.
func (tx *Tx) checkSurveyStack(
	ctx context.Context, authority doithoai.ID, s doithoai.SurveyStack, f doithoai.SurveyForm,
) error {
	list := s.Problems(f)
	if s.Village != "" {
		n, err := one(ctx, tx, column[int], `SELECT count(*)
			FROM village
			WHERE id = $1 AND authority_id = $2`, s.Village, authority)
		if err != nil {
			return err
		}
		if n == 0 {
			list = append(list, doithoai.Problem{Field: "thon", Key: "survey.problem.village"})
		}
	}
	return doithoai.RefuseForm(list)
}

// keepTally writes what was counted in place of what was before.
func (tx *Tx) keepTally(
	ctx context.Context, authority doithoai.ID, s doithoai.SurveyStack, f doithoai.SurveyForm,
) error {
	if s.Origin != doithoai.OriginTally {
		return nil
	}
	if err := tx.exec(ctx, `DELETE FROM survey_tally WHERE stack_id = $1`, s.ID); err != nil {
		return err
	}
	rows := newRows(5)
	for q := range f.Questions {
		for v := range f.Scale {
			n := 0
			if q < len(s.Counts) && v < len(s.Counts[q]) {
				n = s.Counts[q][v]
			}
			rows.add(s.ID, q+1, v+1, authority, n)
		}
	}
	return rows.insert(ctx, tx, `survey_tally (stack_id, question, level, authority_id, given)`)
}

// surveyStackOf finds a stack, of a tally with its counts; held with lock.
func surveyStackOf(
	ctx context.Context, q querier, authority, id doithoai.ID, lock string,
) (doithoai.SurveyStack, error) {
	if err := checkID(id); err != nil {
		return doithoai.SurveyStack{}, err
	}
	s, err := one(ctx, q, scanSurveyStack, `SELECT `+surveyStackColumns+`
		FROM survey_stack
		WHERE id = $1 AND authority_id = $2`+lock, id, authority)
	if err != nil || s.Origin != doithoai.OriginTally {
		return s, err
	}
	_, err = list(ctx, q, func(r row) (given int, err error) {
		var question int
		if err = r.Scan(&question, &given); err == nil {
			if question > len(s.Counts) {
				s.Counts = append(s.Counts, nil)
			}
			s.Counts[question-1] = append(s.Counts[question-1], given)
		}
		return given, err
	}, `SELECT question, given
		FROM survey_tally
		WHERE stack_id = $1
		ORDER BY question, level LIMIT $2`, id, doithoai.MaxSurveyQuestions*doithoai.ScaleFive)
	return s, err
}

// openSurveyStack finds the stack that an act changes, with its form, and holds it.
func (tx *Tx) openSurveyStack(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (s doithoai.SurveyStack, f doithoai.SurveyForm, err error) {
	if err := may(actor, act); err != nil {
		return s, f, err
	}
	if s, err = surveyStackOf(ctx, tx, actor.AuthorityID, id, tx.db.dialect.forUpdate()); err != nil {
		return s, f, err
	}
	w, err := openSurvey(ctx, tx, actor.AuthorityID, s.Survey, "")
	return s, w.form, err
}

// TypeSurveySlip types a slip of a paper stack. number is the one that it gets there, after those that were typed: the
// same slip sent twice is one; where somebody else typed another one under that number meanwhile it is a Conflict.
func (db *DB) TypeSurveySlip(
	ctx context.Context, actor doithoai.Actor, stack doithoai.ID, number int, slip doithoai.SurveySlip,
) error {
	return db.act(ctx, func(tx *Tx) error {
		s, f, err := tx.openSurveyStack(ctx, actor, doithoai.ActTypeSurveySlip, stack)
		if err != nil {
			return err
		}
		if s.Origin != doithoai.OriginPaper || number < 1 || number > s.Typed+1 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if err := doithoai.RefuseForm(slip.DigitProblems(f)); err != nil {
			return err
		}
		if number <= s.Typed {
			before, err := surveyPaper(ctx, tx, stack, number)
			if err == nil && (before.Digits(f) != slip.Digits(f) || before.Comment != slip.Comment) {
				err = doithoai.Refuse(doithoai.Conflict, "survey.problem.typed_meanwhile")
			}
			return err
		}
		if s.Left() < 1 {
			return doithoai.RefuseForm([]doithoai.Problem{{
				Field: "phieu", Key: "survey.problem.all_typed", Args: []any{"count", s.Valid()},
			}})
		}
		if err := tx.execOne(ctx, `UPDATE survey_stack
			SET typed = $1, version = version + 1
			WHERE id = $2 AND version = $3`, number, s.ID, s.Version); err != nil {
			return err
		}
		tx.touchSurvey(s.Survey)
		return tx.exec(ctx, `INSERT INTO survey_paper (stack_id, number, authority_id, answers, comment)
			VALUES ($1, $2, $3, $4, $5)`, s.ID, number, actor.AuthorityID, slip.Digits(f), slip.Comment)
	})
}

func surveyPaper(ctx context.Context, q querier, stack doithoai.ID, number int) (doithoai.SurveySlip, error) {
	return one(ctx, q, scanSurveySlip, `SELECT answers, comment
		FROM survey_paper
		WHERE stack_id = $1 AND number = $2`, stack, number)
}

// keepSurveyCorrection keeps who corrected what of a stack, why, and what stood there.
func (tx *Tx) keepSurveyCorrection(
	ctx context.Context, actor doithoai.Actor, s doithoai.SurveyStack, c doithoai.SurveyCorrection, after string,
) error {
	tx.touchSurvey(s.Survey)
	if err := tx.exec(ctx, `INSERT INTO survey_correction
			(stack_id, version, authority_id, officer_id, at, reason, slip, before)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.ID, s.Version, actor.AuthorityID, actor.ID, tx.Now, c.Reason, c.Slip, c.Before); err != nil {
		return err
	}
	return tx.audit(ctx, actor, doithoai.ActCorrectSurvey, s.Survey.Subject(), c.Before, after)
}

// CorrectSurveyStack puts the counts of a stack right: those of the slips that went out and came back, and of a tally
// what was counted. What stood there is kept with the reason.
func (db *DB) CorrectSurveyStack(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, counts doithoai.SurveyStack, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		s, f, err := tx.openSurveyStack(ctx, actor, doithoai.ActCorrectSurvey, id)
		if err != nil {
			return err
		}
		if err := sameVersion(s.Version, version); err != nil {
			return err
		}
		c := doithoai.SurveyCorrection{Reason: reason, Before: s.Sums()}
		after := s
		after.Issued, after.Returned, after.Invalid = counts.Issued, counts.Returned, counts.Invalid
		if s.Origin == doithoai.OriginTally {
			after.Counts = counts.Counts
		}
		if err := doithoai.RefuseForm(append(after.Problems(f), c.Problems()...)); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE survey_stack
			SET issued = $1, returned = $2, invalid = $3, version = version + 1
			WHERE id = $4 AND version = $5`, after.Issued, after.Returned, after.Invalid, id, version); err != nil {
			return err
		}
		if err := tx.keepTally(ctx, actor.AuthorityID, after, f); err != nil {
			return err
		}
		return tx.keepSurveyCorrection(ctx, actor, s, c, after.Sums())
	})
}

// CorrectSurveySlip puts one slip of a paper stack right by its number there. What stood there is kept with the reason.
func (db *DB) CorrectSurveySlip(
	ctx context.Context, actor doithoai.Actor, stack doithoai.ID, version, number int, slip doithoai.SurveySlip,
	reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		s, f, err := tx.openSurveyStack(ctx, actor, doithoai.ActCorrectSurvey, stack)
		if err != nil {
			return err
		}
		if err := sameVersion(s.Version, version); err != nil {
			return err
		}
		before, err := surveyPaper(ctx, tx, stack, number)
		if err != nil {
			return err
		}
		c := doithoai.SurveyCorrection{Reason: reason, Slip: number, Before: before.Digits(f)}
		if err := doithoai.RefuseForm(append(slip.DigitProblems(f), c.Problems()...)); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE survey_stack
			SET version = version + 1
			WHERE id = $1 AND version = $2`, stack, version); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE survey_paper
			SET answers = $1, comment = $2
			WHERE stack_id = $3 AND number = $4`, slip.Digits(f), slip.Comment, stack, number); err != nil {
			return err
		}
		return tx.keepSurveyCorrection(ctx, actor, s, c, slip.Digits(f))
	})
}

// SurveyStacks lists the stacks of a survey by their numbers, without what was counted in them.
func (db *DB) SurveyStacks(
	ctx context.Context, actor doithoai.Actor, s doithoai.Survey,
) ([]doithoai.SurveyStack, error) {
	if err := may(actor, doithoai.ActSeeSurvey); err != nil {
		return nil, err
	}
	if _, err := openSurvey(ctx, db.reader(), actor.AuthorityID, s, ""); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanSurveyStack, `SELECT `+surveyStackColumns+`
		FROM survey_stack
		WHERE authority_id = $1 AND kind = $2 AND subject = $3
		ORDER BY number LIMIT $4`, actor.AuthorityID, s.Kind, s.Subject(), doithoai.MaxSurveyStacks)
}

// SurveyStackFile is everything on the page of a stack.
type SurveyStackFile struct {
	doithoai.SurveyStack
	AskedBy     doithoai.SurveyForm
	Slips       []NumberedSlip // of a page, the last first
	Corrections []doithoai.SurveyCorrection
}

// NumberedSlip is a slip with its number in its stack.
type NumberedSlip struct {
	Number int
	doithoai.SurveySlip
}

// maxStackSlips is how many slips the page of a stack shows, maxStackCorrections how many corrections.
const (
	maxStackSlips       = 20
	maxStackCorrections = 50
)

// SurveyStack opens a stack for who may type in it, with the slips before one; before is its number, 0 asks for the
// last ones.
func (db *DB) SurveyStack(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, before int,
) (f SurveyStackFile, err error) {
	if err := may(actor, doithoai.ActTypeSurveySlip); err != nil {
		return f, err
	}
	if before < 1 || before > doithoai.MaxSurveySlips {
		before = doithoai.MaxSurveySlips + 1
	}
	err = db.snapshot(ctx, func(q querier) error {
		if f.SurveyStack, err = surveyStackOf(ctx, q, actor.AuthorityID, id, ""); err != nil {
			return err
		}
		w, err := openSurvey(ctx, q, actor.AuthorityID, f.Survey, "")
		if err != nil {
			return err
		}
		f.AskedBy = w.form
		if f.Slips, err = list(ctx, q, func(r row) (s NumberedSlip, err error) {
			s.SurveySlip, err = scanSurveySlip(also{r, []any{&s.Number}})
			return s, err
		}, `SELECT answers, comment, number
			FROM survey_paper
			WHERE stack_id = $1 AND number < $2
			ORDER BY number DESC LIMIT $3`, id, before, maxStackSlips); err != nil {
			return err
		}
		f.Corrections, err = list(ctx, q, func(r row) (c doithoai.SurveyCorrection, err error) {
			err = r.Scan(&c.By, &c.At, &c.Reason, &c.Slip, &c.Before)
			return c, err
		}, `SELECT o.name, c.at, c.reason, c.slip, c.before
			FROM survey_correction c
			JOIN officer o ON o.id = c.officer_id
			WHERE c.stack_id = $1
			ORDER BY c.version DESC LIMIT $2`, id, maxStackCorrections)
		return err
	})
	return f, err
}

// SurveySlipOfStack is one slip of a paper stack by its number, for who may type in it.
func (db *DB) SurveySlipOfStack(
	ctx context.Context, actor doithoai.Actor, stack doithoai.ID, number int,
) (doithoai.SurveySlip, error) {
	if err := may(actor, doithoai.ActTypeSurveySlip); err != nil {
		return doithoai.SurveySlip{}, err
	}
	if _, err := surveyStackOf(ctx, db.reader(), actor.AuthorityID, stack, ""); err != nil {
		return doithoai.SurveySlip{}, err
	}
	return surveyPaper(ctx, db.reader(), stack, number)
}

// maxComments is how many of what people wrote is read at once.
const maxComments = 500

// SurveyComments are what people wrote on the slips of a survey, in the order of their words, which tells nothing of
// who wrote when.
func (db *DB) SurveyComments(ctx context.Context, actor doithoai.Actor, s doithoai.Survey) ([]string, error) {
	if err := may(actor, doithoai.ActReadSurveyComments); err != nil {
		return nil, err
	}
	if _, err := openSurvey(ctx, db.reader(), actor.AuthorityID, s, ""); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), column[string], `SELECT comment
		FROM survey_slip
		WHERE authority_id = $1 AND kind = $2 AND subject = $3 AND comment <> ''
		UNION ALL
		SELECT p.comment
		FROM survey_stack s
		JOIN survey_paper p ON p.stack_id = s.id
		WHERE s.authority_id = $1 AND s.kind = $2 AND s.subject = $3 AND p.comment <> ''
		ORDER BY 1 LIMIT $4`, actor.AuthorityID, s.Kind, s.Subject(), maxComments)
}
