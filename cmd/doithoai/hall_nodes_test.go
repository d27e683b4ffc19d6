package main

import (
	"bufio"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai/cmd/doithoai/demo"
	"doithoai/store/pgtest"
)

// hallDay is the day of the demo's announced dialogue, and its slug.
const hallDay = "2024-10-25"

// TestHallOnTwoNodes runs a dialogue through two processes on one PostgreSQL: the console at one, the projector and a
// telephone at the other. Each sees at once what the other has done, and when the console's node dies, its secretary
// goes on at the other.
func TestHallOnTwoNodes(t *testing.T) {
	t.Parallel()
	dsn, made, copied := pgtest.New(t), place{Data: t.TempDir()}, place{Data: t.TempDir()}
	serve := func(at place) node {
		return startNode(t, "demo", "--db", dsn, "--data", at.Data, "--addr", "127.0.0.1:0", "--day", hallDay)
	}
	one := serve(made)
	for _, name := range []string{keyFile, demoFile} {
		b, err := os.ReadFile(made.file(name))
		if err == nil {
			err = os.WriteFile(copied.file(name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	other := serve(copied)

	secretary := consoleOf(t, one)
	secretary.send("/bat-dau", "/bat-dau", nil)
	phone := watchScreen(t, browser(t), other.base+"truc-tiep/"+hallDay)
	wall := browser(t)
	form := url.Values{"ma": {secretary.code}}
	if r, page := post(t, wall, other.base+"man-hinh/"+hallDay, form); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("the code of one node at the other: %s\n%.2000s", r.Status, page)
	}
	projector := watchScreen(t, wall, other.base+"man-hinh/"+hallDay)

	secretary.send("/buoc", "/buoc", url.Values{"buoc": {"4"}})
	projector.shows("Bước 4", true)
	phone.shows("Bước 4 trên 7", true)

	const question = "Chợ họp lấn ra lòng đường, xe không đi được."
	secretary.send("", "/chieu", url.Values{"noi-dung": {question}})
	projector.shows(question, true)
	phone.shows(question, true)
	secretary.send("", "/tat-chieu", nil)
	projector.shows(question, false)
	phone.shows(question, false)

	heard := listen(t, secretary.c, one.base+"noi-bo/luong?nghe=dialogue/"+secretary.dialogue)
	heard.next() // as it is now
	form = url.Values{"viec": {"gio-tay"}, "ho-ten": {"Lê Văn Thử Việc"}, "thon": {"noi-khac"}}
	if r, page := post(t, phone.c, other.base+"truc-tiep/"+hallDay, form); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("a hand raised: %s\n%.2000s", r.Status, page)
	}
	heard.next()
	if page := secretary.page(); !strings.Contains(page, "Lê Văn Thử Việc") {
		t.Error("the console of the other node does not know who raised a hand")
	}

	one.kill()
	secretary.base = other.base
	secretary.send("/buoc", "/buoc", url.Values{"buoc": {"5"}})
	secretary.send("", "/chieu-buoc", nil) // what was blanked stays so until it is released
	projector.shows("Bước 5", true)
	phone.shows("Bước 5 trên 7", true)
}

// hallConsole is the secretary's browser.
type hallConsole struct {
	t              *testing.T
	c              *http.Client
	base           string
	code, dialogue string
}

// consoleOf opens the console at a node, with the code of its projectors.
func consoleOf(t *testing.T, n node) *hallConsole {
	t.Helper()
	h := &hallConsole{t: t, c: browser(t), base: n.base}
	signIn(t, h.c, n.base, demo.LoginSecretary)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(h.page()))
	if err != nil {
		t.Fatal(err)
	}
	h.code = doc.Find(".dt-run .dt-no").Text()
	topic, _ := doc.Find("[data-live]").Attr("data-live")
	h.dialogue = strings.TrimPrefix(topic, "dialogue/")
	if h.code == "" || h.dialogue == "" {
		t.Fatalf("code %q, dialogue %q", h.code, h.dialogue)
	}
	return h
}

func (h *hallConsole) page() string {
	h.t.Helper()
	r, page := get(h.t, h.c, h.base+"hoi-truong/"+hallDay)
	if r.StatusCode != http.StatusOK {
		h.t.Fatalf("console: %s\n%.2000s", r.Status, page)
	}
	return page
}

// send sends the console's form of an action to an address of the dialogue, with what is filled in.
func (h *hallConsole) send(form, to string, more url.Values) {
	h.t.Helper()
	path := "/hoi-truong/" + hallDay
	values := fieldsOf(h.t, h.page(), path+form)
	for name, v := range more {
		values[name] = v
	}
	if r, page := post(h.t, h.c, h.base+strings.TrimPrefix(path+to, "/"), values); r.StatusCode != http.StatusSeeOther {
		h.t.Fatalf("%s: %s\n%.3000s", to, r.Status, page)
	}
}

// stream is what a browser is told as it happens.
type stream struct {
	t     *testing.T
	c     *http.Client
	lines *bufio.Scanner
}

// watchScreen opens a page of the screens and listens to its stream.
func watchScreen(t *testing.T, c *http.Client, page string) *stream {
	t.Helper()
	if r, body := get(t, c, page); r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s\n%.2000s", page, r.Status, body)
	}
	return listen(t, c, page+"/luong")
}

// listen listens to a stream, for a minute at most.
func listen(t *testing.T, c *http.Client, address string) *stream {
	t.Helper()
	patient := &http.Client{Jar: c.Jar}
	r, err := patient.Get(address)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("listen: %v %v", r, err)
	}
	hung := time.AfterFunc(time.Minute, func() { r.Body.Close() }) //nolint:errcheck // the test fails at its next line
	t.Cleanup(func() {
		hung.Stop()
		r.Body.Close() //nolint:errcheck // of a test
	})
	return &stream{t: t, c: c, lines: bufio.NewScanner(r.Body)}
}

// next is the next thing told.
func (s *stream) next() string {
	s.t.Helper()
	var said []string
	for s.lines.Scan() {
		line, ok := strings.CutPrefix(s.lines.Text(), "data: ")
		if ok {
			said = append(said, line)
		} else if s.lines.Text() == "" && len(said) > 0 {
			return strings.ReplaceAll(strings.Join(said, "\n"), "\u00a0", " ")
		}
	}
	s.t.Fatalf("the stream ended: %v", s.lines.Err())
	return ""
}

// shows waits until the screen shows some words, or no longer does.
func (s *stream) shows(words string, there bool) {
	s.t.Helper()
	for strings.Contains(s.next(), words) != there {
	}
}
