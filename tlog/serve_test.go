package tlog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// handler serves m in its first size leaves as the portal serves the record.
func (m *memory) handler(t testing.TB, checkpoint []byte, size int64) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /checkpoint", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write(checkpoint)
	})
	mux.HandleFunc("GET /tile/", func(w http.ResponseWriter, req *http.Request) {
		tile, err := ParseTilePath(strings.TrimPrefix(req.URL.Path, "/"))
		if err != nil {
			http.NotFound(w, req)
			return
		}
		var data []byte
		if tile.Level == Entries {
			var start int64
			if start, err = tile.Start(size); err == nil {
				data, err = EntryBundle(m.leaves[start : start+int64(tile.Width)])
			}
		} else {
			data, err = tile.Bytes(req.Context(), size, m.read)
		}
		switch {
		case errors.Is(err, ErrNoTile):
			http.NotFound(w, req)
		case err != nil:
			t.Errorf("%s: %v", req.URL.Path, err)
			http.Error(w, "", http.StatusInternalServerError)
		default:
			w.Header().Set("Content-Type", "application/octet-stream")
			w.Write(data)
		}
	})
	return mux
}

// stranger reads a record over HTTP with nothing but x/mod's reader of tiles.
type stranger struct {
	t   *testing.T
	url string
}

func (s stranger) get(path string) ([]byte, error) {
	res, err := http.Get(s.url + "/" + path)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, res.Status)
	}
	return io.ReadAll(res.Body)
}

func (s stranger) Height() int { return 8 }

func (s stranger) ReadTiles(tiles []merkle.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		// x/mod writes the height into the path; c2sp.org/tlog-tiles does not.
		if data[i], err = s.get(strings.Replace(tile.Path(), "tile/8/", "tile/", 1)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (s stranger) SaveTiles([]merkle.Tile, [][]byte) {}

// bundle fetches and cuts one entry bundle.
func (s stranger) bundle(n int64, width int) [][]byte {
	s.t.Helper()
	path := fmt.Sprintf("tile/entries/%03d", n)
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	data, err := s.get(path)
	if err != nil {
		s.t.Fatal(err)
	}
	var leaves [][]byte
	for len(data) > 0 {
		n := int(binary.BigEndian.Uint16(data))
		leaves = append(leaves, data[2:2+n])
		data = data[2+n:]
	}
	if len(leaves) != width {
		s.t.Fatalf("%s has %d leaves", path, len(leaves))
	}
	return leaves
}

// A stranger with x/mod's own client reads checkpoint, tiles and bundles of
// records around the tile's width, finds the root, proves every leaf, and gets
// nothing that is not yet signed.
func TestServedRecordSatisfiesStranger(t *testing.T) {
	signer, vkey := testKeys(t, testOrigin, 1)
	const all = 3 * tileWidth
	m := newMemory()
	signed := map[int64]Hash{}
	for n := range int64(all) {
		o := testOpening(t, byte(n))
		o.Number = fmt.Sprint(n)
		m.append(newLeaf(t, o).Bytes())
		signed[n+1] = m.edge.Root()
	}
	for _, size := range []int64{1, 255, 256, 257, 700, all - 1} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			msg, err := Checkpoint{testOrigin, size, signed[size]}.Sign(signer)
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(m.handler(t, msg, size))
			defer server.Close()
			s := stranger{t, server.URL}

			got, err := s.get("checkpoint")
			if err != nil {
				t.Fatal(err)
			}
			c, err := OpenCheckpoint(got, testVerifier(t, vkey))
			if err != nil {
				t.Fatal(err)
			}
			tree := merkle.Tree{N: c.Size, Hash: c.Root}
			reader := merkle.TileHashReader(tree, s)
			if root, err := merkle.TreeHash(c.Size, reader); err != nil || root != c.Root {
				t.Fatalf("root %v, %v", root, err)
			}
			for first := int64(0); first < size; first += 256 {
				for i, leaf := range s.bundle(first/256, int(min(256, size-first))) {
					index := first + int64(i)
					if index%50 != 0 && index != size-1 {
						continue
					}
					proof, err := merkle.ProveRecord(c.Size, index, reader)
					if err != nil {
						t.Fatal(err)
					}
					if err := merkle.CheckRecord(proof, c.Size, c.Root, index, merkle.RecordHash(leaf)); err != nil {
						t.Fatalf("leaf %d: %v", index, err)
					}
				}
			}
			for _, level := range []string{"0", "entries"} {
				beyond := fmt.Sprintf("tile/%s/%03d.p/%d", level, size/256, size%256+1)
				if data, err := s.get(beyond); err == nil && size%256 != 255 {
					t.Errorf("%s gives %d bytes of a record of %d", beyond, len(data), size)
				}
			}
		})
	}
}
