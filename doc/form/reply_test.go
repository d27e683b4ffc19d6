package form

import (
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// TestReplyLeavesOut: a letter says nothing of what isn't there, and always how to disagree.
func TestReplyLeavesOut(t *testing.T) {
	written := func(r Reply) string {
		var b strings.Builder
		if err := doc.WriteHTML(&b, r.Letter(head("")), 1); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	short := written(Reply{Name: "Mai", Raised: calendar.DateOf(2026, 10, 2), Answer: "Đã sửa xong.", Drafted: "VP"})
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
	long := written(Reply{Name: "Mai", Elsewhere: &ReplyElsewhere{Body: "Công an tỉnh"}, Bases: "Điều 5.", Drafted: "VP"})
	if !strings.Contains(long, "thẩm quyền giải quyết của Công an tỉnh.") || !strings.Contains(long, "Căn cứ: Điều 5.<") {
		t.Errorf("the letter is %s", long)
	}
}

// TestRefusalNoticeExplains: the notice has the words of who refused before it tells of the right to complain.
func TestRefusalNoticeExplains(t *testing.T) {
	var b strings.Builder
	notice := RefusalNotice(head(""), Refused{
		Name: "Mai", Decided: calendar.DateOf(2026, 10, 22), Refusal: doithoai.Refusal{Ground: doithoai.RefusedSettled},
		Words: "Bản án đã có hiệu lực.",
	})
	if err := doc.WriteHTML(&b, notice, 1); err != nil {
		t.Fatal(err)
	}
	ground := text.LowerFirst(vietnamese.T("refusal.ground." + string(doithoai.RefusedSettled)))
	at, words := strings.Index(b.String(), ground), strings.Index(b.String(), "Bản án đã có hiệu lực.")
	if at < 0 || words < at {
		t.Errorf("the notice is %s", b.String())
	}
}
