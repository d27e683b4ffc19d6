package office

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestAnotherRulingKeepsTheClock: an overdue petition stays overdue, whatever is typed into the form of the ruling; its
// unit is corrected without a new date.
func TestAnotherRulingKeepsTheClock(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number) // due on Wednesday, 30 October 2024
	fx.Now = fx.Now.Add(12 * 24 * time.Hour)                    // Monday, 4 November
	office := fx.As("van-phong")
	form := office.Get(at + "?doi-huong")
	form.Says("form.dt-ruling", "giữ hạn đang có, T4, 30/10/2024")
	for _, later := range []string{"30/12/2024", "04/11/2024", "31/12/2027"} {
		p := office.Submit(form, at+"/huong-xu-ly", url.Values{"han": {later}})
		p.Want(http.StatusUnprocessableEntity, "").Says("#han-error", "Hạn đang có là ngày 30/10/2024")
	}
	land := string(fx.Units["dia-chinh"])
	for _, kept := range []string{"30/10/2024", ""} {
		office.Submit(office.Get(at+"?doi-huong"), at+"/huong-xu-ly", url.Values{"han": {kept}, "don-vi": {land}}).
			Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	}
	office.Get(at).Says("main", "Địa chính – Xây dựng", "quá hạn 3 ngày làm việc", "Lúc này đã quá hạn trả lời")
	office.Get("/noi-bo/y-kien?loc=qua-han").Says("main", "Quá hạn 1")

	// What leaves nothing to answer drops no lateness, and opens again where it was.
	office.Submit(office.Get(at+"?doi-huong"), at+"/huong-xu-ly",
		url.Values{"huong": {"TL-NGAY"}, "tra-loi": {"Đã trả lời."}}).Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	office.Get(at).Says(".dt-clock", "đã quá hạn", "T4, 30/10/2024")
	office.Get("/noi-bo/y-kien?loc=da-tra-loi").Says("main", "đã quá hạn")
	office.Submit(office.Get(at+"?doi-huong"), at+"/huong-xu-ly",
		url.Values{"huong": {"TL-SAU"}, "don-vi": {land}, "han": {""}}).Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	office.Get("/noi-bo/y-kien?loc=qua-han").Says("main", "Quá hạn 1", "quá hạn 3 ngày")
}

// TestTypedDueDate: a date typed with a ruling obeys what a reckoned one does.
func TestTypedDueDate(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Slip(stafftest.Matter).Number)
	chair := fx.As("chu-tich")
	typed := func(login, due, reason string) stafftest.Page {
		return fx.As(login).Submit(chair.Get(at), at+"/huong-xu-ly", url.Values{
			"huong": {"TL-SAU"}, "don-vi": {string(fx.Units["dia-chinh"])}, "han": {due}, "han-ly-do": {reason},
		})
	}
	for due, words := range map[string]string{
		"02/11/2024": "02/11/2024 là ngày nghỉ; ngày làm việc kế tiếp là 04/11/2024",
		"01/01/2025": "muộn nhất là ngày 20/11/2024", // a day off too: one thing is said at a time
		"30/12/2099": "muộn nhất là ngày 20/11/2024",
	} {
		typed("chu-tich", due, "Phải xác minh").Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", words)
	}
	typed("thu-ky", "08/11/2024", "Phải xác minh").Want(http.StatusUnprocessableEntity, "").
		Says("#han-error", "Muộn nhất là ngày 06/11/2024. Cần thêm thì đề nghị gia hạn")
	p := typed("chu-tich", "08/11/2024", "")
	p.Want(http.StatusUnprocessableEntity, "").Says("#han-ly-do-error", "sau hạn đề nghị (ngày 06/11/2024)")
	for range 2 { // the second click is harmless
		chair.Submit(p, at+"/huong-xu-ly", url.Values{"han-ly-do": {"Phải xác minh ở xã khác"}}).
			Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	}
	chair.Get(at+"?xong=huong-xu-ly").Says("main", "T6, 08/11/2024", "Phải xác minh ở xã khác", "Còn 1 việc phải báo",
		"Báo hạn mới")
}

// TestProposedExtension is asked for by the unit, and agreed to with one click from the desk of who signs.
func TestProposedExtension(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number) // due on Wednesday, 30 October 2024
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	ask := func(to string) stafftest.Page {
		return unit.Submit(unit.Get(at), at+"/de-nghi-gia-han", url.Values{
			"gia-han-den": {to}, "gia-han-ly-do": {"Phải xác minh ở xã khác"},
		})
	}
	p := ask("02/11/2024")
	p.Want(http.StatusUnprocessableEntity, "").Says("#gia-han-den-error", "ngày làm việc kế tiếp là 04/11/2024")
	if p.Value("#gia-han-ly-do") != "Phải xác minh ở xã khác" {
		t.Error("the reason is lost")
	}
	ask("04/11/2024").Want(http.StatusSeeOther, at+"?xong=de-nghi-gia-han")
	unit.Get(at+"?xong=de-nghi-gia-han").Says("main", "Hạn trả lời chưa đổi", "T4, 30/10/2024", "T2, 04/11/2024")
	office.Get("/noi-bo").Hides("đề nghị gia hạn")
	chair.Get("/noi-bo").Says("main", "Xem gia hạn ND-24-0001")

	p = chair.Submit(chair.Get(at), at+"/khong-gia-han", url.Values{"tu-choi-ly-do": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tu-choi-ly-do-error", "Ghi lý do")
	chair.Submit(p, at+"/khong-gia-han", url.Values{"tu-choi-ly-do": {"Hồ sơ đã đủ"}}).
		Want(http.StatusSeeOther, at+"?xong=khong-gia-han")
	unit.Get(at).Says("main", "Hồ sơ đã đủ", "T4, 30/10/2024")
	chair.Get("/noi-bo").Hides("đề nghị gia hạn")

	ask("05/11/2024").Want(http.StatusSeeOther, at+"?xong=de-nghi-gia-han")
	unit.Submit(unit.Get(at), at+"/rut-de-nghi-gia-han", nil).Want(http.StatusSeeOther, at+"?xong=rut-de-nghi-gia-han")
	ask("06/11/2024").Want(http.StatusSeeOther, at+"?xong=de-nghi-gia-han")
	chair.Submit(chair.Get(at), at+"/dong-y-gia-han", nil).Want(http.StatusSeeOther, at+"?xong=dong-y-gia-han")
	unit.Get(at).Says("main", "T4, 06/11/2024", "Hạn ban đầu: T4, 30/10/2024")
}

// TestSummaryGate refuses the person's number in any spelling, and points out what may be somebody's.
func TestSummaryGate(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Answered(stafftest.Matter).Number)
	office, chair := fx.As("van-phong"), fx.As("chu-tich")
	propose := func(question string) stafftest.Page {
		return office.Submit(office.Get(at), at+"/cong-khai", url.Values{
			"tieu-de": {"Bản sao"}, "cau-hoi": {question}, "tom-tat": {"Đã trả."},
		})
	}
	for _, told := range []string{
		"+84 900 000 000", "84900000000", "(+84)900000000", "900 000 000", "０９００ ０００ ０００", "NguyễnThịMinhHọa",
		"nguyen_thi_minh_hoa", "Nguyễn. Thị. Minh. Họa",
	} {
		propose("Gọi "+told).Want(http.StatusUnprocessableEntity, "").Says("#cau-hoi-error", "số điện thoại")
	}
	propose("Gọi anh Mẫu Thử, 0987 654 321 hoặc 051085001234, ai.do@vi-du.vn").
		Want(http.StatusSeeOther, at+"?xong=cong-khai")
	for _, p := range []stafftest.Page{office.Get(at), chair.Get(at + pagePreview)} {
		p.Says("main", "Câu hỏi: có thể là tên người: “Mẫu Thử”", "giống số điện thoại: “0987 654 321”",
			"giống số giấy tờ hoặc số tài khoản của một người: “051085001234”", "địa chỉ thư điện tử: “ai.do@vi-du.vn”")
	}
	chair.Submit(chair.Get(at+pagePreview), at+"/duyet-cong-khai", nil).
		Want(http.StatusSeeOther, at+"?xong=duyet-cong-khai")
}
