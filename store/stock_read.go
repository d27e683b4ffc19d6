package store

import (
	"context"

	"doithoai"
	"doithoai/plan"
)

// maxPaperRows is how many printed slips a page of their list has at most.
const maxPaperRows = 200

// seesDialogue asks whether the actor may do an act of seeing to what was prepared for a dialogue of their authority.
func (db *DB) seesDialogue(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID,
) error {
	if err := may(actor, act); err != nil {
		return err
	}
	_, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, "")
	return err
}

// PaperAccount counts the printed slips of a dialogue by what became of them.
func (db *DB) PaperAccount(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (a plan.PaperAccount, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeStock, dialogue); err != nil {
		return a, err
	}
	return paperAccountOf(ctx, db.reader(), dialogue)
}

func paperAccountOf(ctx context.Context, q querier, dialogue doithoai.ID) (a plan.PaperAccount, err error) {
	type part struct {
		state  plan.PaperState
		handed bool
		n      int
	}
	parts, err := list(ctx, q, func(r row) (p part, err error) {
		err = r.Scan(&p.state, &p.handed, &p.n)
		return p, err
	}, `SELECT state, handed, count(*)
		FROM paper_slip
		WHERE dialogue_id = $1
		GROUP BY state, handed`, dialogue)
	for _, p := range parts {
		a = a.Count(p.state, p.handed, p.n)
	}
	return a, err
}

// PaperStacks lists the stacks of a dialogue in the order of their numbers.
func (db *DB) PaperStacks(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]plan.Stack, error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeStock, dialogue); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), func(r row) (s plan.Stack, err error) {
		err = r.Scan(&s.ID, &s.DialogueID, &s.First, &s.Last, &s.PrintedBy, &s.PrintedAt)
		return s, err
	}, `SELECT s.id, s.dialogue_id, s.first_number, s.last_number, o.name, s.printed_at
		FROM paper_stack s
		JOIN officer o ON o.id = s.printed_by
		WHERE s.dialogue_id = $1
		ORDER BY s.first_number`, dialogue)
}

// PaperHandouts lists to whom slips of a dialogue were handed, in order, with how many came back of each range.
func (db *DB) PaperHandouts(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]plan.Handout, error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeStock, dialogue); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), func(r row) (h plan.Handout, err error) {
		err = r.Scan(&h.ID, &h.First, &h.Last, &h.VillageID, &h.UnitID, &h.Receiver, &h.On, &h.Back)
		return h, err
	}, `SELECT h.id, h.first_number, h.last_number, h.village_id, h.unit_id, h.receiver, h.on_day,
			(SELECT count(*) FROM paper_slip p WHERE p.handout_id = h.id AND p.state = $2)
		FROM paper_handout h
		WHERE h.dialogue_id = $1
		ORDER BY h.id`, dialogue, plan.PaperReturned)
}

const paperColumns = `p.dialogue_id, p.number, p.state, p.handed, p.handout_id, p.slip_id, p.reason, p.changed_at,
	h.village_id, coalesce(h.receiver, ''), h.on_day`

const paperJoin = `
	FROM paper_slip p
	LEFT JOIN paper_handout h ON h.id = p.handout_id`

func scanPaper(r row) (s plan.PaperSlip, err error) {
	err = r.Scan(&s.DialogueID, &s.Number, &s.State, &s.Handed, &s.HandoutID, &s.SlipID, &s.Reason, &s.ChangedAt,
		&s.VillageID, &s.Receiver, &s.On)
	return s, err
}

// PaperFilter narrows the list of printed slips; zero fields do not.
type PaperFilter struct {
	State plan.PaperState
	From  int // first number
}

// PaperSlips lists the printed slips of a dialogue from a number on, at most maxPaperRows, with the register numbers of
// what came of them; more reports whether others follow. What the actor may not see of opinions is not among them.
func (db *DB) PaperSlips(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, f PaperFilter,
) (slips []plan.PaperSlip, more bool, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeStock, dialogue); err != nil {
		return nil, false, err
	}
	args := []any{dialogue, f.From, maxPaperRows + 1}
	where := `p.dialogue_id = $1 AND p.number >= $2`
	if f.State != "" {
		where += ` AND p.state = $4`
		args = append(args, f.State)
	}
	slips, err = list(ctx, db.reader(), scanPaper, `SELECT `+paperColumns+paperJoin+`
		WHERE `+where+`
		ORDER BY p.number LIMIT $3`, args...)
	if err != nil {
		return nil, false, err
	}
	if more = len(slips) > maxPaperRows; more {
		slips = slips[:maxPaperRows]
	}
	return slips, more, db.paperOpinions(ctx, actor, slips)
}

// paperOpinions finds the register numbers of what came of printed slips, as far as the actor may see the opinions.
func (db *DB) paperOpinions(ctx context.Context, actor doithoai.Actor, slips []plan.PaperSlip) error {
	at := map[doithoai.ID]int{}
	var ids []doithoai.ID
	for i, s := range slips {
		if s.SlipID != "" {
			at[s.SlipID], ids = i, append(ids, s.SlipID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	in := inList(bind, ids)
	hidden := notConcerned(actor, db.Now().Date(), bind)
	type came struct {
		slip   doithoai.ID
		number doithoai.RegisterNumber
	}
	all, err := list(ctx, db.reader(), func(r row) (c came, err error) {
		err = r.Scan(&c.slip, &c.number)
		return c, err
	}, `SELECT o.slip_id, o.number
		FROM opinion o
		WHERE `+inAuthority("o")+` AND o.slip_id IN `+in+` AND `+notDenounced+hidden+`
		ORDER BY o.id`, args...)
	for _, c := range all {
		s := &slips[at[c.slip]]
		s.Opinions = append(s.Opinions, c.number)
	}
	return err
}

// PaperSheet is a slip to print: its number, and the receipt code of its stub.
type PaperSheet struct {
	Number int
	Code   doithoai.ReceiptCode
}

// MaxSheets is how many slips are printed from one page.
const MaxSheets = 100

// PaperSheets are the slips of a range to print, at most MaxSheets: those that are still in stock.
func (db *DB) PaperSheets(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, first, last int,
) ([]PaperSheet, error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActPrintStack, dialogue); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), func(r row) (s PaperSheet, err error) {
		var seed []byte
		err = r.Scan(&s.Number, &seed)
		s.Code = doithoai.NewReceiptCode(doithoai.PaperKey(seed, s.Number))
		return s, err
	}, `SELECT p.number, s.seed
		FROM paper_slip p
		JOIN paper_stack s ON s.id = p.stack_id
		WHERE p.dialogue_id = $1 AND p.number BETWEEN $2 AND $3 AND p.state = $4
		ORDER BY p.number LIMIT $5`, dialogue, first, last, plan.PaperPrinted, MaxSheets)
}

// PaperDialogue finds the dialogue whose printed slips are typed now: the next one that has any, else the last one;
// NotFound where none was ever printed.
func (db *DB) PaperDialogue(ctx context.Context, actor doithoai.Actor) (doithoai.Dialogue, error) {
	if err := may(actor, doithoai.ActSubmitSlip); err != nil {
		return doithoai.Dialogue{}, err
	}
	all, err := list(ctx, db.reader(), scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1
			AND EXISTS (SELECT 1 FROM paper_stack s WHERE s.authority_id = $1 AND s.dialogue_id = dialogue.id)
		ORDER BY starts_at DESC LIMIT 10`, actor.AuthorityID)
	if err != nil {
		return doithoai.Dialogue{}, err
	}
	if len(all) == 0 {
		return doithoai.Dialogue{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	found := all[0]
	for _, d := range all[1:] {
		if d.StartsAt.Date().Before(db.Now().Date()) {
			break
		}
		found = d
	}
	return found, nil
}

// PaperByNumber finds a printed slip of a dialogue for who types it; NotFound where none of that number was printed.
func (db *DB) PaperByNumber(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, number int,
) (s plan.PaperSlip, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSubmitSlip, dialogue); err != nil {
		return s, err
	}
	return db.paper(ctx, actor, `p.dialogue_id = $1 AND p.number = $2`, dialogue, number)
}

func (db *DB) paper(
	ctx context.Context, actor doithoai.Actor, where string, args ...any,
) (s plan.PaperSlip, err error) {
	if s, err = one(ctx, db.reader(), scanPaper, `SELECT `+paperColumns+paperJoin+` WHERE `+where, args...); err != nil {
		return s, err
	}
	found := []plan.PaperSlip{s}
	err = db.paperOpinions(ctx, actor, found)
	return found[0], err
}

// PaperByCode finds the printed slip of a dialogue whose stub bears a receipt code: what a scanner reads. NotFound
// where none does.
func (db *DB) PaperByCode(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, code doithoai.ReceiptCode,
) (s plan.PaperSlip, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSubmitSlip, dialogue); err != nil {
		return s, err
	}
	type stack struct {
		first, last int
		seed        []byte
	}
	stacks, err := list(ctx, db.reader(), func(r row) (s stack, err error) {
		err = r.Scan(&s.first, &s.last, &s.seed)
		return s, err
	}, `SELECT first_number, last_number, seed
		FROM paper_stack
		WHERE dialogue_id = $1
		ORDER BY first_number`, dialogue)
	if err != nil {
		return s, err
	}
	for _, k := range stacks { // ten thousand at most
		for n := k.first; n <= k.last; n++ {
			if doithoai.NewReceiptCode(doithoai.PaperKey(k.seed, n)) == code {
				return db.PaperByNumber(ctx, actor, dialogue, n)
			}
		}
	}
	return s, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}
