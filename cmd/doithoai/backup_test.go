package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// names are what a folder holds.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// TestUnfinishedFilesHaveNoName: a file that is being written does not bear its name yet, and one that fails leaves
// nothing.
func TestUnfinishedFilesHaveNoName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "backup.tar.gz")
	broken := errors.New("the disk is full")
	err := writeNew(path, func(f *os.File) error {
		if all := names(t, dir); len(all) != 1 || !strings.HasSuffix(all[0], ".part") {
			t.Errorf("meanwhile there are %v", all)
		}
		_, err := f.WriteString("half")
		return errors.Join(err, broken)
	})
	if !errors.Is(err, broken) || len(names(t, dir)) > 0 {
		t.Errorf("%v left %v", err, names(t, dir))
	}
	whole := func(f *os.File) error { _, err := f.WriteString("whole"); return err }
	if err := writeNew(path, whole); err != nil || !slices.Equal(names(t, dir), []string{"backup.tar.gz"}) {
		t.Errorf("%v left %v", err, names(t, dir))
	}
	if err := writeNew(path, whole); !errors.Is(err, os.ErrExist) || len(names(t, dir)) != 1 {
		t.Errorf("over a file: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the file: %v %v", info, err)
	}
}

// TestLongWorkIsQuietInAPipe: what isn't a terminal gets the results alone.
func TestLongWorkIsQuietInAPipe(t *testing.T) {
	at := demoFolder(t)
	s := openDemo(t, at, listening{}, nil)
	s.record.sign(t.Context())
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	file, list, dir := filepath.Join(t.TempDir(), "backup"), filepath.Join(t.TempDir(), "villages.csv"), t.TempDir()
	if err := os.WriteFile(list, []byte("name\nThôn 91\nThôn 92\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"backup", "--data", at.Data, file}, exitDone, "read back and whole"},
		{[]string{"restore", "--data", dir, file}, exitDone, "Restored the state"},
		{[]string{"import", "--data", at.Data, "--list", "villages", "--yes", list}, exitDone, "Imported."},
		{[]string{"verify", "--data", at.Data, "--lang", "en"}, exitDone, "leaves"},
	} {
		code, out, stderr := run(t, "", c.args...)
		if code != c.code || stderr != "" || !strings.Contains(out, c.want) || strings.ContainsAny(out, "\r\x1b%") {
			t.Errorf("%v: %d %q %q", c.args, code, out, stderr)
		}
	}
}

// TestNameTakenMeanwhile: of two backups to the same name, the second does no work, and leaves the first alone; so does
// one that ends when somebody else has taken the name.
func TestNameTakenMeanwhile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "backup.tar.gz")
	none := func(*os.File) error { t.Error("the second is written"); return nil }
	if err := writeNew(path, func(f *os.File) error {
		if err := writeNew(path, none); !errors.Is(err, os.ErrExist) || !strings.Contains(err.Error(), ".part") {
			t.Errorf("beside the first: %v", err)
		}
		_, err := f.WriteString("first")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := writeNew(path, none); !errors.Is(err, os.ErrExist) {
		t.Errorf("after the first: %v", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "first" || len(names(t, dir)) != 1 {
		t.Errorf("the first is %q among %v: %v", b, names(t, dir), err)
	}

	dir = t.TempDir()
	path = filepath.Join(dir, "backup.tar.gz")
	err := writeNew(path, func(*os.File) error { return os.WriteFile(path, []byte("another's"), 0o600) })
	if !errors.Is(err, os.ErrExist) {
		t.Errorf("a name taken meanwhile: %v", err)
	}
	b, err := os.ReadFile(path)
	if err != nil || string(b) != "another's" || len(names(t, dir)) != 1 {
		t.Errorf("the other's file is %q among %v: %v", b, names(t, dir), err)
	}
}
