// Package settings is the staff site of what the authority works by: organisation, posts, accounts and the own one,
// sign-in and its second step, parameters, legal bases, calendar, lists, and the audit of who did what.
package settings

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

// New returns the site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB}
	return web.Site{Staff: true, Routes: s.routes()}
}
