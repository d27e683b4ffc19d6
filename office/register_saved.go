package office

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/web"
)

// savedViewsPath is where the views of the register are kept and dropped that officers made themselves.
const savedViewsPath = web.RegisterPath + "/bo-loc"

// keepViewForm keeps the register as the page shows it, or drops what is kept.
type keepViewForm struct {
	Name  string `form:"ten-bo-loc" line:"true"`
	Query string `form:"bo-loc" line:"true"`
	Drop  string `form:"bo" line:"true"`
}

// keepView keeps the tab and the filters of the register's page under a name, or drops a view, and goes back to it.
func (s *site) keepView(r *web.Request) error {
	var f keepViewForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if f.Drop != "" {
		if err := s.db.DropRegisterView(r.Context(), r.Actor(), doithoai.ID(f.Drop)); err != nil {
			return err
		}
		return r.Redirect(web.RegisterPath + "?" + f.Query)
	}
	asked, err := url.ParseQuery(f.Query)
	if err != nil {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	asked.Del(fieldTyped)
	asked.Del(fieldAfter)
	p, err := s.registerPage(r, asked)
	if err != nil {
		return err
	}
	err = s.db.KeepRegisterView(r.Context(), r.Actor(), doithoai.RegisterView{Name: f.Name, Query: p.kept()})
	if web.Mendable(err) {
		p.Problems, p.ViewName = r.Problems(err), f.Name
		return r.Page(http.StatusUnprocessableEntity, p.view())
	}
	if err != nil {
		return err
	}
	return r.Redirect(web.RegisterPath + "?" + p.kept())
}

// kept is the query of the page without what was typed and the place among its pages.
func (p registerPage) kept() string {
	p.Typed = ""
	_, query, _ := strings.Cut(p.path(p.Tab, ""), "?")
	return query
}

// shownView is the view that the page shows, if it is one; -1: none.
func (p registerPage) shownView() int {
	return slices.IndexFunc(p.Views, func(v doithoai.RegisterView) bool { return v.Query == p.kept() })
}
