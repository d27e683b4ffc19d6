package planning

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// issued enters the plan of 2024 as it was issued on paper.
func issued(t *testing.T, fx *stafftest.Fixture) {
	t.Helper()
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	stafftest.Must(t, err)
	p, err := plan.Parse(b)
	stafftest.Must(t, err)
	_, err = fx.DB.TakeOverPlan(t.Context(), fx.Actor("van-phong"), p)
	stafftest.Must(t, err)
}

// An office makes a dialogue from the plan in one form, says how long its steps take, and announces it; what is missing
// is named on the way.
func TestDialogueFromPlanToPublic(t *testing.T) {
	fx := newFixture(t)
	issued(t, fx)
	b := fx.As("van-phong")
	p := b.Get("/noi-bo/doi-thoai/moi")
	for field, want := range map[string]string{
		"#ngay": "31/10/2024", "#gio": "08:00", "#dia-diem": "Hội trường UBND xã Nghĩa Dũng",
	} {
		if got := p.Value(field); got != want {
			t.Errorf("%s proposes %q, want %q", field, got, want)
		}
	}
	form := newDialoguePath
	p = b.Submit(p, form, url.Values{"gio": {"8h"}, "ngay": {"31/2/2024"}})
	p.Says(".govuk-error-summary", "Ghi ngày và giờ bắt đầu")
	if p.Value("#ngay") != "31/2/2024" {
		t.Error("what was typed is lost")
	}
	p = b.Get(b.Submit(p, form, url.Values{
		"gio": {"8h"}, "ngay": {"31/10/2024"}, "gio-ket-thuc": {"10:30"},
	}).Location)
	p.Says("main", "Đã lập buổi đối thoại", "Đang chuẩn bị", "Ghi số phút của từng bước", "7 bước")
	all, err := fx.DB.DialogueList(t.Context(), fx.Actor("van-phong"))
	stafftest.Must(t, err)
	d := all[0]
	b.Get(textPath(d.ID, plan.TextAnnouncement)).Says("main", "Chưa thông báo được", "Ghi số phút của từng bước")

	steps := dialoguePath(d.ID, "/chuong-trinh")
	p = b.Get(steps)
	v := url.Values{"thu-tu": nil, "ten-buoc": nil, "phut": nil, "nguoi": nil}
	for i, title := range []string{"Đối thoại", "Đón tiếp", "Kết thúc"} {
		v.Add("thu-tu", []string{"2", "1", "3"}[i])
		v.Add("ten-buoc", title)
		v.Add("phut", []string{"150", "30", "5"}[i])
		v.Add("nguoi", "")
	}
	p = b.Get(b.Submit(p, steps, v).Location)
	p.Says("tbody", "1. Đón tiếp", "07:30", "2. Đối thoại", "08:00").Says("main", "Quá giờ kết thúc dự kiến", "5 phút")

	p = b.Get(textPath(d.ID, plan.TextAnnouncement))
	p.Says(".dt-paper", "Thời gian: 08 giờ ngày 31/10/2024", "Hội trường UBND xã Nghĩa Dũng", "Hạn nhận phiếu")
	p = b.Get(b.Submit(p, dialoguePath(d.ID, "/cong-bo"), nil).Location)
	p.Says("main", "Đã thông báo", "kịp, sớm 1 ngày")
}

// Programmes come in the order of the numbers that were typed.
func TestStepsInOrder(t *testing.T) {
	f := programmeForm{
		Places: []string{"1", "2", "1.5", ""}, Titles: []string{"a", "b", "c", ""}, Minutes: []string{"10", "x", "", ""},
	}
	steps := f.steps()
	if len(steps) != 3 || steps[0].Title != "a" || steps[1].Title != "c" || steps[2].Minutes != -1 {
		t.Errorf("%+v", steps)
	}
}

// A move tells again: the notice is proved anew, and the workspace says why.
func TestMovedOnTheWorkspace(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	all, err := fx.DB.DialogueList(t.Context(), fx.Actor("van-phong"))
	stafftest.Must(t, err)
	d := all[0]
	b := fx.As("van-phong")
	duty := dutyPath(d.ID, plan.DutyNoticeMedia)
	p := b.Get(duty)
	p = b.Submit(p, duty, url.Values{"nguoi-lam": {"Đài truyền thanh"}, "minh-chung": {""}})
	p.Says(".govuk-error-summary", "Ghi minh chứng")
	p = b.Get(b.Submit(p, duty, url.Values{"minh-chung": {"Nhật ký số 7"}}).Location)
	p.Says("main", "Nhật ký số 7", "Đài truyền thanh")
	moving := dialoguePath(d.ID, "/doi-ngay")
	p = b.Get(moving)
	p = b.Submit(p, moving, url.Values{
		"ngay": {"8/11/2024"}, "gio-don": {""}, "han-phieu": {"7/11/2024"}, "han-phieu-gio": {"16:30"}, "ly-do": {"Bão"},
	})
	p.Says(".govuk-error-summary", "Ghi lý do cho rõ")
	p = b.Get(b.Submit(p, moving, url.Values{"ly-do": {"Bão số 6 đổ bộ vào xã"}}).Location)
	p.Says("main", "Đã đổi lịch", "Bão số 6 đổ bộ vào xã", "08/11/2024",
		"Thông báo hoãn, đổi lịch")
	isFile(t, b, dialoguePath(d.ID, web.MovedPart))
	if text := b.Get(duty).Find("main").Text(); !strings.Contains(text, "Chưa có minh chứng nào") {
		t.Error("what told of the old day is taken for a notice of the new one")
	}
	fx.As("chu-tich").Get("/noi-bo").Says("main", "Năm 2024 đã tổ chức 0 buổi, luật yêu cầu ít nhất 1").
		Hides("Chưa có người đồng chủ trì") // the law of 2024 asks for none
}

// Voters' requests are registered with their share.
func TestVoterRequestPage(t *testing.T) {
	fx := newFixture(t)
	issued(t, fx)
	b := fx.As("van-phong")
	p := b.Get("/noi-bo/yeu-cau-doi-thoai")
	form := web.RequestsPath
	p = b.Submit(p, form, url.Values{"yeu-cau": {"9.000"}, "cu-tri": {"8.000"}, "noi-dung": {"Đường liên thôn"}})
	p.Says(".govuk-error-summary", "không quá tổng số cử tri")
	b.Get(b.Submit(p, form, url.Values{"yeu-cau": {"900"}}).Location).
		Says("tbody", "900 trên 8.000 cử tri (11,25 %)", "Đường liên thôn")

	// A dialogue is made for it.
	p = b.Get(newDialoguePath).Says("main", "Tổ chức theo yêu cầu nào của cử tri", "Đường liên thôn")
	chosen := url.Values{
		"yeu-cau": {p.Find("input[name=yeu-cau]").AttrOr("value", "")}, "loai": {"yearly"}, "chu-tri": {"Ông Giả Định"},
	}
	p = b.Submit(p, newDialoguePath, chosen)
	p.Says(".govuk-error-summary", "chọn cả loại “Theo yêu cầu của cử tri”")
	if p.Find("input[name=yeu-cau][checked]").Length() != 1 {
		t.Error("the chosen request is lost")
	}
	chosen.Set("loai", "requested")
	b.Get(b.Submit(p, newDialoguePath, chosen).Location).
		Says(".dt-work__aside", "Đối thoại trong năm 2024", "đã tổ chức 0 buổi", "900 trên 8.000 cử tri", "Đường liên thôn")
	if b.Get(newDialoguePath).Find("input[name=yeu-cau]").Length() != 0 {
		t.Error("a request that was answered can be chosen again")
	}
}

// Texts and programme keep what was typed and not saved; saving forgets it. A draft never overwrites unseen what
// somebody else has saved since.
// TestPapersAsFiles takes the texts of a dialogue and its plan out as Word file and PDF.
func TestPapersAsFiles(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	next, err := fx.DB.NextDialogue(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	b := fx.As("van-phong")
	for _, kind := range []plan.TextKind{plan.TextAnnouncement, plan.TextHouseRules, plan.TextHost} {
		at := textPath(next.ID, kind)
		b.Get(at).Says("main", "Word", "PDF")
		isFile(t, b, at+textFile)
	}
	issued, err := fx.DB.Plans(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	isFile(t, b, b.Get(planPath(issued[0].ID)).Location+planFile)
}

func isFile(t *testing.T, b *stafftest.Browser, at string) {
	t.Helper()
	for ending, begins := range map[string]string{docfile.Word: "PK", docfile.PDF: "%PDF-"} {
		if !strings.Contains(at, "{}") {
			at += "{}"
		}
		if p := b.Get(strings.Replace(at, "{}", ending, 1)).Want(http.StatusOK, ""); !strings.HasPrefix(p.Raw, begins) {
			t.Errorf("%s%s is %.10q", at, ending, p.Raw)
		}
	}
}

func TestTextsSaveThemselves(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	next, err := fx.DB.NextDialogue(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	dialogue := next.ID
	b := fx.As("van-phong")
	saved := func(p stafftest.Page, form string, typed url.Values) {
		t.Helper()
		v := url.Values{
			"nhap": {p.Find(`form[action="`+form+`"]`).AttrOr("data-draft", "")}, "ve": {form},
			"tu-ban": {p.Find(`form[action="`+form+`"] input[name=tu-ban]`).AttrOr("value", "")},
		}
		for name, values := range typed {
			v[name] = values
		}
		b.Post(web.DraftPath, v).Want(http.StatusSeeOther, form)
	}
	for _, kind := range []plan.TextKind{plan.TextAnnouncement, plan.TextHouseRules, plan.TextHost} {
		form := textPath(dialogue, kind)
		saved(b.Get(form), form, url.Values{"noi-dung": {"Đang soạn " + string(kind)}})
		p := b.Get(form)
		if got := p.Value("#noi-dung"); got != "Đang soạn "+string(kind) {
			t.Fatalf("%s: the draft is %q", kind, got)
		}
		p.Says("[data-draft-status]", "Nháp tự lưu lúc")
		fx.As("chu-tich").Get(form).Hides("Đang soạn")
		b.Get(b.Submit(p, form, nil).Location).Says("[data-draft-status]", "Nháp tự lưu khi")
	}

	rules := textPath(dialogue, plan.TextHouseRules)
	saved(b.Get(rules), rules, url.Values{"noi-dung": {"Của tôi"}})
	_, err = fx.DB.WriteText(t.Context(), fx.Actor("van-phong-2"), 1,
		plan.Text{DialogueID: dialogue, Kind: plan.TextHouseRules, Body: "Của người khác"})
	stafftest.Must(t, err)
	p := b.Submit(b.Get(rules), rules, nil)
	p.Says("main", "Của người khác")
	if p.Value("#noi-dung") != "Của tôi" {
		t.Error("what was typed is lost")
	}

	steps := dialoguePath(dialogue, "/chuong-trinh")
	saved(b.Get(steps), steps, url.Values{
		"thu-tu": {"1", ""}, "ten-buoc": {"Đón đại biểu", ""}, "phut": {"30", ""}, "nguoi": {"", ""},
	})
	p = b.Get(steps)
	if got := p.Find("input[name=ten-buoc]").First().AttrOr("value", ""); got != "Đón đại biểu" {
		t.Errorf("the draft of the programme begins with %q", got)
	}
	b.Get(b.Submit(p, steps, nil).Location).Says("tbody", "1. Đón đại biểu").
		Says("[data-draft-status]", "Nháp tự lưu khi")
}

// TestPapersOfADialogue takes out what a dialogue needs on paper where it is made.
func TestPapersOfADialogue(t *testing.T) {
	fx, dialogue, people := announced(t)
	office := fx.As("van-phong")
	office.Get(people+"/ky-nhan").Says("main", "Chưa có ai")
	person(t, fx, dialogue, "Huỳnh Văn Phỏng", "Chủ tịch Hội Khuyến học")
	for _, at := range []string{people + "/gioi-thieu", people + "/ky-nhan", people + "/giay-moi"} {
		office.Get(at).Says("main", "Word", "PDF").Says(".dt-paper", "Huỳnh Văn Phỏng")
		isFile(t, office, at)
	}
	for _, at := range []string{programmeAt, posterAt} {
		office.Get(dialoguePath(dialogue, at)).Says("main", "Word", "PDF")
		isFile(t, office, dialoguePath(dialogue, at))
	}
	posting := dutyPath(dialogue, plan.DutyNoticePosting)
	office.Get(posting).Says("main", "Thông báo niêm yết", "Biên bản niêm yết", "Biên bản kết thúc niêm yết")
	for _, p := range postings {
		isFile(t, office, posting+p.at)
	}
	office.Get(dutyPath(dialogue, plan.DutyNoticeMedia)+postings[0].at+docfile.PDF).Want(http.StatusNotFound, "")
	office.Get(dialoguePath(dialogue, web.MovedPart)+docfile.PDF).Want(http.StatusNotFound, "")
	banner := office.Get(dialoguePath(dialogue, bannerAt)+"?rong=5&chinh="+url.QueryEscape("Hội nghị đối thoại")).
		Says("main", "Mỗi cạnh từ 200 đến").Says("svg", "HỘI NGHỊ ĐỐI THOẠI")
	file := office.Get(banner.Find(`a[href*=".pdf"]`).AttrOr("href", "")).Want(http.StatusOK, "").Raw
	if !strings.HasPrefix(file, "%PDF-") {
		t.Errorf("the banner is %.10q", file)
	}
}

// The step in which promises are reported on stands behind the one on the house rules, in a row that was empty.
func TestProposedStep(t *testing.T) {
	d := doithoai.Dialogue{Programme: []doithoai.ProgrammeStep{
		{Title: "Đón tiếp", Minutes: 30}, {Title: "Thông báo Nội quy", Minutes: 5, Presenter: "Thư ký"},
		{Title: "Đối thoại", Minutes: 90},
	}}
	p := programmePage{Dialogue: d, Form: formOfSteps(d)}
	p.proposeStep()
	steps := p.Form.steps()
	if len(steps) != 4 || !steps[2].ReadsPromises() || steps[2].Minutes != reportMinutes ||
		steps[2].Presenter != "Thư ký" {
		t.Errorf("the steps are %+v", steps)
	}
	p = programmePage{Form: programmeForm{}}
	p.proposeStep() // an empty form
	if steps := p.Form.steps(); len(steps) != 1 || !steps[0].ReadsPromises() {
		t.Errorf("the steps are %+v", steps)
	}
}
