package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"doithoai/store"
	"doithoai/text/filetest"
)

// setupFrom sets a data folder up from a file.
func setupFrom(t *testing.T, dir, file, stdin string) (code int, out, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "authority.json")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	return run(t, stdin, "setup", "--data", dir, "--from", path)
}

const presetFile = `{"slug": "xa-an-phu", "name": "UBND xã An Phú", "full_name": "Ủy ban nhân dân xã An Phú",
	"superior": "Ủy ban nhân dân tỉnh Quảng Ngãi",
	"place": "An Phú", "prefix": "AP", "preset": "2025", "kind": "xã", "offline": true, "villages": ["Thôn 1"],
	"administrator": {"login": "quantri", "name": "Ngô Văn Quản Trị", "office": true}}`

func TestSetupFromPreset(t *testing.T) {
	dir := t.TempDir()
	code, out, stderr := setupFrom(t, dir, presetFile, "\n")
	if code != exitDone || !regexp.MustCompile(`Password, shown this once: [a-z0-9]{24}\n`).MatchString(out) {
		t.Fatalf("%d %s %s", code, out, stderr)
	}
	db, err := place{Data: dir}.open(t.Context(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	a, err := authority(t.Context(), db, "")
	if err != nil || !a.Offline || !strings.HasPrefix(a.Hours, "Thứ Hai") {
		t.Errorf("%+v, %v", a, err)
	}
	units, err := db.Units(t.Context(), a.ID)
	if err != nil || len(units) == 0 || !units[0].Office || units[1].Name != "Phòng Kinh tế" {
		t.Errorf("%+v, %v", units, err)
	}
	officers, err := db.Officers(t.Context(), a.ID)
	if err != nil || len(officers) != 1 || len(officers[0].Roles) != 2 || officers[0].UnitID != units[0].ID {
		t.Errorf("%+v, %v", officers, err)
	}
	for want, change := range map[string][2]string{
		`no preset "2030"; there are 2025, 2024`: {`"2025"`, `"2030"`},
		`kind "tổng" is none`:                    {`"xã"`, `"tổng"`},
		`phone "0255 zzz" is no`:                 {`"place"`, `"phone": "0255 zzz", "place"`},
		"units, or else preset,":                 {`"preset": "2025",`, ``},
		"administrator (login and name)":         {`"quantri"`, `""`},
		"10 characters":                          {`"quantri"`, `"quan-tri"`},
	} {
		stdin := "\n"
		if want == "10 characters" {
			stdin = "ngắn\n"
		}
		file := strings.Replace(presetFile, change[0], change[1], 1)
		if code, _, stderr := setupFrom(t, t.TempDir(), file, stdin); code != exitFailed || !strings.Contains(stderr, want) {
			t.Errorf("%s: %d %s", want, code, stderr)
		}
	}
}

// The example is what `setup --from` takes, however it was saved on the way.
func TestSetupFromTheExample(t *testing.T) {
	_, example, _ := run(t, "", "setup", "--example")
	for name, c := range map[string]filetest.Case{
		"as printed": {Encoding: "utf-8"}, "CRLF": {Encoding: "utf-8", CRLF: true},
		"a mark": {Encoding: "utf-8", Mark: true}, "a mark and CRLF": {Encoding: "utf-8", Mark: true, CRLF: true},
		"UTF-16": {Encoding: "utf-16le", Mark: true, CRLF: true},
	} {
		code, out, stderr := setupFrom(t, t.TempDir(), string(c.Write([]byte(example))), "")
		if code != exitDone || !strings.HasPrefix(out, "UBND xã Ví Dụ is set up.") {
			t.Errorf("%s: %d %s%s", name, code, out, stderr)
		}
	}
}

// A folder's name is no address: whatever signs it has, the database lies in it, and nowhere else.
func TestFoldersOfAnyName(t *testing.T) {
	for _, name := range []string{
		"a?mode=memory&b=1", "a#b", "100%41", "a%zz", "l'Ủy ban", "Dữ liệu của xã", norm.NFD.String("Dữ liệu"),
		` ủy?ban #1 'xã' 50%20; "`,
	} {
		above := t.TempDir()
		dir := filepath.Join(above, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if code, _, stderr := setupFrom(t, dir, presetFile, "một mật khẩu dài\n"); code != exitDone {
			t.Errorf("%q: set-up: %d %s", name, code, stderr)
			continue
		}
		code, out, stderr := run(t, "", "user", "list", "--data", dir)
		if code != exitDone || !strings.Contains(out, "quantri\tactive") {
			t.Errorf("%q: list: %d %s%s", name, code, out, stderr)
		}
		saved := filepath.Join(dir, "backup of "+name)
		if code, _, stderr = run(t, "", "backup", "--data", dir, saved); code != exitDone {
			t.Errorf("%q: backup: %d %s", name, code, stderr)
		}
		for path, want := range map[string]string{above: name, dir: "doithoai.db"} {
			found, err := os.ReadDir(path)
			if err != nil || path == above && len(found) != 1 ||
				!slices.ContainsFunc(found, func(e os.DirEntry) bool { return e.Name() == want }) {
				t.Errorf("%q holds %v, %v", path, found, err)
			}
		}
	}
}

// TestImportExport takes lists over and writes them without a browser.
func TestImportExport(t *testing.T) {
	dir := t.TempDir()
	if code, _, stderr := setupFrom(t, dir, presetFile, "một mật khẩu dài\n"); code != exitDone {
		t.Fatal(stderr)
	}
	file := func(name, body string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("thon.csv", "Tên thôn hoặc tổ dân phố\nthôn 1\nThôn Đông Yên\n")
	for _, tt := range []struct {
		name string
		code int
		want string
		args []string
	}{
		{
			"dry run", exitDone,
			"villages: 1 to add, 1 to change, 0 the same, 0 not in the file\nNothing was changed. Run it again with --yes",
			[]string{"import", "--list", "villages", good},
		},
		{"import", exitDone, "Imported.", []string{"import", "--list", "villages", "--yes", good}},
		{"again", exitDone, "like the file already", []string{"import", "--list", "villages", "--yes", good}},
		{
			"bad rows", exitFailed, "row 3, name: The same as row 2.",
			[]string{"import", "--list", "villages", "--yes", file("a.csv", "name\nThôn 7\nThôn 7\n")},
		},
		{"encoding", exitFailed, "UTF-16", []string{"import", "--list", "villages", file("a.csv", "\xFF\xFEa\x00")}},
		{"other list", exitFailed, "there are villages, outside_bodies", []string{"import", "--list", "secrets", good}},
		{"no file", exitFailed, "no such file", []string{"import", "--list", "villages", "khong-co.csv"}},
		{"export", exitDone, "Thôn Đông Yên", []string{"export", "--list", "villages"}},
		{
			"export to a file", exitDone, "2 entries",
			[]string{"export", "--list", "villages", filepath.Join(dir, "thon.xlsx")},
		},
		{
			"import of an export", exitDone, "2 the same",
			[]string{"import", "--list", "villages", filepath.Join(dir, "thon.xlsx")},
		},
		{
			"export over a file", exitFailed, "--force",
			[]string{"export", "--list", "villages", filepath.Join(dir, "thon.xlsx")},
		},
		{"export to nothing known", exitFailed, ".xlsx or .csv", []string{"export", "--list", "villages", "thon.pdf"}},
	} {
		code, out, stderr := run(t, "", append([]string{tt.args[0], "--data", dir}, tt.args[1:]...)...)
		if code != tt.code || !strings.Contains(out+stderr, tt.want) {
			t.Errorf("%s: %d %s %s", tt.name, code, out, stderr)
		}
	}
}

// TestWizard serves the set-up on an empty database, says so to monitors, and ends when it is asked to.
func TestWizard(t *testing.T) {
	dir := t.TempDir()
	p := startProgram(t, "serve", "--data", dir, "--addr", "127.0.0.1:0")
	link := regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/thiet-lap/bat-dau\?ma=[\w-]{43}\n`).
		FindStringSubmatch(p.out.String())
	if link == nil {
		t.Fatalf("printed %s", p.out.String())
	}
	c := browser(t)
	for path, want := range map[string]int{
		"/healthz": http.StatusOK, "/readyz": http.StatusServiceUnavailable, "/": http.StatusServiceUnavailable,
		"/noi-bo": http.StatusServiceUnavailable,
	} {
		if r, _ := get(t, c, link[1]+path); r.StatusCode != want {
			t.Errorf("%s: %s", path, r.Status)
		}
	}
	if r, _ := get(t, c, strings.TrimSpace(link[0])); r.StatusCode != http.StatusSeeOther {
		t.Errorf("the link: %s", r.Status)
	}
	p.stop()
	if code := <-p.ended; code != exitFailed || !strings.Contains(p.err.String(), "stopped before the set-up was done") {
		t.Errorf("ended with %d: %s", code, p.err.String())
	}
}

// One password is one, whatever way it came: from the command line, in each form and encoding, or from a browser.
func TestPasswordOfEveryDoor(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(data, "xa.json")
	// as PowerShell writes it, with names in decomposed letters
	example := norm.NFD.String(presetFile)
	if err := os.WriteFile(file, filetest.Case{Encoding: "utf-16le", Mark: true, CRLF: true}.Write([]byte(example)),
		0o600); err != nil {
		t.Fatal(err)
	}
	const password = "Mật khẩu dài 2024"
	if code, out, stderr := run(t, password+"\n", "setup", "--data", data, "--from", file); code != 0 {
		t.Fatalf("%d: %s%s", code, out, stderr)
	}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(data, "doithoai.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	all, err := db.Authorities(t.Context())
	if err != nil || len(all) != 1 || !norm.NFC.IsNormalString(all[0].Name) {
		t.Fatalf("%v, %v", all, err)
	}
	officers, err := db.Officers(t.Context(), all[0].ID)
	if err != nil || len(officers) != 1 {
		t.Fatalf("%v, %v", officers, err)
	}
	login := officers[0].Login
	signsIn := func(typed string) {
		t.Helper()
		if _, _, err := db.SignIn(t.Context(), all[0].ID, login, typed, "", ""); err != nil {
			t.Errorf("%+q is refused: %v", typed, err)
		}
	}
	signsIn(password)
	if code, _, stderr := run(t, norm.NFD.String(password)+"\n", "user", "add", "--data", data, "lan",
		"--name", norm.NFD.String("Trần Thị Ví Dụ"), "--role", "chair"); code != 0 {
		t.Fatal(stderr)
	}
	if _, o, err := db.SignIn(t.Context(), all[0].ID, "lan", password, "", ""); err != nil || o.Name != "Trần Thị Ví Dụ" {
		t.Errorf("the account that was added: %+q, %v", o.Name, err)
	}
	for name, stdin := range map[string]string{
		"decomposed": norm.NFD.String(password) + "\n", "of Windows' keyboard": "Mâ\u0323t khâ\u0309u da\u0300i 2024\r\n",
		"with a space": password + " \n", "after a mark": "\uFEFF" + password + "\n",
		"UTF-16": string(filetest.Case{Encoding: "utf-16le", Mark: true, CRLF: true}.Write(
			[]byte(password + "\n"))),
		"UTF-16 without mark": string(filetest.Case{Encoding: "utf-16le"}.Write([]byte(password + "\n"))),
	} {
		code, _, stderr := run(t, stdin, "user", "password", "--data", data, strings.ToUpper(login))
		if code != 0 {
			t.Errorf("%s: %d: %s", name, code, stderr)
		}
		for _, typed := range []string{password, norm.NFD.String(password), password + " "} {
			signsIn(typed)
		}
	}
	if code, _, _ := run(t, "M\xe2t kh\xe2u 2024 d\xe0i\n", "user", "password", "--data", data, login); code == 0 {
		t.Error("a password that is not Unicode is taken")
	}
}
