package rollup

import (
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"doithoai"
	"doithoai/report"
	"doithoai/table"
	"doithoai/web"
)

// filePage is the form that takes a signed report file.
type filePage struct {
	*web.Reader
	Problems web.Problems
	Refusal  string
}

func (s *site) fileForm(r *web.Request) error {
	return r.Page(http.StatusOK, filePage{Reader: r.Reader}.view())
}

func (s *site) takeFile(r *web.Request) error {
	p := filePage{Reader: r.Reader}
	b, err := r.Upload(&struct{}{}, table.FileField, report.MaxFile)
	var code string
	if err == nil {
		code, err = s.db.TakeReportFile(r.Context(), r.Actor(), b)
	}
	switch {
	case err == nil:
		return r.Redirect(codePath(code) + "?" + url.Values{doneField: {string(doithoai.ActTakeReportFile)}}.Encode())
	case !web.Mendable(err):
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// openFile answers with a file as it came.
func (s *site) openFile(r *web.Request) error {
	id := r.PathValue("file")
	b, err := s.db.OpenReportFile(r.Context(), r.Actor(), doithoai.ID(id))
	if err != nil {
		return err
	}
	return r.Download("application/json", "bao-cao-"+id+".json", func(w http.ResponseWriter) error {
		_, err = w.Write(b)
		return err
	}, &err)
}

// workbookKind is what a workbook is sent as.
const workbookKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// csv answers GET …/tong-hop.csv: all communes of the period and the filter.
func (s *site) csv(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	return r.Download("text/csv; charset=utf-8", p.fileName(asCSV), func(w http.ResponseWriter) error {
		return table.WriteCSV(w, table.Under(p.heads(), s.every(r, p, &err)))
	}, &err)
}

// workbook answers GET …/tong-hop.xlsx: the same as a workbook.
func (s *site) workbook(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	sheet := table.Sheet{Name: p.T("roll_up.title"), Widths: []float64{30, 22, 14, 14, 10, 10, 10, 10, 18, 30}}
	return r.Download(workbookKind, p.fileName(asWorkbook), func(w http.ResponseWriter) error {
		return sheet.Write(w, table.Under(p.heads(), s.every(r, p, &err)))
	}, &err)
}

func (p page) fileName(ending string) string {
	return "tong-hop-" + strconv.Itoa(p.Ask.Year) + "-" + strconv.Itoa(int(p.Ask.Period)) + ending
}

// heads are the headings of a file; that of a demo says that nothing in it is real.
func (p page) heads() []string {
	all := []string{p.T("roll_up.column.commune")}
	for _, c := range columns {
		all = append(all, p.T("roll_up.column."+c))
	}
	all = append(all, p.T("roll_up.column.source"))
	if p.Authority.Demo {
		return table.Mark(p.Text, [][]string{all})[0]
	}
	return all
}

// every are the rows of all pages, each page read when it is needed. Where one can't be read, they end, and failed says
// why.
func (s *site) every(r *web.Request, p page, failed *error) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for {
			for _, w := range p.Rows {
				row := append([]string{w.Name}, cells(p.Reader, w, p.Ask.Year, p.Least)...)
				if !yield(append(row, source(p.Reader, w.Subordinate))) {
					return
				}
			}
			if !p.More {
				return
			}
			p.Ask.After = p.Rows[len(p.Rows)-1].Ordinal
			if p.RollUp, *failed = s.db.RollUp(r.Context(), r.Actor(), p.Ask); *failed != nil {
				return
			}
		}
	}
}
