package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Start measures how long the program takes until it serves a filled database, how much memory it holds a minute after
// ten officers have signed in, and how large it is. Beside it stand the same program with nothing but its version to
// tell, and the start with a small database.
type Start struct {
	Place
	Rounds int           `default:"5" help:"How often the program is started with each database, in turns."`
	Idle   time.Duration `default:"1m" help:"How long after the sign-ins the memory is looked at."`
}

// Budgets of the start.
const (
	startTime  = 150 // ms
	idleMemory = 64  // MiB
	binarySize = 40  // MB
	signIns    = 10
)

// Run starts the program again and again.
func (cmd Start) Run(ctx context.Context, p Program) (err error) {
	if cmd.Rounds < 1 || cmd.Idle <= 0 {
		return errors.New("rounds and idle must be positive")
	}
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Clean(cmd.Data)), "bench-small-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	small := Place{Data: dir}
	if _, err := (Fill{Place: small, Opinions: 100, Years: 1}).fill(ctx, Program{Err: io.Discard}); err != nil {
		return err
	}
	bare := &series{name: "the program telling its version"}
	filled, few := &series{name: "served, filled database"}, &series{name: "served, 100 opinions"}
	if err := cmd.measure(ctx, binary, small, bare, filled, few); err != nil {
		return err
	}
	rss, err := cmd.memory(ctx, binary)
	if err != nil {
		return err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	var out report
	out.line("doithoai %s bench start: %s, %d rounds in turns\n", p.Version, cmd.engine(), cmd.Rounds)
	out.line("%-50s %10s %10s %10s", "until the first page can be asked for", "min", "median", "max")
	for _, s := range []*series{bare, few, filled} {
		v := sorted(s.quantiles(0.5))
		out.line("%-50s %7.0f ms %7.0f ms %7.0f ms", s.name, v[0], median(v), v[len(v)-1])
	}
	out.line("\nfilled database / 100 opinions: %.2f", median(ratios(filled.quantiles(0.5), few.quantiles(0.5))))
	list := []budget{{what: "start with a filled database", figures: filled.quantiles(0.5), most: startTime, unit: " ms"}}
	if rss > 0 {
		list = append(list, budget{
			what:    fmt.Sprintf("memory, %s after %d sign-ins", cmd.Idle, signIns),
			figures: []float64{rss}, most: idleMemory, unit: " MiB",
		})
	}
	list = append(list, budget{
		what: "size of the program", figures: []float64{float64(info.Size()) / 1e6}, most: binarySize, unit: " MB",
	})
	out.budgets(list...)
	if rss == 0 {
		out.line("memory: NOT MEASURED, this system has no /proc")
	}
	return out.print(p)
}

// measure starts, in turns, the program that tells its version, and the one that serves: the small and the filled
// database.
func (cmd Start) measure(ctx context.Context, binary string, small Place, bare, filled, few *series) error {
	for range cmd.Rounds {
		if err := bare.measure(ctx, 1, time.Nanosecond, func(ctx context.Context) error {
			return exec.CommandContext(ctx, binary, "version").Run() //nolint:gosec // this program itself
		}); err != nil {
			return err
		}
		for _, m := range []struct {
			s  *series
			at Place
		}{{few, small}, {filled, cmd.Place}} {
			s, err := startProgram(ctx, binary, m.at)
			if err != nil {
				return err
			}
			m.s.took = append(m.s.took, []time.Duration{s.took})
			if err := s.stop(); err != nil {
				return err
			}
		}
	}
	return nil
}

// memory is how many MiB the program holds when ten officers have signed in and nobody does anything; 0 where the
// system doesn't tell.
func (cmd Start) memory(ctx context.Context, binary string) (mib float64, err error) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		return 0, nil
	}
	s, err := startProgram(ctx, binary, cmd.Place)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	c, err := newClients(s.url, 1)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	logins := []string{
		loginChair, loginVice, loginOffice, loginApprover, loginSecretary,
		loginClerk, loginReception, loginSupervisor, loginAdmin, unitLogin(1),
	}
	for _, login := range logins[:signIns] {
		cookie, err := c.signIn(ctx, login)
		if err != nil {
			return 0, err
		}
		if _, err := c.page(ctx, request{path: "/noi-bo", cookie: cookie}, io.Discard); err != nil {
			return 0, err
		}
	}
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(cmd.Idle):
	}
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kib) / 1024, err
		}
	}
	return 0, errors.New("the system doesn't tell the program's memory")
}

// started is the program as a process of its own, serving.
type started struct {
	process *exec.Cmd
	url     string
	took    time.Duration // until it could be asked for a page
}

var printedAddress = regexp.MustCompile(`http://\S+:\d+`)

// startProgram starts the program over a database and waits until it answers.
func startProgram(ctx context.Context, binary string, at Place) (s *started, err error) {
	data, err := filepath.Abs(at.Data)
	if err != nil {
		return nil, err
	}
	args := []string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--log", "error"}
	s = &started{process: exec.CommandContext(ctx, binary, args...)} //nolint:gosec // this program itself
	if at.DB != "" {
		s.process.Env = append(os.Environ(), "DOITHOAI_DB="+at.DB) // others can read command lines
	}
	s.process.Stderr = os.Stderr
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for s.url == "" && lines.Scan() {
		s.url = printedAddress.FindString(lines.Text())
	}
	if s.url == "" {
		return nil, errors.Join(errors.New("the program told no address"), lines.Err(), s.process.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // it ends with the process
	answer, err := http.Get(s.url + "/readyz")
	if err == nil {
		err = answer.Body.Close()
	}
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	s.took = time.Since(begin)
	return s, nil
}

// stop asks the program to end, and waits for it.
func (s *started) stop() error {
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return s.process.Wait()
}
