package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestPromise lets a unit promise something with an answer: who signs reads it, it begins when the letter goes out, its
// unit records that it is done and takes that back, and who signs says that it will not be done.
func TestPromise(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	ctx := t.Context()
	unit, chair, office, land := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong"), fx.As("dia-chinh")
	doer := string(fx.Actor("dia-chinh").UnitID)
	rules, err := fx.DB.Rules(ctx, fx.Actor("van-phong").AuthorityID)
	stafftest.Must(t, err)
	due := rules.Calendar.AddWorkdays(fx.DB.Now().Date(), 3)

	p := unit.Get(at)
	p.Says("form fieldset.dt-promised", "Việc hứa làm", "Thêm việc")
	p = unit.Submit(p, at+"/trinh", url.Values{
		"tra-loi": {"Bản sao đã có."}, "hua-viec": {"", "Đo lại thửa đất"}, "hua-don-vi": {"", doer}, "hua-han": {"", ""},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#hua-han-1-error", "Ghi ngày xong")
	if p.Value("#hua-viec-1") != "Đo lại thửa đất" {
		t.Errorf("the line came back as %q", p.Value("#hua-viec-1"))
	}
	unit.Submit(p, at+"/trinh", url.Values{
		"tra-loi": {"Bản sao đã có."}, "hua-viec": {"Đo lại thửa đất", "Trả hồ sơ"}, "hua-don-vi": {doer, doer},
		"hua-han": {due.Words(), due.Words()},
	}).Want(http.StatusSeeOther, at+"?xong=trinh")
	p = chair.Get(at)
	p.Says("main", "Cam kết", "Đo lại thửa đất", "Trả hồ sơ")
	land.Get(web.PromisesPath).Says("main", "Không có việc nào")
	chair.Submit(p, at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {"214"}, "ky-hieu": {"UBND-VP"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh")
	office.Get(at).Says("section:has(#muc-da-hua)", "Đo lại thửa đất", "còn 3 ngày làm việc", "không có nghĩa là").
		Says("#muc-dien-bien", "Diễn biến").Says("main", "Hứa: Đo lại thửa đất")

	f, err := fx.DB.OpinionFile(ctx, fx.Actor("van-phong"), o.ID)
	stafftest.Must(t, err)
	first, second := web.PromisePath(f.Promises[0].ID), web.PromisePath(f.Promises[1].ID)
	land.Get("/noi-bo").Says("main", "Đo lại thửa đất", "Ghi kết quả")
	chair.Get("/noi-bo").Says("main", "Đo lại thửa đất")
	land.Get(web.PromisesPath).Says("main", "Chưa đến hạn 2", "Đo lại thửa đất")
	unit.Get(first).Want(http.StatusForbidden, "")
	p = land.Get(first)
	p = land.Submit(p, first+"/xong", url.Values{"da-lam": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#da-lam-error", "Ghi đã làm gì")
	land.Submit(p, first+"/xong", url.Values{"da-lam": {"Đã đo, biên bản số 12."}}).
		Want(http.StatusSeeOther, first+"?xong=xong")
	p = land.Get(first + "?xong=xong")
	p.Says("main", "Đã ghi việc này làm xong", "Xong đúng hạn", "Đã đo, biên bản số 12.", "Thêm ảnh hoặc PDF")
	chair.Get(first).Says("main", "Chưa có tệp minh chứng")
	land.Submit(p, first+"/rut-xong", nil).Want(http.StatusSeeOther, first+"?xong=rut-xong")
	land.Get(first).Says("main", "Chưa đến hạn", "Ghi đã làm xong")

	land.Post(second+"/khong-lam", url.Values{"vi-sao-khong-lam": {"Không."}, "phien-ban": {"1"}}).
		Want(http.StatusForbidden, "")
	p = chair.Get(second)
	chair.Submit(p, second+"/khong-lam", url.Values{"vi-sao-khong-lam": {"Không còn kinh phí."}}).
		Want(http.StatusSeeOther, second+"?xong=khong-lam")
	office.Get(at).Says("section:has(#muc-da-hua)", "Không thực hiện", "Không còn kinh phí.")
	office.Get(web.PromisesPath+"?loc=khong-lam").Says("main", "Trả hồ sơ")

	file := office.Get(web.PromisesPath+"/xuat").Want(http.StatusOK, "")
	if got := file.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/csv") {
		t.Errorf("the file is %q", got)
	}
	for _, want := range []string{
		"Hứa trong;Việc;", "Đo lại thửa đất", "Trả hồ sơ", "Không thực hiện", "Không còn kinh phí.",
	} {
		if !strings.Contains(file.Document.Text(), want) {
			t.Errorf("the file lacks %q:\n%s", want, file.Document.Text())
		}
	}

	// The form of a correction holds what is still to be done.
	p = unit.Get(at)
	left := p.Value("#hua-viec-1") == "Đo lại thửa đất" && p.Value("#hua-han-1") == due.Words()
	if !left || p.Value("#hua-viec-2") != "" {
		t.Errorf("a correction begins with %q, %q", p.Value("#hua-viec-1"), p.Value("#hua-viec-2"))
	}
	if doithoai.KindOf(fx.DB.BreakPromise(ctx, fx.Actor("chu-tich"), f.Promises[1].ID, 1, "Không.")) != doithoai.Conflict {
		t.Error("what was given up is given up again")
	}
}
