// Package tlog is the public record (sổ đối chứng): an append-only log in
// which every act on an opinion leaves one line that nobody, the authority
// included, can later change, remove or slip in between others unnoticed.
//
// # What is in it
//
// The record is a list of leaves, numbered from 0. A leaf is a few lines of
// text ([Leaf]): which authority, which minute, and three commitments, to the
// act, to the register number and to the content. A commitment is
// SHA-256(salt ‖ field) with a random salt of 16 bytes. It fixes the field
// without telling it: who holds field and salt can show that they belong to
// the leaf; who holds only the leaf learns nothing, not even of what kind the
// act was, for all leaves of an authority are of one length. The salt is kept
// with the personal data and printed on the receipt. Where both are destroyed,
// the leaf no longer says anything about anybody.
//
// # Why it can't be changed
//
// The leaves are the leaves of a Merkle tree (RFC 6962, section 2.1):
//
//	leaf hash = SHA-256(0x00 ‖ leaf)
//	node hash = SHA-256(0x01 ‖ left ‖ right)
//
// The authority signs the size of the tree and its root with an Ed25519 key
// ([Checkpoint]). Another leaf anywhere means another root, so two people who
// compare their checkpoints see whether they were shown the same record.
//
// # How a stranger checks all of it
//
// The record is served in the layout of c2sp.org/tlog-tiles, under one address
// whose checkpoint is c2sp.org/tlog-checkpoint ([ParseTilePath], [Tile]):
//
//	checkpoint               the newest signed checkpoint
//	tile/<L>/<N>[.p/<W>]     256 (or W) hashes of subtrees of 256^L leaves
//	tile/entries/<N>[.p/<W>] 256 (or W) leaves, each after its length (uint16, big-endian)
//
// Any tool that knows this layout, such as fsck of
// github.com/transparency-dev/tessera, reads every leaf, builds the tree and
// compares; nothing of this program is needed.
//
// # How a resident checks one receipt
//
// A receipt ([Receipt]) is a JSON document which holds the leaf, its index, the
// fields with their salts, and, once a checkpoint covers the leaf, the proof
// and that checkpoint. [VerifyReceipt] asks, without any network:
//
//  1. Do act, number and content match the commitments in the leaf?
//  2. Does the proof lead from the leaf's hash to the root in the checkpoint?
//  3. Is the checkpoint signed with the key which the authority made public?
//
// By hand, for the first question:
//
//	(base64 -d <<<"$SALT"; printf %s "$CONTENT") | openssl dgst -sha256 -binary | base64
//
// prints what stands in the leaf after "content ". Texts are UTF-8 in Unicode
// normal form C, as they were stored, line ends U+000A.
//
// # How it is stored
//
// The caller stores: each leaf with its hash, the [TileHash] rows which
// [Edge.Append] returns, and the edge itself in one row. That is all that
// [Prove] and [Tile.Bytes] read. The package does no I/O of its own.
package tlog

import (
	"context"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256 hash of a leaf, a node or a commitment. Its String is
// standard base64.
type Hash = merkle.Hash

// MaxSize is the greatest number of leaves in a record: 2^53, so that every
// index is exact in languages which count in float64. Sizes beyond it are
// refused wherever they are read.
const MaxSize = 1 << 53

// tileHeight is the height of a tile: 2^8 hashes.
const tileHeight = 8

// tileWidth is the number of hashes in a full tile and of leaves in a full
// entry bundle.
const tileWidth = 1 << tileHeight

// LeafHash is the hash of a leaf in the tree: SHA-256(0x00 ‖ leaf).
func LeafHash(leaf []byte) Hash { return merkle.RecordHash(leaf) }

// ReadHashes reads stored hashes: those of the complete subtrees of 2^level
// leaves with the numbers n to n+count-1. Level is 0 (leaf hashes) or a
// multiple of 8 ([TileHash] rows); 1 ≤ count ≤ 256. It returns exactly count
// hashes, in order, or an error.
type ReadHashes func(ctx context.Context, level int, n int64, count int) ([]Hash, error)
