// Package table reads the tables that offices keep in spreadsheets and writes them again: CSV and XLSX. What a file is,
// its bytes say, never its name. A file that can't be read rightly is refused whole, with a word on how to save it so
// that it can; nothing is guessed.
package table

import (
	"bytes"
	"strconv"

	"github.com/xuri/excelize/v2"

	"doithoai"
	"doithoai/text"
)

// Bounds of what is read. They leave room for the longest lists of a commune many times over, and bound the memory that
// a file can take.
const (
	MaxFile    = 16 << 20 // bytes
	MaxRows    = 100_000
	MaxColumns = 64
	MaxCell    = 4_000 // characters
)

// FileField is the form's field that problems of a whole file stand at.
const FileField = "tep"

// Table is what a file holds: the row of its headings and the rows below that hold anything. Cells are in NFC, of one
// line, without characters that nobody sees.
type Table struct {
	Header Row
	Rows   []Row
	Notes  []doithoai.Problem // what was read in a way that people should know of
}

// Row is one row under the number that a spreadsheet program shows beside it.
type Row struct {
	Number int
	Cells  []string
}

// Cell is the n-th cell, from 0; "" where the row ends before it.
func (r Row) Cell(n int) string {
	if n < 0 || n >= len(r.Cells) {
		return ""
	}
	return r.Cells[n]
}

// Read reads a file of at most [MaxFile] bytes. It refuses with Invalid and one problem at [FileField], in this order:
// an empty or too large file; what is neither CSV nor XLSX; text that is not UTF-8 (UTF-16, TCVN3, Windows-1258, each
// by its name); a workbook with macros, or one that would unpack to too much; too many rows or columns, too long a
// cell; a cell whose letters were damaged or typed with an old font ([text.Damaged]).
func Read(b []byte) (Table, error) {
	if len(b) > MaxFile {
		return Table{}, refuse("list.table.problem.too_large", "size", MaxFile>>20)
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return Table{}, refuse("list.table.problem.empty")
	}
	for _, f := range forms {
		if f.is(b) {
			r := reader{}
			if err := f.read(&r, b); err != nil {
				return Table{}, err
			}
			return r.done()
		}
	}
	return Table{}, refuse("list.table.problem.unknown")
}

// forms are the kinds of file, by their first bytes, and how each is read or refused.
var forms = []struct {
	is   func([]byte) bool
	read func(*reader, []byte) error
}{
	{begins("PK\x03\x04"), (*reader).workbook},
	// .xls, and .xlsx under a password
	{begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), refused("list.table.problem.old_workbook")},
	{begins("%PDF"), refused("list.table.problem.unknown")},
	{isUTF16, refused("list.table.problem.utf16")},
	{begins("\xEF\xBB\xBF"), (*reader).text},
	{isText, (*reader).text},
}

func begins(magic string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }
}

func refused(key string) func(*reader, []byte) error {
	return func(*reader, []byte) error { return refuse(key) }
}

// refuse is the refusal of a whole file.
func refuse(key string, args ...any) error {
	return doithoai.RefuseForm([]doithoai.Problem{{Field: FileField, Key: key, Args: args}})
}

// reader collects rows as they come and holds them to the bounds.
type reader struct {
	table Table
	begun bool
}

// add takes one row as the file has it. Rows without anything in them are passed over; the first of the others has the
// headings.
func (r *reader) add(number int, cells []string) error {
	if len(cells) > MaxColumns {
		for _, c := range cells[MaxColumns:] {
			if c != "" {
				return refuse("list.table.problem.columns", "max", MaxColumns, "row", number)
			}
		}
		cells = cells[:MaxColumns]
	}
	row := Row{Number: number, Cells: make([]string, len(cells))}
	last := 0
	for i, c := range cells {
		c = text.CleanLine(c)
		if len([]rune(c)) > MaxCell {
			return refuse("list.table.problem.cell", "max", MaxCell, "row", number)
		}
		if damage := text.Damaged(c); damage != "" {
			return refuse("list.table.problem.damage."+string(damage), "row", number, "column", r.column(i), "value",
				text.Cut(c, 40))
		}
		if row.Cells[i] = c; c != "" {
			last = i + 1
		}
	}
	if row.Cells = row.Cells[:last]; last == 0 {
		return nil
	}
	if !r.begun {
		r.table.Header, r.begun = row, true
		return nil
	}
	if len(r.table.Rows) == MaxRows {
		return refuse("list.table.problem.rows", "max", MaxRows)
	}
	r.table.Rows = append(r.table.Rows, row)
	return nil
}

// column is what people call the n-th column, from 0: its heading, else its letters.
func (r *reader) column(n int) string {
	if heading := r.table.Header.Cell(n); heading != "" {
		return heading
	}
	name, err := excelize.ColumnNumberToName(n + 1)
	if err != nil {
		return strconv.Itoa(n + 1)
	}
	return name
}

// note keeps a remark on the file, each once.
func (r *reader) note(key string, args ...any) {
	r.table.Notes = append(r.table.Notes, doithoai.Problem{Field: FileField, Key: key, Args: args})
}

func (r *reader) done() (Table, error) {
	if !r.begun {
		return Table{}, refuse("list.table.problem.empty")
	}
	return r.table, nil
}
