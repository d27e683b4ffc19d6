package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"doithoai/store/pgtest"
)

// BenchmarkIntake is 64 submitters at once on a SQLite file, with everything that a receipt promises: slip, petitioner,
// opinion, event, leaf, salts, delivery. BenchmarkRawSync, run beside it, is the disk's own pace.
func BenchmarkIntake(b *testing.B) {
	benchmarkIntake(b, sqliteCopy(b))
}

// BenchmarkIntakePostgres is the same on a PostgreSQL that waits for its disk.
func BenchmarkIntakePostgres(b *testing.B) {
	dsn := pgtest.Start(b, pgtest.Durable).New(b)
	fx, err := fill(dsn)
	must(b, err)
	benchmarkIntake(b, fx.at(dsn))
}

func benchmarkIntake(b *testing.B, fx *fixture) {
	db := fx.open(b)
	var n atomic.Int64
	b.SetParallelism(32) // times two cores
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			i := int(n.Add(1))
			if _, err := db.SubmitSlip(context.Background(), fx.resident, key(i),
				fx.slip(fmt.Sprintf("Nội dung thứ %d: thủ tục đất đai của gia đình tôi.", i))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "submissions/s")
}

// BenchmarkRawSync overwrites 1.6 KB and flushes it, one by one.
func BenchmarkRawSync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	must(b, err)
	defer f.Close() //nolint:errcheck // of a test
	page := make([]byte, 1600)
	for b.Loop() {
		if _, err := f.WriteAt(page, 0); err != nil {
			b.Fatal(err)
		}
		must(b, f.Sync())
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "syncs/s")
}
