package tlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"testing"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// The edge has the root of x/mod's tree and survives its stored form, at every
// size up to 1,100, around every multiple of 256 and at every 97th other, and
// hands out exactly the hashes of that tree at levels 8 and 16.
func TestEdgeAgainstFullTree(t *testing.T) {
	const size = int64(tileWidth*tileWidth + 3*tileWidth + 1)
	var edge Edge
	var full storedHashes
	next := map[int]int64{}
	for n := range size {
		if n <= 1100 || (n+1)%tileWidth <= 2 || n%97 == 0 {
			want, err := merkle.TreeHash(n, &full)
			if err != nil {
				t.Fatal(err)
			}
			if edge.Size() != n || edge.Root() != want {
				t.Fatalf("size %d: edge of %d has root %v, want %v", n, edge.Size(), edge.Root(), want)
			}
			edge = stored(t, edge)
		}
		h := fakeHash(n)
		full.append(t, n, h)
		for _, th := range edge.Append(h) {
			if th.Level%8 != 0 || th.Level == 0 || th.N != next[th.Level] {
				t.Fatalf("leaf %d gives level %d, number %d; expected number %d", n, th.Level, th.N, next[th.Level])
			}
			next[th.Level]++
			if want := full[merkle.StoredHashIndex(th.Level, th.N)]; th.Hash != want {
				t.Fatalf("hash %d/%d is %v, want %v", th.Level, th.N, th.Hash, want)
			}
		}
		for level := 8; level <= 16; level += 8 {
			if want := (n + 1) >> level; next[level] != want {
				t.Fatalf("after leaf %d, %d hashes at level %d, want %d", n, next[level], level, want)
			}
		}
	}
}

// stored is the edge after a way through its row.
func stored(t *testing.T, e Edge) Edge {
	t.Helper()
	b, err := e.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if want := 8 + 32*bits.OnesCount64(uint64(e.Size())); len(b) != want {
		t.Fatalf("edge of %d has %d bytes, want %d", e.Size(), len(b), want)
	}
	back, err := UnmarshalEdge(b)
	if err != nil {
		t.Fatal(err)
	}
	if back.Size() != e.Size() || back.Root() != e.Root() {
		t.Fatalf("edge of %d comes back with another size or root", e.Size())
	}
	return back
}

func TestEmptyEdge(t *testing.T) {
	var e Edge
	if want := Hash(sha256.Sum256(nil)); e.Root() != want {
		t.Errorf("root %v, want %v", e.Root(), want)
	}
	if e = stored(t, e); e.Size() != 0 {
		t.Errorf("size %d", e.Size())
	}
}

// A group which is rolled back leaves the edge from before it as it was.
func TestEdgeCopyIsIndependent(t *testing.T) {
	var before Edge
	for n := range int64(300) {
		before.Append(fakeHash(n))
	}
	root, after := before.Root(), before
	for n := range int64(300) {
		after.Append(fakeHash(-n))
	}
	if before.Root() != root || before.Size() != 300 {
		t.Error("appending to a copy changed the original")
	}
}

func TestUnmarshalEdgeRefuses(t *testing.T) {
	edge := func(size uint64, hashes int) []byte {
		return append(binary.BigEndian.AppendUint64(nil, size), bytes.Repeat([]byte{1}, 32*hashes)...)
	}
	for _, c := range []struct {
		name string
		row  []byte
		want string
	}{
		{"nothing", nil, "0 bytes"},
		{"short size", make([]byte, 7), "7 bytes"},
		{"hash missing", edge(3, 1), "not 64"},
		{"hash too many", edge(4, 2), "not 32"},
		{"half a hash", edge(4, 1)[:24], "not 32"},
		{"hash in an empty tree", edge(0, 1), "not 0"},
		{"too large", edge(MaxSize+1, 2), "more than"},
		{"negative", edge(1<<63, 1), "more than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := UnmarshalEdge(c.row)
			mustFail(t, err, c.want)
		})
	}
	e, err := UnmarshalEdge(edge(MaxSize, 1))
	if err != nil {
		t.Fatal(err)
	}
	if e.Append(Hash{}); e.Size() != MaxSize+1 {
		t.Errorf("size %d", e.Size())
	}
}

func BenchmarkAppend(b *testing.B) {
	var e Edge
	h := fakeHash(1)
	for b.Loop() {
		e.Append(h)
	}
}

func BenchmarkRoot(b *testing.B) {
	var e Edge
	for n := range int64(1<<16 - 1) {
		e.Append(fakeHash(n))
	}
	for b.Loop() {
		e.Root()
	}
}
