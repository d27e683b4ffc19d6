package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// LedgerRow is a row of the register as books hold it, without who raised the opinion.
type LedgerRow struct {
	Row
	Extended int           // how often the due date was put off
	Paused   int           // how often the clock stood still
	Number   string        // of the answer that stands, "" while there is none
	Dated    calendar.Date // of the same
	To       string        // the body to which the person was sent, "" where they were not
	Rating   doithoai.Rating
	Alike    int // how many other opinions are of the same matter
}

// ledgerBatch is how many rows a book reads at a time.
const ledgerBatch = 100

// Ledger is the register's page of a filter, with what books hold beside it. See [DB.Register].
func (db *DB) Ledger(ctx context.Context, actor doithoai.Actor, f Filter) (all []LedgerRow, more bool, err error) {
	f.Limit = ledgerBatch
	rows, beyond, err := db.Register(ctx, actor, f)
	if err != nil {
		return nil, false, err
	}
	all, err = db.ledger(ctx, actor, rows)
	return all, beyond.More, err
}

// ledger reads what books hold beside some rows.
func (db *DB) ledger(ctx context.Context, actor doithoai.Actor, rows []Row) ([]LedgerRow, error) {
	all, ids := make([]LedgerRow, len(rows)), make([]doithoai.ID, len(rows))
	for i, r := range rows {
		all[i].Row, ids[i] = r, r.Opinion.ID
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var args []any
	found, err := list(ctx, db.reader(), func(r row) (l LedgerRow, err error) {
		err = r.Scan(&l.Opinion.ID, &l.Extended, &l.Paused, &l.Number, &l.Dated, &l.To, &l.Rating.Solved,
			&l.Rating.Satisfied)
		return l, err
	}, `SELECT o.id, coalesce(p.extended, 0),
			(SELECT count(*) FROM event e WHERE e.opinion_id = o.id AND e.act = 'pause_petition'),
			coalesce(a.number, ''), a.dated,
			coalesce((SELECT t.to_body FROM ruling_text t WHERE t.opinion_id = o.id), ''),
			coalesce(r.solved, ''), coalesce(r.satisfied, 0)
		FROM opinion o
		LEFT JOIN petition p ON p.id = o.petition_id
		LEFT JOIN answer a ON a.petition_id = p.id AND p.state = 'answered'
		LEFT JOIN rating r ON r.opinion_id = o.id
		WHERE o.id IN `+inList(binder(&args), ids), args...)
	if err != nil {
		return nil, err
	}
	alike, err := db.GroupCounts(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	for i := range all {
		of := func(l LedgerRow) bool { return l.Opinion.ID == all[i].Opinion.ID }
		if n := slices.IndexFunc(found, of); n >= 0 {
			row := all[i].Row
			all[i] = found[n]
			all[i].Row, all[i].Alike = row, alike[row.Opinion.ID]
		}
	}
	return all, nil
}

// Receptions lists who was received in person in a period, in the order in which they came: opinions that are not
// denunciations, and not about the conduct of the actor or of somebody of their unit. after is the last one of the
// batch before; the zero one begins. more reports whether there are others.
func (db *DB) Receptions(
	ctx context.Context, actor doithoai.Actor, p doithoai.Period, after doithoai.Opinion,
) (all []LedgerRow, more bool, err error) {
	if err := may(actor, doithoai.ActKeepLedger); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	where := `o.channel IN ('hall', 'office') AND o.received_at >= ` + bind(calendar.InstantAt(p.From, 0, 0)) +
		` AND o.received_at < ` + bind(calendar.InstantAt(p.To.AddDays(1), 0, 0))
	if after.ID != "" {
		where += ` AND (o.received_at, o.id) > (` + bind(after.ReceivedAt) + `, ` + bind(after.ID) + `)`
	}
	w := walks{
		columns: `, o.received_at`, order: `@.received_at, @.id`,
		each: []walk{{where, `o.received_at, o.id`}},
	}
	hidden := ` AND o.joined_to IS NULL AND ` + notDenounced + notConcerned(actor, db.Now().Date(), bind)
	rows, err := db.rows(ctx, w, hidden, bind(ledgerBatch+1), args)
	if err != nil {
		return nil, false, err
	}
	more = len(rows) > ledgerBatch
	all, err = db.ledger(ctx, actor, rows[:min(len(rows), ledgerBatch)])
	return all, more, err
}

// A BookRow is a row of the book of receptions: who was received, and what became of what they raised.
type BookRow struct {
	LedgerRow
	Who doithoai.Petitioner
}

// ViewForLedger is the book of receptions of a period. A view of who was received is put on record for each of its
// opinions first. Invalid: there are more than [doithoai.MaxReceptions], or the period is none; then nothing is put on
// record.
func (db *DB) ViewForLedger(
	ctx context.Context, actor doithoai.Actor, p doithoai.Period,
) (book []BookRow, err error) {
	if err := may(actor, doithoai.ActKeepLedger); err != nil {
		return nil, err
	}
	if err := doithoai.RefuseForm(p.Problems(db.Now().Date())); err != nil {
		return nil, err
	}
	var last doithoai.Opinion
	for more := true; more; {
		var rows []LedgerRow
		if rows, more, err = db.Receptions(ctx, actor, p, last); err != nil {
			return nil, err
		}
		for _, r := range rows {
			book, last = append(book, BookRow{LedgerRow: r}), r.Opinion
		}
		if len(book) > doithoai.MaxReceptions {
			return nil, doithoai.RefuseForm([]doithoai.Problem{{
				Field: doithoai.FieldTo, Key: "ledger.problem.many", Args: []any{"max", doithoai.MaxReceptions},
			}})
		}
	}
	for part := range slices.Chunk(book, viewedAtOnce) {
		if err := db.viewAll(ctx, actor, part); err != nil { // a view that is not on record has shown nothing
			return nil, err
		}
	}
	return book, nil
}

// viewedAtOnce is how many views one transaction puts on record: no other act waits long for it.
const viewedAtOnce = 50

// viewAll puts views on record, and fills in who was received.
func (db *DB) viewAll(ctx context.Context, actor doithoai.Actor, book []BookRow) error {
	return db.act(ctx, func(tx *Tx) error {
		var ids []doithoai.ID
		for _, r := range book {
			ids = append(ids, r.Opinion.ID)
		}
		slices.Sort(ids) // as locks stand
		if err := tx.holdOpinions(ctx, ids...); err != nil {
			return err
		}
		for i := range book {
			c, err := tx.openCase(ctx, actor, doithoai.ActViewPetitioner, book[i].Opinion.ID)
			if err != nil {
				return err
			}
			if book[i].Who, err = petitionerOf(ctx, tx, c.Opinion.SlipID); err != nil {
				return err
			}
			facts := doithoai.Facts{Reason: doithoai.ViewLedger, Unit: c.Seat.UnitID, Post: c.Seat.PostID}
			if err := c.save(ctx, facts, ""); err != nil {
				return err
			}
		}
		return nil
	})
}
