package doithoai

import "doithoai/calendar"

// InitiativeOutcome is what became of an initiative (sáng kiến, giải pháp); empty: nobody has decided yet.
type InitiativeOutcome string

const (
	InitiativeApplied    InitiativeOutcome = "applied"
	InitiativePartly     InitiativeOutcome = "partly"
	InitiativeNotApplied InitiativeOutcome = "not_applied"
)

// InitiativeOutcomes in the order of forms and filters.
var InitiativeOutcomes = []InitiativeOutcome{InitiativeApplied, InitiativePartly, InitiativeNotApplied}

// InitiativeDecision says whether what somebody proposed is applied, and why (kết luận về sáng kiến). The last one
// counts: what is not applied one year may be the next.
type InitiativeDecision struct {
	Outcome InitiativeOutcome
	Why     string // where and since when it is applied, or why not; people read it
	By      ID
	At      calendar.Instant // zero: nobody has decided
}

// The fields of the form of a decision.
const (
	FieldOutcome    = "ket-luan-sang-kien"
	FieldOutcomeWhy = "sang-kien-vi-sao"
)

// Undecided reports whether the opinion is an initiative of which nobody has decided whether it is applied, and that
// can be decided ([Opinion.Decidable]).
func (o Opinion) Undecided() bool { return o.Outcome == "" && o.Decidable() }

// Decidable reports whether it can be decided whether the opinion is applied: it is an initiative, and the commune
// answers it, or has. What went elsewhere, left or was not accepted is not for the commune to apply.
func (o Opinion) Decidable() bool {
	return o.Kind == KindInitiative && oneOf(o.Ruling, AnsweringRulings())
}

// AnsweringRulings are the rulings after which the commune itself answers, at once or later.
func AnsweringRulings() (codes []RulingCode) {
	for _, r := range RulingRules {
		if r.OpensPetition || r.Code == RulingOnTheSpot {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

// DecideInitiative says whether what the opinion proposes is applied.
//
// In this order: it can be decided ([Opinion.Decidable]); it is one of [InitiativeOutcomes]; why is there, within
// bounds, and doesn't tell who proposed it: it becomes public with the answer; it says something else than what stands.
func (o Opinion) DecideInitiative(d, stands InitiativeDecision, g Gate) (Opinion, Facts, error) {
	if !o.Decidable() {
		return o, Facts{}, Refuse(Conflict, "initiative.problem.not_decidable")
	}
	ps := problems{of: "initiative.problem."}
	ps.need(oneOf(d.Outcome, InitiativeOutcomes), FieldOutcome, "outcome")
	ps.words(FieldOutcomeWhy, "why", d.Why, MaxMatter, Gates{g})
	if len(ps.list) == 0 && d.Outcome == o.Outcome && d.Why == stands.Why {
		ps.add(FieldOutcomeWhy, "same")
	}
	if err := ps.refuse(); err != nil {
		return o, Facts{}, err
	}
	o.Outcome = d.Outcome
	return o, Facts{Outcome: d.Outcome}, nil
}

// ActDecideInitiative says whether what somebody proposed is applied.
const ActDecideInitiative Act = "decide_initiative"

var initiativeActs = []actRow{
	{ActDecideInitiative, law{
		"an initiative ends in applied, in part, or not applied, and why; who proposed it is told, and people read it",
		"plan 2024, II.4 (sáng kiến, giải pháp cải cách hành chính); NĐ 20/2008 Đ.5 k.7–8 (C); Luật 10/2022 Đ.35 k.2 (C)",
		""},
		[]grant{{RoleChair, always}}},
}
