// Package planning is the staff site of what comes before a dialogue and around it: the year's plan and its tasks, the
// workspace of each dialogue, announcement, invitations, costs, logistics, bulletins, villages, paper slips, and what
// units prepare.
//
// A page shows a form only where the officer may act and the state asks for it; the store decides again when the form
// comes.
package planning

import (
	"slices"

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

// New returns the site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB}
	return web.Site{Staff: true, Routes: s.routes()}
}

// routes are all pages and acts of the site, each with the permission that opens it. The routes of an area stand in the
// file of its pages.
func (s *site) routes() []web.Route {
	return slices.Concat(
		[]web.Route{
			{Pattern: "GET " + web.DialoguesPath, Act: doithoai.ActSeeDialogues, Do: s.dialogues},
			{Pattern: "GET " + web.DialoguesPath + "/{id}", Act: doithoai.ActSeeDialogues, Do: s.workspace},
		},
		s.dialogueRoutes(),
		s.planRoutes(),
		s.peopleRoutes(),
		s.stockRoutes(),
		s.questionRoutes(),
		s.figuresRoutes(),
		s.taskRoutes(),
		s.incomingRoutes(),
		s.directiveRoutes(),
		s.estimateRoutes(),
		s.logisticsRoutes(),
		s.bulletinRoutes(),
		s.relayRoutes(),
		s.evidenceRoutes(),
		s.noticeRoutes(),
		s.surveyRoutes(),
	)
}
