package hall

import (
	"strings"

	"doithoai"
	"doithoai/store"
)

// state words what an opinion's ruling is now, for somebody who saw another.
func (p *page) state(f store.OpinionFile) string {
	switch o := f.Opinion; {
	case o.Ruling == "":
		return p.T("hall.state.unruled")
	case f.Petition != nil:
		return p.T("hall.list.led", "ruling", p.RulingName(o.Ruling), "unit", f.Unit.Name, "date", p.Date(f.Petition.Due))
	default:
		return p.RulingName(o.Ruling)
	}
}

// proposal is the due date that a ruling's parameter proposes today, and the same in words.
func (p *page) proposal(rule doithoai.RulingRule) (due, words string) {
	d, ok := p.Rules.Propose(rule, p.Today())
	if !ok {
		return "", ""
	}
	left, _ := p.Due(p.Rules.Calendar, d.Due)
	return p.Date(d.Due), p.T("hall.ruling_form.due_hint", "date", p.DateShort(d.Due), "left", left)
}

// asks are the parts of the form that a ruling opens: the classes dt-asked--… of the style sheet.
func asks(rule doithoai.RulingRule) string {
	all := []string{rule.Code.Key()}
	for _, a := range []struct {
		yes  bool
		part string
	}{{rule.OpensPetition, "unit"}, {rule.Says(), "text"}, {rule.ByWhom, "whom"}} {
		if a.yes {
			all = append(all, a.part)
		}
	}
	return strings.Join(all, " ")
}
