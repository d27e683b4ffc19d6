package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/store/pgtest"
	"doithoai/tlog"
)

const (
	nodeLogin    = "van-phong"
	nodePassword = "mật khẩu thử nghiệm"
)

// installed sets an authority up in an empty database.
func installed(t *testing.T, at place) doithoai.Authority {
	t.Helper()
	db, err := at.open(t.Context(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := db.SetUp(t.Context(), store.Setup{
		Authority: doithoai.Authority{
			Slug: "xa-vi-du", Name: "UBND xã Ví Dụ", FullName: "Ủy ban nhân dân xã Ví Dụ", Place: "Ví Dụ", Prefix: "VD",
		},
		Units:    []doithoai.Unit{{Code: "van-phong", Name: "Văn phòng HĐND và UBND", Office: true}},
		Villages: []doithoai.Village{{Name: "Thôn 1"}},
		First:    doithoai.Officer{Login: nodeLogin, Name: "Trần Thị Ví Dụ", Roles: []doithoai.Role{doithoai.RoleOffice}},
		Password: nodePassword,
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return a
}

// nodeSlip is a slip that can be taken.
func nodeSlip() doithoai.Slip {
	return doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten,
		Matters: []string{"Đường vào thôn ngập mỗi khi mưa."}, NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", Address: "Phường Ví Dụ",
			Ways: []doithoai.Way{doithoai.WayPickUp},
		},
	}
}

// line is a line to a server that can be made to hang: nothing gets through any more, and nobody hangs up.
type line struct {
	addr  string
	hung  atomic.Bool
	under atomic.Pointer[string] // hangs when somebody says this
	end   chan struct{}
}

// lineTo listens for those who want to reach a server.
func lineTo(t *testing.T, server string) *line {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{addr: ln.Addr().String(), end: make(chan struct{})}
	t.Cleanup(func() {
		close(l.end)
		ln.Close() //nolint:errcheck // of a test
	})
	go func() {
		for {
			near, err := ln.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", server)
			if err != nil {
				near.Close() //nolint:errcheck // who called finds out
				continue
			}
			go l.carry(near, far)
			go l.carry(far, near)
		}
	}()
	return l
}

func (l *line) carry(from, to net.Conn) {
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		if said := l.under.Load(); said != nil && strings.Contains(string(b[:n]), *said) {
			l.hung.Store(true)
		}
		if l.hung.Load() {
			<-l.end
		}
		if n > 0 {
			if _, writeErr := to.Write(b[:n]); writeErr != nil {
				err = writeErr
			}
		}
		if err != nil {
			from.Close() //nolint:errcheck // the other half finds out
			to.Close()   //nolint:errcheck // likewise
			return
		}
	}
}

// lined is a data folder whose PostgreSQL is at the end of a line.
func lined(t *testing.T) (place, *line) {
	t.Helper()
	u, err := url.Parse(pgtest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	l := lineTo(t, u.Host)
	u.Host = l.addr
	return place{Data: t.TempDir(), DB: u.String()}, l
}

// hangs are ways to make the database of a data folder hang, by engine.
var hangs = map[string]func(t *testing.T) (at place, hang func()){
	"postgres": func(t *testing.T) (place, func()) {
		at, l := lined(t)
		return at, func() { l.hung.Store(true) }
	},
	"sqlite": func(t *testing.T) (place, func()) {
		at := place{Data: t.TempDir()}
		return at, func() { // somebody else writes as soon as it can, and does not stop
			other, err := sql.Open("sqlite", "file:"+at.file("doithoai.db")+"?_pragma=busy_timeout(10000)")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { other.Close() }) //nolint:errcheck // of a test
			conn, err := other.Conn(t.Context())
			if err == nil {
				_, err = conn.ExecContext(t.Context(), "BEGIN IMMEDIATE")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	},
}

// TestStopsThoughTheDatabaseHangs: within half a minute, with a page and a slip under way.
func TestStopsThoughTheDatabaseHangs(t *testing.T) {
	t.Parallel()
	for engine, prepare := range hangs {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			at, hang := prepare(t)
			a := installed(t, at)
			p := startProgram(t, "serve", "--db", at.dsn(), "--data", at.Data, "--addr", "127.0.0.1:0")
			c := browser(t)
			get(t, c, p.urls[0])
			db, err := at.open(t.Context(), store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			hang()
			var asked sync.WaitGroup
			asked.Go(func() {
				if r, err := c.Get(p.urls[0] + "hoi-dap"); err == nil { // answered or hung up: either ends
					r.Body.Close() //nolint:errcheck // of a test
				}
			})
			asked.Go(func() {
				_, err := db.SubmitSlip(context.Background(), doithoai.Resident(a.ID), doithoai.IntakeKey{1}, nodeSlip())
				if doithoai.KindOf(err) != doithoai.Unavailable {
					t.Errorf("a slip while the database hangs: %v", err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
			time.Sleep(200 * time.Millisecond) // they are under way
			p.stop()
			endsOverHung(t, p)
			asked.Wait()
		})
	}
}

// endsOverHung waits for the end of a program that was told to stop, no longer than half a minute.
func endsOverHung(t *testing.T, p *program) {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		t.Fatalf("the program goes on: %s", p.err.String())
	}
}

// TestStopsAmidAStatement: of the daily work, of signing the record, of leaving it to other nodes; none is cancelled.
func TestStopsAmidAStatement(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement string
		slip      bool   // there is something to be signed
		begun     string // it is stopped when this is logged, else when it hangs
	}{
		"daily work": {statement: "INSERT INTO job_run"},
		"signing":    {statement: "INSERT INTO record_signer", slip: true},
		"leaving":    {statement: "DELETE FROM record_signer", slip: true, begun: "this_node_signs=true"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, l := lined(t)
			a := installed(t, at)
			l.under.Store(&c.statement)
			p := startProgram(t, "serve", "--db", at.dsn(), "--data", at.Data, "--addr", "127.0.0.1:0")
			if c.slip {
				submitBeside(t, at, a.ID)
			}
			await(t, "nothing to stop amid", func() bool {
				return l.hung.Load() || c.begun != "" && strings.Contains(p.err.String(), c.begun)
			})
			p.stop()
			endsOverHung(t, p)
			if !l.hung.Load() {
				t.Error("nobody said " + c.statement)
			}
		})
	}
}

// submitBeside sends a slip by another program than the one that is served.
func submitBeside(t *testing.T, at place, authority doithoai.ID) {
	t.Helper()
	db, err := at.open(t.Context(), store.Options{})
	if err == nil {
		_, err = db.SubmitSlip(t.Context(), doithoai.Resident(authority), doithoai.IntakeKey{1}, nodeSlip())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() }) //nolint:errcheck // what it leaves hangs
}

// node is the program as a process of its own.
type node struct {
	base string
	log  *output
	kill func()
}

// startNode runs the program until it is killed or the test ends, and waits for its address.
func startNode(t *testing.T, args ...string) node {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), runProgram+"=1")
	n := node{log: &output{}}
	cmd.Stderr = n.log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	n.kill = sync.OnceFunc(func() {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
	})
	t.Cleanup(n.kill)
	patience := time.AfterFunc(3*time.Minute, func() { cmd.Process.Kill() }) //nolint:errcheck // the test fails below
	defer patience.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n.base = printedURL.FindString(lines.Text()); n.base != "" {
			return n
		}
	}
	t.Fatalf("no address: %s", n.log.String())
	return n
}

// await waits until something has come about.
func await(t *testing.T, what string, come func() bool) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); !come(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal(what)
		}
	}
}

// TestTwoNodes runs two processes on one PostgreSQL: the same form sent to both makes one receipt, one of them signs
// the record, what changes at one is told to those who listen at the other, and when the signer dies the other one
// signs on.
func TestTwoNodes(t *testing.T) {
	dsn := pgtest.New(t)
	first, second := place{DB: dsn, Data: t.TempDir()}, place{DB: dsn, Data: t.TempDir()}
	installed(t, first)
	serve := func(at place) node {
		return startNode(t, "serve", "--db", dsn, "--data", at.Data, "--addr", "127.0.0.1:0")
	}
	nodes := []node{serve(first)}
	key, err := os.ReadFile(first.file(keyFile))
	if err == nil {
		err = os.WriteFile(second.file(keyFile), key, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	nodes = append(nodes, serve(second))

	db, err := first.open(t.Context(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test

	sendToAll(t, nodes, slipForm(t, nodes[0]))
	if size, err := db.RecordSize(t.Context()); err != nil || size != 1 {
		t.Fatalf("%d opinions were received, %v", size, err)
	}

	signs := func(n node) bool { return strings.Contains(n.log.String(), "this_node_signs=true") }
	await(t, "the record is not signed", func() bool {
		return published(t, nodes[0]).Size == 1 && published(t, nodes[1]).Size == 1
	})
	if signs(nodes[0]) == signs(nodes[1]) {
		t.Fatalf("the first node signs: %v, the second: %v", signs(nodes[0]), signs(nodes[1]))
	}
	// Both know what was published, so that neither ever signs below it.
	for _, at := range []place{first, second} {
		await(t, "a node does not know what is published", func() bool {
			c, err := readPublished(at)
			return err == nil && c.Size == 1
		})
	}

	listensToOther(t, db, nodes[1])

	dead, left := nodes[0], nodes[1]
	if signs(left) {
		dead, left = left, dead
	}
	dead.kill()
	resident := doithoai.Resident(first.authority(t, db))
	if _, err := db.SubmitSlip(t.Context(), resident, doithoai.IntakeKey{9}, nodeSlip()); err != nil {
		t.Fatal(err)
	}
	await(t, "nobody signs after the signer's death", func() bool {
		size, err := db.RecordSize(t.Context())
		return err == nil && published(t, left).Size == size
	})
	if code, out, stderr := run(t, "", "verify", "--db", dsn, "--data", first.Data); code != exitDone {
		t.Errorf("verify: %d %s%s", code, out, stderr)
	}
}

// sendToAll sends one form to all nodes at once: each answers with the receipt of the same opinion.
func sendToAll(t *testing.T, nodes []node, form url.Values) {
	t.Helper()
	var sent sync.WaitGroup
	for _, n := range nodes {
		c := browser(t)
		c.CheckRedirect = nil
		sent.Go(func() {
			r, err := c.PostForm(n.base+"gui-y-kien/bien-nhan", form)
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Body.Close() //nolint:errcheck // of a test
			page, err := io.ReadAll(r.Body)
			if err != nil || r.StatusCode != http.StatusOK ||
				!strings.Contains(string(page), fmt.Sprintf("VD-%02d-0001", time.Now().Year()%100)) {
				t.Errorf("receipt of %s: %s, %v", n.base, r.Status, err)
			}
		})
	}
	sent.Wait()
}

func (p place) authority(t *testing.T, db *store.DB) doithoai.ID {
	t.Helper()
	a, err := authority(t.Context(), db, "")
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// published is the newest checkpoint that a node shows; without a size before the first.
func published(t *testing.T, n node) (c tlog.Checkpoint) {
	t.Helper()
	r, note := get(t, browser(t), n.base+"so-doi-chung/checkpoint")
	if r.StatusCode != http.StatusOK {
		return c
	}
	_, key := get(t, browser(t), n.base+"so-doi-chung/public-key")
	v, err := tlog.ParseKey(strings.TrimSpace(key))
	if err == nil {
		c, err = tlog.OpenCheckpoint([]byte(note), v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// slipForm fills in the form of a node up to its last page, and returns what that one sends.
func slipForm(t *testing.T, n node) url.Values {
	t.Helper()
	c := browser(t)
	_, page := get(t, c, n.base+"gui-y-kien")
	form := fieldsOf(t, page, "/gui-y-kien")
	s := nodeSlip()
	for name, value := range map[string]string{
		"noi-dung": s.Matters[0], "cach-neu": string(s.Manner), "toi-la": string(s.Petitioner.Standing),
		"ho-ten": s.Petitioner.Name, "thon": "noi-khac", "noi-o": s.Petitioner.Address,
		"nhan-tra-loi": string(doithoai.WayPickUp), "da-doc": "1",
	} {
		form.Set(name, value)
	}
	r, _ := post(t, c, n.base+"gui-y-kien", form)
	r, page = get(t, c, n.base+strings.TrimPrefix(r.Header.Get("Location"), "/"))
	if r.StatusCode != http.StatusOK {
		t.Fatalf("check page: %s\n%.3000s", r.Status, page)
	}
	return fieldsOf(t, page, "/gui-y-kien/bien-nhan")
}

// fieldsOf are the fields of a page's form.
func fieldsOf(t *testing.T, page, action string) url.Values {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	form := doc.Find(`form[action^="` + action + `"]`).First()
	values := url.Values{}
	for _, field := range form.Find("input[type=hidden]").EachIter() {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		values.Add(name, value)
	}
	if len(values) == 0 {
		t.Fatalf("no form to %s in %s", action, page)
	}
	return values
}

// listensToOther listens at a node to a dialogue in which something is recorded elsewhere.
func listensToOther(t *testing.T, db *store.DB, n node) {
	t.Helper()
	officers, err := db.Officers(t.Context(), "")
	if err != nil || len(officers) != 1 {
		t.Fatal(len(officers), err)
	}
	office := officers[0].Actor()
	dialogue := announced(t, db, office)
	c := browser(t)
	form := url.Values{"ten": {nodeLogin}, "mat-khau": {nodePassword}}
	if r, page := post(t, c, n.base+"noi-bo/dang-nhap", form); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign in: %s\n%.3000s", r.Status, page)
	}
	heard := listen(t, c, n.base+"noi-bo/luong?nghe=dialogue/"+string(dialogue))
	before := heard.next()
	slip := nodeSlip()
	slip.DialogueID = dialogue
	if _, err := db.RecordOpinion(t.Context(), office, doithoai.IntakeKey{7}, slip); err != nil {
		t.Fatal(err)
	}
	if after := heard.next(); after == before {
		t.Errorf("told %q twice", after)
	}
}

// announced issues a plan and announces a dialogue of an hour from now.
func announced(t *testing.T, db *store.DB, office doithoai.Actor) doithoai.ID {
	t.Helper()
	b, err := os.ReadFile("demo/plan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	issued, err := db.TakeOverPlan(t.Context(), office, p)
	if err != nil {
		t.Fatal(err)
	}
	starts := db.Now().Add(time.Hour)
	d, err := db.AnnounceNewDialogue(t.Context(), office, doithoai.Dialogue{
		PlanID: issued.PlanID, Slug: "thu", Title: "Hội nghị đối thoại thử", Venue: "Hội trường", Chair: "Chủ tịch",
		StartsAt: starts, SlipsUntil: starts, LateReason: "Họp ngay vì việc gấp trong ngày",
		Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
		Programme: []doithoai.ProgrammeStep{{Title: "Đối thoại", Minutes: 60, Presenter: "Chủ trì"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}
