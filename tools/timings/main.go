// Command timings tells where the time of the tests goes.
//
//	timings go FILE COMMAND...   runs `go test -json …`, prints what go test prints without -json, keeps the times in
//	                             FILE and ends as the command did
//	timings sum START FILE...    prints the ten slowest tests of all files, how many passed and failed, and the time
//	                             since START (seconds since 1970); a file that ends in .json is a report of Playwright
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// timing is a test that ran, or whose result was known already: then it took no time.
type timing struct {
	Name    string
	Seconds float64
	Failed  bool
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		var ended *exec.ExitError
		if errors.As(err, &ended) && ended.Exited() {
			os.Exit(ended.ExitCode()) // the tests have said why
		}
		fmt.Fprintln(os.Stderr, "timings:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "go":
		return runGo(args[1], args[2:])
	case len(args) >= 2 && args[0] == "sum":
		return sum(args[1], args[2:])
	}
	return errors.New("want: timings go FILE COMMAND... or timings sum START FILE...")
}

// runGo runs go test and keeps the times of its tests; those of a run that fails too.
func runGo(file string, command []string) error {
	c := exec.Command(command[0], command[1:]...)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	all, err := readGo(out, os.Stdout)
	if err = errors.Join(err, c.Wait()); len(all) == 0 {
		return err
	}
	b, marshalErr := json.Marshal(all)
	return errors.Join(err, marshalErr, os.WriteFile(file, b, 0o644))
}

// event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

// readGo passes on what go test would print: of tests that pass, nothing.
func readGo(in io.Reader, out io.Writer) (all []timing, err error) {
	said := map[[2]string]string{}     // by package and test
	longest := map[[2]string]float64{} // seconds of a test or of one within it: what runs at once isn't counted in the whole
	tests := map[string][]timing{}     // by package
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(out, lines.Text())
			continue
		}
		key := [2]string{e.Package, e.Test}
		switch {
		case e.Action == "output" && e.Test != "":
			if !strings.HasPrefix(e.Output, "=== ") {
				said[key] += e.Output
			}
		case e.Action == "output" || e.Action == "build-output":
			if strings.Contains(e.Output, "\t(cached)") {
				for i := range tests[e.Package] {
					tests[e.Package][i].Seconds = 0
				}
			}
			if e.Output != "PASS\n" {
				fmt.Fprint(out, e.Output)
			}
		case e.Test != "" && (e.Action == "pass" || e.Action == "fail" || e.Action == "skip"):
			if e.Action == "fail" {
				fmt.Fprint(out, said[key])
			}
			delete(said, key)
			top, _, within := strings.Cut(e.Test, "/")
			whole := [2]string{e.Package, top}
			longest[whole] = max(longest[whole], e.Elapsed)
			if !within && e.Action != "skip" {
				tests[e.Package] = append(tests[e.Package], timing{e.Package + " " + e.Test, longest[whole], e.Action == "fail"})
			}
		case e.Action == "fail":
			for left, words := range said { // of tests that never ended
				if left[0] == e.Package {
					fmt.Fprint(out, words)
				}
			}
			if !slices.ContainsFunc(tests[e.Package], func(t timing) bool { return t.Failed }) { // not built, or out of time
				tests[e.Package] = append(tests[e.Package], timing{e.Package, e.Elapsed, true})
			}
		}
	}
	for _, of := range tests {
		all = append(all, of...)
	}
	return all, lines.Err()
}

// suite is a part of a report of Playwright.
type suite struct {
	File   string
	Suites []suite
	Specs  []struct {
		Title string
		OK    bool
		Tests []struct{ Results []struct{ Duration float64 } } // milliseconds
	}
}

// timings are those of a suite and of all within it.
func (s suite) timings() (all []timing) {
	for _, spec := range s.Specs {
		t := timing{Name: s.File + ": " + spec.Title, Failed: !spec.OK}
		for _, test := range spec.Tests {
			for _, r := range test.Results {
				t.Seconds += r.Duration / 1000
			}
		}
		all = append(all, t)
	}
	for _, within := range s.Suites {
		all = append(all, within.timings()...)
	}
	return all
}

func read(file string) (all []timing, err error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // the run didn't come so far
	}
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(file, ".json") {
		return all, json.Unmarshal(b, &all)
	}
	var report suite
	err = json.Unmarshal(b, &report)
	return report.timings(), err
}

func sum(start string, files []string) error {
	began, err := strconv.ParseInt(strings.TrimSpace(start), 10, 64)
	if err != nil {
		return err
	}
	var all []timing
	failed := 0
	for _, file := range files {
		of, err := read(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, of...)
	}
	slices.SortFunc(all, func(a, b timing) int { return cmp.Compare(b.Seconds, a.Seconds) })
	fmt.Println("== the ten slowest tests")
	for i, t := range all {
		if i < 10 {
			fmt.Printf("%7.1f s  %s\n", t.Seconds, t.Name)
		}
		if t.Failed {
			failed++
		}
	}
	took := time.Since(time.Unix(began, 0)).Round(time.Second)
	fmt.Printf("%d passed, %d failed, in %s\n", len(all)-failed, failed, took)
	return nil
}
