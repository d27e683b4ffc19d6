package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// GuideState is where a reference page stands (trang hướng dẫn).
type GuideState string

const (
	GuideDraft     GuideState = "draft"
	GuidePublished GuideState = "published"
	GuideWithdrawn GuideState = "withdrawn" // its public address says so, and why
)

// GuideStates in the order of a page's life.
var GuideStates = []GuideState{GuideDraft, GuidePublished, GuideWithdrawn}

// guideMoves is the state machine of a reference page: which act leads from which states to which. The empty state is
// that of a page which nobody has written yet. docs/states.md draws it.
var guideMoves = []struct {
	Act  Act
	From []GuideState
	To   GuideState
}{
	{ActDraftGuide, []GuideState{"", GuideDraft}, GuideDraft},
	{ActPublishGuide, []GuideState{GuideDraft}, GuidePublished},
	{ActConfirmGuide, []GuideState{GuidePublished}, GuidePublished},
	{ActReviseGuide, []GuideState{GuidePublished}, GuidePublished},
	{ActWithdrawGuide, []GuideState{GuideDraft, GuidePublished}, GuideWithdrawn},
}

// Guide is a reference page: the explanation that an answer gave, kept true for whoever comes next with the same
// question.
type Guide struct {
	ID          ID
	AuthorityID ID
	Number      int // among those of the authority, from 1; its public address
	State       GuideState
	OpinionID   ID // from whose public answer it was made; empty: from none
	GuideText
	Edition     int              // of the text, from 1
	PublishedAt calendar.Instant // first; absent where it never was
	ReviewedOn  calendar.Date    // somebody last said that it is true
	ReviewBy    calendar.Date    // the last day on which that is relied on
	HoldsUntil  calendar.Date    // that day, or the day before one of its bases ceases: what lists of due pages go along
	// ChangedAt is when the answer that it was made from was replaced, or taken from the public, after its last review.
	ChangedAt calendar.Instant
	EndedAt   calendar.Instant // withdrawn
	Why       string           // in words that people read; empty where who raised the opinion would have been told by it
	Version   int
}

// GuideText is what is written of a reference page.
type GuideText struct {
	Title         string // a question in plain words
	FieldCode     string
	Procedure     string // its name; empty: of none
	ProcedureCode string // the national one; empty: not known
	Body          string
	Basis         string // as answers cite it
	UnitID        ID     // keeps it true
}

// Fields of the forms of a reference page.
const (
	FieldGuideTitle     = "cau-hoi"
	FieldGuideField     = "linh-vuc"
	FieldGuideProcedure = "thu-tuc"
	FieldGuideCode      = "ma-thu-tuc"
	FieldGuideBody      = "noi-dung"
	FieldGuideBasis     = "can-cu"
	FieldGuideUnit      = "don-vi"
)

// ParameterGuide is the term after which a reference page is to be reviewed, from its last review on.
const ParameterGuide = "guide.review"

// GuideReview is what a reference page is judged by.
type GuideReview struct {
	Rules Rules
	Bases LegalBases
	Units []Unit // of the authority, in force today
	Gates Gates  // of who raised the opinion that it was made from, and of all who were sent the same answer
	Today calendar.Date
}

// Problems are the reasons why the text can't stand on a reference page.
//
// The question and the text are there and within bounds, and the basis within them; the field is one of the
// authority's, and not that of conduct; a procedure's code has the form of one, and a name beside it; the unit is in
// force. Nothing of it tells who raised the opinion ([Gate.Refuses]; Luật 91/2025 Đ.16).
func (t GuideText) Problems(by GuideReview) []Problem {
	ps := problems{of: "guide.problem."}
	ps.publicly(FieldGuideTitle, "title", t.Title, MaxTitle, by.Gates)
	field := slices.IndexFunc(by.Rules.Fields, func(f Field) bool { return f.Code == t.FieldCode && !f.Conduct })
	ps.need(field >= 0, FieldGuideField, "field")
	if !ps.long(FieldGuideProcedure, t.Procedure, MaxLine) && by.Gates.Refuses(t.Procedure) {
		ps.add(FieldGuideProcedure, "names")
	}
	switch {
	case t.ProcedureCode == "":
	case !procedureForm.MatchString(t.ProcedureCode):
		ps.add(FieldGuideCode, "code")
	case t.Procedure == "":
		ps.add(FieldGuideProcedure, "procedure")
	}
	ps.publicly(FieldGuideBody, "body", t.Body, MaxAnswer, by.Gates)
	if !ps.long(FieldGuideBasis, t.Basis, 5*MaxLine) && by.Gates.Refuses(t.Basis) {
		ps.add(FieldGuideBasis, "names")
	}
	ps.need(slices.ContainsFunc(by.Units, func(u Unit) bool { return u.ID == t.UnitID }), FieldGuideUnit, "unit")
	return ps.list
}

// publicly adds what is wrong with words that become public.
func (ps *problems) publicly(field, missing, s string, max int, gates Gates) {
	ps.text(field, missing, s, max)
	if gates.Refuses(s) {
		ps.add(field, "names")
	}
}

// Tells reports whether anything that is public of the page tells who somebody is.
func (t GuideText) Tells(g Gate) bool {
	return slices.ContainsFunc([]string{t.Title, t.Procedure, t.Body, t.Basis}, g.Refuses)
}

// Warnings are what who writes the page should look at once more, by field. They stop nothing.
func (t GuideText) Warnings(g Gate) (list []Problem) {
	for _, f := range []struct{ field, said string }{
		{FieldGuideTitle, t.Title}, {FieldGuideProcedure, t.Procedure}, {FieldGuideBody, t.Body}, {FieldGuideBasis, t.Basis},
	} {
		list = append(list, g.Warnings(f.field, f.said)...)
	}
	return list
}

// ceased are the bases of a page that is to be called true which ceased, as problems. Where the list of bases is
// mistaken, that is put right first.
func (t GuideText) ceased(by GuideReview) []Problem {
	ps := problems{of: "guide.problem."}
	for _, c := range by.Bases.CeasedIn(t.Basis, by.Today) {
		ps.add(FieldGuideBasis, "ceased", "basis", c.Basis.Title(), "date", c.Last.Words())
	}
	return ps.list
}

// Subject is what permission depends on for the page.
func (g Guide) Subject() Subject { return Subject{AuthorityID: g.AuthorityID, LeadUnitID: g.UnitID} }

// CanMove reports whether the act fits the page's state.
func (g Guide) CanMove(act Act) bool {
	_, err := g.move(act)
	return err == nil
}

// move applies an act of the state machine; Conflict where the page is not in a state which it starts from.
func (g Guide) move(act Act) (Guide, error) {
	for _, m := range guideMoves {
		if m.Act == act && oneOf(g.State, m.From) {
			g.State = m.To
			return g, nil
		}
	}
	return g, Refuse(Conflict, "error.conflict")
}

// Draft writes the text of a page that is not public yet. Whoever writes it has read the answer as it stands.
func (g Guide) Draft(t GuideText, by GuideReview) (Guide, error) {
	next, err := g.move(ActDraftGuide)
	if err != nil {
		return g, err
	}
	if err := RefuseForm(t.Problems(by)); err != nil {
		return g, err
	}
	next.GuideText, next.Edition, next.ChangedAt = t, 1, calendar.Instant{}
	return next, nil
}

// Publish makes a draft public, reviewed today. The gate is asked anew: meanwhile more may be known of who raised the
// opinion. A draft whose answer was replaced is written anew first.
func (g Guide) Publish(by GuideReview, at calendar.Instant) (Guide, error) {
	next, err := g.move(ActPublishGuide)
	if err != nil {
		return g, err
	}
	if !g.ChangedAt.IsZero() {
		return g, Refuse(Conflict, "guide.problem.changed")
	}
	if err := RefuseForm(append(g.Problems(by), g.ceased(by)...)); err != nil {
		return g, err
	}
	next.PublishedAt = at
	return next.reviewed(by)
}

// Confirm says that a public page is still true, as it stands: it is reviewed today. One that rests on a basis which
// ceased is not, it is revised.
func (g Guide) Confirm(by GuideReview) (Guide, error) {
	next, err := g.move(ActConfirmGuide)
	if err != nil {
		return g, err
	}
	if err := RefuseForm(append(g.Problems(by), g.ceased(by)...)); err != nil {
		return g, err
	}
	return next.reviewed(by)
}

// Revise gives a public page another text, which is its next edition, reviewed today. One that says the same is no
// revision: it is confirmed.
func (g Guide) Revise(t GuideText, by GuideReview) (Guide, error) {
	next, err := g.move(ActReviseGuide)
	if err != nil {
		return g, err
	}
	wrong := append(t.Problems(by), t.ceased(by)...)
	if t == g.GuideText {
		wrong = append(wrong, Problem{Field: FieldGuideBody, Key: "guide.problem.same"})
	}
	if err := RefuseForm(wrong); err != nil {
		return g, err
	}
	next.GuideText, next.Edition = t, g.Edition+1
	return next.reviewed(by)
}

// reviewed is the page as somebody says today that it is true.
func (g Guide) reviewed(by GuideReview) (Guide, error) {
	within, err := by.Rules.Parameters.TermAt(ParameterGuide, by.Today)
	if err != nil {
		return g, err
	}
	g.ReviewedOn, g.ReviewBy = by.Today, by.Rules.Calendar.Due(by.Today, within)
	g.ChangedAt = calendar.Instant{}
	g.HoldsUntil = g.Holds(by.Bases)
	return g, nil
}

// Holds is the last day on which the page stands without a word beside it, as long as its answer does: that by which it
// is to be reviewed, or the last one of a basis.
func (g Guide) Holds(bases LegalBases) calendar.Date {
	if last := bases.holdUntil(g.Basis); !last.IsZero() && last.Before(g.ReviewBy) {
		return last
	}
	return g.ReviewBy
}

// Withdraw takes the page from the public, or gives a draft up, with the reason in words that people read.
func (g Guide) Withdraw(why string, by GuideReview, at calendar.Instant) (Guide, error) {
	next, err := g.move(ActWithdrawGuide)
	if err != nil {
		return g, err
	}
	ps := problems{of: "guide.problem."}
	ps.publicly(FieldWhy, "why", why, MaxMatter, by.Gates)
	if err := ps.refuse(); err != nil {
		return g, err
	}
	next.EndedAt, next.Why = at, why
	return next, nil
}

// GuideDue is why a public page is to be reviewed.
type GuideDue struct {
	Over    bool             // the day is past by which it was to be
	Changed calendar.Instant // its answer was replaced, or taken from the public; absent: it was not
	Ceased  []CeasedBasis
}

// Any reports whether the page is to be reviewed.
func (d GuideDue) Any() bool { return d.Over || !d.Changed.IsZero() || len(d.Ceased) > 0 }

// Due says why a public page is to be reviewed on the day, by the bases as they are listed now.
func (g Guide) Due(bases LegalBases, today calendar.Date) (d GuideDue) {
	if g.State != GuidePublished {
		return d
	}
	return GuideDue{
		Over: today.After(g.ReviewBy), Changed: g.ChangedAt, Ceased: bases.CeasedIn(g.Basis, today),
	}
}

// Acts on reference pages, in the order of their life.
const (
	ActSeeGuides     Act = "see_guides"
	ActDraftGuide    Act = "draft_guide"
	ActPublishGuide  Act = "publish_guide"
	ActConfirmGuide  Act = "confirm_guide"
	ActReviseGuide   Act = "revise_guide"
	ActWithdrawGuide Act = "withdraw_guide"
)

var guideActs = []actRow{
	{ActSeeGuides, law{"the reference pages are listed, with what is to be reviewed", "house rules", "TestCan"},
		everyOfficer(always)},
	{ActDraftGuide, law{
		"a public answer becomes a reference page by procedure and field, without names",
		"Luật 10/2022 Đ.11 (C); Luật 91/2025 Đ.16 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}}},
	{ActPublishGuide, law{
		"the reference page becomes public, with the day on which it was reviewed and the unit that keeps it true",
		"Luật 10/2022 Đ.11 (C); NĐ 20/2008 Đ.19 (C) by analogy", ""},
		[]grant{{RoleOffice, always}}},
	{ActConfirmGuide, law{
		"who keeps a public page true says that it still is; one that rests on a basis which ceased is not",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}}},
	{ActReviseGuide, law{
		"the text of a public page changes; the edition before is kept", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}}},
	{ActWithdrawGuide, law{
		"a page is taken from the public, and its address says since when and why", "house rules", ""},
		[]grant{{RoleOffice, always}}},
}
