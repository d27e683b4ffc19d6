package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatIsReadAsOneStaysOnOneLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Gọi 0912 345 678 hoặc 0255 3822 115.", "Gọi 0912~345~678 hoặc 0255~3822~115."},
		{"trong 7 ngày làm việc, từ 11 giờ 30", "trong 7~ngày làm~việc, từ 11~giờ~30"},
		{"thu 3.000 đồng một trang, 210 m² đất", "thu 3.000~đồng một trang, 210~m² đất"},
		{"Theo khoản 2 Điều 64 Luật số 10/2022/QH15", "Theo khoản~2 Điều~64 Luật số~10/2022/QH15"},
		{"thôn 4, Thôn 12 ngày 25/10/2024 tại", "thôn~4, Thôn~12~ngày~25/10/2024 tại"},
		{"Thành phố Đà Nẵng, xã Trà Giang.", "Thành~phố Đà~Nẵng, xã Trà~Giang."},
		{"của Lê Thị Giả Dụ. Ông", "của Lê~Thị~Giả~Dụ. Ông"},
		{"Nguyễn Thị Phương Thảo Quỳnh Mai", "Nguyễn~Thị~Phương~Thảo Quỳnh~Mai"},
		{"Hồ sơ thủ tục, (cá nhân) tổ  chức", "Hồ~sơ thủ~tục, (cá~nhân) tổ  chức"},
		{"hồ, sơ", "hồ, sơ"},
		{"2024 và UBND XÃ TRÀ GIANG", "2024 và UBND XÃ TRÀ GIANG"},
	}
	for _, test := range tests {
		got := string(AppendJoined([]byte("x"), []byte(test.in)))
		if want := "x" + strings.ReplaceAll(test.want, "~", "\u00a0"); got != want {
			t.Errorf("%q\n got %q\nwant %q", test.in, got, want)
		}
	}
}

// A joined text says the same: only spaces differ.
func FuzzAppendJoined(f *testing.F) {
	f.Add("Gọi 0912 345 678, hồ sơ ở Đà Nẵng  ")
	f.Fuzz(func(t *testing.T, s string) {
		got := string(AppendJoined(nil, []byte(s)))
		if plain := strings.ReplaceAll(got, "\u00a0", " "); plain != strings.ReplaceAll(s, "\u00a0", " ") {
			t.Errorf("%q became %q", s, got)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q is no text any more: %q", s, got)
		}
	})
}

func BenchmarkAppendJoined(b *testing.B) {
	page := []byte(strings.Repeat("Người dân phản ánh hồ sơ ở quầy thu 3.000 đồng một trang của thôn 4. ", 100))
	var dst []byte
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		dst = AppendJoined(dst[:0], page)
	}
}
