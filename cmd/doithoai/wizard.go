package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"doithoai"
	"doithoai/setup"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// draftFile is what was typed into the set-up so far.
const draftFile = "setup-draft.json"

// wizard serves the set-up where there is no authority yet, until there is one. It returns the listeners of its
// addresses, so that nobody who follows its last page is turned away before the sites are served.
func (cmd serveCommand) wizard(ctx context.Context, c console) (kept map[string]*net.TCPListener, err error) {
	s := &server{listening: cmd.listening, at: cmd.place, failed: make(chan error, 2)}
	s.log = slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: cmd.Log}))
	if s.db, err = cmd.open(ctx, store.Options{Progress: migrating(s.log)}); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.db.Close()) }()
	there, err := s.db.Authorities(ctx)
	if err != nil || len(there) > 0 {
		return nil, err
	}
	if s.assets, err = web.Assets(); err != nil {
		return nil, err
	}
	s.host = s.newHost()
	s.host.Authority = func(context.Context, string) (doithoai.Authority, error) { return setup.Stand, nil }
	done := make(chan struct{})
	site, link, err := setup.New(setup.Config{
		DB: s.db, Now: s.db.Now, Done: sync.OnceFunc(func() { close(done) }),
		Kept: keptDraft(cmd.file(draftFile)), Keep: func(b []byte) error { return writeFile(cmd.file(draftFile), b, 0o600) },
	})
	if err != nil {
		return nil, err
	}
	all, err := s.setupAddresses(c, site)
	if err != nil {
		return nil, err
	}
	kept = map[string]*net.TCPListener{}
	for _, a := range all {
		kept[a.addr] = a.tcp
	}
	if err := c.printf("%s", startWords(all[len(all)-1].url+link)); err != nil {
		return kept, err
	}
	if err := s.serveUntil(ctx, all, done); err != nil {
		return kept, err
	}
	if err := os.Remove(cmd.file(draftFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return kept, fmt.Errorf("%s: %w", cmd.file(draftFile), reason(err))
	}
	return kept, nil
}

// startWords say on the server's screen how to begin: to who works at the commune, and below to who speaks English.
func startWords(link string) string {
	return text.For("vi").T("setup.start") + "\n" + text.For("en").T("setup.start") + "\n" + link + "\n"
}

// keptDraft is what the set-up kept before a restart, nil where there is nothing.
func keptDraft(path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil { // the questions are asked anew
		return nil
	}
	return b
}

// setupAddresses listens where the sites will be served. The set-up itself stands where the staff's site will: its
// address comes last.
func (s *server) setupAddresses(c console, site *setup.Site) (all []address, err error) {
	public, staff, err := s.tls(c)
	if err != nil {
		return nil, err
	}
	if s.OfficeAddr == "" {
		a, err := s.listen(s.Addr, "--addr", s.setupHandler(site.Staff(), site.Else()), public)
		return []address{a}, err
	}
	a, err := s.listen(s.Addr, "--addr", s.setupHandler(site.Else()), public)
	if err != nil {
		return nil, err
	}
	b, err := s.listen(s.OfficeAddr, "--office-addr", s.setupHandler(site.Staff(), site.Else()), staff)
	if err != nil {
		return nil, errors.Join(err, a.ln.Close())
	}
	return []address{a, b}, nil
}

// setupHandler serves the set-up with what every address has. It is alive, but not ready.
func (s *server) setupHandler(sites ...web.Site) http.Handler {
	mux := http.NewServeMux()
	for _, site := range sites {
		s.host.Mount(mux, site)
	}
	mux.Handle("GET "+web.AssetsPath, s.assets)
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusServiceUnavailable, "not set up")
	})
	return s.host.Secure(mux)
}

// serveUntil answers until the set-up is done, and leaves the addresses listening; ctx that ends is an error.
func (s *server) serveUntil(ctx context.Context, all []address, done <-chan struct{}) (err error) {
	var running sync.WaitGroup
	for _, a := range all {
		running.Go(func() {
			if err := a.http.Serve(stayingListener{a.ln, a.tcp}); !errors.Is(err, http.ErrServerClosed) {
				s.failed <- fmt.Errorf("serve %s: %w", a.url, err)
			}
		})
	}
	select {
	case <-done:
	case <-ctx.Done():
		err = errNotSetUp
	case err = <-s.failed:
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	for _, a := range all {
		err = errors.Join(err, a.http.Shutdown(last))
	}
	running.Wait()
	for _, a := range all {
		err = errors.Join(err, a.tcp.SetDeadline(time.Time{}))
	}
	return err
}

// errNotSetUp ends a program that was asked to stop before it was set up.
var errNotSetUp = errors.New("stopped before the set-up was done; what was typed is kept")

// stayingListener stops accepting when it is closed, but goes on listening: who calls meanwhile waits.
type stayingListener struct {
	net.Listener
	tcp *net.TCPListener
}

func (l stayingListener) Close() error { return l.tcp.SetDeadline(time.Unix(1, 0)) }
