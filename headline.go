package doithoai

// MaxHeadline bounds a headline that somebody sets, in characters. Lists have room for some fifty.
const MaxHeadline = 80

// SetHeadline gives an opinion the headline by which lists, headings and notices call it; empty: the one that is
// proposed from what was said. It is no longer than MaxHeadline. The person reads it, as whoever follows the opinion
// does; to others it is public only with a summary, which goes through the gate of publications.
func (o Opinion) SetHeadline(headline string) (Opinion, error) {
	var ps problems
	ps.long(FieldHeadline, headline, MaxHeadline)
	o.Headline = headline
	return o, ps.refuse()
}

// FieldHeadline is the field of forms in which a headline is typed.
const FieldHeadline = "ten-goi"

// The act of naming an opinion.
const (
	ActSetHeadline Act = "set_headline"
)

var headlineActs = []actRow{
	{ActSetHeadline, law{"what lists and headings call the opinion", "house rules", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}, {RoleChair, always}, {RoleUnitOfficer, ofLeadUnit}}},
}
