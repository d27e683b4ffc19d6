package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"slices"

	"doithoai"
	"doithoai/plan"
)

// openStock asks whether the actor may do the act to the stock of a dialogue, and holds the dialogue: acts on one
// stock wait for each other.
func (tx *Tx) openStock(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID,
) (doithoai.Dialogue, error) {
	if err := may(actor, act); err != nil {
		return doithoai.Dialogue{}, err
	}
	return dialogueOf(ctx, tx, actor.AuthorityID, dialogue, tx.db.dialect.forUpdate())
}

// TopicStock is told when something of a dialogue's paper slips changes.
const TopicStock = "stock/"

// auditStock keeps an act on slips of a dialogue by their numbers.
func (tx *Tx) auditStock(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, d doithoai.Dialogue, first, last int, after string,
) error {
	numbers := plan.PaperNumber(first)
	if last != first {
		numbers += "–" + plan.PaperNumber(last)
	}
	tx.touch(TopicStock + string(d.ID))
	return tx.audit(ctx, actor, act, d.Slug+" "+numbers, "", after)
}

// PrintStack numbers some slips more for a dialogue that is not over, after those that there are. They are in stock;
// the pages to print show them.
func (db *DB) PrintStack(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, count int,
) (s plan.Stack, err error) {
	seed := make([]byte, 32)
	_, _ = rand.Read(seed) // never fails: crypto/rand ends the program instead
	err = db.act(ctx, func(tx *Tx) error {
		d, err := tx.openStock(ctx, actor, doithoai.ActPrintStack, dialogue)
		if err != nil {
			return err
		}
		if !d.State.Coming() && d.State != doithoai.DialogueRunning {
			return doithoai.Refuse(doithoai.Conflict, "stock.problem.over")
		}
		printed, err := one(ctx, tx, column[int], `SELECT coalesce(max(last_number), 0)
			FROM paper_stack
			WHERE dialogue_id = $1`, dialogue)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(plan.PrintProblems(count, printed)); err != nil {
			return err
		}
		s = plan.Stack{
			ID: newID(), DialogueID: dialogue, First: printed + 1, Last: printed + count, PrintedBy: actor.Name,
			PrintedAt: tx.Now,
		}
		if err := tx.exec(ctx, `INSERT INTO paper_stack
				(id, authority_id, dialogue_id, first_number, last_number, seed, printed_by, printed_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			s.ID, actor.AuthorityID, dialogue, s.First, s.Last, seed, actor.ID, tx.Now); err != nil {
			return err
		}
		rows := newRows(8)
		for n := s.First; n <= s.Last; n++ {
			rows.add(dialogue, n, actor.AuthorityID, s.ID, plan.PaperPrinted, false, "", tx.Now)
		}
		if err := rows.insert(ctx, tx,
			`paper_slip (dialogue_id, number, authority_id, stack_id, state, handed, reason, changed_at)`); err != nil {
			return err
		}
		return tx.auditStock(ctx, actor, doithoai.ActPrintStack, d, s.First, s.Last, "")
	})
	return s, err
}

// paperUnfit names the first slip of a range that is not in one of the states; 0: all are. A number that was never
// printed is such a one.
func (tx *Tx) paperUnfit(
	ctx context.Context, dialogue doithoai.ID, first, last int, states []plan.PaperState,
) (int, error) {
	args := []any{dialogue, first, last}
	in := inList(binder(&args), states)
	fit, err := list(ctx, tx, column[int], `SELECT number
		FROM paper_slip
		WHERE dialogue_id = $1 AND number BETWEEN $2 AND $3 AND state IN `+in+`
		ORDER BY number`, args...)
	for i, n := range fit {
		if n != first+i {
			return first + i, nil
		}
	}
	if err == nil && len(fit) < last-first+1 {
		return first + len(fit), nil
	}
	return 0, err
}

// HandOutSlips writes down who took a range of slips, all of which are in stock.
func (db *DB) HandOutSlips(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, h plan.Handout,
) (plan.Handout, error) {
	from, to := plan.PaperMove(doithoai.ActHandOutSlips)
	err := db.act(ctx, func(tx *Tx) error {
		d, err := tx.openStock(ctx, actor, doithoai.ActHandOutSlips, dialogue)
		if err != nil {
			return err
		}
		list := h.Problems(tx.Now.Date())
		if list, err = tx.receiverProblem(ctx, actor.AuthorityID, h, list); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(list); err != nil {
			return err
		}
		unfit, err := tx.paperUnfit(ctx, dialogue, h.First, h.Last, from)
		if err != nil {
			return err
		}
		if unfit > 0 {
			return doithoai.RefuseForm([]doithoai.Problem{{
				Field: "tu", Key: "stock.problem.not_in_stock", Args: []any{"number", plan.PaperNumber(unfit)},
			}})
		}
		h.ID = newID()
		if err := tx.exec(ctx, `INSERT INTO paper_handout (id, authority_id, dialogue_id, first_number, last_number,
				village_id, unit_id, receiver, on_day, handed_by, handed_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			h.ID, actor.AuthorityID, dialogue, h.First, h.Last, h.VillageID, h.UnitID, h.Receiver, h.On, actor.ID,
			tx.Now); err != nil {
			return err
		}
		args := []any{to, true, h.ID, tx.Now, dialogue, h.First, h.Last}
		in := inList(binder(&args), from)
		n, err := tx.execCount(ctx, `UPDATE paper_slip
			SET state = $1, handed = $2, handout_id = $3, changed_at = $4
			WHERE dialogue_id = $5 AND number BETWEEN $6 AND $7 AND state IN `+in, args...)
		if err != nil {
			return err
		}
		if int(n) != h.Numbers() { // one of them was typed meanwhile
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		return tx.auditStock(ctx, actor, doithoai.ActHandOutSlips, d, h.First, h.Last, "")
	})
	return h, err
}

// receiverProblem adds what is wrong with where slips go: it is a village or a unit of the authority, of today.
func (tx *Tx) receiverProblem(
	ctx context.Context, authority doithoai.ID, h plan.Handout, list []doithoai.Problem,
) ([]doithoai.Problem, error) {
	o, err := loadOrganisation(ctx, tx, authority)
	if err != nil {
		return nil, err
	}
	today := tx.Now.Date()
	village := h.VillageID == "" ||
		slices.ContainsFunc(o.VillagesOn(today), func(v doithoai.Village) bool { return v.ID == h.VillageID })
	unit := h.UnitID == "" ||
		slices.ContainsFunc(o.UnitsOn(today), func(u doithoai.Unit) bool { return u.ID == h.UnitID })
	if !village || !unit {
		list = append(list, doithoai.Problem{Field: "noi-nhan", Key: "stock.problem.receiver"})
	}
	return list, nil
}

// VoidPaperSlip takes one slip out of the account, for a reason. One that was typed is no longer to be void: its
// opinions are registered.
func (db *DB) VoidPaperSlip(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, number int, reason string,
) error {
	from, to := plan.PaperMove(doithoai.ActVoidPaperSlip)
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.openStock(ctx, actor, doithoai.ActVoidPaperSlip, dialogue)
		if err != nil {
			return err
		}
		list := plan.NoteProblems("ly-do", "stock.problem.reason", reason)
		unfit, err := tx.paperUnfit(ctx, dialogue, number, number, from)
		if err != nil {
			return err
		}
		if unfit != 0 || number == 0 {
			list = append(list, doithoai.Problem{Field: "so", Key: "stock.problem.void"})
		}
		if err := doithoai.RefuseForm(list); err != nil {
			return err
		}
		args := []any{to, reason, tx.Now, dialogue, number}
		in := inList(binder(&args), from)
		if err := tx.execOne(ctx, `UPDATE paper_slip
			SET state = $1, reason = $2, changed_at = $3
			WHERE dialogue_id = $4 AND number = $5 AND state IN `+in, args...); err != nil {
			return err
		}
		return tx.auditStock(ctx, actor, doithoai.ActVoidPaperSlip, d, number, number, "")
	})
}

// CountMissing says of the slips of a range which were handed out and never came back, once the dialogue has begun. It
// returns how many they are; one that comes back after all is typed like any other.
func (db *DB) CountMissing(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, first, last int,
) (missing int, err error) {
	from, to := plan.PaperMove(doithoai.ActCountMissing)
	err = db.act(ctx, func(tx *Tx) error {
		d, err := tx.openStock(ctx, actor, doithoai.ActCountMissing, dialogue)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(plan.CountProblems(first, last, d, tx.Now)); err != nil {
			return err
		}
		args := []any{to, tx.Now, dialogue, first, last}
		in := inList(binder(&args), from)
		n, err := tx.execCount(ctx, `UPDATE paper_slip
			SET state = $1, changed_at = $2
			WHERE dialogue_id = $3 AND number BETWEEN $4 AND $5 AND state IN `+in, args...)
		if err != nil {
			return err
		}
		if missing = int(n); missing == 0 {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "mat-tu", Key: "stock.problem.none_out"}})
		}
		return tx.auditStock(ctx, actor, doithoai.ActCountMissing, d, first, last, "")
	})
	return missing, err
}

// paperOfForm finds the printed slip of a dialogue that a slip says it is, with the key that its receipt code is made
// of; false where no slip of that number was printed: then the number is only what somebody wrote on a paper. It is
// false, too, where the paper was typed already and this is said to be the same slip by another way: it is joined to
// the first one, which holds the stub.
func paperOfForm(
	ctx context.Context, q querier, authority doithoai.ID, s doithoai.Slip,
) (key doithoai.IntakeKey, known bool, err error) {
	number := plan.ParsePaperNumber(s.PaperNumber)
	if number == 0 || s.DialogueID == "" || !wellFormed(s.DialogueID) {
		return key, false, nil
	}
	var seed []byte
	var state plan.PaperState
	err = q.queryRow(ctx, `SELECT s.seed, p.state
		FROM paper_slip p
		JOIN paper_stack s ON s.id = p.stack_id
		WHERE p.dialogue_id = $1 AND p.number = $2 AND p.authority_id = $3`,
		s.DialogueID, number, authority).Scan(&seed, &state)
	if errors.Is(err, sql.ErrNoRows) || err == nil && state == plan.PaperReturned && s.SameAs != "" {
		return key, false, nil
	}
	return doithoai.PaperKey(seed, number), err == nil, err
}

// claimPaper takes the printed slip of a submission into the hands of who types it: from then on nobody else returns,
// hands out or voids it. A void one is refused. Its row is locked before counters are.
func (tx *Tx) claimPaper(ctx context.Context, s *submission) error {
	if s.paper == 0 {
		return nil
	}
	from, to := plan.PaperMove(doithoai.ActSubmitSlip)
	args := []any{to, true, tx.Now, s.slip.DialogueID, s.paper}
	in := inList(binder(&args), from)
	n, err := tx.execCount(ctx, `UPDATE paper_slip
		SET state = $1, handed = $2, changed_at = $3
		WHERE dialogue_id = $4 AND number = $5 AND state IN `+in, args...)
	if err != nil {
		return err
	}
	if n == 0 {
		return doithoai.RefuseForm([]doithoai.Problem{{
			Field: doithoai.FieldPaperNumber, Key: "stock.problem.paper_void",
			Args: []any{"number", plan.PaperNumber(s.paper)},
		}})
	}
	tx.touch(TopicStock + string(s.slip.DialogueID))
	return nil
}

// keepPaper joins the printed slip of a submission to the slip that became of it.
func (tx *Tx) keepPaper(ctx context.Context, s *submission) error {
	if s.paper == 0 {
		return nil
	}
	return tx.execOne(ctx, `UPDATE paper_slip
		SET slip_id = $1
		WHERE dialogue_id = $2 AND number = $3 AND slip_id IS NULL`, s.got.SlipID, s.slip.DialogueID, s.paper)
}

// errPaperPublic is returned for a paper number that came from the public site: who typed it has no paper to show.
var errPaperPublic = errors.New("a paper number from the public site")
