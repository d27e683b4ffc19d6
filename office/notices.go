package office

import (
	"net/http"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// noticesPage lists what the officer was told, the newest first. Opening it is reading it.
type noticesPage struct {
	*web.Reader
	Notices []store.Notice
	More    bool
	First   bool
}

// noticesLimit is how many notices a page has.
const noticesLimit = 30

// noticesAfter names in the address the last notice of the page before.
const noticesAfter = "sau"

func (s *site) notices(r *web.Request) error {
	after := doithoai.ID(r.URL.Query().Get(noticesAfter))
	p := noticesPage{Reader: r.Reader, First: after == ""}
	var err error
	if p.Notices, p.More, err = s.db.Notices(r.Context(), r.Actor(), after, noticesLimit); err != nil {
		return err
	}
	if slices.ContainsFunc(p.Notices, func(n store.Notice) bool { return n.ReadAt.IsZero() }) {
		if err := s.db.ReadNotices(r.Context(), r.Actor(), p.Notices[0].ID); err != nil {
			return err
		}
		if p.First {
			p.Officer.Unread = 0 // as the next page will say
		}
	}
	return r.Page(http.StatusOK, p.view())
}

func (p noticesPage) rows() (rows []ui.WorkRow) {
	for _, n := range p.Notices {
		row := ui.WorkRow{
			Title: text.Brief(n.Title, deskTitle), Href: web.TaskPath(n.TaskID), Under: n.Owner,
		}
		told := p.T("notice.kind."+string(n.Kind), "due", p.Date(n.Due))
		switch n.Kind {
		case store.NoticeOpinions:
			row.Title, row.Href = p.summary(n), web.RegisterPath
		case store.NoticeToUrge:
			row.Title, row.Href = p.summary(n), web.DeskPath
		case store.NoticeDuties:
			row.Title, row.Href = p.summary(n), web.DeskPath
		}
		if n.Kind == store.NoticeSupplement {
			row.Title, row.Href = p.T("notice.supplement", "number", string(n.Number)), web.OpinionPath(n.Number)+partSupplement
			if n.Number == "" { // it is not the officer's to see any more
				row.Title, row.Href = p.T("notice.supplement.gone"), web.DeskPath
			}
		}
		mark := ui.WorkCell{}
		if n.ReadAt.IsZero() {
			mark.Rich = ui.Tag{Text: p.T("notice.new"), Colour: ui.Yellow}
		}
		row.Cells = []ui.WorkCell{{Text: told}, {Rich: web.Moment(p.Reader, n.At)}, mark}
		rows = append(rows, row)
	}
	return rows
}

// summary says how much is late, how much near: neither of which there is nothing.
func (p noticesPage) summary(n store.Notice) string {
	key := "notice." + string(n.Kind)
	switch 0 {
	case n.Soon:
		key += ".late"
	case n.Late:
		key += ".soon"
	}
	return p.T(key, "late", p.Text.Number(n.Late), "soon", p.Text.Number(n.Soon))
}

func (p noticesPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if !p.First {
		pages.Previous = ui.PageLink{Text: p.T("notice.newest"), Href: web.NoticesPath}
	}
	if p.More {
		last := string(p.Notices[len(p.Notices)-1].ID)
		pages.Next = ui.PageLink{Text: p.T("notice.older"), Href: web.NoticesPath + "?" + noticesAfter + "=" + last}
	}
	return pages
}
