package results

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	docform "doithoai/doc/form"
	"doithoai/report"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// readCSV are the rows of a file.
func readCSV(t *testing.T, file string) [][]string {
	t.Helper()
	read := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff")))
	read.Comma = ';'
	rows, err := read.ReadAll()
	stafftest.Must(t, err)
	return rows
}

// The page, the CSV, the workbook and the paper have the same figures; each opens as many rows as it counts, and so
// does the file of its rows. None tells who raised something.
func TestPeriodicFiguresAgreeEverywhere(t *testing.T) {
	fx := newFixture(t)
	_, all := held(t, fx)
	office := fx.As("van-phong")
	p, err := fx.DB.PeriodicFigures(t.Context(), fx.Actor("van-phong"), "")
	stafftest.Must(t, err)
	want := docform.PeriodicTable(vietnamese, p)
	if n := len(p.Matters); n != len(all) {
		t.Fatalf("%d matters are counted, want %d", n, len(all))
	}
	page := office.Get(web.PeriodicPath)
	page.Says("h1", "Số liệu quý IV/2024").Says("main", "Đã xử lý 1, đang xử lý 2", "chưa đối chiếu với văn bản")
	var shown [][]string
	rows := page.Find(".dt-periodic tbody tr, .dt-periodic tfoot tr")
	for i := range rows.Length() {
		row := []string{strings.TrimSpace(rows.Eq(i).Find("th").Text())}
		cells := rows.Eq(i).Find("td")
		for j := range cells.Length() {
			cell := cells.Eq(j).Clone()
			cell.Find(".govuk-visually-hidden").Remove()
			row = append(row, strings.TrimSpace(cell.Text()))
		}
		shown = append(shown, row)
	}
	same := func(what string, got [][]string) {
		t.Helper()
		if !slices.EqualFunc(got, want[1:], slices.Equal) {
			t.Errorf("%s has %v, want %v", what, got, want[1:])
		}
	}
	same("the page", shown)
	rowsOf := readCSV(t, office.Get(spanPath(p.Span, asCSV)).Raw)[1:]
	for i, row := range rowsOf {
		rowsOf[i] = row[:len(want[0])] // behind them, that nothing is real
	}
	same("the CSV", rowsOf)
	book, err := excelize.OpenReader(strings.NewReader(office.Get(spanPath(p.Span, asWorkbook)).Raw))
	stafftest.Must(t, err)
	cells, err := book.GetRows(book.GetSheetName(0))
	stafftest.Must(t, err)
	same("the workbook", cells[1:])
	for _, ending := range []string{".docx", ".pdf"} { // what they say: form.TestPeriodicPaperHasTheFigures
		office.Get(spanPath(p.Span, ending)).Want(http.StatusOK, "")
	}

	links := 0
	for _, row := range append(p.Rows(), report.PeriodicRow{Field: "*", Counts: p.Sums()}) {
		for i, n := range row.Counts {
			field := &row.Field
			if row.Field == "*" {
				field = nil
			}
			at := countedPath(p.Span, i, field, "")
			if n > 0 {
				links++
				if page.Find(`.dt-periodic a[href="`+at+`"]`).Length() != 1 {
					t.Errorf("no figure of the page leads to %s", at)
				}
			}
			opened := office.Get(at)
			if got := opened.Find(".dt-figurerows tbody tr").Length(); got != n {
				t.Errorf("%s opens %d rows, and counts %d", at, got, n)
			}
			file := office.Get(countedPath(p.Span, i, field, asCSV)).Raw
			if got := len(readCSV(t, file)) - 1; got != n {
				t.Errorf("the file of %s has %d rows, want %d", at, got, n)
			}
			if strings.Contains(opened.Raw+file, "Minh Họa") {
				t.Errorf("%s tells who raised something", at)
			}
		}
	}
	if n := page.Find(".dt-periodic a").Length(); n != links {
		t.Errorf("the page has %d links to %d figures", n, links)
	}
	for _, at := range []string{"?ky=2024-q5", "?ky=2025-q2", "/y-kien?ky=2024&cot=99", "/y-kien?ky=2024&cot=x",
		"/y-kien?trang=0", "/y-kien?trang=2", "/y-kien?trang=9223372036854775807",
	} {
		office.Get(web.PeriodicPath+at).Want(http.StatusNotFound, "")
	}
	office.Get(web.PeriodicPath+"?ky=2024").Says("h1", "Số liệu năm 2024").
		Says(".dt-rollup__choices", "quý I/2024", "quý IV/2024", "năm 2023").
		Hides(`.dt-rollup__choices a[href$="=2025"]`)
	fx.As("ho-tich").Get(web.PeriodicPath).Want(http.StatusForbidden, "")
}

// A table is laid down on its page: what is wrong is said at its line and what was typed stays; who only sees the
// figures has no form.
func TestPeriodFormPage(t *testing.T) {
	fx := newFixture(t)
	const at = web.PeriodicPath + formsPart
	office := fx.As("van-phong")
	p := office.Get(at)
	p.Says("main", "Biểu số II.05/VPCP/KSTT", "mặc định của phần mềm", "Kỳ trước chuyển qua", "mọi ý kiến")
	fx.As("chu-tich").Get(at).Says("main", "Biểu số II.05").Hides("#bieu-moi")
	fx.As("chu-tich").Post(at, url.Values{"ban": {"0"}}).Want(http.StatusForbidden, "")

	typed := url.Values{
		"ban": {"0"}, "tu-ngay": {"01/10/2024"}, "ten-bieu": {"Biểu của tỉnh"},
		"cot-1": {" "}, "ket-qua-1": {"open"}, "cot-2": {"Đúng hạn"}, "nhom-2": {"Đã xong"}, "thoi-han-2": {"in_time"},
		"cot-3": {"Lạ"}, "nguon-3": {"lạ"},
	}
	p = office.Post(at, typed).Want(http.StatusUnprocessableEntity, "")
	p.Says(".govuk-error-summary", "Biểu dùng từ hôm nay trở đi", "Ghi văn bản quy định biểu", "Ghi tên cột",
		"Chọn điều kiện có trong danh sách", "Để một cột đếm tất cả")
	for field, want := range map[string]string{
		"tu-ngay": "01/10/2024", "ten-bieu": "Biểu của tỉnh", "cot-2": "Đúng hạn", "nhom-2": "Đã xong", "cot-3": "Lạ",
	} {
		if got := p.Find(`[name="`+field+`"]`).AttrOr("value", ""); got != want {
			t.Errorf("%s is %q after it was refused, want %q", field, got, want)
		}
	}
	if got := p.Find(`#thoi-han-2 option[selected]`).AttrOr("value", ""); got != report.TimeInTime {
		t.Errorf("the condition is %q after it was refused", got)
	}
	p.Find(".govuk-error-summary a").Each(func(_ int, link *goquery.Selection) {
		if at := link.AttrOr("href", ""); p.Find(at).Length() != 1 || p.Find(at+"-error").Length() != 1 {
			t.Errorf("nothing is wrong at %q", at)
		}
	})
	typed.Set("tu-ngay", fx.Now.Format("02/01/2006"))
	typed.Set("can-cu", "Công văn của UBND tỉnh")
	typed.Set("cot-1", "Tất cả")
	typed.Del("ket-qua-1")
	typed.Del("nguon-3")
	office.Post(at, typed).Want(http.StatusSeeOther, at+"?xong")
	office.Get(at+"?xong").Says("main", "Đã ban hành biểu", "Biểu của tỉnh, từ ngày", "Công văn của UBND tỉnh", "3 cột")
	office.Post(at, typed).Want(http.StatusConflict, "").Says("main", "Biểu của tỉnh")
	office.Get(web.PeriodicPath).Says(".dt-periodic thead", "Tất cả", "Đã xong", "Lạ").
		Says("main", "Biểu theo Công văn của UBND tỉnh")
	many := url.Values{"ban": {"1"}, "tu-ngay": {typed.Get("tu-ngay")}, "ten-bieu": {"Rộng"}, "can-cu": {"Thử"}}
	for i := range report.MaxPeriodColumns + 1 {
		many.Set(report.PeriodColumnField(i), "Cột "+strconv.Itoa(i+1))
	}
	p = office.Post(at, many).Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "nhiều nhất 20 cột")
	if last := p.Find(`[name="` + report.PeriodColumnField(report.MaxPeriodColumns) + `"]`); last.Length() != 1 {
		t.Error("the column that is too many is gone")
	}
}
