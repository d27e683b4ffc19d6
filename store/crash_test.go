package store

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"doithoai"
	"doithoai/store/pgtest"
)

// childEnv tells this test binary to be a child that takes slips until it is killed.
const childEnv = "DOITHOAI_STORE_CHILD"

// childWork is what the child needs to know.
type childWork struct {
	DSN      string
	Key      int // the first
	Actor    doithoai.Actor
	Slip     doithoai.Slip
	Parallel int
}

// childMain submits slips and prints the register number of each acknowledged one, until it is killed.
func childMain() {
	var w childWork
	if err := json.Unmarshal([]byte(os.Getenv(childEnv)), &w); err != nil {
		panic(err)
	}
	db, err := Open(context.Background(), w.DSN, Options{})
	if err != nil {
		panic(err)
	}
	var next atomic.Int64
	for range w.Parallel {
		go func() {
			for {
				n := int(next.Add(1))
				r, err := db.SubmitSlip(context.Background(), w.Actor, key(w.Key+n), w.Slip)
				if err != nil { // the server was killed: nothing is acknowledged any more
					time.Sleep(time.Millisecond)
					continue
				}
				if _, err := fmt.Println(r.Opinions[0].Number); err != nil {
					return
				}
			}
		}()
	}
	select {}
}

// crash runs a child, kills it with SIGKILL some time after its first acknowledgement, and returns all of them.
// meanwhile is called just before.
func crash(t *testing.T, w childWork, after time.Duration, meanwhile func()) (acknowledged []string) {
	t.Helper()
	work, err := json.Marshal(w)
	must(t, err)
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childEnv+"="+string(work))
	var says strings.Builder
	cmd.Stderr = &says
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	patience := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() }) //nolint:errcheck // the test fails below
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if acknowledged = append(acknowledged, lines.Text()); len(acknowledged) == 1 {
			time.AfterFunc(after, func() {
				meanwhile()
				cmd.Process.Kill() //nolint:errcheck // Wait tells
			})
		}
	}
	if err := cmd.Wait(); err == nil || !patience.Stop() || len(acknowledged) == 0 {
		t.Fatalf("the child was to be killed after acknowledging something: %v, %d acknowledged\n%s", err, len(acknowledged),
			says.String())
	}
	return acknowledged
}

func (fx *fixture) childWork(round int) childWork {
	return childWork{
		DSN: fx.dsn, Key: round * 100_000, Actor: fx.resident, Slip: fx.slip("Nội dung một", "Nội dung hai"), Parallel: 16,
	}
}

// wantKept checks that what was acknowledged is there, and that everything that is there is whole.
func wantKept(t *testing.T, db *DB, acknowledged []string) {
	t.Helper()
	rows, err := list(ctxOf(t), db.reader(), column[string], `SELECT number FROM opinion`)
	must(t, err)
	kept := map[string]bool{}
	for _, n := range rows {
		kept[n] = true
	}
	for _, n := range acknowledged {
		if !kept[n] {
			t.Errorf("%s was acknowledged and is lost", n)
		}
	}
	wantWhole(t, db)
}

// TestKillDuringIntake kills the program under load, several times over one database. It shows that intake is whole or
// not at all; that it is also durable rests on the engines' settings and on TestNobodyIsAnsweredBeforeCommit.
func TestKillDuringIntake(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			fx := e.copy(t)
			var acknowledged []string
			for round := range 4 {
				after := time.Duration(5+rand.IntN(60)) * time.Millisecond
				acknowledged = append(acknowledged, crash(t, fx.childWork(round), after, func() {})...)
				db := openAt(t, fx.dsn, fx.clock)
				wantKept(t, db, acknowledged)
				must(t, db.Close())
			}
		})
	}
}

// TestKillServerDuringIntake kills a process of the PostgreSQL server under load, whereupon the whole server drops its
// memory and recovers from its log; then the program.
func TestKillServerDuringIntake(t *testing.T) {
	server := pgtest.Start(t, pgtest.Durable)
	dsn := server.New(t)
	fx, err := fill(dsn)
	must(t, err)
	at := fx.at(dsn)
	db := openAt(t, dsn, at.clock)
	held, err := db.read.Conn(context.Background()) // breaks when the server goes down
	must(t, err)
	defer held.Close() //nolint:errcheck // it broke
	acknowledged := crash(t, at.childWork(0), 150*time.Millisecond, func() {
		var pid int
		if err := db.read.QueryRow(`SELECT pid
			FROM pg_stat_activity
			WHERE backend_type = 'checkpointer'`).Scan(&pid); err != nil {
			t.Errorf("find a process of the server: %v", err)
			return
		}
		p, err := os.FindProcess(pid)
		if err == nil {
			err = p.Kill()
		}
		if err != nil {
			t.Errorf("kill process %d of the server: %v", pid, err)
		}
		time.Sleep(20 * time.Millisecond)
	})
	deadline := time.Now().Add(time.Minute)
	await := func(what string, come func() bool) {
		for !come() {
			if time.Now().After(deadline) {
				t.Fatal(what)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	await("the server did not notice", func() bool { return held.PingContext(context.Background()) != nil })
	await("the server does not recover", func() bool {
		db = openIfReady(dsn, at.clock)
		return db != nil
	})
	defer func() { must(t, db.Close()) }()
	wantKept(t, db, acknowledged)
	at.submit(t, db, 99_999, "Tiếp tục") // and it goes on
}

// openIfReady opens a database; nil while its server recovers.
func openIfReady(dsn string, c *clock) *DB {
	db, err := Open(context.Background(), dsn, Options{Now: c.Now})
	if err != nil {
		return nil
	}
	return db
}
