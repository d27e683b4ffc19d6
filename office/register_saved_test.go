package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestSavedViews keeps a filtered register under a name, opens it, and drops it; what is refused keeps what was typed.
func TestSavedViews(t *testing.T) {
	fx := newFixture(t)
	fx.Assigned(stafftest.Matter)
	office := fx.As("van-phong")
	office.Get(web.RegisterPath + "?loc=dang-xu-ly").Hides("Lưu bộ lọc này")
	query := "don-vi=" + string(fx.Units["tu-phap-ho-tich"]) + "&loc=dang-xu-ly"
	at := web.RegisterPath + "?" + query
	office.Get(at).Says("main", "Lưu bộ lọc này")
	save := url.Values{"bo-loc": {query + "&so=nguyen&sau=x&la=1"}, "ten-bo-loc": {"  "}}
	office.Post(savedViewsPath, save).Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-message", "Đặt tên cho bộ lọc")
	save.Set("bo-loc", query)
	save.Set("ten-bo-loc", " Hộ tịch  đang làm ")
	office.Post(savedViewsPath, save).Want(http.StatusSeeOther, at)
	p := office.Get(web.RegisterPath+"?loc=tat-ca").Says(".dt-views a", "Hộ tịch đang làm")
	if href := p.Find(".dt-views a").AttrOr("href", ""); href != at {
		t.Errorf("the view leads to %q", href)
	}
	p = office.Get(at).Says(".dt-views strong", "Hộ tịch đang làm").Hides("Lưu bộ lọc này")
	id := p.Find(`.dt-views input[name="bo"]`).AttrOr("value", "")
	fx.As("van-phong-2").Get(at).Hides("Hộ tịch đang làm")
	fx.As("van-phong-2").Post(savedViewsPath, url.Values{"bo": {id}}).Want(http.StatusNotFound, "")
	office.Post(savedViewsPath, url.Values{"bo": {id}, "bo-loc": {query}}).Want(http.StatusSeeOther, at)
	office.Get(at).Hides("Hộ tịch đang làm").Says("main", "Lưu bộ lọc này")

	fx.As("ho-tich").Get(web.RegisterPath+"?loc=dang-xu-ly").Says("thead", "Thôn").Says("tbody", "Thôn 1")
}
