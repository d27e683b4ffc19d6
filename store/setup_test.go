package store

import (
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

func TestSetUp(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		units, err := db.Units(ctx, fx.authority.ID)
		must(t, err)
		if len(units) != 5 || units[0].Code != "van-phong" || !units[0].Office || units[1].Office {
			t.Errorf("units %+v", units)
		}
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		if len(rules.Parameters) == 0 || len(rules.Fields) == 0 || len(rules.Calendar.Days()) == 0 ||
			rules.Calendar.Version() == "" {
			t.Error("default rules are missing")
		}
		rule, _ := doithoai.RuleOf(doithoai.RulingLater)
		if d, ok := rules.Propose(rule, calendar.DateOf(2026, 10, 1)); !ok || !d.Due.After(calendar.DateOf(2026, 10, 1)) {
			t.Errorf("proposed %+v, %v", d, ok)
		}
		before := fingerprint(t, db)
		_, err = db.SetUp(ctx, Setup{Authority: fx.authority}) // the same slug once more
		wantKind(t, err, doithoai.Conflict, "")
		wantSame(t, before, fingerprint(t, db))
		all, err := db.Authorities(ctx)
		must(t, err)
		if len(all) != 2 || all[0] != fx.authority {
			t.Errorf("authorities %+v", all)
		}
	})
}

func TestAnnounceDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.newDialogue("2026-12", fx.plan)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.AnnounceNewDialogue(ctx, a, d)
			wantKind(t, err, doithoai.NotAllowed, "")
			_, err = db.AnnounceDialogue(ctx, a, fx.dialogue.ID, fx.dialogue.Version, "")
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for _, bad := range badIDs {
			d.PlanID = bad
			_, err := db.AnnounceNewDialogue(ctx, fx.office, d)
			wantKind(t, err, doithoai.NotFound, "")
		}
		_, err := db.AnnounceNewDialogue(ctx, fx.office, doithoai.Dialogue{PlanID: fx.plan})
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.AnnounceNewDialogue(ctx, fx.office, fx.newDialogue("2026-10", fx.plan))
		wantKind(t, err, doithoai.Conflict, "")
		wantSame(t, before, fingerprint(t, db))

		kept, err := db.DialogueBySlug(ctx, fx.authority.ID, "2026-10")
		must(t, err)
		if len(kept.Programme) != 2 || kept.Programme[1].Presenter != "Chủ trì" || kept.StartsAt != fx.dialogue.StartsAt ||
			kept.NoticeDays() != 24 {
			t.Errorf("kept %+v", kept)
		}
		fx.clock.forward(24 * 24 * time.Hour) // its day
		next, err := db.NextDialogue(ctx, fx.authority.ID)
		must(t, err)
		if next.ID != fx.dialogue.ID {
			t.Errorf("next %v", next.ID)
		}
		fx.clock.forward(24 * time.Hour)
		_, err = db.NextDialogue(ctx, fx.authority.ID)
		wantKind(t, err, doithoai.NotFound, "")
	})
}

func TestDrafts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fields := map[string][]string{"tra-loi": {"Kính gửi bà 🙂 \u0000\n", "hai"}, "": {""}}
		_, err := db.SaveDraft(ctx, fx.resident, DraftAnswer, "x", fields)
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = db.SaveDraft(ctx, fx.justice, DraftAnswer, "x", map[string][]string{"a": {long(MaxDraft)}})
		wantKind(t, err, doithoai.Invalid, "petition.draft.too_large")
		_, err = db.SaveDraft(ctx, fx.justice, DraftAnswer, "x", fields)
		wantKind(t, err, doithoai.Invalid, "") // U+0000 is no text
		fields["tra-loi"][0] = "Kính gửi bà 🙂\n"
		at, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, "x", fields)
		must(t, err)
		d, err := db.Draft(ctx, fx.justice, DraftAnswer, "x")
		must(t, err)
		if d.SavedAt != at || d.Fields["tra-loi"][0] != fields["tra-loi"][0] || len(d.Fields) != 2 {
			t.Errorf("draft %+v", d)
		}
		must(t, db.DropDraft(ctx, fx.justice, DraftAnswer, "x"))
		d, err = db.Draft(ctx, fx.justice, DraftAnswer, "x")
		must(t, err)
		if d.Fields != nil {
			t.Errorf("dropped draft %+v", d)
		}
	})
}
