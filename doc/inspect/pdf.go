package inspect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Tools are the programs that [PDF] and [Office] run.
var Tools = []string{"pdffonts", "pdfinfo", "pdftotext", "pdftoppm", "qpdf", "zbarimg", "soffice"}

// Missing are the tools that this machine doesn't have.
func Missing() (list []string) {
	for _, t := range Tools {
		if _, err := exec.LookPath(t); err != nil {
			list = append(list, t)
		}
	}
	return list
}

// run runs a tool and returns what it wrote.
func run(ctx context.Context, name string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// PDF looks at a PDF file with the tools of this machine: it is whole, its letters are in it and can be copied, pages
// are A4, no word stands in a margin, each phrase stands in its text, and each code of codes can be read from a page
// printed at 150 dots an inch.
func PDF(ctx context.Context, file string, codes []string, phrases ...string) (list []Finding, err error) {
	add := func(format string, args ...any) { list = append(list, Finding(fmt.Sprintf(format, args...))) }
	if out, err := run(ctx, "qpdf", "--check", file); err != nil {
		add("not whole: %s", out)
	}
	out, err := run(ctx, "pdffonts", file)
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(strings.TrimSpace(out), "\n")[2:] {
		// name, type, encoding, emb, sub, uni, object, generation: the type has a space in it
		if f := strings.Fields(line); len(f) < 6 || f[len(f)-5] != "yes" || f[len(f)-3] != "yes" {
			add("a font isn't embedded with its Unicode: %s", line)
		}
	}
	text, err := run(ctx, "pdftotext", "-enc", "UTF-8", file, "-")
	if err != nil {
		return nil, err
	}
	list = append(list, words(text, phrases)...)
	boxes, err := run(ctx, "pdftotext", "-enc", "UTF-8", "-bbox", file, "-")
	if err != nil {
		return nil, err
	}
	list = append(list, outside(boxes)...)
	if len(codes) > 0 {
		read, err := scan(ctx, file)
		if err != nil {
			return nil, err
		}
		for _, c := range codes {
			if !strings.Contains(read, "QR-Code:"+c+"\n") {
				add("the QR of %q can't be read", c)
			}
		}
	}
	return list, nil
}

// outside finds words in the margins, from what pdftotext -bbox writes.
func outside(boxes string) (list []Finding) {
	const perMM = 72 / 25.4
	root, err := parse(strings.NewReader(strings.ReplaceAll(boxes, "&nbsp;", " ")))
	if err != nil {
		return []Finding{Finding("places of words: " + err.Error())}
	}
	n := 0
	for page := range root.all("page") {
		n++
		w, h := number(page, "width")/perMM, number(page, "height")/perMM
		if short, long := min(w, h), max(w, h); short < 209.5 || short > 210.5 || long < 296.5 || long > 297.5 {
			list = append(list, Finding(fmt.Sprintf("page %d is %.0f × %.0f mm, not A4", n, w, h)))
		}
		for word := range page.all("word") {
			left, right := number(word, "xMin")/perMM, w-number(word, "xMax")/perMM
			top, bottom := number(word, "yMin")/perMM, h-number(word, "yMax")/perMM
			// The number of the page is the only word in the top margin.
			if left < margins["left"][0]-0.5 || right < margins["right"][0]-0.5 || bottom < margins["bottom"][0]-1 ||
				top < margins["top"][0]-1 && word.text != strconv.Itoa(n) && len(word.text) > 3 {
				list = append(list, Finding(fmt.Sprintf("page %d: %q stands in a margin (%.0f, %.0f, %.0f, %.0f mm)",
					n, word.text, top, right, bottom, left)))
			}
		}
	}
	return list
}

func number(p *part, attribute string) float64 {
	f, err := strconv.ParseFloat(p.attrs[attribute], 64)
	if err != nil {
		return -1
	}
	return f
}

// scan reads the codes of all pages.
func scan(ctx context.Context, file string) (string, error) {
	dir, err := os.MkdirTemp("", "pages")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of the system's
	if _, err := run(ctx, "pdftoppm", "-r", "150", "-gray", file, filepath.Join(dir, "page")); err != nil {
		return "", err
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.pgm"))
	if err != nil {
		return "", err
	}
	// zbarimg ends with 4 where it finds none.
	args := append([]string{"-q", "-Sdisable", "-Sqrcode.enable"}, pages...)
	out, err := exec.CommandContext(ctx, "zbarimg", args...).Output()
	if exit := (*exec.ExitError)(nil); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 4) {
		return "", fmt.Errorf("zbarimg: %w", err)
	}
	return string(out), nil
}

// Structure is the tree of a tagged PDF file as pdfinfo tells it to people, one part a line, words in quotes.
func Structure(ctx context.Context, file string) (string, error) {
	return run(ctx, "pdfinfo", "-struct-text", file)
}

// Pages is how many pages a PDF file has.
func Pages(ctx context.Context, file string) (int, error) {
	out, err := run(ctx, "pdfinfo", file)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(out) {
		if rest, found := strings.CutPrefix(line, "Pages:"); found {
			return strconv.Atoi(strings.TrimSpace(rest))
		}
	}
	return 0, fmt.Errorf("pdfinfo says no pages of %s", file)
}

// Office has LibreOffice write Word files as another kind into a folder, all in one run: it takes seconds to start.
func Office(ctx context.Context, kind, into string, files ...string) error {
	profile, err := os.MkdirTemp("", "office")
	if err != nil {
		return err
	}
	defer os.RemoveAll(profile) //nolint:errcheck // a folder of the system's
	_, err = run(ctx, "soffice", append([]string{"-env:UserInstallation=file://" + profile, "--headless",
		"--convert-to", kind, "--outdir", into}, files...)...)
	return err
}

// Substituted are the fonts of a PDF that LibreOffice took for want of the one that is named: Liberation Serif has the
// widths of Times New Roman, all others have not.
func Substituted(ctx context.Context, file string) (list []Finding, err error) {
	out, err := run(ctx, "pdffonts", file)
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(strings.TrimSpace(out), "\n")[2:] {
		if !strings.Contains(line, "LiberationSerif") {
			list = append(list, Finding("another font: "+line))
		}
	}
	return list, nil
}
