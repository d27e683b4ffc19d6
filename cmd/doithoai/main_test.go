package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/store"
	"doithoai/store/pgtest"
)

// runProgram is set where the test's own binary is started as the program.
const runProgram = "DOITHOAI_TEST_RUN_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(runProgram) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		os.Exit(Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) //nolint:gocritic // the process ends
	}
	pgtest.Main(m)
}

// story is the demo's data folder after its story, made once and copied for each test.
var story struct {
	once  sync.Once
	files map[string][]byte
	err   error
}

func demoFiles() (map[string][]byte, error) {
	story.once.Do(func() {
		dir, err := os.MkdirTemp("", "doithoai-demo-")
		if err != nil {
			story.err = err
			return
		}
		defer os.RemoveAll(dir) //nolint:errcheck // a folder of temporary files
		cmd := demoCommand{place: place{Data: dir}}
		if _, story.err = cmd.make(context.Background(), cmd.tell); story.err != nil {
			return
		}
		story.files = map[string][]byte{}
		story.err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			name, err := filepath.Rel(dir, path)
			if err == nil {
				story.files[name], err = os.ReadFile(path)
			}
			return err
		})
	})
	return story.files, story.err
}

// demoFolder returns a data folder with the demo's story in it.
func demoFolder(t testing.TB) place {
	t.Helper()
	files, err := demoFiles()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, b, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return place{Data: dir}
}

// output collects what a running program prints.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// program is the program while it serves.
type program struct {
	t        testing.TB
	out, err output
	urls     []string // of the addresses that it prints
	stop     context.CancelFunc
	ended    chan int
}

var printedURL = regexp.MustCompile(`https?://\S+:\d+/`)

// startProgram runs the program with arguments until the test ends, and waits for its addresses.
func startProgram(t testing.TB, args ...string) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p := &program{t: t, stop: cancel, ended: make(chan int, 1)}
	go func() { p.ended <- Run(ctx, args, strings.NewReader(""), &p.out, &p.err) }()
	t.Cleanup(cancel)
	addresses := 1
	for _, a := range args {
		if strings.HasPrefix(a, "--office-addr") || strings.HasPrefix(a, "--second-addr") {
			addresses = 2
		}
	}
	for begin := time.Now(); len(p.urls) < addresses; time.Sleep(5 * time.Millisecond) {
		select {
		case code := <-p.ended:
			t.Fatalf("the program ended with %d: %s", code, p.err.String())
		default:
		}
		if time.Since(begin) > 3*time.Minute {
			t.Fatalf("no address after 3 minutes: %s%s", p.out.String(), p.err.String())
		}
		p.urls = printedURL.FindAllString(p.out.String(), -1)
	}
	return p
}

// end stops the program as SIGTERM does and returns its exit code.
func (p *program) end() int {
	p.t.Helper()
	p.stop()
	select {
	case code := <-p.ended:
		return code
	case <-time.After(20 * time.Second):
		p.t.Fatal("the program did not end")
		return -1
	}
}

// run runs a command to its end.
func run(t testing.TB, stdin string, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Run(t.Context(), args, strings.NewReader(stdin), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// browser is a client that keeps cookies and follows no redirects.
func browser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{
		Jar: jar, Timeout: 10 * time.Second,
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if r.Method == http.MethodPost { // the first form of a browser, once more with its cookie
				return nil
			}
			return http.ErrUseLastResponse
		},
	}
}

// get fetches a page.
func get(t testing.TB, c *http.Client, address string) (*http.Response, string) {
	t.Helper()
	r, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return r, body(t, r)
}

// post sends a form.
func post(t testing.TB, c *http.Client, address string, form url.Values) (*http.Response, string) {
	t.Helper()
	r, err := c.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	return r, body(t, r)
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") { // where a line may end is no matter here
		return strings.ReplaceAll(string(b), "\u00a0", " ")
	}
	return string(b)
}

// signIn signs an account of the demo in.
func signIn(t testing.TB, c *http.Client, base, login string) {
	t.Helper()
	r, page := post(t, c, base+"noi-bo/dang-nhap", url.Values{"ten": {login}, "mat-khau": {demo.Password}})
	if r.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign in as %s: %s\n%.2000s", login, r.Status, page)
	}
}

func codeOf(tale string) doithoai.ReceiptCode { return doithoai.NewReceiptCode(demo.Key(tale)) }

// TestSecondCommune serves one that stands at the start of its year beside the demo's first, with data of its own.
func TestSecondCommune(t *testing.T) {
	at := demoFolder(t)
	p := startProgram(t, "demo", "--data", at.Data, "--addr", "127.0.0.1:0", "--second-addr", "127.0.0.1:0")
	var years []string
	for _, base := range p.urls {
		_, page := get(t, browser(t), base+"ke-hoach")
		for _, year := range []string{"2024", "2025"} {
			if strings.Contains(page, "Kế hoạch đối thoại năm "+year) {
				years = append(years, year)
			}
		}
	}
	slices.Sort(years)
	if !slices.Equal(years, []string{"2024", "2025"}) {
		t.Errorf("plans of the two communes: %v", years)
	}
	if code := p.end(); code != exitDone {
		t.Errorf("ended with %d: %s", code, p.err.String())
	}
	second := place{Data: at.file(secondFolder)}
	if clock, err := (demoCommand{place: second}).clock(); err != nil || clock.Now().Year() != 2026 {
		t.Errorf("the second commune's clock: %v, %v", clock, err)
	}
}

// TestDemo follows the demo from its first start to its second.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	p := startProgram(t, "demo", "--data", dir, "--addr", "127.0.0.1:0", "--lang", "en")
	base, c := p.urls[0], browser(t)
	for path, want := range map[string]string{
		"":                     "Hội nghị đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2024",
		"ke-hoach/2024":        "Nghĩa Dũng, ngày 12 tháng 9 năm 2024", // as amended
		"ke-hoach/2024/ban/0":  "Nghĩa Dũng, ngày 08 tháng 01 năm 2024",
		"doi-thoai/2024-10-25": "Hội trường UBND xã Nghĩa Dũng",
		"gui-y-kien":           "Thôn 4",
		"hoi-dap":              "Nộp giấy tờ chứng thực trước 15 giờ thì được trả trong ngày",
		"tra-cuu":              "DỮ LIỆU MÔ PHỎNG",
		"so-doi-chung":         "DỮ LIỆU MÔ PHỎNG",
		"readyz":               "ready",
		"healthz":              "ok",
	} {
		r, page := get(t, c, base+path)
		if r.StatusCode != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("/%s: %s, without %q", path, r.Status, want)
		}
	}
	if r, _ := get(t, c, base+"khong-co-trang-nay"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an address without a page: %s", r.Status)
	}
	for _, o := range demo.Officers() {
		c := browser(t)
		signIn(t, c, base, o.Login)
		if r, page := get(t, c, base+"noi-bo"); r.StatusCode != http.StatusOK || !strings.Contains(page, o.Name) {
			t.Errorf("the desk of %s: %s", o.Login, r.Status)
		}
		if !strings.Contains(p.out.String(), o.Login) {
			t.Errorf("the guide does not name %s", o.Login)
		}
	}
	if code := p.end(); code != exitDone {
		t.Fatalf("ended with %d: %s", code, p.err.String())
	}
	if code, _, stderr := run(t, "", "verify", "--data", dir); code != exitDone {
		t.Errorf("verify: %d %s", code, stderr)
	}

	again := startProgram(t, "demo", "--data", dir, "--addr", "127.0.0.1:0")
	if _, page := get(t, c, again.urls[0]); !strings.Contains(page, "23/10/2024") {
		t.Error("after a restart it is another day")
	}
	if code := again.end(); code != exitDone {
		t.Errorf("ended with %d: %s", code, again.err.String())
	}
	if strings.Contains(p.err.String()+again.err.String(), "level=ERROR") {
		t.Errorf("the log has errors:\n%s%s", p.err.String(), again.err.String())
	}
}

// TestDemoOnPostgres tells the same story on the other engine.
func TestDemoOnPostgres(t *testing.T) {
	dsn, dir := pgtest.New(t), t.TempDir()
	p := startProgram(t, "demo", "--db", dsn, "--data", dir, "--addr", "127.0.0.1:0")
	r, page := get(t, browser(t), p.urls[0]+"hoi-dap?q=chung+thuc")
	if r.StatusCode != http.StatusOK || !strings.Contains(page, "chứng thực trước 15 giờ") {
		t.Errorf("search: %s", r.Status)
	}
	fetchReceipt(t, p, "khai sinh") // signed
	if code := p.end(); code != exitDone {
		t.Errorf("ended with %d: %s", code, p.err.String())
	}
	if code, out, stderr := run(t, "", "verify", "--db", dsn, "--data", dir); code != exitDone {
		t.Errorf("verify: %d %s%s", code, out, stderr)
	}
	if password := regexp.MustCompile(`//[^@/ ]*:[^@/ ]+@`); password.MatchString(p.err.String()) {
		t.Errorf("the log has the database's password: %s", p.err.String())
	}
}

// TestStory looks for every state that a newcomer should meet.
func TestStory(t *testing.T) {
	at := demoFolder(t)
	clock, err := demoCommand{place: at}.clock()
	if err != nil {
		t.Fatal(err)
	}
	s := openDemo(t, at, listening{}, clock)
	office := actorOf(t, s, demo.LoginOffice)
	counts, err := s.db.TabCounts(t.Context(), office)
	if err != nil {
		t.Fatal(err)
	}
	for tab, n := range counts {
		if n == 0 && tab != store.TabCoUnit { // the office coordinates nothing
			t.Errorf("nothing under %q", tab)
		}
	}
	published, err := s.db.Search(t.Context(), office.AuthorityID, searchAll)
	if err != nil || len(published.Answers) < 4 {
		t.Errorf("%d published answers, %v", len(published.Answers), err)
	}
	if n, err := s.db.Denunciations(t.Context(), office); err != nil || n != 2 {
		t.Errorf("%d denunciations, %v", n, err)
	}
	if waiting, _, err := s.db.HandDeliveries(t.Context(), office); err != nil || len(waiting) == 0 {
		t.Errorf("%d answers wait to be handed over, %v", len(waiting), err)
	}
	if late, err := s.db.ClaimParcels(t.Context(), doithoai.WayEmail, 1); err != nil || len(late) > 0 {
		t.Errorf("e-mail that the story left: %+v, %v", late, err)
	}
	if findings, _, _, err := s.db.Verify(t.Context()); err != nil || len(findings) > 0 {
		t.Errorf("verify: %v, %v", findings, err)
	}
}

// TestErrorsAtStart are one line each, with exit code 1.
func TestErrorsAtStart(t *testing.T) {
	at := demoFolder(t)
	p := startProgram(t, "demo", "--data", at.Data, "--addr", "127.0.0.1:0")
	taken := strings.TrimSuffix(strings.TrimPrefix(p.urls[0], "http://"), "/")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, want string
		args       []string
	}{
		{
			"port taken", "is taken by another program: choose another address with --addr",
			[]string{"demo", "--data", demoFolder(t).Data, "--addr", taken},
		},
		{"folder not writable", "can't be made", []string{"serve", "--data", filepath.Join(file, "data")}},
		{"no database", "no database at", []string{"verify", "--data", t.TempDir()}},
		{"real data", "serves its own only", []string{"demo", "--data", realFolder(t), "--addr", "127.0.0.1:0"}},
		{"certificate without key", "--tls-key", []string{"serve", "--data", at.Data, "--tls-cert", file}},
		{
			"public address without a host", "--public-url",
			[]string{"serve", "--data", at.Data, "--public-url", "doithoai.example.vn"},
		},
		{"unknown flag", "unknown flag", []string{"serve", "--nonsense"}},
		{"no engine", "sqlite:PATH or postgres://", []string{"serve", "--data", t.TempDir(), "--db", "mysql:x"}},
	} {
		code, _, stderr := run(t, "", tt.args...)
		if code != exitFailed || strings.Count(strings.TrimSpace(stderr), "\n") > 0 || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: code %d, %q", tt.name, code, stderr)
		}
	}
	p.end()
}

// realFolder has the data of an authority that is no demo, and the demo's clock beside it.
func realFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "authority.json")
	if err := errors.Join(
		os.WriteFile(file, setupExample, 0o600), os.WriteFile(filepath.Join(dir, demoFile), []byte("{}"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := run(t, "", "setup", "--data", dir, file); code != exitDone {
		t.Fatalf("setup: %d %s", code, stderr)
	}
	return dir
}

// TestReadiness turns to 503 before the program stops.
func TestReadiness(t *testing.T) {
	p := startProgram(t, "demo", "--data", demoFolder(t).Data, "--addr", "127.0.0.1:0", "--drain", "2s")
	c := browser(t)
	if r, _ := get(t, c, p.urls[0]+"readyz"); r.StatusCode != http.StatusOK {
		t.Fatalf("readyz: %s", r.Status)
	}
	p.stop()
	for begin := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		r, page := get(t, c, p.urls[0]+"readyz")
		if r.StatusCode == http.StatusServiceUnavailable && strings.TrimSpace(page) == "stopping" {
			break
		}
		if time.Since(begin) > 1500*time.Millisecond {
			t.Fatalf("while it stops, readyz says %s %s", r.Status, page)
		}
	}
	if r, _ := get(t, c, p.urls[0]+"healthz"); r.StatusCode != http.StatusOK {
		t.Errorf("while it stops, healthz says %s", r.Status)
	}
	if code := <-p.ended; code != exitDone {
		t.Errorf("ended with %d: %s", code, p.err.String())
	}
}

// TestUser opens, lists, stops and lets go on an account.
func TestUser(t *testing.T) {
	dir := realFolder(t)
	if code, _, stderr := run(
		t, "một mật khẩu dài\n", "user", "add", "--data", dir, "lan",
		"--name", "Trần Thị Ví Dụ", "--role", "office,secretary", "--unit", "van-phong",
	); code != exitDone {
		t.Fatalf("add: %d %s", code, stderr)
	}
	code, out, _ := run(t, "\n", "user", "add", "--data", dir, "mau", "--name", "Nguyễn Văn Mẫu", "--role", "chair")
	made := regexp.MustCompile(`Password, shown this once: ([a-z0-9]{24})\n`).FindStringSubmatch(out)
	if code != exitDone || made == nil {
		t.Fatalf("add with a password made: %d %q", code, out)
	}
	for _, tt := range []struct {
		name, stdin, want string
		args              []string
	}{
		{"twice", "một mật khẩu dài\n", "there is an account", []string{"add", "lan", "--name", "X", "--role", "chair"}},
		{"short password", "ngắn\n", "10 characters", []string{"add", "moi", "--name", "X", "--role", "chair"}},
		{"officer without unit", "\n", "--unit", []string{"add", "moi", "--name", "X", "--role", "unit_officer"}},
		{
			"unknown unit", "\n", "there are van-phong",
			[]string{"add", "moi", "--name", "X", "--role", "unit_officer", "--unit", "khong-co"},
		},
		{"forged role", "\n", "must be one of", []string{"add", "moi", "--name", "X", "--role", "system"}},
		{"nobody", "\n", "no account", []string{"password", "khong-co"}},
	} {
		code, _, stderr := run(t, tt.stdin, append([]string{"user", tt.args[0], "--data", dir}, tt.args[1:]...)...)
		if code != exitFailed || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: %d %q", tt.name, code, stderr)
		}
	}
	s := openDemo(t, place{Data: dir}, listening{}, nil)
	a, err := authority(t.Context(), s.db, "")
	if err != nil {
		t.Fatal(err)
	}
	try := func(login, password string) error {
		_, _, err := s.db.SignIn(t.Context(), a.ID, login, password, "", "")
		return err
	}
	if err := errors.Join(try("lan", "một mật khẩu dài"), try("mau", made[1])); err != nil {
		t.Fatal(err)
	}
	if code, _, _ := run(t, "", "user", "deactivate", "--data", dir, "lan"); code != exitDone ||
		try("lan", "một mật khẩu dài") == nil {
		t.Error("a deactivated account signs in")
	}
	if code, _, _ := run(t, "", "user", "activate", "--data", dir, "lan"); code != exitDone ||
		try("lan", "một mật khẩu dài") != nil {
		t.Error("an account that was activated again does not sign in")
	}
	if code, _, _ := run(t, "mật khẩu thứ hai\n", "user", "password", "--data", dir, "lan"); code != exitDone ||
		try("lan", "mật khẩu thứ hai") != nil || try("lan", "một mật khẩu dài") == nil {
		t.Error("the new password does not count, or the old one still does")
	}
	_, out, _ = run(t, "", "user", "list", "--data", dir)
	if !strings.Contains(out, "lan\tactive\toffice,secretary\tTrần Thị Ví Dụ\t\n") {
		t.Errorf("list: %q", out)
	}
}
