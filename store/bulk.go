package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"doithoai"
	"doithoai/calendar"
)

// bulkLoad fills an empty database.
type bulkLoad struct {
	tx   *Tx
	conn *sql.Conn
}

// Settings of a connection of SQLite while it fills an empty database. With a rollback journal, which holds only what
// was there before, rows are written once; through the WAL, twice. References are checked once all rows are there. What
// sorts goes to a file, not into memory.
var (
	sqliteBulk = []string{
		`PRAGMA journal_mode = DELETE`, `PRAGMA foreign_keys = OFF`, `PRAGMA cache_size = -131072`,
		`PRAGMA temp_store = FILE`,
	}
	sqliteServes = []string{`PRAGMA journal_mode = WAL`, `PRAGMA foreign_keys = ON`}
)

// bulk fills an empty database in one transaction. Indexes and references stand again when it commits, and the search
// tables are made.
func (db *DB) bulk(ctx context.Context, fill func(*bulkLoad) error) (err error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	settings := func(all []string) error {
		if db.dialect != dialectSQLite {
			return nil
		}
		for _, s := range all {
			if _, err := conn.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	}
	if err := settings(sqliteBulk); err != nil {
		return err
	}
	if err := db.bulkTx(ctx, conn, fill); err != nil {
		return err
	}
	return settings(sqliteServes)
}

func (db *DB) bulkTx(ctx context.Context, conn *sql.Conn, fill func(*bulkLoad) error) (err error) {
	sqlTx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreDone(sqlTx.Rollback()))
		}
	}()
	l := &bulkLoad{tx: &Tx{tx: sqlTx, db: db, Now: db.Now()}, conn: conn}
	if err := l.tx.lift(ctx); err != nil {
		return err
	}
	if db.dialect == dialectPostgres {
		err = l.fillPostgres(ctx, fill)
	} else {
		err = l.fillSQLite(ctx, fill)
	}
	if err != nil {
		return err
	}
	return sqlTx.Commit()
}

// put writes rows of a table.
func (l *bulkLoad) put(ctx context.Context, t table, values []any) error {
	if l.tx.db.dialect == dialectPostgres {
		return l.copy(ctx, t, values)
	}
	rows := &rowList{width: len(t.columns), args: values}
	return rows.insert(ctx, l.tx, t.name+` (`+strings.Join(t.columns, ", ")+`)`)
}

// fillSQLite checks every reference when all rows are there.
func (l *bulkLoad) fillSQLite(ctx context.Context, fill func(*bulkLoad) error) error {
	if err := fill(l); err != nil {
		return err
	}
	tables, err := describeAll(ctx, l.tx.db, l.tx)
	if err != nil {
		return err
	}
	for i, t := range tables {
		l.tx.db.progress(StepIndex, int64(i), int64(len(tables)))
		var parent string
		err := l.tx.queryRow(ctx, `SELECT "parent" FROM pragma_foreign_key_check($1) LIMIT 1`, t.name).Scan(&parent)
		if err == nil {
			return fmt.Errorf("a row of %s refers to one of %s that is missing", t.name, parent)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	l.tx.db.progress(StepIndex, int64(len(tables)), int64(len(tables)))
	return l.tx.indexAll(ctx)
}

// standingAgain is a statement that takes away an index or a reference, and the one that makes it again.
type standingAgain struct{ drop, make string }

// fillPostgres takes references and indexes away first: made once for all rows they cost a fraction. Those of the
// search tables are made when these are filled.
func (l *bulkLoad) fillPostgres(ctx context.Context, fill func(*bulkLoad) error) error {
	scan := func(r row) (s standingAgain, err error) {
		err = r.Scan(&s.drop, &s.make)
		return s, err
	}
	references, err := list(ctx, l.tx, scan,
		`SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
		format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		FROM pg_constraint
		WHERE contype = 'f'
		AND connamespace = current_schema()::regnamespace
		ORDER BY conrelid::regclass::text, conname`)
	if err != nil {
		return err
	}
	indexes, err := list(ctx, l.tx, scan,
		`SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
		FROM pg_index i
		JOIN pg_class c ON c.oid = i.indexrelid
		WHERE c.relnamespace = current_schema()::regnamespace
		AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
		ORDER BY c.relname`)
	if err != nil {
		return err
	}
	var early, late []standingAgain
	for _, s := range append(indexes, references...) {
		if err := l.tx.exec(ctx, s.drop); err != nil {
			return err
		}
		if strings.Contains(s.make, "search_") {
			late = append(late, s)
		} else {
			early = append(early, s)
		}
	}
	if err := fill(l); err != nil {
		return err
	}
	total := int64(len(early) + len(late))
	for i, s := range early {
		l.tx.db.progress(StepIndex, int64(i), total)
		if err := l.tx.exec(ctx, s.make); err != nil {
			return err
		}
	}
	l.tx.db.progress(StepIndex, int64(len(early)), total)
	if err := l.tx.indexAll(ctx); err != nil {
		return err
	}
	for i, s := range late {
		l.tx.db.progress(StepIndex, int64(len(early)+i), total)
		if err := l.tx.exec(ctx, s.make); err != nil {
			return err
		}
	}
	l.tx.db.progress(StepIndex, total, total)
	return nil
}

// copy writes rows by PostgreSQL's COPY.
func (l *bulkLoad) copy(ctx context.Context, t table, values []any) error {
	if len(values) == 0 {
		return nil
	}
	for i, v := range values {
		var err error
		if values[i], err = copied(v); err != nil {
			return err
		}
	}
	width := len(t.columns)
	rows := pgx.CopyFromSlice(len(values)/width, func(i int) ([]any, error) { return values[i*width : (i+1)*width], nil })
	return l.conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("a connection of %T", driver)
		}
		_, err := c.Conn().CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, rows)
		return err
	})
}

// copied is a value as COPY sends it without spelling it out as text.
func copied(v any) (any, error) {
	switch v := v.(type) {
	case doithoai.ID:
		id, err := uuid.Parse(string(v))
		return [16]byte(id), err
	case calendar.Instant:
		return v.Time(), nil
	case calendar.Date:
		return v.Time(), nil
	}
	return v, nil
}
