package text

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestCodeCharacters(t *testing.T) {
	const want = "EE7JXVD93PY82KP3"
	for _, typed := range []string{
		"EE7J-XVD9-3PY8-2KP3", "ee7j xvd9 3py8 2kp3", "EE7J‑XVD9—3PY8−2KP3", "EE7J‐XVD9‒3PY8―2KP3.", "ＥＥ７Ｊ－ＸＶＤ９－３ＰＹ８－２ＫＰ３",
		"https://an-phu.example/tra-cuu#EE7JXVD93PY82KP3", "Mã tra cứu: EE7J XVD9 3PY8 2KP3", "EE7J_XVD9/3PY8,2KP3",
		"\ufeffEE7J\u00a0XVD9\u200b3PY8 2KP3\n",
	} {
		if got := CodeCharacters(typed); got != want {
			t.Errorf("CodeCharacters(%q) = %q", typed, got)
		}
	}
}

func TestCodeSpellings(t *testing.T) {
	for _, tt := range []struct{ meant, typed string }{
		{"EE7J-XVD9-3PY8-2KP3", "Ê7J-XVD9-3PY8-2KP3"},  // Telex
		{"EE7J-XVD9-3PY8-2KP3", "EE7J-XVĐ-3PY8-2KP3"},  // VNI
		{"DD7J-AA29-WPY8-UWP3", "Đ7J-Â29-ƯPY8-ƯP3"},    // Telex
		{"AWTS-XVD9-3PY8-2KP3", "ĂTS-XVD9-3PY8-2KP3"},  // the breve
		{"AWTS-XVD9-3PY8-2KP3", "ẮT-XVD9-3PY8-2KP3"},   // the tone after the end of the syllable
		{"ATSX-XVD9-3PY8-2KP3", "ÁTX-XVD9-3PY8-2KP3"},  // the same
		{"ATA3-XVD9-3PY8-2KP3", "ÂT3-XVD9-3PY8-2KP3"},  // the hat after the end of the syllable
		{"DAD3-XVD9-3PY8-2KP3", "ĐA3-XVD9-3PY8-2KP3"},  // the stroke after the vowel
		{"A62X-U7Y5-E38J-Y4KP", "ẦX-ƯỴ-Ẻ8J-ỸKP"},       // VNI: A6 and 2, U7, Y5, E3, Y4
		{"AEUF-YJ32-WPY8-2KP3", "AÈU-Ỵ32-ƯPY8-2KP3"},   // Telex
		{"EE7J-XVD9-3PY8-2KP3", "eẽj-xvḍ-êpý-âkpê"},    // Windows
		{"DD7J-XVD9-3PY8-2KP3", "Ð7J-XVD9-3PY8-2KP3"},  // as it looks elsewhere
		{"UWJ2-XVD9-3PY8-2KP3", "Ự2-XVD9-3PY8-2KP3"},   // three keys in one letter
		{"EEX7-ASAF-3PY8-2KP3", "Ễ7-ÁÀ-3PY8-2KP3"},     // several letters
		{"EE7J-XVD9-3PY8-2KP3", "EE7J-XVD9-3PY8-2KP3"}, // nothing to undo
		{"EE7J-XVD9-3PYS-2KP3", norm.NFD.String("Ê7J-XVD9-3PÝ-2KP3")},
	} {
		all := CodeSpellings(CodeCharacters(tt.typed), 16)
		if want := CodeCharacters(tt.meant); !slices.Contains(all, want) {
			t.Errorf("%s was typed as %q: %d spellings %.5q", tt.meant, tt.typed, len(all), all)
		}
		if strings.Contains(tt.meant, tt.typed) && len(all) != 1 {
			t.Errorf("%q has %d spellings", tt.typed, len(all))
		}
	}
	for _, none := range []string{"", "Ê7J-XVD9", "EE7J-XVD9-3PY8",
		"Σ7JX-VD93-PY82-KP34", "EE7J-XVD9-3PY8-2KP34", "Þ7JX-VD93-PY82-KP3"} {
		if all := CodeSpellings(CodeCharacters(none), 16); len(all) > 0 {
			t.Errorf("%q has the spellings %.3q", none, all)
		}
	}
}

func FuzzCodeSpellings(f *testing.F) {
	for _, s := range []string{"Ê7J-XVD9-3PY8-2KP3", "ựựựựựựựự", "ẮẮẮẮẮẮẮẮ", "https://x#ĐĐ", "ＡＢ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := CodeSpellings(CodeCharacters(s), 16)
		if len(all) > maxSpellings {
			t.Errorf("%d spellings of %q", len(all), s)
		}
		for _, c := range all {
			if len([]rune(c)) != 16 || MadeByTyping(s) && len(c) != 16 {
				t.Errorf("%q is no spelling of 16 characters", c)
			}
		}
	})
}
