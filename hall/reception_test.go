package hall

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/web"
)

const receptionRoot = root + web.ReceptionPart

// invite puts somebody on the list of the dialogue.
func (h *hallTest) invite(name, title string) plan.Invitation {
	h.Helper()
	i, err := h.db.AddDelegate(h.Context(), h.officers["vanphong"].Actor(), h.dialogue.ID, plan.Delegate{
		Invitation: plan.Invitation{Name: name, Title: title, Capacity: plan.CapacityDelegate},
	})
	h.must(err)
	return i
}

// formKey is the id that the page's forms carry.
func formKey(a answer) string { return a.doc.Find(`input[name="khoa"]`).First().AttrOr("value", "") }

// TestReception notes who is invited, who comes in their place, and who is on no list; each is counted once, and what
// was noted by mistake is taken back.
func TestReception(t *testing.T) {
	h := newHall(t)
	h.get(receptionRoot).want(http.StatusOK, "main", "Chỉ ghi có mặt trong ngày hội nghị")
	h.later = 48 * time.Hour // the dialogue's hour
	phan := h.invite("Phan Văn Nháp", "Trưởng thôn 1")
	h.invite("Trần Thị Ví Dụ", "Phó Chủ tịch Hội Nông dân")
	page := h.get(receptionRoot)
	page.want(http.StatusOK, ".dt-heads", "0 có mặt", "#reception-list", "Phan Văn Nháp")
	form := formKey(page)

	h.get(receptionRoot+"?tim=ph").want(http.StatusOK, ".dt-hits", "Phan Văn Nháp")
	if text := h.get(receptionRoot + "?tim=ph").text(".dt-hits"); strings.Contains(text, "Ví Dụ") {
		t.Errorf("two letters find a post: %s", text)
	}
	h.get(receptionRoot+"?tim=nong+dan").want(http.StatusOK, ".dt-hits", "Trần Thị Ví Dụ")

	key := "i-" + string(phan.ID)
	again := h.post(receptionRoot+"/co-mat", url.Values{"khoa": {form}, "co-mat": {key}, "chuc-vu": {"Phó"}})
	again.want(http.StatusUnprocessableEntity, "main", "Ghi họ và tên người đến")
	done := h.post(receptionRoot+"/co-mat", url.Values{
		"khoa": {form}, "co-mat": {key}, "ho-ten": {"Lê Thị Dự Thay"}, "chuc-vu": {"Phó Trưởng thôn 1"},
	})
	if to := done.Header().Get("Location"); done.Code != http.StatusSeeOther || to != receptionRoot+"?xong=check_in" {
		t.Fatalf("status %d to %q: %s", done.Code, to, done.text("main"))
	}
	h.get(receptionRoot).want(http.StatusOK, ".dt-heads__all", "1 có mặt", ".dt-hits__row--in", "Lê Thị Dự Thay",
		".dt-hits__row--in", "dự thay Phan Văn Nháp")

	walkIn := formKey(h.get(receptionRoot))
	h.post(receptionRoot+"/co-mat", url.Values{"khoa": {walkIn}, "ho-ten": {"Nguyễn Thị Thí Dụ"}}).
		want(http.StatusUnprocessableEntity, ".dt-walkin", "Chọn nơi ở")
	for range 2 { // sent twice, it is one
		h.post(receptionRoot+"/co-mat", url.Values{
			"khoa": {walkIn}, "ho-ten": {"Nguyễn Thị Thí Dụ"}, "thon": {string(h.villages[1].ID)},
			"phat-bieu": {"1"},
		}).want(http.StatusSeeOther)
	}
	second := url.Values{"khoa": {walkIn}, "ho-ten": {"Trần Văn Thứ Hai"}, "thon": {elsewhere}}
	refused := h.post(receptionRoot+"/co-mat", second) // the page before, with another name typed over the first
	refused.want(http.StatusConflict, "main", "Người khác đã được ghi", ".dt-heads__all", "2 có mặt")
	if formKey(refused) == walkIn || refused.doc.Find("#ho-ten").AttrOr("value", "") != "Trần Văn Thứ Hai" {
		t.Error("what was typed can't be sent again")
	}
	h.get(receptionRoot+"/danh-sach").
		want(http.StatusOK, ".dt-heads__all", "2 có mặt", ".dt-hits", "Thôn 2 · muốn phát biểu")

	h.post(receptionRoot+"/ma", url.Values{"ma": {"ABCD-EFGH"}}).
		want(http.StatusUnprocessableEntity, "main", "Mã không phải")

	rec, err := h.db.Reception(t.Context(), h.officers["thuky"].Actor(), h.dialogue.ID)
	h.must(err)
	undo := url.Values{"bo": {string(rec.Present[1].ID)}, "phien-ban": {"1"}}
	h.post(receptionRoot+"/bo", undo).want(http.StatusSeeOther)
	h.post(receptionRoot+"/bo", undo).
		want(http.StatusConflict, ".dt-heads__all", "1 có mặt")
	if got := h.do("diachinh", http.MethodGet, receptionRoot, nil).Code; got != http.StatusForbidden {
		t.Errorf("a unit's officer sees reception: %d", got)
	}
}

// TestPresiding notes who really presides, since when and why.
func TestPresiding(t *testing.T) {
	h := newHall(t)
	h.later = 48 * time.Hour
	to := receptionRoot + "/chu-tri"
	f := url.Values{"lan": {"1"}, "chu-tri": {"Bà Cao Thị Giả Thiết, Phó Chủ tịch"}, "gio": {"23:59"}, "ly-do": {"họp"}}
	h.post(to, f).want(http.StatusUnprocessableEntity, "main", "Ghi giờ trong ngày hội nghị")
	f.Set("gio", calendar.ClockOf(h.db.Now()).String())
	f.Set("ly-do", "Chủ tịch được triệu tập họp khẩn")
	h.post(to, f).want(http.StatusSeeOther)
	h.get(receptionRoot).want(http.StatusOK, ".dt-preside", "Bà Cao Thị Giả Thiết", ".dt-preside", "họp khẩn")
}
