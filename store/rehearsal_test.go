package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"doithoai"
	"doithoai/plan"
)

// rehearsing is an empty database for a rehearsal, on the dialogue's day.
func rehearsing(t *testing.T, d doithoai.Dialogue) *DB {
	t.Helper()
	to, err := Open(ctxOf(t), "sqlite:"+filepath.Join(t.TempDir(), "rehearsal.db"), Options{
		Now: func() time.Time { return d.StartsAt.Time() }, Files: t.TempDir(),
	})
	must(t, err)
	t.Cleanup(func() { must(t, to.Close()) })
	must(t, second(to.StartRecord(ctxOf(t), testOrigin)))
	return to
}

// A rehearsal has what the authority works by and the dialogue, and nobody's data; from the copy on, nothing of what is
// done there is in the real database, not even that it was made. Both engines are copied.
func TestCopyForRehearsal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Đèn đường hỏng."))))
		must(t, second(db.AddDelegate(ctx, fx.office, fx.dialogue.ID, plan.Delegate{
			Invitation: plan.Invitation{Name: "Ông Thật", Title: "Trưởng thôn", Capacity: plan.CapacityDelegate},
			Contact:    plan.Contact{Phone: "0900000001"},
		})))
		draft := map[string][]string{"noi-dung": {"Đang ghi"}}
		must(t, second(db.SaveDraft(ctx, fx.secretary, DraftOpinion, string(fx.dialogue.ID), draft)))
		size, err := db.RecordSize(ctx)
		must(t, err)
		before := fingerprint(t, db)

		to := rehearsing(t, fx.dialogue)
		d, err := db.CopyForRehearsal(ctx, fx.secretary, fx.dialogue.ID, "dien-tap-1", to)
		must(t, err)
		if d.ID == fx.dialogue.ID || d.Slug != "dien-tap-1" || d.State != doithoai.DialogueAnnounced {
			t.Errorf("the copy is %+v", d)
		}
		wantRehearsal(ctx, t, to, d, fx)
		playThrough(ctx, t, to, d, fx)

		wantSame(t, before, fingerprint(t, db))
		after, err := db.RecordSize(ctx)
		must(t, err)
		if after != size {
			t.Errorf("the record has %d leaves, had %d", after, size)
		}
	})
}

// wantRehearsal fails where the copy lacks something, or has something of somebody.
func wantRehearsal(ctx context.Context, t *testing.T, to *DB, d doithoai.Dialogue, fx *fixture) {
	t.Helper()
	kept := map[string]bool{"dialogue": true, "dialogue_text": true, "programme_step": true, "tree": true, "counter": true}
	for _, r := range rehearsed {
		kept[r.table] = true
	}
	for _, b := range backupTables {
		n, err := one(ctx, to.reader(), column[int], `SELECT count(*) FROM `+b.name)
		must(t, err)
		if n > 0 && !kept[b.name] {
			t.Errorf("the copy has %d rows of %s", n, b.name)
		}
	}
	there, err := to.DialogueBySlug(ctx, fx.authority.ID, d.Slug)
	must(t, err)
	if there.ID != d.ID || there.StartsAt != fx.dialogue.StartsAt || there.Contact != "" || len(there.Programme) == 0 {
		t.Errorf("the dialogue there is %+v", there)
	}
	all, err := to.Authorities(ctx)
	must(t, err)
	if len(all) != 1 || all[0].ID != fx.authority.ID || !all[0].Offline {
		t.Errorf("authorities: %+v", all)
	}
	words, err := list(ctx, to.reader(), column[string], `SELECT DISTINCT password FROM officer`)
	must(t, err)
	if len(words) != 1 || words[0] != "" {
		t.Error("the copy has passwords")
	}
	rules, err := to.Rules(ctx, fx.authority.ID)
	must(t, err)
	if len(rules.Parameters) == 0 || len(rules.Fields) == 0 {
		t.Error("the copy has no rules")
	}
}

// playThrough does in the copy what officers do, with the posts that they have.
func playThrough(ctx context.Context, t *testing.T, to *DB, d doithoai.Dialogue, fx *fixture) {
	t.Helper()
	s := fx.slip("Cống trước nhà tắc.")
	s.DialogueID = d.ID
	got, err := to.SubmitSlip(ctx, fx.resident, key(2), s)
	must(t, err)
	if n := got.Opinions[0].Number; n != doithoai.NewRegisterNumber(doithoai.RehearsalPrefix, d.StartsAt.Date().Year, 1) {
		t.Errorf("the first number is %s", n)
	}
	d, err = to.StartDialogue(ctx, fx.secretary, d.ID, d.Version, d.StartsAt)
	must(t, err)
	_, err = to.CloseDialogue(ctx, fx.secretary, d.ID, d.Version, d.StartsAt)
	must(t, err)
}

// What has begun is not rehearsed, nor by whom it is not for.
func TestRehearsalIsRefused(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		to := rehearsing(t, fx.dialogue)
		_, err := db.CopyForRehearsal(ctx, fx.justice, fx.dialogue.ID, "dien-tap-1", to)
		wantKind(t, err, doithoai.NotAllowed, "")
		for _, id := range badIDs {
			_, err := db.CopyForRehearsal(ctx, fx.office, id, "dien-tap-1", to)
			wantKind(t, err, doithoai.NotFound, "")
		}
		fx.clock.forward(fx.dialogue.StartsAt.Time().Sub(morning))
		d := fx.dialogue
		must(t, second(db.StartDialogue(ctx, fx.secretary, d.ID, d.Version, d.StartsAt)))
		_, err = db.CopyForRehearsal(ctx, fx.office, fx.dialogue.ID, "dien-tap-1", to)
		wantKind(t, err, doithoai.Conflict, "rehearsal.problem.state")
		if all, err := to.Authorities(ctx); err != nil || len(all) != 0 {
			t.Errorf("a refused copy left %v, %v", all, err)
		}
	})
}
