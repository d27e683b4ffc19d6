package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\xEF\xBB\xBF"

// text reads CSV in UTF-8. Cells are parted by semicolon, tab or comma, as the line of the headings shows; a first line
// "sep=;" names the separator, as spreadsheet programs write.
func (r *reader) text(b []byte) error {
	b = bytes.TrimPrefix(b, []byte(byteOrderMark))
	if !utf8.Valid(b) {
		if line := mixed(b); line > 0 {
			return refuse("list.table.problem.mixed", "row", line)
		}
		return refuse(encodingOf(b))
	}
	before := 0 // lines that encoding/csv does not see
	comma := rune(0)
	if line, rest, _ := bytes.Cut(b, []byte("\n")); len(bytes.TrimRight(line, "\r")) == 5 &&
		bytes.HasPrefix(line, []byte("sep=")) {
		comma, b, before = rune(line[4]), rest, 1
	}
	if !strings.ContainsRune(separators, comma) {
		comma = separator(b)
	}
	c := csv.NewReader(bytes.NewReader(b))
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = comma, -1, true
	for {
		cells, err := c.Read()
		var wrong *csv.ParseError
		switch {
		case err == io.EOF: //nolint:errorlint // as encoding/csv documents it
			return nil
		case errors.As(err, &wrong):
			return refuse("list.table.problem.quotes", "row", before+wrong.Line)
		case err != nil:
			return err
		}
		line, _ := c.FieldPos(0)
		for i := range cells {
			cells[i] = unguarded(cells[i])
		}
		if err := r.add(before+line, cells); err != nil {
			return err
		}
	}
}

// separators part cells: the first that the headings hold, outside quotation marks, is the file's.
const separators = ";\t,"

// separator returns what parts the cells in the first line that holds anything, the first of [separators] where
// nothing does.
func separator(b []byte) rune {
	found := map[rune]bool{}
	quoted := false
	for _, c := range strings.TrimLeft(string(b[:min(len(b), MaxCell*MaxColumns)]), "\r\n") {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		found[c] = found[c] || !quoted
	}
	for _, c := range separators {
		if found[c] {
			return c
		}
	}
	return rune(separators[0])
}

// WriteCSV writes rows, each as it comes, as CSV that Vietnamese spreadsheet programs open rightly: UTF-8 with a
// byte-order mark, semicolons, and no cell that would be run as a formula. It ends early where w takes no more.
func WriteCSV(w io.Writer, rows iter.Seq[[]string]) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = rune(separators[0]), true
	for row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = guarded(cell)
		}
		if err := c.Write(safe); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// formulaSigns begin what a spreadsheet program takes for a formula (CWE-1236), white space that it skips among them.
const formulaSigns = "=+-@\t\r"

// guarded sets an apostrophe before what would be run as a formula when the file is opened; unguarded takes it away.
func guarded(s string) string {
	if wouldRun(s) {
		return "'" + s
	}
	return s
}

func unguarded(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && wouldRun(rest) {
		return rest
	}
	return s
}

// wouldRun reports whether s begins a formula, after any apostrophes of its own.
func wouldRun(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte(formulaSigns, s[0]) >= 0
}

// Under are rows below their headings, each as long as those at least.
func Under(headings []string, rows iter.Seq[[]string]) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if !yield(headings) {
			return
		}
		for row := range rows {
			for len(row) < len(headings) {
				row = append(row, "")
			}
			if !yield(row) {
				return
			}
		}
	}
}
