package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// The office corrects the neutral summary on the opinion's page, and names the units that coordinate with a ruling.
func TestSummaryAndCoUnits(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	p := office.Get(at).Says("main", "Ghi tóm tắt trung lập")
	office.Submit(p, at+"/tom-tat", url.Values{"trung-lap": {"Đề nghị khơi rãnh thoát nước."}}).
		Want(http.StatusSeeOther, at+"?xong=tom-tat")
	office.Get(at+"?xong=tom-tat").Says("main", "Đã ghi tóm tắt trung lập", "Đề nghị khơi rãnh thoát nước.",
		"Sửa tóm tắt trung lập", "tóm tắt nội dung")
	office.Submit(p, at+"/tom-tat", url.Values{"trung-lap": {"Chậm hơn."}}).Want(http.StatusConflict, "").
		Says("#trung-lap", "Chậm hơn.")

	unit := ""
	p = office.Get(at + "?doi-huong")
	for _, c := range p.Find("input[name=phoi-hop]").EachIter() {
		unit = c.AttrOr("value", "")
	}
	lead := p.Find("#don-vi option[selected]").AttrOr("value", "")
	office.Submit(p, at+"/huong-xu-ly", url.Values{"phoi-hop": {lead}}).
		Want(http.StatusUnprocessableEntity, "").Says("#phoi-hop-error", "đã chủ trì")
	office.Submit(p, at+"/huong-xu-ly", url.Values{"phoi-hop": {unit}}).Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	name := p.Text("label[for=" + p.Find("input[name=phoi-hop][value='"+unit+"']").AttrOr("id", "") + "]")
	office.Get(at).Says("main", "Đơn vị phối hợp", "Phối hợp: "+name)
	p = office.Get(at + "?doi-huong")
	if p.Find("input[name=phoi-hop][checked]").AttrOr("value", "") != unit {
		t.Error("the form of the ruling has lost who coordinates")
	}
}
