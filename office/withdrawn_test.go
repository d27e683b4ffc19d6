package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// Who raised an opinion withdraws it at the office: it says who said so, and the register has it.
func TestWithdrawnAtTheOffice(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	p := office.Get(at)
	form := p.Find(`form[action$="/nguoi-neu-rut"]`)
	version, _ := form.Find(`input[name="phien-ban"]`).Attr("value")
	again := office.Post(at+"/nguoi-neu-rut", url.Values{"phien-ban": {version}, "rut-ly-do": {"Bà Thử"}})
	again.Want(http.StatusUnprocessableEntity, "").Says("main", "Ghi rõ ai nói rút")
	if typed := again.Find("#rut-ly-do").Text(); typed != "Bà Thử" {
		t.Errorf("typed was %q", typed)
	}
	why := "Bà Thử nói tại trụ sở lúc 9:10, việc đã xong."
	done := office.Post(at+"/nguoi-neu-rut", url.Values{"phien-ban": {version}, "rut-ly-do": {why}})
	done.Want(http.StatusSeeOther, at+"?xong=nguoi-neu-rut")
	p = office.Get(at)
	p.Says("main", "Người nêu rút lại").Says("main", why)
	if n := p.Find(`form[action$="/nguoi-neu-rut"]`).Length(); n != 0 {
		t.Error("it can be withdrawn twice")
	}
	office.Get(web.RegisterPath+"?loc=tat-ca").Says("main", "Người nêu rút lại")
	file, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), o.ID)
	stafftest.Must(t, err)
	if file.Opinion.Ruling != doithoai.RulingWithdrawn {
		t.Errorf("ruled %q", file.Opinion.Ruling)
	}
}
