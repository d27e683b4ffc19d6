package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// MaxQuestions is how many registered questions of a dialogue a list has at most.
const MaxQuestions = 500

const questionColumns = `opinion_id, authority_id, dialogue_id, unit_id, state, note, due, reason, body, basis, ruling,
	drafted_by, drafted_at, ready_by, ready_at, version`

func questionFields(q *plan.Question) []any {
	return []any{
		&q.OpinionID, &q.AuthorityID, &q.DialogueID, &q.UnitID, &q.State, &q.Note, &q.Due, &q.Reason, &q.Body, &q.Basis,
		&q.Ruling, &q.DraftedBy, &q.DraftedAt, &q.ReadyBy, &q.ReadyAt, &q.Version,
	}
}

func scanQuestion(r row) (q plan.Question, err error) {
	err = r.Scan(questionFields(&q)...)
	return q, err
}

// questionOf is what was prepared for an opinion; nil where no unit has it.
func questionOf(ctx context.Context, q querier, opinion doithoai.ID) (*plan.Question, error) {
	found, err := one(ctx, q, scanQuestion, `SELECT `+questionColumns+` FROM question WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &found, err
}

// questionCase is a registered question under an act.
type questionCase struct {
	*caseFile
	plan.Question
	Dialogue doithoai.Dialogue
}

// openQuestion opens a registered question for an act, which moves it on. version is the question's, 0 where no unit
// has it yet; another one is a Conflict.
func (tx *Tx) openQuestion(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
) (*questionCase, error) {
	c, err := tx.openCase(ctx, actor, act, opinion)
	if err != nil {
		return nil, err
	}
	q := &questionCase{caseFile: c}
	there, err := questionOf(ctx, tx, opinion)
	if err != nil {
		return nil, err
	}
	if there != nil {
		q.Question = *there
	}
	if q.Question.Version != version {
		return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if c.Opinion.DialogueID != "" {
		if q.Dialogue, err = dialogueOf(ctx, tx, c.Opinion.AuthorityID, c.Opinion.DialogueID, ""); err != nil {
			return nil, err
		}
	}
	q.OpinionID, q.AuthorityID, q.DialogueID = c.Opinion.ID, c.Opinion.AuthorityID, c.Opinion.DialogueID
	q.Question, err = q.Question.Move(act, c.Opinion, q.Dialogue)
	c.version, c.write = version, q.keep
	return q, err
}

// keep writes the question under the version that the actor saw.
func (q *questionCase) keep(ctx context.Context) error {
	return q.tx.execOne(ctx, `INSERT INTO question (`+questionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
		ON CONFLICT (opinion_id) DO UPDATE SET unit_id = excluded.unit_id, state = excluded.state, note = excluded.note,
			due = excluded.due, reason = excluded.reason, body = excluded.body, basis = excluded.basis,
			ruling = excluded.ruling, drafted_by = excluded.drafted_by, drafted_at = excluded.drafted_at,
			ready_by = excluded.ready_by, ready_at = excluded.ready_at, version = question.version + 1
		WHERE question.version = $16`,
		q.OpinionID, q.AuthorityID, q.DialogueID, q.UnitID, q.State, q.Note, q.Due, q.Reason, q.Body, q.Basis, q.Ruling,
		q.DraftedBy, q.DraftedAt, q.ReadyBy, q.ReadyAt, q.version)
}

// TriageQuestion gives a registered question to a unit, which drafts its answer by a day. A draft that is there stays,
// as a beginning. No petition opens, and no clock runs. version is the question's.
func (db *DB) TriageQuestion(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, unit doithoai.ID, note string,
	due calendar.Date,
) error {
	return db.act(ctx, func(tx *Tx) error {
		q, err := tx.openQuestion(ctx, actor, doithoai.ActTriageQuestion, opinion, version)
		if err != nil {
			return err
		}
		o, err := loadOrganisation(ctx, tx, q.AuthorityID)
		if err != nil {
			return err
		}
		to, known := o.Unit(unit)
		there := known && slices.ContainsFunc(o.UnitsOn(tx.Now.Date()), func(u doithoai.Unit) bool { return u.ID == unit })
		q.UnitID, q.Note, q.Due, q.Reason = unit, note, due, ""
		q.ReadyBy, q.ReadyAt = "", calendar.Instant{}
		if err := doithoai.RefuseForm(
			q.TriageProblems(to, there, q.Subject, q.Dialogue, tx.Now.Date())); err != nil {
			return err
		}
		return q.save(ctx, doithoai.Facts{Unit: unit, Due: due}, note)
	})
}

// ReturnQuestion gives a question back to the office, with the reason: it isn't the unit's. version is the question's.
func (db *DB) ReturnQuestion(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		q, err := tx.openQuestion(ctx, actor, doithoai.ActReturnQuestion, opinion, version)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(
			plan.NoteProblems("ly-do", "prepare.question.problem.reason", reason)); err != nil {
			return err
		}
		q.Reason = reason
		return q.save(ctx, doithoai.Facts{Unit: q.UnitID}, reason)
	})
}

// PrepareAnswer keeps a version of the drafted answer, with the ruling that it proposes, if any. Earlier versions stay
// in the events. version is the question's.
func (db *DB) PrepareAnswer(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, a doithoai.Answer,
	ruling doithoai.RulingCode,
) error {
	return db.act(ctx, func(tx *Tx) error {
		q, err := tx.openQuestion(ctx, actor, doithoai.ActPrepareAnswer, opinion, version)
		if err != nil {
			return err
		}
		q.Body, q.Basis, q.Ruling = a.Body, a.Basis, ruling
		q.DraftedBy, q.DraftedAt, q.ReadyBy, q.ReadyAt = actor.ID, tx.Now, "", calendar.Instant{}
		if err := doithoai.RefuseForm(q.DraftProblems()); err != nil {
			return err
		}
		if err := q.dropDraft(ctx, DraftQuestion); err != nil {
			return err
		}
		return q.save(ctx, doithoai.Facts{Unit: q.UnitID, To: string(ruling)}, q.Record())
	})
}

// ReadyAnswer says that the draft was checked and may be used in the hall. version is the question's.
func (db *DB) ReadyAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		q, err := tx.openQuestion(ctx, actor, doithoai.ActReadyAnswer, opinion, version)
		if err != nil {
			return err
		}
		q.ReadyBy, q.ReadyAt = actor.ID, tx.Now
		return q.save(ctx, doithoai.Facts{Unit: q.UnitID}, "")
	})
}

// save keeps the question and adds the event.
func (q *questionCase) save(ctx context.Context, facts doithoai.Facts, text string) error {
	q.tx.touch(TopicQuestions + string(q.DialogueID))
	return q.caseFile.save(ctx, facts, text)
}

// TopicQuestions is told, with the dialogue's id, when something of its questions is prepared.
const TopicQuestions = "questions/"

// QuestionRow is a registered question in a list.
type QuestionRow struct {
	Row
	Question *plan.Question // nil where no unit has it yet
	Preparer string         // the unit's short name
}

// Questions lists the registered questions of a dialogue which the actor may see, in the order in which they came:
// those without a ruling, and those of which a unit has prepared the answer. Who sees all of them sees those that no
// unit has yet; a unit's officer those that it was given. more reports whether there are others.
func (db *DB) Questions(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (rows []QuestionRow, more bool, err error) {
	reaches := doithoai.Reaches(actor, doithoai.ActSeeQuestions)
	if len(reaches) == 0 {
		return nil, false, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	if err := checkID(dialogue); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, dialogue, MaxQuestions + 1}
	bind := binder(&args)
	where := ` AND (o.stage = 'unruled' OR q.opinion_id IS NOT NULL)`
	if !slices.ContainsFunc(reaches, func(r doithoai.Reach) bool { return r.Condition == "" }) {
		var units []doithoai.ID
		for _, r := range reaches {
			if r.Seat.UnitID != "" {
				units = append(units, r.Seat.UnitID)
			}
		}
		where = ` AND q.unit_id IN ` + inList(bind, units)
	}
	where += notConcerned(actor, db.Now().Date(), bind)
	rows, err = list(ctx, db.reader(), scanQuestionRow, `SELECT `+rowColumns+`,
			`+questionRowColumns+`
		FROM (
			SELECT o.*
			FROM opinion o
			LEFT JOIN question q ON q.opinion_id = o.id
			WHERE o.dialogue_id = $2 AND o.authority_id = $1 AND `+unspoken+`
				AND o.joined_to IS NULL AND `+notDenounced+where+`
			ORDER BY o.id LIMIT $3
		) AS o
		LEFT JOIN question q ON q.opinion_id = o.id
		LEFT JOIN unit qu ON qu.id = q.unit_id`+rowJoins+`
		ORDER BY o.id`, args...)
	if more = len(rows) > MaxQuestions; more {
		rows = rows[:MaxQuestions]
	}
	return rows, more, err
}

const questionRowColumns = `coalesce(q.version, 0), q.unit_id, coalesce(q.state, ''), coalesce(q.note, ''), q.due,
	coalesce(q.reason, ''), coalesce(q.body, ''), coalesce(q.basis, ''), coalesce(q.ruling, ''), q.drafted_at,
	coalesce(nullif(qu.short, ''), qu.name, '')`

func scanQuestionRow(r row) (w QuestionRow, err error) {
	var q plan.Question
	w.Row, err = scanRow(also{r, []any{
		&q.Version, &q.UnitID, &q.State, &q.Note, &q.Due, &q.Reason, &q.Body, &q.Basis, &q.Ruling, &q.DraftedAt, &w.Preparer,
	}})
	if q.Version > 0 {
		o := w.Opinion
		q.OpinionID, q.AuthorityID, q.DialogueID = o.ID, o.AuthorityID, o.DialogueID
		w.Question = &q
	}
	return w, err
}

// QuestionsToPrepare lists the registered questions whose answer a unit of the actor's is to draft, the earliest due
// first, at most workEach; more reports whether there are others.
func (db *DB) QuestionsToPrepare(
	ctx context.Context, actor doithoai.Actor,
) (rows []QuestionRow, more bool, err error) {
	var units []doithoai.ID
	for _, r := range doithoai.Reaches(actor, doithoai.ActPrepareAnswer) {
		if r.Seat.UnitID != "" && !slices.Contains(units, r.Seat.UnitID) {
			units = append(units, r.Seat.UnitID)
		}
	}
	if len(units) == 0 {
		return nil, false, nil
	}
	args := []any{actor.AuthorityID, plan.QuestionAsked, workEach + 1}
	bind := binder(&args)
	where := ` AND q.unit_id IN ` + inList(bind, units) + notConcerned(actor, db.Now().Date(), bind)
	rows, err = list(ctx, db.reader(), scanQuestionRow, `SELECT `+rowColumns+`,
			`+questionRowColumns+`
		FROM (
			SELECT o.*, q.due AS draft_due
			FROM question q
			JOIN opinion o ON o.id = q.opinion_id
			WHERE q.authority_id = $1 AND q.state = $2 AND o.stage = 'unruled'`+where+`
			ORDER BY q.due, o.id LIMIT $3
		) AS o
		LEFT JOIN question q ON q.opinion_id = o.id
		LEFT JOIN unit qu ON qu.id = q.unit_id`+rowJoins+`
		ORDER BY o.draft_due, o.id`, args...)
	if more = len(rows) > workEach; more {
		rows = rows[:workEach]
	}
	return rows, more, err
}

// QuestionFile opens a registered question: for who sees opinions of the authority, and for the unit that prepares it.
func (db *DB) QuestionFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (OpinionFile, error) {
	return db.openFile(ctx, actor, doithoai.ActSeeQuestions, id)
}

// QuestionTally counts how far the questions of a dialogue are prepared.
type QuestionTally struct {
	Untriaged doithoai.Count // no unit has them
	Returned  int            // came back from a unit
	Asked     int            // a unit has them, nothing is drafted
	Drafted   int
	Ready     int
	Late      int             // of those asked, the day is past
	Missing   []UnitQuestions // of which units something is missing, the most first
	First     calendar.Date   // the earliest day by which something asked is due
}

// UnitQuestions are how many answers of a unit are missing.
type UnitQuestions struct {
	Unit    string // its short name
	Missing int
}

// Given is how many questions were given to units.
func (t QuestionTally) Given() int { return t.Returned + t.Asked + t.Drafted + t.Ready }

// QuestionTally counts the questions of a dialogue that have no ruling, for the page from which it is prepared.
func (db *DB) QuestionTally(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (t QuestionTally, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeDialogues, dialogue); err != nil {
		return t, err
	}
	t.Untriaged, err = one(ctx, db.reader(), column[doithoai.Count], `SELECT count(*) FROM (
			SELECT 1
			FROM opinion o
			WHERE o.dialogue_id = $1 AND o.stage = 'unruled' AND `+unspoken+`
				AND NOT EXISTS (SELECT 1 FROM question q WHERE q.opinion_id = o.id)
			LIMIT $2
		) AS waiting`, dialogue, doithoai.MaxCount+1)
	if err != nil {
		return t, err
	}
	type part struct {
		state   plan.QuestionState
		unit    string
		n, late int
		first   calendar.Date
	}
	parts, err := list(ctx, db.reader(), func(r row) (p part, err error) {
		err = r.Scan(&p.state, &p.unit, &p.n, &p.late, &p.first)
		return p, err
	}, `SELECT q.state, coalesce(nullif(u.short, ''), u.name), count(*),
			sum(CASE WHEN q.due < $2 THEN 1 ELSE 0 END), min(q.due)
		FROM question q
		JOIN opinion o ON o.id = q.opinion_id
		JOIN unit u ON u.id = q.unit_id
		WHERE q.dialogue_id = $1 AND o.stage = 'unruled'
		GROUP BY q.state, u.id, u.short, u.name
		ORDER BY count(*) DESC, u.name`, dialogue, db.Now().Date())
	for _, p := range parts {
		switch p.state {
		case plan.QuestionReturned:
			t.Returned += p.n
		case plan.QuestionDrafted:
			t.Drafted += p.n
		case plan.QuestionReady:
			t.Ready += p.n
		case plan.QuestionAsked:
			t.Asked, t.Late = t.Asked+p.n, t.Late+p.late
			t.Missing = append(t.Missing, UnitQuestions{p.unit, p.n})
			if t.First.IsZero() || p.first.Before(t.First) {
				t.First = p.first
			}
		}
	}
	return t, err
}
