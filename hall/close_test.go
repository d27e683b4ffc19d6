package hall

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
)

const (
	closeRoot   = root + web.ClosePart
	minutesRoot = root + web.MinutesPart
)

// inputs reads a form of a page by its address.
func (a answer) inputs(action string) url.Values {
	f := url.Values{}
	a.doc.Find(`form[action="` + action + `"]`).Find("input, textarea").Each(func(_ int, s *goquery.Selection) {
		value := s.AttrOr("value", "")
		if goquery.NodeName(s) == "textarea" {
			value = s.Text()
		}
		f.Set(s.AttrOr("name", ""), value)
	})
	return f
}

// sends fills the form of a page whose address is given, and wants to be led on.
func (h *hallTest) sends(login, page, action string, pairs ...string) answer {
	h.Helper()
	f := h.do(login, http.MethodGet, page, nil).inputs(action)
	if len(f) == 0 {
		h.Fatalf("%s has no form %s for %s", page, action, login)
	}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	a := h.do(login, http.MethodPost, action, f)
	if a.Code != http.StatusSeeOther {
		h.Fatalf("%s: status %d: %s", action, a.Code, a.text("main"))
	}
	return a
}

// begin starts the dialogue at its hour.
func (h *hallTest) begin() {
	h.Helper()
	h.later = 48*time.Hour + 10*time.Minute
	d, err := h.db.Dialogue(h.Context(), h.officers["thuky"].Actor(), h.dialogue.ID)
	h.must(err)
	_, err = h.db.StartDialogue(h.Context(), h.officers["thuky"].Actor(), d.ID, d.Version, h.db.Now())
	h.must(err)
}

// ruleAtOnce answers an opinion at once.
func (h *hallTest) ruleAtOnce(id doithoai.ID) {
	h.Helper()
	_, err := h.db.RuleOpinion(h.Context(), h.officers["thuky"].Actor(), id, 1, doithoai.Ruling{
		Code: doithoai.RulingOnTheSpot, Text: "Sẽ nạo vét trước mùa mưa.", AnsweredBy: "Ông Đặng Văn Giả Định",
	})
	h.must(err)
}

// TestClose closes a dialogue while an opinion is open: closing is possible, locking is not, and says why; once all is
// ruled, composed and read back, it is.
func TestClose(t *testing.T) {
	h := newHall(t)
	h.get(closeRoot).want(http.StatusOK, ".dt-tally", "Chưa bắt đầu", ".dt-balance", "Tổng đã nhận")
	h.begin()
	first, second := h.record("Trần Thị Ví Dụ", "Mương thoát nước tắc."), h.record("", "Quầy để dân chờ lâu.")
	h.ruleAtOnce(first.Opinion.ID)
	h.later += time.Hour
	page := h.get(closeRoot)
	page.want(http.StatusOK, ".dt-step", "ghi giờ bế mạc", "#tong", "2 ý kiến đã nhận, 1 có hướng xử lý, còn 1",
		".dt-openlist", string(second.Opinion.Number), ".dt-balance__slips", "1 ý kiến chưa rõ tên",
		"#khoa-bien-ban", "chưa bế mạc", ".dt-minutes", "Trần Thị Ví Dụ (phát biểu): Mương thoát nước tắc.")
	early := page.inputs(closeRoot + "/be-mac")
	early.Set("luc", "07:00")
	h.post(closeRoot+"/be-mac", early).want(http.StatusUnprocessableEntity, ".dt-step .govuk-error-message", "")
	early.Set("luc", "sáng")
	wrong := h.post(closeRoot+"/be-mac", early)
	wrong.want(http.StatusUnprocessableEntity)
	if got := wrong.doc.Find("#luc").AttrOr("value", ""); got != "sáng" {
		t.Errorf("what was typed became %q", got)
	}
	h.sends("thuky", closeRoot, closeRoot+"/be-mac")
	page = h.get(closeRoot)
	page.want(http.StatusOK, ".dt-tally", "Đã bế mạc", ".dt-step", "Ghi ý kiến "+string(second.Opinion.Number),
		"#khoa-vi-sao", "còn 1 ý kiến chưa có hướng xử lý")
	if lock := page.doc.Find("#khoa-bien-ban button"); lock.AttrOr("aria-disabled", "") != "true" ||
		lock.AttrOr("aria-describedby", "") != "khoa-vi-sao" {
		t.Error("the lock is not shut with its reason")
	}
	h.sends("thuky", minutesRoot, minutesRoot+"/soan") // the minutes may be composed all the same
	h.ruleAtOnce(second.Opinion.ID)
	h.get(closeRoot).want(http.StatusOK, ".dt-step", "Soạn lại biên bản", "#khoa-vi-sao", "đã có thay đổi")
	h.sends("thuky", closeRoot, minutesRoot+"/soan")
	h.get(closeRoot).want(http.StatusOK, ".dt-step", "Đọc lại biên bản", "#khoa-vi-sao", "chưa đọc lại")
	h.sends("thuky", minutesRoot, minutesRoot+"/doc-lai")
	page = h.get(closeRoot)
	page.want(http.StatusOK, "#tong", "đủ", ".dt-step", "Khóa ở cột bên", "#khoa-bien-ban", "không sửa được nữa")
	if n := page.doc.Find(".dt-step .govuk-button").Length(); n != 0 {
		t.Errorf("%d primary buttons beside the lock", n)
	}
	h.sends("thuky", closeRoot, minutesRoot+"/khoa")
	if to := h.get(root); to.Code != http.StatusSeeOther || to.Header().Get("Location") != closeRoot {
		t.Errorf("the console after the lock: %d to %q", to.Code, to.Header().Get("Location"))
	}
	h.get(closeRoot).want(http.StatusOK, ".dt-step", "biên bản đã khóa", "#khoa-bien-ban", "SHA-256")
	locked := h.get(minutesRoot)
	locked.want(http.StatusOK, ".dt-tally", "Đã khóa", ".dt-paper__foot", "Chủ tọa", ".dt-record__hash", "sổ đối chứng")
	if n := locked.doc.Find(".dt-record__fix, .dt-record form").Length(); n != 0 {
		t.Errorf("%d ways to change locked minutes", n)
	}
	findings, _, _, err := h.db.Verify(t.Context())
	h.must(err)
	if len(findings) > 0 {
		t.Errorf("verify: %v", findings)
	}
}

// TestMinutesPage corrects a paragraph with a trace, and shows what keeps it from being corrected.
func TestMinutesPage(t *testing.T) {
	h := newHall(t)
	h.begin()
	o := h.record("Trần Thị Ví Dụ", "Mương thoát nước tắc.").Opinion
	h.get(minutesRoot).want(http.StatusOK, ".dt-tally", "Bản xem trước", "main", "chỉ soạn sau khi bế mạc")
	h.later += time.Hour
	h.sends("thuky", closeRoot, closeRoot+"/be-mac")
	h.sends("vanphong", minutesRoot, minutesRoot+"/soan")
	key := "y-kien/" + string(o.Number)
	page := h.get(minutesRoot + "?sua=" + url.QueryEscape(key))
	page.want(http.StatusOK, "#sua", "Sửa một đoạn", ".dt-paper", "Mương thoát nước tắc.")
	f := page.inputs(minutesRoot + "/sua")
	f.Set("noi-dung", "1. Bà Trần Thị Ví Dụ: mương thôn 1 tắc.")
	refused := h.post(minutesRoot+"/sua", f)
	refused.want(http.StatusUnprocessableEntity, "main", "Ghi lý do sửa", "textarea", "mương thôn 1 tắc")
	f.Set("ly-do", "Nghe lại băng ghi âm")
	h.post(minutesRoot+"/sua", f).want(http.StatusSeeOther)
	h.get(minutesRoot).want(http.StatusOK, ".dt-paper", "mương thôn 1 tắc", ".dt-record__trace", "Nghe lại băng ghi âm",
		".dt-record__trace del", "Mương thoát nước tắc.")
	h.post(minutesRoot+"/sua", f).want(http.StatusConflict, "main", "đã thay đổi sau khi")
	h.do("chutich", http.MethodPost, minutesRoot+"/sua", f).want(http.StatusForbidden)
	if got := h.do("diachinh", http.MethodGet, minutesRoot, nil).Code; got != http.StatusForbidden {
		t.Errorf("a unit's officer reads the minutes: %d", got)
	}
	read := h.get(minutesRoot).inputs(minutesRoot + "/doc-lai")
	read.Set("truoc", "")
	h.post(minutesRoot+"/doc-lai", read).want(http.StatusUnprocessableEntity, "main", "Ghi đã đọc lại cho ai nghe")
}

// TestConclusion writes the chair's words; the table of assignments comes from the rulings.
func TestConclusion(t *testing.T) {
	h := newHall(t)
	h.begin()
	o := h.record("Trần Thị Ví Dụ", "Hồ sơ đất đai bị yêu cầu thêm giấy.").Opinion
	_, err := h.db.RuleOpinion(t.Context(), h.officers["thuky"].Actor(), o.ID, 1, doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: h.units[2].ID, Proposed: true,
	})
	h.must(err)
	path := root + web.ConclusionPart
	h.sends("chutich", path, path, "noi-dung", "Ghi nhận, cảm ơn các ý kiến.")
	page := h.get(path)
	page.want(http.StatusOK, ".dt-paper", "Ghi nhận, cảm ơn các ý kiến.",
		".dt-paper table", "Bộ phận Địa chính – Xây dựng",
		".dt-paper table", "Xác minh, trả lời sau", ".dt-paper table", string(o.Number))
	if strings.Contains(page.text(".dt-paper"), "Trần Thị Ví Dụ") {
		t.Error("the notice names who raised an opinion")
	}
	h.do("chutich", http.MethodPost, path, url.Values{"noi-dung": {" "}, "tu-ban": {"1"}}).
		want(http.StatusUnprocessableEntity, "main", "Ghi nội dung")

	// What it gives units to do is typed with it, judged line by line, and stands in the minutes.
	rules, err := h.db.Rules(t.Context(), h.officers["chutich"].AuthorityID)
	h.must(err)
	day := rules.Calendar.AddWorkdays(h.db.Now().Date(), 2)
	given := url.Values{
		"noi-dung": {"Ghi nhận."}, "tu-ban": {"1"}, "hua-viec": {"", "Dán bảng tại quầy", "Mời bà Trần Thị Ví Dụ"},
		"hua-don-vi": {"", string(h.units[2].ID), string(h.units[2].ID)}, "hua-han": {"", day.Words(), day.Words()},
	}
	h.do("chutich", http.MethodPost, path, given).
		want(http.StatusUnprocessableEntity, "#hua-viec-2-error", "bỏ họ tên")
	given["hua-viec"][2], given["hua-don-vi"][2], given["hua-han"][2] = "", "", ""
	h.do("chutich", http.MethodPost, path, given).want(http.StatusSeeOther)
	h.get(path).want(http.StatusOK, ".dt-paper", "Dán bảng tại quầy", ".dt-paper", day.Words())
	h.get(minutesRoot).want(http.StatusOK, ".dt-paper",
		"Việc 1: Dán bảng tại quầy; Bộ phận Địa chính – Xây dựng chủ trì; hạn ngày")
}

// TestCorrectAttendancePage adds who was there after all: the head count of the day stays, and says so.
// TestPapersAsFiles takes the minutes and the conclusion out as Word file and PDF; who may not see them gets neither.
func TestPapersAsFiles(t *testing.T) {
	h := newHall(t)
	h.begin()
	for _, at := range []string{minutesRoot, root + web.ConclusionPart} {
		for ending, begins := range map[string]string{docfile.Word: "PK", docfile.PDF: "%PDF-"} {
			if a := h.do("thuky", http.MethodGet, at+ending, nil); a.Code != http.StatusOK ||
				!strings.HasPrefix(a.Body.String(), begins) || a.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s%s: %d, %.10q", at, ending, a.Code, a.Body.String())
			}
			if a := h.do("diachinh", http.MethodGet, at+ending, nil); a.Code != http.StatusForbidden {
				t.Errorf("%s%s: another officer gets %d", at, ending, a.Code)
			}
		}
	}
}

func TestCorrectAttendancePage(t *testing.T) {
	h := newHall(t)
	invited := h.invite("Phan Văn Nháp", "Trưởng thôn 1")
	h.begin()
	h.later += time.Hour
	h.sends("thuky", closeRoot, closeRoot+"/be-mac")
	action := closeRoot + "/diem-danh"
	f := h.do("vanphong", http.MethodGet, closeRoot, nil).inputs(action)
	f.Set("dai-bieu", string(invited.ID))
	h.do("vanphong", http.MethodPost, action, f).want(http.StatusUnprocessableEntity, "main", "lý do")
	f.Set("ly-do", "Đến trễ, bàn đón tiếp chưa ghi")
	h.do("vanphong", http.MethodPost, action, f).want(http.StatusSeeOther)
	const told = "Điểm danh bổ sung sau hội nghị: +1 Phan Văn Nháp (Đến trễ, bàn đón tiếp chưa ghi); " +
		"số người dự của ngày giữ nguyên 0."
	h.get(closeRoot).want(http.StatusOK, ".dt-close__sum", told)
	h.get(minutesRoot).want(http.StatusOK, ".dt-paper", "+1 Phan Văn Nháp")
	h.do("thuky", http.MethodPost, action, f).want(http.StatusForbidden)
}
