package text

import "testing"

func TestCommittee(t *testing.T) {
	const want = "Ủy ban nhân dân tỉnh Quảng Ngãi"
	for _, typed := range []string{
		"UBND tỉnh Quảng Ngãi", "ubnd  Tỉnh Quảng Ngãi", "U.B.N.D. tỉnh Quảng Ngãi", "Uỷ ban Nhân dân tỉnh Quảng Ngãi",
		"tỉnh Quảng Ngãi", "Tỉnh Quảng Ngãi", want,
	} {
		if got := Committee(typed); got != want {
			t.Errorf("%q is %q", typed, got)
		}
	}
	for typed, want := range map[string]string{
		"UBND TỈNH Quảng Ngãi": "Ủy ban nhân dân tỉnh Quảng Ngãi", "UBND": "UBND", "": "", "Bộ Nội vụ": "Bộ Nội vụ",
		"UBND Đặc khu Lý Sơn": "Ủy ban nhân dân đặc khu Lý Sơn", "Tỉnhh": "Tỉnhh",
	} {
		if got := Committee(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestPlaceName(t *testing.T) {
	kinds := []string{"xã", "phường", "đặc khu"}
	for typed, want := range map[string][2]string{
		"Trà Giang": {"Trà Giang", ""}, "xã Trà Giang": {"Trà Giang", "xã"}, "XÃ TRÀ GIANG": {"Trà Giang", "xã"},
		"UBND xã Trà Giang": {"Trà Giang", "xã"}, "Ủy ban nhân dân Phường Trà Giang": {"Trà Giang", "phường"},
		"trà giang": {"Trà Giang", ""}, "Đặc khu Lý Sơn": {"Lý Sơn", "đặc khu"}, "Xá Lượng": {"Xá Lượng", ""},
		"P. Trần Phú": {"Trần Phú", "phường"}, "Xã-Trà Giang": {"Trà Giang", "xã"}, "TT Sông Vệ": {"thị trấn Sông Vệ", ""},
		"P.Trần Phú": {"Trần Phú", "phường"}, "Tịnh Ấn-Tây": {"Tịnh Ấn-Tây", ""}, "Ea Kar": {"Ea Kar", ""},
		"phường Phường Đúc": {"Phường Đúc", "phường"}, "xã": {"Xã", ""}, "": {"", ""},
	} {
		if name, kind := PlaceName(typed, kinds); name != want[0] || kind != want[1] {
			t.Errorf("%q is %q of %q", typed, name, kind)
		}
	}
}
