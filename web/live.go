package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"doithoai"
)

// LivePath is the stream of changes for staff: "luồng".
const LivePath = "/noi-bo/luong"

// liveKinds are the topics that pages listen to. Versions of no others are kept, so that the hub stays small.
var liveKinds = []string{"dialogue/"}

// Live tells open pages that something changed: topic and version, never content. A page then fetches its region anew
// under its own rights. Versions are compared for equality only, and those of two runs of the server always differ.
//
// The store calls Tell after each commit; Close ends all streams, which the server must do before it shuts down.
type Live struct {
	// every is how often a silent stream sends a ping, life how long a stream lasts, patience how long one write may
	// take before the reader is dropped. The browser comes back by itself.
	every, life, patience time.Duration

	closed chan struct{}
	once   sync.Once

	mu       sync.Mutex
	run      string // prefix of versions, another one after each Resync
	versions map[string]uint64
	watchers map[*watcher]struct{}
}

// watcher is one open stream. Changes that it has not sent yet are kept as a set: a slow reader gets the last version
// of each topic, and costs no more memory than its topics.
type watcher struct {
	wake    chan struct{}       // holds one
	changed map[string]struct{} // topics; guarded by Live.mu
	topics  map[string]bool
}

// maxTopics bounds the topics of one stream: all dialogues that the tabs of one browser show.
const maxTopics = 16

// NewLive makes a hub without readers.
func NewLive() *Live {
	return &Live{
		every: 25 * time.Second, life: 30 * time.Minute, patience: 10 * time.Second,
		run:      rand.Text()[:8],
		closed:   make(chan struct{}),
		versions: map[string]uint64{}, watchers: map[*watcher]struct{}{},
	}
}

// Tell says that a topic changed. It never waits for a reader.
func (l *Live) Tell(topic string) {
	if !liveTopic(topic) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.versions[topic]++
	for w := range l.watchers {
		if w.topics[topic] {
			w.changed[topic] = struct{}{}
			select {
			case w.wake <- struct{}{}:
			default: // it is awake already
			}
		}
	}
}

// Resync gives every topic another version, where changes may have gone unheard: all who listen fetch anew.
func (l *Live) Resync() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.run = rand.Text()[:8]
	for w := range l.watchers {
		for t := range w.topics {
			w.changed[t] = struct{}{}
		}
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
}

// Version is the topic's version now. A page reads it before its data: what changes in between is then fetched again.
func (l *Live) Version(topic string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.version(topic)
}

func (l *Live) version(topic string) string {
	return l.run + "." + strconv.FormatUint(l.versions[topic], 10)
}

// Close ends all streams and refuses new ones.
func (l *Live) Close() { l.once.Do(func() { close(l.closed) }) }

func liveTopic(topic string) bool {
	for _, kind := range liveKinds {
		if strings.HasPrefix(topic, kind) && len(topic) > len(kind) {
			return true
		}
	}
	return false
}

// Stream answers GET /noi-bo/luong?nghe=dialogue/ID&nghe=…: the version of each topic at once, then each change. may
// refuses a topic that the officer may not listen to.
func (l *Live) Stream(may func(r *Request, topic string) error) Handler {
	return func(r *Request) error {
		topics := r.URL.Query()["nghe"]
		if len(topics) == 0 || len(topics) > maxTopics {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		for _, t := range topics {
			if !liveTopic(t) {
				return doithoai.Refuse(doithoai.NotFound, "error.not_found")
			}
			if err := may(r, t); err != nil {
				return err
			}
		}
		select {
		case <-l.closed:
			return doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
		default:
		}
		w := l.join(topics)
		defer l.leave(w)
		l.serve(r, w)
		return nil
	}
}

func (l *Live) join(topics []string) *watcher {
	w := &watcher{wake: make(chan struct{}, 1), changed: map[string]struct{}{}, topics: map[string]bool{}}
	for _, t := range topics {
		w.topics[t] = true
		w.changed[t] = struct{}{}
	}
	w.wake <- struct{}{}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watchers[w] = struct{}{}
	return w
}

func (l *Live) leave(w *watcher) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.watchers, w)
}

// take words what the watcher has not been told yet.
func (l *Live) take(w *watcher) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	for t := range w.changed {
		fmt.Fprintf(&b, "data: %s %s\n\n", t, l.version(t))
		delete(w.changed, t)
	}
	return b.String()
}

// serve writes until the reader leaves, is too slow, the stream's life is over or the hub closes. Its errors are all
// readers who went away: nobody is told.
func (l *Live) serve(r *Request, w *watcher) {
	h := r.W.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // reverse proxies that would hold it back
	ctx, cancel := context.WithTimeout(r.Context(), l.life)
	defer cancel()
	// The server's deadline for reading a request would end the stream, too: it watches for the reader leaving.
	if err := http.NewResponseController(r.W).SetReadDeadline(time.Time{}); err != nil {
		r.Host.Log.Error("stream keeps the deadline of requests", "error", err)
	}
	send := l.sender(r.W)
	ping := time.NewTicker(l.every)
	defer ping.Stop()
	said := "retry: 3000\n\n"
	for send(said) == nil {
		select {
		case <-w.wake:
			said = l.take(w)
		case <-ping.C:
			said = ": ping\n\n"
		case <-ctx.Done():
			return
		case <-l.closed:
			return
		}
	}
}

// sender writes and flushes, each time with a deadline of its own in place of the server's for whole answers.
func (l *Live) sender(w http.ResponseWriter) func(string) error {
	control := http.NewResponseController(w)
	return func(s string) error {
		if err := control.SetWriteDeadline(time.Now().Add(l.patience)); err != nil {
			return err
		}
		if _, err := w.Write([]byte(s)); err != nil {
			return err
		}
		return control.Flush()
	}
}
