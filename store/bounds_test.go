package store

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"doithoai"
)

// boundsOf are the bounds of time that a transaction or connection has.
func boundsOf(t *testing.T, show func(name string) (string, error)) map[string]string {
	t.Helper()
	got := map[string]string{}
	for name := range postgresBounds {
		value, err := show(name)
		must(t, err)
		got[name] = value
	}
	return got
}

func wantBounds(t *testing.T, what string, got map[string]string, want string) {
	t.Helper()
	for name, bound := range postgresBounds {
		if want != "" {
			bound = want
		}
		if got[name] != bound {
			t.Errorf("%s: %s is %s, want %s", what, name, got[name], bound)
		}
	}
}

// Every connection to PostgreSQL has bounds of time; long work lifts them for itself alone.
func TestPostgresBounds(t *testing.T) {
	ctx := ctxOf(t)
	fx := postgresCopy(t)
	db := fx.open(t)
	in := func(q querier) func(string) (string, error) {
		return func(name string) (string, error) {
			return one(ctx, q, column[string], `SELECT current_setting($1)`, name)
		}
	}
	wantBounds(t, "a page", boundsOf(t, in(db.reader())), "")
	must(t, db.act(ctx, func(tx *Tx) error { wantBounds(t, "an act", boundsOf(t, in(tx)), ""); return nil }))
	must(t, db.longSnapshot(ctx, func(q querier) error {
		wantBounds(t, "long work", boundsOf(t, in(q)), "0")
		return nil
	}))
	db.read.SetMaxOpenConns(1)
	wantBounds(t, "after long work", boundsOf(t, in(db.reader())), "")

	conn, err := db.write.Conn(ctx)
	must(t, err)
	defer conn.Close() //nolint:errcheck // of a test
	on := func(name string) (value string, err error) {
		err = conn.QueryRowContext(ctx, `SELECT current_setting($1)`, name).Scan(&value)
		return value, err
	}
	locker := unbound{ignoringLocker{}, db.dialect}
	must(t, locker.SessionLock(ctx, conn))
	wantBounds(t, "a migration", boundsOf(t, on), "0")
	must(t, locker.SessionUnlock(ctx, conn))
	wantBounds(t, "after a migration", boundsOf(t, on), "")

	own, err := postgresConfig(fx.dsn + "&statement_timeout=90s")
	must(t, err)
	if got := own.RuntimeParams["statement_timeout"]; got != "90s" {
		t.Errorf("the address says 90s, the connection has %s", got)
	}
}

// A statement or a wait for a lock beyond its bound is a database that can't be reached just now.
func TestPostgresBoundsAreRefusals(t *testing.T) {
	fx := postgresCopy(t)
	fx.dsn += "&statement_timeout=200ms&lock_timeout=100ms"
	db, ctx := fx.open(t), ctxOf(t)
	sleep := func(q querier) error {
		return second(one(ctx, q, column[string], `SELECT CAST(pg_sleep(0.5) AS text)`))
	}
	wantKind(t, db.act(ctx, func(tx *Tx) error { return sleep(tx) }), doithoai.Unavailable, "error.unavailable")
	must(t, db.longSnapshot(ctx, sleep))
	must(t, db.act(ctx, func(tx *Tx) error {
		if err := tx.holdRules(ctx, fx.authority.ID); err != nil {
			return err
		}
		wantKind(t, db.SetPortal(ctx, fx.office, 1, doithoai.PortalOffline), doithoai.Unavailable, "error.unavailable")
		return nil
	}))
}

type ignoringLocker struct{}

func (ignoringLocker) SessionLock(context.Context, *sql.Conn) error   { return nil }
func (ignoringLocker) SessionUnlock(context.Context, *sql.Conn) error { return nil }

// A group whose commit hangs is answered when patience is over, and hangs up nobody's shutdown. The form is kept or
// not: repeating it gives the one receipt.
func TestGroupThatHangs(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		db.intake.patience = 300 * time.Millisecond
		release := make(chan struct{})
		c.set(func() error { <-release; return nil })
		_, err := db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Một"))
		wantKind(t, err, doithoai.Unavailable, "error.unavailable")
		if err := db.Close(); err == nil || !strings.Contains(err.Error(), "hangs") {
			t.Errorf("closed with %v", err)
		}
		close(release)
		c.set(nil)
		again := fx.open(t)
		fx.submit(t, again, 1, "Một")
		wantWhole(t, again)
	})
}

// Statements are not compiled: the counts of a register with a million opinions took half a second of it.
func TestPostgresCompilesNothing(t *testing.T) {
	fx := postgresCopy(t)
	jit, err := one(ctxOf(t), fx.open(t).reader(), column[string], `SELECT current_setting('jit')`)
	must(t, err)
	if jit != "off" {
		t.Errorf("jit is %s", jit)
	}
}
