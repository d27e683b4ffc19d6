package planning

import (
	"cmp"
	"fmt"
	"net/http"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/ui"
)

// dialoguePage is what pages of one area of a dialogue have in common.
type dialoguePage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Problems web.Problems
	Refusal  string
	Done     string              // what was just done, in words
	failed   error               // why a form came back
	Shown    map[doithoai.ID]int // how many files show what was done in each village
}

// ofDialogue loads the dialogue that an address names.
func (s *site) ofDialogue(r *web.Request) (dialoguePage, error) {
	d, err := s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	p := dialoguePage{Reader: r.Reader, Dialogue: d}
	if done := "act.done." + r.URL.Query().Get("xong"); r.Text.Has(done) {
		p.Done = r.T(done)
	}
	return p, err
}

// refused keeps why a form came back; false where no page can.
func (p *dialoguePage) refused(err error) bool {
	if err == nil || !web.Mendable(err) {
		return false
	}
	p.failed = err
	if p.Problems = p.Reader.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(p.Reader, err)
	}
	return true
}

// status is that of the page whose form comes back: nothing is wrong where it only left a file out.
func (p dialoguePage) status() int {
	if p.failed == nil {
		return http.StatusOK
	}
	return web.StatusOf(p.failed)
}

// path is the address of a page of the dialogue.
func (p dialoguePage) path(rest string) string { return web.WorkspacePath(p.Dialogue.ID) + rest }

// done is the address of a page of the dialogue after an act.
func (p dialoguePage) done(rest string, act doithoai.Act) string {
	return p.path(rest) + "?xong=" + string(act)
}

func (p dialoguePage) may(act doithoai.Act) bool {
	return doithoai.Can(p.Actor(), act, doithoai.Subject{AuthorityID: p.Authority.ID}) == nil
}

// field is a form's field of the page.
func (p dialoguePage) field(name, label, hint string) ui.Field {
	return web.Field(p.Reader, p.Problems, name, label, hint)
}

// cellField is a field in a line of a table: the column's head is its label, which only screen readers say, with the
// line's number.
func (p dialoguePage) cellField(name, label string, line int) ui.Field {
	id := fmt.Sprintf("%s-%d", name, line)
	return ui.Field{
		Name: name, ID: id, Error: web.Wrong(p.Reader, p.Problems, id),
		Label: ui.Label{Text: p.T("planning.line", "what", label, "line", line+1), Classes: "govuk-visually-hidden"},
	}
}

// clockOf is the time of day of an instant.
func clockOf(i calendar.Instant) calendar.Clock {
	at := calendar.Civil(i)
	return calendar.Clock(at.Hour()*60 + at.Minute())
}

// typedClock is a time of day as it was typed; -1 where it is none, for the rule to refuse.
func typedClock(s string) calendar.Clock {
	c, err := calendar.ReadClock(s)
	if err != nil {
		return -1
	}
	return c
}

// moment is a day with a time of day: "T6, 25/10, 17 giờ 30 phút".
func (p dialoguePage) moment(day calendar.Date, clock calendar.Clock) ui.Time {
	at := clock.On(day)
	return ui.Time{Machine: at.String(), Text: p.ListDay(day) + ", " + p.Time(at)}
}

// unitName is the short name of a unit, its name where it has none.
func unitName(o doithoai.Organisation, id doithoai.ID) string {
	u, ok := o.Unit(id)
	if !ok {
		return ""
	}
	return cmp.Or(u.Short, u.Name)
}
