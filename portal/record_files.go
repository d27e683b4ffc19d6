package portal

import (
	"errors"
	"net/http"
	"strconv"

	"doithoai"
	"doithoai/tlog"
	"doithoai/web"
)

// recordPath is the address of the public record; below it stand the files of c2sp.org/tlog-tiles.
const recordPath = "/so-doi-chung"

// How long the record's files may be believed unasked. A full tile never changes. One that is not full keeps its
// content too, but is forgotten once it has filled up.
const (
	cacheForever    = "public, max-age=31536000, immutable"
	cachePartial    = "public, max-age=300"
	cacheKey        = "public, max-age=300"
	cacheCheckpoint = "public, max-age=1"
)

// recordFile writes a file of the record for programs of any site: no page, no rendering, also where there is none.
func recordFile(r *web.Request, kind, cache string, body []byte) error {
	h := r.W.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", cache)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	r.W.WriteHeader(http.StatusOK)
	_, _ = r.W.Write(body) // a reader who went away is nobody's error
	return nil
}

// noRecordFile says in one line of text that there is no such file.
func noRecordFile(r *web.Request) error {
	r.W.Header().Set("Access-Control-Allow-Origin", "*")
	r.W.Header().Set("Cache-Control", "no-store") // it may be there in a second
	http.Error(r.W, http.StatusText(http.StatusNotFound), http.StatusNotFound)
	return nil
}

const plainText = "text/plain; charset=utf-8"

// checkpoint answers with the newest signed checkpoint (c2sp.org/tlog-checkpoint).
func (s *site) checkpoint(r *web.Request) error {
	c, err := s.DB.Checkpoint(r.Context())
	switch {
	case doithoai.KindOf(err) == doithoai.NotFound:
		return noRecordFile(r)
	case err != nil:
		return err
	}
	return recordFile(r, plainText, cacheCheckpoint, []byte(c.Note))
}

// publicKey answers with the key of the record in one line, as package note reads it.
func (s *site) publicKey(r *web.Request) error {
	return recordFile(r, plainText, cacheKey, []byte(s.VerifierKey()+"\n"))
}

// tile answers with a tile of hashes or a bundle of leaves. Nothing beyond the newest checkpoint is served: what is not
// signed yet is no promise.
func (s *site) tile(r *web.Request) error {
	t, err := tlog.ParseTilePath("tile/" + r.PathValue("path"))
	if err != nil {
		return noRecordFile(r)
	}
	c, err := s.DB.Checkpoint(r.Context())
	if doithoai.KindOf(err) == doithoai.NotFound {
		return noRecordFile(r)
	}
	if err != nil {
		return err
	}
	body, err := s.tileBytes(r, t, c.Size)
	switch {
	case errors.Is(err, tlog.ErrNoTile):
		return noRecordFile(r)
	case err != nil:
		return err
	}
	cache := cacheForever
	if t.Width < fullTile {
		cache = cachePartial
	}
	return recordFile(r, "application/octet-stream", cache, body)
}

// fullTile is the width of a tile to which nothing is added any more (c2sp.org/tlog-tiles).
const fullTile = 256

func (s *site) tileBytes(r *web.Request, t tlog.Tile, size int64) ([]byte, error) {
	if t.Level != tlog.Entries {
		return t.Bytes(r.Context(), size, s.DB.ReadHashes)
	}
	start, err := t.Start(size)
	if err != nil {
		return nil, err
	}
	leaves, err := s.DB.Leaves(r.Context(), start, t.Width)
	if err != nil {
		return nil, err
	}
	if len(leaves) != t.Width {
		return nil, errors.New("the record has lost leaves: " + t.Path())
	}
	return tlog.EntryBundle(leaves)
}
