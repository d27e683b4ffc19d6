// Package office is the staff site of the daily work: the desk of each role, the register, the page of one opinion with
// every act of its life, and slips typed for somebody.
//
// A page shows a form only where the officer may act and the opinion's state asks for it; the store decides again when
// the form comes. What was typed never gets lost: drafts save themselves, and a form that is refused comes back as it
// was.
package office

import (
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

// New returns the staff site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB}
	return web.Site{Staff: true, Routes: s.routes()}
}
