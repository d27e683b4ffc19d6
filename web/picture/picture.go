// Package picture draws the picture that programs show beside a link to a page: title, day and place in the letters of
// Viet Nam. It knows nothing of what the words say.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Width and Height of a picture in pixels: what programs that show links ask for (1.91 : 1).
const (
	Width  = 1200
	Height = 630
)

// Version changes whenever the same words make another picture.
const Version = "1"

// Share is what a picture says. Words may be anybody's: what the letters lack and what can't be seen is left out, and
// what is too long for its place ends in "…".
type Share struct {
	Strip     string // across the top: that nothing is real; empty: there is none
	Authority string
	Title     string
	Facts     []string // day and hour, place: one or two lines each, four of them at most
}

const (
	margin    = 72
	inner     = Width - 2*margin
	stripHigh = 64
	footHigh  = 110
	maxFacts  = 4
)

var (
	navy   = color.RGBA{0x0b, 0x1b, 0x2b, 0xff}
	paper  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink    = color.RGBA{0x0b, 0x0c, 0x0c, 0xff}
	red    = color.RGBA{0xb0, 0x1e, 0x1e, 0xff}
	yellow = color.RGBA{0xff, 0xdd, 0x00, 0xff}
)

// fonts are read once. A font is safe for use by many, a face is not.
var fonts = sync.OnceValues(func() (f struct{ bold, regular *opentype.Font }, err error) {
	if f.bold, err = opentype.Parse(liberationsansbold.TTF); err != nil {
		return f, fmt.Errorf("bold letters: %w", err)
	}
	if f.regular, err = opentype.Parse(liberationsansregular.TTF); err != nil {
		return f, fmt.Errorf("letters: %w", err)
	}
	return f, nil
})

// PNG draws the picture. The same words make the same bytes.
//
// From the top: the strip, the title in letters as large as its length allows, the facts, and the authority on a dark
// foot. Each keeps to its own place.
func (s Share) PNG() ([]byte, error) {
	f, err := fonts()
	if err != nil {
		return nil, err
	}
	sheet := image.NewRGBA(image.Rect(0, 0, Width, Height))
	fill(sheet, sheet.Bounds(), paper)
	top := 0
	if s.Strip != "" {
		top = stripHigh
		band := image.Rect(0, 0, Width, top)
		fill(sheet, band, yellow)
		if err := write(sheet, band, f.bold, ink, []string{s.Strip}, 34, 20); err != nil {
			return nil, err
		}
	}
	foot := image.Rect(0, Height-footHigh, Width, Height)
	fill(sheet, foot, navy)
	fill(sheet, image.Rect(0, foot.Min.Y-8, Width, foot.Min.Y), red)
	if err := write(sheet, foot, f.bold, paper, []string{s.Authority}, 40, 22); err != nil {
		return nil, err
	}
	body := image.Rect(0, top+24, Width, foot.Min.Y-28)
	facts := s.Facts[:min(len(s.Facts), maxFacts)]
	split := body.Max.Y - 64*min(len(facts)+1, maxFacts)
	if len(facts) == 0 {
		split = body.Max.Y
	}
	title := image.Rect(0, body.Min.Y, Width, split)
	if err := write(sheet, title, f.bold, navy, []string{s.Title}, 76, 34); err != nil {
		return nil, err
	}
	if err := write(sheet, image.Rect(0, split, Width, body.Max.Y), f.regular, ink, facts, 40, 26); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, sheet); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return b.Bytes(), nil
}

func fill(sheet draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(sheet, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// write sets paragraphs within a place, in the largest letters between two sizes in which all of them stand there.
// Where the smallest are too large, the last line that stands there ends in "…". Nothing is drawn outside the place.
func write(
	sheet *image.RGBA, place image.Rectangle, f *opentype.Font, c color.Color, paragraphs []string, most, least int,
) error {
	said := make([]string, 0, len(paragraphs))
	for _, p := range paragraphs {
		if p = drawable(f, p); p != "" {
			said = append(said, p)
		}
	}
	for size := most; ; size -= 2 {
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return fmt.Errorf("letters of %d pixels: %w", size, err)
		}
		lines, high := set(face, said, inner), lineHigh(size)
		room := place.Dy() / high
		if len(lines) > room && size-2 >= least {
			if err := face.Close(); err != nil {
				return fmt.Errorf("letters of %d pixels: %w", size, err)
			}
			continue
		}
		if len(lines) > room {
			lines = cut(face, lines, room)
		}
		onto, ok := sheet.SubImage(place).(draw.Image)
		if !ok {
			return fmt.Errorf("a part of a picture is no picture")
		}
		y := place.Min.Y + (place.Dy()-len(lines)*high)/2
		pen := font.Drawer{Dst: onto, Src: image.NewUniform(c), Face: face}
		for i, line := range lines {
			pen.Dot = fixed.P(margin, y+i*high+high*3/4)
			pen.DrawString(line)
		}
		return face.Close()
	}
}

// lineHigh is how high a line of letters is: a capital with two marks above it, and the dot below that of the line
// before, touch nobody.
func lineHigh(size int) int { return size * 135 / 100 }
