package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
)

// ownTopics lets everybody listen to the dialogues whose id begins with "ours".
func ownTopics(_ *Request, topic string) error {
	if !strings.HasPrefix(topic, "dialogue/ours") {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return nil
}

func liveHandler(l *Live) http.Handler {
	return serve(testHost(io.Discard), Site{Routes: []Route{{Pattern: "GET " + LivePath, Do: l.Stream(ownTopics)}}})
}

// stream opens a stream and returns its lines of data.
func stream(t *testing.T, server *httptest.Server, query string) (<-chan string, func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+LivePath+"?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatalf("status %d, type %q", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer answer.Body.Close() //nolint:errcheck // read to its end
		for s := bufio.NewScanner(answer.Body); s.Scan(); {
			if data, ok := strings.CutPrefix(s.Text(), "data: "); ok {
				lines <- data
			}
		}
	}()
	return lines, cancel
}

// next waits for a line; "" where the stream ended.
func next(t *testing.T, lines <-chan string) string {
	t.Helper()
	select {
	case s := <-lines:
		return s
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was told")
		return ""
	}
}

func TestLiveTellsVersions(t *testing.T) {
	l := NewLive()
	server := httptest.NewUnstartedServer(liveHandler(l))
	// Shorter than the test: both must be lifted.
	server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	server.Start()
	defer server.Close()
	defer l.Close()
	before := l.Version("dialogue/ours")
	lines, _ := stream(t, server, "nghe=dialogue/ours&nghe=dialogue/ours-2")
	first := map[string]bool{next(t, lines): true, next(t, lines): true}
	if !first["dialogue/ours "+before] || !first["dialogue/ours-2 "+l.Version("dialogue/ours-2")] {
		t.Fatalf("at first %v", first)
	}
	time.Sleep(700 * time.Millisecond)
	l.Tell("dialogue/theirs")
	l.Tell("opinion/ours")
	l.Tell("dialogue/ours")
	after := l.Version("dialogue/ours")
	if got := next(t, lines); got != "dialogue/ours "+after || after == before {
		t.Fatalf("told %q, version %q after %q", got, after, before)
	}
	again, _ := stream(t, server, "nghe=dialogue/ours") // who comes back learns where it stands
	if got := next(t, again); got != "dialogue/ours "+after {
		t.Errorf("on coming back %q", got)
	}
	if len(l.versions) != 2 {
		t.Errorf("kept versions %v: those of dialogues only", l.versions)
	}
	if first, second := NewLive(), NewLive(); first.run == second.run {
		t.Error("versions of two runs must differ")
	}
}

func TestLiveRefuses(t *testing.T) {
	l := NewLive()
	h := liveHandler(l)
	for query, status := range map[string]int{
		"":                                      http.StatusUnprocessableEntity,
		"nghe=":                                 http.StatusNotFound,
		"nghe=dialogue/":                        http.StatusNotFound,
		"nghe=delivery":                         http.StatusNotFound,
		"nghe=opinion/ours":                     http.StatusNotFound,
		"nghe=dialogue/theirs":                  http.StatusNotFound,
		"nghe=dialogue/ours&nghe=dialogue/else": http.StatusNotFound,
		strings.Repeat("nghe=dialogue/ours&", maxTopics+1): http.StatusUnprocessableEntity,
	} {
		if w := get(t, h, LivePath+"?"+query); w.Code != status {
			t.Errorf("%q: status %d, want %d", query, w.Code, status)
		}
	}
	l.Close()
	l.Close() // twice does no harm
	if w := get(t, h, LivePath+"?nghe=dialogue/ours"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("after Close: status %d", w.Code)
	}
}

func (l *Live) readers() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.watchers)
}

// waitForReaders waits until so many streams are open.
func waitForReaders(t *testing.T, l *Live, n int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); l.readers() != n; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d streams are open, want %d", l.readers(), n)
		}
	}
}

func TestLiveEndsStreams(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(l *Live, hangUp func())
		life time.Duration
	}{
		{"at Close", func(l *Live, _ func()) { l.Close() }, time.Hour},
		{"when the reader leaves", func(_ *Live, hangUp func()) { hangUp() }, time.Hour},
		{"when its life is over", func(*Live, func()) {}, 200 * time.Millisecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := NewLive()
			l.life = tt.life
			server := httptest.NewServer(liveHandler(l))
			defer server.Close()
			defer l.Close()
			lines, hangUp := stream(t, server, "nghe=dialogue/ours")
			if next(t, lines) == "" {
				t.Fatal("nothing was told at first")
			}
			tt.end(l, hangUp)
			if got := next(t, lines); got != "" {
				t.Errorf("told %q", got)
			}
			waitForReaders(t, l, 0)
		})
	}
}

// pipes is a listener over net.Pipe, which holds back a writer until its reader reads.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// withPeer gives requests over a pipe an address, as those over a network have.
func withPeer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = "127.0.0.1:1"
		next.ServeHTTP(w, r)
	})
}

func TestLiveDropsASlowReader(t *testing.T) {
	l := NewLive()
	l.patience = 200 * time.Millisecond
	listener := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: withPeer(liveHandler(l)), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	client, there := net.Pipe()
	listener.conns <- there
	asked := "GET " + LivePath + "?nghe=dialogue/ours HTTP/1.1\r\nHost: localhost\r\n\r\n"
	if _, err := io.WriteString(client, asked); err != nil {
		t.Fatal(err)
	}
	waitForReaders(t, l, 1) // and nobody reads
	begin := time.Now()
	for range 1000 {
		l.Tell("dialogue/ours")
	}
	if took := time.Since(begin); took > 100*time.Millisecond {
		t.Errorf("telling waited %v for a reader", took)
	}
	waitForReaders(t, l, 0)
	if err := errors.Join(client.Close(), server.Close()); err != nil {
		t.Fatal(err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		t.Fatal(err)
	}
}

func TestLiveUnderLoad(t *testing.T) {
	l := NewLive()
	server := httptest.NewServer(liveHandler(l))
	defer server.Close()
	const readers, changes = 20, 50
	var all sync.WaitGroup
	for range readers {
		lines, _ := stream(t, server, "nghe=dialogue/ours")
		all.Go(func() {
			last := ""
			for line := range lines {
				last = line
			}
			if want := "dialogue/ours " + l.Version("dialogue/ours"); last != want {
				t.Errorf("a reader ended with %q, want %q", last, want)
			}
		})
	}
	waitForReaders(t, l, readers)
	var tellers sync.WaitGroup
	for range 4 {
		tellers.Go(func() {
			for range changes {
				l.Tell("dialogue/ours")
			}
		})
	}
	tellers.Wait()
	time.Sleep(300 * time.Millisecond) // for the last change to be written
	l.Close()
	all.Wait()
}

// After a Resync every topic has another version, and who listens is told so.
func TestResync(t *testing.T) {
	l := NewLive()
	l.Tell("dialogue/a")
	before := []string{l.Version("dialogue/a"), l.Version("dialogue/b")}
	w := l.join([]string{"dialogue/a", "dialogue/b"})
	<-w.wake
	l.take(w)
	l.Resync()
	select {
	case <-w.wake:
	default:
		t.Fatal("who listens was not woken")
	}
	said := l.take(w)
	for i, topic := range []string{"dialogue/a", "dialogue/b"} {
		now := l.Version(topic)
		if now == before[i] || !strings.Contains(said, topic+" "+now) {
			t.Errorf("%s was %s, is %s; said %q", topic, before[i], now, said)
		}
	}
}
