package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/tlog"
)

// ear is what a node hears.
type ear struct {
	mu     sync.Mutex
	topics map[string]int
	missed int
}

func (e *ear) changed(topic string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.topics[topic]++
}

func (e *ear) missedSome() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.missed++
}

func (e *ear) await(t *testing.T, what string, come func(*ear) bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		e.mu.Lock()
		came := come(e)
		e.mu.Unlock()
		if came {
			return
		}
		if time.Now().After(until) {
			t.Fatal(what)
		}
	}
}

// openNode opens one of several nodes on a fixture's database, listening.
func openNode(t *testing.T, fx *fixture) (*DB, *ear) {
	t.Helper()
	e := &ear{topics: map[string]int{}}
	db, err := Open(context.Background(), fx.dsn, Options{Now: fx.clock.Now, Changed: e.changed, Missed: e.missedSome})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	e.await(t, "the node never listens", func(e *ear) bool { return e.missed == 1 })
	return db, e
}

// What an act changes is told to the other nodes after its commit, and once to its own.
func TestNodesHearEachOther(t *testing.T) {
	fx := postgresCopy(t)
	here, hears := openNode(t, fx)
	_, there := openNode(t, fx)
	fx.submit(t, here, 1, "Một")
	topic := "dialogue/" + string(fx.dialogue.ID)
	heard := func(e *ear) bool {
		return e.topics[topic] == 1 && e.topics[TopicRecord] == 1 && e.topics[TopicDelivery] == 1
	}
	there.await(t, "the other node heard nothing", heard)
	hears.await(t, "its own node did not hear", heard)

	// A node that lost its line hears again, and knows that it may have missed something.
	var dropped int
	must(t, here.read.QueryRow(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN%'`).Scan(&dropped))
	if dropped != 2 {
		t.Fatalf("%d nodes were listening", dropped)
	}
	there.await(t, "the node does not listen again", func(e *ear) bool { return e.missed == 2 })
	hears.await(t, "the node does not listen again", func(e *ear) bool { return e.missed == 2 })
	fx.submit(t, here, 2, "Hai")
	there.await(t, "the other node hears nothing any more", func(e *ear) bool { return e.topics[topic] == 2 })

	// So many changes at once that nobody can name them.
	many := make([]string, nodesPending+1)
	for i := range many {
		many[i] = fmt.Sprintf("opinion/%d", i)
	}
	here.nodes.tell(many)
	there.await(t, "the other node is not told of many changes", func(e *ear) bool { return e.missed == 3 })
	hears.await(t, "", func(e *ear) bool { return e.missed == 2 })
}

// A notification holds no more than PostgreSQL takes, and all topics arrive.
func TestNotificationsArePacked(t *testing.T) {
	fx := postgresCopy(t)
	here, _ := openNode(t, fx)
	_, there := openNode(t, fx)
	topics := make([]string, 2000)
	for i := range topics {
		topics[i] = fmt.Sprintf("opinion/%s", newID())
	}
	here.nodes.tell(topics)
	there.await(t, "not all topics arrive", func(e *ear) bool {
		return !slices.ContainsFunc(topics, func(topic string) bool { return e.topics[topic] == 0 })
	})
}

// A node that closes tells what it has changed last.
func TestClosingNodeTells(t *testing.T) {
	fx := postgresCopy(t)
	here, err := Open(context.Background(), fx.dsn, Options{Now: fx.clock.Now})
	must(t, err)
	_, there := openNode(t, fx)
	fx.submit(t, here, 1, "Một")
	must(t, here.Close())
	there.await(t, "the last change was not told", func(e *ear) bool { return e.topics[TopicRecord] > 0 })
}

// One node signs the record: until it leaves that to the others, or is not heard of any more. A node that was thought
// dead publishes nothing.
func TestOneNodeSigns(t *testing.T) {
	fx := postgresCopy(t)
	signer, verifier := keys(t)
	ctx := ctxOf(t)
	wall := &clock{now: time.Now()}
	node := func() *DB {
		db := fx.open(t)
		db.wall = wall.Now
		return db
	}
	a, b := node(), node()
	n := 0
	signs := func(db *DB, want bool) {
		t.Helper()
		n++
		fx.submit(t, db, n, "Một")
		told := false
		must(t, db.SignRecord(ctx, signer, func(tlog.Checkpoint) error { told = true; return nil }))
		c, err := db.Checkpoint(ctx)
		if doithoai.KindOf(err) != doithoai.NotFound {
			must(t, err)
		}
		size, err := db.RecordSize(ctx)
		must(t, err)
		if signed := c.Size == size; signed != want || told != want {
			t.Fatalf("signed %v, told %v, want %v", signed, told, want)
		}
	}
	signs(a, true)
	signs(b, false)
	wall.forward(signerLife - time.Second)
	signs(a, true)
	wall.forward(signerLife - time.Second)
	signs(b, false) // a has said so in between
	wall.forward(2 * time.Second)
	signs(b, true) // a is not heard of any more
	signs(a, false)
	must(t, b.Close())
	signs(a, true) // at once: b has left it

	// While a is at it, its time runs out and another node begins.
	fx.submit(t, a, 100, "Một")
	c := node()
	must(t, a.SignRecord(ctx, signer, func(tlog.Checkpoint) error {
		wall.forward(signerLife + time.Second)
		fx.submit(t, c, 101, "Một")
		sign(t, c, signer)
		fx.submit(t, c, 102, "Một")
		return nil
	}))
	last, err := c.Checkpoint(ctx)
	must(t, err)
	if size, err := c.RecordSize(ctx); err != nil || last.Size != size-1 {
		t.Errorf("signed %d of %d, %v", last.Size, size, err)
	}
	signs(c, true)
	wantClean(t, c, verifier)
}

// Nodes that all want to sign at once sign one record, of which each checkpoint continues the one before.
func TestNodesSignAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		signer, verifier := keys(t)
		nodes := []*DB{db, fx.open(t), fx.open(t)}
		var mu sync.Mutex
		signed := map[int64]string{}
		var group sync.WaitGroup
		for i, node := range nodes {
			group.Go(func() {
				for n := range 8 {
					fx.submit(t, node, 100*i+n, "Một")
					err := node.SignRecord(ctxOf(t), signer, func(c tlog.Checkpoint) error {
						mu.Lock()
						defer mu.Unlock()
						if root, known := signed[c.Size]; known && root != c.Root.String() {
							t.Errorf("two roots of size %d", c.Size)
						}
						signed[c.Size] = c.Root.String()
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		wantClean(t, db, verifier)
	})
}
