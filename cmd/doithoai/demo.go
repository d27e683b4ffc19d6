package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"doithoai/calendar"
	"doithoai/cmd/doithoai/demo"
	"doithoai/store"
	"doithoai/text"
)

// demoCommand serves a commune that does not exist, on a plan that does.
type demoCommand struct {
	place
	listening
	Day      day    `default:"2024-10-23" help:"On which day the demo's clock begins when its data are made, from 2024-10-23 on. From 2025-07-01 the commune has become xã An Phú."`
	Second   string `name:"second-addr" env:"DOITHOAI_SECOND_ADDR" placeholder:"HOST:PORT" help:"Where a second commune is served, which stands at the start of its year; without it there is none."`
	Province string `name:"province-addr" env:"DOITHOAI_PROVINCE_ADDR" placeholder:"HOST:PORT" help:"Where a province is served with twelve communes that report to it, in October 2026; without it there is none. The communes are reached there under their own host names, which end in .localhost."`
	Lang     string `enum:"vi,en" default:"vi" env:"DOITHOAI_LANG" help:"Language of what is printed: vi or en."`
}

// demoFile keeps the demo's clock in the data folder, so that it goes on after a restart. It is written last: without
// it the data are unfinished.
const demoFile = "demo.json"

// demoOrigin is the origin of a demo's record.
const demoOrigin = demo.Host + recordPath

// day is a date on the command line, not before the demo's own.
type day struct{ calendar.Date }

// UnmarshalText reads an ISO date.
func (d *day) UnmarshalText(b []byte) error {
	var err error
	if d.Date, err = calendar.ParseDate(string(b)); err != nil {
		return err
	}
	if d.Before(demo.Morning.Date()) {
		return fmt.Errorf("%s lies before the story's end, %s", d.Date, demo.Morning.Date())
	}
	return nil
}

// Run makes the demo's data where there are none, and serves them.
func (cmd demoCommand) Run(ctx context.Context, c console) error {
	first, more, err := cmd.commune(ctx, c, cmd.tell)
	if err != nil {
		return err
	}
	type beside struct {
		s    *server
		more string
	}
	others := []beside{}
	for _, o := range []struct {
		addr, folder string
		tell         func(context.Context, *store.DB, *demo.Clock) error
	}{{cmd.Second, secondFolder, demo.Begin}, {cmd.Province, provinceFolder, demo.Province}} {
		if o.addr == "" {
			continue
		}
		other := cmd
		other.place = place{Data: cmd.file(o.folder)}
		other.Addr, other.OfficeAddr, other.PublicURL = o.addr, "", nil
		s, more, err := other.commune(ctx, c, o.tell)
		if err != nil {
			for _, opened := range others {
				err = errors.Join(err, opened.s.db.Close())
			}
			return errors.Join(err, first.db.Close())
		}
		others = append(others, beside{s, more})
	}
	// Where one of them can't go on, the others end too.
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(others))
	for _, o := range others {
		go func() {
			defer stop()
			ended <- o.s.serve(ctx, c, o.more)
		}()
	}
	err = first.serve(ctx, c, more)
	stop()
	for range others {
		err = errors.Join(err, <-ended)
	}
	return err
}

// tell is the story of the first commune.
func (cmd demoCommand) tell(ctx context.Context, db *store.DB, clock *demo.Clock) error {
	return demo.Tell(ctx, db, clock, cmp.Or(cmd.Day.Date, demo.Morning.Date()))
}

// secondFolder holds the data of the second commune, provinceFolder those of the province, within the data folder.
const (
	secondFolder   = "xa-thu-hai"
	provinceFolder = "tinh"
)

// commune opens a commune of the demo for serving, with what a newcomer is told of it; where it has no data yet, tell
// makes them.
func (cmd demoCommand) commune(
	ctx context.Context, c console, tell func(context.Context, *store.DB, *demo.Clock) error,
) (*server, string, error) {
	if err := cmd.prepare(); err != nil {
		return nil, "", err
	}
	clock, err := cmd.clock()
	if errors.Is(err, fs.ErrNotExist) {
		clock, err = cmd.make(ctx, tell)
	}
	if err != nil {
		return nil, "", err
	}
	cmd.simulated = true
	s, err := open(ctx, c, cmd.place, cmd.listening, clock.Now)
	if err != nil {
		return nil, "", err
	}
	more, err := cmd.guide(ctx, s.db)
	if err != nil {
		return nil, "", errors.Join(err, s.db.Close())
	}
	return s, more, nil
}

// clock reads the clock of data that are there; fs.ErrNotExist where there are none.
func (cmd demoCommand) clock() (*demo.Clock, error) {
	b, err := os.ReadFile(cmd.file(demoFile))
	if err != nil {
		return nil, err
	}
	var clock demo.Clock
	if err := json.Unmarshal(b, &clock); err != nil {
		return nil, fmt.Errorf("%s: %w", cmd.file(demoFile), err)
	}
	return &clock, nil
}

// make sets a commune up and tells its story up to the morning on which the demo begins.
func (cmd demoCommand) make(
	ctx context.Context, tell func(context.Context, *store.DB, *demo.Clock) error,
) (*demo.Clock, error) {
	clock := demo.NewClock()
	db, err := cmd.open(ctx, store.Options{Now: clock.Now})
	if err != nil {
		return nil, err
	}
	defer db.Close() //nolint:errcheck // everything that matters was committed
	there, err := db.Authorities(ctx)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 && there[0].Demo {
		return nil, fmt.Errorf("the demo in %s is unfinished: remove that folder and start again", cmd.Data)
	}
	if len(there) > 0 {
		return nil, fmt.Errorf("the database %s holds real data: give the demo a folder of its own with --data", cmd.shown())
	}
	if _, err := db.StartRecord(ctx, demoOrigin); err != nil {
		return nil, err
	}
	if err := tell(ctx, db, clock); err != nil {
		return nil, fmt.Errorf("make the demo: %w", err)
	}
	b, err := json.Marshal(clock)
	if err != nil {
		return nil, err
	}
	return clock, writeFile(cmd.file(demoFile), append(b, '\n'), 0o600)
}

// guide is what a newcomer is told, if the data are a demo's.
func (cmd demoCommand) guide(ctx context.Context, db *store.DB) (string, error) {
	a, err := authority(ctx, db, "")
	if err != nil {
		return "", err
	}
	if !a.Demo {
		return "", fmt.Errorf("the database %s holds real data: `doithoai demo` serves its own only", cmd.shown())
	}
	switch a.Slug {
	case demo.SecondSlug:
		return demo.SecondGuide(db, a, text.For(cmd.Lang)), nil
	case demo.ProvinceSlug:
		return demo.ProvinceGuide(db, a, text.For(cmd.Lang)), nil
	}
	return demo.Guide(ctx, db, a, text.For(cmd.Lang))
}
