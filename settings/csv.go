package settings

import (
	"iter"
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
	headings = marked(r, [][]string{headings})[0]
	return r.Download("text/csv; charset=utf-8", name+".csv", func(w http.ResponseWriter) error {
		return table.WriteCSV(w, table.Under(headings, rows))
	}, err)
}
