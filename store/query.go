package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"doithoai"
)

// errBareTime is returned for a time.Time in a query: SQLite would store it with its monotonic clock reading.
var errBareTime = errors.New("a bare time.Time reached a query; use calendar.Instant or calendar.Date")

// checkArgs keeps from the engines what they would take differently: SQLite stores a bare time.Time, any bytes as text,
// and finds nothing under a malformed id; PostgreSQL breaks the transaction over the latter two.
func checkArgs(args []any) error {
	for _, a := range args {
		switch a := a.(type) {
		case time.Time, *time.Time:
			return errBareTime
		case doithoai.ID:
			if a != "" && !wellFormed(a) {
				return doithoai.Refuse(doithoai.NotFound, "error.not_found")
			}
		default: // a string, or a code, a state, a number of the domain
			if v := reflect.ValueOf(a); v.Kind() == reflect.String && !storable(v.String()) {
				return doithoai.Refuse(doithoai.Invalid, "error.invalid")
			}
		}
	}
	return nil
}

// storable reports whether a text is UTF-8 without U+0000, which PostgreSQL can't keep.
func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// row is what one row scans from.
type row interface{ Scan(dest ...any) error }

// querier is what reads: an act's transaction, or the readers' pool.
type querier interface {
	query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	queryRow(ctx context.Context, query string, args ...any) row
	calendars() *readCalendars
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

// reader reads outside acts.
type reader struct {
	pool *sql.DB
	db   *DB
}

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

func (db *DB) reader() querier { return reader{db.read, db} }

func (r reader) calendars() *readCalendars { return &r.db.calendars }

func (tx *Tx) calendars() *readCalendars { return &tx.db.calendars }

// snapshot reads in one transaction, which sees one state of the database however long it lasts and keeps no writer
// waiting.
func (db *DB) snapshot(ctx context.Context, f func(querier) error) error {
	return db.snapshotTx(ctx, func(tx *Tx) error { return f(tx) })
}

func (db *DB) snapshotTx(ctx context.Context, f func(*Tx) error) (err error) {
	sqlTx, err := db.read.BeginTx(ctx, db.dialect.snapshotOptions())
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer func() { err = errors.Join(err, ignoreDone(sqlTx.Rollback())) }()
	return f(&Tx{tx: sqlTx, db: db, reads: true})
}

// list reads all rows of a query.
func list[T any](
	ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any,
) (all []T, err error) {
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
func column[T any](r row) (v T, err error) {
	err = r.Scan(&v)
	return v, err
}

func pairs[K comparable](ctx context.Context, q querier, query string, args ...any) (map[K]string, error) {
	type pair struct {
		id   K
		text string
	}
	rows, err := list(ctx, q, func(r row) (p pair, err error) {
		err = r.Scan(&p.id, &p.text)
		return p, err
	}, query, args...)
	m := make(map[K]string, len(rows))
	for _, p := range rows {
		m[p.id] = p.text
	}
	return m, err
}

// rowList collects rows for one INSERT of many.
type rowList struct {
	width int
	args  []any
}

func newRows(width int) *rowList { return &rowList{width: width} }

func (r *rowList) add(values ...any) { r.args = append(r.args, values...) }

// batches are the numbers of rows of one INSERT: few, so that the engines keep the statements.
var batches = []int{256, 64, 16, 4, 1}

// batchOver is the least batch of n rows or more; a multiple of the greatest where there is none.
func batchOver(n int) int {
	for i := len(batches) - 1; i >= 0; i-- {
		if batches[i] >= n {
			return batches[i]
		}
	}
	return (n + batches[0] - 1) / batches[0] * batches[0]
}

// inList is what IN compares with to find one of some values: "($3, $4)"; of none, what nothing is equal to. A value
// may stand there more than once, so that there are few lengths and the engines keep the statements. It is for lists
// that something else bounds: an engine binds 32766 values at most.
func inList[T any](bind func(any) string, values []T) string {
	if len(values) == 0 {
		return `(NULL)`
	}
	in := make([]string, batchOver(len(values)))
	for i := range in {
		in[i] = bind(values[min(i, len(values)-1)])
	}
	return `(` + strings.Join(in, ", ") + `)`
}

func (r *rowList) insert(ctx context.Context, tx *Tx, into string) error {
	rest := r.args
	for _, rows := range batches {
		for n := rows * r.width; len(rest) >= n && n > 0; rest = rest[n:] {
			if err := tx.exec(ctx, `INSERT INTO `+into+`
				VALUES `+tx.db.dialect.placeholders(rows, r.width), rest[:n]...); err != nil {
				return err
			}
		}
	}
	return nil
}

// splitWords reads a column of words separated by spaces.
func splitWords[T ~string](s string) (words []T) {
	for _, w := range strings.Fields(s) {
		words = append(words, T(w))
	}
	return words
}

// joinWords writes what splitWords reads.
func joinWords[T ~string](words []T) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return strings.Join(list, " ")
}
