// Package office is the staff site: the desk of each role, the register, the page of one opinion with every act of its
// life, slips typed for somebody, and the officer's own sign-ins.
//
// A page shows a form only where the officer may act and the opinion's state asks for it; the store decides again when the
// form comes. What was typed never gets lost: drafts save themselves, and a form that is refused comes back as it was.
package office

import (
	"doithoai"
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

// New gives the staff site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB}
	return web.Site{Staff: true, Routes: []web.Route{
		{Pattern: "GET " + web.SignInPath, Open: true, Do: s.signIn},
		{Pattern: "POST " + web.SignInPath, Open: true, Do: s.openSignIn},
		{Pattern: "POST /noi-bo/dang-xuat", Act: doithoai.ActSeeDesk, Do: s.signOut},
		{Pattern: "GET /noi-bo/dang-nhap-dang-mo", Act: doithoai.ActSeeDesk, Do: s.signIns},
		{Pattern: "POST /noi-bo/dang-nhap-dang-mo/{id}/dong", Act: doithoai.ActSeeDesk, Do: s.revokeSignIn},
	}}
}
