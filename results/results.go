// Package results is the staff site of what came of dialogues: the report of the result to the superior, and the
// figures of a quarter or a year. Each figure opens the rows that it counts.
package results

import (
	"slices"

	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
)

// Config is what the site needs. All fields must be set.
type Config struct {
	DB *store.DB
	// Sign signs the file of a report for a superior elsewhere; Key is the public key of that.
	Sign func(file []byte) ([]byte, error)
	Key  func() string
}

type site struct {
	db   *store.DB
	sign func([]byte) ([]byte, error)
	key  func() string
}

// marked are rows under their headings; of a demo they say that nothing in them is real.
func marked(r *web.Reader, rows ...[]string) [][]string {
	if !r.Authority.Demo {
		return rows
	}
	return table.Mark(r.Text, rows)
}

// New returns the site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB, sign: c.Sign, key: c.Key}
	return web.Site{Staff: true, Routes: slices.Concat(s.reportRoutes(), s.figureRoutes(), s.periodicRoutes())}
}
