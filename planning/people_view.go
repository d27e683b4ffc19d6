package planning

import (
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/ui"
)

// planWords are the plan as the list's foot names it: "Kế hoạch 01/KH-UBND", or of its year where its number is not
// known.
func (p peopleBase) planWords() string {
	if p.Plan.Number == "" {
		return p.T("delegate.plan_of_year", "year", p.Plan.Year)
	}
	return p.T("delegate.plan", "number", p.Plan.Number+"/"+p.Plan.Symbol)
}

// stateWords say how somebody stands: "Đã nhận lời", "Phải báo lại".
func (p peopleBase) stateWords(i plan.Invitation) string {
	if i.Stale(p.Dialogue) {
		return p.T("delegate.state.stale")
	}
	return p.T("delegate.state." + string(i.State))
}

var invitationColours = map[plan.InvitationState]ui.Colour{
	plan.InvitationDraft: ui.Yellow, plan.InvitationSent: ui.Grey, plan.InvitationAccepted: ui.Green,
	plan.InvitationSubstituted: ui.Blue, plan.InvitationDeclined: ui.Yellow, plan.InvitationWithdrawn: ui.Grey,
}

func (p peopleBase) stateTag(i plan.Invitation) ui.Tag {
	colour := invitationColours[i.State]
	if i.Stale(p.Dialogue) {
		colour = ui.Red
	}
	return ui.Tag{Text: p.stateWords(i), Colour: colour}
}

// substituteWords are who comes for somebody, or why they don't.
func substituteWords(i plan.Invitation) string {
	if i.State == plan.InvitationSubstituted {
		return strings.TrimSuffix(i.Substitute+", "+i.SubTitle, ", ")
	}
	return i.Reason
}

// remark is what a row says beside its state: who comes instead, why not, when they were told and reminded.
func (p peoplePage) remark(i plan.Invitation) templ.Component {
	words := substituteWords(i)
	if i.State == plan.InvitationSubstituted && !i.Stale(p.Dialogue) {
		return ui.Text(words)
	}
	switch {
	case i.Stale(p.Dialogue):
		words = p.T("delegate.remark.stale")
	case i.State == plan.InvitationSent && i.Reminders > 0:
		words = p.T("delegate.remark.reminded", "count", i.Reminders, "day", p.ListDay(i.RemindedOn))
	case i.State == plan.InvitationSent:
		words = p.T("delegate.remark.told", "day", p.ListDay(i.InvitedOn))
	}
	if words == "" {
		words = i.Note
	}
	if words == "" {
		return ui.Text("")
	}
	return quiet(words)
}

// peopleArea shows on the workspace how far invitations are, which seat beside the chair is empty, and how many come.
func peopleArea(s *site, r *web.Request, p *workspacePage) error {
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	p.Lines = append(p.Lines, base.lines(plan.InviteDue(p.Rules, p.Dialogue))...)
	if h := base.Heads; h.All > 0 {
		p.Asides = append(p.Asides, base.aside())
	}
	return nil
}

// lines are what is left to do with the list: to send the invitations, and to have a person named for each place.
func (p peopleBase) lines(due calendar.Date) (lines []workLine) {
	h, at := p.Heads, peoplePath(p.Dialogue.ID)
	send := workLine{
		Step: plan.Step{Stage: plan.StageAnnounce, State: plan.StepWaits, Due: due, Blocks: true},
		Href: at, Owner: p.T("delegate.work.office"), Title: p.T("delegate.work.list"), Block: p.T("delegate.work.no_list"),
	}
	if h.All > 0 {
		send.Title = p.T("delegate.work.send", "count", h.All)
		send.Block = p.T("delegate.work.unsent", "count", h.Draft+h.Stale)
		send.Proof = ui.Words{ui.Link{
			Text: p.T("delegate.work.answered", "count", h.Accepted+h.Substituted+h.Declined, "all", h.All), Href: at,
		}}
		switch {
		case h.Draft+h.Stale == 0:
			send.State, send.DoneOn = plan.StepDone, p.lastTold()
		case h.Draft < h.All:
			send.State = plan.StepDoing
		}
		if h.Stale > 0 {
			send.Href, send.Title = at+"?"+peopleTab+"="+string(tabStale), p.T("delegate.work.again", "count", h.Stale)
		}
	}
	lines = append(lines, send)
	if line, ok := p.coChair(); ok {
		lines = append(lines, line)
	}
	if n := h.Open - p.openCoChairs(); n > 0 {
		lines = append(lines, workLine{
			Step: plan.Step{Stage: plan.StagePrepare, State: plan.StepDoing, Due: due, Blocks: true},
			Href: at, Owner: p.T("delegate.work.office"), Title: p.T("delegate.work.name", "count", n),
			Block: p.T("delegate.work.open", "count", n),
		})
	}
	return lines
}

// lastTold is the day on which the last of those invited was told.
func (p peopleBase) lastTold() (day calendar.Date) {
	for _, i := range p.People {
		if i.Told() && i.InvitedOn.After(day) {
			day = i.InvitedOn
		}
	}
	return day
}

// openCoChairs counts the places of co-chairs for whom nobody is named.
func (p peopleBase) openCoChairs() (n int) {
	for _, i := range p.People {
		if i.Capacity == plan.CapacityCoChair && i.Open() {
			n++
		}
	}
	return n
}

// coChair is the line of who co-chairs; false where the list has no such place.
func (p peopleBase) coChair() (workLine, bool) {
	who, ok := plan.Presiding(p.People, plan.CapacityCoChair)
	if !ok {
		return workLine{}, false
	}
	l := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepWaits, Blocks: true},
		Title: p.T("delegate.work.co_chair"), Href: peoplePath(p.Dialogue.ID), Block: p.T("delegate.work.no_co_chair"),
	}
	for _, i := range p.People {
		if i.Capacity != plan.CapacityCoChair || i.State == plan.InvitationWithdrawn {
			continue
		}
		if p.may(doithoai.ActViewContacts) {
			l.Href = personPath(p.Dialogue.ID, i.ID)
		}
		l.Owner = i.Seat()
		if i.Told() {
			l.State = plan.StepDoing
		}
	}
	if who != "" {
		l.State, l.Proof = plan.StepDone, ui.Words{ui.Text(who)}
	}
	return l, true
}

// aside is how many come, by groups.
func (p peopleBase) aside() ui.Aside {
	var rows []groupHeads
	for n, point := range p.Points {
		var all []plan.Invitation
		for _, i := range p.People {
			if i.Point == point.Key {
				all = append(all, i)
			}
		}
		if h := plan.HeadsOf(p.Dialogue, all); h.All > 0 {
			rows = append(rows, groupHeads{p.pointTitle(n), p.T("delegate.work.group", "coming", h.Coming, "all", h.All)})
		}
	}
	return ui.Aside{
		ID: "thanh-phan", Title: p.T("delegate.work.heads", "all", p.Heads.All, "coming", p.Heads.Coming),
		Body: groupsAside(rows),
	}
}

// groupHeads are how many of a group come, in words.
type groupHeads struct{ Title, Coming string }
