package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/store"
)

// TestCalendarPage shows a year's days off and days made up for, in words.
func TestCalendarPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	p := b.get(calendarPath).want(http.StatusOK, "").says("h1", "Lịch làm việc năm 2024")
	if n := p.Find(".dt-month").Length(); n != 12 {
		t.Errorf("%d months", n)
	}
	if n := p.Find(".dt-month td").FilterFunction(hasNumber).Length(); n != 366 {
		t.Errorf("%d days in 2024", n)
	}
	p.says(".dt-month:nth-child(2) .dt-month__off", "10 nghỉ Tết Nguyên đán").says(".dt-month:nth-child(5) .dt-month__worked", "4 bù")
	p.says(".dt-days-list", "T7, 10/02/2024", "1/1 âm lịch", "T5, 18/04/2024", "10/3 âm lịch", "T7, 04/05/2024", "làm bù")
	p.says("main", "07:00–11:30, 13:30–17:00", "Mặc định, chưa có căn cứ pháp lý", "không làm việc").hides("Chưa có lịch nghỉ", "Đưa vào lịch")
	fx.as("chu-tich").get(calendarPath).want(http.StatusOK, "").hides("/ngay/", "/ngay-moi", "/gio\"")
	fx.as("chu-tich").get(calendarPath+"/ngay-moi").want(http.StatusForbidden, "")
	for _, login := range []string{"thu-ky", "ho-tich", "quan-tri"} {
		fx.as(login).get(calendarPath).want(http.StatusForbidden, "")
	}
	for _, year := range []string{"1", "99999", "x"} {
		b.get(calendarPath+"?nam="+year).says("h1", "2024")
	}
}

// TestMissingYearIsProposed alarms in the last quarter, and takes over what the law proposes.
func TestMissingYearIsProposed(t *testing.T) {
	fx := newFixture(t)
	fx.now = doithoai.InstantAt(doithoai.DateOf(2026, 10, 5), 9, 0).Time()
	b := fx.as("van-phong")
	b.get("/noi-bo").says("main", "Chưa có lịch nghỉ năm 2027", "Bổ sung lịch nghỉ")
	fx.as("thu-ky").get("/noi-bo").hides("Chưa có lịch nghỉ")
	b.get(calendarPath).says(".dt-gate", "Chưa có lịch nghỉ năm 2027", "Xem năm 2027")
	at := calendarPath + "/de-nghi"
	p := b.get(yearPath(2027)).says("#de-nghi", "năm 2027").says("form[action='"+at+"']", "T7, 06/02/2027: Tết Nguyên đán (1/1 âm lịch)", "T4, 24/11/2027: Ngày Văn hóa Việt Nam", "Ngày cụ thể do quyết định hằng năm").hides(">T6, 01/01/2027: Tết") // it is there
	b.submit(p, at, url.Values{"ngay": nil}).want(http.StatusUnprocessableEntity, "").says("#ngay-error", "Lịch chưa có gì thay đổi")

	chosen := url.Values{"ngay": checkedDays(p), "nguon": {"Thông báo 1/TB-BNV ngày 01/10/2026"}, "do-chac": {"likely"}}
	b.submit(p, at, chosen).want(http.StatusSeeOther, yearPath(2027)+"&xong=lich")
	p = b.get(yearPath(2027)+"&xong=lich").says(".govuk-notification-banner", "Đã ghi lịch mới").says(".dt-days-list", "T7, 06/02/2027", "Thông báo 1/TB-BNV", "Nghỉ bù Tết Nguyên đán (ngày 06/02/2027)").hides("Chưa có lịch nghỉ", "Đưa vào lịch")
	p.says("details", "Trần Thị Ví Dụ", "Đưa ngày nghỉ năm 2027 vào lịch")
	b.get("/noi-bo").hides("Chưa có lịch nghỉ")
}

// TestChangingADay adds a swap, moves due dates one by one, and takes a day out again.
func TestChangingADay(t *testing.T) {
	fx := newFixture(t)
	rules, err := fx.db.Rules(t.Context(), fx.authority.ID)
	must(t, err)
	rule, _ := doithoai.RuleOf(doithoai.RulingLater)
	proposed, _ := rules.Propose(rule, fx.db.Now().Date())
	var numbers []string
	for range 2 {
		o, err := fx.db.RuleOpinion(t.Context(), fx.actor("thu-ky"), fx.slip(matter).ID, 1,
			doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.units["tu-phap-ho-tich"], Due: proposed.Due})
		must(t, err)
		numbers = append(numbers, string(o.Number))
	}
	b := fx.as("van-phong")
	at := calendarPath + "/ngay-moi"
	wrong := b.submit(b.get(at), at, url.Values{"loai": {kindSwapped}, "ngay": {"31/2/2024"}})
	wrong.want(http.StatusUnprocessableEntity, "").says("#ngay-error", "Ghi ngày").says("#ngay-lam-bu-error", "Ghi ngày")
	wrong = b.submit(wrong, at, url.Values{"ngay": {"01/11/2024"}, "ngay-lam-bu": {"16/11/2024"}})
	wrong.want(http.StatusUnprocessableEntity, "").says("#nguon-error", "Ghi văn bản")
	b.submit(wrong, at, url.Values{"nguon": {"Quyết định 5/QĐ-UBND"}}).want(http.StatusSeeOther, yearPath(2024)+"&xong=lich")
	p := b.get(calendarPath).says(".dt-days-list", "T6, 01/11/2024", "Nghỉ hoán đổi, làm bù ngày 16/11/2024", "T7, 16/11/2024", "Làm bù ngày nghỉ hoán đổi 01/11/2024")

	due := func(number string) doithoai.Date {
		file, err := fx.db.OpinionFile(t.Context(), fx.actor("van-phong"), mustID(t, fx, doithoai.RegisterNumber(number)))
		must(t, err)
		return file.Petition.Due
	}
	p.says("#han-de-nghi", "Hạn khác đi theo lịch mới")
	if due(numbers[0]) != proposed.Due || strings.Count(p.raw, "Dời hạn") != 2 {
		t.Errorf("due %s, proposals: %s", due(numbers[0]), p.text("main"))
	}
	move, keep := calendarPath+"/han/"+numbers[0]+"/doi", calendarPath+"/han/"+numbers[1]+"/giu"
	b.submit(p, move, nil).want(http.StatusSeeOther, calendarPath+"?xong=doi-han")
	b.submit(p, keep, nil).want(http.StatusSeeOther, calendarPath+"?xong=giu-han")
	b.submit(p, move, nil).want(http.StatusConflict, "")
	b.get(calendarPath+"?xong=giu-han").says(".govuk-notification-banner", "Đã giữ hạn cũ").hides("han-de-nghi")
	if due(numbers[0]) == proposed.Due || due(numbers[1]) != proposed.Due {
		t.Errorf("due %s and %s", due(numbers[0]), due(numbers[1]))
	}

	day := calendarPath + "/ngay/2024-11-01"
	p = b.get(day).want(http.StatusOK, "")
	b.submit(p, day+"/bo", nil).want(http.StatusUnprocessableEntity, "").says("#ly-do-error", "Ghi lý do")
	b.submit(p, day, url.Values{"ten": {"Nghỉ do bão"}}).want(http.StatusSeeOther, yearPath(2024)+"&xong=lich")
	b.submit(p, day, url.Values{"ten": {"Khác"}}).want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi sau khi")
	p = b.get(day)
	if p.value("#ten") != "Nghỉ do bão" {
		t.Errorf("the day is called %q", p.value("#ten"))
	}
	b.submit(p, day+"/bo", url.Values{"ly-do": {"Ghi nhầm"}}).want(http.StatusSeeOther, yearPath(2024)+"&xong=lich")
	b.get(day).want(http.StatusNotFound, "")
	b.get(calendarPath+"/ngay/x").want(http.StatusNotFound, "")
}

// TestChangingHours sets office hours from a later day on.
func TestChangingHours(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	at := calendarPath + "/gio"
	p := b.get(at)
	if p.value("#gio-1") != "07:00–11:30, 13:30–17:00" || p.value("#gio-0") != "" {
		t.Errorf("the form holds %q and %q", p.value("#gio-1"), p.value("#gio-0"))
	}
	b.submit(p, at, url.Values{"gio-2": {"7h-11h"}, "tu-ngay": {"23/10/2024"}}).want(http.StatusUnprocessableEntity, "").says("#gio-2-error", "Ghi giờ mở").says("#tu-ngay-error", "từ ngày mai")
	b.submit(p, at, url.Values{"gio-2": {"07:00-11:30, 11:00-17:00"}}).want(http.StatusUnprocessableEntity, "").says("#gio-1-error", "không chồng lên nhau")
	b.submit(p, at, url.Values{"gio-6": {"07:30 - 11:00"}, "tu-ngay": {"01/12/2024"}, "nguon": {"Quyết định 9/QĐ-UBND"}, "do-chac": {"certain"}}).want(http.StatusSeeOther, yearPath(2024)+"&xong=lich")
	b.get(calendarPath).says("main", "Từ ngày 01/12/2024", "07:30–11:00")
}

func hasNumber(_ int, s *goquery.Selection) bool { return strings.TrimSpace(s.Text()) != "" }

// checkedDays are the days that the page's form offers and has checked.
func checkedDays(p page) (days []string) {
	for _, in := range p.Find("input[name=ngay][checked]").EachIter() {
		v, _ := in.Attr("value")
		days = append(days, v)
	}
	return days
}

// TestHolidaysPage shows by which rules days off are proposed: the day, solar or lunar, how many, since when, by which basis.
func TestHolidaysPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("chu-tich")
	if link, _ := b.get(yearPath(2026)).Find(`main a[href^="` + holidaysPath + `"]`).Attr("href"); link != holidaysPath+"?nam=2026" {
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
		p := b.get(holidaysPath+"?nam="+year).want(http.StatusOK, "").says("main", "Điều 111 khoản 3", "Năm "+year)
		for _, words := range want {
			row := p.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Find("th").Text(), words[0]) })
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
	must(t, err)
	if n := b.get(holidaysPath).Find("tbody tr").Length(); n != len(all.Rules) {
		t.Errorf("%d holidays are shown, there are %d", n, len(all.Rules))
	}
	fx.as("ho-tich").get(holidaysPath).want(http.StatusForbidden, "")
}
