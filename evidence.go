package doithoai

// Acts on files that show what was done: a report, a proof, a word from a village, something of a checklist. Who adds
// one does the act of which it is the evidence, with the rights of that act.
const (
	ActViewEvidence   Act = "view_evidence" // names aside: what they show
	ActRemoveEvidence Act = "remove_evidence"
)

var evidenceActs = []actRow{
	{ActViewEvidence, law{"files that show what was done are opened, and the view is recorded: people may be on them",
		"Luật 91/2025 (C); house rules", ""},
		everyOfficer(always)},
	{ActRemoveEvidence, law{"a wrong file is taken away: what it held goes, that it was there stays",
		"Luật 91/2025 (C); house rules", ""},
		append(everyOfficer(addedByActor), grant{RoleOffice, always})},
}
