package screen

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

const heldID = doithoai.ID("dialogue-1")

// stage is a hub whose dialogue says a number, and how often it was read and drawn.
type stage struct {
	*Hub
	number, reads, draws atomic.Int64
	broken               atomic.Bool
	server               *httptest.Server
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	now := func() calendar.Instant { return calendar.InstantAt(calendar.DateOf(2024, 10, 25), 8, 0) }
	s.Hub = NewHub(func(context.Context, doithoai.ID, doithoai.ID) (doithoai.Live, error) {
		s.reads.Add(1)
		if s.broken.Load() {
			return doithoai.Live{}, errors.New("no database")
		}
		return doithoai.Live{Version: int(s.number.Load())}, nil
	}, now, quiet)
	s.Hub.draw = func(_ *web.Reader, l doithoai.Live, k kind) templ.Component {
		s.draws.Add(1)
		return templ.Raw(fmt.Sprintf("<p>%d of %d\nnext</p>", l.Version, k))
	}
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return doithoai.Authority{ID: "a"}, nil },
		Now:       now, Log: quiet,
	}
	mux := http.NewServeMux()
	host.Mount(mux, web.Site{Routes: []web.Route{
		{Pattern: "GET /nguoi", Do: s.Stream(heldID)},
		{Pattern: "GET /chieu", Do: func(r *web.Request) error { return s.watch(r, heldID, forProjector) }},
	}})
	s.server = httptest.NewServer(host.Secure(mux))
	t.Cleanup(s.server.Close)
	t.Cleanup(s.Hub.Close)
	return s
}

// change has the dialogue say a number.
func (s *stage) change(n int64) {
	s.number.Store(n)
	s.Tell("dialogue/" + string(heldID))
}

// watching opens a stream and returns the events of it, but for the clock's.
func (s *stage) watching(t *testing.T, path string) <-chan string {
	t.Helper()
	answer, err := s.server.Client().Get(s.server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") ||
		answer.Header.Get("Content-Security-Policy") == "" {
		t.Fatalf("%v", answer.Header)
	}
	events := make(chan string, 1000)
	go func() {
		defer close(events)
		defer answer.Body.Close() //nolint:errcheck // read to its end
		var lines []string
		for in := bufio.NewScanner(answer.Body); in.Scan(); {
			if in.Text() != "" {
				lines = append(lines, in.Text())
				continue
			}
			if e := strings.Join(lines, "|"); strings.HasPrefix(e, "event: state") || strings.HasPrefix(e, "event: ping") {
				events <- e
			}
			lines = nil
		}
	}()
	return events
}

func wantEvent(t *testing.T, events <-chan string, want string) {
	t.Helper()
	select {
	case got := <-events:
		if got != want {
			t.Fatalf("heard %q, want %q", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("nothing was heard, want %q", want)
	}
}

func stateOf(n int64, k kind) string {
	return fmt.Sprintf("event: state|data: <p>%d of %d|data: next</p>", n, k)
}

// Everybody hears the newest state at once, then each change; those of the projector are their own.
func TestHubSendsStates(t *testing.T) {
	s := newStage(t)
	people, other, projector := s.watching(t, "/nguoi"), s.watching(t, "/nguoi"), s.watching(t, "/chieu")
	for _, events := range []<-chan string{people, other} {
		wantEvent(t, events, stateOf(0, forPeople))
	}
	wantEvent(t, projector, stateOf(0, forProjector))
	if s.reads.Load() > 2 {
		t.Errorf("read %d times for three watchers", s.reads.Load())
	}
	s.Tell("dialogue/another")
	s.change(7)
	wantEvent(t, people, stateOf(7, forPeople))
	wantEvent(t, other, stateOf(7, forPeople))
	wantEvent(t, projector, stateOf(7, forProjector))
	wantEvent(t, s.watching(t, "/nguoi"), stateOf(7, forPeople)) // who comes back learns where it stands
	s.Missed()                                                   // nothing looks otherwise: nothing is sent
	s.change(8)
	wantEvent(t, people, stateOf(8, forPeople))
}

// A burst is drawn together, and its last change is never lost.
func TestHubDrawsABurstOnce(t *testing.T) {
	s := newStage(t)
	people := s.watching(t, "/nguoi")
	wantEvent(t, people, stateOf(0, forPeople))
	before := s.draws.Load()
	for n := range int64(500) {
		s.change(n + 1)
	}
	last := ""
	for last != stateOf(500, forPeople) {
		select {
		case last = <-people:
		case <-time.After(10 * time.Second):
			t.Fatalf("the last change was lost after %q", last)
		}
	}
	if n := s.draws.Load() - before; n > 20 {
		t.Errorf("500 changes were drawn %d times", n)
	}
}

// A database that can't be read is asked again: nobody is told nonsense, nobody is dropped.
func TestHubTriesAgain(t *testing.T) {
	s := newStage(t)
	people := s.watching(t, "/nguoi")
	wantEvent(t, people, stateOf(0, forPeople))
	s.broken.Store(true)
	s.change(1)
	time.Sleep(100 * time.Millisecond)
	s.broken.Store(false)
	wantEvent(t, people, stateOf(1, forPeople))
}

// waitFor waits until so many watch.
func (s *stage) waitFor(t *testing.T, n int) {
	t.Helper()
	for end := time.Now().Add(time.Minute); s.Watching() != n; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d watch, want %d", s.Watching(), n)
		}
	}
}

func TestHubEndsStreams(t *testing.T) {
	s := newStage(t)
	s.Hub.ping = 20 * time.Millisecond
	people := s.watching(t, "/nguoi")
	wantEvent(t, people, stateOf(0, forPeople))
	wantEvent(t, people, "event: ping")
	gone, err := net.Dial("tcp", s.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(gone, "GET /nguoi HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	s.waitFor(t, 2)
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	s.waitFor(t, 1) // who went away is found out by pings
	s.Hub.Close()
	s.Hub.Close() // twice does no harm
	for range people {
	}
	s.waitFor(t, 0)
	answer, err := s.server.Client().Get(s.server.URL + "/nguoi")
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Errorf("after Close: %d", answer.StatusCode)
	}
}

// Who does not read is dropped; the others are not kept waiting.
func TestHubDropsASlowReader(t *testing.T) {
	s := newStage(t)
	s.Hub.patience = 200 * time.Millisecond
	long := strings.Repeat("x", 1<<20)
	s.Hub.draw = func(_ *web.Reader, l doithoai.Live, _ kind) templ.Component {
		return templ.Raw(fmt.Sprintf("<p>%d%s</p>", l.Version, long))
	}
	slow, err := net.Dial("tcp", s.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close() //nolint:errcheck // only opened
	if _, err := io.WriteString(slow, "GET /nguoi HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	s.waitFor(t, 1)
	for n := range int64(50) {
		s.change(n + 1)
		time.Sleep(10 * time.Millisecond)
	}
	s.waitFor(t, 0)
}

// Many watchers, many changes: each ends with the last one.
func TestHubUnderLoad(t *testing.T) {
	s := newStage(t)
	s.Hub.gap = time.Millisecond
	var all sync.WaitGroup
	for range 20 {
		people := s.watching(t, "/nguoi")
		all.Go(func() {
			last := ""
			for e := range people {
				last = e
				if e == stateOf(1000, forPeople) {
					return
				}
			}
			t.Errorf("ended with %q", last)
		})
	}
	s.waitFor(t, 20)
	var tellers sync.WaitGroup
	for range 4 {
		tellers.Go(func() {
			for n := range int64(100) {
				s.change(n)
			}
		})
	}
	tellers.Wait()
	s.change(1000)
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		s.Hub.Close()
		t.Fatal("somebody does not hear the last change")
	}
}
