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
// tiles it needs, each once, at most two for each factor of 256 in the size
// (five for 10 M leaves), and checks the finished proof, from the stored leaf
// hash to the root: a changed row gives [ErrAltered] and never a wrong proof.
func Prove(ctx context.Context, size, index int64, root Hash, read ReadHashes) (Proof, error) {
	if size > MaxSize || index < 0 || index >= size {
		return nil, fmt.Errorf("tlog: no leaf %d in a record of %d", index, size)
	}
	nodes := &nodeReader{ctx: ctx, read: read, size: size, tiles: map[Tile][]Hash{}}
	proof, err := merkle.ProveRecord(size, index, nodes)
	if err != nil {
		return nil, fmt.Errorf("tlog: prove %d in %d: %w", index, size, err)
	}
	leaf, err := nodes.node(0, index)
	if err != nil {
		return nil, fmt.Errorf("tlog: prove %d in %d: %w", index, size, err)
	}
	if err := merkle.CheckRecord(proof, size, root, index, leaf); err != nil {
		return nil, fmt.Errorf("%w: %d in %d: %w", ErrAltered, index, size, err)
	}
	return Proof(proof), nil
}

// nodeReader computes nodes from tiles for x/mod's prover. It does not check
// them: that is done once, by the proof they make.
type nodeReader struct {
	ctx   context.Context
	read  ReadHashes
	size  int64
	tiles map[Tile][]Hash // those read so far
}

// ReadHashes returns the nodes with x/mod's storage indexes.
func (r *nodeReader) ReadHashes(indexes []int64) ([]Hash, error) {
	nodes := make([]Hash, len(indexes))
	for i, x := range indexes {
		var err error
		if nodes[i], err = r.node(merkle.SplitStoredHashIndex(x)); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// node is the root of the n-th complete subtree of 2^level leaves, computed from
// the 2^(level mod 8) hashes below it in its tile.
func (r *nodeReader) node(level int, n int64) (Hash, error) {
	height := level % tileHeight
	first := n << height
	tile := Tile{Level: level / tileHeight, N: first / tileWidth}
	complete := r.size >> (tileHeight * tile.Level)
	tile.Width = int(min(tileWidth, complete-tile.N*tileWidth))
	hashes, ok := r.tiles[tile]
	if !ok {
		var err error
		if hashes, err = tile.hashes(r.ctx, r.size, r.read); err != nil {
			return Hash{}, err
		}
		r.tiles[tile] = hashes
	}
	return subtree(hashes[first%tileWidth:][:1<<height]), nil
}

// subtree is the root over a power of two of hashes.
func subtree(hashes []Hash) Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	half := len(hashes) / 2
	return merkle.NodeHash(subtree(hashes[:half]), subtree(hashes[half:]))
}
