package bench

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/cmd/doithoai/progress"
	"doithoai/store"
)

// Fill makes a database as ten years of one authority leave it: every table that a real life fills, 97 of a hundred
// opinions finished, a record of which verify finds nothing wrong. The last opinions go through the program's own acts,
// the others are plain rows.
type Fill struct {
	Place
	Opinions int `default:"1000000" placeholder:"N" help:"How many opinions."`
	Acts     int `default:"10000" placeholder:"N" help:"How many of them, the last ones, go through the program's own acts."`
	Years    int `default:"10" help:"Over how many years, up to now."`
	Others   int `placeholder:"N" help:"How many other communes of one province share them: the first has dialogues with a thousand opinions each then, the others have the rest."`
}

// fillBatch is how many opinions share a transaction.
const fillBatch = 5000

// Run makes a new database; one that is there is refused.
func (cmd Fill) Run(ctx context.Context, p Program) error {
	if cmd.Opinions < 1 || cmd.Acts < 0 || cmd.Years < 1 || cmd.Others < 0 {
		return errors.New("opinions and years must be positive, acts and others not negative")
	}
	begin := time.Now()
	f, err := cmd.fill(ctx, p)
	if err != nil {
		return err
	}
	var out report
	out.line("doithoai %s bench fill: %d opinions over %d years, the last %d by acts, %d leaves, in %s",
		p.Version, cmd.Opinions, cmd.Years, min(cmd.Acts, f.total), f.leaves, time.Since(begin).Round(time.Second))
	if cmd.Others > 0 {
		out.line("%d communes of one province; the first has %d of the opinions", cmd.Others+1, f.total)
	}
	if cmd.DB == "" {
		if info, err := os.Stat(filepath.Join(cmd.Data, "doithoai.db")); err == nil {
			out.line("%s: %d MiB", strings.TrimPrefix(cmd.dsn(), "sqlite:"), info.Size()>>20)
		}
	}
	out.line("left open: %d (%.1f of a hundred)", f.open, 100*float64(f.open)/float64(cmd.Opinions))
	return out.print(p)
}

// filler fills a database with the life of one authority.
type filler struct {
	teller
	db      *store.DB
	clock   *clock
	serials map[int]int64 // register numbers given, by year
	symbols map[int]int   // of documents, by year
	past    queue[past]
	leaves  int64
	open    int
	// What a dialogue ends with: promises of its conclusion, slips of its survey.
	promises, surveySlips int
}

func newFiller(t teller) *filler {
	return &filler{teller: t, clock: &clock{}, serials: map[int]int64{}, symbols: map[int]int{}}
}

// clock is what acts take for the time while a database is filled.
type clock struct{ ms atomic.Int64 }

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *clock) set(at calendar.Instant) { c.ms.Store(at.Time().UnixMilli()) }

func (cmd Fill) fill(ctx context.Context, p Program) (f *filler, err error) {
	end := time.Now().Truncate(time.Minute)
	f = newFiller(teller{
		writer: newWriter(uint64(cmd.Opinions)), begin: end.AddDate(-cmd.Years, 0, 0), end: end, total: cmd.first(),
		share: dialogueShare,
	})
	f.promises, f.surveySlips = hallPromises, hallSurveySlips
	if cmd.Others > 0 {
		f.share = hallShare
	}
	f.clock.set(calendar.InstantOf(f.begin))
	db, err := openAt(ctx, cmd.Place, store.Options{Now: f.clock.now})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	f.db = db
	if err := f.found(ctx); err != nil {
		return nil, err
	}
	bar := progress.New(p.Err, "Filling", "opinions", int64(cmd.Opinions))
	defer bar.Done()
	if err := f.live(ctx, max(f.total-cmd.Acts, 0), bar); err != nil {
		return nil, err
	}
	if err := f.fillProvince(ctx, cmd.Others, cmd.Opinions-f.total, bar); err != nil {
		return nil, err
	}
	f.leaves, err = f.db.RecordSize(ctx)
	return f, err
}

// live lives all stories of the authority, the first ones as plain rows, and brings its dialogues to their end.
func (f *filler) live(ctx context.Context, plain int, bar *progress.Bar) error {
	for f.n < plain {
		n := min(fillBatch, plain-f.n)
		if err := f.write(ctx, n); err != nil {
			return err
		}
		bar.Add(int64(n))
	}
	if err := f.catchUp(ctx); err != nil {
		return err
	}
	if err := f.act(ctx, f.total-plain, bar); err != nil {
		return err
	}
	return f.conclude(ctx)
}

// found sets the commune up on its first day, with its accounts, a plan a year and a dialogue a quarter.
func (f *filler) found(ctx context.Context) error {
	if _, there, err := own(ctx, f.db); err != nil || there {
		return cmp.Or(
			err, errors.New("there is a database of a bench already: remove it, or fill another with --data or --db"),
		)
	}
	a, err := setUp(ctx, f.db, commune)
	if err != nil {
		return err
	}
	if err := hire(ctx, f.db, a); err != nil {
		return err
	}
	if _, err := f.db.StartRecord(ctx, slug+"/so-doi-chung"); err != nil {
		return err
	}
	if f.staff, err = muster(ctx, f.db); err != nil {
		return err
	}
	return f.announce(ctx)
}

// timed is what happens at a time.
type timed interface{ when() calendar.Instant }

// queue has what is still to come, the earliest first.
type queue[T timed] []T

func (q queue[T]) Len() int           { return len(q) }
func (q queue[T]) Less(i, j int) bool { return q[i].when().Before(q[j].when()) }
func (q queue[T]) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue[T]) Push(x any)        { *q = append(*q, x.(T)) }
func (q *queue[T]) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}

// until takes what comes up to a time out of the queue, the earliest first.
func (q *queue[T]) until(at calendar.Instant, most int) (all []T) {
	for len(*q) > 0 && len(all) < most && !(*q)[0].when().After(at) {
		all = append(all, heap.Pop(q).(T))
	}
	return all
}

// past is an event that was written down before it happened.
type past store.Past

func (p past) when() calendar.Instant { return p.Event.At }
func (s step) when() calendar.Instant { return s.at }

// write writes the next n stories as plain rows, with the events that happened meanwhile, also of earlier ones.
func (f *filler) write(ctx context.Context, n int) error {
	lives := make([]store.Life, 0, n)
	for range n {
		lives = append(lives, f.writeDown(f.next()))
	}
	now := lives[n-1].Opinion.ReceivedAt
	f.clock.set(now)
	return f.db.Fill(ctx, f.authority.ID, lives, f.remember(now, f.past.Len()))
}

// remember takes events up to a time, at most so many, from those to come.
func (f *filler) remember(until calendar.Instant, most int) (all []store.Past) {
	for _, p := range f.past.until(until, most) {
		all = append(all, store.Past(p))
	}
	return all
}

// catchUp writes the events that are left.
func (f *filler) catchUp(ctx context.Context) error {
	for f.past.Len() > 0 {
		if err := f.db.Fill(ctx, f.authority.ID, nil, f.remember(calendar.InstantOf(f.end), 4*fillBatch)); err != nil {
			return err
		}
	}
	return nil
}

// act acts the next n stories out, step by step in the order of time.
func (f *filler) act(ctx context.Context, n int, bar *progress.Bar) error {
	if n == 0 {
		return nil
	}
	var due queue[step]
	play := func(until calendar.Instant) error {
		for len(due) > 0 && !due[0].at.After(until) {
			s := heap.Pop(&due).(step)
			f.clock.set(s.at)
			if err := f.play(ctx, s); err != nil {
				return fmt.Errorf("%s of %s at %s: %w", s.act, s.of.number, s.at, err)
			}
		}
		return nil
	}
	for range n {
		s := f.next()
		if !f.finished(s) {
			f.open++
		}
		if err := play(s.steps[0].at); err != nil {
			return err
		}
		for _, s := range s.steps {
			heap.Push(&due, s)
		}
		bar.Add(1)
	}
	return play(calendar.InstantOf(f.end))
}

// finished reports whether nobody has anything left to do for an opinion.
func (f *filler) finished(s *story) bool {
	rule, _ := doithoai.RuleOf(s.ruling)
	switch last := s.steps[len(s.steps)-1].act; last {
	case doithoai.ActApprovePublication:
		return true
	case doithoai.ActRuleOpinion:
		return !rule.OpensPetition && !rule.Publishes
	}
	return false
}
