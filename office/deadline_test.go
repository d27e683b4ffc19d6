package office

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doithoai"
)

// TestPauseOnThePage stops the clock of an answer by a document and lets it go on, each step on the page that shows it.
func TestPauseOnThePage(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.assigned(matter).Number)
	unit := fx.as("ho-tich")
	p := unit.get(at)
	p.says("main", "Nhận hôm nay, T4, 23/10/2024.")
	p = unit.submit(p, at+"/tam-dung", url.Values{"tam-dung-noi-dung": {"Bản chính giấy khai sinh"}, "tam-dung-ngay": {"hôm qua"}})
	p.want(http.StatusUnprocessableEntity, "").says("#tam-dung-ly-do-error", "Chọn đang chờ ai").says("#tam-dung-so-error", "Ghi số").says("#tam-dung-ngay-error", "ngày/tháng/năm")
	if got := p.value("#tam-dung-noi-dung") + p.value("#tam-dung-ngay"); got != "Bản chính giấy khai sinhhôm qua" {
		t.Errorf("what was typed came back as %q", got)
	}
	if _, open := p.Find("details:has(#tam-dung-so)").Attr("open"); !open {
		t.Error("the form with the errors is folded")
	}
	unit.submit(p, at+"/tam-dung", url.Values{"tam-dung-ly-do": {"supplement"}, "tam-dung-so": {"57/UBND-TP"}, "tam-dung-ngay": {"23/10/2024"}}).
		want(http.StatusSeeOther, at+"?xong=tam-dung")
	p = unit.get(at + "?xong=tam-dung")
	p.says("main", "Đã tạm dừng tính hạn trả lời.", "Đang chờ người nêu bổ sung", "57/UBND-TP ngày 23/10/2024", "Bản chính giấy khai sinh").says(".dt-clock", "tạm dừng, còn")
	if p.Find(`form[action="`+at+`/trinh"]`).Length() != 0 {
		t.Error("an answer can be submitted while its clock stands still")
	}
	fx.as("van-phong").get("/noi-bo").says("main", "Nơi khác trả lời, hạn đang tạm dừng")
	fx.as("van-phong").get("/noi-bo/y-kien").says("main", "tạm dừng")

	fx.now = fx.now.Add(7 * 24 * time.Hour)
	unit = fx.as("ho-tich")
	unit.submit(unit.get(at), at+"/tinh-tiep", nil).want(http.StatusSeeOther, at+"?xong=tinh-tiep")
	p = unit.get(at)
	p.says("main", "Đã qua 7 ngày (5 ngày làm việc) kể từ ngày nhận").says(".dt-why", "Tạm dừng tính hạn từ T4, 23/10/2024", "Tiếp tục tính hạn từ T4, 30/10/2024")
	if p.Find(`form[action="`+at+`/trinh"]`).Length() != 1 {
		t.Error("the answer can't be drafted once the clock runs again")
	}
}

// TestExtendOnThePage puts the due date off, once and by the chair, and keeps what was typed where it is refused.
func TestExtendOnThePage(t *testing.T) {
	fx := newFixture(t)
	o := fx.assigned(matter)
	at := opinionPath(o.Number)
	chair := fx.as("chu-tich")
	due := petitionOf(t, fx, o.ID).Due
	p := chair.get(at)
	p = chair.submit(p, at+"/gia-han", url.Values{"gia-han-den": {due.Time().Format("02/01/2006")}, "gia-han-ly-do": {"Phải xác minh ở xã khác"}})
	p.want(http.StatusUnprocessableEntity, "").says("#gia-han-den-error", "phải sau hạn đang có")
	if got := p.value("#gia-han-ly-do"); got != "Phải xác minh ở xã khác" {
		t.Errorf("the reason typed came back as %q", got)
	}
	to := due.AddDays(7)
	chair.submit(p, at+"/gia-han", url.Values{"gia-han-den": {to.Time().Format("02/01/2006")}}).want(http.StatusSeeOther, at+"?xong=gia-han")
	p = chair.get(at)
	p.says("main", "gia hạn trả lời", "Phải xác minh ở xã khác").says(".dt-why", "Gia hạn ngày T4, 23/10/2024", "Mặc định, chưa có căn cứ pháp lý.")
	if p.Find(`form[action="`+at+`/gia-han"]`).Length() != 0 {
		t.Error("it can be extended more often than allowed")
	}
	fx.as("van-phong").get(at).says("section:has(#muc-bao)", "Hạn mới: gọi điện hoặc nhắn tin")
}

// TestMoveDueOnThePage asks whether a due date follows a changed calendar.
func TestMoveDueOnThePage(t *testing.T) {
	fx := newFixture(t)
	rules, err := fx.db.Rules(t.Context(), fx.authority.ID)
	must(t, err)
	rule, _ := doithoai.RuleOf(doithoai.RulingLater)
	proposed, _ := rules.Propose(rule, fx.db.Now().Date())
	due := proposed.Due
	assign := func(matter string) doithoai.Opinion {
		o, err := fx.db.RuleOpinion(t.Context(), fx.actor("thu-ky"), fx.slip(matter).ID, 1,
			doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.units["tu-phap-ho-tich"], Due: due})
		must(t, err)
		return o
	}
	move, keep := assign(matter), assign("Đường vào thôn bị ngập khi mưa, đề nghị xã xem lại cống.")
	office := fx.as("van-phong")
	if office.get(opinionPath(move.Number)).Find(`form[action$="/doi-han"]`).Length() != 0 {
		t.Error("a due date is to be moved by the calendar that reckoned it")
	}
	_, err = fx.db.ChangeCalendar(t.Context(), fx.actor("van-phong"), rules.Calendar.Version(), doithoai.CalendarChange{Hours: rules.Calendar.Hours(), Note: "Nghỉ thêm",
		Days: append(rules.Calendar.Days(), doithoai.CalendarDay{Date: due, Kind: doithoai.DayOff, Name: "Nghỉ thêm", Source: "Quyết định thử", Certainty: doithoai.Certain})})
	must(t, err)
	at := opinionPath(move.Number)
	p := office.get(at)
	p.says("main", "Lịch ngày nghỉ đã thay đổi. Theo lịch mới, hạn là").says(".dt-why", due.Time().Format("02/01/2006")+": ngày")
	office.submit(p, at+"/doi-han", nil).want(http.StatusSeeOther, at+"?xong=doi-han")
	office.get(at).says(".dt-why", "Lịch ngày nghỉ thay đổi, được duyệt tính lại", "ngày nghỉ, không tính (Nghỉ thêm)")
	at = opinionPath(keep.Number)
	values := fieldsOf(office.get(at).Find(`form[action="` + at + `/doi-han"]`))
	office.post(at+"/giu-han", values).want(http.StatusSeeOther, at+"?xong=giu-han")
	if p := office.get(at); p.Find(`form[action$="/doi-han"]`).Length() != 0 || petitionOf(t, fx, keep.ID).Due != due {
		t.Error("what was kept is asked for again, or has moved")
	}
}

func petitionOf(t *testing.T, fx *fixture, id doithoai.ID) doithoai.Petition {
	t.Helper()
	f, err := fx.db.OpinionFile(t.Context(), fx.actor("van-phong"), id)
	must(t, err)
	return *f.Petition
}
