package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	const nfc = "Ủy ban nhân dân xã Nghĩa Dũng: thủ tục đất đai, “sổ đỏ” – 3.052 m² 👍"
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"ordinary text", nfc, nfc},
		{"NFD", norm.NFD.String(nfc), nfc},
		{"half decomposed", "ê\u0301", "ế"},
		{"marks in another order", "o\u0323\u0302", "ộ"},
		{"line ends", "a\r\nb\rc\nd\u2028e\u2029f\u0085g\vh\fi", "a\nb\nc\nd\ne\nf\ng\nh\ni"},
		{"two line ends", "a\r\n\r\nb", "a\n\nb"},
		{"tab and spaces", "a\tb\u00a0c\u3000d\u2009e", "a b c d e"},
		{"controls", "a\x00b\x1b[31mc\x7fd\u0090e", "ab[31mcde"},
		{"bidirectional override", "\u202Egpj.exe\u202C\u2066x\u2069", "gpj.exex"},
		{"zero width", "đ\u200bất\u200c \u200dđai\ufeff\u2060\u00ad", "đất đai"},
		{"joined after removal", "e\u200b\u0302\u034f\u0301", "ế"},
		{"tag characters", "a\U000E0041\U000E007Fb", "ab"},
		{"Hangul filler", "a\u3164\u115fb", "ab"},
		{"private use", "a\uf0b7\U000F0000b", "ab"},
		{"noncharacter", "a\uffff\ufdd0\U0001FFFEb", "ab"},
		{"emoji", "👍🏽 ❤️ 🇻🇳 1️⃣", "👍🏽 ❤️ 🇻🇳 1️⃣"},
		{"joined emoji", "👨\u200d👩", "👨👩"},
		{"invalid bytes", "a\xff\xfe\xc3b\xe1\xba", "a\uFFFDb\uFFFD"},
		{"overlong and surrogate", "\xc0\x80a\xed\xa0\x80", "\uFFFDa\uFFFD"},
		{"tower of marks", "a" + strings.Repeat("\u0335", 200) + "b", "a" + strings.Repeat("\u0335", 8) + "b"},
		{"Korean", norm.NFD.String("각 한국"), "각 한국"},
		{"tower of vowels", strings.Repeat("\u1161", 200), strings.Repeat("\u1161", 8)},
		{"not trimmed", "  a \n", "  a \n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%+q) = %+q, want %+q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCleanLine(t *testing.T) {
	if got, want := CleanLine(" \tNguyễn\u00a0 Văn\r\n\r\nA\u200b "), "Nguyễn Văn A"; got != want {
		t.Errorf("CleanLine = %q, want %q", got, want)
	}
	if got := CleanLine(" \n\u200b\t"); got != "" {
		t.Errorf("CleanLine of blanks = %q, want nothing", got)
	}
}

func TestCut(t *testing.T) {
	for s, want := range map[string]string{"": "", "đất đai": "đất đai", "đất đai xã": "đất đai", "đất đaixã": "đất đai"} {
		if got := Cut(s, 7); got != want {
			t.Errorf("Cut(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCleanCopiesNothingOfOrdinaryText(t *testing.T) {
	s := strings.Repeat("Đề nghị cho biết thời hạn giải quyết thủ tục đất đai.\n", 30)
	if n := testing.AllocsPerRun(20, func() { Clean(s) }); n != 0 {
		t.Errorf("Clean of clean text allocates %v times, want 0", n)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"Thủ tục\r\nđất đai", norm.NFD.String("Nghĩa Dũng"), "\xff\u200d\u202e", "a\u0344\u0344\u0344\u0344\u0344",
		"\u0958\u093c\u093c", strings.Repeat("\u1161", 70), strings.Repeat("\u0300", 70), "\u1100\u1161\u11a8", "각\u115f",
		"\u0f73\u0f75\u0f81", "a\u034f\u0301",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if again := Clean(got); again != got {
			t.Errorf("Clean(Clean(%+q)) = %+q, not %+q", s, again, got)
		}
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
			t.Errorf("Clean(%+q) = %+q is not NFC in valid UTF-8", s, got)
		}
		for _, r := range got {
			hidden := unicode.IsControl(r) ||
				unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
			if r != '\n' && hidden {
				t.Errorf("Clean(%+q) keeps %U", s, r)
			}
		}
		if utf8.ValidString(s) && Clean(norm.NFD.String(s)) != Clean(norm.NFC.String(s)) {
			t.Errorf("Clean of NFD and NFC of %+q differ: %+q, %+q", s, Clean(norm.NFD.String(s)), Clean(norm.NFC.String(s)))
		}
		line := CleanLine(s)
		if strings.ContainsAny(line, "\n\t") || strings.Contains(line, "  ") || strings.TrimSpace(line) != line ||
			CleanLine(line) != line {
			t.Errorf("CleanLine(%+q) = %+q is not one folded line", s, line)
		}
	})
}

func BenchmarkCleanOrdinary(b *testing.B) {
	s := strings.Repeat("Đề nghị cho biết thời hạn giải quyết thủ tục đất đai.\n", 30)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Clean(s)
	}
}

// What isClean passes without asking package norm is composed, and composes with nothing before it.
func TestLatinLettersAreComposed(t *testing.T) {
	for r := rune(0); r < 0x2000; r++ {
		if r >= utf8.RuneSelf && !isLatinLetter(r) {
			continue
		}
		if p := norm.NFC.PropertiesString(string(r)); !norm.NFC.IsNormalString(string(r)) || !p.BoundaryBefore() {
			t.Errorf("%U is not composed, or joins what stands before it", r)
		}
	}
}
