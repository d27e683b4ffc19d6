package doc

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// Banner is what a printer paints on cloth: gold letters on red, of a size that holds them all. Lengths are those of
// the cloth in millimetres.
type Banner struct {
	Above         string // who holds it; "" for nothing
	Title         string // broken into lines where the letters then are larger
	Below         string // place and day; "" for nothing
	Width, Height float64
}

// The bounds of a banner's sides in millimetres.
const (
	BannerLeast = 200
	BannerMost  = 20_000
)

// BannerScale is by how much the file is smaller than the cloth: no program opens pages of five metres and more.
const BannerScale = 10

// BannerLine is a line of a banner, in the middle of its width: where its baseline is below the upper edge, and how
// high its letters are.
type BannerLine struct {
	Text           string
	Baseline, Size float64
}

// The look of a banner: how much of its sides letters fill, the height of a line in that of its letters, and the size
// of the lines above and below in that of the title's.
const (
	bannerFillWidth, bannerFillHeight = 0.92, 0.84
	bannerLead, bannerSmall           = 1.25, 0.55
	bannerMostLines                   = 4
)

// Lines are the banner's lines with their places.
func (b Banner) Lines() []BannerLine {
	var best []BannerLine
	most := 0.0
	words := strings.Fields(clean(oneLine(b.Title)))
	try := func(pieces []string, favour float64) {
		for n := 1; n <= bannerMostLines; n++ {
			if lines, size := b.set(split(pieces, n)); size*favour > most {
				best, most = lines, size*favour
			}
		}
	}
	try(words, 1)
	try(wholes(words), bannerFavour)
	return best
}

// bannerFavour is by how much larger letters must be for a line to end within a phrase.
const bannerFavour = 1.4

// wholes are words joined to what a line rather holds whole: one begins behind a comma, and before a word that begins
// a new part.
func wholes(words []string) (list []string) {
	for i, w := range words {
		begins := slices.Contains(links, strings.ToLower(w)) || i > 0 && strings.HasSuffix(words[i-1], ",")
		if i == 0 || begins {
			list = append(list, w)
		} else {
			list[len(list)-1] += " " + w
		}
	}
	return list
}

// set places the lines of a title between those above and below it, and says how large its letters are.
func (b Banner) set(title []string) (lines []BannerLine, size float64) {
	add := func(s string, share float64) {
		if s = clean(oneLine(s)); s != "" {
			lines = append(lines, BannerLine{Text: s, Size: share})
		}
	}
	add(b.Above, bannerSmall)
	for _, s := range title {
		add(s, 1)
	}
	add(b.Below, bannerSmall)
	high := 0.0
	for _, l := range lines {
		high += l.Size * bannerLead
	}
	if high == 0 {
		return nil, 0
	}
	size = bannerFillHeight * b.Height / high
	for _, l := range lines {
		size = min(size, bannerFillWidth*b.Width/letters().of(bold, l.Size, l.Text))
	}
	y := (b.Height - high*size) / 2
	for i := range lines {
		lines[i].Size *= size
		lines[i].Baseline = y + lines[i].Size*(bannerLead+0.7)/2
		y += lines[i].Size * bannerLead
	}
	return lines, size
}

// split parts words into n lines at most, the longest of which is as short as it can be.
func split(words []string, n int) []string {
	s := strings.Join(words, " ")
	least, most := 0.0, letters().of(bold, 1, s)
	var best []string
	for range 24 {
		width := (least + most) / 2
		if lines, fits := wrapped(words, width, n); fits {
			best, most = lines, width
		} else {
			least = width
		}
	}
	if best == nil {
		return []string{s}
	}
	return best
}

func wrapped(words []string, width float64, n int) (lines []string, fits bool) {
	line := ""
	for _, w := range words {
		next := strings.TrimSpace(line + " " + w)
		if letters().of(bold, 1, next) > width && line != "" {
			lines, next = append(lines, line), w
		}
		if letters().of(bold, 1, next) > width {
			return nil, false
		}
		line = next
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines, len(lines) <= n
}

// WriteBanner writes a banner as a PDF of one page, [BannerScale] times smaller than the cloth, letters embedded. The
// same banner gives the same bytes.
func WriteBanner(w io.Writer, b Banner) error {
	size := fpdf.SizeType{Wd: b.Width / BannerScale, Ht: b.Height / BannerScale}
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: size})
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	f.SetCatalogSort(true)
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	f.SetTitle(clean(oneLine(b.Title)), true)
	f.SetCreator(product, true)
	f.SetProducer(product, true)
	f.SetLang("vi-VN")
	f.AddUTF8FontFromBytes("serif", styles[bold], files[bold])
	f.AddPageFormat("P", size)
	f.SetFillColor(bannerRed[0], bannerRed[1], bannerRed[2])
	f.Rect(0, 0, size.Wd, size.Ht, "F")
	f.SetTextColor(bannerGold[0], bannerGold[1], bannerGold[2])
	for _, l := range b.Lines() {
		pt := points(l.Size / BannerScale)
		f.SetFont("serif", styles[bold], pt)
		x := (size.Wd - millimetres(letters().of(bold, pt, l.Text))) / 2
		f.Text(x, l.Baseline/BannerScale, l.Text)
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return fmt.Errorf("banner of %.0f × %.0f mm: %w", b.Width, b.Height, err)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// The colours of a banner, red, green and blue.
var bannerRed, bannerGold = [3]int{200, 16, 32}, [3]int{255, 221, 0}
