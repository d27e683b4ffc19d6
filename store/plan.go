package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// PublicPlan is the edition in force of a plan with the slug of its page.
type PublicPlan struct {
	ID      doithoai.ID
	Slug    string
	Year    int
	Edition int // 0 the plan, n its n-th amendment
	Plan    plan.Plan
}

// publicPlans are the plans in force; the condition follows.
const publicPlans = `SELECT p.id, p.slug, p.year, e.number, e.body
	FROM plan p
	JOIN plan_edition e ON e.plan_id = p.id AND e.number = p.edition
	WHERE p.authority_id = $1`

func scanPublicPlan(r row) (p PublicPlan, err error) {
	var body []byte
	if err = r.Scan(&p.ID, &p.Slug, &p.Year, &p.Edition, &body); err == nil {
		err = json.Unmarshal(body, &p.Plan)
	}
	return p, err
}

// Plans lists issued plans, newest first.
func (db *DB) Plans(ctx context.Context, authority doithoai.ID) ([]PublicPlan, error) {
	return list(ctx, db.reader(), scanPublicPlan, publicPlans+` ORDER BY p.year DESC, p.id DESC`, authority)
}

// PlanBySlug finds an issued plan.
func (db *DB) PlanBySlug(ctx context.Context, authority doithoai.ID, slug string) (PublicPlan, error) {
	return one(ctx, db.reader(), scanPublicPlan, publicPlans+` AND p.slug = $2`, authority, slug)
}

// PlanByID finds an issued plan.
func (db *DB) PlanByID(ctx context.Context, authority, id doithoai.ID) (PublicPlan, error) {
	if err := checkID(id); err != nil {
		return PublicPlan{}, err
	}
	return one(ctx, db.reader(), scanPublicPlan, publicPlans+` AND p.id = $2`, authority, id)
}

// PlanIssued finds an edition of a public plan that is in force or was: of each, what readers were told on its day.
func (db *DB) PlanIssued(
	ctx context.Context, authority doithoai.ID, slug string, number int,
) (PublicPlan, error) {
	return one(ctx, db.reader(), scanPublicPlan, `SELECT p.id, p.slug, p.year, e.number, e.body
		FROM plan p
		JOIN plan_edition e ON e.plan_id = p.id
		WHERE p.authority_id = $1 AND p.slug = $2 AND e.number = $3 AND e.state = $4 AND p.edition IS NOT NULL`,
		authority, slug, number, plan.StateIssued)
}

// IssuedEdition is an edition of a public plan in a list of them.
type IssuedEdition struct {
	Number int
	Plan   plan.Plan
	Reason string
}

// PlanIssues lists the issued editions of a plan, the first one first.
func (db *DB) PlanIssues(ctx context.Context, authority, id doithoai.ID) ([]IssuedEdition, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	all, err := list(ctx, db.reader(), scanEdition, `SELECT `+editionColumns+`
		FROM plan_edition
		WHERE authority_id = $1 AND plan_id = $2 AND state = $3
		ORDER BY number`, authority, id, plan.StateIssued)
	var issued []IssuedEdition
	for _, e := range all {
		issued = append(issued, IssuedEdition{e.Number, e.Plan, e.Reason})
	}
	return issued, err
}

const editionColumns = `plan_id, authority_id, number, state, body, reason, note, submitted_by, submitted_at, signed_by,
	signed_at, issued_at, version`

func scanEdition(r row) (e plan.Edition, err error) {
	var body []byte
	if err = r.Scan(&e.PlanID, &e.AuthorityID, &e.Number, &e.State, &body, &e.Reason, &e.Note, &e.SubmittedBy,
		&e.SubmittedAt, &e.SignedBy, &e.SignedAt, &e.IssuedAt, &e.Version); err == nil {
		err = json.Unmarshal(body, &e.Plan)
	}
	return e, err
}

// plansShown is how many years a page lists with their plans.
const plansShown = 20

// PlanEditions lists the editions of the authority's plans, the latest year first, of each plan the latest edition
// first: of at most 20 years, those before the one given where it isn't 0. More reports whether there are
// others.
func (db *DB) PlanEditions(
	ctx context.Context, actor doithoai.Actor, before int,
) (all []plan.Edition, more bool, err error) {
	if err := may(actor, doithoai.ActSeePlans); err != nil {
		return nil, false, err
	}
	if before == 0 {
		before = math.MaxInt32
	}
	err = db.snapshot(ctx, func(q querier) error {
		years, err := list(ctx, q, column[int], `SELECT DISTINCT year
			FROM plan
			WHERE authority_id = $1 AND year < $2
			ORDER BY year DESC
			LIMIT $3`, actor.AuthorityID, before, plansShown+1)
		if err != nil || len(years) == 0 {
			return err
		}
		if more = len(years) > plansShown; more {
			years = years[:plansShown]
		}
		all, err = list(ctx, q, scanEdition, `SELECT `+editionColumns+`
			FROM plan_edition
			WHERE plan_id IN (SELECT id FROM plan WHERE authority_id = $1 AND year >= $2 AND year < $3)
			ORDER BY (SELECT year FROM plan WHERE id = plan_id) DESC, plan_id DESC, number DESC`,
			actor.AuthorityID, years[len(years)-1], before)
		return err
	})
	return all, more, err
}

// PlanHistory lists the editions of one plan, the first one first.
func (db *DB) PlanHistory(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]plan.Edition, error) {
	if err := may(actor, doithoai.ActSeePlans); err != nil {
		return nil, err
	}
	if err := checkID(id); err != nil {
		return nil, err
	}
	all, err := list(ctx, db.reader(), scanEdition, `SELECT `+editionColumns+`
		FROM plan_edition
		WHERE authority_id = $1 AND plan_id = $2
		ORDER BY number`, actor.AuthorityID, id)
	if err == nil && len(all) == 0 {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return all, err
}

// OpenPlans lists the editions that are on their way in a state, the earliest plan first: what waits for who signs, or
// for its number.
func (db *DB) OpenPlans(ctx context.Context, actor doithoai.Actor, state plan.State) ([]plan.Edition, error) {
	if err := may(actor, doithoai.ActSeePlans); err != nil {
		return nil, err
	}
	if !state.Open() { // the others grow with the years
		return nil, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	return list(ctx, db.reader(), scanEdition, `SELECT `+editionColumns+`
		FROM plan_edition
		WHERE authority_id = $1 AND state = $2
		ORDER BY plan_id, number
		LIMIT $3`, actor.AuthorityID, state, plansShown)
}

// PlanEdition finds one edition of a plan.
func (db *DB) PlanEdition(ctx context.Context, actor doithoai.Actor, id doithoai.ID, number int) (plan.Edition, error) {
	if err := may(actor, doithoai.ActSeePlans); err != nil {
		return plan.Edition{}, err
	}
	if err := checkID(id); err != nil {
		return plan.Edition{}, err
	}
	return editionOf(ctx, db.reader(), actor.AuthorityID, id, number, "")
}

func editionOf(
	ctx context.Context, q querier, authority, id doithoai.ID, number int, lock string,
) (plan.Edition, error) {
	return one(ctx, q, scanEdition, `SELECT `+editionColumns+`
		FROM plan_edition
		WHERE authority_id = $1 AND plan_id = $2 AND number = $3`+lock, authority, id, number)
}

// DraftPlan begins the plan of a year. A year has one plan: another is an amendment of it.
func (db *DB) DraftPlan(ctx context.Context, actor doithoai.Actor, p plan.Plan) (plan.Edition, error) {
	return db.beginPlan(ctx, actor, doithoai.ActDraftPlan, plan.Edition{State: plan.StateDraft, Plan: p}, nil)
}

// TakeOverPlan enters a plan that was signed and issued on paper, with the number and day that stand on it.
func (db *DB) TakeOverPlan(ctx context.Context, actor doithoai.Actor, p plan.Plan) (plan.Edition, error) {
	return db.takeOver(ctx, actor, p, nil)
}

func (db *DB) takeOver(
	ctx context.Context, actor doithoai.Actor, p plan.Plan, also func(*Tx, plan.Edition) error,
) (plan.Edition, error) {
	problems := p.Problems()
	if !p.Date.Valid() || p.Date.After(db.Now().Date()) {
		problems = append(problems, doithoai.Problem{Field: "ngay", Key: "plan.problem.date"})
	}
	if p.Number != "" { // the paper may not show it; it is never invented
		problems = append(problems, doithoai.NumberProblems("so", "plan.problem.number", p.Number)...)
	}
	if err := doithoai.RefuseForm(problems); err != nil {
		return plan.Edition{}, err
	}
	return db.beginPlan(ctx, actor, doithoai.ActTakeOverPlan, plan.Edition{
		State: plan.StateIssued, Plan: p, IssuedAt: calendar.InstantAt(p.Date, 0, 0),
	}, also)
}

// beginPlan keeps the first edition of the plan of a year, and what belongs to it where also is given.
func (db *DB) beginPlan(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, e plan.Edition, also func(*Tx, plan.Edition) error,
) (plan.Edition, error) {
	if err := may(actor, act); err != nil {
		return e, err
	}
	if e.Plan.Year < 2000 || e.Plan.Year >= 2100 {
		return e, doithoai.RefuseForm([]doithoai.Problem{{Field: "nam", Key: "plan.problem.year"}})
	}
	e.Plan = e.Plan.Keyed()
	e.PlanID, e.AuthorityID, e.Version = newID(), actor.AuthorityID, 1
	err := db.act(ctx, func(tx *Tx) error {
		var inForce *int
		if e.State == plan.StateIssued {
			inForce = &e.Number
		}
		err := tx.exec(ctx, `INSERT INTO plan (id, authority_id, slug, year, edition) VALUES ($1, $2, $3, $4, $5)`,
			e.PlanID, e.AuthorityID, fmt.Sprint(e.Plan.Year), e.Plan.Year, inForce)
		if notUnique(err) {
			return doithoai.RefuseForm([]doithoai.Problem{{
				Field: "nam", Key: "plan.problem.year_taken", Args: []any{"year", fmt.Sprint(e.Plan.Year)},
			}})
		}
		if err == nil {
			err = tx.addEdition(ctx, e)
		}
		if err == nil && also != nil {
			err = also(tx, e)
		}
		if err == nil && e.State == plan.StateIssued {
			err = tx.registerPlan(ctx, e)
		}
		if err == nil && e.State == plan.StateIssued {
			err = tx.spreadTasks(ctx, e.AuthorityID)
		}
		if err != nil {
			return err
		}
		return tx.auditPlan(ctx, actor, act, e, "")
	})
	return e, err
}

// registerPlan keeps the number of an edition in the register of documents; the one before it no longer stands.
func (tx *Tx) registerPlan(ctx context.Context, e plan.Edition) error {
	if e.Plan.Number == "" { // it was taken over from a paper that does not show it
		return nil
	}
	if err := tx.exec(ctx, `UPDATE document
		SET state = $1, ended = $2, next_kind = kind, next_part = $3
		WHERE subject_id = $4 AND kind = $5 AND part <> $3 AND state = $6`,
		doithoai.DocumentReplaced, e.Plan.Date, e.Number, e.PlanID, doithoai.DocumentPlan,
		doithoai.DocumentIssued); err != nil {
		return err
	}
	return tx.register(ctx, doithoai.Document{
		AuthorityID: e.AuthorityID, Kind: doithoai.DocumentPlan, Subject: e.PlanID, Part: e.Number, PlanID: e.PlanID,
		Number: doithoai.WithSymbol(e.Plan.Number, planSymbol(e.Plan)), Dated: e.Plan.Date,
	})
}

// planSymbol is the symbol of a plan's number.
func planSymbol(p plan.Plan) string { return cmp.Or(p.Symbol, doithoai.DocumentPlan.Symbol()) }

// MaxPlan bounds a plan, in bytes of JSON: the greatest one seen has 60 kB.
const MaxPlan = 1 << 20

// planBody is a plan as it is kept. What is too long is refused with Invalid.
func planBody(p plan.Plan) (string, error) {
	body, err := json.Marshal(p)
	switch {
	case err != nil:
		return "", fmt.Errorf("plan: %w", err)
	case len(body) > MaxPlan:
		return "", doithoai.Refuse(doithoai.Invalid, "plan.problem.too_large")
	}
	return string(body), nil
}

func (tx *Tx) addEdition(ctx context.Context, e plan.Edition) error {
	body, err := planBody(e.Plan)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO plan_edition (`+editionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		e.PlanID, e.AuthorityID, e.Number, e.State, body, e.Reason, e.Note, e.SubmittedBy, e.SubmittedAt,
		e.SignedBy, e.SignedAt, e.IssuedAt, e.Version)
}

// auditPlan keeps what an act did to an edition: its states, and the number with which it was issued.
func (tx *Tx) auditPlan(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, e plan.Edition, before plan.State,
) error {
	subject := fmt.Sprint(e.Plan.Year)
	if e.Number > 0 {
		subject += fmt.Sprintf("/%d", e.Number)
	}
	after := string(e.State)
	if e.State == plan.StateIssued && e.Plan.Number != "" {
		after += " " + e.Plan.Number + "/" + e.Plan.Symbol
	}
	tx.touch("plan/" + string(e.PlanID))
	return tx.audit(ctx, actor, act, subject, string(before), after)
}

// movePlan does an act to an edition of a version: change makes of it what the act says.
func (db *DB) movePlan(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, number, version int,
	change func(*Tx, *plan.Edition) error,
) (e plan.Edition, err error) {
	if err := may(actor, act); err != nil {
		return e, err
	}
	if err := checkID(id); err != nil {
		return e, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		e, err = editionOf(ctx, tx, actor.AuthorityID, id, number, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		before := e.State
		if e.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if e, err = e.Move(act); err != nil {
			return err
		}
		if err := change(tx, &e); err != nil {
			return err
		}
		body, err := planBody(e.Plan)
		if err != nil {
			return err
		}
		e.Version++
		if err := tx.execOne(ctx, `UPDATE plan_edition SET state = $1, body = $2, note = $3, submitted_by = $4,
				submitted_at = $5, signed_by = $6, signed_at = $7, issued_at = $8, version = $9
			WHERE plan_id = $10 AND number = $11 AND version = $12`,
			e.State, body, e.Note, e.SubmittedBy, e.SubmittedAt, e.SignedBy, e.SignedAt, e.IssuedAt, e.Version,
			id, number, version); err != nil {
			return err
		}
		if e.State == plan.StateIssued {
			if err := tx.registerPlan(ctx, e); err != nil {
				return err
			}
			if err := tx.spreadTasks(ctx, e.AuthorityID); err != nil {
				return err
			}
		}
		return tx.auditPlan(ctx, actor, act, e, before)
	})
	return e, err
}

// SavePlan keeps what was written in an edition that is a draft or was returned. Its year stays.
func (db *DB) SavePlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int, p plan.Plan,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActDraftPlan, id, number, version, func(_ *Tx, e *plan.Edition) error {
		p.Year, p.LastKey = e.Plan.Year, max(p.LastKey, e.Plan.LastKey)
		e.Plan = p.Keyed()
		return nil
	})
}

// SubmitPlan lays an edition before who signs. It is refused with what is missing ([plan.Plan.Problems]).
func (db *DB) SubmitPlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActSubmitPlan, id, number, version, func(tx *Tx, e *plan.Edition) error {
		e.SubmittedBy, e.SubmittedAt, e.Note = actor.ID, tx.Now, ""
		return doithoai.RefuseForm(e.Plan.Problems())
	})
}

// WithdrawPlan takes an edition back before it is signed.
func (db *DB) WithdrawPlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActWithdrawPlan, id, number, version, func(_ *Tx, e *plan.Edition) error {
		e.SubmittedBy, e.SubmittedAt = "", calendar.Instant{}
		return nil
	})
}

// ReturnPlan gives an edition back with a note.
func (db *DB) ReturnPlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int, note string,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActReturnPlan, id, number, version, func(_ *Tx, e *plan.Edition) error {
		e.Note, e.SubmittedBy, e.SubmittedAt = note, "", calendar.Instant{}
		return doithoai.RefuseForm(plan.NoteProblems("ghi-chu", "plan.problem.note", note))
	})
}

// SignPlan signs an edition. Number and day are given when it is issued.
func (db *DB) SignPlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActSignPlan, id, number, version, func(tx *Tx, e *plan.Edition) error {
		e.SignedBy, e.SignedAt = actor.ID, tx.Now
		return doithoai.RefuseForm(e.Plan.Problems())
	})
}

// IssuePlan gives a signed edition its number and day as the clerk has them in the register of papers, and makes it the
// one in force.
func (db *DB) IssuePlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int, paper string, date calendar.Date,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActIssuePlan, id, number, version, func(tx *Tx, e *plan.Edition) error {
		var last calendar.Date
		if number > 0 {
			was, err := one(ctx, tx, scanEdition, `SELECT `+editionColumns+`
				FROM plan_edition
				WHERE plan_id = $1 AND number = (SELECT edition FROM plan WHERE id = $1)`, id)
			if err != nil {
				return err
			}
			last = was.Plan.Date
		}
		paper, err := tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentPlan, paper, date)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(e.IssueProblems(paper, date, tx.Now.Date(), last)); err != nil {
			return err
		}
		if proper, symbol := doithoai.SplitNumber(paper); symbol == e.Plan.Symbol {
			paper = proper // the plan has its symbol
		}
		e.Plan.Number, e.Plan.Date, e.IssuedAt = paper, date, tx.Now
		return tx.execOne(ctx, `UPDATE plan SET edition = $1 WHERE id = $2 AND authority_id = $3`,
			number, id, actor.AuthorityID)
	})
}

// DropPlan gives up an edition that is not signed; it stays for the trace. Where it is the first one, the year may have
// another plan.
func (db *DB) DropPlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number, version int, reason string,
) (plan.Edition, error) {
	return db.movePlan(ctx, actor, doithoai.ActDropPlan, id, number, version, func(tx *Tx, e *plan.Edition) error {
		e.Note = reason
		err := doithoai.RefuseForm(plan.NoteProblems("ghi-chu", "plan.problem.drop", reason))
		if err != nil || number > 0 {
			return err
		}
		return tx.execOne(ctx, `UPDATE plan SET slug = $1 WHERE id = $2 AND authority_id = $3`,
			string(id), id, actor.AuthorityID)
	})
}

// AmendPlan begins an amendment of an issued plan from the edition in force, with the reason for it. One amendment is
// on its way at a time.
func (db *DB) AmendPlan(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, reason string,
) (e plan.Edition, err error) {
	if err := may(actor, doithoai.ActAmendPlan); err != nil {
		return e, err
	}
	if err := checkID(id); err != nil {
		return e, err
	}
	if err := doithoai.RefuseForm(plan.NoteProblems("ly-do", "plan.problem.reason", reason)); err != nil {
		return e, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		if _, err := one(ctx, tx, column[doithoai.ID], `SELECT id
			FROM plan
			WHERE id = $1 AND authority_id = $2 AND edition IS NOT NULL`+db.dialect.forUpdate(),
			id, actor.AuthorityID); err != nil {
			return err
		}
		all, err := list(ctx, tx, scanEdition, `SELECT `+editionColumns+`
			FROM plan_edition
			WHERE plan_id = $1
			ORDER BY number`, id)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.State.Open() {
				return doithoai.Refuse(doithoai.Conflict, "plan.problem.amendment_open")
			}
			if other.State == plan.StateIssued {
				e.Plan = other.Plan
			}
		}
		e.Plan.Number, e.Plan.Date = "", calendar.Date{}
		e.PlanID, e.AuthorityID, e.Number, e.State = id, actor.AuthorityID, len(all), plan.StateDraft
		e.Reason, e.Version = reason, 1
		if err := tx.addEdition(ctx, e); err != nil {
			return err
		}
		return tx.auditPlan(ctx, actor, doithoai.ActAmendPlan, e, "")
	})
	return e, err
}
