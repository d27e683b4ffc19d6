package office

import (
	"net/http"
	"net/url"
	"testing"
)

// TestClassifyAndSplit types a slip of two matters: the form of the ruling says what it is, too; what is split off
// stands apart; the register narrows by what was said.
func TestClassifyAndSplit(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	office.Submit(office.Get("/noi-bo/phieu-moi"), "/noi-bo/phieu-moi", typedSlip(fx, clogged+" Đèn đường hỏng.", "0012")).
		Want(http.StatusSeeOther, receiptPath)
	const at, part = "/noi-bo/y-kien/ND-24-0001", "/noi-bo/y-kien/ND-24-0002"
	p := office.Get(at)
	p.Says("main", "chưa phân loại", "Kiến nghị (theo lời văn)", "Tách thành ý kiến riêng")
	if p.Find("input[name=loai][checked]").Length() != 0 {
		t.Error("a proposal is chosen already")
	}
	office.Submit(p, at+"/tach-y-kien", url.Values{"noi-dung-tach": {"Đèn đường cháy."}}).
		Want(http.StatusUnprocessableEntity, "").Says("#noi-dung-tach-error", "“cháy” không có ở đó")
	office.Submit(p, at+"/tach-y-kien", url.Values{"noi-dung-tach": {"Đèn đường hỏng."}}).
		Want(http.StatusSeeOther, at+"?xong=tach-y-kien")
	office.Get(at).Says("main", "Đã tách thành ND-24-0002", "Đèn đường hỏng.")
	office.Get(part).Says("main", "Tách từ ND-24-0001", "Phần tách")
	ruling := url.Values{
		"huong": {"CQ-KHAC"}, "tra-loi": {"Đến trường."}, "loai": {"kien_nghi"}, "noi-dung-nd20": {"9"},
		"noi-khac": {"Cầu Máng"},
	}
	office.Submit(office.Get(at), at+"/huong-xu-ly", ruling).Want(http.StatusUnprocessableEntity, "").
		Says("#noi-dung-nd20-error", "Chọn nội dung hợp với loại")
	ruling.Set("noi-dung-nd20", "7")
	office.Submit(office.Get(at), at+"/huong-xu-ly", ruling).Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	office.Get(at).Says("main", "Kiến nghị", "Việc ở Cầu Máng.", "Nội dung 7")
	for _, tt := range []struct{ loai, says, hides string }{
		{"chua-phan-loai", "ND-24-0002", "ND-24-0001"}, {"kien-nghi", "ND-24-0001", "ND-24-0002"},
		{"noi-dung-7", "ND-24-0001", "ND-24-0002"},
	} {
		office.Get("/noi-bo/y-kien?loc=tat-ca&loai="+tt.loai).Says("tbody", tt.says).Hides(tt.hides)
	}
	office.Get("/noi-bo/y-kien?loc=tat-ca&loai=nhieu-lan").Hides("ND-24-0001")
	office.Submit(office.Get(at), at+"/phan-loai", url.Values{"loai": {"phan_anh"}, "noi-dung-nd20": {"6"}}).
		Want(http.StatusSeeOther, at+"?xong=phan-loai")
	office.Get(at+"?xong=phan-loai").Says("main", "Đã phân loại ý kiến.", "Nội dung 6")
	office.Submit(office.Get(part), part+"/neu-lai", url.Values{"neu-lai": {"ND-24-0001"}}).
		Want(http.StatusConflict, "").Says("main", "Chọn một ý kiến của phiếu khác")
}
