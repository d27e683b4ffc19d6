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
	"hash"
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
	_, err := db.ReadBack(ctxOf(t), bytes.NewReader(out.Bytes()))
	must(t, err)
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
				found, err := other.Search(ctx, fx.authority.ID, Search{Query: "dat dai", Limit: 5})
				must(t, err)
				if len(found.Answers) != 1 || found.Answers[0].Number != first.Opinions[0].Number {
					t.Errorf("found %+v", found)
				}
				if _, err := other.OfficerOf(ctx, token); doithoai.KindOf(err) != doithoai.Unauthenticated {
					t.Errorf("a sign-in came back with the backup: %v", err)
				}
				if again := fx.submit(t, other, 1, "Thủ tục đất đai của gia đình tôi bao giờ xong?"); !again.Repeated ||
					again.Code != first.Code {
					t.Error("the restored database does not know a form that was sent before")
				}
				fx.bring(t, other, 5000, published) // and it goes on
				sign(t, other, signer)
				wantClean(t, other, key0)
			})
		}
	}
}

// sums are the checksums of an archive's tables. Objects are spelled by the engine: theirs are of what they say.
func sums(t testing.TB, archive []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	said := map[string]hash.Hash{}
	var m Manifest
	for _, e := range unpack(t, archive) {
		if e.Name == manifestName {
			must(t, json.Unmarshal(e.body, &m))
		}
		table, _, _ := strings.Cut(e.Name, "/")
		switch table {
		case "plan_edition", "calendar", "legal_basis", "event", "promise_event", "document_event",
			"draft", "procedure_sheet", "estimate":
			if said[table] == nil {
				said[table] = sha256.New()
			}
			for line := range bytes.Lines(e.body) {
				var object map[string]any
				dec := json.NewDecoder(bytes.NewReader(line))
				dec.UseNumber()
				must(t, dec.Decode(&object))
				must(t, json.NewEncoder(said[table]).Encode(object))
			}
		}
	}
	for _, p := range m.Parts {
		all[p.Table], all[p.Table+" rows"] = p.SHA256, fmt.Sprint(p.Rows)
		if h := said[p.Table]; h != nil {
			all[p.Table] = hex.EncodeToString(h.Sum(nil))
		}
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

// remade is the archive after change, with a manifest that fits the changed files again.
func remade(t testing.TB, archive []byte, table string, change func([]byte) []byte) []byte {
	t.Helper()
	all := unpack(t, archive)
	last := &all[len(all)-1]
	var m Manifest
	must(t, json.Unmarshal(last.body, &m))
	for i := range m.Parts {
		if p := &m.Parts[i]; p.Table == table {
			e := &all[i+1] // each table of the test has one file
			e.body = change(e.body)
			p.Bytes, p.Rows, p.SHA256 = int64(len(e.body)), int64(bytes.Count(e.body, []byte("\n"))), hexSum(e.body)
		}
	}
	var err error
	last.body, err = json.Marshal(m)
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
	changed := func(change func(*Manifest), head, end bool) []byte {
		all := unpack(t, good)
		for i := range all {
			if i == 0 && head || i == len(all)-1 && end {
				var m Manifest
				must(t, json.Unmarshal(all[i].body, &m))
				change(&m)
				var err error
				all[i].body, err = json.Marshal(m)
				must(t, err)
			}
		}
		return pack(t, all)
	}
	manifest := func(change func(*Manifest)) []byte { return changed(change, false, true) }
	both := func(change func(*Manifest)) []byte { return changed(change, true, true) }
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
		"empty":           {nil, "not a backup"},
		"no gzip":         {[]byte("xin chào, đây không phải bản sao lưu"), "not a backup"},
		"a bare gzip":     {gzipped(t, []byte("x")), "not a backup"},
		"half":            {good[:len(good)/2], ""},
		"without its end": {good[:len(good)-4], ""},
		"a bit flipped":   {flipped(good), ""},
		"no head":         {entries(func(e []entry) []entry { return e[1:] }), "backup.json should"},
		"head no JSON":    {entries(func(e []entry) []entry { e[0].body = []byte("{"); return e }), "backup.json"},
		"head endless": {entries(func(e []entry) []entry {
			e[0].body = bytes.Repeat([]byte(" "), maxManifest+1)
			return e
		}), "too long"},
		"head strange": {entries(func(e []entry) []entry { e[0].body = []byte(`{"format":2,"run":"rm"}`); return e }),
			"unknown field"},
		"head with tables": {changed(func(m *Manifest) { m.Parts = []Part{{Table: "unit"}} }, true, false),
			"names tables"},
		"no manifest": {entries(func(e []entry) []entry { return e[:len(e)-1] }), "manifest.json is missing"},
		"manifest no JSON": {entries(func(e []entry) []entry { e[len(e)-1].body = []byte("{"); return e }),
			"manifest.json"},
		"manifest of another": {manifest(func(m *Manifest) { m.Time = m.Time.Add(time.Second) }), "different backups"},
		"format 1":            {both(func(m *Manifest) { m.Format = 1 }), "format 1"},
		"schema of tomorrow":  {both(func(m *Manifest) { m.Schema = 99 }), "schema 99"},
		"schema 0":            {both(func(m *Manifest) { m.Schema = 0 }), "schema 0"},
		"no tables":           {manifest(func(m *Manifest) { m.Parts = nil }), "0 tables"},
		"unknown table":       {manifest(func(m *Manifest) { m.Parts[3].Table = "sqlite_schema" }), "sqlite_schema"},
		"table twice":         {manifest(func(m *Manifest) { m.Parts[3] = m.Parts[2] }), "should stand"},
		"wrong sum":           {manifest(func(m *Manifest) { m.Parts[0].SHA256 = strings.Repeat("0", 64) }), "SHA-256"},
		"wrong row count":     {manifest(func(m *Manifest) { m.Parts[0].Rows++ }), "rows"},
		"wrong length":        {manifest(func(m *Manifest) { m.Parts[0].Bytes++ }), "bytes"},
		"endless file":        {claiming(t, good, maxFile+1), "too long"},
		"huge file":           {claiming(t, good, 1<<62), "too long"},
		"file cut off":        {claiming(t, good, maxFile), ""},
		"file left out": {entries(func(e []entry) []entry { e[1].Name = "authority/000002.jsonl"; return e }),
			"authority/000001.jsonl should"},
		"file of another": {entries(func(e []entry) []entry { e[2].Name = "authority/000003.jsonl"; return e }),
			"authority_name/000001.jsonl should"},
		"path upwards": {entries(func(e []entry) []entry { e[1].Name = "../../authority/000001.jsonl"; return e }),
			"authority/000001.jsonl should"},
		"absolute path": {entries(func(e []entry) []entry { e[1].Name = "/etc/passwd"; return e }),
			"authority/000001.jsonl should"},
		"symbolic link": {entries(func(e []entry) []entry {
			e[1].Typeflag, e[1].Linkname = tar.TypeSymlink, "/etc/passwd"
			return e
		}), "is no file"},
		"part missing": {entries(func(e []entry) []entry { return append(e[:5:5], e[6:]...) }), "should"},
		"end missing":  {entries(func(e []entry) []entry { return e[:20] }), "missing"},
		"something behind": {entries(func(e []entry) []entry {
			return append(e, entry{tar.Header{Name: "more", Typeflag: tar.TypeReg}, nil})
		}), "behind the manifest"},
		"unknown column":     {replace("authority", `{"id"`, `{"x":1,"id"`), `column "x"`},
		"column missing":     {replace("authority", `,"slug":"xa-nghia-dung"`, ``), "slug is missing"},
		"hostile column":     {replace("authority", `,"slug":`, `,"slug) VALUES (1); --":`), "slug is missing"},
		"wrong type":         {replace("authority", `"slug":"xa-nghia-dung"`, `"slug":5`), "slug"},
		"malformed id":       {replace("unit", `"id":"`, `"id":"x`), "malformed id"},
		"malformed date":     {replace("petition", `"due":"2026`, `"due":"20x6`), "due"},
		"text with U+0000":   {replace("officer", `"name":"`, `"name":"\u0000`), "invalid"},
		"jsonb no object":    {replace("event", `"facts":{`, `"facts":[],"x":{`), "not a JSON object"},
		"row of another":     {replace("opinion", `"slip_id":"0`, `"slip_id":"1`), ""},
		"null where none is": {replace("authority_name", `"name":"UBND xã Nghĩa Dũng"`, `"name":null`), ""},
		"last row cut off":   {remade(t, good, "village", func(b []byte) []byte { return b[:len(b)-3] }), "row"},
		"two rows on a line": {remade(t, good, "village",
			func(b []byte) []byte { return bytes.Replace(b, []byte("\n"), nil, 1) }), "behind the row"},
		"no JSON": {remade(t, good, "village", func([]byte) []byte { return []byte("không\n") }), "row 1"},
		"one endless row": {remade(t, good, "village", func([]byte) []byte { return bytes.Repeat([]byte("x"), 8<<20) }),
			"row 1"},
		"a million empty rows": {remade(t, good, "village",
			func([]byte) []byte { return bytes.Repeat([]byte("\n"), 1_000_000) }), "row 1"},
	} {
		dsns := []string{lite}
		if c.want == "" { // the engine's own words
			dsns = append(dsns, pg)
		}
		_, err := db.ReadBack(context.Background(), bytes.NewReader(c.archive))
		if onlyEngine := name == "row of another" || name == "null where none is"; (err == nil) != onlyEngine {
			t.Errorf("%s: reading back: %v", name, err)
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

// claiming is an archive whose first table's file says that it is of a size. It ends where the file should begin.
func claiming(t testing.TB, archive []byte, size int64) []byte {
	t.Helper()
	all := unpack(t, archive)
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	w := tar.NewWriter(zip)
	must(t, w.WriteHeader(&all[0].Header))
	_, err := w.Write(all[0].body)
	must(t, err)
	all[1].Size, all[1].Format = size, tar.FormatGNU
	must(t, w.WriteHeader(&all[1].Header))
	must(t, zip.Close())
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
