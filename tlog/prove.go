package tlog

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// emptyRoot is the hash of the tree without leaves.
var emptyRoot = Hash(sha256.Sum256(nil))

// ErrAltered says that stored hashes do not lead to the root for which a proof
// was asked: a hash, or the root, is not what it was.
var ErrAltered = errors.New("tlog: stored hashes do not lead to the root")

// Proof shows that a leaf is in a tree: the hashes beside the path from the
// leaf up to the root, lowest first (RFC 6962, section 2.1.1). In JSON it is a
// list of hashes in standard base64.
type Proof []Hash

// UnmarshalJSON accepts canonical base64 of 32 bytes each and nothing else.
func (p *Proof) UnmarshalJSON(data []byte) error {
	var list []Base64
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	proof := make(Proof, len(list))
	for i, b := range list {
		if len(b) != merkle.HashSize {
			return fmt.Errorf("tlog: hash %d of proof has %d bytes", i, len(b))
		}
		proof[i] = Hash(b)
	}
	*p = proof
	return nil
}

// Prove makes the proof that the leaf with the given index is in the tree with
// the given size and root, usually those of a signed checkpoint. It reads the
// tiles it needs, about two for each factor of 256 in the size, and checks all
// of them against the root, so that a changed row gives [ErrAltered] and never a
// wrong proof.
func Prove(ctx context.Context, size, index int64, root Hash, read ReadHashes) (Proof, error) {
	if size > MaxSize || index < 0 || index >= size {
		return nil, fmt.Errorf("tlog: no leaf %d in a record of %d", index, size)
	}
	tiles := &tileReader{ctx: ctx, read: read, size: size}
	proof, err := merkle.ProveRecord(size, index,
		merkle.TileHashReader(merkle.Tree{N: size, Hash: root}, tiles))
	switch {
	case tiles.err != nil:
		return nil, fmt.Errorf("tlog: prove %d in %d: %w", index, size, tiles.err)
	case err != nil:
		// What was read had the right form, so only its content can be wrong.
		return nil, fmt.Errorf("%w: %d in %d: %w", ErrAltered, index, size, err)
	}
	return Proof(proof), nil
}

// tileReader hands tiles to x/mod's reader, which checks them, and keeps the
// first error of reading apart from the errors of checking.
type tileReader struct {
	ctx  context.Context
	read ReadHashes
	size int64
	err  error
}

// Height is the height of all tiles.
func (r *tileReader) Height() int { return tileHeight }

// ReadTiles reads the tiles one by one.
func (r *tileReader) ReadTiles(tiles []merkle.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		data[i], r.err = Tile{Level: t.L, N: t.N, Width: t.W}.Bytes(r.ctx, r.size, r.read)
		if r.err != nil {
			return nil, r.err
		}
	}
	return data, nil
}

// SaveTiles keeps nothing: the tiles come from the store.
func (r *tileReader) SaveTiles([]merkle.Tile, [][]byte) {}
