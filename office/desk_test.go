package office

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestDeskByRole gives each role its own work, and the work of others to wait for.
func TestDeskByRole(t *testing.T) {
	fx := newFixture(t)
	ctx := t.Context()
	fx.Slip("Một ý kiến chưa có hướng xử lý của người dân.")              // ND-24-0001
	fx.Assigned("Hai: bản sao trích lục khai sinh bị hẹn lại nhiều lần.") // ND-24-0002
	submitted := fx.Assigned("Ba: hồ sơ đất đai nộp từ tháng tám chưa trả.")
	answer := doithoai.Answer{Body: "Đã có kết quả."}
	stafftest.Must(t, fx.DB.SubmitAnswer(ctx, fx.Actor("ho-tich"), submitted.ID, 1, answer))
	fx.Answered("Bốn: đường thôn 1 ngập nước mỗi khi mưa lớn.")

	tests := []struct {
		login   string
		mine    map[string]string // number: the row's action
		waiting []string
	}{
		{ // the person is told before anything becomes public
			"van-phong", map[string]string{"ND-24-0001": "Ghi hướng xử lý", "ND-24-0004": "Báo kết quả"},
			[]string{"ND-24-0002", "ND-24-0003"},
		},
		{"thu-ky", map[string]string{"ND-24-0001": "Ghi hướng xử lý"}, []string{"ND-24-0004", "ND-24-0002", "ND-24-0003"}},
		{"chu-tich", map[string]string{"ND-24-0003": "Xem, ký"}, []string{"ND-24-0004", "ND-24-0001", "ND-24-0002"}},
		{"ho-tich", map[string]string{"ND-24-0002": "Soạn trả lời"}, []string{"ND-24-0004", "ND-24-0003"}},
	}
	for _, tt := range tests {
		t.Run(tt.login, func(t *testing.T) {
			p := fx.As(tt.login).Get("/noi-bo").Want(http.StatusOK, "")
			for number, action := range tt.mine {
				link := `a[href^="` + web.OpinionPath(doithoai.RegisterNumber(number)) + `"]`
				row := p.Find(`main tr:has(` + link + `):has(.govuk-button)`)
				if !strings.Contains(row.Text(), action) {
					t.Errorf("%s: want %q in %q", number, action, row.Text())
				}
			}
			var waiting []string
			for _, row := range p.Find("details.dt-rest tbody .dt-list__no").EachIter() {
				waiting = append(waiting, row.Text())
			}
			if !slices.Equal(waiting, tt.waiting) {
				t.Errorf("%v wait for others, want %v, the earliest due first", waiting, tt.waiting)
			}
		})
	}
	fx.As("van-phong").Get("/noi-bo").Says(
		"main", "Báo kết quả ND-24-0004", "Bốn: đường thôn 1 ngập nước mỗi khi mưa lớn", "đã chờ 0 ngày",
		"gọi điện hoặc nhắn tin",
	)
	fx.As("chu-tich").Get("/noi-bo").Says("section:has(#don-vi)", "Tư pháp – Hộ tịch", "2").
		Says("#cho-ky", "Chờ tôi quyết định 1", "ND-24-0003", "Xem, ký")
	fx.As("dia-chinh").Get("/noi-bo").Says("main", "Hiện không có việc nào").Hides("ND-24-")
	fx.As("quan-tri").Get("/noi-bo").Says("main", "Tài khoản quản trị không xem nội dung ý kiến").Hides("ND-24-")
}

// TestDeskTellsOfFailedMail: an answer that no mail server takes is told by hand, and the desk says why.
func TestDeskTellsOfFailedMail(t *testing.T) {
	fx := newFixture(t)
	fx.Ways = []doithoai.Way{doithoai.WayEmail}
	fx.Answered("Đường thôn 1 ngập nước mỗi khi mưa lớn.")
	parcels, err := fx.DB.ClaimParcels(t.Context(), doithoai.WayEmail, 10)
	stafftest.Must(t, err)
	for _, p := range parcels {
		stafftest.Must(t, fx.DB.SettleParcel(t.Context(), p.Delivery, doithoai.TroubleRefused))
	}
	fx.As("van-phong").Get("/noi-bo").Says("main", "không gửi được qua thư điện tử, cần báo trực tiếp")
	fx.As("van-phong").Get("/noi-bo/y-kien/ND-24-0001").Says("main", "không gửi được, cần báo trực tiếp")
}

// TestDeskByDueDate moves one task through the parts of the desk.
func TestDeskByDueDate(t *testing.T) {
	fx := newFixture(t)
	fx.Assigned(stafftest.Matter) // due on Wednesday, 30 October 2024
	for _, tt := range []struct {
		on           time.Time
		part, worded string
	}{
		{stafftest.Morning, "#sau-do", "còn 5 ngày"},
		{stafftest.Morning.AddDate(0, 0, 5), "#tuan-nay", "còn 2 ngày"},
		{stafftest.Morning.AddDate(0, 0, 7), "#hom-nay", "hết hôm nay"},
		{stafftest.Morning.AddDate(0, 0, 9), "#qua-han", "quá hạn 2 ngày"},
	} {
		fx.Now = tt.on
		p := fx.As("ho-tich").Get("/noi-bo")
		p.Says("tbody"+tt.part, "ND-24-0001", "T4, 30/10", tt.worded).
			Says(".dt-listhead .govuk-button", "Soạn trả lời ND-24-0001")
	}
	fx.As("ho-tich").Get("/noi-bo/y-kien?loc=qua-han").Says("main", "ND-24-0001", "quá hạn 2 ngày").
		Says(".moj-sub-navigation .dt-due--late", "Quá hạn 1")
	for _, login := range []string{"van-phong", "chu-tich"} { // who see to all are shown what is late with others
		fx.As(login).Get("/noi-bo").Says("tbody#qua-han", "Quá hạn 1", "ND-24-0001", "Đơn vị soạn trả lời")
	}
	// What a unit is late with is counted for the chair, and the count leads to it.
	chair := fx.As("chu-tich")
	late := chair.Get("/noi-bo").Find(`section:has(#don-vi) td a`)
	if late.Length() != 1 || !strings.HasPrefix(late.Text(), "1") {
		t.Fatalf("%d units have a count that leads on, %q", late.Length(), late.Text())
	}
	chair.Get(late.AttrOr("href", "")).Says("tbody", "ND-24-0001").Says(`[aria-current="page"]`, "Quá hạn 1")
}

// TestDeskShowsTheMostPressing: of many tasks a part of the desk shows the first, and says of how many.
func TestDeskShowsTheMostPressing(t *testing.T) {
	fx := newFixture(t)
	for i := range deskRows + 2 {
		fx.Slip(fmt.Sprintf("Ý kiến thứ %d chưa có hướng xử lý của người dân.", i+1))
	}
	p := fx.As("van-phong").Get("/noi-bo").Hides("ND-24-0026")
	p.Says("main", "Hiện 25 việc gấp nhất trong 27 việc.", "ND-24-0025")
	if n := p.Find("tbody tr:has(td)").Length(); n != deskRows {
		t.Errorf("%d rows, want %d", n, deskRows)
	}
	p.Says(".dt-jump", "27")
	fx.As("ho-tich").Get("/noi-bo").Hides("việc gấp nhất trong")
}

// TestNextDialogue shows the next dialogue on every desk that has work, and who may open what of it.
func TestNextDialogue(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	for login, way := range map[string]string{
		"van-phong": "Ghi ý kiến tại hội nghị", "thu-ky": "Ghi ý kiến tại hội nghị", "chu-tich": "Xem trang công khai",
		"ho-tich": "Xem trang công khai",
	} {
		b := fx.As(login)
		b.Get("/noi-bo").Says("main", "Hội nghị đối thoại T6, 25/10/2024, 08 giờ (còn 2 ngày)", way)
	}
	fx.As("quan-tri").Get("/noi-bo").Hides("Hội nghị đối thoại")
}

// TestRegisterSaysWhenDue gives an opinion one due date in the register, on the desk and on its page, and calls it late
// on the same day.
func TestRegisterSaysWhenDue(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	fx.Slip("Một ý kiến chưa có hướng xử lý của người dân.")
	fx.Answered("Hai: đường thôn 1 ngập nước mỗi khi mưa lớn.")
	for path, when := range map[string]string{
		"/noi-bo": "T6, 25/10 còn 2 ngày", "/noi-bo/y-kien?so=0001": "T6, 25/10 còn 2 ngày",
		"/noi-bo/y-kien/ND-24-0001": "T6, 25/10/2024",
	} {
		office.Get(path).Says("main", when)
	}
	office.Get("/noi-bo/y-kien/ND-24-0001").Says("main", "còn 2 ngày làm việc")
	office.Get("/noi-bo/y-kien?so=0002").Says("tbody", "T4, 30/10 chưa báo")
	fx.Now = stafftest.Morning.AddDate(0, 0, 5)
	office = fx.As("van-phong")
	office.Get("/noi-bo/y-kien?loc=qua-han").Says("main", "Quá hạn 1").
		Says("tbody .dt-row--late", "ND-24-0001", "quá hạn 1 ngày")
	office.Get("/noi-bo").Says("tbody#qua-han", "ND-24-0001")
}

// TestRegister filters, searches by number and pages.
func TestRegister(t *testing.T) {
	fx := newFixture(t)
	fx.Assigned(stafftest.Matter)
	for range registerLimit + 1 {
		fx.Slip("Đề nghị xã sửa đường liên thôn trước mùa mưa.")
	}
	office := fx.As("van-phong")
	office.Get("/noi-bo/y-kien").Says(`[aria-current="page"]`, "Của tôi 31") // what waits for a ruling
	fx.As("ho-tich").Get("/noi-bo/y-kien").Says("tbody", "ND-24-0001").Says(`[aria-current="page"]`, "Của tôi 1")
	chair := fx.As("chu-tich").Get("/noi-bo/y-kien")
	chair.Says("tbody", "ND-24-0001").Says(`[aria-current="page"]`, "Đang xử lý 1").Says("main", "Của tôi 0")
	p := office.Get("/noi-bo/y-kien?loc=tat-ca")
	p.Says(".moj-sub-navigation", "Tất cả 32", "Chờ hướng xử lý 31", "Đang xử lý 1", "Quá hạn 0")
	if n := p.Find("tbody tr").Length(); n != registerLimit {
		t.Fatalf("%d rows on the first page", n)
	}
	next, _ := p.Find(`a[rel="next"]`).Attr("href")
	p = office.Get(next)
	p.Says("tbody", "ND-24-0001", "ND-24-0002")
	if p.Find("tbody tr").Length() != 2 || p.Find(`a[rel="next"]`).Length() != 0 || p.Find(`a[rel="prev"]`).Length() != 1 {
		t.Errorf("the second page has %d rows", p.Find("tbody tr").Length())
	}
	p = office.Get("/noi-bo/y-kien?so=nd-24-0001")
	p.Says("tbody", "ND-24-0001", "Đang xử lý", "T4, 30/10")
	if p.Find("tbody tr").Length() != 1 {
		t.Errorf("%d rows of the number", p.Find("tbody tr").Length())
	}
	for _, typed := range []string{"nd240001", "ND 24 0001", "NĐ-24-0001", "24-1"} {
		office.Get("/noi-bo/y-kien?so="+url.QueryEscape(typed)).Says("tbody", "ND-24-0001")
	}
	office.Get("/noi-bo/y-kien?so=covid-19").Says("main", "Không tìm thấy ý kiến nào chứa “covid-19”")
	for _, typed := range []string{"NĐ-24-0001", "ý kiến số ND-24-0001", "số 24-0001"} {
		if n := office.Get("/noi-bo/y-kien?so=" + url.QueryEscape(typed)).Find("tbody tr").Length(); n != 1 {
			t.Errorf("%q: %d rows", typed, n)
		}
	}
	office.Get("/noi-bo/y-kien/"+url.PathEscape("NĐ-24-0001")).Want(http.StatusOK, "").Says(".dt-casehead", "ND-24-0001")
	office.Get("/noi-bo/y-kien?so=%25&loc=x").Says("main", "Không tìm thấy ý kiến nào chứa “%”")
	office.Get("/noi-bo/y-kien/nd-24-0001").Want(http.StatusOK, "").Says(".dt-casehead", "ND-24-0001")
	fx.As("dia-chinh").Get("/noi-bo/y-kien?so=ND-24-0001").Says("main", "Không có ý kiến nào mang số")
}

// TestRegisterFinds looks for words without marks, and narrows by unit, village and field; the headline that was set is
// what the list shows and finds.
func TestRegisterFinds(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	fx.Slip("Chợ thôn 2 thiếu chỗ để xe, họp tràn ra lòng đường.")
	office := fx.As("van-phong")
	at := web.OpinionPath(o.Number)
	office.Submit(office.Get(at), at+"/tieu-de", url.Values{"ten-goi": {"Trích lục hẹn lại ba lần"}}).
		Want(http.StatusSeeOther, at+"?xong=tieu-de")
	office.Get(at).Says("h1", "Trích lục hẹn lại ba lần").Says(".moj-timeline", "đặt tiêu đề")
	office.Submit(office.Get(at), at+"/tieu-de", url.Values{"ten-goi": {strings.Repeat("a", doithoai.MaxHeadline+1)}}).
		Want(http.StatusUnprocessableEntity, "").Says("#ten-goi-error", "")
	village := string(fx.Villages[0].ID)
	for query, found := range map[string]string{
		"so=cho+de+xe": "ND-24-0002", "so=xe+cho": "ND-24-0002", "so=trich+luc+hen": "ND-24-0001",
		"don-vi=" + string(fx.Units["tu-phap-ho-tich"]): "ND-24-0001",
		"so=cho&thon=" + village:                        "ND-24-0002",
	} {
		p := office.Get("/noi-bo/y-kien?"+query).Says("tbody", found)
		if n := p.Find("tbody tr").Length(); n != 1 {
			t.Errorf("%s: %d rows", query, n)
		}
	}
	office.Get("/noi-bo/y-kien?so=xe&don-vi="+string(fx.Units["dia-chinh"])).
		Says("main", "Không tìm thấy ý kiến nào chứa “xe”")
	office.Get("/noi-bo/y-kien?so="+url.QueryEscape("Cao Văn Chợ Đường")).Says("main", "Không tìm theo họ tên")
	office.Get("/noi-bo/y-kien?linh-vuc=dat-dai").Says("main", "Không có ý kiến nào khớp bộ lọc")
	fx.As("dia-chinh").Get("/noi-bo/y-kien?so=cho").Says("main", "Không tìm thấy ý kiến nào chứa “cho”")
}

// A search that did not look at everything says so; its pages go from what says the words best to the rest.
func TestRegisterSaysWhereItStopped(t *testing.T) {
	fx := newFixture(t)
	fx.Slip("Chợ thôn 2 thiếu chỗ để xe.")
	for range 201 {
		fx.Slip("Gom rác ở xóm.")
	}
	office := fx.As("van-phong")
	const note = "Chưa tìm hết sổ"
	if said := office.Get("/noi-bo/y-kien?so=cho+de+xe").Find("main").Text(); strings.Contains(said, note) {
		t.Error("all that there is was looked at")
	}
	p := office.Get("/noi-bo/y-kien?so=gom+rac").Says("main", note)
	next := p.Find(`a[rel="next"]`)
	if !strings.Contains(next.Text(), "Trang sau") {
		t.Errorf("the next page is called %q", next.Text())
	}
	p = office.Get(next.AttrOr("href", "")).Says("main", note)
	if first := p.Find(`a[rel="prev"]`).Text(); !strings.Contains(first, "Về trang đầu") {
		t.Errorf("the first page is called %q", first)
	}
}

// TestDraftsSurvive keeps what was typed over a reload and a restart, with a script and without.
func TestDraftsSurvive(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit := fx.As("ho-tich")
	p := unit.Get(at)
	form := p.Find(`form[data-draft="answer:` + string(o.ID) + `"]`)
	if form.Length() != 1 {
		t.Fatal("the answer's form saves no draft")
	}
	values := stafftest.FieldsOf(form)
	values.Set("tra-loi", "Đang soạn dở")
	values.Set("nhap", "answer:"+string(o.ID))
	values.Set("khoa", "bí mật")

	req, err := http.NewRequestWithContext(
		t.Context(), http.MethodPost, fx.Server.URL+"/noi-bo/ban-nhap", strings.NewReader(values.Encode()),
	)
	stafftest.Must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	answer := unit.Do(req).Want(http.StatusOK, "")
	var got struct{ Saved string }
	stafftest.Must(t, json.Unmarshal([]byte(answer.Raw), &got))
	if got.Saved != "08\u00a0giờ\u00a030\u00a0phút" {
		t.Errorf("saved at %q", got.Saved)
	}
	fx.Server.Close()
	fx.Serve()
	unit = fx.As("ho-tich")
	p = unit.Get(at)
	p.Says("[data-draft-status]", "Nháp tự lưu lúc 08 giờ 30 phút")
	if p.Value("#tra-loi") != "Đang soạn dở" {
		t.Errorf("restored %q", p.Value("#tra-loi"))
	}
	d, err := fx.DB.Draft(t.Context(), fx.Actor("ho-tich"), store.DraftAnswer, string(o.ID))
	stafftest.Must(t, err)
	for _, name := range notDrafted {
		if _, kept := d.Fields[name]; kept {
			t.Errorf("the draft keeps %q", name)
		}
	}
	values.Set("tra-loi", "Soạn thêm")
	unit.Post("/noi-bo/ban-nhap", values).Want(http.StatusSeeOther, at)
	unit.Submit(unit.Get(at), at+"/trinh", nil).Want(http.StatusSeeOther, at+"?xong=trinh")
	d, err = fx.DB.Draft(t.Context(), fx.Actor("ho-tich"), store.DraftAnswer, string(o.ID))
	if err != nil || d.Fields != nil {
		t.Errorf("after it was submitted, the draft holds %v, %v", d.Fields, err)
	}
	for _, name := range []string{"", "x:y", "answer:" + strings.Repeat("x", maxSubject+1)} {
		if p := unit.Post("/noi-bo/ban-nhap", url.Values{"nhap": {name}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a draft of %.20q: %d", name, p.Status)
		}
	}
	long := url.Values{"nhap": {"answer:x"}, "tra-loi": {strings.Repeat("x", store.MaxDraft)}}
	if p := unit.Post("/noi-bo/ban-nhap", long); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a huge draft: %d", p.Status)
	}
}

// TestSlipForSomebody types a slip for somebody: problems at their fields, a draft, one receipt however often it is
// sent.
func TestSlipForSomebody(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	p := office.Get("/noi-bo/phieu-moi")
	const mend = "/noi-bo/phieu-moi?sua"
	office.Submit(p, "/noi-bo/phieu-moi", url.Values{"noi-dung": {stafftest.Matter}, "ho-ten": {"Hồ  Thị\n\nGiả Sử"}}).
		Want(http.StatusSeeOther, mend)
	p = office.Get(mend)
	if p.Value("#ho-ten") != "Hồ Thị Giả Sử" {
		t.Errorf("the name is not of one line: %q", p.Value("#ho-ten"))
	}
	p.Want(http.StatusOK, "").Says("#doc-lai-error", "").
		Says(".govuk-error-summary", "Chưa ghi được, còn 3 mục cần sửa") // one confirmation: read back, and told
	if p.Find("[autofocus]").AttrOr("id", "") != "thon" {
		t.Error("the cursor is not at the first thing that is wrong")
	}
	if p.Value("#noi-dung") != stafftest.Matter || p.Find(".govuk-error-summary").Length() != 1 {
		t.Errorf("kept %q", p.Value("#noi-dung"))
	}
	office.Get("/noi-bo/phieu-moi").Hides("mục cần sửa")
	// Another matter leads to the form too, so that a reload posts nothing.
	office.Submit(p, "/noi-bo/phieu-moi", url.Values{"buoc": {web.StepAdd}}).
		Want(http.StatusSeeOther, "/noi-bo/phieu-moi#noi-dung-2")
	p = office.Get("/noi-bo/phieu-moi")
	if p.Value("#noi-dung") != stafftest.Matter || p.Find("#noi-dung-2[autofocus]").Length() != 1 ||
		p.Value("#ho-ten") != "Hồ Thị Giả Sử" {
		t.Error("another matter lost what was typed, or the cursor is not in it")
	}
	typed := url.Values{
		"kenh": {"phone"}, "cach-neu": {"written"}, "toi-la": {"person"}, "ho-ten": {"Hồ Thị Giả Sử"},
		"thon": {string(fx.Villages[1].ID)}, "nhan-tra-loi": {"aloud"}, "da-doc": {"1"}, "doc-lai": {"1"},
	}

	draft := url.Values{"nhap": {"slip:"}, "noi-dung": {stafftest.Matter}, "khoa": {"x"}}
	for name, v := range typed {
		draft[name] = v
	}
	office.Post("/noi-bo/ban-nhap", draft).Want(http.StatusSeeOther, "/noi-bo")
	restored := office.Get("/noi-bo/phieu-moi")
	if restored.Value("#ho-ten") != "Hồ Thị Giả Sử" || restored.Value("#noi-dung") != stafftest.Matter {
		t.Errorf("restored %q, %q", restored.Value("#ho-ten"), restored.Value("#noi-dung"))
	}
	office.Submit(restored, "/noi-bo/phieu-moi", nil).Want(http.StatusSeeOther, receiptPath)
	receipt := office.Get(receiptPath)
	receipt.Want(http.StatusOK, "").Says("main", "ND-24-0001", "Mã tra cứu", "Giữ kín", "qua điện thoại", "dòng 1").
		Hides("Hồ Thị Giả Sử")
	if strings.Contains(receipt.Text(".dt-receipt"), "Trần Thị Ví Dụ") {
		t.Error("an officer's name stands on the citizen's paper")
	}
	if receipt.Header.Get("Cache-Control") != "no-store" || receipt.Find(".dt-qr svg").Length() != 1 {
		t.Errorf("Cache-Control %q, %d QR codes", receipt.Header.Get("Cache-Control"), receipt.Find(".dt-qr svg").Length())
	}
	next := receipt.Find("a[href^='" + web.SlipPath + "?']")
	if next.Text() != "Phiếu tiếp theo cùng thôn" {
		t.Fatalf("the next slip is offered by %q", next.Text())
	}
	empty := office.Get(next.AttrOr("href", ""))
	if empty.Value("#ho-ten")+empty.Value("#noi-dung") != "" ||
		empty.Find("[name=thon][checked]").AttrOr("value", "") != string(fx.Villages[1].ID) ||
		empty.Find("[name=kenh][checked]").AttrOr("value", "") != "phone" ||
		empty.Find("[autofocus]").AttrOr("id", "") != "noi-dung" {
		t.Error("the next slip does not begin with the matter, from the same village and by the same way")
	}
	office.Submit(restored, "/noi-bo/phieu-moi", nil).Want(http.StatusSeeOther, receiptPath)
	again := office.Get(receiptPath)
	const secret = ".dt-keepsake .dt-code__value"
	if again.Text(secret) != receipt.Text(secret) || again.Text(secret) == "" {
		t.Error("the same form gave another receipt")
	}
	p = office.Submit(restored, "/noi-bo/phieu-moi", url.Values{"ho-ten": {"Người Khác Hẳn"}})
	p.Want(http.StatusConflict, "").Says(".govuk-error-summary", "")
	if office.Get("/noi-bo/phieu-moi").Value("#ho-ten") != "" {
		t.Error("the draft outlived its slip")
	}
	office.Get("/noi-bo/y-kien/ND-24-0001").Says("main", "nêu qua điện thoại", "Người ghi", "Trần Thị Ví Dụ").
		Hides("Hồ Thị Giả Sử")
}

// TestDeskShowsChores: what is left of a dialogue's preparation stands with whose it is, and leads to where it is done;
// what of it is late, who urges sees as others'.
func TestDeskShowsChores(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	all, err := fx.DB.DialogueList(t.Context(), fx.Actor("van-phong"))
	stafftest.Must(t, err)
	unit := web.WorkspacePath(all[0].ID) + web.FiguresPart + "/" + string(fx.Units["tu-phap-ho-tich"])
	if n := fx.As("ho-tich").Get("/noi-bo").Says("main", "Số liệu giải quyết thủ tục").Find(`a[href="` + unit + `"]`).
		Length(); n == 0 {
		t.Errorf("nothing leads to %s", unit)
	}
	fx.As("van-phong").Get("/noi-bo").Hides("Thông báo đến từng hộ")
	fx.Now = stafftest.Morning.AddDate(0, 0, 2).Add(-time.Hour) // an hour before it begins
	fx.As("van-phong").Get("/noi-bo").Says("main", "Thông báo đến từng hộ buổi 25/10/2024", "Thôn 1")
	fx.As("quan-tri").Get("/noi-bo").Hides("Số liệu giải quyết thủ tục", "Thông báo đến từng hộ")
}
