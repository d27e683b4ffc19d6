// Package store keeps everything in a database, SQLite or PostgreSQL.
//
// An exported method that changes something is one act and one transaction: begin, load, [doithoai.Can], the pure rule
// of package doithoai, conditional update by version (or under a lock, where a rule looks at many rows), events,
// deliveries, leaves of the public record, commit, and only then "topic changed". An unexported helper takes the [Tx].
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
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"doithoai"
	"doithoai/calendar"
	"doithoai/file"
)

// Options are what a DB needs beside its address. The zero value is right for tests.
type Options struct {
	// Now is the clock; nil means the machine's. The demo hands over one of its own.
	Now func() time.Time
	// Entropy is where salts come from; nil means the system's.
	Entropy io.Reader
	// Changed is told the topics that an act changed, after its commit: an act of this node, or of another one. Without
	// it nothing is heard of other nodes: what is held in memory for searches is then what it was when it was read.
	Changed func(topic string)
	// Missed is told that acts of other nodes may have gone unheard: whoever shows something looks anew.
	Missed func()
	// Log is told of what goes wrong without harm to anybody; nil tells nobody.
	Log *slog.Logger
	// Files is the folder of files; without one, none can be kept.
	Files string
	// Gateways are the ways, besides e-mail, that what is to be told goes by itself.
	Gateways doithoai.Gateways
	// Progress is told how far work is that takes long; nil tells nobody.
	Progress Progress
}

// DB is an open database. Its methods may be called from many goroutines.
type DB struct {
	dialect     dialect
	write, read *sql.DB
	now         func() time.Time
	wall        func() time.Time // the machine's clock, for what other machines reckon too: codes, who signs
	entropy     io.Reader
	changed     func(topic string)
	log         *slog.Logger
	unseenUntil atomic.Pointer[calendar.Instant] // see keepSeen
	node        doithoai.ID                      // this program's, among those that serve the database
	signing     atomic.Bool                      // this node signs the public record
	files       file.Folder
	gateways    doithoai.Gateways
	progress    Progress
	intake      *intake
	nodes       *nodes // nil where no other can be
	closing     sync.Once
	searches    searches
	besides     besides
	calendars   readCalendars
	slugs       sync.Map // of authorities, by their ids
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
	if db.dialect.manyNodes() {
		db.nodes = startNodes(db, o.Changed != nil, func() {
			db.searches.forget()
			if o.Missed != nil {
				o.Missed()
			}
		})
	}
	return db, nil
}

// newDB is a DB that takes nothing in yet.
func newDB(d dialect, write, read *sql.DB, o Options) *DB {
	db := &DB{
		dialect: d, write: write, read: read, node: newID(), now: o.Now, wall: time.Now, entropy: o.Entropy,
		changed: o.Changed, log: o.Log, progress: o.Progress, files: file.Folder(o.Files), gateways: o.Gateways,
	}
	db.unseenUntil.Store(new(calendar.Instant))
	if db.now == nil {
		db.now = time.Now
	}
	if db.entropy == nil {
		db.entropy = rand.Reader
	}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if db.changed == nil {
		db.changed = func(string) {}
	}
	if db.progress == nil {
		db.progress = func(Step, int64, int64) {}
	}
	return db
}

// closePatience bounds what else closing waits for.
const closePatience = 2 * time.Second

// Close finishes the intake that is queued, leaves the record to the other nodes, then closes the pools. It takes no
// longer than a dozen seconds, however the database hangs.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		left := make(chan error, 1)
		go func() { left <- db.leaveRecord() }()
		err = db.intake.stop()
		select {
		case leaveErr := <-left:
			err = errors.Join(err, leaveErr)
		case <-time.After(2 * closePatience): // amid a statement, which is not cancelled
			err = errors.Join(err, errors.New("the record is not left to other nodes: the database hangs"))
		}
		if db.nodes != nil {
			db.nodes.stop()
		}
		err = errors.Join(err, db.closePools())
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
func (db *DB) Now() calendar.Instant { return calendar.InstantOf(db.now()) }

// newID makes a UUIDv7: ids sort by the time they were made.
func newID() doithoai.ID { return NewID() }

// NewID is the id of what a form is going to make, so that the form sent twice makes one thing.
func NewID() doithoai.ID {
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
