package pgtest

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) {
	if os.Getenv(dieEnv) != "" {
		dieWithServer()
	}
	Main(m)
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// one reads a single value.
func one[T any](t *testing.T, conn *pgx.Conn, query string) (value T) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

func TestNewIsEmptyAndApart(t *testing.T) {
	first, second := connect(t, New(t)), connect(t, New(t))
	for _, conn := range []*pgx.Conn{first, second} {
		if _, err := conn.Exec(t.Context(), "CREATE TABLE slip (content text)"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := first.Exec(t.Context(), "INSERT INTO slip VALUES ('Thủ tục đất đai')"); err != nil {
		t.Fatal(err)
	}
	if got := one[int](t, first, "SELECT count(*) FROM slip"); got != 1 {
		t.Errorf("first database holds %d rows, want 1", got)
	}
	if got := one[int](t, second, "SELECT count(*) FROM slip"); got != 0 {
		t.Errorf("second database holds %d rows of the first", got)
	}
}

func TestSettings(t *testing.T) {
	conn := connect(t, New(t))
	for setting, want := range map[string]string{
		"server_encoding": "UTF8", "lc_collate": "C", "TimeZone": "Asia/Ho_Chi_Minh",
		"unix_socket_directories": "", "listen_addresses": "127.0.0.1", "fsync": "off",
	} {
		if got := one[string](t, conn, "SHOW "+setting); got != want {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
}

func TestPasswordIsAskedFor(t *testing.T) {
	config, err := pgx.ParseConfig(New(t))
	if err != nil {
		t.Fatal(err)
	}
	config.Password = "guessed"
	if conn, err := pgx.ConnectConfig(t.Context(), config); err == nil {
		conn.Close(t.Context())
		t.Error("a wrong password was accepted")
	}
}

func TestDroppedAtTheEnd(t *testing.T) {
	var dsn string
	t.Run("uses a database and forgets to close it", func(t *testing.T) {
		dsn = New(t)
		conn, err := pgx.Connect(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	if conn, err := pgx.Connect(t.Context(), dsn); err == nil {
		conn.Close(t.Context())
		t.Error("the database outlived its test")
	}
}

func TestTemplateIsPreparedOnceAndCopied(t *testing.T) {
	var calls atomic.Int32
	prepared := Template("prepared", func(dsn string) error {
		calls.Add(1)
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return err
		}
		_, err = conn.Exec(ctx, "CREATE TABLE village (name text); INSERT INTO village VALUES ('Thôn 1')")
		return errors.Join(err, conn.Close(ctx))
	})
	if calls.Load() != 0 {
		t.Fatal("prepared before anybody asked")
	}
	t.Run("copies", func(t *testing.T) {
		for range 4 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				conn := connect(t, prepared.New(t))
				if _, err := conn.Exec(t.Context(), "INSERT INTO village VALUES ('Thôn 2')"); err != nil {
					t.Fatal(err)
				}
				if got := one[int](t, conn, "SELECT count(*) FROM village"); got != 2 {
					t.Errorf("the copy holds %d rows, want the prepared one and its own", got)
				}
			})
		}
	})
	if got := calls.Load(); got != 1 {
		t.Errorf("prepared %d times, want once", got)
	}
}

func TestDurableServerFlushes(t *testing.T) {
	server := Start(t, Durable)
	conn := connect(t, server.New(t))
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if got := one[string](t, conn, "SHOW "+setting); got != "on" {
			t.Errorf("%s = %s, want on", setting, got)
		}
	}
}

func TestStopLeavesNothing(t *testing.T) {
	began := time.Now()
	server, err := start(Fast)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("start to ready: %v", time.Since(began).Round(time.Millisecond))
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	if server.running() {
		t.Error("still running")
	}
	if _, err := os.Stat(server.folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("folder %s: %v, want it gone", server.folder, err)
	}
}

func TestStartSaysWhyPostgresEnded(t *testing.T) {
	server, err := start(Fast)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.stop(); err != nil {
			t.Error(err)
		}
	})
	if err := server.halt(); err != nil {
		t.Fatal(err)
	}
	server.settings = append(server.settings, "shared_buffers=nonsense")
	err = server.launch()
	if err == nil || !strings.Contains(err.Error(), "shared_buffers") {
		t.Errorf("error %v, want the server's own words on shared_buffers", err)
	}
}

// dieEnv tells this test binary to start a server, print its process and
// folder, and die without stopping it.
const dieEnv = "DOITHOAI_PGTEST_DIE"

func dieWithServer() {
	server, err := start(Fast)
	if err != nil {
		panic(err)
	}
	if _, err := os.Stdout.WriteString(strconv.Itoa(server.process.Pid) + " " + server.folder); err != nil {
		panic(err)
	}
	panic("the test process dies")
}
