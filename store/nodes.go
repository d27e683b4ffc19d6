package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"doithoai"
)

// nodes tells the other nodes of an installation which topics changed here, and hears theirs, by NOTIFY and LISTEN of
// PostgreSQL. It is told after the commit: a NOTIFY within an act would make all commits wait for each other. What
// could not be told is told later; where this node may have missed something, it says so.
type nodes struct {
	db     *DB
	self   doithoai.ID
	missed func()

	mu      sync.Mutex
	pending map[string]bool
	woken   chan struct{} // holds one
	cancel  context.CancelFunc
	closing chan struct{}
	told    chan struct{} // nothing is told any more
	hears   sync.WaitGroup
}

const (
	nodesChannel = "doithoai_topics"
	// nodesPayload bounds a notification in bytes; PostgreSQL's own bound is 8000.
	nodesPayload = 7000
	// nodesPending bounds what waits to be told: beyond it, the others are told that everything may have changed.
	nodesPending = 4096
	everything   = "*"

	nodesRetry   = time.Second      // after a connection was lost
	nodesSilence = 30 * time.Second // after which a silent connection is tried
	nodesAnswer  = 5 * time.Second  // for a connection to answer
	nodesTold    = time.Second      // for one notification
)

// startNodes begins to tell, and, where somebody wants to know, to hear.
func startNodes(db *DB, changed bool, missed func()) *nodes {
	ctx, cancel := context.WithCancel(context.Background())
	n := &nodes{
		db: db, self: db.node, missed: missed, pending: map[string]bool{}, woken: make(chan struct{}, 1), cancel: cancel,
		closing: make(chan struct{}), told: make(chan struct{}),
	}
	go n.telling()
	if changed {
		n.hears.Go(func() { n.hearing(ctx) })
	}
	return n
}

// stop tells what is still to be told, if the database answers, and ends.
func (n *nodes) stop() {
	n.cancel()
	n.hears.Wait()
	close(n.closing)
	<-n.told
}

// keep puts topics among those to be told.
func (n *nodes) keep(topics []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, t := range topics {
		n.pending[t] = true
	}
	if len(n.pending) > nodesPending {
		n.pending = map[string]bool{everything: true}
	}
}

// tell has topics told. It never waits.
func (n *nodes) tell(topics []string) {
	n.keep(topics)
	select {
	case n.woken <- struct{}{}:
	default:
	}
}

// telling tells what comes, until stop.
func (n *nodes) telling() {
	defer close(n.told)
	failed := false
	for {
		select {
		case <-n.closing:
			if err := n.tellPending(); err != nil {
				n.db.log.Warn("other nodes were not told the last changes", "error", err)
			}
			return
		case <-n.woken:
		}
		err := n.tellPending()
		if err != nil && !failed {
			n.db.log.Warn("other nodes are not told of changes", "error", err)
		}
		if failed = err != nil; failed { // once more, after a while
			time.AfterFunc(nodesRetry, func() { n.tell(nil) })
		}
	}
}

// tellPending tells all that waits. What could not be told waits on.
func (n *nodes) tellPending() error {
	n.mu.Lock()
	topics := slices.Sorted(maps.Keys(n.pending))
	clear(n.pending)
	n.mu.Unlock()
	for i := 0; i < len(topics); {
		payload, next := n.pack(topics, i)
		if err := n.notify(payload); err != nil {
			n.keep(topics[i:])
			return err
		}
		i = next
	}
	return nil
}

func (n *nodes) notify(payload string) error {
	ctx, cancel := context.WithTimeout(context.Background(), nodesTold)
	defer cancel()
	_, err := n.db.write.ExecContext(ctx, `SELECT pg_notify($1, $2)`, nodesChannel, payload)
	return err
}

// pack puts as many topics from the i-th on into a notification as it holds, and returns the index of the next.
func (n *nodes) pack(topics []string, i int) (payload string, next int) {
	var b strings.Builder
	b.WriteString(string(n.self))
	for next = i; next < len(topics) && (next == i || b.Len()+1+len(topics[next]) <= nodesPayload); next++ {
		b.WriteString("\n" + topics[next])
	}
	return b.String(), next
}

// hearing hears the other nodes until ctx ends, over one connection after the other.
func (n *nodes) hearing(ctx context.Context) {
	lost := false
	for {
		err := n.hear(ctx, func() {
			if lost {
				n.db.log.Info("changes of other nodes are heard again")
			}
			lost = false
		})
		if ctx.Err() != nil {
			return
		}
		if !lost {
			n.db.log.Warn("changes of other nodes are not heard", "error", err)
			lost = true
		}
		if !pause(ctx, nodesRetry) {
			return
		}
	}
}

// hear listens over one connection until it fails. Whatever happened before it listens is missed.
func (n *nodes) hear(ctx context.Context, listens func()) (err error) {
	conn, err := n.db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreDone(conn.Close())) }()
	return conn.Raw(func(raw any) error {
		pg, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("listen over a %T", raw)
		}
		err := n.listen(ctx, pg.Conn(), listens)
		return errors.Join(driver.ErrBadConn, err) // never back into the pool: it listens
	})
}

func (n *nodes) listen(ctx context.Context, conn *pgx.Conn, listens func()) error {
	if _, err := conn.Exec(ctx, `LISTEN `+nodesChannel); err != nil {
		return err
	}
	listens()
	n.missed()
	for {
		silence, cancel := context.WithTimeout(ctx, nodesSilence)
		told, err := conn.WaitForNotification(silence)
		silent := silence.Err() != nil && ctx.Err() == nil
		cancel()
		if err != nil && silent { // a line that is cut somewhere in between says nothing by itself
			answer, cancel := context.WithTimeout(ctx, nodesAnswer)
			err = conn.Ping(answer)
			cancel()
		}
		if err != nil {
			return err
		}
		if told != nil {
			n.heard(told.Payload)
		}
	}
}

// heard passes on what another node told.
func (n *nodes) heard(payload string) {
	from, topics, _ := strings.Cut(payload, "\n")
	if from == string(n.self) {
		return
	}
	for topic := range strings.SplitSeq(topics, "\n") {
		if topic == everything {
			n.missed()
		} else {
			n.db.hear(topic)
		}
	}
}

// pause waits, and reports whether ctx goes on.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
