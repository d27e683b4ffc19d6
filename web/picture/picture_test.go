package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/text/unicode/norm"
)

func drawn(t *testing.T, s Share) image.Image {
	t.Helper()
	b, err := s.PNG()
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.PNG()
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same words make another picture, %v", err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, Width, Height) {
		t.Errorf("the picture is %v", img.Bounds())
	}
	return img
}

// Every letter of Vietnamese, with each of its marks, has a sign in both fonts.
func TestLettersOfVietnamese(t *testing.T) {
	f, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	alphabet := "aăâbcdđeêghiklmnoôơpqrstuưvxy0123456789 .,;:/()–-…“”%№º" // the rest is of other scripts
	for _, base := range "aăâeêioôơuưy" {
		for _, mark := range []string{"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			alphabet += norm.NFC.String(string(base) + mark)
		}
	}
	alphabet += strings.ToUpper(alphabet)
	for name, one := range map[string]*opentype.Font{"bold": f.bold, "regular": f.regular} {
		for _, r := range alphabet {
			if got := drawable(one, "a"+string(r)+"a"); got != "a"+string(r)+"a" && !unicode.IsSpace(r) {
				t.Errorf("%s lacks %q: %q", name, r, got)
			}
		}
	}
	const title = "Hội nghị đối thoại ở thôn Ấp Mỹ"
	if got := drawable(f.bold, norm.NFD.String(title)); got != title {
		t.Errorf("a decomposed text is drawn as %q", got)
	}
}

// What is hostile, too long, or nothing at all makes a picture all the same; what is foreign is left out, and the words
// of the title never stand on the strip or on the foot.
func TestHostileWords(t *testing.T) {
	f, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"a" + strings.Repeat("\u0301", 900) + "b": "áb",
		"x\u202egnp.exe\u2066\u200b\u00ad":        "xgnp.exe",
		"\x00\x07một\r\n\thai\u2028ba":            "một hai ba",
		"<script>alert(1)</script>":               "<script>alert(1)</script>",
		"đường 😀 漢":                               "đường",
		"\xff\xfe":                                "",
		" \u3000 ":                                "",
	} {
		if got := drawable(f.bold, said); got != want {
			t.Errorf("%q is drawn as %q, want %q", said, got, want)
		}
	}
	whole := strings.Repeat("Ậ", 5000)
	for name, title := range map[string]string{
		"one word": whole, "words": strings.Repeat("ĐỐI THOẠI ", 900), "nothing": "", "marks": strings.Repeat("\u0323", 9000),
	} {
		img := drawn(t, Share{
			Strip: "MÔ PHỎNG", Authority: whole, Title: title, Facts: []string{whole, title, "ba", "bốn", "năm"},
		})
		for x := range Width {
			for _, y := range []int{stripHigh, stripHigh + 10, Height - footHigh - 12} {
				if r, g, b, _ := img.At(x, y).RGBA(); r+g+b != 3*0xffff {
					t.Fatalf("%s: something stands at %d, %d", name, x, y)
				}
			}
		}
	}
}

// A long title becomes smaller before it is cut, and is cut between letters.
func TestTitleFits(t *testing.T) {
	f, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f.bold, &opentype.FaceOptions{Size: 34, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	lines := set(face, []string{strings.Repeat("Hội nghị đối thoại với Nhân dân ", 12)}, inner)
	for _, l := range append(lines, cut(face, lines, 3)...) {
		if font.MeasureString(face, l).Ceil() > inner {
			t.Errorf("%q is too wide", l)
		}
	}
	if got := cut(face, []string{"một", "hai, ", "ba"}, 2); len(got) != 2 || got[1] != "hai…" {
		t.Errorf("cut to %q", got)
	}
	title := drawn(t, Share{Title: "Hội nghị đối thoại"})
	if ink := inked(title); ink < 8000 {
		t.Errorf("a short title has %d dark points: it is small", ink)
	}
}

// inked counts the dark points above the foot.
func inked(img image.Image) (n int) {
	for y := range Height - footHigh - 8 {
		for x := range Width {
			if c, ok := color.GrayModel.Convert(img.At(x, y)).(color.Gray); ok && c.Y < 128 {
				n++
			}
		}
	}
	return n
}

func BenchmarkPNG(b *testing.B) {
	s := Share{Strip: "DỮ LIỆU MÔ PHỎNG", Authority: "UBND xã", Title: strings.Repeat("Hội nghị đối thoại ", 9),
		Facts: []string{"08 giờ 30", "Hội trường"}}
	for b.Loop() {
		if _, err := s.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
