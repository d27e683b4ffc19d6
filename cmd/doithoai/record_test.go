package main

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/store"
	"doithoai/tlog"
)

// submitOne hands one slip in over an open server.
func submitOne(t *testing.T, s *server) store.Received {
	t.Helper()
	a, err := authority(t.Context(), s.db, "")
	if err != nil {
		t.Fatal(err)
	}
	slip := doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, FieldCode: "ho-tich", NoticeRead: true,
		Matters: []string{"Đăng ký khai sinh cho con sinh ở tỉnh khác thì nộp giấy tờ gì?"},
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Trần Văn Ví Dụ", Address: "Phường Ví Dụ",
			Ways: []doithoai.Way{doithoai.WayEmail}, Email: "vidu1@example.com",
		},
	}
	got, err := s.db.SubmitSlip(t.Context(), doithoai.Resident(a.ID), newKey(), slip)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func signedSize(t *testing.T, s *server) int64 {
	t.Helper()
	c, err := s.db.Checkpoint(t.Context())
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		t.Fatal(err)
	}
	return c.Size
}

// TestRecordIsNeverSignedBack restores a state that is older than what was published: nothing is signed until the
// record is given a new origin, not even when it has grown past the published size with other leaves.
func TestRecordIsNeverSignedBack(t *testing.T) {
	at := demoFolder(t)
	older, err := os.ReadFile(at.file("doithoai.db"))
	if err != nil {
		t.Fatal(err)
	}
	s := openDemo(t, at, listening{}, nil)
	submitOne(t, s)
	s.record.sign(t.Context())
	published := signedSize(t, s)
	if published == 0 || s.record.trouble() != "" {
		t.Fatalf("signed %d, trouble %q", published, s.record.trouble())
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at.file("doithoai.db"), older, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := run(t, "", "reopen", "--data", t.TempDir())
	if code != exitFailed {
		t.Errorf("reopen of nothing: %d %s", code, stderr)
	}

	s = openDemo(t, at, listening{}, nil)
	s.record.sign(t.Context())
	if signedSize(t, s) != 0 || !strings.Contains(s.record.trouble(), "lost some of them") {
		t.Errorf("an older record is signed: %d, %q", signedSize(t, s), s.record.trouble())
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	code, out, stderr := run(t, "", "reopen", "--data", at.Data)
	if code != exitDone || !strings.Contains(out, demoOrigin+"/2") {
		t.Fatalf("reopen: %d %s%s", code, out, stderr)
	}
	s = openDemo(t, at, listening{}, nil)
	submitOne(t, s)
	s.record.sign(t.Context())
	if s.record.origin != demoOrigin+"/2" || s.record.trouble() != "" {
		t.Fatalf("the record is %s, trouble %q", s.record.origin, s.record.trouble())
	}
	v, err := tlog.ParseKey(s.record.vkey)
	if err != nil {
		t.Fatal(err)
	}
	if findings, _, _, err := s.db.Verify(t.Context(), v); err != nil || len(findings) > 0 {
		t.Errorf("verify: %v %v", findings, err)
	}
}

// TestRecordGrownPastWithOtherLeaves compares roots, not sizes.
func TestRecordGrownPastWithOtherLeaves(t *testing.T) {
	at := demoFolder(t)
	older, err := os.ReadFile(at.file("doithoai.db"))
	if err != nil {
		t.Fatal(err)
	}
	s := openDemo(t, at, listening{}, nil)
	submitOne(t, s)
	s.record.sign(t.Context())
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at.file("doithoai.db"), older, 0o600); err != nil {
		t.Fatal(err)
	}
	s = openDemo(t, at, listening{}, nil)
	submitOne(t, s)
	submitOne(t, s)
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	s = openDemo(t, at, listening{}, nil)
	s.record.sign(t.Context())
	if signedSize(t, s) != 0 || s.record.trouble() == "" {
		t.Errorf("another record is signed under the old origin: %d", signedSize(t, s))
	}
}

// TestSigningSurvivesACrash: the newest checkpoint was written down and signed, and never reached the database.
func TestSigningSurvivesACrash(t *testing.T) {
	at := demoFolder(t)
	s := openDemo(t, at, listening{}, nil)
	size, err := s.db.RecordSize(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	root, err := rootAt(t.Context(), s.db, size)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.record.publish(tlog.Checkpoint{Origin: demoOrigin, Size: size, Root: root}); err != nil {
		t.Fatal(err)
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	s = openDemo(t, at, listening{}, nil)
	s.record.sign(t.Context())
	if signedSize(t, s) != size || s.record.trouble() != "" {
		t.Errorf("signed %d of %d, trouble %q", signedSize(t, s), size, s.record.trouble())
	}
}

// TestLostKey: a record that was ever signed gets no new key by itself.
func TestLostKey(t *testing.T) {
	at := demoFolder(t)
	s := openDemo(t, at, listening{}, nil)
	s.record.sign(t.Context())
	vkey := s.record.vkey
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(at.file(keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's mode: %v %v", info.Mode(), err)
	}
	if err := os.Remove(at.file(keyFile)); err != nil {
		t.Fatal(err)
	}
	s = openDemo(t, at, listening{}, nil)
	submitOne(t, s)
	s.record.sign(t.Context())
	if !strings.Contains(s.record.trouble(), "is missing") || s.record.vkey != vkey {
		t.Errorf("trouble %q, public key %q", s.record.trouble(), s.record.vkey)
	}
	if _, err := os.Stat(at.file(keyFile)); err == nil {
		t.Error("a new key was made")
	}
}

// TestBackupAndRestore brings a demo into another folder, key included, and finds nothing wrong there.
func TestBackupAndRestore(t *testing.T) {
	at := demoFolder(t)
	p := startProgram(t, "demo", "--data", at.Data, "--addr", "127.0.0.1:0")
	fetchReceipt(t, p, "khai sinh") // signed
	file, dir := filepath.Join(t.TempDir(), "backup"), t.TempDir()
	if code, _, stderr := run(t, "", "backup", "--data", at.Data, "--with-key", file); code != exitDone {
		t.Fatalf("backup: %d %s", code, stderr)
	}
	if code, _, _ := run(t, "", "backup", "--data", at.Data, file); code != exitFailed {
		t.Error("a backup was overwritten")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if code, _, _ := run(t, "", "backup", "--data", at.Data, "--with-key", file); code != exitFailed {
		t.Error("a copy of the key was overwritten")
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a backup was written beside a copy of the key that was there already")
	}
	if err := os.Remove(file + ".key"); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := run(t, "", "backup", "--data", at.Data, "--with-key", file); code != exitDone {
		t.Fatalf("backup: %d %s", code, stderr)
	}
	p.end()
	if code, _, stderr := run(t, "", "restore", "--data", dir, "--with-key", file); code != exitDone {
		t.Fatalf("restore: %d %s", code, stderr)
	}
	if code, out, stderr := run(t, "", "verify", "--data", dir, "--lang", "en"); code != exitDone {
		t.Errorf("verify: %d %s%s", code, out, stderr)
	}
	if code, _, _ := run(t, "", "restore", "--data", dir, file); code != exitFailed {
		t.Error("a database that is not empty was restored over")
	}
	s := openDemo(t, place{Data: dir}, listening{}, nil)
	submitOne(t, s)
	s.record.sign(t.Context())
	if s.record.trouble() != "" {
		t.Errorf("the restored record is not signed: %s", s.record.trouble())
	}
}

// TestOwnAuthority serves https under certificates of the own authority, which may vouch for this house alone.
func TestOwnAuthority(t *testing.T) {
	at := demoFolder(t)
	p := startProgram(t, "demo", "--data", at.Data, "--addr", "127.0.0.1:0", "--tls", "self")
	if !strings.HasPrefix(p.urls[0], "https://") || !strings.Contains(p.out.String(), "fingerprint") {
		t.Fatalf("printed %s", p.out.String())
	}
	pem, err := os.ReadFile(at.file(authorityCertFile))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		t.Fatal("no certificate in the file")
	}
	c := browser(t)
	c.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	if r, _ := get(t, c, p.urls[0]+"readyz"); r.StatusCode != http.StatusOK {
		t.Errorf("readyz: %s", r.Status)
	}
	signIn(t, c, p.urls[0], demo.LoginChair)
	c.CloseIdleConnections()
	p.end()
	if info, err := os.Stat(at.file(authorityKeyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the authority's key: %v %v", info, err)
	}
	if _, err := openOwnAuthority(at, []string{"localhost", "192.168.1.7", "hoi-truong.lan"}); err != nil {
		t.Errorf("names of the house: %v", err)
	}
	for _, foreign := range []string{"nganhang.vn", "8.8.8.8"} {
		if _, err := openOwnAuthority(at, []string{"localhost", foreign}); err == nil {
			t.Errorf("the authority vouches for %s", foreign)
		}
	}
}
