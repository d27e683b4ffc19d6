package store

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"doithoai/tlog"
)

// TestReopenRecord loses leaves that were published, by restoring an older backup: the record goes on under another
// origin, with a leaf that says so.
func TestReopenRecord(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		signer, _ := keys(t)
		first := fx.bring(t, db, 1, published)
		older := backup(t, db)
		fx.submit(t, db, 2, "Sẽ mất")
		sign(t, db, signer)
		lost, err := db.Checkpoint(ctx)
		must(t, err)
		const origin = "nghiadung.test/so-doi-chung-2"
		if err := db.ReopenRecord(ctx, origin, lost.Size); err == nil || !strings.Contains(err.Error(), "continues") {
			t.Errorf("a record that lost nothing was reopened: %v", err)
		}

		dsn := engines[0].bare(t)
		if db.dialect == dialectPostgres {
			dsn = engines[1].bare(t)
		}
		_, err = Restore(ctx, dsn, bytes.NewReader(older), Options{Now: fx.clock.Now})
		must(t, err)
		restored := openAt(t, dsn, fx.clock)
		for _, bad := range []string{"", "hai chữ", testOrigin} {
			if err := restored.ReopenRecord(ctx, bad, lost.Size); err == nil {
				t.Errorf("reopened under %q", bad)
			}
		}
		must(t, restored.ReopenRecord(ctx, origin, lost.Size))
		if kept, err := restored.StartRecord(ctx, testOrigin); err != nil || kept != origin {
			t.Errorf("origin %s, %v", kept, err)
		}
		fx.submit(t, restored, 3, "Tiếp tục")
		newSigner, newKey := keysOf(t, origin)
		if err := restored.SignRecord(ctx, signer, ignoreSize); err == nil {
			t.Error("the old key signed the new record")
		}
		sign(t, restored, newSigner)
		wantWhole(t, restored, newKey)

		var r Restart
		must(t, restored.read.QueryRow(`SELECT leaf, old_origin, published
			FROM tree_restart`).Scan(&r.Leaf, &r.OldOrigin, &r.Published))
		if r.Leaf != lost.Size-1 || r.OldOrigin != testOrigin || r.Published != lost.Size {
			t.Errorf("restart %+v", r)
		}
		if f := findingsAfter(t, restored, nil, `UPDATE tree_restart SET published = 3`); len(f) == 0 ||
			!strings.HasPrefix(f[len(f)-1].String(), "restart") {
			t.Errorf("an altered restart: %v", f)
		}
		c, err := restored.Checkpoint(ctx)
		must(t, err)
		opened, err := tlog.OpenCheckpoint([]byte(c.Note), newKey)
		must(t, err)
		evidence, err := restored.EvidenceOf(ctx, first.SlipID)
		must(t, err)
		_, err = tlog.Prove(context.Background(), opened.Size, evidence[0].Index, opened.Root, restored.ReadHashes)
		must(t, err)
		again := backup(t, restored) // a reopened record can be backed up
		if !bytes.Contains(unpack(t, again)[len(backupTables)].body, []byte(testOrigin)) {
			t.Error("the restart is not in the backup")
		}
	})
}
