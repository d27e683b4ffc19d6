package portal

import (
	"net/http"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// filesPart is the part of a promise's page where the files stand that show that it was kept.
const filesPart = "#minh-chung"

// publicFilePath is the address of such a file.
func publicFilePath(id doithoai.ID) string { return web.PublicPromisesPath + "/tep/" + string(id) }

// promisePage is one promise with the files that show that it was kept.
type promisePage struct {
	*web.Reader
	setting
	Row   store.PromiseRow
	Files []doithoai.Attachment
}

// promise answers GET /cam-ket/{promise}.
func (s *site) promise(r *web.Request) error {
	p := promisePage{Reader: r.Reader}
	var err error
	p.Row, p.Files, err = s.DB.PublicPromise(r.Context(), r.Authority.ID, doithoai.ID(r.PathValue("promise")))
	if err != nil {
		return err
	}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// publicFile answers GET /cam-ket/tep/{file}: a file that shows that a promise was kept, as long as it is public.
func (s *site) publicFile(r *web.Request) error {
	a, f, err := s.DB.OpenPublicFile(r.Context(), r.Authority.ID, doithoai.ID(r.PathValue("file")))
	if err != nil {
		return err
	}
	return r.ServePublicFile(a, f, "minh-chung")
}

func (p promisePage) stands() web.Promise {
	return web.Promise{Reader: p.Reader, Promise: p.Row.Promise, Calendar: p.Calendar}
}

// rows are who does it until when, in what it was promised, and what became of it.
func (p promisePage) rows() ui.Terms {
	return ui.Terms{
		{Key: p.T("promise.page.unit"), Value: p.Row.Unit},
		{Key: p.T("promise.page.due"), RichValue: promiseDue(p.stands())},
		{Key: p.T("promise.page.result"), RichValue: promiseResult(p.stands(), 0)},
		{Key: p.T("promise.page.from"), RichValue: ui.Link{Text: madeBy(p.Reader, p.Row), Href: madeAt(p.Row)}},
	}
}

// files are pictures, shown with the words that the office gave them, and papers to be taken along.
func (p promisePage) files() (l ui.FileList) {
	pictures := 0
	for _, a := range p.Files {
		href := publicFilePath(a.ID)
		row := ui.FileRow{Name: a.Alt, Href: href, About: p.FileAbout(a.File)}
		if a.Kind.Picture() {
			pictures++
			row.Name = p.T("promise.page.picture", "n", pictures)
			row.About = p.T("promise.page.shown", "date", p.Date(a.PublicAt.Date()))
			row.Picture, row.Alt = href, a.Alt
		}
		l = append(l, row)
	}
	return l
}
