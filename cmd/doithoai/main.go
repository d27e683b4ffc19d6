// Command doithoai is the whole program: it serves the sites, keeps accounts, backs up, restores and verifies. What its
// commands and flags mean stands with their fields; `doithoai COMMAND --help` prints it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"doithoai"
	"doithoai/cmd/doithoai/bench"
	"doithoai/text"
)

// version is set by the linker: -X main.version=v1.2.0.
var version = "unversioned"

// Exit codes. Those of verify tell its three outcomes apart, so that scripts can.
const (
	exitDone     = 0
	exitFailed   = 1
	exitWrong    = 2 // verify: something is not as it was recorded
	exitUnsigned = 3 // verify: nothing is wrong, but no checkpoint covers it yet
)

// commandLine is every command with its flags.
type commandLine struct {
	Serve     serveCommand     `cmd:"" help:"Serve the sites." set:"data=doithoai-data"`
	Demo      demoCommand      `cmd:"" help:"Serve a commune of simulated data, on the real plan of 2024. Its clock begins on Wednesday, 23 October 2024." set:"data=data/demo"`
	Setup     setupCommand     `cmd:"" help:"Enter the authority, its units and villages into a new database." set:"data=doithoai-data"`
	Authority authorityCommand `cmd:"" help:"Several authorities in one installation." set:"data=doithoai-data"`
	User      userCommand      `cmd:"" help:"Accounts of those who sign in." set:"data=doithoai-data"`
	Import    importCommand    `cmd:"" help:"Take a file (CSV, XLSX) over into a list: villages, outside_bodies, fields, procedures." set:"data=doithoai-data"`
	Export    exportCommand    `cmd:"" help:"Write a list to a file (CSV, XLSX)." set:"data=doithoai-data"`
	Backup    backupCommand    `cmd:"" help:"Copy the database into one file, while people work." set:"data=doithoai-data"`
	Restore   restoreCommand   `cmd:"" help:"Fill an empty database from a backup." set:"data=doithoai-data"`
	Reopen    reopenCommand    `cmd:"" help:"Go on with the public record under a new origin and a new key, after a restore that lost published leaves, or when the key is lost." set:"data=doithoai-data"`
	Verify    struct {
		Record verifyCommand       `cmd:"" default:"withargs" help:"Check a receipt offline, or a whole database against its public record." set:"data=doithoai-data"`
		Report verifyReportCommand `cmd:"" help:"Count the figures of a result report again, from the file that came with it."`
	} `cmd:"" help:"Check a receipt, a database or the file of a report."`
	Bench    bench.Command   `cmd:"" help:"Measure, beside the limits of the same machine."`
	Deadline deadlineCommand `cmd:"" help:"Reckon the end of a term, or the last day before an event, by the calendar of working days. Needs no database."`
	Plan     planCommand     `cmd:"" help:"Read the text of a plan. Needs no database."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// console is what a command reads and writes.
type console struct {
	in       io.Reader
	out, err io.Writer
}

func (c console) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(c.out, format, args...)
	return err
}

// exit ends a command with a code of its own, after it has said why.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if os.Getenv("GOGC") == "" {
		// Little is kept in memory: fewer collections cost megabytes and save a tenth of the processor.
		debug.SetGCPercent(400)
	}
	os.Exit(Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Run is the program: it parses args and runs their command until it is done or ctx ends, and returns the exit code. An
// error is one line on stderr.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() { // kong asks to leave by a function that must not return
		if v := recover(); v != nil {
			e, ok := v.(exit)
			if !ok {
				panic(v)
			}
			code = int(e)
		}
	}()
	c := console{in: stdin, out: stdout, err: stderr}
	parser, err := kong.New(&commandLine{},
		kong.Name("doithoai"),
		kong.Description("Đối Thoại: the dialogues of a commune with its people, and an answer to every opinion."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Bind(c, benchProgram(c)),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return c.fail(fmt.Errorf("command line: %w", err))
	}
	chosen, err := parser.Parse(signed(args))
	if err != nil {
		return c.fail(err)
	}
	return c.fail(chosen.Run())
}

// fail says what went wrong in one line and returns the exit code.
func (c console) fail(err error) int {
	var e exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &e):
		return int(e)
	}
	words := strings.ReplaceAll(explain(err), "\n", "; ")
	fmt.Fprintf(c.err, "doithoai: %s\n", words) //nolint:errcheck // there is nobody left to tell
	return exitFailed
}

// explain returns the sentences of the problems that an error carries, else its text.
func explain(err error) string {
	list := doithoai.ProblemsOf(err)
	if len(list) == 0 {
		return err.Error()
	}
	printer := text.For("en")
	var all []string
	for _, p := range list {
		all = append(all, printer.T(p.Key, p.Args...))
	}
	return strings.Join(all, "; ")
}

// versionCommand prints the version.
type versionCommand struct{}

func (versionCommand) Run(c console) error { return c.printf("doithoai %s\n", version) }
