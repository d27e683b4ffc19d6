// Package office is the staff site of the daily work: the desk of each role, the register, the page of one opinion with
// every act of its life, and slips typed for somebody.
//
// A page shows a form only where the officer may act and the opinion's state asks for it; the store decides again when
// the form comes. What was typed never gets lost: drafts save themselves, and a form that is refused comes back as it
// was.
package office

import (
	"doithoai/doc"
	"doithoai/store"
	"doithoai/web"
)

// Config is what the site needs. DB must be set.
type Config struct {
	DB *store.DB
}

type site struct {
	db    *store.DB
	press *doc.Press
}

// New returns the staff site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB, press: doc.NewPress(pressed)}
	return web.Site{Staff: true, Routes: s.routes()}
}
