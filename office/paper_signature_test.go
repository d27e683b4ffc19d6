package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestCorrectionOnPaper records what replaces an answer as signed on paper: refused at the fields, what the pen changed
// shown before it is taken, taken back, and sent out with the number that the paper bears.
func TestCorrectionOnPaper(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	act := at + "/ky-giay-thay-the"
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	unit.Submit(unit.Get(at), at+"/thay-the", url.Values{
		"tra-loi": {"Bản sao có ngày 28/10."}, "ly-do": {"Ghi nhầm ngày trả."},
	}).Want(http.StatusSeeOther, at+"?xong=thay-the")
	for _, b := range []*stafftest.Browser{unit, chair} {
		if b.Get(at).Find(`form[action="`+act+`"]`).Length() > 0 {
			t.Error("who may not record it has the form")
		}
	}
	unit.Upload(act, nil).Want(http.StatusForbidden, "")

	p := office.Get(at)
	p.Says("section:has(#muc-thay-the) details", "Ghi văn bản đã ký trên giấy", "Người ký trên giấy", "Số, ngày ghi trên")
	if got := p.Value("#tra-loi"); got != "Bản sao có ngày 28/10." {
		t.Errorf("the words begin as %q", got)
	}
	typed := stafftest.FieldsOf(p.Find(`form[action="` + act + `"]`))
	typed.Del(web.FileField)
	typed.Set("tra-loi", "Bản sao có ngày 29/10.")
	typed.Set("ngay-ky", "01/01/2024")
	p = office.Upload(act, typed)
	p.Want(http.StatusUnprocessableEntity, "").Says("#ngay-ky-error", "không được trước ngày trình").
		Says("#tep-error", "Kèm bản chụp")
	if got := p.Value("#tra-loi"); got != "Bản sao có ngày 29/10." {
		t.Errorf("the words typed came back as %q", got)
	}

	typed.Set("ngay-ky", fx.DB.Now().Date().String())
	p = office.Upload(act, typed, [2]string{"bản ký.png", stafftest.PNG(t)})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tra-loi-error", "khác với bản đã trình").
		Says(".govuk-inset-text del", "Bản sao có ngày 28/10.").Says(".govuk-inset-text ins", "Bản sao có ngày 29/10.")
	seen := stafftest.FieldsOf(p.Find(`form[action="` + act + `"]`))
	seen.Del(web.FileField)
	office.Upload(act, seen).Want(http.StatusSeeOther, at+"?xong=ky-giay-thay-the")
	p = office.Get(at + "?xong=ky-giay-thay-the")
	p.Says(".dt-outcome", "Đã ghi văn bản thay thế ký trên giấy.").
		Says("section:has(#muc-thay-the)", "Bản sao có ngày 29/10.", "đã ký trên giấy ngày").
		Says("#ban-ky-giay", "Văn bản thay thế:", "Khác với bản đã trình", "bản ký.png").
		Says("main", "Phát hành", "Rút lại việc ghi ký trên giấy")
	if p.Find("#ban-ky-giay a, #ban-ky-giay img").Length() > 0 {
		t.Error("the scan opens before a view is on record")
	}
	office.Submit(p, at+"/xem-ban-ky", nil).Want(http.StatusSeeOther, at+"#"+paperPart)
	p = office.Get(at)
	office.Get(p.Find("#ban-ky-giay img").AttrOr("src", "")).Want(http.StatusOK, "")

	office.Submit(p, at+"/rut-ky-giay-thay-the", nil).Want(http.StatusSeeOther, at+"?xong=rut-ky-giay-thay-the")
	p = office.Get(at + "?xong=rut-ky-giay-thay-the")
	p.Says(".dt-outcome", "Văn bản thay thế chờ ký như đã trình.").
		Says("section:has(#muc-thay-the)", "Bản sao có ngày 28/10.")
	chair.Get("/noi-bo").Says("main", "Ký bản thay thế")

	again := stafftest.FieldsOf(p.Find(`form[action="` + act + `"]`))
	again.Del(web.FileField)
	again.Set("so", "214") // of the answer that is replaced
	again.Set("ky-hieu", "UBND-VP")
	again.Set("ngay", fx.DB.Now().Date().String())
	p = office.Upload(act, again, [2]string{"bản ký 2.png", stafftest.PNG(t)})
	p.Want(http.StatusUnprocessableEntity, "").Says("#so-error", "Số này đã dùng")
	again = stafftest.FieldsOf(p.Find(`form[action="` + act + `"]`))
	again.Del(web.FileField)
	again.Set("so", "215")
	office.Upload(act, again).Want(http.StatusSeeOther, at+"?xong=ky-giay-thay-the")
	p = office.Get(at)
	p.Says(".dt-letter", "Bản sao có ngày 28/10.").
		Says("details:has(del)", "đã được thay thế", "215/UBND-VP").
		Says("section:has(#muc-bao)", "Báo câu trả lời thay thế", "không báo nữa").
		Says("main", "đã ký trên giấy ngày")
}
