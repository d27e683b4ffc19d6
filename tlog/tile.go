package tlog

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// Entries is the level of a [Tile] which holds leaves instead of hashes.
const Entries = -1

// maxTileLevel is the greatest level a path may have (c2sp.org/tlog-tiles).
const maxTileLevel = 63

// ErrNoTile says that a record of this size has no such tile, or not so wide.
var ErrNoTile = errors.New("tlog: no such tile in a record of this size")

// Tile names one file of the served record.
type Tile struct {
	Level int   // hashes of subtrees of 256^Level leaves; or [Entries]
	N     int64 // number within the level
	Width int   // hashes or leaves in it: 256 when full, 1–255 when partial
}

// ParseTilePath reads a path below the record's address, without a leading
// slash: tile/<L>/<N>[.p/<W>] or tile/entries/<N>[.p/<W>], where N is written
// in groups of three digits, all but the last with an x before them
// (x001/x234/067). Only the canonical spelling is accepted. Whether the tile
// exists is another question ([Tile.Start]).
func ParseTilePath(path string) (Tile, error) {
	malformed := fmt.Errorf("tlog: %q is not the path of a tile", path)
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok {
		return Tile{}, malformed
	}
	level, rest, _ := strings.Cut(rest, "/")
	t := Tile{Level: Entries, Width: tileWidth}
	if level != "entries" {
		l, err := strconv.Atoi(level)
		if err != nil || l < 0 || l > maxTileLevel {
			return Tile{}, malformed
		}
		t.Level = l
	}
	number, width, partial := strings.Cut(rest, ".p/")
	if partial {
		w, err := strconv.Atoi(width)
		if err != nil || w < 1 || w >= tileWidth {
			return Tile{}, malformed
		}
		t.Width = w
	}
	for group := range strings.SplitSeq(number, "/") {
		n, err := strconv.ParseUint(strings.TrimPrefix(group, "x"), 10, 10)
		if err != nil || t.N > MaxSize/1000 {
			return Tile{}, malformed
		}
		t.N = t.N*1000 + int64(n)
	}
	if t.Path() != path {
		return Tile{}, malformed
	}
	return t, nil
}

// Path is the path of the tile below the record's address, the inverse of
// [ParseTilePath].
func (t Tile) Path() string {
	number := fmt.Sprintf("%03d", t.N%1000)
	for n := t.N / 1000; n > 0; n /= 1000 {
		number = fmt.Sprintf("x%03d/%s", n%1000, number)
	}
	level := "entries"
	if t.Level != Entries {
		level = strconv.Itoa(t.Level)
	}
	if t.Width == tileWidth {
		return "tile/" + level + "/" + number
	}
	return fmt.Sprintf("tile/%s/%s.p/%d", level, number, t.Width)
}

// Start is the number of the tile's first hash within its level, or the index
// of the bundle's first leaf. It is [ErrNoTile] unless a record of the given
// size, that of the newest checkpoint, has all Width of them: what is not yet
// signed is not served.
func (t Tile) Start(size int64) (int64, error) {
	if t.Level < Entries || t.Level > maxTileLevel || t.N < 0 || t.Width < 1 || t.Width > tileWidth {
		return 0, fmt.Errorf("%w: %+v", ErrNoTile, t)
	}
	complete := size >> (tileHeight * max(t.Level, 0))
	// Compared by division, since N × 256 may overflow.
	if last := complete - int64(t.Width); last < 0 || t.N > last>>tileHeight {
		return 0, fmt.Errorf("%w: %s of %d", ErrNoTile, t.Path(), size)
	}
	return t.N << tileHeight, nil
}

// Bytes is the content of a tile of hashes in a record of the given size: Width
// hashes of 32 bytes each, as read. It is [ErrNoTile] if the record is too
// small. The hashes are not checked against a root; who fetches them does that.
func (t Tile) Bytes(ctx context.Context, size int64, read ReadHashes) ([]byte, error) {
	hashes, err := t.hashes(ctx, size, read)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, merkle.HashSize*t.Width)
	for i := range hashes {
		b = append(b, hashes[i][:]...)
	}
	return b, nil
}

// hashes reads the hashes of the tile, of which there are Width.
func (t Tile) hashes(ctx context.Context, size int64, read ReadHashes) ([]Hash, error) {
	if t.Level == Entries {
		return nil, fmt.Errorf("tlog: %s holds leaves, not hashes", t.Path())
	}
	start, err := t.Start(size)
	if err != nil {
		return nil, err
	}
	hashes, err := read(ctx, tileHeight*t.Level, start, t.Width)
	if err != nil {
		return nil, fmt.Errorf("tlog: read %s: %w", t.Path(), err)
	}
	if len(hashes) != t.Width {
		return nil, fmt.Errorf("tlog: read %s: %d hashes", t.Path(), len(hashes))
	}
	return hashes, nil
}

// EntryBundle is the content of a tile at level [Entries]: each leaf after its
// length, a big-endian uint16. It fails on a leaf longer than 65,535 bytes.
func EntryBundle(leaves [][]byte) ([]byte, error) {
	var b []byte
	for i, leaf := range leaves {
		if len(leaf) > math.MaxUint16 {
			return nil, fmt.Errorf("tlog: leaf %d of bundle has %d bytes", i, len(leaf))
		}
		b = binary.BigEndian.AppendUint16(b, uint16(len(leaf)))
		b = append(b, leaf...)
	}
	return b, nil
}
