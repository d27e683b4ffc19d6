package results

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"doithoai"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/table"
	"doithoai/web"
	"doithoai/web/docfile"
)

// Periodic figures: below their page, and in its address.
const (
	countedPart = "/y-kien" // the rows of a figure
	formsPart   = "/bieu"

	spanField   = "ky"
	columnField = "cot"      // of a figure: the number of its column, from 1; absent: the first
	fieldField  = "linh-vuc" // of a figure: the name of its field; absent: of all
	pageField   = "trang"    // of its rows, from 1
	perPage     = 100        // of them
)

func (s *site) periodicRoutes() []web.Route {
	const at, rowsAt = web.PeriodicPath, web.PeriodicPath + countedPart
	see := doithoai.ActSeeReport
	return slices.Concat(
		docfile.Routes(at, web.Route{Act: see, Do: s.periodicPaper}),
		[]web.Route{
			{Pattern: "GET " + at, Act: see, Do: s.periodic},
			{Pattern: "GET " + at + asCSV, Act: see, Do: s.periodicCSV},
			{Pattern: "GET " + at + asWorkbook, Act: see, Do: s.periodicWorkbook},
			{Pattern: "GET " + rowsAt, Act: see, Do: s.counted},
			{Pattern: "GET " + rowsAt + asCSV, Act: see, Do: s.countedCSV},
			{Pattern: "GET " + at + formsPart, Act: see, Do: s.periodForms},
			{Pattern: "POST " + at + formsPart, Act: doithoai.ActSetPeriodForm, Do: s.setPeriodForm},
		})
}

// spanPath is the page of a span's figures; ending is that of a file, "" of the page.
func spanPath(s report.Span, ending string) string {
	return web.PeriodicPath + ending + "?" + url.Values{spanField: {s.Word()}}.Encode()
}

// countedPath opens the rows of a figure; field nil: of all fields.
func countedPath(s report.Span, column int, field *string, ending string) string {
	of := url.Values{spanField: {s.Word()}, columnField: {strconv.Itoa(column + 1)}}
	if field != nil {
		of.Set(fieldField, *field)
	}
	return web.PeriodicPath + countedPart + ending + "?" + of.Encode()
}

// periodicPage are the figures of a span.
type periodicPage struct {
	*web.Reader
	report.Periodic
}

func (s *site) loadPeriodic(r *web.Request) (p periodicPage, err error) {
	p.Reader = r.Reader
	p.Periodic, err = s.db.PeriodicFigures(r.Context(), r.Actor(), r.URL.Query().Get(spanField))
	return p, err
}

func (s *site) periodic(r *web.Request) error {
	p, err := s.loadPeriodic(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// balance says how the figures hang together.
func (p periodicPage) balance() string {
	carried, new, done, open := p.Balance()
	return p.T("periodic.balance", "carried", carried, "new", new, "done", done, "open", open, "all", len(p.Matters))
}

// spans are those to which the page leads: the one before, the one after, the year of a quarter, a year's quarters.
func (p periodicPage) spans() (all []report.Span) {
	all = append(all, p.Span.Before(), p.Span.After())
	if p.Span.Quarter > 0 {
		all = append(all, p.Span.Whole())
	} else {
		for quarter := range 4 {
			all = append(all, report.Span{Year: p.Span.Year, Quarter: quarter + 1})
		}
	}
	return slices.DeleteFunc(all, func(s report.Span) bool { return !s.Begun(p.Current) })
}

// periodicCSV answers GET …/so-lieu-dinh-ky.csv, as the workbook has it.
func (s *site) periodicCSV(r *web.Request) error {
	p, err := s.loadPeriodic(r)
	if err != nil {
		return err
	}
	return r.Download("text/csv; charset=utf-8", p.fileName()+asCSV, func(w http.ResponseWriter) error {
		err = table.WriteCSV(w, slices.Values(marked(p.Reader, docform.PeriodicTable(p.Text, p.Periodic)...)))
		return err
	}, &err)
}

// periodicWorkbook answers GET …/so-lieu-dinh-ky.xlsx: the figures for the superior, in Vietnamese whoever asks.
func (s *site) periodicWorkbook(r *web.Request) error {
	p, err := s.loadPeriodic(r)
	if err != nil {
		return err
	}
	rows := marked(p.Reader, docform.PeriodicTable(vietnamese, p.Periodic)...)
	sheet := table.Sheet{Name: vietnamese.T("periodic.sheet", "span", p.Span.Word()), Widths: []float64{28}}
	for range p.Form.Columns {
		sheet.Widths = append(sheet.Widths, 12)
	}
	return r.Download(workbook, p.fileName()+asWorkbook, func(w http.ResponseWriter) error {
		err = sheet.Write(w, slices.Values(rows))
		return err
	}, &err)
}

func (p periodicPage) fileName() string { return "so-lieu-" + p.Span.Word() }

// periodicPaper answers GET …/so-lieu-dinh-ky.docx and .pdf.
func (s *site) periodicPaper(r *web.Request) error {
	p, err := s.loadPeriodic(r)
	if err != nil {
		return err
	}
	head := docform.Head{Authority: r.Authority, Signer: docform.ChairSigner(plan.Signatory{}, "")}
	return docfile.Send(r, s.db, p.fileName(), docform.Periodic(head, p.Periodic))
}

// countedPage are the matters that a figure counts.
type countedPage struct {
	periodicPage
	Column int
	Field  *string // nil: all
	Rows   []report.Counted
	Number int // of the page, from 1
}

func (s *site) loadCounted(r *web.Request) (p countedPage, err error) {
	if p.periodicPage, err = s.loadPeriodic(r); err != nil {
		return p, err
	}
	query := r.URL.Query()
	column := 1
	if query.Has(columnField) {
		column, err = strconv.Atoi(query.Get(columnField))
	}
	if err != nil || column < 1 || column > len(p.Form.Columns) {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if p.Column = column - 1; query.Has(fieldField) {
		field := query.Get(fieldField)
		p.Field = &field
	}
	p.Rows = p.Where(p.Column, p.Field)
	p.Number = 1
	if query.Has(pageField) {
		p.Number, err = strconv.Atoi(query.Get(pageField))
	}
	if err != nil || p.Number < 1 || p.Number > p.pages() {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return p, nil
}

func (s *site) counted(r *web.Request) error {
	p, err := s.loadCounted(r)
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// pages is how many pages the rows have; one where there are none.
func (p countedPage) pages() int { return max(1, (len(p.Rows)+perPage-1)/perPage) }

// shown are the rows of the page.
func (p countedPage) shown() []report.Counted {
	first := (p.Number - 1) * perPage
	return p.Rows[first:min(first+perPage, len(p.Rows))]
}

// page is the address of another page of the rows; "" where there is none.
func (p countedPage) page(number int) string {
	if number < 1 || number > p.pages() {
		return ""
	}
	return countedPath(p.Span, p.Column, p.Field, "") + "&" + pageField + "=" + strconv.Itoa(number)
}

// title is what is counted: "Mới trong kỳ, Hộ tịch: 12".
func (p countedPage) title() string {
	words := p.Form.Columns[p.Column].Text
	if p.Field != nil {
		words += ", " + docform.PeriodicField(p.Text, *p.Field)
	}
	return words + ": " + p.Text.Number(len(p.Rows))
}

// countedColumns are the columns of the rows, by their keys.
var countedColumns = []string{"received", "field", "unit", "about", "became", "public"}

// cells are the cells of a row, in the order of countedColumns.
func (p countedPage) cells(m report.Counted) []string {
	became := p.T("periodic.became." + string(m.Became))
	if !m.On.IsZero() {
		became += " " + p.Date(m.On)
	}
	if m.Late {
		became += ", " + p.T("periodic.row.late")
	}
	public := ""
	if m.Public {
		public = p.T("list.yes")
	}
	return []string{
		p.Date(m.Received), docform.PeriodicField(p.Text, m.Field), m.Unit, p.T("periodic.about." + string(m.About)), became,
		public,
	}
}

// words are what a matter is about; one on how officials serve stands in neutral words.
func (p countedPage) words(m report.Counted) string {
	if m.Words == "" {
		return vietnamese.T("conclusion.paper.conduct")
	}
	return m.Words
}

// countedCSV answers GET …/y-kien.csv: all rows of a figure.
func (s *site) countedCSV(r *web.Request) error {
	p, err := s.loadCounted(r)
	if err != nil {
		return err
	}
	head := []string{p.T("periodic.row.number"), p.T("periodic.row.words")}
	for _, key := range countedColumns {
		head = append(head, p.T("periodic.row."+key))
	}
	rows := [][]string{head}
	for _, m := range p.Rows {
		rows = append(rows, append([]string{string(m.Number), p.words(m)}, p.cells(m)...))
	}
	return r.Download("text/csv; charset=utf-8", p.fileName()+"-cot-"+strconv.Itoa(p.Column+1)+asCSV,
		func(w http.ResponseWriter) error {
			err = table.WriteCSV(w, slices.Values(marked(p.Reader, rows...)))
			return err
		}, &err)
}
