package search

import (
	"fmt"
	"testing"
)

// alikeIndex holds what people of a commune raise, among others things of each kind.
func alikeIndex() *Index {
	x := NewIndex()
	for i, said := range []string{
		"Rãnh thoát nước trước cổng trường tiểu học thôn 2 bị tắc, mưa xuống là ngập. Đề nghị nạo vét.",
		"Cong truong tieu hoc thon 2 nuoc ngap, ranh thoat nuoc tac lau ngay chua nao vet.",
		"Đường bê tông xóm 3 hư hỏng nặng, xe máy đi lại khó khăn. Đề nghị sửa chữa.",
		"Tôi xin cấp lại giấy chứng nhận quyền sử dụng đất bị mất, nộp hồ sơ ở đâu?",
		"Thủ tục chứng thực chữ ký mất bao nhiêu lâu, phí bao nhiêu?",
		"Đề nghị xã cho biết hộ nghèo được hỗ trợ tiền điện như thế nào.",
		"Đèn đường từ chợ đến trạm y tế tắt đã hai tháng, đề nghị sửa.",
		"Làm giấy khai sinh cho cháu quá hạn có bị phạt không?",
	} {
		x.Add(Document{ID: int64(i + 1), Key: fmt.Sprint(i), Question: said})
	}
	return x
}

func everywhere(Scope) bool { return true }

// What says the same in other words is found, with marks and without; what only shares the words of asking is not.
func TestAlike(t *testing.T) {
	x := alikeIndex()
	for said, want := range map[string][]string{
		"Nạo vét rãnh thoát nước ở cổng trường tiểu học thôn 2, nước ngập cả tuần.": {"0", "1"},
		"Đường bê tông ở xóm 3 hỏng, xin sửa chữa để xe máy đi lại.":                {"2"},
		"Bị mất giấy chứng nhận quyền sử dụng đất thì xin cấp lại ở đâu?":           {"3"},
		"Đề nghị xã cho biết ai phụ trách, làm như thế nào, mất bao lâu?":           nil,
		"": nil,
	} {
		var got []string
		for _, l := range x.Alike(said, everywhere, LeastAlike, 5) {
			got = append(got, l.Key)
		}
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", said, got, want)
			continue
		}
		for _, key := range want {
			found := false
			for _, g := range got {
				found = found || g == key
			}
			if !found {
				t.Errorf("%q: %v, want %v", said, got, want)
			}
		}
	}
}

// The same text is 1, whatever the case and the marks; what is out of the scope takes no place.
func TestLikeness(t *testing.T) {
	x := alikeIndex()
	const said = "Đèn đường từ chợ đến trạm y tế tắt đã hai tháng, đề nghị sửa."
	if l := x.Likeness(said, "ĐEN DUONG tu cho den tram y te tat da hai thang de nghi sua"); l < 0.99 {
		t.Errorf("without marks: %.2f", l)
	}
	if l := x.Likeness(said, "Rãnh thoát nước bị tắc."); l > 0.05 {
		t.Errorf("something else: %.2f", l)
	}
	if l := x.Likeness("từ lạ hoắc", "từ lạ hoắc"); l < 0.99 {
		t.Errorf("words that no document has: %.2f", l)
	}
	if l := x.Likeness("", said); l != 0 {
		t.Errorf("nothing: %.2f", l)
	}
	if got := x.Alike(said, func(Scope) bool { return false }, 0, 5); len(got) != 0 {
		t.Errorf("out of the scope: %v", got)
	}
	if got := x.Alike(said, everywhere, 0, 1); len(got) != 1 || got[0].Key != "6" || got[0].Likeness < 0.99 {
		t.Errorf("the likest: %v", got)
	}
}
