package file

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"doithoai"
)

// about is what stands in a picture beside its points, as far as it is used.
type about struct {
	orientation int  // of EXIF, 1 to 8; 0 where nothing says it
	progressive bool // a JPEG whose points come in several passes, which takes more memory
}

// maxSegment bounds what is read of EXIF: its length has 16 bits in a JPEG.
const maxSegment = 64 << 10

// maxSegments bounds how many segments or chunks are passed over.
const maxSegments = 10000

// aboutPicture walks over the segments of a JPEG, or the chunks of a PNG, up to the points.
func aboutPicture(r io.Reader, kind doithoai.FileKind) (about, error) {
	if kind == doithoai.FilePNG {
		return aboutPNG(r)
	}
	return aboutJPEG(r)
}

func aboutJPEG(r io.Reader) (a about, err error) {
	var b [4]byte
	if _, err := io.ReadFull(r, b[:2]); err != nil {
		return a, err
	}
	for range maxSegments {
		if _, err := io.ReadFull(r, b[:2]); err != nil {
			return a, err
		}
		for b[0] != 0xFF || b[1] == 0xFF || b[1] == 0 { // fill bytes, or bytes between segments, which cameras leave
			b[0] = b[1]
			if _, err := io.ReadFull(r, b[1:2]); err != nil {
				return a, err
			}
		}
		marker := b[1]
		switch {
		case marker == 0xDA, marker == 0xD9: // the points, or the end
			return a, nil
		case marker == 0xC2:
			a.progressive = true
		case marker == 0x01, marker >= 0xD0 && marker <= 0xD8: // without a length
			continue
		}
		if _, err := io.ReadFull(r, b[2:4]); err != nil {
			return a, err
		}
		n := int64(binary.BigEndian.Uint16(b[2:])) - 2
		if n < 0 {
			return a, errors.New("a segment of a negative length")
		}
		if marker != 0xE1 {
			if _, err := io.CopyN(io.Discard, r, n); err != nil {
				return a, err
			}
			continue
		}
		segment := make([]byte, n)
		if _, err := io.ReadFull(r, segment); err != nil {
			return a, err
		}
		if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && a.orientation == 0 {
			a.orientation = orientation(tiff)
		}
	}
	return a, errors.New("too many segments")
}

func aboutPNG(r io.Reader) (a about, err error) {
	if _, err := io.CopyN(io.Discard, r, 8); err != nil {
		return a, err
	}
	var b [8]byte
	for range maxSegments {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return a, err
		}
		n := int64(binary.BigEndian.Uint32(b[:]))
		switch name := string(b[4:]); {
		case name == "IEND":
			return a, nil
		case name == "eXIf" && n <= maxSegment:
			tiff := make([]byte, n)
			if _, err := io.ReadFull(r, tiff); err != nil {
				return a, err
			}
			a.orientation, n = orientation(tiff), 0
		}
		if _, err := io.CopyN(io.Discard, r, n+4); err != nil { // with its checksum
			return a, err
		}
	}
	return a, errors.New("too many chunks")
}

// orientation reads the one tag that is of use from the first directory of EXIF; 0 where it is not there.
func orientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	const tag, entry = 0x0112, 12
	entries := int64(order.Uint16(tiff[at:]))
	for i := range entries {
		e := at + 2 + i*entry
		if e+entry > int64(len(tiff)) {
			return 0
		}
		if order.Uint16(tiff[e:]) == tag {
			if v := int(order.Uint16(tiff[e+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 0
		}
	}
	return 0
}
