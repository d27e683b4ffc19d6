package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"doithoai"
	"doithoai/file"
)

// simulated keeps a picture that says by its name that it is none of a real place: a sheet on a board, drawn.
func (t *teller) simulated(ctx context.Context, login, shows string) ([]doithoai.ID, error) {
	const width, height = 480, 360
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	fill := func(x0, y0, x1, y1 int, c color.Color) {
		draw.Draw(m, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(0, 0, width, height, color.RGBA{120, 84, 52, 255})         // the frame
	fill(16, 16, width-16, height-16, color.RGBA{70, 110, 90, 255}) // the board
	fill(150, 40, 330, 320, color.White)                            // the sheet
	for y := 70; y < 300; y += 18 {
		fill(170, y, 310-(y*7)%60, y+5, color.Gray{120}) // its lines
	}
	for i, r := range shows { // no two pictures are alike
		fill(24+4*i, height-26, 26+4*i, height-26-int(r)%8, color.White)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	r := bytes.NewReader(b.Bytes())
	c, err := file.Check(ctx, r, r.Size())
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	u, err := t.db.KeepUpload(ctx, t.actor(login), "Ảnh mô phỏng, "+shows+".png", c, r)
	return []doithoai.ID{u.ID}, err
}
