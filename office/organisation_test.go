package office

import (
	"net/http"
	"net/url"
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
