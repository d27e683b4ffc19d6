package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
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
	office.Get(web.RegisterPath + "?loc=dang-xu-ly").Hides(`name="chon"`) // nothing to give there
}
