package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// extendForm puts the due date off, or proposes to.
type extendForm struct {
	Version int    `form:"phien-ban"`
	To      string `form:"gia-han-den" line:"true" day:"true"`
	Reason  string `form:"gia-han-ly-do"`
}

func (f extendForm) extension() doithoai.Extension {
	return doithoai.Extension{To: web.TypedDate(f.To), Reason: f.Reason}
}

// declineForm leaves the due date where it is, against what was proposed.
type declineForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"tu-choi-ly-do"`
}

func (s *site) extendPetition(r *web.Request, id doithoai.ID, f extendForm) error {
	return s.db.ExtendPetition(r.Context(), r.Actor(), id, f.Version, f.extension())
}

func (s *site) proposeExtension(r *web.Request, id doithoai.ID, f extendForm) error {
	return s.db.ProposeExtension(r.Context(), r.Actor(), id, f.Version, f.extension())
}

func (s *site) agreeExtension(r *web.Request, id doithoai.ID, version int) error {
	return s.db.AgreeExtension(r.Context(), r.Actor(), id, version)
}

func (s *site) declineExtension(r *web.Request, id doithoai.ID, f declineForm) error {
	return s.db.DeclineExtension(r.Context(), r.Actor(), id, f.Version, f.Reason)
}

func (s *site) withdrawExtension(r *web.Request, id doithoai.ID, version int) error {
	return s.db.WithdrawExtension(r.Context(), r.Actor(), id, version)
}

// extending reports whether the form is shown that puts the due date off.
func (p opinionPage) extending() bool {
	_, ok := p.extensible()
	return ok && p.can(doithoai.ActExtendPetition)
}

// late reports whether the due date is past or was missed.
func (p opinionPage) late() bool { return p.Petition.Late(p.Today(), p.outlook.rules.Calendar) }

// extensible returns the last day to which the due date may be put off; false where nobody may any more.
func (p opinionPage) extensible() (latest calendar.Date, ok bool) {
	if p.Petition == nil || !p.Petition.Running() || p.late() {
		return latest, false
	}
	limits, err := p.outlook.rules.Parameters.ExtensionLimitsAt(p.Today())
	if err != nil || p.Petition.Extended >= limits.Times {
		return latest, false
	}
	return limits.Latest(p.Petition.Due, p.outlook.rules.Calendar), true
}

// askingExtension reports whether the form is shown by which who works on the petition asks for a later due date. Who
// may put it off needs not ask.
func (p opinionPage) askingExtension() bool {
	_, ok := p.extensible()
	return ok && p.Proposed == nil && p.can(doithoai.ActProposeExtension) && !p.can(doithoai.ActExtendPetition)
}

// declining reports whether the officer decides on an extension that waits.
func (p opinionPage) declining() bool {
	return p.Proposed != nil && p.can(doithoai.ActDeclineExtension)
}

// agreeing reports whether the extension that waits can still be made.
func (p opinionPage) agreeing() bool { return p.Proposed != nil && p.extending() }

func (p opinionPage) proposedFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.proposed_due", "due", p.DateShort(f.Due))}
}

func (p opinionPage) keptFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.kept_due", "due", p.DateShort(f.Due))}
}

// firstDue is the due date that the petition was opened with, where another one stands now; else it is zero.
func (p opinionPage) firstDue() calendar.Date {
	if first := doithoai.FirstDue(doithoai.OfRound(p.Events)); first != p.Petition.Due {
		return first
	}
	return calendar.Date{}
}

// asksDueReason reports whether the form of the ruling asks why the due date lies beyond what is proposed: once one was
// typed.
func (p opinionPage) asksDueReason() bool {
	return p.Forms.Ruling.DueReason != "" || p.Problems.Of("han-ly-do") != ""
}

// dueHint says what an empty due date means.
func (p opinionPage) dueHint() string {
	if p.Petition != nil {
		return p.T("opinion.ruling.due_stands", "due", p.DateShort(p.Petition.Due))
	}
	return p.T("opinion.ruling.due_hint")
}

// extensionTasks are the extensions that wait for the officer's word; more reports whether there are others.
func (s *site) extensionTasks(r *web.Request) (tasks []task, more bool, err error) {
	if doithoai.Can(r.Actor(), doithoai.ActExtendPetition, doithoai.Subject{AuthorityID: r.Authority.ID}) != nil {
		return nil, false, nil
	}
	all, more, err := s.db.ProposedExtensions(r.Context(), r.Actor())
	for _, e := range all {
		tasks = append(tasks, task{
			Title: e.Title(), Number: e.Opinion.Number, Turn: "extension", Href: web.OpinionPath(e.Opinion.Number) + partDue,
			Unit: leadName(r.Reader, e.Unit, e.Petition), Village: e.Village, Due: e.Petition.Due,
		})
	}
	return tasks, more, err
}
