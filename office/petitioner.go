package office

import (
	"net/http"

	"doithoai"
	"doithoai/web"
)

// viewForm asks for who raised the opinion.
type viewForm struct {
	Reason string `form:"ly-do-xem" line:"true"`
}

// viewPetitioner shows who raised the opinion, on the answer to this very request only. The view is on record before
// anything is shown.
func (s *site) viewPetitioner(r *web.Request) error {
	var f viewForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	who, err := s.db.ViewPetitioner(r.Context(), r.Actor(), id, f.Reason)
	if err != nil {
		return s.giveBack(r, id, forms{View: f, typed: doithoai.ActViewPetitioner}, err)
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	if p.Who, p.WhoPlace, err = s.placed(r, who); err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// placed is who raised it, with the name of the village or the address where they live.
func (s *site) placed(r *web.Request, who doithoai.Petitioner) (*doithoai.Petitioner, string, error) {
	if who.VillageID == "" {
		return &who, who.Address, nil
	}
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return nil, "", err
	}
	place := who.Address
	for _, v := range o.Villages { // theirs may be over by now
		if v.ID == who.VillageID {
			place = v.Name
		}
	}
	return &who, place, nil
}

// whoRows are the name and the place of who raised it; standing and contacts only where there are any to show.
func (p opinionPage) whoRows() []keptText {
	who := p.Who
	name := who.Name
	if name == "" {
		name = p.T("slip.unnamed")
	}
	rows := []keptText{{"opinion.who.name", name}}
	switch who.Standing {
	case doithoai.StandingOrganisation:
		rows = append(rows, keptText{"opinion.who.organisation", who.Organisation})
	case doithoai.StandingGroup:
		rows = append(rows, keptText{"opinion.who.households", p.Text.Number(who.Households)})
	}
	rows = append(rows, keptText{"opinion.who.place", p.WhoPlace})
	for _, c := range []keptText{
		{"opinion.who.phone", p.Text.Phone(who.Phone)},
		{"opinion.who.email", who.Email},
		{"opinion.who.post_address", who.PostAddress},
	} {
		if c.Text != "" {
			rows = append(rows, c)
		}
	}
	return rows
}
