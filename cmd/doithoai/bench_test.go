package main

import (
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/store/pgtest"
)

func newKey() (k doithoai.IntakeKey) {
	_, _ = rand.Read(k[:]) // never fails: crypto/rand ends the program instead
	return k
}

// slipValues is a slip as a browser sends it.
func slipValues(key doithoai.IntakeKey, village string) url.Values {
	return url.Values{
		"khoa": {base64.RawURLEncoding.EncodeToString(key[:])}, "noi-dung": {plantedContent}, "cach-neu": {"written"}, "toi-la": {"person"},
		"ho-ten": {plantedName}, "thon": {village}, "nhan-tra-loi": {"phone", "email"}, "dien-thoai": {plantedPhone}, "thu": {plantedEmail}, "da-doc": {"1"},
	}
}

// TestBenchIntake runs the measurement briefly: every line and every ratio is there, and every slip was found.
func TestBenchIntake(t *testing.T) {
	code, out, stderr := run(t, "", "bench", "intake", "--dir", t.TempDir(), "--rounds", "1", "--time", "100ms", "--clients", "4")
	if code != exitDone {
		t.Fatalf("%d %s", code, stderr)
	}
	for _, want := range []string{"disk: overwrite", "without HTTP, 4 at once", "over HTTP, 4 clients", "over HTTP, 1 client", "≥ 0.50", "≥ 0.80", "≥ 0.25", "≤ 60.00 ms"} {
		if !strings.Contains(out, want) {
			t.Errorf("without %q:\n%s", want, out)
		}
	}
	if code, _, stderr := run(t, "", "bench", "intake", "--dir", t.TempDir(), "--db", "sqlite:"+demoFolder(t).file("doithoai.db")); code != exitFailed || !strings.Contains(stderr, "needs one of its own") {
		t.Errorf("over real data: %d %s", code, stderr)
	}
}

// BenchmarkIntakePostgres prints the measurement over a PostgreSQL that flushes; it starts the server itself:
//
//	go test ./cmd/doithoai -run '^$' -bench IntakePostgres -benchtime 1x
func BenchmarkIntakePostgres(b *testing.B) {
	dsn := pgtest.Start(b, pgtest.Durable).New(b)
	for range b.N {
		code, out, stderr := run(b, "", "bench", "intake", "--dir", b.TempDir(), "--db", dsn)
		if code != exitDone {
			b.Fatalf("%d %s", code, stderr)
		}
		b.Log("\n" + out)
	}
}
