package web

import (
	"doithoai"
	"doithoai/web/ui"
)

func (p Staff) letterhead() ui.Letterhead {
	l := ui.Letterhead{
		Authority: LetterheadLines(p.Authority.FullName), Href: DeskPath, Service: p.T("web.staff.service"),
		Strip: p.strip(),
	}
	if p.Rehearsal != "" {
		l.Href = p.Rehearsal
	} else if p.Wide { // no side menu: this is the way back
		l.Service, l.ServiceHref = p.T("web.staff.desk"), DeskPath
	}
	if p.Authority.ID == "" { // the set-up: the product's name stands for the authority's
		l.Service = ""
	}
	if p.Officer.ID != "" {
		l.Officer, l.SignOut = p.Officer.Name, ui.PostLink{Text: p.T("web.staff.sign_out"), Action: "/noi-bo/dang-xuat"}
		if p.Officer.Post != "" {
			l.Officer += ", " + p.Officer.Post
		}
		if p.menu() {
			l.Bell = p.bell()
		}
	}
	return l
}

// bell leads to what the officer was told, and says how much of it is unread.
func (p Staff) bell() ui.Link {
	bell := ui.Link{Text: p.T("notice.bell"), Href: NoticesPath}
	if n := p.Officer.Unread; n > 0 {
		bell.Text = p.T("notice.bell_unread", "number", p.Text.Number(n))
	}
	return bell
}

func (p Staff) sideMenu() ui.SideNavigation {
	n := ui.SideNavigation{Label: p.T("web.menu.label")}
	for _, m := range staffMenu {
		if m.path == RollUpPath && !p.Authority.Level.Superior() {
			continue // nobody reports to it
		}
		if doithoai.MayEver(p.Officer.Actor(), m.act) {
			n.Items = append(n.Items, ui.NavItem{
				Text: p.T(m.key), Href: m.path, Current: m.path == p.Path, Active: m.path == p.Section,
			})
		}
	}
	return n
}
