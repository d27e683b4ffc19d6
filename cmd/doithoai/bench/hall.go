package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Hall measures how long a change in the hall takes until the last of many screens has it, and the memory that a screen
// costs. Beside it stands what the sockets alone can do: the same bytes written to as many connections of the same run.
type Hall struct {
	Rounds  int   `default:"7" help:"How often something changes, at each number of screens."`
	Screens []int `default:"500,10000" help:"Numbers of screens."`
}

// Screens is a dialogue with its screens: what Serve of [Program] leaves out, so that no disk is measured.
type Screens struct {
	URL    string            // of the stream that people's telephones follow
	Change func(n int) error // changes what they show; it holds the number
	Stop   func() error
}

// Budgets of the hall.
const (
	lastOfFew   = 1000 // ms, 500 screens
	lastOfMany  = 250  // ms, 10,000 screens
	screenBytes = 30   // KiB
)

// spareFiles are those that the process opens besides.
const spareFiles = 100

// Run opens the screens and changes what they show.
func (cmd Hall) Run(ctx context.Context, p Program) error {
	if cmd.Rounds < 1 || len(cmd.Screens) == 0 {
		return errors.New("rounds and screens must be positive")
	}
	var out report
	out.line("doithoai %s bench hall: %d rounds\n", p.Version, cmd.Rounds)
	out.line("%-50s %10s %10s %10s", "until the last screen has a change", "min", "median", "max")
	var list []budget
	for _, n := range cmd.Screens {
		files, err := openFiles(2*n + spareFiles)
		if err != nil {
			return err
		}
		n = min(n, (files-spareFiles)/2) // each screen has two ends here
		ours, memory, err := cmd.screens(ctx, p, n)
		if err != nil {
			return fmt.Errorf("%d screens: %w", n, err)
		}
		bare, err := cmd.sockets(ctx, n)
		if err != nil {
			return fmt.Errorf("%d sockets: %w", n, err)
		}
		for _, s := range []struct {
			name string
			took []float64
		}{{fmt.Sprintf("%d screens", n), ours}, {fmt.Sprintf("%d sockets, the same bytes alone", n), bare}} {
			v := sorted(s.took)
			out.line("%-50s %7.1f ms %7.1f ms %7.1f ms", s.name, v[0], median(v), v[len(v)-1])
		}
		out.line("%-50s %7.2f\n", "screens / sockets", median(ours)/median(bare))
		most := float64(lastOfFew)
		if n > 1000 {
			most = lastOfMany
		}
		list = append(list, budget{what: fmt.Sprintf("last of %d screens", n), figures: ours, most: most, unit: " ms"},
			budget{what: fmt.Sprintf("memory of each of %d screens", n), figures: []float64{memory}, most: screenBytes,
				unit: " KiB"})
	}
	out.budgets(list...)
	return out.print(p)
}

// screens measures n screens, and what each costs in memory of the program, its part of the bench taken out.
func (cmd Hall) screens(ctx context.Context, p Program, n int) (took []float64, memory float64, err error) {
	s, err := p.Hall(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	address := strings.TrimPrefix(s.URL, "http://")
	host, path, _ := strings.Cut(address, "/")
	watch := newWatchers(n)
	defer watch.close()
	before := living()
	if err := watch.dial(ctx, host, "GET /"+path+" HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); err != nil {
		return nil, 0, err
	}
	memory = float64(living()-before)/float64(n)/1024 - watcherMemory()
	for i := 1; i <= cmd.Rounds; i++ {
		mark := hallMark(i)
		last, err := watch.wait(ctx, mark, func() error { return s.Change(i) })
		if err != nil {
			return nil, 0, err
		}
		took = append(took, ms(last))
	}
	return took, max(memory, 0), nil
}

// hallMark is the number of a change in what screens show, as no page joins it to other words.
func hallMark(n int) string { return fmt.Sprintf("«%d»", n) }

// HallQuestion is what screens show after a change.
func HallQuestion(n int) string {
	return hallMark(n) + " Hồ sơ đăng ký biến động đất đai bị yêu cầu thêm giấy xác nhận. Giấy này căn cứ vào đâu?"
}

// sockets measures the same without the program: bytes of about a state's size, written to n connections by all
// processors.
func (cmd Hall) sockets(ctx context.Context, n int) (took []float64, err error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ln.Close()) }()
	accepted := make(chan net.Conn, n)
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = bufio.NewReader(c).ReadString('\n') // what it asks
			_, _ = c.Write([]byte("data: \n\n"))
			accepted <- c
		}
	}()
	watch := newWatchers(n)
	defer watch.close()
	if err := watch.dial(ctx, ln.Addr().String(), "GET / HTTP/1.1\r\n"); err != nil {
		return nil, err
	}
	conns := make([]net.Conn, n)
	for i := range conns {
		conns[i] = <-accepted
	}
	for i := 1; i <= cmd.Rounds; i++ {
		mark := hallMark(i)
		frame := []byte("data: " + mark + strings.Repeat("x", 2500) + "\n\n")
		last, err := watch.wait(ctx, mark, func() error { return broadcast(conns, frame) })
		if err != nil {
			return nil, err
		}
		took = append(took, ms(last))
	}
	return took, nil
}

func broadcast(conns []net.Conn, frame []byte) error {
	var all sync.WaitGroup
	var failed atomic.Value
	n := runtime.GOMAXPROCS(0)
	for i := range n {
		all.Go(func() {
			for j := i; j < len(conns); j += n {
				if _, err := conns[j].Write(frame); err != nil {
					failed.Store(err)
				}
			}
		})
	}
	all.Wait()
	if err, ok := failed.Load().(error); ok {
		return err
	}
	return nil
}

// watchers are the screens' end of streams: each reads what comes, in a goroutine of its own.
type watchers struct {
	conns []net.Conn
	mark  atomic.Value // []byte; what is waited for
	open  sync.WaitGroup
	seen  sync.WaitGroup
	fault chan error
}

func newWatchers(n int) *watchers {
	w := &watchers{conns: make([]net.Conn, n), fault: make(chan error, 1)}
	w.mark.Store([]byte(nil))
	return w
}

// dial opens all connections, a few at a time, and waits until each has heard something.
func (w *watchers) dial(ctx context.Context, host, request string) error {
	w.open.Add(len(w.conns))
	var dialer net.Dialer
	for i := range w.conns {
		c, err := dialer.DialContext(ctx, "tcp", host)
		if err != nil {
			return err
		}
		w.conns[i] = c
		if _, err := c.Write([]byte(request)); err != nil {
			return err
		}
		go w.read(c)
	}
	return w.waitFor(ctx, &w.open)
}

func (w *watchers) read(c net.Conn) {
	b := make([]byte, watcherBuffer)
	kept, opened := 0, false
	var had []byte
	for {
		n, err := c.Read(b[kept:])
		if err != nil {
			return
		}
		kept += n
		if mark := w.mark.Load().([]byte); mark != nil && !bytes.Equal(mark, had) && bytes.Contains(b[:kept], mark) {
			had = mark
			w.seen.Done()
		}
		if bytes.HasSuffix(b[:kept], []byte("\n\n")) {
			kept = 0
			if !opened {
				opened = true
				w.open.Done()
			}
		} else if kept == len(b) {
			select {
			case w.fault <- errors.New("a state is larger than a watcher's buffer"):
			default:
			}
			return
		}
	}
}

// watcherBuffer is what a watcher of the bench reads into.
const watcherBuffer = 16 << 10

// watcherMemory is what a watcher of the bench costs itself, in KiB: its buffer, the stack that reads, its connection.
func watcherMemory() float64 { return watcherBuffer/1024 + 0.5 }

// quiet is between two changes: in a hall seconds pass.
const quiet = 300 * time.Millisecond

// wait has something changed, and returns after what time the last watcher has it.
func (w *watchers) wait(ctx context.Context, mark string, change func() error) (time.Duration, error) {
	time.Sleep(quiet)
	w.seen.Add(len(w.conns))
	w.mark.Store([]byte(mark))
	begin := time.Now()
	if err := change(); err != nil {
		return 0, err
	}
	err := w.waitFor(ctx, &w.seen)
	return time.Since(begin), err
}

func (w *watchers) waitFor(ctx context.Context, all *sync.WaitGroup) error {
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case err := <-w.fault:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Minute):
		return errors.New("not all screens have it after a minute")
	}
}

func (w *watchers) close() {
	for _, c := range w.conns {
		if c != nil {
			_ = c.Close() // only read from
		}
	}
}

// living is the memory that lives, in bytes, the goroutines' stacks among it.
func living() int64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
