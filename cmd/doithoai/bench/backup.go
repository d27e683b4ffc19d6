package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"doithoai/calendar"
	"doithoai/store"
)

// Backup measures the long work beside which people go on: a backup with its reading back, the daily work, and whether
// any act waits for them. Beside them stand the same acts with nothing else going on. It restores the backup, too, into
// a folder beside --data that is thrown away.
//
// One client carries opinions through without HTTP, the next one a while after the last. The backup and the restore are
// the program as a process of its own, which leaves the processors to others where the system has nice.
type Backup struct {
	Place
	RestoreDB string        `name:"restore-db" placeholder:"ADDRESS" help:"postgres://…: an empty one, for restore."`
	Rounds    int           `default:"1" help:"How often everything but the restore is measured, in turns."`
	Restore   bool          `default:"true" negatable:"" help:"Restore the backup, too."`
	Every     time.Duration `default:"100ms" help:"How long after the beginning of an opinion the next one begins."`
	Quiet     time.Duration `default:"30s" help:"How long acts are measured with nothing beside them, before and after."`
}

// Budgets of long work.
const (
	stallMost   = 100 // ms that an act may take at most
	backupMost  = 120 // s
	restoreMost = 300 // s
)

// stretch is how acts went while something else did, or nothing.
type stretch struct {
	name string
	work func(context.Context) error
	took []float64         // seconds, round by round
	acts [][]time.Duration // round by round, sorted; finding an opinion is none
	slow []string          // the acts above the budget: what, how long, and how long after the beginning
}

// Run backs up, does the daily work and restores.
func (cmd Backup) Run(ctx context.Context, p Program) (err error) {
	if cmd.Rounds < 1 || cmd.Every <= 0 || cmd.Quiet <= 0 {
		return errors.New("rounds, every and quiet must be positive")
	}
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Clean(cmd.Data)), "bench-backup-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "backup.tar.gz")
	beside, size, err := cmd.beside(ctx, p, binary, file)
	if err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	var restored time.Duration
	if cmd.Restore && (cmd.DB == "" || cmd.RestoreDB != "") {
		begin := time.Now()
		if err := command(ctx, binary, cmd.RestoreDB, "restore", "--data", filepath.Join(dir, "restored"), file); err != nil {
			return err
		}
		restored = time.Since(begin)
	}
	return cmd.print(p, beside, size, info.Size(), restored)
}

// beside measures acts beside nothing, a backup, the daily work, and nothing again.
func (cmd Backup) beside(ctx context.Context, p Program, binary, file string) (all []*stretch, size int64, err error) {
	s, err := p.Serve(ctx, cmd.Place)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	people, err := muster(ctx, s.DB)
	if err != nil {
		return nil, 0, err
	}
	l := newLifecycle(s.DB, people)
	quiet := func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(cmd.Quiet):
			return nil
		}
	}
	all = []*stretch{
		{name: "nothing", work: quiet},
		{name: "backup, read back", work: func(ctx context.Context) error {
			if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) { // of the round before
				return err
			}
			return command(ctx, binary, cmd.DB, "backup", "--data", cmd.Data, file)
		}},
		{name: "daily work", work: cmd.daily},
		{name: "nothing, again", work: quiet},
	}
	for range cmd.Rounds {
		for _, m := range all {
			if err := cmd.acts(ctx, l, m); err != nil {
				return nil, 0, fmt.Errorf("beside %s: %w", m.name, err)
			}
		}
	}
	size, err = s.DB.RecordSize(ctx)
	return all, size, err
}

// acts carries opinions through until the work beside them is done.
func (cmd Backup) acts(ctx context.Context, l *lifecycle, m *stretch) error {
	done := make(chan error, 1)
	begin := time.Now()
	go func() { done <- m.work(ctx) }()
	tick := time.NewTicker(cmd.Every)
	defer tick.Stop()
	var acts []time.Duration
	for {
		if _, _, err := l.live(ctx, func(part int, took time.Duration) {
			if parts[part] == "find" {
				return
			}
			acts = append(acts, took)
			if ms(took) > stallMost {
				m.slow = append(m.slow, fmt.Sprintf("%s %s at %.1f s", parts[part], millis(took), time.Since(begin).Seconds()))
			}
		}); err != nil {
			return errors.Join(err, <-done)
		}
		select {
		case err := <-done:
			m.took, m.acts = append(m.took, time.Since(begin).Seconds()), append(m.acts, sorted(acts))
			return err
		case <-tick.C:
		}
	}
}

// daily does the work of the first day to come on which nobody has done it yet.
func (cmd Backup) daily(ctx context.Context) (err error) {
	clock := clock{}
	db, err := openAt(ctx, cmd.Place, store.Options{Now: clock.now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for day := time.Now(); ; day = day.AddDate(0, 0, 1) {
		clock.set(calendar.InstantOf(day))
		transferred, err := db.TransferWorkDaily(ctx)
		if err != nil {
			return err
		}
		purged, err := db.Purge(ctx)
		if err != nil || transferred && purged {
			return err
		}
	}
}

// command runs the program with arguments; what it prints is told where it fails.
func command(ctx context.Context, binary, db string, args ...string) error {
	line := append([]string{binary}, args...)
	if nice, err := exec.LookPath("nice"); err == nil {
		line = append([]string{nice, "-n", "19"}, line...)
	}
	c := exec.CommandContext(ctx, line[0], line[1:]...) //nolint:gosec // this program itself
	if db != "" {
		c.Env = append(os.Environ(), "DOITHOAI_DB="+db) // others can read command lines
	}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", args[0], err, out)
	}
	return nil
}

// longest is the longest time of an act, round by round.
func (m *stretch) longest() (all []float64) {
	for _, took := range m.acts {
		all = append(all, ms(quantile(took, 1)))
	}
	return all
}

func (cmd Backup) print(p Program, beside []*stretch, size, bytes int64, restored time.Duration) error {
	var out report
	out.line(
		"doithoai %s bench backup: %s with %d leaves; every %s an opinion is received, ruled on, … and approved\n",
		p.Version,
		cmd.engine(),
		size,
		cmd.Every,
	)
	out.line("%-24s %10s %8s %10s %10s %10s %10s", "acts beside", "lasted", "acts", "p50", "p99", "longest", "> 100 ms")
	for _, m := range beside {
		all := sorted(slices.Concat(m.acts...))
		out.line("%-24s %8.1f s %8d %10s %10s %10s %10d", m.name, median(m.took), len(all), millis(quantile(all, 0.5)),
			millis(quantile(all, 0.99)), millis(quantile(all, 1)), len(m.slow))
	}
	for _, m := range beside {
		for _, act := range m.slow {
			out.line("beside %s: %s", m.name, act)
		}
	}
	out.line("\nbackup: %d MiB", bytes>>20)
	list := []budget{
		{what: "longest act beside a backup", figures: beside[1].longest(), most: stallMost, unit: " ms"},
		{what: "backup with its reading back", figures: beside[1].took, most: backupMost, unit: " s"},
		{what: "longest act beside the daily work", figures: beside[2].longest(), most: stallMost, unit: " ms"},
	}
	if restored > 0 {
		list = append(list, budget{what: "restore", figures: []float64{restored.Seconds()}, most: restoreMost, unit: " s"})
	}
	out.budgets(list...)
	return out.print(p)
}
