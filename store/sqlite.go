package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// sqliteConnector opens connections that keep their prepared statements, as those of pgx do: preparing one anew costs
// more than running it.
type sqliteConnector struct{ address string }

func (c sqliteConnector) Driver() driver.Driver { return &sqlite.Driver{} }

func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.address)
	if err != nil {
		return nil, err
	}
	whole, ok := conn.(wholeConn)
	if !ok {
		return nil, errors.Join(errors.New("the driver lacks what this program needs"), conn.Close())
	}
	return &sqliteConn{wholeConn: whole, kept: map[string]*keptStatement{}}, nil
}

// wholeConn is what package database/sql asks of a connection, each by an interface of its own.
type wholeConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// maxKept bounds the statements of a connection. The program has about half as many.
const maxKept = 400

type sqliteConn struct {
	wholeConn
	kept map[string]*keptStatement
}

// keptStatement is a prepared statement, busy while its rows are read.
type keptStatement struct {
	driver.Stmt
	exec  driver.StmtExecContext
	query driver.StmtQueryContext
	busy  bool
}

// keep finds or prepares the statement of a query; nil where it must run on its own: scripts, which have no arguments,
// and a query within the rows of the same one.
func (c *sqliteConn) keep(ctx context.Context, query string, args []driver.NamedValue) (*keptStatement, error) {
	if len(args) == 0 {
		return nil, nil
	}
	if k, ok := c.kept[query]; ok {
		if k.busy {
			return nil, nil
		}
		return k, nil
	}
	if len(c.kept) >= maxKept {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	exec, canExec := s.(driver.StmtExecContext)
	rows, canQuery := s.(driver.StmtQueryContext)
	if !canExec || !canQuery {
		return nil, s.Close()
	}
	k := &keptStatement{Stmt: s, exec: exec, query: rows}
	c.kept[query] = k
	return k, nil
}

// forget closes the statements that are not busy.
func (c *sqliteConn) forget() error {
	var all []error
	for query, k := range c.kept {
		if !k.busy {
			all = append(all, k.Close())
			delete(c.kept, query)
		}
	}
	return errors.Join(all...)
}

func (c *sqliteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	k, err := c.keep(ctx, query, args)
	switch {
	case err != nil:
		return nil, err
	case k == nil:
		return c.wholeConn.ExecContext(ctx, query, args)
	}
	return k.exec.ExecContext(ctx, args)
}

func (c *sqliteConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.keep(ctx, query, args)
	switch {
	case err != nil:
		return nil, err
	case k == nil:
		return c.wholeConn.QueryContext(ctx, query, args)
	}
	rows, err := k.query.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	k.busy = true
	return &keptRows{rows, k}, nil
}

// BeginTx begins a transaction whose own begin and commit no end of the context interrupts, so that no goroutine has to
// watch over each of them. Package database/sql rolls back at that end all the same. Where another process writes, a
// begin waits for it as long as busy_timeout says.
func (c *sqliteConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.wholeConn.BeginTx(context.WithoutCancel(ctx), o)
}

// Close closes the statements first: SQLite keeps a connection open as long as it has any.
func (c *sqliteConn) Close() error {
	for _, k := range c.kept {
		k.busy = false
	}
	return errors.Join(c.forget(), c.wholeConn.Close())
}

// keptRows give their statement back when they are closed.
type keptRows struct {
	driver.Rows
	of *keptStatement
}

func (r *keptRows) Close() error {
	err := r.Rows.Close()
	r.of.busy = false
	return err
}
