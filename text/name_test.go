package text

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestSameName(t *testing.T) {
	for _, same := range [][]string{
		{"Hòa giải ở cơ sở", "Hoà giải ở cơ sở", "HÒA GIẢI Ở CƠ SỞ",
			norm.NFD.String("Hoà giải ở cơ sở"), " hòa  giải ở cơ sở "},
		{"Thôn Hòa Bình", "Thôn Hoà Bình", "Thôn\u00a0Hoà\u2003Bình"},
		{"Cư trú – định danh", "Cư trú - định danh", "Cư trú — định danh", "Cư trú − định danh", "Cư trú‑định danh"},
		{"Thúy", "Thuý"}, {"Khỏe", "Khoẻ"}, {"Thủy lợi", "Thuỷ lợi"}, {"Quý", "Qúy"}, {"Toàn", "Tòan"}, {"Của", "Cuả"},
		{"Văn hóa, thể thao", "Văn hoá,thể thao", "Văn hóa , thể thao"},
		{"Đất đai", "Ðất đai", "Ɖất ðai", "đất đai"},
		{"Tổ “Bình Yên”", `Tổ "Bình Yên"`, "Tổ 'Bình Yên'", "Tổ ‘Bình Yên’"},
		{"Thôn 3", "Ｔhôn ３"},
	} {
		for _, s := range same {
			if !SameName(same[0], s) {
				t.Errorf("%q and %q are not one name: %+q, %+q", same[0], s, NameKey(same[0]), NameKey(s))
			}
			if NearKey(same[0]) != NearKey(s) {
				t.Errorf("%q and %q are not near: %q, %q", same[0], s, NearKey(same[0]), NearKey(s))
			}
		}
	}
}

func TestNearNames(t *testing.T) {
	for _, near := range [][]string{
		{"Thôn 3", "Thon 3", "Thôn 03", "THÔN 3"},
		{"Thôn Hòa Bình", "Thôn Hóa Bình", "thon hoa binh"},
		{"Lý Sơn", "Lí Sơn"}, {"Kỹ thuật", "Kĩ thuật"}, {"Mỹ Khê", "Mĩ Khê"}, {"Tỷ lệ", "Tỉ lệ"},
		{"N.V.M.Thử", "n v m thu"},
	} {
		for _, s := range near[1:] {
			if NearKey(near[0]) != NearKey(s) {
				t.Errorf("%q and %q are not near: %q, %q", near[0], s, NearKey(near[0]), NearKey(s))
			}
		}
	}
	for _, s := range []string{"Thon 3", "Thôn 03", "Thôn 30", "Thôn 3A"} {
		if SameName("Thôn 3", s) {
			t.Errorf("Thôn 3 and %q are one name", s)
		}
	}
	for _, other := range [][2]string{
		{"Thôn 3", "Thôn 30"}, {"Thôn 1 2", "Thôn 12"}, {"Tuy", "Tui"}, {"Thôn 0", "Thôn"}, {"Thủy", "Thủ"},
	} {
		if NearKey(other[0]) == NearKey(other[1]) {
			t.Errorf("%q and %q are near", other[0], other[1])
		}
	}
}

// Spellings around a name change nothing: forms, capitals, dashes, spaces.
func FuzzNameKey(f *testing.F) {
	for _, s := range []string{"Hoà giải – cơ sở", "Ðội 3", "Quý", "a\u0323\u0302 b", "'“x”'", "03", "ﬁ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := NameKey(s)
		for _, again := range []string{
			CleanLine(s), "  " + s + "\n", norm.NFD.String(Clean(s)), strings.ReplaceAll(s, "-", "–"),
			strings.ReplaceAll(s, " ", "\u00a0"),
		} {
			if got := NameKey(again); got != key {
				t.Errorf("NameKey(%+q) = %+q, of %+q %+q", again, got, s, key)
			}
			if NearKey(again) != NearKey(s) {
				t.Errorf("NearKey(%+q) = %q, of %+q %q", again, NearKey(again), s, NearKey(s))
			}
		}
		if strings.ContainsFunc(key, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }) ||
			strings.TrimSpace(key) != key {
			t.Errorf("NameKey(%+q) = %+q", s, key)
		}
	})
}

func TestDoubtKey(t *testing.T) {
	for _, pair := range [][2]string{
		{"Thôn1", "Thôn 1"}, {"Thôn 01", "thon 1"}, {"TDP 3", "Tổ dân phố 3"}, {"TDP3", "tổ dân phố 03"}, {"Quý", "Quí"},
		{"Phú Quý", "Phú Quí"}, {"Phòng Kinh-tế", "Phòng Kinh tế"}, {"Thi đua, khen thưởng", "Thi đua – Khen thưởng"},
		{"cu tru dinh danh", "Cư trú, định danh"}, {"Đất đai.", "dat dai"}, {"KP 2", "Khu phố 2"},
	} {
		if a, b := DoubtKey(pair[0]), DoubtKey(pair[1]); a != b {
			t.Errorf("%q is %q, %q is %q", pair[0], a, pair[1], b)
		}
	}
	for _, pair := range [][2]string{{"Thôn 1", "Thôn 11"}, {"Thôn 1", "Tổ 1"}, {"Quý", "Quê"}, {"Thôn 1A", "Thôn 1B"}} {
		if a := DoubtKey(pair[0]); a == DoubtKey(pair[1]) {
			t.Errorf("%q and %q are both %q", pair[0], pair[1], a)
		}
	}
}
