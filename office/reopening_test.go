package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestReopening types for somebody who came that they don't agree, answers again, types another request, and the chair
// decides on it from the desk.
func TestReopening(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office, chair, unit := fx.As("van-phong"), fx.As("chu-tich"), fx.As("ho-tich")

	p := office.Get(at)
	p.Says(".dt-match__reply details", "Người nêu đến, gọi hoặc gửi giấy", "được xem lại ngay, một lần")
	p = office.Submit(p, at+"/chua-dong-y", url.Values{"chua-dong-y": {""}, "qua-kenh": {"phone"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#chua-dong-y-error", "Ghi chỗ chưa đồng ý")
	office.Submit(p, at+"/chua-dong-y", url.Values{"chua-dong-y": {"Vẫn chưa có bản sao."}, "qua-kenh": {"phone"}}).
		Want(http.StatusSeeOther, at+"?xong=chua-dong-y")
	p = office.Get(at + "?xong=chua-dong-y")
	p.Says(".dt-outcome", "Đã ghi là chưa đồng ý. Ý kiến được xem lại")
	p.Says("#xem-lai", "Vẫn chưa có bản sao.", "Câu trả lời chưa được đồng ý, văn bản số").
		Says(".moj-timeline", "Xem lại lần 1")
	office.Get(web.RegisterPath+"?"+fieldTab+"=tat-ca").Says("main", "Đang xem lại")
	unit.Get("/noi-bo").Says("main", "Soạn trả lời")
	p = unit.Get(at)
	unit.Submit(p, at+"/trinh", url.Values{"tra-loi": {"Bản sao đã trả ngày 30/10/2024."}, "can-cu": {"Luật Hộ tịch"}}).
		Want(http.StatusSeeOther, at+"?xong=trinh")
	chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {"777"}, "ky-hieu": {"UBND-VP"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh")

	p = office.Get(at)
	p.Says(".dt-match__reply details", "chỉ được xem lại khi có tình tiết mới")
	office.Submit(p, at+"/chua-dong-y", url.Values{"chua-dong-y": {"Có giấy mới."}, "qua-kenh": {"office"}}).
		Want(http.StatusSeeOther, at+"?xong=chua-dong-y")
	office.Get(at).Says("#xem-lai", "Chờ Chủ tịch quyết định.")
	chair.Get("/noi-bo").Says("main", "Chờ tôi quyết định 1", "Quyết định xem lại")
	p = chair.Get(at)
	p.Says("main", "Chủ tịch quyết định có xem lại hay không")
	p = chair.Submit(p, at+"/khong-xem-lai", url.Values{"giai-thich-khong-xem-lai": {"Giấy đã có trong hồ sơ."}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-khong-xem-lai-error", "Chọn lý do").
		Says("#can-cu-khong-xem-lai-error", "Ghi căn cứ")
	office.Post(at+"/khong-xem-lai", url.Values{"phien-ban": {"9"}}).Want(http.StatusForbidden, "")
	chair.Submit(p, at+"/khong-xem-lai", url.Values{
		"ly-do-khong-xem-lai": {"no_new_facts"}, "can-cu-khong-xem-lai": {"Nghị định số 154/2026/NĐ-CP"},
		"giai-thich-khong-xem-lai": {"Giấy đã có trong hồ sơ."},
	}).Want(http.StatusSeeOther, at+"?xong=khong-xem-lai")
	p = office.Get(at)
	p.Says("#xem-lai", "Chủ tịch không xem lại.", "Không có tình tiết mới", "Giấy đã có trong hồ sơ.")
	office.Submit(p, at+"/chua-dong-y", url.Values{"chua-dong-y": {"Có biên bản mới."}, "qua-kenh": {"office"}}).
		Want(http.StatusSeeOther, at+"?xong=chua-dong-y")
	chair.Submit(chair.Get(at), at+"/xem-lai", nil).Want(http.StatusSeeOther, at+"?xong=xem-lai")
	office.Get(at).Says("main", "Chủ tịch đồng ý xem lại.", "Đang xem lại")
}
