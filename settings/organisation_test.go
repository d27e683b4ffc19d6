package settings

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai/web/stafftest"

	"doithoai"
)

// TestPortalPage says that the portal is not on the Internet any more, and finds in the audit who said so.
func TestPortalPage(t *testing.T) {
	fx := newFixture(t)
	at := organisationPath + "/internet"
	b := fx.As("van-phong")
	b.Get(organisationPath).Says("main", "Qua Internet, từ bất cứ đâu", "Biên nhận và thông báo có địa chỉ")
	fx.As("chu-tich").Get(organisationPath).Says("main", "Qua Internet, từ bất cứ đâu").Hides(at)
	fx.As("chu-tich").Post(at, url.Values{"internet": {"offline"}}).Want(http.StatusForbidden, "")

	p := b.Get(at)
	if p.Find("input[value=online][checked]").Length() != 1 {
		t.Error("the form does not show how it stands")
	}
	b.Submit(p, at, url.Values{"internet": {"hm"}}).Want(http.StatusUnprocessableEntity, "").Says("#internet-error", "Chọn nơi người dân")
	b.Submit(p, at, url.Values{"internet": {"offline"}}).Want(http.StatusSeeOther, organisationPath+"?xong=set_portal")
	b.Get(organisationPath+"?xong=set_portal").Says(".govuk-notification-banner", "Đã ghi").Says("main", "Chỉ trong cơ quan")
	all, err := fx.DB.Authorities(t.Context())
	stafftest.Must(t, err)
	for _, a := range all {
		if a.Offline != (a.ID == fx.Authority.ID) {
			t.Errorf("%s: offline is %v", a.Name, a.Offline)
		}
	}
	fx.As("quan-tri").Get(auditPath+"?viec="+string(doithoai.ActSetPortal)).
		Says("tbody", "Trần Thị Ví Dụ", "đổi nơi người dân mở được trang", "Trước: Qua Internet, từ bất cứ đâu", "Nay: Chỉ trong cơ quan")
}
