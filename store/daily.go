package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// daily does work unless it was done today, whichever node comes first. It reports whether this call did it. The work
// is made of acts of its own, short ones, and may be done twice: by two nodes at once, or again where a node died over
// it or the database was gone. What it could not do for another reason waits for the next day: the error says what.
func (db *DB) daily(ctx context.Context, job string, work func(context.Context) error) (bool, error) {
	today := db.Now().Date()
	done, err := db.doneOn(ctx, job, today)
	if err != nil || done {
		return false, err
	}
	left := work(ctx)
	if ctx.Err() != nil || kindOf(left) == doithoai.Unavailable || doithoai.KindOf(left) == doithoai.Unavailable {
		return false, left
	}
	first := false
	err = db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `INSERT INTO job_run (job, day, done_at)
			VALUES ($1, $2, $3)
			ON CONFLICT (job, day) DO NOTHING`, job, today, tx.Now)
		first = n == 1
		return err
	})
	return first && err == nil, errors.Join(err, left)
}

// doneOn reports whether work was done on a day.
func (db *DB) doneOn(ctx context.Context, job string, day calendar.Date) (bool, error) {
	n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM job_run WHERE job = $1 AND day = $2`, job, day)
	return n > 0, err
}

// Purge forgets drafts, sign-ins and their history that nobody needs any more: daily work. An authority whose rules
// don't say what to keep keeps all; the error names it, and the others' is done all the same.
func (db *DB) Purge(ctx context.Context) (bool, error) {
	return db.daily(ctx, "purge", db.purge)
}

// purge forgets drafts, sign-ins long over, wrong tries of yesterday, and of the history what is beyond what each
// authority keeps.
func (db *DB) purge(ctx context.Context) error {
	now := db.Now()
	if err := db.forget(ctx, "draft", "officer_id, form, subject", `saved_at < $1`, now.Add(-DraftLife)); err != nil {
		return err
	}
	if err := db.forget(ctx, "sign_in", "id", `expires_at < $1`, now.Add(-DraftLife)); err != nil {
		return err
	}
	if err := db.forget(ctx, "upload", "id", `until < $1`, now); err != nil {
		return err
	}
	if err := db.forget(ctx, "kept_page", "place", `until < $1`, now); err != nil {
		return err
	}
	if err := db.forget(ctx, "wrong_try", "login_hash", `last_at < $1`, now.Add(-24*time.Hour)); err != nil {
		return err
	}
	if err := db.forget(ctx, "notice", "id", `at < $1`, now.Add(-noticeLife)); err != nil {
		return err
	}
	all, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM authority`)
	if err != nil {
		return err
	}
	var left error
	for _, id := range all {
		ps, err := parametersOf(ctx, db.reader(), id, doithoai.ParameterHistory, "")
		if err != nil {
			return err
		}
		kept, err := ps.TermAt(doithoai.ParameterHistory, now.Date())
		if err != nil {
			left = errors.Join(left, fmt.Errorf("history of sign-ins of authority %s: %w", id, err))
			continue
		}
		if err := db.forget(ctx, "sign_in_try", "id", `authority_id = $2 AND at < $1`,
			now.Add(-time.Duration(kept.N)*24*time.Hour), id); err != nil {
			return err
		}
	}
	return left
}

// forgotten is how many rows are forgotten at once: few, so that no act waits long for the writer.
const forgotten = 500

// forget deletes the rows of a table to which a condition applies; key are the columns of its primary key.
func (db *DB) forget(ctx context.Context, table, key, condition string, args ...any) error {
	for gone := int64(forgotten); gone == forgotten; {
		if err := db.act(ctx, func(tx *Tx) (err error) {
			gone, err = tx.execCount(ctx, fmt.Sprintf(`DELETE FROM %[1]s
				WHERE (%[2]s) IN (SELECT %[2]s FROM %[1]s WHERE %[3]s LIMIT %[4]d)`, table, key, condition, forgotten), args...)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// TransferWorkDaily is [DB.TransferWork] once a day: daily work.
func (db *DB) TransferWorkDaily(ctx context.Context) (bool, error) {
	return db.daily(ctx, "transfer_work", db.TransferWork)
}
