package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Documents measures official documents as they are made when somebody asks for one: composed, and written as a page, a
// Word file, a PDF, a workbook. Beside them stands LibreOffice, which makes a PDF of the same Word file: what an office
// does by hand.
type Documents struct {
	Rounds
	Rulings int    `default:"1000" help:"How many rulings the notice of a conclusion has, and opinions the register."`
	Office  string `default:"soffice" placeholder:"COMMAND" help:"LibreOffice, to be measured beside."`
}

// Document is one that is measured. What it can't be written as is nil.
type Document struct {
	Name                      string
	Page, Word, PDF, Workbook func(io.Writer) error
}

// Budgets of the largest document: a page, a Word file and a PDF in ms, and how often a PDF is made here while
// LibreOffice makes one.
const (
	pageTime   = 50
	wordTime   = 30
	pdfTime    = 150
	officeRate = 50
)

// Run measures and prints.
func (cmd Documents) Run(ctx context.Context, p Program) (err error) {
	if err := cmd.check(); err != nil {
		return err
	}
	if cmd.Rulings < 1 {
		return errors.New("rulings must be positive")
	}
	words := newWriter(1)
	matters := make([]string, cmd.Rulings)
	for i := range matters {
		f := words.field()
		matters[i] = words.one(f.matters) + ", " + words.one(f.troubles)
	}
	list, err := p.Documents(matters)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench-documents-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := documentBench{dir: dir}
	if b.office, err = exec.LookPath(cmd.Office); err != nil {
		b.office = "" // said in the report
	}
	if err := b.prepare(ctx, list); err != nil {
		return err
	}
	if err := cmd.measure(ctx, b.turns()); err != nil {
		return err
	}
	return b.report(cmd, p)
}

type documentBench struct {
	dir    string
	office string // "": it isn't there
	papers []*measuredDocument
}

// measuredDocument is a document with what was measured of it; nil what it has not.
type measuredDocument struct {
	Document
	page, word, pdf, workbook, office *series
	file                              string // its Word file
}

// prepare writes each document once, and lets LibreOffice make its profile: the first start takes longer.
func (b *documentBench) prepare(ctx context.Context, list []Document) error {
	for i, d := range list {
		m := &measuredDocument{Document: d}
		for _, kind := range []struct {
			write func(io.Writer) error
			s     **series
			name  string
		}{
			{d.Page, &m.page, "page"}, {d.Word, &m.word, "DOCX"}, {d.PDF, &m.pdf, "PDF"}, {d.Workbook, &m.workbook, "XLSX"},
		} {
			if kind.write == nil {
				continue
			}
			var file bytes.Buffer
			if err := kind.write(&file); err != nil {
				return fmt.Errorf("%s as %s: %w", d.Name, kind.name, err)
			}
			*kind.s = &series{name: d.Name + ", " + kind.name, bytes: file.Len()}
			if kind.s == &m.word {
				m.file = filepath.Join(b.dir, fmt.Sprintf("%d.docx", i+1))
				if err := os.WriteFile(m.file, file.Bytes(), 0o600); err != nil {
					return err
				}
			}
		}
		b.papers = append(b.papers, m)
		if b.office == "" || m.file == "" {
			continue
		}
		if len(b.papers) == 1 {
			if err := b.convert(ctx, m.file); err != nil {
				return err
			}
		}
		m.office = &series{name: d.Name + ", LibreOffice from DOCX to PDF"}
	}
	return nil
}

// convert lets LibreOffice make a PDF of a Word file, in a profile of its own.
func (b *documentBench) convert(ctx context.Context, file string) error {
	out := strings.TrimSuffix(file, ".docx") + ".pdf"
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	said, err := exec.CommandContext( //nolint:gosec // the command that who measures named
		ctx, b.office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(b.dir, "profile")), "--headless",
		"--convert-to", "pdf", "--outdir", b.dir, file,
	).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", b.office, err, bytes.TrimSpace(said))
	}
	if _, err := os.Stat(out); err != nil {
		return fmt.Errorf("%s made no PDF: %s", b.office, bytes.TrimSpace(said))
	}
	return nil
}

// turns are the measurements of a round, each document beside what LibreOffice does with it.
func (b *documentBench) turns() (list []turn) {
	for _, m := range b.papers {
		for _, kind := range []struct {
			s     *series
			write func(io.Writer) error
		}{{m.page, m.Page}, {m.word, m.Word}, {m.pdf, m.PDF}, {m.workbook, m.Workbook}} {
			if kind.s != nil {
				list = append(list, turn{kind.s, 1, func(context.Context) error { return kind.write(io.Discard) }})
			}
		}
		if m.office != nil {
			list = append(list, turn{m.office, 1, func(ctx context.Context) error { return b.convert(ctx, m.file) }})
		}
	}
	return list
}

func (b *documentBench) report(cmd Documents, p Program) error {
	var out report
	out.line(
		"doithoai %s bench documents: %d rulings, %d rounds of %s in turns, one at a time\n",
		p.Version, cmd.Rulings, cmd.Rounds.Rounds, cmd.Time.Round(time.Millisecond),
	)
	out.line("%-58s %10s %10s %10s %10s", "how long one takes", "min", "median", "max", "size")
	for _, m := range b.papers {
		for _, s := range []*series{m.page, m.word, m.pdf, m.workbook, m.office} {
			if s == nil {
				continue
			}
			v, size := sorted(s.quantiles(0.5)), "–"
			if s.bytes > 0 {
				size = fmt.Sprintf("%d KB", (s.bytes+999)/1000)
			}
			out.line("%-58s %7.1f ms %7.1f ms %7.1f ms %10s", s.name, v[0], median(v), v[len(v)-1], size)
		}
	}
	if b.office == "" {
		out.line("\nLibreOffice: NOT MEASURED, there is no %s here (make deps)", cmd.Office)
	}
	largest := b.papers[0]
	list := []budget{
		{what: largest.page.name, figures: largest.page.quantiles(0.5), most: pageTime, unit: " ms"},
		{what: largest.word.name, figures: largest.word.quantiles(0.5), most: wordTime, unit: " ms"},
		{what: largest.pdf.name, figures: largest.pdf.quantiles(0.5), most: pdfTime, unit: " ms"},
	}
	for _, m := range b.papers {
		if m.office != nil {
			list = append(list, budget{
				what:    m.Name + ", LibreOffice / our PDF",
				figures: ratios(m.office.quantiles(0.5), m.pdf.quantiles(0.5)), least: officeRate, unit: " ×",
			})
		}
	}
	out.budgets(list...)
	return out.print(p)
}
