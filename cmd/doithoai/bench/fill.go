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
}

// fillBatch is how many opinions share a transaction.
const fillBatch = 5000

// Run makes a new database; one that is there is refused.
func (cmd Fill) Run(ctx context.Context, p Program) error {
	if cmd.Opinions < 1 || cmd.Acts < 0 || cmd.Years < 1 {
		return errors.New("opinions and years must be positive, acts not negative")
	}
	begin := time.Now()
	f, err := cmd.fill(ctx, p)
	if err != nil {
		return err
	}
	var out report
	out.line("doithoai %s bench fill: %d opinions over %d years, the last %d by acts, %d leaves, in %s",
		p.Version, cmd.Opinions, cmd.Years, min(cmd.Acts, cmd.Opinions), f.leaves, time.Since(begin).Round(time.Second))
	if cmd.DB == "" {
		if info, err := os.Stat(filepath.Join(cmd.Data, "doithoai.db")); err == nil {
			out.line("%s: %d MiB", strings.TrimPrefix(cmd.dsn(), "sqlite:"), info.Size()>>20)
		}
	}
	out.line("left open: %d (%.1f of a hundred)", f.open, 100*float64(f.open)/float64(cmd.Opinions))
	return out.print(p)
}

// filler fills one database.
type filler struct {
	teller
	db      *store.DB
	clock   *clock
	serials map[int]int64 // register numbers given, by year
	symbols map[int]int   // of documents, by year
	past    queue[past]
	leaves  int64
	open    int
}

// clock is what acts take for the time while a database is filled.
type clock struct{ ms atomic.Int64 }

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *clock) set(at calendar.Instant) { c.ms.Store(at.Time().UnixMilli()) }

func (cmd Fill) fill(ctx context.Context, p Program) (f *filler, err error) {
	end := time.Now().Truncate(time.Minute)
	f = &filler{clock: &clock{}, serials: map[int]int64{}, symbols: map[int]int{}}
	f.writer, f.begin, f.end, f.total = newWriter(uint64(cmd.Opinions)), end.AddDate(-cmd.Years, 0, 0), end, cmd.Opinions
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
	plain := max(cmd.Opinions-cmd.Acts, 0)
	for f.n < plain {
		n := min(fillBatch, plain-f.n)
		if err := f.write(ctx, n); err != nil {
			return nil, err
		}
		bar.Add(int64(n))
	}
	if err := f.catchUp(ctx); err != nil {
		return nil, err
	}
	if err := f.act(ctx, cmd.Opinions-plain, bar); err != nil {
		return nil, err
	}
	if err := f.conclude(ctx); err != nil {
		return nil, err
	}
	f.leaves, err = f.db.RecordSize(ctx)
	return f, err
}

// found sets the commune up on its first day, with its accounts, a plan a year and a dialogue a quarter.
func (f *filler) found(ctx context.Context) error {
	if _, there, err := own(ctx, f.db); err != nil || there {
		return cmp.Or(
			err, errors.New("there is a database of a bench already: remove it, or fill another with --data or --db"),
		)
	}
	a, err := setUp(ctx, f.db)
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

// announce makes a dialogue a quarter, each a month before its day. The last one is still to come when all is filled.
func (f *filler) announce(ctx context.Context) error {
	office, plan, year := f.actor(loginOffice), doithoai.ID(""), 0
	const quarter, fortnight = 91 * 24 * time.Hour, 14 * 24 * time.Hour
	for at := f.end.Add(-fortnight - f.end.Sub(f.begin)/quarter*quarter); at.Before(f.end); at = at.Add(quarter) {
		if at.Before(f.begin) {
			continue
		}
		day := calendar.InstantOf(at).Date()
		f.clock.set(calendar.InstantOf(at))
		if day.Year != year {
			var err error
			issued, err := f.db.TakeOverPlan(ctx, office, planOf(day))
			if err != nil {
				return fmt.Errorf("plan of %d: %w", day.Year, err)
			}
			plan = issued.PlanID
			year = day.Year
		}
		held := day.AddDays(30)
		d, err := f.db.AnnounceNewDialogue(ctx, office, doithoai.Dialogue{
			PlanID: plan, Slug: held.String(),
			Title: fmt.Sprintf("Hội nghị đối thoại quý %d năm %d", (int(held.Month)+2)/3, held.Year),
			Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
			StartsAt: calendar.InstantAt(held, 8, 0), DoorsAt: calendar.InstantAt(held, 7, 30),
			SlipsUntil: calendar.InstantAt(held.AddDays(-1), 16, 30),
			Venue:      "Hội trường UBND xã Đo Lường", Chair: "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
			Programme: []doithoai.ProgrammeStep{
				{Title: "Đón tiếp", Minutes: 30, Presenter: "Văn phòng"},
				{Title: "Đối thoại", Minutes: 120, Presenter: "Chủ tịch UBND xã"},
			},
		})
		if err != nil {
			return fmt.Errorf("dialogue of %s: %w", held, err)
		}
		f.dialogues = append(f.dialogues, d)
	}
	f.clock.set(calendar.InstantOf(f.begin))
	return nil
}

// conclude brings the dialogues that are over to their end, as far as their opinions let them.
func (f *filler) conclude(ctx context.Context) error {
	office := f.actor(loginOffice)
	f.clock.set(calendar.InstantOf(f.end))
	for _, d := range f.dialogues {
		closed := d.StartsAt.Add(hallTime)
		if !closed.Time().Before(f.end) {
			continue
		}
		d, err := f.db.StartDialogue(ctx, office, d.ID, d.Version, d.StartsAt)
		if err != nil {
			return fmt.Errorf("start %s: %w", d.Slug, err)
		}
		if d, err = f.db.CloseDialogue(ctx, office, d.ID, d.Version, closed); err != nil {
			return fmt.Errorf("close %s: %w", d.Slug, err)
		}
		results := closed.Add(9 * 24 * time.Hour)
		if results.Time().After(f.end) {
			continue
		}
		d, err = f.db.PublishResults(ctx, office, d.ID, d.Version, results)
		if doithoai.KindOf(err) == doithoai.Invalid { // an opinion of it has no ruling
			continue
		}
		if err == nil {
			_, err = f.db.ReportDialogue(ctx, office, d.ID, d.Version, results)
		}
		if err != nil {
			return fmt.Errorf("results of %s: %w", d.Slug, err)
		}
	}
	return nil
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
