package documents

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/xuri/excelize/v2"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// The register of a year is a book to be printed and a workbook, with what the page lists, the earliest first, in
// Vietnamese whoever reads it; what ended says so.
func TestRegisterBook(t *testing.T) {
	fx := newFixture(t)
	office, dialogue, _ := announced(t, fx)
	clerk := fx.Actor("van-phong")
	d, err := fx.DB.NumberDocument(t.Context(), clerk, 0, doithoai.Document{
		Kind: doithoai.DocumentPosting, Subject: dialogue, Number: "88", Dated: fx.DB.Now().Date(),
	})
	stafftest.Must(t, err)
	one, err := fx.DB.Document(t.Context(), clerk, d.Ref())
	stafftest.Must(t, err)
	stafftest.Must(t, fx.DB.WithdrawDocument(t.Context(), clerk, d.Ref(), one.Version, doithoai.Withdrawal{
		Reason: "Sai.", From: fx.DB.Now().Date(), Whose: doithoai.WithdrawnByNone,
	}))
	if office.Get(web.DocumentsPath).Find(`main a[href="`+bookPath+`"]`).Length() != 1 {
		t.Error("the register does not lead to its book")
	}
	office.Get(bookPath).Says("main", "Sổ đăng ký văn bản đi năm", "87/TB-UBND", "Thông báo: ", "88/TB-UBND",
		"Văn bản này đã thu hồi từ")
	office.Get(bookPath+"?nam=1").Says("main", "87/TB-UBND")
	fx.As("ho-tich").Get(bookPath).Want(http.StatusForbidden, "")
	raw := office.Get(bookOf(fx.DB.Now().Date().Year, asWorkbook)).Want(http.StatusOK, "").Raw
	f, err := excelize.OpenReader(bytes.NewReader([]byte(raw)))
	stafftest.Must(t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	stafftest.Must(t, err)
	if len(rows) != 3 || rows[0][0] != "Số, ký hiệu" || len(rows[0]) < len(bookColumns) {
		t.Errorf("the workbook has %q", rows)
	}
}
