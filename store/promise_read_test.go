package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
)

// A dialogue is told of what those before it promised: what is open or late, and what was kept or given up since the
// last one began; not of what its own conclusion promised, nor of what an answer promised that is not public.
func TestPromisesToRead(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, promises := fx.concludes(t, db, toDo{"Dán bảng niêm yết", 3}, toDo{"Đo lại thửa đất", 5})
		next := NewID()
		must(t, db.act(ctx, func(tx *Tx) error {
			later := d
			later.ID, later.Slug, later.PlanID, later.State = next, "lan-sau", "", doithoai.DialogueAnnounced
			later.StartsAt, later.StartedAt, later.ClosedAt = d.StartsAt.Add(60*24*time.Hour), d.StartedAt, d.ClosedAt
			rows := newRows(len(dialogueValues(later)))
			rows.add(dialogueValues(later)...)
			return rows.insert(ctx, tx, `dialogue (`+dialogueColumns+`)`)
		}))
		stands := func(of doithoai.ID) (all []string) {
			rows, err := db.PromisesToRead(ctx, fx.secretary, of)
			must(t, err)
			for _, p := range rows {
				all = append(all, p.Stand)
			}
			return all
		}
		if got := stands(next); len(got) != len(promises) || slices.Contains(got, "late") {
			t.Errorf("they stand %v, there are %d", got, len(promises))
		}
		if got := stands(d.ID); len(got) > 0 {
			t.Errorf("a dialogue is told of its own: %v", got)
		}
		must(t, db.KeepPromise(ctx, fx.land, promises[0].ID, promises[0].Version, db.Now().Date(), "Đã dán bảng."))
		if got := stands(next); !slices.Contains(got, "kept") {
			t.Errorf("what was kept since is not read: %v", got)
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE promise SET ended_at = $1 WHERE state = 'kept'`, d.StartsAt.Add(-time.Hour))
		}))
		if got := stands(next); slices.Contains(got, "kept") || len(got) != len(promises)-1 {
			t.Errorf("what was kept before the last dialogue is read again: %v", got)
		}
		fx.clock.forward(50 * 24 * time.Hour)
		if got := stands(next); !slices.Contains(got, "late") {
			t.Errorf("nothing is late: %v", got)
		}
		wantKind(t, second(db.PromisesToRead(ctx, fx.resident, next)), doithoai.NotAllowed, "")
	})
}
