package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// TestReplacing: every kind of paper that is replaced by another one says so once, before the sign that nothing
// follows, by the name that its kind has on paper; an authority may word it.
func TestReplacing(t *testing.T) {
	on := calendar.DateOf(2026, time.November, 5)
	old := doithoai.Document{Number: "12/TB-UBND", Dated: calendar.DateOf(2024, time.November, 5)}
	names := map[doithoai.PaperKind]string{
		doithoai.PaperConclusion: "Thông báo", doithoai.PaperMinutes: "Biên bản", doithoai.PaperPreparation: "Công văn",
		doithoai.PaperProposal: "Tờ trình", doithoai.PaperInvitation: "Giấy mời",
		doithoai.PaperDialogueMoved: "Thông báo", doithoai.PaperPosting: "Thông báo", doithoai.PaperRefusal: "Thông báo",
		doithoai.PaperTold: "Thông báo", doithoai.PaperGuidance: "Phiếu hướng dẫn", doithoai.PaperMoved: "Thông báo",
		doithoai.PaperAssignment: "Phiếu giao xử lý",
	}
	for kind, name := range names {
		before, _ := Example(kind, commune, on)
		d := Replacing(before, old)
		want := name + " này thay thế " + name + " số 12/TB-UBND ngày 05 tháng 11 năm 2024 của "
		at := slices.IndexFunc(d.Body, func(b doc.Block) bool {
			p, ok := b.(doc.Paragraph)
			return ok && strings.HasPrefix(p.Runs[0].Text, want)
		})
		if at < 0 || len(d.Body) != len(before.Body)+1 || slices.ContainsFunc(d.Body[:at], func(b doc.Block) bool {
			p, ok := b.(doc.Paragraph)
			return ok && ends(p)
		}) {
			t.Errorf("%s does not say %q where it belongs, but %q", kind, want, d.Passages())
		}
		own := Worded(d, map[string]string{"document.replaces": "Bãi bỏ {{ten_loai}} {{so_van_ban}}, {{ngay}}."})
		if !slices.ContainsFunc(own.Passages(), func(p doc.Passage) bool {
			return p.Text == "Bãi bỏ "+name+" 12/TB-UBND, 05 tháng 11 năm 2024."
		}) {
			t.Errorf("%s can't be worded: %q", kind, own.Passages())
		}
	}
}
