// Package progress shows on a terminal how far long work is, how fast it goes and how long it will still take. A file,
// a pipe and a log stay quiet.
package progress

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Bar is the line of one piece of work. Its methods may be called by several goroutines at once. That a terminal can't
// be written to stops no work.
type Bar struct {
	bar *progressbar.ProgressBar // nil where nobody watches
	out io.Writer
}

// New begins the line of work that counts things: rows, leaves, opinions. A total below 0 is one that isn't known.
func New(w io.Writer, what, unit string, total int64) *Bar {
	if !isTerminal(w) {
		return &Bar{}
	}
	return begin(
		w, what, total, progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit), progressbar.OptionShowCount(),
	)
}

// Bytes begins the line of work that reads or writes bytes.
func Bytes(w io.Writer, what string, total int64) *Bar {
	if !isTerminal(w) {
		return &Bar{}
	}
	return begin(w, what, total, progressbar.OptionShowBytes(true), progressbar.OptionShowTotalBytes(true))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func begin(w io.Writer, what string, total int64, shown ...progressbar.Option) *Bar {
	return &Bar{out: w, bar: progressbar.NewOptions64(total, append(shown,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(24),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionShowElapsedTimeOnFinish(),
		progressbar.OptionSetRenderBlankState(true),
	)...)}
}

// Add counts n more as done.
func (b *Bar) Add(n int64) {
	if b.bar != nil {
		_ = b.bar.Add64(n)
	}
}

// Total changes the total, of which something else was thought before.
func (b *Bar) Total(n int64) {
	if b.bar != nil {
		b.bar.ChangeMax64(n)
	}
}

// Write counts the bytes of p, for an io.TeeReader or an io.MultiWriter.
func (b *Bar) Write(p []byte) (int, error) {
	b.Add(int64(len(p)))
	return len(p), nil
}

// Done ends the line, wherever the work has come to. It is called once.
func (b *Bar) Done() {
	if b.bar != nil {
		_, _ = io.WriteString(b.out, "\n")
	}
}
