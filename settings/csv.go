package settings

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"doithoai/table"
	"doithoai/web"
)

// marked says of a file of the demo that nothing in it is real.
func marked(r *web.Request, rows [][]string) [][]string {
	if !r.Authority.Demo {
		return rows
	}
	return table.Mark(r.Text, rows)
}

// writeTable answers with a table as a file for a spreadsheet: UTF-8 with its mark, which Excel needs to read Vietnamese,
// and no cell that a spreadsheet would run as a formula.
func writeTable(r *web.Request, name string, rows [][]string) error {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range marked(r, rows) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = plainCell(cell)
		}
		if err := w.Write(safe); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	if w.Flush(); w.Error() != nil {
		return fmt.Errorf("table %s: %w", name, w.Error())
	}
	r.Private()
	h := r.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	_, _ = r.W.Write(b.Bytes()) // a reader who went away is nobody's error
	return nil
}

// plainCell keeps a spreadsheet from taking a text for a formula (CWE-1236): what begins as one gets an apostrophe, which
// spreadsheets take for "this is text".
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
