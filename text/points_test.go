package text

import (
	"slices"
	"strings"
	"testing"
)

func TestPoints(t *testing.T) {
	for name, tt := range map[string]struct {
		list string
		want []Point
	}{
		"numbered, with a heading, a wrapped line and who made it": {
			"UBND XÃ GIẢ ĐỊNH\nDANH SÁCH Ý KIẾN THÔN 2\n\n1. Đường bê tông xóm 3 hư hỏng,\nđề nghị sửa.\n" +
				"2) Ông Nguyễn Văn A, thôn 2: Xin cấp lại sổ đỏ.\n3/ Nước máy yếu.\n\nTrưởng thôn\nTrần Văn B",
			[]Point{
				{Text: "UBND XÃ GIẢ ĐỊNH DANH SÁCH Ý KIẾN THÔN 2", Aside: true},
				{Text: "Đường bê tông xóm 3 hư hỏng, đề nghị sửa."},
				{Text: "Xin cấp lại sổ đỏ.", Name: "Nguyễn Văn A", Place: "thôn 2"},
				{Text: "Nước máy yếu."},
				{Text: "Trưởng thôn Trần Văn B", Aside: true},
			},
		},
		"bullets within a number are no points": {
			"1. Đề nghị:\n- sửa cống;\n- nạo vét kênh.\n2. Đèn đường tắt.",
			[]Point{{Text: "Đề nghị:\n- sửa cống;\n- nạo vét kênh."}, {Text: "Đèn đường tắt."}},
		},
		"a number that doesn't follow, a sum and a date begin nothing": {
			"1. Mức thu theo Điều\n15. Dân chưa rõ.\n1.500 đồng một khối nước là cao.\n12/10 cúp nước.\n2.Cầu yếu.",
			[]Point{
				{Text: "Mức thu theo Điều 15. Dân chưa rõ.\n1.500 đồng một khối nước là cao.\n12/10 cúp nước."},
				{Text: "Cầu yếu."},
			},
		},
		"words before the number": {
			"Câu 1: Khi nào làm đường?\nCâu hỏi số 2: Ai phụ trách?",
			[]Point{{Text: "Khi nào làm đường?"}, {Text: "Ai phụ trách?"}},
		},
		"marks": {
			"Ý kiến của bà con:\n- Rãnh nước tắc\n• Chợ bẩn\n– Bà Lê Thị Thử (thôn 1): Xin xác nhận hộ nghèo",
			[]Point{
				{Text: "Ý kiến của bà con:", Aside: true},
				{Text: "Rãnh nước tắc"}, {Text: "Chợ bẩn"},
				{Text: "Xin xác nhận hộ nghèo", Name: "Lê Thị Thử", Place: "thôn 1"},
			},
		},
		"blank lines": {
			"Đường hỏng.\nXe không qua được.\n\nLê Văn Thử: Nước bẩn.",
			[]Point{{Text: "Đường hỏng.\nXe không qua được."}, {Text: "Nước bẩn.", Name: "Lê Văn Thử"}},
		},
		"lines": {
			"Đường hỏng\nxe không qua được\nNước bẩn",
			[]Point{{Text: "Đường hỏng xe không qua được"}, {Text: "Nước bẩn"}},
		},
		"a colon makes no name": {
			"1. Đề nghị UBND xã: sửa đường.\n2. Về Giao Thông Nông Thôn: đường hẹp.\n3. Ông ấy nói: chờ.\n4. Bà:\nxin đất",
			[]Point{
				{Text: "Đề nghị UBND xã: sửa đường."}, {Text: "Về Giao Thông Nông Thôn: đường hẹp."},
				{Text: "Ông ấy nói: chờ."}, {Text: "Bà: xin đất"},
			},
		},
		"nothing": {" \n\n", nil},
	} {
		if got := Points(tt.list); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, tt.want)
		}
	}
}

// FuzzPoints holds that no letter or digit of a list is lost or invented but for its marks, and that every point says
// something.
func FuzzPoints(f *testing.F) {
	for _, s := range []string{
		"1. a\n2) b", "- a\n\nÔng Nguyễn Văn A, thôn 2: b", "Câu 1: x\n1.5", "a\nb", ":\n1.", "--\n-",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := Points(s)
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r >= 'a' && r <= 'z' {
					return r
				}
				return -1
			}, strings.ToLower(s))
		}
		var got strings.Builder
		for _, p := range all {
			if strings.TrimSpace(p.Text) == "" {
				t.Errorf("%q: an empty point", s)
			}
			got.WriteString(p.Name + p.Place + p.Text)
		}
		rest := letters(Clean(s))
		for _, r := range letters(got.String()) { // a subsequence of what was typed: nothing is invented
			i := strings.IndexRune(rest, r)
			if i < 0 {
				t.Fatalf("%q: %q is not in it", s, got.String())
			}
			rest = rest[i+1:]
		}
	})
}
