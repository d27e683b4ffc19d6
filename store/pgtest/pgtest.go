// Package pgtest gives tests databases on a PostgreSQL that the test process
// starts itself, so that no test depends on a server that happens to run.
//
// A package that uses it declares
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// and then asks for databases:
//
//	dsn := pgtest.New(t)             // an empty one
//	dsn := migrated.New(t)           // a copy of a prepared one, see Template
//	srv := pgtest.Start(t, pgtest.Durable) // a server of its own, with fsync
//
// New and Template share one server per test process, started on first use
// and stopped by Main. A missing PostgreSQL fails the test, it never skips it.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// patience bounds each step of preparing a database: connecting, creating,
// copying, dropping. They take milliseconds; the bound is for a stuck server.
const patience = 30 * time.Second

// process is what one test process shares: at most one server.
var process struct {
	mu      sync.Mutex
	managed bool // Main runs, so somebody will stop the server
	server  *Server
}

// Main runs the tests, stops the shared server and exits with their code.
// A test that panics ends the process without returning here; the server then
// ends with its parent (Linux), and the next run removes its folder.
func Main(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) (code int) {
	process.mu.Lock()
	process.managed = true
	process.mu.Unlock()
	defer func() {
		process.mu.Lock()
		defer process.mu.Unlock()
		if process.server == nil {
			return
		}
		if err := process.server.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "pgtest:", err)
			code = max(code, 1)
		}
	}()
	return m.Run()
}

// shared returns the server of this process and starts it on first use.
// A failed start is tried again by the next caller.
func shared() (*Server, error) {
	process.mu.Lock()
	defer process.mu.Unlock()
	if !process.managed {
		return nil, fmt.Errorf("nobody would stop the server: declare " +
			"func TestMain(m *testing.M) { pgtest.Main(m) } in this package")
	}
	if process.server != nil {
		return process.server, nil
	}
	server, err := start(Fast)
	if err != nil {
		return nil, err
	}
	process.server = server
	return server, nil
}

// New creates an empty database on the shared server and returns its DSN
// (a postgres:// URL). The database is dropped when the test ends.
func New(t testing.TB) (dsn string) {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return server.New(t)
}

// Prepared is a database which is filled once per test process and then
// copied for each test; a copy costs a fraction of running all migrations.
type Prepared struct {
	name    string
	prepare func(dsn string) error

	once     sync.Once
	template string
	err      error
}

// Template names a database to be filled by prepare. It does nothing yet, so
// that it can initialise a package variable:
//
//	var migrated = pgtest.Template("migrated", func(dsn string) error { … })
//
// The first New calls prepare, which must close every connection it opened:
// PostgreSQL copies no database that is in use. An error of prepare fails
// every test that asks for a copy.
func Template(name string, prepare func(dsn string) error) *Prepared {
	return &Prepared{name: name, prepare: prepare}
}

// New copies the prepared database on the shared server and returns the
// copy's DSN. The copy is dropped when the test ends.
func (p *Prepared) New(t testing.TB) (dsn string) {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	p.once.Do(func() { p.template, p.err = server.fill(p.name, p.prepare) })
	if p.err != nil {
		t.Fatalf("pgtest: template %s: %v", p.name, p.err)
	}
	return server.create(t, p.template)
}

// fill creates the template database and lets prepare work on it.
func (s *Server) fill(name string, prepare func(dsn string) error) (template string, err error) {
	template = s.nextName("template_" + name)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.createDatabase(ctx, template, "template0"); err != nil {
		return "", err
	}
	return template, prepare(s.dsn(template))
}

// New creates an empty database on this server and returns its DSN. The
// database is dropped when the test ends.
func (s *Server) New(t testing.TB) (dsn string) {
	t.Helper()
	return s.create(t, "template0")
}

func (s *Server) create(t testing.TB, template string) (dsn string) {
	t.Helper()
	name := s.nextName("test")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.createDatabase(ctx, name, template); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := s.dropDatabase(ctx, name); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return s.dsn(name)
}
