package tlog

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	merkle "golang.org/x/mod/sumdb/tlog"
)

const testOrigin = "doithoai.example.vn/so-doi-chung"

// testTime falls within a minute, so that truncation shows.
var testTime = time.Date(2026, 10, 25, 2, 42, 31, 250e6, time.UTC)

// memory is a record in memory: it stores exactly what a database would.
type memory struct {
	edge   Edge
	leaves [][]byte
	hashes map[int][]Hash // by level
}

func newMemory() *memory { return &memory{hashes: map[int][]Hash{}} }

func (m *memory) append(leaf []byte) {
	m.leaves = append(m.leaves, leaf)
	m.appendHash(LeafHash(leaf))
}

func (m *memory) appendHash(h Hash) {
	m.hashes[0] = append(m.hashes[0], h)
	for _, t := range m.edge.Append(h) {
		if t.N != int64(len(m.hashes[t.Level])) {
			panic(fmt.Sprintf("tile hash %d/%d comes after %d", t.Level, t.N, len(m.hashes[t.Level])))
		}
		m.hashes[t.Level] = append(m.hashes[t.Level], t.Hash)
	}
}

func (m *memory) read(_ context.Context, level int, n int64, count int) ([]Hash, error) {
	row := m.hashes[level]
	if n < 0 || count < 1 || count > tileWidth || n+int64(count) > int64(len(row)) {
		return nil, fmt.Errorf("level %d has no %d+%d", level, n, count)
	}
	return row[n : n+int64(count)], nil
}

// fakeHash is a hash that depends on i alone.
func fakeHash(i int64) Hash {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(i))
	return LeafHash(b[:])
}

// testSalts draws salts which are the same in every run.
func testSalts(t testing.TB, seed byte) Salts {
	t.Helper()
	s, err := NewSalts(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// testKeys makes a key pair which is the same in every run.
func testKeys(t testing.TB, origin string, seed byte) (note.Signer, string) {
	t.Helper()
	skey, vkey, err := GenerateKey(rand.NewChaCha8([32]byte{seed}), origin)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return signer, vkey
}

func testOpening(t testing.TB, seed byte) Opening {
	t.Helper()
	return Opening{
		Act:     "ReceiveSlip",
		Number:  "ND-26-0417",
		Content: "Đường bê tông thôn 3 bị ngập, đề nghị xã làm rãnh thoát nước.\nXin trả lời bằng <thư>.",
		Salts:   testSalts(t, seed),
	}
}

// newLeaf is NewLeaf for openings which are known to be good.
func newLeaf(t testing.TB, o Opening) Leaf {
	t.Helper()
	l, err := NewLeaf("xa-nghia-dung", testTime, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// storedHashes is the tree of x/mod, with every hash, against which ours is tested.
type storedHashes []Hash

func (s *storedHashes) append(t testing.TB, n int64, h Hash) {
	t.Helper()
	hs, err := merkle.StoredHashesForRecordHash(n, h, s)
	if err != nil {
		t.Fatal(err)
	}
	*s = append(*s, hs...)
}

func (s *storedHashes) ReadHashes(indexes []int64) ([]Hash, error) {
	out := make([]Hash, len(indexes))
	for i, x := range indexes {
		out[i] = (*s)[x]
	}
	return out, nil
}

// mustFail fails the test unless err mentions what.
func mustFail(t *testing.T, err error, what string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), what) {
		t.Errorf("error is %v, want one about %q", err, what)
	}
}
