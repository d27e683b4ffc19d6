package doithoai

import (
	"strings"
	"testing"
)

func TestDecideInitiative(t *testing.T) {
	gate := Gate{Who: Petitioner{Name: "Nguyễn Văn An"}, Spelling: lowered}
	good := InitiativeDecision{Outcome: InitiativePartly, Why: "Áp dụng ở hai thôn từ tháng 5."}
	proposal := Opinion{Kind: KindInitiative, Ruling: RulingLater}
	const refused = "initiative.problem.not_decidable"
	decided := proposal
	decided.Outcome = InitiativePartly
	not := good
	not.Outcome = InitiativeNotApplied
	for _, tt := range []struct {
		name   string
		o      Opinion
		d      InitiativeDecision
		stands InitiativeDecision
		want   string
	}{
		{name: "answered later", o: proposal, d: good},
		{name: "answered on the spot", o: Opinion{Kind: KindInitiative, Ruling: RulingOnTheSpot}, d: good},
		{name: "reported to the superior", o: Opinion{Kind: KindInitiative, Ruling: RulingSuperior}, d: good},
		{name: "no initiative", o: Opinion{Kind: KindPetition, Ruling: RulingLater}, d: good, want: refused},
		{name: "no ruling yet", o: Opinion{Kind: KindInitiative}, d: good, want: refused},
		{name: "another body's", o: Opinion{Kind: KindInitiative, Ruling: RulingOtherBody}, d: good, want: refused},
		{name: "withdrawn", o: Opinion{Kind: KindInitiative, Ruling: RulingWithdrawn}, d: good, want: refused},
		{name: "nothing chosen", o: proposal, d: InitiativeDecision{Why: "Vì thế."}, want: "outcome"},
		{name: "something else", o: proposal, d: InitiativeDecision{Outcome: "maybe", Why: "Vì thế."}, want: "outcome"},
		{name: "without why", o: proposal, d: InitiativeDecision{Outcome: InitiativeApplied}, want: "why"},
		{name: "too long", o: proposal, d: InitiativeDecision{Outcome: InitiativeApplied,
			Why: strings.Repeat("a", MaxMatter+1)}, want: "too_long"},
		{name: "names who proposed it", o: proposal, d: InitiativeDecision{Outcome: InitiativeApplied,
			Why: "Theo đề xuất của ông Nguyễn Văn An."}, want: "names"},
		{name: "the same again", o: decided, d: good, stands: good, want: "same"},
		{name: "the same for another reason", o: decided, d: InitiativeDecision{Outcome: InitiativePartly, Why: "Khác."},
			stands: good},
		{name: "otherwise after all", o: decided, d: not, stands: good},
	} {
		o, facts, err := tt.o.DecideInitiative(tt.d, tt.stands, gate)
		wantProblem(t, tt.name, err, tt.want)
		if err == nil && (o.Outcome != tt.d.Outcome || facts.Outcome != tt.d.Outcome || o.Undecided()) {
			t.Errorf("%s: %q, %+v", tt.name, o.Outcome, facts)
		}
		if err != nil && o.Outcome != tt.o.Outcome {
			t.Errorf("%s: refused and %q", tt.name, o.Outcome)
		}
	}
	// What was decided of an initiative is not lost by calling it something else.
	_, _, err := decided.Classify(Classification{Kind: KindPetition}, Village{}, nil, nil, false)
	wantProblem(t, "another kind", err, "decided")
	_, _, err = decided.Classify(Classification{Kind: KindInitiative, Content: 8}, Village{}, nil, nil, false)
	wantProblem(t, "the same kind", err, "")
}
