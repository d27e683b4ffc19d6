package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// exampleOfWork is an example of what an office sends while it prepares a dialogue, or works on an opinion.
func exampleOfWork(kind doithoai.PaperKind, h Head, d doithoai.Dialogue, raised Raised) doc.Doc {
	say := func(key string) string { return vietnamese.T("sample." + key) }
	due := h.Date.AddDays(14)
	switch kind {
	case doithoai.PaperProposal:
		line := plan.EstimateLine{Content: say("task"), Unit: say("piece"), Basis: say("basis"),
			Cost: plan.Cost{Quantity: 2 * text.QuantityScale, Price: 100_000}}
		return EstimateProposal(h, say("unit"), say("by_plan"), d, plan.EstimateBody{Lines: []plan.EstimateLine{line, line}})
	case doithoai.PaperPreparation:
		question := PreparationQuestion{say("code"), say("question"), say("place"), say("kind"), "", due}
		return Preparation{Dialogue: d, Basis: say("by_plan"), Office: say("unit"), Units: []PreparationUnit{
			{say("unit"), []PreparationQuestion{question}}, {say("other"), []PreparationQuestion{question}},
		}}.Letter(h)
	case doithoai.PaperDialogueMoved:
		return Moved(h, d, doithoai.DialogueMove{
			Act: doithoai.ActMoveDialogue, FromStart: d.StartsAt, FromVenue: d.Venue, ToVenue: say("other_venue"),
			ToStart: calendar.InstantAt(d.StartsAt.Date().AddDays(7), 8, 0), Reason: say("verified"),
		}, "", say("contact"))
	case doithoai.PaperPosting:
		return Posting{
			Dialogue: d, Bases: []string{say("basis")}, Place: say("venue"), From: calendar.InstantAt(h.Date, 8, 0),
			Until: due, Contact: say("contact"),
		}.Notice(h)
	}
	onward := Onward{
		Raised: raised, Kind: doithoai.OnwardCoordination, To: say("body"), Asked: say("answer"), By: due,
		Done: []string{say("task")}, Dossier: []string{say("question")},
	}
	if kind == doithoai.PaperEscalation {
		onward.Kind = doithoai.OnwardEscalation
	}
	return onward.Letter(h)
}
