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
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

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

// known refuses ids that can't be one as it refuses those that are none.
func known(id doithoai.ID) error {
	if !wellFormed(id) {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return nil
}

// Tx is one act's transaction. Now is the act's time.
type Tx struct {
	tx     *sql.Tx
	db     *DB
	Now    doithoai.Instant
	events []pendingEvent
	topics []string
	acting actingSeat

	authorities map[doithoai.ID]doithoai.Authority // read once in the act
	belongings  map[belonging]bool                 // asked once in the act
}

// errBareTime is returned for a time.Time in a query: SQLite would store it with its monotonic clock reading.
var errBareTime = errors.New("a bare time.Time reached a query; use doithoai.Instant or doithoai.Date")

// checkArgs keeps from the engines what they would take differently: SQLite stores a bare time.Time, any bytes as text,
// and finds nothing under a malformed id; PostgreSQL breaks the transaction over the latter two.
func checkArgs(args []any) error {
	for _, a := range args {
		switch a := a.(type) {
		case time.Time, *time.Time:
			return errBareTime
		case string:
			if !storable(a) {
				return doithoai.Refuse(doithoai.Invalid, "error.invalid")
			}
		case doithoai.ID:
			if a != "" && !wellFormed(a) {
				return doithoai.Refuse(doithoai.NotFound, "error.not_found")
			}
		}
	}
	return nil
}

// storable reports whether a text is UTF-8 without U+0000, which PostgreSQL can't keep.
func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.execCount(ctx, query, args...)
	return err
}

func (tx *Tx) execCount(ctx context.Context, query string, args ...any) (int64, error) {
	if err := checkArgs(args); err != nil {
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

// row is what one row scans from.
type row interface{ Scan(dest ...any) error }

// querier is what reads: an act's transaction, or the readers' pool.
type querier interface {
	query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	queryRow(ctx context.Context, query string, args ...any) row
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

func (tx *Tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := checkArgs(args); err != nil {
		return nil, err
	}
	return tx.tx.QueryContext(ctx, query, args...)
}

func (tx *Tx) queryRow(ctx context.Context, query string, args ...any) row {
	if err := checkArgs(args); err != nil {
		return failedRow{err}
	}
	return tx.tx.QueryRowContext(ctx, query, args...)
}

// reader reads outside acts.
type reader struct{ pool *sql.DB }

func (r reader) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := checkArgs(args); err != nil {
		return nil, err
	}
	return r.pool.QueryContext(ctx, query, args...)
}

func (r reader) queryRow(ctx context.Context, query string, args ...any) row {
	if err := checkArgs(args); err != nil {
		return failedRow{err}
	}
	return r.pool.QueryRowContext(ctx, query, args...)
}

func (db *DB) reader() querier { return reader{db.read} }

// snapshot reads in one transaction, which sees one state of the database however long it lasts and keeps no writer
// waiting.
func (db *DB) snapshot(ctx context.Context, f func(querier) error) (err error) {
	sqlTx, err := db.read.BeginTx(ctx, db.dialect.snapshotOptions())
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer func() { err = errors.Join(err, ignoreDone(sqlTx.Rollback())) }()
	return f(&Tx{tx: sqlTx, db: db})
}

// list reads all rows of a query.
func list[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) (all []T, err error) {
	rows, err := q.query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%.60q: %w", query, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%.60q: %w", query, err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// one reads one row; none is NotFound.
func one[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) (T, error) {
	v, err := scan(q.queryRow(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, &doithoai.Error{Kind: doithoai.NotFound, Key: "error.not_found", Cause: err}
	}
	if err != nil {
		return v, fmt.Errorf("%.60q: %w", query, err)
	}
	return v, nil
}

// column scans a row of one column.
func column[T any](r row) (v T, err error) { return v, r.Scan(&v) }

// rerun is how often an act is run again after PostgreSQL broke a deadlock.
const rerun = 3

// act runs f in one transaction and commits. Topics are told only after the commit; what rolled back is silent.
func (db *DB) act(ctx context.Context, f func(*Tx) error) error {
	var err error
	for range 1 + rerun {
		if err = db.actOnce(ctx, f); !again(err) {
			break
		}
	}
	return told(err)
}

// told gives an engine's error the kind that people are told of.
func told(err error) error {
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
	if err := tx.appendEvents(ctx); err != nil {
		return err
	}
	done = true
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	slices.Sort(tx.topics)
	for _, t := range slices.Compact(tx.topics) {
		db.changed(t)
	}
	return nil
}

// ignoreDone drops the error of rolling back what the engine has already rolled back.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// touch names a topic that the act changes.
func (tx *Tx) touch(topic string) { tx.topics = append(tx.topics, topic) }
