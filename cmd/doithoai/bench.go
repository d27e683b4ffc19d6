package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// benchCommand measures. Machines differ and are noisy: every figure stands beside the limit of the same machine, measured
// in the same process in turns, and what counts is the ratio.
type benchCommand struct {
	Intake benchIntake `cmd:"" help:"Taking slips in: over HTTP, the same SQL without HTTP, and the disk alone."`
}

// series is what one kind of work did: its rate in each round, and how long each piece took.
type series struct {
	name    string
	rates   []float64 // pieces a second, by round
	took    []time.Duration
	commits []float64 // commits a second, by round; empty where they can't be counted
}

// measure runs work in a number of goroutines for a time, and adds a round to the series.
func (s *series) measure(ctx context.Context, workers int, length time.Duration, work func(context.Context) error) error {
	begin := time.Now()
	end := begin.Add(length)
	took := make([][]time.Duration, workers)
	failed := make([]error, workers)
	var running sync.WaitGroup
	for i := range workers {
		running.Go(func() {
			for at := time.Now(); at.Before(end) && ctx.Err() == nil; {
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
	n := 0
	for _, t := range took {
		n += len(t)
		s.took = append(s.took, t...)
	}
	s.rates = append(s.rates, float64(n)/time.Since(begin).Seconds())
	return nil
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

const rowForm = "%-44s %10s %10s %10s %10s %10s %10s\n"

func (s series) row() string {
	rates, took := sorted(s.rates), sorted(s.took)
	perCommit := "–"
	if len(s.commits) > 0 {
		perCommit = fmt.Sprintf("%.1f", quantile(rates, 0.5)/max(quantile(sorted(s.commits), 0.5), 1))
	}
	return fmt.Sprintf(rowForm, s.name, perSecond(rates[0]), perSecond(quantile(rates, 0.5)), perSecond(rates[len(rates)-1]),
		millis(quantile(took, 0.5)), millis(quantile(took, 0.99)), perCommit)
}

func perSecond(n float64) string { return fmt.Sprintf("%.0f/s", n) }

func millis(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

// budget is what a ratio of two series, round by round, must reach.
type budget struct {
	what  string
	ours  *series
	limit *series
	least float64
}

// row tells the ratio's median, least and greatest, and whether the median reaches the budget.
func (b budget) row() string {
	var ratios []float64
	for i := range b.ours.rates {
		ratios = append(ratios, b.ours.rates[i]/b.limit.rates[i])
	}
	ratios = sorted(ratios)
	return fmt.Sprintf("%-58s ≥ %.2f   %.2f (%.2f–%.2f)   %s\n", b.what, b.least, quantile(ratios, 0.5), ratios[0], ratios[len(ratios)-1], verdict(quantile(ratios, 0.5) >= b.least))
}

func verdict(ok bool) string {
	if ok {
		return "OK"
	}
	return "NOT REACHED"
}
