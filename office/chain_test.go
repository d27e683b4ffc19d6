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

// TestOneOpinionsLife brings one opinion from the slip to the public answer, each step by who does it and on the page
// that shows it.
func TestOneOpinionsLife(t *testing.T) {
	fx := newFixture(t)
	o := fx.Slip(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	secretary, unit, chair := fx.As("thu-ky"), fx.As("ho-tich"), fx.As("chu-tich")
	office, office2 := fx.As("van-phong"), fx.As("van-phong-2")

	p := secretary.Get(at)
	p.Says(
		"main", "ND-24-0001", "Chờ hướng xử lý", "Việc kế tiếp: Văn phòng hoặc Thư ký ghi hướng xử lý", stafftest.Matter,
	).Hides("Nguyễn Thị Minh Họa", "0900000000")
	secretary.Submit(p, at+"/huong-xu-ly", url.Values{
		"huong": {"TL-SAU"}, "don-vi": {string(fx.Units["tu-phap-ho-tich"])}, "han": {"30/10/2024"},
	}).Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")

	p = unit.Get(at)
	p.Says("main", "Đang xử lý", "Tư pháp – Hộ tịch soạn, trình dự thảo trả lời", "T4, 30/10/2024", "còn 5 ngày làm việc")
	vague := url.Values{"tra-loi": {"Xã sẽ xem xét."}}
	unit.Submit(p, at+"/trinh", vague).Want(http.StatusSeeOther, at+"?soat#muc-tra-loi")
	p = unit.Get(at+"?soat").Says(`[data-draft-warnings="cau-chu"]`, "“sẽ xem xét”: ai làm, làm gì, xong ngày nào?")
	unit.Submit(p, at+"/trinh", vague).Want(http.StatusSeeOther, at+"?xong=trinh") // asked once, never stopped

	p = chair.Get(at)
	p.Says(".dt-letter", "Xã sẽ xem xét.").
		Says(`[data-draft-warnings="cau-chu"]`, "còn câu chung chung", "“sẽ xem xét”")
	p = chair.Submit(p, at+"/tra-lai", url.Values{"ly-do": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-error", "Ghi lý do trả lại")
	chair.Submit(p, at+"/tra-lai", url.Values{"ly-do": {"Nêu rõ ngày trả."}}).Want(http.StatusSeeOther, at+"?xong=tra-lai")

	p = unit.Get(at)
	p.Says(".dt-gate", "Nêu rõ ngày trả.")
	if got := p.Value("#tra-loi"); got != "Xã sẽ xem xét." {
		t.Errorf("the returned draft holds %q", got)
	}
	unit.Submit(p, at+"/trinh", url.Values{
		"tra-loi": {"Mời bà nhận bản sao\nngày 25/10."}, "can-cu": {"Luật Hộ tịch 2014, Điều 64"},
	}).Want(http.StatusSeeOther, at+"?xong=trinh")
	chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")

	p = office.Get(at)
	p = office.Submit(p, at+"/phat-hanh", url.Values{"so": {""}, "ngay": {"24/10/2024"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#so-error", "Ghi số").Says("#ngay-error", "sau hôm nay")
	if got := p.Value("#ngay"); got != "24/10/2024" {
		t.Errorf("the date typed came back as %q", got)
	}
	office.Submit(p, at+"/phat-hanh", url.Values{"so": {"214/UBND-VP"}, "ngay": {"23/10/2024"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh")

	p = office.Get(at)
	p.Says(
		"main", "Đã phát hành", "phát hành đúng hạn, chưa báo người nêu", "Số 214/UBND-VP ngày 23/10/2024",
		"Việc kế tiếp: Văn phòng báo cho người nêu", "Báo kết quả qua điện thoại · chưa báo", "sau khi báo người nêu",
	).Hides("trả lời đúng hạn")
	office.Get(at+"?xong=phat-hanh").Says(
		".dt-outcome", "Đã phát hành văn bản số 214/UBND-VP. Còn 1 việc phải báo: gọi điện hoặc nhắn tin.",
	)
	delivered, _ := p.Find(`form[action*="/da-bao/"]`).Attr("action")
	office.Submit(p, delivered, nil).Want(http.StatusSeeOther, at+"?xong=da-bao")

	p = office.Get(at)
	p.Says("section:has(#muc-bao)", "đã báo", "· Người nêu", "Rút lại").
		Says("main", "trả lời đúng hạn", "Việc kế tiếp: Văn phòng hoặc đơn vị chủ trì soạn bản công khai")
	if got := p.Value("#cau-hoi"); got != stafftest.Matter {
		t.Errorf("the question begins as %q", got)
	}
	p = office.Submit(p, at+"/cong-khai", url.Values{"tom-tat": {"Bà Nguyễn Thị Minh Họa đã nhận bản sao."}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tom-tat-error", "họ tên")
	told := url.Values{"tieu-de": {"Bản sao"}, "cau-hoi": {"Bao giờ có?"}, "tom-tat": {"NguyễnThịMinhHọa đã nhận."}}
	office.Post(at+"/xem-truoc", told).Want(http.StatusSeeOther, at+"/xem-truoc")
	p = office.Get(at + "/xem-truoc")
	p.Says(".govuk-error-summary", "chưa công khai được", "họ tên")
	if p.Find("main form button").Length() != 0 {
		t.Error("what will be refused can be proposed from its preview")
	}
	preview := url.Values{
		"tieu-de": {"Bản sao trích lục khai sinh"}, "cau-hoi": {"Bao giờ có bản sao?"}, "tom-tat": {"Đã có từ ngày 25/10."},
	}
	office.Post(at+"/xem-truoc", preview).Want(http.StatusSeeOther, at+"/xem-truoc")
	p = office.Get(at + "/xem-truoc")
	p.Says("main", "Bản sao trích lục khai sinh", "Bao giờ có bản sao?", "Đã có từ ngày 25/10.", "Luật Hộ tịch 2014")
	office.Submit(p, at+"/cong-khai", nil).Want(http.StatusSeeOther, at+"?xong=cong-khai")

	p = office.Get(at + "/xem-truoc")
	p.Says("main", "cần người khác duyệt")
	if p.Find(`form[action$="/duyet-cong-khai"]`).Length() != 0 {
		t.Error("who proposed is offered to approve")
	}
	if got := office.Post(at+"/duyet-cong-khai", url.Values{"phien-ban": {"1"}}); got.Status != http.StatusForbidden {
		t.Errorf("who proposed approves: %d", got.Status)
	}
	p = office2.Get(at + "/xem-truoc")
	p = office2.Submit(p, at+"/tra-cong-khai", nil)
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-error", "Ghi lý do trả lại")
	office2.Submit(p, at+"/tra-cong-khai", url.Values{"ly-do": {"Tiêu đề dài."}}).
		Want(http.StatusSeeOther, at+"?xong=tra-cong-khai")
	p = office.Get(at)
	p.Says(".dt-gate", "Tiêu đề dài.")
	office.Submit(p, at+"/cong-khai", nil).Want(http.StatusSeeOther, at+"?xong=cong-khai")
	office2.Submit(office2.Get(at+"/xem-truoc"), at+"/duyet-cong-khai", nil).
		Want(http.StatusSeeOther, at+"?xong=duyet-cong-khai")

	p = office.Get(at)
	p.Says("main", "Đã trả lời", "không còn việc. Nội dung trả lời đã công khai")
	if p.Find(`a[href="/hoi-dap/ND-24-0001"]`).Length() == 0 {
		t.Error("no link to the public page")
	}
	course := p.Text("#muc-dien-bien ~ .moj-timeline")
	for _, act := range []string{
		"Lê Thị Thí Dụ duyệt công khai", "Trần Thị Ví Dụ ghi nhận việc báo kết quả", "người nhận: Người nêu",
		"Số 214/UBND-VP ngày 23/10/2024",
		"Đặng Văn Giả Định ký văn bản", "Nêu rõ ngày trả.", "Phạm Văn Mô Phỏng trình dự thảo",
		"Võ Thị Mẫu ghi hướng xử lý", "Giao Tư pháp – Hộ tịch, hạn T4, 30/10/2024", "Người nêu gửi ý kiến",
	} {
		i := strings.Index(course, act)
		if i < 0 {
			t.Fatalf("the course does not tell %q next, newest first: %s", act, course)
		}
		course = course[i:]
	}
}

// TestDueDateIsProposedAndExplained leaves the due date empty: the ruling's parameter proposes it, and the page
// explains it day by day.
func TestDueDateIsProposedAndExplained(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Slip(stafftest.Matter).Number)
	office := fx.As("van-phong")
	p := office.Get(at)
	p.Says(".dt-ruling", "Hạn đề nghị: T4, 06/11/2024 (10 ngày làm việc)")
	office.Submit(p, at+"/huong-xu-ly", url.Values{"huong": {"TL-SAU"}, "don-vi": {string(fx.Units["tu-phap-ho-tich"])}}).
		Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	p = office.Get(at)
	p.Says(
		"main", "T4, 06/11/2024", "còn 10 ngày làm việc", "Vì sao hạn là 06/11/2024?", "pháp luật không ấn định",
		"T4, 23/10/2024: ngày đầu, không tính", "T5, 24/10/2024: ngày 1", "T7, 26/10/2024: nghỉ cuối tuần, không tính",
		"T4, 06/11/2024: ngày 10", "Điều 147, 148",
	)

	p = office.Get(at + "?doi-huong")
	office.Submit(p, at+"/huong-xu-ly", url.Values{"han": {"29/10/2024"}}).
		Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	office.Get(at).Says("main", "T3, 29/10/2024", "không tính theo số ngày đề nghị")
}

// TestRulingComesBackAsTyped refuses rulings that lack something, and keeps everything.
func TestRulingComesBackAsTyped(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Slip(stafftest.Matter).Number)
	office := fx.As("van-phong")
	land := []string{string(fx.Units["dia-chinh"])}
	tests := []struct {
		name         string
		typed        url.Values
		field, error string
	}{
		{"nothing", url.Values{}, "huong", "Chọn một hướng xử lý"},
		{"an unknown ruling", url.Values{"huong": {"XX"}}, "huong", "Chọn một hướng xử lý"},
		{"no unit", url.Values{"huong": {"TL-SAU"}, "han": {"30/10/2024"}}, "don-vi", "Chọn đơn vị chủ trì"},
		{
			"a unit of another authority",
			url.Values{"huong": {"TL-SAU"}, "don-vi": {"01920000-0000-7000-8000-000000000000"}},
			"don-vi", "Chọn đơn vị chủ trì",
		},
		{"no date", url.Values{"huong": {"TL-SAU"}, "don-vi": land, "han": {"tuần sau"}}, "han", "Ghi hạn trả lời"},
		{"a past date", url.Values{"huong": {"PH"}, "don-vi": land, "han": {"22/10/2024"}}, "han", "trước hôm nay"},
		{
			"nothing said", url.Values{"huong": {"TL-NGAY"}, "nguoi-tra-loi": {"Bà Ví Dụ"}},
			"tra-loi", "Ghi nội dung đã trả lời",
		},
		{"another body, not said which", url.Values{"huong": {"CQ-KHAC"}}, "tra-loi", "cơ quan nào"},
		{"not accepted, not said why", url.Values{"huong": {"KTN"}}, "tra-loi", "lý do không tiếp nhận"},
		{"too long", url.Values{"huong": {"KTN"}, "tra-loi": {strings.Repeat("ấ", doithoai.MaxMatter+1)}}, "tra-loi", "5"},
		{"denunciation, not handed over", url.Values{"huong": {"TC"}}, "da-chuyen", "Xác nhận đã chuyển hồ sơ"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := office.Submit(office.Get(at), at+"/huong-xu-ly", tt.typed)
			p.Want(http.StatusUnprocessableEntity, "").Says("#"+tt.field+"-error", tt.error)
			form := stafftest.FieldsOf(p.Find(`form[action="` + at + `/huong-xu-ly"]`))
			for _, name := range []string{"han", "tra-loi", "nguoi-tra-loi"} {
				if form.Get(name) != tt.typed.Get(name) {
					t.Errorf("%s came back as %.40q", name, form.Get(name))
				}
			}
		})
	}
}

// TestRulingNamesAndSorts puts the opinion into its field and gives it a headline with the ruling: the page, the
// register and its filter have both at once.
func TestRulingNamesAndSorts(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Slip(stafftest.Matter).Number)
	office := fx.As("van-phong")
	p := office.Get(at).Says("main", "Chờ hướng xử lý")
	p = office.Submit(p, at+"/huong-xu-ly", url.Values{
		"huong": {"TL-SAU"}, "linh-vuc": {"khong-co"}, "ten-goi": {strings.Repeat("a", doithoai.MaxHeadline+1)},
		"don-vi": {string(fx.Units["tu-phap-ho-tich"])},
	})
	p.Want(http.StatusUnprocessableEntity, "")
	if p.Find("#linh-vuc-error, #ten-goi-error").Length() == 0 {
		t.Error("a headline too long, of a field that there is not, is no fault")
	}
	office.Submit(office.Get(at), at+"/huong-xu-ly", url.Values{
		"huong": {"TL-SAU"}, "linh-vuc": {"ho-tich"}, "ten-goi": {"Trích lục hẹn lại ba lần"},
		"don-vi": {string(fx.Units["tu-phap-ho-tich"])},
	}).Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	office.Get(at).Says("h1", "Trích lục hẹn lại ba lần").Says(".dt-casehead", "Hộ tịch")
	for _, query := range []string{"loc=tat-ca", "linh-vuc=ho-tich", "so=trich+luc+hen"} {
		office.Get("/noi-bo/y-kien?"+query).Says("tbody", "Trích lục hẹn lại ba lần")
	}
}

// TestConductIsLedByTheOffice offers no other unit for an opinion on how officials serve.
func TestConductIsLedByTheOffice(t *testing.T) {
	fx := newFixture(t)
	rules, err := fx.DB.Rules(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	code := ""
	for _, f := range rules.Fields {
		if f.Conduct {
			code = f.Code
		}
	}
	got, err := fx.DB.SubmitSlip(t.Context(), doithoai.Resident(fx.Authority.ID), doithoai.IntakeKey{99}, doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{stafftest.Matter},
		NoticeRead: true, FieldCode: code,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.Villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPickUp},
		},
	})
	stafftest.Must(t, err)
	at := web.OpinionPath(got.Opinions[0].Number)
	office := fx.As("van-phong")
	p := office.Get(at)
	if n := p.Find(`#don-vi option[value]:not([value=""])`).Length(); n != 2 { // the office, and the chair
		t.Errorf("%d leads are offered", n)
	}
	office.Submit(p, at+"/huong-xu-ly", url.Values{"huong": {"TL-SAU"}, "don-vi": {string(fx.Units["dia-chinh"])}}).
		Want(http.StatusUnprocessableEntity, "").Says("#don-vi-error", "Văn phòng chủ trì")
}

// TestStaleVersionKeepsTheText lets two people act on one version: the slower one gets the newest page, who changed
// what, and the own words.
func TestStaleVersionKeepsTheText(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit, office := fx.As("ho-tich"), fx.As("van-phong")
	draft, rerule := unit.Get(at), office.Get(at+"?doi-huong")

	office.Submit(rerule, at+"/huong-xu-ly", url.Values{"han": {"29/10/2024"}}).
		Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	p := unit.Submit(draft, at+"/trinh", url.Values{"tra-loi": {"Lời đã soạn"}})
	p.Want(http.StatusConflict, "").Says(
		".govuk-error-summary", "đã thay đổi sau khi ông/bà mở trang", "Trần Thị Ví Dụ ghi hướng xử lý",
		"những gì ông/bà đã gõ vẫn còn",
	).Says("main", "T3, 29/10/2024")
	if got := p.Value("#tra-loi"); got != "Lời đã soạn" {
		t.Errorf("the draft came back as %q", got)
	}
	unit.Submit(p, at+"/trinh", nil).Want(http.StatusSeeOther, at+"?xong=trinh")

	// The form is gone: the opinion waits for the chair. What was typed is shown all the same.
	p = unit.Submit(draft, at+"/trinh", url.Values{"tra-loi": {"Lời soạn ở cửa sổ khác"}})
	p.Want(http.StatusConflict, "")
	if got := p.Value("textarea[readonly]"); got != "Lời soạn ở cửa sổ khác" {
		t.Errorf("the text without a form came back as %q", got)
	}
	p = office.Submit(rerule, at+"/huong-xu-ly", url.Values{"huong": {"KTN"}, "tra-loi": {"Lý do dài"}})
	p.Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "không đổi hướng xử lý được nữa", "Phạm Văn Mô Phỏng trình dự thảo")
	if got := p.Value("textarea[readonly]"); got != "Lý do dài" {
		t.Errorf("the ruling's text came back as %q", got)
	}
}

// TestHostileInput keeps what people and programs type, cleaned, and answers at its field.
func TestHostileInput(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit := fx.As("ho-tich")
	for name, typed := range map[string][2]string{
		"decomposed letters": {"Tra\u0309 lo\u031b\u0300i", "Trả lời"},
		"control characters": {"Trả\x00\x07 lời\u202e", "Trả lời"},
		"emoji and markup":   {"🙏 <script>alert(1)</script> </textarea>", "🙏 <script>alert(1)</script> </textarea>"},
	} {
		t.Run(name, func(t *testing.T) {
			p := unit.Submit(unit.Get(at), at+"/trinh", url.Values{
				"tra-loi": {typed[0]}, "can-cu": {strings.Repeat("x", 5*doithoai.MaxLine+1)},
			})
			p.Want(http.StatusUnprocessableEntity, "")
			if got := p.Value("#tra-loi"); got != typed[1] {
				t.Errorf("came back as %q", got)
			}
		})
	}
	long := strings.Repeat("ế", doithoai.MaxAnswer+3)
	p := unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {long}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tra-loi-error", "thừa 3 ký tự")
	if p.Value("#tra-loi") != long {
		t.Error("the long text was cut")
	}
	got := unit.Post(at+"/trinh", url.Values{"phien-ban": {"không phải số"}})
	if got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a forged version: %d", got.Status)
	}
}

// TestWithdrawnDraft takes a draft back from the chair, mends it and submits it again; once the chair has opened it,
// there is no way back but the chair's.
func TestWithdrawnDraft(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit, chair := fx.As("ho-tich"), fx.As("chu-tich")
	answer := url.Values{"tra-loi": {"Mời bà nhận bản sao ngày 25/10."}}
	unit.Submit(unit.Get(at), at+"/trinh", answer).Want(http.StatusSeeOther, at+"?xong=trinh")

	fx.As("van-phong").Get(at).Hides(at + "/rut-lai") // the office handed nothing in
	p := unit.Get(at).Says("main", "Rút lại để sửa")
	unit.Submit(p, at+"/rut-lai", nil).Want(http.StatusSeeOther, at+"?xong=rut-lai")
	p = unit.Get(at+"?xong=rut-lai").Says(".dt-outcome", "Đã rút lại")
	if p.Says(".moj-timeline", "rút lại nội dung đã trình").Value("#tra-loi") != answer.Get("tra-loi") {
		t.Errorf("the draft came back as %q", p.Value("#tra-loi"))
	}
	unit.Submit(p, at+"/trinh", nil).Want(http.StatusSeeOther, at+"?xong=trinh")

	stale := unit.Get(at)
	chair.Get(at).Says("main", "Ký văn bản trả lời").Hides(at + "/rut-lai")
	unit.Get(at).Says("main", "đã mở xem").Hides(at + "/rut-lai")
	unit.Submit(stale, at+"/rut-lai", nil).Want(http.StatusForbidden, "")
}
