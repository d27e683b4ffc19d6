package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai/table"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestLedgers takes the register out as the filters have it, without names, and the book of receptions with them.
func TestLedgers(t *testing.T) {
	fx := newFixture(t)
	fx.Slip(stafftest.Matter)
	office := fx.As("van-phong")
	page := office.Get(web.RegisterPath + "?loc=tat-ca")
	if n := page.Find(`a[href^="` + ledgerPath + `?loc=tat-ca"]`).Length(); n != 1 {
		t.Fatalf("%d links to the register as a file", n)
	}
	own := office.Get(ledgerPath+"?loc=tat-ca").Want(http.StatusOK, "").Document.Text()
	for _, want := range []string{"Số đăng ký;Ngày nhận", "ND-24-0001;"} {
		if !strings.Contains(own, want) {
			t.Errorf("the register does not hold %q: %s", want, own)
		}
	}
	same, err := table.Read([]byte(office.Get(ledgerPath+asWorkbook+"?loc=tat-ca").Want(http.StatusOK, "").Raw))
	if err != nil || same.Header.Cell(0) != "Số đăng ký" || same.Rows[0].Cell(0) != "ND-24-0001" || len(same.Notes) > 0 {
		t.Fatalf("the workbook holds %+v, %v", same, err)
	}
	for i, c := range same.Rows[0].Cells {
		if !strings.Contains(own, c) {
			t.Errorf("column %d says %q in the workbook alone", i+1, c)
		}
	}
	office.Get(bookPath).Says("main", "Mẫu số 03/TCD", "13 cột")
	office.Post(bookPath, url.Values{"tu-ngay": {"23/10/2024"}, "den-ngay": {"1/1/2024"}}).
		Want(http.StatusUnprocessableEntity, "").Says("#den-ngay-error", "không được trước ngày đầu kỳ")
	file := office.Post(bookPath, url.Values{"tu-ngay": {"1/10/2024"}, "den-ngay": {"23/10/2024"}}).
		Want(http.StatusOK, "")
	if !strings.HasPrefix(file.Document.Text(), "PK") {
		t.Error("the book is no workbook")
	}
	if len(bookColumns) != 13 {
		t.Errorf("the book has %d columns", len(bookColumns))
	}
}
