package settings

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web/stafftest"
)

// TestPortalPage says that the portal is not on the Internet any more, and finds in the audit who said so.
func TestPortalPage(t *testing.T) {
	fx := newFixture(t)
	at := organisationPath + "/internet"
	b := fx.As("van-phong")
	b.Get(organisationPath).Says("main", "Qua Internet, từ bất cứ đâu", "Biên nhận và thông báo có địa chỉ")
	fx.As("chu-tich").Get(organisationPath).Says("main", "Qua Internet, từ bất cứ đâu").Hides(at)
	fx.As("chu-tich").Post(at, url.Values{"internet": {"offline"}}).Want(http.StatusForbidden, "")
	stale := b.Get(at)

	p := b.Get(at)
	if p.Find("input[value=online][checked]").Length() != 1 {
		t.Error("the form does not show how it stands")
	}
	b.Submit(p, at, url.Values{"internet": {"hm"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#internet-error", "Chọn nơi người dân")
	b.Submit(p, at, url.Values{"internet": {"offline"}}).Want(http.StatusSeeOther, organisationPath+"?xong=set_portal")
	b.Get(organisationPath+"?xong=set_portal").Says(".govuk-notification-banner", "Đã ghi").
		Says("main", "Chỉ trong cơ quan")
	late := b.Submit(stale, at, url.Values{"internet": {"online"}})
	late.Want(http.StatusConflict, "").Says(".govuk-error-summary", "đã thay đổi")
	if late.Find("input[value=online][checked]").Length() != 1 {
		t.Error("what was chosen is lost")
	}
	all, err := fx.DB.Authorities(t.Context())
	stafftest.Must(t, err)
	for _, a := range all {
		if a.Offline != (a.ID == fx.Authority.ID) {
			t.Errorf("%s: offline is %v", a.Name, a.Offline)
		}
	}
	fx.As("quan-tri").Get(auditPath+"?viec="+string(doithoai.ActSetPortal)).
		Says(
			"tbody", "Trần Thị Ví Dụ", "đổi nơi người dân mở được trang", "Trước: Qua Internet, từ bất cứ đâu",
			"Nay: Chỉ trong cơ quan",
		)
}

// TestUnitContact changes a unit's contact on a page that somebody else has overtaken: what was typed stays.
func TestUnitContact(t *testing.T) {
	fx := newFixture(t)
	all, err := fx.DB.Units(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	at := organisationPath + "/don-vi/" + string(all[1].ID)
	b := fx.As("van-phong")
	stale := b.Get(at)
	b.Submit(b.Get(at), at, url.Values{"dau-moi": {"Bà Nhanh"}}).
		Want(http.StatusSeeOther, organisationPath+"?xong=change_unit")
	late := b.Submit(stale, at, url.Values{"dau-moi": {"Ông Chậm"}, "dien-thoai": {"0255 300 0009"}})
	late.Want(http.StatusConflict, "").Says(".govuk-error-summary", "đã thay đổi")
	for name, value := range map[string]string{"dau-moi": "Ông Chậm", "dien-thoai": "0255 300 0009"} {
		if got, _ := late.Find("input[name=" + name + "]").Attr("value"); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	b.Submit(late, at, nil).Want(http.StatusSeeOther, organisationPath+"?xong=change_unit") // now knowing of the other's
	if all, err = fx.DB.Units(t.Context(), fx.Authority.ID); err != nil || all[1].Contact != "Ông Chậm" {
		t.Errorf("contact %q, %v", all[1].Contact, err)
	}
}

// TestOrganisationRefusesNoNumber refuses what is no telephone number, and lines without end, at their fields, with all
// that is wrong at once.
func TestOrganisationRefusesNoNumber(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	at := organisationPath + "/ten-goi"
	endless := strings.Repeat("a", doithoai.MaxLine+1)
	p := b.Submit(b.Get(at), at, url.Values{
		"tu-ngay": {"01/07/2025"}, "dien-thoai": {"0255 3 822 zzz"}, "dia-chi": {endless}, "gio-lam-viec": {endless},
		"tiep-dan": {endless},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#dien-thoai-error", "").Says("#can-cu-error", "Nhập nghị quyết")
	if p.Value("#dien-thoai") != "0255 3 822 zzz" {
		t.Errorf("the number came back as %q", p.Value("#dien-thoai"))
	}
	for _, field := range []string{"dien-thoai", "can-cu", "dia-chi", "gio-lam-viec", "tiep-dan"} {
		if p.Find("#"+field+"-error").Length() != 1 {
			t.Errorf("nothing is said at %s", field)
		}
	}

	at = organisationPath + "/don-vi-moi"
	p = b.Submit(b.Get(at), at, url.Values{"ten": {"Phòng Kinh tế"}, "dau-moi": {endless}, "dien-thoai": {"0255 382"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#dien-thoai-error", "thiếu").Says("#dau-moi-error", "200")
	b.Submit(p, at, url.Values{"dau-moi": {"Bà Thử"}, "dien-thoai": {"+84 255 382 1234"}}).
		Want(http.StatusSeeOther, organisationPath+"?xong=open_unit")
	b.Get(organisationPath).Says("main", "(0255) 382 1234")

	at = organisationPath + "/don-vi/" + string(fx.Units["dia-chinh"])
	p = b.Submit(b.Get(at), at, url.Values{"dau-moi": {endless}, "dien-thoai": {"0905 xyz"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#dien-thoai-error", "").Says("#dau-moi-error", "200")
	b.Submit(p, at, url.Values{"dau-moi": {"Ông Thử"}, "dien-thoai": {""}}).
		Want(http.StatusSeeOther, organisationPath+"?xong=change_unit")
}
