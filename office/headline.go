package office

import (
	"doithoai"
	"doithoai/web"
)

// headlineForm is what lists are to call the opinion; empty: what is proposed.
type headlineForm struct {
	Version  int    `form:"phien-ban"`
	Headline string `form:"ten-goi" line:"true"`
}

// naming reports whether the form of the headline is shown apart from that of the ruling.
func (p opinionPage) naming() bool { return p.can(doithoai.ActSetHeadline) && !p.ruling() }

func (s *site) setHeadline(r *web.Request, id doithoai.ID, f headlineForm) error {
	return s.db.SetHeadline(r.Context(), r.Actor(), id, f.Version, f.Headline)
}
