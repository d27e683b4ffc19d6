package hall

import (
	"net/http"
	"testing"

	"doithoai/calendar"
)

// TestTypedDueDate: what is typed on the console obeys what a reckoned date does, and another ruling puts none off.
func TestTypedDueDate(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	for due, words := range map[string]string{
		"02/11/2024": "02/11/2024 là ngày nghỉ; ngày làm việc kế tiếp là 04/11/2024",
		"01/01/2025": "01/01/2025 là ngày nghỉ; ngày làm việc kế tiếp là 02/01/2025",
		"30/12/2099": "muộn nhất là ngày 20/11/2024",
	} {
		f := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", due, "han-ly-do", "Phải xác minh")
		h.post(path, f).want(http.StatusUnprocessableEntity, ".govuk-error-summary", words)
	}
	a := h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", "08/11/2024"))
	a.want(http.StatusUnprocessableEntity, "#han-ly-do-error", "sau hạn đề nghị (ngày 06/11/2024)")
	f := a.fields()
	f.Set("han-ly-do", "Phải xác minh ở xã khác")
	if a := h.post(path, f); a.Code != http.StatusSeeOther {
		t.Fatalf("with the reason: status %d: %s", a.Code, a.text("main"))
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
