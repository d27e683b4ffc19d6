package file

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"doithoai"
)

// Bounds of a DOCX or XLSX: of its parts, of what they unpack to, and of how much that is for what was packed.
const (
	maxParts    = 5000
	maxUnpacked = 300 << 20
	maxRatio    = 200
	fewBytes    = 20 << 20 // that much may be packed as densely as it likes
	maxTypes    = 1 << 20  // of the part that names the kinds of the others
)

// packageKind recognises a DOCX or an XLSX: a ZIP whose table of contents is sane, which says of its main part what it
// is. Macros are refused, and so is all else that is packed as a ZIP. Parts are not unpacked, but for the one that
// names their kinds.
func packageKind(f io.ReaderAt, size int64) (doithoai.FileKind, error) {
	_, kind, err := openPackage(f, size)
	return kind, err
}

// Word opens a DOCX for who reads its parts, within the bounds that Check keeps; it refuses what Check refuses of one,
// and as file.problem.not_word all else.
func Word(b []byte) (*zip.Reader, error) {
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return nil, refuse("not_word", nil)
	}
	z, kind, err := openPackage(bytes.NewReader(b), int64(len(b)))
	if err == nil && kind != doithoai.FileDOCX {
		err = refuse("not_word", nil)
	}
	return z, err
}

func openPackage(f io.ReaderAt, size int64) (*zip.Reader, doithoai.FileKind, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, "", refuse("cut_off", err)
	}
	if len(z.File) > maxParts {
		return nil, "", refuse("bomb", nil)
	}
	var total, packed uint64
	var types *zip.File
	macros := false
	for _, part := range z.File {
		if !saneName(part.Name) {
			return nil, "", refuse("archive", nil)
		}
		total += part.UncompressedSize64
		packed += part.CompressedSize64
		if part.UncompressedSize64 > maxUnpacked || total > maxUnpacked || packed > uint64(size) {
			return nil, "", refuse("bomb", nil)
		}
		switch name := strings.ToLower(part.Name); {
		case name == "[content_types].xml":
			types = part
		case path.Base(name) == "vbaproject.bin":
			macros = true
		}
	}
	if total > fewBytes && total > maxRatio*uint64(size) {
		return nil, "", refuse("bomb", nil)
	}
	if types == nil {
		return nil, "", refuse("archive", nil)
	}
	kind, err := mainKind(types)
	if err == nil && macros {
		err = refuse("macros", nil)
	}
	return z, kind, err
}

// saneName reports whether the name of a part stays where the file is unpacked.
func saneName(name string) bool {
	return name != "" && !strings.ContainsAny(name, "\\:\x00") && !strings.HasPrefix(name, "/") &&
		!strings.HasPrefix(path.Clean(name), "..")
}

// mainKinds are the kinds of main parts.
var mainKinds = map[string]doithoai.FileKind{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": doithoai.FileDOCX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":       doithoai.FileXLSX,
}

// mainKind reads from the part that names the kinds of all others what the package is.
func mainKind(types *zip.File) (kind doithoai.FileKind, err error) {
	r, err := types.Open()
	if err != nil {
		return "", refuse("cut_off", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	d := xml.NewDecoder(io.LimitReader(r, maxTypes))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", refuse("cut_off", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local != "ContentType" {
				continue
			}
			if strings.Contains(strings.ToLower(a.Value), "macroenabled") {
				return "", refuse("macros", nil)
			}
			if k, ok := mainKinds[strings.TrimSpace(a.Value)]; ok {
				kind = k
			}
		}
	}
	if kind == "" {
		return "", refuse("archive", nil)
	}
	return kind, nil
}

const compoundMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// compoundKind recognises a DOC or an XLS: a compound file whose directory has the stream of one. Macros and what is
// locked by a password are refused.
func compoundKind(f io.ReaderAt, size int64) (doithoai.FileKind, error) {
	c, err := openCompound(f, size)
	if err != nil {
		return "", refuse("cut_off", err)
	}
	names, err := c.names()
	if err != nil {
		return "", refuse("cut_off", err)
	}
	var kind doithoai.FileKind
	for _, name := range names {
		switch name {
		case "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA":
			return "", refuse("macros", nil)
		case "EncryptedPackage":
			return "", refuse("locked", nil)
		case "WordDocument":
			kind = doithoai.FileDOC
		case "Workbook", "Book":
			kind = doithoai.FileXLS
		}
	}
	if kind == "" {
		return "", refuse("document", nil)
	}
	return kind, nil
}

// utf16Name is the name of an entry of a directory, 64 bytes of UTF-16 with its length in bytes behind.
func utf16Name(b []byte) string {
	n := int(b[64]) | int(b[65])<<8
	if n < 2 || n > 64 {
		return ""
	}
	var s bytes.Buffer
	for i := 0; i+1 < n-1; i += 2 {
		if b[i+1] == 0 { // the names that are looked for have no other letters
			s.WriteByte(b[i])
		} else {
			s.WriteByte('?')
		}
	}
	return s.String()
}
