package office

import (
	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// partInitiative is where the decision on an initiative stands on the page.
const partInitiative = "#muc-sang-kien"

// turnInitiative is the turn of who decides on an initiative.
const turnInitiative = "initiative"

// initiativeForm says whether what somebody proposed is applied.
type initiativeForm struct {
	Version int                        `form:"phien-ban"`
	Outcome doithoai.InitiativeOutcome `form:"ket-luan-sang-kien" line:"true"`
	Why     string                     `form:"sang-kien-vi-sao"`
}

func initiativeOf(f *forms) *initiativeForm { return &f.Initiative }

func initiativeTexts(f forms) []keptText { return []keptText{{"initiative.why", f.Initiative.Why}} }

func (s *site) decideInitiative(r *web.Request, id doithoai.ID, f initiativeForm) error {
	return s.db.DecideInitiative(r.Context(), r.Actor(), id, f.Version,
		doithoai.InitiativeDecision{Outcome: f.Outcome, Why: f.Why})
}

// decidingInitiative reports whether the form is shown in which it is decided.
func (p opinionPage) decidingInitiative() bool {
	return p.Opinion.Decidable() && p.can(doithoai.ActDecideInitiative)
}

// initiativeDue reports whether the form stands open: the answer is written, and nobody has decided. Else it is folded.
func (p opinionPage) initiativeDue() bool {
	return p.decidingInitiative() && p.Opinion.Undecided() && (p.Petition == nil || !p.Petition.InUnit())
}

// initiativeTitle is what the folded form says of itself.
func (p opinionPage) initiativeTitle() string {
	if p.Opinion.Outcome == "" {
		return p.T("initiative.early")
	}
	return p.T("initiative.again")
}

// initiativeHere is the form as it was typed where it was refused, else an empty one.
func (p opinionPage) initiativeHere() initiativeForm {
	if p.Forms.typed == doithoai.ActDecideInitiative {
		return p.Forms.Initiative
	}
	return initiativeForm{}
}

func (p opinionPage) outcomes() (list []ui.Choice) {
	for _, o := range doithoai.InitiativeOutcomes {
		list = append(list, ui.Choice{Value: string(o), Text: p.OutcomeName(o)})
	}
	return list
}

func (p opinionPage) initiativeFacts(f doithoai.Facts) []string {
	return append([]string{p.OutcomeName(f.Outcome) + "."}, p.setFacts(f)...)
}

// initiativeWork are the initiatives that were answered and wait for who decides on them.
func initiativeWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActDecideInitiative) {
		return w, nil
	}
	rows, beyond, err := s.db.Register(r.Context(), r.Actor(), store.Filter{
		Tab: store.TabAnswered, Undecided: true, Limit: deskTasks,
	})
	w.more = beyond.More
	for _, row := range rows {
		w.mine = append(w.mine, task{
			Title: text.Brief(row.Title(), deskTitle), Number: row.Opinion.Number, Act: doithoai.ActDecideInitiative,
			Turn: turnInitiative, Href: web.OpinionPath(row.Opinion.Number) + partInitiative, Undated: true,
			Unit: leadName(r.Reader, row.Unit, row.Petition),
		})
	}
	return w, err
}

// outcomeWords are what was decided of a row, or that it is still to be; "" of what is not to be decided.
func (p registerPage) outcomeWords(o doithoai.Opinion) string {
	switch {
	case o.Outcome != "":
		return p.OutcomeName(o.Outcome)
	case o.Undecided():
		return p.T("initiative.undecided")
	}
	return ""
}
