package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/ui"
)

// pauseForm is the document that stops the clock of an answer.
type pauseForm struct {
	Version int    `form:"phien-ban"`
	Kind    string `form:"tam-dung-ly-do" line:"true"`
	Number  string `form:"tam-dung-so" line:"true"`
	Dated   string `form:"tam-dung-ngay" line:"true" day:"true"`
	Awaited string `form:"tam-dung-noi-dung"`
}

func (s *site) pausePetition(r *web.Request, id doithoai.ID, f pauseForm) error {
	return s.db.PausePetition(r.Context(), r.Actor(), id, f.Version, doithoai.Pause{
		Kind: doithoai.PauseKind(f.Kind), Number: f.Number, Dated: web.TypedDate(f.Dated), Awaited: f.Awaited,
	})
}

func (s *site) resumePetition(r *web.Request, id doithoai.ID, version int) error {
	return s.db.ResumePetition(r.Context(), r.Actor(), id, version)
}

func (s *site) moveDue(r *web.Request, id doithoai.ID, f web.MoveForm) error {
	return s.db.MoveDue(r.Context(), r.Actor(), id, f.Version, f.Calendar)
}

func (s *site) keepDue(r *web.Request, id doithoai.ID, f web.MoveForm) error {
	return s.db.KeepDue(r.Context(), r.Actor(), id, f.Version, f.Calendar)
}

// canPause reports whether the form is shown that stops the clock.
func (p opinionPage) canPause() bool {
	return p.canMove(doithoai.ActPausePetition) && !p.late()
}

// proposal returns the due date by the calendar in force; false where it is the same one, or the officer may not decide
// on it.
func (p opinionPage) proposal() (calendar.Date, bool) {
	old, known := p.Calendars[p.Petition.CalendarVersion]
	if !known || !p.can(doithoai.ActMoveDue) {
		return calendar.Date{}, false
	}
	return p.Petition.Proposal(old, p.outlook.rules.Calendar, p.Today())
}

// pause is the last pause of the petition, and what the person was told of it.
func (p opinionPage) pause() (f doithoai.Facts, awaited string) {
	for _, e := range p.Events {
		if e.Act == doithoai.ActPausePetition {
			f, awaited = e.Facts, p.Texts[e.Leaf]
		}
	}
	return f, awaited
}

func (p opinionPage) awaits() string {
	f, _ := p.pause()
	return p.T("petition.pause.kind." + string(f.Awaits))
}

// leftWords is what a pause has left of the term.
func (p opinionPage) leftWords() ui.Due {
	return ui.Due{Text: p.T("opinion.pause.left", "left", web.TermWords(p.Text, p.Petition.Term))}
}

func (p opinionPage) pauseKinds() []ui.Choice {
	var list []ui.Choice
	for _, k := range doithoai.PauseKinds {
		list = append(list, ui.Choice{Value: string(k), Text: p.T("opinion.pause.kind." + string(k))})
	}
	return list
}

func (p opinionPage) whyDue() web.Why {
	return web.Why{Reader: p.Reader, Events: p.Events, Calendars: p.Calendars, Parameters: p.outlook.rules.Parameters}
}

func (p opinionPage) pauseFacts(f doithoai.Facts) []string {
	return []string{p.T(
		"opinion.timeline.paused", "awaits", p.T("petition.pause.kind."+string(f.Awaits)), "number", f.Number,
		"date", p.Date(f.Dated), "left", web.TermWords(p.Text, f.Term),
	)}
}

func (p opinionPage) dueFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.due", "due", p.DateShort(f.Due))}
}
