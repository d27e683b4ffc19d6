// Package hall is the live dialogue: the console of the secretary, who takes down what is said and keys the rulings.
//
// Everything works by plain forms. Where scripts run, it is keyboard first (web/assets/ts/console.ts) and the list keeps
// itself up to date (web/assets/ts/live.ts).
package hall

import (
	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// Config is what the site needs.
type Config struct {
	DB *store.DB
	// Live is told the topics that change; its stream is one of this site's routes.
	Live *web.Live
}

type site struct {
	db   *store.DB
	live *web.Live
}

// New makes the site. It is for signed-in officers only.
func New(c Config) web.Site {
	s := &site{db: c.DB, live: c.Live}
	return web.Site{Staff: true, Routes: []web.Route{
		{Pattern: "GET " + web.LivePath, Act: doithoai.ActRecordOpinion, Do: s.live.Stream(s.mayListen)},
	}}
}
