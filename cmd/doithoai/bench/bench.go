// Package bench measures the program. Machines differ and are noisy: every figure stands beside a limit of the same
// machine, or beside a peer, measured in the same process in turns, and what counts is the ratio.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"doithoai"
	"doithoai/store"
)

// Command is every bench with its flags.
type Command struct {
	Intake    Intake    `cmd:"" help:"Taking slips in: over HTTP, the same acts without HTTP, and the disk alone."`
	Fill      Fill      `cmd:"" help:"Make the database at which the others measure: ten years of one authority."`
	Pages     Pages     `cmd:"" help:"Every page at a filled database, for who reads it."`
	Lifecycle Lifecycle `cmd:"" help:"An opinion from receipt to being found, at a filled database and at a small one."`
	Search    Search    `cmd:"" help:"The public search at a filled database: how fast, and how well it answers judged questions."`
	Record    Record    `cmd:"" help:"The public record at a filled database: proofs, appending, signing."`
	Backup    Backup    `cmd:"" help:"Backup, daily work and restore at a filled database, and whether acts wait for them."`
	Hall      Hall      `cmd:"" help:"A change in the hall on many screens, the memory of a screen, beside bare sockets."`
	Documents Documents `cmd:"" help:"Official documents as page, Word file, PDF and workbook, beside LibreOffice."`
	Results   Results   `cmd:"" name:"report" help:"The board, the report of a result, the sums of a province, at a filled one."`
	Start     Start     `cmd:"" help:"Starting the program with a filled database, its memory when idle, its size."`
}

// Program is the program that is measured.
type Program struct {
	Version  string
	Out, Err io.Writer
	// Serve serves an installation on loopback until it is stopped, with nothing left out but the bounds per client.
	Serve func(context.Context, Place) (*Server, error)
	// Hall serves the screens of a dialogue on loopback, over what is held in memory.
	Hall func(context.Context) (*Screens, error)
	// Documents are those of an office, the largest first: it rules on these matters.
	Documents func(matters []string) ([]Document, error)
}

// Server is an installation that is being served.
type Server struct {
	DB      *store.DB
	URL     string       // without a slash at its end
	Commits func() int64 // how often the record has grown, once a commit
	Stop    func() error
}

// Place is where the data of a bench are: never those of an office.
type Place struct {
	DB   string `name:"db" env:"DOITHOAI_BENCH_DB" placeholder:"ADDRESS" help:"postgres://…: a database of its own. Without it, a SQLite file in the data folder."`
	Data string `default:"bench-data" placeholder:"DIR" help:"Data folder: on the disk that counts, not in memory."`
}

func (p Place) dsn() string {
	if p.DB != "" {
		return p.DB
	}
	return "sqlite:" + filepath.Join(p.Data, "doithoai.db")
}

func (p Place) engine() string {
	if p.DB != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Rounds is how often, and how long, everything is measured in turns.
type Rounds struct {
	Rounds int           `default:"5" help:"How often each measurement is taken, in turns."`
	Time   time.Duration `default:"1s" help:"How long each measurement lasts."`
}

func (r Rounds) check() error {
	if r.Rounds < 1 || r.Time <= 0 {
		return errors.New("rounds and time must be positive")
	}
	return nil
}

// series is what one kind of work did, round by round.
type series struct {
	name    string
	rates   []float64         // pieces a second
	took    [][]time.Duration // how long each piece took, sorted
	commits []float64         // commits a second; empty where they can't be counted
	bytes   int               // of an answer, where there is one
}

// measure runs work in a number of goroutines for a time, each at least once, and adds a round to the series.
func (s *series) measure(
	ctx context.Context, workers int, length time.Duration, work func(context.Context) error,
) error {
	begin := time.Now()
	end := begin.Add(length)
	took := make([][]time.Duration, workers)
	failed := make([]error, workers)
	var running sync.WaitGroup
	for i := range workers {
		running.Go(func() {
			for at := time.Now(); (len(took[i]) == 0 || at.Before(end)) && ctx.Err() == nil; {
				if failed[i] = work(ctx); failed[i] != nil {
					return
				}
				now := time.Now()
				took[i] = append(took[i], now.Sub(at))
				at = now
			}
		})
	}
	running.Wait()
	for _, err := range failed {
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	all := sorted(slices.Concat(took...))
	s.took = append(s.took, all)
	s.rates = append(s.rates, float64(len(all))/time.Since(begin).Seconds())
	return nil
}

// turn is one of the measurements that are taken in turns.
type turn struct {
	s       *series
	workers int
	work    func(context.Context) error
}

// measure takes the turns round by round.
func (r Rounds) measure(ctx context.Context, turns []turn) error {
	for range r.Rounds {
		for _, t := range turns {
			if err := t.s.measure(ctx, t.workers, r.Time, t.work); err != nil {
				return err
			}
		}
	}
	return nil
}

// all are the times of all rounds, sorted.
func (s *series) all() []time.Duration { return sorted(slices.Concat(s.took...)) }

// quantiles are the values, round by round, below which a share q of the times lies.
func (s *series) quantiles(q float64) []float64 {
	var values []float64
	for _, took := range s.took {
		values = append(values, ms(quantile(took, q)))
	}
	return values
}

// quantile is the value below which a share q of the sorted values lies.
func quantile[T any](sorted []T, q float64) (v T) {
	if len(sorted) == 0 {
		return v
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func sorted[T float64 | time.Duration](values []T) []T {
	values = slices.Clone(values)
	slices.Sort(values)
	return values
}

func median(values []float64) float64 { return quantile(sorted(values), 0.5) }

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// ratios divides two series of figures round by round.
func ratios(ours, limit []float64) []float64 {
	all := make([]float64, len(ours))
	for i := range ours {
		all[i] = ours[i] / limit[i]
	}
	return all
}

const rowForm = "%-50s %10s %10s %10s %10s %10s %10s\n"

// row is the line of a series: its rates, and the times of its pieces.
func (s *series) row() string {
	rates, took := sorted(s.rates), s.all()
	perCommit := "–"
	if len(s.commits) > 0 {
		perCommit = fmt.Sprintf("%.1f", median(rates)/max(median(s.commits), 1))
	}
	return fmt.Sprintf(rowForm, s.name, perSecond(rates[0]), perSecond(median(rates)), perSecond(rates[len(rates)-1]),
		millis(quantile(took, 0.5)), millis(quantile(took, 0.99)), perCommit)
}

func perSecond(n float64) string { return fmt.Sprintf("%.0f/s", n) }

func millis(d time.Duration) string { return fmt.Sprintf("%.2f ms", ms(d)) }

// budget is what a figure of each round must reach, or must not go beyond: the median decides.
type budget struct {
	what    string
	figures []float64
	least   float64 // reach; 0 where most is the bound
	most    float64 // go beyond
	unit    string
}

// row is the line of a budget: the bound, the median, the least and the greatest, and whether the median keeps to the
// bound.
func (b budget) row() string {
	all := sorted(b.figures)
	sign, bound, ok := "≤", b.most, median(all) <= b.most
	if b.least > 0 {
		sign, bound, ok = "≥", b.least, median(all) >= b.least
	}
	return fmt.Sprintf(
		"%-70s %s %-11s %9s (%s–%s)   %s\n", b.what, sign, b.show(bound),
		b.show(median(all)), b.show(all[0]), b.show(all[len(all)-1]), verdict(ok),
	)
}

func (b budget) show(v float64) string {
	switch {
	case v >= 100 || v == float64(int(v)) && v >= 10:
		return fmt.Sprintf("%.0f%s", v, b.unit)
	case v != 0 && v < 0.1:
		return fmt.Sprintf("%.4f%s", v, b.unit)
	}
	return fmt.Sprintf("%.2f%s", v, b.unit)
}

func verdict(ok bool) string {
	if ok {
		return "OK"
	}
	return "NOT REACHED"
}

// report collects what a bench prints.
type report struct{ strings.Builder }

func (r *report) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *report) budgets(list ...budget) {
	r.line("\nbudget (median, least and greatest of the rounds)")
	for _, b := range list {
		r.WriteString(b.row())
	}
}

func (r *report) print(p Program) error {
	_, err := io.WriteString(p.Out, r.String())
	return err
}

// disk is a file of one page that is overwritten and flushed: what the disk alone can do.
type disk struct {
	*os.File
	page []byte
}

// openDisk makes the file in a folder: its blocks are there, as those of a write-ahead log are.
func openDisk(dir string) (*disk, error) {
	f, err := os.CreateTemp(dir, "raw-*")
	if err != nil {
		return nil, fmt.Errorf("raw file: %w", err)
	}
	d := &disk{f, make([]byte, 4096)}
	if err := d.overwrite(context.Background()); err != nil {
		return nil, errors.Join(fmt.Errorf("raw file: %w", err), d.Close())
	}
	return d, nil
}

func (d *disk) overwrite(context.Context) error {
	if _, err := d.WriteAt(d.page, 0); err != nil {
		return err
	}
	return flushData(d.File)
}

func (d *disk) Close() error { return errors.Join(d.File.Close(), os.Remove(d.Name())) }

// diskAlone is what the series of a disk is called.
const diskAlone = "disk: overwrite 4 KiB + fdatasync, one by one"

// slug marks the authority of a bench, so that none is ever run over real data.
const slug = "bench"

// own finds the authority of a bench in a database; false where the database has none at all. A database of anybody
// else is refused.
func own(ctx context.Context, db *store.DB) (doithoai.Authority, bool, error) {
	there, err := db.Authorities(ctx)
	if err != nil || len(there) == 0 {
		return doithoai.Authority{}, false, err
	}
	if there[0].Slug != slug {
		return doithoai.Authority{}, false,
			fmt.Errorf("the database holds data of %s: a bench needs one of its own", there[0].Name)
	}
	return there[0], true, nil
}

// openAt opens the database of a bench, and makes its folder.
func openAt(ctx context.Context, at Place, o store.Options) (*store.DB, error) {
	if err := os.MkdirAll(at.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	return store.Open(ctx, at.dsn(), o)
}
