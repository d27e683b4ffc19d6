package text

import (
	"os"
	"strings"
	"testing"
	"unicode"
)

// typedWith writes a text as an old font does, for tests.
func typedWith(t *testing.T, s string, font Damage) string {
	t.Helper()
	var b strings.Builder
	for _, r := range s {
		small := unicode.ToLower(r)
		found := string(r)
		switch font {
		case DamageTCVN3:
			for from, to := range tcvn3Letters {
				if to == r || to == small && !strings.ContainsRune("ăâêôơưđ", small) ||
					to == small && unicode.IsUpper(r) && to != r {
					found = string(from)
					if to == r {
						break
					}
				}
			}
		case DamageVNI:
			for from, to := range vniLetters {
				if to == small {
					found = from
					if unicode.IsUpper(r) {
						found = strings.ToUpper(from)
					}
				}
			}
		}
		b.WriteString(found)
	}
	return b.String()
}

func TestFromOldFont(t *testing.T) {
	for _, c := range []struct {
		font        Damage
		typed, want string
	}{
		{DamageTCVN3, "KÕ ho¹ch tæ chøc ®èi tho¹i víi nh©n d©n n¨m 2024", "Kế hoạch tổ chức đối thoại với nhân dân năm 2024"},
		{DamageTCVN3, "KÕ HO¹CH", "KẾ HOẠCH"},
		{DamageTCVN3, "Nh÷ng ng\u00adêi ë UBND x·", "Những người ở UBND xã"},
		{DamageTCVN3, "§Æng V¨n Gi¶ §Þnh", "Đặng Văn Giả Định"},
		{DamageVNI, "Keá hoaïch toå chöùc ñoái thoaïi vôùi nhaân daân naêm 2024",
			"Kế hoạch tổ chức đối thoại với nhân dân năm 2024"},
		{DamageVNI, "KEÁ HOAÏCH ÑOÁI THOAÏI", "KẾ HOẠCH ĐỐI THOẠI"},
		{DamageVNI, "Kyù nhaän, loaïi tröø, nghóa vuï, höõu ích", "Ký nhận, loại trừ, nghĩa vụ, hữu ích"},
		{"", "Kế hoạch", "Kế hoạch"},
	} {
		if got := FromOldFont(c.typed, c.font); got != c.want {
			t.Errorf("%s: %q, want %q", c.font, got, c.want)
		}
	}
}

// TestOldFontsAndBack types a whole plan with each font and reads it back.
func TestOldFontsAndBack(t *testing.T) {
	b, err := os.ReadFile("../plan/testdata/plan-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, font := range []Damage{DamageTCVN3, DamageVNI} {
		for i, line := range strings.Split(string(b), "\n") {
			typed := typedWith(t, line, font)
			if got := FromOldFont(typed, font); got != line {
				t.Errorf("%s, line %d\ngot  %q\nwant %q\ntyped %q", font, i+1, got, line, typed)
			}
		}
		all := typedWith(t, string(b), font)
		if got := Illegible(all); got != font {
			t.Errorf("%s is taken for %q", font, got)
		}
	}
}
