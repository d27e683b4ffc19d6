package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// Tx is one act's transaction. Now is the act's time.
type Tx struct {
	tx     *sql.Tx
	db     *DB
	Now    calendar.Instant
	events []pendingEvent
	topics []string

	reads bool // a snapshot, not an act

	minutes *pendingMinutes // that the act locks

	promises  []pendingPromise  // acts on those of conclusions
	documents []pendingDocument // acts on signed files

	authorities map[doithoai.ID]doithoai.Authority // read once in the act
	belongings  map[belonging]bool                 // asked once in the act
}

// whole is the context of a statement. An act that is wanted no more ends between two statements, not within one: to
// wait for that, each of its many short ones would start two goroutines. What a snapshot reads may be long, and ends at
// once.
func (tx *Tx) whole(ctx context.Context) (context.Context, error) {
	if tx.reads {
		return ctx, nil
	}
	return context.WithoutCancel(ctx), ctx.Err()
}

func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.execCount(ctx, query, args...)
	return err
}

func (tx *Tx) execCount(ctx context.Context, query string, args ...any) (int64, error) {
	if err := checkArgs(args); err != nil {
		return 0, err
	}
	ctx, err := tx.whole(ctx)
	if err != nil {
		return 0, err
	}
	r, err := tx.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%.60q: %w", query, err)
	}
	return r.RowsAffected()
}

// execOne runs a conditional update: another number of rows than one means that somebody was quicker.
func (tx *Tx) execOne(ctx context.Context, query string, args ...any) error {
	n, err := tx.execCount(ctx, query, args...)
	if err == nil && n != 1 {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}

func (tx *Tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := checkArgs(args); err != nil {
		return nil, err
	}
	ctx, err := tx.whole(ctx)
	if err != nil {
		return nil, err
	}
	return tx.tx.QueryContext(ctx, query, args...)
}

func (tx *Tx) queryRow(ctx context.Context, query string, args ...any) row {
	if err := checkArgs(args); err != nil {
		return failedRow{err}
	}
	ctx, err := tx.whole(ctx)
	if err != nil {
		return failedRow{err}
	}
	return tx.tx.QueryRowContext(ctx, query, args...)
}

// lift takes the engine's bounds of time from the transaction, for work that lasts as long as it takes.
func (tx *Tx) lift(ctx context.Context) error {
	for _, statement := range tx.db.dialect.bounds("SET LOCAL %s = 0") {
		if err := tx.exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// rerun is how often an act is run again after PostgreSQL broke a deadlock.
const rerun = 3

// act runs f in one transaction and commits. Topics are told only after the commit; what rolled back is silent.
func (db *DB) act(ctx context.Context, f func(*Tx) error) error {
	var err error
	for range 1 + rerun {
		if err = db.actOnce(ctx, f); !retriable(err) {
			break
		}
	}
	return asRefusal(err)
}

// asRefusal returns an engine's error as one of a kind that people can be told of, where there is such a kind.
func asRefusal(err error) error {
	if err == nil || doithoai.KindOf(err) != 0 {
		return err
	}
	switch kind := kindOf(err); kind {
	case doithoai.Unavailable:
		return &doithoai.Error{Kind: kind, Key: "error.unavailable", Cause: err}
	case doithoai.Conflict:
		return &doithoai.Error{Kind: kind, Key: "error.conflict", Cause: err}
	}
	return err
}

func (db *DB) actOnce(ctx context.Context, f func(*Tx) error) (err error) {
	sqlTx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	tx := &Tx{tx: sqlTx, db: db, Now: db.Now()}
	done := false
	defer func() {
		if !done { // an error or a panic
			err = errors.Join(err, ignoreDone(sqlTx.Rollback()))
		}
	}()
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.hideUnfit(ctx); err != nil {
		return err
	}
	if err := tx.restage(ctx); err != nil {
		return err
	}
	if err := tx.appendEvents(ctx); err != nil {
		return err
	}
	done = true
	if err := sqlTx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
			err = ctx.Err() // it was given up, and rolled back before it came to its commit
		}
		return fmt.Errorf("commit: %w", err)
	}
	if len(tx.topics) == 0 {
		tx.touch(TopicOther)
	}
	slices.Sort(tx.topics)
	topics := slices.Compact(tx.topics)
	for _, t := range topics {
		db.hear(t)
	}
	if db.nodes != nil {
		db.nodes.tell(topics)
	}
	return nil
}

// hear takes in that a topic changed, by an act of this node or of another one.
func (db *DB) hear(topic string) {
	db.searches.hear(topic)
	db.changed(topic)
}

// ignoreDone drops the error of rolling back what the engine has already rolled back.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// TopicOther is told by an act that touches no other topic: something has changed.
const TopicOther = "other"

// touch names a topic that the act changes.
func (tx *Tx) touch(topic string) { tx.topics = append(tx.topics, topic) }
