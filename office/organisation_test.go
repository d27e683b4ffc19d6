package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
)

// TestPortalPage says that the portal is not on the Internet any more, and finds in the audit who said so.
func TestPortalPage(t *testing.T) {
	fx := newFixture(t)
	at := organisationPath + "/internet"
	b := fx.as("van-phong")
	b.get(organisationPath).says("main", "Qua Internet, từ bất cứ đâu", "Biên nhận và thông báo có địa chỉ")
	fx.as("chu-tich").get(organisationPath).says("main", "Qua Internet, từ bất cứ đâu").hides(at)
	fx.as("chu-tich").post(at, url.Values{"internet": {"offline"}}).want(http.StatusForbidden, "")

	p := b.get(at)
	if p.Find("input[value=online][checked]").Length() != 1 {
		t.Error("the form does not show how it stands")
	}
	b.submit(p, at, url.Values{"internet": {"hm"}}).want(http.StatusUnprocessableEntity, "").says("#internet-error", "Chọn nơi người dân")
	b.submit(p, at, url.Values{"internet": {"offline"}}).want(http.StatusSeeOther, organisationPath+"?xong=set_portal")
	b.get(organisationPath+"?xong=set_portal").says(".govuk-notification-banner", "Đã ghi").says("main", "Chỉ trong cơ quan")
	all, err := fx.db.Authorities(t.Context())
	must(t, err)
	for _, a := range all {
		if a.Offline != (a.ID == fx.authority.ID) {
			t.Errorf("%s: offline is %v", a.Name, a.Offline)
		}
	}
	fx.as("quan-tri").get(auditPath+"?viec="+string(doithoai.ActSetPortal)).
		says("tbody", "Trần Thị Ví Dụ", "đổi nơi người dân mở được trang", "Trước: Qua Internet, từ bất cứ đâu", "Nay: Chỉ trong cơ quan")
}

// TestOrganisationRefusesNoNumber refuses what is no telephone number, and lines without end, at their fields, with all that
// is wrong at once.
func TestOrganisationRefusesNoNumber(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	at := organisationPath + "/ten-goi"
	endless := strings.Repeat("a", doithoai.MaxLine+1)
	p := b.submit(b.get(at), at, url.Values{
		"tu-ngay": {"01/07/2025"}, "dien-thoai": {"0255 3 822 zzz"}, "dia-chi": {endless}, "gio-lam-viec": {endless}, "tiep-dan": {endless},
	})
	p.want(http.StatusUnprocessableEntity, "").says("#dien-thoai-error", "").says("#can-cu-error", "Nhập nghị quyết")
	if p.value("#dien-thoai") != "0255 3 822 zzz" {
		t.Errorf("the number came back as %q", p.value("#dien-thoai"))
	}
	for _, field := range []string{"dien-thoai", "can-cu", "dia-chi", "gio-lam-viec", "tiep-dan"} {
		if p.Find("#"+field+"-error").Length() != 1 {
			t.Errorf("nothing is said at %s", field)
		}
	}

	at = organisationPath + "/don-vi-moi"
	p = b.submit(b.get(at), at, url.Values{"ten": {"Phòng Kinh tế"}, "dau-moi": {endless}, "dien-thoai": {"0255 382"}})
	p.want(http.StatusUnprocessableEntity, "").says("#dien-thoai-error", "thiếu").says("#dau-moi-error", "200")
	b.submit(p, at, url.Values{"dau-moi": {"Bà Thử"}, "dien-thoai": {"+84 255 382 1234"}}).want(http.StatusSeeOther, organisationPath+"?xong=open_unit")
	b.get(organisationPath).says("main", "(0255) 382 1234")

	at = organisationPath + "/don-vi/" + string(fx.units["dia-chinh"])
	p = b.submit(b.get(at), at, url.Values{"dau-moi": {endless}, "dien-thoai": {"0905 xyz"}})
	p.want(http.StatusUnprocessableEntity, "").says("#dien-thoai-error", "").says("#dau-moi-error", "200")
	b.submit(p, at, url.Values{"dau-moi": {"Ông Thử"}, "dien-thoai": {""}}).want(http.StatusSeeOther, organisationPath+"?xong=change_unit")
}
