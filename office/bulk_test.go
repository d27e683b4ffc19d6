package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestAssignMany gives chosen opinions to a unit, one act each: what somebody ruled on meanwhile is left and named.
func TestAssignMany(t *testing.T) {
	fx := newFixture(t)
	for _, matter := range []string{"Một: đường ngập.", "Hai: cống tắc.", "Ba: đèn hỏng.", "Bốn: chợ chật."} {
		fx.Slip(matter)
	}
	office, unit := fx.As("van-phong"), string(fx.Units["dia-chinh"])
	p := office.Get(web.RegisterPath + "?loc=cho-phan-loai")
	boxes := p.Find(`input[name="chon"][form="giao"]`)
	if boxes.Length() != 4 || p.Find(`input[name="chon"][checked]`).Length() != 0 {
		t.Fatalf("%d boxes", boxes.Length())
	}
	whole := office.Get(web.RegisterPath + "?loc=cho-phan-loai&chon-het")
	if n := whole.Find(`input[name="chon"][checked]`).Length(); n != 4 {
		t.Errorf("%d of the page are chosen", n)
	}
	found := office.Get(web.RegisterPath + "?so=ngap")
	if v := found.Value(`#giao input[name="so"]`); v != "ngap" {
		t.Errorf("what was looked for is %q after the giving", v)
	}
	// The third one is ruled on meanwhile.
	third := web.OpinionPath("ND-24-0003")
	office.Submit(office.Get(third), third+"/huong-xu-ly", url.Values{
		"huong": {string(doithoai.RulingLater)}, "don-vi": {string(fx.Units["tu-phap-ho-tich"])},
	}).Want(http.StatusSeeOther, third+"?xong=huong-xu-ly")
	office.Post(web.RegisterPath, url.Values{
		"loc": {"cho-phan-loai"}, "giao-cho": {unit},
		"chon": {"ND-24-0001 1", "ND-24-0002 1", "ND-24-0003 1", "ND-24-9999 1"},
	}).Want(http.StatusSeeOther, web.RegisterPath+"?chua-giao=ND-24-0003%2CND-24-9999&da-giao=2&loc=cho-phan-loai")
	office.Get(web.RegisterPath+"?chua-giao=ND-24-0003,ND-24-9999&da-giao=2&loc=cho-phan-loai").
		Says(".dt-outcome", "Đã giao 2 ý kiến.", "Chưa giao được", "ND-24-0003").Says("tbody", "ND-24-0004")
	lead := fx.As("dia-chinh")
	for number, says := range map[doithoai.RegisterNumber]int{
		"ND-24-0001": http.StatusOK, "ND-24-0002": http.StatusOK, "ND-24-0003": http.StatusNotFound,
		"ND-24-0004": http.StatusNotFound,
	} {
		if p := lead.Get(web.OpinionPath(number)); (p.Status == http.StatusOK) != (says == http.StatusOK) {
			t.Errorf("%s opens to the unit with %d", number, p.Status)
		}
	}
	lead.Get(web.OpinionPath("ND-24-0001")).Says(".moj-timeline", "Xác minh, trả lời sau", "06/11/2024")

	for _, nothing := range []url.Values{
		{"chon": {"ND-24-0004 1"}}, {"giao-cho": {unit}}, {"giao-cho": {unit}, "chon": {"ND-24-0004"}},
	} {
		office.Post(web.RegisterPath, nothing).Want(http.StatusSeeOther, web.RegisterPath+"?da-giao=0")
	}
	office.Get(web.RegisterPath+"?da-giao=0").Says(".dt-outcome", "Chưa giao ý kiến nào")
	lead.Post(web.RegisterPath, url.Values{"giao-cho": {unit}, "chon": {"ND-24-0004 1"}}).
		Want(http.StatusForbidden, "")
	lead.Get(web.RegisterPath).Hides(`name="chon"`)
	office.Get(web.RegisterPath + "?loc=cho-ky").Hides(`name="chon"`) // nothing to give there
}

// TestHandOverMany hands chosen opinions over that a unit leads already: never without a reason, each counted.
func TestHandOverMany(t *testing.T) {
	fx := newFixture(t)
	for range 2 {
		fx.Assigned(stafftest.Matter)
	}
	office, unit := fx.As("van-phong"), string(fx.Units["dia-chinh"])
	p := office.Get(web.RegisterPath + "?loc=dang-xu-ly")
	if n := p.Find(`input[name="chon"]`).Length(); n != 2 {
		t.Fatalf("%d boxes", n)
	}
	chosen := url.Values{
		"loc": {"dang-xu-ly"}, "giao-cho": {unit}, "chon": {"ND-24-0001 1 chuyen", "ND-24-0002 1 chuyen"},
	}
	asked := web.RegisterPath + "?chua-giao=ND-24-0001%2CND-24-0002&da-giao=0&giao-cho=" + unit +
		"&loc=dang-xu-ly&thieu-ly-do=1"
	office.Post(web.RegisterPath, chosen).Want(http.StatusSeeOther, asked)
	p = office.Get(asked).Says("#giao .govuk-error-message", "Ghi lý do chuyển")
	if n := p.Find(`input[name="chon"][checked]`).Length(); n != 2 || p.Value("#giao-cho option[selected]") != unit {
		t.Errorf("%d boxes are kept, and unit %q", n, p.Value("#giao-cho option[selected]"))
	}
	chosen.Set("chuyen-ly-do", "Thuộc lĩnh vực đất đai.")
	chosen["chon"][1] = "ND-24-0002 1" // as if nobody led it when the page was opened
	office.Post(web.RegisterPath, chosen).
		Want(http.StatusSeeOther, web.RegisterPath+"?chua-giao=ND-24-0002&da-giao=1&loc=dang-xu-ly")
	fx.As("dia-chinh").Get(web.OpinionPath("ND-24-0001")).
		Says(".moj-timeline", "chuyển đơn vị chủ trì", "Thuộc lĩnh vực đất đai.").Says(".dt-stacked", "chuyển 1 lần")
	office.Get(web.RegisterPath+"?loc=dang-xu-ly").Says("tbody", "chuyển 1 lần")
	office.Post(web.RegisterPath, chosen).
		Want(http.StatusSeeOther, web.RegisterPath+"?chua-giao=ND-24-0001%2CND-24-0002&da-giao=0&loc=dang-xu-ly")
}
