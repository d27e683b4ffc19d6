// Package store keeps everything in a database, SQLite or PostgreSQL.
//
// An exported method that changes something is one act and one transaction: begin, load, [doithoai.Can], the pure rule
// of package doithoai, conditional update by version, events, deliveries, leaves of the public record, commit, and only
// then "topic changed". An unexported helper takes the [Tx].
//
// There is one lock order, which keeps acts and groups of acts from deadlock: subject rows by id, then counters by key,
// then the tree row of the public record, last.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/google/uuid"

	"doithoai"
)

// Options are what a DB needs beside its address. The zero value is right for tests.
type Options struct {
	// Now is the clock; nil means the machine's. The demo hands over one of its own.
	Now func() time.Time
	// Entropy is where salts come from; nil means the system's.
	Entropy io.Reader
	// Changed is told the topics that an act changed, after its commit.
	Changed func(topic string)
	// Progress is told how far work is that takes long; nil tells nobody.
	Progress Progress
}

// DB is an open database. Its methods may be called from many goroutines.
type DB struct {
	dialect     dialect
	write, read *sql.DB
	now         func() time.Time
	wall        func() time.Time // the machine's clock, for codes that another machine reckons too
	entropy     io.Reader
	changed     func(topic string)
	progress    Progress
	intake      *intake
	closing     sync.Once
}

// Open connects, migrates and starts the writer of intake groups. dsn is "sqlite:PATH" or "postgres://…".
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	d, write, read, err := connect(dsn)
	if err != nil {
		return nil, err
	}
	return open(ctx, d, write, read, o)
}

// open takes over connected pools.
func open(ctx context.Context, d dialect, write, read *sql.DB, o Options) (*DB, error) {
	db := newDB(d, write, read, o)
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.closePools())
	}
	db.intake = startIntake(db)
	return db, nil
}

// newDB is a DB that takes nothing in yet.
func newDB(d dialect, write, read *sql.DB, o Options) *DB {
	db := &DB{dialect: d, write: write, read: read, now: o.Now, wall: time.Now, entropy: o.Entropy, changed: o.Changed, progress: o.Progress}
	if db.now == nil {
		db.now = time.Now
	}
	if db.entropy == nil {
		db.entropy = rand.Reader
	}
	if db.changed == nil {
		db.changed = func(string) {}
	}
	if db.progress == nil {
		db.progress = func(Step, int64, int64) {}
	}
	return db
}

// Close finishes the intake that is queued, then closes the pools.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		db.intake.stop()
		err = db.closePools()
	})
	return err
}

func (db *DB) closePools() error {
	err := db.write.Close()
	if db.read != db.write {
		err = errors.Join(err, db.read.Close())
	}
	return err
}

// Ready reports whether the database answers.
func (db *DB) Ready(ctx context.Context) error {
	var one int
	if err := db.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one); err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	return nil
}

// Now is the time that acts get: UTC, whole milliseconds.
func (db *DB) Now() doithoai.Instant { return doithoai.InstantOf(db.now()) }

// newID makes a UUIDv7: ids sort by the time they were made.
func newID() doithoai.ID {
	id, err := uuid.NewV7()
	if err != nil { // only where the system has no entropy: nothing can be promised then
		panic(fmt.Sprintf("make an id: %v", err))
	}
	return doithoai.ID(id.String())
}

// wellFormed reports whether an id can be one, in the one spelling that newID makes: PostgreSQL breaks the transaction
// over a malformed one, and reads other spellings which SQLite doesn't find.
func wellFormed(id doithoai.ID) bool {
	const dashes = 1<<8 | 1<<13 | 1<<18 | 1<<23
	if len(id) != 36 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		switch {
		case dashes>>i&1 == 1:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
		default:
			return false
		}
	}
	return true
}

// checkID refuses ids that can't be one as it refuses those that are none.
func checkID(id doithoai.ID) error {
	if !wellFormed(id) {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return nil
}
