package main

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/cmd/doithoai/demo"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/store/pgtest"
	"doithoai/web"
)

// rehearsalPlace is an installation with a dialogue that is being prepared, on an engine.
func rehearsalPlace(t *testing.T, at place) (doithoai.Officer, doithoai.Dialogue) {
	t.Helper()
	a := installed(t, at)
	db, err := at.open(t.Context(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	officers, err := db.Officers(t.Context(), a.ID)
	if err != nil || len(officers) == 0 {
		t.Fatal(officers, err)
	}
	b, err := os.ReadFile("demo/plan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	actor := officers[0].Actor()
	issued, err := db.TakeOverPlan(t.Context(), actor, p)
	if err != nil {
		t.Fatal(err)
	}
	day := db.Now().Date().AddDays(30)
	d, err := db.PrepareDialogue(t.Context(), actor, doithoai.Dialogue{
		PlanID: issued.PlanID, Title: "Hội nghị đối thoại", Venue: "Hội trường", Form: doithoai.FormDirect,
		Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, StartsAt: calendar.InstantAt(day, 8, 0),
		SlipsUntil: calendar.InstantAt(day, 7, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return officers[0], d
}

// counted is how many rows each table of a database has, those of sign-ins left out: who rehearses has signed in.
func counted(t *testing.T, at place) map[string]int {
	t.Helper()
	driver, dsn := "pgx", at.dsn()
	ask := `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	if path, lite := strings.CutPrefix(dsn, "sqlite:"); lite {
		driver, dsn = "sqlite", path
		ask = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_tokens_%'`
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	rows, err := db.Query(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // of a test
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil || len(names) < 50 {
		t.Fatalf("%d tables: %v", len(names), err)
	}
	n := map[string]int{}
	for _, name := range names {
		var count int
		if err := db.QueryRow(`SELECT count(*) FROM ` + name).Scan(&count); err != nil {
			t.Fatal(name, err)
		}
		n[name] = count
	}
	return n
}

// copies are the folders of rehearsals.
func copies(t *testing.T, at place) []os.DirEntry {
	t.Helper()
	all, err := os.ReadDir(at.file(rehearsalFolder))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return all
}

// Nothing that is done in a rehearsal is a row of the real database, on either engine; what was not announced yet can
// be rehearsed. Other browsers see nothing of it, and ending it removes its folder.
func TestRehearsalLeavesNothing(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			at := place{Data: t.TempDir()}
			if engine == "postgres" {
				at.DB = pgtest.New(t)
			}
			_, d := rehearsalPlace(t, at)
			s := openDemo(t, at, listening{}, nil)
			server := httptest.NewServer(s.handler(append(s.publicSites(), s.staffSites()...)...))
			defer server.Close()
			c, other := browser(t), browser(t)
			for _, b := range []*http.Client{c, other} {
				if r, _ := post(t, b, server.URL+"/noi-bo/dang-nhap", url.Values{
					"ten": {nodeLogin}, "mat-khau": {nodePassword},
				}); r.StatusCode != http.StatusSeeOther {
					t.Fatal("sign in:", r.Status)
				}
			}
			before := counted(t, at)
			console := beginRehearsal(t, c, server.URL, string(d.ID))
			playRehearsal(t, c, server.URL+console)
			if r, page := get(t, c, server.URL+"/noi-bo/y-kien"); r.StatusCode != http.StatusNotFound ||
				!strings.Contains(page, "không có trong buổi diễn tập") {
				t.Errorf("the real register within a rehearsal: %s", r.Status)
			}
			if r, _ := get(t, other, server.URL+console); r.StatusCode != http.StatusNotFound {
				t.Errorf("another browser opens the rehearsal: %s", r.Status)
			}
			if n := len(copies(t, at)); n != 1 {
				t.Errorf("%d folders of rehearsals", n)
			}
			r, _ := post(t, c, server.URL+web.RehearsalPath, nil)
			if _, page := get(t, c, server.URL+r.Header.Get("Location")); !strings.Contains(page, "Đã xóa bản diễn tập") {
				t.Errorf("ending says %.300s", page)
			}
			if all := copies(t, at); len(all) > 0 {
				t.Errorf("left behind: %v", all)
			}
			for name, n := range counted(t, at) {
				if before[name] != n {
					t.Errorf("%s has %d rows, had %d", name, n, before[name])
				}
			}
		})
	}
}

// beginRehearsal begins one and returns the path of its console.
func beginRehearsal(t *testing.T, c *http.Client, base, dialogue string) string {
	t.Helper()
	at := base + "/hoi-truong/" + dialogue + web.RehearsalPart
	_, page := get(t, c, at)
	r, page := post(t, c, at, url.Values{"phien-ban": {valueOf(page, "phien-ban")}})
	if r.StatusCode != http.StatusSeeOther {
		t.Fatalf("begin: %s %.2000s", r.Status, page)
	}
	return r.Header.Get("Location")
}

// valueOf is the value of a page's first field of a name.
func valueOf(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// playRehearsal starts the dialogue and takes an opinion down.
func playRehearsal(t *testing.T, c *http.Client, console string) {
	t.Helper()
	if r, _ := post(t, c, console+"/bat-dau", url.Values{"phien-ban": {"1"}}); r.StatusCode != http.StatusSeeOther {
		t.Fatal("start:", r.Status)
	}
	_, page := get(t, c, console)
	r, page := post(t, c, console, url.Values{
		"khoa": {valueOf(page, "khoa")}, "ho-ten": {"Người Thử"}, "noi-dung": {"Cống tắc."},
	})
	if r.StatusCode != http.StatusSeeOther || !strings.Contains(r.Header.Get("Location"), "TAP-") {
		t.Fatalf("record: %s %s %.2000s", r.Status, r.Header.Get("Location"), page)
	}
}

// A rehearsal ends by itself when its time is up, and all do when the program stops; what is left of a program that was
// killed is removed by the next one. A page of it that is still open reaches nothing: who sends it is told.
func TestRehearsalsEnd(t *testing.T) {
	at := place{Data: t.TempDir()}
	officer, d := rehearsalPlace(t, at)
	s := openDemo(t, at, listening{}, nil)
	server := httptest.NewServer(s.handler(s.staffSites()...))
	defer server.Close()
	c := browser(t)
	if r, _ := post(t, c, server.URL+"/noi-bo/dang-nhap", url.Values{
		"ten": {nodeLogin}, "mat-khau": {nodePassword},
	}); r.StatusCode != http.StatusSeeOther {
		t.Fatal("sign in:", r.Status)
	}
	s.rehearsals.life = 300 * time.Millisecond
	console := beginRehearsal(t, c, server.URL, string(d.ID))
	await(t, "it does not end", func() bool { return len(copies(t, at)) == 0 })
	// Its stream ends without a word, and takes from the page nothing that tells it from one of what is real.
	stream, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/noi-bo/luong", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream.Header.Set("Accept", "text/event-stream")
	ended, err := c.Do(stream)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, ended.Body); err != nil {
		t.Error(err)
	}
	if err := ended.Body.Close(); err != nil {
		t.Error(err)
	}
	if ended.StatusCode != http.StatusNoContent || len(ended.Cookies()) > 0 {
		t.Errorf("the stream of a rehearsal that is over: %s %v", ended.Status, ended.Cookies())
	}
	r, _ := post(t, c, server.URL+console, url.Values{"noi-dung": {"Lời này không được vào sổ."}})
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != web.RehearsalPath {
		t.Errorf("a form of a rehearsal that is over: %s %s", r.Status, r.Header.Get("Location"))
	}
	if _, page := get(t, c, server.URL+web.RehearsalPath); !strings.Contains(page, "Buổi diễn tập đã hết") {
		t.Errorf("who comes late reads %.300s", page)
	}

	s.rehearsals.life = rehearsalLife
	beginRehearsal(t, c, server.URL, string(d.ID))
	if n := len(copies(t, at)); n != 1 {
		t.Fatalf("%d folders", n)
	}
	s.rehearsals.close()
	if all := copies(t, at); len(all) > 0 {
		t.Errorf("the program stops and leaves %v", all)
	}
	_, _, err = s.rehearsals.begin(t.Context(), officer.Actor(), d.ID)
	if doithoai.KindOf(err) != doithoai.Unavailable {
		t.Errorf("one begins in a program that stops: %v", err)
	}
}

// TestKilledRehearsal kills the program in the middle of one: the next program removes what is left.
func TestKilledRehearsal(t *testing.T) {
	at := demoFolder(t)
	killed := startNode(t, "demo", "--data", at.Data, "--addr", "127.0.0.1:0")
	c := browser(t)
	signIn(t, c, killed.base, demo.LoginOffice)
	beginRehearsal(t, c, strings.TrimSuffix(killed.base, "/"), "2024-10-25")
	killed.kill()
	if n := len(copies(t, at)); n != 1 {
		t.Fatalf("%d folders after the kill: it was not in the middle", n)
	}
	again := startNode(t, "demo", "--data", at.Data, "--addr", "127.0.0.1:0")
	if all := copies(t, at); len(all) > 0 {
		t.Errorf("left behind: %v", all)
	}
	if r, _ := get(t, c, again.base+"noi-bo"); r.Header.Get("Location") != web.RehearsalPath {
		t.Errorf("who was in it is led to %q", r.Header.Get("Location"))
	}
}

// Four rehearsals go on at a time; who begins another one ends the one that they had.
func TestRehearsalsAreBounded(t *testing.T) {
	at := demoFolder(t)
	clock, err := demoCommand{place: at}.clock()
	if err != nil {
		t.Fatal(err)
	}
	s := openDemo(t, at, listening{}, clock)
	t.Cleanup(s.rehearsals.close)
	office := actorOf(t, s, demo.LoginOffice)
	d, err := s.db.DialogueBySlug(t.Context(), office.AuthorityID, "2024-10-25")
	if err != nil {
		t.Fatal(err)
	}
	officers, err := s.db.Officers(t.Context(), office.AuthorityID)
	if err != nil {
		t.Fatal(err)
	}
	first := ""
	for i := range maxRehearsals {
		actor := officers[i].Actor()
		actor.Roles, actor.Seats = []doithoai.Role{doithoai.RoleSecretary}, nil
		token, _, err := s.rehearsals.begin(t.Context(), actor, d.ID)
		if err != nil {
			t.Fatal(i, err)
		}
		if i == 0 {
			first = token
		}
	}
	actor := officers[maxRehearsals].Actor()
	actor.Roles, actor.Seats = []doithoai.Role{doithoai.RoleSecretary}, nil
	if _, _, err := s.rehearsals.begin(t.Context(), actor, d.ID); doithoai.KindOf(err) != doithoai.TooMany {
		t.Errorf("one more: %v", err)
	}
	actor.ID = officers[0].ID
	token, _, err := s.rehearsals.begin(t.Context(), actor, d.ID)
	if err != nil || s.rehearsals.find(first) != nil || s.rehearsals.find(token) == nil {
		t.Errorf("another one of the same officer: %v", err)
	}
	if n := len(copies(t, at)); n != maxRehearsals {
		t.Errorf("%d folders", n)
	}
	for _, wrong := range []string{"", "x", token + "x", token[1:]} {
		if s.rehearsals.find(wrong) != nil {
			t.Errorf("token %q opens one", wrong)
		}
	}
}
