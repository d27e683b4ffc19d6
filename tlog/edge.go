package tlog

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// Edge is the right edge of the tree: the roots of the complete subtrees into
// which a tree of its size falls, one for each bit set in the size. It is all
// that is needed to append and to know the root, and fits one database row
// (8 + 32 × popcount(size) bytes).
//
// The zero Edge is the empty tree. A copy is independent of its original, so
// an append can be undone by keeping the edge from before it.
type Edge struct {
	size  int64
	roots [54]Hash // roots[l] is in use when bit l of size is set
}

// TileHash is the root of the N-th complete subtree of 2^Level leaves, where
// Level is a positive multiple of 8: a hash of a tile above level 0.
type TileHash struct {
	Level int
	N     int64
	Hash  Hash
}

// Size is the number of leaves.
func (e *Edge) Size() int64 { return e.size }

// Append adds a leaf with the index Size() and returns the tile hashes which
// it completes, lowest first: one after each 256th leaf, two after each
// 65,536th, and so on. They are to be stored with the leaf.
func (e *Edge) Append(leaf Hash) []TileHash {
	var done []TileHash
	h, level := leaf, 0
	for ; e.size>>level&1 == 1; level++ {
		h = merkle.NodeHash(e.roots[level], h)
		if (level+1)%tileHeight == 0 {
			done = append(done, TileHash{Level: level + 1, N: e.size >> (level + 1), Hash: h})
		}
	}
	e.roots[level] = h
	e.size++
	return done
}

// Root is the hash of the tree; that of the empty tree is SHA-256 of nothing
// (RFC 6962, section 2.1).
func (e *Edge) Root() Hash {
	if e.size == 0 {
		return emptyRoot
	}
	level := bits.TrailingZeros64(uint64(e.size))
	root := e.roots[level]
	for level++; e.size>>level > 0; level++ {
		if e.size>>level&1 == 1 {
			root = merkle.NodeHash(e.roots[level], root)
		}
	}
	return root
}

// MarshalBinary writes the size (8 bytes, big-endian) and the hashes, that of
// the largest subtree first. It never fails.
func (e *Edge) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, 8+merkle.HashSize*bits.OnesCount64(uint64(e.size)))
	b = binary.BigEndian.AppendUint64(b, uint64(e.size))
	for level := len(e.roots) - 1; level >= 0; level-- {
		if e.size>>level&1 == 1 {
			b = append(b, e.roots[level][:]...)
		}
	}
	return b, nil
}

// UnmarshalEdge reads what MarshalBinary writes. It refuses sizes beyond
// [MaxSize] and any number of hashes but the one that belongs to the size.
// Whether the hashes are right shows only against a checkpoint.
func UnmarshalEdge(b []byte) (Edge, error) {
	if len(b) < 8 {
		return Edge{}, fmt.Errorf("tlog: edge of %d bytes", len(b))
	}
	size := binary.BigEndian.Uint64(b)
	if size > MaxSize {
		return Edge{}, fmt.Errorf("tlog: edge of size %d, more than %d", size, int64(MaxSize))
	}
	rest := b[8:]
	if want := merkle.HashSize * bits.OnesCount64(size); len(rest) != want {
		return Edge{}, fmt.Errorf("tlog: edge of size %d has %d bytes of hashes, not %d", size, len(rest), want)
	}
	e := Edge{size: int64(size)}
	for level := len(e.roots) - 1; level >= 0; level-- {
		if size>>level&1 == 1 {
			e.roots[level] = Hash(rest[:merkle.HashSize])
			rest = rest[merkle.HashSize:]
		}
	}
	return e, nil
}
