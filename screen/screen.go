// Package screen is the public site of a dialogue while it is held: what the projector shows, and what people follow on
// their telephones. It needs no account, and on telephones no script.
//
// Both show what was released, and nothing else ([doithoai.Live]). The projector names who speaks, as the room hears
// it; it opens by the code that the secretary's console shows. What people can keep and hand on names nobody.
package screen

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// Config is what the site needs.
type Config struct {
	DB *store.DB
	// Hub draws the dialogues of DB and is told their changes.
	Hub *Hub
}

type site struct {
	db  *store.DB
	hub *Hub
}

// New makes the public site.
func New(c Config) web.Site {
	s := &site{c.DB, c.Hub}
	return web.Site{Routes: []web.Route{
		{Pattern: "GET " + web.FollowLivePath + "/{dialogue}", Do: s.phone},
		{Pattern: "POST " + web.FollowLivePath + "/{dialogue}", Do: s.act},
		{Pattern: "GET " + web.FollowLivePath + "/{dialogue}/luong", Do: s.followStream},
		{Pattern: "GET " + web.FollowLivePath + "/{dialogue}/hien-tai", Do: s.current},
		{Pattern: "GET " + web.FollowLivePath + "/{dialogue}/qr", Do: s.sheet},

		{Pattern: "GET " + web.ProjectorPath + "/{dialogue}", Do: s.projector},
		{Pattern: "POST " + web.ProjectorPath + "/{dialogue}", Do: s.pair},
		{Pattern: "GET " + web.ProjectorPath + "/{dialogue}/luong", Do: s.projectorStream},
		{Pattern: "GET " + web.ProjectorPath + "/{dialogue}/hien-tai", Do: s.projectorCurrent},
	}}
}

// dialogue finds the announced dialogue that the address names.
func (s *site) dialogue(r *web.Request) (doithoai.Dialogue, error) {
	return s.db.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("dialogue"))
}

func followPath(d doithoai.Dialogue) string { return web.FollowLivePath + "/" + url.PathEscape(d.Slug) }

func projectorPath(d doithoai.Dialogue) string {
	return web.ProjectorPath + "/" + url.PathEscape(d.Slug)
}

// followStream answers GET /truc-tiep/{dialogue}/luong.
func (s *site) followStream(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	return s.hub.watch(r, d.ID, forPeople)
}

// current answers GET /truc-tiep/{dialogue}/hien-tai: what a stream would send, for who can't have one.
func (s *site) current(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	return s.part(r, d, forPeople)
}

func (s *site) part(r *web.Request, d doithoai.Dialogue, k kind) error {
	state, err := s.hub.room(r.Authority, d.ID).state(r.Context(), view{k, r.Text.Lang()})
	if err != nil {
		return err
	}
	r.W.Header().Set("X-Robots-Tag", "noindex")
	return r.Page(http.StatusOK, templ.Raw(string(state.html)))
}
