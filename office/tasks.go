package office

import (
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// A turn is what an opinion waits for next: one act, where on its page it is done, and by when.
type turn struct {
	act  doithoai.Act // empty: nothing is left to do
	name string       // of the turn, in catalogue keys: "rule", "draft", "redraft", "sign", …
	at   string       // the part of the opinion's page, or the page below it
	due  calendar.Date
}

// Parts of an opinion's page, as links name them.
const (
	partRuling      = "#muc-huong"
	partAnswer      = "#muc-tra-loi"
	partDispatch    = "#muc-phat-hanh"
	partDelivery    = "#muc-bao"
	partPublication = "#muc-cong-khai"
	partConduct     = "#muc-can-bo"
	pagePreview     = "/xem-truoc"
)

var petitionTurns = map[doithoai.PetitionState]turn{
	doithoai.PetitionProcessing: {act: doithoai.ActSubmitAnswer, name: "draft", at: partAnswer},
	doithoai.PetitionPaused:     {act: doithoai.ActResumePetition, name: "resume", at: partDue},
	doithoai.PetitionReturned:   {act: doithoai.ActSubmitAnswer, name: "redraft", at: partAnswer},
	doithoai.PetitionSubmitted:  {act: doithoai.ActSignAnswer, name: "sign", at: partAnswer},
	doithoai.PetitionSigned:     {act: doithoai.ActDispatchAnswer, name: "dispatch", at: partDispatch},
}

var publicationTurns = map[doithoai.PublicationState]turn{
	"":                            {act: doithoai.ActProposePublication, name: "propose", at: partPublication},
	doithoai.PublicationWithdrawn: {act: doithoai.ActProposePublication, name: "propose", at: partPublication},
	doithoai.PublicationReturned:  {act: doithoai.ActProposePublication, name: "mend", at: partPublication},
	doithoai.PublicationProposed:  {act: doithoai.ActApprovePublication, name: "approve", at: pagePreview},
}

// outlook is what a turn depends on beside the opinion itself.
type outlook struct {
	rules     doithoai.Rules
	dialogues map[doithoai.ID]doithoai.Dialogue
	now       calendar.Instant
}

// next finds the turn of an opinion.
//
// One without a ruling waits for it until the day of doithoai.Rules.RuleBy. An open petition waits for its unit, the
// chair or the office in the order of its states, until its due date. What was answered waits to become public, for the
// term of "publication.delay" from the day of the answer.
func (l outlook) next(o doithoai.Opinion, p *doithoai.Petition, pub doithoai.PublicationState) turn {
	if o.Ruling == "" {
		return turn{
			act: doithoai.ActRuleOpinion, name: "rule", at: partRuling,
			due: l.rules.RuleBy(o, l.dialogues[o.DialogueID], l.now.Date()),
		}
	}
	if p != nil {
		if t, ok := petitionTurns[p.State]; ok {
			if p.Running() {
				t.due = p.Due
			}
			return t
		}
	}
	if !doithoai.Publishable(o, p) {
		return turn{}
	}
	t, ok := publicationTurns[pub]
	if !ok {
		return turn{}
	}
	answered := o.RuledAt
	if p != nil && !p.AnsweredAt.IsZero() {
		answered = p.AnsweredAt
	}
	t.due = l.rules.DueOf("publication.delay", answered.Date())
	return t
}

// deskActs are the acts that wait on the desk of each role. An officer may do more; the desk shows what is theirs to
// do.
var deskActs = map[doithoai.Role][]doithoai.Act{
	doithoai.RoleChair: {doithoai.ActSubmitAnswer, doithoai.ActSignAnswer, doithoai.ActApprovePublication},
	doithoai.RoleOffice: {
		doithoai.ActRuleOpinion, doithoai.ActSubmitAnswer, doithoai.ActDispatchAnswer, doithoai.ActProposePublication,
		doithoai.ActApprovePublication,
	},
	doithoai.RoleSecretary:   {doithoai.ActRuleOpinion},
	doithoai.RoleClerk:       {doithoai.ActDispatchAnswer},
	doithoai.RoleUnitOfficer: {doithoai.ActSubmitAnswer},
}

// waitsFor reports whether a turn is the actor's own to take.
func waitsFor(a doithoai.Actor, t turn, s doithoai.Subject) bool {
	if doithoai.Can(a, t.act, s) != nil {
		return false
	}
	for role, acts := range deskActs {
		if a.Has(role) && slices.Contains(acts, t.act) {
			return true
		}
	}
	return false
}

// outlook reads what turns depend on.
func (s *site) outlook(r *web.Request) (outlook, error) {
	l := outlook{now: r.Now, dialogues: map[doithoai.ID]doithoai.Dialogue{}}
	var err error
	if l.rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return l, err
	}
	all, err := s.db.Dialogues(r.Context(), r.Authority.ID)
	for _, d := range all {
		l.dialogues[d.ID] = d
	}
	return l, err
}
