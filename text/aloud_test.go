package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAloud(t *testing.T) {
	for typed, want := range map[string]string{
		"UBND xã tiếp nhận TTHC.": "Ủy ban nhân dân xã tiếp nhận thủ tục hành chính.",
		"TT HĐND, UBMTTQ, CBCC":   "Thường trực Hội đồng nhân dân, Ủy ban Mặt trận Tổ quốc, cán bộ, công chức",
		"lúc 8h30":                "lúc tám giờ ba mươi",
		"08 giờ":                  "tám giờ",
		"07 giờ 30 phút":          "bảy giờ ba mươi phút",
		"8:05":                    "tám giờ năm phút",
		"07h00":                   "bảy giờ",
		"7h30 - 11h":              "bảy giờ ba mươi đến mười một giờ",
		"13 giờ 30 đến 17 giờ":    "mười ba giờ ba mươi đến mười bảy giờ",
		"8hộ":                     "8hộ",
		"ngày 25/10/2024":         "ngày hai mươi lăm tháng mười năm hai nghìn không trăm hai mươi tư",
		"25/10/2024":              "ngày hai mươi lăm tháng mười năm hai nghìn không trăm hai mươi tư",
		"T6, 25/10":               "thứ sáu, ngày hai mươi lăm tháng mười",
		"CN, 08/4/2026":           "Chủ nhật, ngày mùng tám tháng tư năm hai nghìn không trăm hai mươi sáu",
		"từ ngày 01/4 đến 30/4":   "từ ngày mùng một tháng tư đến ngày ba mươi tháng tư",
		"sáng 25/10":              "sáng ngày hai mươi lăm tháng mười",
		"3/4 số hộ":               "ba trên bốn số hộ",
		"31/02/2024":              "ba mươi mốt hoặc hai hoặc hai nghìn không trăm hai mươi tư",
		"tháng 4/2024":            "tháng tư năm hai nghìn không trăm hai mươi tư",
		"quý II/2024 và quý IV":   "quý hai năm hai nghìn không trăm hai mươi tư và quý bốn",
		"Đại hội lần thứ XIII":    "Đại hội lần thứ mười ba",
		"lần thứ 1, thứ 4, lần 1": "lần thứ nhất, thứ tư, lần một",
		"04 thôn, thôn 4":         "bốn thôn, thôn bốn",
		"0255 300 0001":           "không hai năm năm, ba không không, không không không một",
		"(0255) 3.000.001":        "không hai năm năm, ba, không không không, không không một",
		"0900000001":              "không chín không không, không không không, không không một",
		"1.500.000 đồng":          "một triệu năm trăm nghìn đồng",
		"20.000đ":                 "hai mươi nghìn đồng",
		"5 đường":                 "năm đường",
		"12,5%":                   "mười hai phẩy năm phần trăm",
		"tăng 2,75 %":             "tăng hai phẩy bảy mươi lăm phần trăm",
		"khoản 1,2,3":             "khoản một, hai, ba",
		"mục 2.3":                 "mục hai chấm ba",
		"số 01/KH-UBND":           "số không một, Kế hoạch, Ủy ban nhân dân",
		"Thông báo 87/TB-UBND":    "Thông báo số tám mươi bảy, Thông báo, Ủy ban nhân dân",
		"Luật số 72/2025/QH15":    "Luật số bảy mươi hai, năm hai nghìn không trăm hai mươi lăm, Quốc hội khóa mười lăm",
		"phát triển KT-XH":        "phát triển kinh tế xã hội",
		"10 km, 2 ha, 300m2":      "mười ki-lô-mét, hai héc-ta, ba trăm mét vuông",
		"- Bà con chú ý: đến đúng giờ./.": "Bà con chú ý: đến đúng giờ",
		"đ/c Bí thư": "đồng chí Bí thư",
		"(lần 2) “Kính mời” bà con & hộ":   "lần hai, Kính mời bà con và hộ",
		"Kính thưa bà con! Mời bà con dự.": "Kính thưa bà con!\nMời bà con dự.",
	} {
		if got := Aloud(typed).Text(); got != want {
			t.Errorf("%q:\n got %q\nwant %q", typed, got, want)
		}
	}
}

func TestAloudUnknown(t *testing.T) {
	s := Aloud("THÔNG BÁO của VNPT và ABCX, xem www.xa.example/tin, VNPT. UBND xã AN BÌNH")
	if want := []string{"VNPT", "ABCX", "www.xa.example/tin"}; !slices.Equal(s.Unknown, want) {
		t.Errorf("unknown %q, want %q", s.Unknown, want)
	}
	s = Aloud("Mời bà con, lúc 8h30. Xin cảm ơn!")
	if s.Words() != 11 || len(s.Sentences) != 2 || len(s.Sentences[0]) != 2 {
		t.Errorf("%d words in %q", s.Words(), s.Sentences)
	}
}

func FuzzAloud(f *testing.F) {
	for _, s := range []string{
		"8h30 ngày 25/10/2024", "01/KH-UBND", "T2, 3/4", "0255 300 0001", "(", "9/9/9999", "XIV", "đ/c", "- -", "%",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		script := Aloud(s)
		read := script.Text()
		if !utf8.ValidString(read) {
			t.Errorf("%q is no text", read)
		}
		for _, phrases := range script.Sentences {
			if len(phrases) == 0 || strings.TrimSpace(phrases[0]) == "" {
				t.Errorf("an empty sentence in %q", script.Sentences)
			}
		}
		if len(read) > 64*len(s)+64 {
			t.Errorf("%d bytes became %d", len(s), len(read))
		}
	})
}
