// Package documents is the staff site of the register of documents sent: what got a number and a day, the page of one
// document with the file that was signed and those to whom it went, what units and villages received, and the dossier
// of a dialogue.
package documents

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
	return web.Site{Staff: true, Routes: slices.Concat(
		[]web.Route{
			{Pattern: "GET " + web.DocumentsPath, Act: doithoai.ActSeeDocuments, Do: s.register},
			{Pattern: "GET " + bookPath, Act: doithoai.ActSeeDocuments, Do: s.book},
			{Pattern: "GET " + bookPath + asWorkbook, Act: doithoai.ActSeeDocuments, Do: s.bookFile},
			{Pattern: "GET " + onePattern, Act: doithoai.ActSeeDocuments, Do: s.document},
			{Pattern: "GET " + dossierPattern, Act: doithoai.ActSeeDocuments, Do: s.dossier},
		},
		s.signedRoutes(), s.endRoutes(), s.relayRoutes(), s.receivedRoutes(),
	)}
}
