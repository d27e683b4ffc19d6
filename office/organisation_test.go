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
	stale := b.get(at)

	p := b.get(at)
	if p.Find("input[value=online][checked]").Length() != 1 {
		t.Error("the form does not show how it stands")
	}
	b.submit(p, at, url.Values{"internet": {"hm"}}).want(http.StatusUnprocessableEntity, "").says("#internet-error", "Chọn nơi người dân")
	b.submit(p, at, url.Values{"internet": {"offline"}}).want(http.StatusSeeOther, organisationPath+"?xong=set_portal")
	b.get(organisationPath+"?xong=set_portal").says(".govuk-notification-banner", "Đã ghi").says("main", "Chỉ trong cơ quan")
	late := b.submit(stale, at, url.Values{"internet": {"online"}})
	late.want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi")
	if late.Find("input[value=online][checked]").Length() != 1 {
		t.Error("what was chosen is lost")
	}
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

// TestUnitContact changes a unit's contact on a page that somebody else has overtaken: what was typed stays.
func TestUnitContact(t *testing.T) {
	fx := newFixture(t)
	all, err := fx.db.Units(t.Context(), fx.authority.ID)
	must(t, err)
	at := organisationPath + "/don-vi/" + string(all[1].ID)
	b := fx.as("van-phong")
	stale := b.get(at)
	b.submit(b.get(at), at, url.Values{"dau-moi": {"Bà Nhanh"}}).want(http.StatusSeeOther, organisationPath+"?xong=change_unit")
	late := b.submit(stale, at, url.Values{"dau-moi": {"Ông Chậm"}, "dien-thoai": {"0255 300 0009"}})
	late.want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi")
	for name, value := range map[string]string{"dau-moi": "Ông Chậm", "dien-thoai": "0255 300 0009"} {
		if got, _ := late.Find("input[name=" + name + "]").Attr("value"); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	b.submit(late, at, nil).want(http.StatusSeeOther, organisationPath+"?xong=change_unit") // now knowing of the other's
	if all, err = fx.db.Units(t.Context(), fx.authority.ID); err != nil || all[1].Contact != "Ông Chậm" {
		t.Errorf("contact %q, %v", all[1].Contact, err)
	}
}
