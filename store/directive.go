package store

import (
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/plan"
)

const directiveColumns = `id, authority_id, opened_from, promise_id, dialogue_id, figure, matters, given_by, given_at`

func scanDirective(r row) (d plan.Directive, err error) {
	err = r.Scan(&d.ID, &d.AuthorityID, &d.From, &d.PromiseID, &d.DialogueID, &d.Figure, &d.Count, &d.GivenBy, &d.GivenAt)
	return d, err
}

// DirectiveGround is what stands behind a directive that is to be given.
type DirectiveGround struct {
	doithoai.DirectiveSource
	Rows     []Row // the opinions that it is about, [plan.MaxDirectiveMatters] at most
	Count    int   // how many there are
	Promise  PromiseFile
	Dialogue doithoai.Dialogue
}

// DirectiveGround finds what a directive would be about: as far as the actor may see it, for who gives directives.
func (db *DB) DirectiveGround(
	ctx context.Context, actor doithoai.Actor, s doithoai.DirectiveSource,
) (g DirectiveGround, err error) {
	if err := may(actor, doithoai.ActGiveDirective); err != nil {
		return g, err
	}
	g.DirectiveSource = s
	switch s.From {
	case doithoai.FromNothing:
	case doithoai.FromLate:
		err = db.lateGround(ctx, actor, &g)
	case doithoai.FromOpinion:
		g.Rows, err = db.rowsNumbered(ctx, actor, []doithoai.RegisterNumber{s.Number})
		if err == nil && len(g.Rows) == 0 {
			err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		g.Count = len(g.Rows)
	case doithoai.FromPromise:
		g.Promise, err = db.Promise(ctx, actor, s.PromiseID)
	case doithoai.FromDialogue:
		g.Dialogue, err = db.Dialogue(ctx, actor, s.DialogueID)
	case doithoai.FromFigure:
		err = db.figureGround(ctx, actor, &g)
	default:
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err != nil || g.UnitID != "" {
		return g, err
	}
	g.UnitID = g.unit()
	return g, nil
}

// unit is the unit that most of it is about.
func (g DirectiveGround) unit() (unit doithoai.ID) {
	if g.Promise.ID != "" {
		return g.Promise.UnitID
	}
	of := map[doithoai.ID]int{}
	for _, r := range g.Rows {
		if r.Petition == nil || r.Petition.LeadUnitID == "" {
			continue
		}
		if lead := r.Petition.LeadUnitID; of[lead] >= of[unit] {
			of[lead]++
			unit = lead
		}
	}
	return unit
}

// lateGround is what a unit has late, or all units have.
func (db *DB) lateGround(ctx context.Context, actor doithoai.Actor, g *DirectiveGround) (err error) {
	g.Rows, _, err = db.Register(ctx, actor, Filter{Tab: TabLate, UnitID: g.UnitID, Limit: plan.MaxDirectiveMatters})
	if err != nil {
		return err
	}
	loads, err := db.UnitLoads(ctx, actor)
	for _, l := range loads {
		if g.UnitID == "" || l.UnitID == g.UnitID {
			g.Count += l.Late
		}
	}
	return err
}

// figureGround is what a figure of the result of a dialogue counts, of one unit or of all.
func (db *DB) figureGround(ctx context.Context, actor doithoai.Actor, g *DirectiveGround) error {
	f, err := db.ResultReport(ctx, actor, g.DialogueID)
	if err != nil {
		return err
	}
	g.Dialogue = f.Dialogue
	_, matters, ok := f.Result.Book.Figure(g.Figure)
	if !ok {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	var numbers []doithoai.RegisterNumber
	for _, m := range matters[:min(len(matters), maxWork)] {
		numbers = append(numbers, m.Number)
	}
	rows, err := db.rowsNumbered(ctx, actor, numbers)
	for _, r := range rows {
		if g.UnitID != "" && (r.Petition == nil || r.Petition.LeadUnitID != g.UnitID) {
			continue
		}
		if g.Count++; g.Count <= plan.MaxDirectiveMatters {
			g.Rows = append(g.Rows, r)
		}
	}
	return err
}

// rowsNumbered lists opinions by their numbers, those that are due first before the others, as far as the actor may see
// them.
func (db *DB) rowsNumbered(
	ctx context.Context, actor doithoai.Actor, numbers []doithoai.RegisterNumber,
) ([]Row, error) {
	return db.rowsIn(ctx, actor, func(bind func(any) string) string {
		return `SELECT n.id FROM opinion n WHERE n.authority_id = $1 AND n.number IN ` + inList(bind, numbers)
	})
}

// rowsIn lists the opinions that a query names, as far as the actor may see them.
func (db *DB) rowsIn(
	ctx context.Context, actor doithoai.Actor, query func(bind func(any) string) string,
) ([]Row, error) {
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := walks{
		columns: `, o.due`, order: `CASE WHEN @.due IS NULL THEN 1 ELSE 0 END, @.due, @.id`, whole: true,
		each: []walk{{ofIDs + `(` + query(bind) + `)`, `o.id`}},
	}
	hidden := ` AND ` + notDenounced + notConcerned(actor, db.Now().Date(), bind) + reachOf(actor, bind)
	limit := bind(maxWork)
	return db.rows(ctx, w, hidden, limit, args)
}

// GiveDirective keeps a directive of the head with the opinions that its source counts, and gives the unit its task,
// which is returned; the unit's officers are told. An opinion that concerns the unit itself is not the unit's to see
// to. The same directive twice, while it is open, is refused.
func (db *DB) GiveDirective(
	ctx context.Context, actor doithoai.Actor, d plan.Directive,
) (task doithoai.ID, err error) {
	g, err := db.DirectiveGround(ctx, actor, d.DirectiveSource)
	if err != nil {
		return "", err
	}
	d.AuthorityID, d.Count, d.GivenBy = actor.AuthorityID, g.Count, actor.ID
	err = db.act(ctx, func(tx *Tx) error {
		if err := tx.holdRules(ctx, d.AuthorityID); err != nil { // no unit ends meanwhile
			return err
		}
		d.ID, d.GivenAt = newID(), tx.Now
		t, err := tx.directed(ctx, d, g.Rows)
		if err != nil {
			return err
		}
		if err := tx.addDirective(ctx, d, g.Rows); err != nil {
			return err
		}
		if err := tx.addTasks(ctx, actor, []plan.Task{t}, NoticeDirected); err != nil {
			return err
		}
		task = t.ID
		if err := tx.dropDraft(ctx, actor, DraftDirective, DirectiveSubject(d.DirectiveSource)); err != nil {
			return err
		}
		subject, err := tx.subjectOf(ctx, t)
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActGiveDirective, subject, "", d.Due.String())
	})
	return task, err
}

// directed is the task that a directive about opinions gives.
func (tx *Tx) directed(ctx context.Context, d plan.Directive, rows []Row) (t plan.Task, err error) {
	today := tx.Now.Date()
	units, err := unitsOn(ctx, tx, d.AuthorityID, today)
	if err != nil {
		return t, err
	}
	c, err := currentCalendar(ctx, tx, d.AuthorityID)
	if err != nil {
		return t, err
	}
	var gates doithoai.Gates
	for _, r := range rows {
		who, err := petitionerOf(ctx, tx, r.Opinion.SlipID)
		if err != nil {
			return t, err
		}
		gates = append(gates, gateFor(who))
		_, s, err := opinionSubject(ctx, tx, r.Opinion.ID, today)
		if err != nil {
			return t, err
		}
		if slices.Contains(s.ConcernedUnits, d.UnitID) {
			return t, doithoai.RefuseForm([]doithoai.Problem{{
				Field: plan.FieldDirectiveUnit, Key: "directive.problem.concerned", Args: []any{"number", r.Opinion.Number},
			}})
		}
	}
	if t, err = d.Task(units, gates, c, today); err != nil {
		return t, err
	}
	t.ID, t.Version = newID(), 1
	same, err := one(ctx, tx, column[int], `SELECT count(*)
		FROM task
		WHERE authority_id = $1 AND directive_id IS NOT NULL AND state IN ('open', 'doing') AND by_day = $2
			AND unit_id = $3 AND body = $4`, d.AuthorityID, t.Due, t.UnitID, t.Text)
	if err == nil && same > 0 {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: plan.FieldDirectiveText, Key: "directive.problem.twice"}})
	}
	return t, err
}

func (tx *Tx) addDirective(ctx context.Context, d plan.Directive, about []Row) error {
	if err := tx.exec(ctx, `INSERT INTO directive (`+directiveColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		d.ID, d.AuthorityID, d.From, d.PromiseID, d.DialogueID, d.Figure, d.Count, d.GivenBy, d.GivenAt); err != nil {
		return err
	}
	rows := newRows(3)
	for _, r := range about {
		rows.add(d.ID, r.Opinion.ID, d.AuthorityID)
	}
	return rows.insert(ctx, tx, `directive_matter (directive_id, opinion_id, authority_id)`)
}

// DirectiveFile is a directive with what it is about, as far as the actor may see it.
type DirectiveFile struct {
	plan.Directive
	Rows     []Row
	Promise  PromiseFile       // zero where the actor may not see it
	Dialogue doithoai.Dialogue // without its programme
	Hidden   int               // opinions that are not the actor's to see
}

// directiveFile reads the directive that a task is.
func (db *DB) directiveFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (f DirectiveFile, err error) {
	if f.Directive, err = one(ctx, db.reader(), scanDirective, `SELECT `+directiveColumns+`
		FROM directive
		WHERE id = $1 AND authority_id = $2`, id, actor.AuthorityID); err != nil {
		return f, err
	}
	kept, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM directive_matter WHERE directive_id = $1`, id)
	if err != nil {
		return f, err
	}
	if kept > 0 {
		if f.Rows, err = db.rowsIn(ctx, actor, func(bind func(any) string) string {
			return `SELECT m.opinion_id FROM directive_matter m WHERE m.directive_id = ` + bind(id)
		}); err != nil {
			return f, err
		}
	}
	f.Hidden = kept - len(f.Rows)
	if f.DialogueID != "" {
		if f.Dialogue, err = db.Dialogue(ctx, actor, f.DialogueID); err != nil {
			return f, err
		}
	}
	if f.PromiseID == "" {
		return f, nil
	}
	if f.Promise, err = db.Promise(ctx, actor, f.PromiseID); doithoai.KindOf(err) == doithoai.NotAllowed {
		f.Promise, err = PromiseFile{}, nil
	}
	return f, err
}

// DirectivesOn lists the tasks that directives about an opinion gave, the first first.
func (db *DB) DirectivesOn(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) ([]TaskRow, error) {
	if err := seeTasks(actor); err != nil {
		return nil, err
	}
	if err := checkID(opinion); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanTaskRow, `SELECT `+taskRowColumns+`
		FROM directive_matter m
		JOIN task t ON t.directive_id = m.directive_id`+taskJoins+`
		WHERE m.opinion_id = $2 AND m.authority_id = $1
		ORDER BY t.id LIMIT `+fmt.Sprint(maxWork), actor.AuthorityID, opinion)
}

// DirectiveSubject is the subject of the draft of a directive from a source ([DraftDirective]).
func DirectiveSubject(s doithoai.DirectiveSource) string {
	return string(s.From) + string(s.Number) + string(s.PromiseID) + string(s.DialogueID) + s.Figure
}
