package results

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	docform "doithoai/doc/form"
	"doithoai/report"
	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
)

// Below the page of a report.
const (
	asCSV       = ".csv"
	asWorkbook  = ".xlsx"
	figureField = "so" // of the address: the key of a figure
)

func (s *site) figureRoutes() []web.Route {
	const at, figuresAt = web.DialoguesPath + "/{id}" + web.ReportPart, web.DialoguesPath + "/{id}" + web.ReportFigures
	return []web.Route{
		{Pattern: "GET " + figuresAt, Act: doithoai.ActSeeReport, Do: s.figures},
		{Pattern: "GET " + figuresAt + asCSV, Act: doithoai.ActSeeReport, Do: s.rowsFile},
		{Pattern: "GET " + at + asWorkbook, Act: doithoai.ActSeeReport, Do: s.workbook},
	}
}

func figuresPath(d doithoai.Dialogue) string { return web.WorkspacePath(d.ID) + web.ReportFigures }

// figurePath opens the rows of a figure; ending is that of a file, "" of the page.
func figurePath(d doithoai.Dialogue, key, ending string) string {
	return figuresPath(d) + ending + "?" + url.Values{figureField: {key}}.Encode()
}

// figureName is what a figure counts, in the reader's language.
func figureName(r *web.Reader, key string) string {
	return docform.FigureName(r.Text, report.Figure{Key: key})
}

// figuresPage are the figures of a report: all of them, or the rows of one.
type figuresPage struct {
	*web.Reader
	store.ReportFile
	Figure report.Figure // Key "": all
	Rows   []report.Matter
}

func (s *site) loadFigures(r *web.Request) (p figuresPage, err error) {
	p.Reader = r.Reader
	if p.ReportFile, err = s.db.ResultReport(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	key := r.URL.Query().Get(figureField)
	if key == "" {
		return p, nil
	}
	var ok bool
	if p.Figure, p.Rows, ok = p.Shown().Book.Figure(key); !ok {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return p, nil
}

func (s *site) figures(r *web.Request) error {
	p, err := s.loadFigures(r)
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// groups are the groups of figures that say something: a group of nothing but what nobody said does not.
func (p figuresPage) groups() (all []report.Group) {
	for _, g := range p.Shown().Book.Groups() {
		if len(g.Figures) > 1 || len(g.Figures) == 1 && g.Figures[0].Value() != "" {
			all = append(all, g)
		}
	}
	return all
}

// shown are the figures of a group that are not nothing.
func shown(g report.Group) (all []report.Figure) {
	for _, f := range g.Figures {
		if f.Count > 0 {
			all = append(all, f)
		}
	}
	return all
}

// heads are the headings of the rows.
func heads(r *web.Reader) (all []string) {
	for _, c := range docform.ResultColumns {
		all = append(all, r.T("report.annex.head."+c.Key))
	}
	return all
}

// rowsFile answers GET …/so-lieu.csv: the rows of a figure, all of them without one.
func (s *site) rowsFile(r *web.Request) error {
	p, err := s.loadFigures(r)
	if err != nil {
		return err
	}
	if p.Figure.Key == "" {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	var rows [][]string
	for i, m := range p.Rows {
		rows = append(rows, docform.ResultRow(i+1, m))
	}
	return r.Download("text/csv; charset=utf-8", "so-lieu-"+p.Dialogue.Slug+asCSV, func(w http.ResponseWriter) error {
		err = table.WriteCSV(w, table.Under(marked(p.Reader, heads(p.Reader))[0], slices.Values(rows)))
		return err
	}, &err)
}

// workbook answers GET …/bao-cao.xlsx: the first annex of the report as a workbook.
func (s *site) workbook(r *web.Request) error {
	p, err := s.loadFigures(r)
	if err != nil {
		return err
	}
	head := make([]string, len(docform.ResultColumns))
	widths := make([]float64, len(head))
	for i, c := range docform.ResultColumns {
		head[i], widths[i] = vietnamese.T("report.annex.head."+c.Key), c.Width*0.45
	}
	sheet := table.Sheet{Name: vietnamese.T("report.annex.sheet"), Widths: widths}
	var rows [][]string
	for i, m := range p.Shown().Book.Matters {
		rows = append(rows, docform.ResultRow(i+1, m))
	}
	return r.Download(workbook, "phu-luc-1-"+p.Dialogue.Slug+asWorkbook, func(w http.ResponseWriter) error {
		err = sheet.Write(w, table.Under(marked(p.Reader, head)[0], slices.Values(rows)))
		return err
	}, &err)
}

// workbook is what a workbook is sent as.
const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// outcome is what became of a matter, in words.
func (p figuresPage) outcome(m report.Matter) string {
	return figureName(p.Reader, report.GroupOutcome+"/"+string(m.Outcome))
}

func (p figuresPage) unit(m report.Matter) string {
	if m.Unit == "" {
		return "–"
	}
	return strings.Join(append([]string{m.Unit}, m.With...), ", ")
}
