package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// TestTellings shows who is still to be told on one page: by hand with a message ready, what did not get through with
// why and what next, letters and what villages read out.
func TestTellings(t *testing.T) {
	fx := newFixture(t)
	fx.Ways = []doithoai.Way{doithoai.WayEmail, doithoai.WayPost, doithoai.WayAloud}
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	village := web.ReadingPath(fx.Villages[0].ID)
	p := office.Get(web.TellPath)
	p.Says("section:has(#bao-truc-tiep) .dt-copy__text",
		"UBND xa Nghia Dung: y kien so "+string(o.Number)+" cua ong/ba da co tra loi.").
		Says("section:has(#gui-thu)", "In thư").Says("section:has(#doc-tai-thon)", "Thôn 1: 1 tin cần đọc").
		Hides("Minh Họa", "0900", "Không gửi được", "Gửi chậm")
	office.Get(at).Says("section:has(#muc-bao) .dt-copy__text", "da co tra loi")

	settle := func(trouble doithoai.Trouble) {
		parcels, err := fx.DB.ClaimParcels(t.Context(), doithoai.WayEmail, 10)
		stafftest.Must(t, err)
		for _, parcel := range parcels {
			stafftest.Must(t, fx.DB.SettleParcel(t.Context(), parcel.Delivery, trouble))
		}
	}
	settle(doithoai.TroubleServer)
	p = office.Get(web.TellPath)
	p.Says("section:has(#gui-cham)", "Máy chủ gửi tin không nhận hoặc không trả lời", "Lần gửi tới: 08 giờ 31 phút")
	take, _ := p.Find(`form[action*="/bao-truc-tiep/"]`).Attr("action")
	office.Submit(p, take, nil).Want(http.StatusSeeOther, at+"?xong=bao-truc-tiep")
	office.Get(at+"?xong=bao-truc-tiep").Says("section:has(#muc-bao)", "không gửi được, cần báo trực tiếp").
		Says(".moj-timeline", "thôi chờ gửi")
	office.Get(web.TellPath).Says("section:has(#khong-gui-duoc)", "Đã gửi nhiều lần không được").Hides("Gửi chậm")
	for _, login := range []string{"ho-tich", "chu-tich"} {
		fx.As(login).Get(web.TellPath).Want(http.StatusForbidden, "")
		fx.As(login).Get(village).Want(http.StatusForbidden, "")
	}
}

// TestLetters prints letters after a view of their addresses is on record, and records them as sent, one act each.
func TestLetters(t *testing.T) {
	fx := newFixture(t)
	fx.Ways = []doithoai.Way{doithoai.WayPost}
	first, second := fx.Answered(stafftest.Matter), fx.Assigned("Đường thôn 1 ngập nước.")
	stafftest.Must(t, fx.DB.TellStatus(t.Context(), fx.Actor("van-phong"), second.ID))
	office := fx.As("van-phong")
	p := office.Get(lettersPath)
	p.Hides("Minh Họa")
	var boxes []string
	for _, box := range p.Find(`input[name="chon"]`).EachIter() {
		value, _ := box.Attr("value")
		boxes = append(boxes, value)
	}
	if len(boxes) != 2 {
		t.Fatalf("%d letters", len(boxes))
	}
	print := printLettersPath + "?so=" + string(first.Number) + "&so=" + string(second.Number)
	office.Get(print).Hides("Minh Họa").Says("main", "Không có thư nào để in")
	office.Post(lettersPath, url.Values{"chon": boxes}).Want(http.StatusSeeOther, print)
	office.Get(print).
		Says(".dt-letters article:nth-of-type(1)", "Danh sách thư", "Nguyễn Thị Minh Họa", "Tổ 1, thôn 1").
		Says(".dt-letters article:nth-of-type(2)", "Số: 214/UBND-VP", "Kính gửi: Ông/bà Nguyễn Thị Minh Họa",
			"Bản sao đã có tại bộ phận một cửa.", "Luật Hộ tịch 2014").
		Says(".dt-letters article:nth-of-type(3)", "Về việc tiếp nhận, giải quyết ý kiến", string(second.Number),
			"đã được giao")
	query := strings.TrimPrefix(print, printLettersPath)
	for _, file := range []string{printLettersPath + ".pdf" + query, listPath + ".pdf" + query} {
		if pdf := office.Get(file).Want(http.StatusOK, ""); !strings.HasPrefix(pdf.Raw, "%PDF-") {
			t.Errorf("%s begins with %.8q", file, pdf.Raw)
		}
	}
	if list := wordText(t, office.Get(listPath+docfile.Word+query).Want(http.StatusOK, "").Raw); !strings.Contains(list,
		"Nguyễn Thị Minh Họa") {
		t.Errorf("the list says %s", list)
	}
	fx.As("van-phong-2").Get(listPath+docfile.Word+query).Want(http.StatusSeeOther, lettersPath) // who has seen nothing
	office.Get(web.OpinionPath(first.Number)).Says(".moj-timeline", "Lý do: “Báo kết quả”.")
	fx.As("van-phong-2").Get(print).Hides("Minh Họa") // who has seen nothing
	told := url.Values{"chon": boxes, "ve": {""}, "bao-ngay": {""}, "bao-gio": {"08:30"}, "bao-ai": {"post"}}
	office.Post(toldPath, told).Want(http.StatusUnprocessableEntity, "").Says("main", "Ghi ngày đã báo")
	told.Set("bao-ngay", "22/10/2024")
	told["chon"] = boxes[:1]
	office.Post(toldPath, told).Want(http.StatusSeeOther, lettersPath+"?con-lai="+
		url.QueryEscape(string(first.Number)+" told_before")+"&da-ghi=0")
	told.Set("bao-ngay", "23/10/2024")
	told["chon"] = boxes
	office.Post(toldPath, told).Want(http.StatusSeeOther, lettersPath+"?da-ghi=2")
	office.Get(lettersPath+"?da-ghi=2").Says(".dt-outcome", "Đã ghi 2 việc báo").Says("main", "Không có thư nào")
	office.Post(toldPath, told) // once more: somebody was quicker
	office.Get(web.OpinionPath(first.Number)).Says("section:has(#muc-bao)", "đã báo", "Bưu điện nhận gửi")
	fx.As("ho-tich").Post(toldPath, told).Want(http.StatusForbidden, "")
}

// TestReadings shows what is to be read out in a village, without names, and records it as read.
func TestReadings(t *testing.T) {
	fx := newFixture(t)
	fx.Ways = []doithoai.Way{doithoai.WayAloud}
	o := fx.Answered(stafftest.Matter)
	at := web.ReadingPath(fx.Villages[0].ID)
	office := fx.As("van-phong")
	p := office.Get(at)
	p.Says(".dt-readings", string(o.Number), "đã có trả lời").Hides("Minh Họa", "Bản sao đã có tại")
	sheet := wordText(t, office.Get(at+readingFile+docfile.Word).Want(http.StatusOK, "").Raw)
	if !strings.Contains(sheet, string(o.Number)) || strings.Contains(sheet, "Minh Họa") {
		t.Errorf("the sheet says %s", sheet)
	}
	box := p.Value(`input[name="chon"]`)
	told := url.Values{
		"chon": {box}, "ve": {string(fx.Villages[0].ID)}, "bao-ngay": {"23/10/2024"}, "bao-gio": {"08:30"}, "bao-ai": {""},
	}
	office.Post(toldPath, told).Want(http.StatusUnprocessableEntity, "").Says("main", "Chọn người nhận")
	told.Set("bao-ai", "household")
	office.Post(toldPath, told).Want(http.StatusSeeOther, at+"?da-ghi=1")
	office.Get(at+"?da-ghi=1").Says("main", "Không có tin nào cần đọc")
	office.Get(web.OpinionPath(o.Number)).Says("section:has(#muc-bao)", "qua Trưởng thôn · đã báo", "Người trong gia đình")
	office.Get(web.ReadingPath("x")).Want(http.StatusNotFound, "")
	if !strings.Contains(box, string(o.Number)) {
		t.Errorf("the box sends %q", box)
	}
}
