package store

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// told is what a [Progress] was told, step after step.
type told struct {
	t     testing.TB
	steps []Step
	last  map[Step][2]int64
}

func (p *told) tell(step Step, done, total int64) {
	if p.last == nil {
		p.last = map[Step][2]int64{}
	}
	if before, ok := p.last[step]; !ok {
		p.steps = append(p.steps, step)
	} else if done < before[0] {
		p.t.Errorf("%s goes back from %d to %d", step, before[0], done)
	}
	if total >= 0 && done > total {
		p.t.Errorf("%s: %d of %d", step, done, total)
	}
	p.last[step] = [2]int64{done, total}
}

// want fails unless the steps were those, each told to its end.
func (p *told) want(steps ...Step) {
	p.t.Helper()
	if !slices.Equal(p.steps, steps) {
		p.t.Errorf("steps %v, want %v", p.steps, steps)
	}
	for step, last := range p.last {
		if last[0] != last[1] || last[0] == 0 {
			p.t.Errorf("%s ended at %d of %d", step, last[0], last[1])
		}
	}
	p.steps, p.last = nil, nil
}

// TestProgress: long work tells how far it is, never goes back, and ends at its total.
func TestProgress(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			fx := e.copy(t)
			filled := fx.open(t)
			ctx := ctxOf(t)
			fullRecord(t, filled, fx)
			p := &told{t: t}
			db, err := Open(ctx, fx.dsn, Options{Now: fx.clock.Now, Progress: p.tell})
			must(t, err)
			defer db.Close() //nolint:errcheck // of a test
			p.want()         // nothing was migrated

			var archive bytes.Buffer
			must(t, db.Backup(ctx, &archive))
			p.want(StepWrite)
			m, err := db.ReadBack(ctx, bytes.NewReader(archive.Bytes()))
			must(t, err)
			p.want(StepReadBack)
			if rows := m.Parts[0].Rows; rows != 2 {
				t.Errorf("%d rows of %s read back", rows, m.Parts[0].Table)
			}
			_, _, _, err = db.Verify(ctx)
			must(t, err)
			p.want(StepLeaves, StepEvents)
			var rows [][]string
			for n := range 300 {
				rows = append(rows, []string{fmt.Sprintf("Cơ quan %d", n), "", "", "0255 382 1234", ""})
			}
			_, err = db.ImportList(ctx, fx.office, doithoai.ListOutsideBodies, listFile(t, doithoai.ListOutsideBodies, rows...),
				"")
			must(t, err)
			p.want(StepImport)
			_, err = Restore(ctx, e.bare(t), bytes.NewReader(archive.Bytes()), Options{Progress: p.tell})
			must(t, err)
			p.want(StepLoad, StepIndex, StepSearch)
			_, err = Restore(ctx, e.bare(t), io.MultiReader(&archive), Options{Progress: func(step Step, _, total int64) {
				if step == StepLoad && total != -1 {
					t.Errorf("a pipe of %d bytes", total)
				}
			}})
			must(t, err)

			fresh, err := Open(ctx, e.bare(t), Options{Progress: p.tell})
			must(t, err)
			must(t, fresh.Close())
			p.want(StepMigrate)
		})
	}
}

// TestRestoreOfAnOlderSchema: a backup of an older schema, with the tables and columns of its time, becomes one of
// today's.
func TestRestoreOfAnOlderSchema(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			ctx := ctxOf(t)
			d, write, read, err := connect(e.bare(t))
			must(t, err)
			old := newDB(d, write, read, Options{})
			defer old.closePools() //nolint:errcheck // of a test
			must(t, old.migrateTo(ctx, firstSchema))
			must(t, old.act(ctx, func(tx *Tx) error {
				return tx.exec(ctx, `INSERT INTO job_run (job, day, done_at)
					VALUES ($1, $2, $3)`, "purge", calendar.DateOf(2026, 10, 1), tx.Now)
			}))
			archive := backup(t, old)
			m, err := Restore(ctx, e.bare(t), bytes.NewReader(archive), Options{})
			must(t, err)
			if m.Schema != firstSchema {
				t.Errorf("restored schema %d", m.Schema)
			}
		})
	}
}

// TestLongReadsLeaveNoWorkToActs: what acts wrote to SQLite's WAL during a backup or a check is moved into the database
// by who read for long, not by the next act.
func TestLongReadsLeaveNoWorkToActs(t *testing.T) {
	fx := sqliteCopy(t)
	serving := fx.open(t)
	sign := 0
	submit := func() { fx.submit(t, serving, sign, smiles(matterLength)); sign++ }
	pages := func() (all int) {
		var refused, moved int
		must(t, serving.write.QueryRow(`PRAGMA wal_checkpoint(PASSIVE)`).Scan(&refused, &all, &moved))
		return all
	}
	submit()
	for what, read := range map[string]func(*DB) error{
		"backup": func(db *DB) error { return db.Backup(ctxOf(t), io.Discard) },
		"verify": func(db *DB) error { _, _, _, err := db.Verify(ctxOf(t)); return err },
	} {
		meanwhile := 0
		db, err := Open(ctxOf(t), fx.dsn, Options{Progress: func(step Step, _, _ int64) {
			if step != StepWrite && step != StepEvents || meanwhile > 0 {
				return
			}
			for range 100 {
				submit()
			}
			meanwhile = pages()
		}})
		must(t, err)
		must(t, read(db))
		if meanwhile < 3*walRest/2 {
			t.Fatalf("%s: the WAL grew to %d pages only", what, meanwhile)
		}
		submit() // begins the WAL anew where it is empty
		if after := pages(); after > walRest/2 {
			t.Errorf("%s: the next act found work, or left it: %d pages in the WAL", what, after)
		}
		must(t, db.Close())
	}
}
