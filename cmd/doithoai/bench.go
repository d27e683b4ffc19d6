package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"doithoai/cmd/doithoai/bench"
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
