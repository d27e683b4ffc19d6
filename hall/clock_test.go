package hall

import (
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// TestTypedDueDate: what is typed on the console obeys what a reckoned date does, and another ruling puts none off. A
// date beyond the proposed one is for who signs answers.
func TestTypedDueDate(t *testing.T) {
	h := newHall(t)
	both := h.officers["thuky"] // the secretary, who signs for the chair too
	both.Roles = append(slices.Clone(both.Roles), doithoai.RoleChair)
	h.officers = maps.Clone(h.officers)
	h.officers["kiem"] = both
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	for due, words := range map[string]string{
		"02/11/2024": "02/11/2024 là ngày nghỉ; ngày làm việc kế tiếp là 04/11/2024",
		"01/01/2025": "muộn nhất là ngày 20/11/2024", // a day off too: one thing is said at a time
		"30/12/2099": "muộn nhất là ngày 20/11/2024",
	} {
		f := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", due, "han-ly-do", "Phải xác minh")
		h.do("kiem", http.MethodPost, path, f).want(http.StatusUnprocessableEntity, ".govuk-error-summary", words)
	}
	f := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", "08/11/2024")
	h.post(path, f).want(http.StatusUnprocessableEntity, "#han-error", "Muộn nhất là ngày 06/11/2024. Cần thêm")
	a := h.do("kiem", http.MethodPost, path, f)
	a.want(http.StatusUnprocessableEntity, "#han-ly-do-error", "sau hạn đề nghị (ngày 06/11/2024)")
	f = a.fields()
	f.Set("han-ly-do", "Phải xác minh ở xã khác")
	for range 2 { // the second click is harmless
		if a := h.do("kiem", http.MethodPost, path, f); a.Code != http.StatusSeeOther {
			t.Fatalf("with the reason: status %d: %s", a.Code, a.text("main"))
		}
	}
	if f := h.get(path).fields(); f.Get("tra-loi") != "" {
		t.Errorf("the reason is offered as what was answered: %q", f.Get("tra-loi"))
	}
	a = h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "vp", "han", "30/12/2024"))
	a.want(http.StatusUnprocessableEntity, "#han-error", "Hạn đang có là ngày 08/11/2024")
	if a := h.post(path, h.fill(path, "huong", "PH", "don-vi", "vp", "han", "")); a.Code != http.StatusSeeOther {
		t.Fatalf("another unit, the same date: status %d: %s", a.Code, a.text("main"))
	}
	if p := h.file(row.Opinion.ID).Petition; p.Due != calendar.DateOf(2024, 11, 8) || p.Extended != 1 {
		t.Errorf("ruled again: %+v", p)
	}
}

// TestAnotherRulingKeepsTheClock: what was overdue when it is ruled again on the console stays so; its unit is
// corrected under the date that passed, and no later one is taken.
func TestAnotherRulingKeepsTheClock(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	first := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", "30/10/2024")
	if a := h.post(path, first); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.text("main"))
	}
	h.later = 12 * 24 * time.Hour // Monday, 4 November
	if got := h.fill(path).Get("han"); got != "30/10/2024" {
		t.Errorf("the form proposes %q", got)
	}
	for _, due := range []string{"04/11/2024", "30/12/2024", "31/12/2027"} {
		a := h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", due, "han-ly-do", "Phải xác minh"))
		a.want(http.StatusUnprocessableEntity, "#han-error", "Hạn đang có là ngày 30/10/2024")
	}
	for unit, due := range map[string]string{"vp": "30/10/2024", "ho tich": ""} {
		a := h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", unit, "han", due))
		if a.Code != http.StatusSeeOther {
			t.Errorf("%s under %q: status %d: %s", unit, due, a.Code, a.text("main"))
		}
	}
	p := h.file(row.Opinion.ID).Petition
	if today := h.db.Now().Date(); p.Due != calendar.DateOf(2024, 10, 30) || p.Extended != 0 || !today.After(p.Due) {
		t.Errorf("ruled again on %s: %+v", today, p)
	}
}
