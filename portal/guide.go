package portal

import (
	"net/http"
	"net/url"
	"strconv"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	// guidesPerPage is how many reference pages a page of the list has.
	guidesPerPage = 50
	// guidesAbove is how many of them stand above the answers that a search found.
	guidesAbove = 3
)

// guidesPage is the list of reference pages: all by field and procedure, or what was found for some words.
type guidesPage struct {
	*web.Reader
	setting
	Query string
	Field string
	Rows  []store.GuideRow
	After int
	More  bool
}

// guides answers GET /huong-dan: what is public by field and procedure, of one field (linh-vuc), or for the words that
// were typed (tim) the best first. Further pages begin behind the page with a number (sau).
func (s *site) guides(r *web.Request) error {
	q := r.URL.Query()
	p := guidesPage{Reader: r.Reader, Query: text.Cut(text.CleanLine(q.Get("tim")), maxQuery)}
	var err error
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if field := q.Get("linh-vuc"); p.FieldName(field) != "" {
		p.Field = field
	}
	if after, err := strconv.Atoi(q.Get(fieldAfter)); err == nil && after > 0 {
		p.After = after
	}
	if p.Query != "" {
		p.After = 0
		p.Rows, err = s.DB.SearchGuides(r.Context(), r.Authority.ID, p.Query, p.Field, guidesPerPage)
	} else {
		p.Rows, p.More, err = s.DB.PublicGuides(r.Context(), r.Authority.ID, p.Field, p.After, guidesPerPage)
	}
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// guidesPart are the pages of one field, or what was found.
type guidesPart struct {
	ID    string
	Title string
	Rows  []store.GuideRow
}

// parts are the pages by field; what was found stands in one, the best first.
func (p guidesPage) parts() (parts []guidesPart) {
	if p.Query != "" {
		return []guidesPart{{"ket-qua", p.T("guide.list.found", "count", len(p.Rows), "query", p.Query), p.Rows}}
	}
	for _, g := range p.Rows {
		if n := len(parts); n == 0 || parts[n-1].ID != g.FieldCode {
			parts = append(parts, guidesPart{ID: g.FieldCode, Title: fieldText(p.Reader, p.setting, g.FieldCode)})
		}
		last := &parts[len(parts)-1]
		last.Rows = append(last.Rows, g)
	}
	return parts
}

func (p guidesPage) form() ui.Search {
	fields := ui.Select{
		Field: ui.Field{Name: "linh-vuc", Label: ui.Label{Text: p.T("portal.answers.field")}}, Value: p.Field,
		Options: []ui.Option{{Text: p.T("portal.answers.every_field")}},
	}
	for _, f := range p.Fields {
		if !f.Conduct {
			fields.Options = append(fields.Options, ui.Option{Value: f.Code, Text: p.FieldText(f.Code, f.Name)})
		}
	}
	return ui.Search{
		Action: web.PublicGuidesPath, Label: p.T("guide.list.search_label"),
		Field: ui.Input{
			Field: ui.Field{
				Name: "tim", Label: ui.Label{Text: p.T("guide.list.search")},
				Attrs: ui.Attrs{"maxlength": strconv.Itoa(maxQuery)},
			},
			Type: "search", Value: p.Query,
		},
		Filters: []ui.Select{fields}, Button: p.T("portal.answers.find"),
	}
}

// nothing says that there is nothing to read, and why.
func (p guidesPage) nothing() string {
	if p.Query != "" || p.Field != "" {
		return p.T("guide.list.nothing")
	}
	return p.T("guide.list.none_yet")
}

func (p guidesPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("guide.list.pages")}
	to := func(after int) string {
		q := url.Values{}
		if p.Field != "" {
			q.Set("linh-vuc", p.Field)
		}
		if after > 0 {
			q.Set(fieldAfter, strconv.Itoa(after))
		}
		if len(q) == 0 {
			return web.PublicGuidesPath
		}
		return web.PublicGuidesPath + "?" + q.Encode()
	}
	if p.After > 0 {
		pages.Previous = ui.PageLink{Text: p.T("guide.list.first"), Href: to(0)}
	}
	if p.More {
		pages.Next = ui.PageLink{Text: p.T("guide.list.next"), Href: to(p.Rows[len(p.Rows)-1].Number)}
	}
	return pages
}

// guideRows are reference pages as a list. Of one that is to be reviewed the row says so.
func guideRows(r *web.Reader, list []store.GuideRow) (rows ui.Rows) {
	for _, g := range list {
		row := ui.Row{
			Title: g.Title, Lang: "vi", Href: web.PublicGuidePath(g.Number), Facts: guideFacts{Reader: r, GuideRow: g}.html(),
		}
		if g.Due.Any() {
			row.State = ui.Tag{Text: r.T("guide.public_due"), Colour: ui.Yellow}
		}
		rows = append(rows, row)
	}
	return rows
}

// guidePage is one reference page, or what became of it.
type guidePage struct {
	*web.Reader
	setting
	Guide store.GuideRow
}

// guide answers GET /huong-dan/{guide}. The address of a page that was withdrawn says since when, and why.
func (s *site) guide(r *web.Request) error {
	number, err := strconv.Atoi(r.PathValue("guide"))
	if err != nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p := guidePage{Reader: r.Reader}
	if p.Guide, err = s.DB.PublicGuide(r.Context(), r.Authority.ID, number); err != nil {
		return err
	}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if p.Guide.State == doithoai.GuideWithdrawn {
		return r.Page(http.StatusGone, p.gone())
	}
	return r.Page(http.StatusOK, p.view())
}

// state says who keeps the page true, and when that was last looked at.
func (p guidePage) state() ui.StateLine {
	line := ui.StateLine{ui.Tag{Text: p.T("guide.public_reviewed"), Colour: ui.Green}, p.day(p.Guide.ReviewedOn)}
	if p.Guide.Due.Any() {
		line = ui.StateLine{ui.Tag{Text: p.T("guide.public_due"), Colour: ui.Yellow}, p.lastReview()}
	}
	if field := fieldText(p.Reader, p.setting, p.Guide.FieldCode); field != "" {
		line = append(line, ui.Text(field))
	}
	return line
}

// doubts are the sentences that say why a reader should ask before relying on the page.
func (p guidePage) doubts() (list []string) {
	due := p.Guide.Due
	if due.Over {
		list = append(list, p.T("guide.doubt.over", "date", p.DateIn(p.Guide.ReviewBy)))
	}
	if !due.Changed.IsZero() {
		list = append(list, p.T("guide.doubt.changed", "date", p.DateIn(due.Changed.Date())))
	}
	for _, c := range due.Ceased {
		list = append(list, p.T("guide.doubt.ceased", "basis", c.Basis.Title(), "date", p.DateIn(c.Last)))
	}
	return list
}

// guidesFirst are the reference pages above the answers of a search.
func (s *site) guidesFirst(r *web.Request, p *answersPage) (err error) {
	if p.Search.Query == "" || p.Search.Page > 0 || p.Unknown != "" {
		return nil
	}
	p.Guides, err = s.DB.SearchGuides(r.Context(), r.Authority.ID, p.Search.Query, p.Search.Field, guidesAbove)
	return err
}
