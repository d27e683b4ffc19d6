package office

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/store"
)

// TestDeskByRole gives each role its own work, and the work of others to wait for.
func TestDeskByRole(t *testing.T) {
	fx := newFixture(t)
	ctx := t.Context()
	fx.slip("Một ý kiến chưa có hướng xử lý của người dân.")              // ND-24-0001
	fx.assigned("Hai: bản sao trích lục khai sinh bị hẹn lại nhiều lần.") // ND-24-0002
	submitted := fx.assigned("Ba: hồ sơ đất đai nộp từ tháng tám chưa trả.")
	must(t, fx.db.SubmitAnswer(ctx, fx.actor("ho-tich"), submitted.ID, 1, doithoai.Answer{Body: "Đã có kết quả."}))
	fx.answered("Bốn: đường thôn 1 ngập nước mỗi khi mưa lớn.")

	tests := []struct {
		login   string
		mine    map[string]string // number: the row's action
		waiting []string
	}{
		{"van-phong", map[string]string{"ND-24-0001": "Ghi hướng xử lý", "ND-24-0004": "Soạn bản công khai"}, []string{"ND-24-0002", "ND-24-0003"}},
		{"thu-ky", map[string]string{"ND-24-0001": "Ghi hướng xử lý"}, []string{"ND-24-0002", "ND-24-0003", "ND-24-0004"}},
		{"chu-tich", map[string]string{"ND-24-0003": "Xem, ký"}, []string{"ND-24-0001", "ND-24-0002", "ND-24-0004"}},
		{"ho-tich", map[string]string{"ND-24-0002": "Soạn trả lời"}, []string{"ND-24-0003", "ND-24-0004"}},
	}
	for _, tt := range tests {
		t.Run(tt.login, func(t *testing.T) {
			p := fx.as(tt.login).get("/noi-bo").want(http.StatusOK, "")
			for number, action := range tt.mine {
				row := p.Find(`main tr:has(a[href^="` + opinionPath(doithoai.RegisterNumber(number)) + `#muc"]):has(.govuk-button)`)
				if !strings.Contains(row.Text(), action) {
					t.Errorf("%s: want %q in %q", number, action, row.Text())
				}
			}
			var waiting []string
			for _, row := range p.Find("section:has(#cho-nguoi-khac) tbody .dt-muted").EachIter() {
				waiting = append(waiting, row.Text())
			}
			if !slices.Equal(waiting, tt.waiting) {
				t.Errorf("%v wait for others, want %v, the earliest due first", waiting, tt.waiting)
			}
		})
	}
	fx.as("van-phong").get("/noi-bo").says("main", "Báo kết quả ND-24-0004 · Bốn: đường thôn 1 ngập nước mỗi khi mưa lớn · đã chờ 0 ngày làm việc", "gọi điện hoặc nhắn tin")
	fx.as("chu-tich").get("/noi-bo").says("section:has(#don-vi)", "Tư pháp – Hộ tịch", "2")
	fx.as("dia-chinh").get("/noi-bo").says("main", "Hiện không có việc nào").hides("ND-24-")
	fx.as("quan-tri").get("/noi-bo").says("main", "Tài khoản quản trị không xem nội dung ý kiến").hides("ND-24-")
}

// TestDeskByDueDate moves one task through the parts of the desk.
func TestDeskByDueDate(t *testing.T) {
	fx := newFixture(t)
	fx.assigned(matter) // due on Wednesday, 30 October 2024
	for _, tt := range []struct {
		on           time.Time
		part, worded string
	}{
		{morning, "#sau-do", "còn 5 ngày làm việc"},
		{morning.AddDate(0, 0, 5), "#tuan-nay", "còn 2 ngày làm việc"},
		{morning.AddDate(0, 0, 7), "#hom-nay", "hết hôm nay"},
		{morning.AddDate(0, 0, 9), "#qua-han", "quá hạn 2 ngày làm việc"},
	} {
		fx.now = tt.on
		p := fx.as("ho-tich").get("/noi-bo")
		p.says("section:has("+tt.part+")", "ND-24-0001", "T4, 30/10/2024", tt.worded).says(".dt-step", "ND-24-0001", tt.worded)
	}
	fx.as("ho-tich").get("/noi-bo/y-kien?loc=qua-han").says("main", "ND-24-0001", "quá hạn 2 ngày làm việc", "Quá hạn 1")
	fx.as("van-phong").get("/noi-bo").says(".dt-jump .dt-due--late", "Đang chờ người khác 1, quá hạn 1")
}

// TestNextDialogue shows the next dialogue on every desk that has work, and who may open what of it.
func TestNextDialogue(t *testing.T) {
	fx := newFixture(t)
	fx.announce()
	for login, way := range map[string]string{"van-phong": "Mở bàn thư ký", "thu-ky": "Mở bàn thư ký", "chu-tich": "Xem trang công khai", "ho-tich": "Xem trang công khai"} {
		b := fx.as(login)
		b.get("/noi-bo").says("main", "Hội nghị đối thoại năm 2024", "T6, 25/10/2024, 08 giờ (còn 2 ngày)", way)
		p := b.get("/noi-bo/doi-thoai").says("tbody", "T6, 25/10/2024", "08 giờ", "còn 2 ngày", "Trang công khai")
		if n := p.Find(`tbody a[href^="/hoi-truong/"]`).Length(); (n == 1) != (way == "Mở bàn thư ký") {
			t.Errorf("%s: %d links to the console", login, n)
		}
	}
	fx.as("quan-tri").get("/noi-bo").hides("Hội nghị đối thoại năm 2024")
}

// TestRegisterSaysWhenDue gives an opinion one due date in the register, on the desk and on its page, and calls it late on
// the same day.
func TestRegisterSaysWhenDue(t *testing.T) {
	fx := newFixture(t)
	office := fx.as("van-phong")
	fx.slip("Một ý kiến chưa có hướng xử lý của người dân.")
	fx.answered("Hai: đường thôn 1 ngập nước mỗi khi mưa lớn.")
	for _, path := range []string{"/noi-bo", "/noi-bo/y-kien?so=0001", "/noi-bo/y-kien/ND-24-0001"} {
		office.get(path).says("main", "T6, 25/10/2024", "còn 2 ngày làm việc")
	}
	office.get("/noi-bo/y-kien?so=0002").says("tbody", "T4, 30/10/2024 trả lời đúng hạn")
	fx.now = morning.AddDate(0, 0, 5)
	office = fx.as("van-phong")
	office.get("/noi-bo/y-kien?loc=qua-han").says("main", "Quá hạn 1").says("tbody .dt-row--late", "ND-24-0001", "quá hạn 1 ngày làm việc")
	office.get("/noi-bo").says("section:has(#qua-han)", "ND-24-0001")
}

// TestRegister filters, searches by number and pages.
func TestRegister(t *testing.T) {
	fx := newFixture(t)
	fx.assigned(matter)
	for range registerLimit + 1 {
		fx.slip("Đề nghị xã sửa đường liên thôn trước mùa mưa.")
	}
	office := fx.as("van-phong")
	p := office.get("/noi-bo/y-kien")
	p.says(".moj-sub-navigation", "Tất cả 32", "Chờ phân loại 31", "Đang xử lý 1", "Quá hạn 0")
	if n := p.Find("tbody tr").Length(); n != registerLimit {
		t.Fatalf("%d rows on the first page", n)
	}
	next, _ := p.Find(`a[rel="next"]`).Attr("href")
	p = office.get(next)
	p.says("tbody", "ND-24-0001", "ND-24-0002")
	if p.Find("tbody tr").Length() != 2 || p.Find(`a[rel="next"]`).Length() != 0 || p.Find(`a[rel="prev"]`).Length() != 1 {
		t.Errorf("the second page has %d rows", p.Find("tbody tr").Length())
	}
	p = office.get("/noi-bo/y-kien?so=nd-24-0001")
	p.says("tbody", "ND-24-0001", "Đang xử lý", "T4, 30/10/2024")
	if p.Find("tbody tr").Length() != 1 {
		t.Errorf("%d rows of the number", p.Find("tbody tr").Length())
	}
	office.get("/noi-bo/y-kien?so=%25&loc=x").says("main", "Không có ý kiến nào mang số “%”")
	office.get("/noi-bo/y-kien/nd-24-0001").want(http.StatusOK, "").says("h1", "ND-24-0001")
	fx.as("dia-chinh").get("/noi-bo/y-kien?so=ND-24-0001").says("main", "Không có ý kiến nào mang số")
}

// TestDraftsSurvive keeps what was typed over a reload and a restart, with a script and without.
func TestDraftsSurvive(t *testing.T) {
	fx := newFixture(t)
	o := fx.assigned(matter)
	at := opinionPath(o.Number)
	unit := fx.as("ho-tich")
	p := unit.get(at)
	form := p.Find(`form[data-draft="answer:` + string(o.ID) + `"]`)
	if form.Length() != 1 {
		t.Fatal("the answer's form saves no draft")
	}
	values := fieldsOf(form)
	values.Set("tra-loi", "Đang soạn dở")
	values.Set("nhap", "answer:"+string(o.ID))
	values.Set("khoa", "bí mật")

	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, fx.server.URL+"/noi-bo/ban-nhap", strings.NewReader(values.Encode()))
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	answer := unit.do(req).want(http.StatusOK, "")
	var got struct{ Saved string }
	must(t, json.Unmarshal([]byte(answer.raw), &got))
	if got.Saved != "08\u00a0giờ\u00a030\u00a0phút" {
		t.Errorf("saved at %q", got.Saved)
	}
	fx.server.Close()
	fx.serve()
	unit = fx.as("ho-tich")
	p = unit.get(at)
	p.says("[data-draft-status]", "Nháp tự lưu lúc 08 giờ 30 phút")
	if p.value("#tra-loi") != "Đang soạn dở" {
		t.Errorf("restored %q", p.value("#tra-loi"))
	}
	d, err := fx.db.Draft(t.Context(), fx.actor("ho-tich"), store.DraftAnswer, string(o.ID))
	must(t, err)
	for _, name := range notDrafted {
		if _, kept := d.Fields[name]; kept {
			t.Errorf("the draft keeps %q", name)
		}
	}
	values.Set("tra-loi", "Soạn thêm")
	unit.post("/noi-bo/ban-nhap", values).want(http.StatusSeeOther, at)
	unit.submit(unit.get(at), at+"/trinh", nil).want(http.StatusSeeOther, at+"?xong=trinh")
	if d, err = fx.db.Draft(t.Context(), fx.actor("ho-tich"), store.DraftAnswer, string(o.ID)); err != nil || d.Fields != nil {
		t.Errorf("after it was submitted, the draft holds %v, %v", d.Fields, err)
	}
	for _, name := range []string{"", "x:y", "answer:" + strings.Repeat("x", maxSubject+1)} {
		if p := unit.post("/noi-bo/ban-nhap", url.Values{"nhap": {name}}); p.status != http.StatusUnprocessableEntity {
			t.Errorf("a draft of %.20q: %d", name, p.status)
		}
	}
	if p := unit.post("/noi-bo/ban-nhap", url.Values{"nhap": {"answer:x"}, "tra-loi": {strings.Repeat("x", store.MaxDraft)}}); p.status != http.StatusUnprocessableEntity {
		t.Errorf("a huge draft: %d", p.status)
	}
}

// TestSlipForSomebody types a slip for somebody: problems at their fields, a draft, one receipt however often it is sent.
func TestSlipForSomebody(t *testing.T) {
	fx := newFixture(t)
	office := fx.as("van-phong")
	p := office.get("/noi-bo/phieu-moi")
	p = office.submit(p, "/noi-bo/phieu-moi", url.Values{"noi-dung": {matter}})
	p.want(http.StatusUnprocessableEntity, "").says("#ho-ten-error", "").says("#doc-lai-error", "")
	if p.value("#noi-dung") != matter || p.Find(".govuk-error-summary").Length() != 1 {
		t.Errorf("kept %q", p.value("#noi-dung"))
	}
	typed := url.Values{"kenh": {"phone"}, "cach-neu": {"written"}, "toi-la": {"person"}, "ho-ten": {"Hồ Thị Giả Sử"}, "thon": {string(fx.villages[1].ID)}, "nhan-tra-loi": {"aloud"}, "da-doc": {"1"}, "doc-lai": {"1"}}

	draft := url.Values{"nhap": {"slip:"}, "noi-dung": {matter}, "khoa": {"x"}}
	for name, v := range typed {
		draft[name] = v
	}
	office.post("/noi-bo/ban-nhap", draft).want(http.StatusSeeOther, "/noi-bo")
	restored := office.get("/noi-bo/phieu-moi")
	if restored.value("#ho-ten") != "Hồ Thị Giả Sử" || restored.value("#noi-dung") != matter {
		t.Errorf("restored %q, %q", restored.value("#ho-ten"), restored.value("#noi-dung"))
	}
	receipt := office.submit(restored, "/noi-bo/phieu-moi", nil)
	receipt.want(http.StatusOK, "").says("main", "ND-24-0001", "Mã tra cứu", "Giữ kín")
	if receipt.header.Get("Cache-Control") != "no-store" || receipt.Find(".dt-qr svg").Length() != 1 {
		t.Errorf("Cache-Control %q, %d QR codes", receipt.header.Get("Cache-Control"), receipt.Find(".dt-qr svg").Length())
	}
	again := office.submit(restored, "/noi-bo/phieu-moi", nil)
	again.want(http.StatusOK, "")
	if again.text(".dt-code--secret .dt-code__value") != receipt.text(".dt-code--secret .dt-code__value") || again.text(".dt-code--secret .dt-code__value") == "" {
		t.Error("the same form gave another receipt")
	}
	p = office.submit(restored, "/noi-bo/phieu-moi", url.Values{"ho-ten": {"Người Khác Hẳn"}})
	p.want(http.StatusConflict, "").says(".govuk-error-summary", "")
	if office.get("/noi-bo/phieu-moi").value("#ho-ten") != "" {
		t.Error("the draft outlived its slip")
	}
	office.get("/noi-bo/y-kien/ND-24-0001").says("main", "nêu qua điện thoại", "Người ghi", "Trần Thị Ví Dụ").hides("Hồ Thị Giả Sử")
}
