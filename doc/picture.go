package doc

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // decodes what Image may hold
	"image/png"

	"rsc.io/qr"
)

// maxPixels bounds the pictures of a document: what a page shows needs no more.
const maxPixels = 40_000_000

var errPixels = errors.New("picture of too many pixels")

// image adds a picture, no wider than its place; one that can't be read leaves its words.
func (s *setter) image(i Image) {
	b, ratio, err := redrawn(i.Data)
	if err != nil {
		s.paragraph(Paragraph{Runs: []Run{{Text: "[" + i.Alt + "]", Italic: true}}, Align: i.Align})
		return
	}
	s.picture(b, i.Alt, cmp.Or(i.Width, s.width), ratio, i.Align)
}

// qr adds a code, on white of four modules around it, as cameras need.
func (s *setter) qr(q QR) {
	b, err := q.png()
	if err != nil {
		s.paragraph(Paragraph{Runs: []Run{{Text: q.Text}}, Align: q.Align})
		return
	}
	s.picture(b, q.Alt, cmp.Or(q.Size, leastQR), 1, q.Align)
}

func (s *setter) picture(b []byte, alt string, width, ratio float64, align Align) {
	width = min(width, s.width)
	height := width * ratio
	if most := pageShort - marginTop - marginBottom - 10; height > most {
		width, height = width*most/height, most
	}
	s.add(&picture{png: b, alt: alt, width: width, height: height, align: cmp.Or(align, s.align, Center)})
}

// leastQR is the smallest side of a code that telephones read from paper, in millimetres.
const leastQR = 20

// png draws the code, eight pixels a module.
func (q QR) png() ([]byte, error) {
	code, err := qr.Encode(q.Text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("QR of %d bytes: %w", len(q.Text), err)
	}
	const scale, quiet = 8, 4
	side := (code.Size + 2*quiet) * scale
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if code.Black(x/scale-quiet, y/scale-quiet) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	return encoded(img)
}

// redrawn decodes a picture and encodes it anew: what was hidden in the file isn't passed on, and every writer
// understands it. ratio is its height by its width.
func redrawn(data []byte) (b []byte, ratio float64, err error) {
	about, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, 0, fmt.Errorf("picture of %d bytes: %w", len(data), err)
	}
	if about.Width < 1 || about.Height < 1 || about.Width*about.Height > maxPixels {
		return nil, 0, errPixels
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, 0, fmt.Errorf("picture of %d bytes: %w", len(data), err)
	}
	flat := image.NewRGBA(decoded.Bounds().Sub(decoded.Bounds().Min))
	for y := range about.Height {
		for x := range about.Width {
			flat.Set(x, y, onWhite(decoded.At(decoded.Bounds().Min.X+x, decoded.Bounds().Min.Y+y)))
		}
	}
	b, err = encoded(flat)
	return b, float64(about.Height) / float64(about.Width), err
}

// onWhite is a colour as it is seen on paper.
func onWhite(c color.Color) color.Color {
	r, g, b, a := c.RGBA()
	over := func(v uint32) uint8 { return uint8((v + 0xffff - a) >> 8) }
	return color.RGBA{over(r), over(g), over(b), 0xff}
}

func encoded(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
