package screen

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"doithoai"
	"doithoai/web"
)

// watcher is one open stream: a connection that was taken over from the server, so that it costs no goroutine and no
// buffer while nothing changes. Whoever owns writing writes; who comes meanwhile leaves word in again.
type watcher struct {
	room *room
	view view
	conn net.Conn
	raw  syscall.RawConn // nil where the connection can't be written to without waiting
	ends time.Time

	writing, again atomic.Bool
	last           uint64 // of the state that was sent; for who owns writing
}

// Stream answers a request by the states of one dialogue, as people follow it.
func (h *Hub) Stream(dialogue doithoai.ID) web.Handler {
	return func(r *web.Request) error { return h.watch(r, dialogue, forPeople) }
}

// watch answers a request by a stream of a dialogue's states: the newest at once, then each that looks otherwise. It
// takes the connection over and returns.
func (h *Hub) watch(r *web.Request, dialogue doithoai.ID, k kind) error {
	if err := h.open(); err != nil {
		return err
	}
	room, v := h.room(r.Authority, dialogue), view{k, r.Text.Lang()}
	first, err := room.state(r.Context(), v)
	if err != nil {
		return err
	}
	w := &watcher{room: room, view: v, ends: time.Now().Add(h.life)}
	w.writing.Store(true)
	head := streamHead(r)
	conn, _, err := http.NewResponseController(r.W).Hijack()
	if err != nil {
		return fmt.Errorf("take over a connection: %w", err)
	}
	w.conn = conn
	if tcp, ok := conn.(*net.TCPConn); ok {
		if w.raw, err = tcp.SyscallConn(); err != nil {
			w.raw = nil
		}
	}
	if !h.join(w) {
		w.drop()
		return nil
	}
	if err := w.begin(append(head, first.frame...)); err != nil {
		w.drop()
		return nil
	}
	w.last = first.of
	w.release()
	return nil
}

// streamHead is what a stream begins with: how the server answers, when to come back, and its clock.
func streamHead(r *web.Request) []byte {
	h := r.W.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // reverse proxies that would hold it back
	h.Set("Connection", "close")
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\n")
	_ = h.Write(&b) // to memory
	b.WriteString("\r\nretry: 1000\n")
	b.Write(event("now", strconv.AppendInt(nil, r.Now.Milli(), 10)))
	return b.Bytes()
}

// open reports whether one more may watch.
func (h *Hub) open() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.ending:
		return doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	default:
	}
	if h.watching >= h.most {
		return doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
	return nil
}

// join adds a watcher, unless the hub has closed meanwhile.
func (h *Hub) join(w *watcher) bool {
	h.pings.Do(func() { go h.pinging() })
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.ending:
		return false
	default:
	}
	of := w.room.watchers[w.view]
	if of == nil {
		of = map[*watcher]struct{}{}
		w.room.watchers[w.view] = of
	}
	of[w] = struct{}{}
	h.watching++
	if w.room.states[w.view].of != w.room.changes && !w.room.working {
		w.room.working = true
		go w.room.work()
	}
	return true
}

// drop ends a stream.
func (w *watcher) drop() {
	h := w.room.hub
	h.mu.Lock()
	if _, there := w.room.watchers[w.view][w]; there {
		delete(w.room.watchers[w.view], w)
		h.watching--
	}
	h.mu.Unlock()
	_ = w.conn.Close() // of who went away
}

// begin writes what a stream begins with, in place of the server's deadlines.
func (w *watcher) begin(b []byte) error {
	if err := w.conn.SetDeadline(time.Time{}); err != nil {
		return err
	}
	return w.slowly(b)
}

// slowly writes with patience.
func (w *watcher) slowly(b []byte) error {
	if err := w.conn.SetWriteDeadline(time.Now().Add(w.room.hub.patience)); err != nil {
		return err
	}
	if _, err := w.conn.Write(b); err != nil {
		return err
	}
	return w.conn.SetWriteDeadline(time.Time{})
}

// send hands a state to watchers, on all processors: what a connection takes at once costs no goroutine.
func send(watchers []*watcher, s state) {
	var all sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for i := range n {
		all.Go(func() {
			for j := i; j < len(watchers); j += n {
				watchers[j].push(s)
			}
		})
	}
	all.Wait()
}

// push sends a state, unless somebody is writing to the watcher: then the newest is sent after that.
func (w *watcher) push(s state) {
	if !w.writing.CompareAndSwap(false, true) {
		w.again.Store(true)
		if w.writing.CompareAndSwap(false, true) { // who wrote may have left without seeing it
			w.release()
		}
		return
	}
	w.write(s)
}

// write sends a state and gives writing back. What the connection does not take at once is written in the background.
func (w *watcher) write(s state) {
	if s.of <= w.last {
		w.release()
		return
	}
	w.last = s.of
	rest := s.frame[w.atOnce(s.frame):]
	if len(rest) == 0 {
		w.release()
		return
	}
	go func() {
		if w.slowly(rest) != nil {
			w.drop()
			return
		}
		w.release()
	}()
}

// release gives writing back, after sending the newest state where somebody came meanwhile.
func (w *watcher) release() {
	if w.again.Swap(false) {
		w.write(w.room.newest(w.view))
		return
	}
	w.writing.Store(false)
	if w.again.Load() && w.writing.CompareAndSwap(false, true) {
		w.release()
	}
}

// pinging keeps streams open through what closes silent connections, finds out who went away, and ends streams whose
// life is over.
func (h *Hub) pinging() {
	tick := time.NewTicker(h.ping)
	defer tick.Stop()
	ping := event("ping", nil)
	for {
		select {
		case <-h.ending:
			return
		case <-tick.C:
		}
		for _, w := range h.all() {
			if time.Now().After(w.ends) {
				w.drop()
			} else if w.writing.CompareAndSwap(false, true) {
				w.pinged(ping)
			}
		}
	}
}

func (w *watcher) pinged(ping []byte) {
	if w.atOnce(ping) == len(ping) {
		w.release()
		return
	}
	go func() { // it takes nothing at once: it is slow, or gone
		if w.slowly([]byte("\n\n")) != nil {
			w.drop()
			return
		}
		w.release()
	}()
}

func (h *Hub) all() (list []*watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		for _, watchers := range r.watchers {
			for w := range watchers {
				list = append(list, w)
			}
		}
	}
	return list
}

// Watching is how many streams are open.
func (h *Hub) Watching() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.watching
}

// Close ends all streams and refuses new ones.
func (h *Hub) Close() {
	h.once.Do(func() {
		h.mu.Lock()
		close(h.ending)
		h.mu.Unlock()
		for _, w := range h.all() {
			w.drop()
		}
	})
}
