package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestSupplement asks the person for something, types for somebody who called what they add, and shows both.
func TestSupplement(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit, office := fx.As("ho-tich"), fx.As("van-phong")
	p := unit.Get(at)
	p.Says("form[action$='/de-nghi-bo-sung']", "Gửi đề nghị bổ sung").Says("main", "Hạn trả lời không dừng")
	p = unit.Submit(p, at+"/de-nghi-bo-sung", url.Values{"can-bo-sung": {""}, "bo-sung-ly-do": {"Chưa rõ."}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#can-bo-sung-error", "Ghi nội dung, giấy tờ")
	unit.Submit(p, at+"/de-nghi-bo-sung", url.Values{"can-bo-sung": {"Bản sao."}, "bo-sung-ly-do": {"Chưa rõ."}}).
		Want(http.StatusSeeOther, at+"?xong=de-nghi-bo-sung")
	p = unit.Get(at + "?xong=de-nghi-bo-sung")
	p.Says(".dt-outcome", "Đã đề nghị người nêu bổ sung.").Says("#muc-bo-sung", "Bản sao.", "Chưa bổ sung.").
		Says("main", "Chờ người nêu bổ sung")
	p = office.Get(at)
	office.Submit(p, at+"/da-bo-sung", url.Values{"bo-sung": {"Bản sao số 12."}, "bo-sung-qua-kenh": {"phone"}}).
		Want(http.StatusSeeOther, at+"?xong=da-bo-sung")
	unit.Get(at).Says("#muc-bo-sung", "Bản sao số 12.").Says("main", "Người nêu đã bổ sung")
	unit.Get(web.NoticesPath).Says("main", "Ý kiến "+string(o.Number)+": người nêu đã bổ sung")
}

// TestSupplementOnPaper types what somebody brings, with the pictures of it, which stand among the files of the slip.
func TestSupplementOnPaper(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit, office := fx.As("ho-tich"), fx.As("van-phong")
	unit.Submit(unit.Get(at), at+"/de-nghi-bo-sung",
		url.Values{"can-bo-sung": {"Bản sao."}, "bo-sung-ly-do": {"Chưa rõ."}})
	form := office.Get(at).Find(`form[action$="/da-bo-sung"]`)
	if form.AttrOr("enctype", "") != "multipart/form-data" || form.Find("#tep-bo-sung").Length() != 1 {
		t.Error("the form takes no files")
	}
	said := stafftest.FieldsOf(form)
	said.Set("bo-sung", "Bản sao số 12.")
	p := office.Upload(at+"/da-bo-sung", said, [2]string{"bản sao.png", stafftest.PNG(t)})
	p.Want(http.StatusUnprocessableEntity, "").Says(".dt-files__name", "bản sao.png")
	said = stafftest.FieldsOf(p.Find(`form[action$="/da-bo-sung"]`))
	if said.Get("bo-sung") != "Bản sao số 12." || len(said[web.UploadField]) != 1 {
		t.Errorf("the form came back as %v", said)
	}
	said.Set("bo-sung-qua-kenh", "office")
	office.Upload(at+"/da-bo-sung", said).Want(http.StatusSeeOther, at+"?xong=da-bo-sung")
	unit.Get(at).Says("#muc-bo-sung", "Bản sao số 12.", "Kèm 1 tệp").Says("#"+filesPart, "bản sao.png").
		Says("main", "Người nêu đã bổ sung")
}

// TestOwnRequests answers what people ask by code, from the desk: the new name is shown with a view on record only.
func TestOwnRequests(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	resident := doithoai.Resident(fx.Authority.ID)
	ask := func(k doithoai.OwnKind, i doithoai.Identity) {
		t.Helper()
		stafftest.Must(t, fx.DB.RequestOwn(t.Context(), resident, doithoai.NewReceiptCode(doithoai.IntakeKey{1}), o.Number,
			doithoai.OwnRequest{Kind: k, Said: "Xin giúp."}, i))
	}
	ask(doithoai.OwnIdentity, doithoai.Identity{Name: "Lê Văn Tới"})
	office.Get("/noi-bo").Says("main", "Yêu cầu của người nêu", "Sửa họ tên, nơi ở").Hides("Lê Văn Tới")
	fx.As("ho-tich").Get("/noi-bo").Hides("Sửa họ tên, nơi ở")
	p := office.Get(at)
	p.Says("#yeu-cau-nguoi-neu", "mỗi lần xem được ghi lại", "Xin giúp.").Hides("Lê Văn Tới")
	office.Post(at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}}).
		Want(http.StatusSeeOther, at+"?nguoi-neu#nguoi-neu")
	p = office.Get(at + "?nguoi-neu")
	p.Says("#yeu-cau-nguoi-neu", "Lê Văn Tới")
	office.Submit(p, at+"/sua-thong-tin", nil).Want(http.StatusSeeOther, at+"?xong=sua-thong-tin")
	office.Get(at+"?nguoi-neu").Says("#nguoi-neu", "Lê Văn Tới")

	ask(doithoai.OwnWithdrawal, doithoai.Identity{})
	p = office.Get(at)
	p.Says("#yeu-cau-nguoi-neu", "Người nêu rút lại ý kiến")
	p = office.Submit(p, at+"/khong-dong-y-yeu-cau", url.Values{"ly-do-khong-dong-y": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-khong-dong-y-error", "Ghi lý do")
	office.Submit(p, at+"/khong-dong-y-yeu-cau", url.Values{"ly-do-khong-dong-y": {"Sắp có trả lời."}}).
		Want(http.StatusSeeOther, at+"?xong=khong-dong-y-yeu-cau")
	office.Get(at).Says("#yeu-cau-nguoi-neu", "Sắp có trả lời.")
	ask(doithoai.OwnWithdrawal, doithoai.Identity{})
	p = office.Get(at)
	p.Says("textarea[name=rut-ly-do]", "Người nêu đề nghị rút ý kiến bằng mã tra cứu")
	office.Submit(p, at+"/nguoi-neu-rut", nil).Want(http.StatusSeeOther, at+"?xong=nguoi-neu-rut")
	office.Get(at).Says("#yeu-cau-nguoi-neu", "Đã thực hiện")
	office.Get("/noi-bo").Hides("Yêu cầu của người nêu")
}
