package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// pressing are opinions of two units that are to be answered by the day after tomorrow.
func pressing(t *testing.T, fx *fixture, units ...string) {
	t.Helper()
	for _, unit := range units {
		_, err := fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), fx.Slip(stafftest.Matter).ID, 1, doithoai.Ruling{
			Code: doithoai.RulingLater, LeadUnitID: fx.Units[unit], Due: calendar.DateOf(2024, time.October, 25),
		})
		stafftest.Must(t, err)
	}
}

// TestUrgeMany urges the chosen opinions by one paper, one act each: what is wrong with the form comes back with what
// was typed and ticked, what an act refuses is named with the reason, and each unit's letter can be printed.
func TestUrgeMany(t *testing.T) {
	fx := newFixture(t)
	pressing(t, fx, "tu-phap-ho-tich", "dia-chinh", "dia-chinh")
	fx.Assigned("Chưa đến hạn.")
	office := fx.As("van-phong")
	office.Get("/noi-bo").Says("main", "Cần đôn đốc 3", "Nhắc trước hạn")
	at := web.RegisterPath + "?loc=can-don-doc"
	p := office.Get(at).Says("main", "ND-24-0001", "ND-24-0002", "ND-24-0003").Hides("ND-24-0004")
	if words := p.Value("#" + doithoai.FieldUrgingWords); !strings.Contains(words, "nêu rõ nguyên nhân chậm") {
		t.Errorf("proposed: %q", words)
	}
	form := url.Values{
		"loc": {"can-don-doc"}, "don-doc-cach": {"paper"}, "don-doc-so": {""}, "don-doc-ngay-van-ban": {"23/10/2024"},
		"don-doc-noi-dung": {"Đề nghị báo cáo."},
		"chon": {"ND-24-0001 1 chuyen don-doc 0", "ND-24-0002 1 chuyen don-doc 0", "ND-24-0003 1 chuyen don-doc 1",
			"ND-24-0004 1 chuyen don-doc 0", "x"},
	}
	back := office.Post(urgePath, form).Want(http.StatusUnprocessableEntity, "")
	back.Says("#don-doc-so-error", "Ghi số công văn")
	words := back.Value("#don-doc-noi-dung")
	if n := back.Find(`input[name="chon"][checked]`).Length(); n != 2 || words != "Đề nghị báo cáo." {
		t.Errorf("%d boxes are ticked still, words %q", n, words)
	}
	form.Set("don-doc-so", "57/UBND-VP")
	done := office.Post(urgePath, form)
	to := done.Header.Get("Location")
	if done.Status != http.StatusSeeOther || !strings.HasPrefix(to, web.RegisterPath) {
		t.Fatalf("%d, %s", done.Status, to)
	}
	after := office.Get(to)
	after.Says(".dt-outcome", "Đã ghi đôn đốc 2 ý kiến.", "ND-24-0003", "Đã thay đổi sau khi", "ND-24-0004",
		"chưa đến mức phải nhắc", "In công văn: Tư pháp", "In công văn: Địa chính")
	after.Says("tbody", "ND-24-0003")
	letter, _ := after.Find(".dt-outcome a[href*='/don-doc/']").Attr("href")
	office.Get(letter).Says(".dt-paper", "Số: 57/UBND-VP", "ngày 23 tháng 10 năm 2024", "ND-24-0001", "Kính gửi")
	blank := office.Get(urgePath + "/" + string(fx.Units["dia-chinh"]))
	blank.Says(".dt-paper", "/UBND-VP", "ND-24-0002", "ND-24-0003", "còn 2 ngày").Hides("57/UBND-VP")
	office.Get(urgePath+"/"+string(fx.Authority.ID)).Want(http.StatusNotFound, "")
	fx.As("ho-tich").Get(letter).Want(http.StatusForbidden, "")
}

// TestUrgingOnThePage urges by telephone, and the unit replies: the due date stays, the unit's desk asks until then.
func TestUrgingOnThePage(t *testing.T) {
	fx := newFixture(t)
	pressing(t, fx, "tu-phap-ho-tich")
	at := web.OpinionPath("ND-24-0001")
	office, unit := fx.As("van-phong"), fx.As("ho-tich")
	p := office.Get(at).Says("#muc-don-doc + *, main", "Nhắc trước hạn: ghi đôn đốc")
	words := p.Value("#" + doithoai.FieldUrgingWords)
	if !strings.Contains(words, "mã ND-24-0001 (hạn 25/10/2024, còn 2") {
		t.Errorf("proposed: %q", words)
	}
	wrong := office.Submit(p, at+"/don-doc", url.Values{"don-doc-cach": {"phone"}})
	wrong.Want(http.StatusUnprocessableEntity, "").Says("#don-doc-nguoi-nhan-error", "Ghi người nhận")
	office.Submit(wrong, at+"/don-doc", url.Values{"don-doc-cach": {"phone"}, "don-doc-nguoi-nhan": {"Bà Hộ Tịch"}}).
		Want(http.StatusSeeOther, at+"?xong=don-doc")
	office.Get(at+"?xong=don-doc").Says("main", "Đã ghi đôn đốc.", "đôn đốc 1 lần", "người nhận: Bà Hộ Tịch",
		"Chờ đơn vị trả lời", "Hạn: T6, 25/10/2024")
	unit.Get("/noi-bo").Says("main", "Trả lời đôn đốc")
	reply := at + "/tra-loi-don-doc/1"
	wrong = unit.Submit(unit.Get(at), reply, url.Values{"tra-loi-don-doc": {"Chờ sổ gốc."}})
	wrong.Want(http.StatusUnprocessableEntity, "").Says("#tra-loi-don-doc-hen-error", "Ghi ngày hẹn xong")
	unit.Submit(wrong, reply, url.Values{"tra-loi-don-doc-hen": {"30/10/2024"}}).
		Want(http.StatusSeeOther, at+"?xong=tra-loi-don-doc")
	unit.Get(at).Says("main", "Chờ sổ gốc.", "Hẹn xong T4, 30/10/2024", "Hạn: T6, 25/10/2024").Hides("Chờ đơn vị trả lời")
	unit.Get("/noi-bo").Hides("Trả lời đôn đốc")
	fx.As("chu-tich").Get(web.WeekPath).Says("main", "Giao ban", "Đến hạn từ nay đến 30/10/2024", "ND-24-0001",
		"hẹn xong 30/10/2024")
	for _, login := range []string{"thu-ky", "ho-tich", "quan-tri"} {
		fx.As(login).Get(web.WeekPath).Want(http.StatusForbidden, "")
	}
}

// TestTellMany tells the people of chosen opinions how these stand: what they are told stands on the page.
func TestTellMany(t *testing.T) {
	fx := newFixture(t)
	pressing(t, fx, "tu-phap-ho-tich")
	fx.Slip("Hai: cống tắc.")
	office := fx.As("van-phong")
	at := web.OpinionPath("ND-24-0001")
	office.Get(at).Says("main", "đã được giao", "Hạn trả lời: 25/10/2024")
	boxes := url.Values{"loc": {"tat-ca"}, "chon": {"ND-24-0001 1 chuyen don-doc 0", "ND-24-0002 1 don-doc 0"}}
	office.Post(statusPath, boxes).Want(http.StatusSeeOther, web.RegisterPath+"?da-bao=2&loc=tat-ca")
	again := office.Post(statusPath, boxes).Header.Get("Location")
	office.Get(again).Says(".dt-outcome", "Đã chuyển báo tình hình của 0 ý kiến.", "Đang chờ báo tình hình")
	office.Get(at).Says("main", "Báo tình hình qua điện thoại").Says("#muc-bao ~ *, main", "Hạn trả lời: 25/10/2024")
	fx.As("chu-tich").Post(statusPath, boxes).Want(http.StatusForbidden, "")
}
