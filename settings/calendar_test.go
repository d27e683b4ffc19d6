package settings

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestCalendarPage shows a year's days off and days made up for, in words.
func TestCalendarPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	p := b.Get(web.CalendarPath).Want(http.StatusOK, "").Says("h1", "Lịch làm việc năm 2024")
	if n := p.Find(".dt-month").Length(); n != 12 {
		t.Errorf("%d months", n)
	}
	if n := p.Find(".dt-month td").FilterFunction(hasNumber).Length(); n != 366 {
		t.Errorf("%d days in 2024", n)
	}
	p.Says(".dt-month:nth-child(2) .dt-month__off", "10 nghỉ Tết Nguyên đán").
		Says(".dt-month:nth-child(5) .dt-month__worked", "4 bù")
	p.Says(".dt-days-list", "T7, 10/02/2024", "1/1 âm lịch", "T5, 18/04/2024", "10/3 âm lịch", "T7, 04/05/2024", "làm bù")
	p.Says("main", "07:00–11:30, 13:30–17:00", "Xã quy định; pháp luật không ấn định", "không làm việc").
		Hides("Chưa có lịch nghỉ", "Đưa vào lịch")
	fx.As("chu-tich").Get(web.CalendarPath).Want(http.StatusOK, "").Hides("/ngay/", "/ngay-moi", "/gio\"")
	fx.As("chu-tich").Get(web.CalendarPath+"/ngay-moi").Want(http.StatusForbidden, "")
	for _, login := range []string{"thu-ky", "ho-tich", "quan-tri"} {
		fx.As(login).Get(web.CalendarPath).Want(http.StatusForbidden, "")
	}
	for _, year := range []string{"1", "99999", "x"} {
		b.Get(web.CalendarPath+"?nam="+year).Says("h1", "2024")
	}
}

// TestMissingYearIsProposed alarms in the last quarter, and takes over what the law proposes.
func TestMissingYearIsProposed(t *testing.T) {
	fx := newFixture(t)
	fx.Now = calendar.InstantAt(calendar.DateOf(2026, 10, 5), 9, 0).Time()
	b := fx.As("van-phong")
	b.Get("/noi-bo").Says("main", "Chưa có lịch nghỉ năm 2027", "Bổ sung lịch nghỉ")
	fx.As("thu-ky").Get("/noi-bo").Hides("Chưa có lịch nghỉ")
	b.Get(web.CalendarPath).Says(".dt-gate", "Chưa có lịch nghỉ năm 2027", "Xem năm 2027")
	at := web.CalendarPath + "/de-nghi"
	p := b.Get(web.YearPath(2027)).Says("#de-nghi", "năm 2027")
	p.Says(
		"form[action='"+at+"']", "T7, 06/02/2027: Tết Nguyên đán (1/1 âm lịch)", "T4, 24/11/2027: Ngày Văn hóa Việt Nam",
		"Ngày cụ thể do quyết định hằng năm",
	)
	p.Hides(">T6, 01/01/2027: Tết") // it is there
	b.Submit(p, at, url.Values{"ngay": nil}).Want(http.StatusUnprocessableEntity, "").
		Says("#ngay-error", "Lịch chưa có gì thay đổi")

	chosen := url.Values{"ngay": checkedDays(p), "nguon": {"Thông báo 1/TB-BNV ngày 01/10/2026"}, "do-chac": {"likely"}}
	b.Submit(p, at, chosen).Want(http.StatusSeeOther, web.YearPath(2027)+"&xong=lich")
	p = b.Get(web.YearPath(2027)+"&xong=lich").Says(".govuk-notification-banner", "Đã ghi lịch mới").
		Says(".dt-days-list", "T7, 06/02/2027", "Thông báo 1/TB-BNV", "Nghỉ bù Tết Nguyên đán (ngày 06/02/2027)").
		Hides("Chưa có lịch nghỉ", "Đưa vào lịch")
	p.Says("details", "Trần Thị Ví Dụ", "Đưa ngày nghỉ năm 2027 vào lịch")
	b.Get("/noi-bo").Hides("Chưa có lịch nghỉ")
}

// TestChangingADay adds a swap, moves due dates one by one, and takes a day out again.
func TestChangingADay(t *testing.T) {
	fx := newFixture(t)
	rules, err := fx.DB.Rules(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	rule, _ := doithoai.RuleOf(doithoai.RulingLater)
	proposed, _ := rules.Propose(rule, fx.DB.Now().Date())
	var numbers []string
	for range 2 {
		o, err := fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), fx.Slip(stafftest.Matter).ID, 1,
			doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.Units["tu-phap-ho-tich"], Due: proposed.Due})
		stafftest.Must(t, err)
		numbers = append(numbers, string(o.Number))
	}
	b := fx.As("van-phong")
	at := web.CalendarPath + "/ngay-moi"
	wrong := b.Submit(b.Get(at), at, url.Values{"loai": {kindSwapped}, "ngay": {"31/2/2024"}})
	wrong.Want(http.StatusUnprocessableEntity, "").Says("#ngay-error", "Ghi ngày").Says("#ngay-lam-bu-error", "Ghi ngày")
	wrong = b.Submit(wrong, at, url.Values{"ngay": {"01/11/2024"}, "ngay-lam-bu": {"16/11/2024"}})
	wrong.Want(http.StatusUnprocessableEntity, "").Says("#nguon-error", "Ghi văn bản")
	b.Submit(wrong, at, url.Values{"nguon": {"Quyết định 5/QĐ-UBND"}}).
		Want(http.StatusSeeOther, web.YearPath(2024)+"&xong=lich")
	p := b.Get(web.CalendarPath).Says(
		".dt-days-list", "T6, 01/11/2024", "Nghỉ hoán đổi, làm bù ngày 16/11/2024", "T7, 16/11/2024",
		"Làm bù ngày nghỉ hoán đổi 01/11/2024",
	)

	due := func(number string) calendar.Date {
		file, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), fx.OpinionID(doithoai.RegisterNumber(number)))
		stafftest.Must(t, err)
		return file.Petition.Due
	}
	p.Says("#han-de-nghi", "Hạn khác đi theo lịch mới")
	if due(numbers[0]) != proposed.Due || strings.Count(p.Raw, "Dời hạn") != 2 {
		t.Errorf("due %s, proposals: %s", due(numbers[0]), p.Text("main"))
	}
	move, keep := web.CalendarPath+"/han/"+numbers[0]+"/doi", web.CalendarPath+"/han/"+numbers[1]+"/giu"
	b.Submit(p, move, nil).Want(http.StatusSeeOther, web.CalendarPath+"?xong=doi-han")
	b.Submit(p, keep, nil).Want(http.StatusSeeOther, web.CalendarPath+"?xong=giu-han")
	b.Submit(p, move, nil).Want(http.StatusConflict, "")
	b.Get(web.CalendarPath+"?xong=giu-han").Says(".govuk-notification-banner", "Đã giữ hạn cũ").Hides("han-de-nghi")
	if due(numbers[0]) == proposed.Due || due(numbers[1]) != proposed.Due {
		t.Errorf("due %s and %s", due(numbers[0]), due(numbers[1]))
	}

	day := web.CalendarPath + "/ngay/2024-11-01"
	p = b.Get(day).Want(http.StatusOK, "")
	b.Submit(p, day+"/bo", nil).Want(http.StatusUnprocessableEntity, "").Says("#ly-do-error", "Ghi lý do")
	b.Submit(p, day, url.Values{"ten": {"Nghỉ do bão"}}).Want(http.StatusSeeOther, web.YearPath(2024)+"&xong=lich")
	b.Submit(p, day, url.Values{"ten": {"Khác"}}).Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "đã thay đổi sau khi")
	p = b.Get(day)
	if p.Value("#ten") != "Nghỉ do bão" {
		t.Errorf("the day is called %q", p.Value("#ten"))
	}
	b.Submit(p, day+"/bo", url.Values{"ly-do": {"Ghi nhầm"}}).Want(http.StatusSeeOther, web.YearPath(2024)+"&xong=lich")
	b.Get(day).Want(http.StatusNotFound, "")
	b.Get(web.CalendarPath+"/ngay/x").Want(http.StatusNotFound, "")
}

// TestChangingHours sets office hours from a later day on.
func TestChangingHours(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	at := web.CalendarPath + "/gio"
	p := b.Get(at)
	if p.Value("#gio-1") != "07:00–11:30, 13:30–17:00" || p.Value("#gio-0") != "" {
		t.Errorf("the form holds %q and %q", p.Value("#gio-1"), p.Value("#gio-0"))
	}
	b.Submit(p, at, url.Values{"gio-2": {"7h-11h"}, "tu-ngay": {"23/10/2024"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#gio-2-error", "Ghi giờ mở").Says("#tu-ngay-error", "từ ngày mai")
	b.Submit(p, at, url.Values{"gio-2": {"07:00-11:30, 11:00-17:00"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#gio-1-error", "không chồng lên nhau")
	b.Submit(p, at, url.Values{
		"gio-6": {"07:30 - 11:00"}, "tu-ngay": {"01/12/2024"}, "nguon": {"Quyết định 9/QĐ-UBND"}, "do-chac": {"certain"},
	}).Want(http.StatusSeeOther, web.YearPath(2024)+"&xong=lich")
	b.Get(web.CalendarPath).Says("main", "Từ ngày 01/12/2024", "07:30–11:00")
}

func hasNumber(_ int, s *goquery.Selection) bool { return strings.TrimSpace(s.Text()) != "" }

// checkedDays are the days that the page's form offers and has checked.
func checkedDays(p stafftest.Page) (days []string) {
	for _, in := range p.Find("input[name=ngay][checked]").EachIter() {
		v, _ := in.Attr("value")
		days = append(days, v)
	}
	return days
}

// TestHolidaysPage shows by which rules days off are proposed: the day, solar or lunar, how many, since when, by which
// basis.
func TestHolidaysPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("chu-tich")
	link, _ := b.Get(web.YearPath(2026)).Find(`main a[href^="` + holidaysPath + `"]`).Attr("href")
	if link != holidaysPath+"?nam=2026" {
		t.Fatalf("the calendar leads to %q", link)
	}
	for year, want := range map[string][][]string{
		"2024": {
			{"Giỗ Tổ Hùng Vương", "10/3 âm lịch", "1 ngày", "T5, 18/04/2024", "Điều 112", "từ 01/01/2021"},
			{"Tết Nguyên đán", "1/1 âm lịch", "5 ngày", "sớm nhất 2 ngày trước, muộn nhất 1 ngày trước", "T7, 10/02/2024"},
			{"Quốc khánh", "2/9 dương lịch", "2 ngày", "sớm nhất 1 ngày trước, muộn nhất đúng ngày lễ", "T2, 02/09/2024"},
			{"Ngày Văn hóa Việt Nam", "24/11 dương lịch", "–", "Nghị quyết 28/2026/QH16", "từ 01/07/2026"},
		},
		"2026": {{"Ngày Văn hóa Việt Nam", "24/11 dương lịch", "T3, 24/11/2026"}},
	} {
		p := b.Get(holidaysPath+"?nam="+year).Want(http.StatusOK, "").Says("main", "Điều 111 khoản 3", "Năm "+year)
		for _, words := range want {
			row := p.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool {
				return strings.Contains(s.Find("th").Text(), words[0])
			})
			for _, w := range words {
				if text := strings.Join(strings.Fields(row.Text()), " "); !strings.Contains(text, w) {
					t.Errorf("%s in %s does not say %q: %s", words[0], year, w, text)
				}
			}
		}
		if p.Find("main form").Length() > 0 {
			t.Error("there is something to change")
		}
	}
	all, err := store.Holidays()
	stafftest.Must(t, err)
	if n := b.Get(holidaysPath).Find("tbody tr").Length(); n != len(all.Rules) {
		t.Errorf("%d holidays are shown, there are %d", n, len(all.Rules))
	}
	fx.As("ho-tich").Get(holidaysPath).Want(http.StatusForbidden, "")
}
