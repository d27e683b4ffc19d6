package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestBrief(t *testing.T) {
	const max = 110
	tests := []struct{ in, want string }{
		{"Đường ngập.", "Đường ngập"},
		{"Tôi nộp giấy xin bản sao khai sinh. Ba lần lên nhận đều được bảo về.", "Tôi nộp giấy xin bản sao khai sinh…"},
		{"Đề nghị trả lại số tiền 1.500.000 đồng. Tôi chờ lâu.", "Đề nghị trả lại số tiền 1.500.000 đồng…"},
		{"Lệ phí chứng thực bản sao ở quầy thu 3.000 đồng một trang có đúng không?",
			"Lệ phí chứng thực bản sao ở quầy thu 3.000 đồng một trang có đúng không?"},
		{
			"Theo Công văn số 12.QĐ của xã thì đường phải xong; nay chưa.",
			"Theo Công văn số 12.QĐ của xã thì đường phải xong…",
		},
		{"Kính đề nghị UBND TP. Quảng Ngãi sửa đường. Cảm ơn.", "Kính đề nghị UBND TP. Quảng Ngãi sửa đường…"},
		{"Nhà tôi ở số 5 đường P. Đ. Mẫu bị ngập, hỏi ThS. Ví Dụ thì bảo chờ. Chờ mãi.",
			"Nhà tôi ở số 5 đường P. Đ. Mẫu bị ngập, hỏi ThS. Ví Dụ thì bảo chờ…"},
		{"Giấy mời ghi số. 12 mà chưa ai nhận được. Đề nghị xem lại.", "Giấy mời ghi số. 12 mà chưa ai nhận được…"},
		{"Tôi đã nộp đủ hồ sơ. Đến nay chưa ai trả lời.", "Tôi đã nộp đủ hồ sơ. Đến nay chưa ai trả lời"},
		{"Tôi đã nộp đủ các loại hồ sơ. Nay chưa ai trả lời.", "Tôi đã nộp đủ các loại hồ sơ…"},
		{"Đề nghị sửa đường vào thôn 3. Dân chờ lâu.", "Đề nghị sửa đường vào thôn 3…"},
		{"Tôi có mấy việc muốn nêu: 1. Đường hỏng. 2. Điện yếu.", "Tôi có mấy việc muốn nêu: 1. Đường hỏng…"},
		{"Họ bảo tôi “về chờ thêm một tháng nữa.” Tôi đã chờ.", "Họ bảo tôi “về chờ thêm một tháng nữa.”…"},
		{"Sao lâu thế mà vẫn chưa xong?! Xin trả lời.", "Sao lâu thế mà vẫn chưa xong?!…"},
		{"Khi nào thôn 3 có nước sạch? Dân chờ lâu.", "Khi nào thôn 3 có nước sạch?…"},
		{"  nhiều \n khoảng   trắng  ", "nhiều khoảng trắng"},
		{strings.Repeat("từ ", 60), strings.TrimSpace(strings.Repeat("từ ", 36)) + "…"},
		{strings.Repeat("từ ", 20) + "từ, " + strings.Repeat("từ ", 40), strings.Repeat("từ ", 20) + "từ…"},
		{"từ, " + strings.Repeat("từ ", 60), "từ, " + strings.TrimSpace(strings.Repeat("từ ", 35)) + "…"},
		{strings.Repeat("ậ", 200), strings.Repeat("ậ", 109) + "…"},
	}
	for _, tt := range tests {
		got := Brief(tt.in, max)
		if got != tt.want {
			t.Errorf("Brief(%.30q) = %q, want %q", tt.in, got, tt.want)
		}
		if n := utf8.RuneCountInString(got); n > max {
			t.Errorf("Brief(%.30q) has %d characters", tt.in, n)
		}
	}
}

func TestHeadline(t *testing.T) {
	const said = "Lệ phí chứng thực bản sao ở quầy thu 3.000 đồng một trang có đúng không?"
	for _, tt := range []struct{ set, said, want string }{
		{"", said, "Lệ phí chứng thực bản sao ở quầy thu 3.000 đồng…"},
		{"Lệ phí chứng thực bản sao", said, "Lệ phí chứng thực bản sao"},
		{"", "Kính đề nghị UBND TP. Quảng Ngãi sửa đường thôn 4.", "Kính đề nghị UBND TP. Quảng Ngãi sửa đường…"},
		{"", "Khai sinh, nhập hộ khẩu và làm thẻ bảo hiểm y tế cho cháu.", "Khai sinh, nhập hộ khẩu và làm thẻ bảo hiểm…"},
		{"", "Nước đọng trước cổng trường. Trẻ em lội qua.", "Nước đọng trước cổng trường…"},
	} {
		got := Headline(tt.set, tt.said)
		if got != tt.want {
			t.Errorf("Headline(%q, %.20q) = %q, want %q", tt.set, tt.said, got, tt.want)
		}
		if n := utf8.RuneCountInString(got); n > maxHeadline {
			t.Errorf("Headline(%q, %.20q) has %d characters", tt.set, tt.said, n)
		}
	}
}

// A sentence begins behind a full stop, for titles and for neighbours in a search alike.
func TestSentencesEndAlike(t *testing.T) {
	for _, tt := range []struct {
		in   string
		ends bool
	}{
		{"thu 3.000 đồng", false}, {"UBND TP. Quảng Ngãi", false}, {"giấy số. 12", false}, {"ở Q. 3", false},
		{"đã nộp. Nay chờ", true}, {"có không? Xin đáp", true},
	} {
		const before = "Tôi xin nêu việc này để xã xem giúp: "
		cut := strings.HasSuffix(Brief(before+tt.in, 110), "…")
		parts := 0
		for w := range Words(tt.in) {
			if w.First {
				parts++
			}
		}
		if cut != tt.ends || (parts > 1) != tt.ends {
			t.Errorf("%q: cut %v, %d parts", tt.in, cut, parts)
		}
	}
}
