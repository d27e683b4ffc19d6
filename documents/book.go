package documents

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// bookPath is the register of a year as the book that an office keeps (sổ đăng ký văn bản đi, NĐ 30/2020, Phụ lục IV),
// to be printed; with its ending, as a workbook.
const (
	bookPath   = web.DocumentsPath + "/so-dang-ky"
	asWorkbook = ".xlsx"
	workbook   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Of the book: how many documents are read at a time, and how many the page shows.
const (
	bookRead  = 500
	bookShown = 2000
)

// vietnamese is the language of the book, whoever reads it.
var vietnamese = text.For("vi")

// bookColumns are the columns of the book that the register knows, with their widths in characters. It does not know
// who signed, the unit that keeps a copy, and how many copies there are.
var bookColumns = []struct {
	key   string
	width float64
}{{"number", 16}, {"dated", 12}, {"what", 70}, {"sent", 16}, {"note", 36}}

// bookPage is the book of a year.
type bookPage struct {
	*web.Reader
	Year int
	Rows [][]string
	More bool // the year has more than the page shows
}

// loadBook reads the documents of the year that the address names, the earliest first; limit bounds them, 0: all of the
// year.
func (s *site) loadBook(r *web.Request, limit int) (p bookPage, err error) {
	p.Reader, p.Year = r.Reader, r.Today().Year
	if y, err := strconv.Atoi(r.URL.Query().Get(documentYear)); err == nil && y > p.Year-documentYears && y <= p.Year {
		p.Year = y
	}
	vi := *r.Reader
	vi.Text = vietnamese
	q := store.DocumentQuery{Year: p.Year, Limit: bookRead}
	for {
		rows, beyond, err := s.db.Documents(r.Context(), r.Actor(), q)
		if err != nil {
			return p, err
		}
		for _, d := range rows {
			p.Rows = append(p.Rows, bookRow(&vi, d))
		}
		if p.More = beyond.More; !p.More || limit > 0 && len(p.Rows) >= limit {
			break
		}
		q.After = rows[len(rows)-1].Cursor()
	}
	slices.Reverse(p.Rows)
	return p, nil
}

// bookRow is a document in the book.
func bookRow(r *web.Reader, d store.ListedDocument) []string {
	what, _, _ := about(r, d)
	sent := ""
	if d.Sent > 0 {
		sent = r.T("documents.book.places", "count", d.Sent)
	}
	var notes []string
	if words := overWords(r, d.Document); words != "" {
		notes = append(notes, words)
	}
	if d.OutOfOrder {
		notes = append(notes, r.T("documents.out_of_order"))
	}
	kind := r.T("documents.kind." + string(d.Kind))
	return []string{d.Number, r.Date(d.Dated), kind + ": " + what, sent, strings.Join(notes, " ")}
}

// bookHeads are the headings of the book, which is Vietnamese.
func bookHeads() (heads []string) {
	for _, c := range bookColumns {
		heads = append(heads, vietnamese.T("documents.book."+c.key))
	}
	return heads
}

func (s *site) book(r *web.Request) error {
	p, err := s.loadBook(r, bookShown)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// bookFile answers with the book as a workbook.
func (s *site) bookFile(r *web.Request) error {
	p, err := s.loadBook(r, 0)
	if err != nil {
		return err
	}
	heads := bookHeads()
	if r.Authority.Demo {
		heads = table.Mark(vietnamese, [][]string{heads})[0]
	}
	sheet := table.Sheet{Name: vietnamese.T("documents.book.sheet", "year", strconv.Itoa(p.Year))}
	for _, c := range bookColumns {
		sheet.Widths = append(sheet.Widths, c.width)
	}
	name := "so-van-ban-di-" + strconv.Itoa(p.Year) + asWorkbook
	return r.Download(workbook, name, func(w http.ResponseWriter) error {
		return sheet.Write(w, table.Under(heads, slices.Values(p.Rows)))
	}, &err)
}

func bookOf(year int, ending string) string {
	return bookPath + ending + "?" + documentYear + "=" + strconv.Itoa(year)
}

// years leads to the books of the other years.
func (p bookPage) years() (links ui.Words) {
	for y := p.Today().Year; y > p.Today().Year-documentYears; y-- {
		if y != p.Year {
			links = append(links, ui.Link{Text: strconv.Itoa(y), Href: bookOf(y, "")})
		}
	}
	return links
}
