package store

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
)

// backup makes an archive of a database with something in every table that is ever filled.
func backup(t testing.TB, db *DB) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, db.Backup(ctxOf(t), &out))
	return out.Bytes()
}

// TestBackupAndRestore goes from each engine to each: the same rows, a record that verifies, a search that finds.
func TestBackupAndRestore(t *testing.T) {
	for _, from := range engines {
		for _, to := range engines {
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				fx := from.copy(t)
				db := fx.open(t)
				ctx := ctxOf(t)
				make, size := smallRecord, int64(28)
				if from.name != to.name {
					make, size = fullRecord, 268
				}
				first, signer, key0 := make(t, db, fx)
				_, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, "x", map[string][]string{"a": {"“một” \\u0041 \u2028 🙂"}})
				must(t, err)
				_, err = db.Purge(ctx)
				must(t, err)
				token, _, err := db.SignIn(ctx, fx.authority.ID, "van-phong", testPassword, "", "")
				must(t, err)
				archive := backup(t, db)

				dsn := to.bare(t)
				m, err := Restore(ctx, dsn, bytes.NewReader(archive), Options{Now: fx.clock.Now})
				must(t, err)
				if m.Time != db.Now() || len(m.Parts) != len(backupTables) {
					t.Errorf("manifest %+v", m)
				}
				other := openAt(t, dsn, fx.clock)
				wantSame(t, sums(t, archive), sums(t, backup(t, other)))
				wantWhole(t, other, key0)
				findings, leaves, _, err := other.Verify(ctx, key0)
				must(t, err)
				if len(findings) > 0 || leaves != size {
					t.Errorf("%v, %d leaves", findings, leaves)
				}
				found, _, err := other.Search(ctx, fx.authority.ID, Search{Query: "dat dai", Limit: 5})
				must(t, err)
				if len(found) != 1 || found[0].Number != first.Opinions[0].Number {
					t.Errorf("found %+v", found)
				}
				if _, err := other.OfficerOf(ctx, token); doithoai.KindOf(err) != doithoai.Unauthenticated {
					t.Errorf("a sign-in came back with the backup: %v", err)
				}
				if again := fx.submit(t, other, 1, "Thủ tục đất đai của gia đình tôi bao giờ xong?"); !again.Repeated || again.Code != first.Code {
					t.Error("the restored database does not know a form that was sent before")
				}
				fx.bring(t, other, 5000, published) // and it goes on
				sign(t, other, signer)
				wantClean(t, other, key0)
			})
		}
	}
}

// sums are the checksums of an archive's tables.
func sums(t testing.TB, archive []byte) map[string]string {
	t.Helper()
	a, err := openArchive(bytes.NewReader(archive))
	must(t, err)
	all := map[string]string{}
	for _, p := range a.manifest.Parts {
		if p.Table != "plan" && p.Table != "calendar" && p.Table != "legal_basis" && p.Table != "event" && p.Table != "draft" { // jsonb is spelled by the engine
			all[p.Table] = p.SHA256
		}
		all[p.Table+" rows"] = fmt.Sprint(p.Rows)
	}
	return all
}

// A backup while others write is one state of the database, and keeps nobody waiting.
func TestBackupWhileServing(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		_, signer, key0 := smallRecord(t, db, fx)
		stop := make(chan struct{})
		var group sync.WaitGroup
		var slowest time.Duration
		group.Go(func() {
			for j := 0; ; j++ {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
				began := time.Now()
				if _, err := db.SubmitSlip(ctxOf(t), fx.resident, key(10000+j), fx.slip(fmt.Sprint(j))); err != nil {
					t.Error(err)
					return
				}
				slowest = max(slowest, time.Since(began))
				if err := db.SignRecord(ctxOf(t), signer, ignoreSize); err != nil {
					t.Error(err)
				}
			}
		})
		var archive []byte
		for range 2 {
			archive = backup(t, db)
		}
		close(stop)
		group.Wait()
		t.Logf("slowest submission meanwhile: %v", slowest)
		if slowest > 2*time.Second { // ordinarily some milliseconds; the machine may be busy
			t.Errorf("a submission waited %v for a backup", slowest)
		}
		dsn := engines[0].bare(t)
		_, err := Restore(ctxOf(t), dsn, bytes.NewReader(archive), Options{})
		must(t, err)
		wantWhole(t, openAt(t, dsn, fx.clock), key0)
	})
}

func TestRestoreRefusesAFullDatabase(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		archive := backup(t, db)
		before := fingerprint(t, db)
		_, err := Restore(ctxOf(t), fx.dsn, bytes.NewReader(archive), Options{})
		if err == nil || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("error %v, want that the database is not empty", err)
		}
		wantSame(t, before, fingerprint(t, db))
	})
}

// entry is one file of an archive that a test tampers with.
type entry struct {
	tar.Header
	body []byte
}

func unpack(t testing.TB, archive []byte) (all []entry) {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	must(t, err)
	r := tar.NewReader(zip)
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		must(t, err)
		b, err := io.ReadAll(r)
		must(t, err)
		all = append(all, entry{*h, b})
	}
}

func pack(t testing.TB, all []entry) []byte {
	t.Helper()
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.NoCompression)
	must(t, err)
	w := tar.NewWriter(zip)
	for _, e := range all {
		e.Size = int64(len(e.body))
		if e.Typeflag != tar.TypeReg {
			e.Size = 0
		}
		must(t, w.WriteHeader(&e.Header))
		if e.Typeflag == tar.TypeReg {
			_, err := w.Write(e.body)
			must(t, err)
		}
	}
	must(t, errors.Join(w.Close(), zip.Close()))
	return out.Bytes()
}

// remade is the archive after change, with a manifest that fits the changed parts again.
func remade(t testing.TB, archive []byte, table string, change func([]byte) []byte) []byte {
	t.Helper()
	all := unpack(t, archive)
	var m Manifest
	must(t, json.Unmarshal(all[0].body, &m))
	for i := range m.Parts {
		p, e := &m.Parts[i], &all[i+1]
		if p.Table == table {
			e.body = change(e.body)
			p.Bytes, p.Rows, p.SHA256 = int64(len(e.body)), int64(bytes.Count(e.body, []byte("\n"))), hexSum(e.body)
		}
	}
	var err error
	all[0].body, err = json.Marshal(m)
	must(t, err)
	return pack(t, all)
}

// TestRestoreRefusesHostileArchives changes an archive in every way that comes to mind: each is refused with an error
// that says why, and the database stays empty.
func TestRestoreRefusesHostileArchives(t *testing.T) {
	fx := sqliteCopy(t)
	db := fx.open(t)
	fx.bring(t, db, 1, published)
	good := backup(t, db)
	manifest := func(change func(*Manifest)) []byte {
		all := unpack(t, good)
		var m Manifest
		must(t, json.Unmarshal(all[0].body, &m))
		change(&m)
		var err error
		all[0].body, err = json.Marshal(m)
		must(t, err)
		return pack(t, all)
	}
	entries := func(change func([]entry) []entry) []byte { return pack(t, change(unpack(t, good))) }
	replace := func(table, old, with string) []byte {
		return remade(t, good, table, func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("%s has no %s", table, old)
			}
			return bytes.Replace(b, []byte(old), []byte(with), 1)
		})
	}
	lite, pg := engines[0].bare(t), engines[1].bare(t)
	for name, c := range map[string]struct {
		archive []byte
		want    string // in the error
	}{
		"empty":                {nil, "not a backup"},
		"no gzip":              {[]byte("xin chào, đây không phải bản sao lưu"), "not a backup"},
		"a bare gzip":          {gzipped(t, []byte("x")), "not a backup"},
		"half":                 {good[:len(good)/2], ""},
		"without its end":      {good[:len(good)-4], ""},
		"a bit flipped":        {flipped(good), ""},
		"no manifest":          {entries(func(e []entry) []entry { return e[1:] }), "manifest.json should"},
		"manifest no JSON":     {entries(func(e []entry) []entry { e[0].body = []byte("{"); return e }), "manifest"},
		"manifest endless":     {entries(func(e []entry) []entry { e[0].body = bytes.Repeat([]byte(" "), maxManifest+1); return e }), "too long"},
		"manifest strange":     {entries(func(e []entry) []entry { e[0].body = []byte(`{"format":1,"run":"rm"}`); return e }), "unknown field"},
		"format 2":             {manifest(func(m *Manifest) { m.Format = 2 }), "format 2"},
		"schema of tomorrow":   {manifest(func(m *Manifest) { m.Schema = 99 }), "schema 99"},
		"schema 0":             {manifest(func(m *Manifest) { m.Schema = 0 }), "schema 0"},
		"no tables":            {manifest(func(m *Manifest) { m.Parts = nil }), "0 tables"},
		"unknown table":        {manifest(func(m *Manifest) { m.Parts[3].Table = "sqlite_schema" }), "sqlite_schema"},
		"table twice":          {manifest(func(m *Manifest) { m.Parts[3] = m.Parts[2] }), "should stand"},
		"wrong sum":            {manifest(func(m *Manifest) { m.Parts[0].SHA256 = strings.Repeat("0", 64) }), "SHA-256"},
		"wrong row count":      {manifest(func(m *Manifest) { m.Parts[0].Rows++ }), "rows"},
		"wrong length":         {manifest(func(m *Manifest) { m.Parts[0].Bytes++ }), "bytes"},
		"huge by manifest":     {manifest(func(m *Manifest) { m.Parts[0].Bytes = 1 << 60 }), "bytes"},
		"path upwards":         {entries(func(e []entry) []entry { e[1].Name = "../../authority.jsonl"; return e }), "authority.jsonl should"},
		"absolute path":        {entries(func(e []entry) []entry { e[1].Name = "/etc/passwd"; return e }), "authority.jsonl should"},
		"symbolic link":        {entries(func(e []entry) []entry { e[1].Typeflag, e[1].Linkname = tar.TypeSymlink, "/etc/passwd"; return e }), "authority.jsonl should"},
		"part missing":         {entries(func(e []entry) []entry { return append(e[:5:5], e[6:]...) }), "should"},
		"end missing":          {entries(func(e []entry) []entry { return e[:20] }), "missing"},
		"something behind":     {entries(func(e []entry) []entry { return append(e, entry{tar.Header{Name: "more", Typeflag: tar.TypeReg}, nil}) }), "behind the last"},
		"unknown column":       {replace("authority", `{"id"`, `{"x":1,"id"`), `column "x"`},
		"column missing":       {replace("authority", `,"slug":"xa-nghia-dung"`, ``), "slug is missing"},
		"hostile column":       {replace("authority", `,"slug":`, `,"slug) VALUES (1); --":`), "slug is missing"},
		"wrong type":           {replace("authority", `"slug":"xa-nghia-dung"`, `"slug":5`), "slug"},
		"malformed id":         {replace("unit", `"id":"`, `"id":"x`), "malformed id"},
		"malformed date":       {replace("petition", `"due":"2026`, `"due":"20x6`), "due"},
		"text with U+0000":     {replace("officer", `"name":"`, `"name":"\u0000`), "invalid"},
		"jsonb no object":      {replace("event", `"facts":{`, `"facts":[],"x":{`), "not a JSON object"},
		"row of another":       {replace("opinion", `"slip_id":"0`, `"slip_id":"1`), ""},
		"null where none is":   {replace("authority_name", `"name":"UBND xã Nghĩa Dũng"`, `"name":null`), ""},
		"no JSON":              {remade(t, good, "village", func([]byte) []byte { return []byte("không\n") }), "row 1"},
		"one endless row":      {remade(t, good, "village", func([]byte) []byte { return bytes.Repeat([]byte("x"), maxRow+1) }), "row 1"},
		"a million empty rows": {remade(t, good, "village", func([]byte) []byte { return bytes.Repeat([]byte("\n"), 1_000_000) }), "row 1"},
	} {
		dsns := []string{lite}
		if c.want == "" { // the engine's own words
			dsns = append(dsns, pg)
		}
		for _, dsn := range dsns {
			_, err := Restore(context.Background(), dsn, bytes.NewReader(c.archive), Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%s, %.8s: error %v, want one with %q", name, dsn, err, c.want)
			}
		}
	}
	for _, dsn := range []string{lite, pg} { // still empty
		if _, err := Restore(context.Background(), dsn, bytes.NewReader(good), Options{}); err != nil {
			t.Errorf("%.8s: %v", dsn, err)
		}
	}
}

func gzipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(b)
	must(t, errors.Join(err, w.Close()))
	return out.Bytes()
}

func flipped(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)/3] ^= 4
	return b
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
