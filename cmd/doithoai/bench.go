package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/cmd/doithoai/bench"
	"doithoai/screen"
	"doithoai/store"
	"doithoai/web"
)

// benchProgram is what the benches measure.
func benchProgram(c console) bench.Program {
	return bench.Program{
		Version: version,
		Out:     c.out,
		Err:     c.err,
		Serve: func(ctx context.Context, at bench.Place) (*bench.Server, error) {
			return serveBench(ctx, c, place{DB: at.DB, Data: at.Data})
		},
		Hall:      serveHall,
		Documents: benchDocuments,
	}
}

// serveBench serves an installation on loopback, with nothing left out but the bounds per client.
func serveBench(ctx context.Context, c console, at place) (*bench.Server, error) {
	quiet := console{in: c.in, out: io.Discard, err: c.err}
	unbounded := web.Limit{Every: time.Nanosecond, Burst: 1 << 30}
	l := listening{
		Addr:   "127.0.0.1:0",
		Log:    slog.LevelWarn,
		limits: web.Limits{SignIn: unbounded, Lookup: unbounded, Intake: unbounded, Keeping: unbounded},
	}
	s, err := open(ctx, quiet, at, l, nil)
	if err != nil {
		return nil, err
	}
	all, err := s.addresses(quiet)
	if err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	serving, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.run(serving, quiet, all, "") }()
	return &bench.Server{DB: s.db, URL: all[0].url, Commits: s.grown.Load, Stop: func() error {
		cancel()
		return <-ended
	}}, nil
}

// serveHall serves the screens of a dialogue that is held in memory, by the site and the server that people reach.
func serveHall(context.Context) (*bench.Screens, error) {
	var shown atomic.Int64
	now := func() calendar.Instant { return calendar.InstantOf(time.Now()) }
	id := store.NewID()
	hub := screen.NewHub(func(context.Context, doithoai.ID, doithoai.ID) (doithoai.Live, error) {
		question := bench.HallQuestion(int(shown.Load()))
		return doithoai.Live{
			Dialogue: doithoai.Dialogue{ID: id, State: doithoai.DialogueRunning, Title: "Hội nghị đối thoại", StartsAt: now()},
			Version:  int(shown.Load()), Question: question, Speaker: &doithoai.LiveSpeaker{Village: "Thôn 1"}, Waiting: 12,
		}, nil
	}, now, slog.New(slog.DiscardHandler))
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) {
			return doithoai.Authority{ID: id, Name: "UBND xã Ví Dụ"}, nil
		},
		Now: now, Log: slog.New(slog.DiscardHandler),
	}
	mux := http.NewServeMux()
	host.Mount(mux, web.Site{Routes: []web.Route{{Pattern: "GET /luong", Do: hub.Stream(id)}}})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{
		Handler: host.Secure(mux), ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ln) }()
	return &bench.Screens{
		URL: "http://" + ln.Addr().String() + "/luong",
		Change: func(n int) error {
			shown.Store(int64(n))
			hub.Tell("dialogue/" + string(id))
			return nil
		},
		Stop: func() error {
			hub.Close()
			err := server.Close()
			if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
				err = errors.Join(err, served)
			}
			return err
		},
	}, nil
}
