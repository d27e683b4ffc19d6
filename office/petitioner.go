package office

import (
	"doithoai"
	"doithoai/web"
)

// viewForm asks for who raised the opinion.
type viewForm struct {
	Reason string `form:"ly-do-xem" line:"true"`
}

// viewed says in the address that who raised the opinion is to be shown: a view of it is on record.
const viewed = "nguoi-neu"

// viewPetitioner puts a view of who raised the opinion on record, and goes on to the page that shows it, also when it
// is loaded anew, for as long as the view serves.
func (s *site) viewPetitioner(r *web.Request) error {
	var f viewForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if _, err := s.db.ViewPetitioner(r.Context(), r.Actor(), id, f.Reason); err != nil {
		return s.giveBack(r, id, forms{View: f, typed: doithoai.ActViewPetitioner}, err)
	}
	return r.Redirect(web.OpinionPath(web.NumberOf(r)) + "?" + viewed + "#" + viewed)
}

// showPetitioner shows on the page who raised the opinion, to who has put a view of it on record.
func (s *site) showPetitioner(r *web.Request, p *opinionPage) error {
	who, ok, err := s.db.ViewedPetitioner(r.Context(), r.Actor(), p.Opinion.ID)
	if err != nil || !ok {
		return err
	}
	r.Private()
	if p.waiting(doithoai.OwnIdentity) != nil {
		i, asked, err := s.db.ViewedIdentity(r.Context(), r.Actor(), p.Opinion.ID)
		if err != nil {
			return err
		}
		if asked {
			p.NewIdentity = &i
		}
	}
	p.Who, p.WhoPlace, err = s.placed(r, who)
	return err
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
