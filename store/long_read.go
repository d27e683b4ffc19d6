package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"doithoai"
)

// longSnapshot is [DB.snapshot] for what reads for long.
//
// SQLite can't empty its WAL beyond what somebody still reads: it grows meanwhile, and the first act after the snapshot
// would have to move all of it into the database within its commit. So whoever read for long moves it, while acts go on
// writing behind it. PostgreSQL has a process of its own for this, and bounds of time, which are lifted.
func (db *DB) longSnapshot(ctx context.Context, f func(querier) error) error {
	if db.dialect != dialectSQLite {
		return db.snapshotTx(ctx, func(tx *Tx) error {
			if err := tx.lift(ctx); err != nil {
				return err
			}
			return f(tx)
		})
	}
	var quiet *sql.Tx // no act commits between the end of the snapshot and the beginning of the move
	err := db.snapshot(ctx, func(q querier) (err error) {
		if err = f(q); err == nil {
			quiet, err = db.holdActs(ctx)
		}
		return err
	})
	if quiet == nil {
		return err
	}
	return errors.Join(err, db.emptyWAL(ctx, quiet))
}

const (
	// walRounds bounds how often the WAL is emptied of what acts wrote while it was emptied before.
	walRounds = 5
	// walRest is how many pages an act may find there: SQLite itself empties at this number.
	walRest = 1000
)

// emptyWAL moves the WAL into the database. Acts wait only until the move has begun, which is the end of quiet: no
// commit begins another one beside it.
func (db *DB) emptyWAL(ctx context.Context, quiet *sql.Tx) error {
	for range walRounds {
		// Of two that begin at once one moves and the other is refused at once: the first to come back tells that the
		// move has begun, or is done.
		moves := make(chan walMove, 2)
		for range 2 {
			go func() { moves <- db.moveWAL(ctx) }()
		}
		first := <-moves
		err := ignoreDone(quiet.Rollback())
		second := <-moves
		if err := errors.Join(err, first.err, second.err); err != nil {
			return fmt.Errorf("empty the WAL: %w", err)
		}
		left := second.left
		if second.refused {
			left = first.left
		}
		if left <= walRest || first.refused && second.refused { // or another process does it
			return nil
		}
		if quiet, err = db.holdActs(ctx); quiet == nil {
			return err
		}
	}
	return ignoreDone(quiet.Rollback())
}

// holdActs begins a transaction that keeps others from writing; nil where an act takes so long that it can't be had,
// which then finds the WAL as it is.
func (db *DB) holdActs(ctx context.Context) (*sql.Tx, error) {
	tx, err := db.write.BeginTx(ctx, nil)
	switch {
	case kindOf(err) == doithoai.Unavailable:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("empty the WAL: %w", err)
	}
	return tx, nil
}

// walMove is what a move of the WAL came to.
type walMove struct {
	refused bool // another one is under way
	left    int  // pages that acts wrote meanwhile, or that somebody reads before
	err     error
}

func (db *DB) moveWAL(ctx context.Context) (m walMove) {
	var all, moved int
	m.err = db.read.QueryRowContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`).Scan(&m.refused, &all, &moved)
	m.left = all - moved
	return m
}
