package office

import (
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// giveForm says which officer of the unit works on an opinion.
type giveForm struct {
	Version int    `form:"phien-ban"`
	Officer string `form:"can-bo-xu-ly" line:"true"`
}

func (s *site) givePetition(r *web.Request, id doithoai.ID, f giveForm) error {
	return s.db.GivePetition(r.Context(), r.Actor(), id, f.Version, doithoai.ID(f.Officer))
}

// giving reports whether the form is shown by which an officer takes the work, or gives it to another.
func (p opinionPage) giving() bool {
	return p.Petition != nil && p.Petition.InUnit() && p.Petition.LeadUnitID != "" && p.can(doithoai.ActGivePetition)
}

// takes reports whether the officer may take the work with one click: they are of the unit and do not have it.
func (p opinionPage) takes() bool {
	me := p.Actor().ID
	return p.Petition.OfficerID != me &&
		slices.ContainsFunc(p.Members, func(o doithoai.Officer) bool { return o.ID == me })
}

// colleagues are who may have the work, and nobody.
func (p opinionPage) colleagues() []ui.Option {
	list := []ui.Option{{Text: p.T("officer.nobody")}}
	for _, o := range p.Members {
		list = append(list, ui.Option{Value: string(o.ID), Text: o.Signature()})
	}
	return list
}

// givenTo is what the form holds: who was chosen in one that was refused, else who has the work.
func (p opinionPage) givenTo() string {
	if p.Forms.typed == doithoai.ActGivePetition {
		return p.Forms.Give.Officer
	}
	return string(p.Petition.OfficerID)
}

// officer names who works on the opinion.
func (p opinionPage) officer() string {
	if p.Petition.OfficerID == "" {
		return p.T("officer.nobody")
	}
	return p.person(p.Petition.OfficerID)
}

func (p opinionPage) giveFacts(f doithoai.Facts) []string {
	if f.Officer == "" {
		return []string{p.T("officer.nobody")}
	}
	return []string{p.person(f.Officer)}
}

// officerWords say who of the unit works on a row; "" where nobody is named.
func officerWords(r *web.Reader, row store.Row) string {
	if row.Officer == "" {
		return ""
	}
	return r.T("officer.works", "name", row.Officer)
}
