package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"doithoai"
)

// dialect is everything in which the two engines differ.
type dialect int

const (
	dialectSQLite dialect = iota
	dialectPostgres
)

// Connection settings stand in the DSN, because the pool opens connections that nobody sees. Their order matters:
// busy_timeout first, so that setting the journal mode can wait; then WAL; FULL, because a receipt is a promise that
// must survive a power cut; foreign keys are off by default in SQLite.
const (
	sqliteWriter = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32768)&_txlock=immediate"
	sqliteReader = "_pragma=busy_timeout(10000)&_pragma=query_only(1)&_pragma=foreign_keys(1)" +
		"&_pragma=cache_size(-16384)&_txlock=deferred"
)

const (
	sqliteReaders = 4
	postgresConns = 16
)

// connect opens the pools of a DSN: "sqlite:PATH" or "postgres://…".
func connect(dsn string) (d dialect, write, read *sql.DB, err error) {
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		path := sqliteAddress(dsn)
		write = sql.OpenDB(sqliteConnector{path + "?" + sqliteWriter})
		write.SetMaxOpenConns(1)
		read = sql.OpenDB(sqliteConnector{path + "?" + sqliteReader})
		read.SetMaxOpenConns(sqliteReaders)
		read.SetMaxIdleConns(sqliteReaders)
		return dialectSQLite, write, read, nil
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		config, err := postgresConfig(dsn)
		if err != nil {
			return 0, nil, nil, err
		}
		write = stdlib.OpenDB(*config)
		write.SetMaxOpenConns(postgresConns)
		write.SetMaxIdleConns(postgresConns)
		return dialectPostgres, write, write, nil
	}
	return 0, nil, nil, errors.New("database must be sqlite:PATH or postgres://…")
}

// Bounds that PostgreSQL keeps for each connection, so that nothing waits for ever on a lock, a lost client or a
// statement gone astray. Long work lifts them ([Tx.lift]). What the address of the database says stands.
var postgresBounds = map[string]string{
	"statement_timeout":                   "20s",
	"lock_timeout":                        "10s",
	"idle_in_transaction_session_timeout": "30s",
}

// postgresConnect bounds how long a connection may take to come about.
const postgresConnect = 10 * time.Second

// postgresConfig reads a DSN and adds the bounds, and what the program's statements need.
func postgresConfig(dsn string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("open postgres: %w", redactDSN(err, dsn))
	}
	for name, value := range postgresBounds {
		if _, said := config.RuntimeParams[name]; !said {
			config.RuntimeParams[name] = value
		}
	}
	// Its plans are of many small parts, of which few are run: to compile them takes longer than all else.
	if _, said := config.RuntimeParams["jit"]; !said {
		config.RuntimeParams["jit"] = "off"
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = postgresConnect
	}
	return config, nil
}

// bounds words a statement for each bound of a connection: "SET LOCAL %s = 0", "RESET %s".
func (d dialect) bounds(form string) (statements []string) {
	if d == dialectPostgres {
		for _, name := range slices.Sorted(maps.Keys(postgresBounds)) {
			statements = append(statements, fmt.Sprintf(form, name))
		}
	}
	return statements
}

// sqliteAddress is the driver's address of "sqlite:PATH", whatever characters the path has.
func sqliteAddress(dsn string) string {
	return "file:" + (&url.URL{Path: strings.TrimPrefix(dsn, "sqlite:")}).EscapedPath()
}

// redactDSN keeps a password in the DSN out of logs.
func redactDSN(err error, dsn string) error {
	u, parseErr := url.Parse(dsn)
	if parseErr != nil {
		return errors.New("malformed address of the database")
	}
	return errors.New(strings.ReplaceAll(err.Error(), dsn, u.Redacted()))
}

// manyNodes reports whether several programs may serve one database. A SQLite file has one.
func (d dialect) manyNodes() bool { return d == dialectPostgres }

// manyWriters reports whether acts run beside each other and must hold what they change. SQLite's one writer holds
// everything.
func (d dialect) manyWriters() bool { return d == dialectPostgres }

// forUpdate makes a SELECT hold its rows to the end of the act, where acts run beside each other. The lock is
// the weaker one that lets other acts refer to the row: the foreign key of an event must not wait for an act that
// itself waits for the tree row.
func (d dialect) forUpdate() string {
	if d.manyWriters() {
		return " FOR NO KEY UPDATE"
	}
	return ""
}

// forReferrers is forUpdate that also waits for who refers to the row in an act of their own, and lets them wait: for
// an act that must reach all of them.
func (d dialect) forReferrers() string {
	if d == dialectPostgres {
		return " FOR UPDATE"
	}
	return ""
}

// forShare makes a SELECT hold its rows as they are, beside others that do: for an act that needs them not to change.
func (d dialect) forShare() string {
	if d == dialectPostgres {
		return " FOR SHARE"
	}
	return ""
}

// forReferring makes a SELECT hold its rows as who refers to them does: it waits for forReferrers, for nothing else.
func (d dialect) forReferring() string {
	if d == dialectPostgres {
		return " FOR KEY SHARE"
	}
	return ""
}

// skipLocked makes a SELECT hold its rows and leave out those that another act holds.
func (d dialect) skipLocked() string {
	if d == dialectPostgres {
		return d.forUpdate() + " SKIP LOCKED"
	}
	return ""
}

// snapshotOptions are those of a transaction that reads one state of the database. SQLite's readers always do.
func (d dialect) snapshotOptions() *sql.TxOptions {
	if d == dialectPostgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return &sql.TxOptions{ReadOnly: true}
}

// kindOf translates an engine's error by its code.
func kindOf(err error) doithoai.Kind {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
			return doithoai.Unavailable
		case sqlite3.SQLITE_CONSTRAINT:
			return doithoai.Conflict
		}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "53100", pg.Code == "53200", pg.Code == "53300", strings.HasPrefix(pg.Code, "57P"):
			return doithoai.Unavailable // disk full, out of memory, too many connections, shutting down
		case pg.Code == "57014", pg.Code == "55P03", pg.Code == "25P03":
			return doithoai.Unavailable // a statement, a lock or a transaction took longer than its bound
		case retriable(err):
			return doithoai.Unavailable // still in each other's way after some tries
		case strings.HasPrefix(pg.Code, "23"):
			return doithoai.Conflict
		}
	}
	var unreachable *pgconn.ConnectError
	var network net.Error
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &unreachable) || errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded) {
		return doithoai.Unavailable // disk full; the server of the database is gone
	}
	return 0
}

// notUnique reports whether the engine refused a row because another has what must be unique.
func notUnique(err error) bool {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	return errors.As(err, &lite) && lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE ||
		errors.As(err, &pg) && pg.Code == "23505"
}

// retriable reports whether the whole act must be run again: PostgreSQL broke a deadlock or a serialisation failure.
func retriable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}

// placeholders writes "($1,$2),($3,$4)" for rows of a width. SQLite gets question marks: it looks numbered ones up by
// name, one after the other.
func (d dialect) placeholders(rows, width int) string {
	b := make([]byte, 0, 6*rows*width+4)
	for i := range rows * width {
		switch {
		case i == 0:
			b = append(b, '(')
		case i%width == 0:
			b = append(b, "),("...)
		default:
			b = append(b, ',')
		}
		if d == dialectPostgres {
			b = strconv.AppendInt(append(b, '$'), int64(i+1), 10)
		} else {
			b = append(b, '?')
		}
	}
	return string(append(b, ')'))
}

// searchRow writes the search tokens of a document, replacing older ones.
func (d dialect) searchRow(ctx context.Context, tx *Tx, id int64, tokens []string) error {
	if d == dialectPostgres {
		return tx.exec(ctx, `INSERT INTO search_tokens (id, tokens) VALUES ($1, string_to_array($2, ' '))
			ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens`, id, strings.Join(tokens, " "))
	}
	if err := tx.exec(ctx, `DELETE FROM search_tokens WHERE rowid = $1`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO search_tokens (rowid, tokens) VALUES ($1, $2)`, id, strings.Join(tokens, " "))
}

// dropSearchRow forgets the search tokens of a document.
func (d dialect) dropSearchRow(ctx context.Context, tx *Tx, id int64) error {
	if d == dialectPostgres {
		return tx.exec(ctx, `DELETE FROM search_tokens WHERE id = $1`, id)
	}
	return tx.exec(ctx, `DELETE FROM search_tokens WHERE rowid = $1`, id)
}

// asked is a query with its arguments.
type asked struct {
	query string
	args  []any
}

// newestHits is how many of the newest documents PostgreSQL looks through before it asks the index of tokens.
const newestHits = 1000

// listHits are queries for the ids of search documents that have all tokens, the greatest first: the first that gives
// as many as wanted, or else the last, has them.
//
// SQLite's index gives them in this order. PostgreSQL's gives all there are: tokens that many have are found faster
// along the ids, and its planner can't tell which those are.
func (d dialect) listHits(tokens []string, before int64, limit int) []asked {
	walk := make([][]string, len(tokens))
	for i, t := range tokens {
		walk[i] = []string{t}
	}
	if d == dialectPostgres {
		return []asked{
			{fmt.Sprintf(`SELECT id FROM (SELECT id, tokens FROM search_tokens WHERE id < $2 ORDER BY id DESC LIMIT %d) AS newest
				WHERE tokens @> string_to_array($1, ' ') ORDER BY id DESC LIMIT $3`, newestHits),
				[]any{strings.Join(tokens, " "), before, limit}},
			d.walkHits(walk, before, limit),
		}
	}
	return []asked{d.walkHits(walk, before, limit)}
}

// walkHits is a query for the ids of search documents that have a token of each list, the greatest first. Tokens are
// [a-z0-9_]+ only, so that neither engine's query language can be entered.
func (d dialect) walkHits(walk [][]string, before int64, limit int) asked {
	if d == dialectPostgres {
		var all []string
		args := []any{before, limit}
		bind := binder(&args)
		var either strings.Builder
		for _, tokens := range walk {
			if len(tokens) == 1 {
				all = append(all, tokens[0])
			} else {
				fmt.Fprintf(&either, " AND tokens && string_to_array(%s, ' ')", bind(strings.Join(tokens, " ")))
			}
		}
		return asked{`SELECT id
			FROM search_tokens
			WHERE tokens @> string_to_array(` + bind(strings.Join(all, " ")) + `, ' ')` + either.String() + ` AND id + 0 < $1
			ORDER BY id + 0 DESC LIMIT $2`, args}
	}
	each := make([]string, len(walk))
	for i, tokens := range walk {
		each[i] = `("` + strings.Join(tokens, `" OR "`) + `")`
	}
	return asked{`SELECT rowid
		FROM search_tokens
		WHERE search_tokens MATCH $1 AND rowid < $2
		ORDER BY rowid DESC LIMIT $3`, []any{strings.Join(each, " AND "), before, limit}}
}

// searchSchema makes the search tables: they are the one place where the engines' schemas differ. The engine numbers
// the documents, so that two approvals at once get different ones.
func (d dialect) searchSchema() []string {
	const document = `CREATE TABLE search_document (
		id %s PRIMARY KEY,
		authority_id uuid NOT NULL REFERENCES authority (id),
		opinion_id uuid NOT NULL UNIQUE REFERENCES opinion (id))`
	const documents = `CREATE INDEX search_document_list ON search_document (authority_id, id)`
	if d == dialectPostgres {
		return []string{
			fmt.Sprintf(document, "bigint GENERATED BY DEFAULT AS IDENTITY"), documents,
			// the order of SQLite, in which beginnings are found
			`ALTER TABLE opinion ALTER COLUMN number TYPE text COLLATE "C"`,
			`CREATE TABLE search_tokens (id bigint PRIMARY KEY REFERENCES search_document (id), tokens text[] NOT NULL)`,
			`CREATE INDEX search_tokens_gin ON search_tokens USING gin (tokens)`,
		}
	}
	return []string{
		fmt.Sprintf(document, "integer"), documents,
		`CREATE VIRTUAL TABLE search_tokens USING fts5 (tokens, content='', contentless_delete=1, detail=none, ` +
			`tokenize="unicode61 remove_diacritics 0 tokenchars '_'")`,
	}
}

// describe finds the columns of a table, in their order, with their types as the migrations name them.
func (d dialect) describe(ctx context.Context, q querier, name, order string) (table, error) {
	t := table{name: name, order: order}
	query := `SELECT name, lower(type) FROM pragma_table_info($1) ORDER BY cid`
	if d == dialectPostgres {
		query = `SELECT column_name, replace(data_type, 'timestamp with time zone', 'timestamptz')
			FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1
			ORDER BY ordinal_position`
	}
	columns, err := list(ctx, q, func(r row) (c [2]string, err error) {
		err = r.Scan(&c[0], &c[1])
		return c, err
	}, query, name)
	if err != nil {
		return t, err
	}
	if len(columns) == 0 {
		return t, fmt.Errorf("the database has no table %s", name)
	}
	for _, c := range columns {
		if err := t.add(c[0], columnKind(c[1])); err != nil {
			return t, err
		}
	}
	return t, nil
}

// countTables counts the tables of a name, one or none.
func (d dialect) countTables() string {
	if d == dialectPostgres {
		return `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1`
	}
	return `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1`
}
