package doc

import (
	"fmt"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is one of the four cuts of the letters.
type face int

const (
	regular face = iota
	bold
	italic
	boldItalic
	faces
)

func faceOf(r Run) face {
	f := regular
	if r.Bold {
		f |= bold
	}
	if r.Italic {
		f |= italic
	}
	return f
}

// files are Liberation Serif (SIL Open Font License), whose letters are as wide as those of Times New Roman: a Word
// file that names the latter breaks its lines where the PDF does.
var files = [faces][]byte{
	liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF, liberationserifbolditalic.TTF,
}

// measured is how many characters are looked up once; the letters have none beyond that are of use.
const measured = 0x3000

// none is the width of a character that the letters don't have.
const none = 0xffff

// widths are those of all characters in all cuts, in thousandths of the letters' size.
type widths [faces][measured]uint16

// letters are measured once, when the first document is laid out: they are what they are.
var letters = sync.OnceValue(func() *widths {
	w := new(widths)
	for f := range faces {
		parsed, err := sfnt.Parse(files[f])
		if err != nil {
			panic(fmt.Sprintf("letters that were compiled in: %v", err))
		}
		var buffer sfnt.Buffer
		for r := range w[f] {
			w[f][r] = none
			glyph, err := parsed.GlyphIndex(&buffer, rune(r))
			if err != nil || glyph == 0 {
				continue
			}
			advance, err := parsed.GlyphAdvance(&buffer, glyph, fixed.I(1000), font.HintingNone)
			if err == nil {
				w[f][r] = uint16(advance.Round())
			}
		}
	}
	return w
})

// has reports whether all cuts have the character.
func (w *widths) has(r rune) bool {
	if r < 0 || r >= measured || r < ' ' {
		return false
	}
	for f := range faces {
		if w[f][r] == none {
			return false
		}
	}
	return true
}

// drawnWidth is that of a sign that is drawn.
const drawnWidth = 850

// of is how wide clean text is in letters of a size, in the unit of the size.
func (w *widths) of(f face, size float64, s string) float64 {
	sum := 0
	for _, r := range s {
		sum += w.rune(f, r)
	}
	return float64(sum) * size / 1000
}

func (w *widths) rune(f face, r rune) int {
	switch {
	case isDrawn(r):
		return drawnWidth
	case r < measured && w[f][r] != none:
		return int(w[f][r])
	}
	return int(w[f][lacking])
}
