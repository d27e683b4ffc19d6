package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestAnswerSeveralOnOnePage hands one answer in for three of four opinions of a matter, has it signed and dispatched
// by one button each, and publishes it once.
func TestAnswerSeveralOnOnePage(t *testing.T) {
	fx := newFixture(t)
	var all []doithoai.Opinion
	var at []string
	for range 4 {
		o := fx.Assigned(stafftest.Matter)
		all, at = append(all, o), append(at, web.OpinionPath(o.Number))
		if len(all) > 1 {
			stafftest.Must(t, fx.DB.GroupOpinions(t.Context(), fx.Actor("van-phong"), all[0].ID, o.ID))
		}
	}
	stafftest.Must(t, fx.DB.PausePetition(t.Context(), fx.Actor("ho-tich"), all[3].ID, 1, doithoai.Pause{
		Kind: doithoai.PauseAgency, Number: "5/UBND", Dated: fx.DB.Now().Date(), Awaited: "Ý kiến của cấp trên",
	}))
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	p := unit.Get(at[0])
	p.Says("main", "Trả lời chung cho các ý kiến cùng nội dung", "Chưa trả lời chung được", "ND-24-0004: đang tạm dừng")
	if n := p.Find(`input[name="cung-tra-loi"][checked]`).Length(); n != 2 {
		t.Fatalf("%d others are ticked", n)
	}
	answer := url.Values{"tra-loi": {"Bà Vũ Thị Người Thứ Nhất đã có kết quả, xin xem tại quầy."}}
	// Somebody changes one of them meanwhile: nothing is handed in, and the page says of which one that is.
	stafftest.Must(t, fx.DB.UngroupOpinion(t.Context(), fx.Actor("van-phong"), all[2].ID))
	unit.Submit(p, at[0]+"/trinh", answer).Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "ND-24-0003: không còn trong nhóm")
	stafftest.Must(t, fx.DB.GroupOpinions(t.Context(), fx.Actor("van-phong"), all[0].ID, all[2].ID))
	answer.Set("tra-loi", "Hồ sơ đã có kết quả tại quầy.")
	unit.Submit(unit.Get(at[0]), at[0]+"/trinh", answer).Want(http.StatusSeeOther, at[0]+"?xong=trinh")
	unit.Get(at[1]).Says("main", "Chờ ký").Says("main", "Rút lại")

	// The chair has one line, and signs once.
	desk := chair.Get("/noi-bo")
	desk.Says("#cho-ky", "Chờ").Says("main", "và 2 ý kiến cùng nội dung")
	if n := strings.Count(desk.Text("main"), "và 2 ý kiến cùng nội dung"); n != 1 {
		t.Errorf("%d lines on the desk", n)
	}
	p = chair.Get(at[1])
	p.Says(".dt-step", "Một câu trả lời cho 3 ý kiến", "ND-24-0001", "ND-24-0003", "Ký 3 ý kiến").
		Hides("Rút lại")
	chair.Submit(p, at[1]+"/ky", url.Values{"tiep": {"1"}}).Want(http.StatusSeeOther, "/noi-bo?xong=ky&so=ND-24-0002")
	chair.Get("/noi-bo?xong=ky&so=ND-24-0002").Says(".dt-outcome", "Chung cho 3 ý kiến")
	office.Get("/noi-bo").Says("main", "và 2 ý kiến cùng nội dung")
	p = office.Get(at[2])
	p.Says(".dt-step", "một số cho 3 ý kiến", "Phát hành 3 ý kiến")
	office.Submit(p, at[2]+"/phat-hanh", url.Values{"so": {"7/UBND"}}).Want(http.StatusSeeOther, at[2]+"?xong=phat-hanh")
	for _, address := range at[:3] {
		office.Get(address).Says("main", "7/UBND", "Trả lời chung bằng cùng văn bản này", "Chung cho 3 ý kiến cùng nội dung")
	}
	office.Get(at[3]).Says("main", "tạm dừng").Hides("7/UBND")

	// It becomes public once.
	stafftest.Must(t, fx.DB.ProposePublication(t.Context(), fx.Actor("van-phong"), all[0].ID, 0, doithoai.Publication{
		Title: "Kết quả tại quầy", Question: "Bao giờ có kết quả?", Answer: "Đã có tại quầy.",
	}))
	stafftest.Must(t, fx.DB.ApprovePublication(t.Context(), fx.Actor("chu-tich"), all[0].ID, 1))
	office.Get(at[1]).Says("main", "đã công khai chung ở ND-24-0001")

	// An answer that proves wrong is wrong for all.
	p = unit.Get(at[1])
	if n := p.Find(`input[name="cung-tra-loi"][checked]`).Length(); n != 2 {
		t.Fatalf("%d others are ticked to be corrected", n)
	}
	unit.Submit(p, at[1]+"/thay-the", url.Values{"tra-loi": {"Kết quả có sau ba ngày."}, "ly-do": {"Sai ngày."}}).
		Want(http.StatusSeeOther, at[1]+"?xong=thay-the")
	p = chair.Get(at[0])
	p.Says(".dt-step", "Ký 3 ý kiến")
	chair.Submit(p, at[0]+"/ky-thay-the", nil).Want(http.StatusSeeOther, at[0]+"?xong=ky-thay-the")
	p = office.Get(at[0])
	office.Submit(p, at[0]+"/phat-hanh-thay-the", url.Values{"so": {"8/UBND"}}).
		Want(http.StatusSeeOther, at[0]+"?xong=phat-hanh-thay-the")
	for i := range 3 {
		f, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), all[i].ID)
		stafftest.Must(t, err)
		if f.Answer.Number != "8/UBND" || f.Answer.Body != "Kết quả có sau ba ngày." {
			t.Errorf("%d: %+v", i, f.Answer)
		}
	}
}
