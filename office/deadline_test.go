package office

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestPauseOnThePage stops the clock of an answer by a document and lets it go on, each step on the page that shows it.
func TestPauseOnThePage(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit := fx.As("ho-tich")
	p := unit.Get(at)
	p.Says("main", "Nhận hôm nay, T4, 23/10/2024.")
	p = unit.Submit(p, at+"/tam-dung", url.Values{
		"tam-dung-noi-dung": {"Bản chính giấy khai sinh"}, "tam-dung-ngay": {"hôm nào"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tam-dung-ly-do-error", "Chọn đang chờ ai").
		Says("#tam-dung-so-error", "Ghi số").Says("#tam-dung-ngay-error", "ngày/tháng/năm")
	if got := p.Value("#tam-dung-noi-dung") + p.Value("#tam-dung-ngay"); got != "Bản chính giấy khai sinhhôm nào" {
		t.Errorf("what was typed came back as %q", got)
	}
	if _, open := p.Find("details:has(#tam-dung-so)").Attr("open"); !open {
		t.Error("the form with the errors is folded")
	}
	unit.Submit(p, at+"/tam-dung", url.Values{
		"tam-dung-ly-do": {"supplement"}, "tam-dung-so": {"57/UBND-TP"}, "tam-dung-ngay": {"23/10/2024"},
	}).Want(http.StatusSeeOther, at+"?xong=tam-dung")
	p = unit.Get(at + "?xong=tam-dung")
	p.Says(
		"main", "Đã tạm dừng tính hạn trả lời.", "Đang chờ người nêu bổ sung", "57/UBND-TP ngày 23/10/2024",
		"Bản chính giấy khai sinh",
	).Says(".dt-clock", "tạm dừng, còn")
	if p.Find(`form[action="`+at+`/trinh"]`).Length() != 0 {
		t.Error("an answer can be submitted while its clock stands still")
	}
	fx.As("van-phong").Get("/noi-bo").Says("main", "Nơi khác trả lời, hạn đang tạm dừng")
	fx.As("van-phong").Get("/noi-bo/y-kien").Says("main", "tạm dừng")

	fx.Now = fx.Now.Add(7 * 24 * time.Hour)
	unit = fx.As("ho-tich")
	unit.Submit(unit.Get(at), at+"/tinh-tiep", nil).Want(http.StatusSeeOther, at+"?xong=tinh-tiep")
	p = unit.Get(at)
	p.Says("main", "Đã qua 7 ngày (5 ngày làm việc) kể từ ngày nhận").
		Says(".dt-why", "Tạm dừng tính hạn từ T4, 23/10/2024", "Tiếp tục tính hạn từ T4, 30/10/2024")
	if p.Find(`form[action="`+at+`/trinh"]`).Length() != 1 {
		t.Error("the answer can't be drafted once the clock runs again")
	}
}

// TestExtendOnThePage puts the due date off, once and by the chair, and keeps what was typed where it is refused.
func TestExtendOnThePage(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	chair := fx.As("chu-tich")
	due := petitionOf(t, fx, o.ID).Due
	p := chair.Get(at)
	p = chair.Submit(p, at+"/gia-han", url.Values{
		"gia-han-den": {due.Time().Format("02/01/2006")}, "gia-han-ly-do": {"Phải xác minh ở xã khác"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#gia-han-den-error", "phải sau hạn đang có")
	if got := p.Value("#gia-han-ly-do"); got != "Phải xác minh ở xã khác" {
		t.Errorf("the reason typed came back as %q", got)
	}
	to := due.AddDays(7)
	chair.Submit(p, at+"/gia-han", url.Values{"gia-han-den": {to.Time().Format("02/01/2006")}}).
		Want(http.StatusSeeOther, at+"?xong=gia-han")
	p = chair.Get(at)
	p.Says("main", "gia hạn trả lời", "Phải xác minh ở xã khác").
		Says(".dt-why", "Gia hạn ngày T4, 23/10/2024", "Xã quy định; pháp luật không ấn định.")
	if p.Find(`form[action="`+at+`/gia-han"]`).Length() != 0 {
		t.Error("it can be extended more often than allowed")
	}
	fx.As("van-phong").Get(at).Says("section:has(#muc-bao)", "Báo hạn mới qua điện thoại · chưa báo", "Ghi đã báo")
	chair.Get(at+"?xong=gia-han").Says(
		".dt-outcome", "Đã gia hạn trả lời đến T4, 06/11/2024. Còn 1 việc phải báo: gọi điện hoặc nhắn tin.",
	).Hides("Người nêu được báo")
}

// TestMoveDueOnThePage asks whether a due date follows a changed calendar.
func TestMoveDueOnThePage(t *testing.T) {
	fx := newFixture(t)
	rules, err := fx.DB.Rules(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	rule, _ := doithoai.RuleOf(doithoai.RulingLater)
	proposed, _ := rules.Propose(rule, fx.DB.Now().Date())
	due := proposed.Due
	assign := func(matter string) doithoai.Opinion {
		o, err := fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), fx.Slip(stafftest.Matter).ID, 1,
			doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.Units["tu-phap-ho-tich"], Due: due})
		stafftest.Must(t, err)
		return o
	}
	move, keep := assign(stafftest.Matter), assign("Đường vào thôn bị ngập khi mưa, đề nghị xã xem lại cống.")
	office := fx.As("van-phong")
	if office.Get(web.OpinionPath(move.Number)).Find(`form[action$="/doi-han"]`).Length() != 0 {
		t.Error("a due date is to be moved by the calendar that reckoned it")
	}
	change := doithoai.CalendarChange{
		Hours: rules.Calendar.Hours(), Note: "Nghỉ thêm",
		Days: append(rules.Calendar.Days(), calendar.Day{
			Date: due, Kind: calendar.DayOff, Name: "Nghỉ thêm", Source: "Quyết định thử", Certainty: calendar.Certain,
		}),
	}
	_, err = fx.DB.ChangeCalendar(t.Context(), fx.Actor("van-phong"), rules.Calendar.Version(), change)
	stafftest.Must(t, err)
	at := web.OpinionPath(move.Number)
	p := office.Get(at)
	p.Says("main", "Lịch ngày nghỉ đã thay đổi. Theo lịch mới, hạn là").
		Says(".dt-why", due.Time().Format("02/01/2006")+": ngày")
	office.Submit(p, at+"/doi-han", nil).Want(http.StatusSeeOther, at+"?xong=doi-han")
	office.Get(at).Says(".dt-why", "Lịch ngày nghỉ thay đổi, được duyệt tính lại", "ngày nghỉ, không tính (Nghỉ thêm)")
	at = web.OpinionPath(keep.Number)
	values := stafftest.FieldsOf(office.Get(at).Find(`form[action="` + at + `/doi-han"]`))
	office.Post(at+"/giu-han", values).Want(http.StatusSeeOther, at+"?xong=giu-han")
	if p := office.Get(at); p.Find(`form[action$="/doi-han"]`).Length() != 0 || petitionOf(t, fx, keep.ID).Due != due {
		t.Error("what was kept is asked for again, or has moved")
	}
}

func petitionOf(t *testing.T, fx *fixture, id doithoai.ID) doithoai.Petition {
	t.Helper()
	f, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), id)
	stafftest.Must(t, err)
	return *f.Petition
}

// The button that opens name and contacts asks for what the officer needs to tell the person.
func TestContactByWay(t *testing.T) {
	fx := newFixture(t)
	for i, tt := range []struct {
		ways []doithoai.Way
		want string
	}{
		{[]doithoai.Way{doithoai.WayPhone}, "Xem số để gọi"},
		{[]doithoai.Way{doithoai.WayPost}, "Xem địa chỉ"},
		{[]doithoai.Way{doithoai.WayPhone, doithoai.WayPost}, "Xem thông tin liên hệ"},
		{[]doithoai.Way{doithoai.WayAloud}, "Xem thông tin liên hệ"},
	} {
		got, err := fx.DB.SubmitSlip(t.Context(), doithoai.Resident(fx.Authority.ID), doithoai.IntakeKey{byte(i + 1)},
			doithoai.Slip{
				Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{stafftest.Matter},
				NoticeRead: true,
				Petitioner: doithoai.Petitioner{
					Standing: doithoai.StandingPerson, Name: "Lê Văn Thử", VillageID: fx.Villages[0].ID, Ways: tt.ways,
					Phone: "0905123456", PostAddress: "12 xóm Đình",
				},
			})
		stafftest.Must(t, err)
		o := got.Opinions[0]
		r := doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.Units["tu-phap-ho-tich"], Proposed: true}
		_, err = fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), o.ID, 1, r)
		stafftest.Must(t, err)
		stafftest.Must(t, fx.DB.PausePetition(t.Context(), fx.Actor("van-phong"), o.ID, 1, doithoai.Pause{
			Kind: doithoai.PauseSuperior, Number: "5/UBND", Dated: fx.DB.Now().Date(), Awaited: "Ý kiến cấp trên",
		}))
		p := fx.As("van-phong").Get(web.OpinionPath(o.Number))
		if words := p.Text(`form[action$="/nguoi-neu"]:has([value="deliver"]) button`); words != tt.want {
			t.Errorf("by %v: %q, want %q", tt.ways, words, tt.want)
		}
	}
}
