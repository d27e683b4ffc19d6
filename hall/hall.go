// Package hall is the live dialogue: the console of the secretary, who takes down what is said and keys the rulings.
//
// Everything works by plain forms. Where scripts run, it is keyboard first (web/assets/ts/console.ts) and the list
// keeps itself up to date (web/assets/ts/live.ts).
package hall

import (
	"net/url"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// Config is what the site needs.
type Config struct {
	DB *store.DB
	// Live is told the topics that change; its stream is one of this site's routes.
	Live *web.Live
	// Rehearsals begin and end rehearsals; nil where the program has no place for them.
	Rehearsals *Rehearsals
	// Rehearsal is the rehearsal whose site this is; nil for what is real.
	Rehearsal *Rehearsal
}

type site struct {
	db         *store.DB
	live       *web.Live
	rehearsals *Rehearsals
	rehearsal  *Rehearsal
}

// New makes the site. It is for signed-in officers only; {dialogue} is a slug or an id.
func New(c Config) web.Site {
	s := &site{db: c.DB, live: c.Live, rehearsals: c.Rehearsals, rehearsal: c.Rehearsal}
	return s.rehearsing(web.Site{Staff: true, Routes: slices.Concat(
		s.receptionRoutes(), s.queueRoutes(), s.chairRoutes(), s.laterRoutes(), s.noteRoutes(), s.promiseRoutes(),
		s.sheetRoutes(), s.screenRoutes(), s.closeRoutes(), []web.Route{
			{Pattern: "GET /hoi-truong/{dialogue}", Act: doithoai.ActRecordOpinion, Do: s.console},
			{Pattern: "POST /hoi-truong/{dialogue}", Act: doithoai.ActRecordOpinion, Do: s.record},
			{Pattern: "GET /hoi-truong/{dialogue}/danh-sach", Act: doithoai.ActRecordOpinion, Do: s.opinions},
			{Pattern: "GET /hoi-truong/{dialogue}/bien-nhan/{number}", Act: doithoai.ActRecordOpinion, Do: s.receipt},
			{Pattern: "GET /hoi-truong/{dialogue}/y-kien/{number}", Act: doithoai.ActRecordOpinion, Do: s.opinion},
			{Pattern: "POST /hoi-truong/{dialogue}/y-kien/{number}", Act: doithoai.ActRecordOpinion, Do: s.rule},
			{Pattern: "POST /hoi-truong/{dialogue}/y-kien/{number}/ho-ten", Act: doithoai.ActNamePetitioner, Do: s.name},
			{Pattern: "GET " + web.LivePath, Act: doithoai.ActSeeQueue, Do: s.live.Stream(s.mayListen)},
		})})
}

// pathOf is the address of a dialogue's console.
func pathOf(d doithoai.Dialogue) string { return "/hoi-truong/" + url.PathEscape(d.Slug) }

// pathOfOpinion is the address under which an opinion opens in the console.
func pathOfOpinion(d doithoai.Dialogue, n doithoai.RegisterNumber) string {
	return pathOf(d) + "/y-kien/" + url.PathEscape(string(n))
}

// pathOfReceipt is where the receipt of an opinion is printed.
func pathOfReceipt(d doithoai.Dialogue, n doithoai.RegisterNumber) string {
	return pathOf(d) + "/bien-nhan/" + url.PathEscape(string(n))
}

// dialogue finds the dialogue that the address names.
func (s *site) dialogue(r *web.Request) (doithoai.Dialogue, error) {
	name := r.PathValue("dialogue")
	d, err := s.db.DialogueBySlug(r.Context(), r.Authority.ID, name)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return s.db.DialogueByID(r.Context(), r.Authority.ID, doithoai.ID(name))
	}
	return d, err
}
