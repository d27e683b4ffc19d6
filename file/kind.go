package file

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"doithoai"
)

// Checked is a file of a kind that is taken, as Check found it.
type Checked struct {
	Kind doithoai.FileKind
	Size int64
	Hash doithoai.FileHash
	// Shown is what others see of a picture: turned upright, without place, camera and all else that is not seen, its
	// longest side bounded; a JPEG. Documents have none: they are given out as they came.
	Shown     []byte
	ShownHash doithoai.FileHash
}

// Check recognises a file by its content, whatever its name says, and refuses all that is none of the kinds: as
// Invalid, with words that name what it is and say what to do. The order of its looks: is there anything; which kind
// does the beginning claim; does the structure bear it out. It unpacks nothing beyond bounds: a picture's size is read
// before its points, a document's table of contents before its parts. Pictures are decoded one at a time in the whole
// program; ctx bounds the wait.
func Check(ctx context.Context, f io.ReaderAt, size int64) (c Checked, err error) {
	if size == 0 {
		return c, refuse("empty", nil)
	}
	head := make([]byte, min(size, 1024))
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return c, fmt.Errorf("read a file: %w", err)
	}
	c.Size = size
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")):
		c.Kind = doithoai.FileJPG
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		c.Kind = doithoai.FilePNG
	case bytes.HasPrefix(head, []byte("%PDF-")):
		c.Kind, err = doithoai.FilePDF, checkPDF(f, size)
	case bytes.HasPrefix(head, []byte(compoundMagic)):
		c.Kind, err = compoundKind(f, size)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		c.Kind, err = packageKind(f, size)
	default:
		err = refuse(foreign(head), nil)
	}
	if err != nil {
		return c, err
	}
	if c.Hash, err = hashOf(io.NewSectionReader(f, 0, size)); err != nil {
		return c, err
	}
	if c.Kind.Picture() {
		if c.Shown, err = shown(ctx, f, size, c.Kind); err != nil {
			return c, err
		}
		c.ShownHash = sha256.Sum256(c.Shown)
	}
	return c, nil
}

// refuse is the refusal of a file: why ends the key of its words.
func refuse(why string, cause error) error {
	return &doithoai.Error{Kind: doithoai.Invalid, Key: "file.problem." + why, Cause: cause}
}

func hashOf(r io.Reader) (h doithoai.FileHash, err error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return h, fmt.Errorf("hash a file: %w", err)
	}
	return doithoai.FileHash(sum.Sum(nil)), nil
}

// beginnings are kinds that are not taken, by how their files begin.
var beginnings = []struct{ begins, why string }{
	{"GIF8", "picture"}, {"BM", "picture"}, {"II*\x00", "picture"}, {"MM\x00*", "picture"},
	{"\x00\x00\x01\x00", "picture"},
	{"MZ", "program"}, {"\x7fELF", "program"}, {"#!", "program"}, {"\xCA\xFE\xBA\xBE", "program"},
	{"\xCF\xFA\xED\xFE", "program"}, {"\x00asm", "program"}, {"dex\n", "program"},
	{"Rar!", "archive"}, {"7z\xBC\xAF\x27\x1C", "archive"}, {"\x1F\x8B", "archive"}, {"PK", "archive"}, {"BZh", "archive"},
	{"\xFD7zXZ", "archive"}, {"{\\rtf", "document"},
	{"ID3", "video"}, {"OggS", "video"}, {"\x1A\x45\xDF\xA3", "video"},
}

// brands are the kinds of files in the ISO base media format, by the name in their first box.
var brands = map[string]string{
	"heic": "heic", "heix": "heic", "heim": "heic", "heis": "heic", "hevc": "heic", "hevx": "heic", "mif1": "heic",
	"msf1": "heic", "avif": "avif", "avis": "avif",
}

// foreign names what begins so and is not taken.
func foreign(head []byte) string {
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		if why := brands[string(head[8:12])]; why != "" {
			return why
		}
		return "video"
	}
	if len(head) >= 12 && string(head[:4]) == "RIFF" {
		if string(head[8:12]) == "WEBP" {
			return "webp"
		}
		return "video"
	}
	for _, b := range beginnings {
		if bytes.HasPrefix(head, []byte(b.begins)) {
			return b.why
		}
	}
	return markup(head)
}

// markup names what is text: a drawing or a page that could carry a script, or nothing that is known.
func markup(head []byte) string {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	switch {
	case bytes.Contains(text, []byte("<svg")):
		return "svg"
	case bytes.Contains(text, []byte("<html")), bytes.Contains(text, []byte("<!doctype html")),
		bytes.Contains(text, []byte("<script")):
		return "html"
	}
	return "unknown"
}

// checkPDF looks for the end of a PDF: one that was cut off on its way has none.
func checkPDF(f io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 2048))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read a PDF: %w", err)
	}
	if !bytes.Contains(tail, []byte("startxref")) || !bytes.Contains(tail, []byte("%%EOF")) {
		return refuse("cut_off", nil)
	}
	return nil
}
