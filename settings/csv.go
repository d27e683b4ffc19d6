package settings

import (
	"iter"
	"log/slog"
	"net/http"

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

// sendTable answers with rows under headings as a file for a spreadsheet, each row as it comes. After an error, which
// it reads when the rows end, the connection is cut: who downloads half a table must not take it for the whole.
func sendTable(r *web.Request, name string, headings []string, rows iter.Seq[[]string], err *error) error {
	r.Private()
	h := r.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	headings = marked(r, [][]string{headings})[0]
	wrote := table.WriteCSV(r.W, func(yield func([]string) bool) {
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
	})
	if *err != nil && wrote == nil { // a reader who went away is nobody's error
		r.Host.Log.Error("table is not whole", slog.String("table", name), slog.Any("error", *err))
		panic(http.ErrAbortHandler)
	}
	return nil
}
