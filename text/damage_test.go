package text

import (
	"strings"
	"testing"
)

func TestDamaged(t *testing.T) {
	for s, want := range map[string]Damage{
		"Th?n M?u": DamageLost, "Thôn M\uFFFDu": DamageLost, "?ất ?ai": "", "Thôn Đ?c": DamageLost,
		"ThÃ´n Máº«u": DamageTwice, "Ä‘áº¥t": DamageTwice, "HÆ°ng": DamageTwice, "ThÃƒÂ´n": DamageTwice,
		"Thoân Maãu": DamageVNI, "Ñöùc Phoå": DamageVNI, "Nguyeãn Vaên": DamageVNI, "TRAÀN": DamageVNI,
		"Th«n §«ng Yªn": DamageTCVN3, "Thèng NhÊt": DamageTCVN3, "Xãm Míi": DamageTCVN3, "§iÒn": DamageTCVN3,
		"Thôn Mẫu": "", "Thôn Hoà Bình": "", "Hoá chất": "", "Yên Bái": "", "Khuyên": "", "Thanh Hà": "", "Xóm Đoài": "",
		"Thuê đất": "", "Nghĩa Hoè": "", "Êa Súp": "", "Thôn 3?": "", "Ai? Tôi": "", "xem http://a.vn/x?y=1": "", "": "",
		"Tòa án nhân dân": "", "Công an xã": "", "Bưu điện": "", "UBND TP. Quảng Ngãi": "", "loài giống cây": "", "Huyền": "",
	} {
		if got := Damaged(s); got != want {
			t.Errorf("Damaged(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestIllegible(t *testing.T) {
	for s, want := range map[string]Damage{
		"Kính gôûi UBND xaõ, ñöôøng vaøo thoân bò hoûng, ñeà nghò söûa chöõa.": DamageVNI,
		"KÝnh göi UBND x·, ®\u00adêng vµo th«n bÞ háng, ®Ò nghÞ söa ch÷a.":     DamageTCVN3,
		"KÃ\u00adnh gá»\u00adi UBND xÃ£, Ä‘Æ°á»ng vÃ\u00a0o thÃ´n":             DamageTwice,
		"Kính gửi UBND xã, đường vào thôn bị hỏng, đề nghị sửa chữa.":          "",
		"Kinh gui UBND xa, duong vao thon bi hong, de nghi sua chua.":          "",
		"Tôi là Noël Müller, sống ở Bình Thuận; Zoë và Raúl là con tôi.":       "",
		"Sao chưa sửa?bao giờ xong?ai làm?khi nào?":                            "",
	} {
		if got := Illegible(s); got != want {
			t.Errorf("Illegible(%q) = %q, want %q", s, got, want)
		}
	}
	if got := Illegible(strings.Repeat("Hoà bình, khoẻ mạnh, quý hoá. ", 200)); got != "" {
		t.Errorf("correct text is %q", got)
	}
}

// Nothing that the program itself says is taken for damaged.
func TestCataloguesAreNotDamaged(t *testing.T) {
	for key, e := range readCatalogues(t)["vi"] {
		for _, said := range e.forms {
			if d := Damaged(said); d != "" || Illegible(said) != "" {
				t.Errorf("%s is %q: %q", key, d, said)
			}
		}
	}
}
