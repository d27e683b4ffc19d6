package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

// Every connection of the pools has the settings that receipts and acts rely on: the pool opens them unseen.
func TestSQLiteSettings(t *testing.T) {
	fx := sqliteCopy(t)
	db := fx.open(t)
	for _, pool := range []struct {
		name  string
		db    *sql.DB
		conns int
		want  map[string]string
	}{
		{"writer", db.write, 1, map[string]string{
			"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "10000", "query_only": "0",
		}},
		{"readers", db.read, sqliteReaders, map[string]string{
			"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "10000", "query_only": "1",
		}},
	} {
		if got := pool.db.Stats().MaxOpenConnections; got != pool.conns {
			t.Errorf("%s: at most %d connections, want %d", pool.name, got, pool.conns)
		}
		for i := range pool.conns {
			c, err := pool.db.Conn(context.Background()) // held, so that the next is another one
			must(t, err)
			defer c.Close() //nolint:errcheck // of a test
			for pragma, want := range pool.want {
				var v string
				must(t, c.QueryRowContext(context.Background(), "PRAGMA "+pragma).Scan(&v))
				if v != want {
					t.Errorf("%s %d: %s = %s, want %s", pool.name, i, pragma, v, want)
				}
			}
		}
	}
}

func TestSQLiteReadersCanNotWrite(t *testing.T) {
	db := sqliteCopy(t).open(t)
	if _, err := db.read.Exec(`UPDATE authority SET name = 'x'`); err == nil {
		t.Error("a reader wrote")
	}
}

// Placeholders are numbers, not positions: some drivers bind $2, $1 in the order of their appearance.
func TestPlaceholdersBindByNumber(t *testing.T) {
	each(t, func(t *testing.T, db *DB, _ *fixture) {
		var a, b, c string
		must(t, db.reader().queryRow(ctxOf(t), `SELECT CAST($2 AS text), CAST($1 AS text), CAST($2 AS text)`, "one",
			"two").Scan(&a, &b, &c))
		if a != "two" || b != "one" || c != "two" {
			t.Errorf("bound %s %s %s", a, b, c)
		}
	})
}

func TestBareTimeIsRefused(t *testing.T) {
	each(t, func(t *testing.T, db *DB, _ *fixture) {
		ctx := ctxOf(t)
		now := time.Now()
		for _, arg := range []any{now, &now} {
			var v string
			if err := db.reader().queryRow(ctx, `SELECT $1`, arg).Scan(&v); !errors.Is(err, errBareTime) {
				t.Errorf("read row: %v", err)
			}
			if _, err := db.reader().query(ctx, `SELECT $1`, arg); !errors.Is(err, errBareTime) {
				t.Errorf("read: %v", err)
			}
			err := db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, `UPDATE draft SET saved_at = $1`, arg) })
			if !errors.Is(err, errBareTime) {
				t.Errorf("act: %v", err)
			}
		}
	})
}

func TestInstantsAndDatesRoundTrip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, _ *fixture) {
		ctx := ctxOf(t)
		must(t, db.act(ctx, func(tx *Tx) error {
			if err := tx.exec(ctx, `CREATE TABLE trip (n integer PRIMARY KEY, at timestamptz, day date)`); err != nil {
				return err
			}
			want := []struct {
				at  calendar.Instant
				day calendar.Date
			}{
				{},
				{calendar.InstantOf(time.Date(2026, 10, 25, 16, 59, 59, 999e6, time.UTC)), calendar.DateOf(2026, 10, 25)},
				{calendar.InstantOf(time.Date(2026, 10, 25, 17, 0, 0, 1e6, time.UTC)), calendar.DateOf(2024, 2, 29)},
				{calendar.InstantOf(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)), calendar.DateOf(1, 1, 1)},
				{calendar.InstantOf(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)), calendar.DateOf(9999, 12, 31)},
				{calendar.InstantOf(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)), calendar.DateOf(1900, 1, 1)},
			}
			for i, w := range want {
				if err := tx.exec(ctx, `INSERT INTO trip (n, at, day) VALUES ($1, $2, $3)`, i, w.at, w.day); err != nil {
					return err
				}
			}
			for i, w := range want {
				var at calendar.Instant
				var day calendar.Date
				if err := tx.queryRow(ctx, `SELECT at, day FROM trip WHERE n = $1`, i).Scan(&at, &day); err != nil {
					return err
				}
				if at != w.at || day != w.day {
					t.Errorf("%s %s came back as %s %s", w.at, w.day, at, day)
				}
			}
			n, err := one(ctx, tx, column[int], `SELECT count(*)
				FROM trip
				WHERE at > $1 AND at < $2 AND day >= $3`, want[1].at, want[4].at, calendar.DateOf(2024, 2, 29))
			if n != 1 {
				t.Errorf("%d rows between two instants, want 1", n)
			}
			return err
		}))
	})
}

func TestMigrationsRunTwiceHarmlessly(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			dsn := e.bare(t)
			errs := make(chan error)
			for range 3 { // three nodes start at once
				go func() {
					db, err := Open(context.Background(), dsn, Options{})
					if err == nil {
						err = db.Close()
					}
					errs <- err
				}()
			}
			for range 3 {
				must(t, <-errs)
			}
			must(t, openAt(t, dsn, &clock{now: morning}).Ready(context.Background()))
		})
	}
}

func TestOtherSchemasAreRefused(t *testing.T) {
	for _, e := range engines {
		for want, statement := range map[string]string{
			"newer":                    `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, true)`,
			"before the first release": `UPDATE goose_db_version SET version_id = 2 WHERE version_id > 0`,
		} {
			t.Run(e.name+" "+want, func(t *testing.T) {
				fx := e.copy(t)
				must(t, fx.open(t).act(context.Background(),
					func(tx *Tx) error { return tx.exec(context.Background(), statement) }))
				if other, err := Open(context.Background(), fx.dsn, Options{}); err == nil || !strings.Contains(err.Error(), want) {
					if other != nil {
						must(t, other.Close())
					}
					t.Errorf("error %v, want that the database is %s", err, want)
				}
			})
		}
	}
}

func TestOpenRefusesOtherAddresses(t *testing.T) {
	for _, dsn := range []string{
		"", "doithoai.db", "mysql://x", "postgres://user:secretword@127.0.0.1:1/x?connect_timeout=1", "sqlite:" + t.TempDir(),
	} {
		db, err := Open(context.Background(), dsn, Options{})
		if err == nil {
			must(t, db.Close())
			t.Errorf("%q was opened", dsn)
		} else if strings.Contains(err.Error(), "secretword") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

// Analysts will query PostgreSQL: its columns have real types.
func TestPostgresHasRealTypes(t *testing.T) {
	db := postgresCopy(t).open(t)
	rows, err := list(ctxOf(t), db.reader(), func(r row) (c [3]string, err error) {
		err = r.Scan(&c[0], &c[1], &c[2])
		return c, err
	},
		`SELECT table_name, column_name, data_type
			FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name <> 'goose_db_version'`)
	must(t, err)
	kinds := map[string]string{}
	for _, c := range rows {
		kinds[c[0]+"."+c[1]] = c[2]
		want := ""
		switch {
		case strings.HasSuffix(c[1], "_at") || strings.HasSuffix(c[1], "_until"):
			want = "timestamp with time zone"
		case strings.HasSuffix(c[1], "_id") || c[1] == "id" && c[0] != "tree" && c[0] != "checkpoint" &&
			c[0] != "record_signer" && !strings.HasPrefix(c[0], "search"):
			want = "uuid"
		case strings.HasSuffix(c[1], "_hash") || c[1] == "hash" || c[1] == "salts":
			want = "bytea"
		}
		if want != "" && c[2] != want {
			t.Errorf("%s.%s is %s, want %s", c[0], c[1], c[2], want)
		}
	}
	for column, want := range map[string]string{
		"event.at": "timestamp with time zone", "event.facts": "jsonb", "petition.due": "date", "officer.active": "boolean",
		"leaf.body": "bytea", "leaf.n": "bigint", "event.leaf": "bigint", "event_text.leaf": "bigint",
		"leaf_salt.leaf": "bigint", "tree_restart.leaf": "bigint",
	} {
		if kinds[column] != want {
			t.Errorf("%s is %s, want %s", column, kinds[column], want)
		}
	}
}

// Both engines have the same tables and columns, in the same order, except those of the search.
func TestSchemasAreAlike(t *testing.T) {
	schemas := map[string]string{}
	for _, e := range engines {
		db := e.copy(t).open(t)
		query := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
		if db.dialect == dialectPostgres {
			query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
		}
		names, err := list(ctxOf(t), db.reader(), column[string], query)
		must(t, err)
		schema := map[string]string{}
		for _, name := range names {
			if strings.HasPrefix(name, "search_") || name == "goose_db_version" {
				continue
			}
			table, err := db.dialect.describe(ctxOf(t), db.reader(), name, "")
			must(t, err)
			schema[name] = strings.Join(table.columns, " ")
		}
		schemas[e.name] = fmt.Sprint(schema)
		for _, b := range backupTables {
			delete(schema, b.name)
		}
		// What backups leave out is left out on purpose.
		without := []string{"kept_page", "record_signer", "sign_in", "upload", "wrong_try"}
		if left := slices.Sorted(maps.Keys(schema)); !slices.Equal(left, without) {
			t.Errorf("%s: tables without backup: %v", e.name, left)
		}
	}
	if schemas["sqlite"] != schemas["postgres"] {
		t.Errorf("the schemas differ:\n%s\n%s", schemas["sqlite"], schemas["postgres"])
	}
}
