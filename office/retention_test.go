package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestErasePersonalData erases on request once the matter is over and the person was told; before it says why not, and
// keeps what was typed.
func TestErasePersonalData(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	office.Get(at).Says("main", "Xóa dữ liệu cá nhân theo yêu cầu")
	fx.As("ho-tich").Get(at).Hides("Xóa dữ liệu cá nhân")
	form := url.Values{"xoa-gi": {"contacts"}, "xoa-ly-do": {"Đơn ngày 22/10/2024."}}
	fx.As("ho-tich").Post(at+"/xoa-du-lieu", form).Want(http.StatusForbidden, "")
	office.Post(at+"/xoa-du-lieu", form).Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "người nêu chưa được báo").Says("main", "Đơn ngày 22/10/2024.")
	office.Post(at+"/xoa-du-lieu", url.Values{}).Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-summary", "Chọn dữ liệu cần xóa", "Ghi ai yêu cầu")

	f, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), o.ID)
	stafftest.Must(t, err)
	for _, d := range f.Deliveries {
		if d.ToTell() {
			now := calendar.Civil(fx.DB.Now())
			stafftest.Must(t, fx.DB.RecordDelivery(t.Context(), fx.Actor("van-phong"), d.ID, d.Version, doithoai.Telling{
				On: fx.DB.Now().Date(), Clock: calendar.Clock(now.Hour()*60 + now.Minute()), Receiver: doithoai.ReceiverSelf,
			}))
		}
	}
	office.Post(at+"/xoa-du-lieu", form).Want(http.StatusSeeOther, at+"?xong=xoa-du-lieu")
	office.Get(at).Says("main", "cách liên hệ đã xóa ngày").Hides("Xem họ tên").
		Says(".moj-timeline", "xóa dữ liệu cá nhân", "Đơn ngày 22/10/2024.")
	form.Set("xoa-gi", "all")
	office.Post(at+"/xoa-du-lieu", form).Want(http.StatusSeeOther, at+"?xong=xoa-du-lieu")
	office.Get(at).Says("h1", "Nội dung đã xóa theo thời hạn lưu").Hides(stafftest.Matter)
	office.Get(web.RegisterPath+"?loc=tat-ca").Says("tbody", "Nội dung đã xóa theo thời hạn lưu").Hides(stafftest.Matter)
}
