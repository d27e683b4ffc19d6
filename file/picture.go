package file

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"doithoai"
)

// Bounds of pictures.
const (
	// maxPixels is what a picture may have: those of telephones of 50 megapixels are a little larger than that.
	maxPixels = 52_000_000
	// maxHeavy bounds those that take twice the memory to decode.
	maxHeavy = maxPixels / 2
	// ShownSide is the longest side of what others see, in pixels: a photographed page stays legible.
	ShownSide = 2560
	// shownQuality is the quality of that JPEG.
	shownQuality = 85
)

// decoding holds who decodes a picture: one at a time, each takes up to 250 MB.
var decoding = make(chan struct{}, 1)

// shown makes what others see of a picture. One of too many pixels is refused before it is decoded, one that can't be
// decoded to its end as broken.
func shown(ctx context.Context, f io.ReaderAt, size int64, kind doithoai.FileKind) ([]byte, error) {
	read := func() io.Reader { return bufio.NewReaderSize(io.NewSectionReader(f, 0, size), 64<<10) }
	config, decode := jpeg.DecodeConfig, jpeg.Decode
	if kind == doithoai.FilePNG {
		config, decode = png.DecodeConfig, png.Decode
	}
	c, err := config(read())
	if err != nil {
		return nil, refuse("broken", err)
	}
	about, err := aboutPicture(read(), kind)
	if err != nil {
		return nil, refuse("broken", err)
	}
	pixels := int64(c.Width) * int64(c.Height)
	heavy := about.progressive || c.ColorModel == color.NRGBA64Model || c.ColorModel == color.RGBA64Model
	if c.Width <= 0 || c.Height <= 0 {
		return nil, refuse("broken", nil)
	}
	if pixels > maxPixels || heavy && pixels > maxHeavy {
		return nil, refuse("pixels", nil)
	}
	select {
	case decoding <- struct{}{}:
		defer func() { <-decoding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	whole, err := decode(read())
	if err != nil {
		return nil, refuse("broken", err)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, turned(shrunk(whole), about.orientation), &jpeg.Options{Quality: shownQuality}); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return b.Bytes(), nil
}

// shrunk is the picture on white, its longest side bounded; each of its pixels is the mean of those that it stands for.
// It goes row by row: beside the picture itself it takes little memory.
func shrunk(src image.Image) *image.RGBA {
	from := src.Bounds()
	w, h := from.Dx(), from.Dy()
	dw, dh := w, h
	if longest := max(w, h); longest > ShownSide {
		dw, dh = max(1, w*ShownSide/longest), max(1, h*ShownSide/longest)
	}
	dst := image.NewRGBA(image.Rect(0, 0, dw, dh))
	strip := image.NewRGBA(image.Rect(0, 0, w, (h+dh-1)/dh+1))
	for y := range dh {
		y0, y1 := y*h/dh, max((y+1)*h/dh, y*h/dh+1)
		rows := image.Rect(0, 0, w, y1-y0)
		draw.Draw(strip, rows, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, rows, src, image.Pt(from.Min.X, from.Min.Y+y0), draw.Over)
		for x := range dw {
			x0, x1 := x*w/dw, max((x+1)*w/dw, x*w/dw+1)
			dst.SetRGBA(x, y, mean(strip, x0, x1, y1-y0))
		}
	}
	return dst
}

// mean is the mean colour of some columns in the first rows of a strip.
func mean(strip *image.RGBA, x0, x1, rows int) color.RGBA {
	var r, g, b, n uint32
	for y := range rows {
		line := strip.Pix[y*strip.Stride+4*x0 : y*strip.Stride+4*x1]
		for i := 0; i+3 < len(line); i += 4 {
			r, g, b, n = r+uint32(line[i]), g+uint32(line[i+1]), b+uint32(line[i+2]), n+1
		}
	}
	return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 255}
}

// turned is the picture upright: orientation is that of EXIF, 1 to 8.
func turned(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	to := image.Rect(0, 0, w, h)
	if orientation >= 5 { // on its side
		to = image.Rect(0, 0, h, w)
	}
	dst := image.NewRGBA(to)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(dst.Pix[dst.PixOffset(tx, ty):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}
