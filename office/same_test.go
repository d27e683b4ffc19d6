package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// typedSlip is a slip that the office types for somebody.
func typedSlip(fx *fixture, matter, paper string) url.Values {
	return url.Values{
		"noi-dung": {matter}, "ho-ten": {"Hồ Thị Giả Sử"}, "thon": {string(fx.Villages[1].ID)}, "kenh": {"office"},
		"toi-la": {"person"}, "cach-neu": {"written"}, "nhan-tra-loi": {"aloud"}, "doc-lai": {"1"}, "so-phieu": {paper},
	}
}

const (
	clogged = "Rãnh thoát nước trước cổng trường tiểu học bị tắc, đề nghị nạo vét."
	again   = "Đề nghị nạo vét rãnh thoát nước tắc trước cổng trường tiểu học."
)

// TestSituation6SlipByTwoChannels types a slip from a photo, then the paper: the form asks whether it is the same, and
// joined it is one slip with both times, until it is separated.
func TestSituation6SlipByTwoChannels(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	form := func() stafftest.Page { return office.Get("/noi-bo/phieu-moi") }
	office.Submit(form(), "/noi-bo/phieu-moi", typedSlip(fx, clogged, "0012")).Want(http.StatusSeeOther, receiptPath)
	office.Submit(form(), "/noi-bo/phieu-moi", typedSlip(fx, again, "12")).
		Want(http.StatusSeeOther, "/noi-bo/phieu-moi?trung=1")
	p := office.Get("/noi-bo/phieu-moi?trung=1")
	p.Says(".govuk-error-summary", "phiếu mới hay phiếu đã nhận").
		Says(".dt-same__maybe", "Là phiếu ND-24-0001", "cùng số phiếu giấy", "cùng họ tên, nơi ở").Hides("phieu:ND-24-0002")
	if p.Value("#noi-dung") != again || p.Value("#ho-ten") != "Hồ Thị Giả Sử" {
		t.Error("what was typed is lost")
	}
	office.Submit(p, "/noi-bo/phieu-moi", url.Values{"trung": {"moi"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#so-phieu-error", "đã có ở một phiếu khác")
	office.Submit(p, "/noi-bo/phieu-moi", url.Values{"trung": {"phieu:ND-24-0001"}}).
		Want(http.StatusSeeOther, receiptPath+"?ghep=ND-24-0001")
	office.Get(receiptPath+"?ghep=ND-24-0001").
		Says("main", "Đã ghép với ND-24-0001: hai lần nhận, một phiếu", "Số đăng ký ND-24-0001").Hides("Mở ND-24-0002")
	if n := office.Get("/noi-bo/y-kien?loc=cho-phan-loai").Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d in the register", n)
	}
	office.Get("/noi-bo/y-kien?so=ND-24-0002").Want(http.StatusSeeOther, "/noi-bo/y-kien/ND-24-0002")
	office.Get("/noi-bo/y-kien/ND-24-0001").Says("main", "Cùng một phiếu", "ND-24-0002", "Số phiếu giấy: 0012")
	joined := office.Get("/noi-bo/y-kien/ND-24-0002")
	joined.Says("main", "Đã ghép", "Phiếu này đã ghép vào ND-24-0001")
	if joined.Find("form.dt-ruling").Length() != 0 {
		t.Error("a joined opinion is offered to be ruled on")
	}
	office.Submit(joined, "/noi-bo/y-kien/ND-24-0002/tach-phieu", nil).
		Want(http.StatusSeeOther, "/noi-bo/y-kien/ND-24-0002?xong=tach-phieu")
	p = office.Get("/noi-bo/y-kien/ND-24-0002?xong=tach-phieu")
	p.Says("main", "Đã tách lại thành phiếu riêng", "Chờ hướng xử lý", "Có thể là phiếu đã nhận")
	office.Submit(p, "/noi-bo/y-kien/ND-24-0002/ghep-phieu", nil).
		Want(http.StatusSeeOther, "/noi-bo/y-kien/ND-24-0002?xong=ghep-phieu")
	fx.As("thu-ky").Get("/noi-bo/y-kien/ND-24-0001").Says("main", "ND-24-0002").Hides("Hồ Thị Giả Sử")
}

// TestAlikeMatters proposes what is alike in the form and on the page of an opinion, puts it together and apart; a
// denunciation is proposed to nobody, by whatever way its number is typed.
func TestAlikeMatters(t *testing.T) {
	fx := newFixture(t)
	first := fx.Slip(clogged)
	secret := fx.Slip("Tố cáo ông nọ lấy tiền nạo vét rãnh thoát nước trước cổng trường tiểu học.")
	_, err := fx.DB.RuleOpinion(t.Context(), fx.Actor("van-phong"), secret.ID, 1,
		doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
	stafftest.Must(t, err)
	office := fx.As("van-phong")
	typed := typedSlip(fx, again, "")
	typed.Set("buoc", "tim")
	office.Submit(office.Get("/noi-bo/phieu-moi"), "/noi-bo/phieu-moi", typed).
		Want(http.StatusSeeOther, "/noi-bo/phieu-moi?trung#trung")
	p := office.Get("/noi-bo/phieu-moi?trung")
	p.Says(".dt-same__maybe", "cùng nội dung với ND-24-0001").Hides(string(secret.Number))
	office.Submit(p, "/noi-bo/phieu-moi", url.Values{"trung": {"noi-dung:ND-24-0001"}}).
		Want(http.StatusSeeOther, receiptPath+"?cung=ND-24-0001")
	at := web.OpinionPath("ND-24-0003")
	office.Get(web.OpinionPath(first.Number)).Says("main", "Cùng nội dung", "ND-24-0003", "Trần Thị Ví Dụ ghép ngày")
	office.Get("/noi-bo/y-kien?loc=tat-ca").Says("tbody", "cùng 1 ý kiến khác")
	p = office.Get(at)
	p.Says("main", "ND-24-0001").Hides(string(secret.Number))
	office.Submit(p, at+"/ra-khoi-nhom", nil).Want(http.StatusSeeOther, at+"?xong=ra-khoi-nhom")
	p = office.Get(at)
	p.Says("main", "Có thể cùng nội dung", "ND-24-0001")
	for number, words := range map[string]string{
		string(secret.Number): "Không có ý kiến số", "ND-24-9999": "Không có ý kiến số", "": "Ghi số của ý kiến",
	} {
		office.Post(at+"/cung-noi-dung", url.Values{"phien-ban": {"1"}, "trung-voi": {number}}).
			Want(http.StatusUnprocessableEntity, "").Says("#trung-voi-error", words)
	}
	office.Post(at+"/cung-noi-dung", url.Values{"phien-ban": {"1"}, "trung-voi": {"nd 24 1"}}).
		Want(http.StatusSeeOther, at+"?xong=cung-noi-dung")
	fx.As("ho-tich").Get("/noi-bo/y-kien?loc=tat-ca").Hides("cùng nội dung")
}
