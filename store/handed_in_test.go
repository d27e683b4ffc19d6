package store

import (
	"testing"

	"doithoai"
)

// What was handed in is unread until somebody opens it who may decide, and unread again when it is handed in anew.
func TestMarkRead(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		handedIn := func(id doithoai.ID) doithoai.HandedIn {
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			return f.Subject.HandedIn
		}
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		for _, a := range []doithoai.Actor{fx.justice, fx.office, fx.secretary} {
			wantKind(t, db.MarkRead(ctx, a, id), doithoai.NotAllowed, "")
		}
		if h := handedIn(id); h.By != fx.justice.ID || h.At.IsZero() || !h.ReadAt.IsZero() {
			t.Errorf("handed in %+v", h)
		}
		must(t, db.MarkRead(ctx, fx.chair, id))
		first := handedIn(id).ReadAt
		fx.clock.forward(1e9)
		must(t, db.MarkRead(ctx, fx.chair, id))
		if h := handedIn(id); first.IsZero() || h.ReadAt != first {
			t.Errorf("read at %s, then at %s", first, h.ReadAt)
		}
		must(t, db.ReturnAnswer(ctx, fx.chair, id, 2, "Chưa rõ."))
		wantKind(t, db.MarkRead(ctx, fx.chair, id), doithoai.NotAllowed, "")
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 3, testAnswer))
		if h := handedIn(id); !h.ReadAt.IsZero() {
			t.Errorf("what was handed in anew was read at %s", h.ReadAt)
		}

		summary := fx.bring(t, db, 2, proposed).Opinions[0].ID
		wantKind(t, db.MarkRead(ctx, fx.office, summary), doithoai.NotAllowed, "") // who proposed it doesn't decide
		must(t, db.MarkRead(ctx, fx.chair, summary))
		if h := handedIn(summary); h.By != fx.office.ID || h.ReadAt.IsZero() {
			t.Errorf("handed in %+v", h)
		}
	})
}
