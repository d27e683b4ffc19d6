package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
)

// demoCommand serves a commune that does not exist, on a plan that does.
type demoCommand struct {
	place
	listening
	Day  day    `default:"2024-10-23" help:"On which day the demo's clock begins when its data are made, from 2024-10-23 on. From 2025-07-01 the commune has become xã An Phú."`
	Lang string `enum:"vi,en" default:"vi" env:"DOITHOAI_LANG" help:"Language of what is printed: vi or en."`
}

// planOfDemo is the real plan of 8 January 2024, word for word. Nothing else in the demo is real.
//
//go:embed demo/plan-2024.json
var planOfDemo []byte

// demoFile keeps the demo's clock in the data folder, so that it goes on after a restart. It is written last: without it
// the data are unfinished.
const demoFile = "demo.json"

// demoState is what demoFile holds.
type demoState struct {
	Ahead int64 `json:"ahead_ms"` // of the demo's clock before the machine's; negative
}

// demoOrigin names the record of a demo: it can't be taken for an office's.
const demoOrigin = "mo-phong.doithoai.invalid" + recordPath

// demoPassword opens every account of a demo. It is printed at start.
const demoPassword = "mo-phong-2024"

// demoMorning is when the demo's clock begins where no later day is named: Wednesday, 23 October 2024, 08:00 in Viet Nam
// (docs/adr/0005).
var demoMorning = doithoai.InstantAt(doithoai.DateOf(2024, time.October, 23), 8, 0)

// day is a date on the command line, not before the demo's own.
type day struct{ doithoai.Date }

// UnmarshalText reads an ISO date.
func (d *day) UnmarshalText(b []byte) error {
	var err error
	if d.Date, err = doithoai.ParseDate(string(b)); err != nil {
		return err
	}
	if d.Before(demoMorning.Date()) {
		return fmt.Errorf("%s lies before the story's end, %s", d.Date, demoMorning.Date())
	}
	return nil
}

// Run makes the demo's data where there are none, and serves them.
func (cmd demoCommand) Run(ctx context.Context, c console) error {
	if err := cmd.prepare(); err != nil {
		return err
	}
	clock, err := cmd.clock()
	if errors.Is(err, fs.ErrNotExist) {
		clock, err = cmd.make(ctx)
	}
	if err != nil {
		return err
	}
	s, err := open(ctx, c, cmd.place, cmd.listening, clock.now)
	if err != nil {
		return err
	}
	more, err := cmd.guide(ctx, s.db)
	if err != nil {
		return errors.Join(err, s.db.Close())
	}
	return s.serve(ctx, c, more)
}

// demoClock shows the demo's time. While the story is told it stands where it was set.
type demoClock struct {
	mu    sync.Mutex
	at    time.Time // zero once it runs
	ahead time.Duration
}

func (c *demoClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now().Add(c.ahead)
	}
	return c.at
}

func (c *demoClock) set(i doithoai.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = i.Time()
}

// start lets the clock run from an instant.
func (c *demoClock) start(i doithoai.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.ahead = time.Time{}, time.Until(i.Time())
}

// clock reads the clock of data that are there; fs.ErrNotExist where there are none.
func (cmd demoCommand) clock() (*demoClock, error) {
	b, err := os.ReadFile(cmd.file(demoFile))
	if err != nil {
		return nil, err
	}
	var state demoState
	if err := json.Unmarshal(b, &state); err != nil {
		return nil, fmt.Errorf("%s: %w", cmd.file(demoFile), err)
	}
	return &demoClock{ahead: time.Duration(state.Ahead) * time.Millisecond}, nil
}

// make sets the commune up and tells its story up to the morning on which the demo begins.
func (cmd demoCommand) make(ctx context.Context) (*demoClock, error) {
	clock := &demoClock{}
	clock.set(demoMorning)
	db, err := cmd.open(ctx, store.Options{Now: clock.now})
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
	begin := cmp.Or(cmd.Day.Date, demoMorning.Date())
	if err := tellStory(ctx, db, clock, begin); err != nil {
		return nil, fmt.Errorf("make the demo: %w", err)
	}
	clock.start(doithoai.InstantAt(begin, 8, 0))
	b, err := json.Marshal(demoState{Ahead: clock.ahead.Milliseconds()})
	if err != nil {
		return nil, err
	}
	return clock, writeFile(cmd.file(demoFile), append(b, '\n'), 0o600)
}

// guide tells a newcomer who can sign in, what each of them sees, and a few receipt codes to follow.
func (cmd demoCommand) guide(ctx context.Context, db *store.DB) (string, error) {
	p := text.For(cmd.Lang)
	a, err := authority(ctx, db, "")
	if err != nil {
		return "", err
	}
	if !a.Demo {
		return "", fmt.Errorf("the database %s holds real data: `doithoai demo` serves its own only", cmd.shown())
	}
	officers, err := db.Officers(ctx, a.ID)
	if err != nil {
		return "", err
	}
	byLogin := map[string]doithoai.Officer{}
	for _, o := range officers {
		byLogin[o.Login] = o
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n%s\n\n", p.T("demo.guide.title", "date", p.DateTime(doithoai.Civil(db.Now()))), p.T("demo.guide.accounts", "path", "/noi-bo", "password", demoPassword))
	for _, o := range demoOfficers {
		if there, ok := byLogin[o.Login]; ok && there.Active {
			fmt.Fprintf(&b, "  %-10s %s\n             %s\n", o.Login, there.Name+", "+there.Post, p.T("demo.guide.sees."+o.Login))
		}
	}
	fmt.Fprintf(&b, "\n%s\n\n", p.T("demo.guide.codes", "path", "/tra-cuu"))
	for _, t := range demoTales {
		if t.hint != "" {
			fmt.Fprintf(&b, "  %s  %s\n", strings.Join(doithoai.NewReceiptCode(demoKey(t.name)).Groups(), "-"), p.T("demo.guide.code."+t.hint))
		}
	}
	return b.String() + "\n", nil
}

// demoKey is the intake key of a slip of the story: known to everybody, so that the guide can print its receipt code.
func demoKey(name string) (k doithoai.IntakeKey) {
	sum := sha256.Sum256([]byte("doithoai demo slip\n" + name))
	copy(k[:], sum[:])
	return k
}
