package file

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"doithoai"
)

func check(t testing.TB, b []byte) (Checked, error) {
	t.Helper()
	return Check(t.Context(), bytes.NewReader(b), int64(len(b)))
}

// why is the end of the key of a refusal.
func why(t testing.TB, err error) string {
	t.Helper()
	var e *doithoai.Error
	if err == nil {
		return ""
	}
	if !errors.As(err, &e) || e.Kind != doithoai.Invalid {
		t.Fatalf("%v is no refusal", err)
	}
	return strings.TrimPrefix(e.Key, "file.problem.")
}

// marked is a picture whose corner at the left above is red.
func marked(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{0, 0, 255, 255})
			if x < w/4 && y < h/4 {
				m.SetRGBA(x, y, color.RGBA{255, 0, 0, 255})
			}
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiff is what EXIF holds: the maker of the camera and an orientation.
func tiff(order binary.AppendByteOrder, orientation uint16) []byte {
	head := "II*\x00"
	if order.String() == "BigEndian" {
		head = "MM\x00*"
	}
	b := order.AppendUint32([]byte(head), 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x010F) // the maker
	b = order.AppendUint16(b, 2)
	b = append(order.AppendUint32(b, 4), "Xiao"...)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, orientation)
	return order.AppendUint32(order.AppendUint16(b, 0), 0)
}

// withExif puts EXIF into a JPEG.
func withExif(b, exif []byte) []byte {
	segment := append([]byte("Exif\x00\x00"), exif...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(segment)+2))
	return append(append(head, segment...), b[2:]...)
}

// zipOf packs parts as office programs do.
func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	macroType = "application/vnd.ms-word.document.macroEnabled.main+xml"
)

func types(main string) string {
	return `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Override PartName="/word/document.xml" ContentType="` + main + `"/></Types>`
}

// compoundOf is a compound file of sectors of 512 bytes whose directory has the names.
func compoundOf(names ...string) []byte {
	const sector = 512
	h := make([]byte, sector)
	copy(h, compoundMagic)
	binary.LittleEndian.PutUint16(h[30:], 9)
	binary.LittleEndian.PutUint32(h[48:], 1)          // the directory begins in sector 1
	binary.LittleEndian.PutUint32(h[68:], 0xFFFFFFFE) // no more of the table
	for i := range inHeader {
		binary.LittleEndian.PutUint32(h[76+4*i:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(h[76:], 0)
	table := bytes.Repeat([]byte{0xFF}, sector)
	directory := make([]byte, sector*((len(names)+3)/4))
	for i, name := range names {
		e := directory[i*entrySize:]
		for j, c := range name {
			binary.LittleEndian.PutUint16(e[2*j:], uint16(c))
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66] = 2
	}
	n := len(directory) / sector
	for i := range n {
		next := uint32(i + 2)
		if i == n-1 {
			next = 0xFFFFFFFE
		}
		binary.LittleEndian.PutUint32(table[4*(i+1):], next)
	}
	return append(append(h, table...), directory...)
}

const pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"

// Each kind that is taken is known by what it holds.
func TestKinds(t *testing.T) {
	for kind, b := range map[doithoai.FileKind][]byte{
		doithoai.FileJPG:  jpegOf(t, marked(40, 20)),
		doithoai.FilePNG:  pngOf(t, marked(40, 20)),
		doithoai.FilePDF:  []byte(pdf),
		doithoai.FileDOC:  compoundOf("Root Entry", "WordDocument", "1Table", "Data", "\x05SummaryInformation"),
		doithoai.FileXLS:  compoundOf("Root Entry", "Workbook"),
		doithoai.FileDOCX: zipOf(t, map[string]string{"[Content_Types].xml": types(wordType), "word/document.xml": "<w/>"}),
		doithoai.FileXLSX: zipOf(t, map[string]string{"[Content_Types].xml": types(sheetType)}),
	} {
		c, err := check(t, b)
		if err != nil || c.Kind != kind || c.Size != int64(len(b)) || c.Hash.IsZero() {
			t.Errorf("%s: %+v, %v", kind, c, err)
		}
		if kind.Picture() != (c.Shown != nil) || kind.Picture() == c.ShownHash.IsZero() {
			t.Errorf("%s: %d bytes are shown", kind, len(c.Shown))
		}
	}
}

// bomb is a ZIP that says of a part that it unpacks to more than anybody's disk takes.
func bomb(t testing.TB) []byte {
	t.Helper()
	return zipOf(t, map[string]string{
		"[Content_Types].xml": types(wordType), "word/document.xml": strings.Repeat("0", 40<<20),
	})
}

// hugePNG claims to have 300 megapixels, in a few bytes.
func hugePNG() []byte {
	chunk := func(name string, body []byte) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
		b = append(append(b, name...), body...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 20000), 15000)
	b := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 2, 0, 0, 0))...)
	return append(append(b, chunk("IDAT", []byte("x"))...), chunk("IEND", nil)...)
}

// All else is refused, by a word that says what it is.
func TestRefused(t *testing.T) {
	var picture bytes.Buffer
	if err := gif.Encode(&picture, marked(4, 4), nil); err != nil {
		t.Fatal(err)
	}
	whole := jpegOf(t, marked(200, 200))
	word := map[string]string{"[Content_Types].xml": types(wordType)}
	with := func(name, body string) []byte {
		return zipOf(t, map[string]string{"[Content_Types].xml": word["[Content_Types].xml"], name: body})
	}
	circle := compoundOf("Root Entry", "a", "b", "c", "d", "e", "f", "g")
	binary.LittleEndian.PutUint32(circle[512+8:], 1) // its directory goes round
	for name, c := range map[string]struct {
		b   []byte
		why string
	}{
		"nothing":                 {nil, "empty"},
		"an iPhone's picture":     {[]byte("\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic"), "heic"},
		"AVIF":                    {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00"), "avif"},
		"WebP":                    {[]byte("RIFF\x24\x00\x00\x00WEBPVP8 "), "webp"},
		"a film":                  {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), "video"},
		"sound":                   {[]byte("RIFF\x24\x00\x00\x00WAVEfmt "), "video"},
		"GIF":                     {picture.Bytes(), "picture"},
		"TIFF":                    {[]byte("II*\x00\x08\x00\x00\x00"), "picture"},
		"SVG with a script":       {[]byte(`<?xml version="1.0"?><svg xmlns="x"><script>alert(1)</script></svg>`), "svg"},
		"a page":                  {[]byte("\xEF\xBB\xBF <!DOCTYPE html><script>alert(1)</script>"), "html"},
		"a program":               {[]byte("MZ\x90\x00"), "program"},
		"a script":                {[]byte("#!/bin/sh\nrm -rf /\n"), "program"},
		"RAR":                     {[]byte("Rar!\x1a\x07"), "archive"},
		"a plain ZIP":             {zipOf(t, map[string]string{"ảnh.jpg": "x"}), "archive"},
		"an ODT":                  {zipOf(t, map[string]string{"mimetype": "application/vnd.oasis"}), "archive"},
		"RTF":                     {[]byte(`{\rtf1 x}`), "document"},
		"PowerPoint of old":       {compoundOf("Root Entry", "PowerPoint Document"), "document"},
		"text":                    {[]byte("Kính gửi Ủy ban nhân dân"), "unknown"},
		"a PDF cut off":           {[]byte(pdf[:30]), "cut_off"},
		"a page that says PDF":    {[]byte("<script>%PDF-1.7 startxref %%EOF"), "html"},
		"a picture cut off":       {whole[:len(whole)/2], "broken"},
		"a picture of nothing":    {[]byte("\xFF\xD8\xFF"), "broken"},
		"300 megapixels":          {hugePNG(), "pixels"},
		"Word with macros":        {zipOf(t, map[string]string{"[Content_Types].xml": types(macroType)}), "macros"},
		"macros in a DOCX":        {with("word/vbaProject.bin", "x"), "macros"},
		"Word of old with macros": {compoundOf("Root Entry", "WordDocument", "Macros"), "macros"},
		"under a password":        {compoundOf("Root Entry", "EncryptedPackage"), "locked"},
		"a part outside":          {with("../../etc/passwd", "x"), "archive"},
		"a part of Windows":       {with(`..\x`, "x"), "archive"},
		"a part from the root":    {with("/etc/passwd", "x"), "archive"},
		"a zip bomb":              {bomb(t), "bomb"},
		"a ZIP cut off":           {with("word/document.xml", "x")[:60], "cut_off"},
		"a compound file cut off": {compoundOf("Root Entry", "WordDocument")[:700], "cut_off"},
		"one that goes round":     {circle, "cut_off"},
	} {
		if _, err := check(t, c.b); why(t, err) != c.why {
			t.Errorf("%s: %q, want %q", name, why(t, err), c.why)
		}
	}
}

// What others see stands upright, whichever way the telephone was held, and has nothing that a camera added.
func TestShown(t *testing.T) {
	upright := map[int]image.Point{ // where the red corner of a picture of 40 × 20 goes
		1: {2, 2}, 2: {37, 2}, 3: {37, 17}, 4: {2, 17}, 5: {2, 2}, 6: {17, 2}, 7: {17, 37}, 8: {2, 37},
	}
	orders := []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian}
	for orientation, red := range upright {
		exif := tiff(orders[orientation%2], uint16(orientation))
		c, err := check(t, withExif(jpegOf(t, marked(40, 20)), exif))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(c.Shown, []byte("Exif")) || bytes.Contains(c.Shown, []byte("Xiao")) {
			t.Errorf("%d: the camera is in what others see", orientation)
		}
		m, err := jpeg.Decode(bytes.NewReader(c.Shown))
		if err != nil {
			t.Fatal(err)
		}
		if tall := m.Bounds().Dy() == 40; tall != (orientation >= 5) {
			t.Errorf("%d: %v", orientation, m.Bounds())
		}
		if r, _, b, _ := m.At(red.X, red.Y).RGBA(); r < 0x8000 || b > 0x8000 {
			t.Errorf("%d: the corner is not at %v", orientation, red)
		}
	}
}

// Large pictures are made smaller, narrow ones too; what one sees through becomes white.
func TestShrunk(t *testing.T) {
	for _, c := range []struct{ w, h, dw, dh int }{
		{5120, 100, 2560, 50}, {100, 2561, 99, 2560}, {2560, 1, 2560, 1}, {9000, 1, 2560, 1}, {3, 2, 3, 2},
	} {
		got := shrunk(image.NewGray(image.Rect(5, 7, 5+c.w, 7+c.h))).Bounds()
		if got.Dx() != c.dw || got.Dy() != c.dh {
			t.Errorf("%d × %d becomes %v, want %d × %d", c.w, c.h, got, c.dw, c.dh)
		}
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	if got := shrunk(clear).RGBAAt(1, 1); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("nothing is %v", got)
	}
	big := marked(5120, 5120)
	if got := shrunk(big); got.RGBAAt(10, 10).R != 255 || got.RGBAAt(2000, 2000).B != 255 {
		t.Error("colours went astray")
	}
}

// A folder keeps what its names say, once; it takes nothing else.
func TestFolder(t *testing.T) {
	f := Folder(t.TempDir())
	h, err := hashOf(strings.NewReader("một"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.Put(h, strings.NewReader("một")); err != nil {
			t.Fatal(err)
		}
	}
	if !f.Has(h) || f.Verify(h) != nil {
		t.Error("what was put is not there")
	}
	wrong := doithoai.FileHash{1}
	if err := f.Put(wrong, strings.NewReader("một")); !errors.Is(err, ErrWrongContent) || f.Has(wrong) {
		t.Errorf("wrong content is taken: %v", err)
	}
	if err := Folder("").Put(h, strings.NewReader("một")); !errors.Is(err, ErrNoFolder) {
		t.Errorf("no folder: %v", err)
	}
	soon := time.Now().Add(time.Hour)
	never := func(doithoai.FileHash) (bool, error) { return false, nil }
	for name, c := range map[string]struct {
		before time.Time
		used   func(doithoai.FileHash) (bool, error)
		gone   int
	}{
		"1 too young": {time.Now().Add(-time.Hour), never, 0},
		"2 in use":    {soon, func(doithoai.FileHash) (bool, error) { return true, nil }, 0},
		"3 used meanwhile": {soon, func() func(doithoai.FileHash) (bool, error) {
			asked := 0
			return func(doithoai.FileHash) (bool, error) { asked++; return asked > 1, nil }
		}(), 0},
		"4 nobody knows": {soon, func(doithoai.FileHash) (bool, error) { return false, errors.New("no database") }, 0},
	} {
		gone, err := f.Sweep(c.before, c.used)
		if gone != c.gone || !f.Has(h) || (err != nil) != strings.HasPrefix(name, "4") {
			t.Errorf("%s: %d gone, %v", name, gone, err)
		}
	}
	if gone, err := f.Sweep(soon, never); gone != 1 || err != nil || f.Has(h) {
		t.Errorf("%d gone, %v", gone, err)
	}
}

// FuzzCheck: whatever comes, there is a kind or a word, and no more memory than a picture may take.
func FuzzCheck(f *testing.F) {
	f.Add(withExif(jpegOf(f, marked(8, 8)), tiff(binary.BigEndian, 6)))
	f.Add(pngOf(f, marked(8, 8)))
	f.Add([]byte(pdf))
	f.Add(compoundOf("Root Entry", "WordDocument", "a", "b", "c"))
	f.Add(zipOf(f, map[string]string{"[Content_Types].xml": types(wordType)}))
	f.Add(hugePNG())
	f.Add([]byte("\x00\x00\x00\x24ftypheic"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := check(t, b)
		if err != nil {
			if why(t, err) == "" {
				t.Errorf("an error without a word: %v", err)
			}
			return
		}
		if c.Kind.Picture() {
			again, err := check(t, c.Shown)
			if err != nil || again.Kind != doithoai.FileJPG {
				t.Errorf("what others see of it is none: %v", err)
			}
		}
	})
}
