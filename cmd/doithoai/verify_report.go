package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"

	docform "doithoai/doc/form"
	"doithoai/report"
	"doithoai/text"
)

// verifyReportCommand counts the figures of a result report again, from the file that came with it: no network, no
// database.
//
// Exit codes: 0 every figure is what its rows count; 2 one is not, or the file is no report; 1 it could not be read.
type verifyReportCommand struct {
	File string `arg:"" help:"The file of figures, as it came with the report."`
	Key  string `placeholder:"KEY" help:"Public key of the commune, one line: the file's signature is checked with it."`
	Lang string `enum:"vi,en" default:"vi" env:"DOITHOAI_LANG" help:"Language of the findings: vi or en."`
}

func (cmd verifyReportCommand) Run(_ context.Context, c console) error {
	b, err := readBounded(cmd.File, report.MaxFile)
	if err != nil {
		return err
	}
	p := text.For(cmd.Lang)
	r, diffs, err := report.Read(text.JSONFromFile(b))
	if err != nil {
		if err := c.printf("%s\n%v\n", p.T("report.verify.malformed"), err); err != nil {
			return err
		}
		return exit(exitWrong)
	}
	faults := r.Faults()
	signature, err := cmd.signature(b)
	if err != nil {
		return err
	}
	outcome := "proven"
	if len(diffs)+len(faults) > 0 || signature != "" && signature != "signed" {
		outcome = "wrong"
	}
	if err := c.printf("%s\n%s\n%s\n", p.T("report.verify."+outcome),
		p.T("report.verify.of", "authority", r.Authority, "title", r.Dialogue.Title, "date",
			p.Date(r.Dialogue.Began.Date().Time())),
		p.T("report.verify.hash", "hash", fmt.Sprintf("%x", sha256.Sum256(report.Bare(b))))); err != nil {
		return err
	}
	if signature != "" {
		if err := c.printf("%s\n", p.T("report.verify."+signature)); err != nil {
			return err
		}
	}
	for _, d := range diffs {
		figure := docform.FigureName(p, report.Figure{Key: d.Key})
		if err := c.printf("  ✗ %s\n", p.T("report.verify.differs", "figure", figure, "says", p.Number(d.Says), "counted",
			p.Number(d.Counted))); err != nil {
			return err
		}
	}
	for _, f := range faults {
		if err := c.printf("  ✗ %s\n", p.T("report.fault."+f.Key, f.Args...)); err != nil {
			return err
		}
	}
	for _, g := range r.Book.Groups() {
		for _, f := range g.Figures {
			if f.Count == 0 {
				continue
			}
			if err := c.printf("  %6s  %s: %s\n", p.Number(f.Count), p.T("report.group."+g.Key),
				docform.FigureName(p, f)); err != nil {
				return err
			}
		}
	}
	if outcome == "wrong" {
		return exit(exitWrong)
	}
	return nil
}

// signature says in a word whether the file's signature holds: "" where no key is given, "signed" where it does.
func (cmd verifyReportCommand) signature(file []byte) (string, error) {
	if cmd.Key == "" {
		return "", nil
	}
	switch err := report.CheckSignature(file, cmd.Key); {
	case errors.Is(err, report.ErrUnsigned):
		return "unsigned", nil
	case errors.Is(err, report.ErrOtherKey):
		return "other_key", nil
	case errors.Is(err, report.ErrAltered):
		return "altered", nil
	case err != nil:
		return "", fmt.Errorf("--key: %w", err)
	}
	return "signed", nil
}

// readBounded reads a file of at most so many bytes.
func readBounded(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	if info.Size() > most {
		return nil, fmt.Errorf("%s: more than %d bytes", name, most)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	return b, nil
}
