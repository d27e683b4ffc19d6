package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// TestCorrection replaces an answer that went out and is public: by who writes it, who signs, who dispatches, each on
// the page and from the desk that shows it; then the public summary is corrected with four eyes.
func TestCorrection(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	ctx := t.Context()
	stafftest.Must(t, fx.DB.ProposePublication(ctx, fx.Actor("van-phong"), o.ID, 0, doithoai.Publication{
		Title: "Bản sao trích lục", Question: "Bao giờ có bản sao?", Answer: "Đã có.",
	}))
	stafftest.Must(t, fx.DB.ApprovePublication(ctx, fx.Actor("chu-tich"), o.ID, 1))
	unit, chair, office, office2 := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong"), fx.As("van-phong-2")

	p := unit.Get(at)
	p.Says("section:has(#muc-thay-the) details", "Câu trả lời có chỗ sai", "vẫn còn giá trị")
	old := p.Value("#tra-loi")
	p = unit.Submit(p, at+"/thay-the", url.Values{"can-cu": {"Luật Hộ tịch 2014"}, "tra-loi": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-error", "người nêu biết câu trả lời trước sai ở đâu").
		Says("#tra-loi-error", "Ghi nội dung trả lời")
	if got := p.Value("#can-cu"); got != "Luật Hộ tịch 2014" {
		t.Errorf("the basis typed came back as %q", got)
	}
	typed := url.Values{"tra-loi": {"Bản sao có ngày 28/10."}, "ly-do": {"Ghi nhầm ngày trả."}}
	unit.Submit(p, at+"/thay-the", typed).Want(http.StatusSeeOther, at+"?xong=thay-the")
	unit.Get(at+"?xong=thay-the").Says(".dt-outcome", "Đã trình văn bản thay thế.").
		Says("main", "Chủ tịch xem, ký hoặc trả lại văn bản thay thế", "Rút lại để sửa")
	fx.As("dia-chinh").Post(at+"/thay-the", typed).Want(http.StatusForbidden, "")
	office.Get(at).Says("section:has(#muc-thay-the)", "Bản sao có ngày 28/10.", "Ghi nhầm ngày trả.")
	office.Get(web.RegisterPath+"?"+fieldTab+"=tat-ca").Says("main", "văn bản thay thế chờ ký")

	p = chair.Get("/noi-bo")
	p.Says("main", "Chờ tôi quyết định 1", "Ký bản thay thế")
	p = chair.Get(at)
	p.Says("section:has(#muc-thay-the)", "Bản sao có ngày 28/10.", "Ghi nhầm ngày trả.", "Ký văn bản trả lời")
	p = chair.Submit(p, at+"/tra-thay-the", url.Values{"tra-ly-do": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tra-ly-do-error", "Ghi lý do trả lại")
	chair.Submit(p, at+"/tra-thay-the", url.Values{"tra-ly-do": {"Ghi cả giờ."}}).
		Want(http.StatusSeeOther, at+"?xong=tra-thay-the")
	unit.Get("/noi-bo").Says("main", "Sửa bản thay thế")
	p = unit.Get(at)
	p.Says("section:has(#muc-thay-the) .dt-gate", "Ghi cả giờ.")
	if got := p.Value("#ly-do"); got != "Ghi nhầm ngày trả." {
		t.Errorf("the reason came back as %q", got)
	}
	unit.Submit(p, at+"/thay-the", url.Values{"tra-loi": {"Bản sao có 08 giờ ngày 28/10."}}).
		Want(http.StatusSeeOther, at+"?xong=thay-the")
	chair.Submit(chair.Get(at), at+"/ky-thay-the", nil).Want(http.StatusSeeOther, at+"?xong=ky-thay-the")

	office.Get("/noi-bo").Says("main", "Phát hành")
	p = office.Get(at)
	p = office.Submit(p, at+"/phat-hanh-thay-the", url.Values{"so": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#so-error", "Ghi số")
	office.Submit(p, at+"/phat-hanh-thay-the", url.Values{"so": {"215"}, "ky-hieu": {"UBND-VP"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh-thay-the")
	letter := wordText(t, office.Get(at+web.ReplyFile+docfile.Word).Want(http.StatusOK, "").Raw)
	was := "214/UBND-VP ngày " + fx.DB.Now().Date().Words()
	for _, want := range []string{
		"215/UBND-VP", "Bản sao có 08 giờ ngày 28/10.", "(thay thế Công văn số " + was + ")",
		"Công văn này thay thế Công văn số " + was,
	} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter does not say %q", want)
		}
	}
	office.Get(at+"?xong=phat-hanh-thay-the").
		Says(".dt-outcome", "Đã phát hành văn bản thay thế số 215/UBND-VP. Còn 1 việc phải báo")
	p = office.Get(at)
	p.Says(".dt-letter", "Bản sao có 08 giờ ngày 28/10.").
		Says("details:has(del)", "đã được thay thế", "Ghi nhầm ngày trả.", "Thay thế bằng văn bản", "215/UBND-VP", old).
		Says("section:has(#muc-bao)", "Báo câu trả lời thay thế", "không báo nữa").
		Says("main", "Bản đang công khai là của câu trả lời đã được thay thế")
	fx.tell(t, office, at)

	p = office.Get(at)
	p.Says("main", "sửa bản công khai theo câu trả lời mới", "trả lời đúng hạn")
	if got := p.Value("#vi-sao"); got != "Ghi nhầm ngày trả." {
		t.Errorf("why it is corrected begins as %q", got)
	}
	if got := p.Value("#tom-tat"); got != "Đã có." {
		t.Errorf("the summary begins as %q", got)
	}
	p = office.Submit(p, at+"/cong-khai", url.Values{"vi-sao": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#vi-sao-error", "Ghi vì sao")
	why := url.Values{"vi-sao": {"Ghi nhầm ngày trả."}, "tom-tat": {"Có ngày 28/10."}}
	office.Submit(p, at+"/cong-khai", why).Want(http.StatusSeeOther, at+"?xong=cong-khai")
	p = office2.Get(at + "/xem-truoc")
	p.Says("main", "Có ngày 28/10.", "Đã sửa: Ghi nhầm ngày trả.")
	office2.Submit(p, at+"/duyet-cong-khai", nil).Want(http.StatusSeeOther, at+"?xong=duyet-cong-khai")
	office.Get(at).Says("main", "không còn việc").Hides("Bản đang công khai là của câu trả lời")
}

// tell records every telling by hand that waits on an opinion.
func (fx *fixture) tell(t *testing.T, office *stafftest.Browser, at string) {
	t.Helper()
	for range 5 {
		p := office.Get(at)
		told, waits := p.Find(`form[action*="/da-bao/"]`).Attr("action")
		if !waits {
			return
		}
		office.Submit(p, told, nil).Want(http.StatusSeeOther, at+"?xong=da-bao")
	}
	t.Fatal("somebody is still to be told")
}

// TestCorrectionIsDropped leaves an answer as it is, and says why.
func TestCorrectionIsDropped(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	typed := url.Values{"tra-loi": {"Bản sao có ngày 28/10."}, "ly-do": {"Ghi nhầm ngày trả."}}
	office.Submit(office.Get(at), at+"/thay-the", typed).Want(http.StatusSeeOther, at+"?xong=thay-the")
	p := office.Get(at)
	p = office.Submit(p, at+"/thoi-thay-the", nil)
	p.Want(http.StatusUnprocessableEntity, "").Says("#thoi-ly-do-error", "Ghi lý do thôi thay thế")
	office.Submit(p, at+"/thoi-thay-the", url.Values{"thoi-ly-do": {"Trả lời đã đúng."}}).
		Want(http.StatusSeeOther, at+"?xong=thoi-thay-the")
	office.Get(at).Says("#muc-dien-bien ~ *, main", "thôi thay thế câu trả lời", "Trả lời đã đúng.")

	// Somebody was quicker: what was typed is not lost.
	p = office.Get(at)
	office.Submit(p, at+"/thay-the", typed).Want(http.StatusSeeOther, at+"?xong=thay-the")
	p = office.Submit(p, at+"/thay-the", url.Values{"tra-loi": {"Bản khác."}, "ly-do": {"Khác."}})
	p.Want(http.StatusConflict, "").Says("main", "Bản khác.")
}
