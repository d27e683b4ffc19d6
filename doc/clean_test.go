package doc

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	for _, h := range hostile {
		if got := clean(h.said); got != h.shown {
			t.Errorf("%q is printed as %q, want %q", h.said, got, h.shown)
		}
	}
	if got := clean("Cảm ơn 🙏"); got == tidy("Cảm ơn 🙏") {
		t.Error("a reader with more letters gets no more of them")
	}
}

// TestLettersOfVietNam: each vowel with each mark, in all cuts.
func TestLettersOfVietNam(t *testing.T) {
	n := 0
	for _, vowel := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		for _, mark := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			letter := []rune(norm.NFC.String(string(vowel) + mark))
			if len(letter) != 1 || !letters().has(letter[0]) {
				t.Errorf("no letter for %q", string(letter))
			}
			n++
		}
	}
	if n != 144 {
		t.Errorf("%d vowels, want 144", n)
	}
	for _, r := range "Đđ₫–…“”‘’□√×½²" {
		if !letters().has(r) {
			t.Errorf("no %q", r)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.said)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
			t.Fatalf("%q becomes %q: neither UTF-8 nor composed", s, got)
		}
		if again := clean(got); again != got {
			t.Fatalf("%q becomes %q, and that %q", s, got, again)
		}
		for _, r := range got {
			if r != '\n' && !isDrawn(r) && !letters().has(r) || r != '\n' && unicode.IsControl(r) {
				t.Fatalf("%q becomes %q with %U", s, got, r)
			}
		}
	})
}

func TestLinesKeepToTheirWidth(t *testing.T) {
	word := strings.Repeat("nghiêng", 43)
	p := &para{runs: []Run{{Text: "Một từ "}, {Text: word, Bold: true}, {Text: " rồi thôi"}}, size: 14, first: indent}
	var text strings.Builder
	for i, l := range breakLines(p, 200) {
		room := 200.0
		if i == 0 {
			room -= points(indent)
		}
		if l.width > room+slack {
			t.Errorf("line %d is %.1f points wide, %.1f there are", i, l.width, room)
		}
		for _, piece := range l.pieces {
			text.WriteString(piece.text)
		}
	}
	if got := strings.ReplaceAll(text.String(), " ", ""); got != "Mộttừ"+word+"rồithôi" {
		t.Errorf("letters were lost or added: %q", got)
	}
}
