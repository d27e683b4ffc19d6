// Package results is the staff site of what came of dialogues: the report of the result to the superior, and the
// figures in it, each of which opens the rows that it counts.
package results

import (
	"slices"

	"doithoai/store"
	"doithoai/web"
)

// Config is what the site needs. DB must be set.
type Config struct {
	DB *store.DB
}

type site struct {
	db *store.DB
}

// New returns the site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB}
	return web.Site{Staff: true, Routes: slices.Concat(s.reportRoutes(), s.figureRoutes())}
}
