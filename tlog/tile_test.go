package tlog

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	merkle "golang.org/x/mod/sumdb/tlog"
)

func TestTilePath(t *testing.T) {
	for path, want := range map[string]Tile{
		"tile/0/000":                          {0, 0, 256},
		"tile/0/000.p/1":                      {0, 0, 1},
		"tile/1/017.p/255":                    {1, 17, 255},
		"tile/3/x001/x234/067":                {3, 1234067, 256},
		"tile/63/x001/000":                    {63, 1000, 256},
		"tile/entries/x001/x234/067.p/8":      {Entries, 1234067, 8},
		"tile/entries/000":                    {Entries, 0, 256},
		"tile/0/x009/x007/x199/x254/740/":     {},
		"tile/0/x9007/199/254/740":            {},
		"tile/0/x035/x184/x372/x088/831.p/99": {0, 35184372088831, 99},
	} {
		got, err := ParseTilePath(path)
		if want == (Tile{}) {
			if err == nil {
				t.Errorf("%s is read as %+v", path, got)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%s is read as %+v, %v; want %+v", path, got, err, want)
		}
	}
}

func TestParseTilePathRefuses(t *testing.T) {
	for _, path := range []string{
		"", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/8/0/000",
		"tile/64/000", "tile/-1/000", "tile/00/000", "tile/+1/000", "tile/data/000", "tile/entries",
		"tile/0/0", "tile/0/1000", "tile/0/001/000", "tile/0/x001", "tile/0/x000/001", "tile/0/x001/x002",
		"tile/0/xx01/000", "tile/0/-01", "tile/0/00x", "tile/0/x1/000", "tile/0//000", "tile/0/０00",
		"tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
		"tile/0/000.p/+1", "tile/0/000.p/1/2", "tile/0/000.p/1.p/1", "tile/0/x001.p/000", "tile/0/000.q/1",
		"tile/0/" + strings.Repeat("x999/", 7) + "999", "tile/0/" + strings.Repeat("x001/", 100_000) + "001",
		"tile/0/../0/000", "tile/0/%30", "TILE/0/000", "tile/0/000\n",
	} {
		if got, err := ParseTilePath(path); err == nil {
			t.Errorf("%.60q is read as %+v", path, got)
		}
	}
}

// The example of c2sp.org/tlog-tiles: 70,000 leaves are 273 full tiles and one
// of 112 at level 0, one full and one of 17 at level 1, one of 1 at level 2.
func TestTileStart(t *testing.T) {
	for _, c := range []struct {
		path string
		size int64
		want int64 // −1: no such tile
	}{
		{"tile/0/000.p/1", 0, -1},
		{"tile/0/000.p/1", 1, 0},
		{"tile/0/000.p/2", 1, -1},
		{"tile/0/000", 255, -1},
		{"tile/0/000", 256, 0},
		{"tile/1/000.p/1", 255, -1},
		{"tile/1/000.p/1", 256, 0},
		{"tile/0/272", 70_000, 272 * 256},
		{"tile/0/273", 70_000, -1},
		{"tile/0/273.p/112", 70_000, 273 * 256},
		{"tile/0/273.p/113", 70_000, -1},
		{"tile/0/274.p/1", 70_000, -1},
		{"tile/entries/273.p/112", 70_000, 273 * 256},
		{"tile/entries/273.p/113", 70_000, -1},
		{"tile/1/000", 70_000, 0},
		{"tile/1/001.p/17", 70_000, 256},
		{"tile/1/001.p/16", 70_000, 256}, // belongs to an older checkpoint
		{"tile/1/001.p/18", 70_000, -1},
		{"tile/2/000.p/1", 70_000, 0},
		{"tile/2/000.p/2", 70_000, -1},
		{"tile/3/000.p/1", 70_000, -1},
		{"tile/63/000.p/1", MaxSize, -1},
		{"tile/0/x009/x007/x199/x254/x740/992.p/1", MaxSize, -1},
	} {
		tile, err := ParseTilePath(c.path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := tile.Start(c.size)
		switch {
		case c.want < 0:
			if !errors.Is(err, ErrNoTile) {
				t.Errorf("%s of %d starts at %d, %v; want ErrNoTile", c.path, c.size, got, err)
			}
		case err != nil || got != c.want:
			t.Errorf("%s of %d starts at %d, %v; want %d", c.path, c.size, got, err, c.want)
		}
	}
	for _, tile := range []Tile{
		{0, -1, 1}, {0, 0, 0}, {0, 0, 257}, {-2, 0, 1}, {64, 0, 1}, {0, 1<<63 - 1, 256}, {0, 1 << 55, 1},
	} {
		if got, err := tile.Start(1000); !errors.Is(err, ErrNoTile) {
			t.Errorf("%+v starts at %d, %v", tile, got, err)
		}
	}
}

// Tiles are the bytes which x/mod's own tree has for them.
func TestTileBytesAgainstFullTree(t *testing.T) {
	const size = 2*tileWidth + 7
	m := newMemory()
	var full storedHashes
	for n := range int64(size) {
		full.append(t, n, fakeHash(n))
		m.appendHash(fakeHash(n))
	}
	tiles := merkle.NewTiles(tileHeight, 0, size)
	if len(tiles) != 4 {
		t.Fatalf("%d tiles", len(tiles))
	}
	for _, want := range tiles {
		data, err := merkle.ReadTileData(want, &full)
		if err != nil {
			t.Fatal(err)
		}
		tile := Tile{Level: want.L, N: want.N, Width: want.W}
		if theirs := strings.Replace(want.Path(), "tile/8/", "tile/", 1); tile.Path() != theirs {
			t.Errorf("path %s, want %s", tile.Path(), theirs)
		}
		got, err := tile.Bytes(t.Context(), size, m.read)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s differs: %v", tile.Path(), err)
		}
	}
}

func TestTileBytesRefuses(t *testing.T) {
	m := newMemory()
	for n := range int64(10) {
		m.appendHash(fakeHash(n))
	}
	// The row is there, but not yet signed.
	if _, err := (Tile{0, 0, 10}).Bytes(t.Context(), 9, m.read); !errors.Is(err, ErrNoTile) {
		t.Errorf("error is %v", err)
	}
	_, err := Tile{Entries, 0, 9}.Bytes(t.Context(), 9, m.read)
	mustFail(t, err, "leaves, not hashes")
	lost := errors.New("connection lost")
	_, err = Tile{0, 0, 9}.Bytes(t.Context(), 9,
		func(context.Context, int, int64, int) ([]Hash, error) { return nil, lost })
	if !errors.Is(err, lost) {
		t.Errorf("error is %v", err)
	}
	_, err = Tile{0, 0, 9}.Bytes(t.Context(), 9,
		func(context.Context, int, int64, int) ([]Hash, error) { return make([]Hash, 10), nil })
	mustFail(t, err, "10 hashes")
}

func TestEntryBundle(t *testing.T) {
	got, err := EntryBundle([][]byte{[]byte("ab"), {}, bytes.Repeat([]byte("x"), 258)})
	want := "\x00\x02ab\x00\x00\x01\x02" + strings.Repeat("x", 258)
	if err != nil || string(got) != want {
		t.Errorf("bundle %q, %v", got, err)
	}
	if _, err = EntryBundle([][]byte{make([]byte, 65535)}); err != nil {
		t.Error(err)
	}
	_, err = EntryBundle([][]byte{nil, make([]byte, 65536)})
	mustFail(t, err, "leaf 1")
}

func FuzzTilePath(f *testing.F) {
	for _, path := range []string{
		"tile/0/000", "tile/entries/x001/x234/067.p/8", "tile/63/999.p/255", "tile/0/x000/001", "tile/data/000",
	} {
		f.Add(path, int64(70_000))
	}
	f.Fuzz(func(t *testing.T, path string, size int64) {
		tile, err := ParseTilePath(path)
		if err != nil {
			return
		}
		if tile.Path() != path {
			t.Errorf("%q is read as %q", path, tile.Path())
		}
		start, err := tile.Start(size)
		if err == nil && (start < 0 || start+int64(tile.Width) > size>>(8*max(tile.Level, 0))) {
			t.Errorf("%q of %d starts at %d", path, size, start)
		}
	})
}
