package doithoai

// Summarise gives an opinion its neutral summary: what it asks, in words that minutes and screens can carry in place of
// those that were said. It is no longer than MaxShown; empty: the words that were said are shown. What was said stays
// beside it, for good.
func (o Opinion) Summarise(summary string) (Opinion, error) {
	var ps problems
	ps.long(FieldSummary, summary, MaxShown)
	o.Summary = summary
	return o, ps.refuse()
}

// FieldSummary is the field of forms in which a neutral summary is typed.
const FieldSummary = "trung-lap"

// The act of summarising an opinion.
const (
	ActSummariseOpinion Act = "summarise_opinion"
)

var summaryActs = []actRow{
	{ActSummariseOpinion, law{
		"what was said gets a neutral summary, for minutes and screens, beside it", "house rules", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}}},
}
