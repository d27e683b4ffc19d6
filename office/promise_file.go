package office

import (
	"net/http"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
)

// promisesFilePath is the address of what was promised as a file.
const promisesFilePath = web.PromisesPath + "/xuat"

// promiseHeads are the columns of that file, by their keys. Nobody's name is in it.
var promiseHeads = []string{
	"made_in", "what", "unit", "made", "due", "state", "late", "done", "recorded", "said",
}

// exportPromises answers GET /noi-bo/viec-da-hua/xuat: all that was promised, as far as the officer sees it, as a file,
// row by row, in the order of the list's parts.
func (s *site) exportPromises(r *web.Request) error {
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	f := store.PromiseFilter{Tab: store.PromiseTabs[0]}
	rows, more, err := s.db.Promises(r.Context(), r.Actor(), f)
	if err != nil {
		return err
	}
	heads := s.heads(r, r.Reader, "promise.file.", promiseHeads)
	name := "viec-da-hua-" + r.Today().String() + ".csv"
	return r.Download("text/csv; charset=utf-8", name, func(w http.ResponseWriter) error {
		return table.WriteCSV(w, table.Under(heads, func(yield func([]string) bool) {
			for i, tab := range store.PromiseTabs {
				if i > 0 {
					f = store.PromiseFilter{Tab: tab}
					if rows, more, err = s.db.Promises(r.Context(), r.Actor(), f); err != nil {
						return
					}
				}
				for {
					for _, row := range rows {
						if !yield(promiseFileRow(r.Reader, rules.Calendar, row)) {
							return
						}
					}
					if !more {
						break
					}
					f.After = rows[len(rows)-1].ID
					if rows, more, err = s.db.Promises(r.Context(), r.Actor(), f); err != nil {
						return
					}
				}
			}
		}))
	}, &err)
}

// promiseFileRow is a row of the file.
func promiseFileRow(r *web.Reader, c calendar.Calendar, row store.PromiseRow) []string {
	standing := web.Promise{Reader: r, Promise: row.Promise, Calendar: c}
	day := func(d calendar.Date) string {
		if d.IsZero() {
			return ""
		}
		return r.Date(d)
	}
	recorded, late := "", ""
	if row.State != doithoai.PromiseOpen {
		recorded = r.Date(row.EndedAt.Date())
	}
	if standing.IsLate() {
		late = r.T("promise.file.is_late")
	}
	return []string{
		promiseNumber(r, row), row.What, row.Unit, r.Date(row.MadeAt.Date()), r.Date(row.Due), standing.Tag().Text, late,
		day(row.DoneOn), recorded, row.Said,
	}
}
