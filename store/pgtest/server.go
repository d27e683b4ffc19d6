package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

// Durability is whether a commit waits for the disk.
type Durability bool

const (
	// Fast never flushes: for tests whose server outlives them.
	Fast Durability = false
	// Durable flushes as a real installation does: for tests that crash.
	Durable Durability = true
)

// readyWithin bounds the time from starting the server to its first answer.
// It takes well under a second; a busy machine may take longer.
const readyWithin = 30 * time.Second

// stopWithin bounds an immediate shutdown; afterwards the process is killed.
const stopWithin = 10 * time.Second

// folderPrefix begins the name of every server's folder.
const folderPrefix = "doithoai-pgtest-"

// superuser owns every test database.
const superuser = "doithoai"

// Server is a PostgreSQL of this test process: its own folder, its own port
// on loopback, no socket file, gone with the test.
type Server struct {
	folder   string // data, server.log, password, lock
	bin      string // folder of initdb and postgres
	account  account
	lock     *os.File // held while the folder is in use, see sweep
	password string
	port     int
	settings []string

	process *os.Process
	exited  chan struct{} // closed when the process has ended
	names   atomic.Int64
}

// Start runs a server for this test alone and stops it when the test ends.
// Most tests want the shared one of New and Template.
func Start(t testing.TB, durability Durability) *Server {
	t.Helper()
	server, err := start(durability)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := server.stop(); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return server
}

// settings are those of every test server. The time zone is not UTC and the
// dates are not ISO on purpose: code that leans on the server's settings
// instead of its own types fails here first.
func settings(durability Durability) []string {
	common := []string{
		"listen_addresses=127.0.0.1",
		"max_connections=200",
		"shared_buffers=64MB",
		"timezone=Asia/Ho_Chi_Minh",
		"datestyle=SQL, DMY",
		"log_min_messages=warning",
	}
	if durability == Durable {
		return common
	}
	return append(common, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
		"wal_level=minimal", "max_wal_senders=0")
}

// start finds the binaries, makes the folder and its database cluster, and
// returns once the server answers.
func start(durability Durability) (_ *Server, err error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	account, err := serverAccount()
	if err != nil {
		return nil, err
	}
	sweep()
	s := &Server{bin: bin, account: account, password: rand.Text(), settings: settings(durability)}
	base := os.TempDir()
	if durability == Fast && memoryHasRoom() {
		base = memoryFolder
	}
	if err := s.makeFolder(base); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.stop())
		}
	}()
	if err := s.initdb(); err != nil {
		return nil, err
	}
	// Between choosing a free port and binding it, another process may take it.
	for range 3 {
		if err = s.launch(); err == nil {
			return s, nil
		}
	}
	return nil, err
}

// makeFolder makes the server's folder inside base, owned by the account that
// runs the server: initdb refuses to run as root.
func (s *Server) makeFolder(base string) (err error) {
	if s.folder, err = os.MkdirTemp(base, folderPrefix+"*"); err != nil {
		return err
	}
	if s.lock, err = lockFolder(s.folder); err != nil {
		return errors.Join(err, os.RemoveAll(s.folder))
	}
	password := filepath.Join(s.folder, "password")
	if err := os.WriteFile(password, []byte(s.password+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.Chmod(s.folder, 0o755); err != nil {
		return err
	}
	return errors.Join(s.account.own(password), s.account.own(s.folder))
}

// initdb makes the cluster. md5 stands for speed: PostgreSQL's default, SCRAM,
// costs 15 ms a connection, and the password is random and lives for one test.
func (s *Server) initdb() error {
	cmd := s.command("initdb",
		"--pgdata", "data", "--username", superuser, "--pwfile", "password", "--auth", "md5",
		"--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb in %s as %s: %w\n%s"+
			"(every folder above must be open to that user; TMPDIR chooses another place)",
			s.folder, s.account, err, out)
	}
	return nil
}

// launch starts the server on a free port and waits until it answers.
func (s *Server) launch() (err error) {
	if s.port, err = freePort(); err != nil {
		return err
	}
	args := []string{"-D", "data", "-k", "", "-p", strconv.Itoa(s.port)}
	for _, setting := range s.settings {
		args = append(args, "-c", setting)
	}
	cmd := s.command("postgres", args...)
	log, err := os.Create(filepath.Join(s.folder, "server.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if s.process, s.exited, err = runTied(cmd); err != nil {
		return fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	if err := s.awaitReady(); err != nil {
		return fmt.Errorf("%w\n%s", errors.Join(err, s.halt()), s.log())
	}
	return nil
}

// awaitReady returns when the server answers a query; while it starts it
// refuses connections.
func (s *Server) awaitReady() error {
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	for {
		err := s.exec(ctx, "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return fmt.Errorf("postgres on port %d ended while starting", s.port)
		case <-ctx.Done():
			return fmt.Errorf("postgres on port %d not ready after %v: %w", s.port, readyWithin, err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// halt stops the process and leaves the folder.
func (s *Server) halt() error {
	if !s.running() {
		return nil
	}
	if err := askToStop(s.process); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop postgres %d: %w", s.process.Pid, err)
	}
	select {
	case <-s.exited:
		return nil
	case <-time.After(stopWithin):
	}
	err := s.process.Kill()
	<-s.exited
	return errors.Join(fmt.Errorf("postgres %d had to be killed, it did not stop within %v", s.process.Pid, stopWithin),
		err)
}

// stop ends the server, if it runs, and removes its folder.
func (s *Server) stop() error {
	err := s.halt()
	return errors.Join(err, os.RemoveAll(s.folder), s.lock.Close())
}

func (s *Server) running() bool {
	if s.process == nil {
		return false
	}
	select {
	case <-s.exited:
		return false
	default:
		return true
	}
}

// log returns the end of the server's log.
func (s *Server) log() string {
	const enough = 4096
	text, err := os.ReadFile(filepath.Join(s.folder, "server.log"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-enough):])
}
