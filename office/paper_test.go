package office

import (
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// A paper slip that came back is opened by its number or by the QR of its stub, whose code reaches no address; typed,
// it leads on to the next number; asked for once more, it says what came of it.
func TestPaperSlipIsTyped(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	office.Get(web.PaperPath).Says("main", "Chưa in phiếu giấy")
	fx.Announce()
	actor := fx.Officers["van-phong"].Actor()
	all, err := fx.DB.DialogueList(t.Context(), actor)
	stafftest.Must(t, err)
	d := all[0].ID
	_, err = fx.DB.PrintStack(t.Context(), actor, d, 60)
	stafftest.Must(t, err)
	sheets, err := fx.DB.PaperSheets(t.Context(), actor, d, 52, 53)
	stafftest.Must(t, err)
	_, err = fx.DB.HandOutSlips(t.Context(), actor, d, plan.Handout{
		First: 50, Last: 60, VillageID: fx.Villages[1].ID, Receiver: "Trưởng thôn 2", On: fx.DB.Now().Date(),
	})
	stafftest.Must(t, err)
	office.Post(web.PaperPath, url.Values{"so": {"0099"}}).Want(422, "").Says("main", "Không có phiếu số 0099")
	office.Post(web.PaperPath, url.Values{"so": {""}}).Want(422, "").Says("main", "Nhập số phiếu")
	form := web.SlipPath + "?so-phieu=0052"
	scanned := "https://xa.test/tra-cuu#" + strings.Join(sheets[0].Code.Groups(), "")
	for _, typed := range []string{"52", "0052", scanned} {
		office.Post(web.PaperPath, url.Values{"so": {typed}}).Want(303, form)
	}
	p := office.Get(form).Says("main", "Nhập phiếu giấy số 0052", "Trưởng thôn 2")
	if v, _ := p.Find(`input[name="thon"][checked]`).Attr("value"); v != string(fx.Villages[1].ID) {
		t.Errorf("the village is %q", v)
	}
	typed := url.Values{
		"noi-dung": {stafftest.Matter}, "ho-ten": {"Lê Văn Thử"}, "nhan-tra-loi": {"pick_up"}, "doc-lai": {"1"},
	}
	done := office.Submit(p, web.SlipPath, typed).Want(303, web.PaperPath+"?xong=0052")
	page := office.Get(done.Location).Says("main", "Đã nhập phiếu 0052", "ND-24-")
	if page.Find(`input#so[autofocus]`).Length() != 1 {
		t.Error("the cursor is not ready for the next number")
	}
	// A colleague who has the form open, or types the number again, is told.
	other := fx.As("van-phong-2")
	other.Post(web.PaperPath, url.Values{"so": {"52"}}).Want(303, web.PaperPath+"?so=0052")
	other.Get(web.PaperPath+"?so=0052").Says("main", "không nhập lần hai", "ND-24-")
	other.Get(form).Want(303, web.PaperPath+"?so=0052")
	followed, err := fx.DB.FollowSlip(t.Context(), doithoai.Resident(fx.Authority.ID), sheets[0].Code)
	stafftest.Must(t, err)
	if len(followed.Opinions) != 1 || followed.Channel != doithoai.ChannelVillage {
		t.Errorf("the stub opens %+v", followed)
	}
	fx.As("ho-tich").Get(web.PaperPath).Want(403, "")
}
