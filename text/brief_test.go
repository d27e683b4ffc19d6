package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHeadline(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Đường ngập.", "Đường ngập."},
		{"Tôi nộp giấy xin bản sao khai sinh. Ba lần lên nhận đều được bảo về.", "Tôi nộp giấy xin bản sao khai sinh"},
		{"Đề nghị trả lại số tiền 1.500.000 đồng. Tôi chờ lâu.", "Đề nghị trả lại số tiền 1.500.000 đồng"},
		{"Theo Công văn số 12.QĐ của xã thì đường phải xong; nay chưa.", "Theo Công văn số 12.QĐ của xã thì đường phải xong"},
		{"Kính đề nghị UBND TP. Quảng Ngãi sửa đường. Cảm ơn.", "Kính đề nghị UBND TP. Quảng Ngãi sửa đường"},
		{"Nhà tôi ở số 5 đường P. Đ. Mẫu bị ngập, hỏi ThS. Ví Dụ thì bảo chờ. Chờ mãi.",
			"Nhà tôi ở số 5 đường P. Đ. Mẫu bị ngập, hỏi ThS. Ví Dụ thì bảo chờ"},
		{"Đề nghị sửa đường vào thôn 3. Dân chờ lâu.", "Đề nghị sửa đường vào thôn 3"},
		{"Tôi có mấy việc muốn nêu: 1. Đường hỏng. 2. Điện yếu.", "Tôi có mấy việc muốn nêu: 1. Đường hỏng"},
		{"Họ bảo tôi “về chờ thêm một tháng nữa.” Tôi đã chờ.", "Họ bảo tôi “về chờ thêm một tháng nữa.”"},
		{"Sao lâu thế mà vẫn chưa xong?! Xin trả lời.", "Sao lâu thế mà vẫn chưa xong?!"},
		{"Khi nào thôn 3 có nước sạch? Dân chờ lâu.", "Khi nào thôn 3 có nước sạch?"},
		{"  nhiều \n khoảng   trắng  ", "nhiều khoảng trắng"},
		{strings.Repeat("từ ", 60), strings.TrimSpace(strings.Repeat("từ ", 36)) + "…"},
		{strings.Repeat("từ ", 20) + "từ, " + strings.Repeat("từ ", 40), strings.Repeat("từ ", 20) + "từ…"},
		{"từ, " + strings.Repeat("từ ", 60), "từ, " + strings.TrimSpace(strings.Repeat("từ ", 35)) + "…"},
		{strings.Repeat("ậ", 200), strings.Repeat("ậ", 110) + "…"},
	}
	for _, tt := range tests {
		got := Headline(tt.in)
		if got != tt.want {
			t.Errorf("Headline(%.30q) = %q, want %q", tt.in, got, tt.want)
		}
		if n := utf8.RuneCountInString(got); n > 111 {
			t.Errorf("Headline(%.30q) has %d characters", tt.in, n)
		}
	}
}
