package text

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Thủ tục ĐẤT ĐAI", "thu tuc dat dai"},
		{"ăâêôơưđ ĂÂÊÔƠƯĐ", "aaeooud aaeooud"},
		{"Nguyễn Thị Thuỷ, Thủy", "nguyen thi thuy, thuy"},
		{"ÐÀ NẴNG (Ð mượn)", "da nang (d muon)"},
		{"Zoë Łódź Øre", "zoe lodz ore"},
		{"Ж 漢 Ώ 👍", "ж 漢 ω 👍"},
		{"각", "\u1100\u1161\u11a8"},
	}
	for _, tt := range tests {
		for form, in := range map[string]string{"NFC": norm.NFC.String(tt.in), "NFD": norm.NFD.String(tt.in)} {
			if got := Fold(in); got != tt.want {
				t.Errorf("Fold(%s %q) = %q, want %q", form, tt.in, got, tt.want)
			}
		}
	}
}

// Every letter that Vietnamese writes folds to its plain letter.
func TestFoldCoversTheAlphabet(t *testing.T) {
	tones := []string{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
	for _, vowel := range []string{"a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"} {
		for _, tone := range tones {
			letter := norm.NFC.String(vowel + tone)
			if utf8.RuneCountInString(letter) != 1 {
				t.Fatalf("%q is no single letter", letter)
			}
			for _, in := range []string{letter, strings.ToUpper(letter), norm.NFD.String(letter)} {
				if got, want := Fold(in), norm.NFD.String(vowel)[:1]; got != want {
					t.Errorf("Fold(%q) = %q, want %q", in, got, want)
				}
			}
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
		want  string
	}{
		{"nothing", nil, ""},
		{"no letters", []string{" …!? 👍 漢字"}, ""},
		{"one word", []string{"Đất"}, "dat"},
		{"pairs follow their first word", []string{"Thủ tục đất"}, "thu thu_tuc tuc tuc_dat dat"},
		{"no repetition", []string{"đất đai, đất đai"}, "dat dat_dai dai dai_dat"},
		{"sentences", []string{"Nộp đất. Đai? Có: hẹn; lại… xong"}, "nop nop_dat dat dai co hen lai xong"},
		{"abbreviation", []string{"UBND TP. Mẫu"}, "ubnd ubnd_tp tp tp_mau mau"},
		{"comma, brackets and one line end join", []string{"thủ tục, (đất\nđai)"}, "thu thu_tuc tuc tuc_dat dat dat_dai dai"},
		{"blank line parts", []string{"đất\n \nđai"}, "dat dai"},
		{"texts part", []string{"đất", "đai"}, "dat dai"},
		{"number", []string{"3.052 m2"}, "3 3_052 052 052_m2 m2"},
		{"register number", []string{"ND-26-0417"}, "nd nd_26 26 26_0417 0417"},
		{"NFD", []string{norm.NFD.String("Nghĩa Dũng")}, "nghia nghia_dung dung"},
		{"long word is cut", []string{strings.Repeat("x", 500)}, strings.Repeat("x", maxWord)},
		{"quotes and operators", []string{`"a" OR b* NEAR(c) -d ^e {f}:g AND NOT 'h' & | ! <-> \`},
			"a a_or or or_b b b_near near near_c c c_d d d_e e e_f f f_g g g_and and and_not not not_h h"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Tokens(tt.texts...), " "); got != tt.want {
				t.Errorf("Tokens(%q) = %s, want %s", tt.texts, got, tt.want)
			}
		})
	}
}

var tokenForm = regexp.MustCompile(`^[a-z0-9]{1,40}(_[a-z0-9]{1,40})?$`)

func FuzzTokens(f *testing.F) {
	f.Add("Thủ tục đất đai. 3.052 m²", "thu tuc", 40)
	f.Add(`") OR 1=1; -- ' & ! <->`, `"a* NEAR(b)`, 1)
	f.Add("\xff\u0301a\u0301\u0301b", "\u0301", 0)
	f.Fuzz(func(t *testing.T, text, q string, width int) {
		width = max(0, width%300)
		for _, token := range Tokens(text) {
			if !tokenForm.MatchString(token) {
				t.Errorf("token %q of %q", token, text)
			}
		}
		at := 0
		for w := range Words(text) {
			if w.Start < at || w.End <= w.Start || w.End > len(text) {
				t.Errorf("word %+v of %q", w, text)
			}
			if spelt := text[w.Start:w.End]; len(spelt) <= maxWord && utf8.ValidString(spelt) && Fold(Spelt(spelt)) != w.Folded {
				t.Errorf("%q is spelt %q, folded %q", spelt, Spelt(spelt), w.Folded)
			}
			at = w.End
		}
		if clean := Clean(text); !slices.Equal(Tokens(clean), Tokens(norm.NFD.String(clean))) {
			t.Errorf("Tokens of NFC and NFD of %+q differ", clean)
		}
		checkExcerpt(t, Snippet(text, []string{q, text}, width), width)
	})
}

func TestSnippet(t *testing.T) {
	const text = "Tôi ở thôn Phú Nghĩa. Ba lần đến nhận giấy chứng nhận quyền sử dụng đất đều bị hẹn lại. " +
		"Thủ tục đất đai như vậy có đúng quy định không, đề nghị trả lời."
	tests := []struct {
		name, text, q string // phrases
		width         int
		want          string // hits in [brackets]
	}{
		{"phrase without diacritics", text, "thu tuc dat dai", 40, "…lại. [Thủ tục đất đai] như vậy có đúng…"},
		{"one word, every hit shown", text, "dat", 200,
			strings.NewReplacer("dụng đất", "dụng [đất]", "tục đất", "tục [đất]").Replace(text)},
		{"longest hit wins", text, "đất đai như vậy", 26, "…[đất đai như vậy] có đúng…"},
		{"words apart", text, "dai; dat", 30, "…tục [đất đai] như vậy có đúng…"},
		{"other marks are other words", text, "thứ tục; đạt", 20, "Tôi ở thôn Phú Nghĩa…"},
		{"the tone on either vowel", "Hoà giải", "hòa giải", 20, "[Hoà giải]"},
		{"not across sentences", "Nộp đất. Đai gì?", "đất đai", 40, "Nộp đất. Đai gì?"},
		{"not found", text, "bảo hiểm", 20, "Tôi ở thôn Phú Nghĩa…"},
		{"hit at the beginning", text, "toi o", 20, "[Tôi ở] thôn Phú Nghĩa…"},
		{"hit at the end", text, "tra loi", 20, "…đề nghị [trả lời]."},
		{"short text whole", "Đất đai", "dat dai", 80, "[Đất đai]"},
		{"hit wider than the excerpt", "thủ tục đất đai", "thu tuc dat dai", 8, "thủ tục…"},
		{"decomposed source", norm.NFD.String("xin Đất đai"), "đất", 80, norm.NFD.String("xin [Đất] đai")},
		{"one long word", strings.Repeat("a", 50), "b", 10, strings.Repeat("a", 10) + "…"},
		{"nothing", "", "a", 10, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := Snippet(tt.text, strings.Split(tt.q, "; "), tt.width)
			checkExcerpt(t, x, tt.width)
			var b strings.Builder
			for _, p := range x.Pieces() {
				if p.Hit {
					b.WriteString("[" + p.Text + "]")
				} else {
					b.WriteString(p.Text)
				}
			}
			if b.String() != tt.want {
				t.Errorf("Snippet(%q) = %q, want %q", tt.q, b.String(), tt.want)
			}
		})
	}
}

func checkExcerpt(t *testing.T, x Excerpt, width int) {
	t.Helper()
	if x.Start < 0 || x.Start > x.End || x.End > len(x.Source) {
		t.Fatalf("excerpt of %q has span %v", x.Source, x.Span)
	}
	shown := x.Source[x.Start:x.End]
	if n := utf8.RuneCountInString(shown); n > width {
		t.Errorf("excerpt %q has %d characters, at most %d", shown, n, width)
	}
	if !utf8.ValidString(x.String()) || !strings.Contains(x.String(), shown) {
		t.Errorf("excerpt reads %q, want %q in it", x.String(), shown)
	}
	at := x.Start
	for _, h := range x.Hits {
		if h.Start < at || h.End <= h.Start || h.End > x.End {
			t.Errorf("excerpt %v has hits %v", x.Span, x.Hits)
		}
		at = h.End
	}
}

func BenchmarkTokens(b *testing.B) {
	s := strings.Repeat("Đề nghị cho biết thời hạn giải quyết thủ tục đất đai.\n", 25)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Tokens(s)
	}
}
