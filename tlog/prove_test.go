package tlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// Every leaf of every small tree, and leaves on both sides of every tile
// boundary of larger ones, is proven by the very proof which x/mod makes from
// the full tree, and that proof fits no other index.
func TestProveAgainstFullTree(t *testing.T) {
	const last = tileWidth*tileWidth + tileWidth + 1
	m := newMemory()
	var full storedHashes
	all := []int64{1, 2, 3, 5, 8, 13, 100, 255, 256, 257, 300, 511, 512, 513}
	sampled := []int64{1024, 65280, 65535, 65536, 65537, 65791, 65792, last}
	for n := range int64(last) {
		h := fakeHash(n)
		full.append(t, n, h)
		m.appendHash(h)
		size := n + 1
		switch {
		case slices.Contains(all, size):
			for index := range size {
				checkProof(t, m, &full, size, index)
			}
		case slices.Contains(sampled, size):
			for _, edge := range []int64{0, 1, 255, 256, 257, 511, 512, 32767, 65279, 65280, 65535, 65536, size - 2, size - 1} {
				if edge < size {
					checkProof(t, m, &full, size, edge)
				}
			}
		}
	}
	// A proof in an older state, asked for later.
	for _, size := range all {
		checkProof(t, m, &full, size, size-1)
	}
}

func checkProof(t *testing.T, m *memory, full *storedHashes, size, index int64) {
	t.Helper()
	root, err := merkle.TreeHash(size, full)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Prove(t.Context(), size, index, root, m.read)
	if err != nil {
		t.Fatal(err)
	}
	want, err := merkle.ProveRecord(size, index, full)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, Proof(want)) {
		t.Fatalf("proof of %d in %d is %v, want %v", index, size, got, want)
	}
	c := Checkpoint{Origin: testOrigin, Size: size, Root: root}
	if err := c.Includes(index, fakeHash(index), got); err != nil {
		t.Fatal(err)
	}
	if c.Includes((index+1)%size, fakeHash(index), got) == nil && size > 1 {
		t.Fatalf("proof of %d in %d fits the next index", index, size)
	}
}

// A change of any hash which a proof needs, or of the root, is noticed.
func TestProveNoticesChange(t *testing.T) {
	m := newMemory()
	const size = tileWidth*tileWidth + 2*tileWidth + 3
	for n := range int64(size) {
		m.appendHash(fakeHash(n))
	}
	root := m.edge.Root()
	for _, c := range []struct {
		level    int
		n, index int64
	}{
		{0, 0, 0}, {0, 255, 0}, {0, size - 1, 5}, {0, 1000, 1001},
		{8, 0, 700}, {8, 100, 700}, {8, 257, 700}, {16, 0, 65_600},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			m.hashes[c.level][c.n][31] ^= 1
			defer func() { m.hashes[c.level][c.n][31] ^= 1 }()
			if _, err := Prove(t.Context(), size, c.index, root, m.read); !errors.Is(err, ErrAltered) {
				t.Errorf("error is %v, want ErrAltered", err)
			}
		})
	}
	if _, err := Prove(t.Context(), size, 1, fakeHash(0), m.read); !errors.Is(err, ErrAltered) {
		t.Errorf("other root: error is %v, want ErrAltered", err)
	}
	if _, err := Prove(t.Context(), size, 1, root, m.read); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

// Each tile is read once, and of three levels at most five.
func TestProveReadsFewTiles(t *testing.T) {
	const size = tileWidth*tileWidth + 2*tileWidth + 3
	root, read := computedRecord(size)
	for _, index := range []int64{0, 700, 65_535, 65_536, 66_047, size - 1} {
		seen := map[[2]int64]bool{}
		_, err := Prove(t.Context(), size, index, root,
			func(ctx context.Context, level int, n int64, count int) ([]Hash, error) {
				if seen[[2]int64{int64(level), n}] {
					t.Errorf("leaf %d: level %d from %d is read twice", index, level, n)
				}
				seen[[2]int64{int64(level), n}] = true
				return read(ctx, level, n, count)
			})
		if err != nil || len(seen) > 5 {
			t.Errorf("leaf %d: %d reads, %v", index, len(seen), err)
		}
	}
}

func TestProveRefuses(t *testing.T) {
	m := newMemory()
	m.appendHash(fakeHash(0))
	for _, c := range []struct{ size, index int64 }{
		{0, 0}, {1, 1}, {1, -1}, {-1, -2}, {MaxSize + 1, 0}, {1<<63 - 1, 0},
	} {
		if _, err := Prove(t.Context(), c.size, c.index, m.edge.Root(), m.read); err == nil || errors.Is(err, ErrAltered) {
			t.Errorf("Prove(%d, %d): error is %v", c.size, c.index, err)
		}
	}
}

// Trouble with reading is not reported as a changed record.
func TestProveKeepsReadersError(t *testing.T) {
	lost := errors.New("connection lost")
	_, err := Prove(t.Context(), 10, 1, Hash{}, func(context.Context, int, int64, int) ([]Hash, error) {
		return nil, lost
	})
	if !errors.Is(err, lost) || errors.Is(err, ErrAltered) {
		t.Errorf("error is %v", err)
	}
	_, err = Prove(t.Context(), 10, 1, Hash{}, func(context.Context, int, int64, int) ([]Hash, error) {
		return make([]Hash, 9), nil
	})
	mustFail(t, err, "9 hashes")
	if errors.Is(err, ErrAltered) {
		t.Error("a missing row counts as changed")
	}
}

func TestProofJSON(t *testing.T) {
	proof := Proof{fakeHash(1), fakeHash(2)}
	b, err := json.Marshal(proof)
	if err != nil {
		t.Fatal(err)
	}
	var back Proof
	if err := json.Unmarshal(b, &back); err != nil || !slices.Equal(back, proof) {
		t.Errorf("%s comes back as %v, %v", b, back, err)
	}
	for _, bad := range []string{
		`["AAAA"]`, `[1]`, `"AAAA"`, `["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]`,
		`["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB="]`,
	} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
}

// Leaf hashes are computed when read, so that 10 M leaves need no memory; the
// figures include that (a third), but no database. The metric node-hashes is
// the median in units of one node hash measured in the same run: the figure to
// compare between machines.
func BenchmarkProve(b *testing.B) {
	for _, size := range []int64{1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			root, read := computedRecord(size)
			var took []time.Duration
			index := int64(0)
			for b.Loop() {
				start := time.Now()
				if _, err := Prove(b.Context(), size, index, root, read); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
				index = (index + 7_368_787) % size
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(took[len(took)/2])/float64(nodeHashTime()), "node-hashes")
		})
	}
}

// computedRecord is a record of fake hashes: those of leaves are computed,
// those above are stored.
func computedRecord(size int64) (Hash, ReadHashes) {
	var edge Edge
	rows := map[int][]Hash{}
	for n := range size {
		for _, t := range edge.Append(fakeHash(n)) {
			rows[t.Level] = append(rows[t.Level], t.Hash)
		}
	}
	return edge.Root(), func(_ context.Context, level int, n int64, count int) ([]Hash, error) {
		if level > 0 {
			return rows[level][n : n+int64(count)], nil
		}
		hashes := make([]Hash, count)
		for i := range hashes {
			hashes[i] = fakeHash(n + int64(i))
		}
		return hashes, nil
	}
}

// nodeHashTime is the median time of one node hash, from samples of 100.
func nodeHashTime() time.Duration {
	samples := make([]time.Duration, 101)
	var h Hash
	for i := range samples {
		start := time.Now()
		for range 100 {
			h = merkle.NodeHash(h, h)
		}
		samples[i] = time.Since(start) / 100
	}
	slices.Sort(samples)
	return samples[len(samples)/2]
}
