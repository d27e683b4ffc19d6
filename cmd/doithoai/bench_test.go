package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
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
		"khoa": {base64.RawURLEncoding.EncodeToString(key[:])}, "noi-dung": {plantedContent},
		"cach-neu": {"written"}, "toi-la": {"person"}, "ho-ten": {plantedName}, "thon": {village},
		"nhan-tra-loi": {"phone", "email"}, "dien-thoai": {plantedPhone}, "thu": {plantedEmail}, "da-doc": {"1"},
	}
}

// TestBenchIntake runs the measurement briefly: every line and every ratio is there, and every slip was found.
func TestBenchIntake(t *testing.T) {
	code, out, stderr := run(
		t, "", "bench", "intake", "--dir", t.TempDir(), "--rounds", "1", "--time", "100ms", "--clients", "4",
	)
	if code != exitDone {
		t.Fatalf("%d %s", code, stderr)
	}
	for _, want := range []string{
		"disk: overwrite", "without HTTP, 4 at once", "without HTTP, 1 at a time", "over HTTP, 4 clients",
		"over HTTP, 1 client", "looked over, sent, 4 clients", "≥ 0.60", "≤ 60 ms", "/ disk alone",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("without %q:\n%s", want, out)
		}
	}
	db := "sqlite:" + demoFolder(t).file("doithoai.db")
	if code, _, stderr := run(t, "", "bench", "intake", "--dir", t.TempDir(), "--db", db); code != exitFailed ||
		!strings.Contains(stderr, "needs one of its own") {
		t.Errorf("over real data: %d %s", code, stderr)
	}
}

// TestBenches fills a database and runs the other measurements at it, briefly: each says what it measured, its limit or
// peer, and whether its budgets are kept; and the record is whole after them.
func TestBenches(t *testing.T) {
	dir := t.TempDir()
	data, province := filepath.Join(dir, "data"), filepath.Join(dir, "province")
	questions := filepath.Join(dir, "questions.json")
	if err := os.WriteFile(questions, []byte(`{"documents": [
		{"id": "d1", "field": "ho-tich", "title": "Khai sinh cho cháu",
			"question": "Cần giấy tờ gì?", "answer": "Giấy chứng sinh."},
		{"id": "d2", "field": "dat-dai", "title": "Tách thửa",
			"question": "Bao nhiêu mét vuông?", "answer": "Theo quy định của tỉnh."}],
		"queries": [
		{"q": "khai sinh", "relevant": ["d1"], "kind": "words"},
		{"q": "quy định", "relevant": ["d2"], "kind": "words"},
		{"q": "chứng minh", "relevant": [], "kind": "no answer"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(runProgram, "yes")
	converter := filepath.Join(dir, "office") // stands for LibreOffice, which takes seconds for each
	const asked = `[ "$2 $3 $4 $5" = "--headless --convert-to pdf --outdir" ] && cp "$7" "${7%.docx}.pdf"`
	if err := os.WriteFile(converter, []byte("#!/bin/sh\n"+asked+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args  []string
		wants []string
	}{
		{
			[]string{"fill", "--data", data, "--opinions", "400", "--acts", "20"},
			[]string{"400 opinions over 10 years", "left open: "},
		},
		{[]string{"pages", "--data", data, "--rounds", "1", "--time", "1ns"}, []string{
			"public             / ", "vanphong           /noi-bo ", "donvi1             /noi-bo/y-kien?loc=qua-han",
			"holder of a code   /tra-cuu/y-kien", "nhat-ky", "pages keep to their budget", "front page after a change",
			"front page again / hello world", "not changed (304)",
		}},
		{[]string{"lifecycle", "--data", data, "--rounds", "1", "--time", "1ns", "--clients", "2", "--small", "50"}, []string{
			"disk: overwrite", "without HTTP, 1 at a time", "over HTTP, 2 clients", "dispatch", "DIGIT",
			"cost / cost at the small database, over HTTP",
		}},
		{
			[]string{"search", "--data", data, "--rounds", "1", "--time", "1ns"},
			[]string{"1 words", "sentence of 20, with a field", "× one answer by its number", "phrase of 3: p99"},
		},
		{
			[]string{"search", "--set", questions},
			[]string{"recall@3", "MRR", "overall                           2     1.000", "nothing found",
				"2 queries have a right one", "1 queries that no answer is about: 0 are shown"},
		},
		{
			[]string{"record", "--data", data, "--rounds", "1", "--time", "1ns"},
			[]string{"inclusion proof of any leaf", "Ed25519 alone", "inclusion proof, p99"},
		},
		{
			[]string{"fill", "--data", province, "--opinions", "600", "--acts", "5", "--years", "1", "--others", "2"},
			[]string{"3 communes of one province; the first has 300 of the opinions"},
		},
		{[]string{"report", "--data", province, "--rounds", "1", "--time", "1ns"}, []string{
			"a province of 3 communes", "chutich            /noi-bo/dieu-hanh ", "tonghop            /noi-bo/tong-hop ",
			"/noi-bo/tong-hop/xa/bench", "of 10 pages keep to their budget",
		}},
		{[]string{"backup", "--data", data, "--quiet", "1ns"}, []string{
			"backup, read back", "daily work", "nothing, again", "longest act beside a backup",
			"longest act beside the daily work", "restore ",
		}},
		{
			[]string{"start", "--data", data, "--rounds", "1", "--idle", "1ns"},
			[]string{"served, filled database", "served, 100 opinions", "start with a filled database", "size of the program"},
		},
		{
			[]string{"documents", "--rounds", "1", "--time", "1ns", "--rulings", "20", "--office", "no-such-office"},
			[]string{"notice of 20 rulings, page", "notice of 20 rulings, DOCX", "notice of 20 rulings, PDF", "reply, PDF",
				"plan of five pages, DOCX", "register of 20 opinions, XLSX",
				"LibreOffice: NOT MEASURED, there is no no-such-office here", "≤ 30 ms", "≤ 150 ms"},
		},
		{
			[]string{"documents", "--rounds", "1", "--time", "1ns", "--rulings", "1", "--office", converter},
			[]string{"reply, LibreOffice from DOCX to PDF", "notice of 1 rulings, LibreOffice / our PDF", "≥ 50 ×"},
		},
	} {
		code, out, stderr := run(t, "", append([]string{"bench"}, c.args...)...)
		if code != exitDone {
			t.Fatalf("%s: %d %s", c.args[0], code, stderr)
		}
		for _, want := range c.wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s without %q:\n%s", c.args[0], want, out)
			}
		}
	}
	if code, out, stderr := run(t, "", "verify", "--data", data); code != exitDone && code != exitUnsigned {
		t.Errorf("verify: %d %s %s", code, out, stderr)
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
		fmt.Println("\n" + out) // a log of the benchmark would be cut after some lines
	}
}

// BenchmarkFilledPostgres prints what is measured at a filled database, on a PostgreSQL that flushes:
//
//	go test ./cmd/doithoai -run '^$' -bench FilledPostgres -benchtime 1x
func BenchmarkFilledPostgres(b *testing.B) {
	server := pgtest.Start(b, pgtest.Durable)
	for range b.N {
		dsn, dir := server.New(b), b.TempDir()
		for _, args := range [][]string{
			{"fill", "--opinions", "50000"}, {"pages"}, {"lifecycle"}, {"search"}, {"record"},
		} {
			code, out, stderr := run(b, "", append([]string{"bench", args[0], "--db", dsn, "--data", dir}, args[1:]...)...)
			if code != exitDone {
				b.Fatalf("%s: %d %s", args[0], code, stderr)
			}
			fmt.Println("\n" + out) // a log of the benchmark would be cut after some lines
		}
	}
}
