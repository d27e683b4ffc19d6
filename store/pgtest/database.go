package pgtest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// dsn is the URL of one database of this server.
func (s *Server) dsn(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, s.password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)),
		Path:     "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// nextName is a database name that this server has not used yet.
func (s *Server) nextName(stem string) string {
	return fmt.Sprintf("%s_%d", stem, s.names.Add(1))
}

func (s *Server) createDatabase(ctx context.Context, name, template string) error {
	err := s.exec(ctx, "CREATE DATABASE "+quote(name)+" TEMPLATE "+quote(template))
	if err != nil {
		return fmt.Errorf("create database %s from %s: %w", name, template, err)
	}
	return nil
}

// dropDatabase drops the database whoever is still connected: a test that
// forgot to close its pool has its own failure to report.
func (s *Server) dropDatabase(ctx context.Context, name string) error {
	err := s.exec(ctx, "DROP DATABASE "+quote(name)+" WITH (FORCE)")
	if err != nil {
		return fmt.Errorf("drop database %s: %w", name, err)
	}
	return nil
}

// exec runs one statement on a connection of its own to the database
// "postgres", which no test uses.
func (s *Server) exec(ctx context.Context, statement string) (err error) {
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer func() {
		if closed := conn.Close(ctx); err == nil {
			err = closed
		}
	}()
	_, err = conn.Exec(ctx, statement)
	return err
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
