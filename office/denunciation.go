package office

import (
	"net/http"
	"net/url"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const denunciationsPath = "/noi-bo/to-cao"

// denunciationsPage lists the denunciations for who receives citizens: numbers and days, nothing of what was said.
type denunciationsPage struct {
	*web.Reader
	Rows        []store.Denounced
	First, More bool
}

// denunciationsLimit is how many rows a page of the list has.
const denunciationsLimit = 50

func (s *site) denunciations(r *web.Request) error {
	after := doithoai.RegisterNumber(r.URL.Query().Get("sau"))
	p := denunciationsPage{Reader: r.Reader, First: after == ""}
	var err error
	if p.Rows, p.More, err = s.db.DenunciationList(r.Context(), r.Actor(), after, denunciationsLimit); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (p denunciationsPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("register.pages")}
	if !p.First {
		pages.Previous = ui.PageLink{Text: p.T("register.newest"), Href: denunciationsPath}
	}
	if p.More {
		last := url.Values{"sau": {string(p.Rows[len(p.Rows)-1].Number)}}
		pages.Next = ui.PageLink{Text: p.T("register.older"), Href: denunciationsPath + "?" + last.Encode()}
	}
	return pages
}

// denunciationPage is the file of a denunciation. It is an opinion's page without anything to do: the work is another
// procedure's (Luật Tố cáo 25/2018).
type denunciationPage struct {
	opinionPage
}

func (s *site) denunciation(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.loadDenunciation(r, id)
	if err != nil {
		return err
	}
	r.Private()
	if r.URL.Query().Has(viewed) {
		if err := s.showPetitioner(r, &p.opinionPage); err != nil {
			return err
		}
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadDenunciation(r *web.Request, id doithoai.ID) (p denunciationPage, err error) {
	p.Reader = r.Reader
	if p.OpinionFile, err = s.db.DenunciationFile(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.outlook, err = s.outlook(r); err != nil {
		return p, err
	}
	return p, s.loadFiles(r, &p.opinionPage)
}

// viewDenouncer puts a view of who raised it on record, and goes on to the page that shows it.
func (s *site) viewDenouncer(r *web.Request) error {
	var f viewForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.loadDenunciation(r, id)
	if err != nil { // an opinion that is no denunciation has another page
		return err
	}
	_, err = s.db.ViewPetitioner(r.Context(), r.Actor(), id, f.Reason)
	if err == nil {
		return r.Redirect(denunciationsPath + "/" + string(web.NumberOf(r)) + "?" + viewed + "#" + viewed)
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return err
	}
	r.Private()
	p.Forms, p.Problems = forms{View: f, typed: doithoai.ActViewPetitioner}, r.Problems(err)
	return r.Page(http.StatusUnprocessableEntity, p.view())
}
