package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"doithoai"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to this program's version, forward only. A database that a newer program has already
// brought further is refused: its data may mean something this program does not know.
//
// PostgreSQL holds a lock meanwhile. SQLite has none for it: of two programs that start at once, the slower one's
// migration fails, and it looks again.
func (db *DB) migrate(ctx context.Context) error {
	for {
		before := db.schema(ctx)
		err := db.migrateUp(ctx)
		if err == nil || db.dialect == dialectPostgres || db.schema(ctx) == before {
			return err
		}
	}
}

// schema is the version of the database's schema; -1 where it has none yet.
func (db *DB) schema(ctx context.Context) int64 {
	v, err := one(ctx, reader{db.write, db}, column[int64], `SELECT max(version_id) FROM goose_db_version`)
	if err != nil {
		return -1
	}
	return v
}

func (db *DB) migrateUp(ctx context.Context) error {
	p, err := db.migrations()
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("schema version: %w", err)
	}
	// Not current itself: another program that began with an empty database may be between the first two.
	oldest, err := one(ctx, reader{db.write, db}, column[int64],
		`SELECT coalesce(min(version_id), 0) FROM goose_db_version WHERE version_id > 0`)
	if err != nil {
		return fmt.Errorf("schema version: %w", err)
	}
	if oldest > 0 && oldest < groundSchema {
		return fmt.Errorf("the database has schema %d, made before the first release, which this program does not go on "+
			"from: begin with a new one (a demo: remove its folder)", current)
	}
	if current > target {
		return fmt.Errorf("the database has schema %d, made by a newer version; this program knows %d: "+
			"install the newer program", current, target)
	}
	if current == target {
		return nil
	}
	for {
		if current, err = p.GetDBVersion(ctx); err != nil {
			return fmt.Errorf("schema version: %w", err)
		}
		if current >= target {
			db.progress(StepMigrate, target, target)
			return nil
		}
		// Told before: the next one may take long. It may be gone when another program was quicker.
		db.progress(StepMigrate, current, target)
		if _, err := p.UpByOne(ctx); err != nil && !errors.Is(err, goose.ErrNoNextVersion) {
			return fmt.Errorf("migrate: %w", err)
		}
	}
}

// migrateTo brings a new database to an older schema, which a backup is of.
func (db *DB) migrateTo(ctx context.Context, schema int64) error {
	p, err := db.migrations()
	if err != nil {
		return err
	}
	_, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("schema version: %w", err)
	}
	if schema < firstSchema || schema > target {
		return fmt.Errorf("the backup is of schema %d, this program knows %d to %d", schema, firstSchema, target)
	}
	if _, err := p.UpTo(ctx, schema); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// groundSchema is where an empty database begins: what came before was squashed into it, since no release had it.
const groundSchema = 6

// firstSchema is the oldest schema that this program goes on from: the ground with the search tables.
const firstSchema = 7

// synonymSchema is the one with words that stand for each other in a search.
const synonymSchema = 9

func (db *DB) migrations() (*goose.Provider, error) {
	files, err := db.dialect.scripts()
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	gooseDialect := goose.DialectSQLite3
	opts := []goose.ProviderOption{
		goose.WithAllowOutofOrder(true), // those of slices that were built beside each other touch different things
		goose.WithGoMigrations(
			goose.NewGoMigration(firstSchema, &goose.GoFunc{RunTx: db.migrateSearch}, nil),
			goose.NewGoMigration(synonymSchema, &goose.GoFunc{RunTx: db.migrateSynonyms}, nil),
			goose.NewGoMigration(planSchema, &goose.GoFunc{RunTx: db.migratePlans}, nil),
			goose.NewGoMigration(documentSchema, &goose.GoFunc{RunTx: db.migrateDocuments}, nil),
			goose.NewGoMigration(movedSchema, &goose.GoFunc{RunTx: db.migrateMoved}, nil),
		),
	}
	if db.dialect == dialectPostgres {
		gooseDialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120)) // seconds between tries, tries
		if err != nil {
			return nil, fmt.Errorf("migration lock: %w", err)
		}
		opts = append(opts, goose.WithSessionLocker(unbound{locker, db.dialect}))
	}
	p, err := goose.NewProvider(gooseDialect, db.write, files, opts...)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}

// unbound is a locker whose session has no bounds of time while it holds the lock: a migration lasts as long as it
// takes, and so does waiting for another node's.
type unbound struct {
	lock.SessionLocker
	dialect dialect
}

func (u unbound) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if err := u.exec(ctx, conn, "SET %s = 0"); err != nil {
		return err
	}
	return u.SessionLocker.SessionLock(ctx, conn)
}

func (u unbound) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	return errors.Join(u.SessionLocker.SessionUnlock(ctx, conn), u.exec(ctx, conn, "RESET %s"))
}

func (u unbound) exec(ctx context.Context, conn *sql.Conn, form string) error {
	for _, statement := range u.dialect.bounds(form) {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// scripts are the migrations as the engine takes them.
func (d dialect) scripts() (fs.FS, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil || d == dialectSQLite {
		return files, err
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	own := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		text = bytes.ReplaceAll(text, []byte(") WITHOUT ROWID;"), []byte(");"))
		text = bytes.ReplaceAll(text, []byte(" integer PRIMARY KEY"), []byte(" bigint PRIMARY KEY"))
		own[name] = &fstest.MapFile{Data: text}
	}
	return own, nil
}

func (db *DB) migrateSearch(ctx context.Context, tx *sql.Tx) error {
	for _, s := range db.dialect.searchSchema() {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("search tables: %w", err)
		}
	}
	return nil
}

// migrateSynonyms makes the table of the words that stand for each other, and fills it for the authorities that there
// are.
func (db *DB) migrateSynonyms(ctx context.Context, sqlTx *sql.Tx) error {
	tx := &Tx{tx: sqlTx, db: db}
	if err := tx.exec(ctx, `CREATE TABLE synonym (
		authority_id uuid NOT NULL REFERENCES authority (id),
		word text NOT NULL,
		same text NOT NULL,
		ordinal integer NOT NULL,
		version integer NOT NULL,
		PRIMARY KEY (authority_id, word))`); err != nil {
		return err
	}
	authorities, err := list(ctx, tx, column[doithoai.ID], `SELECT id FROM authority`)
	for _, a := range authorities {
		err = errors.Join(err, tx.addSynonyms(ctx, a))
	}
	return err
}
