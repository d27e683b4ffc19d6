package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestGivePetition takes an opinion within a unit of two: it stands on the taker's desk and no more on the colleague's,
// who sees whose it is. A unit of one is asked nothing.
func TestGivePetition(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	fx.As("ho-tich").Get(at).Says(".dt-stacked", "Chưa giao ai").Hides("Nhận xử lý")
	stafftest.Must(t, fx.DB.HandOverPetition(t.Context(), fx.Actor("chu-tich"), o.ID, 1,
		doithoai.HandOver{To: fx.Units["van-phong"], Reason: "Việc của Văn phòng."}))

	first, second := fx.As("van-phong"), fx.As("van-phong-2")
	first.Get(web.RegisterPath+"?loc=cua-toi").Says("tbody", string(o.Number))
	second.Get(web.RegisterPath+"?loc=cua-toi").Says("tbody", string(o.Number))
	first.Get(at).Says("main", "Nhận xử lý")
	form := url.Values{"phien-ban": {"2"}, "can-bo-xu-ly": {string(fx.Officers["van-phong"].ID)}}
	first.Post(at+"/can-bo-xu-ly", form).Want(http.StatusSeeOther, at+"?xong=can-bo-xu-ly")
	first.Get(at).Says(".dt-stacked", "Trần Thị Ví Dụ").Says(".moj-timeline", "giao cán bộ xử lý").Hides("Nhận xử lý")
	second.Get(at).Says("main", "Nhận xử lý")
	second.Get(web.RegisterPath + "?loc=cua-toi").Hides(string(o.Number))
	second.Get(web.RegisterPath+"?loc=dang-xu-ly").Says("tbody", "Trần Thị Ví Dụ xử lý")
	second.Get(web.DeskPath).Hides("Soạn trả lời " + string(o.Number))

	form.Set("phien-ban", "3")
	first.Post(at+"/can-bo-xu-ly", form).Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-summary", "Chọn người khác với người đang xử lý")
	form.Set("can-bo-xu-ly", string(fx.Officers["ho-tich"].ID))
	first.Post(at+"/can-bo-xu-ly", form).Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-summary", "Người này không làm ở đơn vị chủ trì")
	fx.As("ho-tich").Post(at+"/can-bo-xu-ly", form).Want(http.StatusForbidden, "")
}
