package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"doithoai"
)

// commits stands before every commit of a pool: it may wait, and it may fail. It also hears of every query that is
// asked.
type commits struct {
	mu      sync.Mutex
	before  func() error
	queried func(query string)
}

// hear sets what is told of queries.
func (c *commits) hear(queried func(query string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queried = queried
}

func (c *commits) heard(query string) {
	c.mu.Lock()
	queried := c.queried
	c.mu.Unlock()
	if queried != nil {
		queried(query)
	}
}

func (c *commits) set(before func() error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.before = before
}

func (c *commits) ask() error {
	c.mu.Lock()
	before := c.before
	c.mu.Unlock()
	if before == nil {
		return nil
	}
	return before()
}

// watchedConnector opens connections of another connector whose commits are watched.
type watchedConnector struct {
	driver.Connector
	commits *commits
}

func (w watchedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := w.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return watchedConn{c, w.commits}, nil
}

type watchedConn struct {
	driver.Conn
	commits *commits
}

func (c watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c watchedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.commits.heard(query)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c watchedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

func (c watchedConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

func (c watchedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
	return watchedTx{tx, c.commits}, err
}

type watchedTx struct {
	driver.Tx
	commits *commits
}

func (t watchedTx) Commit() error {
	if err := t.commits.ask(); err != nil {
		if undo := t.Rollback(); undo != nil {
			return fmt.Errorf("%w, and rolling back: %w", err, undo)
		}
		return err
	}
	return t.Tx.Commit()
}

// openWatched opens a fixture's database with watched commits.
func openWatched(t testing.TB, fx *fixture) (*DB, *commits) {
	t.Helper()
	d, write, read, err := connect(fx.dsn)
	must(t, err)
	must(t, write.Close())
	if read != write {
		must(t, read.Close())
	}
	c := &commits{}
	if d == dialectPostgres {
		config, err := postgresConfig(fx.dsn)
		must(t, err)
		write = sql.OpenDB(watchedConnector{stdlib.GetConnector(*config), c})
		read = write
	} else {
		write = sql.OpenDB(watchedConnector{sqliteConnector{sqliteAddress(fx.dsn) + "?" + sqliteWriter}, c})
		write.SetMaxOpenConns(1)
		read = sql.OpenDB(watchedConnector{sqliteConnector{sqliteAddress(fx.dsn) + "?" + sqliteReader}, c})
	}
	db, err := open(context.Background(), d, write, read, Options{Now: fx.clock.Now, Files: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db, c
}

func eachWatched(t *testing.T, test func(t *testing.T, db *DB, c *commits, fx *fixture)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			fx := e.copy(t)
			db, c := openWatched(t, fx)
			test(t, db, c, fx)
		})
	}
}

// diskFull is what each engine says when the disk is full.
func diskFull(d dialect) error {
	if d == dialectPostgres {
		return &pgconn.PgError{Code: "53100", Message: "could not extend file: No space left on device"}
	}
	return fmt.Errorf("write: %w", syscall.ENOSPC)
}

// Nobody is answered before the commit; when it fails, all of the group are told, and nothing is kept.
func TestNobodyIsAnsweredBeforeCommit(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		before := fingerprint(t, db)
		reached, release := make(chan struct{}, 100), make(chan error)
		c.set(func() error { reached <- struct{}{}; return <-release })
		answers := make(chan error, 10)
		submit := func() {
			for i := range 10 {
				go func() {
					_, err := db.SubmitSlip(context.Background(), fx.resident, key(i), fx.slip(fmt.Sprintf("Nội dung %d", i)))
					answers <- err
				}()
			}
		}
		submit()
		<-reached
		select {
		case err := <-answers:
			t.Fatalf("answered before the commit: %v", err)
		case <-time.After(50 * time.Millisecond):
		}
		told := 0
		for told < 10 {
			select {
			case release <- diskFull(db.dialect):
			case err := <-answers:
				told++
				wantKind(t, err, doithoai.Unavailable, "error.unavailable")
			}
		}
		c.set(nil)
		wantSame(t, before, fingerprint(t, db))

		submit() // the same forms once more: now they are kept
		for range 10 {
			must(t, <-answers)
		}
		wantWhole(t, db)
	})
}

// An act whose commit fails has changed nothing and told nobody.
func TestActWhoseCommitFails(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		var topics []string
		db.changed = func(topic string) { topics = append(topics, topic) }
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		before := fingerprint(t, db)
		topics = nil
		c.set(func() error { return diskFull(db.dialect) })
		wantKind(t, db.SignAnswer(ctx, fx.chair, id, 2), doithoai.Unavailable, "")
		who, err := db.ViewPetitioner(ctx, fx.office, id, "answer")
		wantKind(t, err, doithoai.Unavailable, "")
		if who.Name != "" {
			t.Error("a view that is not on record showed a name")
		}
		c.set(nil)
		if len(topics) > 0 {
			t.Errorf("topics %v were told of what did not happen", topics)
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, db.SignAnswer(ctx, fx.chair, id, 2))
		if len(topics) == 0 {
			t.Error("no topic was told of what happened")
		}
	})
}

// PostgreSQL breaks deadlocks and serialisation failures; the whole act is run again, and in the end refused.
func TestActIsRunAgain(t *testing.T) {
	fx := postgresCopy(t)
	db, c := openWatched(t, fx)
	ctx := ctxOf(t)
	id := fx.bring(t, db, 1, submitted).Opinions[0].ID
	fails := rerun
	c.set(func() error {
		if fails--; fails >= 0 {
			return &pgconn.PgError{Code: "40P01"}
		}
		return nil
	})
	must(t, db.SignAnswer(ctx, fx.chair, id, 2))
	fails = rerun + 1
	wantKind(t, db.DispatchAnswer(ctx, fx.office, id, 3, "1", db.Now().Date()), doithoai.Unavailable, "")
	c.set(nil)
	wantWhole(t, db)
}

// A full disk: what comes in is refused as unavailable, what was acknowledged stays, and with room again all goes on.
func TestSQLiteDiskFull(t *testing.T) {
	fx := sqliteCopy(t)
	db := fx.open(t)
	var pages int
	must(t, db.write.QueryRow(`PRAGMA page_count`).Scan(&pages))
	_, err := db.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+30))
	must(t, err)
	n := 0
	for ; err == nil; n++ {
		if n > 1000 {
			t.Fatal("the disk is never full")
		}
		_, err = db.SubmitSlip(ctxOf(t), fx.resident, key(n), fx.slip(long(3000)))
	}
	wantKind(t, err, doithoai.Unavailable, "error.unavailable")
	_, err = db.write.Exec(`PRAGMA max_page_count = 1000000`)
	must(t, err)
	for i := range n {
		if r := fx.submit(t, db, i, long(3000)); r.Repeated != (i < n-1) {
			t.Errorf("submission %d of %d repeated: %v", i, n, r.Repeated)
		}
	}
	wantWhole(t, db)
}

// An act that is given up after its last statement leaves nothing, and takes nobody's turn: the next one is done.
func TestActGivenUpBeforeItsCommit(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		fx.submit(t, db, 1, "Nội dung")
		before := fingerprint(t, db)
		ctx, cancel := context.WithCancel(ctxOf(t))
		defer cancel()
		err := db.act(ctx, func(tx *Tx) error {
			defer cancel()
			return tx.exec(ctx, `UPDATE opinion SET version = version + 1`)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("given up: %v", err)
		}
		wantSame(t, before, fingerprint(t, db))
		fx.submit(t, db, 2, "Nội dung khác")
	})
}
