package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// exitInput is the exit code of deadline for what it can't read.
const exitInput = 2

// deadlineCommand reckons one day by the calendar that the program carries, without a database. The first line is the
// day, as 2024-02-21. For calendar days it is the nominal day, on which being early is never wrong.
type deadlineCommand struct {
	Day     string `arg:"" optional:"" help:"The day of the event, as 2024-02-07 or 07/02/2024. It isn't counted."`
	Amount  string `arg:"" optional:"" help:"+5 for the end of a term from that day on, -7 for the last day on which something may be done that long before."`
	Unit    string `arg:"" optional:"" help:"workdays or days."`
	Explain bool   `help:"Say why, day by day."`
	Lang    string `enum:"vi,en" default:"vi" env:"DOITHOAI_LANG" help:"Language of the reasons: vi or en."`
}

// amount is a number with its sign; the minus of typographers is one too.
var amount = regexp.MustCompile(`^[+\-−]?[0-9]{1,4}$`)

// signed lets a negative number through to deadline's arguments, which the parser would take for a flag.
func signed(args []string) []string {
	if len(args) == 0 || args[0] != "deadline" {
		return args
	}
	all := make([]string, len(args))
	for i, a := range args {
		if amount.MatchString(a) {
			a = strings.Replace(a, "-", "−", 1)
		}
		all[i] = a
	}
	return all
}

func (cmd deadlineCommand) Run(c console) error {
	p := text.For(cmd.Lang)
	day, term, backward, fault := cmd.read()
	if fault != "" {
		const example = "doithoai deadline 2024-02-07 +5 workdays"
		words := p.T("petition.deadline.input."+fault, "example", example, "max", calendar.MaxTerm)
		fmt.Fprintf(c.err, "doithoai: %s\n", words) //nolint:errcheck // there is nobody left to tell
		return exit(exitInput)
	}
	calendar, err := store.DefaultCalendar()
	if err != nil {
		return err
	}
	lines, beyond := forward(p, calendar, day, term)
	if backward {
		lines, beyond = before(p, calendar, day, term)
	}
	if beyond {
		fmt.Fprintf(c.err, "doithoai: %s\n", p.T("petition.why.beyond")) //nolint:errcheck // the day is told all the same
	}
	if !cmd.Explain {
		lines = lines[:1]
	}
	return c.printf("%s\n", strings.Join(lines, "\n"))
}

// read returns what was typed, or the name of what is wrong with it.
func (cmd deadlineCommand) read() (day calendar.Date, t calendar.Term, backward bool, fault string) {
	if cmd.Day == "" || cmd.Amount == "" || cmd.Unit == "" {
		return day, t, false, "missing"
	}
	day, err := calendar.ParseDate(cmd.Day)
	if err != nil {
		if day, err = calendar.ParseDateVN(cmd.Day); err != nil {
			return day, t, false, "day"
		}
	}
	if !amount.MatchString(cmd.Amount) {
		return day, t, false, "amount"
	}
	n, err := strconv.Atoi(strings.Replace(cmd.Amount, "−", "-", 1))
	if err != nil {
		return day, t, false, "amount"
	}
	t = calendar.Term{N: max(n, -n), Unit: calendar.TermUnit(cmd.Unit)}
	switch {
	case t.Unit != calendar.Workdays && t.Unit != calendar.Days:
		return day, t, false, "unit"
	case !t.Valid():
		return day, t, false, "amount"
	}
	return day, t, n < 0, ""
}

// date is a day as people read it, with its weekday.
func date(p text.Printer, d calendar.Date) string { return p.DateShort(d.Time()) }

// forward words the end of a term: the day, then why.
func forward(p text.Printer, c calendar.Calendar, start calendar.Date, t calendar.Term) (lines []string, beyond bool) {
	d := c.Deadline(start, t)
	lines = []string{
		d.Due.String(),
		p.T("petition.deadline.forward", "start", date(p, start), "term", web.TermWords(p, t), "due", date(p, d.Due)),
	}
	if d.Rolled != d.Due {
		lines = append(lines, p.T("petition.why.rolled", "date", date(p, d.Rolled)))
	}
	return append(lines, reasons(p, d.Steps, d.Version)...), d.Beyond
}

// before words the last day for something that must be done before an event: the day, then why.
func before(p text.Printer, c calendar.Calendar, event calendar.Date, t calendar.Term) (lines []string, beyond bool) {
	l := c.LatestBefore(event, t)
	lines = []string{
		l.Latest.String(),
		p.T("petition.deadline.backward", "event", date(p, event), "term", web.TermWords(p, t), "latest", date(p, l.Latest)),
	}
	if l.Advised != l.Latest {
		lines = append(lines, p.T("petition.deadline.advised", "date", date(p, l.Advised)))
	}
	return append(lines, reasons(p, l.Steps, l.Version)...), l.Beyond
}

func reasons(p text.Printer, steps []calendar.DayStep, version string) (lines []string) {
	for _, s := range steps {
		lines = append(lines, "  "+date(p, s.Date)+": "+web.StepWords(p, s))
	}
	return append(lines, p.T("petition.why.law"), p.T("petition.why.calendar", "version", version))
}
