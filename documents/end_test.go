package documents

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// A paper of an opinion is replaced, and then withdrawn, from its page in the register: what was typed is kept where it
// is refused, the register, the paper's page and the opinion say what stands.
func TestDocumentEnds(t *testing.T) {
	fx := newFixture(t)
	office, unit := fx.As("van-phong"), fx.As("ho-tich")
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	slip, file := web.OpinionPaperPath(o.Number, doithoai.DocumentAssignment)
	today := fx.DB.Now().Date()
	day := fmt.Sprintf("%02d/%02d/%d", today.Day, today.Month, today.Year)
	number := url.Values{"so-van-ban": {"3"}, "ngay-van-ban": {day}}
	office.Submit(office.Get(slip), file+docfile.NumberAt, number).Want(http.StatusSeeOther, slip+"&xong=so#so-ngay")
	one := web.DocumentPath(doithoai.DocumentRef{Kind: doithoai.DocumentAssignment, Subject: o.ID})
	if office.Get(slip).Find(`main a[href="`+one+`#`+endID+`"]`).Length() == 0 {
		t.Error("the slip does not lead to where it ends")
	}
	fx.As("chu-tich").Get(one).Hides("Thu hồi văn bản")
	unit.Get(one+withdrawPart).Want(http.StatusForbidden, "")
	unit.Get(one+replacePart).Want(http.StatusForbidden, "")

	// Replaced: the paper that is to be signed says what it replaces, and has neither number nor day.
	const replaces = "Phiếu giao xử lý này thay thế Phiếu giao xử lý số 3/PGXL ngày"
	office.Get(slip).Hides(replaces)
	p := office.Get(one+replacePart).Says("main", "Văn bản số 3/PGXL được giữ", "Bản thay thế để ký")
	if p.Find(`main a[href="`+docfile.NextAt(slip)+`"]`).Length() != 1 ||
		p.Find(`main a[href="`+docfile.NextAt(file+docfile.Word)+`"]`).Length() != 1 {
		t.Error("the paper to be signed is not offered")
	}
	office.Get(docfile.NextAt(slip)).Says("main", replaces, "Số: /PGXL", "Bản để ký").Hides("Sửa số, ngày")
	office.Get(docfile.NextAt(file+docfile.PDF)).Want(http.StatusOK, "")
	unit.Get(docfile.NextAt(slip)).Says("main", "3/PGXL").Hides(replaces)
	again := office.Submit(p, one+replacePart, url.Values{"so-van-ban": {"3"}})
	again.Want(http.StatusUnprocessableEntity, "").Says("main", "Số này đã dùng")
	second := web.DocumentPath(doithoai.DocumentRef{Kind: doithoai.DocumentAssignment, Subject: o.ID, Part: 1})
	office.Submit(p, one+replacePart, url.Values{"so-van-ban": {"4"}}).
		Want(http.StatusSeeOther, second+"?xong=replace_document")
	office.Get(second+"?xong=replace_document").Says("main", "Đã ghi văn bản mới", "Thay thế văn bản", "3/PGXL")
	office.Get(one).Says("main", "đã được thay thế từ", "Được thay thế bởi", "4/PGXL").Hides("Thu hồi văn bản")
	office.Submit(p, one+replacePart, url.Values{"so-van-ban": {"5"}}).Want(http.StatusConflict, "")
	office.Get(slip).Says("main", "Số 4/PGXL", "Số 3/PGXL đã được thay thế", replaces)
	office.Get(at).Says("main", "thay thế số 3/PGXL")

	// Withdrawn, by a paper of another body.
	p = office.Get(second+withdrawPart).Says("main", "Số 4/PGXL vẫn giữ trong sổ")
	typed := url.Values{"ly-do": {"Giao nhầm đơn vị."}, "van-ban-thu-hoi": {"other"}, "so-co-quan-khac": {"12/QĐ-UBND"}}
	again = office.Submit(p, second+withdrawPart, typed)
	again.Want(http.StatusUnprocessableEntity, "").Says("main", "Nhập tên cơ quan ban hành", "Giao nhầm đơn vị.")
	typed.Set("co-quan-thu-hoi", "UBND tỉnh Quảng Ngãi")
	office.Submit(again, second+withdrawPart, typed).Want(http.StatusUnprocessableEntity, "").Says("main", "Nhập ngày")
	typed.Set("ngay-co-quan-khac", day)
	office.Submit(again, second+withdrawPart, typed).Want(http.StatusSeeOther, second+"?xong=withdraw_document")
	office.Get(second).Says("main", "đã thu hồi từ "+day, "Giao nhầm đơn vị.",
		"Văn bản số 12/QĐ-UBND, "+day+" của UBND tỉnh", "Lưu bản đã ký để tra cứu").Hides("Thay thế văn bản ", "Sửa số, ngày")
	office.Get(second+withdrawPart).Says("main", "đã thu hồi từ").Hides("Lý do")
	office.Submit(again, second+withdrawPart, typed).Want(http.StatusConflict, "").Says("main", "đã thu hồi từ")
	office.Get(web.DocumentsPath+"?tinh-trang=thu-hoi-thay-the").
		Says("main", "4/PGXL", "Đã thu hồi", "3/PGXL", "Đã thay thế")
	office.Get(slip).Says("main", "Số 4/PGXL đã thu hồi", "Ghi số")
	office.Get(at).Says("main", "Văn bản thu hồi: số 12/QĐ-UBND", "của UBND tỉnh Quảng Ngãi", "Giao nhầm đơn vị.")
	office.Submit(office.Get(slip), file+docfile.NumberAt, number).Want(http.StatusUnprocessableEntity, "").
		Says("main", "Số này đã dùng")

	// Undone, withdrawn again without a paper, which it gets once.
	fx.As("chu-tich").Get(second).Hides("Bỏ thu hồi")
	unit.Get(second+undoPart).Want(http.StatusForbidden, "")
	p = office.Get(second+undoPart).Says("main", "Văn bản số 4/PGXL còn dùng như trước")
	office.Submit(p, second+undoPart, nil).Want(http.StatusUnprocessableEntity, "").Says("main", "Nhập lý do bỏ thu hồi")
	office.Submit(p, second+undoPart, url.Values{"ly-do-bo": {"Ghi nhầm phiếu."}}).
		Want(http.StatusSeeOther, second+"?xong=undo_withdrawal")
	office.Get(second+"?xong=undo_withdrawal").Says("main", "Đã bỏ thu hồi", "Thu hồi ghi nhầm, đã bỏ", "Ghi nhầm phiếu.",
		"Thu hồi văn bản").Hides("không còn dùng")
	office.Get(at).Says("main", "Ghi nhầm phiếu.")
	p = office.Get(second+withdrawPart).Says("main", "Ghi nhầm thì bỏ được")
	office.Submit(p, second+withdrawPart, url.Values{"ly-do": {"Giao nhầm."}, "van-ban-thu-hoi": {"none"}}).
		Want(http.StatusSeeOther, second+"?xong=withdraw_document")
	office.Get(second).Says("main", "Ghi văn bản thu hồi", "Bỏ thu hồi").Hides("Ghi nhầm phiếu.")
	p = office.Get(second + paperPart).Hides("hoặc không có văn bản")
	again = office.Submit(p, second+paperPart, url.Values{"van-ban-thu-hoi": {"own"}})
	again.Want(http.StatusUnprocessableEntity, "").Says("main", "Nhập số")
	office.Submit(again, second+paperPart, url.Values{"van-ban-thu-hoi": {"own"}, "so-thu-hoi": {"15"}}).
		Want(http.StatusSeeOther, second+"?xong=give_withdrawal_paper")
	office.Get(second).Says("main", "15/TB-UBND", "Ghi văn bản thu hồi lúc", "Giao nhầm.")
	office.Get(second+paperPart).Says("main", "đã thu hồi từ").Hides("Của cơ quan khác")
}

// What ends by another act leads there; who got a document that was withdrawn reads so, and gets what withdraws it.
func TestWithdrawnIsTold(t *testing.T) {
	fx := newFixture(t)
	office, dialogue, _ := announced(t, fx)
	clerk := fx.Actor("van-phong")
	announcement := web.DocumentPath(doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: dialogue})
	office.Get(announcement).Says("main", "thông báo có số mới").Hides("Thu hồi văn bản")
	office.Get(announcement+withdrawPart).Says("main", "thông báo có số mới").Hides("Lý do")

	unit := fx.As("ho-tich")
	at := doithoai.DocumentRef{Kind: doithoai.DocumentMoved, Subject: dialogue}
	d, err := fx.DB.Dialogue(t.Context(), clerk, dialogue)
	stafftest.Must(t, err)
	stafftest.Must(t, second(fx.DB.PostponeDialogue(t.Context(), clerk, dialogue, d.Version, doithoai.DialogueMove{
		Reason: "Bão số 6 đổ bộ vào đất liền.", Paper: "12",
	})))
	stafftest.Must(t, fx.DB.SendDocument(t.Context(), clerk, at, 0, []doithoai.Sending{{
		To: doithoai.Recipient{UnitID: fx.Units["tu-phap-ho-tich"]}, Route: doithoai.BySystem,
	}}, fieldAt))
	one := web.DocumentPath(at)
	p := office.Get(one+withdrawPart).Says("main", "Đã gửi 1 nơi")
	typed := url.Values{"ly-do": {"Sai thẩm quyền."}, "van-ban-thu-hoi": {"own"}}
	office.Submit(p, one+withdrawPart, typed).Want(http.StatusUnprocessableEntity, "").Says("main", "Nhập số")
	typed.Set("so-thu-hoi", "13")
	office.Submit(p, one+withdrawPart, typed).Want(http.StatusSeeOther, one+"?xong=withdraw_document")
	office.Get(one).Says("main", "13/TB-UBND", "Báo cho các nơi trong bảng").Hides("Gửi nơi nhận", "Nhắc xác nhận")
	office.Get(one+sendPart).Says("main", "đã thu hồi từ").Hides("Nơi khác")
	came, _ := unit.Get(web.ReceivedPath).Says("main", "Đã thu hồi").
		Find(`main a[href^="` + web.ReceivedPath + `/"]`).Attr("href")
	unit.Get(came).Says("main", "đã thu hồi từ", "bản điện tử thì hủy", "13/TB-UBND")

	by := web.DocumentPath(doithoai.DocumentRef{Kind: doithoai.DocumentWithdrawal, Subject: dialogue})
	office.Get(by).Says("main", "Thu hồi văn bản", "12/TB-UBND").Hides("Thay thế văn bản")
	p = office.Get(by+sendPart).Says("main", "chỉ gửi những nơi đã nhận")
	office.Submit(p, by+sendPart, url.Values{"cach": {"system"}}).
		Want(http.StatusSeeOther, by+"?xong=send_document#"+recipientsID)
	unit.Get(web.ReceivedPath).Says("main", "13/TB-UBND")
}

func second[T any](_ T, err error) error { return err }
