package documents

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// The reply to an opinion is sent from its page to the unit that has the matter, and to nobody else; the unit finds it,
// opens it and says that it is there; others see nothing of it.
func TestRelayOfReply(t *testing.T) {
	fx := newFixture(t)
	office, unit, chair, other := fx.As("van-phong"), fx.As("ho-tich"), fx.As("chu-tich"), fx.As("dia-chinh")
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ ngày 12."}})
	chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {"214"}, "ky-hieu": {"UBND-TPHT"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh")
	one := web.DocumentPath(doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: o.ID})

	page := office.Get(one).Says("main", "Văn bản chưa gửi nơi nào")
	if page.Find(`main a[href="`+one+sendPart+`"]`).Length() == 0 {
		t.Error("the page does not lead to the sending")
	}
	form := office.Get(one+sendPart).Says("main", "Văn bản về việc của một người")
	if n := form.Find(`main select[name="cach"]`).Length(); n != 1 {
		t.Errorf("%d recipients are offered, want the unit alone", n)
	}
	if form.Find(`main option[value="email"]`).Length() != 0 {
		t.Error("what is about one person may go by mail")
	}
	office.Submit(form, one+sendPart, url.Values{"cach": {""}}).Want(http.StatusUnprocessableEntity, "").
		Says("main", "Chọn ít nhất một nơi nhận")
	office.Submit(form, one+sendPart, url.Values{"noi-nhan": {"Báo tỉnh"}}).Want(http.StatusUnprocessableEntity, "").
		Says("main", "không gửi nơi này")
	office.Submit(form, one+sendPart, url.Values{"cach": {"eoffice"}, "chi-tiet": {""}}).
		Want(http.StatusUnprocessableEntity, "").Says("main", "Nhập số văn bản trên trục liên thông")
	office.Submit(form, one+sendPart, url.Values{"cach": {"system"}}).
		Want(http.StatusSeeOther, one+"?xong=send_document#"+recipientsID)
	office.Submit(form, one+sendPart, url.Values{"cach": {"system"}}).Want(http.StatusConflict, "")

	other.Get(web.ReceivedPath).Says("main", "Không có văn bản nào chờ xác nhận").Hides("214/UBND-TPHT")
	list := unit.Get(web.ReceivedPath).Says("main", "214/UBND-TPHT")
	came, ok := list.Find(`main a[href^="` + web.ReceivedPath + `/"]`).Attr("href")
	if !ok {
		t.Fatal("the list does not lead to the document")
	}
	other.Get(came).Want(http.StatusNotFound, "")
	office.Get(one).Says("main", "Đã gửi")
	opened := unit.Get(came).Says("h1", "Trả lời 214/UBND-TPHT")
	office.Get(one).Says("main", "Đã xem")
	office.Get(web.DocumentsPath+"?nhan=chua").Says("main", "0 trên 1 nơi")
	unit.Submit(opened, came+takenPart, nil).
		Want(http.StatusSeeOther, web.ReceivedPath+"?xong=acknowledge_document")
	unit.Submit(opened, came+takenPart, nil).Want(http.StatusConflict, "")
	office.Get(one).Says("main", "Đã nhận")
	office.Get(web.DocumentsPath+"?nhan=chua").Says("main", "Không có văn bản nào như vậy")
	unit.Get(one+sendPart).Want(http.StatusForbidden, "")
}
