package hall

import (
	"cmp"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

// state words what an opinion's ruling is now, for somebody who saw another.
func (p *page) state(f store.OpinionFile) string {
	if f.Opinion.Ruling == "" {
		return p.T("hall.state.unruled")
	}
	names := make([]string, len(f.CoUnits))
	for i, u := range f.CoUnits {
		names[i] = u.Name
	}
	return p.list.ruling(f.Opinion, f.Petition, f.Unit.Name, strings.Join(names, ", "))
}

// leads are who may lead the opinion in the middle, as the form offers them. Of a new one nobody knows yet whether it
// is on conduct: all are offered, and the rule decides.
func (p *page) leads() (list []doithoai.Unit) {
	conduct := p.Opened != nil && p.Opened.Subject.Conduct
	for _, u := range p.Units {
		if !conduct || u.Office && !slices.Contains(p.Opened.Subject.ConcernedUnits, u.ID) {
			list = append(list, u)
		}
	}
	if conduct || p.Opened == nil {
		list = append(list, doithoai.Unit{ID: web.ByChair, Name: p.T("hall.by_chair")})
	}
	return list
}

// people are who may have answered, each once: the chair of the dialogue, whom people turn to in the units, and the
// officers beside them, with their posts.
func (p *page) people() (list []string) {
	var known []string
	add := func(name, shown string) {
		full, _, _ := strings.Cut(name, ",")
		_, key := byName(full)
		if key != "" && !slices.Contains(known, key) {
			known, list = append(known, key), append(list, shown)
		}
	}
	add(p.Dialogue.Chair, p.Dialogue.Chair)
	for _, u := range p.Units {
		add(u.Contact, u.Contact)
	}
	for _, o := range p.Officers {
		if o.Active && o.Post != "" && !slices.Contains(o.Roles, doithoai.RoleAdministrator) {
			add(o.Name, o.Signature())
		}
	}
	return list
}

// ruling is what a form says. Who raised a complaint is guided to where the authority receives citizens, by who
// presides where nobody else is named.
func (p *page) ruling(f form) (doithoai.Ruling, []doithoai.Problem) {
	r, own := f.ruling(p.leads(), p.people(), p.Bodies)
	if r.Code == doithoai.RulingComplaint {
		r.AnsweredBy = cmp.Or(r.AnsweredBy, p.Dialogue.Chair)
		if r.Body.Name == "" {
			r.Body = p.ReceptionBody()
		}
	}
	return r, own
}

// refusers are who may decide that the opinion is not accepted; of a new one, that one on nobody's conduct is not.
func (p *page) refusers() []doithoai.Signer {
	s := doithoai.Subject{AuthorityID: p.Authority.ID}
	if p.Opened != nil {
		s = p.Opened.Subject
	}
	return doithoai.RefusersOf(p.Officers, s)
}

// refuses reports whether the officer decides so themselves.
func (p *page) refuses() bool {
	return slices.ContainsFunc(p.refusers(), func(s doithoai.Signer) bool { return s.ID == p.Officer.ID })
}

// decidedBy is who is proposed to have decided: as typed, else who presides.
func (p *page) decidedBy() string {
	return cmp.Or(p.Form.By, string(web.Presiding(p.refusers(), p.Dialogue)))
}

// proposal is the due date that a ruling's parameter proposes today, and the same in words; the one that stands, where
// the opinion has one.
func (p *page) proposal(rule doithoai.RulingRule) (due, words string) {
	if p.Opened != nil && p.Opened.Petition != nil && rule.OpensPetition {
		stands := p.Opened.Petition.Due
		left, _ := p.Due(p.Rules.Calendar, stands)
		return p.Date(stands), p.T("hall.ruling_form.due_stands", "date", p.DateShort(stands), "left", left)
	}
	d, ok := p.Rules.Propose(rule, p.Today())
	if !ok {
		return "", ""
	}
	left, _ := p.Due(p.Rules.Calendar, d.Rolled)
	return p.Date(d.Rolled), p.T("hall.ruling_form.due_hint", "date", p.DateShort(d.Rolled), "left", left)
}

// dueTyped is the due date in the form, where it is another than the one that is proposed, or stands.
func (p *page) dueTyped() (calendar.Date, bool) {
	due, err := calendar.ParseDateVN(p.Form.Due)
	rule, _ := doithoai.RuleOf(doithoai.RulingCode(p.Form.Code))
	proposed, _ := p.proposal(rule)
	return due, err == nil && p.Date(due) != proposed
}

// asks are the parts of the form that a ruling opens: the classes dt-asked--… of the style sheet.
func asks(rule doithoai.RulingRule) string {
	all := []string{rule.Code.Key()}
	for _, a := range []struct {
		yes  bool
		part string
	}{
		{rule.OpensPetition, "unit"}, {rule.Says(), "text"}, {rule.Says() || rule.Guides(), "by"}, {rule.ByWhom, "whom"},
		{(rule.Says() || rule.Guides()) && rule.Code != doithoai.RulingOtherBody, "own"},
		{rule.Code != doithoai.RulingComplaint && rule.Code != doithoai.RulingDenunciation, "alike"},
	} {
		if a.yes {
			all = append(all, a.part)
		}
	}
	return strings.Join(all, " ")
}
