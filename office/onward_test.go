package office

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestActAndGoOn signs one answer after the other: each act opens the next task, says what was done to which opinion,
// and the last one leads back to the desk.
func TestActAndGoOn(t *testing.T) {
	fx := newFixture(t)
	var at []string
	for range 3 {
		o := fx.Assigned(stafftest.Matter)
		answer := doithoai.Answer{Body: "Đã có kết quả."}
		stafftest.Must(t, fx.DB.SubmitAnswer(t.Context(), fx.Actor("ho-tich"), o.ID, 1, answer))
		at = append(at, web.OpinionPath(o.Number))
	}
	fx.Slip("Việc khác, chưa có hướng xử lý, của văn phòng.") // counts with nothing below
	chair := fx.As("chu-tich")
	p := chair.Get("/noi-bo")
	if p.Find(`a[href="`+at[0]+`"].govuk-button`).Length() == 0 {
		t.Error("the desk does not lead to the top of the page, where question and answer stand side by side")
	}
	p = chair.Get(at[0])
	p.Says(".dt-match__said", stafftest.Matter).Says(".dt-match .dt-letter", "Đã có kết quả.").
		Says(".dt-match .dt-step", "Ký văn bản trả lời, mở việc kế tiếp (2)", "Trả lại đơn vị, mở việc kế tiếp (2)")
	goOn := url.Values{"tiep": {"1"}}
	chair.Submit(p, at[0]+"/ky", goOn).Want(http.StatusSeeOther, at[1]+"?xong=ky&so=ND-24-0001")
	p = chair.Get(at[1] + "?xong=ky&so=ND-24-0001")
	p.Says(".dt-outcome", "ND-24-0001: Đã ký văn bản trả lời.").Says(".dt-step", "mở việc kế tiếp (1)")
	if n := p.Find(".dt-outcome").Length(); n != 1 {
		t.Errorf("%d lines say what was done", n)
	}
	goOn.Set("ly-do", "Nêu rõ ngày trả.")
	chair.Submit(p, at[1]+"/tra-lai", goOn).Want(http.StatusSeeOther, at[2]+"?xong=tra-lai&so=ND-24-0002")
	p = chair.Get(at[2])
	if words := p.Text(".dt-step"); !strings.Contains(words, "Ký văn bản trả lời") || strings.Contains(words, "kế tiếp") {
		t.Errorf("of the last one, %q", words)
	}
	chair.Submit(p, at[2]+"/ky", goOn).Want(http.StatusSeeOther, "/noi-bo?xong=ky&so=ND-24-0003")
	chair.Get("/noi-bo?xong=ky&so=nd240003").Says(".dt-outcome", "ND-24-0003: Đã ký văn bản trả lời.")

	// Nobody is told of what they have not done, nor of what they may not see.
	for _, address := range []string{
		at[0] + "?xong=phat-hanh", "/noi-bo?xong=ky&so=ND-24-0002", "/noi-bo?xong=ky&so=ND-99-9999", "/noi-bo?xong=x",
	} {
		if chair.Get(address).Find(".dt-outcome").Length() != 0 {
			t.Errorf("%s says that something was done", address)
		}
	}
	fx.As("dia-chinh").Get("/noi-bo?xong=ky&so=ND-24-0001").Want(http.StatusOK, "").Hides("ND-24-0001")

	// Without the button of the next task, the page of the opinion says it.
	office := fx.As("van-phong")
	p = office.Get(at[0])
	p.Says("#muc-phat-hanh", "Phát hành, mở việc kế tiếp (1)")
	office.Submit(p, at[0]+"/phat-hanh", url.Values{"so": {"130"}, "ky-hieu": {"UBND-VP"}}).
		Want(http.StatusSeeOther, at[0]+"?xong=phat-hanh")
	p = office.Get(at[2])
	if got := p.Value("#ky-hieu"); got != "UBND-VP" { // three digits suffice
		t.Errorf("the symbol proposed is %q", got)
	}
	office.Submit(p, at[2]+"/phat-hanh", url.Values{"so": {"131"}, "tiep": {"1"}}).
		Want(http.StatusSeeOther, at[2]+"?xong=phat-hanh") // no other to dispatch, and something to do here
	office.Get(at[2]+"?xong=phat-hanh").
		Says(".dt-outcome", "Đã phát hành văn bản số 131/UBND-VP. Còn 1 việc phải báo: gọi điện hoặc nhắn tin.")
}

// TestOnwardActsHaveLists: where an act opens the next task of its kind, it is known where such tasks wait.
func TestOnwardActsHaveLists(t *testing.T) {
	for _, a := range pageActs() {
		if a.onward != "" && a.onward != doithoai.ActRecordDelivery && !slices.Contains(correctionActs, a.onward) &&
			len(stagesOf[a.onward]) == 0 {
			t.Errorf("%s: nobody knows what waits for it", a.onward)
		}
	}
}

// TestTellByHand tells a result by telephone: the number is shown where it is needed, the hour is proposed and may be
// earlier, and who recorded it takes it back on the same day.
func TestTellByHand(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	p := office.Get(at)
	told, _ := p.Find(`form[action*="/da-bao/"]`).Attr("action")
	if told == "" {
		t.Fatal("nobody is to be told")
	}
	office.Submit(p, at+"/nguoi-neu", url.Values{"ly-do-xem": {"deliver"}}).
		Want(http.StatusSeeOther, at+"?nguoi-neu#nguoi-neu")
	p = office.Get(at + "?nguoi-neu")
	p.Says("section:has(#muc-bao) #nguoi-neu", "Nguyễn Thị Minh Họa", "0900 000 000").
		Says(".moj-timeline", "Lý do: “Báo kết quả”.")

	id := told[strings.LastIndex(told, "/")+1:]
	if day, hour := p.Value("#bao-ngay-"+id), p.Value("#bao-gio-"+id); day != "23/10/2024" || hour != "08:30" {
		t.Errorf("proposed: %q, %q", day, hour)
	}
	for _, tt := range []struct{ day, hour, who, field, says string }{
		{"24/10/2024", "08:30", "self", "bao-ngay", "không được ở sau bây giờ"},
		{"23/10/2024", "08:31", "self", "bao-gio", "không được ở sau bây giờ"},
		{"22/10/2024", "08:30", "self", "bao-ngay", "trước khi có việc phải báo"},
		{"23/10/2024", "08:29", "self", "bao-gio", "trước khi có việc phải báo"},
		{"23/10/2024", "sáng nay", "self", "bao-gio", "Ghi giờ đã báo"},
		{"", "08:30", "self", "bao-ngay", "Ghi ngày đã báo"},
		{"23/10/2024", "08:30", "", "bao-ai", "Chọn người nhận"},
	} {
		p := office.Submit(p, told, url.Values{"bao-ngay": {tt.day}, "bao-gio": {tt.hour}, "bao-ai": {tt.who}})
		p.Want(http.StatusUnprocessableEntity, "").Says("#"+tt.field+"-error", tt.says).
			Says(".govuk-error-summary", tt.says)
		if got := p.Value("#bao-gio"); got != tt.hour {
			t.Errorf("the hour came back as %q", got)
		}
	}
	office.Submit(p, told, url.Values{"bao-gio": {"8h30"}, "bao-ai": {"household"}, "tiep": {"1"}}).
		Want(http.StatusSeeOther, at+"?xong=da-bao") // its public summary is the office's next task
	p = office.Get(at + "?xong=da-bao")
	p.Says("section:has(#muc-bao)",
		"Báo kết quả qua điện thoại · đã báo 08 giờ 30 phút ngày 23/10/2024 · Người trong gia đình").
		Says(".dt-outcome", "Đã ghi")
	if strings.Contains(p.Text(".dt-outcome"), "phải báo") {
		t.Errorf("everybody is told: %s", p.Text(".dt-outcome"))
	}

	back := at + "/rut-bao/" + id
	fx.As("van-phong-2").Get(at).Hides("/rut-bao/") // who recorded nothing
	office.Submit(p, back, nil).Want(http.StatusSeeOther, at+"?xong=rut-bao")
	office.Get(at+"?xong=rut-bao").
		Says(".dt-outcome", "Đã rút lại việc ghi đã báo. Còn 1 việc phải báo").
		Says("section:has(#muc-bao)", "chưa báo").Says(".moj-timeline", "rút lại việc ghi đã báo")
	p = office.Get(at)
	office.Submit(p, told, nil).Want(http.StatusSeeOther, at+"?xong=da-bao")
	fx.Now = fx.Now.AddDate(0, 0, 1)
	office.Get(at).Hides("/rut-bao/")
}

// TestEmptyPhrases: the list is whole, and a draft is asked of its phrases before the button, as it is typed.
func TestEmptyPhrases(t *testing.T) {
	if n := len(emptyPhrases()); n != 7 {
		t.Errorf("%d phrases", n)
	}
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit := fx.As("ho-tich")
	const vague = "UBND xã ghi nhận, sẽ xem xét theo quy định trong thời gian tới."
	draft := url.Values{"nhap": {"answer:" + string(o.ID)}, "tra-loi": {vague}}
	unit.Post("/noi-bo/ban-nhap", draft)
	p := unit.Get(at)
	p.Says(`[data-draft-warnings="cau-chu"]`, "“ghi nhận”", "“sẽ xem xét”: ai làm, làm gì, xong ngày nào?",
		"“theo quy định”: điều, khoản của văn bản nào?", "“trong thời gian tới”: ngày nào?")
	if _, hidden := p.Find(`[data-draft-passed]`).Attr("hidden"); !hidden {
		t.Error("it is said to pass")
	}
	unit.Submit(p, at+"/trinh", nil).Want(http.StatusSeeOther, at+"?soat#muc-tra-loi")
	p = unit.Get(at + "?soat")
	if p.Value("#tra-loi") != vague {
		t.Errorf("the draft came back as %q", p.Value("#tra-loi"))
	}
	// Another phrase than those it was asked of is asked of again.
	unit.Submit(p, at+"/trinh", url.Values{"tra-loi": {vague + " Xã tiếp thu."}}).
		Want(http.StatusSeeOther, at+"?soat#muc-tra-loi")
	mended := url.Values{"tra-loi": {"Mời bà nhận bản sao tại quầy 1 ngày 25/10/2024."}}
	unit.Submit(p, at+"/trinh", mended).Want(http.StatusSeeOther, at+"?xong=trinh")
	p = fx.As("chu-tich").Get(at)
	p.Says("[data-draft-passed]", "Đạt", "không có câu chung chung")
	if _, hidden := p.Find(`[data-draft-passed]`).Attr("hidden"); hidden {
		t.Error("who signs does not see that it passes")
	}

	// What is refused for something else beside its phrases comes back, and is not asked of them again.
	other := fx.Assigned(stafftest.Matter)
	at = web.OpinionPath(other.Number)
	names := url.Values{"tra-loi": {vague}, "can-cu": {"Đơn của bà Nguyễn Thị Minh Họa"}}
	unit.Submit(unit.Get(at), at+"/trinh", names).Want(http.StatusSeeOther, at+"?soat#muc-tra-loi")
	p = unit.Submit(unit.Get(at+"?soat"), at+"/trinh", nil).Want(http.StatusUnprocessableEntity, "")
	p.Says("#can-cu-error", "người nêu")
	unit.Submit(p, at+"/trinh", url.Values{"can-cu": {"Luật Đất đai"}}).Want(http.StatusSeeOther, at+"?xong=trinh")
	long := url.Values{"tra-loi": {strings.Repeat(vague+"\n", 4000)}}
	third := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit.Submit(unit.Get(third), third+"/trinh", long).Want(http.StatusUnprocessableEntity, "").
		Says("#tra-loi-error", "ký tự")
}
