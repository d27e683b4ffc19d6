package form

import (
	"strings"
	"testing"

	"doithoai/calendar"
	"doithoai/doc"
)

// TestReplyLeavesOut: a letter says nothing of what isn't there, and always how to disagree.
func TestReplyLeavesOut(t *testing.T) {
	text := func(r Reply) string {
		var b strings.Builder
		if err := doc.WriteHTML(&b, r.Letter(head("")), 1); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	short := text(Reply{Name: "Mai", Raised: calendar.DateOf(2026, 10, 2), Answer: "Đã sửa xong.", Drafted: "VP"})
	for _, absent := range []string{
		"Căn cứ", "xác minh", "Các việc", "thẩm quyền giải quyết của", "Công văn số", "liên hệ",
	} {
		if strings.Contains(short, absent) {
			t.Errorf("the letter says %q of nothing", absent)
		}
	}
	for _, present := range []string{
		"Ông/bà Mai", "của ông/bà Mai", "Đã sửa xong.", "ý kiến của ông/bà gửi ngày", "chưa đồng ý", "để ông/bà được biết./.",
	} {
		if !strings.Contains(short, present) {
			t.Errorf("the letter lacks %q", present)
		}
	}
	long := text(Reply{Name: "Mai", Elsewhere: &ReplyElsewhere{Body: "Công an tỉnh"}, Bases: "Điều 5.", Drafted: "VP"})
	if !strings.Contains(long, "thẩm quyền giải quyết của Công an tỉnh.") || !strings.Contains(long, "Căn cứ: Điều 5.<") {
		t.Errorf("the letter is %s", long)
	}
}
