package documents

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// Chosen documents go to whom their own forms propose, each by itself; what can't go is named with why, and a second
// click sends nothing twice.
func TestSendChosen(t *testing.T) {
	fx := newFixture(t)
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	for _, number := range []string{"214", "215"} {
		at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
		unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ ngày 12."}})
		chair.Submit(chair.Get(at), at+"/ky", nil)
		office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {number}, "ky-hieu": {"UBND-TPHT"}})
	}
	page := office.Get(web.DocumentsPath)
	var chosen []string
	for _, box := range page.Find(`main input[name="chon"]`).EachIter() {
		chosen = append(chosen, box.AttrOr("value", ""))
	}
	if len(chosen) != 2 {
		t.Fatalf("%d boxes", len(chosen))
	}
	const send = web.DocumentsPath + "/gui"
	sent := office.Post(send, url.Values{"chon": chosen})
	to := sent.Header.Get("Location")
	if sent.Status != http.StatusSeeOther || !strings.Contains(to, "da-gui=2") {
		t.Fatalf("%d to %s", sent.Status, to)
	}
	office.Get(to).Says("main", "Đã gửi nơi nhận của 2 văn bản", "0 trên 1 nơi")
	again := office.Post(send, url.Values{"chon": append(chosen, "x")}).Header.Get("Location")
	office.Get(again).Says("main", "Chưa gửi được văn bản nào", "214/UBND-TPHT: vừa có người khác gửi")
	whole := office.Get(web.DocumentsPath)
	chosen = chosen[:0]
	for _, box := range whole.Find(`main input[name="chon"]`).EachIter() {
		chosen = append(chosen, box.AttrOr("value", ""))
	}
	nobody := office.Post(send, url.Values{"chon": chosen[:1]}).Header.Get("Location")
	office.Get(nobody).Says("main", "mọi nơi nhận đã có")
	office.Get(office.Post(send, url.Values{}).Header.Get("Location")).Says("main", "Chưa chọn văn bản nào")
	office.Get(web.DocumentsPath+"?da-gui=0&chua-gui=%3Cb%3E:x&chua-gui=gone").Says("main", "không còn trong sổ")
	if chair.Get(web.DocumentsPath).Find(`main input[name="chon"]`).Length() > 0 {
		t.Error("who does not send has boxes")
	}
}
