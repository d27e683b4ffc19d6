package doc

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestBanner sets a banner: its lines end between phrases, stay within the cloth, and give the same bytes again.
func TestBanner(t *testing.T) {
	b := Banner{
		Above: "ỦY BAN NHÂN DÂN XÃ NGHĨA DŨNG",
		Title: "HỘI NGHỊ ĐỐI THOẠI VỚI TỔ CHỨC, CÁ NHÂN VỀ THỦ TỤC HÀNH CHÍNH NĂM 2026",
		Below: "Nghĩa Dũng, ngày 25/10/2026", Width: 6000, Height: 800,
	}
	var words []string
	for _, l := range b.Lines() {
		words = append(words, l.Text)
		if wide := letters().of(bold, l.Size, l.Text); wide > b.Width || l.Baseline-l.Size < 0 || l.Baseline > b.Height {
			t.Errorf("%q is %.0f mm wide, its baseline at %.0f", l.Text, wide, l.Baseline)
		}
	}
	want := []string{b.Above, "HỘI NGHỊ ĐỐI THOẠI VỚI TỔ CHỨC, CÁ NHÂN", "VỀ THỦ TỤC HÀNH CHÍNH NĂM 2026", b.Below}
	if !slices.Equal(words, want) {
		t.Errorf("lines %q", words)
	}
	long := Banner{Title: strings.Repeat("A", 400), Width: 300, Height: 20_000}
	for _, odd := range []Banner{{Width: 200, Height: 200}, long} {
		var first, second bytes.Buffer
		for _, w := range []*bytes.Buffer{&first, &second} {
			if err := WriteBanner(w, odd); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Error("the same banner gives other bytes")
		}
	}
}
