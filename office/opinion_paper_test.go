package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// TestTransferPapers takes out what goes with a record that is passed on, before and after that, and what its person is
// told: without a name until who takes it out has put a view of it on record.
func TestTransferPapers(t *testing.T) {
	fx := newFixture(t)
	o := fx.Slip("Công tơ điện nhà tôi ghi sai.")
	office, at := fx.As("van-phong"), web.OpinionPath(o.Number)
	office.Get(at+web.TransferFile).Want(http.StatusSeeOther, at)
	office.Get(at+pageStatus).Says(".dt-paper", "chờ phân công xử lý")
	office.Submit(office.Get(at), at+"/huong-xu-ly", url.Values{
		"huong": {"CQ-KHAC"}, "co-quan-giai-quyet": {"Điện lực Mẫu"}, "tra-loi": {"Mời ông/bà đến Điện lực Mẫu."},
	})
	p := office.Get(at)
	p.Says("#chuyen-ho-so ~ *, main", "Phiếu hướng dẫn", "Phiếu chuyển")
	office.Get(at+pageMoved).Want(http.StatusSeeOther, at)
	office.Get(at+pageGuidance).Says(".dt-paper", "Phiếu hướng dẫn", "Mời ông/bà đến Điện lực Mẫu.").Hides("Minh Họa")
	before := wordText(t, office.Get(at+web.TransferFile+docfile.Word).Want(http.StatusOK, "").Raw)
	for _, want := range []string{"/PC-UBND", "PHIẾU CHUYỂN", "Kính gửi: Điện lực Mẫu", "Công tơ điện nhà tôi ghi sai."} {
		if !strings.Contains(before, want) {
			t.Errorf("the slip does not say %q: %s", want, before)
		}
	}
	if strings.Contains(before, "Minh Họa") {
		t.Error("the slip names the person before a view is on record")
	}
	office.Submit(p, at+"/chuyen-ho-so", url.Values{
		"chuyen-co-quan": {"Điện lực Mẫu"}, "chuyen-so": {"61/UBND-VP"}, "chuyen-voi-ai": {"Ông Mẫu"},
	}).Want(http.StatusSeeOther, at+"?xong=chuyen-ho-so")
	office.Get(at+web.TransferFile).Says(".dt-paper", "Số: 61/UBND-VP", "V/v chuyển ý kiến", "của ông/bà ……")
	office.Get(at+pageGuidance).Want(http.StatusSeeOther, at)
	office.Post(at+"/nguoi-neu", url.Values{"ly-do-xem": {"deliver"}})
	p = office.Get(at + pageMoved)
	p.Says(".dt-paper", "Thông báo", "Ông/bà Nguyễn Thị Minh Họa", "Văn bản số 61/UBND-VP ngày 23/10/2024")
	if p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the notice is kept: %q", p.Header.Get("Cache-Control"))
	}
	pdf := office.Get(at+pageMoved+docfile.PDF).Want(http.StatusOK, "")
	if !strings.HasPrefix(pdf.Raw, "%PDF-") {
		t.Errorf("the notice begins with %.8q", pdf.Raw)
	}
	fx.As("van-phong-2").Get(at + pageMoved).Hides("Minh Họa")
	fx.As("dia-chinh").Get(at+web.TransferFile+docfile.PDF).Want(http.StatusForbidden, "")
}

// TestExtensionPaper tells who raised an opinion by letter that the answer comes later, why and when.
func TestExtensionPaper(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	chair, at := fx.As("chu-tich"), web.OpinionPath(o.Number)
	chair.Get(at+pageExtended).Want(http.StatusSeeOther, at)
	chair.Submit(chair.Get(at), at+"/gia-han", url.Values{
		"gia-han-den": {"04/11/2024"}, "gia-han-ly-do": {"Phải xác minh ở xã khác."},
	}).Want(http.StatusSeeOther, at+"?xong=gia-han")
	chair.Get(at).Says("section:has(#han-tra-loi)", "Thông báo gia hạn")
	chair.Get(at+pageExtended).Says(".dt-paper", "gia hạn thời hạn trả lời", "Do phải xác minh ở xã khác, Ủy ban nhân dân",
		"ngày 04/11/2024").Hides("Minh Họa")
}

// TestUrgingFile takes out the letter that urges a unit, with number and day where they are known; it names nobody.
func TestUrgingFile(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	fx.Now = fx.Now.AddDate(0, 0, 20)
	office, unit := fx.As("van-phong"), fx.Units["tu-phap-ho-tich"]
	p := office.Get(letterPath(unit, "", "57", "12/11/2024"))
	p.Says(".dt-paper", "Số: 57/", "ngày 12 tháng 11 năm 2024", string(o.Number)).Hides("Minh Họa")
	href, _ := p.Find(`a[href*="` + letterFile + docfile.Word + `"]`).Attr("href")
	letter := wordText(t, office.Get(href).Want(http.StatusOK, "").Raw)
	for _, want := range []string{"Số: 57/UBND-VP", "Kính gửi: ", string(o.Number), "quá hạn"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter does not say %q: %s", want, letter)
		}
	}
	none := letterPath(fx.Units["dia-chinh"], letterFile+docfile.PDF, "", "")
	office.Get(none).Want(http.StatusSeeOther, letterPath(fx.Units["dia-chinh"], "", "", ""))
}

// TestOnwardPapers takes out a letter to another body: as it is typed, before it has a number, and as it was recorded;
// nobody is named in it.
func TestOnwardPapers(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	unit, at := fx.As("ho-tich"), web.OpinionPath(o.Number)
	unit.Get(at).Says("main", "Tải dự thảo (Word)")
	typed := url.Values{
		"gui-loai": {"coordination"}, "gui-den": {"Công an tỉnh Mẫu"}, "gui-noi-dung": {"- Xác minh cư trú."},
	}
	draft := wordText(t, unit.Post(at+onwardDraftAt, typed).Want(http.StatusOK, "").Raw)
	typed["gui-loai"] = []string{"escalation"}
	report := wordText(t, unit.Post(at+onwardDraftAt, typed).Want(http.StatusOK, "").Raw)
	for letter, wants := range map[string][]string{
		draft:  {"V/v phối hợp", "Kính gửi: Công an tỉnh Mẫu", "Xác minh cư trú", stafftest.Matter, "/UBND-VP", "trước ngày"},
		report: {"BÁO CÁO", "/BC-UBND", "2. Quá trình", "Tư pháp – Hộ tịch chủ trì giải quyết", "4. Hồ sơ"},
	} {
		for _, want := range wants {
			if !strings.Contains(letter, want) {
				t.Errorf("the draft does not say %q: %s", want, letter)
			}
		}
		if strings.Contains(letter, "Minh Họa") {
			t.Errorf("the draft names the person: %s", letter)
		}
	}
	unit.Get(at).Hides("Công an tỉnh Mẫu") // nothing was recorded
	typed["gui-loai"], typed["gui-so"] = []string{"coordination"}, []string{"58/UBND-TP"}
	unit.Submit(unit.Get(at), at+"/gui-co-quan", typed).Want(http.StatusSeeOther, at+"?xong=gui-co-quan")
	href, _ := unit.Get(at).Find(`a[href*="` + onwardAt + docfile.Word + `"]`).Attr("href")
	sent := wordText(t, unit.Get(href).Want(http.StatusOK, "").Raw)
	if !strings.Contains(sent, "Số: 58/UBND-TP") || !strings.Contains(sent, "ngày 23 tháng 10 năm 2024") {
		t.Errorf("the letter says %s", sent)
	}
	unit.Get(at+onwardAt+docfile.PDF+"?van-ban=x").Want(http.StatusSeeOther, at+partOnward)
	fx.As("dia-chinh").Post(at+onwardDraftAt, typed).Want(http.StatusForbidden, "")
}

// TestSubmissionSheet takes out the sheet with which an answer goes to who signs on paper, until it is signed; nobody
// is named in it.
func TestSubmissionSheet(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	unit, at := fx.As("ho-tich"), web.OpinionPath(o.Number)
	unit.Get(at+pageSubmission).Want(http.StatusSeeOther, at)
	unit.Submit(unit.Get(at), at+"/trinh", url.Values{
		"tra-loi": {"Mời bà nhận bản sao tại quầy 1 ngày 25/10/2024."}, "can-cu": {"Luật Hộ tịch 2014"},
	}).Want(http.StatusSeeOther, at+"?xong=trinh")
	unit.Get(at).Says("main", "Phiếu trình")
	fx.As("chu-tich").Get(at+pageSubmission).Says(".dt-paper", "Phiếu trình", "quầy 1 ngày 25/10/2024",
		"Luật Hộ tịch 2014", stafftest.Matter, "Ý kiến Chủ tịch").Hides("Minh Họa")
	sheet := wordText(t, unit.Get(at+pageSubmission+docfile.Word).Want(http.StatusOK, "").Raw)
	if !strings.Contains(sheet, "PHỤ TRÁCH ĐƠN VỊ") {
		t.Errorf("the sheet says %s", sheet)
	}
	answered := web.OpinionPath(fx.Answered(stafftest.Matter).Number)
	unit.Get(answered+pageSubmission).Want(http.StatusSeeOther, answered)
}
